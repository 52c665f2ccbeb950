//! Builds the site, then again after each change, and publishes what came of it.
//!
//! 1. The site is built up to its index, and published at once: pages are rendered when they are asked for.
//! 2. All pages are resolved, so that problems anywhere are known. A change that comes meanwhile goes first.
//! 3. Files and folders that the site looks into are watched, and the next change is waited for.
//!
//! Nothing that is broken ends the work: the last good configuration and theme hold until it is mended.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use anstream::StripStream;

use super::problems::Problems;
use super::snapshot::Snapshot;
use super::state::{Shared, Site};
use super::watch::{self, Event, Watcher};
use crate::commands::{Timings, Workspace, build, in_repository};
use crate::config::Config;
use crate::diagnostic::{Diagnostics, Severities};
use crate::incremental::{Change, Incremental, Origin};
use crate::path::RepoPath;
use crate::pipeline;
use crate::render::theme::Theme;
use crate::report::{self, Counts, Format, Located, Paths, Summary, Verbosity};

/// So many pages are resolved before the next look for changes.
const CHECKED_AT_ONCE: usize = 128;

/// After a change the browser has the machine to itself for so long, unless the next change comes.
const BROWSER_FIRST: Duration = Duration::from_millis(250);

/// How often is looked whether a repository is there again whose folder was removed.
const LOOK_AGAIN: Duration = Duration::from_millis(250);

/// What the summary says after a change.
const REBUILT: &str = "rebuilt";

/// What the command line asks for.
pub struct Wanted {
    /// The docs.
    pub workspace: Workspace,
    /// Where they are read from.
    pub origin: Origin,
    /// `--theme DIR`.
    pub theme: Option<PathBuf>,
    /// The folder that `recto build` writes to; what lies in it is not watched.
    pub output: PathBuf,
    /// How much is said.
    pub verbosity: Verbosity,
    /// Whether the times of the stages are said.
    pub shows_timings: bool,
}

/// What was published and not yet told.
struct Unsaid {
    verb: &'static str,
    pages: usize,
    elapsed: Duration,
    stages: Vec<(&'static str, Duration)>,
}

/// The thread that builds.
pub struct Worker {
    wanted: Wanted,
    shared: Arc<Shared>,
    events: Receiver<Event>,
    waiting: Vec<Event>,
    watcher: Watcher,
    site: Option<Incremental>,
    /// Why there is no site.
    refusal: String,
    theme: Option<Arc<Theme>>,
    theme_name: Option<String>,
    theme_trouble: Option<String>,
    assets: u64,
    problems: Arc<Problems>,
    unsaid: Option<Unsaid>,
}

impl Worker {
    /// A worker that hears of changes through `events`.
    pub fn new(wanted: Wanted, shared: Arc<Shared>, watcher: Watcher, events: Receiver<Event>) -> Worker {
        Worker {
            wanted,
            shared,
            events,
            waiting: Vec::new(),
            watcher,
            site: None,
            refusal: String::new(),
            theme: None,
            theme_name: None,
            theme_trouble: None,
            assets: 0,
            problems: Arc::default(),
            unsaid: None,
        }
    }

    /// Builds until nobody sends events any more.
    pub fn run(mut self) {
        let started = Instant::now();
        self.follow();
        let change = self.open();
        self.publish("built", change, started);
        self.check();
        while let Some(events) = self.next_events() {
            let started = Instant::now();
            let changed = changed_paths(events);
            if let Some(paths) = &changed {
                self.watcher.forget(paths);
            }
            // Not every system tells that the folder itself has gone, only what was in it.
            if !self.root().is_dir() {
                self.watcher.forget(&[self.root().to_owned()]);
            }
            // What is made in a new folder from now on is told; what is in it already will be found.
            if changed.as_ref().is_none_or(|changed| changed.iter().any(|path| path.is_dir())) {
                self.follow();
            }
            let change = if self.site.is_none() { self.open() } else { self.update(changed.as_deref()) };
            if change.is_some() || self.site.is_none() {
                self.publish(REBUILT, change, started);
            }
            self.check();
        }
    }

    /// The folder in which all lies that the site is made of.
    fn root(&self) -> &Path {
        self.wanted.workspace.sources.root().unwrap_or(&self.wanted.workspace.dir)
    }

    /// Everything that has happened, once something has.
    fn next_events(&mut self) -> Option<Vec<Event>> {
        let mut events = std::mem::take(&mut self.waiting);
        while events.is_empty() {
            if !self.watcher.has_lost(self.root()) {
                events.push(self.events.recv().ok()?);
                break;
            }
            match self.events.recv_timeout(LOOK_AGAIN) {
                Ok(event) => events.push(event),
                Err(RecvTimeoutError::Timeout) if self.root().is_dir() => events.push(Event::Anything),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        events.extend(self.events.try_iter());
        Some(events)
    }

    fn open(&mut self) -> Option<Change> {
        match Incremental::open(self.wanted.workspace.sources.clone(), self.wanted.origin.clone()) {
            Ok((site, change)) => {
                self.site = Some(site);
                self.load_theme();
                Some(change)
            }
            Err(diagnostics) => {
                self.refuse(diagnostics);
                None
            }
        }
    }

    /// Tells why there is no site, in the terminal and in the browser.
    fn refuse(&mut self, diagnostics: Diagnostics) {
        let sources = &self.wanted.workspace.sources;
        let sorted = report::sort(diagnostics, &Severities::default(), sources);
        let mut text = Vec::new();
        // Writing to memory cannot fail.
        let mut out = StripStream::new(&mut text);
        let _ = report::human::write(&mut out, sorted.clone(), sources, &self.paths(), Verbosity::Quiet);
        let text = String::from_utf8_lossy(&text).into_owned();
        if text != self.refusal {
            let counts = Counts::of(&sorted);
            self.say(sorted, "built", None, Duration::ZERO, counts);
        }
        self.refusal = text;
    }

    /// Builds again after a change; `None` stands for a change of anything.
    fn update(&mut self, changed: Option<&[PathBuf]>) -> Option<Change> {
        let root = self.wanted.workspace.sources.root().unwrap_or(Path::new("")).to_owned();
        let of_theme = self.touches_theme(changed);
        let site = self.site.as_mut()?;
        let change = match changed {
            None => Some(site.rebuild()),
            Some(changed) => {
                let is_content = |path: &&PathBuf| !path.starts_with(&self.wanted.output) && !is_of_git(path, &root);
                let paths = changed.iter().filter(is_content).filter_map(|path| in_repository(&root, path));
                site.update(&paths.filter_map(|path| RepoPath::new(&path)).collect::<Vec<_>>())
            }
        };
        let named = site.build().input.config.settings.theme.clone();
        let is_stale = of_theme || named != self.theme_name || self.theme_trouble.is_some();
        if is_stale && (of_theme || change.is_some()) {
            self.load_theme();
            return Some(Change { beyond_texts: true, ..change.unwrap_or_default() });
        }
        change
    }

    fn touches_theme(&self, changed: Option<&[PathBuf]>) -> bool {
        let folders = self.theme_folders();
        let is_near =
            |path: &PathBuf| folders.iter().any(|folder| path.starts_with(folder) || folder.starts_with(path));
        changed.is_none_or(|changed| changed.iter().any(is_near))
    }

    fn config(&self) -> Config {
        self.site.as_ref().map_or_else(Config::default, |site| site.build().input.config.clone())
    }

    fn theme_folders(&self) -> Vec<PathBuf> {
        build::theme_folders(self.wanted.theme.as_deref(), &self.config(), &self.wanted.workspace)
    }

    /// Loads the theme; if it is broken, the last one holds.
    fn load_theme(&mut self) {
        let config = self.config();
        match build::load_theme(self.wanted.theme.as_deref(), &config, &self.wanted.workspace) {
            Ok(theme) => (self.theme, self.theme_trouble) = (Some(Arc::new(theme)), None),
            Err(error) => {
                let trouble = format!("{error:#}");
                if self.theme_trouble.as_ref() != Some(&trouble) {
                    anstream::eprintln!("error: {trouble}");
                }
                self.theme_trouble = Some(trouble);
            }
        }
        self.theme_name = config.settings.theme;
    }

    /// Shows what there is.
    fn publish(&mut self, verb: &'static str, change: Option<Change>, started: Instant) {
        let change = change.unwrap_or_default();
        self.assets += u64::from(change.beyond_texts);
        let last = self.shared.ready();
        let site = match (&self.site, &self.theme) {
            (Some(site), Some(theme)) => {
                Site::Ready(Arc::new(Snapshot::new(site.build().clone(), theme.clone(), self.assets, last.as_deref())))
            }
            (Some(_), None) => Site::Failed(self.theme_trouble.clone().unwrap_or_default().into()),
            (None, _) => Site::Failed(self.refusal.clone().into()),
        };
        self.shared.publish(site);
        let unsaid = self.unsaid.get_or_insert(Unsaid { verb, pages: 0, elapsed: Duration::ZERO, stages: Vec::new() });
        unsaid.pages += change.compiled;
        unsaid.elapsed += started.elapsed();
        unsaid.stages.extend(change.stages);
    }

    /// Looks for problems anywhere, and tells them; a change that comes meanwhile goes first.
    fn check(&mut self) {
        let Some(verb) = self.unsaid.as_ref().map(|unsaid| unsaid.verb) else { return };
        if verb == REBUILT && self.is_interrupted(BROWSER_FIRST) {
            return;
        }
        let started = Instant::now();
        let Some(links) = self.resolve() else { return };
        let (Some(unsaid), Some(site)) = (self.unsaid.take(), &self.site) else { return };
        let build = site.build();
        let rules = &build.input.config.settings.rules;
        let located = report::finish(build.diagnostics(links), rules, &self.wanted.workspace.sources);
        let counts = Counts::of(&located);
        let trouble = self.theme_trouble.clone();
        let problems = Arc::new(Problems { located, counts, paths: self.paths(), trouble });
        let before = std::mem::replace(&mut self.problems, problems.clone());
        self.shared.check(problems.clone());
        let news = problems.news(&before);
        // What is told may be written to a log in the docs, and that is a change like others.
        if unsaid.verb != REBUILT || unsaid.pages > 0 || !news.is_empty() || counts != before.counts {
            self.say(news, unsaid.verb, Some(unsaid.pages), unsaid.elapsed, counts);
        }
        if self.wanted.shows_timings {
            let mut timings = Timings::default();
            unsaid.stages.iter().for_each(|(stage, time)| timings.add(stage, *time));
            timings.add("check", started.elapsed());
            anstream::eprint!("{timings}");
        }
        self.follow();
    }

    /// Resolves all pages; `None` when a change comes first.
    fn resolve(&mut self) -> Option<Diagnostics> {
        let build = self.site.as_ref()?.build().clone();
        let mut found = Vec::new();
        for pages in build.pages.chunks(CHECKED_AT_ONCE) {
            if self.is_interrupted(Duration::ZERO) {
                return None;
            }
            found.extend(pipeline::resolve_pages(pages, &build.index.site));
        }
        Some(found)
    }

    /// Waits for the next change; whether one came.
    fn is_interrupted(&mut self, patience: Duration) -> bool {
        self.waiting.extend(self.events.recv_timeout(patience));
        !self.waiting.is_empty()
    }

    /// Watches what the site looks into.
    fn follow(&mut self) {
        let sources = &self.wanted.workspace.sources;
        let place = |folder: &str| RepoPath::new(folder).map(|folder| sources.location(&folder));
        let mut folders: BTreeSet<PathBuf> =
            sources.listed_folders().iter().filter_map(|folder| place(folder)).collect();
        folders.extend(sources.root().map(Path::to_owned));
        folders.insert(self.wanted.workspace.dir.clone());
        let all_of = |folder: &Path| watch::with_subfolders(folder, &self.wanted.output).collect::<Vec<_>>();
        match &self.site {
            Some(site) => {
                let config = &site.build().input.config;
                let mappings = config.docsets.iter().flat_map(|docset| docset.content.iter().chain(&docset.resource));
                let roots: BTreeSet<PathBuf> = mappings.filter_map(|mapping| place(&mapping.src)).collect();
                folders.extend(roots.iter().flat_map(|root| all_of(root)));
                folders.extend(site.dependencies().iter().filter_map(|file| place(file.parent())));
                folders.extend(config.redirection_files.iter().filter_map(|file| place(file.parent())));
            }
            None => folders.extend(all_of(&self.wanted.workspace.dir)),
        }
        folders.extend(self.theme_folders().iter().flat_map(|folder| all_of(folder)));
        if let Some(advice) = self.watcher.follow(folders) {
            anstream::eprintln!("warning: {advice}");
        }
    }

    fn paths(&self) -> Paths {
        Paths::for_format(Format::Human, self.wanted.workspace.sources.root())
    }

    /// Prints problems and a line that tells what was done.
    fn say(&self, sorted: Vec<Located>, verb: &'static str, pages: Option<usize>, elapsed: Duration, counts: Counts) {
        let summary = Summary { verb, pages, elapsed, counts };
        let sources = &self.wanted.workspace.sources;
        // Whoever reads the terminal may be gone; the browser still shows the site.
        let _ = report::print(sorted, sources, Format::Human, self.wanted.verbosity, &summary);
    }
}

/// The paths of all events; `None` when anything may have changed.
fn changed_paths(events: Vec<Event>) -> Option<Vec<PathBuf>> {
    let mut changed = BTreeSet::new();
    for event in events {
        match event {
            Event::Changed(paths) => changed.extend(paths),
            Event::Anything => return None,
        }
    }
    Some(changed.into_iter().collect())
}

fn is_of_git(path: &Path, root: &Path) -> bool {
    path.strip_prefix(root).is_ok_and(|path| {
        path.components().any(|part| part.as_os_str() == ".git" || part.as_os_str() == "node_modules")
    })
}
