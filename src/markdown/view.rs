//! The text as pulldown-cmark sees it: directives masked, indentation that means nothing taken out.
//!
//! Most changes keep the length, so offsets are those of the author's file; where they do not, [`View::source`] knows.

use std::borrow::Cow;
use std::ops::Range;

use crate::markdown::extension::Shape;
use crate::markdown::indentation;
use crate::markdown::scan::{Mask, Token};
use crate::markdown::syntax;
use crate::markdown::tables::Table;

/// A text whose directives, and pipes that divide no cells, are hidden.
#[derive(Debug)]
pub struct View<'a> {
    /// What pulldown-cmark reads.
    pub text: Cow<'a, str>,
    /// Characters that the text does not hold, and what they stand for: pipes that divide no cells, and colons behind
    /// markers or at the starts of lines.
    hidden: Vec<(char, &'static str)>,
    /// Where bytes were taken out or put in: the byte of the view after the change, and the byte of the source there.
    shifts: Vec<(usize, usize)>,
}

/// A change of the text.
struct Edit {
    range: Range<usize>,
    with: String,
}

impl<'a> View<'a> {
    /// Hides `tokens` of `text`, `pipes`, which divide no cells, and `no_definitions`, colons at the starts of lines,
    /// and mends the rows of `tables`.
    pub fn new(
        text: &'a str,
        tokens: &[Token],
        pipes: &[usize],
        no_definitions: &[usize],
        tables: &[Table],
    ) -> View<'a> {
        let mut unused = unused_controls(text);
        let (pipe, colon) = (unused.next(), unused.next());
        let mut edits: Vec<Edit> = tokens.iter().filter_map(|token| mask(token, &text[token.range.clone()])).collect();
        edits.extend(tokens.iter().filter_map(|token| line_break(token, text)));
        edits.extend(indentation::eaten(text, tokens).into_iter().map(|range| Edit { range, with: String::new() }));
        for (at, with) in tables.iter().flat_map(|table| &table.additions) {
            edits.push(Edit { range: *at..*at, with: with.clone() });
        }
        let mut hidden = Vec::new();
        let mut hide = |with: Option<char>, what: &'static str, places: &[usize]| {
            if let Some(with) = with.filter(|_| !places.is_empty()) {
                edits.extend(places.iter().map(|at| Edit { range: *at..*at + 1, with: with.to_string() }));
                hidden.push((with, what));
            }
        };
        hide(pipe, "|", pipes);
        let outside = |colon: &usize| !is_masked(tokens, *colon);
        let colons: Vec<usize> =
            colons(tokens, text).into_iter().chain(no_definitions.iter().copied().filter(outside)).collect();
        hide(colon, ":", &colons);
        if edits.is_empty() {
            return View { text: Cow::Borrowed(text), hidden, shifts: Vec::new() };
        }
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        let (text, shifts) = apply(text, &edits);
        View { text: Cow::Owned(text), hidden, shifts }
    }

    /// The byte of the source that stands at a byte of the view.
    pub fn source(&self, at: usize) -> usize {
        if self.shifts.is_empty() {
            return at;
        }
        let next = self.shifts.partition_point(|(view, _)| *view <= at);
        let (view, source) = next.checked_sub(1).map_or((0, 0), |before| self.shifts[before]);
        let place = source + at - view;
        self.shifts.get(next).map_or(place, |(_, limit)| place.min(*limit))
    }

    /// The bytes of the source that stand in a range of the view.
    pub fn source_range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.source(range.start);
        // What was put in stands nowhere in the source: a range that ends in it ends where it was put in.
        let end = if range.is_empty() { start } else { (self.source(range.end - 1) + 1).min(self.source(range.end)) };
        start..end.max(start)
    }

    /// Puts what is hidden back into what pulldown-cmark made of the view.
    pub fn reveal(&self, text: &str) -> Box<str> {
        let mut revealed = Cow::Borrowed(text);
        for (with, what) in &self.hidden {
            if memchr::memchr(*with as u8, revealed.as_bytes()).is_some() {
                revealed = Cow::Owned(revealed.replace(*with, what));
            }
        }
        revealed.into()
    }
}

/// Makes the edits, which are sorted; of two that overlap the first counts.
fn apply(text: &str, edits: &[Edit]) -> (String, Vec<(usize, usize)>) {
    let (mut edited, mut shifts, mut at) = (String::with_capacity(text.len()), Vec::new(), 0);
    for edit in edits {
        if edit.range.start < at {
            continue;
        }
        edited.push_str(&text[at..edit.range.start]);
        edited.push_str(&edit.with);
        at = edit.range.end;
        if edit.with.len() != edit.range.len() {
            shifts.push((edited.len(), at));
        }
    }
    edited.push_str(&text[at..]);
    (edited, shifts)
}

fn mask(token: &Token, raw: &str) -> Option<Edit> {
    let (open, fill, close) = match token.mask {
        Mask::Block => ("<?", " ", "?>"),
        Mask::Inline => ("<x", " ", "/>"),
        Mask::LineStart => ("<xx:", "x", ">"),
        Mask::Open => return None,
    };
    let fill = fill.repeat(raw.len().saturating_sub(open.len() + close.len()));
    Some(Edit { range: token.range.clone(), with: format!("{open}{fill}{close}") })
}

/// The blank line that lets an end marker out of the raw HTML above it.
fn line_break(token: &Token, text: &str) -> Option<Edit> {
    if !token.ends_html {
        return None;
    }
    let start = syntax::line_start(text, token.range.start);
    let before = &text[start..token.range.start];
    let quotes = &before[..before.rfind('>').map_or(0, |last| last + 1)];
    Some(Edit { range: start..start, with: format!("{quotes}\n") })
}

/// The colons behind the markers of callouts. `[!NOTE]: text` would define a link, and with it the text would be gone.
fn colons(tokens: &[Token], text: &str) -> Vec<usize> {
    let is_marker = |token: &&Token| token.shape == Shape::QuoteMarker && text[token.range.end..].starts_with(':');
    tokens.iter().filter(is_marker).map(|token| token.range.end).collect()
}

/// Whether a mask covers a byte.
fn is_masked(tokens: &[Token], at: usize) -> bool {
    let next = tokens.partition_point(|token| token.range.start <= at);
    tokens[..next].last().is_some_and(|token| token.range.contains(&at) && token.mask != Mask::Open)
}

/// Control characters that the text does not hold.
fn unused_controls(text: &str) -> impl Iterator<Item = char> {
    let is_unused = |c: &char| memchr::memchr(*c as u8, text.as_bytes()).is_none();
    ['\u{1a}', '\u{19}', '\u{18}', '\u{17}'].into_iter().filter(is_unused)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Options;
    use crate::markdown::pipes;
    use crate::markdown::scan::scan;

    #[test]
    fn masks_keep_the_length() {
        let text = "a [!INCLUDE [é](b.md)] | `x|y` |\n[!INCLUDE [x](y)]\n> [!NOTE]\n> b\n:::image source=\"é\":::";
        let tokens = scan(text, 0, &Options::default());
        let view = View::new(text, &tokens, &pipes::not_dividing(text, &tokens), &[], &[]);
        assert_eq!(view.text.len(), text.len());
        assert!(view.text.contains("<?             ?>\n> <?   ?>\n> b\n<xx:"), "{}", view.text);
        assert_eq!(&*view.reveal(view.text.split('`').nth(1).expect("code")), "x|y");
    }
}
