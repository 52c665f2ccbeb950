//! Tables whose rows are of different lengths: Markdig makes them as wide as their widest row, GitHub cuts them or makes
//! no table at all. The view gets the cells that are missing, so that nothing an author wrote is lost.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::scan::Token;
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

/// The tables of `text` from `start` on that need mending. `pipes` stand in code spans and divide nothing.
pub fn ragged(text: &str, start: usize, pipes: &[usize], tokens: &[Token]) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut at = start;
    while let Some(next) = memchr::memchr(b'|', &text.as_bytes()[at..]).map(|next| at + next) {
        let delimiter = line_at(text, next);
        at = delimiter.end + 1;
        if is_delimiter(&text[delimiter.clone()]) && delimiter.start > start {
            let header = line_at(text, delimiter.start - 1);
            tables.extend(mend(text, header, delimiter, &Divider { text, pipes, tokens }));
        }
        if at >= text.len() {
            break;
        }
    }
    tables
}

fn mend(text: &str, header: Range<usize>, delimiter: Range<usize>, divider: &Divider<'_>) -> Option<Table> {
    let row = trimmed(text, header.clone());
    let named = divider.cells(row.start + list_marker(&text[row.clone()])..row.end)?;
    let ruled = divider.cells(delimiter.clone())?;
    let mut widest = (named.max(ruled), delimiter.clone());
    let mut at = delimiter.end + 1;
    while at < text.len() {
        let row = line_at(text, at);
        let Some(cells) = divider.cells(row.clone()) else { break };
        at = row.end + 1;
        if cells > widest.0 {
            widest = (cells, row);
        }
    }
    let (width, row) = widest;
    if width == named && width == ruled {
        return None;
    }
    let message = match named == ruled {
        true => format!("this row has {width} cells, its header {named}"),
        false => format!("the header has {named} cells, the line below it {ruled}"),
    };
    let mut additions = Vec::new();
    for (line, cells, cell) in [(&header, named, ""), (&delimiter, ruled, "-")] {
        let content = text[line.clone()].trim_end();
        if cells < width {
            let mut added = format!("{cell}|").repeat(width - cells);
            if !content.ends_with('|') {
                added.insert(0, '|');
            }
            additions.push((line.start + content.len(), added));
        }
    }
    Some(Table { header, additions, row: trimmed(text, row), message })
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
        let is_escaped = row[..at].iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1;
        let in_token = || {
            let before = self.tokens.partition_point(|token| token.range.start <= start + at);
            before > 0 && self.tokens[before - 1].range.contains(&(start + at))
        };
        !is_escaped && self.pipes.binary_search(&(start + at)).is_err() && !in_token()
    }
}

/// Whether a line holds what stands below a header: `|---|:-:|`.
fn is_delimiter(line: &str) -> bool {
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

/// How long the marker of a list item is that a row stands behind.
fn list_marker(row: &str) -> usize {
    let marker = row.len() - row.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let marker = marker + usize::from(row[marker..].starts_with(['-', '+', '*', '.', ')']));
    let blanks = row[marker..].len() - row[marker..].trim_start().len();
    if marker > 0 && blanks > 0 && row[marker + blanks..].starts_with('|') { marker + blanks } else { 0 }
}

/// A line without the marks of quotes before it and the blanks around it.
fn content(line: &str) -> &str {
    line.trim_start_matches([' ', '\t', '>']).trim_end()
}

fn trimmed(text: &str, line: Range<usize>) -> Range<usize> {
    let row = content(&text[line.clone()]);
    let start = text[line.clone()].find(row).map_or(line.start, |at| line.start + at);
    start..start + row.len()
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
