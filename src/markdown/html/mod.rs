//! Writes a tree as HTML, with open places where only the whole site knows the answer.

mod advice;
mod allowed;
mod block;
pub mod escape;
mod footnotes;
mod heading_text;
mod inline;
mod nesting;
mod open;
mod places;
mod raw;
mod start_tag;
mod stretches;
mod style;
mod tabs;
mod tags;
mod trusted;

use std::collections::HashMap;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostics;
use crate::markdown::heading::Ids;
use crate::markdown::language::Language;
use crate::markdown::reference::CrossReference;
use crate::markdown::tree::{Link, Node};
use crate::markdown::{Options, RawHtml};
use crate::path::Destination;
use crate::source::{FileId, Span};

/// The HTML of an article, with open places.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// The HTML between the places.
    pub html: String,
    /// The places, in order.
    pub slots: Vec<Slot>,
    /// The code blocks whose language has a name, in order.
    pub code: Vec<CodeSpan>,
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// Every id and name that a link may lead to.
    pub bookmarks: Vec<Box<str>>,
}

/// An open place.
#[derive(Debug, Clone)]
pub struct Slot {
    /// The byte of [`Body::html`] before which it lies.
    pub at: u32,
    /// What is wanted.
    pub want: Want,
    /// Where it was written; a relative path is relative to this file.
    pub span: Span,
}

/// What is wanted at an open place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Want {
    /// The start tag of a link.
    LinkStart {
        /// The destination as it was written.
        destination: Box<str>,
        /// Its other attributes, as HTML with a blank before each.
        attributes: Box<str>,
    },
    /// The text of a cross reference that has none of its own.
    Text(TextReference),
    /// A link if a page has the uid, else the text as it was written.
    Mention {
        /// What stands after the `@`, without quotes.
        uid: Box<str>,
        /// With the `@` and the quotes.
        written: Box<str>,
    },
    /// The end tag of the link that was started last.
    LinkEnd,
    /// The URL of an image or another resource: what stands between the quotes of `src`.
    Source(Box<str>),
}

/// A cross reference whose text is the title of its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextReference {
    /// What stands after `xref:` or `@`.
    pub reference: Box<str>,
    /// The text if there is no such page.
    pub otherwise: Box<str>,
}

impl TextReference {
    /// The text of a link that has none of its own, if that is a cross reference.
    fn of_link(link: &Link, node: &Node) -> Option<TextReference> {
        let has_own_text = !link.is_autolink && !node.children.is_empty();
        if has_own_text { None } else { TextReference::of(&link.destination) }
    }

    /// The text of a link to `destination`, if that is a cross reference.
    fn of(destination: &str) -> Option<TextReference> {
        let Destination::Xref(reference) = Destination::parse(destination) else { return None };
        let otherwise = CrossReference::parse(reference).text_without_page(reference).into();
        Some(TextReference { reference: reference.into(), otherwise })
    }
}

/// Where the text of a code block stands in the HTML: escaped, without colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeSpan {
    /// Its first byte.
    pub start: u32,
    /// The byte after its last.
    pub end: u32,
    /// What it is written in.
    pub language: &'static Language,
}

/// A heading of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Unique on the page.
    pub id: Box<str>,
    /// Plain text.
    pub text: Box<str>,
    /// The cross references in the text: the bytes of what it shows as long as their pages are not known.
    pub references: Box<[(Range<u32>, TextReference)]>,
}

/// Writes the HTML of a tree.
pub fn write(root: &Node, options: &Options) -> (Body, Diagnostics) {
    // The 14.7 MB of PowerShell-Docs become bodies of 22 MB.
    let body = Body { html: String::with_capacity(root.span.bytes().len() * 3 / 2), ..Body::default() };
    let mut writer = Writer { raw_html: options.raw_html, body, ..Writer::default() };
    writer.blocks(&root.children);
    writer.end_to(0);
    writer.footnotes(root);
    (writer.body, writer.diagnostics)
}

/// What is written so far, and what stands open.
#[derive(Debug, Default)]
struct Writer {
    raw_html: RawHtml,
    body: Body,
    ids: Ids,
    tables: usize,
    code_blocks: usize,
    images: usize,
    tab_groups: usize,
    /// The footnotes that were referred to, in order: their file and name.
    notes: Vec<(FileId, Box<str>)>,
    /// What tabs are called, by id; of several the last.
    tab_names: HashMap<Box<str>, Box<str>>,
    /// The numbers of the footnotes that are referred to.
    note_numbers: FxHashMap<(FileId, Box<str>), usize>,
    /// The elements that stand open.
    open: Vec<nesting::Open>,
    /// How many of them hold what is being written; those that lie above are an author's.
    floor: usize,
    diagnostics: Diagnostics,
}

impl Writer {
    fn push(&mut self, html: &str) {
        self.body.html.push_str(html);
    }

    /// Writes a start tag without attributes.
    fn plain_tag(&mut self, name: &str) {
        self.push("<");
        self.push(name);
        self.push(">");
    }

    fn end_tag(&mut self, name: &str) {
        self.push("</");
        self.push(name);
        self.push(">");
    }

    fn text(&mut self, text: &str) {
        escape::push_text(&mut self.body.html, text);
    }

    fn attribute(&mut self, name: &str, value: &str) {
        escape::push_attribute(&mut self.body.html, name, value);
    }

    /// How many bytes are written.
    fn place(&self) -> u32 {
        u32::try_from(self.body.html.len()).unwrap_or(u32::MAX)
    }

    fn slot(&mut self, want: Want, span: Span) {
        let at = self.place();
        self.body.slots.push(Slot { at, want, span });
    }
}
