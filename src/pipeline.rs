//! Runs the stages, on all cores where they are independent.
//!
//! 1. [`discover`]: which files there are, and what each is.
//! 2. [`compile_pages`]: each article by itself.
//! 3. [`index_pages`]: what the site knows of them.
//! 4. [`resolve_pages`]: the open places of each page; `check` ends here.
//! 5. [`write_pages`]: resolves, highlights, renders and writes page by page, so that only one page a thread is in memory whole.
//! 6. [`copy_resources`]: images and other files, unread.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::config::Config;
use crate::content::redirects::{Moves, Redirects};
use crate::content::toc::{self, Toc};
use crate::content::tree::{self, Entry, Kind, SourceTree};
use crate::diagnostic::Diagnostics;
use crate::path::{RepoPath, SitePath};
use crate::render::output::{OutputError, Writer};
use crate::render::page::Renderer;
use crate::render::theme::Theme;
use crate::site::compile::compile;
use crate::site::index::{self, Site};
use crate::site::library::Library;
use crate::site::navigation::{self, Navigation, PageEntry};
use crate::site::page::{Page, ResolvedPage};
use crate::site::resolve::resolve;
use crate::source::{FileId, Sources};

/// The files of a site, and what each becomes.
#[derive(Debug)]
pub struct Input {
    /// What the configuration files say.
    pub config: Config,
    /// The files.
    pub tree: Arc<SourceTree>,
    /// What was moved.
    pub moves: Arc<Moves>,
    /// What is wrong with redirections, and with the places of files in the output.
    pub diagnostics: Diagnostics,
}

/// What the site knows of its pages.
#[derive(Debug)]
pub struct Index {
    /// Routes, bookmarks, titles.
    pub site: Site,
    /// The trees, and where each page stands in them.
    pub navigation: Navigation,
    /// What is wrong with uids and TOCs.
    pub diagnostics: Diagnostics,
}

/// Uses as many threads as asked for; all cores if nothing is.
pub fn use_threads(jobs: Option<u16>) {
    if let Some(jobs) = jobs {
        // Fails only if the pool exists already: then it has its threads.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs.into()).build_global();
    }
}

/// Finds the files of a site. `output` is the output folder, if it lies in the repository; `asked` are articles that
/// are pages even if the configuration leaves them out.
pub fn discover(sources: Arc<Sources>, config: Config, output: Option<&RepoPath>, asked: &[FileId]) -> Input {
    let (mut tree, mut diagnostics) = tree::discover(sources, &config, output);
    let (redirects, more) = Redirects::load(&tree.sources, &config.redirection_files);
    diagnostics.extend(more);
    asked.iter().for_each(|file| tree.adopt(*file));
    let tree = Arc::new(tree);
    let moves = Arc::new(Moves::new(redirects, tree.clone()));
    diagnostics.extend(moves.check());
    Input { config, tree, moves, diagnostics }
}

/// The entries that become pages, in their order.
pub fn page_entries(tree: &SourceTree) -> Vec<&Entry> {
    tree.entries.iter().filter(|entry| entry.is_page()).collect()
}

/// Compiles the pages of `entries`, in their order. `step` is called after each.
pub fn compile_pages(tree: &SourceTree, entries: &[&Entry], step: &(dyn Fn() + Sync)) -> Vec<Arc<Page>> {
    let library = Library::new(tree);
    let compile_one = |entry: &&Entry| {
        let page = Arc::new(compile(entry, &library));
        step();
        page
    };
    entries.par_iter().map(compile_one).collect()
}

/// Makes the index of the pages, TOCs and all.
pub fn index_pages(input: &Input, pages: &[Arc<Page>]) -> Index {
    let facts = pages.iter().map(|page| (page.file, page.facts.clone()));
    let (site, mut diagnostics) =
        index::index(input.tree.clone(), input.config.settings.clone(), input.moves.clone(), facts);
    let (tocs, more) = read_tocs(input);
    diagnostics.extend(more);
    let entries: Vec<PageEntry<'_>> = pages.iter().filter_map(|page| page_entry(&site, page.file)).collect();
    let resolve = |docset: usize, url: &str| link_of_toc(&site, docset, url);
    let (navigation, more) = Navigation::new(&input.tree, &tocs, &entries, &resolve);
    diagnostics.extend(more);
    Index { site, navigation, diagnostics }
}

fn read_tocs(input: &Input) -> (Vec<(usize, Toc)>, Diagnostics) {
    let is_toc = |(_, entry): &(usize, &Entry)| entry.kind == Kind::Toc;
    let tocs: Vec<(usize, &Entry)> = input.tree.entries.iter().enumerate().filter(is_toc).collect();
    let read = |(at, entry): &(usize, &Entry)| (*at, toc::read(&input.tree, &input.moves, entry));
    let mut diagnostics = Vec::new();
    let tocs: Vec<_> = tocs.par_iter().map(read).collect();
    let tocs = tocs.into_iter().map(|(at, (toc, more))| {
        diagnostics.extend(more);
        (at, toc)
    });
    (tocs.collect(), diagnostics)
}

fn page_entry(site: &Site, file: FileId) -> Option<PageEntry<'_>> {
    let entry = site.tree.entry(file)?;
    let (docset, group) = (entry.docset, entry.group);
    let facts = site.facts(file)?;
    let (title, bookmarks) = (&facts.title, &facts.bookmarks);
    Some(PageEntry { file, output: &entry.output, title, bookmarks, docset, group })
}

/// Where what a TOC writes leads: a page of the site, or a URL.
fn link_of_toc(site: &Site, docset: usize, url: &str) -> Option<navigation::Target> {
    match site.arrive(url, docset)? {
        index::Target::Url(url) => Some(navigation::Target::Url(url)),
        index::Target::Local(file, suffix) => {
            let output = site.tree.entry(file)?.output.clone();
            Some(navigation::Target::Page { output, suffix })
        }
    }
}

/// Fills the open places of all pages, only to see what is wrong with them.
pub fn resolve_pages(pages: &[Arc<Page>], site: &Site) -> Diagnostics {
    let found: Vec<Diagnostics> = pages.par_iter().map(|page| resolve(page, site).1).collect();
    found.into_iter().flatten().collect()
}

/// Fills the open places of single pages, in their order.
pub fn resolve_each(pages: &[&Page], site: &Site) -> Vec<(ResolvedPage, Diagnostics)> {
    pages.par_iter().map(|page| resolve(page, site)).collect()
}

/// How long the stages took that run page by page, summed over threads.
#[derive(Debug, Default)]
pub struct PageTimes {
    resolve: AtomicU64,
    highlight: AtomicU64,
    render: AtomicU64,
    write: AtomicU64,
}

impl PageTimes {
    /// The names of the stages and their times.
    pub fn stages(&self) -> [(&'static str, Duration); 4] {
        let time = |nanos: &AtomicU64| Duration::from_nanos(nanos.load(Ordering::Relaxed));
        [
            ("resolve", time(&self.resolve)),
            ("highlight", time(&self.highlight)),
            ("render", time(&self.render)),
            ("write", time(&self.write)),
        ]
    }

    /// Adds the time that `work` takes to a stage.
    fn count<T>(stage: &AtomicU64, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let done = work();
        let nanos = u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX);
        stage.fetch_add(nanos, Ordering::Relaxed);
        done
    }
}

/// Resolves, highlights, renders and writes every page, then the files that belong to the site as a whole. Resources are planned.
///
/// Gives what is wrong with the links. Errors for a mistake in the theme, and where the output cannot be written.
pub fn write_pages(
    input: &Input,
    pages: &[Arc<Page>],
    index: &Index,
    theme: &Theme,
    writer: &Writer,
    times: &PageTimes,
    step: &(dyn Fn() + Sync),
) -> anyhow::Result<Diagnostics> {
    let renderer = Renderer::new(&index.site, &index.navigation, theme)?;
    let companions = renderer.companions()?;
    let of_entries = page_entries(&input.tree).into_iter().chain(resources(&input.tree)).map(|entry| &entry.output);
    let planned: Vec<&SitePath> = of_entries.chain(companions.iter().map(|output| &output.path)).collect();
    PageTimes::count(&times.write, || writer.plan(planned))?;
    let write_page = |page: &Arc<Page>| -> anyhow::Result<Diagnostics> {
        let Some(entry) = input.tree.entry(page.file) else { return Ok(Vec::new()) };
        let (resolved, diagnostics) = PageTimes::count(&times.resolve, || resolve(page, &index.site));
        let resolved = PageTimes::count(&times.highlight, || resolved.highlighted());
        let output = PageTimes::count(&times.render, || renderer.article(page, &resolved, entry))?;
        PageTimes::count(&times.write, || writer.put(&output.path, &output.bytes))?;
        step();
        Ok(diagnostics)
    };
    let found = pages.par_iter().map(write_page).collect::<anyhow::Result<Vec<Diagnostics>>>()?;
    companions.par_iter().try_for_each(|output| writer.put(&output.path, &output.bytes))?;
    Ok(found.into_iter().flatten().collect())
}

/// Copies every resource to its place in the output.
pub fn copy_resources(input: &Input, writer: &Writer) -> Result<(), OutputError> {
    let copy = |entry: &&Entry| -> Result<(), OutputError> {
        let from = input.tree.sources.location(&input.tree.sources.path(entry.file));
        writer.copy(&entry.output, &from)
    };
    resources(&input.tree).collect::<Vec<_>>().par_iter().try_for_each(copy)
}

fn resources(tree: &SourceTree) -> impl Iterator<Item = &Entry> {
    tree.entries.iter().filter(|entry| entry.kind == Kind::Resource)
}
