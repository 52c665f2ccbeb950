//! Paths in content: which file of the repository is meant.

use crate::config::Dependency;
use crate::content::tree::{Kind, SourceTree};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::{self, RepoPath};
use crate::source::{FileId, Found, Span};

/// The path in the repository that `path`, written in `file`, means for a page of `docset`.
///
/// `~/` is the docset root; all else is relative to the file. `None` when it leads out of the repository.
pub fn repository_path(tree: &SourceTree, docset: usize, file: FileId, path: &str) -> Option<String> {
    match path.strip_prefix("~/").or(path.strip_prefix("~\\")) {
        Some(rest) => path::join(tree.docsets[docset].config.root.as_str(), rest),
        None => path::join(tree.sources.path(file).parent(), path),
    }
}

/// Finds the file that `path`, written in `file`, means for a page of `docset`, as it is spelt or percent-decoded.
///
/// An error is where it was looked for; `None` when the path leads out of the repository.
pub fn find(tree: &SourceTree, docset: usize, file: FileId, path: &str) -> Result<Found, Option<RepoPath>> {
    let decoded = path::decode(path);
    let place = |path: &str| repository_path(tree, docset, file, path);
    let found = [path, &decoded].into_iter().find_map(|path| tree.sources.find(&place(path)?));
    found.ok_or_else(|| place(path).and_then(|path| RepoPath::new(&path)))
}

/// The article that a link means which names its page instead: `install.html`, or `install` alone. `path` is the link's path
/// in the repository, `written` as it stands in the file. The answer has the article's path as it should be written.
pub fn page_without_extension(tree: &SourceTree, path: &str, written: &str) -> Option<(FileId, String)> {
    let stem = |path: &str| path.len() - if path.to_ascii_lowercase().ends_with(".html") { ".html".len() } else { 0 };
    let (path, written) = (&path[..stem(path)], &written[..stem(written)]);
    ["md", "yml"].iter().find_map(|extension| {
        let found = tree.sources.find(&format!("{path}.{extension}"))?;
        tree.entry(found.file).filter(|entry| entry.kind != Kind::Toc)?;
        let right = right_spelling(&format!("{written}.{extension}"), tree.sources.path(found.file).as_str());
        Some((found.file, right))
    })
}

/// The next step for a link to a file that exists and is no content.
pub fn inclusion_help(tree: &SourceTree, file: FileId) -> &'static str {
    match tree.sources.path(file).extension().as_str() {
        "md" | "yml" | "yaml" => "add it to `content` of the configuration, or link to its URL",
        _ => "add it to `resource` of the configuration, or link to its URL",
    }
}

/// The repository that a missing file would come from, if its folder is not here.
pub fn missing_dependency<'a>(tree: &'a SourceTree, missing: &RepoPath) -> Option<&'a Dependency> {
    let is_away = |dependency: &&Dependency| !dependency.is_here;
    tree.dependencies.iter().filter(is_away).find(|away| missing.below(away.folder.as_str()).is_some())
}

/// The next step when a file is missing, given where it was looked for.
pub fn missing_help(tree: &SourceTree, missing: Option<&RepoPath>) -> String {
    let Some(missing) = missing else { return "the path leads out of the repository".to_owned() };
    match dependency_help(tree, missing) {
        Some(help) => help,
        None if tree.sources.find_folder(missing.as_str()).is_some() => {
            "that is a folder: name a file in it".to_owned()
        }
        None => format!("there is no file `{missing}` in the repository"),
    }
}

/// The next step when a missing file comes from a repository that is not here.
pub fn dependency_help(tree: &SourceTree, missing: &RepoPath) -> Option<String> {
    let Dependency { folder, url, branch, .. } = missing_dependency(tree, missing)?;
    let branch = if branch.is_empty() { String::new() } else { format!(" --branch {branch}") };
    Some(format!("it comes from another repository, which is not here: `git clone{branch} {url} {folder}`"))
}

/// Says that a file is spelt in another way than `path`.
pub fn other_case(tree: &SourceTree, found: Found, path: &str, span: Span) -> Diagnostic {
    let real = tree.sources.path(found.file);
    let right = right_spelling(path, real.as_str());
    Diagnostic::new(Code::FileCase, span, format!("the case of `{path}` differs from that of the file"))
        .help(format!("write `{right}`"))
}

/// Says that the file that `path` leads to is not built, since `winner` has its place in the output.
pub fn left_out(tree: &SourceTree, winner: FileId, path: &str, span: Span) -> Diagnostic {
    let winner = tree.sources.path(winner);
    let message = format!("`{path}` is not built: `{winner}` has the same place in the output");
    let link = tree.sources.path(span.file).url_to(&winner);
    Diagnostic::new(Code::LinkOutOfScope, span, message).help(format!("rename one of them, or link to `{link}`"))
}

/// `path` with the names of `real`, the file that it leads to.
fn right_spelling(path: &str, real: &str) -> String {
    let mut names = real.rsplit('/');
    let mut parts: Vec<&str> = path.split('/').collect();
    for part in parts.iter_mut().rev().filter(|part| !matches!(**part, "" | "." | ".." | "~")) {
        match names.next() {
            Some(name) if name.to_lowercase() == part.to_lowercase() => *part = name,
            _ => break,
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_spelling_keeps_the_way() {
        assert_eq!(right_spelling("../About/about_x.md", "docs/about/About_X.md"), "../about/About_X.md");
        assert_eq!(right_spelling("./x.md", "docs/X.md"), "./X.md");
    }
}
