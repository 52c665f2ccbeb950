//! Where files are published, also those that are gone or no content.

use super::mapping::{is_toc, matches, output};
use super::{Docset, Entry, Kind, SourceTree};
use crate::config::FileMapping;
use crate::path::{self, SitePath};

impl SourceTree {
    /// The docset to which a path of the repository belongs, and where in the output it would go.
    ///
    /// The file need not exist nor be content: the target of a redirection is found by the address that its
    /// source had. `None` for what lies in no docset.
    pub fn route(&self, path: &str) -> Option<(usize, SitePath)> {
        let path = path::join("", path)?;
        let docsets = self.docsets.iter().enumerate();
        let mine = docsets.filter(|(_, docset)| below(&path, docset.config.root.as_str()).is_some());
        let (at, docset) = mine.max_by_key(|(at, docset)| (docset.config.root.as_str().len(), usize::MAX - at))?;
        let kind = would_be(&path);
        let (dest, relative) = mapped(docset, &path, kind)?;
        let place = output(dest, relative, kind);
        Some((at, SitePath::new(&format!("{}/{place}", docset.output))?))
    }

    /// The path of an entry within its docset, which all of its versions share.
    pub fn path_in_docset<'a>(&self, entry: &'a Entry) -> &'a str {
        let docset = &self.docsets[entry.docset];
        let path = path::below(entry.output.as_str(), &docset.output).unwrap_or(entry.output.as_str());
        let group = entry.group.filter(|_| entry.is_older_version).and_then(|group| docset.config.groups.get(group));
        group.and_then(|group| path::below(path, group)).unwrap_or(path)
    }

    /// The site-root path under which Learn serves an output file: `/windows/wsl/install`.
    ///
    /// `None` while the docset's published path is unknown.
    pub fn published_url(&self, docset: usize, output: &SitePath) -> Option<String> {
        let base = self.docsets[docset].base_path.as_deref()?;
        Some(self.url_below(base, docset, output))
    }

    /// The site-root path by which links of this site may mean an output file: below [`SourceTree::base`].
    pub fn own_url(&self, docset: usize, output: &SitePath) -> Option<String> {
        Some(self.url_below(self.base(docset)?, docset, output))
    }

    /// The path below which site-root links mean a docset: its published path. If that is unknown, a docset that is alone has
    /// its host for itself, as docs outside of Learn have.
    pub fn base(&self, docset: usize) -> Option<&str> {
        self.docsets[docset].base_path.as_deref().or((self.docsets.len() == 1).then_some(""))
    }

    fn url_below(&self, base: &str, docset: usize, output: &SitePath) -> String {
        let path = path::below(output.as_str(), &self.docsets[docset].output).unwrap_or(output.as_str());
        let path = path.strip_suffix(".html").unwrap_or(path);
        let path =
            if path == "index" { "" } else { path.strip_suffix("/index").map_or(path, |_| &path[..path.len() - 5]) };
        format!("{base}/{path}")
    }
}

/// What a path would become if it were content.
fn would_be(path: &str) -> Kind {
    match path::extension(path).as_str() {
        _ if is_toc(path) => Kind::Toc,
        "md" | "yml" | "yaml" => Kind::Article,
        _ => Kind::Resource,
    }
}

/// The `dest` of the mapping that is nearest to naming a path, and the path below its `src`.
fn mapped<'a>(docset: &'a Docset, path: &'a str, kind: Kind) -> Option<(&'a str, &'a str)> {
    let mappings = if kind == Kind::Resource { &docset.config.resource } else { &docset.config.content };
    let near: Vec<(&FileMapping, &str)> =
        mappings.iter().filter_map(|mapping| Some((mapping, below(path, &mapping.src)?))).collect();
    let named = near.iter().find(|(mapping, relative)| matches(mapping, relative));
    // Of several `src` that hold it, the innermost knows best.
    let nearest = || near.iter().rev().max_by_key(|(mapping, _)| mapping.src.len());
    match named.or_else(nearest) {
        Some((mapping, relative)) => Some((&mapping.dest, relative)),
        None => Some(("", below(path, docset.config.root.as_str())?)),
    }
}

/// What is left of `path` below `folder`, without regard to case.
fn below<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    if folder.is_empty() {
        return Some(path);
    }
    let start = path.get(..folder.len())?;
    // Most are ASCII, and not below: these need no copies in lower case.
    let is_plain = start.is_ascii() && folder.is_ascii();
    let is_same = start.eq_ignore_ascii_case(folder) || !is_plain && start.to_lowercase() == folder.to_lowercase();
    path[folder.len()..].strip_prefix('/').filter(|_| is_same)
}
