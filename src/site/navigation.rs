//! Where each page stands: its tree, its breadcrumb, the pages before and after it.
//!
//! 1. Each TOC grows into a tree (`grow`); TOCs that are spliced into others, breadcrumbs and empty ones do not.
//! 2. Each page is placed in the tree that lists it, else in the nearest up the output (`placing`).
//! 3. Pages that no TOC reaches get trees made from folders and titles (`folders`).

mod folders;
mod grow;
mod placing;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::content::toc::Toc;
use crate::content::tree::SourceTree;
use crate::diagnostic::Diagnostics;
use crate::path::SitePath;
use crate::source::FileId;

/// A page of the site, as navigation knows it.
#[derive(Debug, Clone, Copy)]
pub struct PageEntry<'a> {
    /// Its source.
    pub file: FileId,
    /// Where it is written.
    pub output: &'a SitePath,
    /// Its title, plain text.
    pub title: &'a str,
    /// Every id and name in it that a link may lead to, sorted.
    pub bookmarks: &'a [Box<str>],
    /// Its docset, an index into [`SourceTree::docsets`].
    pub docset: usize,
    /// Its version group.
    pub group: Option<usize>,
}

/// All trees, and the place of each page.
#[derive(Debug, Default)]
pub struct Navigation {
    /// The trees: those of TOCs in the order of their files, then those made from folders.
    pub trees: Vec<Tree>,
    places: FxHashMap<FileId, Place>,
}

/// The place of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// An index into [`Navigation::trees`].
    pub tree: u32,
    /// The node that leads to the page, the first of several; `None` when the tree does not list it.
    pub node: Option<u32>,
}

/// A tree of links, in preorder.
#[derive(Debug, Clone)]
pub struct Tree {
    /// Names the tree in file names: lower-case ASCII letters, digits, `-`, `_` and `.`. It follows from the TOC's
    /// place in the output, so that it stays the same from build to build.
    pub id: String,
    /// The nodes, each before its children.
    pub nodes: Vec<TreeNode>,
    /// For each node the nearest one before it that leads to another page.
    previous: Vec<Option<u32>>,
    /// For each node the nearest one after it that leads to another page.
    next: Vec<Option<u32>>,
}

/// A node of a tree.
#[derive(Debug, Clone)]
pub struct TreeNode {
    /// What it is called, plain text.
    pub title: String,
    /// Where it leads.
    pub target: Option<Target>,
    /// The node above it.
    pub parent: Option<u32>,
    /// The index after the last node below it.
    pub end: u32,
    /// Whether it stands open from the start.
    pub is_expanded: bool,
    /// The page of this site that it leads to, an index into the pages given to [`Navigation::new`].
    page: Option<u32>,
}

/// Where a node leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A file of this site.
    Page {
        /// Where it is written.
        output: SitePath,
        /// `?query#fragment`, or empty.
        suffix: String,
    },
    /// Anywhere else; absolute.
    Url(String),
}

/// Resolves what a TOC of a docset writes: a site-root path, an absolute URL, or `xref:uid`. `None`: leads nowhere.
pub type Resolve<'a> = &'a dyn Fn(usize, &str) -> Option<Target>;

impl Navigation {
    /// Grows the trees and places the pages. `tocs` are TOCs with their indices in [`SourceTree::entries`].
    ///
    /// Reports `xref-not-found` for entries whose uid nothing resolves, and `bookmark-not-found`. Cost: linear in nodes and pages.
    pub fn new(
        tree: &SourceTree,
        tocs: &[(usize, Toc)],
        pages: &[PageEntry<'_>],
        resolve: Resolve<'_>,
    ) -> (Navigation, Diagnostics) {
        let mut diagnostics = Vec::new();
        let spliced = spliced(tree, tocs);
        let mut placing = placing::Placing::new(tree, pages);
        let mut grower = grow::Grower::new(tree, pages, resolve);
        let mut trees = Vec::new();
        for (entry, toc) in tocs {
            let entry = &tree.entries[*entry];
            if toc.is_breadcrumb || spliced.contains(&toc.file) {
                continue;
            }
            let grown = grower.grow(entry.docset, toc, &mut diagnostics);
            if grown.nodes.is_empty() {
                continue;
            }
            placing.add(entry, toc.order, &grown.listed);
            trees.push(Tree::new(id(entry.output.as_str().trim_end_matches(".json")), grown.nodes));
        }
        let (mut places, lost) = placing.finish();
        for made in folders::trees(tree, pages, &lost) {
            let at = to_u32(trees.len());
            places.extend(made.listed.iter().map(|(file, node)| (*file, Place { tree: at, node: Some(*node) })));
            // `_p` is no escape of `id`, so that no TOC has this name.
            let folder = Some(id(&made.folder)).filter(|folder| !folder.is_empty());
            trees.push(Tree::new(folder.map_or("_pages".into(), |folder| format!("_pages.{folder}")), made.nodes));
        }
        (Navigation { trees, places }, diagnostics)
    }

    /// Where a page stands; `None` for what is no page.
    pub fn place(&self, file: FileId) -> Option<Place> {
        self.places.get(&file).copied()
    }

    /// The nodes above a page, outermost first.
    pub fn breadcrumb(&self, place: Place) -> Vec<u32> {
        let mut above: Vec<u32> = self.tree(place).ancestors(place.node).collect();
        above.reverse();
        above
    }

    /// The nearest node before a page that leads to another page of this site.
    pub fn previous(&self, place: Place) -> Option<u32> {
        self.tree(place).previous[place.node? as usize]
    }

    /// The nearest node after a page that leads to another page of this site.
    pub fn next(&self, place: Place) -> Option<u32> {
        self.tree(place).next[place.node? as usize]
    }

    /// The tree of a place.
    pub fn tree(&self, place: Place) -> &Tree {
        &self.trees[place.tree as usize]
    }
}

impl Tree {
    fn new(id: String, nodes: Vec<TreeNode>) -> Tree {
        let pages: Vec<Option<u32>> = nodes.iter().map(|node| node.page).collect();
        let previous = other_pages_before(pages.iter().copied().enumerate());
        let mut next = other_pages_before(pages.iter().copied().enumerate().rev());
        next.reverse();
        Tree { id, nodes, previous, next }
    }

    /// The nodes above a node, innermost first.
    pub fn ancestors(&self, node: Option<u32>) -> impl Iterator<Item = u32> + '_ {
        let parent = |node: u32| self.nodes[node as usize].parent;
        std::iter::successors(node.and_then(parent), move |above| parent(*above))
    }

    /// The children of a node, or the nodes at the top.
    pub fn children(&self, node: Option<u32>) -> impl Iterator<Item = u32> + '_ {
        let (first, end) = match node {
            Some(node) => (node + 1, self.nodes[node as usize].end),
            None => (0, to_u32(self.nodes.len())),
        };
        let within = move |at: u32| Some(at).filter(|at| *at < end);
        std::iter::successors(within(first), move |at| within(self.nodes[*at as usize].end))
    }

    /// Whether a node has children.
    pub fn is_folder(&self, node: u32) -> bool {
        self.nodes[node as usize].end > node + 1
    }
}

/// For each node, in the order given, the last one before it that leads to another page.
fn other_pages_before(pages: impl Iterator<Item = (usize, Option<u32>)>) -> Vec<Option<u32>> {
    // The last node with a page, its page, and its own answer.
    let mut last: Option<(u32, u32, Option<u32>)> = None;
    pages
        .map(|(node, page)| {
            let before = match (last, page) {
                (Some((_, of, before)), Some(page)) if of == page => before,
                (Some((at, ..)), _) => Some(at),
                (None, _) => None,
            };
            if let Some(page) = page {
                last = Some((to_u32(node), page, before));
            }
            before
        })
        .collect()
}

/// The TOCs that are part of another TOC of their docset and group. Two that include each other both stay.
fn spliced(tree: &SourceTree, tocs: &[(usize, Toc)]) -> FxHashSet<FileId> {
    let by_file: FxHashMap<FileId, &(usize, Toc)> = tocs.iter().map(|toc| (toc.1.file, toc)).collect();
    let mut spliced = FxHashSet::default();
    for (outer_entry, outer) in tocs {
        let home = |entry: usize| (tree.entries[entry].docset, tree.entries[entry].group);
        let inner = outer.spliced.iter().filter_map(|file| by_file.get(file));
        let inner = inner.filter(|(entry, toc)| {
            home(*entry) == home(*outer_entry) && toc.spliced.binary_search(&outer.file).is_err()
        });
        spliced.extend(inner.map(|(_, toc)| toc.file));
    }
    spliced
}

/// A path as a file name that no other path has, not even without case.
fn id(path: &str) -> String {
    let mut id = String::with_capacity(path.len());
    for byte in path.to_lowercase().bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' => id.push(char::from(byte)),
            b'/' => id.push('.'),
            other => id.push_str(&format!("_{other:02x}")),
        }
    }
    // File names are at most 255 bytes long.
    if id.len() > 160 {
        let hash = id
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
        id.truncate(120);
        id.push_str(&format!("_h{hash:016x}"));
    }
    id
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
pub(crate) mod tests;
