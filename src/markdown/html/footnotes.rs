//! Footnotes: numbered in the order in which a page refers to them, and written at its end. Names are local to a file.

use rustc_hash::FxHashMap;

use crate::markdown::html::Writer;
use crate::markdown::tree::{Node, NodeKind};
use crate::source::FileId;

impl Writer {
    /// Writes a reference; only the first to a footnote has an id that the footnote leads back to.
    pub(super) fn footnote_reference(&mut self, name: &str, file: FileId) {
        if !self.make_room("a") {
            return self.text(&format!("[^{name}]"));
        }
        let note = (file, Box::from(name));
        let known = self.note_numbers.get(&note).copied();
        let number = known.unwrap_or(self.notes.len() + 1);
        if known.is_none() {
            self.notes.push(note.clone());
            self.note_numbers.insert(note, number);
            self.push(&format!("<sup id=\"footnote-reference-{number}\">"));
        } else {
            self.push("<sup>");
        }
        self.push(&format!("<a href=\"#footnote-{number}\" role=\"doc-noteref\">{number}</a></sup>"));
    }

    /// Writes the footnotes that the page refers to; they may refer to others.
    pub(super) fn footnotes(&mut self, root: &Node) {
        if self.notes.is_empty() {
            return;
        }
        let mut texts = FxHashMap::default();
        collect(root, &mut texts);
        self.push("<section class=\"footnotes\" role=\"doc-endnotes\">\n<hr>\n<ol>\n");
        let mut number = 0;
        while let Some((file, name)) = self.notes.get(number).cloned() {
            number += 1;
            self.push(&format!("<li id=\"footnote-{number}\">"));
            if let Some(note) = texts.get(&(file, &*name)) {
                self.contained("li", |writer| writer.blocks(&note.children));
            }
            self.push(&format!(
                "<a href=\"#footnote-reference-{number}\" role=\"doc-backlink\" aria-label=\"Back to reference {number}\">\u{21a9}</a></li>\n"
            ));
        }
        self.push("</ol>\n</section>\n");
    }
}

fn collect<'n>(node: &'n Node, texts: &mut FxHashMap<(FileId, &'n str), &'n Node>) {
    for child in &node.children {
        if let NodeKind::Footnote(name) = &child.kind {
            texts.entry((child.span.file, name)).or_insert(child);
        }
        collect(child, texts);
    }
}
