//! The text as pulldown-cmark sees it: directives masked, byte for byte of the same length.

use std::borrow::Cow;

use crate::markdown::scan::{Mask, Token};

/// A text whose directives, and pipes in code spans, are hidden. Offsets are those of the original.
#[derive(Debug)]
pub struct View<'a> {
    /// What pulldown-cmark reads.
    pub text: Cow<'a, str>,
    /// The byte that stands for a pipe in a code span, if one does.
    pipe: Option<char>,
}

impl<'a> View<'a> {
    /// Hides `tokens` of `text`, and the pipes in code spans of what may be table rows.
    pub fn new(text: &'a str, tokens: &[Token]) -> View<'a> {
        let pipe = unused_control(text);
        let pipes = pipe.map_or(Vec::new(), |_| pipes_in_code(text));
        if pipes.is_empty() && tokens.iter().all(|token| token.mask == Mask::Open) {
            return View { text: Cow::Borrowed(text), pipe: None };
        }
        let mut masked = String::with_capacity(text.len());
        let mut at = 0;
        for token in tokens {
            push_with_pipes(&mut masked, text, at..token.range.start, &pipes, pipe);
            push_mask(&mut masked, token, &text[token.range.clone()]);
            at = token.range.end;
        }
        push_with_pipes(&mut masked, text, at..text.len(), &pipes, pipe);
        View { text: Cow::Owned(masked), pipe: pipe.filter(|_| !pipes.is_empty()) }
    }

    /// Puts hidden pipes back into what pulldown-cmark made of the view.
    pub fn reveal(&self, text: &str) -> Box<str> {
        match self.pipe {
            Some(pipe) if text.contains(pipe) => text.replace(pipe, "|").into(),
            _ => text.into(),
        }
    }
}

fn push_mask(masked: &mut String, token: &Token, raw: &str) {
    let (open, fill, close) = match token.mask {
        Mask::Block => ("<?", " ", "?>"),
        Mask::Inline => ("<x", " ", "/>"),
        Mask::LineStart => ("<xx:", "x", ">"),
        Mask::Open => return masked.push_str(raw),
    };
    masked.push_str(open);
    masked.push_str(&fill.repeat(raw.len() - open.len() - close.len()));
    masked.push_str(close);
}

fn push_with_pipes(
    masked: &mut String,
    text: &str,
    range: std::ops::Range<usize>,
    pipes: &[usize],
    pipe: Option<char>,
) {
    let mut at = range.start;
    let first = pipes.partition_point(|offset| *offset < range.start);
    for offset in pipes[first..].iter().take_while(|offset| **offset < range.end) {
        masked.push_str(&text[at..*offset]);
        masked.extend(pipe);
        at = offset + 1;
    }
    masked.push_str(&text[at..range.end]);
}

/// A control character that the text does not hold.
fn unused_control(text: &str) -> Option<char> {
    ['\u{1a}', '\u{19}', '\u{18}', '\u{17}'].into_iter().find(|c| memchr::memchr(*c as u8, text.as_bytes()).is_none())
}

/// The pipes that stand in code spans of lines with a pipe: GitHub splits a table's cell there, Markdig does not.
fn pipes_in_code(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut pipes = Vec::new();
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'|', &bytes[at..]) {
        let start = memchr::memrchr(b'\n', &bytes[..at + next]).map_or(0, |before| before + 1);
        let end = memchr::memchr(b'\n', &bytes[at + next..]).map_or(bytes.len(), |after| at + next + after);
        // No author writes a longer row, and a hostile one would cost the square of its length.
        if end - start < 1 << 16 && memchr::memchr(b'`', &bytes[start..end]).is_some() {
            pipes_in_line(bytes, start, end, &mut pipes);
        }
        at = end;
    }
    pipes
}

fn pipes_in_line(bytes: &[u8], start: usize, end: usize, pipes: &mut Vec<usize>) {
    let mut at = start;
    while let Some(tick) = memchr::memchr(b'`', &bytes[at..end]) {
        let open = at + tick;
        let is_escaped = bytes[start..open].iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1;
        if is_escaped {
            at = open + 1;
            continue;
        }
        let length = run(bytes, open, end);
        match closing(bytes, open + length, end, length) {
            Some(close) => {
                pipes.extend((open..close).filter(|offset| bytes[*offset] == b'|'));
                at = close + length;
            }
            None => at = open + length,
        }
    }
}

fn run(bytes: &[u8], at: usize, end: usize) -> usize {
    bytes[at..end].iter().take_while(|b| **b == b'`').count()
}

/// Where the run of exactly `length` backticks begins that closes a code span.
fn closing(bytes: &[u8], mut at: usize, end: usize, length: usize) -> Option<usize> {
    while let Some(tick) = memchr::memchr(b'`', &bytes[at..end]) {
        let found = run(bytes, at + tick, end);
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
    use crate::markdown::scan::scan;

    #[test]
    fn masks_keep_the_length() {
        let text = "a [!INCLUDE [é](b.md)] | `x|y` |\n[!INCLUDE [x](y)]\n> [!NOTE]\n> b\n:::image source=\"é\":::";
        let view = View::new(text, &scan(text, 0));
        assert_eq!(view.text.len(), text.len());
        assert!(view.text.contains("<?             ?>\n> <?   ?>\n> b\n<xx:"), "{}", view.text);
        assert_eq!(&*view.reveal(view.text.split('`').nth(1).expect("code")), "x|y");
    }
}
