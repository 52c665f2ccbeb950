//! Where a lexer stands in its text, and what it has found so far.
//!
//! A lexer only moves forward, and looks ahead no further than it then moves, or than a fixed number of bytes: so its
//! time is linear in the length of the text, whatever stands in it.

use crate::highlight::class::Class;

/// A piece of the text that has a class, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// What it is.
    pub class: Class,
}

/// A place in a text, between two characters, and the tokens before it.
#[derive(Debug)]
pub struct Scanner<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
}

impl<'a> Scanner<'a> {
    /// Stands before the first character.
    pub fn new(text: &'a str) -> Scanner<'a> {
        Scanner { text, at: 0, tokens: Vec::new() }
    }

    /// The tokens, in order; they do not overlap.
    pub fn into_tokens(self) -> Vec<Token> {
        self.tokens
    }

    /// The byte at which it stands.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The text between two places.
    pub fn slice(&self, start: usize, end: usize) -> &'a str {
        &self.text[start..end]
    }

    /// What follows.
    pub fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Whether nothing follows.
    pub fn is_done(&self) -> bool {
        self.at >= self.text.len()
    }

    /// The next byte.
    pub fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The byte that lies `ahead` bytes after the next.
    pub fn peek_at(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    /// The byte before.
    pub fn before(&self) -> Option<u8> {
        self.at.checked_sub(1).map(|at| self.text.as_bytes()[at])
    }

    /// Whether `prefix` follows.
    pub fn starts_with(&self, prefix: &str) -> bool {
        self.rest().as_bytes().starts_with(prefix.as_bytes())
    }

    /// Whether `prefix` follows in any case; `prefix` is lower-case ASCII.
    pub fn starts_with_caseless(&self, prefix: &str) -> bool {
        let rest = self.rest().as_bytes();
        rest.len() >= prefix.len() && rest[..prefix.len()].eq_ignore_ascii_case(prefix.as_bytes())
    }

    /// The bytes before, without the blanks that end them; 64 blanks at most.
    pub fn before_blanks(&self) -> &'a [u8] {
        let before = &self.text.as_bytes()[..self.at];
        let blanks = before.iter().rev().take(64).take_while(|byte| is_blank(**byte)).count();
        &before[..before.len() - blanks]
    }

    /// Whether only blanks stand between the start of the line and this place. Looks at 256 bytes at most.
    pub fn is_first_on_line(&self) -> bool {
        let before = &self.text.as_bytes()[..self.at];
        let blanks = before.iter().rev().take(256).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        before.len() == blanks || before[before.len() - blanks - 1] == b'\n'
    }

    /// The place after the next `needle` that begins `ahead` bytes from here or later, or the end of the text.
    pub fn end_of(&self, needle: &str, ahead: usize) -> usize {
        let from = (self.at + ahead).min(self.text.len());
        let found = memchr::memmem::find(&self.text.as_bytes()[from..], needle.as_bytes());
        found.map_or(self.text.len(), |found| from + found + needle.len())
    }

    /// Where the line ends: before its `\n`, or at the end of the text.
    pub fn line_end(&self) -> usize {
        memchr::memchr(b'\n', self.rest().as_bytes()).map_or(self.text.len(), |found| self.at + found)
    }

    /// How many of the following bytes are of a kind. The bytes of a character that is not ASCII are all above 127.
    pub fn count(&self, is: impl Fn(u8) -> bool) -> usize {
        self.rest().bytes().take_while(|byte| is(*byte)).count()
    }

    /// Moves on to a place that is not before this one; what lies between gets no class. A place within a character is
    /// moved to its end.
    pub fn skip_to(&mut self, place: usize) {
        let mut place = place.clamp(self.at, self.text.len());
        while !self.text.is_char_boundary(place) {
            place += 1;
        }
        self.at = place;
    }

    /// Moves over some bytes, which get no class.
    pub fn skip(&mut self, bytes: usize) {
        self.skip_to(self.at + bytes);
    }

    /// Moves over blanks, not over line ends.
    pub fn skip_blanks(&mut self) {
        self.skip(self.count(is_blank));
    }

    /// Moves on to a place; what lies between gets a class.
    pub fn take_to(&mut self, class: Class, place: usize) {
        let start = self.at;
        self.skip_to(place);
        if self.at > start {
            self.tokens.push(Token { start, end: self.at, class });
        }
    }

    /// Moves over some bytes, which get a class.
    pub fn take(&mut self, class: Class, bytes: usize) {
        self.take_to(class, self.at + bytes);
    }

    /// Lets `lex` see the text only up to a place, and moves there.
    pub fn within(&mut self, end: usize, lex: impl FnOnce(&mut Scanner<'a>)) {
        let whole = self.text;
        let mut end = end.clamp(self.at, whole.len());
        while !whole.is_char_boundary(end) {
            end += 1;
        }
        self.text = &whole[..end];
        lex(self);
        self.text = whole;
        self.skip_to(end);
    }
}

/// Blanks within a line.
pub fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r')
}

/// What names are made of nearly everywhere: letters of any script, digits, `_`.
pub fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_within_a_character_are_moved_to_its_end() {
        let mut scanner = Scanner::new("é = 1");
        scanner.take(Class::Variable, 1);
        assert_eq!(scanner.rest(), " = 1");
        scanner.within(4, |inner| assert_eq!(inner.rest(), " ="));
        assert_eq!(scanner.at(), 4);
        assert_eq!(scanner.into_tokens(), [Token { start: 0, end: 2, class: Class::Variable }]);
    }

    #[test]
    fn the_first_on_a_line_may_be_indented() {
        let mut scanner = Scanner::new("a\n  # b");
        assert!(scanner.is_first_on_line());
        scanner.skip_to(4);
        assert!(scanner.is_first_on_line());
        scanner.skip_to(6);
        assert!(!scanner.is_first_on_line());
    }
}
