//! `recto render`: the HTML of articles on standard output.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, bail};
use serde_json::json;

use crate::cli;
use crate::commands::{Exit, Workspace};
use crate::config::root;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::path::RepoPath;
use crate::pipeline;
use crate::report::{self, Counts, Format, Paths, Summary, Verbosity};
use crate::site::index::Site;
use crate::site::page::Page;
use crate::source::FileId;

/// An article that was asked for.
struct Asked {
    /// As it was named.
    name: String,
    file: FileId,
}

/// Renders the articles that the command line names, in its order.
pub fn run(options: &cli::Render) -> anyhow::Result<Exit> {
    pipeline::use_threads(options.work.jobs);
    let started = Instant::now();
    let workspace = Workspace::open(&docset_root(options)?)?;
    let (config, mut general) = workspace.config(options.config.as_deref())?;
    let rules = config.settings.rules.clone();
    let asked = options.files.iter().map(|file| ask(file, &workspace)).collect::<anyhow::Result<Vec<_>>>()?;
    let files: Vec<FileId> = asked.iter().map(|asked| asked.file).collect();
    let input = pipeline::discover(workspace.sources.clone(), config, None, &files);
    general.extend(input.diagnostics.iter().cloned());
    let pages = pipeline::compile_pages(&input.tree, &pipeline::page_entries(&input.tree), &|| ());
    let site = pipeline::index_pages(&input, &pages).site;

    let rendered = render(&asked, &pages, &site)?;
    let paths = Paths::for_format(Format::Json, workspace.sources.root());
    let locate = |diagnostics: Diagnostics| report::finish(diagnostics, &rules, &workspace.sources);
    report::to_stdout(|out| {
        for one in &rendered {
            if options.json {
                let located = locate(one.diagnostics.clone());
                let diagnostics: Vec<_> = located.iter().map(|one| report::json::to_json(one, &paths)).collect();
                let (name, path) = (&one.name, one.path.as_str());
                let line = json!({ "file": name, "path": path, "html": one.html, "metadata": one.page.facts.metadata, "diagnostics": diagnostics });
                writeln!(out, "{line}")?;
            } else {
                out.write_all(one.html.as_bytes())?;
            }
        }
        Ok(())
    })?;
    let all = general.into_iter().chain(rendered.iter().flat_map(|one| one.diagnostics.clone())).collect();
    let sorted = report::sort(all, &rules, &workspace.sources);
    let counts = Counts::of(&sorted);
    if !options.json {
        let summary = Summary { verb: "rendered", pages: Some(rendered.len()), elapsed: started.elapsed(), counts };
        report::print(sorted, &workspace.sources, Format::Human, Verbosity::Verbose, &summary)?;
    }
    Ok(if counts.is_failure(false) { Exit::Errors } else { Exit::Done })
}

fn docset_root(options: &cli::Render) -> anyhow::Result<PathBuf> {
    if let Some(root) = &options.root {
        return Ok(root.clone());
    }
    let first = options.files.iter().find(|file| file.as_os_str() != "-");
    let Some(first) = first else { return Ok(PathBuf::from(".")) };
    Ok(root::docset_root_for(&super::canonical(first, "file")?))
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
