//! The YAML that nearly every article and TOC is written in: mappings and lists in block style, whose values stand on one
//! line.
//!
//! It is read straight from the lines, in a tenth of the time that the crate takes. What is written in any other way
//! (flow style, text of several lines, anchors, tags, comments behind values, tabs, keys that come twice, and whatever is
//! wrong) is left to the crate, for the whole document. Both give the same values and places; a test compares them.

use std::ops::Range;

use super::visitor::Object;
use super::{Limits, Source};
use crate::source::Span;
use crate::value::{Entry, Kind, Value};

/// Reads the document; `None` leaves it to the crate.
pub(super) fn read(source: Source<'_>, limits: Limits) -> Option<Value> {
    if !source.text.is_ascii() && source.text.contains(is_special) {
        return None;
    }
    let mut reader = Reader { source, at: 0, line: None };
    reader.advance()?;
    let column = reader.line.as_ref()?.column;
    let value = reader.collection(column, limits.depth)?;
    reader.line.is_none().then_some(value)
}

/// Characters beyond ASCII that YAML takes for line ends or refuses.
fn is_special(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// What is left of a line.
#[derive(Debug, Clone)]
struct Line {
    /// The column of its first character, from 0 on.
    column: usize,
    /// Its bytes in the source, without indentation and without spaces at its end; never empty.
    range: Range<usize>,
}

/// Reads line by line. `None` from any function: the document is none of those that are read here.
struct Reader<'a> {
    source: Source<'a>,
    /// Where the next line begins.
    at: usize,
    /// The line to be read; `None` at the end.
    line: Option<Line>,
}

/// The longest key that YAML allows has 1,024 characters.
const LONGEST_KEY: usize = 1024;

impl<'a> Reader<'a> {
    /// Goes to the next line that is neither blank nor a comment.
    fn advance(&mut self) -> Option<()> {
        let text = self.source.text.as_bytes();
        self.line = None;
        while self.line.is_none() && self.at < text.len() {
            let start = self.at;
            let end = memchr::memchr(b'\n', &text[start..]).map_or(text.len(), |length| start + length);
            self.at = end + 1;
            let line = &text[start..end];
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if line.iter().any(|byte| *byte < b' ' || *byte == 0x7f) {
                return None;
            }
            let column = line.iter().take_while(|byte| **byte == b' ').count();
            let length = line.len() - line.iter().rev().take_while(|byte| **byte == b' ').count();
            if column < length && line[column] != b'#' {
                self.line = Some(Line { column, range: start + column..start + length });
            }
        }
        Some(())
    }

    /// Reads the mapping or the list whose entries stand at `column`.
    fn collection(&mut self, column: usize, depth: usize) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        let start = self.line.as_ref()?.range.start;
        let (kind, end) = if self.item_at(column).is_some() {
            let values = self.list(column, depth)?;
            let end = values.last()?.span.end;
            (Kind::List(values), end)
        } else {
            let entries = self.mapping(column, depth)?;
            let end = entries.last()?.value.span.end;
            (Kind::Object(entries), end)
        };
        // Whatever stands deeper than its entries goes on with the last one: text of several lines.
        let is_complete = self.line.as_ref().is_none_or(|line| line.column <= column);
        is_complete.then(|| Value { kind, span: Span { end, ..self.source.span(start, start) } })
    }

    /// What stands behind the `- ` of the line, if it is an item of the list at `column`.
    fn item_at(&self, column: usize) -> Option<Line> {
        let line = self.line.as_ref().filter(|line| line.column == column)?;
        let rest = self.source.text[line.range.clone()].strip_prefix("- ")?;
        let start = line.range.end - rest.trim_start_matches(' ').len();
        Some(Line { column: column + start - line.range.start, range: start..line.range.end })
    }

    fn list(&mut self, column: usize, depth: usize) -> Option<Vec<Value>> {
        let mut values = Vec::new();
        while let Some(item) = self.item_at(column) {
            values.push(match self.key(&item) {
                Some(_) => {
                    let column = item.column;
                    self.line = Some(item);
                    self.collection(column, depth)?
                }
                None => {
                    let value = self.scalar(item.range)?;
                    self.advance()?;
                    value
                }
            });
        }
        Some(values)
    }

    fn mapping(&mut self, column: usize, depth: usize) -> Option<Vec<Entry>> {
        let mut object = Object::default();
        while let Some(line) = self.line.clone().filter(|line| line.column == column) {
            let key = self.key(&line)?;
            let written = &self.source.text[key.end + 1..line.range.end];
            let value = line.range.end - written.trim_start_matches(' ').len()..line.range.end;
            self.advance()?;
            let value = if value.is_empty() { self.below(column, &key, depth)? } else { self.scalar(value)? };
            let key_span = self.source.span(key.start, key.end);
            let is_new = object.insert(Entry { key: self.source.text[key].to_owned(), key_span, value }).is_none();
            is_new.then_some(())?;
        }
        Some(object.entries)
    }

    /// The value of a key that has nothing behind it: what stands deeper, or a list at the same column.
    fn below(&mut self, column: usize, key: &Range<usize>, depth: usize) -> Option<Value> {
        match &self.line {
            Some(line) if line.column > column => self.collection(line.column, depth),
            Some(_) if self.item_at(column).is_some() => self.collection(column, depth),
            _ => Some(Value { kind: Kind::Null, span: self.source.span(key.start, key.end) }),
        }
    }

    /// The bytes of the key, if the line is that of an entry.
    fn key(&self, line: &Line) -> Option<Range<usize>> {
        let text = self.source.text[line.range.clone()].as_bytes();
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b' ');
        let length = text.iter().take_while(|byte| is_part(byte)).count();
        let is_key = text[0].is_ascii_alphabetic() && text[length - 1] != b' ' && length <= LONGEST_KEY;
        let ends = text.get(length) == Some(&b':') && text.get(length + 1).is_none_or(|byte| *byte == b' ');
        (is_key && ends).then(|| line.range.start..line.range.start + length)
    }

    /// The value that is written in `range`, which has no spaces around it.
    fn scalar(&self, range: Range<usize>) -> Option<Value> {
        let text = &self.source.text[range.clone()];
        let quoted = |quote: char| text.len().checked_sub(2).and(text.strip_prefix(quote)?.strip_suffix(quote));
        let kind = match text.as_bytes()[0] {
            b'\'' => Kind::String(quoted('\'').filter(|text| !text.contains('\''))?.to_owned()),
            b'"' => Kind::String(quoted('"').filter(|text| !text.contains(['"', '\\']))?.to_owned()),
            _ => plain(text)?,
        };
        Some(Value { kind, span: self.source.span(range.start, range.end) })
    }
}

/// What text without quotes is; `None` where that takes more than a look.
fn plain(text: &str) -> Option<Kind> {
    let bytes = text.as_bytes();
    if text.contains(": ") || text.contains(" #") || text.ends_with(':') {
        return None;
    }
    match text {
        "true" | "True" | "TRUE" => return Some(Kind::Bool(true)),
        "false" | "False" | "FALSE" => return Some(Kind::Bool(false)),
        "null" | "Null" | "NULL" => return Some(Kind::Null),
        _ => {}
    }
    let is_whole = bytes.iter().all(u8::is_ascii_digit);
    match bytes[0] {
        b'1'..=b'9' if is_whole => text.parse::<u64>().ok().map(|number| Kind::Number(number.into())),
        // Dates and versions; no number has one of these.
        b'0'..=b'9' if text.contains(['/', ' ']) || is_date(bytes) || is_version(bytes) => {
            Some(Kind::String(text.to_owned()))
        }
        b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'(' | b'_' | b'$' | b'~' | b';' | b'^' | b'<' | b'=' | 0x80.. => {
            (text != "~").then(|| Kind::String(text.to_owned()))
        }
        _ => None,
    }
}

/// `2024-05-31`.
fn is_date(bytes: &[u8]) -> bool {
    bytes.len() == 10
        && bytes[4] == b'-'
        && bytes[7] == b'-'
        && bytes.iter().filter(|byte| byte.is_ascii_digit()).count() == 8
}

/// `2.0.0`.
fn is_version(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.') && memchr::memchr_iter(b'.', bytes).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::source::{FileId, Sources};
    use crate::yaml::visitor;

    fn file() -> FileId {
        Sources::memory([("a.yml", "")]).find("a.yml").expect("made above").file
    }

    fn source(text: &str, file: FileId) -> Source<'_> {
        Source { text, file, offset: 0, code: Code::YamlSyntaxError }
    }

    #[test]
    fn front_matter_is_read_here() {
        let text =
            "title: 'A: b'\nms.date: 05/31/2024\nms.custom:\n- CI 12\n  # why\n- \"x\"\nnone:\nhide: true\nn: 12\n";
        let value = read(source(text, file()), Limits::FRONT_MATTER).expect("read here");
        let wanted = serde_json::json!({"title": "A: b", "ms.date": "05/31/2024", "ms.custom": ["CI 12", "x"],
            "none": null, "hide": true, "n": 12});
        assert_eq!(value.into_json(), wanted);
    }

    #[test]
    fn tocs_are_read_here() {
        let text =
            "items:\r\n  - name: Über\r\n    href: a.md\r\n    items:\r\n    - name: \"b\"\r\n\r\n  - name: c\r\n";
        let value = read(source(text, file()), Limits::FILE).expect("read here");
        let wanted =
            serde_json::json!({"items": [{"name": "Über", "href": "a.md", "items": [{"name": "b"}]}, {"name": "c"}]});
        assert_eq!(value.into_json(), wanted);
    }

    /// A line: mostly one that is read here, at times one that is not.
    fn line(random: &mut fastrand::Rng) -> String {
        const STARTS: [&str; 10] = ["", "", "", "", "  ", "  ", "    ", " ", "- ", "  - "];
        const KEYS: [&str; 10] = ["a: ", "b: ", "a b-c: ", "key:", "- a: ", "- b:   ", "", "null: ", "k : ", "true:"];
        const WORDS: &str = r#"x true TRUE null ~ Null 12 0 007 1.5 1e5 2.0.0 1.. 0x1f -1 +1 05/31/2024 2024-05-31 2024-13
            18446744073709551616 inf .inf 'q' "q" 'it''s' "\n" '' ' x: :x [a] | &a *a é @x http://x/#y C# 9:30"#;
        const PHRASES: &str =
            "text here|'a' b|x: y|{a: b}|> x|!t x|a, b|\tx|<<: x|1 2|x # c|- x|\u{1}|\u{85}|\u{2028}|\u{feff}";
        const ENDS: [&str; 10] = ["\n", "\n", "\n", "\n", "\r\n", " \n", "\n\n", "\n# c\n", "\n  # c\n", "\n---\n"];
        let values: Vec<&str> = WORDS.split_whitespace().chain(PHRASES.split('|')).chain([""; 4]).collect();
        let mut pick = |pieces: &[&'static str]| pieces[random.usize(..pieces.len())];
        [pick(&STARTS), pick(&KEYS), pick(&values), pick(&ENDS)].concat()
    }

    #[test]
    fn what_is_read_here_is_what_the_crate_reads() {
        let (mut random, file) = (fastrand::Rng::with_seed(7), file());
        let (mut own, all) = (0, 50_000);
        for _ in 0..all {
            let text: String = (0..random.usize(1..6)).map(|_| line(&mut random)).collect();
            let Some(value) = read(source(&text, file), Limits::FRONT_MATTER) else { continue };
            own += 1;
            let reader = visitor::Reader::new(source(&text, file), Limits::FRONT_MATTER);
            let by_crate = reader.read().map_err(|error| error.to_string());
            assert_eq!(by_crate, Ok(value), "{text:?}");
            assert_eq!(reader.into_diagnostics(), [], "{text:?}");
        }
        assert!(own * 25 > all, "only {own} of {all} are read here");
    }
}
