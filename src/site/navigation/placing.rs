//! Which tree a page belongs to.
//!
//! Rule of docfx: of the TOCs that list a page, the one with the smallest `order`, then the one that lies the fewest
//! folders down from the page, then the fewest up, then by path; if none lists it, the nearest up the output.

use rustc_hash::FxHashMap;

use super::{PageEntry, Place, to_u32};
use crate::content::tree::{Entry, SourceTree};
use crate::path;
use crate::source::FileId;

/// A folder of a docset.
type Folder<'a> = (usize, &'a str);

/// How well a TOC that lists a page fits it; the smallest is the best.
type Fitness<'a> = (i64, usize, usize, &'a str);

/// Collects what trees there are, then places the pages.
pub(super) struct Placing<'a> {
    tree: &'a SourceTree,
    pages: &'a [PageEntry<'a>],
    best: Vec<Option<(Fitness<'a>, Place)>>,
    /// The trees whose TOCs lie in a folder of a docset, with their groups.
    by_folder: FxHashMap<Folder<'a>, Vec<(Option<usize>, u32)>>,
    trees: usize,
}

impl<'a> Placing<'a> {
    pub(super) fn new(tree: &'a SourceTree, pages: &'a [PageEntry<'a>]) -> Placing<'a> {
        Placing { tree, pages, best: vec![None; pages.len()], by_folder: FxHashMap::default(), trees: 0 }
    }

    /// Takes note of the next tree, that of the TOC `entry`, and of the pages it lists.
    pub(super) fn add(&mut self, entry: &'a Entry, order: i64, listed: &[(u32, u32)]) {
        let tree = to_u32(self.trees);
        self.trees += 1;
        let toc = self.tree.path_in_docset(entry);
        self.by_folder.entry((entry.docset, path::parent(toc))).or_default().push((entry.group, tree));
        for (page, node) in listed {
            let entry_of_page = &self.pages[*page as usize];
            if entry_of_page.docset != entry.docset || !fits(entry_of_page.group, entry.group) {
                continue;
            }
            let (down, up) = distance(path_in_docset(self.tree, entry_of_page), toc);
            let fitness = (order, down, up, toc);
            let best = &mut self.best[*page as usize];
            if best.as_ref().is_none_or(|(old, _)| fitness < *old) {
                *best = Some((fitness, Place { tree, node: Some(*node) }));
            }
        }
    }

    /// The place of each page, and the pages (indices) that no TOC reaches.
    pub(super) fn finish(self) -> (FxHashMap<FileId, Place>, Vec<u32>) {
        let (mut places, mut lost) = (FxHashMap::default(), Vec::new());
        for (at, page) in self.pages.iter().enumerate() {
            let listed = self.best[at].as_ref().map(|(_, place)| *place);
            match listed.or_else(|| self.nearest(page)) {
                Some(place) => {
                    places.insert(page.file, place);
                }
                None => lost.push(to_u32(at)),
            }
        }
        (places, lost)
    }

    /// The tree whose TOC is the nearest up the output; a TOC of the page's own group before one of none.
    fn nearest(&self, page: &PageEntry<'_>) -> Option<Place> {
        let mut folder = path::parent(path_in_docset(self.tree, page));
        loop {
            let here = self.by_folder.get(&(page.docset, folder)).into_iter().flatten();
            let mut here = here.filter(|(group, _)| fits(page.group, *group));
            if let Some((_, tree)) = here.clone().find(|(group, _)| *group == page.group).or(here.next()) {
                return Some(Place { tree: *tree, node: None });
            }
            if folder.is_empty() {
                return None;
            }
            folder = path::parent(folder);
        }
    }
}

/// Whether a page of one group may stand in a TOC of another: links stay within a version.
fn fits(page: Option<usize>, toc: Option<usize>) -> bool {
    page.is_none() || toc.is_none() || page == toc
}

/// The path of a page within its docset, which its versions share.
pub(super) fn path_in_docset<'a>(tree: &'a SourceTree, page: &PageEntry<'a>) -> &'a str {
    tree.entry(page.file).map_or(page.output.as_str(), |entry| tree.path_in_docset(entry))
}

/// How many folders lie down and up on the way from a page to a TOC.
fn distance(page: &str, toc: &str) -> (usize, usize) {
    let folders = |path| path::parent(path).split('/').filter(|name| !name.is_empty());
    let common = folders(page).zip(folders(toc)).take_while(|(a, b)| a == b).count();
    (folders(toc).count() - common, folders(page).count() - common)
}
