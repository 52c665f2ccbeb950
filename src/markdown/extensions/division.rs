//! Divisions: `> [!div class="checklist"]`, and whatever other attributes the theme or a reader's tool looks at.
//!
//! Rule: docfx `QuoteSectionNoteParser`: what stands in the brackets is the start tag; backticks around the attributes
//! are taken off. It is lowered to raw HTML, so what is safe there is safe here, and what is not is reported.

use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::Options;
use crate::markdown::extension::{Context, Extension, Shape};
use crate::markdown::syntax::Directive;
use crate::markdown::tree::{Node, NodeKind};

/// `> [!div class=".."]`
#[derive(Debug)]
pub struct Division;

impl Extension for Division {
    fn owns(&self, name: &str, _options: &Options) -> bool {
        name == "div"
    }

    fn shape(&self, _directive: &Directive) -> Shape {
        Shape::QuoteMarker
    }

    fn code(&self) -> Code {
        Code::InvalidNoteSection
    }

    fn lower(&self, directive: Directive, cx: &mut Context<'_>) -> Vec<Node> {
        cx.report_empty(&directive);
        let inner = &directive.raw["[!div".len()..directive.raw.len() - 1];
        let attributes = match inner.matches('`').count() {
            0 => inner.to_owned(),
            2 => inner.replace('`', " "),
            _ => " ".repeat(inner.len()),
        };
        // As long as the marker, so that what is reported of an attribute points at it.
        let mut open = format!("<div {attributes}>");
        if !are_whole(&attributes) {
            let message = format!("the attributes of `{}` cannot be read; they are left out", directive.raw);
            let help = "write each as `name=\"value\"`, the value in two quotes";
            cx.diagnostics.push(Diagnostic::new(Code::InvalidNoteSection, cx.span, message).help(help));
            open = "<div>".to_owned();
        }
        let open = Node::leaf(NodeKind::Html(open.into()), cx.span);
        let close = Node::leaf(NodeKind::Html("</div>\n".into()), cx.span);
        let block = |line: Node| Node::with(NodeKind::HtmlBlock, cx.span, vec![line]);
        let body = std::mem::take(&mut cx.body);
        [block(open)].into_iter().chain(body).chain([block(close)]).collect()
    }
}

/// Whether no value lacks its closing quote, and no `>` ends the tag before its end.
fn are_whole(attributes: &str) -> bool {
    let (mut quote, mut is_value) = (None, false);
    for c in attributes.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if c == '>' => return false,
            None if is_value && matches!(c, '"' | '\'') => quote = Some(c),
            None => {}
        }
        is_value = quote.is_none() && (c == '=' || is_value && c.is_ascii_whitespace());
    }
    quote.is_none()
}
