//! Where the markdown of a YAML value stands in its file.

use crate::source::Span;
use crate::value::Value;

/// The lines of a text in its file.
#[derive(Debug)]
pub struct Literal {
    /// The value as a whole.
    span: Span,
    /// Where each line begins: in the text, and in the file. Empty for what YAML folds or unescapes.
    lines: Vec<(usize, usize)>,
}

impl Literal {
    /// Finds the lines of the text that `value` is. `source` is the text of its file.
    pub fn new(value: &Value, source: &str) -> Literal {
        let lines = value.as_str().zip(source.get(value.span.bytes())).and_then(|(text, written)| lines(text, written));
        let start = value.span.start as usize;
        let lines = lines.unwrap_or_default().into_iter().map(|(text, file)| (text, start + file)).collect();
        Literal { span: value.span, lines }
    }

    /// Bytes of the text as bytes of the file; the whole value where that cannot be told.
    pub fn place(&self, span: Span) -> Span {
        match (self.byte(span.start as usize), self.byte(span.end as usize)) {
            (Some(start), Some(end)) => Span::new(self.span.file, start..end.max(start)),
            _ => self.span,
        }
    }

    fn byte(&self, at: usize) -> Option<usize> {
        let line = self.lines.partition_point(|(start, _)| *start <= at).checked_sub(1)?;
        let (text, file) = self.lines[line];
        Some(file + at - text)
    }
}

/// Where the lines of a text begin: in it, and in what is written. `None` if YAML has changed more than the indentation.
fn lines(text: &str, written: &str) -> Option<Vec<(usize, usize)>> {
    if text == written {
        return Some(vec![(0, 0)]);
    }
    if written.len() == text.len() + 2 && written.starts_with(['"', '\'']) && &written[1..=text.len()] == text {
        return Some(vec![(0, 1)]);
    }
    if !written.starts_with('|') {
        return None;
    }
    let mut at = written.find('\n')? + 1;
    let first = written[at..].lines().find(|line| !line.trim().is_empty())?;
    let indentation = first.len() - first.trim_start_matches(' ').len();
    let (mut lines, mut start) = (Vec::new(), 0);
    for line in text.split('\n') {
        let own = written[at..].split('\n').next().unwrap_or_default();
        let eaten = indentation.min(own.len());
        // What YAML takes for a line end may be another character than that, and stand within the indentation.
        if own.get(eaten..)?.trim_end_matches('\r') != line {
            return None;
        }
        lines.push((start, at + eaten));
        start += line.len() + 1;
        at = (at + own.len() + 1).min(written.len());
    }
    Some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_literal_keep_their_places() {
        assert_eq!(lines("a\n\n  b\n", "|\n  a\n\n    b\n"), Some(vec![(0, 4), (2, 6), (3, 9), (7, 13)]));
        assert_eq!(lines("a\nb", "|-\r\n  a\r\n  b"), Some(vec![(0, 6), (2, 11)]));
    }

    #[test]
    fn what_is_written_otherwise_has_none() {
        assert_eq!(lines("a", "'a'"), Some(vec![(0, 1)]));
        assert_eq!(lines("it's", "'it''s'"), None);
        assert_eq!(lines("a b\n", ">\n  a\n  b\n"), None);
        assert_eq!(lines(" a\nb\n", "|1\n  a\n b\n"), None);
        assert_eq!(lines("a\n\u{2028}b", "|\n a\n\u{2028} b"), None);
    }
}
