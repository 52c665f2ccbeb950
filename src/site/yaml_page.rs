//! Pages made of YAML (landing pages, FAQs, hubs) as plain pages: title, summary, text and links.
//!
//! What the many schemas share is read, whatever the schema: `title`, `name` and `question` head a section, `summary`,
//! `answer`, `content` and the like are its markdown, and what has a `url` or `href` is a link. Modules of a course name
//! their units by uid, and the choices of a question are a list.

use crate::config::Metadata;
use crate::diagnostic::{Code, Diagnostics, Place};
use crate::markdown::Options;
use crate::markdown::tree::{Link, Node, NodeKind};
use crate::markdown::{document, heading};
use crate::site::literal::Literal;
use crate::source::{FileId, Span};
use crate::value::{Entry, Kind, Value};
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
        metadata.insert("title".to_owned(), title.trim().into());
    }
    if let Some(uid) = value.get("uid").and_then(Value::as_str) {
        metadata.entry("uid").or_insert_with(|| uid.trim().into());
    }
    section(&value, 1, &mut root.children, &mut Reader { text, options, diagnostics: &mut diagnostics });
    (Content { root, metadata }, diagnostics)
}

/// What the markdown of a page is read with, and what is wrong with it.
struct Reader<'a> {
    /// The text of the file.
    text: &'a str,
    options: &'a Options,
    diagnostics: &'a mut Diagnostics,
}

const HEADINGS: &[&str] = &["title", "name", "question"];
/// What opens a section, wherever it is written in it.
const LEADS: &[&str] = &["summary", "abstract", "text", "description", "answer", "note"];
/// What is text in the place where it is written.
const TEXTS: &[&str] = &[
    "prerequisites",
    "content",
    "html",
    "explanation",
    "footer",
    "additionalContent",
    "remarks",
    "example",
    "examples",
];
/// What says more of a link than its own text.
const MORE: &[&str] = &["summary", "description", "note"];
/// Lists of pages by their uids.
const PAGES: &[&str] = &["units", "modules"];
/// What is no text of the page: its metadata, and the table of names of an API.
const UNSEEN: &[&str] = &["metadata", "references"];
/// What is code, or holds it.
const CODE: &str = "syntax";
/// Lists whose entries have no headings.
const CHOICES: &str = "choices";

/// Writes a mapping as a section whose heading has `level`, and what lies below it one level deeper.
fn section(value: &Value, level: u8, blocks: &mut Vec<Node>, reader: &mut Reader<'_>) {
    let text = |key: &&str| value.get(key).filter(|value| is_text(value));
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
    for text in LEADS.iter().filter_map(text) {
        blocks.extend(markdown(text, reader));
    }
    let level = if named.is_some() { level + 1 } else { level };
    parts(value, level, blocks, reader);
}

/// Writes what the keys of a mapping say, headings and leads aside.
fn parts(value: &Value, level: u8, blocks: &mut Vec<Node>, reader: &mut Reader<'_>) {
    for entry in value.entries().iter().filter(|entry| !UNSEEN.contains(&entry.key.as_str())) {
        part(entry, level, blocks, reader);
    }
}

fn part(entry: &Entry, level: u8, blocks: &mut Vec<Node>, reader: &mut Reader<'_>) {
    match &entry.value.kind {
        Kind::Object(entries) if entry.key == CODE => {
            blocks.extend(entry.value.get("content").and_then(code));
            entries.iter().filter(|entry| entry.key != "content").for_each(|entry| part(entry, level, blocks, reader));
        }
        Kind::Object(_) => match link(&entry.value) {
            Some(link) => linked(link, &entry.value, level, blocks, reader),
            None => section(&entry.value, level, blocks, reader),
        },
        Kind::List(values) => list(&entry.key, values, entry.value.span, level, blocks, reader),
        _ if entry.key == CODE && is_text(&entry.value) => blocks.extend(code(&entry.value)),
        _ if is_prose(&entry.key, &entry.value) => blocks.extend(markdown(&entry.value, reader)),
        _ => {}
    }
}

/// The block of code that a text is.
fn code(value: &Value) -> Option<Node> {
    let text = Node::text(&format!("{}\n", value.as_str()?.trim_end()), value.span);
    Some(Node::with(NodeKind::CodeBlock(Box::default()), value.span, vec![text]))
}

fn is_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
}

fn is_prose(key: &str, value: &Value) -> bool {
    TEXTS.contains(&key) && is_text(value)
}

/// The id that Learn gave to the questions of an FAQ before it gave them those of headings: links to it still stand.
///
/// Each character that is no ASCII letter or digit is a `-`. `None` if both ids are the same.
fn older_id(title: &str) -> Option<String> {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let id: String = title.chars().map(plain).collect();
    (id != heading::slug(title)).then_some(id)
}

/// Writes the list that `key` names: its links, choices and uids as the items of a list, its other mappings as sections.
fn list(key: &str, values: &[Value], span: Span, level: u8, blocks: &mut Vec<Node>, reader: &mut Reader<'_>) {
    let mut items = Vec::new();
    for value in values {
        let mut item = Vec::new();
        match link(value).or_else(|| uid(value).filter(|_| PAGES.contains(&key))) {
            Some(link) => {
                linked(link, value, level, &mut item, reader);
                // A link alone makes no paragraph of its item.
                if let [paragraph] = &mut item[..] {
                    item = std::mem::take(&mut paragraph.children);
                }
            }
            None if key == CHOICES => section(value, level, &mut item, reader),
            None if is_prose(key, value) => {
                flush(&mut items, span, blocks);
                blocks.extend(markdown(value, reader));
            }
            None => {
                flush(&mut items, span, blocks);
                section(value, level, blocks, reader);
            }
        }
        if !item.is_empty() {
            items.push(Node::with(NodeKind::Item, value.span, item));
        }
    }
    flush(&mut items, span, blocks);
}

/// Ends the list of the items so far, if there are any.
fn flush(items: &mut Vec<Node>, span: Span, blocks: &mut Vec<Node>) {
    if !items.is_empty() {
        blocks.push(Node::with(NodeKind::List(None), span, std::mem::take(items)));
    }
}

/// Writes a link as a paragraph, and below it what its mapping says of it.
fn linked(link: Node, value: &Value, level: u8, blocks: &mut Vec<Node>, reader: &mut Reader<'_>) {
    blocks.push(Node::with(NodeKind::Paragraph, link.span, vec![link]));
    if let Some(more) = MORE.iter().find_map(|key| value.get(key).filter(|value| is_text(value))) {
        blocks.extend(markdown(more, reader));
    }
    parts(value, level, blocks, reader);
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

/// The cross reference that a uid is.
fn uid(value: &Value) -> Option<Node> {
    let destination = format!("xref:{}", value.as_str()?.trim());
    let text = Node::text(&destination, value.span);
    let link = Link { destination: destination.into(), title: "".into(), is_autolink: true };
    Some(Node::with(NodeKind::Link(Box::new(link)), value.span, vec![text]))
}

/// The blocks of a markdown value.
fn markdown(value: &Value, reader: &mut Reader<'_>) -> Vec<Node> {
    let (document, more) = document::parse(value.span.file, value.as_str().unwrap_or(""), 0, reader.options);
    let literal = Literal::new(value, reader.text);
    reader.diagnostics.extend(more.into_iter().map(|mut diagnostic| {
        if let Place::Span(span) = diagnostic.place {
            diagnostic.place = literal.place(span).into();
        }
        diagnostic
    }));
    let mut root = document.root;
    place(&mut root, &literal);
    root.children
}

fn place(node: &mut Node, literal: &Literal) {
    node.span = literal.place(node.span);
    node.children.iter_mut().for_each(|child| place(child, literal));
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

    #[test]
    fn what_is_wrong_in_an_answer_is_told_where_it_stands() {
        let sources = Sources::memory([("faq.yml", "")]);
        let file = sources.find("faq.yml").expect("there").file;
        let text = "### YamlMime:FAQ\nanswer: |\n  A\n\n  > [!NOTES]\n  > B\n";
        let (_, diagnostics) = read(text, file, &Options::default());
        let at = text.find("[!NOTES]").expect("there");
        let places: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.place).collect();
        assert_eq!(places, [Place::Span(Span::new(file, at..at + "[!NOTES]".len()))]);
    }
}
