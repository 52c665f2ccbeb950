//! JSON as docs repositories write it, with comments and trailing commas: text -> [`Value`] with places.

use jsonc_parser::ast;
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::errors::{ParseError, ParseErrorKind};
use jsonc_parser::{CollectOptions, ParseOptions};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::source::{FileId, Span};
use crate::value::{Entry, Kind, Value};

/// Reads a JSON file; `None` when it cannot be read, with a `config-syntax` error at the place.
///
/// Comments and trailing commas are read, and reported once, as a warning at the first of them. A byte order
/// mark is skipped. Of a key that comes twice the last one wins, as docfx reads it.
pub fn parse(text: &str, file: FileId) -> (Option<Value>, Diagnostics) {
    let rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let place = Offset { file, offset: text.len() - rest.len() };
    match jsonc_parser::parse_to_ast(rest, &CollectOptions::default(), &options(true)) {
        Ok(parsed) => match parsed.value {
            Some(value) => (Some(place.value(value)), place.leniency(rest).into_iter().collect()),
            None => {
                (None, vec![Diagnostic::new(Code::ConfigSyntax, place.span(Range::new(0, 0)), "the file is empty")])
            }
        },
        Err(error) => (None, vec![place.explain(&error)]),
    }
}

fn options(is_lenient: bool) -> ParseOptions {
    ParseOptions {
        allow_comments: is_lenient,
        allow_trailing_commas: is_lenient,
        allow_loose_object_property_names: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

/// Where the JSON stands.
struct Offset {
    file: FileId,
    offset: usize,
}

impl Offset {
    fn span(&self, range: Range) -> Span {
        Span::new(self.file, self.offset + range.start..self.offset + range.end)
    }

    /// What a strict reader stumbles over first, in text that a lenient one reads.
    fn leniency(&self, text: &str) -> Option<Diagnostic> {
        let error = jsonc_parser::parse_to_ast(text, &CollectOptions::default(), &options(false)).err()?;
        let what = match error.kind() {
            ParseErrorKind::CommentsNotAllowed => "a comment",
            ParseErrorKind::TrailingCommasNotAllowed => "a comma after the last element",
            _ => return None,
        };
        let diagnostic = Diagnostic::new(
            Code::ConfigSyntax,
            self.span(error.range()),
            format!("{what} is no JSON; it is read as if it were not there"),
        );
        let help = "docfx reads it too, but strict tools reject the whole file: remove it";
        Some(diagnostic.severity(Severity::Warning).help(help))
    }

    fn explain(&self, error: &ParseError) -> Diagnostic {
        let mut message = error.kind().to_string();
        if let Some(first) = message.get_mut(..1) {
            first.make_ascii_lowercase();
        }
        Diagnostic::new(Code::ConfigSyntax, self.span(error.range()), format!("this JSON cannot be read: {message}"))
    }

    fn value(&self, value: ast::Value<'_>) -> Value {
        let range = value.range();
        let kind = match value {
            ast::Value::NullKeyword(_) => Kind::Null,
            ast::Value::BooleanLit(literal) => Kind::Bool(literal.value),
            ast::Value::NumberLit(literal) => number(literal.value),
            ast::Value::StringLit(literal) => Kind::String(literal.value.into_owned()),
            ast::Value::Array(array) => Kind::List(array.elements.into_iter().map(|value| self.value(value)).collect()),
            ast::Value::Object(object) => Kind::Object(self.entries(object)),
        };
        Value { kind, span: self.span(range) }
    }

    fn entries(&self, object: ast::Object<'_>) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::with_capacity(object.properties.len());
        let mut index = rustc_hash::FxHashMap::default();
        for property in object.properties {
            let key_span = self.span(property.name.range());
            let entry = Entry { key: property.name.into_string(), key_span, value: self.value(property.value) };
            match index.get(&entry.key) {
                Some(at) => entries[*at] = entry,
                None => {
                    index.insert(entry.key.clone(), entries.len());
                    entries.push(entry);
                }
            }
        }
        entries
    }
}

/// A number that no 64-bit type holds stays text.
fn number(text: &str) -> Kind {
    text.parse().map_or_else(|_| Kind::String(text.to_owned()), Kind::Number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;
    use crate::source::Sources;
    use serde_json::json;

    fn read(text: &str) -> (Option<Value>, Diagnostics) {
        let sources = Sources::memory([("a.json", "")]);
        parse(text, sources.find("a.json").expect("made above").file)
    }

    fn bytes(diagnostic: &Diagnostic) -> std::ops::Range<usize> {
        let Place::Span(span) = diagnostic.place else { panic!("no span") };
        span.bytes()
    }

    #[test]
    fn comments_and_trailing_commas_are_read_and_reported_once() {
        let (value, diagnostics) = read("{\"b\": [1, 2.50,],\n // why\n \"a\": null, /* x */ }");
        assert_eq!(value.expect("readable").into_json(), json!({"b": [1, 2.5], "a": null}));
        assert_eq!(diagnostics.len(), 1);
        assert_eq!((diagnostics[0].severity, bytes(&diagnostics[0])), (Severity::Warning, 14..15));
        let (_, diagnostics) = read("\u{feff}// why\n{}");
        assert_eq!(bytes(&diagnostics[0]), 3..9);
    }

    #[test]
    fn broken_json_is_reported_at_its_place() {
        let (value, diagnostics) = read("{\n \"a\": 1\n \"b\": 2}");
        assert_eq!(value, None);
        assert_eq!((diagnostics[0].code, diagnostics[0].severity), (Code::ConfigSyntax, Severity::Error));
        assert!(bytes(&diagnostics[0]).start >= 9, "{diagnostics:?}");
        assert!(read("").0.is_none());
        assert!(read("{'a': 1}").0.is_none());
        assert!(read(&"[".repeat(100_000)).0.is_none());
    }

    #[test]
    fn values_know_their_place() {
        let (value, _) = read("{\"a\": [\"xyz\"], \"b\": 1, \"b\": 2}");
        let value = value.expect("readable");
        assert_eq!(value.entries()[0].key_span.bytes(), 1..4);
        assert_eq!(value.get("a").and_then(Value::as_list).expect("a list")[0].span.bytes(), 7..12);
        assert_eq!(value.into_json(), json!({"a": ["xyz"], "b": 2}));
    }
}
