//! `recto check`: every problem that a build would report, without rendering and writing. Of the theme only its syntax is
//! checked.

use std::time::Instant;

use crate::cli;
use crate::commands::{Exit, Session, Timings, Workspace};
use crate::pipeline;
use crate::report::Progress;

/// Checks the site of a folder.
pub fn run(options: &cli::Check) -> anyhow::Result<Exit> {
    pipeline::use_threads(options.work.jobs);
    let session = Session::new("checked", &options.report, options.work.timings);
    let workspace = Workspace::open(&options.dir)?;
    let (config, diagnostics) = workspace.config(options.config.as_deref())?;
    if super::is_broken(&diagnostics) {
        return session.refuse(diagnostics, &workspace);
    }
    super::build::load_theme(None, &config, &workspace)?;
    let rules = config.settings.rules.clone();
    let progress = Progress::start();
    let mut timings = Timings::default();
    let input = timings.time("discover", || pipeline::discover(workspace.sources.clone(), config, None, &[]));
    let entries = pipeline::page_entries(&input.tree);
    super::expect_articles(&entries, &options.dir)?;
    progress.stage("reading", entries.len());
    let pages = timings.time("compile", || pipeline::compile_pages(&input.tree, &entries, &|| progress.step()));
    let index = timings.time("index", || pipeline::index_pages(&input, &pages));
    let resolving = Instant::now();
    let links = pipeline::resolve_pages(&pages, &index.site);
    timings.add("resolve", resolving.elapsed());
    drop(progress);
    let all = super::all(diagnostics, &input, &pages, &index, links);
    session.finish(all, &workspace, &rules, pages.len(), &timings)
}
