//! What must hold for the pages of any site.

use std::panic::{self, AssertUnwindSafe};
use std::time::{Duration, Instant};

use recto::diagnostic::Place;
use recto::markdown::html::{self, Body, Want};
use recto::markdown::{Extra, Options, document};
use recto::report::{Format, Paths, Verbosity, human};
use recto::source::Sources;

use crate::case::Case;
use crate::harness::docset::Docset;
use crate::harness::html::{correction, danger};

/// A case is small: whatever machine it is, one that takes longer hangs.
const MAX_TIME: Duration = Duration::from_secs(20);

/// What is wrong with the pages of a case, if anything is.
pub fn fault(case: &Case) -> Option<String> {
    let started = Instant::now();
    let checked = panic::catch_unwind(AssertUnwindSafe(|| site(case).or_else(|| extras(case))));
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
    human::write(&mut Vec::new(), &located, &Paths::for_format(Format::Json, None), Verbosity::Verbose)
        .expect("memory takes it");
    ["page.md", "other.md"].into_iter().find_map(|page| {
        let page = docset.page(page).unwrap_or_else(|| panic!("{page} is no page"));
        unsound(&page.html)
    })
}

/// What a docset may switch on, up to the HTML with its open places.
fn extras(case: &Case) -> Option<String> {
    let extras = Extra::ALL.iter().map(|(_, extra)| *extra).collect();
    let alerts = vec![("TODO".into(), "alert \"<".into())];
    let options = Options { extras, alerts, ..Options::default() };
    let text = String::from_utf8_lossy(case.bytes("page.md")).into_owned();
    let file = Sources::memory([("page.md", "")]).find("page.md").map(|found| found.file)?;
    let (document, mut diagnostics) = document::parse(file, &text, 0, &options);
    let (body, more) = html::write(&document.root, &options);
    diagnostics.extend(more);
    for diagnostic in diagnostics {
        if let Place::Span(span) = diagnostic.place {
            assert!(text.get(span.bytes()).is_some(), "{:?} lies outside the text: {diagnostic:?}", span.bytes());
        }
    }
    unsound(&filled(&body))
}

/// The HTML with something in its open places.
fn filled(body: &Body) -> String {
    let (mut html, mut at) = (String::new(), 0);
    for slot in &body.slots {
        html.push_str(&body.html[at..slot.at as usize]);
        at = slot.at as usize;
        html.push_str(match slot.want {
            Want::LinkStart { .. } => "<a>",
            Want::LinkEnd => "</a>",
            Want::Mention { .. } => "<a></a>",
            Want::LinkText(_) | Want::Source(_) => "",
        });
    }
    html + &body.html[at..]
}

fn unsound(html: &str) -> Option<String> {
    let found = danger(html).map(|danger| format!("danger: {danger}"));
    found.or_else(|| correction(html).map(|correction| format!("a browser corrects it: {correction}")))
}
