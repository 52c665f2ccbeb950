//! Which open elements a browser ends when another one starts.
//!
//! Rule: the construction of the tree in the HTML standard, for the elements that content may use. The writer ends them
//! itself, or leaves the new one out, so that what is written is what is read.

use std::borrow::Cow;

use crate::markdown::html::TextReference;
use crate::source::Span;

/// An element that stands open.
#[derive(Debug)]
pub(super) struct Open {
    /// Lower case; empty for a paragraph that was ended before its time.
    pub(super) name: Cow<'static, str>,
    /// What is to be written at the end of one that an author opened; nothing for what the writer holds by itself.
    pub(super) raw: Option<Raw>,
}

/// An element that an author opened.
#[derive(Debug)]
pub(super) struct Raw {
    /// Whether its tags are written by the slots of a link.
    pub(super) is_link: bool,
    /// For a cross reference what it refers to, and the length of the HTML when it was opened.
    pub(super) reference: Option<(TextReference, usize)>,
    pub(super) span: Span,
}

/// Elements beyond which no item is looked for, sorted.
const HOLDS_ITEMS: &[&str] = &[
    "article",
    "aside",
    "blockquote",
    "caption",
    "center",
    "colgroup",
    "dd",
    "details",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "nav",
    "ol",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// The parts of tables, sorted.
const TABLE_PARTS: &[&str] = &["caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"];

/// Whether an element stands in tables only.
pub(super) fn is_table_part(name: &str) -> bool {
    TABLE_PARTS.binary_search(&name).is_ok()
}

/// Whether an element ends a paragraph.
fn ends_paragraph(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "figcaption"
            | "figure"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "hr"
            | "li"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "ul"
    )
}

/// Whether an element begins anew: what is open outside does not matter inside.
fn is_cell(name: &str) -> bool {
    matches!(name, "td" | "th" | "caption")
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// The outermost element of `open` that a browser ends when `name` starts, by its index.
pub(super) fn ended(open: &[Open], name: &str) -> Option<usize> {
    if open.is_empty() {
        return None;
    }
    let ends_paragraph = ends_paragraph(name);
    if !ends_paragraph && !matches!(name, "a" | "nobr" | "rt" | "rp") {
        return None;
    }
    let cell = open.iter().rposition(|tag| is_cell(&tag.name)).map_or(0, |cell| cell + 1);
    let scope = open.iter().rposition(|tag| tag.name == "table").map_or(cell, |table| cell.max(table + 1));
    let last = |from: usize, wanted: &str| open[from..].iter().rposition(|tag| tag.name == wanted).map(|at| from + at);
    let paragraph = if ends_paragraph { last(scope, "p") } else { None };
    let own = match name {
        "a" => last(cell, "a"),
        "nobr" => last(scope, "nobr"),
        "li" => item(open, &["li"]),
        "dt" | "dd" => item(open, &["dt", "dd"]),
        "rt" | "rp" if last(scope, "ruby").is_some() => {
            let is_implied = |tag: &Open| matches!(&*tag.name, "rt" | "rp" | "p" | "li" | "dd" | "dt" | "");
            let kept = open.iter().rposition(|tag| !is_implied(tag)).map_or(0, |kept| kept + 1);
            (kept < open.len()).then_some(kept)
        }
        name if is_heading(name) => {
            let around = open[..paragraph.unwrap_or(open.len())].iter().rposition(|tag| !tag.name.is_empty());
            around.filter(|around| is_heading(&open[*around].name))
        }
        _ => None,
    };
    own.into_iter().chain(paragraph).min()
}

/// The nearest open item of one of these names.
fn item(open: &[Open], names: &[&str]) -> Option<usize> {
    for (at, tag) in open.iter().enumerate().rev() {
        if names.contains(&&*tag.name) {
            return Some(at);
        }
        if HOLDS_ITEMS.binary_search(&&*tag.name).is_ok() {
            return None;
        }
    }
    None
}

/// The element that an end tag ends, of those from `floor` on. None in a cell ends what holds the cell's table.
pub(super) fn closed(open: &[Open], floor: usize, name: &str) -> Option<usize> {
    let is_edge = |tag: &Open| match is_table_part(name) || name == "table" {
        true => tag.name == "table",
        false => is_cell(&tag.name) || tag.name == "table",
    };
    for (at, tag) in open.iter().enumerate().skip(floor).rev() {
        if tag.name == name {
            return Some(at);
        }
        if is_edge(tag) {
            return None;
        }
    }
    None
}

/// What a part of a table stands in, from the outside in.
pub(super) fn holders(part: &str) -> &'static [&'static str] {
    match part {
        "td" | "th" => &["tbody", "tr"],
        "tr" => &["tbody"],
        "col" => &["colgroup"],
        _ => &[],
    }
}

/// Whether an element can be the holder of that name: all groups of rows hold rows.
pub(super) fn holds(name: &str, holder: &str) -> bool {
    name == holder || (holder == "tbody" && matches!(name, "thead" | "tfoot"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(names: &[&'static str]) -> Vec<Open> {
        names.iter().map(|name| Open { name: Cow::Borrowed(name), raw: None }).collect()
    }

    #[test]
    fn the_lists_are_sorted() {
        assert!(HOLDS_ITEMS.is_sorted() && TABLE_PARTS.is_sorted());
    }

    #[test]
    fn blocks_end_a_paragraph_unless_a_cell_lies_between() {
        assert_eq!(ended(&open(&["div", "p", "b"]), "ol"), Some(1));
        assert_eq!(ended(&open(&["p", "table", "tbody", "tr", "td"]), "ol"), None);
        assert_eq!(ended(&open(&["div", "p"]), "span"), None);
    }

    #[test]
    fn items_and_links_end_their_like() {
        assert_eq!(ended(&open(&["ul", "li", "div"]), "li"), Some(1));
        assert_eq!(ended(&open(&["ul", "li", "ol"]), "li"), None);
        assert_eq!(ended(&open(&["a", "div", "b"]), "a"), Some(0));
        assert_eq!(ended(&open(&["h2"]), "h3"), Some(0));
        assert_eq!(ended(&open(&["h2", "p"]), "h3"), Some(0));
        assert_eq!(ended(&open(&["h2", ""]), "h3"), Some(0));
        assert_eq!(ended(&open(&["p"]), "h3"), Some(0));
        assert_eq!(ended(&open(&["h2", "b"]), "h3"), None);
        assert_eq!(ended(&open(&["ruby", "rt"]), "rp"), Some(1));
    }

    #[test]
    fn an_end_tag_stays_in_its_cell() {
        assert_eq!(closed(&open(&["b", "table", "tbody", "tr", "td", "i"]), 0, "b"), None);
        assert_eq!(closed(&open(&["b", "table", "tbody", "tr", "td", "i"]), 0, "table"), Some(1));
        assert_eq!(closed(&open(&["b", "i"]), 1, "b"), None);
    }
}
