//! What is coloured in each language: the cases of `tests/highlight/*.md`.
//!
//! The first fence of a case is code, in the language that its info string names; `colours` is the HTML that is made of it.
//! `UPDATE=1 cargo test --test highlight` rewrites what is expected.

mod harness;

use std::collections::{BTreeMap, BTreeSet};

use harness::cases::{self, Case, CaseFile};
use libtest_mimic::{Arguments, Failed, Trial};
use recto::highlight::{Class, highlight};
use recto::markdown::language::{self, LANGUAGES};
use scraper::Html;

/// Languages that have no colours of their own: what is shown in them is text.
const PLAIN: [&str; 2] = ["output", "text"];

fn main() {
    let arguments = Arguments::from_args();
    let mut files = cases::read_all("highlight");
    if std::env::var_os("UPDATE").is_some() {
        for file in &mut files {
            file.cases.iter_mut().for_each(|case| case.set("colours", &painted(case)));
            file.write();
        }
    }
    let mut trials = vec![
        Trial::test("every language has a case with two classes", every_language_has_a_case),
        Trial::test("whatever is cut off or repeated, the text stays", the_text_stays),
    ];
    for file in files {
        let feature = file.name();
        for case in file.cases {
            trials.push(Trial::test(format!("{feature}: {}", case.name), move || check(&case)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn painted(case: &Case) -> String {
    let code = case.fences().next().expect("a fence");
    highlight(&code.language, &code.text).unwrap_or_else(|| panic!("{} has no colours", code.language))
}

fn check(case: &Case) -> Result<(), Failed> {
    let wanted = case.fence("colours").map_or("", |fence| fence.text.as_str());
    let html = painted(case);
    if html != wanted {
        return Err(format!("--- expected\n{wanted}\n--- found\n{html}").into());
    }
    is_sound(&case.fences().next().expect("a fence").text, &html)
}

/// Whether HTML is nothing but the text of `code`, with spans of known classes that end on the line on which they begin.
fn is_sound(code: &str, html: &str) -> Result<(), Failed> {
    let text: String = Html::parse_fragment(html).root_element().text().collect();
    if text != code {
        return Err(format!("the text is another: {code:?} became {text:?}").into());
    }
    for line in html.split('\n') {
        let pieces: Vec<&str> = line.split("<span class=\"").collect();
        let is_class = |piece: &&str| Class::ALL.iter().any(|class| piece.starts_with(&format!("{}\">", class.name())));
        let is_closed = |piece: &&str| piece.matches("</span>").count() == 1;
        if pieces[0].contains('<') || !pieces[1..].iter().all(|piece| is_class(piece) && is_closed(piece)) {
            return Err(format!("this is no line of spans: {line}").into());
        }
    }
    Ok(())
}

fn classes(html: &str) -> BTreeSet<&str> {
    html.split("<span class=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn files() -> Vec<CaseFile> {
    cases::read_all("highlight")
}

fn every_language_has_a_case() -> Result<(), Failed> {
    let mut found: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let files = files();
    for case in files.iter().flat_map(|file| &file.cases) {
        let language = case.fences().next().and_then(|fence| language::find(&fence.language)).expect("a language");
        found.entry(language.id).or_default().extend(classes(&painted(case)).into_iter().map(str::to_owned));
    }
    for language in LANGUAGES.iter().filter(|language| !PLAIN.contains(&language.id)) {
        let classes = found.get(language.id).map_or(0, BTreeSet::len);
        if classes < 2 {
            return Err(format!("`{}` has {classes} classes in its cases", language.id).into());
        }
    }
    Ok(())
}

/// Broken code is the rule in docs. Each sample is cut at every character, and read as each other language.
fn the_text_stays() -> Result<(), Failed> {
    let files = files();
    let samples: Vec<&str> = files
        .iter()
        .flat_map(|file| &file.cases)
        .filter_map(|case| Some(case.fences().next()?.text.as_str()))
        .collect();
    for language in LANGUAGES {
        for sample in &samples {
            if let Some(html) = highlight(language.id, sample) {
                is_sound(sample, &html).map_err(|failed| format!("{}: {failed:?}", language.id))?;
            }
        }
    }
    for case in files.iter().flat_map(|file| &file.cases) {
        let fence = case.fences().next().expect("a fence");
        for (at, _) in fence.text.char_indices() {
            for part in [&fence.text[..at], &fence.text[at..]] {
                let html = highlight(&fence.language, part).expect("colours");
                let tags = html.matches("<span").count();
                if html.matches("</span>").count() != tags || unescaped(&html) != part {
                    return Err(format!("{}: {part:?} became {html:?}", fence.language).into());
                }
            }
        }
    }
    Ok(())
}

/// The text of what was written, by the simplest means.
fn unescaped(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
