//! Forms: `:::form action="create-resource" submitText="Create":::`.
//!
//! Rule: docfx `ChromelessFormExtension`. The form does nothing by itself, there as here: a host page gives it life.

use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::Options;
use crate::markdown::extension::{Context, Extension, Shape};
use crate::markdown::syntax::Directive;
use crate::markdown::tree::{Element, Node, NodeKind};
use crate::source::Span;

/// `:::form`
#[derive(Debug)]
pub struct Form;

impl Extension for Form {
    fn owns(&self, name: &str, _options: &Options) -> bool {
        name == ":form"
    }

    fn shape(&self, _directive: &Directive) -> Shape {
        Shape::Block
    }

    fn code(&self) -> Code {
        Code::InvalidForm
    }

    fn lower(&self, directive: Directive, cx: &mut Context<'_>) -> Vec<Node> {
        if let Some(other) = directive.other_than(&["action", "model", "submittext"]) {
            let place = Span::new(cx.file(), other.range.clone());
            let diagnostic = Diagnostic::new(self.code(), place, format!("a form has no attribute `{}`", other.name));
            cx.diagnostics.push(diagnostic.help("use `action`, `submitText` or `model`"));
            return vec![as_written(&directive, cx)];
        }
        let required = ["submittext", "action"];
        if let Some(missing) = required.into_iter().find(|name| directive.attribute(name).is_none()) {
            let name = if missing == "action" { "action" } else { "submitText" };
            let diagnostic = Diagnostic::new(self.code(), cx.span, format!("the form has no `{name}`"));
            cx.diagnostics.push(diagnostic.help(format!("add `{name}=\"..\"`")));
            return vec![as_written(&directive, cx)];
        }
        let mut attributes = vec![("class", "chromeless-form".into())];
        let data = [("data-model", "model"), ("data-action", "action")];
        attributes.extend(data.iter().filter_map(|(data, name)| Some((*data, directive.attribute(name)?.into()))));
        // What looks like a button and is none: nothing would come of pressing it.
        let button = vec![("class", "button".into()), ("data-decoration", "".into())];
        let text = Node::text(directive.attribute("submittext").unwrap_or_default(), cx.span);
        let button = element("p", button, vec![text], cx);
        vec![element("div", attributes, vec![button], cx)]
    }
}

fn as_written(directive: &Directive, cx: &Context<'_>) -> Node {
    Node::with(NodeKind::Paragraph, cx.span, vec![Node::text(&directive.raw, cx.span)])
}

fn element(
    tag: &'static str,
    attributes: Vec<(&'static str, Box<str>)>,
    children: Vec<Node>,
    cx: &Context<'_>,
) -> Node {
    Node::with(NodeKind::Element(Box::new(Element { tag, attributes, is_block: true })), cx.span, children)
}
