//! Writes the site: only what changed, each file whole or not at all, and nothing that is not recto's.
//!
//! 1. [`Writer::open`] refuses a folder that holds sources or somebody else's files.
//! 2. [`Writer::plan`] notes in the manifest what is to come, before the first file is written.
//! 3. [`Writer::put`] and [`Writer::copy`], from any number of threads, leave equal files alone and replace others in
//!    one step: a temporary file, then a rename. A first build has none to replace and makes the whole site aside.
//! 4. [`Writer::finish`] removes what the manifest lists and this build did not write, and writes the manifest anew. A
//!    first build moves its site into place, the manifest before all else.
//!
//! So a build that is killed leaves every file old or new, and all that it made is in the manifest, as recto's own. The
//! move of a first build costs a rename for each file at the top, not one for each page.

mod folder;
mod manifest;

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::path::SitePath;
use crate::report::paths::plain;
use folder::{Entry, entry, is_same_text};
use manifest::Manifest;

/// Why the output cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The folder is not one that recto may write to: a wrong command line or configuration.
    #[error("cannot write to `{}`: {reason}", plain(folder))]
    Refused {
        /// The output folder.
        folder: PathBuf,
        /// Why, and what to do.
        reason: String,
    },
    /// Reading or writing failed.
    #[error("cannot {action} `{}`: {cause}", plain(path))]
    Io {
        /// `write`, `read`, `remove` ..
        action: &'static str,
        /// What.
        path: PathBuf,
        /// Why; part of the message, so no source of its own.
        cause: io::Error,
    },
    /// The user ended the build; what is in the folder is consistent.
    #[error("interrupted")]
    Interrupted,
}

/// Refuses an output folder that is not recto's to write to. It need not exist.
///
/// Refused: a file; a folder that is or contains one of `sources`; a folder with files but without a manifest of recto's.
pub fn check(out: &Path, sources: &[&Path]) -> Result<(), OutputError> {
    let refuse = |reason: String| Err(OutputError::Refused { folder: out.to_owned(), reason });
    if out.is_file() {
        return refuse("it is a file; choose another folder with -o".to_owned());
    }
    let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let root = real(out);
    if let Some(source) = sources.iter().find(|source| real(source).starts_with(&root)) {
        return refuse(format!("it holds the sources in `{}`; choose another folder with -o", plain(source)));
    }
    let has_manifest = root.join(manifest::NAME).symlink_metadata().is_ok();
    if root.is_dir() && !has_manifest && folder::holds_foreign_files(&root).map_err(failed("read", out))? {
        return refuse(format!(
            "it is not empty, and recto did not make it (there is no `{}` in it); \
             choose another folder with -o, or empty this one",
            manifest::NAME
        ));
    }
    Ok(())
}

/// Adds what was done to which file to an I/O error.
fn failed(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> OutputError {
    move |cause| OutputError::Io { action, path: path.to_owned(), cause }
}

/// What a build did to its output folder, in files; the manifest is not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// New or changed.
    pub written: usize,
    /// Left as they were.
    pub unchanged: usize,
    /// Made by an earlier build and no longer part of the site.
    pub removed: usize,
}

/// An output folder while a build writes to it. Dropped without [`Writer::finish`], it removes nothing.
#[derive(Debug)]
pub struct Writer {
    /// The output folder.
    out: PathBuf,
    /// Where files are written: the output folder, or for a first build the folder that its site is made in.
    root: PathBuf,
    stop: Arc<AtomicBool>,
    /// What lies in the folder as the last build that finished, or those that did not, noted it.
    manifest: Mutex<Manifest>,
    /// Every path that is or may be recto's: the manifest at the start, and all that was planned since.
    known: RwLock<FxHashSet<SitePath>>,
    /// What this build is about to write; a listed file that is not among it may make room.
    planned: RwLock<FxHashSet<SitePath>>,
    written: Mutex<FxHashSet<SitePath>>,
    /// Folders that exist and are no symbolic links.
    folders: RwLock<FxHashSet<String>>,
    temporary: AtomicUsize,
    changed: AtomicUsize,
    removed: AtomicUsize,
}

/// The folder for files that are not whole yet. It exists only while files are written.
const TEMPORARY: &str = ".recto-tmp";

/// A copy up to this many bytes is always compared with its source.
const COMPARED: u64 = 64 << 10;

/// Bytes that are compared or copied at once.
const CHUNK: usize = 64 << 10;

impl Writer {
    /// Takes over `out`, which is made if it does not exist, unless [`check`] refuses it or its manifest cannot be read.
    ///
    /// A folder *inside* the sources is fine. `stop` ends the build between two files.
    pub fn open(out: &Path, sources: &[&Path], stop: Arc<AtomicBool>) -> Result<Writer, OutputError> {
        check(out, sources)?;
        fs::create_dir_all(out).map_err(failed("create", out))?;
        let root = fs::canonicalize(out).map_err(failed("open", out))?;
        // Where `docs/new/../..` leads is known only now that `new` exists.
        check(&root, sources)?;
        let refuse = |reason| OutputError::Refused { folder: out.to_owned(), reason };
        let manifest = Manifest::read(&root).map_err(refuse)?;
        folder::sweep(&root.join(TEMPORARY));
        let (out, mut root) = (root.clone(), root);
        if !manifest.exists() {
            root.extend([TEMPORARY, &format!("{}-{}", folder::FIRST, std::process::id())]);
            fs::create_dir_all(&root).map_err(failed("create", &root))?;
        }
        Ok(Writer {
            known: RwLock::new(manifest.files().clone()),
            manifest: Mutex::new(manifest),
            out,
            root,
            stop,
            planned: RwLock::default(),
            written: Mutex::default(),
            folders: RwLock::new(FxHashSet::from_iter([String::new()])),
            temporary: AtomicUsize::new(0),
            changed: AtomicUsize::new(0),
            removed: AtomicUsize::new(0),
        })
    }

    /// Notes what is to come, before it is written. Name all files at once: each call may rewrite the manifest.
    pub fn plan<'a>(&self, paths: impl IntoIterator<Item = &'a SitePath>) -> Result<(), OutputError> {
        let mut manifest = lock(&self.manifest);
        self.planned.write().unwrap_or_else(PoisonError::into_inner).extend(paths.into_iter().cloned());
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        let before = known.len();
        known.extend(self.planned.read().unwrap_or_else(PoisonError::into_inner).iter().cloned());
        if known.len() == before && manifest.exists() {
            return Ok(());
        }
        self.write_manifest(&mut manifest, &known)
    }

    /// Writes a file, unless it is there with the same bytes.
    pub fn put(&self, path: &SitePath, bytes: &[u8]) -> Result<(), OutputError> {
        let target = self.prepare(path)?;
        let found = self.found(&target)?;
        let is_same = matches!(&found, Entry::File(old) if old.len() == bytes.len() as u64)
            && is_same_text(&target, bytes).map_err(failed("read", &target))?;
        if !is_same {
            self.clear(path, &target, &found)?;
            self.replace(&target, |file| file.write_all(bytes))?;
            self.changed.fetch_add(1, Ordering::Relaxed);
        }
        lock(&self.written).insert(path.clone());
        Ok(())
    }

    /// Copies a file, unless it is there with the same bytes.
    ///
    /// A copy gets its source's time of change. A long file of equal length and time is taken for equal; where the times
    /// differ (a fresh clone), and for short files, which may well share both (icons), the bytes are compared.
    pub fn copy(&self, path: &SitePath, from: &Path) -> Result<(), OutputError> {
        let target = self.prepare(path)?;
        let found = self.found(&target)?;
        let mut source = File::open(from).map_err(failed("read", from))?;
        let about = source.metadata().map_err(failed("read", from))?;
        let is_same = match &found {
            Entry::File(old) if old.len() == about.len() => {
                let is_as_old = matches!((old.modified(), about.modified()), (Ok(old), Ok(new)) if old == new);
                (is_as_old && about.len() > COMPARED)
                    || folder::is_same_file(&target, &mut source).map_err(failed("read", &target))?
            }
            _ => false,
        };
        if !is_same {
            self.clear(path, &target, &found)?;
            let mut source = File::open(from).map_err(failed("read", from))?;
            self.replace(&target, |file| {
                io::copy(&mut source, file)?;
                about.modified().map_or(Ok(()), |time| file.set_modified(time))
            })?;
            self.changed.fetch_add(1, Ordering::Relaxed);
        }
        lock(&self.written).insert(path.clone());
        Ok(())
    }

    /// What lies where a file is to be; a site that is made aside is not asked.
    fn found(&self, target: &Path) -> Result<Entry, OutputError> {
        if self.is_first() { Ok(Entry::Nothing) } else { entry(target).map_err(failed("read", target)) }
    }

    /// Removes what is no longer part of the site, and writes the manifest.
    pub fn finish(self) -> Result<Written, OutputError> {
        let written = std::mem::take(&mut *lock(&self.written));
        let known = std::mem::take(&mut *self.known.write().unwrap_or_else(PoisonError::into_inner));
        let mut stale: Vec<&SitePath> = known.difference(&written).collect();
        stale.sort();
        self.remove_stale(&stale, &written)?;
        let mut manifest = lock(&self.manifest);
        if !manifest.exists() || *manifest.files() != written {
            self.write_manifest(&mut manifest, &written)?;
        }
        if self.is_first() {
            folder::move_all(&self.root, &self.out, manifest::NAME).map_err(failed("write", &self.out))?;
        }
        let (changed, removed) = (self.changed.load(Ordering::Relaxed), self.removed.load(Ordering::Relaxed));
        Ok(Written { written: changed, unchanged: written.len().saturating_sub(changed), removed })
    }

    /// Whether the site is made aside and moved into place as a whole.
    fn is_first(&self) -> bool {
        self.root != self.out
    }

    fn write_manifest(&self, manifest: &mut Manifest, files: &FxHashSet<SitePath>) -> Result<(), OutputError> {
        let text = manifest.set(files);
        let target = self.root.join(manifest::NAME);
        self.replace(&target, |file| file.write_all(&text))
    }

    fn remove_stale(&self, stale: &[&SitePath], written: &FxHashSet<SitePath>) -> Result<(), OutputError> {
        // Where the site is made aside, nothing is stale that is not already absent.
        if stale.is_empty() || self.is_first() {
            return Ok(());
        }
        let spellings: FxHashMap<String, &SitePath> =
            written.iter().map(|path| (path.as_str().to_lowercase(), path)).collect();
        for path in stale {
            // Where `A.html` and `a.html` are one file, the new page must not go with the old name.
            let new = spellings.get(&path.as_str().to_lowercase());
            if !new.is_some_and(|new| folder::is_one_file(&self.root, path, new)) {
                self.remove(path, "")?;
            }
        }
        Ok(())
    }

    /// Removes a file, and the folders that become empty, as far up as `within`.
    fn remove(&self, path: &SitePath, within: &str) -> Result<(), OutputError> {
        let was_there =
            folder::remove(&self.root, path, within).map_err(failed("remove", &self.root.join(path.as_str())))?;
        self.removed.fetch_add(usize::from(was_there), Ordering::Relaxed);
        Ok(())
    }

    /// Checks a path, notes it, and makes its folder.
    fn prepare(&self, path: &SitePath) -> Result<PathBuf, OutputError> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(OutputError::Interrupted);
        }
        let target = self.root.join(path.as_str());
        if let Err(reason) = check_name(path) {
            return Err(failed("write", &target)(io::Error::new(io::ErrorKind::InvalidInput, reason)));
        }
        if !self.planned.read().unwrap_or_else(PoisonError::into_inner).contains(path) {
            self.plan([path])?;
        }
        self.make_folder(path.parent())?;
        Ok(target)
    }

    /// Makes a folder and those above it. A stale file of recto's in its place makes room.
    fn make_folder(&self, path: &str) -> Result<(), OutputError> {
        if self.folders.read().unwrap_or_else(PoisonError::into_inner).contains(path) {
            return Ok(());
        }
        self.make_folder(crate::path::parent(path))?;
        let mut folders = self.folders.write().unwrap_or_else(PoisonError::into_inner);
        let target = self.root.join(path);
        match entry(&target).map_err(failed("read", &target))? {
            Entry::Folder => {}
            Entry::Nothing => fs::create_dir(&target).map_err(failed("create", &target))?,
            Entry::File(_) if self.is_stale(path) => {
                folder::patiently(|| fs::remove_file(&target)).map_err(failed("remove", &target))?;
                self.removed.fetch_add(1, Ordering::Relaxed);
                fs::create_dir(&target).map_err(failed("create", &target))?;
            }
            Entry::File(_) | Entry::Other => {
                let reason = "something that is no folder is in its place; move it away";
                return Err(failed("create", &target)(io::Error::new(io::ErrorKind::AlreadyExists, reason)));
            }
        }
        folders.insert(path.to_owned());
        Ok(())
    }

    /// Removes the stale files of a folder that lies where a file is to be.
    fn clear(&self, path: &SitePath, target: &Path, found: &Entry) -> Result<(), OutputError> {
        if !matches!(found, Entry::Folder) {
            return Ok(());
        }
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let is_inside = |file: &&SitePath| crate::path::below(file.as_str(), path.as_str()).is_some();
        let mut inside: Vec<SitePath> = known.iter().filter(is_inside).cloned().collect();
        drop(known);
        inside.sort();
        for file in inside.iter().filter(|file| self.is_stale(file.as_str())) {
            // Folders further up stay: another thread may be about to write there.
            self.remove(file, path.as_str())?;
        }
        if target.is_dir() {
            let reason = "a folder with other files is in its place; move it away";
            return Err(failed("write", target)(io::Error::new(io::ErrorKind::AlreadyExists, reason)));
        }
        Ok(())
    }

    /// Whether an earlier build wrote the file and this one does not.
    fn is_stale(&self, path: &str) -> bool {
        let Some(path) = SitePath::new(path) else { return false };
        self.known.read().unwrap_or_else(PoisonError::into_inner).contains(&path)
            && !self.planned.read().unwrap_or_else(PoisonError::into_inner).contains(&path)
    }

    /// Puts a whole file in its place: it is made elsewhere on the same file system, then renamed.
    fn replace(&self, target: &Path, fill: impl FnOnce(&mut File) -> io::Result<()>) -> Result<(), OutputError> {
        if self.is_first() {
            return File::create(target).and_then(|mut file| fill(&mut file)).map_err(failed("write", target));
        }
        let number = self.temporary.fetch_add(1, Ordering::Relaxed);
        let folder = self.root.join(TEMPORARY);
        let temporary = folder.join(format!("{}-{number}", std::process::id()));
        let create = || File::options().write(true).create_new(true).open(&temporary);
        let result = create()
            .or_else(|error| match error.kind() {
                io::ErrorKind::NotFound => fs::create_dir_all(&folder).and_then(|()| create()),
                _ => Err(error),
            })
            .and_then(|mut file| fill(&mut file))
            .and_then(|()| folder::patiently(|| fs::rename(&temporary, target)));
        if result.is_err() {
            let _ = fs::remove_file(&temporary);
        }
        result.map_err(failed("write", target))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if self.is_first() {
            let _ = fs::remove_dir_all(&self.root);
        }
        // Only when it is empty: what a killed build left is swept when the next one begins.
        let _ = fs::remove_dir(self.out.join(TEMPORARY));
    }
}

/// Whether a path may be written: it stays below the folder on every platform, and is none of the writer's own names.
fn check_name(path: &SitePath) -> Result<(), &'static str> {
    let is_plain = Path::new(path.as_str()).components().all(|part| matches!(part, std::path::Component::Normal(_)));
    if !is_plain || path.as_str().is_empty() {
        return Err("the path leads out of the output folder");
    }
    let first = path.as_str().split('/').next().unwrap_or_default();
    if first.eq_ignore_ascii_case(manifest::NAME) || first.eq_ignore_ascii_case(TEMPORARY) {
        return Err("recto needs this name for itself");
    }
    Ok(())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
