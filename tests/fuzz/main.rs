//! Sites of hostile articles, made at random: nothing panics, what is written is what a browser reads, nothing in it is
//! active, and every place that is named lies in its file.
//!
//! `cargo test` tries a fixed few. `RECTO_FUZZ_SECONDS` tries for so long, from `RECTO_FUZZ_SEED` on, if that is set; the
//! same seed gives the same cases. `RECTO_FUZZ_CASE` tries the one of that number.

mod case;
mod check;
mod data;
mod grammar;
#[path = "../harness/mod.rs"]
mod harness;
mod inline;
mod minimise;
mod words;

use std::io::Write as _;
use std::panic;
use std::time::{Duration, Instant};

use case::Case;

const SEED: u64 = 1;
const CASES: u64 = 300;

#[test]
fn hostile_articles_make_sound_pages() {
    let number = |name: &str| std::env::var(name).ok().map(|value| value.parse::<u64>().expect("a number"));
    let seed = number("RECTO_FUZZ_SEED").unwrap_or(SEED);
    let time = number("RECTO_FUZZ_SECONDS").map(Duration::from_secs);
    let only = number("RECTO_FUZZ_CASE");
    let started = Instant::now();
    // A panic is a finding, and told as one.
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let mut tried = 0;
    let mut found = None;
    for number in only.unwrap_or(0).. {
        let case = Case::new(seed, number);
        tried += 1;
        if let Some(fault) = check::fault(&case) {
            found = Some((number, case, fault));
            break;
        }
        if only.is_some() || time.map_or(tried == CASES, |time| started.elapsed() >= time) {
            break;
        }
    }
    let found = found.map(|(number, case, fault)| {
        let small = minimise::minimise(case, |case| check::fault(case).is_some());
        let of_small = check::fault(&small).unwrap_or_default();
        format!("seed {seed}, case {number}: {fault}\nmade small: {of_small}\n{small}")
    });
    panic::set_hook(hook);
    let _ = writeln!(std::io::stdout(), "seed {seed}: {tried} cases in {:.0} s", started.elapsed().as_secs_f64());
    assert!(found.is_none(), "{}", found.unwrap_or_default());
}

/// What the pages show of each construct.
const CONSTRUCTS: &[&str] = &[
    "<table>\n<thead>",
    "<table><tbody>",
    "class=\"NOTE\"",
    "class=\"checklist\"",
    "class=\"tabGroup\"",
    "class=\"row\"",
    "class=\"column span2\"",
    "data-pivot=\"a b\"",
    "data-moniker=\"",
    "class=\"mx-imgBorder\"",
    "class=\"long-description\"",
    "class=\"embeddedvideo\"",
    "class=\"chromeless-form\"",
    "class=\"no-loc\"",
    "class=\"footnotes\"",
    "class=\"task\"",
    "<dl>",
    "class=\"alert\"",
    "lang-csharp",
    "<math",
    "class=\"xref\"",
    "href=\"other.html\"",
    "class=\"missing\"",
    "class=\"code-block\"",
    "#lightbox",
    "<details>",
    "<blockquote>",
    "loading=\"lazy\"",
    "\u{1f604}",
];

#[test]
fn the_fixed_cases_reach_every_construct() {
    let pages: String = (0..CASES).map(|number| check::page(&Case::new(SEED, number))).collect();
    let missing: Vec<&&str> = CONSTRUCTS.iter().filter(|construct| !pages.contains(**construct)).collect();
    assert!(missing.is_empty(), "no page has {missing:?}");
}
