//! Text that translators leave alone: `:::no-loc text="Azure":::`.
//!
//! Rule: Learn's `NolocExtension`: a span in American English, left to right. `\"` is a quote in the text. Nothing is
//! read that is spelled otherwise, with a blank or a capital letter more.

use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::Options;
use crate::markdown::extension::{Context, Extension, Shape};
use crate::markdown::syntax::Directive;
use crate::markdown::tree::{Element, Node, NodeKind};

/// `:::no-loc`
#[derive(Debug)]
pub struct NoLoc;

impl Extension for NoLoc {
    fn owns(&self, name: &str, _options: &Options) -> bool {
        name == ":no-loc"
    }

    fn shape(&self, _directive: &Directive) -> Shape {
        Shape::Inline
    }

    fn code(&self) -> Code {
        Code::InvalidNoLoc
    }

    fn lower(&self, directive: Directive, cx: &mut Context<'_>) -> Vec<Node> {
        let text = match directive.attribute("text") {
            None => Err("`no-loc` has no `text`"),
            Some(_) if !is_exact(&directive.raw) => Err("`no-loc` is spelled otherwise, and so it is text"),
            Some(text) => Ok(text),
        };
        if text == Ok("") {
            let diagnostic = Diagnostic::new(self.code(), cx.span, "`no-loc` has an empty `text`: it shows nothing");
            cx.diagnostics.push(diagnostic.help("write the text that translators leave alone, or take it out"));
        }
        let text = match text {
            Ok(text) => text,
            Err(message) => {
                let diagnostic = Diagnostic::new(self.code(), cx.span, message);
                cx.diagnostics.push(diagnostic.help("write exactly `:::no-loc text=\"..\":::`"));
                return vec![Node::text(&directive.raw, cx.span)];
            }
        };
        let attributes = vec![("class", "no-loc".into()), ("dir", "ltr".into()), ("lang", "en-us".into())];
        let element = Element { tag: "span", attributes, is_block: false };
        let text = Node::text(&text.replace("\\\"", "\""), cx.span);
        vec![Node::with(NodeKind::Element(Box::new(element)), cx.span, vec![text])]
    }
}

fn is_exact(raw: &str) -> bool {
    raw.starts_with(":::no-loc text=\"") && raw.ends_with("\":::")
}
