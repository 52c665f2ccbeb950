//! Pieces of a line: text, emphasis, links, images.

use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::html::{TextReference, Want, Writer, escape};
use crate::markdown::tree::{Element, Formula, Link, Node, NodeKind};
use crate::path::Destination;
use crate::source::Span;

impl Writer {
    pub(super) fn inlines(&mut self, nodes: &[Node]) {
        nodes.iter().for_each(|node| self.inline(node));
    }

    pub(super) fn inline(&mut self, node: &Node) {
        if !matches!(node.kind, NodeKind::Html(_) | NodeKind::SoftBreak) {
            self.enter_cell(node.span);
        }
        match &node.kind {
            NodeKind::Text(text) => self.text(text),
            NodeKind::Code(code) => {
                self.push("<code>");
                self.text(code);
                self.push("</code>");
            }
            NodeKind::Html(html) => self.raw_inline(html, node.span),
            NodeKind::SoftBreak => self.push("\n"),
            NodeKind::HardBreak => self.push("<br>\n"),
            NodeKind::Emphasis => self.wrapped("em", node),
            NodeKind::Strong => self.wrapped("strong", node),
            NodeKind::Strikethrough => self.wrapped("del", node),
            NodeKind::Link(link) => self.link(link, node),
            NodeKind::Image(image) => self.image(image, node),
            NodeKind::FootnoteReference(name) => self.footnote_reference(name, node.span.file),
            NodeKind::TaskMarker(is_done) => {
                let (mark, label) = if *is_done { ("\u{2611}", "Done: ") } else { ("\u{2610}", "To do: ") };
                self.push(&format!("<span class=\"task\" role=\"img\" aria-label=\"{label}\">{mark}</span> "));
            }
            NodeKind::Math(formula) => self.formula("span", formula),
            NodeKind::Mention(mention) if self.make_room("a") => {
                let (uid, written) = (mention.uid.clone(), mention.written.clone());
                self.slot(Want::Mention { uid, written }, node.span);
            }
            NodeKind::Mention(mention) => self.text(&mention.written),
            NodeKind::Element(element) if !element.is_block || self.start_block(element.tag, node.span) => {
                self.start_element(element);
                self.contained(element.tag, |writer| writer.inlines(&node.children));
                self.end_tag(element.tag);
            }
            NodeKind::Directive(directive) => {
                self.push("<span class=\"missing\" data-decoration>");
                self.text(&directive.raw);
                self.push("</span>");
            }
            _ => self.blocks(std::slice::from_ref(node)),
        }
    }

    /// Writes a formula: as MathML, or as its source.
    pub(super) fn formula(&mut self, tag: &str, formula: &Formula) {
        self.push(&format!("<{tag} class=\"math\">"));
        match &formula.mathml {
            Some(mathml) => self.push(mathml),
            None => self.text(&formula.source),
        }
        self.end_tag(tag);
    }

    fn wrapped(&mut self, name: &'static str, node: &Node) {
        self.plain_tag(name);
        self.contained(name, |writer| writer.inlines(&node.children));
        self.end_tag(name);
    }

    pub(super) fn start_element(&mut self, element: &Element) {
        self.push("<");
        self.push(element.tag);
        for (name, value) in &element.attributes {
            self.attribute(name, value);
        }
        self.push(">");
    }

    /// Writes a link; where it would stand in another, its text.
    fn link(&mut self, link: &Link, node: &Node) {
        if !self.make_room("a") {
            return self.link_text(link, node);
        }
        let mut attributes = String::new();
        if !link.title.is_empty() {
            escape::push_attribute(&mut attributes, "title", &link.title);
        }
        self.slot(Want::LinkStart { destination: link.destination.clone(), attributes: attributes.into() }, node.span);
        self.contained("a", |writer| writer.link_text(link, node));
        self.slot(Want::LinkEnd, node.span);
    }

    fn link_text(&mut self, link: &Link, node: &Node) {
        match TextReference::of_link(link, node) {
            Some(reference) => self.slot(Want::Text(reference), node.span),
            None => self.inlines(&node.children),
        }
    }

    fn image(&mut self, image: &Link, node: &Node) {
        let mut alt = String::new();
        node.children.iter().for_each(|child| child.push_plain_text(&mut alt));
        if self.text_instead_of_image(&image.destination, &alt, node.span) {
            return;
        }
        self.push("<img src=\"");
        self.slot(Want::Source(image.destination.clone()), node.span);
        self.push("\"");
        self.attribute("alt", &alt);
        if !image.title.is_empty() {
            self.attribute("title", &image.title);
        }
        self.image_end();
    }

    /// Writes what an image says instead of it if it is a cross reference, and reports it: a uid is that of a page.
    pub(super) fn text_instead_of_image(&mut self, destination: &str, alt: &str, span: Span) -> bool {
        let is_reference = matches!(Destination::parse(destination), Destination::Xref(_));
        if is_reference {
            let message = "an image cannot be a cross reference; its alternative text stands there";
            let help = "name the file of the image: a uid is that of a page";
            self.diagnostics.push(Diagnostic::new(Code::XrefNotFound, span, message).help(help));
            self.push("<span class=\"xref\">");
            self.text(alt);
            self.push("</span>");
        }
        is_reference
    }

    /// Ends the tag of an image: all but the first are loaded when they come near.
    pub(super) fn image_end(&mut self) {
        self.images += 1;
        self.push(if self.images > 1 { " loading=\"lazy\" decoding=\"async\">" } else { " decoding=\"async\">" });
    }
}
