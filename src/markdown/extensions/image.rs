//! Images: `:::image type="content" source="a.png" alt-text="..":::`.
//!
//! Rule: docfx `ImageExtension`: a content image stands in a border unless `border="false"`, an icon has none and no
//! alternative text; `link` wins over `lightbox`. What stands between `type="complex"` and `:::image-end:::` is its long
//! description.

use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::Options;
use crate::markdown::extension::{Context, Extension, Indentation, Shape};
use crate::markdown::syntax::Directive;
use crate::markdown::tree::{Element, Link, Node, NodeKind};
use crate::source::Span;

/// `:::image`
#[derive(Debug)]
pub struct Image;

impl Extension for Image {
    fn owns(&self, name: &str, _options: &Options) -> bool {
        matches!(name, ":image" | ":image-end")
    }

    fn shape(&self, directive: &Directive) -> Shape {
        match directive.attribute("type") {
            _ if &*directive.name == ":image-end" => Shape::End,
            Some(kind) if kind.eq_ignore_ascii_case("complex") => Shape::Container(Indentation::IsEaten),
            _ => Shape::Inline,
        }
    }

    fn opens(&self, directive: &Directive, cx: &mut Context<'_>) -> bool {
        is_sound(directive, cx)
    }

    fn code(&self) -> Code {
        Code::InvalidImage
    }

    fn lower(&self, directive: Directive, cx: &mut Context<'_>) -> Vec<Node> {
        let is_icon = is_icon(&directive);
        if cx.body.is_empty() && !is_sound(&directive, cx) {
            return vec![Node::text(&directive.raw, cx.span)];
        }
        let alt = if is_icon { "" } else { directive.attribute("alt-text").unwrap_or("") };
        let text = vec![Node::text(alt, cx.span)];
        let image = Node::with(NodeKind::Image(link(directive.attribute("source").unwrap_or(""))), cx.span, text);
        let image = linked(image, &directive);
        if is_complex(&directive) {
            return vec![described(image, &directive, std::mem::take(&mut cx.body))];
        }
        // docfx breaks the line after an image: what follows it stands apart.
        let line_break = Node::leaf(NodeKind::SoftBreak, cx.span);
        let border = if has_border(&directive) { vec![wrap("span", BORDER, false, vec![image])] } else { vec![image] };
        border.into_iter().chain([line_break]).collect()
    }
}

/// Whether an image says what it must; if not, it is reported.
fn is_sound(directive: &Directive, cx: &mut Context<'_>) -> bool {
    let (place, message, help) = if let Some(other) = directive.other_than(ATTRIBUTES) {
        let help = "use `source`, `alt-text`, `type`, `lightbox`, `link`, `border` or `loc-scope`";
        (Some(other), format!("an image has no attribute `{}`", other.name), help)
    } else if directive.filled("source").is_none() {
        (None, "the image has no `source`".to_owned(), "add `source=\"..\"`")
    } else if directive.filled("alt-text").is_none() && !is_icon(directive) {
        (None, "the image has no `alt-text`".to_owned(), "say what it shows: `alt-text=\"..\"`")
    } else {
        return true;
    };
    let span = place.map_or(cx.span, |attribute| Span::new(cx.file(), attribute.range.clone()));
    cx.diagnostics.push(Diagnostic::new(Code::InvalidImage, span, message).help(help));
    false
}

/// What an image may say.
const ATTRIBUTES: &[&str] = &["alt-text", "border", "lightbox", "link", "loc-scope", "source", "type"];

const BORDER: &[(&str, &str)] = &[("class", "mx-imgBorder")];

fn is_of_type(directive: &Directive, name: &str) -> bool {
    directive.attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case(name))
}

fn is_icon(directive: &Directive) -> bool {
    is_of_type(directive, "icon")
}

fn is_complex(directive: &Directive) -> bool {
    is_of_type(directive, "complex")
}

fn has_border(directive: &Directive) -> bool {
    let is_border =
        |value: &str| directive.attribute("border").is_some_and(|border| border.eq_ignore_ascii_case(value));
    if is_icon(directive) { is_border("true") } else { !is_border("false") }
}

/// A complex image with its long description, which every reader may open.
fn described(image: Node, directive: &Directive, description: Vec<Node>) -> Node {
    let span = image.span;
    let summary = vec![Node::text("Long description", span)];
    let summary = wrap("summary", &[("data-decoration", "")], true, summary);
    let mut content = vec![Node::with(NodeKind::Paragraph, span, vec![image])];
    if !description.is_empty() {
        let details = [summary].into_iter().chain(paragraphs(description)).collect();
        content.push(wrap("details", &[("class", "long-description")], true, details));
    }
    wrap("div", if has_border(directive) { BORDER } else { &[] }, true, content)
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

fn wrap(tag: &'static str, attributes: &[(&'static str, &str)], is_block: bool, children: Vec<Node>) -> Node {
    let attributes = attributes.iter().map(|(name, value)| (*name, Box::from(*value))).collect();
    let span = children[0].span;
    Node::with(NodeKind::Element(Box::new(Element { tag, attributes, is_block })), span, children)
}

fn link(destination: &str) -> Box<Link> {
    Box::new(Link { destination: destination.into(), title: "".into(), is_autolink: false })
}

fn linked(image: Node, directive: &Directive) -> Node {
    let target = match (directive.filled("link"), directive.filled("lightbox")) {
        (Some(target), _) => target.to_owned(),
        (None, Some(target)) => format!("{target}#lightbox"),
        (None, None) => return image,
    };
    // docfx breaks the line between a link and its image, too.
    let line_break = Node::leaf(NodeKind::SoftBreak, image.span);
    Node::with(NodeKind::Link(link(&target)), image.span, vec![line_break, image])
}
