//! Tables of contents: `toc.yml` and `toc.md` as trees.
//!
//! 1. The text becomes entries as they are written (`yml`, `md`).
//! 2. Links are looked up and nested TOCs spliced in (`reader`).

mod md;
mod node;
mod reader;
mod yml;

pub use reader::read;

use crate::source::{FileId, Span};

/// A table of contents, nested TOCs spliced in.
#[derive(Debug, Clone)]
pub struct Toc {
    /// Its file.
    pub file: FileId,
    /// The files whose change changes it: itself, the TOCs spliced in, and those of the folders that it names.
    pub dependencies: Vec<FileId>,
    /// The TOCs spliced in: they are part of this one, and no TOC of their own.
    pub spliced: Vec<FileId>,
    /// The entries.
    pub items: Vec<TocItem>,
    /// `order`: a page that several TOCs list belongs to the one with the smallest.
    pub order: i64,
    /// Whether it is a breadcrumb: never a page's TOC.
    pub is_breadcrumb: bool,
}

/// An entry of a TOC.
#[derive(Debug, Clone)]
pub struct TocItem {
    /// `None`: the title of its target.
    pub name: Option<String>,
    /// Where it leads.
    pub target: Option<TocTarget>,
    /// Whether it leads to a folder's TOC: `target` is then that TOC's first page, which this TOC does not list.
    pub is_folder: bool,
    /// What lies below it.
    pub items: Vec<TocItem>,
    /// Whether it stands open from the start.
    pub is_expanded: bool,
    /// Where its link is written, or the entry as a whole if it has none.
    pub span: Span,
}

/// Where an entry of a TOC leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TocTarget {
    /// A page or resource.
    File {
        /// The file.
        file: FileId,
        /// `?query#fragment`, or empty.
        suffix: String,
    },
    /// A site-root path (`/azure/..`) or an absolute URL, as it is written.
    Url(String),
    /// A cross reference.
    Uid {
        /// The uid.
        uid: String,
        /// Where the entry leads when nothing has the uid.
        otherwise: Option<Box<TocTarget>>,
    },
}

#[cfg(test)]
mod tests;
