//! How a text is written in its source: which characters are escapes, character references or the names of emoji there.
//!
//! A node's text is what readers see. What may begin a URL, a cross reference or a mark must stand in the source itself.

use std::ops::Range;

use crate::markdown::extensions::emoji;
use crate::markdown::syntax;

/// The pieces of a text that are written in another way than they are shown. Most texts have none.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Spelling {
    start: usize,
    pieces: Vec<Piece>,
}

/// A piece of a text that does not stand in the source as it is.
#[derive(Debug, PartialEq, Eq)]
struct Piece {
    /// Its bytes in the text.
    shown: Range<usize>,
    /// The byte of the source behind it.
    end: usize,
    kind: Kind,
}

/// How a piece is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A backslash and the character.
    Escape,
    /// A character reference, the name of an emoji, or a smiley.
    Name,
}

impl Spelling {
    /// Reads how `text` is written at `range` of `source`; `None` where that cannot be told.
    pub fn of(text: &str, source: &str, range: Range<usize>) -> Option<Spelling> {
        let mut spelling = Spelling { start: range.start, pieces: Vec::new() };
        let is_escaped = syntax::is_escaped(source.as_bytes(), range.start);
        if range.len() == text.len() && !is_escaped && source[range.clone()] == *text {
            return Some(spelling);
        }
        let (mut at, mut place) = (0, range.start);
        while let Some(next) = text[at..].chars().next() {
            let rest = &source[place..range.end];
            let width = next.len_utf8();
            let is_escape = rest.starts_with('\\') && next.is_ascii_punctuation() && rest[1..].starts_with(next);
            let (kind, shown, written) = if at == 0 && is_escaped && rest.starts_with(next) {
                (Some(Kind::Escape), width, width)
            } else if is_escape {
                (Some(Kind::Escape), width, 1 + width)
            } else if let Some((shown, written)) = reference(&text[at..], rest) {
                (Some(Kind::Name), shown, written)
            } else if rest.starts_with(next) {
                (None, width, width)
            } else {
                let (shown, written) = emoji::spelled(&text[at..], rest)?;
                (Some(Kind::Name), shown, written)
            };
            if let Some(kind) = kind {
                spelling.pieces.push(Piece { shown: at..at + shown, end: place + written, kind });
            }
            (at, place) = (at + shown, place + written);
        }
        (place == range.end).then_some(spelling)
    }

    /// Whether the bytes of the text at `range` stand in the source as they are shown.
    pub fn is_plain(&self, range: Range<usize>) -> bool {
        self.pieces.get(self.next(range.start)).is_none_or(|piece| piece.shown.start >= range.end)
    }

    /// Whether a character reference, or the name of an emoji, stands before the byte `at` of the text.
    pub fn follows_name(&self, at: usize) -> bool {
        let before = self.next(at).checked_sub(1).map(|before| &self.pieces[before]);
        before.is_some_and(|piece| piece.shown.end == at && piece.kind == Kind::Name)
    }

    /// The bytes of the source that show the bytes of the text at `range`.
    pub fn place(&self, range: Range<usize>) -> Range<usize> {
        self.behind(range.start)..self.behind(range.end)
    }

    /// The byte of the source at which what is shown before `at` ends.
    fn behind(&self, at: usize) -> usize {
        match self.next(at).checked_sub(1).map(|before| &self.pieces[before]) {
            Some(piece) => piece.end + at - piece.shown.end,
            None => self.start + at,
        }
    }

    /// The first piece that ends behind the byte `at` of the text.
    fn next(&self, at: usize) -> usize {
        self.pieces.partition_point(|piece| piece.shown.end <= at)
    }
}

/// How long the character reference is with which `source` begins: what it shows, and what is written.
fn reference(text: &str, source: &str) -> Option<(usize, usize)> {
    let end = 1 + source.strip_prefix('&')?.find(|c: char| !(c.is_ascii_alphanumeric() || c == '#'))?;
    let written = source.get(..=end).filter(|written| written.ends_with(';'))?;
    if let Some(number) = written.strip_prefix("&#") {
        return is_number(&number[..number.len() - 1]).then_some((text.chars().next()?.len_utf8(), written.len()));
    }
    let shown = htmlize::unescape(written);
    // A name that only begins as a known one is none.
    let is_known = shown != written && text.starts_with(&*shown);
    is_known.then(|| (shown.len(), written.len()))
}

/// Whether a text is the number of a character: 1 to 7 decimal digits, or `x` and 1 to 6 hexadecimal ones.
fn is_number(text: &str) -> bool {
    match text.strip_prefix(['x', 'X']) {
        Some(digits) => (1..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
        None => (1..=7).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, source: &str) -> Spelling {
        Spelling::of(text, source, 0..source.len()).expect("the source shows the text")
    }

    #[test]
    fn what_is_shown_as_it_is_written_has_no_pieces() {
        assert_eq!(read(r"a & \b &x; &#x;", r"a & \b &x; &#x;"), Spelling::default());
    }

    #[test]
    fn escapes_references_and_emoji_are_found() {
        let spelling = read("a*b&c~\u{1f604}d", r"a\*b&amp;c&#126;:smile:d");
        let plain: Vec<bool> = "a*b&c~".char_indices().map(|(at, _)| spelling.is_plain(at..at + 1)).collect();
        assert_eq!(plain, [true, false, true, false, true, false]);
        assert_eq!((spelling.place(0..3), spelling.place(4..6)), (0..4, 9..16));
        assert!(spelling.follows_name(4) && !spelling.follows_name(2) && !spelling.follows_name(3));
    }

    #[test]
    fn a_text_behind_a_backslash_begins_with_an_escape() {
        let spelling = Spelling::of("~a~", r"\~a~", 1..4).expect("the source shows the text");
        assert!(!spelling.is_plain(0..1) && spelling.is_plain(2..3));
        assert_eq!(Spelling::of("é", r"\~é", 1..4), None);
    }

    #[test]
    fn another_source_has_no_spelling() {
        assert_eq!(Spelling::of("ab", "a-", 0..2), None);
        assert_eq!(Spelling::of("a", "ab", 0..2), None);
    }
}
