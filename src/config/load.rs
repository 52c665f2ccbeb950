//! Finds the configuration of a folder and reads it.

use super::publish::{self, Named};
use super::reader::Reader;
use super::recto::RectoYml;
use super::{Config, DocsetConfig, Settings, defaults, docfx};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity};
use crate::path::{self, RepoPath};
use crate::source::{FileId, Sources};
use crate::value::Value;

const RECTO: &str = "recto.yml";
const DOCFX: &str = "docfx.json";

/// Reads the configuration that holds for the folder `start`, a path in the repository (`""` is its root).
///
/// The docsets come from the first of these that is there: `explicit` (`--config FILE`: a YAML file is read as
/// `recto.yml`, a JSON file as what its name says), `docsets` of `recto.yml`, the publish configuration,
/// `docfx.json`; else the folder that holds `articles/`, else the folder itself. `recto.yml` in the same folder, and
/// in that of a docset, wins key by key. A mistake is a diagnostic with its place; the rest still counts, and there is
/// always a docset.
pub fn load(sources: &Sources, start: &str, explicit: Option<&RepoPath>) -> (Config, Diagnostics) {
    let mut reader = Reader::new(sources);
    let files = Files::find(&mut reader, start, explicit);
    let folder = files.folder.as_str();
    let site = files.recto.and_then(|file| recto_yml(&mut reader, file));
    let publish = files.publish.and_then(|file| reader.file(file));

    let named = docsets(&mut reader, &files, site.as_ref(), publish.as_ref());
    let mut config = Config::default();
    let is_only_one = named.len() == 1;
    for Named { name, folder: root, docfx_json } in named {
        let (mut docset, rules) = docfx::docset(&mut reader, &root, name, docfx_json);
        match is_only_one {
            true => {
                config.settings.rules.everywhere = rules;
                docfx::apply_to_site(&docset.metadata.global, &mut config.settings);
            }
            false => config.settings.rules.below.push((root.to_string(), rules)),
        }
        if root != files.folder {
            apply_own(&mut reader, &mut docset, is_only_one.then_some(&mut config.settings));
        }
        config.docsets.push(docset);
    }
    if let Some(site) = site {
        site.apply_to_site(&mut config.settings);
        match config.docsets.as_mut_slice() {
            [single] => site.apply_to_single_docset(&mut reader, single),
            _ => site.refuse_docset_keys(&mut reader),
        }
        config.docsets.iter_mut().for_each(|docset| site.apply_to_any_docset(&mut reader, docset, folder));
    }
    let publish = publish_of(&mut reader, &files, publish);
    config.redirection_files = redirection_files(&mut reader, publish.as_ref());
    if let Some((publish, folder)) = &publish {
        config.dependencies = publish::dependencies(&mut reader, publish, folder);
    }
    (config, reader.diagnostics)
}

/// The configuration files of a folder.
struct Files {
    /// Where they lie, and what their paths are relative to.
    folder: RepoPath,
    recto: Option<FileId>,
    publish: Option<FileId>,
    docfx: Option<FileId>,
}

impl Files {
    fn find(reader: &mut Reader<'_>, start: &str, explicit: Option<&RepoPath>) -> Files {
        let mut files = Files::of(reader.sources, explicit.map_or(start, |file| file.parent()));
        let Some(path) = explicit else {
            let files = files.or_above_articles(reader.sources);
            files.report_unread(reader);
            return files;
        };
        let Some(file) = reader.sources.find(path.as_str()).map(|found| found.file) else {
            let message = match reader.sources.find_folder(path.as_str()) {
                Some(_) => format!("`{path}` is a folder, no configuration file"),
                None => format!("cannot find the configuration file `{path}`"),
            };
            reader.diagnostics.push(Diagnostic::new(Code::ConfigSyntax, Place::Nowhere, message));
            return files;
        };
        match path.extension().as_str() {
            "yml" | "yaml" => files.recto = Some(file),
            _ if path.file_name().ends_with("publish.config.json") => files.publish = Some(file),
            _ => (files.docfx, files.publish) = (Some(file), None),
        }
        files
    }

    /// What a folder has.
    fn of(sources: &Sources, folder: &str) -> Files {
        let in_folder = |name: &str| sources.find(&format!("{folder}/{name}")).map(|found| found.file);
        Files {
            folder: RepoPath::new(folder).unwrap_or_else(|| RepoPath::new("").expect("the root is a path")),
            recto: in_folder(RECTO),
            publish: in_folder(publish::FILE_NAME),
            docfx: in_folder(DOCFX),
        }
    }

    /// Whether nothing is configured.
    fn is_bare(&self) -> bool {
        self.recto.is_none() && self.publish.is_none() && self.docfx.is_none()
    }

    /// Names a configuration of a folder above that nobody reads, since another folder is built, or a `docfx.json` one
    /// folder below, since nothing says that its folder is a docset.
    fn report_unread(&self, reader: &mut Reader<'_>) {
        if !self.is_bare() {
            return;
        }
        let sources = reader.sources;
        if let Some((folder, file)) = self.above(sources) {
            let message =
                format!("`{}` is not read: `{}` is built as a docset of its own", sources.path(file), self.folder);
            let what = if folder.is_empty() { "the root of the repository" } else { folder };
            let help = format!("build {what}, or write a `recto.yml` for this folder alone, which may be empty");
            let diagnostic = Diagnostic::new(Code::ConfigSyntax, file, message).severity(Severity::Warning);
            reader.diagnostics.push(diagnostic.help(help));
        }
        let is_visible = |name: &str| !name.starts_with(['.', '_']);
        let below =
            sources.list(self.folder.as_str()).into_iter().filter(|(name, is_folder)| *is_folder && is_visible(name));
        let unread = below.map(|(name, _)| name).find_map(|name| {
            let found = sources.find(&format!("{}/{name}/{DOCFX}", self.folder))?;
            Some((name, found.file))
        });
        if let Some((name, file)) = unread {
            let message = format!("`{}` is not read: nothing says that `{name}` is a docset", sources.path(file));
            let help = format!("build the folder `{name}`, or write `docsets: [{name}]` into a `recto.yml` here");
            let diagnostic = Diagnostic::new(Code::ConfigSyntax, file, message).severity(Severity::Warning);
            reader.diagnostics.push(diagnostic.help(help));
        }
    }

    /// The nearest folder above with a configuration of its docset, and that file.
    fn above(&self, sources: &Sources) -> Option<(&str, FileId)> {
        let folders = std::iter::successors(Some(self.folder.as_str()), |folder| {
            (!folder.is_empty()).then(|| path::parent(folder))
        });
        folders.skip(1).find_map(|folder| {
            let files = Files::of(sources, folder);
            Some((folder, files.docfx.or(files.recto)?))
        })
    }

    /// Without configuration, a folder `articles` is not the docset, but what holds it.
    fn or_above_articles(self, sources: &Sources) -> Files {
        let is_articles = self.folder.file_name().eq_ignore_ascii_case(defaults::ARTICLES);
        if self.is_bare() && is_articles && defaults::articles(sources, self.folder.as_str()).is_none() {
            return Files::of(sources, self.folder.parent());
        }
        self
    }
}

fn recto_yml(reader: &mut Reader<'_>, file: FileId) -> Option<RectoYml> {
    let value = reader.file(file)?;
    Some(RectoYml::read(reader, &value, reader.sources.path(file).parent()))
}

/// The docsets of the site; always at least one.
fn docsets(reader: &mut Reader<'_>, files: &Files, site: Option<&RectoYml>, publish: Option<&Value>) -> Vec<Named> {
    let folder = files.folder.as_str();
    let mut named = Vec::new();
    if let Some(folders) = site.and_then(|site| site.docsets.as_ref()) {
        for (text, value) in folders {
            let Some(root) = publish::existing_folder(reader, folder, text, value) else { continue };
            let docfx_json = reader.sources.find(&format!("{root}/{DOCFX}")).map(|found| found.file);
            named.push(Named { name: None, folder: root, docfx_json });
        }
    } else if let Some(publish) = publish {
        named = publish::docsets(reader, publish, folder);
    }
    if named.is_empty() {
        named.push(Named { name: None, folder: files.folder.clone(), docfx_json: files.docfx });
    }
    named
}

/// Applies the `recto.yml` in a docset's own folder. The keys of the site count only for a single docset.
fn apply_own(reader: &mut Reader<'_>, docset: &mut DocsetConfig, settings: Option<&mut Settings>) {
    let root = docset.root.clone();
    let found = reader.sources.find(&format!("{root}/{RECTO}"));
    let Some(own) = found.and_then(|found| recto_yml(reader, found.file)) else { return };
    match settings {
        Some(settings) => own.apply_to_site(settings),
        None => own.refuse_site_keys(reader),
    }
    own.apply_to_single_docset(reader, docset);
    own.apply_to_any_docset(reader, docset, root.as_str());
}

/// The publish configuration that holds for a folder: its own, else that at the root of the repository, which counts too
/// when only a docset of it is built. With the folder that its paths are relative to.
fn publish_of<'a>(reader: &mut Reader<'_>, files: &'a Files, publish: Option<Value>) -> Option<(Value, &'a str)> {
    if let Some(publish) = publish {
        return Some((publish, files.folder.as_str()));
    }
    let found = reader.sources.find(publish::FILE_NAME)?;
    Some((reader.file(found.file)?, ""))
}

/// The redirection files at the root of the repository, then those that the publish configuration names, each once.
fn redirection_files(reader: &mut Reader<'_>, publish: Option<&(Value, &str)>) -> Vec<RepoPath> {
    let is_redirection =
        |name: &str| name.starts_with(".openpublishing.redirection") && path::extension(name) == "json";
    let at_root = reader.sources.list("").into_iter().filter(|(name, is_folder)| !is_folder && is_redirection(name));
    let mut found: Vec<RepoPath> = at_root.filter_map(|(name, _)| RepoPath::new(&name)).collect();
    let named = publish.map_or(Vec::new(), |(publish, folder)| publish::redirection_files(reader, publish, folder));
    for file in named {
        if !found.contains(&file) {
            found.push(file);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(files: &[&str], start: &str) -> (String, Vec<String>) {
        let sources = Sources::memory(files.iter().map(|path| (*path, "{}")));
        let (config, diagnostics) = load(&sources, start, None);
        (config.docsets[0].root.to_string(), diagnostics.iter().map(|one| one.message.clone()).collect())
    }

    #[test]
    fn a_configuration_above_a_folder_that_has_none_is_told() {
        let files = ["x/docfx.json", "x/a/b/c.md", "y/docfx.json", "y/z/c.md"];
        let message = "`x/docfx.json` is not read: `x/a/b` is built as a docset of its own";
        assert_eq!(told(&files, "x/a/b"), ("x/a/b".to_owned(), vec![message.to_owned()]));
        assert_eq!(told(&["recto.yml", "docs/docfx.json", "docs/a.md"], "docs"), ("docs".to_owned(), vec![]));
    }

    #[test]
    fn the_configuration_above_a_folder_articles_is_that_of_its_docset() {
        assert_eq!(told(&["x/docfx.json", "x/articles/a.md"], "x/articles"), ("x".to_owned(), vec![]));
        assert_eq!(told(&["x/articles/a.md"], "x/articles"), ("x".to_owned(), vec![]));
    }
}
