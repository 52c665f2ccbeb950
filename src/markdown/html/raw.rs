//! Raw HTML of authors: what is allowed is written anew, the rest goes.
//!
//! Nothing is passed through as it is: each tag is read as browsers read it and written from its parts, so what was
//! checked is what a browser sees. Elements that an author leaves open end with the container they stand in, and end
//! tags without a start are dropped: content cannot close what it did not open.

use std::ops::Range;

use crate::markdown::RawHtml;
use crate::markdown::html::start_tag::{Content, StartTag};
use crate::markdown::html::tags::{self, Tag};
use crate::markdown::html::{Want, Writer, allowed};
use crate::markdown::tree::{Node, NodeKind};
use crate::source::Span;

/// A raw HTML element that stands open.
#[derive(Debug)]
pub(super) struct OpenTag {
    name: String,
    /// Whether its tags are written by the slots of a link.
    is_link: bool,
    /// For a cross reference what it refers to, and the length of the HTML when it was opened.
    reference: Option<(Box<str>, usize)>,
    span: Span,
}

impl OpenTag {
    /// A cross reference whose content starts at `start`, a byte of the HTML.
    pub(super) fn cross_reference(destination: Box<str>, start: usize, span: Span) -> OpenTag {
        OpenTag { name: "xref".to_owned(), is_link: true, reference: Some((destination, start)), span }
    }
}

/// Elements that end where another of their kind starts: the start tag, and what it ends.
const IMPLIED_ENDS: &[(&str, &[&str])] = &[
    ("li", &["li"]),
    ("dt", &["dt", "dd"]),
    ("dd", &["dt", "dd"]),
    ("tr", &["td", "th", "tr"]),
    ("td", &["td", "th"]),
    ("th", &["td", "th"]),
    ("tbody", &["td", "th", "tr", "thead", "tbody"]),
    ("tfoot", &["td", "th", "tr", "thead", "tbody"]),
    ("p", &["p"]),
];

/// Raw HTML elements may be nested this deep.
const MAX_RAW_DEPTH: usize = 256;

impl Writer {
    /// Writes the inside of a container: raw HTML that was opened in it ends with it.
    pub(super) fn contained(&mut self, write: impl FnOnce(&mut Writer)) {
        let floor = std::mem::replace(&mut self.raw_floor, self.raw.len());
        write(self);
        self.close_raw(self.raw_floor);
        self.raw_floor = floor;
    }

    /// Closes the raw elements above `floor`.
    pub(super) fn close_raw(&mut self, floor: usize) {
        while self.raw.len() > floor {
            let Some(tag) = self.raw.pop() else { return };
            self.write_end(&tag);
        }
    }

    pub(super) fn write_end(&mut self, tag: &OpenTag) {
        if let Some((reference, _)) = tag.reference.as_ref().filter(|(_, start)| *start == self.body.html.len()) {
            self.slot(Want::LinkText(reference.clone()), tag.span);
        }
        if tag.is_link {
            self.slot(Want::LinkEnd, tag.span);
        } else {
            self.push("</");
            self.push(&tag.name);
            self.push(">");
            if tag.name == "table" {
                self.push("</div>");
            }
        }
    }

    /// Whether a raw element of one of these names stands open.
    pub(super) fn in_raw(&self, names: &[&str]) -> bool {
        self.raw.iter().any(|tag| names.contains(&tag.name.as_str()))
    }

    /// A raw `<p>` ends where a block starts.
    pub(super) fn end_raw_paragraph(&mut self) {
        if self.raw.len() > self.raw_floor && self.raw.last().is_some_and(|tag| tag.name == "p") {
            self.close_raw(self.raw.len() - 1);
        }
    }

    /// Writes a block of raw HTML, given as its lines.
    pub(super) fn raw_block(&mut self, lines: &[Node]) {
        let mut html = String::new();
        let mut starts: Vec<(usize, Span)> = Vec::new();
        for line in lines {
            if let NodeKind::Html(text) | NodeKind::Text(text) = &line.kind {
                starts.push((html.len(), line.span));
                html.push_str(text);
            }
        }
        let Some((_, first)) = starts.first().copied() else { return };
        let place = |range: Range<usize>| {
            let at = starts.partition_point(|(start, _)| *start <= range.start);
            let (start, span) = starts[at.saturating_sub(1)];
            let from = span.start as usize + range.start - start;
            Span::new(first.file, from..from + range.len())
        };
        self.raw_html(&html, true, &place);
    }

    /// Writes a tag in a line of text.
    pub(super) fn raw_inline(&mut self, html: &str, span: Span) {
        let place = |range: Range<usize>| {
            let start = span.start as usize;
            Span::new(span.file, start + range.start..start + range.end)
        };
        self.raw_html(html, false, &place);
    }

    fn raw_html(&mut self, html: &str, is_block: bool, place: &dyn Fn(Range<usize>) -> Span) {
        if self.raw_html == RawHtml::Trusted {
            return self.trusted_html(html, place);
        }
        let tags = tags::split(html);
        let mut unclosed: Vec<&str> = Vec::new();
        let mut at = 0;
        while at < tags.len() {
            match &tags[at] {
                Tag::Text(text) => self.raw_text(text),
                Tag::Hidden => {}
                Tag::Close { name, .. } => self.raw_close(name),
                Tag::Open { name, attributes, range } => {
                    let start = StartTag { html, name, attributes, range, place, is_block };
                    let is_dropped = self.start_tag(&start) == Content::Goes;
                    // One search for an end tag that is not there is enough.
                    if is_dropped && is_block && !unclosed.contains(&name.as_str()) {
                        match end_of(&tags, at) {
                            Some(end) => at = end,
                            None => unclosed.push(name),
                        }
                    }
                }
            }
            at += 1;
        }
    }

    /// Character data as authors write it: entities stay, a lone `<` is escaped.
    fn raw_text(&mut self, text: &str) {
        let mut parts = text.split('<');
        self.push(parts.next().unwrap_or(""));
        for part in parts {
            self.push("&lt;");
            self.push(part);
        }
    }

    fn raw_close(&mut self, name: &str) {
        // Browsers read `</br>` as a line break.
        if name == "br" {
            return self.push("<br>");
        }
        let open = self.raw[self.raw_floor..].iter().rposition(|tag| tag.name == name);
        if let Some(at) = open {
            self.close_raw(self.raw_floor + at);
        }
    }

    /// Remembers an element whose start is written.
    pub(super) fn opened(&mut self, name: &str, is_link: bool, span: Span) {
        if !allowed::is_void(name) {
            self.open(OpenTag { name: name.to_owned(), is_link, reference: None, span });
        }
    }

    /// Remembers what stands open; what lies too deep ends at once.
    pub(super) fn open(&mut self, tag: OpenTag) {
        if self.raw.len() < MAX_RAW_DEPTH { self.raw.push(tag) } else { self.write_end(&tag) }
    }

    pub(super) fn imply_ends(&mut self, name: &str) {
        let Some((_, ended)) = IMPLIED_ENDS.iter().find(|(start, _)| *start == name) else { return };
        while self.raw.len() > self.raw_floor {
            match self.raw.last() {
                Some(tag) if ended.contains(&tag.name.as_str()) => self.close_raw(self.raw.len() - 1),
                _ => return,
            }
        }
    }
}

/// The index of the end tag that belongs to the start tag at `at`, if the block has it.
fn end_of(tags: &[Tag<'_>], at: usize) -> Option<usize> {
    let Tag::Open { name: start, .. } = &tags[at] else { return None };
    let mut depth = 0;
    for (offset, tag) in tags[at..].iter().enumerate() {
        match tag {
            Tag::Open { name, .. } if name == start => depth += 1,
            Tag::Close { name, .. } if name == start => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + offset);
        }
    }
    None
}
