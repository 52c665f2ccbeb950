//! Cross references: `xref:uid` leads to the page whose front matter has the uid, compared without case.
//!
//! Rule: docfx `XRefDetails`: `displayProperty` and its kin choose a text and are no part of the address, `text` is one;
//! what else stands after `?` or `#` goes to the page.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::content::tree::{Entry, SourceTree};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::path;
use crate::site::page::Facts;
use crate::source::FileId;

/// What `uid?query#fragment` says.
#[derive(Debug, PartialEq, Eq)]
pub struct CrossReference<'a> {
    /// Percent-decoded.
    pub uid: Cow<'a, str>,
    /// The text that the author wants.
    pub text: Option<String>,
    /// What goes to the page: `?query#fragment` or less.
    pub suffix: String,
}

/// The keys of a query that choose the text.
const DISPLAY: &[&str] = &["text", "alt", "displayProperty", "altProperty", "title"];

impl<'a> CrossReference<'a> {
    /// Reads what stands after `xref:`; quotes around it are no part of it.
    pub fn parse(reference: &'a str) -> CrossReference<'a> {
        let inner = |quote: char| reference.strip_prefix(quote)?.strip_suffix(quote);
        let reference = inner('"').or_else(|| inner('\'')).unwrap_or(reference);
        let (rest, fragment) = reference.split_at(reference.find('#').unwrap_or(reference.len()));
        let (uid, query) = rest.split_once('?').unwrap_or((rest, ""));
        let key = |pair: &&str| pair.split('=').next().unwrap_or_default().to_owned();
        let pairs = || query.split('&').filter(|pair| !pair.is_empty());
        let text = pairs().find_map(|pair| pair.strip_prefix("text=")).map(|text| path::decode(text).into_owned());
        let kept: Vec<&str> = pairs().filter(|pair| !DISPLAY.contains(&key(pair).as_str())).collect();
        let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
        CrossReference { uid: path::decode(uid.trim()), text, suffix: format!("{query}{fragment}") }
    }

    /// Whether it names nothing: `xref:`, `xref:''`, `xref:#fragment`.
    pub fn has_no_uid(&self) -> bool {
        self.uid.trim().is_empty()
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_chooses_a_text_is_no_part_of_the_address() {
        let read = CrossReference::parse("A.B%2A?displayProperty=name&view=x&text=a%20b#part");
        assert_eq!((&*read.uid, read.text.as_deref(), read.suffix.as_str()), ("A.B*", Some("a b"), "?view=x#part"));
        assert_eq!(CrossReference::parse("A").suffix, "");
    }
}
