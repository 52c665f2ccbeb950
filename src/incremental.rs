//! Builds a site again after a change: repeats only the stages that the change can reach.
//!
//! 1. Each changed path is nothing to the site, a text whose readers are known, or a change of the files themselves.
//! 2. Texts: the pages that read them (one reverse map, dependency -> pages) are compiled again.
//! 3. Files: configuration and files are read again; pages whose own file and dependencies stayed are kept.
//! 4. The index is made anew in any case: it is cheap, and every page may ask for what changed.
//!
//! After any sequence of changes the result equals a clean build, byte for byte.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;

use crate::config::{self, Config};
use crate::content::tree::{Entry, Kind};
use crate::diagnostic::{Diagnostics, Severity};
use crate::path::{self, RepoPath};
use crate::pipeline::{self, Index, Input};
use crate::site::page::Page;
use crate::source::{FileId, Sources};

/// Where a site is read from, and what the command line adds.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// The folder with the docs, a path in the repository.
    pub start: String,
    /// `--config FILE`.
    pub config: Option<RepoPath>,
    /// `--base-url URL`.
    pub base_url: Option<String>,
    /// The output folder, if it lies in the repository: nothing in it is content.
    pub output: Option<RepoPath>,
}

/// A site up to its index.
#[derive(Debug)]
pub struct Build {
    /// The configuration and the files.
    pub input: Arc<Input>,
    /// The pages, in the order of their entries.
    pub pages: Vec<Arc<Page>>,
    /// What the site knows of its pages.
    pub index: Index,
    /// What is wrong with the configuration.
    pub config_diagnostics: Diagnostics,
    places: Arc<FxHashMap<FileId, usize>>,
}

impl Build {
    /// The page that a file became.
    pub fn page(&self, file: FileId) -> Option<&Arc<Page>> {
        self.places.get(&file).map(|at| &self.pages[*at])
    }

    /// Everything that the stages found; `links` is what resolving the pages found.
    pub fn diagnostics(&self, links: Diagnostics) -> Diagnostics {
        let of_pages = self.pages.iter().flat_map(|page| &page.diagnostics);
        let of_site = self.input.diagnostics.iter().chain(&self.index.diagnostics).chain(&self.config_diagnostics);
        of_pages.chain(of_site).cloned().chain(links).collect()
    }
}

/// What was done about a change.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// How many pages were compiled.
    pub compiled: usize,
    /// Whether files other than texts may have changed: images, downloads, the set of files, the configuration.
    pub beyond_texts: bool,
    /// How long the stages took.
    pub stages: Vec<(&'static str, Duration)>,
}

/// What a changed path means to the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Nothing looks at it.
    Nothing,
    /// A file that was there before and is no configuration.
    Text,
    /// A resource that was there before.
    Resource,
    /// Files may have come or gone, or the configuration may have changed.
    Files,
}

/// A site that is built again and again.
#[derive(Debug)]
pub struct Incremental {
    sources: Arc<Sources>,
    origin: Origin,
    build: Arc<Build>,
    /// The pages that read a file, itself included, by the [`key`] of its path.
    readers: BTreeMap<String, BTreeSet<FileId>>,
}

impl Incremental {
    /// Builds a site. A configuration that is too broken to work with gives its mistakes instead.
    pub fn open(sources: Arc<Sources>, origin: Origin) -> Result<(Incremental, Change), Diagnostics> {
        sources.refresh();
        let (config, config_diagnostics) = configuration(&sources, &origin);
        if is_broken(&config_diagnostics) {
            return Err(config_diagnostics);
        }
        let mut change = Change { beyond_texts: true, ..Change::default() };
        let input = change.time("discover", || Arc::new(discover(&sources, config, &origin)));
        let build = assemble(input, config_diagnostics, &FxHashMap::default(), &mut change);
        let readers = readers(&sources, &build.pages);
        Ok((Incremental { sources, origin, build: Arc::new(build), readers }, change))
    }

    /// The site as it is now.
    pub fn build(&self) -> &Arc<Build> {
        &self.build
    }

    /// Every file that a page reads beside its own, also those that it looked for in vain.
    pub fn dependencies(&self) -> BTreeSet<RepoPath> {
        let files: BTreeSet<FileId> = self.build.pages.iter().flat_map(|page| &page.dependencies).copied().collect();
        files.into_iter().map(|file| self.sources.path(file)).collect()
    }

    /// Builds again after files changed, came or went; folders stand for all that is in them. Paths may be named that do
    /// not matter: `None` if none does.
    ///
    /// While the configuration is too broken to work with, the last good one holds, and its mistakes are reported.
    pub fn update(&mut self, changed: &[RepoPath]) -> Option<Change> {
        let reaches: Vec<(&RepoPath, Reach)> = changed.iter().map(|path| (path, self.reach(path))).collect();
        let is_any = |wanted: Reach| reaches.iter().any(|(_, reach)| *reach == wanted);
        let mut dirty = BTreeSet::new();
        for (path, reach) in &reaches {
            if *reach != Reach::Nothing {
                self.add_readers(path.as_str(), &mut dirty);
            }
        }
        if is_any(Reach::Files) {
            return Some(self.rebuild_with(|page| !dirty.contains(&page.file)));
        }
        if !is_any(Reach::Text) && !is_any(Reach::Resource) {
            return None;
        }
        let mut change = Change { beyond_texts: is_any(Reach::Resource), ..Change::default() };
        let input = self.build.input.clone();
        let kept = kept(&self.build, |page| !dirty.contains(&page.file));
        let config_diagnostics = self.build.config_diagnostics.clone();
        let build = assemble(input, config_diagnostics, &kept, &mut change);
        self.replace(build, &dirty);
        Some(change)
    }

    /// Builds everything again: for when it is not known what changed.
    pub fn rebuild(&mut self) -> Change {
        self.rebuild_with(|_| false)
    }

    /// Reads configuration and files again, and keeps the pages that `is_same` holds for, where it can.
    fn rebuild_with(&mut self, is_same: impl Fn(&Page) -> bool) -> Change {
        self.sources.refresh();
        let mut change = Change { beyond_texts: true, ..Change::default() };
        let old = self.build.clone();
        let (mut config, config_diagnostics) = configuration(&self.sources, &self.origin);
        if is_broken(&config_diagnostics) {
            config = old.input.config.clone();
        }
        let is_configured_alike = is_alike(&config, &old.input.config);
        let input = change.time("discover", || Arc::new(discover(&self.sources, config, &self.origin)));
        let kept = kept(&old, |page| is_configured_alike && is_same(page));
        let build = assemble(input, config_diagnostics, &kept, &mut change);
        self.readers = readers(&self.sources, &build.pages);
        self.build = Arc::new(build);
        change
    }

    /// Takes over a build whose pages are those of the last one, but for the `dirty` ones.
    fn replace(&mut self, build: Build, dirty: &BTreeSet<FileId>) {
        for file in dirty {
            let (old, new) = (self.build.page(*file), build.page(*file));
            for dependency in old.iter().flat_map(|page| &page.dependencies) {
                if let Some(readers) = self.readers.get_mut(&key(self.sources.path(*dependency).as_str())) {
                    readers.remove(file);
                }
            }
            new.iter().for_each(|page| add_page(&mut self.readers, &self.sources, page));
        }
        self.build = Arc::new(build);
    }

    fn reach(&self, path: &RepoPath) -> Reach {
        let kind = self.build.input.tree.entry(self.sources.id(path)).map(|entry| entry.kind);
        let found = fs::symlink_metadata(self.sources.location(path));
        let is_file = found.as_ref().is_ok_and(fs::Metadata::is_file);
        match kind {
            Some(Kind::Article | Kind::Toc) if is_file => Reach::Text,
            Some(Kind::Resource) if is_file && !self.may_configure(path) => Reach::Resource,
            // What pages include or show, or nobody reads: a log, say.
            None if is_file && !self.may_configure(path) && self.is_known(path) => {
                if self.readers_below(path.as_str()).next().is_some() { Reach::Text } else { Reach::Nothing }
            }
            _ if found.is_err() && !self.was_there(path) => Reach::Nothing,
            _ => Reach::Files,
        }
    }

    /// Whether a file may be configuration or redirections, whatever else it is: YAML, JSON, and what was named as such.
    fn may_configure(&self, path: &RepoPath) -> bool {
        let is_data = matches!(path.extension().as_str(), "yml" | "yaml" | "json");
        let named = &self.build.input.config.redirection_files;
        is_data || self.origin.config.as_ref() == Some(path) || named.contains(path)
    }

    /// Whether the file was there when its folder was last read.
    fn is_known(&self, path: &RepoPath) -> bool {
        self.sources.find(path.as_str()).is_some_and(|found| found.is_exact)
    }

    /// Whether anything was known at or below a path that does not exist now.
    fn was_there(&self, path: &RepoPath) -> bool {
        let tree = &self.build.input.tree;
        let below = format!("{path}/");
        let place = |entry: &Entry| self.sources.path(entry.file);
        let next = tree.entries.partition_point(|entry| place(entry).as_str() < below.as_str());
        tree.entry(self.sources.id(path)).is_some()
            || tree.entries.get(next).is_some_and(|entry| place(entry).as_str().starts_with(&below))
            || self.readers_below(path.as_str()).next().is_some()
            || self.sources.find(path.as_str()).is_some()
            || self.sources.find_folder(path.as_str()).is_some()
    }

    fn add_readers(&self, path: &str, dirty: &mut BTreeSet<FileId>) {
        self.readers_below(path).for_each(|readers| dirty.extend(readers));
    }

    /// The readers of a file, or of all files in a folder.
    fn readers_below<'a>(&'a self, path: &str) -> impl Iterator<Item = &'a BTreeSet<FileId>> {
        let key = key(path);
        let first = self.readers.range(key.clone()..);
        let of_it = move |found: &str| path::below(found, &key).is_some() || found == key;
        let prefix = self::key(path);
        first
            .take_while(move |(found, _)| found.starts_with(&prefix))
            .filter(move |(found, _)| of_it(found))
            .map(|(_, readers)| readers)
    }
}

impl Change {
    fn time<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let done = work();
        self.stages.push((stage, started.elapsed()));
        done
    }
}

/// Compiles the pages that are not `kept`, and makes the index of all.
fn assemble(
    input: Arc<Input>,
    config_diagnostics: Diagnostics,
    kept: &FxHashMap<FileId, Arc<Page>>,
    change: &mut Change,
) -> Build {
    let entries = pipeline::page_entries(&input.tree);
    let wanted: Vec<&Entry> = entries.iter().copied().filter(|entry| !kept.contains_key(&entry.file)).collect();
    let compiled = change.time("compile", || pipeline::compile_pages(&input.tree, &wanted, &|| ()));
    change.compiled = compiled.len();
    let mut compiled = compiled.into_iter();
    let page = |entry: &&Entry| kept.get(&entry.file).cloned().or_else(|| compiled.next());
    let pages: Vec<Arc<Page>> = entries.iter().filter_map(page).collect();
    let index = change.time("index", || pipeline::index_pages(&input, &pages));
    let places = pages.iter().enumerate().map(|(at, page)| (page.file, at)).collect();
    Build { input, pages, index, config_diagnostics, places: Arc::new(places) }
}

fn kept(build: &Build, is_kept: impl Fn(&Page) -> bool) -> FxHashMap<FileId, Arc<Page>> {
    build.pages.iter().filter(|page| is_kept(page)).map(|page| (page.file, page.clone())).collect()
}

fn configuration(sources: &Sources, origin: &Origin) -> (Config, Diagnostics) {
    let (mut config, diagnostics) = config::load(sources, &origin.start, origin.config.as_ref());
    if origin.base_url.is_some() {
        config.settings.base_url.clone_from(&origin.base_url);
    }
    (config, diagnostics)
}

fn discover(sources: &Arc<Sources>, config: Config, origin: &Origin) -> Input {
    pipeline::discover(sources.clone(), config, origin.output.as_ref(), &[])
}

fn is_broken(diagnostics: &Diagnostics) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// Whether two configurations give the same docsets, and so the same kind, docset and metadata to each page, and take
/// files from the same repositories.
///
/// What `Debug` shows is everything that they hold; globs can be compared in no other way.
fn is_alike(a: &Config, b: &Config) -> bool {
    a.dependencies == b.dependencies && format!("{:?}", a.docsets) == format!("{:?}", b.docsets)
}

fn readers(sources: &Sources, pages: &[Arc<Page>]) -> BTreeMap<String, BTreeSet<FileId>> {
    let mut readers = BTreeMap::new();
    pages.iter().for_each(|page| add_page(&mut readers, sources, page));
    readers
}

fn add_page(readers: &mut BTreeMap<String, BTreeSet<FileId>>, sources: &Sources, page: &Page) {
    for file in page.dependencies.iter().chain([&page.file]) {
        readers.entry(key(sources.path(*file).as_str())).or_default().insert(page.file);
    }
}

/// A path as links may spell it: without case, percent signs decoded. A file that comes may be the better answer to a
/// page that found another spelling.
fn key(path: &str) -> String {
    path::decode(path).to_lowercase()
}
