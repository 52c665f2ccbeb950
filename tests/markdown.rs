//! The dialect, syntax by syntax: each case of `tests/markdown/*.md` is a test.
//!
//! The first fence of a case is the article, `page.md` unless it names a path; further fences with a path are other
//! files. `html` is the body that is expected, without what decorates it: elements with `data-decoration`, the wrappers
//! of headings, code and tables, and attributes about loading and scrolling; `html full` is the body as it is written.
//! `diagnostics` lists all of them as `line:column code`, with the path before those of other files; `diagnostics full`
//! has messages and help too. `UPDATE=1 cargo test --test markdown` rewrites what is expected.

mod harness;

use harness::cases::{self, Case, Fence};
use harness::docset::{self, Docset};
use harness::html;
use libtest_mimic::Failed;

fn main() {
    cases::run("markdown", Vec::new(), update, check);
}

/// What a case gives: the body and the list of diagnostics.
struct Outcome {
    html: String,
    diagnostics: String,
    /// What a reader's browser would not take as it is written.
    fault: Option<String>,
}

fn run(case: &Case) -> Option<Outcome> {
    let page = case.fences().next()?;
    let path = page.path().unwrap_or("page.md");
    let others = case.fences().skip(1).filter_map(|fence| Some((fence.path()?, fence.bytes())));
    let docset = Docset::new(std::iter::once((path, page.bytes())).chain(others), Some(path));
    let rendered = docset.page(path)?;
    let is_full = |language: &str| case.fence(language).is_some_and(|fence| fence.has("full"));
    let all = docset.general.iter().cloned().chain(rendered.diagnostics).collect();
    docset.check_spans(&all);
    let located = docset.locate(all);
    let lines = located.iter().map(|one| docset::line(one, path, is_full("diagnostics")) + "\n");
    Some(Outcome {
        diagnostics: lines.collect(),
        fault: html::danger(&rendered.html).or_else(|| html::correction(&rendered.html)),
        html: if is_full("html") { rendered.html } else { html::plain(&rendered.html) },
    })
}

fn update(case: &mut Case) {
    if let Some(outcome) = run(case) {
        case.set("html", &outcome.html);
        case.set("diagnostics", &outcome.diagnostics);
    }
}

fn check(case: &Case) -> Result<(), Failed> {
    let outcome = run(case).ok_or("the case has no article")?;
    let expected = |language: &str| case.fence(language).map_or("", |fence: &Fence| &fence.text);
    compare("html", expected("html"), &outcome.html)?;
    compare("diagnostics", expected("diagnostics"), &outcome.diagnostics)?;
    match outcome.fault {
        Some(fault) => Err(format!("a browser would not read this as it is written: {fault}").into()),
        None => Ok(()),
    }
}

fn compare(what: &str, expected: &str, actual: &str) -> Result<(), Failed> {
    if expected == actual {
        return Ok(());
    }
    Err(format!("{what} differs\n--- expected\n{expected}+++ actual\n{actual}").into())
}
