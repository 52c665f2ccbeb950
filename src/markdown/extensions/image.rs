//! Images: `:::image type="content" source="a.png" alt-text="..":::`.
//!
//! Rule: docfx `ImageExtension`: a content image stands in a border unless `border="false"`, an icon has none and no
//! alternative text; `link` wins over `lightbox`.

use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::extension::{Context, Extension, Shape};
use crate::markdown::syntax::Directive;
use crate::markdown::tree::{Element, Link, Node, NodeKind};

/// `:::image`
#[derive(Debug)]
pub struct Image;

impl Extension for Image {
    fn owns(&self, name: &str) -> bool {
        name == ":image"
    }

    fn shape(&self) -> Shape {
        Shape::Inline
    }

    fn lower(&self, directive: Directive, cx: &mut Context<'_>) -> Vec<Node> {
        let is_icon = directive.attribute("type") == Some("icon");
        let alt = directive.attribute("alt-text");
        let missing = match directive.attribute("source") {
            None | Some("") => Some("source"),
            Some(_) if alt.is_none() && !is_icon => Some("alt-text"),
            Some(_) => None,
        };
        if let Some(name) = missing {
            let message = format!("the image has no `{name}`");
            cx.diagnostics
                .push(Diagnostic::new(Code::InvalidImage, cx.span, message).help(format!("add `{name}=\"..\"`")));
            return vec![Node::text(&directive.raw, cx.span)];
        }
        let alt = if is_icon { "" } else { alt.unwrap_or("") };
        let text = vec![Node::text(alt, cx.span)];
        let image = Node::with(NodeKind::Image(link(directive.attribute("source").unwrap_or(""))), cx.span, text);
        // docfx breaks the line after an image: what follows it stands apart.
        let line_break = Node::leaf(NodeKind::SoftBreak, cx.span);
        vec![bordered(linked(image, &directive), &directive, is_icon), line_break]
    }
}

fn link(destination: &str) -> Box<Link> {
    Box::new(Link { destination: destination.into(), title: "".into(), is_autolink: false })
}

fn linked(image: Node, directive: &Directive) -> Node {
    let target = match (directive.attribute("link"), directive.attribute("lightbox")) {
        (Some(target), _) => target.to_owned(),
        (None, Some(target)) => format!("{target}#lightbox"),
        (None, None) => return image,
    };
    Node::with(NodeKind::Link(link(&target)), image.span, vec![image])
}

fn bordered(image: Node, directive: &Directive, is_icon: bool) -> Node {
    let has_border = match directive.attribute("border") {
        Some(border) => border.eq_ignore_ascii_case("true"),
        None => !is_icon,
    };
    if !has_border {
        return image;
    }
    let attributes = vec![("class", "mx-imgBorder".into())];
    let element = Element { tag: "span", attributes, is_block: false };
    Node::with(NodeKind::Element(Box::new(element)), image.span, vec![image])
}
