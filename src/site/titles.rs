//! Cross references in headings: what they show is known when all pages are read, and with it the titles that are headings.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::markdown::html::Heading;
use crate::markdown::reference::CrossReference;
use crate::site::index::Site;
use crate::site::page::{Facts, shown_title};
use crate::source::FileId;

/// A heading that is longer keeps its cross references as they are written.
const MAX_TEXT: usize = 4096;

/// What cross references show of the pages whose titles hold cross references themselves: in these the titles of pages as
/// they are written. So no title depends on itself.
pub type Shown = FxHashMap<FileId, Box<str>>;

/// The pages whose headings have cross references.
fn open(site: &Site) -> Vec<(FileId, Arc<Facts>)> {
    let has_references = |heading: &Heading| !heading.references.is_empty();
    let is_open = |facts: &&Arc<Facts>| facts.headings.iter().any(has_references);
    site.pages().filter(|(_, facts)| is_open(facts)).map(|(file, facts)| (file, facts.clone())).collect()
}

/// Makes [`Shown`] of a site, and the facts of the pages whose headings have cross references with their texts.
pub fn fill(site: &mut Site) {
    let open = open(site);
    let title = |(file, facts): &(FileId, Arc<Facts>), site: &Site| {
        let heading = &facts.headings[facts.title_heading? as usize];
        (!heading.references.is_empty()).then(|| (*file, shown_title(&text(heading, *file, site))))
    };
    let shown: Shown = open.iter().filter_map(|page| title(page, site)).collect();
    site.show(shown);
    let filled: Vec<(FileId, Arc<Facts>)> =
        open.iter().map(|(file, facts)| (*file, Arc::new(filled(facts, *file, site)))).collect();
    site.know(filled);
}

fn filled(facts: &Facts, file: FileId, site: &Site) -> Facts {
    let mut filled = facts.clone();
    for heading in &mut filled.headings {
        heading.text = text(heading, file, site);
    }
    if let Some(at) = filled.title_heading {
        filled.title = shown_title(&filled.headings[at as usize].text);
    }
    filled
}

/// The text of a heading of a page, its cross references filled.
fn text(heading: &Heading, file: FileId, site: &Site) -> Box<str> {
    let Some(entry) = site.tree.entry(file) else { return heading.text.clone() };
    let (mut text, mut at) = (String::new(), 0);
    for (range, wanted) in &heading.references {
        text.push_str(&heading.text[at..range.start as usize]);
        at = range.end as usize;
        let found = site.text_of(&CrossReference::parse(&wanted.reference), entry);
        text.push_str(found.as_deref().unwrap_or(&wanted.otherwise));
        if text.len() > MAX_TEXT {
            return heading.text.clone();
        }
    }
    text.push_str(&heading.text[at..]);
    text.into()
}
