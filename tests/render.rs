//! `recto render`: the HTML of single articles, as the build of their site has it.

mod program;

use program::{KEYS, docset, keys, lay, run, run_with_input};
use serde_json::{Value, json};

#[test]
fn an_article_is_rendered_from_standard_input_as_if_it_lay_in_the_docset() {
    let here = docset(&[("recto.yml", "title: T\n"), ("index.md", "# Home\n"), ("includes/x.md", "Shared.\n")]);
    let text = "---\ntitle: D\n---\n# Draft\n\n[!INCLUDE [x](includes/x.md)]\n\n[Home](INDEX.md)\n";
    let run = run_with_input(here.path(), &["render", "-"], text).ends_with(0);
    let expected = "<h1 id=\"draft\">Draft</h1>\n<p>Shared.</p>\n<p><a href=\"index.html\">Home</a></p>\n";
    assert_eq!(run.stdout, expected);
    assert!(run.stderr.contains("warning[file-case]"), "{}", run.stderr);
}

#[test]
fn rendered_articles_come_in_the_order_in_which_they_were_named() {
    let files = [
        ("docfx.json", r#"{"build": {"content": [{"files": ["a/**"]}], "globalMetadata": {"author": "x"}}}"#),
        ("a/one.md", "---\nms.date: 05/31/2018\n---\n# One\n"),
        ("a/two.md", "# Two\n\n[x](gone.md)\n"),
        ("left-out.md", "# Left out\n"),
    ];
    let here = docset(&files);
    let run = run(here.path(), ["render", "--json", "a/two.md", "left-out.md", "a/one.md"]).ends_with(0);
    assert_eq!(run.stderr, "");
    let lines = run.json();
    let told = |key: &str| lines.iter().map(|line| line[key].as_str().unwrap_or_default()).collect::<Vec<_>>();
    assert_eq!(told("file"), ["a/two.md", "left-out.md", "a/one.md"]);
    assert_eq!(told("path"), ["a/two.html", "left-out.html", "a/one.html"]);
    lines.iter().for_each(|line| assert_eq!(keys(line), ["file", "path", "html", "metadata", "diagnostics"]));
    assert_eq!(lines[2]["metadata"]["ms.date"], "05/31/2018");
    assert_eq!(lines[2]["metadata"]["author"], "x");
    assert_eq!(keys(&lines[0]["diagnostics"][0]), KEYS);
}

#[test]
fn an_explicit_root_needs_no_configuration() {
    let here = docset(&[("docs/a/b.md", "# B\n\n[c](~/c.md)\n"), ("docs/c.md", "# C\n")]);
    let run = run(here.path(), ["render", "--root", "docs", "docs/a/b.md"]).ends_with(0);
    assert_eq!(run.stdout, "<h1 id=\"b\">B</h1>\n<p><a href=\"../c.html\">c</a></p>\n");
}

#[test]
fn an_article_is_rendered_as_the_build_of_its_repository_has_it() {
    let publish = r#"{"docsets_to_publish": [{"build_source_folder": "a"}, {"build_source_folder": "b"}]}"#;
    let here = docset(&[
        (".openpublishing.publish.config.json", publish),
        ("a/docfx.json", r#"{"build": {"content": [{"files": "*.md"}]}}"#),
        ("b/docfx.json", r#"{"build": {"content": [{"files": "*.md"}], "globalMetadata": {"author": "b"}}}"#),
        ("a/p.md", "[b](../b/p.md#nope)\n"),
        ("b/p.md", "# B\n"),
        ("README.md", "[b](b/p.md)\n"),
    ]);
    let lines = run(here.path(), ["render", "--json", "a/p.md", "README.md", "b/p.md"]).ends_with(0).json();
    let told = |key: &str| lines.iter().map(|line| line[key].as_str().unwrap_or_default()).collect::<Vec<_>>();
    assert_eq!(told("path"), ["a/p.html", "readme.html", "b/p.html"]);
    assert!(told("html")[0].contains("../b/p.html#nope") && told("html")[1].contains("\"b/p.html\""), "{lines:?}");
    assert_eq!(lines[0]["diagnostics"][0]["code"], "bookmark-not-found");
    assert_eq!((&lines[1]["metadata"]["author"], &lines[2]["metadata"]["author"]), (&Value::Null, &json!("b")));
}

#[test]
fn articles_of_docsets_that_nothing_joins_are_rendered_together() {
    let files = [(".git/HEAD", ""), ("a/docfx.json", "{}"), ("a/p.md", "# A\n"), ("b/docfx.json", "{}")];
    let here = docset(&files);
    lay(here.path(), &[("b/p.md", "# B\n"), ("README.md", "# R\n")]);
    let run = run(here.path(), ["render", "a/p.md", "b/p.md", "README.md"]).ends_with(0);
    assert_eq!(run.stdout, "<h1 id=\"a\">A</h1>\n<h1 id=\"b\">B</h1>\n<h1 id=\"r\">R</h1>\n");
}

#[test]
fn what_is_wrong_with_the_configuration_is_told_beside_rendered_articles() {
    let redirections = r#"{"redirections": [{"source_path": "old.md", "redirect_url": "javascript:1"}]}"#;
    let here = docset(&[("docfx.json", "{}"), ("a.md", "# A\n"), (".openpublishing.redirection.json", redirections)]);
    for arguments in [&["render", "a.md"][..], &["render", "--json", "a.md"]] {
        let told = run(here.path(), arguments).ends_with(1);
        assert!(told.stderr.contains("error[redirection-invalid]") && told.stdout.contains("h1"), "{}", told.stderr);
    }
    lay(here.path(), &[("docfx.json", "{")]);
    for arguments in [&["render", "a.md"][..], &["render", "--json", "a.md"]] {
        let told = run(here.path(), arguments).ends_with(2);
        assert!(told.stderr.contains("error[config-syntax]") && told.stdout.is_empty(), "{}", told.stderr);
    }
}

#[test]
fn what_cannot_be_rendered_is_told() {
    let here = docset(&[("docs/a.md", "# A\n"), ("b.md", "# B\n"), ("toc.yml", "- name: B\n  href: b.md\n")]);
    let told = |line: &str| run(here.path(), line.split(' ')).ends_with(2).stderr;
    assert!(told("render gone.md").contains("there is no file `gone.md`\n"));
    assert!(told("render docs/aa.md").contains("there is no file `docs/aa.md`\n  help: did you mean `docs/a.md`?"));
    assert!(told("build docz").contains("there is no folder `docz`\n  help: did you mean `docs`?"));
    assert!(told("render docs").contains("`docs` is a folder: name the articles in it"));
    assert!(told("render --root docs b.md").contains("`b.md` lies outside"));
    assert!(told("render b.md toc.yml").contains("`toc.yml` is no article"));
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_rendered_where_the_build_has_it_and_never_out_of_its_repository() {
    use std::os::unix::fs::symlink;
    let here =
        docset(&[("docs/docfx.json", "{}"), ("docs/a/real.md", "[x](x.md)\n"), ("docs/x.md", ""), ("out.md", "")]);
    let docs = here.path().join("docs");
    symlink("a/real.md", docs.join("link.md")).expect("linked");
    symlink("../out.md", docs.join("away.md")).expect("linked");
    symlink("nowhere.md", docs.join("dangling.md")).expect("linked");
    let line = &run(here.path(), ["render", "--json", "docs/link.md"]).ends_with(0).json()[0];
    assert_eq!((&line["path"], &line["html"]), (&json!("link.html"), &json!("<p><a href=\"x.html\">x</a></p>\n")));
    let away = run(here.path(), ["render", "docs/away.md"]).ends_with(2);
    assert!(away.stderr.contains("`docs/away.md` lies outside the repository"), "{}", away.stderr);
    symlink("../elsewhere", docs.join("a/folder")).expect("linked");
    symlink("a", docs.join("b")).expect("linked");
    symlink("docs", here.path().join("by-another-name")).expect("linked");
    std::fs::create_dir(docs.join("elsewhere")).expect("made");
    std::fs::write(docs.join("elsewhere/e.md"), "# E").expect("written");
    for inside in ["docs/a/folder/e.md", "docs/b/real.md", "by-another-name/b/real.md"] {
        run(here.path(), ["render", inside]).ends_with(0);
    }
    std::fs::rename(docs.join("elsewhere"), here.path().join("elsewhere")).expect("moved");
    symlink("../elsewhere", docs.join("elsewhere")).expect("linked");
    for outside in ["docs/a/folder/e.md", "by-another-name/elsewhere/e.md"] {
        let away = run(here.path(), ["render", outside]).ends_with(2);
        assert!(away.stderr.contains(&format!("`{outside}` lies outside the repository")), "{}", away.stderr);
    }
    assert_eq!(run(&docs, ["render", "dangling.md"]).ends_with(2).stderr, "error: there is no file `dangling.md`\n");
}
