//! Cuts the text of a code block into stretches that stand out and stretches that do not.

use crate::markdown::code::LineRange;

/// The stretches of a text, in order, each with whether its lines are among `ranges`. Line ends stay where they are.
pub(super) fn stretches<'a>(text: &'a str, ranges: &[LineRange]) -> Vec<(&'a str, bool)> {
    if ranges.is_empty() {
        return vec![(text, false)];
    }
    let mut ranges = ranges.to_vec();
    ranges.sort_unstable();
    let mut stretches: Vec<(&str, bool)> = Vec::new();
    let (mut next, mut reach, mut start, mut at, mut number) = (0, 0, 0, 0, 0);
    for line in text.split_inclusive('\n') {
        number += 1;
        while next < ranges.len() && ranges[next].first <= number {
            reach = reach.max(ranges[next].last);
            next += 1;
        }
        let stands_out = number <= reach;
        if stretches.last().is_none_or(|(_, before)| *before != stands_out) {
            start = at;
            stretches.push(("", stands_out));
        }
        at += line.len();
        if let Some((stretch, _)) = stretches.last_mut() {
            *stretch = &text[start..at];
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stand_out_by_their_number() {
        let range = |first, last| LineRange { first, last };
        let text = "a\nb\n\nd\ne";
        assert_eq!(
            stretches(text, &[range(5, u32::MAX), range(2, 2), range(2, 3)]),
            [("a\n", false), ("b\n\n", true), ("d\n", false), ("e", true)]
        );
        assert_eq!(stretches(text, &[range(9, 12), range(4, 1)]), [(text, false)]);
        assert!(stretches("", &[range(1, 1)]).is_empty());
    }
}
