//! The source tree: which files there are, and what each is.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::config::DocsetConfig;
use crate::path::SitePath;
use crate::source::{FileId, Sources};

/// The files of all docsets.
#[derive(Debug)]
pub struct SourceTree {
    /// The door to their bytes.
    pub sources: Arc<Sources>,
    /// The docsets, in the order of the configuration.
    pub docsets: Vec<Docset>,
    /// Every file that becomes something, sorted by path.
    pub entries: Vec<Entry>,
    /// `entries` by file.
    pub by_file: FxHashMap<FileId, usize>,
}

/// A docset and where it goes.
#[derive(Debug)]
pub struct Docset {
    /// What the configuration says.
    pub config: DocsetConfig,
    /// The published path, `/windows/wsl`, if it is known from the configuration or a breadcrumb.
    pub base_path: Option<String>,
    /// Its folder in the output: empty for a single docset.
    pub output: String,
}

/// What a file becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A markdown page.
    Article,
    /// A page made of YAML: landing pages, FAQs.
    YamlPage,
    /// A table of contents.
    Toc,
    /// A file that is copied.
    Resource,
}

/// A file that becomes something.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The file.
    pub file: FileId,
    /// What it becomes.
    pub kind: Kind,
    /// The docset, an index into [`SourceTree::docsets`].
    pub docset: usize,
    /// Where it goes (for a TOC: where docfx would put it, with the extension `.json`).
    pub output: SitePath,
    /// The version group, an index into [`DocsetConfig::groups`].
    pub group: Option<usize>,
}

impl SourceTree {
    /// What a file becomes; `None` for what is no content.
    pub fn entry(&self, file: FileId) -> Option<&Entry> {
        self.by_file.get(&file).map(|at| &self.entries[*at])
    }
}
