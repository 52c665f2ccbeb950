//! Tables whose rows are of different lengths: Markdig makes them as wide as their widest row, GitHub cuts them or makes
//! no table at all. The view gets the cells that are missing, so that nothing an author wrote is lost.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::scan::Token;
use crate::markdown::syntax;
use crate::markdown::tree::Node;
use crate::source::{FileId, Span};

/// What may be a table that needs mending.
#[derive(Debug)]
pub struct Table {
    /// The line of its header.
    pub header: Range<usize>,
    /// What is put in, and before which byte.
    pub additions: Vec<(usize, String)>,
    /// The row that tells that something is amiss.
    row: Range<usize>,
    message: String,
}

impl Table {
    /// Says what was mended.
    pub fn diagnostic(&self, file: FileId) -> Diagnostic {
        Diagnostic::new(Code::TableColumns, Span::new(file, self.row.clone()), self.message.clone())
            .help("give the header, the line below it and every row the same number of cells")
    }
}

/// Reports a line of text that stands directly below a table, and so is its last row.
pub fn text_below(text: &str, row: &Node) -> Option<Diagnostic> {
    let line = text.get(row.span.bytes())?;
    if memchr::memchr(b'|', line.as_bytes()).is_some() || line.trim().is_empty() {
        return None;
    }
    let message = "this line is taken for a row of the table above it";
    Some(
        Diagnostic::new(Code::TableColumns, row.span, message)
            .help("leave a blank line between the table and the text"),
    )
}

/// A line that may be the row of a table.
struct Row {
    line: Range<usize>,
    /// How many cells it has; `None` if nothing in it divides.
    cells: Option<usize>,
    /// The widest of the rows from this one to the end of its table: how many cells, and which row.
    widest: (usize, usize),
}

/// The tables of `text` from `start` on that need mending. `pipes` divide nothing.
///
/// What is put in is no more than a few times what the rows themselves take: no rows of a real table count twice.
pub fn ragged(text: &str, start: usize, pipes: &[usize], tokens: &[Token]) -> Vec<Table> {
    let divider = Divider { text, pipes, tokens };
    let rows = rows(text, start, &divider);
    let mut room = 4 * text.len();
    let mut tables = Vec::new();
    for at in 1..rows.len() {
        let (header, delimiter) = (&rows[at - 1], &rows[at]);
        if header.line.end + 1 != delimiter.line.start || !is_delimiter(&text[delimiter.line.clone()]) {
            continue;
        }
        if let Some(table) = mend(&rows, at, &divider) {
            let added: usize = table.additions.iter().map(|(_, added)| added.len()).sum();
            let Some(left) = room.checked_sub(added) else { break };
            room = left;
            tables.push(table);
        }
    }
    tables
}

/// The lines with a pipe, from `start` on.
fn rows(text: &str, start: usize, divider: &Divider<'_>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut at = start;
    while let Some(next) = memchr::memchr(b'|', text.as_bytes().get(at..).unwrap_or_default()) {
        let line = line_at(text, at + next);
        at = line.end + 1;
        if line.start >= start {
            rows.push(Row { cells: divider.cells(line.clone()), line, widest: (0, 0) });
        }
    }
    let mut below: Option<(usize, (usize, usize))> = None;
    for (index, row) in rows.iter_mut().enumerate().rev() {
        let below_it = below.filter(|(start, _)| *start == row.line.end + 1).map(|(_, widest)| widest);
        below = row.cells.map(|cells| {
            row.widest = below_it.filter(|(width, _)| *width > cells).unwrap_or((cells, index));
            (row.line.start, row.widest)
        });
    }
    rows
}

/// Mends the table whose delimiter row is that at `at`, if it must be.
fn mend(rows: &[Row], at: usize, divider: &Divider<'_>) -> Option<Table> {
    let text = divider.text;
    let (header, delimiter) = (&rows[at - 1], &rows[at]);
    let line = trimmed(text, header.line.clone());
    let named = divider.cells(line.start + markers(&text[line.clone()])..line.end)?;
    let ruled = delimiter.cells?;
    let (width, row) = match delimiter.widest {
        (width, _) if width <= named => (named, at),
        widest => widest,
    };
    if width == named && width == ruled {
        return None;
    }
    let cells = |count: usize| format!("{count} {}", if count == 1 { "cell" } else { "cells" });
    let (row, message) = match named == ruled {
        true => (row, format!("this row has {}, its header {named}", cells(width))),
        false => (at, format!("the header has {}, the line below it {ruled}", cells(named))),
    };
    let mut additions = Vec::new();
    for (line, cells, cell) in [(&header.line, named, ""), (&delimiter.line, ruled, "-")] {
        let content = text[line.clone()].trim_end();
        if cells < width {
            let mut added = format!("{cell}|").repeat(width - cells);
            if !content.ends_with('|') {
                added.insert(0, '|');
            }
            additions.push((line.start + content.len(), added));
        }
    }
    Some(Table { header: header.line.clone(), additions, row: trimmed(text, rows[row].line.clone()), message })
}

/// Counts cells.
struct Divider<'a> {
    text: &'a str,
    pipes: &'a [usize],
    tokens: &'a [Token],
}

impl Divider<'_> {
    /// How many cells a row has; `None` for a line without a divider.
    fn cells(&self, line: Range<usize>) -> Option<usize> {
        let row = trimmed(self.text, line);
        let bytes = &self.text.as_bytes()[row.clone()];
        let dividers = memchr::memchr_iter(b'|', bytes).filter(|at| self.divides(bytes, row.start, *at)).count();
        let is_closed = bytes.len() > 1 && bytes.ends_with(b"|") && self.divides(bytes, row.start, bytes.len() - 1);
        (dividers > 0).then(|| dividers + 1 - usize::from(bytes.starts_with(b"|")) - usize::from(is_closed))
    }

    fn divides(&self, row: &[u8], start: usize, at: usize) -> bool {
        let in_token = || {
            let before = self.tokens.partition_point(|token| token.range.start <= start + at);
            before > 0 && self.tokens[before - 1].range.contains(&(start + at))
        };
        !syntax::is_escaped(row, at) && self.pipes.binary_search(&(start + at)).is_err() && !in_token()
    }
}

/// Whether a table that stands in no quote begins on the line below that of a byte.
pub fn begins_below(text: &str, at: usize) -> bool {
    let mut below = text[line_at(text, at).end..].lines().skip(1);
    let is_row = |line: &&str| line.trim_start_matches(' ').starts_with('|') && !line.starts_with("    ");
    let (header, delimiter) = (below.next().filter(is_row), below.next().filter(is_row));
    header.is_some() && delimiter.is_some_and(is_delimiter)
}

/// Whether a line holds what stands below a header: `|---|:-:|`.
pub(super) fn is_delimiter(line: &str) -> bool {
    let row = content(line);
    row.contains('-')
        && row.contains('|')
        && row.trim_matches('|').split('|').all(|cell| {
            let cell = cell.trim();
            let dashes = cell.strip_prefix(':').unwrap_or(cell);
            let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
            !dashes.is_empty() && dashes.bytes().all(|b| b == b'-')
        })
}

/// How long the markers of list items and quotes are that a row stands behind.
fn markers(row: &str) -> usize {
    let mut rest = row;
    while !rest.starts_with('|') {
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let item = || number.strip_prefix(['-', '+', '*', '.', ')'])?.strip_prefix([' ', '\t']);
        let Some(behind) = rest.strip_prefix('>').or_else(item) else { return 0 };
        rest = behind.trim_start();
    }
    row.len() - rest.len()
}

/// A line without the marks of quotes before it and the blanks around it.
fn content(line: &str) -> &str {
    line.trim_start_matches([' ', '\t', '>']).trim_end()
}

fn trimmed(text: &str, line: Range<usize>) -> Range<usize> {
    let before = text[line.clone()].trim_start_matches([' ', '\t', '>']);
    let start = line.end - before.len();
    start..start + before.trim_end().len()
}

/// The bytes of the line that holds a byte, without its end.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |before| before + 1);
    let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |length| at + length);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn additions(text: &str) -> Vec<(usize, String)> {
        ragged(text, 0, &[], &[]).into_iter().flat_map(|table| table.additions).collect()
    }

    #[test]
    fn a_table_is_as_wide_as_its_widest_row() {
        assert_eq!(additions("|A|\n|-|\n|1|2|\n\n|9|9|9|"), [(3, "|".to_owned()), (7, "-|".to_owned())]);
        assert_eq!(additions("A | B\n-|-|-\n"), [(5, "||".to_owned())]);
        assert!(additions("| A | B |\n|---|---|\n| 1 \\| | |\n").is_empty());
    }
}
