//! A compiled article: HTML with open places, and the facts that the site needs to know of it.

use std::sync::Arc;

use crate::config::Metadata;
use crate::diagnostic::Diagnostics;
use crate::markdown::html::{CodeSpan, Heading, Slot};
use crate::source::FileId;

/// An article or a YAML page, compiled by itself.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its file.
    pub file: FileId,
    /// Its HTML.
    pub body: Body,
    /// What the site needs to know of it.
    pub facts: Arc<Facts>,
    /// The files whose change changes it, itself aside; also those that it looked for in vain.
    pub dependencies: Vec<FileId>,
    /// What is wrong with it, as far as it can be told without looking at other pages.
    pub diagnostics: Diagnostics,
}

/// The HTML of a page, the h1 included, with open places.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// The HTML between the places.
    pub html: Box<str>,
    /// The places, in order.
    pub slots: Box<[Slot]>,
    /// The code blocks, in order. No place lies within one.
    pub code: Box<[CodeSpan]>,
}

/// What is known of a page without looking at any other.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The title: that of the front matter, else the first heading, else that of the configuration, else the file's name.
    pub title: Box<str>,
    /// The front matter over the configuration's metadata.
    pub metadata: Metadata,
    /// The headings, in order.
    pub headings: Box<[Heading]>,
    /// Every id and name that a link may lead to, sorted.
    pub bookmarks: Box<[Box<str>]>,
}

impl Facts {
    /// The uid that the front matter gives to the page.
    pub fn uid(&self) -> Option<&str> {
        self.metadata.get("uid")?.as_str().map(str::trim).filter(|uid| !uid.is_empty())
    }

    /// Whether a link may lead to `#bookmark`, percent-decoded.
    pub fn has_bookmark(&self, bookmark: &str) -> bool {
        self.bookmarks.binary_search_by(|own| (**own).cmp(bookmark)).is_ok()
    }
}
