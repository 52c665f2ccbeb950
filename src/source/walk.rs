//! What lies in the folders of a disk, as far as it may be content.

use std::ffi::OsStr;
use std::fs::FileType;
use std::path::Path;

use crate::path::RepoPath;

/// What lies below a folder.
#[derive(Debug, Default)]
pub struct Walk {
    /// The files, sorted by path.
    pub files: Vec<RepoPath>,
    /// What was left out although it lies there.
    pub unreadable: Vec<Unreadable>,
}

/// A file or folder that cannot be read.
#[derive(Debug)]
pub struct Unreadable {
    /// Its path; what is no UTF-8 in it is U+FFFD.
    pub path: String,
    /// Why.
    pub reason: Reason,
}

/// Why a file or folder cannot be read.
#[derive(Debug)]
pub enum Reason {
    /// Its name can stand in no link: it is not UTF-8, or holds a `\`.
    Name,
    /// What the system says.
    System(String),
}

/// The names in a folder, and whether each is a folder itself.
pub(super) fn names(root: &Path, folder: &str) -> Vec<(String, bool)> {
    let Ok(entries) = std::fs::read_dir(root.join(folder)) else { return Vec::new() };
    entries
        .flatten()
        .filter_map(|entry| {
            let name = name(&entry.file_name())?.to_owned();
            let kind = entry.file_type().ok()?;
            if !kind.is_symlink() {
                return is_plain(kind).then(|| (name, kind.is_dir()));
            }
            let target = entry.path().canonicalize().ok()?;
            let is_there = is_inside(root, &target) && target.metadata().is_ok_and(|about| is_plain(about.file_type()));
            is_there.then(|| (name, target.is_dir()))
        })
        .collect()
}

/// Folders that hold no content, whatever the configuration says.
pub(super) fn is_never_content(name: &str) -> bool {
    is_git(name) || name == "node_modules"
}

/// Every file below a folder, in no order.
pub(super) fn on_disk(root: &Path, folder: &str) -> Walk {
    let mut walk = Walk::default();
    let shown = |path: &Path| path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned();
    let entries = walkdir::WalkDir::new(root.join(folder)).min_depth(1).into_iter();
    for entry in entries.filter_entry(|entry| !entry.file_name().to_str().is_some_and(is_never_content)) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = shown(error.path().unwrap_or(root));
                let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                walk.unreadable.push(Unreadable { path, reason: Reason::System(reason) });
                continue;
            }
        };
        let (kind, path) = (entry.file_type(), entry.path());
        if kind.is_dir() || !(kind.is_file() || kind.is_symlink() && is_file_inside(root, path)) {
            continue;
        }
        let below = path.strip_prefix(root).ok().filter(|below| below.iter().all(|part| name(part).is_some()));
        match below.and_then(Path::to_str).and_then(RepoPath::new) {
            Some(path) => walk.files.push(path),
            None => walk.unreadable.push(Unreadable { path: shown(path), reason: Reason::Name }),
        }
    }
    walk
}

/// A name that may stand in a link.
fn name(name: &OsStr) -> Option<&str> {
    name.to_str().filter(|name| !name.contains('\\'))
}

/// A file or a folder. Reading a pipe or a device may take forever.
fn is_plain(kind: FileType) -> bool {
    kind.is_file() || kind.is_dir()
}

/// Whether a symbolic link leads to a file below `root`.
fn is_file_inside(root: &Path, link: &Path) -> bool {
    link.canonicalize().is_ok_and(|target| is_inside(root, &target) && target.is_file())
}

/// Whether a canonical path lies below `root`, and not in git's own folder.
fn is_inside(root: &Path, target: &Path) -> bool {
    target
        .strip_prefix(root)
        .is_ok_and(|rest| !rest.components().any(|part| is_git(&part.as_os_str().to_string_lossy())))
}

/// Whether a name is that of git's own folder.
pub(super) fn is_git(name: &str) -> bool {
    name.eq_ignore_ascii_case(".git")
}
