//! Pages made of YAML (landing pages, FAQs, hubs) as plain pages: title, summary, text and links.
//!
//! What the many schemas share is read, whatever the schema: `title`, `name` and `question` head a section, `summary`,
//! `text`, `description` and `answer` are its markdown, and what has a `url` or `href` is an entry of a list of links.

use crate::config::Metadata;
use crate::diagnostic::{Code, Diagnostics};
use crate::markdown::Options;
use crate::markdown::tree::{Link, Node, NodeKind};
use crate::markdown::{document, heading};
use crate::source::{FileId, Span};
use crate::value::{Kind, Value};
use crate::yaml::{self, Limits};

/// What a YAML page says.
#[derive(Debug)]
pub struct Content {
    /// Its blocks.
    pub root: Node,
    /// Its `metadata`, with the page's `title` if that has none.
    pub metadata: Metadata,
}

/// Reads a YAML page. YAML that cannot be read is reported and makes an empty page.
pub fn read(text: &str, file: FileId, options: &Options) -> (Content, Diagnostics) {
    let (value, mut diagnostics) = yaml::parse(yaml::Source::file(text, file, Code::YamlSyntaxError), Limits::FILE);
    let mut root = Node::leaf(NodeKind::Document, Span::new(file, 0..text.len()));
    let Some(value) = value else { return (Content { root, metadata: Metadata::new() }, diagnostics) };
    let mut metadata = match value.get("metadata").cloned().map(Value::into_json) {
        Some(serde_json::Value::Object(metadata)) => metadata,
        _ => Metadata::new(),
    };
    if let Some(title) = value.get("title").and_then(Value::as_str)
        && !metadata.contains_key("title")
    {
        metadata.insert("title".to_owned(), title.into());
    }
    section(&value, 1, &mut root.children, &mut Reader { options, diagnostics: &mut diagnostics });
    (Content { root, metadata }, diagnostics)
}

/// What the markdown of a page is read with, and what is wrong with it.
struct Reader<'a> {
    options: &'a Options,
    diagnostics: &'a mut Diagnostics,
}

const HEADINGS: &[&str] = &["title", "name", "question"];
const TEXTS: &[&str] = &["summary", "text", "description", "answer", "note"];

/// Writes a mapping as a section whose heading has `level`, and what lies below it one level deeper.
fn section(value: &Value, level: u8, blocks: &mut Vec<Node>, reader: &mut Reader<'_>) {
    let text = |key: &&str| value.get(key).filter(|value| value.as_str().is_some_and(|text| !text.trim().is_empty()));
    let named = HEADINGS.iter().find_map(text);
    if let Some((value, title)) = named.and_then(|value| Some((value, value.as_str()?))) {
        let mut inlines = vec![Node::text(title.trim(), value.span)];
        if let Some(id) = older_id(title.trim()) {
            inlines.push(Node::leaf(NodeKind::Html(format!("<span id=\"{id}\">").into()), value.span));
            inlines.push(Node::leaf(NodeKind::Html("</span>".into()), value.span));
        }
        let slug = heading::slug(title.trim()).into();
        blocks.push(Node::with(NodeKind::Heading(level.min(6), slug), value.span, inlines));
    }
    for text in TEXTS.iter().filter_map(text) {
        blocks.extend(markdown(text, reader));
    }
    let level = if named.is_some() { level + 1 } else { level };
    for entry in value.entries().iter().filter(|entry| entry.key != "metadata") {
        match &entry.value.kind {
            Kind::Object(_) => section(&entry.value, level, blocks, reader),
            Kind::List(values) => list(values, entry.value.span, level, blocks, reader),
            _ => {}
        }
    }
}

/// The id that Learn gave to the questions of an FAQ before it gave them those of headings: links to it still stand.
///
/// Each character that is no ASCII letter or digit is a `-`. `None` if both ids are the same.
fn older_id(title: &str) -> Option<String> {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let id: String = title.chars().map(plain).collect();
    (id != heading::slug(title)).then_some(id)
}

/// Writes a list: its links as a list of links, its other mappings as sections.
fn list(values: &[Value], span: Span, level: u8, blocks: &mut Vec<Node>, reader: &mut Reader<'_>) {
    let mut items = Vec::new();
    for value in values {
        match link(value) {
            Some(link) => items.push(Node::with(NodeKind::Item, value.span, vec![link])),
            None => {
                section(value, level, blocks, reader);
            }
        }
    }
    if !items.is_empty() {
        blocks.push(Node::with(NodeKind::List(None), span, items));
    }
}

/// The link that a mapping with `url` or `href` is.
fn link(value: &Value) -> Option<Node> {
    let target = value.get("url").or(value.get("href"))?;
    let text = ["text", "title", "name"].iter().find_map(|key| value.get(key)?.as_str());
    let destination = target.as_str()?;
    let link = Link { destination: destination.into(), title: "".into(), is_autolink: false };
    let text = Node::text(text.unwrap_or(destination).trim(), target.span);
    Some(Node::with(NodeKind::Link(Box::new(link)), target.span, vec![text]))
}

/// The blocks of a markdown value. Its places are those of the value: YAML has folded and cut its lines.
fn markdown(value: &Value, reader: &mut Reader<'_>) -> Vec<Node> {
    let (document, more) = document::parse(value.span.file, value.as_str().unwrap_or(""), 0, reader.options);
    reader.diagnostics.extend(more.into_iter().map(|mut diagnostic| {
        diagnostic.place = value.span.into();
        diagnostic
    }));
    let mut root = document.root;
    place(&mut root, value.span);
    root.children
}

fn place(node: &mut Node, span: Span) {
    node.span = span;
    node.children.iter_mut().for_each(|child| place(child, span));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn sections_text_and_links_are_read_from_any_schema() {
        let sources = Sources::memory([("faq.yml", "")]);
        let file = sources.find("faq.yml").expect("there").file;
        let text = "### YamlMime:FAQ\ntitle: T\nsummary: S\nsections:\n- name: N\n  questions:\n  - question: Q\n    answer: |\n      *A*\n  links:\n  - text: L\n    url: a.md\n";
        let (content, diagnostics) = read(text, file, &Options::default());
        assert_eq!((diagnostics.len(), content.metadata["title"].as_str()), (0, Some("T")));
        let kinds: Vec<_> = content.root.children.iter().map(|node| &node.kind).collect();
        assert_eq!(
            kinds,
            [
                &NodeKind::Heading(1, "t".into()),
                &NodeKind::Paragraph,
                &NodeKind::Heading(2, "n".into()),
                &NodeKind::Heading(3, "q".into()),
                &NodeKind::Paragraph,
                &NodeKind::List(None)
            ]
        );
    }
}
