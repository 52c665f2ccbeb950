//! Zones: `::: zone pivot="csharp,java"` and `::: zone target="docs"`, up to `::: zone-end`.
//!
//! Rule: docfx `ZoneExtension`: a target is `docs`, `chromeless` or `pdf`, pivots are names of letters, digits and `-`
//! with commas between them. A zone in a zone is none.
//!
//! Within a line it is `:::zone pivot="csharp" inline :::` to `:::zone-end`.

use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::Options;
use crate::markdown::extension::{Context, Extension, Indentation, Nesting, Shape};
use crate::markdown::syntax::{Attribute, Directive};
use crate::markdown::tree::{Condition, Element, Node, NodeKind};
use crate::source::Span;

/// `:::zone`
#[derive(Debug)]
pub struct Zone;

const TARGETS: &[&str] = &["docs", "chromeless", "pdf"];

impl Extension for Zone {
    fn owns(&self, name: &str, _options: &Options) -> bool {
        matches!(name, ":zone" | ":zone-end" | ":inline-zone" | ":inline-zone-end")
    }

    fn shape(&self, directive: &Directive) -> Shape {
        match &*directive.name {
            ":inline-zone" | ":inline-zone-end" => Shape::Inline,
            _ => directive.container(Indentation::Counts),
        }
    }

    fn code(&self) -> Code {
        Code::InvalidZone
    }

    fn nesting(&self) -> Nesting {
        Nesting::IsText
    }

    fn opens(&self, directive: &Directive, cx: &mut Context<'_>) -> bool {
        let Some((place, message, help)) = fault(directive) else { return true };
        let span = place.map_or(cx.span, |attribute| Span::new(cx.file(), attribute.range.clone()));
        cx.diagnostics.push(Diagnostic::new(self.code(), span, message).help(help));
        false
    }

    fn lower(&self, directive: Directive, cx: &mut Context<'_>) -> Vec<Node> {
        match &*directive.name {
            ":inline-zone" => return self.inline(&directive, cx),
            ":inline-zone-end" => return vec![Node::leaf(NodeKind::Html("</span>".into()), cx.span)],
            _ => {}
        }
        let condition = NodeKind::Condition(Box::new(condition(&directive)));
        vec![Node::with(condition, cx.span, std::mem::take(&mut cx.body))]
    }
}

impl Zone {
    /// The start of a zone within a line, which says whom it is for as the block does.
    fn inline(&self, directive: &Directive, cx: &mut Context<'_>) -> Vec<Node> {
        if !self.opens(directive, cx) {
            return vec![Node::text(&directive.raw, cx.span)];
        }
        let condition = condition(directive);
        let attributes = condition.attributes().into_iter().map(|(name, value)| format!(" {name}=\"{value}\""));
        let start = format!("<span{}>", attributes.collect::<String>());
        let mut nodes = vec![Node::leaf(NodeKind::Html(start.into()), cx.span)];
        if let Some(label) = condition.label() {
            let attributes = vec![("class", "zone-label".into()), ("data-decoration", "".into())];
            let element = Element { tag: "span", attributes, is_block: false };
            let label = vec![Node::text(&format!("{label}: "), cx.span)];
            nodes.push(Node::with(NodeKind::Element(Box::new(element)), cx.span, label));
        }
        nodes
    }
}

/// What a sound zone asks for: its values hold nothing that HTML would escape.
fn condition(directive: &Directive) -> Condition {
    let pivots = directive.attribute("pivot").map_or(Vec::new(), |pivots| names(pivots).map(Box::from).collect());
    Condition::Zone { target: directive.attribute("target").map(Box::from), pivots }
}

fn names(pivots: &str) -> impl Iterator<Item = &str> {
    pivots.split(',').map(str::trim)
}

/// What is wrong with the attributes of a zone: where, what, and what to write instead.
fn fault(directive: &Directive) -> Option<(Option<&Attribute>, String, &'static str)> {
    let known: &[&str] =
        if &*directive.name == ":zone" { &["target", "pivot"] } else { &["target", "pivot", "inline"] };
    if let Some(other) = directive.other_than(known) {
        return Some((Some(other), format!("a zone has no attribute `{}`", other.name), "use `pivot` or `target`"));
    }
    let find = |name: &str| directive.attributes.iter().find(|attribute| &*attribute.name == name);
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    match (find("target"), find("pivot")) {
        (None, None) => Some((None, "the zone has neither `pivot` nor `target`".to_owned(), "add `pivot=\"..\"`")),
        (Some(target), _) if !TARGETS.contains(&&*target.value) => {
            let message = format!("`{}` is no target of a zone", target.value);
            Some((Some(target), message, "use `docs`, `chromeless` or `pdf`"))
        }
        (Some(target), Some(_)) if &*target.value == "pdf" => {
            Some((Some(target), "a PDF has no pivots".to_owned(), "take out `pivot` or `target=\"pdf\"`"))
        }
        (_, Some(pivot)) if !names(&pivot.value).all(is_name) => {
            let message = format!("`{}` is no list of pivots", pivot.value);
            Some((Some(pivot), message, "use lower-case letters, digits and `-`, with commas between pivots"))
        }
        _ => None,
    }
}
