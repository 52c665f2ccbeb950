//! Fenced code that begins behind the marker of a list item: its lines belong to the item by their indentation alone.

use super::{Body, blanks, content, width};

/// Such code in the body of a container, while it is open.
#[derive(Debug, Clone, Copy)]
pub(super) struct ItemCode {
    mark: u8,
    /// How many marks it begins with.
    length: usize,
    /// How many `>` stand before each of its lines.
    quotes: usize,
    /// How many columns of indentation are eaten before the marker, and so before each line.
    pub(super) eaten: usize,
    /// How many columns its lines are indented by in the item.
    indent: usize,
}

impl ItemCode {
    /// The code that a line of `body` begins.
    pub(super) fn begins(line: &str, body: &Body<'_>) -> Option<ItemCode> {
        let (eaten, line) = inner(line, body)?;
        let mut indent = 0;
        while let Some(width) = item_marker(&line[indent..]) {
            indent += width;
        }
        let fence = &line[indent..];
        let mark = *fence.as_bytes().first().filter(|mark| indent > 0 && matches!(mark, b'`' | b'~'))?;
        let length = fence.bytes().take_while(|b| *b == mark).count();
        let is_fence = length >= 3 && (mark == b'~' || !fence[length..].contains('`'));
        is_fence.then_some(ItemCode { mark, length, quotes: body.quotes, eaten, indent })
    }

    /// Whether a line of `body` stands in the item.
    pub(super) fn holds(&self, line: &str, body: &Body<'_>) -> bool {
        let is_in_item = |(columns, text): (usize, &str)| columns >= self.eaten + self.indent || text.is_empty();
        inner(line, body).is_some_and(is_in_item)
    }

    /// Whether a line ends the code.
    pub(super) fn ends_with(&self, line: &str) -> bool {
        let line = line[content(line, self.quotes)..].trim();
        line.len() >= self.length && line.bytes().all(|b| b == self.mark)
    }
}

/// How many columns a line is indented by in a body, and what it says there; nothing if it is not quoted as the body is.
fn inner<'l>(line: &'l str, body: &Body<'_>) -> Option<(usize, &'l str)> {
    let start = content(line, body.quotes);
    let end = start + blanks(&line[start..]);
    let is_quoted = line[..start].matches('>').count() == body.quotes;
    is_quoted.then(|| (width(line, start..end).saturating_sub(body.base), line[end..].trim_end()))
}

/// How many bytes a marker of a list item takes, with the blanks behind it. Behind five of them no fence begins.
fn item_marker(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let is_marker = match line.as_bytes().get(digits)? {
        b'-' | b'+' | b'*' => digits == 0,
        b'.' | b')' => (1..10).contains(&digits),
        _ => false,
    };
    let blanks = line[digits..].bytes().skip(1).take_while(|b| *b == b' ').count();
    (is_marker && (1..5).contains(&blanks)).then_some(digits + 1 + blanks)
}
