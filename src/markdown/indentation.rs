//! Indentation that docfx eats: in the body of `:::row` and `:::column` it only shows what belongs together.
//!
//! Four blanks before `:::column:::` or before its text make no code there. Rule: docfx `RowBlockParser` and
//! `ColumnBlockParser`: of every line all indentation is eaten beyond that of the start marker. So a list in a column
//! has one level, and code loses its indentation, on Microsoft Learn as here. Code that begins on the line of a list
//! item's marker keeps what it needs to stay in the item: without, its last line would begin code that goes on and on.

mod item_code;

use std::ops::Range;

use item_code::ItemCode;

use crate::markdown::extension::{Indentation, Shape};
use crate::markdown::scan::{Mask, Token, quotes_before};
use crate::markdown::syntax::{Directive, line_start};

/// The body of a container.
struct Body<'t> {
    start: &'t Directive,
    /// How many `>` stand before each of its lines.
    quotes: usize,
    /// The column of its start marker as pulldown-cmark sees it.
    base: usize,
    is_eaten: bool,
    /// Whether a marker ends it.
    is_closed: bool,
}

/// Bodies that are nested deeper are left as they are.
const MAX_BODIES: usize = 64;

/// The blanks of `text` that are eaten; some may be named twice.
pub fn eaten(text: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let is_eater = |token: &Token| token.shape == Shape::Container(Indentation::IsEaten);
    if !tokens.iter().any(|token| token.mask == Mask::Block && is_eater(token)) {
        return Vec::new();
    }
    let closed = closed(text, tokens.iter().filter(is_marker));
    let (mut cuts, mut bodies): (Vec<Range<usize>>, Vec<Body<'_>>) = (Vec::new(), Vec::new());
    let mut code: Option<ItemCode> = None;
    let mut tokens = tokens.iter().filter(is_marker).peekable();
    let mut at = tokens.peek().map_or(0, |token| line_start(text, token.range.start));
    while at < text.len() {
        let end = memchr::memchr2(b'\n', b'\r', &text.as_bytes()[at..]).map_or(text.len(), |length| at + length + 1);
        while bodies.last().is_some_and(|body| body.ends_before(&text[at..end])) {
            bodies.pop();
            code = None;
        }
        let inner = bodies.iter().rfind(|body| body.is_eaten);
        let in_code = code.filter(|code| inner.is_some_and(|body| code.holds(&text[at..end], body)));
        code = in_code.or_else(|| ItemCode::begins(&text[at..end], inner?));
        let token = tokens.next_if(|token| token.range.start < end).filter(|_| in_code.is_none());
        let ended = token.filter(|token| token.shape == Shape::End).and_then(|token| {
            let quotes = quotes_before(text, token.range.start);
            bodies.iter().rposition(|body| body.quotes == quotes && token.directive.ends(body.start))
        });
        let most = in_code.map_or(usize::MAX, |code| code.eaten);
        cuts.extend(cuts_of(text, at..end, ended.map_or(&bodies[..], |ended| &bodies[..=ended]), most));
        bodies.truncate(ended.unwrap_or(bodies.len()));
        if let Some(token) = token.filter(|token| token.shape != Shape::End && bodies.len() < MAX_BODIES) {
            let before = &text[at..token.range.start];
            let quotes = quotes_before(text, token.range.start);
            let start = content(before, quotes);
            let cut =
                cuts.last().filter(|cut| cut.start >= at + start).map_or(0..0, |cut| cut.start - at..cut.end - at);
            let base = width(before, start..before.len()) - width(before, cut);
            let is_closed = closed.binary_search(&token.range.start).is_ok();
            bodies.push(Body { start: &token.directive, quotes, base, is_eaten: is_eater(token), is_closed });
        }
        code = code.filter(|code| in_code.is_none() || !code.ends_with(&text[at..end]));
        at = end;
        if bodies.is_empty() {
            let Some(next) = tokens.peek() else { break };
            at = line_start(text, next.range.start).max(end);
        }
    }
    cuts
}

/// Whether a token starts or ends a container: on a line of its own, or as the end of one.
fn is_marker(token: &&Token) -> bool {
    match token.shape {
        Shape::Container(_) => token.mask == Mask::Block,
        Shape::End => matches!(token.mask, Mask::Block | Mask::Inline),
        _ => false,
    }
}

/// Where the containers start that a marker ends, in order.
fn closed<'t>(text: &str, markers: impl Iterator<Item = &'t Token>) -> Vec<usize> {
    let (mut closed, mut open): (Vec<usize>, Vec<(&Token, usize)>) = (Vec::new(), Vec::new());
    for token in markers {
        let quotes = quotes_before(text, token.range.start);
        if token.shape != Shape::End {
            if open.len() < MAX_BODIES {
                open.push((token, quotes));
            }
        } else if let Some(at) =
            open.iter().rposition(|(start, own)| *own == quotes && token.directive.ends(&start.directive))
        {
            closed.push(open[at].0.range.start);
            open.truncate(at);
        }
    }
    closed.sort_unstable();
    closed
}

impl Body<'_> {
    /// Whether no marker ends it, and `line` lies outside of what it stands in: it is indented less, or not quoted.
    fn ends_before(&self, line: &str) -> bool {
        if self.is_closed {
            return false;
        }
        let start = content(line, self.quotes);
        let blanks = blanks(&line[start..]);
        let is_blank = line[start + blanks..].trim().is_empty();
        let is_outside =
            line[..start].matches('>').count() < self.quotes || width(line, start..start + blanks) < self.base;
        !is_blank && is_outside
    }
}

/// What is eaten of a line: before each `>` that begins a quote in a body, and of the content of the innermost body,
/// of that `most` columns.
fn cuts_of<'b>(
    text: &'b str,
    line: Range<usize>,
    bodies: &'b [Body<'_>],
    most: usize,
) -> impl Iterator<Item = Range<usize>> + 'b {
    let is_last = |at: usize| {
        let inner = bodies[at + 1..].iter().find(|body| body.is_eaten);
        bodies[at].is_eaten && inner.is_none_or(|inner| inner.quotes != bodies[at].quotes)
    };
    let inner = bodies.iter().rposition(|body| body.is_eaten);
    let lasts = bodies.iter().enumerate().filter(move |(at, _)| is_last(*at));
    lasts.filter_map(move |(at, body)| {
        let most = if Some(at) == inner { most } else { usize::MAX };
        cut(text, line.clone(), body, most)
    })
}

/// What is eaten of a line of a body: the blanks at the start of its content beyond the column of the start marker,
/// `most` columns of them.
fn cut(text: &str, line: Range<usize>, body: &Body<'_>, most: usize) -> Option<Range<usize>> {
    let line_text = &text[line.clone()];
    let start = content(line_text, body.quotes);
    let end = start + blanks(&line_text[start..]);
    let base = column(line_text, start) + body.base;
    let from = byte_at(line_text, start..end, base);
    let end = byte_at(line_text, from..end, base.saturating_add(most));
    (from < end).then_some(line.start + from..line.start + end)
}

/// The first byte of a range that stands at a column, or behind it; the end of the range if there is none.
fn byte_at(line: &str, range: Range<usize>, wanted: usize) -> usize {
    let (mut at, mut column) = (range.start, column(line, range.start));
    while at < range.end && column < wanted {
        column = next_column(column, line.as_bytes()[at]);
        at += 1;
    }
    at
}

/// Where the content of a line begins after its first `quotes` `>`.
fn content(line: &str, quotes: usize) -> usize {
    let mut start = 0;
    for _ in 0..quotes {
        let blanks = blanks(&line[start..]);
        if !line[start + blanks..].starts_with('>') {
            break;
        }
        start += blanks + 1;
    }
    start
}

/// How many bytes of blanks a text begins with.
fn blanks(text: &str) -> usize {
    text.bytes().take_while(|b| matches!(b, b' ' | b'\t')).count()
}

/// How many columns a range of the blanks and markers at the start of a line takes.
fn width(line: &str, range: Range<usize>) -> usize {
    column(line, range.end) - column(line, range.start)
}

/// The column of a byte of a line that begins with blanks and markers up to there.
fn column(line: &str, at: usize) -> usize {
    line.as_bytes()[..at].iter().fold(0, |column, byte| next_column(column, *byte))
}

/// The column behind a byte: tabs stop at each fourth.
fn next_column(column: usize, byte: u8) -> usize {
    if byte == b'\t' { column / 4 * 4 + 4 } else { column + 1 }
}

#[cfg(test)]
mod tests {
    use crate::markdown::Options;
    use crate::markdown::scan::scan;
    use crate::markdown::view::View;

    fn view(text: &str) -> String {
        View::new(text, &scan(text, 0, &Options::default()), &[], &[], &[])
            .text
            .replace("<?           ?>", "R")
            .replace("<?             ?>", "C")
    }

    #[test]
    fn bodies_lose_their_indentation() {
        let text = ":::row:::\n    :::column:::\n        - a\n            - b\n\n    :::column-end:::\n:::row-end:::\n    code";
        let lines: Vec<String> = view(text).lines().map(|line| line.trim_end().to_owned()).collect();
        assert_eq!(lines[2..4], ["- a", "- b"]);
        assert!(lines[1].starts_with("<?") && lines[5].starts_with("<?"));
        assert_eq!(lines[7], "    code");
    }

    #[test]
    fn bodies_in_quotes_and_items_keep_what_belongs_to_these() {
        let text = "> - :::row:::\n>       :::column:::\n>       a\n>       :::column-end:::\n>   :::row-end:::";
        let lines: Vec<String> = view(text).lines().map(str::to_owned).collect();
        assert_eq!(lines[2], ">   a");
    }
}
