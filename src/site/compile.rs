//! Compiles one article: reads it, splices its includes, merges its metadata and writes its HTML.

use crate::config::Metadata;
use crate::content::metadata;
use crate::content::tree::{Entry, Kind};
use crate::diagnostic::Diagnostics;
use crate::markdown::document::{self, Document};
use crate::markdown::html::{self, Heading};
use crate::markdown::tree::Node;
use crate::path;
use crate::site::library::{self, Library};
use crate::site::page::{Body, Facts, Page};
use crate::site::splice;
use crate::site::yaml_page;
use crate::source::FileId;

/// Compiles the page of `entry`. Never fails: what is wrong is reported and the rest is built.
pub fn compile(entry: &Entry, library: &Library<'_>) -> Page {
    let (text, mut diagnostics) = library::read(library.tree, entry.file);
    let source = match entry.kind {
        Kind::YamlPage => yaml_source(&text, entry, library, &mut diagnostics),
        _ => article(&text, entry, library, &mut diagnostics),
    };
    let (written, more) = html::write(&source.root, library.options(entry.docset));
    diagnostics.extend(more);
    let metadata = metadata::merge(&source.front, rules(entry, library));
    let file = library.tree.sources.path(entry.file);
    let title = title(&source.front, &written.headings, &metadata, path::file_name(file.as_str())).into();
    let facts =
        Facts { title, metadata, headings: written.headings.into(), bookmarks: sorted(written.bookmarks).into() };
    Page {
        file: entry.file,
        body: Body { html: written.html.into(), slots: written.slots.into(), code: written.code.into() },
        facts: facts.into(),
        dependencies: sorted(source.dependencies),
        diagnostics,
    }
}

/// What the file of a page says.
struct Source {
    root: Node,
    front: Metadata,
    dependencies: Vec<FileId>,
}

fn article(text: &str, entry: &Entry, library: &Library<'_>, diagnostics: &mut Diagnostics) -> Source {
    let (front, more) = metadata::front_matter(text, entry.file);
    diagnostics.extend(more);
    let (document, more) = document::parse(entry.file, text, front.body, library.options(entry.docset));
    diagnostics.extend(more);
    let spliced = splice::splice(document, entry, library);
    diagnostics.extend(spliced.diagnostics);
    Source { root: spliced.root, front: front.metadata, dependencies: spliced.dependencies }
}

fn yaml_source(text: &str, entry: &Entry, library: &Library<'_>, diagnostics: &mut Diagnostics) -> Source {
    let (content, more) = yaml_page::read(text, entry.file, library.options(entry.docset));
    diagnostics.extend(more);
    let spliced = splice::splice(Document { file: entry.file, root: content.root }, entry, library);
    diagnostics.extend(spliced.diagnostics);
    Source { root: spliced.root, front: content.metadata, dependencies: spliced.dependencies }
}

fn sorted<T: Ord>(mut values: Vec<T>) -> Vec<T> {
    values.sort_unstable();
    values.dedup();
    values
}

/// The metadata that the configuration gives to a page.
fn rules(entry: &Entry, library: &Library<'_>) -> Metadata {
    let docset = &library.tree.docsets[entry.docset];
    let file = library.tree.sources.path(entry.file);
    let path = file.below(docset.config.root.as_str()).unwrap_or(file.as_str());
    docset.config.metadata.for_file(path)
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
