//! Cross references to generic types, ``@List`1``: the backtick in such a uid begins no code span.

use std::ops::Range;

use crate::markdown::extensions::xref;
use crate::markdown::pipes;
use crate::markdown::syntax::{self, Directive};

/// No author writes a longer line, and a hostile one would cost the square of its length.
const MAX_LINE: usize = 1 << 16;

/// Those from `start` on that stand outside of code spans, also with quotes: ``@"List`1"``.
pub fn generics(text: &str, start: usize) -> Vec<Directive> {
    let bytes = text.as_bytes();
    let (mut found, mut at) = (Vec::new(), start);
    while let Some(next) = memchr::memchr(b'@', &bytes[at..]) {
        let first = syntax::line_start(text, at + next);
        at = memchr::memchr2(b'\n', b'\r', &bytes[at + next..]).map_or(bytes.len(), |end| at + next + end);
        if at - first < MAX_LINE && memchr::memchr(b'`', &bytes[first..at]).is_some() {
            found.extend(generics_of_line(&text[first..at]).into_iter().map(|range| {
                let range = first + range.start..first + range.end;
                Directive::plain(xref::GENERIC, &text[range.clone()], range)
            }));
        }
    }
    found
}

/// Where they stand in a line.
fn generics_of_line(line: &str) -> Vec<Range<usize>> {
    let has_tick = |uid: &str| {
        let mut ticks = memchr::memchr_iter(b'`', uid.as_bytes());
        ticks.any(|tick| uid.as_bytes().get(tick + 1).is_some_and(u8::is_ascii_digit))
    };
    let (mut found, mut at) = (Vec::new(), 0);
    for (range, _) in xref::mentions(line, None).into_iter().filter(|(_, uid)| has_tick(uid)) {
        while let Some(code) = pipes::code_span_in(line.as_bytes(), at..range.start) {
            at = code.end;
        }
        if at <= range.start {
            // Marks at its end are those of emphasis around it.
            let end = range.start + line[range.clone()].trim_end_matches(['*', '_', '~']).len();
            at = range.end;
            found.push(range.start..end);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_code_spans_take_what_they_meet_first() {
        let found = |text: &str| generics(text, 0).into_iter().map(|one| one.raw.to_string()).collect::<Vec<_>>();
        assert_eq!(found("a @Ab`1 and `b` @\"A b`2.C*\" c"), ["@Ab`1", "@\"A b`2.C*\""]);
        assert_eq!(found("*a @Ab`1*\n__a @Ab`1__"), ["@Ab`1", "@Ab`1"]);
        assert_eq!(found("`a @Ab`1 b` @Ab`2\n@Ab`3, `c @Ab`4"), ["@Ab`3"]);
        assert_eq!(found("@a`b` @Ab` x@Ab`1 \\@Ab`1"), Vec::<String>::new());
    }
}
