//! What can be wrong with a reference once its file is read, and how it is told.

use crate::diagnostic::{Code as Rule, Diagnostic, Severity, suggest};
use crate::markdown::code::{CodeReference, Form, LineRange};
use crate::source::Span;

/// Why a file has no code for a reference, or what is doubtful about the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The part is there and holds nothing.
    Empty,
    /// The file does not have the tag. These it has.
    NoTag {
        /// The tag that is asked for.
        tag: String,
        /// The tags of the file.
        known: Vec<String>,
    },
    /// A tag has a start and no end.
    Unclosed {
        /// The tag.
        tag: String,
    },
    /// Nothing stands between the start and the end of a tag.
    EmptyTag {
        /// The tag.
        tag: String,
    },
    /// A range has no line of the file in it.
    NoLines {
        /// The range.
        range: LineRange,
        /// How many lines the file has.
        count: u32,
    },
    /// A range goes on behind the last line of the file.
    Beyond {
        /// The range.
        range: LineRange,
        /// How many lines the file has.
        count: u32,
    },
    /// Lines are to stand out that the code does not have.
    HighlightBeyond {
        /// The lines.
        range: LineRange,
        /// How many lines the code has.
        count: u32,
    },
    /// The table of languages does not have this one.
    UnknownLanguage {
        /// A name, or the extension of a file.
        language: String,
    },
    /// The file is no notebook.
    NoNotebook {
        /// What the reader of JSON says.
        reason: String,
    },
    /// No cell is asked for.
    UnnamedCell {
        /// The names of the cells.
        known: Vec<String>,
    },
    /// The notebook does not have the cell. These it has.
    NoCell {
        /// The cell that is asked for.
        cell: String,
        /// The names of the cells.
        known: Vec<String>,
    },
    /// Several cells have the name.
    ManyCells {
        /// The name.
        cell: String,
    },
    /// The code is longer than what the page may still show.
    TooLong,
}

const RIGHT_FILE: &str = "is it the right file?";
const TURNED: &str = "it ends before it begins";

impl Problem {
    /// The diagnostic for a reference that is written at `span`.
    ///
    /// Codes are those of docfx, which has `invalid-code` for whatever keeps `:::code` from being shown. Of a snippet
    /// whose file lacks the part it says nothing: a suggestion, which `rules` may raise.
    pub fn diagnostic(&self, reference: &CodeReference, span: Span) -> Diagnostic {
        let not_found = not_found(reference.form);
        let path = &reference.path;
        let told = |code: Rule, message: String, help: String| {
            let severity = if code == Rule::CodesnippetNotFound { Severity::Suggestion } else { code.severity() };
            Diagnostic::new(code, span, message).severity(severity).help(help)
        };
        let doubtful = |message, help| told(not_found, message, help).severity(Severity::Suggestion);
        match self {
            Problem::Empty => told(not_found, format!("there is no code in `{path}`"), RIGHT_FILE.to_owned()),
            Problem::NoTag { tag, known } => {
                told(not_found, format!("`{path}` has no tag `{tag}`"), among("tags", "tag", tag, known))
            }
            Problem::Unclosed { tag } => {
                let help = "end it in the file, in the same kind of comment";
                told(not_found, format!("the tag `{tag}` begins in `{path}` and does not end"), help.to_owned())
            }
            Problem::EmptyTag { tag } => {
                let help = "put code between its start and its end in the file";
                told(not_found, format!("the tag `{tag}` of `{path}` holds nothing"), help.to_owned())
            }
            Problem::NoLines { range, count } => {
                let message = format!("`{}` names no lines of `{path}`", shown(*range));
                let is_turned = range.first > range.last;
                told(not_found, message, if is_turned { TURNED.to_owned() } else { lines("file", *count) })
            }
            Problem::Beyond { range, count } => {
                let message = format!("`{}` goes on behind the end of `{path}`", shown(*range));
                doubtful(message, lines("file", *count))
            }
            Problem::HighlightBeyond { range, count } => {
                let message = format!("`{}` is to stand out in code that ends before", shown(*range));
                doubtful(message, lines("code", *count))
            }
            Problem::UnknownLanguage { language } => {
                let message =
                    format!("tags of the language `{language}` are not known: every kind of comment is tried");
                told(Rule::UnknownLanguageCode, message, "name lines instead, or another language".to_owned())
            }
            Problem::NoNotebook { reason } => {
                let message = format!("`{path}` is no notebook: {reason}");
                told(Rule::NotNotebookContent, message, RIGHT_FILE.to_owned())
            }
            Problem::UnnamedCell { known } => {
                let message = "no cell of the notebook is named".to_owned();
                told(Rule::TagNotFound, message, among("cells", "cell", "", known))
            }
            Problem::NoCell { cell, known } => {
                told(Rule::TagNotFound, format!("`{path}` has no cell `{cell}`"), among("cells", "cell", cell, known))
            }
            Problem::ManyCells { cell } => {
                let message = format!("`{path}` has more than one cell `{cell}`");
                told(Rule::MultipleTagsWithSameName, message, "give each cell a name of its own".to_owned())
            }
            Problem::TooLong => {
                let help = "show a part of the file, or split the page";
                told(Rule::BudgetExceeded, "the page shows more code than any reader needs".to_owned(), help.to_owned())
            }
        }
    }
}

/// The code for a reference that leads to no code.
pub fn not_found(form: Form) -> Rule {
    match form {
        Form::TripleColon => Rule::InvalidCode,
        Form::Snippet | Form::Notebook => Rule::CodesnippetNotFound,
    }
}

/// The next step when a name is not among those that there are.
fn among(plural: &str, singular: &str, wanted: &str, known: &[String]) -> String {
    let names = || known.iter().map(String::as_str);
    match suggest(wanted, names()) {
        _ if known.is_empty() => {
            format!("it has no {plural} at all; a {singular} is a name that the file gives a part of itself")
        }
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("its {plural}: {}", quoted(names())),
    }
}

/// Names in backticks, with commas between them; no more than a reader can take in.
pub(super) fn quoted<'a>(names: impl Iterator<Item = &'a str>) -> String {
    const MOST: usize = 20;
    let mut names: Vec<&str> = names.take(MOST + 1).collect();
    let is_cut = names.len() > MOST;
    names.truncate(MOST);
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    format!("{}{}", quoted.join(", "), if is_cut { " and more" } else { "" })
}

fn lines(what: &str, count: u32) -> String {
    format!("the {what} has {count} {}", if count == 1 { "line" } else { "lines" })
}

fn shown(range: LineRange) -> String {
    let number = |line: u32| if line == u32::MAX { String::new() } else { line.to_string() };
    if range.first == range.last {
        number(range.first)
    } else {
        format!("{}-{}", number(range.first), number(range.last))
    }
}
