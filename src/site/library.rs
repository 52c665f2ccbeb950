//! The included files of a site and those with code, each read and parsed once and shared by all pages.

use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use crate::content::metadata;
use crate::content::tree::SourceTree;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::markdown::Options;
use crate::markdown::document::{self, Document};
use crate::source::FileId;

/// Hands out parsed includes, and the texts of files with code.
#[derive(Debug)]
pub struct Library<'a> {
    /// The files and what they become.
    pub tree: &'a SourceTree,
    included: Mutex<FxHashMap<(FileId, usize), Arc<Included>>>,
    code: Mutex<FxHashMap<FileId, Arc<CodeFile>>>,
}

/// A file that pages take code from.
#[derive(Debug)]
pub struct CodeFile {
    /// Its text.
    pub text: String,
    /// What reading it has to say.
    pub diagnostics: Diagnostics,
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
    /// Whether its name is that of a markdown file. Another one is read as such all the same if it is text.
    pub is_markdown: bool,
}

impl Included {
    /// Why the file can be no include, if it cannot: it is named as something else, and is no text.
    pub fn refusal(&self) -> Option<&Diagnostic> {
        let is_encoding = |diagnostic: &&Diagnostic| diagnostic.code == Code::FileEncoding;
        self.diagnostics.first().filter(is_encoding).filter(|_| !self.is_markdown)
    }
}

impl Library<'_> {
    /// An empty library on a source tree.
    pub fn new(tree: &SourceTree) -> Library<'_> {
        Library { tree, included: Mutex::default(), code: Mutex::default() }
    }

    /// A parsed file as a docset reads it, its front matter dropped.
    ///
    /// Two threads may parse the same file at once; both get the same tree.
    pub fn included(&self, file: FileId, docset: usize) -> Arc<Included> {
        shared(&self.included, (file, docset), || self.parse(file, docset))
    }

    /// The text of a file with code. Two threads may read the same file at once; both get the same text.
    pub fn code(&self, file: FileId) -> Arc<CodeFile> {
        shared(&self.code, file, || {
            let (text, diagnostics) = read(self.tree, file);
            CodeFile { text, diagnostics }
        })
    }

    /// What a docset switches on.
    pub fn options(&self, docset: usize) -> &Options {
        &self.tree.docsets[docset].config.markdown
    }

    fn parse(&self, file: FileId, docset: usize) -> Included {
        let (mut text, mut diagnostics) = read(self.tree, file);
        let is_markdown = matches!(self.tree.sources.path(file).extension().as_str(), "md" | "markdown");
        if !is_markdown && !diagnostics.is_empty() {
            // Bytes of an image are of no use to anybody.
            text.clear();
        }
        let (front, misplaced) = metadata::front_matter(&text, file);
        if front.span.is_none() {
            // What is wrong in front matter that is dropped is nobody's concern.
            diagnostics.extend(misplaced);
        }
        let (document, more) = document::parse(file, &text, front.body, self.options(docset));
        diagnostics.extend(more);
        Included { document, bytes: text.len(), diagnostics, is_markdown }
    }
}

/// What stands on a shelf under a key; `make` makes it when nothing does.
fn shared<K: Hash + Eq + Copy, T>(shelf: &Mutex<FxHashMap<K, Arc<T>>>, key: K, make: impl FnOnce() -> T) -> Arc<T> {
    let shelf = || shelf.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = shelf().get(&key) {
        return found.clone();
    }
    let made = Arc::new(make());
    shelf().entry(key).or_insert(made).clone()
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
