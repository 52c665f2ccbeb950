//! Grows trees from TOCs.

use rustc_hash::FxHashMap;

use super::{PageEntry, Resolve, Target, TreeNode, to_u32};
use crate::content::toc::{Toc, TocItem, TocTarget};
use crate::content::tree::{Kind, SourceTree};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::path::{self, Destination, SitePath};
use crate::site::bookmark;
use crate::site::resolve::MAX_COMPARED;
use crate::source::FileId;

/// What became of a TOC.
#[derive(Default)]
pub(super) struct Grown {
    pub(super) nodes: Vec<TreeNode>,
    /// The pages that the TOC lists (indices) and their nodes, in preorder.
    pub(super) listed: Vec<(u32, u32)>,
}

/// Knows the pages that entries may lead to.
pub(super) struct Grower<'a> {
    tree: &'a SourceTree,
    pages: &'a [PageEntry<'a>],
    by_file: FxHashMap<FileId, u32>,
    by_output: FxHashMap<&'a SitePath, u32>,
    resolve: Resolve<'a>,
    /// How many names may still be compared, to tell what an author may have meant.
    room: usize,
}

impl<'a> Grower<'a> {
    pub(super) fn new(tree: &'a SourceTree, pages: &'a [PageEntry<'a>], resolve: Resolve<'a>) -> Grower<'a> {
        let numbered = || pages.iter().enumerate().map(|(at, page)| (to_u32(at), page));
        let by_file = numbered().map(|(at, page)| (page.file, at)).collect();
        let by_output = numbered().map(|(at, page)| (page.output, at)).collect();
        Grower { tree, pages, by_file, by_output, resolve, room: MAX_COMPARED }
    }

    /// Turns the entries of a TOC into nodes. What has neither name nor target is left out, its children stay.
    pub(super) fn grow(&mut self, docset: usize, toc: &Toc, diagnostics: &mut Diagnostics) -> Grown {
        let mut grown = Grown::default();
        self.items(docset, &toc.items, None, &mut grown, diagnostics);
        grown
    }

    // Entries are at most 64 deep, so that recursion is safe.
    fn items(
        &mut self,
        docset: usize,
        items: &[TocItem],
        parent: Option<u32>,
        grown: &mut Grown,
        diagnostics: &mut Diagnostics,
    ) {
        for item in items {
            let (target, page) = match &item.target {
                Some(target) => self.target(docset, target, item, diagnostics),
                None => (None, None),
            };
            if let (Some(Target::Page { suffix, .. }), Some(page), false) = (&target, page, item.is_folder) {
                diagnostics.extend(self.lacking_bookmark(suffix, page, item));
            }
            let Some(title) = self.title(item, target.as_ref(), page) else {
                self.items(docset, &item.items, parent, grown, diagnostics);
                continue;
            };
            let node = to_u32(grown.nodes.len());
            let is_listed = !item.is_folder && !matches!(item.target, Some(TocTarget::Url(_)));
            if let Some(page) = page.filter(|_| is_listed) {
                grown.listed.push((page, node));
            }
            grown.nodes.push(TreeNode { title, target, parent, end: 0, is_expanded: item.is_expanded, page });
            self.items(docset, &item.items, Some(node), grown, diagnostics);
            grown.nodes[node as usize].end = to_u32(grown.nodes.len());
        }
    }

    /// Where an entry leads, and which page that is.
    fn target(
        &self,
        docset: usize,
        target: &TocTarget,
        item: &TocItem,
        diagnostics: &mut Diagnostics,
    ) -> (Option<Target>, Option<u32>) {
        match target {
            TocTarget::File { file, suffix } => {
                let Some(entry) = self.tree.entry(*file) else { return (None, None) };
                let page = self.by_file.get(file).copied();
                // A page that could not be read is not there to be linked to.
                let is_there = page.is_some() || entry.kind == Kind::Resource;
                let target = Target::Page { output: entry.output.clone(), suffix: suffix.clone() };
                (is_there.then_some(target), page)
            }
            TocTarget::Url(url) => self.with_page((self.resolve)(docset, url)),
            TocTarget::Uid { uid, otherwise } => {
                let found = (self.resolve)(docset, &format!("xref:{uid}"));
                match (found, otherwise) {
                    (None, Some(otherwise)) => self.target(docset, otherwise, item, diagnostics),
                    // What is wrong with the TOC of a folder is told where it stands.
                    (None, None) if item.is_folder => (None, None),
                    (None, None) => {
                        let message = format!("no page has the uid `{uid}`");
                        let help = "check its spelling, or name a file as `href`";
                        diagnostics.push(Diagnostic::new(Code::XrefNotFound, item.span, message).help(help));
                        (None, None)
                    }
                    (found, _) => self.with_page(found),
                }
            }
        }
    }

    /// Says that the page to which an entry leads lacks the bookmark of its `?query#fragment`.
    fn lacking_bookmark(&mut self, suffix: &str, page: u32, item: &TocItem) -> Option<Diagnostic> {
        let fragment = &suffix[suffix.find('#')?..];
        let page = &self.pages[page as usize];
        let lacking = bookmark::lacking(fragment, page.bookmarks)?;
        let known = if self.room > 0 { page.bookmarks } else { &[] };
        self.room = self.room.saturating_sub(known.len());
        let name = format!("`{}`", self.tree.sources.path(page.file));
        Some(bookmark::missing(&lacking, &name, known, item.span).0)
    }

    fn with_page(&self, target: Option<Target>) -> (Option<Target>, Option<u32>) {
        let page = match &target {
            Some(Target::Page { output, .. }) => self.by_output.get(output).copied(),
            _ => None,
        };
        (target, page)
    }

    /// The name of an entry, else the title of its page, else the last name of its address.
    fn title(&self, item: &TocItem, target: Option<&Target>, page: Option<u32>) -> Option<String> {
        let named = item.name.as_deref().or_else(|| page.map(|page| self.pages[page as usize].title));
        let named = named.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
        named.or_else(|| match (target, &item.target) {
            (Some(Target::Page { output, .. }), _) => Some(spoken(output.as_str())),
            (Some(Target::Url(url)), _) => Some(spoken(url)),
            (None, Some(TocTarget::Uid { uid, .. })) => Some(uid.clone()),
            (None, _) => None,
        })
    }
}

/// The last name of an address, as a reader would say it.
fn spoken(address: &str) -> String {
    let path = match Destination::parse(address) {
        Destination::Absolute(url) => url.split(['?', '#']).next().unwrap_or_default().to_owned(),
        Destination::SiteRoot(reference) | Destination::Relative(reference) => reference.path.into_owned(),
        _ => return address.to_owned(),
    };
    let name = path::file_name(path.trim_end_matches('/'));
    let name = name.strip_suffix(".html").unwrap_or(name);
    if name.is_empty() { address.to_owned() } else { name.replace(['-', '_'], " ") }
}
