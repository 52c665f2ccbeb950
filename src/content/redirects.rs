//! Redirection files: which sources moved, and where to.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::tree::SourceTree;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::path::{self, Destination, RepoPath};
use crate::source::{FileId, Sources, Span};
use crate::value::{Kind, Value};

/// What was moved.
#[derive(Debug, Clone, Default)]
pub struct Redirects {
    /// By lower-case path in the repository.
    by_source: FxHashMap<String, Redirect>,
}

/// One source that moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The source, a path of the repository as the redirection file spells it.
    pub source: String,
    /// Where it moved to, as the redirection file writes it.
    pub url: String,
    /// Where the redirection file says so.
    pub span: Span,
    /// Whether it speaks of some versions only.
    has_monikers: bool,
}

impl Redirects {
    /// Reads redirection files.
    ///
    /// `source_path` is relative to the folder of its file, `source_path_from_root` to the repository. Reports
    /// `missing-attribute` for entries without a source or a target, `redirection-invalid` for those with two sources or
    /// without a harmless target, and `redirection-conflict` when one source goes to two targets: the later one counts.
    /// Files that do not exist or are unsafe to read are reported as `file-not-found` and `file-unreadable`.
    pub fn load(sources: &Sources, files: &[RepoPath]) -> (Redirects, Diagnostics) {
        let (mut redirects, mut diagnostics) = (Redirects::default(), Vec::new());
        for path in files {
            let Some(found) = sources.find(path.as_str()) else {
                let message = format!("cannot find the redirection file `{path}`");
                diagnostics.push(Diagnostic::new(Code::FileNotFound, sources.id(path), message));
                continue;
            };
            redirects.read_file(sources, found.file, &mut diagnostics);
        }
        (redirects, diagnostics)
    }

    /// The URL that a path of the repository was moved to, as the redirection file writes it.
    pub fn target(&self, path: &str) -> Option<&str> {
        self.get(path).map(|redirect| redirect.url.as_str())
    }

    /// What is known about a path that was moved; found without regard to case.
    pub fn get(&self, path: &str) -> Option<&Redirect> {
        self.by_source.get(&path.to_lowercase())
    }

    /// Every source that was moved, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = &Redirect> {
        let mut all: Vec<(&String, &Redirect)> = self.by_source.iter().collect();
        all.sort_by_key(|(source, _)| *source);
        all.into_iter().map(|(_, redirect)| redirect)
    }

    fn read_file(&mut self, sources: &Sources, file: FileId, diagnostics: &mut Diagnostics) {
        let text = match sources.read_lossy(file) {
            Ok(text) => text,
            Err(error) => {
                let message = format!("cannot read `{}`: {error}", sources.path(file));
                diagnostics.push(Diagnostic::new(Code::FileUnreadable, file, message));
                return;
            }
        };
        let (value, mut found) = crate::json::parse(&text, file);
        // Comments are at home in these files: what is read all the same is nothing to report.
        found.retain(|diagnostic| diagnostic.severity == Severity::Error);
        diagnostics.append(&mut found);
        let Some(value) = value else { return };
        match value.get("redirections").map(|value| (&value.kind, value)) {
            Some((Kind::List(entries), _)) => {
                let folder = sources.path(file);
                for entry in entries {
                    match read_entry(folder.parent(), entry) {
                        Ok(redirect) => self.add(redirect, diagnostics),
                        Err(diagnostic) => diagnostics.push(diagnostic),
                    }
                }
            }
            Some((_, other)) => diagnostics.push(invalid(other, format!("`redirections` is {}", other.describe()))),
            None => diagnostics.push(invalid(&value, "there is no `redirections`".to_owned())),
        }
    }

    fn add(&mut self, redirect: Redirect, diagnostics: &mut Diagnostics) {
        let key = redirect.source.to_lowercase();
        if let Some(first) = self.by_source.get(&key)
            && first.url != redirect.url
            && !first.has_monikers
            && !redirect.has_monikers
        {
            let message = format!("`{}` is redirected to `{}` and to `{}`", redirect.source, first.url, redirect.url);
            let help = "the last one counts; remove the other";
            diagnostics.push(Diagnostic::new(Code::RedirectionConflict, redirect.span, message).help(help));
        }
        self.by_source.insert(key, redirect);
    }
}

fn invalid(value: &Value, message: String) -> Diagnostic {
    misread(Code::RedirectionInvalid, value, message)
}

fn misread(code: Code, value: &Value, message: String) -> Diagnostic {
    let help = "a redirection has a `source_path` or `source_path_from_root`, and a `redirect_url`";
    Diagnostic::new(code, value.span, message).help(help)
}

/// Reads an entry of a redirection file that lies in `folder`.
fn read_entry(folder: &str, entry: &Value) -> Result<Redirect, Diagnostic> {
    let text = |key: &str| entry.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
    let lacks = |what: &str| misread(Code::MissingAttribute, entry, format!("this redirection has no {what}"));
    let url = text("redirect_url").ok_or_else(|| lacks("`redirect_url`"))?;
    if matches!(Destination::parse(url), Destination::Unsafe(_) | Destination::Xref(_)) {
        return Err(invalid(entry, "this redirection leads to no address that a page may link to".into()));
    }
    let source = match (text("source_path"), text("source_path_from_root")) {
        (Some(_), Some(_)) => return Err(invalid(entry, "this redirection has two sources".into())),
        (Some(path), None) => path::join(folder, path),
        (None, Some(path)) => path::join("", path),
        (None, None) => return Err(lacks("source")),
    };
    let source =
        source.ok_or_else(|| invalid(entry, "this redirection's source lies outside the repository".into()))?;
    let has_monikers = entry.get("monikers").and_then(Value::as_list).is_some_and(|list| !list.is_empty());
    Ok(Redirect { source, url: url.trim().to_owned(), span: entry.span, has_monikers })
}

/// So many redirections are followed from one to the next, more than a browser follows: a link leads on from there.
const MAX_MOVES: usize = 32;

/// A redirection followed to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The last target: absolute, or a site-root path when the published path of its docset is known.
    pub url: String,
    /// Whether the redirections lead in a circle; `url` is then where it closes.
    pub is_circular: bool,
}

/// The redirections of a site, with the addresses that the moved sources had.
#[derive(Debug)]
pub struct Moves {
    redirects: Redirects,
    /// The lower-case sources by lower-case site-root path; that of an index page ends in `/`.
    by_address: FxHashMap<String, String>,
    tree: Arc<SourceTree>,
}

impl Moves {
    /// Gives each moved source the address under which it was published.
    pub fn new(redirects: Redirects, tree: Arc<SourceTree>) -> Moves {
        let by_address = redirects.iter().filter_map(|redirect| Some((address(&tree, &redirect.source)?, redirect)));
        let by_address =
            by_address.map(|(address, moved)| (address.to_lowercase(), moved.source.to_lowercase())).collect();
        Moves { redirects, by_address, tree }
    }

    /// What is wrong with the redirections together: `circular-redirection` for those that lead in a circle, and
    /// `redirected-file-not-removed` for those whose source is still there.
    pub fn check(&self) -> Diagnostics {
        self.redirects.iter().filter_map(|redirect| self.fault(redirect)).collect()
    }

    fn fault(&self, redirect: &Redirect) -> Option<Diagnostic> {
        let source = &redirect.source;
        let (code, message, help) = if !redirect.has_monikers && self.exists(source) {
            let help = "remove the file, or take its redirection out";
            (Code::RedirectedFileNotRemoved, format!("`{source}` is redirected, but still there"), help.to_owned())
        } else if self.follow(redirect).is_circular {
            let help = format!("look at the redirection of `{}`", redirect.url);
            (Code::CircularRedirection, format!("the redirections of `{source}` lead in a circle"), help)
        } else {
            return None;
        };
        Some(Diagnostic::new(code, redirect.span, message).help(help))
    }

    /// Where a path of the repository moved to in the end; `None` if it did not move.
    pub fn of_source(&self, path: &str) -> Option<Moved> {
        self.redirects.get(path).map(|redirect| self.follow(redirect))
    }

    /// Where what was published at a site-root path moved to in the end; `None` if it did not move.
    ///
    /// Query and fragment of `url` do not count. The caller asks only when no page is there: a redirection of a
    /// source that still exists has no effect.
    pub fn of_url(&self, url: &str) -> Option<Moved> {
        self.at(url, &FxHashSet::default()).map(|redirect| self.follow(redirect))
    }

    /// The redirection of what was published at a URL.
    ///
    /// A final slash makes a difference only when it is the difference between a source that was `seen` and another.
    fn at(&self, url: &str, seen: &FxHashSet<String>) -> Option<&Redirect> {
        let address = normalized(url);
        let other = || {
            let other = address.strip_suffix('/').map_or_else(|| format!("{address}/"), str::to_owned);
            self.by_address.get(&other).filter(|source| !seen.contains(*source))
        };
        self.redirects.get(self.by_address.get(&address).or_else(other)?)
    }

    fn follow(&self, first: &Redirect) -> Moved {
        let mut seen = FxHashSet::default();
        let mut redirect = first;
        loop {
            let url = self.absolute(redirect);
            if !seen.insert(redirect.source.to_lowercase()) {
                return Moved { url, is_circular: true };
            }
            match self.at(&url, &seen) {
                Some(next) if seen.len() < MAX_MOVES && !self.exists(&next.source) => redirect = next,
                _ => return Moved { url, is_circular: false },
            }
        }
    }

    fn exists(&self, source: &str) -> bool {
        self.tree.sources.find(source).is_some_and(|found| self.tree.entry(found.file).is_some())
    }

    /// The target of a redirection; one without a leading slash is relative to the address of its source.
    fn absolute(&self, redirect: &Redirect) -> String {
        let Destination::Relative(reference) = Destination::parse(&redirect.url) else { return redirect.url.clone() };
        let from = address(&self.tree, &redirect.source);
        let Some(path) = from.and_then(|from| path::join(path::parent(&from), &reference.path)) else {
            return redirect.url.clone();
        };
        let slash = if reference.path.ends_with('/') { "/" } else { "" };
        format!("/{path}{slash}{}{}", reference.query, reference.fragment)
    }
}

/// The site-root path by which links mean a source.
fn address(tree: &SourceTree, source: &str) -> Option<String> {
    let (docset, output) = tree.route(source)?;
    tree.own_url(docset, &output)
}

fn normalized(url: &str) -> String {
    let mut path = url.split(['?', '#']).next().unwrap_or_default().to_lowercase();
    if path.ends_with("/index") {
        path.truncate(path.len() - "index".len());
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, DocsetConfig};
    use crate::content::tree::discover;

    fn load(files: &[(&str, &str)]) -> (Redirects, Diagnostics) {
        let sources = Sources::memory(files.iter().copied());
        let paths: Vec<RepoPath> = files.iter().filter_map(|(path, _)| RepoPath::new(path)).collect();
        Redirects::load(&sources, &paths)
    }

    fn codes(diagnostics: &Diagnostics) -> Vec<&str> {
        diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect()
    }

    #[test]
    fn sources_are_relative_to_their_file_or_to_the_repository() {
        let (redirects, diagnostics) = load(&[(
            "redir/r.json",
            r#"{"redirections": [
                {"source_path": "../Docs/a.md", "redirect_url": "/x/a"},
                {"source_path_from_root": "/docs/b.md", "redirect_url": "https://example.org"}]}"#,
        )]);
        assert!(diagnostics.is_empty());
        assert_eq!(redirects.target("docs/A.md"), Some("/x/a"));
        assert_eq!(redirects.target("docs/b.md"), Some("https://example.org"));
        assert_eq!(redirects.target("docs/c.md"), None);
    }

    #[test]
    fn broken_entries_are_reported_and_the_others_count() {
        let (redirects, diagnostics) = load(&[(
            "r.json",
            r#"{"redirections": [ // why
                {"source_path": "a.md"}, {"redirect_url": "/x"},
                {"source_path": "../a.md", "redirect_url": "/x"},
                {"source_path": "a.md", "source_path_from_root": "/b.md", "redirect_url": "/x"},
                {"source_path": "e.md", "redirect_url": "Java\tscript:alert(1)"},
                {"source_path": "c.md", "redirect_url": "/1"}, {"source_path": "C.md", "redirect_url": "/2"},
                {"source_path": "d.md", "redirect_url": "/1", "monikers": ["v1"]},
                {"source_path": "d.md", "redirect_url": "/2", "monikers": ["v2"]},
            ]}"#,
        )]);
        let invalid = "redirection-invalid";
        let lacking = "missing-attribute";
        let expected = [lacking, lacking, invalid, invalid, invalid, "redirection-conflict"];
        assert_eq!(codes(&diagnostics), expected);
        assert_eq!(redirects.target("e.md"), None, "no script comes through");
        assert_eq!((redirects.target("c.md"), redirects.target("d.md")), (Some("/2"), Some("/2")));
    }

    #[test]
    fn a_file_without_redirections_is_reported() {
        assert_eq!(codes(&load(&[("r.json", "[]")]).1), ["redirection-invalid"]);
        assert_eq!(codes(&load(&[("r.json", "{\"redirections\": 1}")]).1), ["redirection-invalid"]);
        let (_, diagnostics) = Redirects::load(&Sources::memory([]), &[RepoPath::new("r.json").expect("inside")]);
        assert_eq!(codes(&diagnostics), ["file-not-found"]);
    }

    fn moved(redirections: &str, source: &str) -> Option<Moved> {
        let (redirects, _) = load(&[("r.json", redirections)]);
        let docset = DocsetConfig {
            name: "docs".into(),
            root: RepoPath::new("docs").expect("inside"),
            base_path: Some("/base".into()),
            content: Vec::new(),
            resource: Vec::new(),
            groups: Vec::new(),
            metadata: Default::default(),
            markdown: Default::default(),
        };
        let config = Config { docsets: vec![docset], ..Config::default() };
        let (tree, _) = discover(Arc::new(Sources::memory([])), &config, None);
        Moves::new(redirects, Arc::new(tree)).of_source(source)
    }

    #[test]
    fn redirections_are_followed_to_the_end() {
        let chain = r#"{"redirections": [
            {"source_path": "docs/x/a.md", "redirect_url": "/Base/x/b?view=1"},
            {"source_path": "docs/x/b.md", "redirect_url": "sub/#top"},
            {"source_path": "docs/x/sub/index.md", "redirect_url": "/base/end#there"}]}"#;
        let expected = Moved { url: "/base/end#there".into(), is_circular: false };
        assert_eq!(moved(chain, "docs/x/a.md"), Some(expected));
        assert_eq!(moved(chain, "docs/x/c.md"), None);
    }

    #[test]
    fn a_page_may_move_to_the_index_of_a_folder_of_its_name() {
        let redirections = r#"{"redirections": [{"source_path": "docs/about.md", "redirect_url": "/base/about/"}]}"#;
        let expected = Moved { url: "/base/about/".into(), is_circular: false };
        assert_eq!(moved(redirections, "docs/about.md"), Some(expected));
    }

    #[test]
    fn no_more_redirections_are_followed_than_any_docs_have() {
        let entry = |at: usize| format!(r#"{{"source_path": "docs/{at}.md", "redirect_url": "/base/{}"}}"#, at + 1);
        let chain = (0..100).map(entry).collect::<Vec<_>>().join(",");
        let expected = Moved { url: format!("/base/{MAX_MOVES}"), is_circular: false };
        assert_eq!(moved(&format!(r#"{{"redirections": [{chain}]}}"#), "docs/0.md"), Some(expected));
    }

    #[test]
    fn circles_of_redirections_end() {
        let circle = r#"{"redirections": [
            {"source_path": "docs/a.md", "redirect_url": "/base/b"},
            {"source_path": "docs/b.md", "redirect_url": "/base/a"}]}"#;
        let expected = Moved { url: "/base/b".into(), is_circular: true };
        assert_eq!(moved(circle, "docs/a.md"), Some(expected));
    }
}
