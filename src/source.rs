//! The files of a repository, and places in them.
//!
//! [`Sources`] is the only door to the content on disk: it hands out [`FileId`]s, finds files without
//! regard to case, and never follows a path or a symbolic link out of the repository. In tests it
//! stands on strings instead of a disk.

mod lines;
mod walk;

use std::collections::BTreeMap;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

use rustc_hash::FxHashMap;

use crate::path::{self, RepoPath};

pub use lines::{Lines, Position};
pub use walk::{Reason, Unreadable, Walk};

/// A file of the repository; valid for the [`Sources`] that handed it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(u32);

/// A range of bytes in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The bytes `range` of `file`. Offsets beyond 4 GiB are cut off: no file is read that is so long.
    pub fn new(file: FileId, range: std::ops::Range<usize>) -> Span {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span { file, start: offset(range.start), end: offset(range.end) }
    }

    /// The range of bytes.
    pub fn bytes(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Where the bytes come from.
#[derive(Debug)]
enum Store {
    Disk(PathBuf),
    Memory(BTreeMap<String, Arc<[u8]>>),
}

/// What a folder holds: by lower-case name, the name as it is spelt and whether it is a folder.
type Folder = FxHashMap<String, Vec<(String, bool)>>;

/// A file that was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The file.
    pub file: FileId,
    /// Whether the path was spelt as the file is, case and all.
    pub is_exact: bool,
}

/// The files of one repository.
#[derive(Debug)]
pub struct Sources {
    store: Store,
    /// Texts that stand for files, whatever the store holds: standard input, the unsaved text of an editor.
    overlay: RwLock<FxHashMap<RepoPath, Arc<[u8]>>>,
    table: RwLock<Table>,
    folders: RwLock<FxHashMap<String, Arc<Folder>>>,
    /// What was found, by the path that was asked for: articles link to the same files again and again.
    found: RwLock<FxHashMap<Box<str>, Found>>,
}

#[derive(Debug, Default)]
struct Table {
    paths: Vec<RepoPath>,
    ids: FxHashMap<RepoPath, FileId>,
}

/// A file longer than this is not read as text: 64 MiB.
const MAX_FILE_BYTES: u64 = 64 << 20;

impl Sources {
    /// The files below `root`, which must be an absolute, canonical path.
    pub fn disk(root: PathBuf) -> Sources {
        Sources::new(Store::Disk(root))
    }

    /// Files made from `(path, text)` pairs, for tests and for text that comes from elsewhere.
    pub fn memory<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Sources {
        let files = files.into_iter().map(|(path, text)| (path.to_owned(), Arc::from(text.as_bytes())));
        Sources::new(Store::Memory(files.collect()))
    }

    fn new(store: Store) -> Sources {
        let (overlay, table, folders, found) = Default::default();
        Sources { store, overlay, table, folders, found }
    }

    /// The folder on disk that paths are relative to; `None` for files in memory.
    pub fn root(&self) -> Option<&Path> {
        match &self.store {
            Store::Disk(root) => Some(root),
            Store::Memory(_) => None,
        }
    }

    /// Where a file lies on disk (in memory: its path).
    pub fn location(&self, path: &RepoPath) -> PathBuf {
        match &self.store {
            Store::Disk(root) if path.as_str().is_empty() => root.clone(),
            Store::Disk(root) => root.join(path.as_str()),
            Store::Memory(_) => PathBuf::from(path.as_str()),
        }
    }

    /// The id of a path; the file need not exist.
    pub fn id(&self, path: &RepoPath) -> FileId {
        if let Some(id) = read(&self.table).ids.get(path) {
            return *id;
        }
        let mut table = write(&self.table);
        if let Some(id) = table.ids.get(path) {
            return *id;
        }
        let id = FileId(u32::try_from(table.paths.len()).expect("fewer than 4 billion files"));
        table.paths.push(path.clone());
        table.ids.insert(path.clone(), id);
        id
    }

    /// The path of a file.
    pub fn path(&self, file: FileId) -> RepoPath {
        read(&self.table).paths[file.0 as usize].clone()
    }

    /// Finds a file, spelt with any case. An exact spelling wins over others.
    ///
    /// Never finds a folder, nor what a symbolic link leads out of the repository, nor what lies in `.git`, where a
    /// checkout may keep credentials.
    pub fn find(&self, path: &str) -> Option<Found> {
        if let Some(found) = read(&self.found).get(path) {
            return Some(*found);
        }
        let (real, is_folder, is_exact) = self.locate(path)?;
        if is_folder {
            return None;
        }
        let found = Found { file: self.id(&RepoPath::new(&real)?), is_exact };
        write(&self.found).insert(path.into(), found);
        Some(found)
    }

    /// Finds a folder, spelt with any case, and returns it as it is spelt.
    pub fn find_folder(&self, path: &str) -> Option<RepoPath> {
        let (real, is_folder, _) = self.locate(path)?;
        if is_folder { RepoPath::new(&real) } else { None }
    }

    fn locate(&self, path: &str) -> Option<(String, bool, bool)> {
        // Hardly a path has a name that begins with a dot, and needs a closer look.
        if (path.starts_with('.') || path.contains("/.")) && path.split('/').any(walk::is_git) {
            return None;
        }
        if let Some(is_folder) = self.known(path) {
            return Some((path.to_owned(), is_folder, true));
        }
        let mut real = String::with_capacity(path.len());
        let (mut is_folder, mut is_exact) = (true, true);
        for part in path.split('/').filter(|part| !part.is_empty()) {
            if !is_folder {
                return None;
            }
            let folder = self.folder(&real);
            let spellings = folder.get(&part.to_lowercase())?;
            let exact = spellings.iter().find(|(name, _)| name == part);
            is_exact &= exact.is_some();
            let (name, folder_too) = exact.or(spellings.first())?;
            if !real.is_empty() {
                real.push('/');
            }
            real.push_str(name);
            is_folder = *folder_too;
        }
        Some((real, is_folder, is_exact))
    }

    /// Whether it is a folder, if the path is spelt as it is on disk, and its folder was looked into before: most are.
    fn known(&self, path: &str) -> Option<bool> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let folder = read(&self.folders).get(folder)?.clone();
        let spellings = folder.get(&name.to_lowercase())?;
        spellings.iter().find(|(spelt, _)| spelt == name).map(|(_, is_folder)| *is_folder)
    }

    /// The names in a folder, sorted, and whether each is a folder. Lists only what [`Sources::find_folder`] finds.
    pub fn list(&self, folder: &str) -> Vec<(String, bool)> {
        let Some(folder) = self.find_folder(folder) else { return Vec::new() };
        let folder = self.folder(folder.as_str());
        let mut names: Vec<_> = folder.values().flatten().filter(|(name, _)| !walk::is_git(name)).cloned().collect();
        names.sort();
        names
    }

    fn folder(&self, path: &str) -> Arc<Folder> {
        if let Some(folder) = read(&self.folders).get(path) {
            return folder.clone();
        }
        let mut folder = Folder::default();
        for (name, is_folder) in self.names(path) {
            folder.entry(name.to_lowercase()).or_default().push((name, is_folder));
        }
        folder.values_mut().for_each(|spellings| spellings.sort());
        let folder = Arc::new(folder);
        let mut folders = write(&self.folders);
        folders.insert(path.to_owned(), folder.clone());
        folder
    }

    fn names(&self, folder: &str) -> Vec<(String, bool)> {
        match &self.store {
            Store::Disk(root) => walk::names(root, folder),
            Store::Memory(files) => {
                let mut names: Vec<_> = files
                    .keys()
                    .filter_map(|file| path::below(file, folder))
                    .map(|rest| {
                        rest.split_once('/').map_or((rest.to_owned(), false), |(name, _)| (name.to_owned(), true))
                    })
                    .collect();
                names.sort();
                names.dedup();
                names
            }
        }
    }

    /// Every file below a folder, at any depth.
    ///
    /// Symbolic links to folders are not followed, and what a symbolic link leads out of the repository is
    /// left out; so are `.git`, `node_modules`, pipes and devices.
    pub fn walk(&self, folder: &str) -> Walk {
        let mut walk = match &self.store {
            Store::Disk(root) => walk::on_disk(root, folder),
            Store::Memory(files) => {
                let below = files.keys().filter(|path| path::below(path, folder).is_some());
                let content = below.filter(|path| !path.split('/').any(walk::is_never_content));
                Walk { files: content.filter_map(|path| RepoPath::new(path)).collect(), unreadable: Vec::new() }
            }
        };
        walk.files.sort();
        walk
    }

    /// At most the first `length` bytes of a file.
    pub fn read_start(&self, file: FileId, length: usize) -> io::Result<Vec<u8>> {
        let Store::Disk(_) = &self.store else {
            let mut bytes = self.read(file)?;
            bytes.truncate(length);
            return Ok(bytes);
        };
        let mut bytes = Vec::with_capacity(length);
        std::fs::File::open(self.location(&self.path(file)))?.take(length as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// The bytes of a file.
    pub fn read(&self, file: FileId) -> io::Result<Vec<u8>> {
        let path = self.path(file);
        if let Some(text) = read(&self.overlay).get(&path) {
            return Ok(text.to_vec());
        }
        match &self.store {
            Store::Memory(files) => files
                .get(path.as_str())
                .map(|bytes| bytes.to_vec())
                .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound)),
            Store::Disk(_) => {
                let mut file = std::fs::File::open(self.location(&path))?;
                let length = file.metadata()?.len();
                if length > MAX_FILE_BYTES {
                    return Err(io::Error::other("the file is longer than 64 MiB"));
                }
                let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
                file.read_to_end(&mut bytes)?;
                Ok(bytes)
            }
        }
    }

    /// The bytes of a file as text; what is not UTF-8 becomes U+FFFD.
    pub fn read_lossy(&self, file: FileId) -> io::Result<String> {
        let bytes = self.read(file)?;
        Ok(String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
    }

    /// Lets `text` stand for a file, which need not exist, when it is read.
    pub fn overlay(&self, path: &RepoPath, text: Vec<u8>) -> FileId {
        let mut overlay = write(&self.overlay);
        overlay.insert(path.clone(), text.into());
        self.id(path)
    }

    /// Forgets what folders hold, so that files made or removed since are seen.
    pub fn refresh(&self) {
        write(&self.folders).clear();
        write(&self.found).clear();
    }

    /// The folders that were looked into since the last [`Sources::refresh`]: what comes or goes in them may matter.
    pub fn listed_folders(&self) -> Vec<String> {
        read(&self.folders).keys().cloned().collect()
    }

    /// Replaces a file in memory, or removes it (`None`). Files on disk change by themselves.
    pub fn edit(&mut self, path: &str, text: Option<&str>) {
        if let Store::Memory(files) = &mut self.store {
            match text {
                Some(text) => files.insert(path.to_owned(), Arc::from(text.as_bytes())),
                None => files.remove(path),
            };
        }
        self.refresh();
    }
}

fn read<T>(lock: &RwLock<T>) -> std::sync::RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> std::sync::RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_without_case() {
        let sources = Sources::memory([("Docs/Read Me.md", ""), ("docs/other.md", "")]);
        let found = sources.find("docs/OTHER.md").expect("found");
        assert!(!found.is_exact);
        assert_eq!(sources.path(found.file).as_str(), "docs/other.md");
        assert!(sources.find("Docs/Read Me.md").expect("found").is_exact);
        assert!(sources.find("Docs").is_none());
    }

    #[test]
    fn nothing_in_git_s_own_folder_is_found() {
        let sources = Sources::memory([(".git/config", "token"), ("a/.GIT/config", "token"), (".github/a.md", "")]);
        assert!(sources.find(".git/config").is_none() && sources.find("a/.GIT/config").is_none());
        assert!(sources.find_folder(".git").is_none() && sources.list(".git").is_empty());
        assert_eq!(sources.list(""), [(".github".to_owned(), true), ("a".to_owned(), true)]);
        assert!(sources.find(".github/a.md").is_some());
    }
}
