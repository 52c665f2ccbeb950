//! Where pages stand: their tree, the pages before and after them.

use std::sync::Arc;

use super::*;
use crate::config::glob::Glob;
use crate::config::{Config, DocsetConfig, FileMapping};
use crate::content::redirects::{Moves, Redirects};
use crate::content::toc;
use crate::content::tree::{Kind, discover};
use crate::path::RepoPath;
use crate::source::Sources;

fn mapping(src: &str, dest: &str, group: Option<&str>) -> FileMapping {
    let files = ["**/*.md", "**/*.yml"].iter().map(|text| Glob::new(text).expect("a pattern")).collect();
    FileMapping { files, src: src.into(), dest: dest.into(), group: group.map(str::to_owned), ..FileMapping::default() }
}

pub(crate) struct Built {
    tree: Arc<SourceTree>,
    pub(crate) navigation: Navigation,
    diagnostics: Diagnostics,
}

/// Builds the navigation of a docset. A page's text is its title.
fn build(files: &[(&str, &str)], content: Vec<FileMapping>) -> Built {
    let docset = DocsetConfig {
        name: "docs".into(),
        root: RepoPath::new("").expect("inside"),
        base_path: Some("/base".into()),
        groups: content.iter().filter_map(|mapping| mapping.group.clone()).collect(),
        content,
        resource: Vec::new(),
        metadata: Default::default(),
        markdown: Default::default(),
    };
    let config = Config { docsets: vec![docset], ..Config::default() };
    let (tree, _) = discover(Arc::new(Sources::memory(files.iter().copied())), &config, None);
    let tree = Arc::new(tree);
    let moves = Moves::new(Redirects::default(), tree.clone());
    let tocs = tree.entries.iter().enumerate().filter(|(_, entry)| entry.kind == Kind::Toc);
    let tocs: Vec<(usize, Toc)> = tocs.map(|(at, entry)| (at, toc::read(&tree, &moves, entry).0)).collect();
    let titled: Vec<_> = tree.entries.iter().filter(|entry| entry.is_page()).collect();
    let titled: Vec<_> =
        titled.into_iter().map(|entry| (entry, tree.sources.read_lossy(entry.file).expect("readable"))).collect();
    let pages = titled.iter().map(|(entry, title)| PageEntry {
        file: entry.file,
        output: &entry.output,
        title,
        bookmarks: &[],
        docset: entry.docset,
        group: entry.group,
    });
    let resolve = |_: usize, url: &str| match url {
        "xref:known" => Some(Target::Page { output: SitePath::new("a.html")?, suffix: String::new() }),
        url if url.starts_with("xref:") => None,
        url => Some(Target::Url(url.to_owned())),
    };
    let (navigation, diagnostics) = Navigation::new(&tree, &tocs, &pages.collect::<Vec<_>>(), &resolve);
    Built { tree, navigation, diagnostics }
}

pub(crate) fn build_plain(files: &[(&str, &str)]) -> Built {
    build(files, vec![mapping("", "", None)])
}

impl Built {
    pub(crate) fn place(&self, path: &str) -> Place {
        let file = self.tree.sources.find(path).expect("a file").file;
        self.navigation.place(file).expect("a page")
    }

    /// The id of a page's tree and the title of its node.
    fn home(&self, path: &str) -> (&str, Option<&str>) {
        let place = self.place(path);
        let tree = self.navigation.tree(place);
        (&tree.id, place.node.map(|node| tree.nodes[node as usize].title.as_str()))
    }

    fn outline(&self, tree: usize) -> String {
        let tree = &self.navigation.trees[tree];
        let line = |node: u32| {
            let depth = tree.ancestors(Some(node)).count();
            let TreeNode { title, target, .. } = &tree.nodes[node as usize];
            let target = match target {
                Some(Target::Page { output, suffix }) => format!(" {output}{suffix}"),
                Some(Target::Url(url)) => format!(" {url}"),
                None => String::new(),
            };
            format!("{}{title}{target}\n", "  ".repeat(depth))
        };
        (0..to_u32(tree.nodes.len())).map(line).collect()
    }

    fn titles(&self, path: &str, nodes: impl IntoIterator<Item = u32>) -> Vec<&str> {
        let tree = self.navigation.tree(self.place(path));
        nodes.into_iter().map(|node| tree.nodes[node as usize].title.as_str()).collect()
    }

    fn neighbours(&self, path: &str) -> (Option<&str>, Option<&str>) {
        let place = self.place(path);
        let title = |node: Option<u32>| self.titles(path, node).first().copied();
        (title(self.navigation.previous(place)), title(self.navigation.next(place)))
    }
}

#[test]
fn a_toc_grows_into_a_tree() {
    let toc = "# [Home](index.md)\n# Group\n## [](a.md#x)\n## [Out](https://example.org/x)\n# <xref:known>\n# <xref:lost>\n# [Broken](no.md)\n";
    let built = build_plain(&[("toc.md", toc), ("index.md", "Start"), ("a.md", "Title of A")]);
    let expected =
        "Home index.html\nGroup\n  Title of A a.html#x\n  Out https://example.org/x\nTitle of A a.html\nlost\nBroken\n";
    assert_eq!(built.outline(0), expected);
    assert_eq!(
        built.diagnostics.iter().map(|found| found.code.as_str()).collect::<Vec<_>>(),
        ["bookmark-not-found", "xref-not-found"]
    );
    assert_eq!(built.home("a.md"), ("toc", Some("Title of A")));
    assert_eq!(built.titles("a.md", built.navigation.breadcrumb(built.place("a.md"))), ["Group"]);
    let tree = &built.navigation.trees[0];
    assert_eq!(tree.children(None).collect::<Vec<_>>(), [0, 1, 4, 5, 6]);
    assert_eq!(tree.children(Some(1)).collect::<Vec<_>>(), [2, 3]);
    assert_eq!((tree.is_folder(1), tree.is_folder(0)), (true, false));
}

#[test]
fn entries_without_name_and_target_give_way_to_their_children() {
    let built =
        build_plain(&[("toc.yml", "- href: x/toc.md\n- name: ''\n"), ("x/toc.md", "# [A](../a.md)"), ("a.md", "A")]);
    assert_eq!(built.navigation.trees.len(), 1);
    assert_eq!(built.outline(0), "A a.html\n");
}

#[test]
fn a_page_belongs_to_the_toc_that_lists_it() {
    let built = build_plain(&[
        ("toc.md", "# [A](x/y/a.md)"),
        ("x/y/z/toc.md", "# [A](../a.md)"),
        ("x/y/a.md", "A"),
        ("x/y/b.md", "B"),
        ("x/y/z/c.md", "C"),
        ("o/toc.yml", "order: -1\nitems:\n- href: ../d.md\n"),
        ("d.md", "D"),
        ("e/toc.md", "# [Other](../index.md)"),
        ("index.md", "I"),
    ]);
    assert_eq!(built.home("x/y/a.md"), ("toc", Some("A")));
    assert_eq!(built.home("x/y/b.md"), ("toc", None));
    assert_eq!(built.home("x/y/z/c.md"), ("x.y.z.toc", None));
    assert_eq!(built.home("d.md"), ("o.toc", Some("D")));
    assert_eq!(built.home("index.md"), ("e.toc", Some("Other")));
}

#[test]
fn a_link_to_a_folder_does_not_list_its_first_page() {
    let built = build_plain(&[("a.md", "A"), ("toc.md", "# [B](b/)"), ("b/toc.md", "# [A](../a.md)")]);
    assert_eq!(built.home("a.md").0, "b.toc");
    assert_eq!(built.outline(1), "B a.html\n");
}

#[test]
fn breadcrumbs_and_spliced_tocs_are_no_trees() {
    let built = build_plain(&[
        ("breadcrumb/toc.yml", "- name: X\n  tocHref: /x/\n"),
        ("breadcrumb/a.md", "A"),
        ("toc.yml", "- href: sub/toc.yml\n"),
        ("sub/toc.yml", "- href: b.md\n"),
        ("sub/b.md", "B"),
        ("sub/c.md", "C"),
    ]);
    assert_eq!(built.navigation.trees.len(), 1);
    assert_eq!(built.home("sub/b.md"), ("toc", Some("B")));
    assert_eq!(built.home("sub/c.md"), ("toc", None));
    assert_eq!(built.home("breadcrumb/a.md"), ("toc", None));
}

#[test]
fn tocs_that_include_each_other_both_stay() {
    let built = build_plain(&[
        ("toc.md", "# [A](a.md)\n# [S](s/toc.md)"),
        ("s/toc.md", "# [B](b.md)\n# [T](../toc.md)"),
        ("a.md", "A"),
        ("s/b.md", "B"),
    ]);
    assert_eq!(built.navigation.trees.len(), 2);
}

#[test]
fn previous_and_next_lead_to_other_pages() {
    let toc = "# [A](a.md)\n## [A again](a.md#x)\n# [Out](https://example.org)\n# [B](b.md)\n# [A](a.md)\n# [C](c.md)";
    let built = build_plain(&[("toc.md", toc), ("a.md", "A"), ("b.md", "B"), ("c.md", "C"), ("d.md", "D")]);
    assert_eq!(built.neighbours("a.md"), (None, Some("B")));
    assert_eq!(built.neighbours("b.md"), (Some("A again"), Some("A")));
    assert_eq!(built.neighbours("c.md"), (Some("A"), None));
    assert_eq!(built.neighbours("d.md"), (None, None));
}

#[test]
fn versions_keep_to_their_own_tocs() {
    let content = vec![mapping("v1", "m", Some("v1")), mapping("v2", "m", Some("v2"))];
    let files = [
        ("v1/toc.md", "# [One](a.md)"),
        ("v1/a.md", "A"),
        ("v1/x/b.md", "B"),
        ("v2/toc.md", "# [Two](a.md)"),
        ("v2/a.md", "A"),
    ];
    let built = build(&files, content);
    assert_eq!(built.home("v1/a.md"), ("v1.m.toc", Some("One")));
    assert_eq!(built.home("v1/x/b.md"), ("v1.m.toc", None));
    assert_eq!(built.home("v2/a.md"), ("m.toc", Some("Two")));
}

#[test]
fn without_a_toc_folders_and_titles_make_the_tree() {
    let built = build_plain(&[
        ("index.md", "Welcome"),
        ("b.md", "Step 10"),
        ("a.md", "step 2"),
        ("How-To/deep/x.md", "X"),
        ("Guide/index.md", "The guide"),
        ("Guide/more.md", "More"),
    ]);
    let expected = "Welcome index.html\nHow To\n  deep\n    X how-to/deep/x.html\nstep 2 a.html\nStep 10 b.html\n\
                    The guide guide/index.html\n  More guide/more.html\n";
    assert_eq!(built.outline(0), expected);
    assert_eq!(built.home("Guide/index.md"), ("_pages", Some("The guide")));
    assert_eq!(built.titles("Guide/more.md", built.navigation.breadcrumb(built.place("Guide/more.md"))), ["The guide"]);
    assert_eq!(built.neighbours("Guide/more.md"), (Some("The guide"), None));
}

#[test]
fn ids_differ_when_paths_do() {
    let ids = ["a/toc", "a.toc", "a-toc", "a_toc", "a toc", "ä/toc"].map(id);
    assert_eq!(ids, ["a.toc", "a_2etoc", "a-toc", "a_5ftoc", "a_20toc", "_c3_a4.toc"]);
    assert_eq!(id(&"x".repeat(300)).len(), 138);
}
