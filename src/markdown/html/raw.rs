//! Raw HTML of authors: what is allowed is written anew, the rest goes.
//!
//! Nothing is passed through as it is: each tag is read as browsers read it and written from its parts, so what was
//! checked is what a browser sees. End tags without a start are dropped: content cannot close what it did not open.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::markdown::RawHtml;
use crate::markdown::html::Writer;
use crate::markdown::html::nesting;
use crate::markdown::html::places::Places;
use crate::markdown::html::start_tag::{Content, StartTag};
use crate::markdown::html::tags::{self, Tag};
use crate::markdown::tree::{Node, NodeKind};
use crate::source::Span;

/// Elements that show text as it is written.
const CODE: &[&str] = &["pre", "code", "samp", "kbd"];

/// A cross reference that is longer is shown up to its scheme.
const MAX_REFERENCE: usize = 256;

impl Writer {
    /// Writes a block of raw HTML, given as its lines.
    pub(super) fn raw_block(&mut self, lines: &[Node]) {
        let (mut html, mut places) = (String::new(), Places::default());
        for line in lines {
            if let NodeKind::Html(text) | NodeKind::Text(text) = &line.kind {
                places.push(html.len(), text.len(), line.span);
                html.push_str(text);
            }
        }
        if !places.is_empty() {
            self.raw_html(&html, true, &places);
        }
    }

    /// Writes a tag in a line of text.
    pub(super) fn raw_inline(&mut self, html: &str, span: Span) {
        self.raw_html(html, false, &Places::of(html, span));
    }

    fn raw_html(&mut self, html: &str, is_block: bool, places: &Places) {
        if self.raw_html == RawHtml::Trusted {
            return self.trusted_html(html, places);
        }
        let tags = tags::split(html);
        let (mut unclosed, mut has_heading): (Vec<&str>, bool) = (Vec::new(), false);
        let mut at = 0;
        while at < tags.len() {
            match &tags[at] {
                Tag::Text(text, start) => {
                    if !text.trim().is_empty() {
                        self.enter_cell(places.place(0..0));
                    }
                    self.raw_text(text);
                    self.unread_references(text, *start, places);
                    if is_block && !has_heading {
                        has_heading = self.unread_heading(text, *start, start + text.len() == html.len(), places);
                    }
                }
                Tag::Hidden => {}
                Tag::Close { name, range } => self.raw_close(name, places.place(range.clone())),
                Tag::Open { name, attributes, range } => {
                    let start = StartTag { html, name, attributes, range, places, is_block };
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

    /// Reports cross references that are shown as they are written: markdown is not read in raw HTML.
    fn unread_references(&mut self, text: &str, start: usize, places: &Places) {
        for (at, mark) in text.match_indices("](xref:") {
            let from = at + "](".len();
            let is_end = |b: &u8| *b == b')';
            let length = text.as_bytes()[from..].iter().take(MAX_REFERENCE).position(is_end);
            let length = length.unwrap_or(mark.len() - "](".len());
            let message = format!("`{}` stands in raw HTML, where markdown is not read", &text[from..from + length]);
            let diagnostic =
                Diagnostic::new(Code::XrefNotFound, places.place(start + from..start + from + length), message);
            let help = "write `<a href=\"xref:..\">`, or leave a blank line between the HTML and the text";
            self.diagnostics.push(diagnostic.severity(Severity::Suggestion).help(help));
        }
    }

    /// Reports the first heading that is shown as it is written, except in code, which may also be lines with tags. A
    /// blank line before it makes markdown of the others, too. Tells whether there is one.
    fn unread_heading(&mut self, text: &str, start: usize, is_last: bool, places: &Places) -> bool {
        if self.open.iter().any(|open| CODE.contains(&&*open.name)) {
            return false;
        }
        let mut lines = text.split_inclusive('\n');
        // What the first line begins with is a tag.
        let mut at = start + lines.next().map_or(0, str::len);
        for line in lines {
            let heading = line.trim_start_matches(' ');
            let indentation = line.len() - heading.len();
            let marks = heading.bytes().take_while(|b| *b == b'#').count();
            let is_heading = (1..=6).contains(&marks) && heading[marks..].starts_with([' ', '\t']) && indentation < 4;
            if is_heading && (line.ends_with('\n') || is_last) {
                let (from, heading) = (at + indentation, heading.trim_end());
                let message = format!("the heading `{heading}` stands in raw HTML, where it is text");
                let help = "leave a blank line before it: raw HTML goes on up to the next one";
                let place = places.place(from..from + heading.len());
                self.diagnostics.push(Diagnostic::new(Code::HeadingInHtml, place, message).help(help));
                return true;
            }
            at += line.len();
        }
        false
    }

    fn raw_close(&mut self, name: &str, span: Span) {
        // Browsers read `</br>` as a line break.
        if name == "br" {
            self.enter_cell(span);
            return self.push("<br>");
        }
        // A cross reference is a link.
        let name = if name == "xref" { "a" } else { name };
        if let Some(at) = nesting::closed(&self.open, self.floor, name) {
            self.end_to(at);
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
