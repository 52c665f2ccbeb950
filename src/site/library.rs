//! The included files of a site, each read and parsed once and shared by all pages.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use crate::content::metadata;
use crate::content::tree::SourceTree;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::markdown::Options;
use crate::markdown::document::{self, Document};
use crate::source::FileId;

/// Hands out parsed includes.
#[derive(Debug)]
pub struct Library<'a> {
    /// The files and what they become.
    pub tree: &'a SourceTree,
    included: Mutex<FxHashMap<(FileId, usize), Arc<Included>>>,
}

/// A file that other files include.
#[derive(Debug)]
pub struct Included {
    /// Its tree.
    pub document: Document,
    /// The bytes of its text.
    pub bytes: usize,
    /// What reading it has to say.
    pub diagnostics: Diagnostics,
}

impl Library<'_> {
    /// An empty library on a source tree.
    pub fn new(tree: &SourceTree) -> Library<'_> {
        Library { tree, included: Mutex::default() }
    }

    /// A parsed file as a docset reads it, its front matter dropped.
    ///
    /// Two threads may parse the same file at once; both get the same tree.
    pub fn included(&self, file: FileId, docset: usize) -> Arc<Included> {
        let shelf = || self.included.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(included) = shelf().get(&(file, docset)) {
            return included.clone();
        }
        let included = Arc::new(self.parse(file, docset));
        shelf().entry((file, docset)).or_insert(included).clone()
    }

    /// What a docset switches on.
    pub fn options(&self, docset: usize) -> &Options {
        &self.tree.docsets[docset].config.markdown
    }

    fn parse(&self, file: FileId, docset: usize) -> Included {
        let (text, mut diagnostics) = read(self.tree, file);
        let (front, _) = metadata::front_matter(&text, file);
        let (document, more) = document::parse(file, &text, front.body, self.options(docset));
        diagnostics.extend(more);
        Included { document, bytes: text.len(), diagnostics }
    }
}

/// The text of a file. What cannot be read is empty, what is not UTF-8 becomes U+FFFD; both are reported.
pub fn read(tree: &SourceTree, file: FileId) -> (String, Diagnostics) {
    let bytes = match tree.sources.read(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            let message = format!("cannot read `{}`: {error}", tree.sources.path(file));
            return (String::new(), vec![Diagnostic::new(Code::FileUnreadable, file, message)]);
        }
    };
    match String::from_utf8(bytes) {
        Ok(text) => (text, Vec::new()),
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            let is_utf16 = error.as_bytes().starts_with(&[0xff, 0xfe]) || error.as_bytes().starts_with(&[0xfe, 0xff]);
            let message = format!("`{}` is not UTF-8: invalid at byte {offset}", tree.sources.path(file));
            let help = if is_utf16 { "it is UTF-16: save it as UTF-8" } else { "save the file as UTF-8" };
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            (text, vec![Diagnostic::new(Code::FileEncoding, file, message).help(help)])
        }
    }
}
