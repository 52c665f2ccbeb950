//! From diagnostics as the stages make them to a sorted list with lines and columns.

use std::cmp::Reverse;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::text::harmless;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Severities};
use crate::path::RepoPath;
use crate::source::{FileId, Lines, Position, Sources};

/// A diagnostic and where it is, as people and editors count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// What is wrong.
    pub diagnostic: Diagnostic,
    /// The file; `None` when it is about no file.
    pub path: Option<RepoPath>,
    /// The first character; `None` when it is about a whole file, or the file cannot be read.
    pub start: Option<Position>,
    /// The character after the last one; `None` when `start` is.
    pub end: Option<Position>,
    /// The line that it points at.
    pub excerpt: Option<Excerpt>,
}

/// The line of `start`, or a window of it when it is long, harmless in a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The text, without a line end.
    pub text: String,
    /// The bytes of `text` that are meant: up to the line's end when the span goes on in the next one.
    pub marked: Range<usize>,
}

/// Characters that an excerpt shows before what it points at, when the line is too long for all of it.
const BEFORE: usize = 40;
/// Characters of an excerpt.
const WINDOW: usize = 120;

/// Sorts as [`sort`] does, and finds the lines and columns of all.
pub fn finish(diagnostics: Diagnostics, rules: &Severities, sources: &Sources) -> Vec<Located> {
    let mut located = sort(diagnostics, rules, sources);
    locate(&mut located, sources);
    located
}

/// Gives each diagnostic its severity, drops doubles, and sorts by file, offset and code. No file is read: lines and
/// columns are not known yet.
///
/// A rule with `None` silences its code.
pub fn sort(diagnostics: Diagnostics, rules: &Severities, sources: &Sources) -> Vec<Located> {
    let mut paths = FxHashMap::default();
    let mut located: Vec<Located> = diagnostics
        .into_iter()
        .filter_map(|diagnostic| {
            let path = file_of(&diagnostic).map(|file| &*paths.entry(file).or_insert_with(|| sources.path(file)));
            let diagnostic = apply(rules, diagnostic, path)?;
            Some(Located { diagnostic, path: path.cloned(), start: None, end: None, excerpt: None })
        })
        .collect();
    located.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
    located.dedup_by(|b, a| {
        let (a, b) = (&a.diagnostic, &b.diagnostic);
        a.code == b.code && a.place == b.place && a.message == b.message
    });
    located
}

/// Finds the lines and columns of what is sorted by file.
///
/// Each file is read once; one that cannot be read leaves its diagnostics without positions. The offsets are those of the
/// text in which U+FFFD stands for what is not UTF-8, as every stage reads it.
pub fn locate(located: &mut [Located], sources: &Sources) {
    for group in located.chunk_by_mut(|a, b| file_of(&a.diagnostic) == file_of(&b.diagnostic)) {
        locate_in_file(group, sources);
    }
}

fn apply(rules: &Severities, diagnostic: Diagnostic, path: Option<&RepoPath>) -> Option<Diagnostic> {
    match rules.of(diagnostic.code, path) {
        None => Some(diagnostic),
        Some(severity) => severity.map(|severity| diagnostic.severity(severity)),
    }
}

fn file_of(diagnostic: &Diagnostic) -> Option<FileId> {
    match diagnostic.place {
        Place::Span(span) => Some(span.file),
        Place::File(file) => Some(file),
        Place::Nowhere => None,
    }
}

/// The whole of what may differ, so that the order does not depend on which thread was first.
fn sort_key(located: &Located) -> impl Ord + '_ {
    let diagnostic = &located.diagnostic;
    let (start, end) = match diagnostic.place {
        Place::Span(span) => (Some(span.start), Some(span.end)),
        Place::File(_) | Place::Nowhere => (None, None),
    };
    let first = (located.path.as_ref().map(RepoPath::as_str), start, diagnostic.code);
    (first, end, &diagnostic.message, Reverse(diagnostic.severity), &diagnostic.help)
}

/// Finds the positions of the diagnostics of one file.
fn locate_in_file(group: &mut [Located], sources: &Sources) {
    let Some(file) = group.first().and_then(|first| file_of(&first.diagnostic)) else { return };
    if !group.iter().any(|one| matches!(one.diagnostic.place, Place::Span(_)) && one.start.is_none()) {
        return;
    }
    let Ok(text) = sources.read_lossy(file) else { return };
    let offset = |at: u32| boundary(&text, (at as usize).min(text.len()));
    let lines = Lines::new(&text);
    let spans: Vec<Option<Range<usize>>> = group
        .iter()
        .map(|one| match one.diagnostic.place {
            Place::Span(span) => Some(offset(span.start)..offset(span.end).max(offset(span.start))),
            Place::File(_) | Place::Nowhere => None,
        })
        .collect();
    let positions = positions(&text, &lines, spans.iter().flatten().flat_map(|span| [span.start, span.end]).collect());
    for (one, span) in group.iter_mut().zip(spans) {
        let Some(span) = span else { continue };
        one.start = positions.get(&span.start).copied();
        one.end = positions.get(&span.end).copied();
        one.excerpt = one.start.map(|start| excerpt(&text, lines.line(start.line), &span));
    }
}

/// The start of the character that holds byte `at`.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The positions of many offsets, in one pass: a line of megabytes with thousands of mistakes is counted once.
fn positions(text: &str, lines: &Lines, mut offsets: Vec<usize>) -> FxHashMap<usize, Position> {
    offsets.sort_unstable();
    offsets.dedup();
    let mut found = FxHashMap::default();
    let mut last: Option<(usize, Position)> = None;
    for offset in offsets {
        let position = match last {
            // At the start of the text the byte order mark still lies ahead.
            Some((before, known)) if before > 0 && known.line == lines.line_of(offset) => {
                let units = text[before..offset].encode_utf16().count();
                Position { column: known.column.saturating_add(u32::try_from(units).unwrap_or(u32::MAX)), ..known }
            }
            _ => lines.position(offset),
        };
        found.insert(offset, position);
        last = Some((offset, position));
    }
    found
}

/// Cuts what the reader should see out of a line, with an underline of at least one character where there is one.
fn excerpt(text: &str, line: Range<usize>, span: &Range<usize>) -> Excerpt {
    let start = span.start.clamp(line.start, line.end);
    let end = span.end.clamp(start, line.end);
    let (before, marked, after) = (&text[line.start..start], &text[start..end], &text[end..line.end]);
    let is_long = text[line].chars().nth(WINDOW).is_some();
    let mut shown = String::new();
    let kept = if is_long { tail(before, BEFORE) } else { before };
    if kept.len() < before.len() {
        shown.push('…');
    }
    shown.extend(kept.chars().filter(|c| *c != '\u{feff}').map(harmless));
    let first = shown.len();
    let room = WINDOW.saturating_sub(shown.chars().count());
    push_cut(&mut shown, marked, if is_long { room } else { usize::MAX });
    let last = shown.len();
    let room = WINDOW.saturating_sub(shown.chars().count());
    push_cut(&mut shown, after, if is_long { room } else { usize::MAX });
    Excerpt { marked: first..last, text: shown }
}

/// The last `count` characters.
fn tail(text: &str, count: usize) -> &str {
    let at = text.char_indices().rev().nth(count.saturating_sub(1)).map_or(0, |(at, _)| at);
    &text[at..]
}

/// Adds at most `room` characters, made harmless, and a mark where more were left out.
fn push_cut(shown: &mut String, text: &str, room: usize) {
    shown.extend(text.chars().take(room).map(harmless));
    if room > 0 && text.chars().nth(room).is_some() {
        shown.push('…');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Rules, Severity};
    use crate::source::Span;

    fn at(sources: &Sources, path: &str, range: Range<usize>, code: Code) -> Diagnostic {
        let file = sources.id(&RepoPath::new(path).expect("inside"));
        Diagnostic::new(code, Span::new(file, range), "m")
    }

    #[test]
    fn diagnostics_are_sorted_by_path_and_offset_and_told_once() {
        let sources = Sources::memory([("b.md", "0123456789"), ("a.md", "0123\n456")]);
        let late = at(&sources, "b.md", 2..3, Code::FileCase);
        let early = at(&sources, "b.md", 1..3, Code::XrefNotFound);
        let other = at(&sources, "a.md", 5..8, Code::XrefNotFound);
        let all = vec![late.clone(), late.clone(), early.clone(), other.clone(), early.clone()];
        let located = finish(all, &Severities::default(), &sources);
        assert_eq!(located.iter().map(|one| one.diagnostic.clone()).collect::<Vec<_>>(), [other, early, late]);
        assert_eq!(located[0].start, Some(Position { line: 2, column: 1 }));
        assert_eq!(located[0].end, Some(Position { line: 2, column: 4 }));
        assert_eq!(located[0].excerpt, Some(Excerpt { text: "456".into(), marked: 0..3 }));
    }

    #[test]
    fn rules_change_and_silence() {
        let sources = Sources::memory([("a.md", "abc")]);
        let everywhere = Rules::from([(Code::FileCase, None), (Code::XrefNotFound, Some(Severity::Error))]);
        let rules = Severities { everywhere, ..Severities::default() };
        let all = vec![at(&sources, "a.md", 0..1, Code::FileCase), at(&sources, "a.md", 0..1, Code::XrefNotFound)];
        let located = finish(all, &rules, &sources);
        assert_eq!(located.len(), 1);
        assert_eq!(located[0].diagnostic.severity, Severity::Error);
    }

    #[test]
    fn offsets_beyond_a_file_and_files_that_are_gone_do_no_harm() {
        let sources = Sources::memory([("a.md", "ab")]);
        let all = vec![at(&sources, "a.md", 7..9, Code::FileCase), at(&sources, "gone.md", 0..1, Code::FileCase)];
        let located = finish(all, &Severities::default(), &sources);
        assert_eq!(located[0].start, Some(Position { line: 1, column: 3 }));
        assert_eq!((located[1].start, located[1].path.as_ref().map(RepoPath::as_str)), (None, Some("gone.md")));
    }

    #[test]
    fn columns_in_one_line_count_on_from_the_last_and_skip_the_byte_order_mark() {
        let text = "\u{feff}é😀 x";
        let sources = Sources::memory([("a.md", text)]);
        let all = vec![at(&sources, "a.md", 0..3, Code::FileCase), at(&sources, "a.md", 3..10, Code::FileCase)];
        let located = finish(all, &Severities::default(), &sources);
        let columns: Vec<_> = located.iter().flat_map(|one| [one.start, one.end]).flatten().map(|p| p.column).collect();
        assert_eq!(columns, [1, 1, 1, 5]);
    }

    #[test]
    fn a_long_line_is_cut_around_the_span() {
        let text = format!("{}HERE{}", "a".repeat(5000), "b".repeat(5000));
        let shown = excerpt(&text, 0..text.len(), &(5000..5004));
        assert_eq!(&shown.text[shown.marked.clone()], "HERE");
        assert!(shown.text.starts_with("…aaa") && shown.text.ends_with("bbb…"));
        assert!(shown.text.chars().count() <= WINDOW + 2);
    }

    #[test]
    fn a_span_over_several_lines_is_marked_in_its_first() {
        let shown = excerpt("one two\nthree", 0..7, &(4..13));
        assert_eq!((shown.text.as_str(), shown.marked), ("one two", 4..7));
    }
}
