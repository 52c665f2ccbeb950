//! What a reader sees of a heading, as plain text: for the outline, the title of the page, the label of its link.

use std::ops::Range;

use crate::markdown::RawHtml;
use crate::markdown::html::tags::{self, Attribute, Tag};
use crate::markdown::html::{TextReference, Writer, escape, start_tag};
use crate::markdown::tree::{Node, NodeKind};

/// The text of a heading, and the bytes of it that cross references show as long as their pages are not known.
#[derive(Debug, Default)]
pub(super) struct HeadingText {
    pub(super) text: String,
    pub(super) references: Vec<(Range<u32>, TextReference)>,
    raw_html: RawHtml,
    /// A cross reference of raw HTML that stands open, and the length of the text before it.
    open: Option<(TextReference, usize)>,
    /// How many spans stand open since one that keeps the original of a translation: no reader sees what is in it.
    original: u32,
}

impl HeadingText {
    /// Reads the nodes of a heading.
    pub(super) fn of(heading: &[Node], raw_html: RawHtml) -> HeadingText {
        let mut read = HeadingText { raw_html, ..HeadingText::default() };
        heading.iter().for_each(|node| read.push(node));
        read.text.truncate(read.text.trim_end().len());
        let blank = read.text.len() - read.text.trim_start().len();
        read.text.drain(..blank);
        let moved = |place: u32| (place as usize).saturating_sub(blank).min(read.text.len()) as u32;
        read.references.iter_mut().for_each(|(range, _)| *range = moved(range.start)..moved(range.end));
        read
    }

    fn push(&mut self, node: &Node) {
        match &node.kind {
            NodeKind::Html(html) if self.raw_html == RawHtml::Filtered => self.raw(html),
            _ if self.original > 0 || node.is_decoration() => {}
            NodeKind::Mention(mention) => {
                self.reference(TextReference { reference: mention.uid.clone(), otherwise: mention.written.clone() });
            }
            NodeKind::Link(link) => match TextReference::of_link(link, node) {
                Some(reference) => self.reference(reference),
                None => node.children.iter().for_each(|child| self.push(child)),
            },
            _ if node.children.is_empty() => node.push_plain_text(&mut self.text),
            _ => node.children.iter().for_each(|child| self.push(child)),
        }
    }

    fn reference(&mut self, reference: TextReference) {
        let start = self.text.len() as u32;
        self.text.push_str(&reference.otherwise);
        self.references.push((start..self.text.len() as u32, reference));
    }

    /// What is shown of a tag: a placeholder, and what a cross reference without text is called.
    fn raw(&mut self, html: &str) {
        for tag in tags::split(html) {
            match tag {
                Tag::Open { name, attributes, .. } if name == "span" && self.is_original(&attributes) => {
                    self.original += 1;
                }
                Tag::Close { name, .. } if name == "span" => self.original = self.original.saturating_sub(1),
                _ if self.original > 0 => {}
                Tag::Open { name, attributes, range } => match of_tag(&name, &attributes) {
                    Some(reference) if html[range.clone()].ends_with("/>") => self.reference(reference),
                    Some(reference) => self.open = Some((reference, self.text.len())),
                    None if name == "xref" => {}
                    None if start_tag::placeholder(&name, !attributes.is_empty(), false).is_some() => {
                        self.text.push_str(&html[range]);
                    }
                    None => {}
                },
                Tag::Close { name, .. } if matches!(name.as_str(), "xref" | "a") => {
                    if let Some((reference, _)) = self.open.take().filter(|(_, start)| *start == self.text.len()) {
                        self.reference(reference);
                    }
                }
                Tag::Text(text, _) => self.text.push_str(&htmlize::unescape(text)),
                _ => {}
            }
        }
    }

    /// Whether a span with these attributes keeps the original of a translation, or stands in one that does.
    fn is_original(&self, attributes: &[Attribute]) -> bool {
        let is_class = |own: &&Attribute| own.name == "class";
        let class = attributes.iter().find(is_class).map_or("", |class| class.value.as_str());
        self.original > 0 || class.split_ascii_whitespace().any(|class| class == "sxs-lookup")
    }
}

/// The cross reference that a start tag is.
fn of_tag(name: &str, attributes: &[Attribute]) -> Option<TextReference> {
    let value = |wanted: &str| attributes.iter().find(|own| own.name == wanted).map(|own| own.value.as_str());
    match name {
        "xref" => TextReference::of(&format!("xref:{}", value("href").or(value("uid"))?)),
        "a" => TextReference::of(value("href")?),
        _ => None,
    }
}

impl Writer {
    /// Writes the text of a heading where no tag may stand, in an attribute.
    pub(super) fn heading_text(&mut self, heading: &HeadingText, node: &Node) {
        let mut at = 0;
        for (range, reference) in &heading.references {
            escape::push_text(&mut self.body.html, &heading.text[at..range.start as usize]);
            self.slot(super::Want::Text(reference.clone()), node.span);
            at = range.end as usize;
        }
        escape::push_text(&mut self.body.html, &heading.text[at..]);
    }
}
