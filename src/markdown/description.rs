//! The long description of an image or a video: what stands between its start and its end marker.
//!
//! docfx keeps it for screen readers alone; here every reader may open it.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::markdown::syntax::Directive;
use crate::markdown::tree::{Element, Node, NodeKind};
use crate::source::Span;

/// Whether a directive is one with a long description, `type="complex"`.
pub fn is_wanted(directive: &Directive) -> bool {
    directive.attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("complex"))
}

/// Says that there is none. Rule: docfx `ImageExtension` and `VideoExtension`.
pub fn missing(directive: &Directive, code: Code, span: Span) -> Diagnostic {
    let name = &directive.name[1..];
    let help = format!("write it between `:::{name}` and `:::{name}-end:::`, or leave out `type=\"complex\"`");
    let message = format!("the complex {name} has no long description");
    Diagnostic::new(code, span, message).severity(Severity::Warning).help(help)
}

/// The description as an element that opens.
pub fn details(description: Vec<Node>, span: Span) -> Node {
    let summary = vec![Node::text("Long description", span)];
    let summary = element("summary", ("data-decoration", ""), summary, span);
    let content = [summary].into_iter().chain(paragraphs(description)).collect();
    element("details", ("class", "long-description"), content, span)
}

/// The blocks of a description. In an item of a tight list its text stands in no paragraph.
fn paragraphs(nodes: Vec<Node>) -> Vec<Node> {
    let mut blocks: Vec<Node> = Vec::new();
    let mut is_open = false;
    for node in nodes {
        match blocks.last_mut().filter(|_| is_open && !node.is_block()) {
            Some(paragraph) => paragraph.children.push(node),
            None if node.is_block() => {
                is_open = false;
                blocks.push(node);
            }
            None => {
                is_open = true;
                blocks.push(Node::with(NodeKind::Paragraph, node.span, vec![node]));
            }
        }
    }
    blocks
}

fn element(tag: &'static str, attribute: (&'static str, &str), children: Vec<Node>, span: Span) -> Node {
    let attributes = vec![(attribute.0, attribute.1.into())];
    Node::with(NodeKind::Element(Box::new(Element { tag, attributes, is_block: true })), span, children)
}
