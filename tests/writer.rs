//! The output folder: what is written, what stays, what is removed, and what is refused.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use recto::path::SitePath;
use recto::render::output::{OutputError, Writer, Written};
use tempfile::TempDir;

const MANIFEST: &str = "recto-manifest.json";

fn site(path: &str) -> SitePath {
    SitePath::new(path).expect("inside")
}

fn open(out: &Path) -> Result<Writer, OutputError> {
    Writer::open(out, &[], Arc::new(AtomicBool::new(false)))
}

fn start(out: &Path, files: &[(&str, &str)]) -> Writer {
    let writer = open(out).expect("taken over");
    let paths: Vec<SitePath> = files.iter().map(|(path, _)| site(path)).collect();
    writer.plan(&paths).expect("planned");
    writer
}

fn build(out: &Path, files: &[(&str, &str)]) -> Written {
    let writer = start(out, files);
    for (path, text) in files {
        writer.put(&site(path), text.as_bytes()).expect("written");
    }
    writer.finish().expect("finished")
}

/// Every file below a folder, by its path, and the folders with a final slash.
fn tree(root: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(root).min_depth(1) {
        let entry = entry.expect("readable");
        let name = entry.path().strip_prefix(root).expect("below").to_string_lossy().replace('\\', "/");
        if entry.file_type().is_dir() {
            found.insert(name + "/", String::new());
        } else {
            found.insert(name, fs::read_to_string(entry.path()).unwrap_or_default());
        }
    }
    found
}

fn names(root: &Path) -> Vec<String> {
    tree(root).into_keys().filter(|name| name != MANIFEST).collect()
}

fn refusal(result: Result<Writer, OutputError>) -> String {
    match result {
        Err(error @ OutputError::Refused { .. }) => error.to_string(),
        other => panic!("expected a refusal, got {other:?}"),
    }
}

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("_site");
    (folder, out)
}

#[test]
fn a_build_writes_its_files_and_a_sorted_manifest() {
    let (_folder, out) = folder();
    let done = build(&out, &[("b/c.html", "C"), ("a.html", "A")]);
    assert_eq!(done, Written { written: 2, unchanged: 0, removed: 0 });
    let manifest = fs::read_to_string(out.join(MANIFEST)).expect("there");
    let value: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
    assert_eq!(value["files"], serde_json::json!(["a.html", "b/c.html"]));
    assert_eq!(names(&out), ["a.html", "b/", "b/c.html"]);
}

#[cfg(unix)]
#[test]
fn a_build_with_nothing_new_touches_no_file() {
    use std::os::unix::fs::MetadataExt;
    let (folder, out) = folder();
    let (big, picture) = ("x".repeat(200_000), folder.path().join("p.png"));
    fs::write(&picture, &big).expect("written");
    let build = || {
        let writer = start(&out, &[("a/b.html", ""), ("big.html", "")]);
        writer.put(&site("a/b.html"), b"same").expect("written");
        writer.put(&site("big.html"), big.as_bytes()).expect("written");
        writer.copy(&site("p.png"), &picture).expect("copied");
        writer.finish().expect("finished")
    };
    let stamps = || -> Vec<(u64, i64, i64, i64)> {
        ["", "a", "a/b.html", "big.html", "p.png", MANIFEST]
            .iter()
            .map(|name| fs::metadata(out.join(name)).expect("there"))
            .map(|about| (about.ino(), about.mtime(), about.mtime_nsec(), about.ctime_nsec()))
            .collect()
    };
    build();
    let before = stamps();
    std::thread::sleep(Duration::from_millis(20));
    assert_eq!(build(), Written { written: 0, unchanged: 3, removed: 0 });
    assert_eq!(stamps(), before);
}

#[test]
fn a_change_of_equal_length_is_written() {
    let (_folder, out) = folder();
    build(&out, &[("a.html", "old")]);
    assert_eq!(build(&out, &[("a.html", "new")]).written, 1);
    assert_eq!(tree(&out)["a.html"], "new");
}

#[test]
fn a_changed_resource_of_equal_length_is_copied() {
    let (folder, out) = folder();
    let from = folder.path().join("p.png");
    for (text, age, expected) in [("old", 10, 1), ("new", 10, 1), ("new", 5, 0)] {
        fs::write(&from, text.repeat(50_000)).expect("written");
        let time = SystemTime::now() - Duration::from_secs(age + if text == "old" { 1 } else { 0 });
        fs::File::options().write(true).open(&from).expect("there").set_modified(time).expect("set");
        let writer = start(&out, &[("p.png", "")]);
        writer.copy(&site("p.png"), &from).expect("copied");
        assert_eq!(writer.finish().expect("finished").written, expected, "{text}, {age} s old");
        assert!(tree(&out)["p.png"].starts_with(text));
    }
}

#[test]
fn short_resources_of_equal_length_and_time_are_told_apart() {
    let (folder, out) = folder();
    let (one, two) = (folder.path().join("1"), folder.path().join("2"));
    let time = SystemTime::now();
    for (path, text) in [(&one, "one"), (&two, "two")] {
        fs::write(path, text).expect("written");
        fs::File::options().write(true).open(path).expect("there").set_modified(time).expect("set");
        let writer = start(&out, &[("p.png", "")]);
        writer.copy(&site("p.png"), path).expect("copied");
        writer.finish().expect("finished");
        assert_eq!(tree(&out)["p.png"], text);
    }
}

#[test]
fn what_is_gone_is_removed_with_its_empty_folders_and_nothing_else() {
    let (_folder, out) = folder();
    build(&out, &[("a.html", "A"), ("x/y/z.html", "Z"), ("k/l.html", "L")]);
    fs::write(out.join("k/mine.txt"), "mine").expect("written");
    fs::write(out.join("CNAME"), "mine").expect("written");
    assert_eq!(build(&out, &[("a.html", "A")]), Written { written: 0, unchanged: 1, removed: 2 });
    assert_eq!(names(&out), ["CNAME", "a.html", "k/", "k/mine.txt"]);
}

#[test]
fn a_folder_that_is_not_rectos_is_refused() {
    let (_folder, out) = folder();
    fs::create_dir(&out).expect("made");
    open(&out).expect("an empty folder is fine");
    fs::write(out.join("mine.txt"), "mine").expect("written");
    let message = refusal(open(&out));
    assert!(message.contains("is not empty") && message.contains("-o"), "{message}");
    for text in ["", "{}", r#"{"generator":"recto","format":1,"files":["../mine.txt"]}"#, "{\"generator\":\"recto\""] {
        fs::write(out.join(MANIFEST), text).expect("written");
        assert!(refusal(open(&out)).contains(MANIFEST));
    }
    assert_eq!(names(&out), ["mine.txt"]);
}

#[test]
fn a_folder_that_is_or_holds_the_sources_is_refused() {
    let (folder, out) = folder();
    let articles = folder.path().join("docs/articles");
    fs::create_dir_all(&articles).expect("made");
    let try_out = |out: &Path| Writer::open(out, &[&articles], Arc::new(AtomicBool::new(false)));
    for bad in [folder.path(), &folder.path().join("docs"), &articles, &articles.join("new/../..")] {
        assert!(refusal(try_out(bad)).contains("holds the sources"), "{}", bad.display());
    }
    try_out(&out).expect("beside the sources");
    try_out(&articles.join("_site")).expect("inside the sources");
}

#[test]
fn a_killed_build_leaves_files_that_the_next_one_knows() {
    let (_folder, out) = folder();
    build(&out, &[("a.html", "A"), ("old.html", "O")]);
    let killed = start(&out, &[("a.html", ""), ("b/new.html", ""), ("c.html", "")]);
    killed.put(&site("b/new.html"), b"half of the site").expect("written");
    std::mem::forget(killed);
    fs::create_dir_all(out.join(".recto-tmp")).expect("made");
    fs::write(out.join(".recto-tmp/123-4"), "cut").expect("written");
    let names_then = names(&out);
    assert!(names_then.contains(&"old.html".to_owned()) && names_then.contains(&"b/new.html".to_owned()));
    assert_eq!(build(&out, &[("a.html", "A2")]), Written { written: 1, unchanged: 0, removed: 2 });
    assert_eq!(names(&out), ["a.html"]);
}

#[test]
fn a_first_build_that_was_killed_is_mended() {
    let (_folder, out) = folder();
    fs::create_dir_all(out.join(".recto-tmp")).expect("made");
    fs::write(out.join(".recto-tmp/9-0"), "a manifest, cut").expect("written");
    std::mem::forget(start(&out, &[("a/b.html", "")]));
    build(&out, &[("c.html", "C")]);
    assert_eq!(names(&out), ["c.html"]);
}

#[test]
fn a_build_that_ends_early_removes_nothing() {
    let (_folder, out) = folder();
    build(&out, &[("a.html", "A"), ("b.html", "B")]);
    let stop = Arc::new(AtomicBool::new(false));
    let writer = Writer::open(&out, &[], stop.clone()).expect("taken over");
    writer.plan(&[site("a.html")]).expect("planned");
    stop.store(true, Ordering::Relaxed);
    assert!(matches!(writer.put(&site("a.html"), b"new"), Err(OutputError::Interrupted)));
    drop(writer);
    assert_eq!((tree(&out)["a.html"].as_str(), tree(&out)["b.html"].as_str()), ("A", "B"));
}

#[test]
fn files_that_were_not_planned_are_in_the_manifest_before_they_are_written() {
    let (_folder, out) = folder();
    build(&out, &[("a.html", "A")]);
    let writer = start(&out, &[]);
    writer.put(&site("late.html"), b"x").expect("written");
    assert!(tree(&out)[MANIFEST].contains("late.html"));
}

#[test]
fn a_first_build_is_there_as_a_whole_or_not_at_all() {
    let (_folder, out) = folder();
    let writer = start(&out, &[("a.html", ""), ("b/c.html", "")]);
    writer.put(&site("b/c.html"), b"C").expect("written");
    assert_eq!(fs::read_dir(&out).expect("made").count(), 1, "only the folder that the site is made in");
    writer.finish().expect("finished");
    assert_eq!(names(&out), ["b/", "b/c.html"]);
    let (_folder, out) = folder();
    let writer = start(&out, &[("a.html", "")]);
    writer.put(&site("a.html"), b"A").expect("written");
    fs::write(out.join("a.html"), "somebody else's").expect("written");
    let error = writer.finish().expect_err("in the way").to_string();
    assert!(error.contains("`a.html` appeared while the site was built"), "{error}");
    assert_eq!(tree(&out), BTreeMap::from([("a.html".to_owned(), "somebody else's".to_owned())]));
}

#[test]
fn the_site_of_a_first_build_that_was_killed_is_swept() {
    let (_folder, out) = folder();
    let killed = start(&out, &[("a.html", "")]);
    killed.put(&site("a.html"), b"A").expect("written");
    std::mem::forget(killed);
    fs::create_dir_all(out.join(".recto-tmp/mine")).expect("made");
    build(&out, &[("b.html", "B")]);
    assert_eq!(names(&out), [".recto-tmp/", ".recto-tmp/mine/", "b.html"]);
}

#[cfg(unix)]
#[test]
fn no_symbolic_link_leads_out_of_the_folder() {
    let (folder, out) = folder();
    let elsewhere = folder.path().join("elsewhere");
    fs::create_dir(&elsewhere).expect("made");
    fs::write(elsewhere.join("page.html"), "theirs").expect("written");
    build(&out, &[("docs/page.html", "P"), ("leaf.html", "L")]);
    fs::remove_dir_all(out.join("docs")).expect("removed");
    std::os::unix::fs::symlink(&elsewhere, out.join("docs")).expect("linked");
    fs::remove_file(out.join("leaf.html")).expect("removed");
    std::os::unix::fs::symlink(elsewhere.join("page.html"), out.join("leaf.html")).expect("linked");
    let writer = start(&out, &[("docs/page.html", ""), ("leaf.html", "")]);
    assert!(matches!(writer.put(&site("docs/page.html"), b"new"), Err(OutputError::Io { .. })));
    writer.put(&site("leaf.html"), b"new").expect("the link is replaced");
    drop(writer);
    build(&out, &[("a.html", "A")]);
    assert_eq!(fs::read_to_string(elsewhere.join("page.html")).expect("there"), "theirs");
    assert!(out.join("docs").is_symlink(), "recto made no links, so it removes none");
}

#[test]
fn a_folder_and_a_file_change_places() {
    let (_folder, out) = folder();
    build(&out, &[("a", "file"), ("b/c.html", "C"), ("b/d/e.html", "E")]);
    let done = build(&out, &[("a/x.html", "X"), ("b", "file")]);
    assert_eq!(done, Written { written: 2, unchanged: 0, removed: 3 });
    assert_eq!(names(&out), ["a/", "a/x.html", "b"]);
}

#[test]
fn what_is_not_rectos_and_in_the_way_is_an_error() {
    let (_folder, out) = folder();
    build(&out, &[("z.html", "Z")]);
    fs::write(out.join("a"), "mine").expect("written");
    fs::create_dir_all(out.join("b/mine")).expect("made");
    let writer = start(&out, &[("a/x.html", ""), ("b", "")]);
    for path in ["a/x.html", "b"] {
        let message = writer.put(&site(path), b"new").expect_err("in the way").to_string();
        assert!(message.contains("in its place"), "{message}");
    }
    assert_eq!(tree(&out)["a"], "mine");
}

#[test]
fn content_cannot_take_the_names_that_recto_needs() {
    let (_folder, out) = folder();
    let writer = start(&out, &[]);
    for name in [MANIFEST, "Recto-Manifest.json", ".recto-tmp/1-1"] {
        assert!(matches!(writer.put(&site(name), b"{}"), Err(OutputError::Io { .. })), "{name}");
    }
}

#[test]
fn a_page_whose_name_changed_only_its_case_survives() {
    let (_folder, out) = folder();
    build(&out, &[("Docs.html", "D")]);
    assert_eq!(build(&out, &[("docs.html", "D")]).unchanged + usize::from(cfg!(target_os = "linux")), 1);
    assert_eq!(tree(&out).values().filter(|text| *text == "D").count(), 1);
    // One file with two names stands in for a file system that ignores case.
    if fs::hard_link(out.join("docs.html"), out.join("DOCS.html")).is_ok() {
        build(&out, &[("DOCS.html", "D")]);
        assert!(out.join("docs.html").exists(), "it is the new page too");
    }
}

#[test]
fn many_threads_write_one_site() {
    let (_folder, out) = folder();
    let paths: Vec<SitePath> = (0..400).map(|n| site(&format!("f{}/g{}/p{n}.html", n % 7, n % 3))).collect();
    let writer = open(&out).expect("taken over");
    writer.plan(&paths).expect("planned");
    std::thread::scope(|scope| {
        for part in paths.chunks(100) {
            let writer = &writer;
            scope.spawn(move || {
                part.iter().for_each(|path| writer.put(path, path.as_str().as_bytes()).expect("written"))
            });
        }
    });
    assert_eq!(writer.finish().expect("finished").written, 400);
    assert!(
        paths.iter().all(|path| fs::read_to_string(out.join(path.as_str())).is_ok_and(|text| text == path.as_str()))
    );
}
