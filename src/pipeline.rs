//! Runs the stages, on all cores where they are independent.

use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::content::redirects::{Moves, Redirects};
use crate::content::tree::{self, Entry, SourceTree};
use crate::diagnostic::Diagnostics;
use crate::path::RepoPath;
use crate::site::compile::compile;
use crate::site::index::{self, Site};
use crate::site::library::Library;
use crate::site::page::Page;
use crate::source::{FileId, Sources};

/// The files of a site, and what each becomes.
#[derive(Debug)]
pub struct Input {
    /// What the configuration files say.
    pub config: Config,
    /// The files.
    pub tree: Arc<SourceTree>,
    /// What was moved.
    pub moves: Arc<Moves>,
}

/// Finds the files of a site. `output` is the output folder, if it lies in the repository; `asked` are articles that
/// are pages even if the configuration leaves them out.
pub fn discover(
    sources: Arc<Sources>,
    config: Config,
    output: Option<&RepoPath>,
    asked: &[FileId],
) -> (Input, Diagnostics) {
    let (mut tree, mut diagnostics) = tree::discover(sources, &config, output);
    let (redirects, more) = Redirects::load(&tree.sources, &config.redirection_files);
    diagnostics.extend(more);
    asked.iter().for_each(|file| tree.adopt(*file));
    let tree = Arc::new(tree);
    let moves = Arc::new(Moves::new(redirects, tree.clone()));
    (Input { config, tree, moves }, diagnostics)
}

/// Compiles the pages of `entries`, in their order.
pub fn compile_pages(tree: &SourceTree, entries: &[&Entry]) -> Vec<Page> {
    let library = Library::new(tree);
    entries.par_iter().map(|entry| compile(entry, &library)).collect()
}

/// Makes the index of the pages.
pub fn index_pages(input: &Input, pages: &[Page]) -> Site {
    let facts = pages.iter().map(|page| (page.file, page.facts.clone()));
    index::index(input.tree.clone(), input.config.settings.clone(), input.moves.clone(), facts)
}
