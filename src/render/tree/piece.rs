//! A rendered list of links, and where the marks of a page go in it.

use crate::markdown::html::escape;
use crate::path::SitePath;
use crate::site::navigation::{Target, Tree};

/// Of more siblings than this, a branch shows the block around the page.
const MAX_SIBLINGS: u32 = 250;
/// The size of such a block.
const BLOCK: u32 = 200;

/// Which nodes are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Scope {
    /// All.
    Whole,
    /// Those at the top, and the children of `open` and of each node above it.
    Branch {
        /// The innermost node that is open.
        open: Option<u32>,
        /// Which block of its children.
        block: u32,
    },
}

/// For each node of a tree its number among its siblings, and how many children it has.
#[derive(Debug)]
pub(super) struct Siblings {
    position: Vec<u32>,
    children: Vec<u32>,
    at_top: u32,
}

impl Siblings {
    pub(super) fn new(tree: &Tree) -> Siblings {
        let mut siblings =
            Siblings { position: vec![0; tree.nodes.len()], children: vec![0; tree.nodes.len()], at_top: 0 };
        for (at, node) in tree.nodes.iter().enumerate() {
            let count = match node.parent {
                Some(parent) => &mut siblings.children[parent as usize],
                None => &mut siblings.at_top,
            };
            siblings.position[at] = *count;
            *count += 1;
        }
        siblings
    }

    /// What a page at `node` shows of a large tree.
    pub(super) fn scope(&self, tree: &Tree, node: Option<u32>) -> Scope {
        let Some(node) = node else { return Scope::Branch { open: None, block: 0 } };
        if tree.is_folder(node) {
            return Scope::Branch { open: Some(node), block: 0 };
        }
        let open = tree.nodes[node as usize].parent;
        Scope::Branch { open, block: if self.are_many(open) { self.block(node) } else { 0 } }
    }

    fn are_many(&self, parent: Option<u32>) -> bool {
        parent.map_or(self.at_top, |parent| self.children[parent as usize]) > MAX_SIBLINGS
    }

    fn block(&self, node: u32) -> u32 {
        self.position[node as usize] / BLOCK
    }
}

/// A rendered list.
#[derive(Debug, Default)]
pub(super) struct Piece {
    html: String,
    /// In the order of the nodes, which is that of the bytes.
    marks: Vec<Mark>,
}

/// Where the marks of a node go: byte offsets.
#[derive(Debug, Clone, Copy)]
struct Mark {
    node: u32,
    /// After `<details`, if the node has them and is closed from the start.
    details: Option<usize>,
    /// After `<a`, if the node leads anywhere.
    link: Option<usize>,
}

/// Which nodes of a branch are open, and which block of the children of each is shown.
struct Branch<'a> {
    siblings: &'a Siblings,
    open: Vec<(Option<u32>, u32)>,
}

impl<'a> Branch<'a> {
    fn new(tree: &Tree, siblings: &'a Siblings, innermost: Option<u32>, block: u32) -> Branch<'a> {
        let mut open = vec![(innermost, block)];
        let mut below = innermost;
        while let Some(node) = below {
            below = tree.nodes[node as usize].parent;
            open.push((below, siblings.block(node)));
        }
        Branch { siblings, open }
    }

    fn is_open(&self, node: u32) -> bool {
        self.open.iter().any(|(open, _)| *open == Some(node))
    }

    fn shows(&self, tree: &Tree, node: u32) -> bool {
        let parent = tree.nodes[node as usize].parent;
        let block = self.open.iter().find(|(open, _)| *open == parent).map(|(_, block)| *block);
        !self.siblings.are_many(parent) || block == Some(self.siblings.block(node))
    }
}

impl Piece {
    /// Renders the nodes that `scope` shows, with links relative to `page`. `siblings` are those of a large tree.
    pub(super) fn new(tree: &Tree, scope: Scope, siblings: Option<&Siblings>, page: &SitePath) -> Piece {
        let mut piece = Piece::default();
        if tree.nodes.is_empty() {
            return piece;
        }
        let branch = match (scope, siblings) {
            (Scope::Branch { open, block }, Some(siblings)) => Some(Branch::new(tree, siblings, open, block)),
            _ => None,
        };
        piece.html.push_str("<ul class=\"tree\">\n");
        let (mut at, mut open) = (0, Vec::new());
        while (at as usize) < tree.nodes.len() {
            while open.last().is_some_and(|end| *end <= at) {
                open.pop();
                piece.html.push_str("</ul></details></li>\n");
            }
            let end = tree.nodes[at as usize].end;
            if branch.as_ref().is_some_and(|branch| !branch.shows(tree, at)) {
                at = end;
            } else if tree.is_folder(at) && branch.as_ref().is_none_or(|branch| branch.is_open(at)) {
                piece.folder(tree, at, page);
                open.push(end);
                at += 1;
            } else {
                piece.entry(tree, at, page);
                at = end;
            }
        }
        open.iter().for_each(|_| piece.html.push_str("</ul></details></li>\n"));
        piece.html.push_str("</ul>\n");
        piece
    }

    /// A copy for the page at `node`: its link is the current one, and what is above it is open.
    pub(super) fn with_current(&self, tree: &Tree, node: Option<u32>) -> String {
        let mut copy = String::with_capacity(self.html.len() + 128);
        let mut done = 0;
        let mut insert = |at: Option<usize>, text: &str| {
            if let Some(at) = at {
                copy.push_str(&self.html[done..at]);
                copy.push_str(text);
                done = at;
            }
        };
        if let Some(node) = node {
            let mut above: Vec<u32> = tree.ancestors(Some(node)).collect();
            above.reverse();
            above.iter().for_each(|above| insert(self.mark(*above).and_then(|mark| mark.details), " open"));
            insert(self.mark(node).and_then(|mark| mark.link), " aria-current=\"page\"");
            insert(self.mark(node).and_then(|mark| mark.details), " open");
        }
        copy.push_str(&self.html[done..]);
        copy
    }

    /// What the piece takes in memory, roughly.
    pub(super) fn bytes(&self) -> usize {
        self.html.len() + self.marks.len() * size_of::<Mark>() + 256
    }

    fn mark(&self, node: u32) -> Option<&Mark> {
        self.marks.binary_search_by_key(&node, |mark| mark.node).ok().map(|at| &self.marks[at])
    }

    /// A folder up to its children; one that leads anywhere has its link before them.
    fn folder(&mut self, tree: &Tree, at: u32, page: &SitePath) {
        let node = &tree.nodes[at as usize];
        let link = node.target.as_ref().map(|target| self.link("<li class=\"branch\"><a", target, &node.title, page));
        self.html.push_str(if link.is_some() { "<details" } else { "<li><details" });
        let details = (!node.is_expanded).then_some(self.html.len());
        self.html.push_str(if node.is_expanded { " open><summary" } else { "><summary" });
        if link.is_some() {
            self.html.push_str(" aria-label=\"Below: ");
            self.text(&node.title);
            self.html.push_str("\">");
        } else {
            self.html.push('>');
            self.title(&node.title);
        }
        self.html.push_str("</summary><ul>\n");
        self.marks.push(Mark { node: at, details, link });
    }

    /// A page, or a closed folder, which leads to its first page.
    fn entry(&mut self, tree: &Tree, at: u32, page: &SitePath) {
        let node = &tree.nodes[at as usize];
        let inside = || &tree.nodes[at as usize + 1..node.end as usize];
        let first = || inside().iter().find_map(|node| node.target.as_ref().filter(|target| is_page(target)));
        let target =
            node.target.as_ref().or_else(first).or_else(|| inside().iter().find_map(|node| node.target.as_ref()));
        let open = if tree.is_folder(at) { "<li class=\"more\"><a" } else { "<li><a" };
        let link = target.map(|target| self.link(open, target, &node.title, page));
        if link.is_none() {
            self.html.push_str("<li><span>");
            self.title(&node.title);
            self.html.push_str("</span>");
        }
        self.html.push_str("</li>\n");
        self.marks.push(Mark { node: at, details: None, link });
    }

    /// Returns where an attribute of the link may go.
    fn link(&mut self, open: &str, target: &Target, title: &str, page: &SitePath) -> usize {
        self.html.push_str(open);
        let attribute = self.html.len();
        self.html.push_str(" href=\"");
        self.text(&super::href(target, page));
        self.html.push_str("\">");
        self.title(title);
        self.html.push_str("</a>");
        attribute
    }

    /// A title; long identifiers such as `about_Automatic_Variables` may break after `_`.
    fn title(&mut self, title: &str) {
        if memchr::memchr(b'_', title.as_bytes()).is_none() {
            return self.text(title);
        }
        let is_long = title.split(' ').any(|word| word.len() > 20);
        let mut parts = title.split_inclusive(|c| c == '_' && is_long).peekable();
        while let Some(part) = parts.next() {
            self.text(part);
            if part.ends_with('_') && parts.peek().is_some() {
                self.html.push_str("<wbr>");
            }
        }
    }

    fn text(&mut self, text: &str) {
        escape::push_text(&mut self.html, text);
    }
}

fn is_page(target: &Target) -> bool {
    matches!(target, Target::Page { .. })
}
