//! Trees for pages that no TOC reaches, made from folders and titles.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::placing::path_in_docset;
use super::{PageEntry, Target, TreeNode, to_u32};
use crate::content::tree::SourceTree;
use crate::path;
use crate::source::FileId;

/// A tree made from folders.
pub(super) struct Made {
    /// The docset's folder in the output, with the group's name if there is one.
    pub(super) folder: String,
    pub(super) nodes: Vec<TreeNode>,
    pub(super) listed: Vec<(FileId, u32)>,
}

/// Makes a tree for each docset and group of the pages `lost` (indices).
pub(super) fn trees(tree: &SourceTree, pages: &[PageEntry<'_>], lost: &[u32]) -> Vec<Made> {
    let mut groups: BTreeMap<(usize, Option<usize>), Folders<'_>> = BTreeMap::new();
    for page in lost {
        let entry = &pages[*page as usize];
        groups.entry((entry.docset, entry.group)).or_insert_with(|| Folders::new(pages)).add(tree, *page);
    }
    groups
        .into_iter()
        .map(|((docset, group), folders)| {
            let docset = &tree.docsets[docset];
            let group = group.and_then(|group| docset.config.groups.get(group)).map_or("", String::as_str);
            let folder = [docset.output.as_str(), group].into_iter().filter(|part| !part.is_empty());
            let (nodes, listed) = folders.into_nodes();
            Made { folder: folder.collect::<Vec<_>>().join("/"), nodes, listed }
        })
        .collect()
}

/// A folder and what lies in it.
#[derive(Default)]
struct Folder {
    /// Its name as the source spells it.
    name: String,
    /// Its index page.
    index: Option<u32>,
    pages: Vec<u32>,
    folders: Vec<usize>,
}

struct Folders<'a> {
    pages: &'a [PageEntry<'a>],
    /// The first one is the docset's root.
    all: Vec<Folder>,
    by_path: FxHashMap<&'a str, usize>,
}

/// What is still to be done.
enum Task {
    Page(u32, Option<u32>),
    Folder(usize, Option<u32>),
    Close(u32),
}

impl<'a> Folders<'a> {
    fn new(pages: &'a [PageEntry<'a>]) -> Folders<'a> {
        Folders { pages, all: vec![Folder::default()], by_path: FxHashMap::from_iter([("", 0)]) }
    }

    fn add(&mut self, tree: &'a SourceTree, page: u32) {
        let entry = &self.pages[page as usize];
        let place = path_in_docset(tree, entry);
        let source = tree.sources.path(entry.file);
        let folder = self.folder(path::parent(place), source.parent());
        let folder = &mut self.all[folder];
        if path::file_name(place) == "index.html" && folder.index.is_none() {
            folder.index = Some(page);
        } else {
            folder.pages.push(page);
        }
    }

    /// The folder with a path, made with all above it. `source` tells how its names are spelt.
    fn folder(&mut self, path: &'a str, source: &str) -> usize {
        let mut spelt = source.rsplit('/');
        let mut missing = Vec::new();
        let mut above = path;
        let mut at = loop {
            if let Some(at) = self.by_path.get(above) {
                break *at;
            }
            let name = path::file_name(above);
            let name = spelt.next().filter(|spelt| spelt.to_lowercase() == name).unwrap_or(name);
            missing.push((above, name.to_owned()));
            above = path::parent(above);
        };
        while let Some((path, name)) = missing.pop() {
            let new = self.all.len();
            self.all.push(Folder { name, ..Folder::default() });
            self.all[at].folders.push(new);
            self.by_path.insert(path, new);
            at = new;
        }
        at
    }

    /// The tree in preorder, and where each page stands in it.
    fn into_nodes(self) -> (Vec<TreeNode>, Vec<(FileId, u32)>) {
        let (mut nodes, mut listed) = (Vec::<TreeNode>::new(), Vec::new());
        let mut tasks: Vec<Task> = self.children(0, None);
        tasks.extend(self.all[0].index.map(|index| Task::Page(index, None)));
        // A stack: paths may be deeper than recursion bears.
        while let Some(task) = tasks.pop() {
            let node = to_u32(nodes.len());
            match task {
                Task::Close(node) => nodes[node as usize].end = to_u32(nodes.len()),
                Task::Page(page, parent) => {
                    listed.push((self.pages[page as usize].file, node));
                    nodes.push(self.node(Some(page), String::new(), parent, node + 1));
                }
                Task::Folder(at, parent) => {
                    let folder = &self.all[at];
                    listed.extend(folder.index.map(|index| (self.pages[index as usize].file, node)));
                    nodes.push(self.node(folder.index, self.title(at), parent, 0));
                    tasks.push(Task::Close(node));
                    tasks.extend(self.children(at, Some(node)));
                }
            }
        }
        (nodes, listed)
    }

    /// What lies in a folder, its index page aside, in reverse order of the titles.
    fn children(&self, folder: usize, parent: Option<u32>) -> Vec<Task> {
        let pages = self.all[folder].pages.iter();
        let mut children: Vec<(Vec<u8>, Task)> = pages
            .map(|page| (sort_key(self.pages[*page as usize].title), Task::Page(*page, parent)))
            .chain(self.all[folder].folders.iter().map(|at| (sort_key(&self.title(*at)), Task::Folder(*at, parent))))
            .collect();
        children.sort_by(|a, b| b.0.cmp(&a.0));
        children.into_iter().map(|(_, task)| task).collect()
    }

    fn title(&self, folder: usize) -> String {
        let folder = &self.all[folder];
        let title = folder.index.map(|index| self.pages[index as usize].title.trim()).filter(|title| !title.is_empty());
        title.map_or_else(|| folder.name.replace(['-', '_'], " "), str::to_owned)
    }

    fn node(&self, page: Option<u32>, title: String, parent: Option<u32>, end: u32) -> TreeNode {
        let entry = page.map(|page| &self.pages[page as usize]);
        let title = match entry {
            Some(entry) if title.is_empty() && entry.title.trim().is_empty() => entry.output.to_string(),
            Some(entry) if title.is_empty() => entry.title.trim().to_owned(),
            _ => title,
        };
        let target = entry.map(|entry| Target::Page { output: entry.output.clone(), suffix: String::new() });
        TreeNode { title, target, parent, end, is_expanded: false, page }
    }
}

/// Sorts titles as people do: without case, and `2` before `10`.
fn sort_key(title: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(title.len() + 4);
    let lower = title.trim().to_lowercase();
    let mut rest = lower.as_str();
    while let Some(first) = rest.chars().next() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits == 0 {
            key.extend_from_slice(&rest.as_bytes()[..first.len_utf8()]);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let number = rest[..digits].trim_start_matches('0');
        // `0` keeps numbers where digits sort; a longer number is a larger one.
        key.push(b'0');
        key.extend_from_slice(&to_u32(number.len()).to_be_bytes());
        key.extend_from_slice(number.as_bytes());
        rest = &rest[digits..];
    }
    key
}
