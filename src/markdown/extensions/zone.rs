//! Zones: `::: zone pivot="csharp,java"` and `::: zone target="docs"`, up to `::: zone-end`.
//!
//! Rule: docfx `ZoneExtension`: a target is `docs`, `chromeless` or `pdf`, pivots are names of letters, digits and `-`
//! with commas between them. A zone in a zone is none.
//!
//! Within a line it is `:::zone pivot="csharp" inline :::` to `:::zone-end`.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::markdown::Options;
use crate::markdown::extension::{Context, Extension, Indentation, Nesting, Shape};
use crate::markdown::syntax::inline_zone::{END, START};
use crate::markdown::syntax::{Attribute, Directive, Mistake};
use crate::markdown::tree::{Condition, Element, Node, NodeKind};
use crate::source::Span;

/// `:::zone`
#[derive(Debug)]
pub struct Zone;

const TARGETS: &[&str] = &["docs", "chromeless", "pdf"];

impl Extension for Zone {
    fn owns(&self, name: &str, _options: &Options) -> bool {
        matches!(name, ":zone" | ":zone-end") || is_within_line(name)
    }

    fn shape(&self, directive: &Directive) -> Shape {
        if is_within_line(&directive.name) { Shape::Inline } else { directive.container(Indentation::Counts) }
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

    /// A marker within a line stays a directive until [`pair`] finds its other half.
    fn lower(&self, mut directive: Directive, cx: &mut Context<'_>) -> Vec<Node> {
        if is_within_line(&directive.name) {
            if &*directive.name == START && !self.opens(&directive, cx) {
                directive.mistake = fault(&directive).map(|(_, message, _)| Mistake::Attribute(message.into()));
            }
            return vec![Node::leaf(NodeKind::Directive(Box::new(directive)), cx.span)];
        }
        let condition = NodeKind::Condition(Box::new(condition(&directive)));
        vec![Node::with(condition, cx.span, std::mem::take(&mut cx.body))]
    }
}

/// Whether a zone begins or ends within a line.
pub fn is_within_line(name: &str) -> bool {
    matches!(name, START | END)
}

/// Makes zones of the markers within lines. What begins and ends in the same emphasis, link or cell belongs together; a
/// marker without its other half is text, and so is one in another zone of its line.
pub fn pair(node: &mut Node, diagnostics: &mut Diagnostics) {
    node.children.iter_mut().for_each(|child| pair(child, diagnostics));
    if !node.children.iter().any(|child| marker(child).is_some()) {
        return;
    }
    let (mut nodes, mut open): (Vec<Node>, Option<(usize, Node)>) = (Vec::new(), None);
    for child in std::mem::take(&mut node.children) {
        match (marker(&child).map(|directive| &*directive.name), open.take()) {
            (None, still) => {
                nodes.push(child);
                open = still;
            }
            (Some(START), None) => open = Some((nodes.len(), child)),
            (Some(START), still) => {
                nodes.push(lone(child, diagnostics));
                open = still;
            }
            (Some(_), Some((at, start))) => {
                let body = nodes.split_off(at);
                nodes.extend(within_line(start, body, child));
            }
            (Some(_), None) => nodes.push(lone(child, diagnostics)),
        }
    }
    if let Some((at, start)) = open {
        nodes.insert(at, lone(start, diagnostics));
    }
    node.children = nodes;
}

fn marker(node: &Node) -> Option<&Directive> {
    match &node.kind {
        NodeKind::Directive(directive) if is_within_line(&directive.name) => Some(directive),
        _ => None,
    }
}

/// The zone that two markers make, which says whom it is for as a block does. A start with a mistake makes none.
fn within_line(start: Node, body: Vec<Node>, end: Node) -> Vec<Node> {
    let Some(directive) = marker(&start).filter(|directive| directive.mistake.is_none()) else {
        return [as_text(&start)].into_iter().chain(body).chain([as_text(&end)]).collect();
    };
    let span = Span::new(start.span.file, start.span.start as usize..end.span.end as usize);
    let condition = condition(directive);
    let element = |attributes, children| {
        let element = Element { tag: "span", attributes, is_block: false };
        Node::with(NodeKind::Element(Box::new(element)), span, children)
    };
    let label = condition.label().map(|label| {
        let attributes = vec![("class", "zone-label".into()), ("data-decoration", "".into())];
        element(attributes, vec![Node::text(&format!("{label}: "), start.span)])
    });
    let attributes = condition.attributes().into_iter().map(|(name, value)| (name, value.into())).collect();
    vec![element(attributes, label.into_iter().chain(body).collect())]
}

/// The text of a marker without its other half.
fn lone(node: Node, diagnostics: &mut Diagnostics) -> Node {
    if let Some(directive) = marker(&node).filter(|directive| directive.mistake.is_none()) {
        let what = if &*directive.name == START { "begins" } else { "ends" };
        let message = format!("`{}` {what} no zone within its line", directive.raw);
        let help = "begin and end a zone in the same piece of a line, both in the emphasis, link or cell or both outside, and none in another";
        diagnostics.push(Diagnostic::new(Code::InvalidZone, node.span, message).help(help));
    }
    as_text(&node)
}

fn as_text(node: &Node) -> Node {
    Node::text(marker(node).map_or("", |directive| &directive.raw), node.span)
}

/// What a sound zone asks for.
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
