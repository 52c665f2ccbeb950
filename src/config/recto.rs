//! `recto.yml`: what a team sets for its site, on top of `docfx.json` or instead of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::glob::{Glob, Options};
use super::mapping::{Origin, add_file_metadata, globs, mappings};
use super::reader::Reader;
use super::{DocsetConfig, FileMapping, Metadata, Settings, alerts, defaults, extras, rules};
use crate::diagnostic::Rules;
use crate::markdown::RawHtml;
use crate::path::{self, RepoPath};
use crate::source::Span;
use crate::value::{Entry, Value};

/// Everything that `recto.yml` may say; `None` is what it does not.
#[derive(Debug, Default)]
pub(super) struct RectoYml {
    /// `title`: the site's name.
    title: Option<String>,
    /// `base_url`: where the site is published, `https://example.org/docs/`.
    base_url: Option<String>,
    /// `docs_host`: the host that site-root links lead to.
    docs_host: Option<String>,
    /// `hosts`: other hosts for some prefixes of site-root links, `/office365: https://support.office.com`.
    hosts: Option<Vec<(String, String)>>,
    /// `theme`: the name of a folder in `themes/`.
    theme: Option<String>,
    /// `language`: the BCP 47 language of the pages.
    language: Option<String>,
    /// `rules`: `error`, `warning`, `suggestion`, `info` or `off` by code.
    rules: Option<Rules>,
    /// `edit_url`: where a page's source can be edited; `{path}` is its path in the repository.
    edit_url: Option<String>,
    /// `feedback_url`: where a reader can tell of a problem; `{path}`, `{title}` and `{url}` are replaced.
    feedback_url: Option<String>,
    /// The first key of those above that is there.
    site_key: Option<(String, Span)>,

    /// `docsets`: the folders of the docsets, instead of those of the publish configuration.
    pub(super) docsets: Option<Vec<(String, Value)>>,

    /// `base_path`: the published path of the docset, `/windows/wsl`.
    base_path: Option<String>,
    /// `content`: what becomes a page or TOC, patterns or mappings as in `docfx.json`.
    content: Option<Vec<FileMapping>>,
    /// `resource`: what is copied.
    resource: Option<Vec<FileMapping>>,
    /// The first of the three keys above that is there.
    docset_key: Option<(String, Span)>,
    /// `exclude`: what is neither, on top of what the mappings exclude; relative to the file's folder.
    exclude: Vec<Glob>,
    /// `global_metadata`: metadata of every file.
    global_metadata: Metadata,
    /// `file_metadata`: metadata by key and pattern, relative to the file's folder; the last match wins.
    file_metadata: Option<Value>,
    /// `alerts`: kinds of callouts, names and classes.
    alerts: Option<Value>,
    /// `markdown_extensions`: syntax that is text in other docsets.
    markdown_extensions: Option<Value>,
    /// `raw_html`: `filtered` or `trusted`, what becomes of the HTML in articles.
    raw_html: Option<RawHtml>,
}

const SITE_KEYS: &[&str] =
    &["title", "base_url", "docs_host", "hosts", "theme", "language", "rules", "edit_url", "feedback_url"];
const DOCSET_KEYS: &[&str] = &["base_path", "content", "resource"];
const OTHER_KEYS: &[&str] =
    &["docsets", "exclude", "global_metadata", "file_metadata", "alerts", "markdown_extensions", "raw_html"];

/// What stands in braces in `edit_url` and `feedback_url`.
const PLACEHOLDERS: &[&str] = &["path", "title", "url"];

impl RectoYml {
    /// Reads the file. Keys that do not exist and values that make no sense are reported and left out.
    ///
    /// `folder` is the file's.
    pub(super) fn read(reader: &mut Reader<'_>, value: &Value, folder: &str) -> RectoYml {
        let mut file = RectoYml::default();
        for entry in reader.file_keys(value, "recto.yml", "title: My docs") {
            let place = || Some((entry.key.clone(), entry.key_span));
            if SITE_KEYS.contains(&entry.key.as_str()) {
                file.site_key = file.site_key.take().or_else(place);
                file.read_site_key(reader, entry);
            } else {
                if DOCSET_KEYS.contains(&entry.key.as_str()) {
                    file.docset_key = file.docset_key.take().or_else(place);
                }
                file.read_docset_key(reader, entry, folder);
            }
        }
        file
    }

    fn read_site_key(&mut self, reader: &mut Reader<'_>, Entry { key, value, .. }: &Entry) {
        match key.as_str() {
            "hosts" => self.hosts = Some(hosts(reader, value)),
            "rules" => self.rules = Some(rules::of_recto_yml(reader, value)),
            _ => {
                let Some(text) = reader.text(value, key) else { return };
                match key.as_str() {
                    "title" => self.title = Some(text.to_owned()),
                    "base_url" => self.base_url = web_address(reader, value, text, &['?', '#']).map(|url| url + "/"),
                    "docs_host" => self.docs_host = web_address(reader, value, text, &['?', '#']),
                    "theme" => self.theme = theme(reader, value, text),
                    "language" => self.language = language(reader, value, text),
                    "edit_url" => self.edit_url = page_address(reader, value, text),
                    _ => self.feedback_url = page_address(reader, value, text),
                }
            }
        }
    }

    fn read_docset_key(&mut self, reader: &mut Reader<'_>, entry: &Entry, folder: &str) {
        let Entry { key, value, key_span } = entry;
        match key.as_str() {
            "base_path" => self.base_path = base_path(reader, value),
            "content" => self.content = Some(mappings(reader, value, key, folder, Origin::Recto)),
            "resource" => self.resource = Some(mappings(reader, value, key, folder, Origin::Recto)),
            "exclude" => self.exclude = globs(reader, value, key, Options::default(), Origin::Recto),
            "global_metadata" => self.global_metadata = reader.metadata(value, key),
            "file_metadata" => self.file_metadata = Some(value.clone()),
            "alerts" => self.alerts = Some(value.clone()),
            "markdown_extensions" => self.markdown_extensions = Some(value.clone()),
            "raw_html" => self.raw_html = raw_html(reader, value),
            "docsets" => {
                let folders = reader.items(value).iter();
                let texts = folders.filter_map(|item| Some((reader.text(item, key)?.to_owned(), item.clone())));
                self.docsets = Some(texts.collect());
            }
            _ => reader.unknown(*key_span, "key", key, &[SITE_KEYS, DOCSET_KEYS, OTHER_KEYS].concat()),
        }
    }

    /// Puts the keys of the site over what is set already.
    pub(super) fn apply_to_site(&self, settings: &mut Settings) {
        let over = |setting: &mut Option<String>, value: &Option<String>| {
            if value.is_some() {
                setting.clone_from(value);
            }
        };
        over(&mut settings.title, &self.title);
        over(&mut settings.base_url, &self.base_url);
        over(&mut settings.theme, &self.theme);
        over(&mut settings.edit_url, &self.edit_url);
        over(&mut settings.feedback_url, &self.feedback_url);
        settings.docs_host = self.docs_host.clone().unwrap_or(std::mem::take(&mut settings.docs_host));
        settings.language = self.language.clone().unwrap_or(std::mem::take(&mut settings.language));
        settings.hosts = self.hosts.clone().unwrap_or(std::mem::take(&mut settings.hosts));
        settings.rules.everywhere.extend(self.rules.iter().flatten().map(|(code, severity)| (*code, *severity)));
    }

    /// Reports a key of the site in the file of one docset among several.
    pub(super) fn refuse_site_keys(&self, reader: &mut Reader<'_>) {
        if let Some((key, span)) = &self.site_key {
            reader.report_with(
                *span,
                format!("`{key}` is set for one of several docsets, but holds for the whole site"),
                "set it in the `recto.yml` of the folder that is built",
            );
        }
    }

    /// Reports a key of a docset in the file of several.
    pub(super) fn refuse_docset_keys(&self, reader: &mut Reader<'_>) {
        if let Some((key, span)) = &self.docset_key {
            reader.report_with(
                *span,
                format!("`{key}` cannot hold for several docsets"),
                "set it in a `recto.yml` in the docset's folder",
            );
        }
    }

    /// Puts the keys of a single docset over what its `docfx.json` says.
    pub(super) fn apply_to_single_docset(&self, reader: &mut Reader<'_>, docset: &mut DocsetConfig) {
        if self.base_path.is_some() {
            docset.base_path.clone_from(&self.base_path);
        }
        if let Some(content) = &self.content {
            docset.content.clone_from(content);
            if docset.resource.is_empty() {
                docset.resource = defaults::resource(reader.sources, docset.root.as_str());
            }
        }
        if let Some(resource) = &self.resource {
            docset.resource.clone_from(resource);
        }
    }

    /// Puts the keys that may hold for several docsets over what their files say. `folder` is that of this file.
    pub(super) fn apply_to_any_docset(&self, reader: &mut Reader<'_>, docset: &mut DocsetConfig, folder: &str) {
        self.exclude_from(&mut docset.content, folder);
        self.exclude_from(&mut docset.resource, folder);
        Arc::make_mut(&mut docset.metadata.global).extend(self.global_metadata.clone());
        if let (Some(value), Some(below)) = (&self.file_metadata, docset.root.below(folder)) {
            add_file_metadata(reader, &mut docset.metadata, value, below, Origin::Recto);
        }
        if let Some(value) = &self.alerts {
            alerts::add(reader, value, &mut docset.markdown);
        }
        if let Some(value) = &self.markdown_extensions {
            extras::of_recto_yml(reader, value, &mut docset.markdown);
        }
        docset.markdown.raw_html = self.raw_html.unwrap_or(docset.markdown.raw_html);
    }

    fn exclude_from(&self, mappings: &mut [FileMapping], folder: &str) {
        for mapping in mappings {
            let below = if mapping.src == folder { Some("") } else { path::below(&mapping.src, folder) };
            let Some(below) = below else { continue };
            mapping.exclude.extend(self.exclude.iter().map(|glob| glob.clone().for_paths_below(below)));
        }
    }
}

/// An http(s) address without its final slashes; reported if it is none, or holds a character that it may not.
fn web_address(reader: &mut Reader<'_>, value: &Value, text: &str, forbidden: &[char]) -> Option<String> {
    let scheme = ["https://", "http://"]
        .iter()
        .find(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    let Some(scheme) = scheme else {
        let is_host = text.contains('.') && !text.contains(':');
        let help = match is_host {
            true => format!("did you mean `https://{}`?", text.trim_start_matches('/')),
            false => "it begins with `https://` or `http://`".to_owned(),
        };
        reader.report_with(value.span, format!("`{text}` is no address of a web site"), help);
        return None;
    };
    let rest = text[scheme.len()..].trim_end_matches('/');
    let is_sound = !rest.is_empty() && !rest.starts_with(['/', '?', '#', ':']);
    if !is_sound || rest.contains(|c: char| c.is_whitespace() || c.is_control() || forbidden.contains(&c)) {
        reader.report(value.span, format!("`{text}` is no address of a web site"));
        return None;
    }
    Some(format!("{scheme}{rest}"))
}

/// The address of a page elsewhere that is about a page of the site; a `{name}` that stands for nothing is reported.
fn page_address(reader: &mut Reader<'_>, value: &Value, text: &str) -> Option<String> {
    let names = text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
    for name in names.filter(|name| !PLACEHOLDERS.contains(name)) {
        reader.unknown(value.span, "placeholder", name, PLACEHOLDERS);
    }
    web_address(reader, value, text, &[])
}

/// `/office365: https://support.office.com`, each prefix with both slashes, the longest first.
fn hosts(reader: &mut Reader<'_>, value: &Value) -> Vec<(String, String)> {
    let mut hosts = BTreeMap::new();
    for entry in reader.object(value, "hosts") {
        let Some(text) = reader.text(&entry.value, &entry.key) else { continue };
        let prefix = match entry.key.trim_matches('/') {
            "" => "/".to_owned(),
            name => format!("/{name}/"),
        };
        if let Some(host) = web_address(reader, &entry.value, text, &['?', '#']) {
            hosts.insert(prefix, host);
        }
    }
    let mut hosts: Vec<(String, String)> = hosts.into_iter().collect();
    hosts.sort_by_key(|(prefix, _)| std::cmp::Reverse(prefix.len()));
    hosts
}

fn theme(reader: &mut Reader<'_>, value: &Value, text: &str) -> Option<String> {
    if text.is_empty() || text.starts_with('.') || text.contains(['/', '\\']) {
        reader.report_with(
            value.span,
            format!("`{text}` is no name of a theme"),
            "a theme is named by its folder in `themes/`",
        );
        return None;
    }
    Some(text.to_owned())
}

fn language(reader: &mut Reader<'_>, value: &Value, text: &str) -> Option<String> {
    if !super::is_language(text) {
        reader.report_with(value.span, format!("`{text}` is no language"), "for example `en-us` or `de`");
        return None;
    }
    Some(text.to_owned())
}

fn raw_html(reader: &mut Reader<'_>, value: &Value) -> Option<RawHtml> {
    match reader.text(value, "raw_html")? {
        "filtered" => Some(RawHtml::Filtered),
        "trusted" => Some(RawHtml::Trusted),
        other => {
            reader.unknown(value.span, "`raw_html`", other, &["filtered", "trusted"]);
            None
        }
    }
}

/// A published path with its leading and without its final slash; empty for the root of the site.
fn base_path(reader: &mut Reader<'_>, value: &Value) -> Option<String> {
    let text = reader.text(value, "base_path")?;
    if text.contains(['?', '#', ':', '\\'])
        || text.contains(char::is_whitespace)
        || text.split('/').any(|part| part == "..")
    {
        reader.report_with(
            value.span,
            format!("`{text}` is no published path"),
            "it is the path of the site's address, for example `/windows/wsl`",
        );
        return None;
    }
    let normal = RepoPath::new(text)?;
    Some(if normal.as_str().is_empty() { String::new() } else { format!("/{normal}") })
}
