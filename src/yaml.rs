//! YAML text -> [`Value`], or a diagnostic at the byte where it breaks. The only user of `serde_yaml`.
//!
//! The simple lines that most YAML of docs is made of are read by `block`, everything else by the crate.
//!
//! The text is hostile: its length, the depth of its nesting and what its aliases unfold to are limited.

mod advice;
mod block;
mod places;
mod visitor;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};
use crate::value::Value;
use visitor::Reader;

/// How much YAML a caller is ready to read.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of text.
    pub bytes: usize,
    /// Lists and mappings inside each other.
    pub depth: usize,
}

impl Limits {
    /// Front matter: 64 KiB, 32 deep.
    pub const FRONT_MATTER: Limits = Limits { bytes: 64 << 10, depth: 32 };
    /// A file of its own: 16 MiB, 100 deep. The largest known `toc.yml` files have some MiB.
    pub const FILE: Limits = Limits { bytes: 16 << 20, depth: 100 };
}

/// A YAML text and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The YAML, without a byte order mark.
    pub text: &'a str,
    /// The file that holds it.
    pub file: FileId,
    /// The byte of the file at which it starts.
    pub offset: usize,
    /// The code for what is no YAML.
    pub code: Code,
}

impl<'a> Source<'a> {
    /// A whole file; a byte order mark at its start is left out.
    pub fn file(text: &'a str, file: FileId, code: Code) -> Source<'a> {
        let rest = text.strip_prefix('\u{feff}').unwrap_or(text);
        Source { text: rest, file, offset: text.len() - rest.len(), code }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, self.offset + start..self.offset + end)
    }
}

/// Reads a YAML document; `None` when it cannot be read, with the reason among the diagnostics.
///
/// Keys keep their order and are text as it is written. Plain scalars follow YAML 1.2: `05/31/2018`, `007`
/// and `yes` are text, `1.10` is the number 1.1, an empty value is null. Tags are ignored. A key that comes
/// twice is reported, the last one wins. An empty document is null.
pub fn parse(source: Source<'_>, limits: Limits) -> (Option<Value>, Diagnostics) {
    if source.text.len() > limits.bytes {
        let message = format!("{} bytes of YAML are more than the {} allowed", source.text.len(), limits.bytes);
        return (None, vec![over_budget(source.span(0, first_line(source.text)), message)]);
    }
    if let Some(value) = block::read(source, limits) {
        return (Some(value), Diagnostics::new());
    }
    if let Some(at) = too_deep(source.text, limits.depth) {
        return (None, vec![over_budget(source.span(at, at + 1), TOO_DEEP)]);
    }
    let reader = Reader::new(source, limits);
    match reader.read() {
        Ok(value) => (Some(value), reader.into_diagnostics()),
        Err(error) => {
            let exceeded = reader.exceeded();
            let mut diagnostics = reader.into_diagnostics();
            diagnostics.push(explain(source, &error, exceeded));
            (None, diagnostics)
        }
    }
}

const TOO_DEEP: &str = "this YAML is nested too deeply";

fn over_budget(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::BudgetExceeded, span, message).help("nothing of it is read: make it shorter and flatter")
}

/// The first bracket that opens more flow lists and mappings on one line than `depth` allows.
///
/// The crate looks at every bracket that is open on a line for every token of it, so a line of brackets has to be
/// refused before it is read. Brackets that are plain text (`a[b`) do not count; how deep the
/// document really is, the visitor knows.
fn too_deep(text: &str, depth: usize) -> Option<usize> {
    let (mut open, mut starts_token) = (0_usize, true);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' if starts_token => {
                open += 1;
                if open > depth {
                    return Some(at);
                }
                continue;
            }
            b'\n' => open = 0,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        starts_token = matches!(byte, b' ' | b'\t' | b'\n' | b',' | b':');
    }
    None
}

fn first_line(text: &str) -> usize {
    text.find(['\r', '\n']).unwrap_or(text.len())
}

/// Turns an error of the crate into a diagnostic at its byte.
fn explain(source: Source<'_>, error: &serde_yaml::Error, exceeded: Option<&'static str>) -> Diagnostic {
    let text = error.to_string();
    let opened = unclosed(source.text, &text).filter(|_| exceeded.is_none());
    let start = opened.unwrap_or_else(|| position(source.text, error));
    let end = source.text[start..].chars().next().filter(|c| !matches!(c, '\r' | '\n'));
    let span = source.span(start, start + end.map_or(0, char::len_utf8));
    if let Some(reason) = exceeded {
        return over_budget(span, reason);
    }
    if let Some(opened) = opened {
        let message = format!("this YAML cannot be read: `{}` is not closed", &source.text[opened..=opened]);
        return Diagnostic::new(source.code, span, message).help("close it where its value ends");
    }
    let problem = problem(&text);
    let diagnostic = Diagnostic::new(source.code, span, format!("this YAML cannot be read: {problem}"));
    match advice::next_step(problem) {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// What the crate says of a text of several documents.
const SEVERAL: &str = "deserializing from YAML containing more than one document is not supported";

/// The byte of an error. What the crate's character reader refuses has no position at all, nor have several documents.
fn position(text: &str, error: &serde_yaml::Error) -> usize {
    let index = error.location().map_or(0, |location| location.index());
    if error.to_string() == SEVERAL {
        return text.rfind("\n---").map_or(0, |at| at + 1);
    }
    if index == 0 {
        let refused = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}');
        return text.find(refused).unwrap_or(0);
    }
    (0..=index.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The byte of the quote or bracket whose end the crate looked for in vain on later lines.
fn unclosed(text: &str, error: &str) -> Option<usize> {
    let (problem, context) = error.split_once(", while ")?;
    let opened = ["scanning a quoted scalar", "parsing a flow sequence", "parsing a flow mapping"];
    let opened = opened.iter().find_map(|name| context.strip_prefix(name))?;
    let place = |text: &str| {
        let (line, column) = text.split_once(" at line ")?.1.split_once(" column ")?;
        Some((line.parse::<usize>().ok()?, column.parse::<usize>().ok()?))
    };
    let (line, column) = place(opened).unwrap_or((1, 1));
    if place(problem).is_none_or(|(found, _)| found == line) {
        return None;
    }
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let (offset, sign) = text[start..].char_indices().nth(column - 1)?;
    matches!(sign, '"' | '\'' | '[' | '{').then_some(start + offset)
}

/// The problem itself, without the positions and contexts that the crate appends to it.
fn problem(text: &str) -> &str {
    if text == SEVERAL {
        return "there is more than one document";
    }
    [" at line ", " at position ", ", while "]
        .iter()
        .filter_map(|end| text.find(end))
        .min()
        .map_or(text, |at| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;
    use crate::source::Sources;
    use serde_json::json;

    fn read(text: &str, limits: Limits) -> (Option<serde_json::Value>, Diagnostics) {
        let sources = Sources::memory([("a.yml", "")]);
        let file = sources.find("a.yml").expect("made above").file;
        let (value, diagnostics) = parse(Source::file(text, file, Code::YamlSyntaxError), limits);
        (value.map(Value::into_json), diagnostics)
    }

    fn value(text: &str) -> serde_json::Value {
        let (value, diagnostics) = read(text, Limits::FILE);
        assert_eq!(diagnostics, []);
        value.expect("readable")
    }

    fn fault(text: &str) -> (Code, std::ops::Range<usize>) {
        let (_, diagnostics) = read(text, Limits::FRONT_MATTER);
        let Place::Span(span) = diagnostics[0].place else { panic!("no span") };
        (diagnostics[0].code, span.bytes())
    }

    #[test]
    fn values_stay_as_they_are_written() {
        let read =
            value("ms.date: 05/31/2018\nzip: 007\nversion: 1.10\nempty:\nyes: yes\non: True\n1.10: 2024-01-01\n");
        let wanted = json!({"ms.date": "05/31/2018", "zip": "007", "version": 1.1, "empty": null, "yes": "yes",
            "on": true, "1.10": "2024-01-01"});
        assert_eq!(read, wanted);
        assert_eq!(read.to_string(), wanted.to_string(), "the order of keys is kept");
    }

    #[test]
    fn tags_are_ignored() {
        assert_eq!(value("a: !x b\nb: !!str 12\nc: !y [1]\n"), json!({"a": "b", "b": "12", "c": [1]}));
    }

    #[test]
    fn numbers_beyond_json_are_text() {
        assert_eq!(
            value("[.inf, .nan, 340282366920938463463374607431768211455]"),
            json!([".inf", ".nan", "340282366920938463463374607431768211455"])
        );
    }

    #[test]
    fn an_empty_document_is_null() {
        assert_eq!(value(""), json!(null));
        assert_eq!(value("# only a comment\n"), json!(null));
    }

    #[test]
    fn errors_point_at_their_byte() {
        assert_eq!(fault("é: x\naliases:\n  - %\n"), (Code::YamlSyntaxError, 19..20));
        assert_eq!(fault("a: *b\n"), (Code::YamlSyntaxError, 3..4));
        assert_eq!(fault("a: b\u{1}\n"), (Code::YamlSyntaxError, 4..5));
        assert_eq!(fault("\u{feff}a: b: c\n").1, 7..8);
        assert_eq!(fault("a: [b, c: d: e]\n").1, 11..12);
        assert_eq!(fault("---\na: b\n---\nc: d\n").1, 9..10);
    }

    #[test]
    fn what_is_not_closed_is_pointed_at_where_it_opens() {
        for (text, place) in
            [("é: \"b\nc: d\n", 4..5), ("a: 1\nb: 'x\n", 8..9), ("[a\n", 0..1), ("a:\n- {b: c\n", 5..6)]
        {
            assert_eq!(fault(text), (Code::YamlSyntaxError, place), "{text}");
        }
    }

    #[test]
    fn a_key_that_comes_twice_is_reported_and_the_last_one_wins() {
        let (value, diagnostics) = read("a: 1\nb: 2\na: 3\n", Limits::FILE);
        assert_eq!(value, Some(json!({"a": 3, "b": 2})));
        assert_eq!(diagnostics[0].code, Code::YamlDuplicateKey);
        assert!(matches!(diagnostics[0].place, Place::Span(span) if span.bytes() == (10..11)));
    }

    #[test]
    fn nesting_has_a_limit() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(read(&nested(32), Limits::FRONT_MATTER).1, []);
        assert_eq!(fault(&nested(33)), (Code::BudgetExceeded, 32..33));
        assert_eq!(fault(&"- ".repeat(30_000)).0, Code::BudgetExceeded);
        assert_eq!(fault("a: &a [*a]").0, Code::BudgetExceeded);
    }

    #[test]
    fn length_has_a_limit() {
        let text = |bytes: usize| "x".repeat(bytes);
        assert_eq!(read(&text(64 << 10), Limits::FRONT_MATTER).1, []);
        assert_eq!(fault(&text((64 << 10) + 1)).0, Code::BudgetExceeded);
    }

    #[test]
    fn aliases_do_not_explode() {
        let bomb = format!("a: &a [{}]\nb: [{}]", "x,".repeat(9_000), "*a,".repeat(9_000));
        assert_eq!(fault(&bomb).0, Code::BudgetExceeded);
        assert_eq!(value("a: &a [x, y]\nb: *a\n"), json!({"a": ["x", "y"], "b": ["x", "y"]}));
    }

    #[test]
    fn a_line_of_brackets_is_refused_before_it_is_read() {
        assert_eq!(fault(&"[".repeat(1 << 15)), (Code::BudgetExceeded, 32..33));
        assert_eq!(
            value(&format!("a: x{}\nb: |\n  {}\n", "[".repeat(200), "a[i]".repeat(200)))["a"],
            "x".to_owned() + &"[".repeat(200)
        );
    }

    /// The places of a value and of all in it, as they are written.
    fn places(text: &str) -> Vec<String> {
        fn collect(value: &Value, places: &mut Vec<Span>) {
            places.push(value.span);
            for entry in value.entries() {
                places.push(entry.key_span);
                collect(&entry.value, places);
            }
            value.as_list().unwrap_or_default().iter().for_each(|value| collect(value, places));
        }
        let sources = Sources::memory([("a.yml", "")]);
        let file = sources.find("a.yml").expect("made above").file;
        let (value, _) = parse(Source { offset: 100, ..Source::file(text, file, Code::ConfigSyntax) }, Limits::FILE);
        let mut spans = Vec::new();
        collect(&value.expect("readable"), &mut spans);
        spans.iter().map(|span| text[span.start as usize - 100..span.end as usize - 100].to_owned()).collect()
    }

    #[test]
    fn values_know_their_place() {
        assert_eq!(
            places("---\nname: 'Über' # remark\norder:   12 # remark\n\"k\\x41\":\n- \"x\\t\"\n- true\n"),
            [
                "name: 'Über' # remark\norder:   12 # remark\n\"k\\x41\":\n- \"x\\t\"\n- true",
                "name",
                "'Über'",
                "order",
                "12",
                "\"k\\x41\"",
                "- \"x\\t\"\n- true",
                "\"x\\t\"",
                "true"
            ]
        );
        let escaped = [r#""\/a""#, r#""\\""#, "''''", "\"\\\n  b\"", "'''a'", "1"];
        let [a, b, c, d, e, f] = escaped;
        assert_eq!(places(&format!("{a}: {b}\n{c}: {d}\n{e}: {f}"))[1..], escaped);
    }

    #[test]
    fn brackets_are_a_part_of_what_they_hold() {
        assert_eq!(
            places("[ [1, 'it''s' ,], {a: ~, \"b\": {}}, [] , 2 ]")[1..],
            ["[1, 'it''s' ,]", "1", "'it''s'", "{a: ~, \"b\": {}}", "a", "~", "\"b\"", "{}", "[]", "2"]
        );
    }

    #[test]
    fn texts_of_several_lines_and_what_is_behind_them_have_places() {
        assert_eq!(
            places("- |\n  # a\n\n  b\n- 1\n- >-\n  c\n  d\n- 2\n- e\n  f\n- 3\n")[1..],
            ["|\n  # a\n\n  b", "1", ">-\n  c\n  d", "2", "e\n  f", "3"]
        );
        assert_eq!(places("- - 1\n  - 2\n- 3\n")[1..], ["- 1\n  - 2", "1", "2", "3"]);
    }

    #[test]
    fn tags_and_anchors_stand_before_a_value_and_an_alias_in_its_place() {
        assert_eq!(places("- !x &a 1\n- *a\n- &b [2]\n- *b\n- 3\n")[1..], ["1", "*a", "[2]", "2", "*b", "*b", "3"]);
    }

    #[test]
    fn what_is_empty_hides_no_other_place() {
        assert_eq!(places("- &a\n-\n- 5\n").last().map(String::as_str), Some("5"));
        assert_eq!(places("[&a , 5, 6]")[2..], ["5", "6"]);
        assert_eq!(places("t: A\n\"\\x41\":\n\"\\x42\": 5\n")[5..], ["\"\\x42\"", "5"]);
    }

    #[test]
    fn what_is_empty_has_the_place_of_its_key_or_dash() {
        assert_eq!(places("a:\nb:\n-\n- 1\n"), ["a:\nb:\n-\n- 1", "a", "a", "b", "-\n- 1", "-", "1"]);
    }

    #[test]
    fn large_mappings_find_their_duplicates_too() {
        let text: String = (0..100).chain([40]).map(|key| format!("k{key}: {key}\n")).collect();
        let (value, diagnostics) = read(&text, Limits::FILE);
        assert_eq!(value.and_then(|value| value.as_object().map(serde_json::Map::len)), Some(100));
        assert_eq!(diagnostics.len(), 1);
    }
}
