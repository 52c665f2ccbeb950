//! Front matter, the YAML between `---` lines at the top of an article, and what it becomes with the configuration's
//! metadata.

use std::sync::Arc;

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::config::{Metadata, MetadataRules};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};
use crate::value::{self, Kind};
use crate::yaml::{self, Limits};

/// What stands above the markdown of an article.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontMatter {
    /// The keys and values; empty without front matter, and where it cannot be read.
    pub metadata: Metadata,
    /// The byte at which the markdown starts: after the closing line, or after the byte order mark.
    pub body: usize,
    /// The YAML between the two lines; `None` without front matter.
    pub span: Option<Span>,
}

/// Reads the front matter of a file.
///
/// It opens with a line `---` at the very start (a byte order mark may precede it) and closes with a line `---`
/// or `...`; both may end in white space. What is never closed, or stands elsewhere, is no front matter, but markdown,
/// and reported if it looks like some. YAML that cannot be read is a diagnostic, and the markdown still starts after
/// it. At most 64 KiB, 32 deep.
pub fn front_matter(text: &str, file: FileId) -> (FrontMatter, Diagnostics) {
    let start = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    let Some((yaml, body)) = header(text, start) else {
        let misplaced = misplaced(text, start, file).into_iter().collect();
        return (FrontMatter { metadata: Metadata::new(), body: start, span: None }, misplaced);
    };
    let span = Span::new(file, yaml.clone());
    let source =
        yaml::Source { text: &text[yaml.clone()], file, offset: yaml.start, code: Code::YamlHeaderSyntaxError };
    let (value, mut diagnostics) = yaml::parse(source, Limits::FRONT_MATTER);
    let metadata = match value.map(|value| (value.describe(), value.kind)) {
        None | Some((_, Kind::Null)) => Metadata::new(),
        Some((_, Kind::Object(entries))) => value::object_into_json(entries),
        Some((what, _)) => {
            diagnostics.push(not_an_object(&text[yaml.clone()], span, what));
            Metadata::new()
        }
    };
    (FrontMatter { metadata, body, span: Some(span) }, diagnostics)
}

/// The metadata of a page: what its front matter says wins over what the configuration gives it.
///
/// In the order: `globalMetadata`, `fileMetadata`, front matter; a key that comes again keeps its first place.
#[derive(Debug, Clone, Default)]
pub struct Merged {
    global: Arc<Metadata>,
    /// What differs from page to page.
    own: Metadata,
}

impl Merged {
    /// The metadata of a page whose front matter is `front`, and whose path in its docset is `path`.
    pub fn new(front: Metadata, rules: &MetadataRules, path: &str) -> Merged {
        let mut own = rules.of_file(path);
        own.extend(front);
        Merged { global: rules.global.clone(), own }
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.own.get(key).or_else(|| self.global.get(key))
    }

    /// All keys and their values.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Value)> {
        let global = self.global.iter().map(|(key, value)| (key, self.own.get(key).unwrap_or(value)));
        global.chain(self.own.iter().filter(|(key, _)| !self.global.contains_key(*key)))
    }
}

impl Serialize for Merged {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

/// The bytes of the YAML, and where the markdown starts.
fn header(text: &str, start: usize) -> Option<(std::ops::Range<usize>, usize)> {
    let yaml = start + fence(&text[start..], &["---"])?;
    let mut at = yaml;
    while at < text.len() {
        if let Some(length) = fence(&text[at..], &["---", "..."]) {
            return Some((yaml..at, at + length));
        }
        at += line_length(&text[at..]);
    }
    None
}

/// Keys that tell front matter from markdown between two rules.
const USUAL_KEYS: &[&str] = &["title:", "description:", "author:", "ms.", "uid:"];

/// Says of what looks like front matter that it stands below something else, or has no end.
fn misplaced(text: &str, start: usize, file: FileId) -> Option<Diagnostic> {
    let at = start + above(&text[start..])?;
    let yaml = at + fence(&text[at..], &["---"])?;
    USUAL_KEYS.iter().find(|key| text[yaml..].starts_with(**key))?;
    let (message, help) = match header(text, at) {
        None => ("this front matter has no end, and is shown as text", "end it with a line `---`"),
        Some(_) => {
            ("front matter begins in the first line; this is shown as text", "remove what stands above this line")
        }
    };
    Some(Diagnostic::new(Code::YamlHeaderSyntaxError, Span::new(file, at..at + 3), message).help(help))
}

/// The length of the empty lines and remarks at the start of a text, whole lines only.
fn above(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = text[at..].trim_start();
        let next = text.len() - rest.len();
        match rest.strip_prefix("<!--") {
            Some(remark) => at = next + "<!--".len() + remark.find("-->")? + "-->".len(),
            None => return (next == 0 || text[..next].ends_with(['\n', '\r'])).then_some(next),
        }
    }
}

/// The length of the first line with its end, if it is one of the fences.
fn fence(text: &str, fences: &[&str]) -> Option<usize> {
    fences.iter().find(|fence| text.starts_with(**fence))?;
    let length = line_length(text);
    text[3..length].trim().is_empty().then_some(length)
}

/// The length of the first line with its end: LF, CRLF or a lone CR.
fn line_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    match memchr::memchr2(b'\n', b'\r', bytes) {
        Some(at) if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') => at + 2,
        Some(at) => at + 1,
        None => text.len(),
    }
}

fn not_an_object(yaml: &str, header: Span, what: &str) -> Diagnostic {
    let start = header.start as usize + yaml.len() - yaml.trim_start().len();
    let end = start + yaml.trim_start().lines().next().map_or(0, |line| line.trim_end().len());
    let message = format!("the front matter is {what}, not a mapping of keys to values");
    Diagnostic::new(Code::YamlHeaderNotObject, Span::new(header.file, start..end), message)
        .help("write lines of the form `key: value`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::glob::Glob;
    use crate::diagnostic::Place;
    use crate::source::{Lines, Sources};
    use serde_json::json;

    fn read(text: &str) -> (serde_json::Value, &str, Vec<(Code, u32, u32)>) {
        let sources = Sources::memory([("a.md", "")]);
        let (front, diagnostics) = front_matter(text, sources.find("a.md").expect("made above").file);
        let places = diagnostics.iter().map(|diagnostic| {
            let Place::Span(span) = diagnostic.place else { panic!("no span") };
            let position = Lines::new(text).position(span.start as usize);
            (diagnostic.code, position.line, position.column)
        });
        (front.metadata.into(), &text[front.body..], places.collect())
    }

    #[test]
    fn front_matter_is_told_from_markdown() {
        let cases = [
            ("---\na: 1\n---\n# T", json!({"a": 1}), "# T"),
            ("\u{feff}---\r\na: 1\r\n---\r\n\r\n# T", json!({"a": 1}), "\r\n# T"),
            ("---  \na: 1\n--- \t\ntext", json!({"a": 1}), "text"),
            ("---\na: 1\n...\ntext", json!({"a": 1}), "text"),
            ("---\na: 1\n---", json!({"a": 1}), ""),
            ("---\ra: 1\r---\rtext", json!({"a": 1}), "text"),
            ("---\n---\ntext", json!({}), "text"),
            ("---\n\n# only a comment\n---\ntext", json!({}), "text"),
            ("---\na: 1\n--- not the end\n", json!({}), "---\na: 1\n--- not the end\n"),
            ("---", json!({}), "---"),
            ("\n---\na: 1\n---\n", json!({}), "\n---\na: 1\n---\n"),
            ("----\na: 1\n----\n", json!({}), "----\na: 1\n----\n"),
            ("\u{feff}text", json!({}), "text"),
            ("", json!({}), ""),
        ];
        for (text, metadata, body) in cases {
            assert_eq!(read(text), (metadata, body, vec![]), "{text:?}");
        }
    }

    #[test]
    fn broken_front_matter_is_reported_where_it_breaks_and_left_out() {
        let (metadata, body, diagnostics) = read("---\ntitle: x\naliases:\n  - %\n---\n# T");
        assert_eq!((metadata, body), (json!({}), "# T"));
        assert_eq!(diagnostics, [(Code::YamlHeaderSyntaxError, 4, 5)]);
    }

    #[test]
    fn front_matter_elsewhere_or_without_an_end_is_reported() {
        let told = |line| vec![(Code::YamlHeaderSyntaxError, line, 1)];
        assert_eq!(read("\n\ntitle\n---\ntitle: A\n---\n").2, []);
        for (text, line) in [
            ("\n---\ntitle: A\n---\n", 2),
            ("<!-- a\n--> \r\n <!-- b -->\r\n\r\n---\r\nms.date: x\r\n---\r\n", 5),
            ("\u{feff}---\nuid: a\n# T", 1),
        ] {
            assert_eq!(read(text), (json!({}), text.trim_start_matches('\u{feff}'), told(line)), "{text:?}");
        }
        for text in
            ["<!-- ---\ntitle: A\n---\n", " ---\ntitle: A\n---\n", "---\n\nText.\n", "<!-- a --> ---\nuid: a\n---"]
        {
            assert_eq!(read(text).2, [], "{text:?}");
        }
    }

    #[test]
    fn front_matter_that_is_no_mapping_is_reported() {
        assert_eq!(read("---\n- one\n- two\n---\n").2, [(Code::YamlHeaderNotObject, 2, 1)]);
        assert_eq!(read("---\n\ntext\n---\n").2, [(Code::YamlHeaderNotObject, 3, 1)]);
    }

    #[test]
    fn front_matter_has_limits() {
        let long = format!("---\na: {}\n---\ntext", "x".repeat(64 << 10));
        assert_eq!(read(&long), (json!({}), "text", vec![(Code::BudgetExceeded, 2, 1)]));
        let deep = format!("---\na: {}\n---\ntext", "[".repeat(50));
        assert_eq!(read(&deep).2, [(Code::BudgetExceeded, 2, 36)]);
    }

    #[test]
    fn front_matter_wins_over_the_metadata_of_files_and_that_over_the_global() {
        let object = |value: Value| value.as_object().cloned().expect("an object");
        let file = |key: &str, value: u32| (key.to_owned(), vec![(Glob::new("**").expect("a pattern"), value.into())]);
        let rules = MetadataRules {
            global: Arc::new(object(json!({"b": 2, "c": 3, "d": 4}))),
            file: vec![file("e", 50), file("c", 30)],
        };
        let merged = Merged::new(object(json!({"a": 1, "b": null, "e": 500})), &rules, "a.md");
        let written = serde_json::to_string(&merged).expect("JSON");
        assert_eq!(written, r#"{"b":null,"c":30,"d":4,"e":500,"a":1}"#);
        assert_eq!((merged.get("c"), merged.get("x")), (Some(&json!(30)), None));
    }
}
