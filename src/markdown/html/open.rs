//! What stands open while HTML is written: elements of the writer, and elements of authors in them.
//!
//! Elements that an author leaves open end with the container they stand in. An element that a browser would not let
//! stand where it is written ends what is in its way, if an author opened that, or it is left out.

use std::borrow::Cow;

use crate::markdown::html::nesting::{self, Open, Raw};
use crate::markdown::html::{Want, Writer};
use crate::source::Span;

/// Elements may be nested this deep; browsers know 512 levels.
pub(super) const MAX_OPEN: usize = 384;

impl Writer {
    /// Writes the inside of an element: what an author opened in it ends with it. Whether the element still stands
    /// open; a paragraph may have been ended by what cannot stand in it.
    pub(super) fn contained(&mut self, name: &'static str, write: impl FnOnce(&mut Writer)) -> bool {
        self.open.push(Open { name: Cow::Borrowed(name), raw: None });
        let floor = std::mem::replace(&mut self.floor, self.open.len());
        write(self);
        self.end_to(self.floor);
        self.floor = floor;
        self.open.pop().is_some_and(|own| !own.name.is_empty())
    }

    /// Ends the elements of authors from `index` on.
    pub(super) fn end_to(&mut self, index: usize) {
        while self.open.len() > index {
            match self.open.pop() {
                Some(Open { name, raw: Some(raw) }) => self.write_end(&name, &raw),
                _ => return,
            }
        }
    }

    pub(super) fn write_end(&mut self, name: &str, raw: &Raw) {
        if let Some((reference, _)) = raw.reference.as_ref().filter(|(_, start)| *start == self.body.html.len()) {
            self.slot(Want::Text(reference.clone()), raw.span);
        }
        if raw.is_link {
            return self.slot(Want::LinkEnd, raw.span);
        }
        self.end_tag(name);
        if name == "table" {
            self.push("</div>");
        }
    }

    /// Notes that an author's element was opened.
    pub(super) fn opened(&mut self, name: &str, raw: Raw) {
        if self.open.len() < MAX_OPEN {
            self.open.push(Open { name: Cow::Owned(name.to_owned()), raw: Some(raw) });
        } else {
            self.write_end(name, &raw);
        }
    }

    /// Opens an element that an author left out.
    fn imply(&mut self, name: &'static str, span: Span) {
        self.plain_tag(name);
        let raw = Raw { is_link: false, reference: None, span };
        self.open.push(Open { name: Cow::Borrowed(name), raw: Some(raw) });
    }

    /// Whether an element of one of these names stands open.
    pub(super) fn is_in(&self, names: &[&str]) -> bool {
        self.open.iter().any(|tag| names.contains(&&*tag.name))
    }

    /// Ends what a browser would end where `name` starts; whether that can be done from here.
    pub(super) fn make_room(&mut self, name: &str) -> bool {
        while let Some(at) = nesting::ended(&self.open, name) {
            if at >= self.floor {
                self.end_to(at);
            } else if at + 1 == self.floor && self.open[at].name == "p" {
                self.end_to(self.floor);
                self.end_paragraph();
                self.open[at].name = Cow::Borrowed("");
            } else {
                return false;
            }
        }
        true
    }

    /// Ends a paragraph; one that is empty disappears.
    fn end_paragraph(&mut self) {
        let start = self.body.html.len().saturating_sub("<p>".len());
        let has_slot = self.body.slots.last().is_some_and(|slot| slot.at as usize > start);
        if self.body.html.ends_with("<p>") && !has_slot {
            self.body.html.truncate(start);
        } else {
            self.push("</p>\n");
        }
    }

    /// Makes ready for a block of the writer's own; whether it can stand here.
    pub(super) fn start_block(&mut self, name: &str, span: Span) -> bool {
        self.enter_cell(span);
        // The target of a link that was not ended: what follows is not its text.
        let is_target = |tag: &Open| tag.name == "a" && tag.raw.as_ref().is_some_and(|raw| !raw.is_link);
        if let Some(at) = self.open[self.floor..].iter().position(is_target) {
            self.end_to(self.floor + at);
        }
        self.make_room(name)
    }

    /// Opens a cell, if a table stands open and none of its cells does: a browser would put what comes before the table.
    #[inline]
    pub(super) fn enter_cell(&mut self, span: Span) {
        // What the writer holds by itself is no part of an author's table, and is on top most often.
        if self.open.last().is_some_and(|tag| tag.raw.is_some()) {
            self.enter_authors_cell(span);
        }
    }

    fn enter_authors_cell(&mut self, span: Span) {
        if self.open.last().is_some_and(|tag| tag.name == "colgroup") {
            self.end_to(self.open.len() - 1);
        }
        let missing: &[&'static str] = match self.open.last().map(|tag| &*tag.name) {
            Some("table") => &["tbody", "tr", "td"],
            Some("tbody" | "thead" | "tfoot") => &["tr", "td"],
            Some("tr") => &["td"],
            _ => return,
        };
        missing.iter().for_each(|name| self.imply(name, span));
    }

    /// Makes ready for a part of an author's table; whether such a table stands open here.
    pub(super) fn start_table_part(&mut self, name: &str, span: Span) -> bool {
        let Some(table) = self.open[self.floor..].iter().rposition(|tag| tag.name == "table") else { return false };
        let mut at = self.floor + table + 1;
        let mut holders = nesting::holders(name);
        while let Some((holder, rest)) = holders.split_first()
            && self.open.get(at).is_some_and(|tag| nesting::holds(&tag.name, holder))
        {
            at += 1;
            holders = rest;
        }
        self.end_to(at);
        holders.iter().for_each(|holder| self.imply(holder, span));
        true
    }
}
