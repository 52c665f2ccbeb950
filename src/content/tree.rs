//! The source tree: which files there are, and what each is.
//!
//! 1. The folders that the configuration names are walked once.
//! 2. Each docset claims its files: what each becomes, and where it goes within the docset (`mapping`).
//! 3. The docset's place in the output follows from its published path.
//! 4. Sources that want one place are versions of each other, or a mistake (`rivals`).

mod mapping;
mod rivals;
mod routes;

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::config::{Config, Dependency, DocsetConfig, base_path_from_breadcrumb};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity};
use crate::path::{self, RepoPath, SitePath};
use crate::source::{FileId, Reason, Sources, Unreadable, Walk};
use mapping::Claim;
pub(super) use mapping::is_toc;
use rivals::Settled;

/// The files of all docsets.
#[derive(Debug)]
pub struct SourceTree {
    /// The door to their bytes.
    pub sources: Arc<Sources>,
    /// The docsets, in the order of the configuration.
    pub docsets: Vec<Docset>,
    /// The repositories that content takes files from.
    pub dependencies: Vec<Dependency>,
    /// Every file that becomes something, sorted by path.
    pub entries: Vec<Entry>,
    /// `entries` by file.
    pub by_file: FxHashMap<FileId, usize>,
    /// For each file that is left out, since another becomes the same page, that other one.
    pub winners: FxHashMap<FileId, FileId>,
}

/// A docset and where it goes.
#[derive(Debug)]
pub struct Docset {
    /// What the configuration says.
    pub config: DocsetConfig,
    /// The published path, `/windows/wsl`, if it is known from the configuration or a breadcrumb.
    pub base_path: Option<String>,
    /// Its folder in the output: empty for a single docset.
    pub output: String,
}

/// What a file becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A markdown page.
    Article,
    /// A page made of YAML: landing pages, FAQs.
    YamlPage,
    /// A table of contents.
    Toc,
    /// A file that is copied.
    Resource,
}

/// A file that becomes something.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The file.
    pub file: FileId,
    /// What it becomes.
    pub kind: Kind,
    /// The docset, an index into [`SourceTree::docsets`].
    pub docset: usize,
    /// Where it goes (for a TOC: where docfx would put it, with the extension `.json`).
    pub output: SitePath,
    /// The version group, an index into [`DocsetConfig::groups`].
    pub group: Option<usize>,
    /// Whether a later version has its place, so that it lies under a folder of its group's name.
    pub is_older_version: bool,
}

impl Entry {
    /// Whether it becomes a page.
    pub fn is_page(&self) -> bool {
        matches!(self.kind, Kind::Article | Kind::YamlPage)
    }
}

impl SourceTree {
    /// Makes an article of a file that is no content: a draft, standard input, what the configuration leaves out. What
    /// lies in no docset's folder gets one of its own, which is the whole repository.
    pub fn adopt(&mut self, file: FileId) {
        if self.entry(file).is_some() {
            return;
        }
        let path = self.sources.path(file);
        if self.route(path.as_str()).is_none() {
            let config = DocsetConfig::plain(RepoPath::new("").expect("the root is a path"));
            self.docsets.push(Docset { config, base_path: None, output: String::new() });
        }
        if let Some((docset, output)) = self.route(path.as_str()) {
            self.by_file.insert(file, self.entries.len());
            let entry = Entry { file, kind: Kind::Article, docset, output, group: None, is_older_version: false };
            self.entries.push(entry);
        }
    }

    /// What a file becomes; `None` for what is no content.
    pub fn entry(&self, file: FileId) -> Option<&Entry> {
        self.by_file.get(&file).map(|at| &self.entries[*at])
    }
}

/// Finds the files of all docsets and gives each its place in the output.
///
/// `output` is the output folder if it lies in the repository: nothing in it is ever content. A file belongs to
/// the first mapping that names it, `content` before `resource`. Of a docset whose folder lies in another's,
/// the outer one claims nothing. Reports `custom-404-page`, and `duplicate-output` for rivals that are no versions of each other; the
/// first of them by path keeps the place, the others are left out.
pub fn discover(sources: Arc<Sources>, config: &Config, output: Option<&RepoPath>) -> (SourceTree, Diagnostics) {
    let (files, unreadable) = walk(&sources, config, output);
    let mut taken = vec![false; files.len()];
    let mut claims: Vec<Vec<Claim>> =
        config.docsets.iter().map(|docset| mapping::claim(&sources, config, docset, &files, &mut taken)).collect();
    let docsets: Vec<Docset> = config
        .docsets
        .iter()
        .zip(&claims)
        .map(|(docset, claims)| place(docset, claims, config.docsets.len()))
        .collect();
    claims.iter_mut().for_each(|claims| mapping::make_readme_home(claims));
    let Settled { entries, winners, mut diagnostics } = rivals::settle(&sources, &docsets, claims);
    diagnostics.extend(entries.iter().filter(|entry| entry.is_page()).filter_map(not_found_page));
    diagnostics.extend(unreadable);
    let by_file = entries.iter().enumerate().map(|(at, entry)| (entry.file, at)).collect();
    let dependencies = config.dependencies.clone();
    (SourceTree { sources, docsets, dependencies, entries, by_file, winners }, diagnostics)
}

/// The name of the list that recto keeps of what it wrote: nothing on it is content.
pub const OUTPUT_MANIFEST: &str = "recto-manifest.json";

/// The files below every folder that a mapping names, sorted, and what cannot be read there; each folder is walked once.
fn walk(sources: &Sources, config: &Config, output: Option<&RepoPath>) -> (Vec<RepoPath>, Diagnostics) {
    let mappings = config.docsets.iter().flat_map(|docset| docset.content.iter().chain(&docset.resource));
    let mut folders: Vec<RepoPath> = mappings.filter_map(|mapping| sources.find_folder(&mapping.src)).collect();
    folders.sort();
    // A folder sorts before what lies in it, so that `top` holds only folders that lie in no other.
    let mut top: Vec<RepoPath> = Vec::new();
    for folder in folders {
        if !top.iter().any(|outer| folder.below(outer.as_str()).is_some() || folder == *outer) {
            top.push(folder);
        }
    }
    let walks: Vec<Walk> = top.iter().map(|folder| sources.walk(folder.as_str())).collect();
    let is_output = |path: &str| {
        output.is_some_and(|output| path::below(path, output.as_str()).is_some() && !output.as_str().is_empty())
    };
    let (mut files, mut diagnostics) = (Vec::new(), Diagnostics::new());
    for walk in walks {
        files.extend(walk.files.into_iter().filter(|file| !is_output(file.as_str())));
        let unreadable =
            walk.unreadable.iter().filter(|one| !is_output(&one.path) && may_be_content(config, &one.path));
        diagnostics.extend(unreadable.map(|one| unreadable_file(sources, one)));
    }
    let built = built(sources, &files);
    files.retain(|file| !built.contains(file));
    files.sort();
    (files, diagnostics)
}

/// The files that an earlier build wrote somewhere among the sources, by the lists that it left there.
fn built(sources: &Sources, files: &[RepoPath]) -> FxHashSet<RepoPath> {
    let mut built = FxHashSet::default();
    for manifest in files.iter().filter(|file| file.file_name() == OUTPUT_MANIFEST) {
        let bytes = sources.read(sources.id(manifest)).unwrap_or_default();
        let Ok(list) = serde_json::from_slice::<serde_json::Value>(&bytes) else { continue };
        let Some(names) = list["files"].as_array().filter(|_| list["generator"] == "recto") else { continue };
        let written = names.iter().filter_map(|name| path::join(manifest.parent(), name.as_str()?));
        built.extend(written.filter_map(|path| RepoPath::new(&path)));
        built.insert(manifest.clone());
    }
    built
}

/// Whether a mapping may want what lies at a path, or below it.
fn may_be_content(config: &Config, path: &str) -> bool {
    let mut mappings = config.docsets.iter().flat_map(|docset| docset.content.iter().chain(&docset.resource));
    mappings.any(|mapping| {
        let Some(below) = path::below(path, &mapping.src) else { return path == mapping.src };
        let (folder, inside) = (format!("{below}/"), format!("{below}/x"));
        mapping.files.iter().any(|glob| glob.may_match_below(&folder) || glob.matches(below))
            && !mapping.exclude.iter().any(|glob| glob.matches(&inside) || glob.matches(below))
    })
}

fn unreadable_file(sources: &Sources, Unreadable { path, reason }: &Unreadable) -> Diagnostic {
    let message = match reason {
        Reason::Name => format!("`{path}` is left out: its name is not UTF-8, or holds a `\\`"),
        Reason::System(reason) if path.is_empty() => format!("cannot read the folder of the docs: {reason}"),
        Reason::System(reason) => format!("cannot read `{path}`: {reason}"),
    };
    let place = match RepoPath::new(path).filter(|_| matches!(reason, Reason::System(_))) {
        Some(path) if !path.as_str().is_empty() => Place::File(sources.id(&path)),
        _ => Place::Nowhere,
    };
    let diagnostic = Diagnostic::new(Code::FileUnreadable, place, message);
    match reason {
        Reason::Name => diagnostic.severity(Severity::Warning).help("rename it, so that links can lead to it"),
        Reason::System(_) => diagnostic.help("let recto read it, or exclude it; what it holds is not built"),
    }
}

/// Says that a page is not what its author means it to be: the theme makes the page for unknown addresses.
fn not_found_page(entry: &Entry) -> Option<Diagnostic> {
    let output = entry.output.as_str();
    let message = match output {
        "404.html" => "this page is not built: the theme makes the one for unknown addresses".to_owned(),
        _ if path::file_name(output) == "404.html" => format!("`{output}` is not what an unknown address shows"),
        _ => return None,
    };
    let help = "remove it; a theme may have a `templates/404.html` of its own";
    Some(Diagnostic::new(Code::Custom404Page, entry.file, message).help(help))
}

/// Gives a docset its published path and its folder in the output.
fn place(config: &DocsetConfig, claims: &[Claim], docsets: usize) -> Docset {
    let base_path = config.base_path.clone().or_else(|| {
        let breadcrumb = breadcrumb_paths(config).into_iter().next()?;
        let tocs = claims.iter().filter(|claim| claim.kind == Kind::Toc).map(|claim| claim.output.as_str());
        base_path_from_breadcrumb(breadcrumb, tocs)
    });
    let folder = || path::file_name(config.root.as_str());
    let output = match &base_path {
        _ if docsets == 1 => String::new(),
        Some(base) => base.to_lowercase(),
        None if folder().is_empty() => config.name.to_lowercase(),
        None => folder().to_lowercase(),
    };
    Docset { config: config.clone(), base_path, output: path::join("", &output).unwrap_or_default() }
}

/// The addresses of the breadcrumb TOCs that the docset's metadata names, that of all files first.
pub(super) fn breadcrumb_paths(config: &DocsetConfig) -> Vec<&str> {
    const KEY: &str = "breadcrumb_path";
    let of_files = config.metadata.file.iter().filter(|(key, _)| key == KEY);
    let of_files = of_files.flat_map(|(_, values)| values.iter().map(|(_, value)| value));
    config.metadata.global.get(KEY).into_iter().chain(of_files).filter_map(|value| value.as_str()).collect()
}

#[cfg(test)]
mod tests;
