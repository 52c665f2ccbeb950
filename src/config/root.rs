//! Where a repository and a docset begin on disk, seen from a folder or file in it.

use std::path::{Path, PathBuf};

use super::defaults::ARTICLES;
use super::publish;

/// The files that make their folder the root of a docset or of several.
const CONFIGURATION: &[&str] = &["recto.yml", "docfx.json", publish::FILE_NAME];

/// Those of them that may name several docsets.
const SITE: &[&str] = &["recto.yml", publish::FILE_NAME];

/// The folder above which nothing is read: the nearest one at or above `dir` that holds `.git` or a publish
/// configuration; without one, the docset root. `dir` should be absolute.
pub fn repository_root(dir: &Path) -> PathBuf {
    marked_root(dir).unwrap_or_else(|| docset_root(dir)).to_owned()
}

fn marked_root(dir: &Path) -> Option<&Path> {
    dir.ancestors().find(|folder| folder.join(".git").exists() || folder.join(publish::FILE_NAME).is_file())
}

/// The folder above which nothing is read that lies in `dir`, if anything tells that `dir` belongs to docs: as
/// [`repository_root`], but none for a folder by itself. `dir` should be absolute.
pub fn known_root(dir: &Path) -> Option<&Path> {
    let is_docset = |folder: &&Path| is_configured(folder) || dir.starts_with(folder.join(ARTICLES));
    marked_root(dir).or_else(|| dir.ancestors().find(is_docset))
}

/// The folder itself, or what holds it if it is the `articles` of a docset without configuration.
fn docset_root(dir: &Path) -> &Path {
    let is_articles = dir.file_name().is_some_and(|name| name.eq_ignore_ascii_case(ARTICLES));
    match dir.parent() {
        Some(parent) if is_articles && !is_configured(dir) => parent,
        _ => dir,
    }
}

/// The folder whose build holds a file that is named by itself: the root of its repository, if that has a publish
/// configuration or a `recto.yml`; else the nearest folder above it that holds a configuration or `articles/`, not above
/// the repository; without one, the file's folder. `file` should be absolute.
pub fn site_root_for(file: &Path) -> PathBuf {
    let home = file.parent().unwrap_or(file);
    let repository = repository_root(home);
    if SITE.iter().any(|name| repository.join(name).is_file()) {
        return repository;
    }
    for folder in home.ancestors() {
        if is_configured(folder) || folder.join(ARTICLES).is_dir() {
            return folder.to_owned();
        }
        if folder.join(".git").exists() {
            break;
        }
    }
    home.to_owned()
}

/// The file by which docfx knows the docs of a folder, if there is one.
pub fn docfx_configuration(folder: &Path) -> Option<&'static str> {
    [publish::FILE_NAME, "docfx.json"].into_iter().find(|name| folder.join(name).is_file())
}

fn is_configured(folder: &Path) -> bool {
    CONFIGURATION.iter().any(|name| folder.join(name).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for file in files {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            std::fs::write(path, "").expect("written");
        }
        folder
    }

    #[test]
    fn a_repository_begins_at_git_or_its_publish_configuration() {
        let repository =
            folder(&[".git/HEAD", "docs/a.md", "other/.openpublishing.publish.config.json", "other/x/b.md"]);
        let root = repository.path();
        assert_eq!(repository_root(&root.join("docs")), root);
        assert_eq!(repository_root(&root.join("other/x")), root.join("other"));
    }

    #[test]
    fn a_site_begins_at_the_root_of_the_repository_if_that_names_docsets() {
        for name in ["recto.yml", publish::FILE_NAME] {
            let repository = folder(&[".git/HEAD", name, "docs/docfx.json", "docs/a.md"]);
            assert_eq!(site_root_for(&repository.path().join("docs/a.md")), repository.path());
        }
    }

    #[test]
    fn a_docset_begins_at_its_configuration_or_above_articles() {
        let repository = folder(&[".git/HEAD", "docs/docfx.json", "docs/x/a.md", "b/articles/c/d.md", "plain/e/f.md"]);
        let root = repository.path();
        assert_eq!(site_root_for(&root.join("docs/x/a.md")), root.join("docs"));
        assert_eq!(site_root_for(&root.join("b/articles/c/d.md")), root.join("b"));
        assert_eq!(site_root_for(&root.join("plain/e/f.md")), root.join("plain/e"));
    }
}
