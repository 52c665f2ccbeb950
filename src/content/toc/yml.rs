//! `toc.yml`: a list of entries, or a mapping whose `items` are that list.

use super::node::{Link, Node, Written};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, suggest};
use crate::source::{FileId, Span};
use crate::value::{Entry, Kind, Value};
use crate::yaml::{self, Limits, Source};

/// Reads a `toc.yml`; what cannot be understood is reported as `yaml-syntax-error` or `invalid-toc-syntax`, and an entry
/// without a name as `missing-attribute`.
pub(super) fn parse(text: &str, file: FileId) -> (Written, Diagnostics) {
    let (value, mut diagnostics) = yaml::parse(Source::file(text, file, Code::YamlSyntaxError), Limits::FILE);
    let Some(value) = value else { return (Written::default(), diagnostics) };
    let mut reader = Reader { text, diagnostics: Vec::new() };
    let nodes = match &value.kind {
        Kind::Object(entries) => match (value.get("items"), entries.first()) {
            (Some(items), _) => reader.nodes(items),
            (None, first) => {
                let place = first.map_or(value.span, |first| first.key_span);
                reader.report(place, "this TOC is a mapping without `items`".to_owned());
                Vec::new()
            }
        },
        _ => reader.nodes(&value),
    };
    let order = value.get("order").and_then(as_integer).unwrap_or(0);
    diagnostics.append(&mut reader.diagnostics);
    (Written { nodes, order }, diagnostics)
}

fn as_integer(value: &Value) -> Option<i64> {
    match &value.kind {
        Kind::Number(number) => number.as_i64(),
        _ => None,
    }
}

/// What gives an entry a name or a link.
const KEYS: &[&str] = &["name", "href", "topicHref", "homepage", "tocHref", "uid", "topicUid", "items"];

struct Reader<'a> {
    text: &'a str,
    diagnostics: Diagnostics,
}

impl Reader<'_> {
    fn nodes(&mut self, value: &Value) -> Vec<Node> {
        match &value.kind {
            Kind::List(values) => values.iter().filter_map(|value| self.node(value)).collect(),
            Kind::Null => Vec::new(),
            _ => {
                self.report(value.span, format!("the entries of a TOC are a list, not {}", value.describe()));
                Vec::new()
            }
        }
    }

    fn node(&mut self, value: &Value) -> Option<Node> {
        match &value.kind {
            Kind::Null | Kind::Object(_) => {}
            _ => {
                self.report(value.span, format!("an entry of a TOC is a mapping, not {}", value.describe()));
                return None;
            }
        }
        let mut node = Node::new(value.span);
        for entry in value.entries() {
            match entry.key.as_str() {
                "name" => node.name = self.text(entry).map(|name| name.text),
                "href" => node.href = self.text(entry),
                "topicHref" => node.topic_href = self.text(entry),
                "homepage" => node.homepage = self.text(entry),
                "tocHref" => node.toc_href = self.text(entry),
                "uid" | "topicUid" => node.uid = self.text(entry),
                "expanded" => node.is_expanded = matches!(entry.value.kind, Kind::Bool(true)),
                "items" => node.items = self.nodes(&entry.value),
                _ => {}
            }
        }
        if node.is_nameless() {
            self.report_nameless(&node, value);
        }
        (!node.is_empty()).then_some(node)
    }

    /// Says where the name of an entry should stand, and which key may be meant to be it.
    fn report_nameless(&mut self, node: &Node, value: &Value) {
        let first = value.entries().first().map_or(value.span, |first| first.key_span);
        let named = value.entries().iter().find(|entry| entry.key == "name");
        let place = named.map_or(first, |entry| entry.value.span);
        let unknown = value.entries().iter().map(|entry| &entry.key).filter(|key| !KEYS.contains(&key.as_str()));
        let near = unknown.filter_map(|key| Some((key, suggest(key, KEYS.iter().copied())?))).next();
        let diagnostic = node.report_nameless(place, "name: Title");
        self.diagnostics.push(match near {
            Some((key, near)) => diagnostic.help(format!("there is no key `{key}`: did you mean `{near}`?")),
            None => diagnostic,
        });
    }

    /// Text that is not blank. A number stays as it is written: `1.10` is a version.
    fn text(&mut self, entry: &Entry) -> Option<Link> {
        let span = entry.value.span;
        let text = match &entry.value.kind {
            Kind::String(text) => text.trim().to_owned(),
            Kind::Null => return None,
            Kind::Number(_) | Kind::Bool(_) => self.written(&entry.value)?,
            _ => {
                self.report(span, format!("`{}` is text, not {}", entry.key, entry.value.describe()));
                return None;
            }
        };
        (!text.is_empty()).then_some(Link { text, span })
    }

    /// A number or truth value as its author wrote it.
    fn written(&self, value: &Value) -> Option<String> {
        let text = self.text.get(value.span.bytes()).unwrap_or_default();
        let is_it = serde_json::from_str::<serde_json::Value>(text).is_ok();
        if is_it { Some(text.to_owned()) } else { Some(value.clone().into_json().to_string()) }
    }

    fn report(&mut self, span: Span, message: String) {
        let help = "an entry looks like `- name: Title` with `href: page.md` on the next line";
        self.diagnostics.push(Diagnostic::new(Code::InvalidTocSyntax, span, message).help(help));
    }
}
