//! Tells when files change.
//!
//! Where the system watches single folders (inotify), exactly those are watched that the site looks into; elsewhere one
//! recursive watch on the outermost of them costs less. What an editor's save or a checkout causes comes as one list.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _, WatcherKind};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

/// A file must be quiet for so long: editors write in several steps.
const QUIET: Duration = Duration::from_millis(20);
const TICK: Duration = Duration::from_millis(5);

/// What the file system tells.
#[derive(Debug)]
pub enum Event {
    /// Files or folders that changed, came or went.
    Changed(Vec<PathBuf>),
    /// Events were lost: anything may have changed.
    Anything,
}

/// Watches folders.
pub struct Watcher {
    debouncer: Option<Debouncer<RecommendedWatcher, RecommendedCache>>,
    watched: BTreeSet<PathBuf>,
    /// Whether the system refused a folder; it is asked for no more.
    is_full: bool,
}

impl Watcher {
    /// Starts to watch; `tell` is called on a thread of its own. The second value says why nothing can be watched.
    pub fn new(mut tell: impl FnMut(Event) + Send + 'static) -> (Watcher, Option<String>) {
        let handle = move |result: DebounceEventResult| match result {
            Ok(events) if events.iter().any(|event| event.need_rescan()) => tell(Event::Anything),
            Ok(events) => {
                let changes = events.iter().filter(|event| !matches!(event.kind, EventKind::Access(_)));
                let paths: BTreeSet<&PathBuf> = changes.flat_map(|event| &event.paths).collect();
                if !paths.is_empty() {
                    tell(Event::Changed(paths.into_iter().cloned().collect()));
                }
            }
            Err(_) => tell(Event::Anything),
        };
        match new_debouncer(QUIET, Some(TICK), handle) {
            Ok(debouncer) => (Watcher { debouncer: Some(debouncer), watched: BTreeSet::new(), is_full: false }, None),
            Err(error) => (Watcher { debouncer: None, watched: BTreeSet::new(), is_full: true }, Some(advice(&error))),
        }
    }

    /// Watches `folders` too. Gives advice when the system refuses one; then it is asked for no more.
    pub fn follow(&mut self, folders: BTreeSet<PathBuf>) -> Option<String> {
        let debouncer = self.debouncer.as_mut().filter(|_| !self.is_full)?;
        let mode = if is_single() { RecursiveMode::NonRecursive } else { RecursiveMode::Recursive };
        for folder in folders {
            if is_watched(&self.watched, &folder) || !folder.is_dir() {
                continue;
            }
            match debouncer.watch(&folder, mode) {
                Ok(()) => {
                    self.watched.insert(folder);
                }
                Err(error) if folder.is_dir() => {
                    self.is_full = true;
                    return Some(advice(&error));
                }
                // It has gone while this loop ran.
                Err(_) => {}
            }
        }
        None
    }

    /// Whether a folder that is followed has gone: nobody tells when it comes again.
    pub fn has_lost(&self, folder: &Path) -> bool {
        self.debouncer.is_some() && !self.is_full && !is_watched(&self.watched, folder)
    }

    /// Forgets folders at or below paths that changed: a folder that went and came again is another one.
    pub fn forget(&mut self, changed: &[PathBuf]) {
        for path in changed {
            let below = self.watched.range(path.clone()..).take_while(|folder| folder.starts_with(path));
            for folder in below.cloned().collect::<Vec<_>>() {
                self.watched.remove(&folder);
                if let Some(debouncer) = &mut self.debouncer {
                    // Fails for what is gone, which is why it is forgotten.
                    let _ = debouncer.unwatch(&folder);
                }
            }
        }
    }
}

/// Whether the system watches each folder by itself.
fn is_single() -> bool {
    RecommendedWatcher::kind() == WatcherKind::Inotify
}

fn is_watched(watched: &BTreeSet<PathBuf>, folder: &Path) -> bool {
    watched.contains(folder) || !is_single() && folder.ancestors().any(|above| watched.contains(above))
}

/// The folder and all folders in it, but for those of tools and the output.
pub fn with_subfolders(folder: &Path, output: &Path) -> impl Iterator<Item = PathBuf> {
    let walk = walkdir::WalkDir::new(folder).into_iter();
    let walk =
        walk.filter_entry(|entry| entry.depth() == 0 || entry.file_type().is_dir() && !is_of_tools(entry.path()));
    walk.flatten()
        .filter(|entry| entry.file_type().is_dir())
        .map(walkdir::DirEntry::into_path)
        .filter(move |folder| !folder.starts_with(output))
}

/// Whether a folder belongs to a tool: nobody writes documentation in it.
fn is_of_tools(folder: &Path) -> bool {
    let is_named = folder.file_name().is_some_and(|name| name == ".git" || name == "node_modules");
    is_named || folder.join("CACHEDIR.TAG").is_file()
}

fn advice(error: &notify::Error) -> String {
    let is_limit = match &error.kind {
        notify::ErrorKind::MaxFilesWatch => true,
        notify::ErrorKind::Io(error) => error.raw_os_error() == Some(24),
        _ => false,
    };
    if is_limit {
        return "the system lets no more folders be watched, so changes in some are not seen; on Linux raise the limits with \
                `sudo sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512`, then serve again"
            .to_owned();
    }
    format!("some files cannot be watched, so their changes are not seen: {error}")
}
