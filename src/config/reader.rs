//! Reads configuration files and their values, and collects what is wrong with them.

use super::Metadata;
use super::glob::{Glob, Options};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity, suggest};
use crate::json;
use crate::path;
use crate::source::{FileId, Sources, Span};
use crate::value::{self, Kind, Value};
use crate::yaml::{self, Limits};

/// The door to configuration files. What it cannot read it reports and leaves out.
pub(super) struct Reader<'a> {
    pub(super) sources: &'a Sources,
    pub(super) diagnostics: Diagnostics,
}

impl<'a> Reader<'a> {
    pub(super) fn new(sources: &'a Sources) -> Reader<'a> {
        Reader { sources, diagnostics: Diagnostics::new() }
    }

    /// The value of a file: YAML by its extension, else JSON.
    pub(super) fn file(&mut self, file: FileId) -> Option<Value> {
        let path = self.sources.path(file);
        let bytes = match self.sources.read(file) {
            Ok(bytes) => bytes,
            Err(error) => {
                let message = format!("cannot read `{path}`: {error}");
                self.diagnostics.push(Diagnostic::new(Code::FileUnreadable, file, message));
                return None;
            }
        };
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let message = format!("`{path}` is not UTF-8: invalid at byte {}", error.utf8_error().valid_up_to());
                self.diagnostics
                    .push(Diagnostic::new(Code::FileEncoding, file, message).help("save the file as UTF-8"));
                return None;
            }
        };
        let (value, diagnostics) = match path.extension().as_str() {
            "yml" | "yaml" => yaml::parse(yaml::Source::file(&text, file, Code::ConfigSyntax), Limits::FILE),
            _ => json::parse(&text, file),
        };
        self.diagnostics.extend(diagnostics);
        value
    }

    /// Reports a mistake.
    pub(super) fn report(&mut self, place: impl Into<Place>, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(Code::ConfigSyntax, place, message));
    }

    /// Reports a mistake with the next step.
    pub(super) fn report_with(&mut self, place: impl Into<Place>, message: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(Code::ConfigSyntax, place, message).help(help));
    }

    /// Reads what other programs understand in their own way: what is reported is no more than a warning.
    pub(super) fn leniently<T>(&mut self, read: impl FnOnce(&mut Reader<'a>) -> T) -> T {
        let before = self.diagnostics.len();
        let value = read(self);
        self.diagnostics[before..].iter_mut().for_each(|diagnostic| diagnostic.severity = Severity::Warning);
        value
    }

    /// Reports a name that nobody knows, with the one that may be meant.
    pub(super) fn unknown(&mut self, place: Span, what: &str, name: &str, known: &[&str]) {
        let message = format!("there is no {what} `{name}`");
        match suggest(name, known.iter().copied()) {
            Some(near) => self.report_with(place, message, format!("did you mean `{near}`?")),
            None => self.report_with(place, message, format!("known are {}", list(known))),
        }
    }

    /// Reports that there is no folder `joined` in the repository, written as `path`, with the one that may be meant.
    pub(super) fn no_folder(&mut self, place: Span, path: &str, joined: &str) {
        let message = format!("there is no folder `{path}`");
        let beside = self.sources.list(path::parent(joined));
        let folders = beside.iter().filter(|(_, is_folder)| *is_folder).map(|(name, _)| name.as_str());
        match suggest(path::file_name(joined), folders) {
            Some(near) => self.report_with(place, message, format!("there is `{near}`: did you mean it?")),
            None => self.report(place, message),
        }
    }

    fn wrong_type(&mut self, value: &Value, name: &str, wanted: &str) {
        let message = format!("`{name}` must be {wanted}, not {}", value.describe());
        self.report(value.span, message);
    }

    /// A piece of text.
    pub(super) fn text<'v>(&mut self, value: &'v Value, name: &str) -> Option<&'v str> {
        if value.as_str().is_none() {
            self.wrong_type(value, name, "text");
        }
        value.as_str()
    }

    /// A mapping of keys to values; empty, and reported, for anything else. Null is an empty one.
    pub(super) fn object<'v>(&mut self, value: &'v Value, name: &str) -> &'v [value::Entry] {
        if !matches!(value.kind, Kind::Object(_) | Kind::Null) {
            self.wrong_type(value, name, "a mapping");
        }
        value.entries()
    }

    /// The keys and values of a whole file; `example` is how it is meant to look.
    pub(super) fn file_keys<'v>(&mut self, value: &'v Value, name: &str, example: &str) -> &'v [value::Entry] {
        if !matches!(value.kind, Kind::Object(_) | Kind::Null) {
            let message = format!("`{name}` must be a mapping, not {}", value.describe());
            self.report_with(value.span, message, format!("it looks like `{example}`"));
        }
        value.entries()
    }

    /// A mapping as metadata.
    pub(super) fn metadata(&mut self, value: &Value, name: &str) -> Metadata {
        value::object_into_json(self.object(value, name).to_vec())
    }

    /// One piece of text or a list of them, each with its place. Null is an empty list.
    pub(super) fn texts<'v>(&mut self, value: &'v Value, name: &str) -> Vec<(&'v str, Span)> {
        match &value.kind {
            Kind::Null => Vec::new(),
            Kind::String(text) => vec![(text.as_str(), value.span)],
            Kind::List(values) => {
                values.iter().filter_map(|value| Some((self.text(value, name)?, value.span))).collect()
            }
            _ => {
                self.wrong_type(value, name, "text or a list of texts");
                Vec::new()
            }
        }
    }

    /// One item or a list of them. Null is an empty list.
    pub(super) fn items<'v>(&self, value: &'v Value) -> &'v [Value] {
        match &value.kind {
            Kind::Null => &[],
            Kind::List(values) => values,
            _ => std::slice::from_ref(value),
        }
    }

    /// A glob pattern.
    pub(super) fn glob(&mut self, pattern: &str, span: Span, options: Options) -> Option<Glob> {
        match Glob::with_options(pattern, options) {
            Ok(glob) => Some(glob),
            Err(problem) => {
                self.report(span, format!("`{pattern}` is no pattern: {problem}"));
                None
            }
        }
    }
}

fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}
