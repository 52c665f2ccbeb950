//! The shape of directives: names, titles, paths and attribute lists, each with its place.

pub mod inline_zone;
mod mistake;
mod snippet;
mod triple_colon;

use std::ops::Range;

use crate::markdown::extension::{Indentation, Shape};
pub use mistake::Mistake;
pub use triple_colon::triple_colon;

/// A directive as it is written; what it means is the business of the extension that owns its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// Lower case: `include`, `note`, `:image`.
    pub name: Box<str>,
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// As it is written.
    pub raw: Box<str>,
    /// `[title](path)` of a bracket directive.
    pub target: Option<Target>,
    /// `name="value"` of a triple-colon directive.
    pub attributes: Vec<Attribute>,
    /// Whether it stands for blocks, not for a piece of a line.
    pub is_block: bool,
    /// Whether nothing else stands on its line.
    pub is_alone: bool,
    /// What keeps it from being a directive, so that it stays text.
    pub mistake: Option<Mistake>,
    /// The bytes of what follows the marker of a container on its line and does not belong there.
    pub surplus: Option<Range<usize>>,
    /// Whether its line ends without `:::` and the next one begins with an attribute, where that is text.
    pub goes_on: bool,
}

/// What a bracket directive names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The text between the inner brackets.
    pub title: Box<str>,
    /// The path, escapes resolved.
    pub path: Box<str>,
    /// What only code by reference has.
    pub snippet: Option<Box<SnippetTarget>>,
}

/// What code by reference says beside its name and its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnippetTarget {
    /// The language, if one is named.
    pub language: Option<Box<str>>,
    /// What follows `?`.
    pub query: Box<str>,
    /// What follows `#`.
    pub fragment: Box<str>,
    /// The title, escapes resolved.
    pub title: Box<str>,
}

/// One attribute of a directive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Lower case.
    pub name: Box<str>,
    /// What stands between the quotes.
    pub value: Box<str>,
    /// The bytes of the value in the text.
    pub range: Range<usize>,
}

impl Directive {
    /// A directive without target and attributes. `raw` is what its extension looks at.
    pub fn plain(name: &str, raw: &str, range: Range<usize>) -> Directive {
        Directive {
            name: name.into(),
            raw: raw.into(),
            range,
            target: None,
            attributes: Vec::new(),
            is_block: false,
            is_alone: false,
            mistake: None,
            surplus: None,
            goes_on: false,
        }
    }

    /// The shape of a container's start or end marker, by its name.
    pub fn container(&self, body: Indentation) -> Shape {
        if self.name.ends_with("-end") { Shape::End } else { Shape::Container(body) }
    }

    /// Whether it is the end marker of a start marker: the same name with as many colons.
    ///
    /// Rule: docfx `MonikerRangeParser`, `RowParser` and `NestedColumnParser`.
    pub fn ends(&self, start: &Directive) -> bool {
        self.name.strip_suffix("-end") == Some(&start.name) && self.colons() == start.colons()
    }

    /// How many colons it begins with.
    pub fn colons(&self) -> usize {
        self.raw.bytes().take_while(|b| *b == b':').count()
    }

    /// What its container is called: `:::zone`, `::::moniker`, for the start marker as for the end marker.
    pub fn container_name(&self) -> String {
        let name = self.name.trim_start_matches(':').trim_end_matches("-end");
        format!("{}{name}", ":".repeat(self.colons()))
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| &*attribute.name == name).map(|attribute| &*attribute.value)
    }

    /// The value of an attribute that is there and says something.
    pub fn filled(&self, name: &str) -> Option<&str> {
        self.attribute(name).filter(|value| !value.is_empty())
    }

    /// The first attribute that has none of these names.
    pub fn other_than(&self, known: &[&str]) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| !known.contains(&&*attribute.name))
    }
}

/// A directive longer than this is none: it keeps the scan linear.
pub const MAX_BYTES: usize = 4096;

/// Reads `[!NAME]`, `[!INCLUDE [title](path)]` or `[!code-language[title](path)]` at `start`; `None` if it has another shape.
///
/// Rule: docfx `InclusionBlockParser`, `QuoteSectionNoteParser`: the name in any case, with or without a space after
/// it, `+` or `-` after the name of an include, the path in `<>` or up to a space, `\` escapes, a title after it.
pub fn bracket(text: &str, start: usize) -> Option<Directive> {
    let line = line_from(text, start, MAX_BYTES);
    let before = spaces(&line[2..]);
    let rest = &line[2 + before..];
    let name_length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let name = rest[..name_length].to_ascii_lowercase();
    let mut at = 2 + before + name_length;
    if name.is_empty() {
        return None;
    }
    let is_plain = !matches!(name.as_str(), "div" | "video" | "include" | "code" | "notebook");
    let after = line[at..].bytes().take_while(|b| matches!(b, b' ' | b'\t' | b':')).count();
    if is_plain && before + after > 0 && line[at + after..].starts_with(']') {
        let mistake = Some(Mistake::UnknownKind);
        return Some(Directive { mistake, ..directive(name, text, start, at + after + 1, None) });
    }
    if before > 0 {
        return None;
    }
    if line[at..].starts_with(']') && !matches!(name.as_str(), "video" | "include") {
        return Some(directive(name, text, start, at + 1, None));
    }
    match name.as_str() {
        "div" | "video" => {
            let end = at + line[at..].rfind(']')?;
            let is_apart = line[at..].starts_with(char::is_whitespace) && !line[at..end].contains("](");
            return is_apart.then(|| directive(name, text, start, end + 1, None));
        }
        "include" => at += usize::from(line[at..].starts_with(['+', '-'])),
        "code" | "notebook" => {
            let (target, end) = snippet::snippet(line, at)?;
            return Some(directive(name, text, start, end, Some(target)));
        }
        _ => return None,
    }
    let Some((target, end)) = include(line, at + spaces(&line[at..])) else {
        let is_cut = is_cut(text, start, line) && !line[at..].contains(")]");
        let mistake = Some(if is_cut { Mistake::TooLong } else { Mistake::NoTarget });
        return Some(Directive { mistake, ..directive(name, text, start, at, None) });
    };
    Some(directive(name, text, start, end, Some(target)))
}

/// `[title](path)]` at `at`, and the byte after it.
fn include(line: &str, at: usize) -> Option<(Target, usize)> {
    let (title, after_title) = title(line, at)?;
    let (path, after_path) = path(line, after_title)?;
    let target = Target { title: title.into(), path: path.into(), snippet: None };
    line[after_path..].starts_with(']').then_some((target, after_path + 1))
}

fn directive(name: String, text: &str, start: usize, length: usize, target: Option<Target>) -> Directive {
    let range = start..start + length;
    Directive { target, ..Directive::plain(&name, &text[range.clone()], range) }
}

/// `[title]` at `at`, brackets inside it balanced or escaped, and the byte after it.
fn title(line: &str, at: usize) -> Option<(&str, usize)> {
    let inner = line[at..].strip_prefix('[')?;
    let mut depth = 1;
    let mut is_escaped = false;
    for (offset, c) in inner.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&inner[..offset], at + 1 + offset + 1));
        }
    }
    None
}

/// `(path "title")` at `at`, and the byte after it.
fn path(line: &str, at: usize) -> Option<(String, usize)> {
    let inner = line[at..].strip_prefix('(')?;
    let mut at = at + 1 + spaces(inner);
    let in_angles = line[at..].starts_with('<');
    at += usize::from(in_angles);
    let (mut path, mut depth, mut is_escaped) = (String::new(), 0, false);
    let mut chars = line[at..].char_indices();
    let mut end = loop {
        let (offset, c) = chars.next()?;
        match c {
            c if is_escaped => {
                // A backslash before a letter or a dot is the separator of Windows paths.
                if !c.is_ascii_punctuation() || c == '.' {
                    path.push('\\');
                }
                path.push(c);
                is_escaped = false;
                continue;
            }
            '\\' => {
                is_escaped = true;
                continue;
            }
            '>' if in_angles => break at + offset + 1,
            _ if in_angles => {}
            ')' if depth == 0 => break at + offset,
            ' ' | '\t' => break at + offset,
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        path.push(c);
    };
    end += spaces(&line[end..]);
    if line[end..].starts_with(['"', '\'']) {
        let quote = &line[end..=end];
        end += 1 + line[end + 1..].find(quote)? + 1;
        end += spaces(&line[end..]);
    }
    line[end..].starts_with(')').then_some((path, end + 1))
}

/// Where the line that holds `at` begins, after whatever line end.
pub fn line_start(text: &str, at: usize) -> usize {
    memchr::memrchr2(b'\n', b'\r', &text.as_bytes()[..at]).map_or(0, |before| before + 1)
}

/// Whether an odd number of backslashes stands before `at`.
pub fn is_escaped(text: &[u8], at: usize) -> bool {
    text[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

/// The rest of the line at `start`, `limit` bytes of it at most.
pub fn line_from(text: &str, start: usize, limit: usize) -> &str {
    let mut end = text.len().min(start + limit);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let rest = &text[start..end];
    memchr::memchr2(b'\n', b'\r', rest.as_bytes()).map_or(rest, |end| &rest[..end])
}

/// Whether `line` is less than the line at `start`: what is looked for may stand in the rest.
fn is_cut(text: &str, start: usize, line: &str) -> bool {
    !matches!(text.as_bytes().get(start + line.len()), None | Some(b'\n' | b'\r'))
}

fn spaces(text: &str) -> usize {
    text.bytes().take_while(|b| matches!(b, b' ' | b'\t')).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path_of(text: &str) -> Option<String> {
        bracket(text, 0)?.target.map(|target| target.path.into())
    }

    #[test]
    fn includes_are_read_in_every_spelling() {
        for text in [
            "[!INCLUDE [t](a.md)]",
            "[!include[](a.md)]",
            "[!Include[t [x]]( a.md )]",
            "[!INCLUDE[t](<a.md>)]",
            "[!include-[t](a.md)]",
            "[!include+[t](a.md \"title\")]",
        ] {
            assert_eq!(path_of(text).as_deref(), Some("a.md"), "{text}");
        }
        assert_eq!(path_of(r"[!include[t](a\(x\).md)]").as_deref(), Some("a(x).md"));
        assert_eq!(path_of(r"[!include[t](..\..\in\a.md)]").as_deref(), Some(r"..\..\in\a.md"));
    }

    #[test]
    fn other_brackets_are_none() {
        for text in [
            "[!]",
            "[!NOTE text]",
            "[!INCLUDE]x",
            "[!INCLUDE [t](a.md",
            "[!INCLUDE [t] (a.md)]",
            "[!INCLUDE [t\n](a)]",
            "[!INCLUDE [t](a.md) ]",
        ] {
            assert_eq!(path_of(text), None, "{text}");
        }
    }
}
