//! Pipes in code spans, in the text of links and in the attributes of HTML: GitHub splits a table's cell there, Markdig does
//! not.

use std::ops::Range;

use crate::markdown::scan::Token;

/// No author writes a longer row, and a hostile one would cost the square of its length.
const MAX_ROW: usize = 1 << 16;

/// The text of a link, or a tag, that is longer is none.
const MAX_SPAN: usize = 1024;

/// The pipes of lines that stand where they divide nothing, in order; those in `tokens` aside.
pub fn not_dividing(text: &str, tokens: &[Token]) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut pipes = Vec::new();
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'|', &bytes[at..]) {
        let start = memchr::memrchr(b'\n', &bytes[..at + next]).map_or(0, |before| before + 1);
        let end = memchr::memchr(b'\n', &bytes[at + next..]).map_or(bytes.len(), |after| at + next + after);
        let line = &bytes[start..end];
        if line.len() < MAX_ROW && memchr::memchr3(b'`', b'[', b'<', line).is_some() {
            let first = tokens.partition_point(|token| token.range.end <= start);
            let hidden = tokens[first..].iter().take_while(|token| token.range.start < end);
            let hidden = hidden.map(|token| token.range.start.saturating_sub(start)..token.range.end - start);
            pipes.extend(in_line(line, hidden).into_iter().map(|pipe| start + pipe));
        }
        at = end;
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

/// The same of a line. What is `hidden` begins nothing.
fn in_line(line: &[u8], hidden: impl Iterator<Item = Range<usize>>) -> Vec<usize> {
    let (mut pipes, mut at, mut hidden) = (Vec::new(), 0, hidden.peekable());
    while let Some(next) = line.get(at..).and_then(|rest| memchr::memchr3(b'`', b'[', b'<', rest)) {
        let open = at + next;
        while hidden.next_if(|hidden| hidden.end <= open).is_some() {}
        if let Some(hidden) = hidden.next_if(|hidden| hidden.start <= open) {
            at = hidden.end;
            continue;
        }
        let (span, is_code) = match line[open] {
            _ if is_escaped(line, open) => (None, false),
            b'`' => (code_span(line, open), true),
            b'[' => (link_text(line, open), false),
            _ => (tag(line, open), false),
        };
        at = span.as_ref().map_or_else(|| past(line, open), |span| span.end);
        // In code a backslash is itself; elsewhere it has escaped the pipe already.
        let is_one = |at: &usize| line[*at] == b'|' && (is_code || !is_escaped(line, *at));
        pipes.extend(span.into_iter().flatten().filter(is_one));
    }
    pipes
}

/// The code span that the backticks at `open` begin.
fn code_span(line: &[u8], open: usize) -> Option<Range<usize>> {
    let length = run(line, open);
    Some(open..closing(line, open + length, length)? + length)
}

/// Where reading goes on behind what stands at `open` and begins nothing. Of an escaped run of backticks the rest may.
fn past(line: &[u8], open: usize) -> usize {
    open + if is_escaped(line, open) { 1 } else { run(line, open).max(1) }
}

/// The text of the link or image whose `[` stands at `open`, with its brackets, and its title, if it has one.
fn link_text(line: &[u8], open: usize) -> Option<Range<usize>> {
    let (mut at, mut depth) = (open, 0_usize);
    while at < line.len().min(open + MAX_SPAN) {
        match line[at] {
            b'`' => {
                at = code_span(line, at).map_or_else(|| at + run(line, at), |span| span.end);
                continue;
            }
            b'\\' => at += 1,
            b'[' => depth += 1,
            b']' if depth == 1 => {
                let has_target = line.get(at + 1) == Some(&b'(') && memchr::memchr(b')', &line[at..]).is_some();
                return has_target.then(|| open..title_end(line, at + 2).unwrap_or(at + 1));
            }
            b']' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    None
}

/// Where the title ends that follows the destination at `start`, which has no pipe.
fn title_end(line: &[u8], start: usize) -> Option<usize> {
    let ends = |byte: &u8| matches!(byte, b' ' | b'|' | b')');
    let blank = start + line[start..].iter().position(ends)?;
    let open = blank + line[blank..].iter().take_while(|byte| **byte == b' ').count();
    let quote = *line.get(open).filter(|byte| matches!(byte, b'"' | b'\''))?;
    let limit = line.len().min(open + MAX_SPAN);
    let close = open + 1 + memchr::memchr(quote, &line[open + 1..limit])?;
    (line[blank] == b' ' && line.get(close + 1) == Some(&b')')).then_some(close + 1)
}

/// The tag whose `<` stands at `open`. Outside of quotes it has no pipe.
fn tag(line: &[u8], open: usize) -> Option<Range<usize>> {
    if !line.get(open + 1)?.is_ascii_alphabetic() {
        return None;
    }
    let (mut at, end) = (open + 1, line.len().min(open + MAX_SPAN));
    while at < end {
        match line[at] {
            b'>' => return Some(open..at + 1),
            b'|' | b'<' => return None,
            quote @ (b'"' | b'\'') => at += 1 + memchr::memchr(quote, &line[at + 1..end])?,
            _ => {}
        }
        at += 1;
    }
    None
}

/// Whether an odd number of backslashes stands before `at`.
fn is_escaped(line: &[u8], at: usize) -> bool {
    line[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
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
        let kept = |line: &str| in_line(line.as_bytes(), std::iter::empty()).len();
        for (line, pipes) in [
            ("| `a|b` | \\`c|d` |", 1),
            ("| [a | b](c) | ![d|e](f) |", 2),
            ("| [a [b|c] `]` \\] d](e) |", 1),
            ("| [a | b](c  'd | e') | [f|g](h \"i|\" j|) |", 3),
            ("| [a | b] (c) | [d | e] |", 0),
            ("| [a \\| b](c) | [ | [d](e) |", 0),
            ("| <a title=\"b|c\" id='d|e'>f|g</a> |", 2),
            ("| <a | b> | a < b | c > d | <a b=\"c | d |", 0),
        ] {
            assert_eq!(kept(line), pipes, "{line}");
        }
    }

    #[test]
    fn what_is_hidden_begins_nothing() {
        assert_eq!(in_line(b"| @a`1 | `b|c` |", std::iter::once(2..6)), [11]);
        assert_eq!(in_line(b"| [!x [a|b](c)] | `d|e` |", [2..15, 90..91].into_iter()), [20]);
    }

    #[test]
    fn a_backslash_escapes_the_first_backtick_alone() {
        let line = b"`a` \\`` ``b`c`` `";
        assert_eq!(code_span_in(line, 0..line.len()), Some(0..3));
        assert_eq!(code_span_in(line, 3..line.len()), Some(6..12));
        assert_eq!(code_span_in(line, 3..6), None);
    }
}
