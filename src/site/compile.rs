//! Compiles one article: reads it, splices its includes, merges its metadata and writes its HTML.

use serde_json::Value;

use crate::config::Metadata;
use crate::content::metadata::{self, Merged};
use crate::content::tree::{Entry, Kind};
use crate::diagnostic::Diagnostics;
use crate::markdown::document::{self, Document};
use crate::markdown::html::{self, Heading, escape};
use crate::markdown::tree::Node;
use crate::path;
use crate::site::library::{self, Library};
use crate::site::page::{Body, Facts, Page, shown_title};
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
    let own_title = title_in(source.front.get("title"));
    let docset = &library.tree.docsets[entry.docset].config;
    let file = library.tree.sources.path(entry.file);
    let path = file.below(docset.root.as_str()).unwrap_or(file.as_str());
    let metadata = Merged::new(source.front, &docset.metadata, path);
    let (title, title_heading) = match own_title {
        Some(title) => (title, None),
        None => title(&written.headings, &written.html, &metadata, path::file_name(path)),
    };
    let (headings, bookmarks) = (written.headings.into(), sorted(written.bookmarks).into());
    let facts = Facts { title: shown_title(&title), title_heading, metadata, headings, bookmarks };
    Page {
        file: entry.file,
        // A copy of just its length: what it was written into is half empty, and serves the next page.
        body: Body { html: written.html.as_str().into(), slots: written.slots.into(), code: written.code.into() },
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
    let spliced =
        splice::splice(Document { file: entry.file, root: content.root, has_directives: true }, entry, library);
    diagnostics.extend(spliced.diagnostics);
    Source { root: spliced.root, front: content.metadata, dependencies: spliced.dependencies }
}

fn sorted<T: Ord>(mut values: Vec<T>) -> Vec<T> {
    values.sort_unstable();
    values.dedup();
    values
}

/// The title of a page whose front matter has none, and which heading it is. Rule: docfx: `titleOverwriteH1`, the first
/// h1, else the first that is raw HTML, other metadata; else its file's name.
fn title(headings: &[Heading], html: &str, metadata: &Merged, file_name: &str) -> (String, Option<u32>) {
    if let Some(title) = title_in(metadata.get("titleOverwriteH1")) {
        return (title, None);
    }
    let heading = (0..).zip(headings).find(|(_, heading)| heading.level == 1);
    if let Some((at, heading)) = heading.filter(|(_, heading)| !heading.text.is_empty()) {
        return (heading.text.to_string(), Some(at));
    }
    let written = || escape::first_heading(html).or_else(|| title_in(metadata.get("title")));
    let title = if heading.is_none() { written() } else { None };
    let stem = || file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem).to_owned();
    (title.unwrap_or_else(stem), None)
}

fn title_in(value: Option<&Value>) -> Option<String> {
    let title = value?.as_str()?.trim();
    (!title.is_empty()).then(|| title.to_owned())
}
