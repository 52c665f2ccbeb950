//! Cross references in a line of text: `@uid`, `@"uid with blanks"`, `<xref:'uid with blanks'>`. Without quotes the last is
//! a link of CommonMark.
//!
//! References are found in the text that the tree has. But the backtick in the uid of a generic type, ``@List`1``, would
//! begin a code span, so such a reference is a directive.
//!
//! Rule: Learn's `XrefInlineShortParser`: a reference stands at the start of a line, after white space or after one of
//! `.,;:!?~`; its uid begins with an ASCII letter and ends before white space, quotes, brackets, `|`, or punctuation
//! that a blank or more punctuation follows. Whether a page has the uid is known only when all pages are read.

use std::ops::Range;

use crate::diagnostic::Code;
use crate::markdown::Options;
use crate::markdown::extension::{Context, Extension, Shape};
use crate::markdown::syntax::{self, Directive};
use crate::markdown::tree::{Link, Mention, Node, NodeKind};

/// `<xref:'uid'>`
#[derive(Debug)]
pub struct Quoted;

/// A reference longer than this is none.
const MAX_BYTES: usize = 1024;

/// Reads `<xref:'uid'>` or `<xref:"uid">` at `start` as a directive of the name `<xref` whose `raw` is what stands after
/// `<`; `None` if it has another shape. Rule: docfx `XrefInlineParser`.
pub fn in_angles(text: &str, start: usize) -> Option<Directive> {
    let line = syntax::line_from(text, start, MAX_BYTES);
    let (_, length) = quoted(line.strip_prefix("<xref:")?)?;
    let end = "<xref:".len() + length;
    line[end..].starts_with('>').then(|| Directive::plain("<xref", &line[1..end], start..start + end + 1))
}

/// ``@List`1``
#[derive(Debug)]
pub struct Generic;

/// The name of such a reference as a directive.
pub const GENERIC: &str = "@";

impl Extension for Generic {
    fn owns(&self, name: &str, _options: &Options) -> bool {
        name == GENERIC
    }

    fn shape(&self, _directive: &Directive) -> Shape {
        Shape::Inline
    }

    fn code(&self) -> Code {
        Code::XrefNotFound
    }

    fn lower(&self, directive: Directive, cx: &mut Context<'_>) -> Vec<Node> {
        let uid = directive.raw[1..].trim_matches(['"', '\'']).into();
        let mention = Mention { uid, written: directive.raw };
        vec![Node::leaf(NodeKind::Mention(Box::new(mention)), cx.span)]
    }
}

impl Extension for Quoted {
    fn owns(&self, name: &str, _options: &Options) -> bool {
        name == "<xref"
    }

    fn shape(&self, _directive: &Directive) -> Shape {
        Shape::Inline
    }

    fn code(&self) -> Code {
        Code::XrefNotFound
    }

    fn lower(&self, directive: Directive, cx: &mut Context<'_>) -> Vec<Node> {
        let link = Link { destination: directive.raw.clone(), title: "".into(), is_autolink: true };
        let text = Node::text(&directive.raw, cx.span);
        vec![Node::with(NodeKind::Link(Box::new(link)), cx.span, vec![text])]
    }
}

/// Where references stand in a text, with their uids. `before` is the character before the text.
pub fn mentions(text: &str, before: Option<char>) -> Vec<(Range<usize>, Box<str>)> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(next) = memchr::memchr(b'@', &text.as_bytes()[at..]) {
        let start = at + next;
        at = start + 1;
        let before = text[..start].chars().next_back().or(before);
        if before.is_some_and(|c| !c.is_whitespace() && !is_stop(c)) {
            continue;
        }
        let in_quotes = quoted(&text[at..]).filter(|(uid, _)| !uid.trim().is_empty());
        if let Some((uid, length)) = in_quotes.or_else(|| plain(&text[at..])) {
            at += length;
            found.push((start..at, uid.into()));
        }
    }
    found
}

fn is_stop(c: char) -> bool {
    ".,;:!?~".contains(c)
}

fn quoted(text: &str) -> Option<(&str, usize)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let length = text[1..].find(quote)?;
    let uid = &text[1..=length];
    (!uid.contains('\n')).then_some((uid, length + 2))
}

fn plain(text: &str) -> Option<(&str, usize)> {
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let is_end = c.is_whitespace()
            || "\"'<>[]|".contains(c)
            || is_stop(c) && next.is_none_or(|next| next.is_whitespace() || is_stop(next));
        if is_end {
            return Some((&text[..at], at));
        }
    }
    Some((text, text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uids(text: &str) -> Vec<Box<str>> {
        mentions(text, None).into_iter().map(|(_, uid)| uid).collect()
    }

    #[test]
    fn references_stand_apart_from_words() {
        assert_eq!(uids("@A.B. see @\"a b\", and .@c-d? x@y.z @1 (@e)"), ["A.B".into(), "a b".into(), "c-d".into()]);
        assert_eq!(mentions("@a", Some('*')), []);
    }
}
