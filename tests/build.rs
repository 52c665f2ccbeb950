//! Whole builds through the program: what is written, what stays, what a killed build leaves behind.

mod program;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant, SystemTime};

use program::{assert_same, docset, files, lay, run, snapshot};
use serde_json::json;

/// A docset with everything that comes into being in parallel: pages, includes, a TOC, resources, problems.
const DOCSET: [(&str, &str); 8] = [
    ("recto.yml", "title: Docs\nbase_url: https://example.org/docs/\n"),
    ("articles/index.md", "# Home\n\nSee [a](a.md), [gone](gone.md) and ![i](Media/I.png).\n"),
    ("articles/a.md", "---\ntitle: A\n---\n# A\n\n> [!NOTE]\n> One.\n\n[!INCLUDE [x](../includes/x.md)]\n"),
    ("articles/b.md", "# B\n\n[!INCLUDE [x](../includes/x.md)]\n\n[A](A.md#no)\n"),
    ("articles/sub/c.md", "# C\n\n[Home](../index.md)\n\n![i](../media/i.png)\n"),
    ("articles/toc.yml", "- name: Home\n  href: index.md\n- name: More\n  items:\n  - name: A\n    href: a.md\n"),
    ("articles/media/i.png", "not really an image"),
    ("includes/x.md", "Shared [text](../articles/index.md).\n"),
];

/// Builds a docset into a folder and gives its files.
fn build(folder: &Path, out: &Path, more: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let arguments = ["build", "-o", out.to_str().expect("UTF-8")];
    run(folder, arguments.iter().chain(more)).ends_with(0);
    snapshot(out)
}

/// When each file was changed, and which file it is: neither stays if it is written again.
fn stamps(root: &Path) -> BTreeMap<String, (SystemTime, u64)> {
    let stamp = |path: PathBuf| {
        let about = fs::metadata(path).expect("there");
        (about.modified().expect("known"), inode(&about))
    };
    files(root).into_iter().map(|(name, path)| (name, stamp(path))).collect()
}

#[cfg(unix)]
fn inode(about: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(about)
}

#[cfg(not(unix))]
fn inode(_: &fs::Metadata) -> u64 {
    0
}

#[test]
fn a_theme_on_the_command_line_is_a_path() {
    let here = docset(&[("index.md", "# A\n"), ("themes/own/assets/a.css", "")]);
    let told = |theme: &str| run(here.path(), ["build", "--theme", theme]).ends_with(2).stderr;
    assert!(told("own").contains("there is no theme folder `own`: did you mean `themes"));
    assert!(told("other").contains("there is no theme folder `other`: name a folder with `templates` or `assets`"));
}

#[test]
fn a_mistake_in_a_template_is_told_with_a_path_that_the_user_can_open() {
    let here = docset(&[
        ("docs/recto.yml", "theme: own\n"),
        ("docs/a.md", "# A\n"),
        ("docs/themes/own/templates/parts/footer.html", "{{ site.titel }}"),
    ]);
    let told = run(here.path(), ["build", "docs"]).ends_with(2).stderr;
    assert!(told.contains("error: docs/themes/own/templates/parts/footer.html:1:4: "), "{told}");
}

#[test]
fn a_start_page_that_no_article_makes_is_in_the_sitemap() {
    let here = docset(&[("a.md", "# A\n")]);
    let site = build(here.path(), &here.path().join("_site"), &["--base-url", "https://example.org/docs"]);
    let sitemap = String::from_utf8_lossy(&site["sitemap.xml"]).into_owned();
    let places = ["<loc>https://example.org/docs/a.html</loc>", "<loc>https://example.org/docs/</loc>"];
    assert!(places.iter().all(|place| sitemap.contains(place)), "{sitemap}");
}

#[test]
fn the_templates_of_a_theme_have_all_metadata() {
    let folder = docset(&[
        (
            "recto.yml",
            "theme: own\nglobal_metadata: {product: P, level: 1}\nfile_metadata: {level: {\"**/*.md\": 2}}\n",
        ),
        ("articles/a.md", "---\nown: O\nlevel: 3\n---\n# A\n"),
        ("articles/b.md", "# B\n"),
        (
            "themes/own/templates/parts/footer.html",
            "{% if page.metadata %}{% for key, value in page.metadata %}{{ key }}={{ value }};{% endfor %}{% endif %}",
        ),
    ]);
    let out = folder.path().join("_site");
    let site = build(folder.path(), &out, &[]);
    let page = |name: &str| String::from_utf8_lossy(&site[name]).into_owned();
    assert!(page("a.html").contains("product=P;level=3;own=O;"), "{}", page("a.html"));
    assert!(page("b.html").contains("product=P;level=2;") && !page("b.html").contains("own="));
}

#[test]
fn headings_are_called_the_same_everywhere() {
    let folder = docset(&[
        ("articles/u.md", "---\nuid: a.b\n---\n# A & B\n"),
        (
            "articles/h.md",
            "# About <xref:a.b>\n\n## Use @a.b\n\n## [](xref:a.b?text=T) <xref:gone> @gone\n\n\
             ## Get <server> <xref href=\"a.b\"></xref> ready\n",
        ),
        ("articles/i.md", "---\ntitle: Own\n---\n# About <xref:a.b>\n\n<xref:c.d>\n"),
        ("articles/s.md", "---\nuid: c.d\n---\n# See <xref:a.b>\n"),
        ("articles/t.md", "---\nuid: e.f\n---\n# <xref:e.f>\n"),
    ]);
    let out = folder.path().join("_site");
    let site = build(folder.path(), &out, &[]);
    let has = |page: &str, text: &str| {
        let html = String::from_utf8_lossy(&site[page]).into_owned();
        assert!(html.contains(text), "{page} has no {text}\n{html}");
    };
    has("h.html", "<title>About A &amp; B - ");
    has("h.html", "\"headline\":\"About A \\u0026 B\"");
    has("h.html", "<span aria-current=\"page\">About A &amp; B</span>");
    has("u.html", ">About A &amp; B</a></li>");
    for heading in ["Use A &amp; B", "T gone @gone", "Get &lt;server&gt; A &amp; B ready"] {
        has("h.html", &format!("\">{heading}</a></li>"));
        has("h.html", &format!("aria-label=\"Link to this section: {heading}\""));
    }
    has("i.html", "<title>Own - ");
    has("i.html", "<p><a href=\"s.html\">See A &amp; B</a></p>");
    // A title that refers to itself.
    has("t.html", "<title>e.f - ");
}

#[test]
fn only_pages_with_a_choice_load_its_script() {
    let folder = docset(&[
        ("articles/tabs.md", "# T\n\n## [A](#tab/a)\n\na\n\n## [B](#tab/b)\n\nb\n"),
        ("articles/selector.md", "# S\n\n> [!div class=\"op_single_selector\"]\n> - [A](tabs.md)\n"),
        ("articles/words.md", "# W\n\n`my_selector`, tabGroup and op\\_single\n"),
    ]);
    let site = build(folder.path(), &folder.path().join("_site"), &[]);
    let loads = |name: &str| String::from_utf8_lossy(&site[name]).contains("assets/choices.js");
    assert_eq!(["tabs.html", "selector.html", "words.html"].map(loads), [true, true, false]);
}

#[test]
fn the_number_of_threads_and_the_folder_do_not_change_a_byte() {
    let (here, there, outs) = (docset(&DOCSET), docset(&[]), docset(&[]));
    let elsewhere = there.path().join("a/deeper folder/é");
    lay(&elsewhere, &DOCSET);
    let one = build(here.path(), &outs.path().join("1"), &["-j", "1"]);
    assert!(one.contains_key("sitemap.xml") && one.contains_key("sub/c.html"), "{:?}", one.keys());
    assert_same(&one, &build(here.path(), &outs.path().join("2"), &["-j", "2"]));
    assert_same(&one, &build(&elsewhere, &outs.path().join("3"), &[]));
    // The default output folder lies within the sources.
    run(here.path(), ["build"]).ends_with(0);
    assert_same(&one, &snapshot(&here.path().join("_site")));
}

#[test]
fn diagnostics_do_not_depend_on_the_number_of_threads() {
    let here = docset(&DOCSET);
    let told = |jobs| run(here.path(), ["build", "--format", "json", "-j", jobs]).ends_with(0).stdout;
    assert_eq!(told("1"), told("8"));
    assert_eq!(told("1"), run(here.path(), ["check", "--format", "json"]).ends_with(0).stdout);
    let checked = run(here.path(), ["check", "--format", "json"]);
    let codes: Vec<String> = checked.json().iter().map(|told| told["code"].to_string()).collect();
    assert_eq!(codes, ["\"bookmark-not-found\"", "\"file-case\"", "\"file-not-found\"", "\"file-case\""]);
}

#[test]
fn a_real_repository_builds_to_the_same_bytes_in_another_folder() {
    let Some(corpora) = program::data("RECTO_CORPORA") else { return };
    let work = program::workspace("moved");
    for (name, path) in files(&corpora.join("WSL")) {
        let target = work.join("source").join(name);
        fs::create_dir_all(target.parent().expect("in a folder")).expect("made");
        fs::write(target, fs::read(path).expect("readable")).expect("written");
    }
    let there = build(&corpora.join("WSL"), &work.join("1"), &["-j", "1"]);
    assert_same(&there, &build(&work.join("source"), &work.join("2"), &["-j", "2"]));
    let before = stamps(&work.join("1"));
    build(&corpora.join("WSL"), &work.join("1"), &[]);
    assert_eq!(stamps(&work.join("1")), before);
}

#[test]
fn a_build_with_nothing_new_writes_nothing() {
    let here = docset(&DOCSET);
    run(here.path(), ["build"]).ends_with(0);
    let out = here.path().join("_site");
    let before = stamps(&out);
    std::thread::sleep(Duration::from_millis(20));
    let again = run(here.path(), ["build", "--timings"]).ends_with(0);
    assert_eq!(stamps(&out), before);
    assert!(again.stderr.contains("\n0 files written, "), "{}", again.stderr);
}

#[test]
fn an_edit_writes_the_pages_that_it_changes() {
    let here = docset(&DOCSET);
    let out = here.path().join("_site");
    run(here.path(), ["build"]).ends_with(0);
    let before = stamps(&out);
    lay(here.path(), &[("includes/x.md", "Other text.\n")]);
    run(here.path(), ["build"]).ends_with(0);
    let after = stamps(&out);
    let changed: Vec<&String> = after.keys().filter(|name| after[*name] != before[*name]).collect();
    assert_eq!(changed, ["a.html", "b.html"]);
}

#[test]
fn the_page_of_a_removed_article_goes_and_what_others_put_there_stays() {
    let here = docset(&DOCSET);
    let out = here.path().join("_site");
    run(here.path(), ["build"]).ends_with(0);
    lay(&out, &[("CNAME", "docs.example.org"), ("sub/mine.txt", "mine"), ("old.html", "mine")]);
    fs::remove_file(here.path().join("articles/sub/c.md")).expect("removed");
    fs::remove_file(here.path().join("articles/b.md")).expect("removed");
    run(here.path(), ["build"]).ends_with(0);
    let there = snapshot(&out);
    assert!(!there.contains_key("sub/c.html") && !there.contains_key("b.html"), "{:?}", there.keys());
    assert!(["CNAME", "sub/mine.txt", "old.html", "a.html"].iter().all(|name| there.contains_key(*name)));
}

#[test]
fn a_page_that_gets_another_case_keeps_its_place() {
    let here = docset(&[("a.md", "# A\n"), ("index.md", "# Home\n\n[A](a.md)\n")]);
    run(here.path(), ["build"]).ends_with(0);
    fs::rename(here.path().join("a.md"), here.path().join("A.md")).expect("renamed");
    let told = run(here.path(), ["build"]).ends_with(0);
    assert!(told.stderr.contains("warning[file-case]"), "{}", told.stderr);
    assert!(here.path().join("_site/a.html").is_file());
}

#[test]
fn a_resource_that_many_pages_show_is_copied_once() {
    let here = docset(&DOCSET);
    run(here.path(), ["build"]).ends_with(0);
    let images = files(&here.path().join("_site")).into_keys().filter(|name| name.to_lowercase().ends_with("i.png"));
    assert_eq!(images.collect::<Vec<_>>(), ["media/i.png"]);
}

#[test]
fn a_resource_lies_in_the_folder_of_its_pages_and_keeps_its_name() {
    let folder = docset(&[("Guide/A.md", "![i](Media/I.PNG)\n"), ("Guide/Media/I.PNG", "not really an image")]);
    let site = build(folder.path(), &folder.path().join("_site"), &[]);
    assert!(site.contains_key("guide/media/I.PNG"), "{:?}", site.keys());
    assert!(String::from_utf8_lossy(&site["guide/a.html"]).contains("src=\"media/I.PNG\""));
}

#[test]
fn a_folder_that_is_not_recto_s_is_refused() {
    let here = docset(&DOCSET);
    lay(here.path(), &[("photos/me.png", "me")]);
    let refused = run(here.path(), ["build", "-o", "photos"]).ends_with(2);
    assert!(refused.stderr.contains("choose another folder with -o"), "{}", refused.stderr);
    assert_eq!(files(&here.path().join("photos")).len(), 1);
    for source in [".", "articles", ".."] {
        let refused = run(here.path(), ["build", "-o", source]).ends_with(2);
        assert!(refused.stderr.contains("sources") || refused.stderr.contains("not empty"), "{}", refused.stderr);
    }
}

#[test]
fn a_bookmark_of_a_page_that_moved_is_checked_where_it_leads_now() {
    let moves =
        r#"{"redirections": [{"source_path": "old.md", "redirect_url": "/base/new", "redirect_document_id": false}]}"#;
    let here = docset(&[
        (".openpublishing.redirection.json", moves),
        (
            ".openpublishing.publish.config.json",
            r#"{"docsets_to_publish": [{"docset_name": "d", "build_source_folder": "."}]}"#,
        ),
        (
            "docfx.json",
            r#"{"build": {"content": [{"files": ["*.md"]}], "globalMetadata": {"breadcrumb_path": "/base/breadcrumb/toc.json"}}}"#,
        ),
        ("index.md", "# Home\n\n[one](old.md#here) [two](old.md#gone)\n"),
        ("new.md", "# New\n\n## Here\n"),
    ]);
    let told = run(here.path(), ["check", "--format", "json"]).ends_with(0).json();
    let codes: Vec<(&str, i64)> = told
        .iter()
        .map(|told| (told["code"].as_str().unwrap_or_default(), told["column"].as_i64().unwrap_or(0)))
        .collect();
    assert_eq!(codes, [("redirected-link", 1), ("bookmark-not-found", 20), ("redirected-link", 20)]);
    assert_eq!(told[0]["help"], "link to `new.md#here`");
}

#[test]
fn a_bookmark_in_a_toc_is_checked_at_its_place() {
    let here = docset(&[
        ("toc.yml", "- name: A\n  href: a.md#nope\n- name: B\n  href: a.md?x#There\n"),
        ("a.md", "# A\n\n## There\n"),
    ]);
    let told = run(here.path(), ["check", "--format", "json"]).ends_with(0).json();
    let places: Vec<_> =
        told.iter().map(|told| ["code", "file", "line", "column", "help"].map(|key| &told[key])).collect();
    let help = ["link to one of its headings, or to the page without a bookmark", "did you mean `#there`?"];
    let place = |line: i64, help: &str| json!(["bookmark-not-found", "toc.yml", line, 9, help]);
    assert_eq!(json!(places), json!([place(2, help[0]), place(4, help[1])]));
}

#[test]
fn a_link_to_what_another_file_keeps_from_being_built_leads_there() {
    let toc = "- name: X\n  href: x.yml\n";
    let yml = "### YamlMime:Landing\ntitle: Y\n";
    let here = docset(&[("x.md", "# X\n"), ("x.yml", yml), ("d/a.md", "# A\n\n[x](../x.yml#x)\n"), ("toc.yml", toc)]);
    let told = run(here.path(), ["build", "--format", "json"]).ends_with(1).json();
    let told: Vec<_> = told.iter().filter(|told| told["code"] == "link-out-of-scope").collect();
    for (told, folder) in told.iter().zip(["../", ""]) {
        let message = format!("`{folder}x.yml` is not built: `x.md` has the same place in the output");
        let help = format!("rename one of them, or link to `{folder}x.md`");
        assert_eq!((&told["message"], &told["help"]), (&json!(message), &json!(help)));
    }
    let page = fs::read_to_string(here.path().join("_site/d/a.html")).expect("built");
    assert!(told.len() == 2 && page.contains("href=\"../x.html#x\"") && page.contains("href=\"../x.html\""), "{page}");
}

#[test]
fn columns_count_on_behind_what_is_not_utf_8() {
    let here = docset(&[]);
    fs::write(here.path().join("a.md"), b"caf\xe9 \xff\xfe [x](no.md)\n").expect("written");
    let told = run(here.path(), ["check", "--format", "json"]).ends_with(1).json();
    let link = told.iter().find(|told| told["code"] == "file-not-found").expect("reported");
    assert_eq!((&link["column"], &link["end_column"]), (&json!(9), &json!(19)));
}

/// Lays a docset of `pages` pages that all carry `word`.
fn lay_many(root: &Path, pages: usize, word: &str) {
    let paragraph = format!("{word} **text** with [a link](p0.md), `code` and more of it.\n\n").repeat(10);
    lay(root, &[("recto.yml", "title: Many\n")]);
    let folder = root.join("articles");
    fs::create_dir_all(&folder).expect("made");
    for page in 0..pages {
        fs::write(folder.join(format!("p{page}.md")), format!("# Page {page}\n\n{paragraph}")).expect("written");
    }
}

/// Parts of a whole, in no order and always the same.
fn parts() -> impl Iterator<Item = f64> {
    let next = |seed: &u64| Some(seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
    std::iter::successors(Some(20_260_801), next).map(|seed| ((seed >> 33) % 1000) as f64 / 1000.0)
}

/// Builds and kills the build after a while. Tells whether it was still at work.
fn kill_build(source: &Path, out: &Path, after: Duration) -> bool {
    let mut build = program::recto(source);
    build.args(["build", "-q", "-o"]).arg(out).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = build.spawn().expect("started");
    std::thread::sleep(after);
    child.kill().expect("a child that was not waited for");
    !child.wait().expect("ended").success()
}

#[test]
fn a_killed_build_leaves_every_page_whole_and_the_next_one_mends_the_rest() {
    let work = docset(&[]);
    let (source, out, clean) = (work.path().join("docs"), work.path().join("site"), work.path().join("clean"));
    let of_word = ["zero", "one"].map(|word| {
        lay_many(&source, 400, word);
        fs::remove_dir_all(&clean).ok();
        build(&source, &clean, &[])
    });
    let started = Instant::now();
    build(&source, &out, &[]);
    let mut whole = started.elapsed();
    let (mut kills, mut tries) = (0, 0);
    for part in parts() {
        lay_many(&source, 400, ["zero", "one"][tries % 2]);
        tries += 1;
        if kill_build(&source, &out, whole.mul_f64(part)) {
            kills += 1;
        } else {
            // The machine is less busy than it was when the whole was measured.
            whole = whole.mul_f64(0.9);
        }
        let there = snapshot(&out);
        for name in of_word[0].keys().filter(|name| name.ends_with(".html")) {
            let is_whole = of_word.iter().any(|site| there.get(name) == site.get(name));
            assert!(is_whole, "try {tries}: {name} is neither old nor new: {:?}", there.get(name).map(Vec::len));
        }
        if kills == 20 {
            break;
        }
        assert!(tries < 100, "only {kills} of {tries} builds were killed before they ended");
    }
    lay_many(&source, 400, "one");
    assert_same(&of_word[1], &build(&source, &out, &[]));
}
