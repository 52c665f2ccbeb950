//! Quotes: where the marker of a callout stands in one, a callout begins.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::markdown::Options;
use crate::markdown::extension::{self, Context};
use crate::markdown::scan::Token;
use crate::markdown::syntax::Directive;
use crate::markdown::tree::{Node, NodeKind};
use crate::source::{FileId, Span};

/// Splits a quote at its markers: what stands before the first is a quote, each marker takes what follows it.
pub fn split(node: Node, options: &Options, diagnostics: &mut Diagnostics) -> Vec<Node> {
    let mut sections: Vec<(Option<Node>, Vec<Node>)> = vec![(None, Vec::new())];
    for child in node.children {
        for piece in pieces(child, options) {
            match piece.kind {
                NodeKind::Directive(ref directive) if is_marker(directive, options) => {
                    sections.push((Some(piece), Vec::new()))
                }
                _ => sections.last_mut().expect("one section at least").1.push(piece),
            }
        }
    }
    let mut nodes = Vec::new();
    for (marker, body) in sections {
        match marker {
            None if body.is_empty() => {}
            None => nodes.push(Node::with(NodeKind::BlockQuote, node.span, body)),
            Some(Node { kind: NodeKind::Directive(directive), span, .. }) => {
                let mut cx = Context { span, body, options, diagnostics };
                if let Some(owner) = extension::owner(&directive.name, options) {
                    nodes.extend(owner.lower(*directive, &mut cx));
                }
            }
            Some(_) => {}
        }
    }
    if nodes.is_empty() { vec![Node::leaf(NodeKind::BlockQuote, node.span)] } else { nodes }
}

/// Splits a paragraph at the markers in it; other nodes stay whole.
fn pieces(node: Node, options: &Options) -> Vec<Node> {
    let has_marker =
        node.children.iter().any(|child| matches!(&child.kind, NodeKind::Directive(d) if is_marker(d, options)));
    if node.kind != NodeKind::Paragraph || !has_marker {
        return vec![node];
    }
    let (mut pieces, mut line) = (Vec::new(), Vec::new());
    let end_line = |line: &mut Vec<Node>, pieces: &mut Vec<Node>| {
        let is_break = |node: &Node| matches!(node.kind, NodeKind::SoftBreak | NodeKind::HardBreak);
        while line.last().is_some_and(is_break) {
            line.pop();
        }
        if !line.is_empty() {
            pieces.push(Node::with(NodeKind::Paragraph, node.span, std::mem::take(line)));
        }
    };
    for child in node.children {
        match &child.kind {
            NodeKind::Directive(directive) if is_marker(directive, options) => {
                end_line(&mut line, &mut pieces);
                pieces.push(child);
            }
            NodeKind::SoftBreak | NodeKind::HardBreak if line.is_empty() => {}
            _ => line.push(child),
        }
    }
    end_line(&mut line, &mut pieces);
    pieces
}

fn is_marker(directive: &Directive, options: &Options) -> bool {
    extension::owner(&directive.name, options)
        .is_some_and(|owner| owner.shape(directive) == extension::Shape::QuoteMarker)
}

/// Reports text after a marker on its line, at the `>` of that line.
pub fn text_after_marker(file: FileId, text: &str, token: &Token) -> Diagnostic {
    let start = text[..token.range.start].rfind('>').unwrap_or(token.range.start);
    let message = format!("text after `{}` on its line makes a plain quote", token.directive.raw);
    Diagnostic::new(Code::InvalidNoteSection, Span::new(file, start..token.range.end), message)
        .help("put the text on the next line of the quote")
}
