//! What is coloured in each language: the cases of `tests/highlight/*.md`.
//!
//! The first fence of a case is code, in the language that its info string names; `colours` is the HTML that is made of it.
//! `UPDATE=1 cargo test --test highlight` rewrites what is expected.

mod harness;
mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use harness::cases::{self, Case, CaseFile};
use libtest_mimic::{Failed, Trial};
use rayon::prelude::*;
use recto::commands::Workspace;
use recto::highlight::{Class, highlight, paint};
use recto::markdown::language::{self, LANGUAGES, Language};
use recto::pipeline;
use scraper::Html;

/// Languages that have no colours of their own: what is shown in them is text.
const PLAIN: [&str; 2] = ["output", "text"];

fn main() {
    let trials = vec![
        Trial::test("every language has a case with two classes", every_language_has_a_case),
        Trial::test("whatever is cut off, and in whatever language, the text stays", the_text_stays),
        Trial::test("no text takes long", no_text_takes_long),
        Trial::test("the manual names every language", the_manual_names_every_language),
        Trial::test("the text of real code stays", the_text_of_real_code_stays),
    ];
    cases::run("highlight", trials, |case| case.set("colours", &painted(case)), check);
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

/// What opens something, or looks as if it did, again and again.
const OPENERS: &str = r##"( [ { < <a> " ' ` /* // a( a{ if( # @ $( ${ \ - -- a: <!-- <<EOF <<A && "${ {- (* <% <? ]] ]( ** ~~~ >
    """ ''' f"{ `${ a:${{ {{ @if @( <script> <![CDATA[ &amp user@ >>> #[ 'a '\ /[ (/a %a %~ !a A-b [a GET HTTP/ ::: --[[ a@b"##;

/// Time is linear in the text: 12 KiB take some milliseconds. What is quadratic takes more than the limit at each try; what
/// is only held up by other programs does not.
fn no_text_takes_long() -> Result<(), Failed> {
    const LENGTH: usize = 12 << 10;
    const LIMIT: Duration = Duration::from_millis(250);
    let openers = OPENERS.split_whitespace().flat_map(|opener| [opener.to_owned(), format!("{opener}\n")]);
    let openers: Vec<String> = openers.collect();
    let takes_long = |language: &Language, text: &str| {
        (0..3).all(|_| {
            let started = Instant::now();
            highlight(language.id, text);
            started.elapsed() > LIMIT
        })
    };
    let slow = LANGUAGES.par_iter().find_map_any(|language| {
        let opener = openers.iter().find(|opener| takes_long(language, &opener.repeat(LENGTH / opener.len())))?;
        Some(format!("{opener:?} in {}", language.id))
    });
    slow.map_or(Ok(()), |slow| Err(slow.into()))
}

fn the_manual_names_every_language() -> Result<(), Failed> {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("articles/dialect/code.md");
    let manual = std::fs::read_to_string(file).expect("the article");
    let is_named = |language: &&Language| manual.contains(&format!("`{}`", language.id));
    let unnamed: Vec<&str> = LANGUAGES.iter().filter(|one| !is_named(one)).map(|language| language.id).collect();
    if unnamed.is_empty() { Ok(()) } else { Err(format!("not named: {unnamed:?}").into()) }
}

/// Every code block of the corpora: with colours it is the text that it is without.
fn the_text_of_real_code_stays() -> Result<(), Failed> {
    let Some(corpora) = program::data("RECTO_CORPORA") else { return Ok(()) };
    let mut blocks = 0;
    for name in ["WSL", "OfficeDocs-Support", "PowerShell-Docs"] {
        let workspace = Workspace::open(&corpora.join(name)).expect("a folder");
        let (config, _) = workspace.config(None).expect("a configuration");
        let input = pipeline::discover(workspace.sources.clone(), config, None, &[]);
        let pages = pipeline::compile_pages(&input.tree, &pipeline::page_entries(&input.tree), &|| ());
        let wrong = pages.par_iter().find_map_any(|page| {
            page.body.code.iter().find_map(|code| {
                let html = &page.body.html[code.start as usize..code.end as usize];
                let mut painted = String::new();
                let has_colours = paint(&mut painted, code.language, html);
                (has_colours && unescaped(&painted) != unescaped(html)).then(|| format!("{}: {html}", code.language.id))
            })
        });
        if let Some(wrong) = wrong {
            return Err(wrong.into());
        }
        blocks += pages.iter().map(|page| page.body.code.len()).sum::<usize>();
    }
    if blocks > 10_000 { Ok(()) } else { Err(format!("only {blocks} blocks").into()) }
}
