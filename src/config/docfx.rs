//! `docfx.json`: what a docset holds and the metadata of its files.

use std::sync::Arc;

use super::mapping::{Origin, add_file_metadata, mappings};
use super::reader::Reader;
use super::{DocsetConfig, FileMapping, Metadata, MetadataRules, Settings, alerts, defaults, extras, rules};
use crate::diagnostic::Rules;
use crate::markdown::Options;
use crate::path::{self, RepoPath};
use crate::source::FileId;
use crate::value::Value;

/// The docset of a folder: what its `docfx.json` says, or all that is in the folder.
///
/// docfx's keys that recto has no use for are ignored.
pub(super) fn docset(
    reader: &mut Reader<'_>,
    folder: &RepoPath,
    name: Option<String>,
    file: Option<FileId>,
) -> (DocsetConfig, Rules) {
    let root = folder.as_str();
    let whole = file.and_then(|file| reader.file(file));
    if let Some(whole) = &whole {
        reader.file_keys(whole, "docfx.json", r#"{ "build": { "content": ["**/*.md"] } }"#);
    }
    let rules = whole.as_ref().and_then(|whole| whole.get("rules"));
    let rules = rules.map_or(Rules::new(), |value| reader.leniently(|reader| rules::of_docfx_json(reader, value)));
    let build = whole.as_ref().and_then(|whole| whole.get("build"));
    if let Some(build) = build {
        reader.object(build, "build");
    }
    let mapped = |reader: &mut Reader<'_>, key: &str| {
        build.and_then(|build| build.get(key)).map(|value| mappings(reader, value, key, root, Origin::Docfx))
    };
    let content = mapped(reader, "content");
    let resource = mapped(reader, "resource");
    let is_configured = content.is_some();
    let docset = DocsetConfig {
        name: name.unwrap_or_else(|| folder_name(reader, folder)),
        root: folder.clone(),
        base_path: None,
        groups: groups(content.as_deref().unwrap_or_default(), build.and_then(|build| build.get("groups"))),
        content: content.unwrap_or_else(|| defaults::content(reader.sources, root)),
        resource: resource.unwrap_or_else(|| match is_configured {
            true => Vec::new(),
            false => defaults::resource(reader.sources, root),
        }),
        metadata: build.map_or(MetadataRules::default(), |build| metadata(reader, build, root)),
        markdown: build.map_or(Options::default(), |build| markdown(reader, build)),
    };
    (docset, rules)
}

/// What the metadata of a site's only docset says of the site, as docfx's templates read it: `_appTitle`, else `_appName`,
/// and `_lang`.
pub(super) fn apply_to_site(metadata: &Metadata, settings: &mut Settings) {
    let text = |key: &str| metadata.get(key)?.as_str().map(str::trim).filter(|text| !text.is_empty());
    settings.title = text("_appTitle").or_else(|| text("_appName")).map(str::to_owned);
    if let Some(language) = text("_lang").filter(|language| super::is_language(language)) {
        language.clone_into(&mut settings.language);
    }
}

/// What `markdownEngineProperties` switches on.
fn markdown(reader: &mut Reader<'_>, build: &Value) -> Options {
    let mut options = Options::default();
    let Some(properties) = build.get("markdownEngineProperties") else { return options };
    if let Some(value) = properties.get("alerts") {
        reader.leniently(|reader| alerts::add(reader, value, &mut options));
    }
    if let Some(value) = properties.get("markdigExtensions") {
        extras::of_docfx_json(reader, value, &mut options);
    }
    options
}

/// The name of a folder; that of the repository itself for its root.
fn folder_name(reader: &Reader<'_>, folder: &RepoPath) -> String {
    let location = reader.sources.location(folder);
    location.file_name().and_then(|name| name.to_str()).unwrap_or("docs").to_owned()
}

/// The groups that only `content` names, then those of `groups`, each in its order.
fn groups(content: &[FileMapping], declared: Option<&Value>) -> Vec<String> {
    let declared: Vec<String> =
        declared.map_or(Vec::new(), |groups| groups.entries().iter().map(|entry| entry.key.clone()).collect());
    let mut names: Vec<String> = Vec::new();
    for group in content.iter().filter_map(|mapping| mapping.group.as_ref()) {
        if !declared.contains(group) && !names.contains(group) {
            names.push(group.clone());
        }
    }
    names.extend(declared);
    names
}

/// `globalMetadata` and `fileMetadata` with the files that hold more of them.
///
/// Of the global files the first one wins, and all win over what is written here; of the others the last match
/// wins. Rule: docfx `DocumentBuilderWrapper`.
fn metadata(reader: &mut Reader<'_>, build: &Value, folder: &str) -> MetadataRules {
    let mut rules = MetadataRules::default();
    if let Some(value) = build.get("globalMetadata") {
        rules.global = Arc::new(reader.metadata(value, "globalMetadata"));
    }
    for value in other_files(reader, build, "globalMetadataFiles", folder).iter().rev() {
        Arc::make_mut(&mut rules.global).extend(reader.metadata(value, "globalMetadataFiles"));
    }
    if let Some(value) = build.get("fileMetadata") {
        add_file_metadata(reader, &mut rules, value, "", Origin::Docfx);
    }
    for value in other_files(reader, build, "fileMetadataFiles", folder) {
        add_file_metadata(reader, &mut rules, &value, "", Origin::Docfx);
    }
    rules
}

fn other_files(reader: &mut Reader<'_>, build: &Value, key: &str, folder: &str) -> Vec<Value> {
    let Some(names) = build.get(key) else { return Vec::new() };
    let mut values = Vec::new();
    for (name, span) in reader.texts(names, key) {
        match path::join(folder, name).and_then(|path| reader.sources.find(&path)) {
            Some(found) => values.extend(reader.file(found.file)),
            None => reader.report(span, format!("cannot find `{name}`")),
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(metadata: serde_json::Value) -> (Option<String>, String) {
        let mut settings = Settings::default();
        let serde_json::Value::Object(metadata) = metadata else { return (None, String::new()) };
        apply_to_site(&metadata, &mut settings);
        (settings.title, settings.language)
    }

    #[test]
    fn metadata_of_the_templates_names_the_site_and_its_language() {
        let named = |title: &str, language: &str| (Some(title.to_owned()), language.to_owned());
        let metadata = serde_json::json!({ "_appTitle": " Contoso ", "_appName": "C", "_lang": "ja" });
        assert_eq!(of(metadata), named("Contoso", "ja"));
        assert_eq!(of(serde_json::json!({ "_appTitle": "", "_appName": "C", "_lang": "x y" })), named("C", "en-us"));
        assert_eq!(of(serde_json::json!({ "_appTitle": 1 })), (None, "en-us".to_owned()));
    }
}
