//! Ids of headings.
//!
//! Rule: Markdig's `AutoIdentifierExtension` in GitHub mode, and docfx's `HeadingIdRewriter`.

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_general_category::{GeneralCategory, get_general_category};

use crate::markdown::tree::{Node, NodeKind};

/// The id of a heading's plain text: letters and digits of any script, `-` and `_` in lower case, blanks as `-`.
///
/// Nothing is trimmed or collapsed; text without any of these makes `section`.
pub fn slug(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' => id.push('-'),
            '-' | '_' => id.push(c),
            c if c.is_ascii_alphanumeric() => id.push(c.to_ascii_lowercase()),
            c if c.is_ascii() => {}
            // docfx looks at UTF-16 units: half a character is no letter.
            c if c.len_utf16() == 1 && is_letter_or_digit(c) => id.push(lower(c)),
            _ => {}
        }
    }
    if id.is_empty() { "section".to_owned() } else { id }
}

/// The id that the nodes of a heading make.
pub fn slug_of(heading: &[Node]) -> String {
    let mut text = String::new();
    heading.iter().for_each(|node| push_text(node, &mut text));
    slug(&text)
}

/// The text that counts: line breaks, formulas, `no-loc`, decorations and cross references without a text of their own do
/// not.
fn push_text(node: &Node, text: &mut String) {
    match &node.kind {
        _ if node.is_decoration() => {}
        NodeKind::Mention(_) => {}
        NodeKind::Link(link) if link.is_autolink && link.destination.starts_with("xref:") => {}
        NodeKind::Text(own) | NodeKind::Code(own) => text.push_str(own),
        NodeKind::SoftBreak | NodeKind::HardBreak | NodeKind::Math(_) => {}
        NodeKind::Element(element) if element.attributes.iter().any(|(_, value)| &**value == "no-loc") => {}
        _ => node.children.iter().for_each(|child| push_text(child, text)),
    }
}

/// `char.IsLetterOrDigit` of .NET.
fn is_letter_or_digit(c: char) -> bool {
    use GeneralCategory::{
        DecimalNumber, LowercaseLetter, ModifierLetter, OtherLetter, TitlecaseLetter, UppercaseLetter,
    };
    matches!(
        get_general_category(c),
        UppercaseLetter | LowercaseLetter | TitlecaseLetter | ModifierLetter | OtherLetter | DecimalNumber
    )
}

/// Lower case of one character; a character whose lower case is several stays.
fn lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(single), None) => single,
        _ => c,
    }
}

/// The ids of a page, each given once.
#[derive(Debug, Default)]
pub struct Ids {
    /// For each id given how many numbers were tried after it.
    taken: FxHashMap<String, usize>,
    /// What is taken, and no element has: the automatic ids of headings that have their own.
    unused: FxHashSet<String>,
}

impl Ids {
    /// `id`, or with the first number that makes it unique: `id-1`, `id-2`.
    pub fn claim(&mut self, id: String) -> String {
        let Some(tried) = self.taken.get(&id).copied() else {
            self.taken.insert(id.clone(), 0);
            return id;
        };
        let mut number = tried + 1;
        let mut unique = format!("{id}-{number}");
        while self.taken.contains_key(&unique) {
            number += 1;
            unique = format!("{id}-{number}");
        }
        self.taken.insert(id, number);
        self.taken.insert(unique.clone(), 0);
        unique
    }

    /// The id that a heading gives itself: `own`, numbered only if an element has it already.
    ///
    /// `automatic` is what the heading claimed for its text: as with docfx, no other heading gets it.
    pub fn claim_own(&mut self, own: &str, automatic: String) -> String {
        self.unused.insert(automatic);
        self.unused.take(own).unwrap_or_else(|| self.claim(own.to_owned()))
    }
}

/// The id that `<a id="x"></a>` or `<a name="x"></a>` before a heading's text gives to it.
pub fn own_id(heading: &[Node]) -> Option<&str> {
    let [Node { kind: NodeKind::Html(open), .. }, Node { kind: NodeKind::Html(close), .. }, _, ..] = heading else {
        return None;
    };
    if &**close != "</a>" {
        return None;
    }
    let attribute = open.strip_prefix("<a")?.strip_suffix('>')?.trim().trim_end_matches('/');
    let (name, value) = attribute.split_once('=')?;
    let value = value.trim().strip_prefix('"')?.strip_suffix('"')?;
    let is_id = |c: char| c.is_alphanumeric() || matches!(c, '_' | ' ' | '-' | '.');
    (matches!(name.trim(), "id" | "name") && !value.is_empty() && value.chars().all(is_id)).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_those_of_docfx() {
        assert_eq!(slug("1. Deploying the network"), "1-deploying-the-network");
        assert_eq!(slug("This - is a &@! heading _ with . and ! -"), "this---is-a--heading-_-with--and---");
        assert_eq!(slug("$?"), "section");
        assert_eq!(slug("Übersicht 概要 हिन्दी ²"), "übersicht-概要-हनद-");
    }

    #[test]
    fn ids_are_numbered_by_the_first_that_is_free() {
        let mut ids = Ids::default();
        let claimed = ["a", "a-1", "a", "a", "a-1"].map(|id| ids.claim(id.to_owned()));
        assert_eq!(claimed, ["a", "a-1", "a-2", "a-3", "a-1-1"]);
    }
}
