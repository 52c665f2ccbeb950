//! Images: `:::image type="content" source="a.png" alt-text="..":::`.
//!
//! Rule: docfx `ImageExtension`: a content image stands in a border unless `border="false"`, an icon has none and no
//! alternative text; `link` wins over `lightbox`. What stands between `type="complex"` and `:::image-end:::` is its long
//! description.

use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::Options;
use crate::markdown::description;
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
        match &*directive.name {
            ":image-end" => Shape::End,
            _ if directive.is_alone && description::is_wanted(directive) => Shape::Container(Indentation::IsEaten),
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
        if description::is_wanted(&directive) {
            if directive.is_alone {
                return vec![described(image, &directive, cx)];
            }
            cx.diagnostics.push(description::missing(&directive, self.code(), cx.span));
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

fn is_icon(directive: &Directive) -> bool {
    directive.attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("icon"))
}

fn has_border(directive: &Directive) -> bool {
    let is_border =
        |value: &str| directive.attribute("border").is_some_and(|border| border.eq_ignore_ascii_case(value));
    if is_icon(directive) { is_border("true") } else { !is_border("false") }
}

/// A complex image with its long description, which every reader may open.
fn described(image: Node, directive: &Directive, cx: &mut Context<'_>) -> Node {
    let span = image.span;
    let mut content = vec![Node::with(NodeKind::Paragraph, span, vec![image])];
    match std::mem::take(&mut cx.body) {
        body if body.is_empty() => cx.diagnostics.push(description::missing(directive, Code::InvalidImage, span)),
        body => content.push(description::details(body, span)),
    }
    wrap("div", if has_border(directive) { BORDER } else { &[] }, true, content)
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
