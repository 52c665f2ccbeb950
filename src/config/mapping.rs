//! File mappings: which files are meant, and where they go. The same in `docfx.json` and `recto.yml`.

use super::glob::{Glob, Options};
use super::reader::Reader;
use super::{FileMapping, MetadataRules};
use crate::path;
use crate::source::Span;
use crate::value::{Entry, Kind, Value};

/// The file that a mapping stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// `docfx.json`: what recto does not know is docfx's business.
    Docfx,
    /// `recto.yml`: what does not exist is a mistake.
    Recto,
}

/// `version`, the older name of `group`, is docfx's only.
const KEYS: &[&str] = &["files", "exclude", "src", "dest", "group", "case", "dot"];

/// Reads one mapping or a list of them. A mapping is a pattern, a list of patterns, or an object with `files`,
/// `exclude`, `src`, `dest`, `group`, `case` and `dot`.
///
/// `folder` is the one that `src` is relative to. Rule: docfx `FileMappingItem`.
pub(super) fn mappings(
    reader: &mut Reader<'_>,
    value: &Value,
    name: &str,
    folder: &str,
    origin: Origin,
) -> Vec<FileMapping> {
    let plain = |files: Vec<Glob>| FileMapping { files, src: folder.to_owned(), ..FileMapping::default() };
    let mut mappings = Vec::new();
    for item in reader.items(value) {
        match &item.kind {
            Kind::Object(_) => {
                if origin == Origin::Recto {
                    check(reader, item);
                }
                mappings.extend(mapping(reader, item, folder, origin));
            }
            _ => mappings.push(plain(globs(reader, item, name, Options::default(), origin))),
        }
    }
    mappings
}

/// Reports keys that do not exist, and values of another type.
fn check(reader: &mut Reader<'_>, item: &Value) {
    let is_known = |entry: &Entry| KEYS.contains(&entry.key.as_str());
    for entry in item.entries() {
        match entry.key.as_str() {
            "case" | "dot" if !matches!(entry.value.kind, Kind::Bool(_)) => {
                reader.report(entry.value.span, format!("`{}` must be `true` or `false`", entry.key));
            }
            "group" => drop(reader.text(&entry.value, "group")),
            key if !is_known(entry) => reader.unknown(entry.key_span, "key", key, KEYS),
            _ => {}
        }
    }
    // A key that is not known may be a misspelt `files`, and was reported.
    if item.get("files").is_none() && item.entries().iter().all(is_known) {
        reader.report_with(item.span, "this mapping has no `files`", "name patterns, such as `files: \"**/*.md\"`");
    }
}

fn mapping(reader: &mut Reader<'_>, item: &Value, folder: &str, origin: Origin) -> Option<FileMapping> {
    let is_set = |key: &str| matches!(item.get(key).map(|value| &value.kind), Some(Kind::Bool(true)));
    let options = Options { dot: is_set("dot"), case: is_set("case") };
    let src = match item.get("src") {
        Some(value) => source_folder(reader, value, folder, origin)?,
        None => folder.to_owned(),
    };
    Some(FileMapping {
        files: item.get("files").map_or(Vec::new(), |files| globs(reader, files, "files", options, origin)),
        exclude: item.get("exclude").map_or(Vec::new(), |exclude| globs(reader, exclude, "exclude", options, origin)),
        src,
        dest: item.get("dest").and_then(|value| destination(reader, value)).unwrap_or_default(),
        group: group(item),
    })
}

/// The folder of `src`, as it is spelt on disk if it is there. `docfx.json` may name one that is not.
fn source_folder(reader: &mut Reader<'_>, value: &Value, folder: &str, origin: Origin) -> Option<String> {
    if matches!(value.kind, Kind::Null) {
        return Some(folder.to_owned());
    }
    let src = reader.text(value, "src")?;
    let Some(joined) = path::join(folder, src) else {
        reader.report(value.span, format!("`{src}` lies outside the repository"));
        return None;
    };
    let found = reader.sources.find_folder(&joined);
    if found.is_none() && origin == Origin::Recto {
        reader.no_folder(value.span, src, &joined);
    }
    Some(found.map_or(joined, |found| found.as_str().to_owned()))
}

fn destination(reader: &mut Reader<'_>, value: &Value) -> Option<String> {
    if matches!(value.kind, Kind::Null) {
        return None;
    }
    let dest = reader.text(value, "dest")?;
    let normal = path::join("", dest);
    if normal.is_none() {
        reader.report(value.span, format!("`{dest}` lies outside the output"));
    }
    normal
}

/// The version group; `version` is its name in older files.
fn group(item: &Value) -> Option<String> {
    let name = item.get("group").or_else(|| item.get("version"))?.as_str()?;
    (!name.is_empty()).then(|| name.to_owned())
}

/// Reads one pattern or a list of them; those that are none are reported and left out.
pub(super) fn globs(reader: &mut Reader<'_>, value: &Value, name: &str, options: Options, origin: Origin) -> Vec<Glob> {
    let patterns = reader.texts(value, name);
    patterns.into_iter().filter_map(|(pattern, span)| glob(reader, pattern, span, options, origin)).collect()
}

/// A pattern that is none matches nothing for docfx, which goes on: in its file that is no more than a warning.
fn glob(reader: &mut Reader<'_>, pattern: &str, span: Span, options: Options, origin: Origin) -> Option<Glob> {
    match origin {
        Origin::Docfx => reader.leniently(|reader| reader.glob(pattern, span, options)),
        Origin::Recto => reader.glob(pattern, span, options),
    }
}

/// Adds what a `fileMetadata` says, `{key: {pattern: value}}`, after what the rules say already: the last match wins.
///
/// The patterns are relative to a folder in which the docset lies at `docset` (empty: at the same place).
pub(super) fn add_file_metadata(
    reader: &mut Reader<'_>,
    rules: &mut MetadataRules,
    value: &Value,
    docset: &str,
    origin: Origin,
) {
    for entry in reader.object(value, "fileMetadata") {
        let mut values = Vec::new();
        for pattern in reader.object(&entry.value, &entry.key) {
            if let Some(glob) = glob(reader, &pattern.key, pattern.key_span, Options::default(), origin) {
                values.push((glob.for_paths_below(docset), pattern.value.clone().into_json()));
            }
        }
        match rules.file.iter_mut().find(|(key, _)| *key == entry.key) {
            Some((_, known)) => known.extend(values),
            None => rules.file.push((entry.key.clone(), values)),
        }
    }
}
