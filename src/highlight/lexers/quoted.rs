//! Text in quotes: escapes, variables, and holes in which code stands.

use crate::highlight::class::Class;
use crate::highlight::grammar::Quote;
use crate::highlight::lexers::code::Lexer;
use crate::highlight::scanner::is_word;

/// How many texts may stand open, one in a hole of the other.
const DEEPEST: usize = 32;

/// A hole in a text.
#[derive(Debug)]
pub struct Hole {
    quote: &'static Quote,
    /// What closes it: `}` or `)`.
    close: u8,
    /// How many brackets stand open in it.
    depth: usize,
}

impl Hole {
    fn new(quote: &'static Quote, mark: &str) -> Hole {
        Hole { quote, close: if mark.ends_with('(') { b')' } else { b'}' }, depth: 0 }
    }

    /// Whether the text may go over several lines.
    pub fn is_multiline(&self) -> bool {
        self.quote.is_multiline
    }
}

impl Lexer<'_, '_> {
    /// Reads a text, if one begins here.
    pub(super) fn string(&mut self) -> bool {
        let grammar = self.vocabulary.grammar;
        let begins = |quote: &&Quote| match grammar.is_caseless {
            true => self.scanner.starts_with_caseless(quote.open),
            false => self.scanner.starts_with(quote.open),
        };
        let Some(quote) = grammar.strings.iter().find(begins) else { return false };
        self.text(quote, quote.open.len());
        true
    }

    /// Closes the hole that is open, if that is what stands here, and reads on in its text.
    pub(super) fn ends_hole(&mut self, byte: u8) -> bool {
        let Some(hole) = self.holes.last_mut() else { return false };
        let open = if hole.close == b')' { b'(' } else { b'{' };
        if byte == open {
            hole.depth += 1;
        }
        if byte != hole.close {
            return false;
        }
        if hole.depth > 0 {
            hole.depth -= 1;
            return false;
        }
        let quote = hole.quote;
        self.holes.pop();
        self.scanner.take(Class::Escape, 1);
        self.text(quote, 0);
        true
    }

    /// Reads on in a text, up to its end or to a hole; `open` bytes open it.
    fn text(&mut self, quote: &'static Quote, open: usize) {
        let class = if open > 0 && self.is_quoted_key(quote) { Class::Property } else { quote.class };
        self.is_entry = false;
        self.wants_command = false;
        let mut plain = open;
        loop {
            plain += plain_bytes(quote, &self.scanner.rest().as_bytes()[plain..]);
            let rest = &self.scanner.rest().as_bytes()[plain..];
            let (special, bytes) = match piece(quote, rest) {
                Piece::Plain => {
                    plain += 1;
                    continue;
                }
                Piece::End(bytes) => return self.scanner.take(class, plain + bytes),
                Piece::Special(special, bytes) => (special, bytes),
                Piece::Hole(bytes) if self.holes.len() >= DEEPEST => (class, bytes),
                Piece::Hole(bytes) => {
                    self.scanner.take(class, plain);
                    let mark = self.scanner.rest();
                    self.scanner.take(Class::Escape, bytes);
                    self.is_entry = true;
                    self.wants_command = self.vocabulary.grammar.commands.is_some();
                    return self.holes.push(Hole::new(quote, &mark[..bytes]));
                }
            };
            self.scanner.take(class, plain);
            self.scanner.take(special, bytes);
            plain = 0;
        }
    }

    /// Whether the text that begins here is a key, as in JSON.
    fn is_quoted_key(&self, quote: &Quote) -> bool {
        if self.vocabulary.grammar.keys.is_empty() || !self.is_entry || quote.is_multiline {
            return false;
        }
        let bytes = self.scanner.rest().as_bytes();
        let mut at = quote.open.len();
        loop {
            at += plain_bytes(quote, &bytes[at..]);
            match piece(quote, &bytes[at..]) {
                Piece::Plain => at += 1,
                Piece::Special(_, bytes) | Piece::Hole(bytes) => at += bytes,
                Piece::End(end) => return self.is_key(&bytes[(at + end).min(bytes.len())..]),
            }
        }
    }
}

/// What stands next in a text.
enum Piece {
    /// A byte like any other.
    Plain,
    /// Some bytes that mean something else.
    Special(Class, usize),
    /// The bytes that open a hole.
    Hole(usize),
    /// The end, with the bytes that make it.
    End(usize),
}

/// How many bytes stand before the first that [`piece`] has to look at.
fn plain_bytes(quote: &Quote, bytes: &[u8]) -> usize {
    let first = |text: &str| text.as_bytes().first().copied();
    let (close, hole) = (first(quote.close), quote.hole.and_then(first));
    let is_plain = |byte: &&u8| {
        let byte = Some(**byte);
        byte != close && byte != hole && byte != quote.escape && !matches!(byte, Some(b'\n' | b'$'))
    };
    bytes.iter().take_while(is_plain).count()
}

fn piece(quote: &Quote, bytes: &[u8]) -> Piece {
    let Some(first) = bytes.first().copied() else { return Piece::End(0) };
    let close = quote.close.as_bytes();
    if bytes.starts_with(close) {
        let is_doubled = quote.doubles && bytes[close.len()..].starts_with(close);
        return if is_doubled { Piece::Special(Class::Escape, 2 * close.len()) } else { Piece::End(close.len()) };
    }
    if first == b'\n' && !quote.is_multiline {
        return Piece::End(0);
    }
    if quote.escape == Some(first) && bytes.get(1).is_some_and(|next| *next != b'\n') {
        return Piece::Special(Class::Escape, escape_length(bytes));
    }
    if let Some(hole) = quote.hole.filter(|hole| bytes.starts_with(hole.as_bytes())) {
        // `{{` stands for a brace.
        let is_doubled = hole == "{" && bytes.get(1) == Some(&b'{');
        return if is_doubled { Piece::Special(Class::Escape, 2) } else { Piece::Hole(hole.len()) };
    }
    if quote.has_variables && first == b'$' {
        let braced = bytes.get(1) == Some(&b'{');
        let from = if braced { 2 } else { 1 };
        let name = bytes[from..].iter().take_while(|byte| is_word(**byte) || **byte == b':').count();
        let end = from + name;
        return match (name, braced) {
            (0, _) => Piece::Plain,
            (_, true) if bytes.get(end) == Some(&b'}') => Piece::Special(Class::Variable, end + 1),
            (_, true) => Piece::Plain,
            // The colon of `"$name: text"` is text.
            (_, false) => Piece::Special(Class::Variable, if bytes[end - 1] == b':' { end - 1 } else { end }),
        };
    }
    Piece::Plain
}

/// The bytes of an escape: the mark and a character, or the digits of one.
fn escape_length(bytes: &[u8]) -> usize {
    let is_digit = |byte: &&u8| byte.is_ascii_hexdigit();
    match bytes[1] {
        b'u' | b'U' | b'x' if bytes.get(2) == Some(&b'{') => {
            let digits = bytes[3..].iter().take(8).take_while(is_digit).count();
            3 + digits + usize::from(bytes.get(3 + digits) == Some(&b'}'))
        }
        b'u' => 2 + bytes[2..].iter().take(4).take_while(is_digit).count(),
        b'U' => 2 + bytes[2..].iter().take(8).take_while(is_digit).count(),
        b'x' => 2 + bytes[2..].iter().take(2).take_while(is_digit).count(),
        first if first >= 0x80 => 1 + bytes[1..].iter().take_while(|byte| **byte >= 0x80).take(4).count(),
        _ => 2,
    }
}
