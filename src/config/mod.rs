//! Site settings: what `recto.yml`, the publish configuration and `docfx.json` say, as types.
//!
//! 1. [`load`] finds the files and reads each into values that know their place,
//! 2. `publish` and `docfx` make docsets of them, `defaults` where they say nothing,
//! 3. `recto` reads `recto.yml`, which wins key by key.

mod alerts;
mod breadcrumb;
mod defaults;
mod docfx;
mod extras;
pub mod glob;
mod load;
mod mapping;
mod publish;
mod reader;
mod recto;
pub mod root;
mod rules;

pub use breadcrumb::base_path_from_breadcrumb;
pub use load::load;

use std::sync::Arc;

use crate::diagnostic::Severities;
use crate::markdown;
use crate::path::{self, RepoPath};
use glob::Glob;

/// Metadata of a page or docset: keys and values as their authors wrote them, in their order.
pub type Metadata = serde_json::Map<String, serde_json::Value>;

/// Everything that the configuration files of a repository say.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// At least one.
    pub docsets: Vec<DocsetConfig>,
    /// The repositories that the publish configuration takes files from.
    pub dependencies: Vec<Dependency>,
    /// Redirection files: those at the repository root and those that the publish configuration names.
    pub redirection_files: Vec<RepoPath>,
    /// What `recto.yml` and the command line say.
    pub settings: Settings,
}

/// A repository that content takes files from: an entry of `dependent_repositories`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    /// `path_to_root`: the folder in which its files are expected.
    pub folder: RepoPath,
    /// Where it can be cloned from.
    pub url: String,
    /// The branch that is meant; empty for the default one.
    pub branch: String,
    /// Whether there is anything in the folder.
    pub is_here: bool,
}

/// One docset: what belongs to it and where it is published.
#[derive(Debug, Clone)]
pub struct DocsetConfig {
    /// `docset_name`, or the name of its folder.
    pub name: String,
    /// The folder that `~/` means; that of its `docfx.json`.
    pub root: RepoPath,
    /// The published path, `/windows/wsl`, without a final slash; `None` when only a breadcrumb may tell.
    pub base_path: Option<String>,
    /// What becomes a page or a TOC.
    pub content: Vec<FileMapping>,
    /// What is copied.
    pub resource: Vec<FileMapping>,
    /// The groups, in the order in which `content` and `groups` name them; the last one keeps the place.
    pub groups: Vec<String>,
    /// `globalMetadata` and `fileMetadata`.
    pub metadata: MetadataRules,
    /// How its markdown is read and written, beyond what holds for every docset.
    pub markdown: markdown::Options,
}

impl DocsetConfig {
    /// A docset that holds nothing yet.
    pub fn plain(root: RepoPath) -> DocsetConfig {
        DocsetConfig {
            name: String::new(),
            root,
            base_path: None,
            content: Vec::new(),
            resource: Vec::new(),
            groups: Vec::new(),
            metadata: MetadataRules::default(),
            markdown: markdown::Options::default(),
        }
    }

    /// `breadcrumb_path` of the global metadata, from which [`base_path_from_breadcrumb`] finds the published path.
    pub fn breadcrumb_path(&self) -> Option<&str> {
        self.metadata.global.get("breadcrumb_path")?.as_str()
    }
}

/// Which files are meant, and where they go.
#[derive(Debug, Clone, Default)]
pub struct FileMapping {
    /// Patterns relative to `src`.
    pub files: Vec<Glob>,
    /// Patterns relative to `src` that are left out.
    pub exclude: Vec<Glob>,
    /// The folder that the patterns are relative to.
    pub src: RepoPathOrRoot,
    /// The folder in the docset's output; empty for its root.
    pub dest: String,
    /// The version group.
    pub group: Option<String>,
}

impl FileMapping {
    /// The path below `src` of a file of the repository that is meant; `None` for all others.
    pub fn relative<'a>(&self, path: &'a str) -> Option<&'a str> {
        let relative = path::below(path, &self.src)?;
        let is_meant = self.files.iter().any(|glob| glob.matches(relative))
            && !self.exclude.iter().any(|glob| glob.matches(relative));
        is_meant.then_some(relative)
    }
}

/// A folder of the repository, `""` for its root.
pub type RepoPathOrRoot = String;

/// Metadata for many files.
#[derive(Debug, Clone, Default)]
pub struct MetadataRules {
    /// For every file of the docset; its pages share it.
    pub global: Arc<Metadata>,
    /// For each key the patterns (relative to the docset root) and their values; the last match wins.
    pub file: Vec<(String, Vec<(Glob, serde_json::Value)>)>,
}

impl MetadataRules {
    /// What the configuration gives to some files and to this one, named relative to the docset root.
    pub fn of_file(&self, path: &str) -> Metadata {
        let value = |values: &[(Glob, serde_json::Value)]| {
            values.iter().rev().find(|(glob, _)| glob.matches(path)).map(|(_, value)| value.clone())
        };
        self.file.iter().filter_map(|(key, values)| Some((key.clone(), value(values)?))).collect()
    }
}

/// What a team sets for its site.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The site's name; `None`: the home page's title.
    pub title: Option<String>,
    /// Where the site is published, with a final slash: `https://example.org/docs/`.
    pub base_url: Option<String>,
    /// The host that site-root links lead to, without a final slash.
    pub docs_host: String,
    /// Other hosts for some prefixes of site-root links: `/office365/` and its host, longest prefix first.
    pub hosts: Vec<(String, String)>,
    /// A theme: the name of a folder in `themes/`.
    pub theme: Option<String>,
    /// BCP 47 language of the pages.
    pub language: String,
    /// Severities by code: those of `recto.yml`, and of each `docfx.json` for its docset.
    pub rules: Severities,
    /// Where a page's source can be edited; `{path}` stands for its path in the repository.
    pub edit_url: Option<String>,
    /// Where a reader can tell of a problem; `{path}`, `{title}` and `{url}` are replaced.
    pub feedback_url: Option<String>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            title: None,
            base_url: None,
            docs_host: "https://learn.microsoft.com".to_owned(),
            hosts: Vec::new(),
            theme: None,
            language: "en-us".to_owned(),
            rules: Severities::default(),
            edit_url: None,
            feedback_url: None,
        }
    }
}

/// Whether a text has the shape of a BCP 47 language.
fn is_language(text: &str) -> bool {
    let is_tag = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    text.split('-').all(is_tag) && text.split('-').next().is_some_and(|first| first.len() > 1)
}
