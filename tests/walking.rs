//! Which files of a disk are content.
#![cfg(unix)]

use std::os::unix::fs::symlink;

use recto::source::Sources;

#[test]
fn walking_stays_in_the_repository() {
    let folder = tempfile::tempdir().expect("a folder");
    let outside = folder.path().join("outside.md");
    let root = folder.path().canonicalize().expect("a folder").join("repository");
    std::fs::create_dir_all(root.join("b/.git")).expect("made");
    for file in ["a.md", "b/c.md", "b/.git/d.md"] {
        std::fs::write(root.join(file), "").expect("written");
    }
    std::fs::write(&outside, "").expect("written");
    symlink(&outside, root.join("out.md")).expect("linked");
    symlink(folder.path(), root.join("away")).expect("linked");
    symlink(root.join("a.md"), root.join("in.md")).expect("linked");
    symlink(&root, root.join("b/circle")).expect("linked");
    symlink(root.join("b/.git"), root.join("hidden")).expect("linked");
    symlink(root.join("b/.git/d.md"), root.join("hidden.md")).expect("linked");
    let sources = Sources::disk(root);
    let files: Vec<String> = sources.walk("").files.iter().map(ToString::to_string).collect();
    assert_eq!(files, ["a.md", "b/c.md", "in.md"]);
    assert!(["in.md", "b/circle/a.md"].iter().all(|path| sources.find(path).is_some()));
    let hidden = ["out.md", "b/.git/d.md", "hidden/d.md", "hidden.md", "b/circle/b/.git/d.md"];
    assert!(hidden.iter().all(|path| sources.find(path).is_none()));
    let closed = ["away", "b/.git", "hidden", "b/circle/b/.git"];
    assert!(closed.iter().all(|folder| sources.list(folder).is_empty()));
    assert_eq!(sources.list("b"), [("c.md".to_owned(), false), ("circle".to_owned(), true)]);
}

#[test]
fn what_cannot_be_read_is_told_and_nothing_waits_for_a_pipe() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().canonicalize().expect("a folder");
    std::fs::create_dir(root.join("closed")).expect("made");
    for name in ["a.md", "a\\b.md"] {
        std::fs::write(root.join(name), "").expect("written");
    }
    // macOS takes no such name.
    let is_named = std::fs::write(root.join(std::ffi::OsStr::from_bytes(b"\xff.md")), "").is_ok();
    let made = std::process::Command::new("mkfifo").args([root.join("pipe.md"), root.join("recto.yml")]).status();
    assert!(made.is_ok_and(|status| status.success()), "no pipes were made");
    std::fs::set_permissions(root.join("closed"), std::fs::Permissions::from_mode(0o0)).expect("closed");
    let sources = Sources::disk(root.clone());
    let walk = sources.walk("");
    let is_closed = std::fs::read_dir(root.join("closed")).is_err();
    std::fs::set_permissions(root.join("closed"), std::fs::Permissions::from_mode(0o755)).expect("open");
    let files: Vec<String> = walk.files.iter().map(ToString::to_string).collect();
    assert_eq!(files, ["a.md"]);
    assert!(sources.find("pipe.md").is_none() && sources.find("recto.yml").is_none());
    let mut unreadable: Vec<&str> = walk.unreadable.iter().map(|one| one.path.as_str()).collect();
    unreadable.sort_unstable();
    // Who may read everything finds nothing closed.
    let closed: &[&str] = if is_closed { &["closed"] } else { &[] };
    let misnamed: &[&str] = if is_named { &["\u{fffd}.md"] } else { &[] };
    assert_eq!(unreadable, [&["a\\b.md"], closed, misnamed].concat());
}
