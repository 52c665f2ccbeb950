//! What the user asks for: one file a verb.

pub mod build;
pub mod check;
pub mod explain;
pub mod init;
pub mod render;
pub mod serve;
mod session;

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, anyhow, bail};

use crate::config::{self, Config, root};
use crate::content::tree::Entry;
use crate::diagnostic::{Diagnostics, Severity, suggest};
use crate::path::RepoPath;
use crate::pipeline::{Index, Input};
use crate::report::paths::plain;
use crate::site::page::Page;
use crate::source::Sources;

/// How a command ended, the worse the later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Done; there may be warnings.
    Done,
    /// Errors in the content; with `--strict` also warnings.
    Errors,
    /// Wrong usage or configuration.
    Usage,
    /// Stopped by the user.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Errors => 1,
            Exit::Usage => 2,
            Exit::Interrupted => 130,
        })
    }
}

/// A folder with docs, and its repository.
#[derive(Debug)]
pub struct Workspace {
    /// The files of the repository.
    pub sources: Arc<Sources>,
    /// The folder, a path in the repository.
    pub start: String,
    /// The folder on disk, absolute.
    pub dir: PathBuf,
}

impl Workspace {
    /// Opens the folder `dir`. Fails if it is none.
    pub fn open(dir: &Path) -> anyhow::Result<Workspace> {
        let dir = canonical(dir, "folder")?;
        if !dir.is_dir() {
            bail!("`{}` is a file: name the folder that holds the docs", plain(&dir));
        }
        let repository = root::repository_root(&dir);
        let start = in_repository(&repository, &dir).unwrap_or_default();
        Ok(Workspace { sources: Arc::new(Sources::disk(repository)), start, dir })
    }

    /// Reads the configuration: `explicit` (`--config FILE`), or what the folder holds.
    pub fn config(&self, explicit: Option<&Path>) -> anyhow::Result<(Config, Diagnostics)> {
        let explicit = explicit.map(|file| self.path_of(file)).transpose()?;
        Ok(config::load(&self.sources, &self.start, explicit.as_ref()))
    }

    /// The path in the repository of a file on disk. Fails if it does not exist, or if it lies elsewhere or a symbolic
    /// link leads there.
    pub fn path_of(&self, file: &Path) -> anyhow::Result<RepoPath> {
        let repository = self.sources.root().unwrap_or(Path::new(""));
        let real = canonical(file, "file")?;
        let place = place_of(file)?;
        in_repository(repository, &real)
            .and_then(|_| RepoPath::new(&in_repository(repository, &place)?))
            .with_context(|| format!("`{}` lies outside the repository `{}`", file.display(), plain(repository)))
    }
}

pub use session::{Session, Timings};

/// Everything that the stages found.
fn all(config: Diagnostics, input: &Input, pages: &[Arc<Page>], index: &Index, links: Diagnostics) -> Diagnostics {
    let of_pages = pages.iter().flat_map(|page| &page.diagnostics);
    let mut all: Diagnostics = of_pages.chain(&input.diagnostics).chain(&index.diagnostics).cloned().collect();
    all.extend(config);
    all.extend(links);
    all
}

/// Fails when there is nothing to build: most likely this is not the folder that was meant.
fn expect_articles(entries: &[&Entry], dir: &Path) -> anyhow::Result<()> {
    if entries.is_empty() {
        let dir = dir.display();
        bail!(
            "there are no articles in `{dir}`: recto reads the markdown in that folder or its `articles/`, or what its \
             configuration names\n  help: `recto init {dir}` makes a small docset to start from"
        );
    }
    Ok(())
}

/// Whether the configuration is too broken to build with.
fn is_broken(diagnostics: &Diagnostics) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// Where a path that the user named lies. `what` it should be is told when it is not there.
fn canonical(path: &Path, what: &str) -> anyhow::Result<PathBuf> {
    path.canonicalize().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => match neighbour(path) {
            Some(near) => {
                anyhow!("there is no {what} `{}`\n  help: did you mean `{}`?", path.display(), plain(&near))
            }
            None => anyhow!("there is no {what} `{}`", path.display()),
        },
        _ => anyhow!("cannot open the {what} `{}`: {error}", path.display()),
    })
}

/// Where a file that the user named lies. A symbolic link keeps its own name: under that a build finds it.
fn place_of(file: &Path) -> anyhow::Result<PathBuf> {
    let real = canonical(file, "file")?;
    match file.file_name() {
        Some(name) if file.is_symlink() => Ok(canonical(folder_of(file), "folder")?.join(name)),
        _ => Ok(real),
    }
}

/// Fails if a folder on the way to a file that the user named is a symbolic link out of the repository that holds it.
fn expect_no_way_out(file: &Path) -> anyhow::Result<()> {
    for link in file.ancestors().skip(1).filter(|folder| folder.is_symlink()) {
        let (holder, target) = (canonical(folder_of(link), "folder")?, canonical(link, "folder")?);
        if let Some(root) = root::known_root(&holder).filter(|root| !target.starts_with(root)) {
            bail!(
                "`{}` lies outside the repository `{}`: the symbolic link `{}` leads out of it",
                file.display(),
                plain(root),
                link.display()
            );
        }
    }
    Ok(())
}

/// The folder that holds a file that the user named.
fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What lies where `path` would lie, and has a name like its. A symbolic link that leads nowhere has its very name.
fn neighbour(path: &Path) -> Option<PathBuf> {
    let names = folder_of(path).read_dir().ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.take(MAX_NEIGHBOURS).collect();
    let name = path.file_name()?.to_str()?;
    names.retain(|other| other != name);
    names.sort();
    suggest(name, names.iter().map(String::as_str)).map(|near| path.with_file_name(near))
}

/// With how many names one that is not there is compared.
const MAX_NEIGHBOURS: usize = 4096;

/// `path` relative to the repository, with `/`; `None` if it lies elsewhere or is no Unicode.
fn in_repository(repository: &Path, path: &Path) -> Option<String> {
    let relative = path.strip_prefix(repository).ok()?;
    let names: Option<Vec<&str>> = relative.components().map(|part| part.as_os_str().to_str()).collect();
    Some(names?.join("/"))
}
