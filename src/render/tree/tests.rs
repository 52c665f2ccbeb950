//! The tree of a page, and the file that all pages share.

use super::*;
use crate::site::navigation::tests::{Built, build_plain};

/// The tree as a page shows it.
fn html(built: &Built, path: &str, output: &str) -> TreeHtml {
    let output = SitePath::new(output).expect("inside");
    let renderer = TreeRenderer::new(&built.navigation);
    let first = renderer.html(built.place(path), &output);
    assert_eq!(renderer.html(built.place(path), &output), first, "from the cache");
    first
}

#[test]
fn a_small_tree_is_shown_whole() {
    let toc = "# [Home](index.md)\n# Group\n## [A & <b>](x/a.md#y)\n## [Out](https://example.org/?a=1&b=2)\n# [Folder](b.md)\n## [C](c.md)\n# Plain";
    let built = build_plain(&[("toc.md", toc), ("index.md", "I"), ("x/a.md", "A"), ("b.md", "B"), ("c.md", "C")]);
    let expected = "<ul class=\"tree\">\n\
        <li><a href=\"../index.html\">Home</a></li>\n\
        <li><details open><summary>Group</summary><ul>\n\
        <li><a aria-current=\"page\" href=\"a.html#y\">A &amp; &lt;b&gt;</a></li>\n\
        <li><a href=\"https://example.org/?a=1&amp;b=2\">Out</a></li>\n\
        </ul></details></li>\n\
        <li class=\"branch\"><a href=\"../b.html\">Folder</a><details><summary aria-label=\"Below: Folder\"></summary><ul>\n\
        <li><a href=\"../c.html\">C</a></li>\n\
        </ul></details></li>\n\
        <li><span>Plain</span></li>\n\
        </ul>\n";
    assert_eq!(html(&built, "x/a.md", "x/a.html"), TreeHtml { html: expected.into(), is_whole: true });
    let folder = html(&built, "b.md", "b.html").html;
    let open =
        "<a aria-current=\"page\" href=\"b.html\">Folder</a><details open><summary aria-label=\"Below: Folder\">";
    assert!(folder.contains(open), "{folder}");
}

#[test]
fn what_is_expanded_stands_open_once() {
    let toc = "- name: G\n  expanded: true\n  items:\n  - href: a.md\n";
    let built = build_plain(&[("toc.yml", toc), ("a.md", "A"), ("b.md", "B")]);
    for page in ["a", "b"] {
        let html = html(&built, &format!("{page}.md"), &format!("{page}.html")).html;
        assert!(html.contains("<details open><summary>G"), "{html}");
    }
}

/// 30 groups with 20 pages each, and one entry without children.
fn large() -> Built {
    let mut toc = String::new();
    let mut pages = vec![("last.md".to_owned(), "Last".to_owned())];
    for group in 0..30 {
        toc.push_str(&format!("# Group {group}\n"));
        for page in 0..20 {
            toc.push_str(&format!("## [Page {group}.{page}](p{group}-{page}.md)\n"));
            pages.push((format!("p{group}-{page}.md"), String::new()));
        }
    }
    toc.push_str("# [Last](last.md)");
    pages.push(("toc.md".into(), toc));
    pages.push(("other.md".into(), "Unlisted".into()));
    build_plain(&pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect::<Vec<_>>())
}

#[test]
fn of_a_large_tree_a_page_shows_its_branch() {
    let built = large();
    let shown = html(&built, "p3-7.md", "p3-7.html");
    assert!(!shown.is_whole);
    assert_eq!(shown.html.matches("<li").count(), 31 + 20);
    assert_eq!(shown.html.matches("<details open>").count(), 1);
    assert!(
        shown
            .html
            .contains("<li class=\"more\"><a href=\"p2-0.html\">Group 2</a></li>\n<li><details open><summary>Group 3<")
    );
    assert!(shown.html.contains("<a aria-current=\"page\" href=\"p3-7.html\">Page 3.7</a>"));
    let top = html(&built, "last.md", "last.html").html;
    assert_eq!((top.matches("<li").count(), top.contains("<details")), (31, false));
    let unlisted = html(&built, "other.md", "other.html").html;
    assert_eq!((unlisted.matches("<li").count(), unlisted.contains("aria-current")), (31, false));
}

#[test]
fn of_very_many_siblings_a_block_is_shown() {
    let pages: Vec<(String, String)> = (0..900).map(|at| (format!("p{at}.md"), format!("Page {at}"))).collect();
    let toc: String = (0..900).map(|at| format!("# [](p{at}.md)\n")).collect();
    let mut files: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    files.push(("toc.md", &toc));
    let built = build_plain(&files);
    let shown = html(&built, "p450.md", "p450.html").html;
    assert_eq!(shown.matches("<li").count(), 200);
    assert!(shown.contains(">Page 400<") && shown.contains(">Page 599<") && shown.contains("aria-current"));
}

#[test]
fn the_shared_file_is_a_script_with_json() {
    let toc = "- name: A </script>\n  href: a.md\n  expanded: true\n  items:\n  - name: Out\n    href: https://example.org\n- name: Plain\n";
    let built = build_plain(&[("toc.yml", toc), ("a.md", "A")]);
    let script = shared_file(&built.navigation.trees[0]);
    assert!(!script.contains('<'));
    let json = script.strip_prefix("rectoToc(").and_then(|script| script.strip_suffix(");\n")).expect("a call");
    let value: serde_json::Value = serde_json::from_str(&format!("[{json}]")).expect("JSON");
    let expected = serde_json::json!([
        "toc",
        [["A </script>", "a.html", 1, [["Out", "https://example.org", 0, []]]], ["Plain", "", 0, []],]
    ]);
    assert_eq!(value, expected);
}
