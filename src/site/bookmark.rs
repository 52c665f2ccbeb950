//! The places in pages that links lead to.

use std::borrow::Cow;

use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::path;
use crate::source::Span;

/// What the link of a tab's heading begins with, behind its `#`.
const TAB: &str = "tab/";

/// The bookmark, decoded, that a fragment (with its `#`) names and a page with these `bookmarks` (sorted) lacks.
pub(super) fn lacking<'a>(fragment: &'a str, bookmarks: &[Box<str>]) -> Option<Cow<'a, str>> {
    let bookmark = path::decode(fragment.trim_start_matches('#'));
    // `#:~:` highlights text.
    let is_free = bookmark.is_empty() || bookmark == "top" || bookmark.starts_with(":~:");
    let is_there = |bookmark: &str| bookmarks.binary_search_by(|own| (**own).cmp(bookmark)).is_ok();
    (!is_free && !is_there(&bookmark)).then_some(bookmark)
}

/// Says that a page lacks a bookmark; with the one of the `known` that differs in its case only, if there is one.
pub(super) fn missing<'a>(
    bookmark: &str,
    page: &str,
    known: &'a [Box<str>],
    span: Span,
) -> (Diagnostic, Option<&'a str>) {
    let bookmarks = || known.iter().map(|bookmark| &**bookmark);
    let other_case = bookmarks().find(|own| lower(own).eq(lower(bookmark)));
    let message = format!("cannot find the bookmark `#{bookmark}` in {page}");
    let help = match other_case.or_else(|| suggest(bookmark, bookmarks())) {
        Some(near) => format!("did you mean `#{near}`?"),
        None if lower(bookmark).take(TAB.len()).eq(TAB.chars()) => {
            "a tab is a heading that holds nothing else, `# [Title](#tab/id)`, with letters, digits and `-` in its id"
                .to_owned()
        }
        None => "link to one of its headings, or to the page without a bookmark".to_owned(),
    };
    (Diagnostic::new(Code::BookmarkNotFound, span, message).help(help), other_case)
}

/// Character by character, as the ids of headings are made, and no further than it is looked at.
fn lower(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase)
}
