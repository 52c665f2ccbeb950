//! Where raw HTML is written in the source.

use std::ops::Range;

use crate::source::Span;

/// The pieces of a snippet of raw HTML: where each begins in it, its length, and its place in the source.
#[derive(Debug, Default)]
pub(super) struct Places {
    pieces: Vec<(usize, usize, Span)>,
}

impl Places {
    /// A snippet of one piece.
    pub(super) fn of(html: &str, span: Span) -> Places {
        Places { pieces: vec![(0, html.len(), span)] }
    }

    /// Notes that a piece of `length` bytes follows, of which the first is that at `start`.
    pub(super) fn push(&mut self, start: usize, length: usize, span: Span) {
        self.pieces.push((start, length, span));
    }

    /// Whether there is nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The place of some bytes. A piece that lost the marks of its quote or its indentation is one whole.
    pub(super) fn place(&self, range: Range<usize>) -> Span {
        let last = range.end.max(range.start + 1) - 1;
        let (first, last) = (self.piece(range.start), self.piece(last));
        let is_exact = |(_, length, span): &(usize, usize, Span)| span.bytes().len() == *length;
        let inside = |(start, _, span): &(usize, usize, Span), at: usize| span.start as usize + at - start;
        let start = if is_exact(first) { inside(first, range.start) } else { first.2.start as usize };
        let end = if is_exact(last) { inside(last, range.end) } else { last.2.end as usize };
        Span::new(first.2.file, start..end.max(start))
    }

    fn piece(&self, at: usize) -> &(usize, usize, Span) {
        let next = self.pieces.partition_point(|(start, _, _)| *start <= at);
        self.pieces.get(next.saturating_sub(1)).expect("raw HTML has a piece at least")
    }
}
