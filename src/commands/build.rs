//! `recto build`: the whole site, written to its output folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::cli;
use crate::commands::{Exit, Session, Timings, Workspace};
use crate::config::Config;
use crate::path::RepoPath;
use crate::pipeline::{self, PageTimes};
use crate::render::output::{self, Writer};
use crate::render::theme::Theme;
use crate::report::Progress;
use crate::report::paths::plain;

/// Builds the site of a folder.
pub fn run(options: &cli::Build) -> anyhow::Result<Exit> {
    pipeline::use_threads(options.work.jobs);
    let stop = stop_on_interrupt();
    let session = Session::new("built", &options.report, options.work.timings);
    let workspace = Workspace::open(&options.dir)?;
    let (mut config, diagnostics) = workspace.config(options.site.config.as_deref())?;
    if super::is_broken(&diagnostics) {
        return session.refuse(diagnostics, &workspace);
    }
    if let Some(base_url) = &options.site.base_url {
        config.settings.base_url = Some(base_url.clone());
    }
    let theme = load_theme(options.site.theme.as_deref(), &config, &workspace)?;
    let rules = config.settings.rules.clone();
    let out = options.out.clone().unwrap_or_else(|| workspace.dir.join("_site"));
    let sources: Vec<PathBuf> = config.docsets.iter().map(|docset| workspace.sources.location(&docset.root)).collect();
    let sources: Vec<&Path> = sources.iter().map(PathBuf::as_path).chain([workspace.dir.as_path()]).collect();
    // Before files are looked for: those in the output folder are left out.
    output::check(&out, &sources)?;
    let inside = output_in_repository(&out, &workspace);

    let progress = if options.report.loudness.quiet { Progress::hidden() } else { Progress::start() };
    let mut timings = Timings::default();
    let input =
        timings.time("discover", || pipeline::discover(workspace.sources.clone(), config, inside.as_ref(), &[]));
    let entries = pipeline::page_entries(&input.tree);
    super::expect_articles(&entries, &options.dir)?;
    let writer = Writer::open(&out, &sources, stop)?;
    progress.stage("reading", entries.len());
    let pages = timings.time("compile", || pipeline::compile_pages(&input.tree, &entries, &|| progress.step()));
    let index = timings.time("index", || pipeline::index_pages(&input, &pages));
    progress.stage("writing", pages.len());
    let times = PageTimes::default();
    let links = pipeline::write_pages(&input, &pages, &index, &theme, &writer, &times, &|| progress.step())?;
    times.stages().into_iter().for_each(|(stage, time)| timings.add(stage, time));
    timings.time("copy", || pipeline::copy_resources(&input, &writer))?;
    let written = timings.time("finish", || writer.finish())?;
    drop(progress);
    timings.written(&written);
    let all = super::all(diagnostics, &input, &pages, &index, links);
    session.finish(all, &workspace, &rules, pages.len(), &timings)
}

/// A flag that Ctrl-C sets; the writer stops between two files.
fn stop_on_interrupt() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = stop.clone();
    // Fails only if there is a handler already.
    let _ = ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    stop
}

/// The theme of the command line, else the one that the settings name: a folder in `themes/` beside the configuration
/// or in a docset. Without either, the default theme.
pub fn load_theme(dir: Option<&Path>, config: &Config, workspace: &Workspace) -> anyhow::Result<Theme> {
    if let Some(dir) = dir {
        let by_name = Path::new("themes").join(dir);
        let help = match workspace.dir.join(&by_name).is_dir() {
            true => format!("did you mean `{}`?", plain(&by_name)),
            false => "name a folder with `templates` or `assets`".to_owned(),
        };
        anyhow::ensure!(dir.is_dir(), "there is no theme folder `{}`: {help}", dir.display());
        return Theme::load(Some(dir));
    }
    let Some(name) = &config.settings.theme else { return Theme::load(None) };
    let folder = theme_folders(None, config, workspace).into_iter().find(|folder| folder.is_dir());
    let is_known = folder.is_some() || name == "default";
    anyhow::ensure!(is_known, "there is no theme `{name}`: make `themes/{name}`, or take `theme` out of recto.yml");
    Theme::load(folder.as_deref())
}

/// The folders that may hold the theme, whether they exist or not; the first that does is taken.
pub fn theme_folders(dir: Option<&Path>, config: &Config, workspace: &Workspace) -> Vec<PathBuf> {
    let Some(name) = config.settings.theme.as_ref().filter(|_| dir.is_none()) else {
        return dir.iter().map(|dir| dir.to_path_buf()).collect();
    };
    let docsets = config.docsets.iter().map(|docset| workspace.sources.location(&docset.root));
    [workspace.dir.clone()].into_iter().chain(docsets).map(|home| home.join("themes").join(name)).collect()
}

/// The output folder as a path of the repository, if it lies in it.
pub fn output_in_repository(out: &Path, workspace: &Workspace) -> Option<RepoPath> {
    let real = std::path::absolute(out).ok()?;
    let real = real.canonicalize().unwrap_or(real);
    RepoPath::new(&super::in_repository(workspace.sources.root()?, &real)?)
}
