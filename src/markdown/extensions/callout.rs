//! Callouts: `> [!NOTE]` and its kin.
//!
//! Rule: docfx `QuoteSectionNoteParser`: each marker line of a quote ends what stands before it and begins a callout;
//! text after the marker on its line makes a plain quote.

use crate::diagnostic::Code;
use crate::markdown::Options;
use crate::markdown::extension::{Context, Extension, Shape};
use crate::markdown::syntax::{Directive, Mistake};
use crate::markdown::tree::{self, Node, NodeKind};

/// The names of callouts that every docset has.
const KINDS: &[&str] = &["NOTE", "TIP", "IMPORTANT", "CAUTION", "WARNING"];

/// `> [!NOTE]`
#[derive(Debug)]
pub struct Callout;

impl Extension for Callout {
    fn owns(&self, name: &str, options: &Options) -> bool {
        class(name, options).is_some()
    }

    fn shape(&self, _directive: &Directive) -> Shape {
        Shape::QuoteMarker
    }

    fn code(&self) -> Code {
        Code::InvalidNoteSection
    }

    fn lower(&self, directive: Directive, cx: &mut Context<'_>) -> Vec<Node> {
        cx.report_empty(&directive);
        let body = std::mem::take(&mut cx.body);
        let class = class(&directive.name, cx.options).unwrap_or_default().into();
        let callout = tree::Callout { kind: directive.name.to_uppercase().into(), class };
        vec![Node::with(NodeKind::Callout(Box::new(callout)), cx.span, body)]
    }
}

/// Takes `[!NAME]` for the marker of a callout of a kind that does not exist, which is a mistake; `None` if it has another
/// shape.
pub fn unknown(directive: &mut Directive) -> Option<&'static dyn Extension> {
    let inner = directive.raw.strip_prefix("[!").and_then(|raw| raw.strip_suffix(']')).map(str::trim);
    if inner.is_none_or(|inner| inner.len() != directive.name.len()) {
        return None;
    }
    directive.mistake = Some(Mistake::UnknownKind);
    Some(&Callout)
}

/// The kinds of callouts that a docset has.
pub fn kinds(options: &Options) -> Vec<String> {
    let own = options.alerts.iter().map(|(kind, _)| kind.to_uppercase());
    KINDS.iter().map(|kind| (*kind).to_owned()).chain(own).collect()
}

/// The class of a kind of callouts; `None` if it is none.
fn class<'o>(name: &str, options: &'o Options) -> Option<&'o str> {
    let own = options.alerts.iter().find(|(kind, _)| kind.eq_ignore_ascii_case(name)).map(|(_, class)| &**class);
    own.or_else(|| KINDS.iter().copied().find(|kind| kind.eq_ignore_ascii_case(name)))
}
