//! Compiles one article: reads it, splices its includes, merges its metadata and writes its HTML.

use crate::config::Metadata;
use crate::content::metadata;
use crate::content::tree::{Entry, Kind};
use crate::diagnostic::Diagnostics;
use crate::markdown::document;
use crate::markdown::html::{self, Heading};
use crate::markdown::tree::Node;
use crate::path;
use crate::site::library::{self, Library};
use crate::site::page::{Body, Facts, Page};
use crate::site::splice;
use crate::site::yaml_page;

/// Compiles the page of `entry`. Never fails: what is wrong is reported and the rest is built.
pub fn compile(entry: &Entry, library: &Library<'_>) -> (Page, Diagnostics) {
    let (text, mut diagnostics) = library::read(library.tree, entry.file);
    let rules = rules(entry, library);
    if entry.kind == Kind::YamlPage {
        let (content, more) = yaml_page::read(&text, entry.file);
        diagnostics.extend(more);
        let metadata = metadata::merge(&content.metadata, rules);
        let page = write(entry, library, content.root, &content.metadata, metadata, Vec::new(), &mut diagnostics);
        return (page, diagnostics);
    }
    let (front, more) = metadata::front_matter(&text, entry.file);
    diagnostics.extend(more);
    let (document, more) = document::parse(entry.file, &text, front.body);
    diagnostics.extend(more);
    let spliced = splice::includes(document, entry, library);
    diagnostics.extend(spliced.diagnostics);
    let merged = metadata::merge(&front.metadata, rules);
    let page = write(entry, library, spliced.root, &front.metadata, merged, spliced.dependencies, &mut diagnostics);
    (page, diagnostics)
}

/// The metadata that the configuration gives to a page.
fn rules(entry: &Entry, library: &Library<'_>) -> Metadata {
    let docset = &library.tree.docsets[entry.docset];
    let file = library.tree.sources.path(entry.file);
    let path = file.below(docset.config.root.as_str()).unwrap_or(file.as_str());
    docset.config.metadata.for_file(path)
}

fn write(
    entry: &Entry,
    library: &Library<'_>,
    root: Node,
    front: &Metadata,
    metadata: Metadata,
    mut dependencies: Vec<crate::source::FileId>,
    diagnostics: &mut Diagnostics,
) -> Page {
    let (written, more) = html::write(&root);
    diagnostics.extend(more);
    let file = library.tree.sources.path(entry.file);
    let title = title(front, &written.headings, &metadata, path::file_name(file.as_str()));
    let mut bookmarks = written.bookmarks;
    bookmarks.sort_unstable();
    bookmarks.dedup();
    dependencies.sort_unstable();
    dependencies.dedup();
    let facts = Facts { title: title.into(), metadata, headings: written.headings.into(), bookmarks: bookmarks.into() };
    let body = Body { html: written.html.into(), slots: written.slots.into() };
    Page { file: entry.file, body, facts: facts.into(), dependencies }
}

/// The title of a page. Rule: docfx: front matter, `titleOverwriteH1`, the first h1, other metadata; else its file's name.
fn title(front: &Metadata, headings: &[Heading], metadata: &Metadata, file_name: &str) -> String {
    let text = |metadata: &Metadata, key: &str| {
        metadata
            .get(key)
            .and_then(|value| value.as_str())
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    text(front, "title")
        .or_else(|| text(metadata, "titleOverwriteH1"))
        .or_else(|| headings.iter().find(|heading| heading.level == 1).map(|heading| heading.text.to_string()))
        .or_else(|| text(metadata, "title"))
        .filter(|title| !title.is_empty())
        .unwrap_or_else(|| file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem).to_owned())
}
