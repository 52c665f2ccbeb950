//! What becomes of files: kinds, places in the output, versions, rivals.

use std::sync::Arc;

use super::*;
use crate::config::FileMapping;
use crate::config::glob::Glob;
use crate::diagnostic::Code;

fn mapping(src: &str, dest: &str, files: &[&str], group: Option<&str>) -> FileMapping {
    let files = files.iter().map(|pattern| Glob::new(pattern).expect("a pattern")).collect();
    FileMapping { files, exclude: Vec::new(), src: src.into(), dest: dest.into(), group: group.map(str::to_owned) }
}

fn docset(root: &str, content: Vec<FileMapping>) -> DocsetConfig {
    let mut groups: Vec<String> = content.iter().filter_map(|mapping| mapping.group.clone()).collect();
    groups.dedup();
    let root = RepoPath::new(root).expect("inside");
    let resource = vec![mapping(root.as_str(), "", &["**/*.png"], None)];
    DocsetConfig {
        name: "docs".into(),
        root,
        base_path: None,
        content,
        resource,
        groups,
        metadata: Default::default(),
        markdown: Default::default(),
    }
}

fn everything(root: &str) -> DocsetConfig {
    docset(root, vec![mapping(root, "", &["**/*.md", "**/*.yml"], None)])
}

fn discover_in(files: &[(&str, &str)], docsets: Vec<DocsetConfig>) -> (SourceTree, Diagnostics) {
    let config = Config { docsets, ..Config::default() };
    discover(Arc::new(Sources::memory(files.iter().copied())), &config, RepoPath::new("_site").as_ref())
}

/// `source -> output` of every entry.
fn outputs(tree: &SourceTree) -> Vec<String> {
    tree.entries.iter().map(|entry| format!("{} -> {}", tree.sources.path(entry.file), entry.output)).collect()
}

#[test]
fn what_an_earlier_build_wrote_among_the_sources_is_no_content_and_what_lies_beside_it_is() {
    let list = r#"{"generator": "recto", "format": 1, "files": ["old.md", "a/pic.png"]}"#;
    let files = [
        ("out/recto-manifest.json", list),
        ("out/old.md", ""),
        ("out/a/pic.png", ""),
        ("out/new.md", ""),
        ("x/recto-manifest.json", "{}"),
        ("x/y.md", ""),
    ];
    assert_eq!(
        outputs(&discover_in(&files, vec![everything("")]).0),
        ["out/new.md -> out/new.html", "x/y.md -> x/y.html"]
    );
}

#[test]
fn files_become_what_they_are() {
    let files = [
        ("A/Page.md", ""),
        ("A/TOC.yml", ""),
        ("A/pic.PNG", ""),
        ("a.txt", ""),
        ("data.yml", "a: 1"),
        ("faq.yml", "### YamlMime:FAQ\nx: 1"),
        ("context.yml", "### YamlMime:ContextObject"),
        ("_site/old.md", ""),
        ("node_modules/x.md", ""),
    ];
    let (tree, diagnostics) = discover_in(&files, vec![everything("")]);
    assert!(diagnostics.is_empty());
    let expected =
        ["A/Page.md -> a/page.html", "A/TOC.yml -> a/toc.json", "A/pic.PNG -> a/pic.PNG", "faq.yml -> faq.html"];
    assert_eq!(outputs(&tree), expected);
}

#[test]
fn src_and_dest_move_files() {
    let content = vec![mapping("docs/a", "", &["*.md"], None), mapping("docs/b", "./x/y", &["**/*.md"], None)];
    let (tree, _) = discover_in(&[("docs/A/one.md", ""), ("docs/b/c/two.md", "")], vec![docset("docs", content)]);
    assert_eq!(outputs(&tree), ["docs/A/one.md -> one.html", "docs/b/c/two.md -> x/y/c/two.html"]);
    assert_eq!(tree.route("docs/B/gone.md").map(|(_, at)| at.to_string()).as_deref(), Some("x/y/gone.html"));
}

#[test]
fn readme_is_the_home_page_unless_there_is_one() {
    let (tree, _) = discover_in(&[("README.md", ""), ("a/README.md", "")], vec![everything("")]);
    assert_eq!(outputs(&tree), ["README.md -> index.html", "a/README.md -> a/readme.html"]);
    let (tree, _) = discover_in(&[("README.md", ""), ("index.md", "")], vec![everything("")]);
    assert_eq!(outputs(&tree), ["README.md -> readme.html", "index.md -> index.html"]);
}

#[test]
fn the_last_group_keeps_the_place() {
    let versions = ["v1", "v2", "v3"].map(|group| mapping(group, "m", &["**/*.md"], Some(group)));
    let files = [("v1/a.md", ""), ("v1/only.md", ""), ("v2/A.md", ""), ("v3/b.md", "")];
    let (tree, diagnostics) = discover_in(&files, vec![docset("", versions.to_vec())]);
    assert!(diagnostics.is_empty());
    let expected =
        ["v1/a.md -> v1/m/a.html", "v1/only.md -> m/only.html", "v2/A.md -> m/a.html", "v3/b.md -> m/b.html"];
    assert_eq!(outputs(&tree), expected);
    assert_eq!(tree.path_in_docset(&tree.entries[0]), "m/a.html");
}

#[test]
fn two_sources_of_one_page_are_reported() {
    let files = [("Index.md", ""), ("index.md", ""), ("index.yml", "### YamlMime:Hub")];
    let (tree, diagnostics) = discover_in(&files, vec![everything("")]);
    assert_eq!(outputs(&tree), ["Index.md -> index.html"]);
    assert_eq!(diagnostics.len(), 2);
    assert_eq!(diagnostics[0].code, Code::DuplicateOutput);
    assert_eq!(diagnostics[0].message, "`Index.md` and `index.md` both become `index.html`");
}

#[test]
fn several_docsets_lie_under_their_published_paths() {
    let mut teams = everything("Teams");
    let global = Arc::make_mut(&mut teams.metadata.global);
    global.insert("breadcrumb_path".into(), "/MicrosoftTeams/help/breadcrumb/toc.json".into());
    let files = [("Teams/breadcrumb/toc.yml", ""), ("Teams/a.md", ""), ("Other/a.md", ""), ("a.md", "")];
    let (tree, _) = discover_in(&files, vec![teams, everything("Other"), everything("")]);
    let expected = [
        "Other/a.md -> other/a.html",
        "Teams/a.md -> microsoftteams/help/a.html",
        "Teams/breadcrumb/toc.yml -> microsoftteams/help/breadcrumb/toc.json",
        "a.md -> docs/a.html",
    ];
    assert_eq!(outputs(&tree), expected);
    let url = tree.published_url(0, &tree.entries[1].output);
    assert_eq!(url.as_deref(), Some("/MicrosoftTeams/help/a"));
}
