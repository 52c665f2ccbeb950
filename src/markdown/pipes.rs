//! Pipes in code spans, and in the rows of tables those in links and in the attributes of HTML: GitHub splits a cell there,
//! Markdig does not.

use std::ops::Range;

use crate::markdown::scan::Token;
use crate::markdown::syntax::is_escaped;
use crate::markdown::tables;

/// No author writes a longer row, and a hostile one would cost the square of its length.
const MAX_ROW: usize = 1 << 16;

/// A link or a tag that is longer is none.
const MAX_SPAN: usize = 1024;

/// The pipes of lines that stand where they divide nothing, in order; those in `tokens` aside.
pub fn not_dividing(text: &str, tokens: &[Token]) -> Vec<usize> {
    let bytes = text.as_bytes();
    let line_end = |at: usize| memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end);
    let (mut pipes, mut at, mut below_row) = (Vec::new(), 0, None);
    while let Some(next) = memchr::memchr(b'|', &bytes[at..]) {
        let start = memchr::memrchr(b'\n', &bytes[..at + next]).map_or(0, |before| before + 1);
        let end = line_end(at + next);
        at = end;
        let is_header = || end < bytes.len() && tables::is_delimiter(&text[end + 1..line_end(end + 1)]);
        let is_row = below_row == Some(start) || is_header();
        below_row = is_row.then_some(end + 1);
        let line = &bytes[start..end];
        if line.len() >= MAX_ROW {
            continue;
        }
        let first = tokens.partition_point(|token| token.range.end <= start);
        let hidden = tokens[first..].iter().take_while(|token| token.range.start < end);
        let hidden = hidden.map(|token| token.range.start.saturating_sub(start)..token.range.end - start);
        pipes.extend(in_line(line, hidden, is_row).into_iter().map(|pipe| start + pipe));
    }
    pipes
}

/// The first code span of a line that begins in `range`.
pub fn code_span_in(line: &[u8], range: Range<usize>) -> Option<Range<usize>> {
    let mut at = range.start;
    while at < range.end {
        let open = at + memchr::memchr(b'`', &line[at..range.end])?;
        match code_span(line, open).filter(|_| !is_escaped(line, open)) {
            Some(span) => return Some(span),
            None => at = past(line, open),
        }
    }
    None
}

/// Those of a line. What is `hidden` begins nothing.
fn in_line(line: &[u8], hidden: impl Iterator<Item = Range<usize>>, is_row: bool) -> Vec<usize> {
    if memchr::memchr3(b'`', b'[', b'<', line).is_none() {
        return Vec::new();
    }
    let (mut closed, mut pipes, mut at) = (Vec::new(), Vec::new(), 0);
    for hidden in hidden.chain(std::iter::once(line.len()..line.len())) {
        while let Some(code) = code_span_in(line, at..hidden.start) {
            at = code.end;
            pipes.extend(code.clone().filter(|at| line[*at] == b'|'));
            closed.push(code);
        }
        // What is hidden within code is no more than code.
        if at <= hidden.start {
            at = hidden.end;
            closed.push(hidden);
        }
    }
    if is_row {
        in_links_and_tags(line, &closed, &mut pipes);
        pipes.sort_unstable();
    }
    pipes
}

/// Those of a row in links and tags that begin outside of what is `closed`.
fn in_links_and_tags(line: &[u8], closed: &[Range<usize>], pipes: &mut Vec<usize>) {
    let mut at = 0;
    while let Some(next) = line.get(at..).and_then(|rest| memchr::memchr2(b'[', b'<', rest)) {
        let open = at + next;
        let rest = &closed[closed.partition_point(|closed| closed.end <= open)..];
        if let Some(closed) = rest.first().filter(|closed| closed.start <= open) {
            at = closed.end;
            continue;
        }
        let found = match line[open] {
            _ if is_escaped(line, open) => None,
            b'[' => link(line, open, rest),
            _ => tag(line, open),
        };
        at = found.as_ref().map_or(open + 1, |(end, _)| *end);
        pipes.extend(found.into_iter().flat_map(|(_, pipes)| pipes));
    }
}

/// The end of the link or image whose `[` stands at `open`, and the pipes in its text and its title. Before the first of
/// `closed` it stands, and what these hold is skipped.
fn link(line: &[u8], open: usize, mut closed: &[Range<usize>]) -> Option<(usize, Vec<usize>)> {
    let (mut at, mut depth, mut pipes) = (open, 0_usize, Vec::new());
    while at < line.len().min(open + MAX_SPAN) {
        if let [first, rest @ ..] = closed
            && first.start <= at
        {
            (at, closed) = (at.max(first.end), rest);
            continue;
        }
        match line[at] {
            b'\\' => at += 1,
            b'[' => depth += 1,
            b']' if depth == 1 => {
                let (end, title) = target(line, at + 1)?;
                pipes.extend(title.filter(|at| line[*at] == b'|' && !is_escaped(line, *at)));
                return Some((end, pipes));
            }
            b']' => {
                depth -= 1;
                // An address with a hidden pipe would be none.
                if line.get(at + 1) == Some(&b'(') {
                    at = target(line, at + 1)?.0;
                    continue;
                }
            }
            b'<' => match tag(line, at) {
                Some((end, more)) => {
                    pipes.extend(more);
                    at = end - 1;
                }
                None if has_address(line, at) => return None,
                None => {}
            },
            b'|' => pipes.push(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// Whether the `<` at `open` begins an address, `<https://a|b>`. One with a hidden pipe would be none.
fn has_address(line: &[u8], open: usize) -> bool {
    let rest = &line[open + 1..line.len().min(open + MAX_SPAN)];
    let end = rest.iter().position(|byte| matches!(byte, b' ' | b'<' | b'>'));
    end.is_some_and(|end| rest[end] == b'>')
}

/// The end of the `(address "title")` at `start`, and the bytes of the title. An address with a pipe is none.
fn target(line: &[u8], start: usize) -> Option<(usize, Range<usize>)> {
    let limit = line.len().min(start + MAX_SPAN);
    let rest = line[..limit].get(start..)?.strip_prefix(b"(")?;
    let address = start + 1 + rest.iter().position(|byte| matches!(byte, b' ' | b'|' | b')'))?;
    match line[address] {
        b')' => Some((address + 1, address..address)),
        b' ' => {
            let quote = address + line[address..limit].iter().take_while(|byte| **byte == b' ').count();
            let mark = line[..limit].get(quote).filter(|byte| matches!(byte, b'"' | b'\''))?;
            let end = quote + 1 + memchr::memchr(*mark, &line[quote + 1..limit])?;
            (line.get(end + 1) == Some(&b')')).then_some((end + 2, quote..end))
        }
        _ => None,
    }
}

/// The end of the tag whose `<` stands at `open`, and the pipes in its attributes. Outside of quotes it has none.
fn tag(line: &[u8], open: usize) -> Option<(usize, Vec<usize>)> {
    if !line.get(open + 1)?.is_ascii_alphabetic() {
        return None;
    }
    let (mut at, end) = (open + 1, line.len().min(open + MAX_SPAN));
    let mut pipes = Vec::new();
    while at < end {
        match line[at] {
            b'>' => return Some((at + 1, pipes)),
            b'|' | b'<' => return None,
            quote @ (b'"' | b'\'') => {
                let close = at + 1 + memchr::memchr(quote, &line[at + 1..end])?;
                pipes.extend((at..close).filter(|at| line[*at] == b'|'));
                at = close;
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The code span that the backticks at `open` begin.
fn code_span(line: &[u8], open: usize) -> Option<Range<usize>> {
    let length = run(line, open);
    Some(open..closing(line, open + length, length)? + length)
}

/// Where reading goes on behind backticks at `open` that begin nothing. Of an escaped run the rest may.
fn past(line: &[u8], open: usize) -> usize {
    open + if is_escaped(line, open) { 1 } else { run(line, open) }
}

fn run(line: &[u8], at: usize) -> usize {
    line[at..].iter().take_while(|byte| **byte == b'`').count()
}

/// Where the run of exactly `length` backticks begins that closes a code span.
fn closing(line: &[u8], mut at: usize, length: usize) -> Option<usize> {
    while let Some(tick) = memchr::memchr(b'`', &line[at..]) {
        let found = run(line, at + tick);
        if found == length {
            return Some(at + tick);
        }
        at += tick + found;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pipes_divide_nothing_in_code_links_and_tags() {
        let kept = |line: &str, is_row: bool| in_line(line.as_bytes(), std::iter::empty(), is_row).len();
        for (line, pipes) in [
            ("| `a|b` | \\`c|d` |", 1),
            ("| [a | b](c) | ![d|e](f) |", 2),
            ("| [a [b|c] `]|` \\] d](e) |", 2),
            ("| [a | b](c  'd | e') | [f|g](h \"i|\" j|) |", 2),
            ("| [a | ![b|c](d|e)](f) | [![a](b) | c](d) |", 1),
            ("| [a | <b:c|d>](e) | [a|<i title='b|c'>](d) |", 2),
            ("| [a | b] (c) | [d | e] |", 0),
            ("| [a \\| b](c) | [ | [d](e) |", 0),
            ("| <a title=\"b|c\" id='d|e'>f|g</a> |", 2),
            ("| <a | b> | a < b | c > d | <a b=\"c | d |", 0),
        ] {
            assert_eq!(kept(line, true), pipes, "{line}");
        }
        assert_eq!(kept("[a | b](c) `d|e`", false), 1);
    }

    #[test]
    fn what_is_hidden_begins_nothing() {
        assert_eq!(in_line(b"| @a`1 | `b|c` |", std::iter::once(2..6), true), [11]);
        assert_eq!(in_line(b"| [!x [a|b](c)] | `d|e` |", std::iter::once(2..15), true), [20]);
        assert_eq!(in_line(b"| [a @b`1 | c](d) |", std::iter::once(5..9), true), [10]);
        assert_eq!(in_line(b"| `a [!b](c) [d|e](f)` | [g|h](i) |", std::iter::once(5..12), true), [15, 27]);
    }

    #[test]
    fn a_backslash_escapes_the_first_backtick_alone() {
        let line = b"`a` \\`` ``b`c`` `";
        assert_eq!(code_span_in(line, 0..line.len()), Some(0..3));
        assert_eq!(code_span_in(line, 3..line.len()), Some(6..12));
        assert_eq!(code_span_in(line, 3..6), None);
    }
}
