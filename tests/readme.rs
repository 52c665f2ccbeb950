//! The first page tells the truth: its sample is run, and its links lead to files.

mod program;

use std::path::Path;

const README: &str = include_str!("../README.md");

/// The text of each fence of a language, in order.
fn fences(language: &str) -> Vec<String> {
    let open = format!("\n```{language}\n");
    let body = |rest: &str| rest.split_once("\n```\n").expect("a fence that ends").0.to_owned() + "\n";
    README.split(&open).skip(1).map(body).collect()
}

/// HTML without the pictures that the page leaves out.
fn without_icons(html: &str) -> String {
    let mut parts = html.split("<svg");
    let mut text = parts.next().unwrap_or_default().to_owned();
    parts.for_each(|part| text.push_str(part.split_once("</svg>").expect("an icon that ends").1));
    text
}

#[test]
fn the_sample_of_the_first_page_is_what_the_program_prints() {
    let [article, include] = fences("md").try_into().expect("an article and an include");
    let files = [
        ("articles/install.md", article.as_str()),
        ("articles/first-steps.md", "# First steps\n\n## Sign in\n"),
        ("includes/before-you-begin.md", include.as_str()),
    ];
    let folder = program::docset(&files);
    let told = program::run(folder.path(), ["render", "articles/install.md"]).ends_with(0);
    assert_eq!(vec![without_icons(&told.stdout)], fences("html"));
    assert!(told.stderr.starts_with(&fences("text")[0]), "{}", told.stderr);
}

#[test]
fn two_commands_are_enough() {
    assert_eq!(fences("console"), ["cargo run --release -- serve\n", "cargo test\n"]);
}

#[test]
fn links_of_the_first_page_lead_to_files() {
    let targets = README.split("](").skip(1).map(|rest| rest.split(')').next().unwrap_or_default());
    let local: Vec<&str> =
        targets.filter(|target| !target.starts_with("https:") && target.contains(['.', '-'])).collect();
    let is_file = |target: &&str| Path::new(env!("CARGO_MANIFEST_DIR")).join(target).is_file();
    let sample = ["../includes/before-you-begin.md", "first-step.md#sign-in", "/azure/downloads/"];
    let gone: Vec<_> = local.iter().filter(|target| !is_file(target) && !sample.contains(target)).collect();
    assert!(local.len() > 10 && gone.is_empty(), "{gone:?}");
}
