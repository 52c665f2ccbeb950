//! The pages by their uids, to which cross references lead.

use rustc_hash::FxHashMap;

use crate::content::tree::{Entry, SourceTree};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::site::page::Facts;
use crate::source::FileId;

/// The pages by their uids.
#[derive(Debug, Default)]
pub struct Uids(FxHashMap<String, Vec<FileId>>);

impl Uids {
    /// Collects the uids of pages, and reports those that two pages of one version have.
    pub fn new<'f>(tree: &SourceTree, facts: impl Iterator<Item = (FileId, &'f Facts)>) -> (Uids, Diagnostics) {
        let (mut uids, mut diagnostics) = (Uids::default(), Vec::new());
        let version = |file: FileId| tree.entry(file).map(|entry| (entry.docset, entry.group));
        for (file, facts) in facts {
            let Some(uid) = facts.uid() else { continue };
            let pages = uids.0.entry(uid.to_lowercase()).or_default();
            if let Some(other) = pages.iter().find(|other| version(**other) == version(file)) {
                let message = format!("the uid `{uid}` is also that of `{}`", tree.sources.path(*other));
                let help = "give each page a uid of its own; cross references lead to the first";
                diagnostics.push(Diagnostic::new(Code::DuplicateUid, file, message).help(help));
            }
            pages.push(file);
        }
        (uids, diagnostics)
    }

    /// The page with a uid: of several versions the one in `group` of `docset`, else the newest.
    pub fn find<'t>(&self, tree: &'t SourceTree, uid: &str, docset: usize, group: Option<usize>) -> Option<&'t Entry> {
        let pages = self.0.get(&uid.to_lowercase())?;
        let entries = || pages.iter().filter_map(|file| tree.entry(*file));
        let is_same = |entry: &&Entry| entry.docset == docset && entry.group == group;
        entries().find(is_same).or_else(|| entries().find(|entry| !entry.is_older_version)).or_else(|| entries().next())
    }
}
