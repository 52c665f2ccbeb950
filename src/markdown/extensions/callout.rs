//! Callouts: `> [!NOTE]` and its kin.
//!
//! Rule: docfx `QuoteSectionNoteParser`: each marker line of a quote ends what stands before it and begins a callout;
//! text after the marker on its line makes a plain quote.

use crate::markdown::extension::{Context, Extension, Shape};
use crate::markdown::syntax::Directive;
use crate::markdown::tree::{Node, NodeKind};

/// The names of callouts.
const KINDS: &[&str] = &["NOTE", "TIP", "IMPORTANT", "CAUTION", "WARNING"];

/// `> [!NOTE]`
#[derive(Debug)]
pub struct Callout;

impl Extension for Callout {
    fn owns(&self, name: &str) -> bool {
        kind(name).is_some()
    }

    fn shape(&self) -> Shape {
        Shape::QuoteMarker
    }

    fn lower(&self, directive: Directive, cx: &mut Context<'_>) -> Vec<Node> {
        let body = std::mem::take(&mut cx.body);
        match kind(&directive.name) {
            Some(kind) => vec![Node::with(NodeKind::Callout(kind), cx.span, body)],
            None => body,
        }
    }
}

fn kind(name: &str) -> Option<&'static str> {
    KINDS.iter().copied().find(|kind| kind.eq_ignore_ascii_case(name))
}
