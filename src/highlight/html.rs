//! Writes code with its tokens as HTML.

use crate::highlight::scanner::Token;
use crate::markdown::html::escape;

/// A tag that stands within code, before a byte of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark<'a> {
    /// The byte.
    pub at: usize,
    /// The tag, as HTML.
    pub tag: &'a str,
}

/// Appends `code` to `html`, with `tokens` as spans and `marks` where they stand, both in order.
///
/// No span crosses a line end or a mark: what a reader or a script takes of it, line by line, is whole.
pub fn write(html: &mut String, code: &str, tokens: &[Token], marks: &[Mark<'_>]) {
    let mut writer = Writer { code, html, marks, at: 0 };
    let mut tokens = tokens.iter().peekable();
    while let Some(token) = tokens.next() {
        let mut end = token.end;
        // Neighbours of one class are one span.
        while let Some(next) = tokens.next_if(|next| next.start == end && next.class == token.class) {
            end = next.end;
        }
        writer.text(token.start, None);
        writer.text(end, Some(token.class.name()));
    }
    writer.text(code.len(), None);
    writer.marks(code.len());
}

struct Writer<'a> {
    code: &'a str,
    html: &'a mut String,
    /// What is not yet written.
    marks: &'a [Mark<'a>],
    at: usize,
}

impl Writer<'_> {
    /// Writes the text up to a byte.
    fn text(&mut self, end: usize, class: Option<&str>) {
        while self.at < end {
            self.marks(self.at);
            let next_mark = self.marks.first().map_or(end, |mark| mark.at.min(end));
            let stretch = &self.code[self.at..next_mark];
            self.at = next_mark;
            match class {
                None => escape::push_text(self.html, stretch),
                Some(class) if memchr::memchr(b'\n', stretch.as_bytes()).is_none() => self.span(stretch, class),
                Some(class) => stretch.split_inclusive('\n').for_each(|line| self.span(line, class)),
            }
        }
    }

    /// Writes a piece of a line; a line end stays outside of the span.
    fn span(&mut self, line: &str, class: &str) {
        let text = line.strip_suffix('\n').unwrap_or(line);
        let text = text.strip_suffix('\r').unwrap_or(text);
        if !text.is_empty() {
            self.html.push_str("<span class=\"");
            self.html.push_str(class);
            self.html.push_str("\">");
            escape::push_text(self.html, text);
            self.html.push_str("</span>");
        }
        self.html.push_str(&line[text.len()..]);
    }

    /// Writes the tags that stand before a byte.
    fn marks(&mut self, at: usize) {
        while let Some((mark, rest)) = self.marks.split_first().filter(|(mark, _)| mark.at <= at) {
            self.html.push_str(mark.tag);
            self.marks = rest;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::highlight::class::Class;

    fn written(code: &str, tokens: &[Token], marks: &[Mark<'_>]) -> String {
        let mut html = String::new();
        write(&mut html, code, tokens, marks);
        html
    }

    fn token(start: usize, end: usize) -> Token {
        Token { start, end, class: Class::Comment }
    }

    #[test]
    fn no_span_crosses_a_line_end() {
        assert_eq!(
            written("a /*\n\n<b>*/ c", &[token(2, 11)], &[]),
            "a <span class=\"c\">/*</span>\n\n<span class=\"c\">&lt;b&gt;*/</span> c"
        );
    }

    #[test]
    fn tags_within_code_stay_where_they_are() {
        let marks = [Mark { at: 2, tag: "<mark>" }, Mark { at: 4, tag: "</mark>" }];
        assert_eq!(
            written("a\nb\nc", &[token(0, 5)], &marks),
            "<span class=\"c\">a</span>\n<mark><span class=\"c\">b</span>\n</mark><span class=\"c\">c</span>"
        );
        assert_eq!(
            written("ab", &[token(0, 2)], &[Mark { at: 1, tag: "<i>" }, Mark { at: 2, tag: "</i>" }]),
            "<span class=\"c\">a</span><i><span class=\"c\">b</span></i>"
        );
    }

    #[test]
    fn neighbours_of_one_class_are_one_span() {
        assert_eq!(written("ab", &[token(0, 1), token(1, 2)], &[]), "<span class=\"c\">ab</span>");
    }
}
