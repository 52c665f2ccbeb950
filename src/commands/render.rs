//! `recto render`: the HTML of articles on standard output.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use serde_json::json;

use crate::cli;
use crate::commands::{Exit, Session, Timings, Workspace};
use crate::config::root;
use crate::diagnostic::{Diagnostic, Severities};
use crate::path::RepoPath;
use crate::pipeline;
use crate::report::{self, Counts, Format, Paths};
use crate::site::index::Site;
use crate::site::page::Page;
use crate::source::FileId;

/// An article that was asked for.
struct Asked {
    /// As it was named.
    name: String,
    file: FileId,
}

/// Renders the articles that the command line names, in its order; those of one root that follow each other at once.
pub fn run(options: &cli::Render) -> anyhow::Result<Exit> {
    pipeline::use_threads(options.work.jobs);
    let first = options.files.iter().find(|file| file.as_os_str() != "-");
    let mut files: Vec<(PathBuf, &Path)> = Vec::new();
    for file in &options.files {
        // Standard input belongs to what the first file belongs to.
        let placed = if file.as_os_str() == "-" { first } else { Some(file) };
        let root = match (&options.root, placed) {
            (Some(root), _) => root.clone(),
            (None, Some(file)) => {
                super::expect_no_way_out(file)?;
                root::site_root_for(&super::place_of(file)?)
            }
            (None, None) => PathBuf::from("."),
        };
        files.push((root, file));
    }
    let mut exit = Exit::Done;
    for batch in files.chunk_by(|(a, _), (b, _)| a == b) {
        exit = exit.max(render_batch(batch, options)?);
    }
    Ok(exit)
}

/// Renders articles of one root. As JSON each has its own diagnostics, and only the others are told to people.
fn render_batch(files: &[(PathBuf, &Path)], options: &cli::Render) -> anyhow::Result<Exit> {
    let loudness = cli::Loudness { quiet: false, verbose: true };
    let session =
        Session::new("rendered", &cli::ReportOptions { strict: false, format: Format::Human, loudness }, false);
    let workspace = Workspace::open(&files[0].0)?;
    let (config, mut found) = workspace.config(options.config.as_deref())?;
    if super::is_broken(&found) {
        return session.refuse(found, &workspace);
    }
    let rules = config.settings.rules.clone();
    let asked = files.iter().map(|(_, file)| ask(file, &workspace)).collect::<anyhow::Result<Vec<_>>>()?;
    let ids: Vec<FileId> = asked.iter().map(|asked| asked.file).collect();
    let input = pipeline::discover(workspace.sources.clone(), config, None, &ids);
    found.extend(input.diagnostics.iter().cloned());
    let pages = pipeline::compile_pages(&input.tree, &pipeline::page_entries(&input.tree), &|| ());
    let site = pipeline::index_pages(&input, &pages).site;

    let rendered = render(&asked, &pages, &site)?;
    let mut exit = Exit::Done;
    if options.json {
        exit = print_json(&rendered, &workspace, &rules)?;
    } else {
        report::to_stdout(|out| rendered.iter().try_for_each(|one| out.write_all(one.html.as_bytes())))?;
        found.extend(rendered.iter().flat_map(|one| one.diagnostics.clone()));
    }
    if options.json && found.is_empty() {
        return Ok(exit);
    }
    Ok(exit.max(session.finish(found, &workspace, &rules, rendered.len(), &Timings::default())?))
}

/// Prints one object a line, and tells whether an article has errors.
fn print_json(rendered: &[Rendered<'_>], workspace: &Workspace, rules: &Severities) -> anyhow::Result<Exit> {
    let paths = Paths::for_format(Format::Json, workspace.sources.root());
    let mut exit = Exit::Done;
    report::to_stdout(|out| {
        for one in rendered {
            let located = report::finish(one.diagnostics.clone(), rules, &workspace.sources);
            if Counts::of(&located).is_failure(false) {
                exit = Exit::Errors;
            }
            let diagnostics: Vec<_> = located.iter().map(|one| report::json::to_json(one, &paths)).collect();
            let (name, path) = (&one.name, one.path.as_str());
            let line = json!({ "file": name, "path": path, "html": one.html, "metadata": one.page.facts.metadata, "diagnostics": diagnostics });
            writeln!(out, "{line}")?;
        }
        Ok(())
    })?;
    Ok(exit)
}

fn ask(file: &Path, workspace: &Workspace) -> anyhow::Result<Asked> {
    let name = file.to_string_lossy().into_owned();
    if name == "-" {
        let mut text = Vec::new();
        std::io::stdin().read_to_end(&mut text).context("cannot read standard input")?;
        let path = RepoPath::new(&format!("{}/stdin.md", workspace.start)).context("no place for standard input")?;
        return Ok(Asked { name, file: workspace.sources.overlay(&path, text) });
    }
    if file.is_dir() {
        bail!("`{name}` is a folder: name the articles in it, or use `recto build`");
    }
    Ok(Asked { name, file: workspace.sources.id(&workspace.path_of(file)?) })
}

struct Rendered<'a> {
    name: &'a str,
    path: crate::path::SitePath,
    html: String,
    page: &'a Page,
    diagnostics: Vec<Diagnostic>,
}

fn render<'a>(asked: &'a [Asked], pages: &'a [Arc<Page>], site: &Site) -> anyhow::Result<Vec<Rendered<'a>>> {
    let find = |asked: &'a Asked| {
        let page = pages.iter().find(|page| page.file == asked.file);
        page.map(|page| (asked, &**page)).with_context(|| format!("`{}` is no article", asked.name))
    };
    let found = asked.iter().map(find).collect::<anyhow::Result<Vec<(&Asked, &Page)>>>()?;
    let resolved = pipeline::resolve_each(&found.iter().map(|(_, page)| *page).collect::<Vec<_>>(), site);
    let rendered = found.into_iter().zip(resolved).filter_map(|((asked, page), (resolved, more))| {
        let path = site.tree.entry(asked.file)?.output.clone();
        let diagnostics = page.diagnostics.iter().cloned().chain(more).collect();
        Some(Rendered { name: &asked.name, path, html: resolved.highlighted().html, page, diagnostics })
    });
    Ok(rendered.collect())
}
