//! Finds what may be a directive of the dialect: `[!NAME ..]`, `:::name ..:::`, `<xref:'..'>` and ``@uid`1``.
//!
//! Knows nothing of code fences, lists or tables: pulldown-cmark judges later which candidates are real.

use std::ops::Range;

use memchr::memmem;

use crate::markdown::Options;
use crate::markdown::extension::{self, Extension, Shape};
use crate::markdown::extensions::{abbreviation, callout, xref};
use crate::markdown::formula;
use crate::markdown::generic;
use crate::markdown::syntax::{self, Directive, Mistake};
use crate::markdown::tables;

/// A candidate in a text.
#[derive(Debug, Clone)]
pub struct Token {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// How it is hidden from pulldown-cmark.
    pub mask: Mask,
    /// What it says.
    pub directive: Directive,
    /// Where it may stand.
    pub shape: Shape,
    /// The extension that owns it.
    pub owner: &'static dyn Extension,
    /// Whether it ends the raw HTML above it, which pulldown-cmark would let go on up to a blank line.
    pub ends_html: bool,
}

/// What stands for a token while pulldown-cmark reads. Each form has the token's own length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mask {
    /// `<?   ?>`: an HTML block of one line, which also interrupts a paragraph.
    Block,
    /// `<x   />`: inline HTML, legal in table cells and in the text of links.
    Inline,
    /// `<xx:xxx>`: an autolink. Where inline HTML would start a line it would open an HTML block.
    LineStart,
    /// The token itself: a marker whose quote goes on without `>` must stay a paragraph, and a mistake text.
    Open,
}

/// All candidates of a text from `start` on, in order.
pub fn scan(text: &str, start: usize, options: &Options) -> Vec<Token> {
    let bytes = text.as_bytes();
    let brackets = memmem::find_iter(&bytes[start..], b"[!").filter_map(|at| bracket(text, start + at, options));
    let colons = memmem::find_iter(&bytes[start..], b":::").filter_map(|at| colon(text, start + at, options));
    let dollars = memchr::memchr_iter(b'$', &bytes[start..]).filter_map(|at| dollar(text, start + at, options));
    let angles = memmem::find_iter(&bytes[start..], b"<xref:").filter_map(|at| angle(text, start + at, options));
    let generics = generic::generics(text, start).into_iter().filter_map(|directive| token(text, directive, options));
    let mut tokens: Vec<Token> = brackets.chain(colons).chain(dollars).chain(angles).chain(generics).collect();
    if abbreviation::is_on(options) {
        let stars = memmem::find_iter(&bytes[start..], b"*[");
        let definitions = stars.filter_map(|at| token(text, abbreviation::definition(text, start + at)?, options));
        tokens.extend(definitions.filter(|token| token.mask == Mask::Block));
    }
    tokens.sort_by_key(|token| token.range.start);
    let mut end = start;
    tokens.retain(|token| {
        // Behind `:` colons begin nothing, unless these end the directive before them.
        let follows_colon = text[..token.range.start].ends_with(':') && text[token.range.start..].starts_with(':');
        let is_apart = token.range.start == end || token.range.start > end && !follows_colon;
        if is_apart {
            end = token.range.end;
        }
        is_apart
    });
    tokens
}

fn bracket(text: &str, at: usize, options: &Options) -> Option<Token> {
    if syntax::is_escaped(text.as_bytes(), at) {
        return None;
    }
    token(text, syntax::bracket(text, at)?, options)
}

fn colon(text: &str, at: usize, options: &Options) -> Option<Token> {
    if syntax::is_escaped(text.as_bytes(), at) {
        return None;
    }
    let directive = syntax::inline_zone::at(text, at).or_else(|| syntax::triple_colon(text, at))?;
    token(text, directive, options)
}

fn dollar(text: &str, at: usize, options: &Options) -> Option<Token> {
    token(text, formula::at(text, at)?, options)
}

fn angle(text: &str, at: usize, options: &Options) -> Option<Token> {
    if syntax::is_escaped(text.as_bytes(), at) {
        return None;
    }
    token(text, xref::in_angles(text, at)?, options)
}

fn token(text: &str, mut directive: Directive, options: &Options) -> Option<Token> {
    let owner = extension::owner(&directive.name, options).or_else(|| callout::unknown(&mut directive))?;
    let range = directive.range.clone();
    // Only the bytes beside it are looked at: a line may hold any number of tokens.
    let before = &text[..range.start];
    let before = before.strip_prefix('\u{feff}').unwrap_or(before);
    let after = text[range.end..].trim_start_matches([' ', '\t']);
    let starts_line = ends_in_container_prefix(before);
    let ends_line = after.is_empty() || after.starts_with(['\n', '\r']);
    let is_alone = starts_line && ends_line;
    directive.is_alone = is_alone;
    let shape = owner.shape(&directive);
    let mask = match shape {
        Shape::QuoteMarker => {
            let is_unknown = directive.mistake.is_some();
            if !before.trim_end_matches([' ', '\t']).ends_with('>') || is_unknown && !is_alone {
                return None;
            }
            // A lazy line is one of a paragraph, and a table is none: it stands behind the quote.
            let is_whole = || next_line_is_quoted(text, &range) || tables::begins_below(text, range.end);
            if !is_unknown && is_alone && is_whole() { Mask::Block } else { Mask::Open }
        }
        // An end marker behind text, with nothing after it, is meant as one. Other markers within a line are no directives,
        // with or without a mistake.
        Shape::End if !starts_line && ends_line && directive.mistake.is_none() && directive.surplus.is_none() => {
            Mask::Inline
        }
        Shape::Container(_) | Shape::End if !starts_line => return None,
        _ if directive.mistake.is_some() => Mask::Open,
        Shape::Block if is_alone => Mask::Block,
        Shape::Inline if starts_line => Mask::LineStart,
        Shape::Block | Shape::Inline => Mask::Inline,
        Shape::Container(_) | Shape::End if is_alone => Mask::Block,
        Shape::Container(_) => {
            directive.mistake = Some(Mistake::Attribute("what follows belongs on a line of its own".into()));
            Mask::Open
        }
        Shape::End => return None,
    };
    directive.is_block = mask == Mask::Block;
    Some(Token { range, mask, directive, shape, owner, ends_html: false })
}

/// Whether only markers of quotes and lists may stand in the last line of this text.
pub fn ends_in_container_prefix(before: &str) -> bool {
    before.bytes().rev().find(|b| !is_of_marker(*b)).is_none_or(|b| matches!(b, b'\n' | b'\r'))
}

/// Whether a byte may belong to the marker of a quote or a list item, or stand before it.
fn is_of_marker(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'>' | b'-' | b'+' | b'*' | b'.' | b')' | b'0'..=b'9')
}

/// How many `>` begin the line of `at`, as far as that; other markers may stand between them.
pub fn quotes_before(text: &str, at: usize) -> usize {
    let line = &text.as_bytes()[syntax::line_start(text, at)..at];
    line.iter().take_while(|byte| is_of_marker(**byte)).filter(|byte| **byte == b'>').count()
}

/// Whether the line after the one that holds `range` is blank, or stands in as many quotes as that one.
///
/// Another line would be the lazy continuation of a paragraph, and a marker that is no paragraph has none.
fn next_line_is_quoted(text: &str, range: &Range<usize>) -> bool {
    let Some(end) = memchr::memchr(b'\n', &text.as_bytes()[range.end..]) else { return true };
    let before = &text[syntax::line_start(text, range.start)..range.start];
    let mut next = text[range.end + end + 1..].trim_start_matches([' ', '\t']);
    for _ in 0..before.matches('>').count() {
        let Some(inner) = next.strip_prefix('>') else { return next.is_empty() || next.starts_with(['\n', '\r']) };
        next = inner.trim_start_matches([' ', '\t']);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masks(text: &str) -> Vec<Mask> {
        scan(text, 0, &Options::default()).iter().map(|token| token.mask).collect()
    }

    #[test]
    fn a_token_alone_on_its_line_is_a_block() {
        assert_eq!(masks("[!INCLUDE [a](b.md)]\n- [!INCLUDE[a](b.md)]  "), [Mask::Block, Mask::Block]);
        assert_eq!(masks("see [!INCLUDE [a](b.md)].\n| [!include [a](b.md)] |"), [Mask::Inline, Mask::Inline]);
    }

    #[test]
    fn markers_need_a_quote() {
        assert_eq!(masks("> [!NOTE]\n> x"), [Mask::Block]);
        assert_eq!(masks("> [!NOTE]\nlazy"), [Mask::Open]);
        assert_eq!(masks("> > [!NOTE]\n> lazy"), [Mask::Open]);
        assert_eq!(masks("> [!NOTE] text"), [Mask::Open]);
        assert_eq!(masks("> [!NOTE]\n|a|b|\n|-|-|"), [Mask::Block]);
        assert!(masks("[!NOTE]\n> \\[!NOTE]").is_empty());
    }
}
