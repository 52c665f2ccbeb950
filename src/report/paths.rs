//! How paths of the repository are shown: relative to where the user stands.

use std::path::{Component, Path, PathBuf};

use super::Format;
use crate::path::RepoPath;

/// Turns paths of the repository into paths that the reader of a report can open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paths {
    /// What leads from the reader to the repository's root: empty, or with a final `/`.
    prefix: String,
}

impl Paths {
    /// The paths that a format wants, for the repository at `root`, as this process stands.
    pub fn for_format(format: Format, root: Option<&Path>) -> Paths {
        let real = |path: PathBuf| path.canonicalize().unwrap_or(path);
        if format == Format::Github {
            let workspace = std::env::var_os("GITHUB_WORKSPACE").map(|path| real(path.into()));
            return Paths::in_workspace(workspace.as_deref(), root);
        }
        match std::env::current_dir() {
            Ok(here) => Paths::relative_to(&real(here), root),
            Err(_) => Paths::default(),
        }
    }

    /// Paths relative to `base`, the current folder; absolute when no relative path leads there (another drive).
    ///
    /// Both are absolute, canonical paths. `root` is the repository's; `None` (files in memory) shows paths as they are.
    pub fn relative_to(base: &Path, root: Option<&Path>) -> Paths {
        let Some(root) = root else { return Paths::default() };
        let mut prefix = relative(base, root).unwrap_or_else(|| plain(root));
        if !prefix.is_empty() && !prefix.ends_with('/') {
            prefix.push('/');
        }
        Paths { prefix }
    }

    /// Paths as GitHub wants them in annotations: relative to the checkout, `GITHUB_WORKSPACE`.
    ///
    /// When the checkout is unknown, or the repository lies elsewhere, relative to the repository's root.
    pub fn in_workspace(workspace: Option<&Path>, root: Option<&Path>) -> Paths {
        match (workspace, root) {
            (Some(workspace), Some(root)) if root.starts_with(workspace) => Paths::relative_to(workspace, Some(root)),
            _ => Paths::default(),
        }
    }

    /// The path as it is shown, `/` between names.
    pub fn show(&self, path: &RepoPath) -> String {
        if path.as_str().is_empty() {
            let folder = self.prefix.trim_end_matches('/');
            return if folder.is_empty() { ".".to_owned() } else { folder.to_owned() };
        }
        format!("{}{path}", self.prefix)
    }
}

/// A path on disk as somebody who stands in the current folder writes it; a relative one stays as it is.
pub fn from_here(path: &Path) -> String {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).ok().filter(|_| path.is_absolute());
    here.and_then(|here| relative(&here, path)).unwrap_or_else(|| plain(path))
}

/// The path that leads from the folder `from` to `to`; `None` when they share no root.
fn relative(from: &Path, to: &Path) -> Option<String> {
    let (mut here, mut there) = (from.components().peekable(), to.components().peekable());
    if matches!(here.peek(), Some(Component::Prefix(_))) && here.peek() != there.peek() {
        return None;
    }
    while here.peek().is_some() && here.peek() == there.peek() {
        here.next();
        there.next();
    }
    let mut parts: Vec<String> = here.map(|_| "..".to_owned()).collect();
    parts.extend(there.map(|part| part.as_os_str().to_string_lossy().into_owned()));
    Some(parts.join("/"))
}

/// A path on disk as people write it, `/` between names, and on Windows without the `\\?\` of a canonical one.
pub fn plain(path: &Path) -> String {
    let text = dunce::simplified(path).to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(base: &str, root: &str) -> String {
        let path = RepoPath::new("articles/a.md").expect("inside");
        Paths::relative_to(Path::new(base), Some(Path::new(root))).show(&path)
    }

    #[test]
    fn paths_start_where_the_user_stands() {
        assert_eq!(shown("/w/docs", "/w/docs"), "articles/a.md");
        assert_eq!(shown("/w", "/w/docs"), "docs/articles/a.md");
        assert_eq!(shown("/w/docs/articles", "/w/docs"), "../articles/a.md");
        assert_eq!(shown("/w/site", "/w/docs"), "../docs/articles/a.md");
    }

    #[test]
    fn annotations_are_relative_to_the_checkout() {
        let path = RepoPath::new("a.md").expect("inside");
        let show = |workspace| Paths::in_workspace(workspace, Some(Path::new("/w/repo"))).show(&path);
        assert_eq!(show(Some(Path::new("/w"))), "repo/a.md");
        assert_eq!(show(Some(Path::new("/elsewhere"))), "a.md");
        assert_eq!(show(None), "a.md");
    }

    #[test]
    fn the_root_has_a_name_too() {
        let root = RepoPath::new("").expect("inside");
        assert_eq!(Paths::default().show(&root), ".");
        assert_eq!(Paths::relative_to(Path::new("/w"), Some(Path::new("/w/docs"))).show(&root), "docs");
    }
}
