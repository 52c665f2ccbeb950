//! Whole docsets, feature by feature: each case of `tests/sites/*.md` is a test.
//!
//! Fences with a path are the files of the docset. What is expected: `outputs`, a line `output <- source` for each file
//! that is published; `html PATH`, the body of the page that a file becomes, without what decorates it; `metadata PATH`,
//! that of the page; `trees`, each table of contents; `places`, for each page its breadcrumb, and what comes before and
//! after it; `diagnostics full`, all that is reported. `UPDATE=1 cargo test --test sites` rewrites what is expected.

mod harness;

use harness::cases::{self, Case, Fence, Piece};
use harness::docset::{self, Docset};
use harness::html;
use libtest_mimic::Failed;

/// What a case expects, by the language of its fence.
const EXPECTED: &[&str] = &["outputs", "html", "metadata", "trees", "places", "diagnostics"];

fn main() {
    cases::run("sites", Vec::new(), update, check);
}

fn is_expected(fence: &Fence) -> bool {
    EXPECTED.contains(&fence.language.as_str())
}

fn docset(case: &Case) -> Docset {
    let files = case.fences().filter(|fence| !is_expected(fence));
    let docset = Docset::new(files.filter_map(|fence| Some((fence.path()?, fence.bytes()))), None);
    docset.check_spans(&docset.diagnostics());
    docset
}

/// What a fence of expectations should hold.
fn actual(docset: &Docset, fence: &Fence) -> String {
    let lines = |lines: Vec<String>| lines.into_iter().map(|line| line + "\n").collect();
    match fence.language.as_str() {
        "outputs" => {
            lines(docset.outputs().into_iter().map(|(output, source)| format!("{output} <- {source}")).collect())
        }
        "trees" => lines(docset.trees()),
        "places" => lines(docset.places()),
        "diagnostics" => {
            let located = docset.locate(docset.diagnostics());
            lines(located.iter().map(|one| docset::line(one, "", fence.has("full"))).collect())
        }
        language => {
            let path = fence.path().expect("the path of a page");
            let found = match language {
                "metadata" => docset.metadata(path).map(|json| json + "\n"),
                _ => docset.page(path).map(|page| html::plain(&page.html)),
            };
            found.unwrap_or_else(|| "there is no such page\n".to_owned())
        }
    }
}

fn update(case: &mut Case) {
    let docset = docset(case);
    for piece in &mut case.pieces {
        if let Piece::Fence(fence) = piece
            && is_expected(fence)
        {
            fence.text = actual(&docset, fence);
        }
    }
}

/// All that is expected must come, and a case that expects no diagnostics must have none.
fn check(case: &Case) -> Result<(), Failed> {
    let docset = docset(case);
    let none = Fence { language: "diagnostics".into(), words: vec!["full".into()], text: String::new() };
    let silent = case.fence("diagnostics").is_none().then_some(&none);
    for fence in case.fences().filter(|fence| is_expected(fence)).chain(silent) {
        let actual = actual(&docset, fence);
        if fence.text != actual {
            let words = fence.words.join(" ");
            let Fence { language, text, .. } = fence;
            return Err(format!("{language} {words} differs\n--- expected\n{text}+++ actual\n{actual}").into());
        }
    }
    Ok(())
}
