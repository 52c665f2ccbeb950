//! What is wrong, where, and what to do: diagnostics as values.
//!
//! Codes are a public vocabulary. Where docfx v3, the engine of Microsoft Learn, has a code, ours is the same,
//! with its severity. What each means is written in the manual: see [`Rule`].

mod rule;
mod severities;

use std::fmt;
use std::str::FromStr;

use crate::source::{FileId, Span};
pub use rule::Rule;
pub use severities::{Rules, Severities};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Could be better.
    Suggestion,
    /// Readers will notice.
    Warning,
    /// The page is not what the author meant; the build fails.
    Error,
}

impl Severity {
    /// The word for it, lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Suggestion => "suggestion",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Severity {
    type Err = ();

    fn from_str(text: &str) -> Result<Severity, ()> {
        [Severity::Info, Severity::Suggestion, Severity::Warning, Severity::Error]
            .into_iter()
            .find(|severity| severity.as_str() == text)
            .ok_or(())
    }
}

/// Declares the codes, their names and their severities in one place.
macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal $severity:ident;)*) => {
        /// The rule that was broken.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $variant,)* }

        impl Code {
            /// Every code there is.
            pub const ALL: &[Code] = &[$(Code::$variant),*];

            /// The name, as it is printed and configured.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $name),* }
            }

            /// The severity that it has unless the configuration says otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity),* }
            }
        }
    };
}

codes! {
    /// A link to a heading or element that its page does not have.
    BookmarkNotFound = "bookmark-not-found" Warning;
    /// A page takes too much: depth, count or size of includes, front matter.
    BudgetExceeded = "budget-exceeded" Error;
    /// Redirections that lead back to themselves.
    CircularRedirection = "circular-redirection" Warning;
    /// Includes or TOCs that lead back to themselves.
    CircularReference = "circular-reference" Error;
    /// Code by reference whose file, tag or lines do not exist.
    CodesnippetNotFound = "codesnippet-not-found" Warning;
    /// Configuration that cannot be understood.
    ConfigSyntax = "config-syntax" Error;
    /// A page that is meant for unknown addresses.
    Custom404Page = "custom-404-page" Warning;
    /// A directive on a line of raw HTML, which is shown as text.
    DirectiveInHtml = "directive-in-html" Suggestion;
    /// An HTML attribute that content may not use; it is left out.
    DisallowedHtmlAttribute = "disallowed-html-attribute" Info;
    /// An HTML element that content may not use; it is left out.
    DisallowedHtmlTag = "disallowed-html-tag" Info;
    /// Two sources for one output file.
    DuplicateOutput = "duplicate-output" Error;
    /// Two pages with one uid.
    DuplicateUid = "duplicate-uid" Warning;
    /// The target exists, spelt with other case.
    FileCase = "file-case" Warning;
    /// A file that is not UTF-8.
    FileEncoding = "file-encoding" Error;
    /// A link to a page or resource that does not exist.
    FileNotFound = "file-not-found" Warning;
    /// A file that exists and cannot be read.
    FileUnreadable = "file-unreadable" Error;
    /// A heading on a line of raw HTML, which is shown as text.
    HeadingInHtml = "heading-in-html" Suggestion;
    /// An include that is not written as one, or of a file that is no markdown, or of a part of a file.
    IncludeInvalid = "include-invalid" Warning;
    /// An include whose file does not exist.
    IncludeNotFound = "include-not-found" Error;
    /// Code by reference that cannot be understood, or a `:::code` without code.
    InvalidCode = "invalid-code" Warning;
    /// A `:::form` that lacks what it needs.
    InvalidForm = "invalid-form" Error;
    /// A `:::image` that lacks what it needs.
    InvalidImage = "invalid-image" Error;
    /// A formula that is no LaTeX; it is shown as it is written.
    InvalidMath = "invalid-math" Suggestion;
    /// A `:::moniker` that is not closed, or whose range cannot be read.
    InvalidMonikerRange = "invalid-moniker-range" Warning;
    /// A `:::column` outside a row, or that is not closed.
    InvalidNestedColumn = "invalid-nested-column" Warning;
    /// A `:::no-loc` without text.
    InvalidNoLoc = "invalid-no-loc" Warning;
    /// Text after `[!NOTE]` on its line: it makes a plain quote.
    InvalidNoteSection = "invalid-note-section" Warning;
    /// A `:::row` that is not closed.
    InvalidRow = "invalid-row" Warning;
    /// Tabs with the same id twice, or with other ids than the tabs before.
    InvalidTabGroup = "invalid-tab-group" Warning;
    /// A TOC entry that leads to no file, folder or URL.
    InvalidTocHref = "invalid-toc-href" Error;
    /// A heading of a `toc.md` that is more than one level below the one before.
    InvalidTocLevel = "invalid-toc-level" Error;
    /// A `toc.md` or `toc.yml` that cannot be understood.
    InvalidTocSyntax = "invalid-toc-syntax" Error;
    /// A TOC entry whose `topicHref` leads to a TOC or folder.
    InvalidTopicHref = "invalid-topic-href" Error;
    /// A video without an address, or with one that cannot be shown.
    InvalidVideo = "invalid-video" Error;
    /// A `:::zone` that is not closed, or whose attributes cannot be read.
    InvalidZone = "invalid-zone" Error;
    /// A link to a file that exists but is no content of a docset.
    LinkOutOfScope = "link-out-of-scope" Warning;
    /// A TOC entry without a name, or a redirection without a source or a target.
    MissingAttribute = "missing-attribute" Warning;
    /// A moniker range that cannot be read.
    MonikerRangeInvalid = "moniker-range-invalid" Error;
    /// A notebook in which several cells have the name that is asked for.
    MultipleTagsWithSameName = "multiple-tags-with-same-name" Error;
    /// A file that is taken for a notebook and is none.
    NotNotebookContent = "not-notebook-content" Error;
    /// A redirection whose source still exists.
    RedirectedFileNotRemoved = "redirected-file-not-removed" Warning;
    /// A link to the source of a redirection.
    RedirectedLink = "redirected-link" Suggestion;
    /// One source that is redirected twice, to different places.
    RedirectionConflict = "redirection-conflict" Error;
    /// A redirection that names two sources, or no harmless target.
    RedirectionInvalid = "redirection-invalid" Error;
    /// A table whose rows have different numbers of cells.
    TableColumns = "table-columns" Suggestion;
    /// A notebook without the cell that is asked for.
    TagNotFound = "tag-not-found" Error;
    /// A TOC entry that leads to a folder without a TOC.
    TocNotFound = "toc-not-found" Warning;
    /// A tag in a file of a language whose comments are not known.
    UnknownLanguageCode = "unknown-language-code" Warning;
    /// A link or image whose URL may run code or read local files; it is left out.
    UnsafeLink = "unsafe-link" Warning;
    /// A cross reference that no page and no map resolves.
    XrefNotFound = "xref-not-found" Warning;
    /// A key that its mapping defines twice.
    YamlDuplicateKey = "yaml-duplicate-key" Warning;
    /// Front matter that is YAML, but no mapping.
    YamlHeaderNotObject = "yaml-header-not-object" Warning;
    /// Front matter that is no YAML.
    YamlHeaderSyntaxError = "yaml-header-syntax-error" Warning;
    /// A YAML file that is no YAML.
    YamlSyntaxError = "yaml-syntax-error" Error;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Code {
    type Err = ();

    fn from_str(text: &str) -> Result<Code, ()> {
        Code::ALL.iter().copied().find(|code| code.as_str() == text).ok_or(())
    }
}

/// What a diagnostic is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// Bytes of a file.
    Span(Span),
    /// A file as a whole.
    File(FileId),
    /// Nothing in particular: a command line, a folder.
    Nowhere,
}

impl From<Span> for Place {
    fn from(span: Span) -> Place {
        Place::Span(span)
    }
}

impl From<FileId> for Place {
    fn from(file: FileId) -> Place {
        Place::File(file)
    }
}

/// One mistake of an author, with the next step.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// The rule.
    pub code: Code,
    /// How bad it is here.
    pub severity: Severity,
    /// A lower-case phrase that names the thing in backticks.
    pub message: String,
    /// The next step.
    pub help: Option<String>,
    /// Where.
    pub place: Place,
}

impl Diagnostic {
    /// A diagnostic with the severity of its code.
    pub fn new(code: Code, place: impl Into<Place>, message: impl Into<String>) -> Diagnostic {
        Diagnostic { code, severity: code.severity(), message: message.into(), help: None, place: place.into() }
    }

    /// Adds the next step.
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Takes another severity than the code's own.
    pub fn severity(mut self, severity: Severity) -> Diagnostic {
        self.severity = severity;
        self
    }
}

/// What a stage has to say about its input.
pub type Diagnostics = Vec<Diagnostic>;

/// Names longer than this many bytes are like no other: to compare two costs the product of their lengths.
const MAX_NAME: usize = 512;

/// The candidate that looks most like `word`, if one is near enough to be meant.
pub fn suggest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > MAX_NAME {
        return None;
    }
    let word = word.to_lowercase();
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= MAX_NAME)
        .map(|candidate| (strsim::jaro_winkler(&word, &candidate.to_lowercase()), candidate))
        .filter(|(likeness, _)| *likeness > 0.85)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_people_write_are_compared() {
        let name = |length: usize| "a".repeat(length);
        assert_eq!(suggest("titel", ["name", "title"]), Some("title"));
        assert_eq!(suggest(&name(MAX_NAME), [&*name(MAX_NAME - 1)]).map(str::len), Some(MAX_NAME - 1));
        assert_eq!(suggest(&name(MAX_NAME + 1), [&*name(MAX_NAME)]), None);
        assert_eq!(suggest(&name(MAX_NAME), [&*name(MAX_NAME + 1)]), None);
    }
}
