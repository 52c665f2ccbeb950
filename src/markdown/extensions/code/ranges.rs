//! Lines by number: `1-2,10,29-`.

use crate::markdown::code::LineRange;

/// Reads ranges apart from each other by commas; the one that cannot be read as an error.
///
/// Rule: docfx `HtmlCodeSnippetRenderer.TryGetLineRanges`: `29-` goes on to the last line.
pub(super) fn line_ranges(text: &str) -> Result<Vec<LineRange>, &str> {
    if text.is_empty() {
        return Err(text);
    }
    text.split(',').map(|range| line_range(range, "").ok_or(range)).collect()
}

/// Reads `L12-L16`, `L12` or `L12-`; `None` for everything else, which is a tag.
pub(super) fn fragment_range(text: &str) -> Option<LineRange> {
    line_range(text, "L").filter(|_| !text.is_empty())
}

fn line_range(text: &str, prefix: &str) -> Option<LineRange> {
    let (first, last) = text.split_once('-').map_or((text, None), |(first, last)| (first, Some(last)));
    let first = line_number(first, prefix)?;
    let last = last.map_or(Some(first), |last| line_number(last, prefix))?;
    Some(LineRange { first, last })
}

/// A line number after its prefix, in any case; nothing at all means the last line.
fn line_number(text: &str, prefix: &str) -> Option<u32> {
    if text.is_empty() {
        return Some(u32::MAX);
    }
    let number = text.get(prefix.len()..).filter(|_| text[..prefix.len()].eq_ignore_ascii_case(prefix))?;
    number.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(first: u32, last: u32) -> LineRange {
        LineRange { first, last }
    }

    #[test]
    fn ranges_are_numbers_and_ends() {
        assert_eq!(line_ranges("1-2,10, 29-"), Ok(vec![range(1, 2), range(10, 10), range(29, u32::MAX)]));
        for (text, wrong) in [("", ""), ("a", "a"), ("1,2-3-4", "2-3-4"), ("1-,x", "x"), ("99999999999", "99999999999")]
        {
            assert_eq!(line_ranges(text), Err(wrong), "{text}");
        }
    }

    #[test]
    fn a_fragment_is_lines_or_a_tag() {
        assert_eq!(fragment_range("L12-L16"), Some(range(12, 16)));
        assert_eq!(fragment_range("l5"), Some(range(5, 5)));
        assert_eq!(fragment_range("L5-"), Some(range(5, u32::MAX)));
        for tag in ["", "5", "L", "Load", "L1-5", "é1"] {
            assert_eq!(fragment_range(tag), None, "{tag}");
        }
    }
}
