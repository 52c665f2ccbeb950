//! What is measured, each in a process of its own.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use rayon::prelude::*;
use recto::commands::Workspace;
use recto::diagnostic::Diagnostics;
use recto::pipeline::{self, Input, PageTimes};
use recto::render::output::Writer;
use recto::render::page::Renderer;
use recto::render::theme::Theme;
use recto::report::{self, Format, Paths, Verbosity};
use recto::site::page::ResolvedPage;
use recto::site::resolve::resolve;

use crate::measure::{Clock, Cost};

/// Runs a variant on the docs in `root`; what it writes goes to `out`.
pub fn run(variant: &str, root: &Path, out: &Path) -> Cost {
    match variant {
        "floor" | "floor-ram" => floor(root, out),
        "memory" => memory(root),
        "plain" | "replain" => build(root, out, Colours::Without),
        "build" | "again" | "build-ram" => build(root, out, Colours::With),
        other => panic!("there is no variant `{other}`"),
    }
}

/// Whether code gets colours.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Colours {
    With,
    Without,
}

fn discover(root: &Path) -> (Workspace, Input) {
    let workspace = Workspace::open(root).expect("a folder");
    let (config, _) = workspace.config(None).expect("a configuration");
    let input = pipeline::discover(workspace.sources.clone(), config, None, &[]);
    (workspace, input)
}

/// Where each page comes from, and its place in the output.
fn pages(input: &Input) -> Vec<(PathBuf, String)> {
    let sources = &input.tree.sources;
    let pages = pipeline::page_entries(&input.tree).into_iter();
    pages.map(|entry| (sources.location(&sources.path(entry.file)), entry.output.to_string())).collect()
}

fn bytes(pages: &[(PathBuf, String)]) -> u64 {
    pages.iter().map(|(from, _)| fs::metadata(from).map_or(0, |about| about.len())).sum()
}

/// Reads, renders with plain pulldown-cmark, writes. What is to be read is known beforehand.
fn floor(root: &Path, out: &Path) -> Cost {
    let (_, input) = discover(root);
    let pages = pages(&input);
    let bytes = bytes(&pages);
    let clock = Clock::start();
    pages.par_iter().for_each(|(from, to)| {
        let text = fs::read_to_string(from).expect("UTF-8");
        let mut html = String::with_capacity(text.len() * 3 / 2);
        let options = pulldown_cmark::Options::ENABLE_TABLES;
        pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(&text, options));
        let target = out.join(to);
        // A folder is made when it turns out to be missing: asking for each page would cost more.
        if fs::write(&target, &html).is_err() {
            fs::create_dir_all(target.parent().expect("in a folder")).expect("made");
            fs::write(&target, &html).expect("written");
        }
    });
    clock.cost(pages.len(), bytes)
}

/// Every stage but writing, one after the other for all pages.
fn memory(root: &Path) -> Cost {
    let mut clock = Clock::start();
    let theme = Theme::load(None).expect("the theme");
    let (_, input) = clock.stage("discover", || discover(root));
    let entries = pipeline::page_entries(&input.tree);
    let pages = clock.stage("read, parse, compile", || pipeline::compile_pages(&input.tree, &entries, &|| ()));
    let index = clock.stage("index", || pipeline::index_pages(&input, &pages));
    let resolved: Vec<_> =
        clock.stage("resolve", || pages.par_iter().map(|page| resolve(page, &index.site).0).collect());
    let code = pages.iter().flat_map(|page| &page.body.code).map(|code| u64::from(code.end - code.start)).sum();
    let resolved: Vec<_> =
        clock.stage("highlight", || resolved.into_par_iter().map(ResolvedPage::highlighted).collect());
    let renderer = Renderer::new(&index.site, &index.navigation, &theme).expect("a renderer");
    let length: usize = clock.stage("render", || {
        let render = |((page, resolved), entry): ((&Arc<_>, _), &&_)| {
            renderer.article(page, resolved, entry).expect("rendered").bytes.len()
        };
        pages.par_iter().zip(&resolved).zip(&entries).map(render).sum()
    });
    assert!(length > 0);
    let from = self::pages(&input);
    Cost { code, ..clock.cost(from.len(), bytes(&from)) }
}

/// What `recto build` does, resources aside; its report is made and goes nowhere. Without colours, the pages are told to
/// have no code.
fn build(root: &Path, out: &Path, colours: Colours) -> Cost {
    let mut clock = Clock::start();
    let theme = Theme::load(None).expect("the theme");
    let writer = Writer::open(out, &[root], Arc::new(AtomicBool::new(false))).expect("an output folder");
    let (workspace, input) = discover(root);
    let entries = pipeline::page_entries(&input.tree);
    let mut pages = pipeline::compile_pages(&input.tree, &entries, &|| ());
    if colours == Colours::Without {
        pages.iter_mut().filter_map(Arc::get_mut).for_each(|page| page.body.code = Box::default());
    }
    let index = pipeline::index_pages(&input, &pages);
    let times = PageTimes::default();
    let links = pipeline::write_pages(&input, &pages, &index, &theme, &writer, &times, &|| ()).expect("written");
    for (stage, time) in times.stages() {
        clock.add(stage, time.as_secs_f64() * 1000.0);
    }
    clock.stage("finish", || writer.finish()).expect("finished");
    clock.stage("report", || {
        let of_pages = pages.iter().flat_map(|page| &page.diagnostics);
        let all: Diagnostics =
            of_pages.chain(&input.diagnostics).chain(&index.diagnostics).cloned().chain(links).collect();
        let sources = &workspace.sources;
        let sorted = report::sort(all, &input.config.settings.rules, sources);
        let paths = Paths::for_format(Format::Human, sources.root());
        report::human::write(&mut io::sink(), sorted, sources, &paths, Verbosity::Normal).expect("nowhere");
    });
    // The bytes are counted after the clock has stopped.
    let mut cost = clock.cost(pages.len(), 0);
    cost.bytes = bytes(&self::pages(&input));
    cost
}
