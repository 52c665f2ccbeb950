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
    symlink(root.join("a.md"), root.join("in.md")).expect("linked");
    symlink(&root, root.join("b/circle")).expect("linked");
    symlink(root.join("b/.git"), root.join("hidden")).expect("linked");
    symlink(root.join("b/.git/d.md"), root.join("hidden.md")).expect("linked");
    let sources = Sources::disk(root);
    let files: Vec<String> = sources.walk("").iter().map(ToString::to_string).collect();
    assert_eq!(files, ["a.md", "b/c.md", "in.md"]);
    assert!(["in.md", "b/circle/a.md"].iter().all(|path| sources.find(path).is_some()));
    let hidden = ["out.md", "b/.git/d.md", "hidden/d.md", "hidden.md", "b/circle/b/.git/d.md"];
    assert!(hidden.iter().all(|path| sources.find(path).is_none()));
}
