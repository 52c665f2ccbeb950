//! Tables of contents: `toc.yml` and `toc.md` as trees.

use crate::source::{FileId, Span};

/// A table of contents, nested TOCs spliced in.
#[derive(Debug, Clone)]
pub struct Toc {
    /// Its file.
    pub file: FileId,
    /// The files whose change changes it: itself and the TOCs spliced in.
    pub dependencies: Vec<FileId>,
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
    /// What lies below it.
    pub items: Vec<TocItem>,
    /// Whether it stands open from the start.
    pub is_expanded: bool,
    /// Where it is written.
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
    Uid(String),
}
