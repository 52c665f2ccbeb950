//! TOCs as authors write them, in both shapes.

use std::sync::Arc;

use super::*;
use crate::config::glob::Glob;
use crate::config::{Config, DocsetConfig, FileMapping};
use crate::content::redirects::{Moves, Redirects};
use crate::content::tree::{SourceTree, discover};
use crate::diagnostic::{Diagnostics, Place};
use crate::path::RepoPath;
use crate::source::{Lines, Sources};

fn tree(files: &[(&str, &str)], patterns: &[&str]) -> Arc<SourceTree> {
    let files_of = |patterns: &[&str]| patterns.iter().map(|text| Glob::new(text).expect("a pattern")).collect();
    let content = FileMapping { files: files_of(patterns), ..FileMapping::default() };
    let docset = DocsetConfig {
        name: "docs".into(),
        root: RepoPath::new("").expect("inside"),
        base_path: Some("/base".into()),
        content: vec![content],
        resource: Vec::new(),
        groups: Vec::new(),
        metadata: Default::default(),
        markdown: Default::default(),
    };
    let config = Config { docsets: vec![docset], ..Config::default() };
    Arc::new(discover(Arc::new(Sources::memory(files.iter().copied())), &config, None).0)
}

fn read_first(tree: &Arc<SourceTree>, path: &str) -> (Toc, Diagnostics) {
    let (redirects, _) = Redirects::load(&tree.sources, RepoPath::new("r.json").as_slice());
    let moves = Moves::new(redirects, tree.clone());
    let entry = tree.entries.iter().find(|entry| tree.sources.path(entry.file).as_str() == path).expect("a TOC");
    read(tree, &moves, entry)
}

/// The entries as an indented list, and the diagnostics as `file:line:column code`.
fn outline(files: &[(&str, &str)], patterns: &[&str]) -> (String, Vec<String>) {
    let tree = tree(files, patterns);
    let (toc, diagnostics) = read_first(&tree, files[0].0);
    let mut lines = String::new();
    write(&tree, &toc.items, 0, &mut lines);
    let place = |diagnostic: &crate::diagnostic::Diagnostic| match diagnostic.place {
        Place::Span(span) => {
            let text = tree.sources.read_lossy(span.file).expect("readable");
            let at = Lines::new(&text).position(span.bytes().start);
            format!("{}:{}:{} {}", tree.sources.path(span.file), at.line, at.column, diagnostic.code)
        }
        Place::File(file) => format!("{} {}", tree.sources.path(file), diagnostic.code),
        Place::Nowhere => diagnostic.code.to_string(),
    };
    (lines, diagnostics.iter().map(place).collect())
}

fn write(tree: &SourceTree, items: &[TocItem], depth: usize, lines: &mut String) {
    for item in items {
        let target = match &item.target {
            Some(TocTarget::File { file, suffix }) => format!(" {}{suffix}", tree.sources.path(*file)),
            Some(TocTarget::Url(url)) => format!(" url {url}"),
            Some(TocTarget::Uid { uid, otherwise }) => {
                format!(" uid {uid}{}", if otherwise.is_some() { "?" } else { "" })
            }
            None => String::new(),
        };
        lines.push_str(&format!("{}{}{target}\n", "  ".repeat(depth), item.name.as_deref().unwrap_or("-")));
        write(tree, &item.items, depth + 1, lines);
    }
}

const ALL: &[&str] = &["**/*.md", "**/*.yml"];

#[test]
fn entries_lead_to_files_urls_and_uids() {
    let toc = "items:\n- name: A\n  href: a.md?x=1#y\n  expanded: true\n  items:\n  - name: B\n    \
               href: ~/b/B%20c.md\n- name: 1.10\n  href: /azure/x\n- name: H\n  href: https://example.org\n- uid: some.uid\n- name: T\n  \
               topicHref: a.md\n  href: /x\n";
    let (lines, diagnostics) = outline(&[("toc.yml", toc), ("a.md", ""), ("b/B c.md", "")], ALL);
    let expected = "A a.md?x=1#y\n  B b/B c.md\n1.10 url /azure/x\nH url https://example.org\n- uid some.uid\nT a.md\n";
    assert_eq!((lines.as_str(), diagnostics), (expected, vec![]));
}

#[test]
fn markdown_headings_are_entries() {
    let toc = "---\nx: y\n---\n# [One](one.md) #\n## Container ##\n### [Two \\[x\\] `y`](one.md \"Title\") ## \n<!-- a\n# [no](no.md) -->\n\
               ####### no level\n#[Glued](<one.md>)\n# @uid.a\n## <xref:uid.b>\n## [X](xref:uid.c)\n## [Empty]()\n";
    let (lines, diagnostics) = outline(&[("toc.md", toc), ("one.md", "")], ALL);
    let expected = "One one.md\n  Container\n    Two [x] y one.md\n      no level\nGlued one.md\n- uid uid.a\n  - uid uid.b\n  X uid uid.c\n  Empty\n";
    assert_eq!(lines, expected);
    assert_eq!(diagnostics, ["toc.md:9:1 invalid-toc-level", "toc.md:10:1 invalid-toc-syntax"]);
}

#[test]
fn lines_that_are_no_entries_are_reported_once_a_paragraph() {
    let toc = "# [good](test.md)\n# [good with trailing space](test.md)  \n[bad1]()\n#[bad2](test.md)\n>_<\n#bad4\n";
    let (lines, diagnostics) = outline(&[("toc.md", toc), ("test.md", "")], ALL);
    assert_eq!(lines, "good test.md\ngood with trailing space test.md\n");
    assert_eq!(diagnostics, ["toc.md:3:1 invalid-toc-syntax"]);
}

#[test]
fn missing_and_misspelt_files_are_reported_at_the_link() {
    let toc = "- name: a\n  href: no.md\n- name: b\n  href: 'sub/PAGE.md'\n- name: c\n  href: ../../up.md\n- name: d\n  href: notes.txt\n";
    let (lines, diagnostics) = outline(&[("toc.yml", toc), ("sub/page.md", ""), ("notes.txt", "")], ALL);
    assert_eq!(lines, "a\nb sub/page.md\nc\nd url /base/notes.txt\n");
    let expected = [
        "toc.yml:2:9 file-not-found",
        "toc.yml:4:9 file-case",
        "toc.yml:6:9 file-not-found",
        "toc.yml:8:9 link-out-of-scope",
    ];
    assert_eq!(diagnostics, expected);
}

#[test]
fn the_right_spelling_keeps_the_shape_of_the_link() {
    let tree = tree(&[("a/toc.md", "# [x](../A/Page.MD)"), ("a/page.md", "")], ALL);
    let (_, diagnostics) = read_first(&tree, "a/toc.md");
    assert_eq!(diagnostics[0].help.as_deref(), Some("write `../a/page.md`"));
}

#[test]
fn nested_tocs_are_spliced_in() {
    let files = [
        (
            "toc.yml",
            "- name: N\n  href: sub/toc.md\n  homepage: a.md\n- name: T\n  tocHref: sub/toc.md\n- name: G\n  \
             href: gone/toc.yml\n",
        ),
        ("sub/toc.md", "# [Inner](in.md)\n# [Other](../no.md)"),
        ("sub/in.md", ""),
        ("a.md", ""),
    ];
    let (lines, diagnostics) = outline(&files, &["toc.yml", "a.md", "sub/in.md"]);
    assert_eq!(lines, "N a.md\n  Inner sub/in.md\n  Other\nT\n  Inner sub/in.md\n  Other\nG\n");
    let missing = "sub/toc.md:2:3 file-not-found";
    assert_eq!(diagnostics, [missing, missing, "toc.yml:7:9 file-not-found"]);
    let tree = tree(&files, &["toc.yml"]);
    let (toc, _) = read_first(&tree, "toc.yml");
    assert_eq!((toc.spliced.len(), toc.dependencies.len()), (1, 2));
}

#[test]
fn a_folder_leads_to_its_first_page() {
    let files = [
        ("toc.yml", "- name: F\n  href: f/\n- name: G\n  href: a.md\n  tocHref: f/\n- name: H\n  href: none/\n"),
        ("f/toc.yml", "- name: Up\n  href: /x\n  items:\n  - href: ../a.md\n- href: missing.md"),
        ("a.md", ""),
    ];
    let (lines, diagnostics) = outline(&files, ALL);
    assert_eq!(lines, "F a.md\nG a.md\nH\n");
    assert_eq!(diagnostics, ["toc.yml:7:9 toc-not-found"]);
    let (toc, _) = read_first(&tree(&files, ALL), "toc.yml");
    assert_eq!((toc.items[0].is_folder, toc.items[1].is_folder, toc.spliced.len()), (true, false, 0));
}

#[test]
fn circles_are_reported_with_their_chain() {
    let files =
        [("toc.md", "# [Topic1](a.md)\n## [self](b/toc.md)\n"), ("b/toc.md", "# [back](../toc.md)"), ("a.md", "")];
    let (lines, diagnostics) = outline(&files, ALL);
    assert_eq!(
        (lines.as_str(), diagnostics),
        ("Topic1 a.md\n  self\n    back\n", vec!["b/toc.md:1:3 circular-reference".into()])
    );
    let (_, diagnostics) = read_first(&tree(&files, ALL), "toc.md");
    assert!(diagnostics[0].message.ends_with("`toc.md` --> `b/toc.md` --> `toc.md`"));
}

#[test]
fn hrefs_of_the_wrong_kind_are_reported() {
    let toc = "- name: a\n  tocHref: a.md\n- name: b\n  topicHref: f/\n- name: c\n  href: javascript:alert(1)\n";
    let (lines, diagnostics) = outline(&[("toc.yml", toc), ("a.md", "")], ALL);
    assert_eq!(lines, "a\nb\nc\n");
    let expected = ["toc.yml:2:12 invalid-toc-href", "toc.yml:4:14 invalid-topic-href", "toc.yml:6:9 unsafe-link"];
    assert_eq!(diagnostics, expected);
}

#[test]
fn moved_sources_lead_to_their_targets() {
    let files = [
        ("toc.md", "# [x](old.md#part)"),
        ("r.json", r#"{"redirections": [{"source_path": "old.md", "redirect_url": "/base/new"}]}"#),
    ];
    let (lines, diagnostics) = outline(&files, ALL);
    assert_eq!((lines.as_str(), diagnostics), ("x url /base/new#part\n", vec!["toc.md:1:3 redirected-link".into()]));
}

#[test]
fn what_is_no_toc_is_reported() {
    let one = |text: &str| outline(&[("toc.yml", text)], ALL).1;
    assert_eq!(one("text"), ["toc.yml:1:1 invalid-toc-syntax"]);
    assert_eq!(one("- text"), ["toc.yml:1:3 invalid-toc-syntax"]);
    assert_eq!(one("- name: x\n  items: text"), ["toc.yml:2:10 invalid-toc-syntax"]);
    assert_eq!(one("- name: x\n    items:\n"), ["toc.yml:2:10 yaml-syntax-error"]);
    assert_eq!(one(""), Vec::<String>::new());
}

#[test]
fn an_entry_without_name_is_reported_and_shows_what_it_has() {
    let shown = "- href: a.md\n- name:\n  href: a.md\n- items:\n  - name: y\n- tocHref: s/toc.yml\n- uid: u\n";
    let files = [("toc.yml", shown), ("s/toc.yml", "- name: z\n"), ("a.md", "# A")];
    let (lines, diagnostics) = outline(&files, ALL);
    assert_eq!(diagnostics, ["1:3", "2:3", "4:3", "6:3"].map(|place| format!("toc.yml:{place} missing-attribute")));
    assert!(lines.contains("y\n") && lines.contains("z\n") && lines.contains("a.md"), "{lines}");
    let (lines, diagnostics) = outline(&[("toc.md", "# [](a.md)\n# @u\n"), ("a.md", "# A")], ALL);
    assert_eq!(diagnostics, ["toc.md:1:1 missing-attribute"]);
    assert!(lines.contains("a.md"), "{lines}");
}

#[test]
fn an_entry_without_name_link_and_entries_is_reported() {
    for entry in ["-\n", "- {}\n", "- foo: bar\n", "- name: ' '\n", "- items: []\n"] {
        let (lines, diagnostics) = outline(&[("toc.yml", &format!("- name: x\n{entry}"))], ALL);
        assert_eq!(lines, "x\n", "{entry}");
        assert_eq!(diagnostics.len(), 1, "{entry}");
        assert!(diagnostics[0].starts_with("toc.yml:2:") && diagnostics[0].ends_with("missing-attribute"), "{entry}");
    }
    for entry in ["- nmae: Two\n", "- href: a.md\n  nmae: Two\n"] {
        let (_, diagnostics) = read_first(&tree(&[("toc.yml", entry), ("a.md", "")], ALL), "toc.yml");
        assert_eq!(diagnostics[0].help.as_deref(), Some("there is no key `nmae`: did you mean `name`?"), "{entry}");
    }
    assert_eq!(
        outline(&[("toc.md", "# x\n#\n# []()\n")], ALL).1,
        ["2", "3"].map(|line| format!("toc.md:{line}:1 missing-attribute"))
    );
}

#[test]
fn a_folder_without_its_slash_is_told_from_a_page() {
    let (_, diagnostics) = read_first(&tree(&[("toc.md", "# [x](s)\n"), ("s/toc.md", "")], ALL), "toc.md");
    let help = "that is a folder: write `s/` to link to its TOC, or name a page in it";
    assert_eq!(diagnostics[0].help.as_deref(), Some(help));
}

#[test]
fn nesting_has_a_limit() {
    let deep: String = (1..=70).map(|level| format!("{} x\n", "#".repeat(level))).collect();
    assert_eq!(outline(&[("toc.md", &deep)], ALL).1, ["toc.md:65:1 budget-exceeded"]);
    let fits: String = (1..=64).map(|level| format!("{} x\n", "#".repeat(level))).collect();
    assert_eq!(outline(&[("toc.md", &fits)], ALL).1, Vec::<String>::new());
}

#[test]
fn tocs_that_unfold_to_too_much_are_cut() {
    let toc = |next: usize| format!("# [x](../{next}/toc.md)\n").repeat(30);
    let files: Vec<(String, String)> = (0..6).map(|at| (format!("{at}/toc.md"), toc(at + 1))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let (_, diagnostics) = outline(&files, ALL);
    assert_eq!(diagnostics.iter().filter(|line| line.ends_with("budget-exceeded")).count(), 1);
}

#[test]
fn breadcrumbs_are_told_from_tocs() {
    let files = [
        ("breadcrumb/toc.yml", "- name: X\n  tocHref: /x/\n  topicHref: /x/index\n"),
        ("a/toc.yml", "- name: x\n  tocHref: /x/"),
    ];
    let tree = tree(&files, ALL);
    assert!(read_first(&tree, "breadcrumb/toc.yml").0.is_breadcrumb);
    assert!(!read_first(&tree, "a/toc.yml").0.is_breadcrumb);
}
