//! What must hold for the pages of any site.

use std::panic::{self, AssertUnwindSafe};
use std::time::{Duration, Instant};

use recto::report::{Format, Paths, Verbosity, human};

use crate::case::Case;
use crate::harness::docset::{Docset, Rendered};
use crate::harness::html::{correction, danger};

/// A case is small: whatever machine it is, one that takes longer hangs.
const MAX_TIME: Duration = Duration::from_secs(20);

/// What is wrong with the pages of a case, if anything is.
pub fn fault(case: &Case) -> Option<String> {
    let started = Instant::now();
    let checked = panic::catch_unwind(AssertUnwindSafe(|| site(case)));
    let found = checked.unwrap_or_else(|panic| {
        let message = panic.downcast_ref::<String>().cloned();
        let message = message.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Some(format!("panicked: {}", message.unwrap_or_default()))
    });
    found.or_else(|| (started.elapsed() > MAX_TIME).then(|| format!("took {:?}", started.elapsed())))
}

/// The body of the article of a case.
pub fn page(case: &Case) -> String {
    Docset::new(case.files(), Some("page.md")).page("page.md").map_or(String::new(), |page| page.html)
}

/// The whole way to the body of each page, and the report.
fn site(case: &Case) -> Option<String> {
    let docset = Docset::new(case.files(), Some("page.md"));
    let all = docset.diagnostics();
    docset.check_spans(&all);
    let located = docset.locate(all);
    let paths = Paths::for_format(Format::Json, None);
    human::write(&mut Vec::new(), located, &docset.sources, &paths, Verbosity::Verbose).expect("memory takes it");
    ["page.md", "other.md", "faq.yml"].into_iter().find_map(|page| {
        let Some(Rendered { html, .. }) = docset.page(page) else {
            assert_eq!(page, "faq.yml", "is no page");
            return None;
        };
        let coloured = docset.coloured(page);
        let found = made_up(&html, case).or_else(|| unsound(&html));
        found.or_else(|| unsound(&coloured).map(|fault| format!("with colours, {fault}")))
    })
}

/// What stands for something while markdown is read must not be seen; a character reference may stand for it, too.
fn made_up(html: &str, case: &Case) -> Option<String> {
    let is_written = |text: &[u8]| case.files.iter().any(|(_, bytes)| memchr::memmem::find(bytes, text).is_some());
    let found = html.chars().find(|c| matches!(c, '\u{17}'..='\u{1a}') && !is_written(&[*c as u8]))?;
    (!is_written(b"&#")).then(|| format!("{found:?} is in no file"))
}

fn unsound(html: &str) -> Option<String> {
    let found = danger(html).map(|danger| format!("danger: {danger}"));
    found.or_else(|| correction(html).map(|correction| format!("a browser corrects it: {correction}")))
}
