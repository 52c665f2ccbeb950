//! A tree of links as HTML, for each page as it stands in it, and as the file that all pages share.
//!
//! Most pages of a folder show the same list but for what is open and which link is the current one. So a list is
//! rendered once (`piece`), with notes of where these two may go, and copied with them for each page.

mod piece;

use std::fmt::Write as _;
use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::FxHashMap;

use crate::path::SitePath;
use crate::site::navigation::{Navigation, Place, Target, Tree};
use piece::{Piece, Scope, Siblings};

/// A tree with more nodes is shown as the page's branch; the rest is loaded on demand from the shared file.
pub const MAX_WHOLE_NODES: usize = 500;

/// Rendered lists are kept up to so many bytes, then dropped all at once: pages come folder by folder.
const MAX_CACHED_BYTES: usize = 8 << 20;

/// The tree of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeHtml {
    /// `<ul class="tree">..</ul>`, or nothing for a tree without nodes.
    pub html: String,
    /// Whether every node is in it. If not, it is the page's branch: the nodes at the top, and the children of
    /// each node above the page.
    pub is_whole: bool,
}

/// Renders trees for many pages, from many threads.
#[derive(Debug)]
pub struct TreeRenderer<'a> {
    navigation: &'a Navigation,
    /// For each large tree.
    siblings: Vec<Option<Siblings>>,
    cache: RwLock<Cache>,
}

#[derive(Debug, Default)]
struct Cache {
    /// By folder of the page, then by tree and scope.
    pieces: FxHashMap<String, FxHashMap<(u32, Scope), Arc<Piece>>>,
    bytes: usize,
}

impl<'a> TreeRenderer<'a> {
    /// A renderer for the trees of a site.
    pub fn new(navigation: &'a Navigation) -> TreeRenderer<'a> {
        let siblings = navigation.trees.iter().map(|tree| (!is_small(tree)).then(|| Siblings::new(tree))).collect();
        TreeRenderer { navigation, siblings, cache: RwLock::default() }
    }

    /// The tree as the page at `output` shows it, which stands at `place`. Links are relative to the page.
    ///
    /// The page's link has `aria-current="page"`, what is above it stands open.
    pub fn html(&self, place: Place, output: &SitePath) -> TreeHtml {
        let tree = self.navigation.tree(place);
        let siblings = self.siblings[place.tree as usize].as_ref();
        let scope = siblings.map_or(Scope::Whole, |siblings| siblings.scope(tree, place.node));
        let piece = self.piece(place.tree, scope, output, || Piece::new(tree, scope, siblings, output));
        TreeHtml { html: piece.with_current(tree, place.node), is_whole: siblings.is_none() }
    }

    fn piece(&self, tree: u32, scope: Scope, output: &SitePath, make: impl FnOnce() -> Piece) -> Arc<Piece> {
        let cache = self.cache.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(piece) = cache.pieces.get(output.parent()).and_then(|pieces| pieces.get(&(tree, scope))) {
            return piece.clone();
        }
        drop(cache);
        let piece = Arc::new(make());
        let mut cache = self.cache.write().unwrap_or_else(PoisonError::into_inner);
        if cache.bytes > MAX_CACHED_BYTES {
            *cache = Cache::default();
        }
        cache.bytes += piece.bytes();
        cache.pieces.entry(output.parent().to_owned()).or_default().insert((tree, scope), piece.clone());
        piece
    }
}

fn is_small(tree: &Tree) -> bool {
    tree.nodes.len() <= MAX_WHOLE_NODES
}

/// The whole tree as a script, for `assets/toc/<id>.js`; scripts load under `file://`, where `fetch` does not work.
///
/// It calls `rectoToc(id, nodes)`. A node is `[title, href, is_expanded, [nodes]]`: `href` is absolute, relative to
/// the root of the output, or empty; `is_expanded` is 0 or 1. What stands in the parentheses is JSON.
pub fn shared_file(tree: &Tree) -> String {
    // From a page at the root, URLs are relative to the root.
    let root = SitePath::new("index.html").expect("a path without `..`");
    let mut script = String::with_capacity(tree.nodes.len() * 96);
    let _ = write!(script, "rectoToc({}, [", json(&tree.id));
    let mut open: Vec<u32> = Vec::new();
    for (at, node) in tree.nodes.iter().enumerate() {
        while open.last().is_some_and(|end| *end as usize <= at) {
            open.pop();
            script.push_str("]]");
        }
        if !script.ends_with('[') {
            script.push(',');
        }
        let href = node.target.as_ref().map_or(String::new(), |target| href(target, &root));
        let _ = write!(script, "\n[{},{},{},[", json(&node.title), json(&href), u8::from(node.is_expanded));
        open.push(node.end);
    }
    open.iter().for_each(|_| script.push_str("]]"));
    script.push_str("\n]);\n");
    script
}

/// Text as a JSON string that also stands in HTML and in scripts without doing harm.
fn json(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// The URL of a target, as seen from a page.
pub(super) fn href(target: &Target, page: &SitePath) -> String {
    match target {
        Target::Page { output, suffix } => page.url_to(output) + suffix,
        Target::Url(url) => url.clone(),
    }
}

#[cfg(test)]
mod tests;
