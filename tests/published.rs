//! Built sites in a real browser: `RECTO_BROWSER` names a folder whose `node_modules` holds playwright-core.

mod program;

use std::path::Path;
use std::process::Command;

/// Builds `source` for publishing under `/base/path/`, and opens an unknown address there.
fn check_not_found(source: &Path, name: &str) {
    let Some(modules) = program::data("RECTO_BROWSER") else { return };
    let out = program::workspace(name);
    let arguments = ["build", "--base-url", "https://example.org/base/path/", "-o", out.to_str().expect("UTF-8")];
    program::run(source, arguments).ends_with(0);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/not-found.mjs");
    let run = Command::new("node").arg(script).args([&modules, &out]).arg("/base/path/").output().expect("node");
    let told = |bytes| String::from_utf8_lossy(bytes).into_owned();
    assert!(run.status.success(), "{}{}", told(&run.stdout), told(&run.stderr));
}

#[test]
fn an_unknown_address_of_the_manual_shows_a_styled_page_whose_links_work() {
    check_not_found(Path::new(env!("CARGO_MANIFEST_DIR")), "not-found-manual");
}

#[test]
fn an_unknown_address_of_a_real_site_shows_a_styled_page_whose_links_work() {
    let Some(corpora) = program::data("RECTO_CORPORA") else { return };
    check_not_found(&corpora.join("WSL"), "not-found-wsl");
}

#[test]
fn an_unknown_address_of_several_docsets_shows_a_styled_page_whose_links_work() {
    let Some(corpora) = program::data("RECTO_CORPORA") else { return };
    check_not_found(&corpora.join("OfficeDocs-Support"), "not-found-office");
}

#[test]
fn tabs_selectors_and_videos_do_what_they_promise() {
    let Some(modules) = program::data("RECTO_BROWSER") else { return };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/tabs.mjs");
    let mut node = Command::new("node");
    node.arg(script).env("RECTO", env!("CARGO_BIN_EXE_recto")).env("RECTO_BROWSER", modules);
    assert!(node.status().expect("node").success());
}
