//! The index: what the whole site knows of its pages. It is to pages what a symbol table is to object files.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::config::Settings;
use crate::content::redirects::{Moved, Moves};
use crate::content::tree::{Entry, Kind, SourceTree};
use crate::diagnostic::Diagnostics;
use crate::markdown::reference::CrossReference;
use crate::path::Destination;
use crate::site::page::Facts;
use crate::site::titles::{self, Shown};
use crate::site::xref::Uids;
use crate::source::FileId;

/// Everything that pages ask for when their open places are filled.
#[derive(Debug)]
pub struct Site {
    /// The files, and what each becomes.
    pub tree: Arc<SourceTree>,
    /// What the team set.
    pub settings: Settings,
    /// What was moved.
    pub moves: Arc<Moves>,
    facts: FxHashMap<FileId, Arc<Facts>>,
    /// The entries by lower-case published address; versions share one.
    by_address: FxHashMap<String, Vec<usize>>,
    uids: Uids,
    shown: Shown,
}

/// Where an address leads in the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A file of this site, with `?query#fragment`.
    Local(FileId, String),
    /// A URL elsewhere.
    Url(String),
}

/// Makes the index of a site from its files and the facts of its pages. Reports uids that are not unique.
pub fn index(
    tree: Arc<SourceTree>,
    settings: Settings,
    moves: Arc<Moves>,
    facts: impl IntoIterator<Item = (FileId, Arc<Facts>)>,
) -> (Site, Diagnostics) {
    let facts: FxHashMap<FileId, Arc<Facts>> = facts.into_iter().collect();
    let in_order = tree.entries.iter().filter_map(|entry| Some((entry.file, &**facts.get(&entry.file)?)));
    let (uids, diagnostics) = Uids::new(&tree, in_order);
    let mut by_address: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (at, entry) in tree.entries.iter().enumerate() {
        if let Some(address) = published(&tree, entry) {
            by_address.entry(address).or_default().push(at);
        }
    }
    let mut site = Site { facts, tree, settings, moves, by_address, uids, shown: Shown::default() };
    titles::fill(&mut site);
    (site, diagnostics)
}

/// The lower-case address by which site-root links mean an entry; versions share one.
fn published(tree: &SourceTree, entry: &Entry) -> Option<String> {
    let base = tree.base(entry.docset)?;
    Some(key(&format!("{base}/{}", tree.path_in_docset(entry))))
}

/// An address as it is looked up: lower case, without `.html`, `/index` and a final slash; without `.md` as well, with
/// which redirections name files.
fn key(address: &str) -> String {
    let mut key = address.to_lowercase();
    if let Some(stem) = key.strip_suffix(".html").or(key.strip_suffix(".md")) {
        key.truncate(stem.len());
    }
    if let Some(folder) = key.strip_suffix("/index") {
        key.truncate(folder.len());
    }
    key.truncate(key.trim_end_matches('/').len());
    key
}

impl Site {
    /// What is known of a page.
    pub fn facts(&self, file: FileId) -> Option<&Arc<Facts>> {
        self.facts.get(&file)
    }

    /// What is known of all pages, in no order.
    pub fn pages(&self) -> impl Iterator<Item = (FileId, &Arc<Facts>)> {
        self.facts.iter().map(|(file, facts)| (*file, facts))
    }

    /// Knows these pages better.
    pub(super) fn know(&mut self, facts: Vec<(FileId, Arc<Facts>)>) {
        self.facts.extend(facts);
    }

    /// Has cross references show these titles.
    pub(super) fn show(&mut self, shown: Shown) {
        self.shown = shown;
    }

    /// What a cross reference without a text of its own shows on the page of `entry`: the text that its author wants, or
    /// the title of its page; `None` if there is no such page.
    pub fn text_of(&self, reference: &CrossReference<'_>, entry: &Entry) -> Option<String> {
        let page = self.with_uid(&reference.uid, entry.docset, entry.group)?;
        let title = || Some(self.shown.get(&page.file).unwrap_or(&self.facts(page.file)?.title).to_string());
        reference.text.clone().or_else(title)
    }

    /// The entry that is published under a site-root path; of several versions the one in `group` of `docset`.
    pub fn at_address(&self, path: &str, docset: usize, group: Option<usize>) -> Option<&Entry> {
        let candidates = self.by_address.get(&key(path))?;
        let entries = || candidates.iter().map(|at| &self.tree.entries[*at]);
        let is_same = |entry: &&Entry| entry.docset == docset && entry.group == group;
        entries().find(is_same).or_else(|| entries().find(|entry| !entry.is_older_version)).or_else(|| entries().next())
    }

    /// The page with a uid: of several versions the one in `group` of `docset`, else the newest.
    pub fn with_uid(&self, uid: &str, docset: usize, group: Option<usize>) -> Option<&Entry> {
        self.uids.find(&self.tree, uid, docset, group)
    }

    /// Where a URL leads that a TOC of `docset` writes: a page of this site, also after redirections, or a URL.
    /// `None` for what leads nowhere.
    pub fn arrive(&self, url: &str, docset: usize) -> Option<Target> {
        let reference = match Destination::parse(url) {
            Destination::SiteRoot(reference) => reference,
            Destination::Absolute(url) => return Some(Target::Url(url.to_owned())),
            Destination::Xref(reference) => {
                let reference = CrossReference::parse(reference);
                let entry = self.with_uid(&reference.uid, docset, None)?;
                return Some(Target::Local(entry.file, reference.suffix));
            }
            _ => return None,
        };
        let suffix = format!("{}{}", reference.query, reference.fragment);
        if let Some(entry) = self.at_address(&reference.path, docset, None).filter(|entry| entry.kind != Kind::Toc) {
            return Some(Target::Local(entry.file, suffix));
        }
        match self.moves.of_url(&reference.path) {
            Some(moved) => Some(self.arrival(&moved, &suffix, docset, None)),
            None => Some(Target::Url(self.docs_url(url))),
        }
    }

    /// Where a redirection leads in the end. `suffix` is the link's own `?query#fragment`: it is kept unless the target
    /// has one.
    pub fn arrival(&self, moved: &Moved, suffix: &str, docset: usize, group: Option<usize>) -> Target {
        let address = moved.url.strip_prefix(self.settings.docs_host.as_str()).filter(|rest| rest.starts_with('/'));
        let Destination::SiteRoot(reference) = Destination::parse(address.unwrap_or(&moved.url)) else {
            return Target::Url(with_suffix(&moved.url, suffix));
        };
        let own = format!("{}{}", reference.query, reference.fragment);
        match self.at_address(&reference.path, docset, group) {
            Some(entry) => Target::Local(entry.file, if own.is_empty() { suffix.to_owned() } else { own }),
            None => Target::Url(with_suffix(&self.docs_url(&format!("{}{own}", reference.raw_path)), suffix)),
        }
    }

    /// The absolute URL of a site-root path: on the host of its longest configured prefix, else on the docs host.
    pub fn docs_url(&self, path: &str) -> String {
        let lower = path.to_lowercase();
        let host = self.settings.hosts.iter().find(|(prefix, _)| {
            let prefix = prefix.trim_end_matches('/').to_lowercase();
            lower.strip_prefix(&prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
        });
        let host = host.map_or(self.settings.docs_host.as_str(), |(_, host)| host);
        format!("{host}{path}")
    }
}

/// `url` with a link's own `?query#fragment`, unless it has one.
fn with_suffix(url: &str, suffix: &str) -> String {
    if url.contains(['#', '?']) { url.to_owned() } else { format!("{url}{suffix}") }
}
