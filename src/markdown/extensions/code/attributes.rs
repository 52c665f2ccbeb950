//! The attributes of `:::code source=".." id=".." range=".." highlight=".." language=".." interactive="..":::`.
//!
//! Rule: docfx `CodeExtension.TryProcessAttributes`: `source` must be there, other names than these six are an error,
//! `id` beats `range`.

use super::{languages, problem, query, ranges};
use crate::diagnostic::{Code as Rule, Diagnostic, Severity, suggest};
use crate::markdown::code::{CodeBlock, CodeReference, Form, LineRange, Part};
use crate::markdown::extension::Context;
use crate::markdown::syntax::Directive;

const NAMES: &[&str] = &["source", "id", "range", "highlight", "language", "interactive"];

/// What the attributes ask for; `None`, and reported, when one is wrong or `source` is missing.
pub(super) fn reference(directive: &Directive, cx: &mut Context<'_>) -> Option<CodeReference> {
    if let Some((message, help)) = mistake(directive) {
        report(cx, Severity::Error, message, help);
        return None;
    }
    let value = |name: &str| directive.attribute(name).filter(|value| !value.is_empty());
    let path = value("source")?;
    let mut lines = |name: &str| value(name).and_then(|text| line_ranges(name, text, cx));
    let (range, highlight) = (lines("range"), lines("highlight").unwrap_or_default());
    let part = match (value("id"), range) {
        (Some(id), _) => Part::Tag(id.into()),
        (None, Some(ranges)) => Part::Lines(ranges),
        (None, None) => Part::Whole,
    };
    let language = value("language").or_else(|| languages::of_file(path));
    if language.is_none() {
        let message = format!("the language of `{path}` cannot be told from its name");
        report(cx, Severity::Error, message, "add `language=\"..\"`".to_owned());
    }
    let block = CodeBlock {
        info: language.unwrap_or("").into(),
        interactive: value("interactive").unwrap_or("").into(),
        highlight,
        ..CodeBlock::default()
    };
    Some(CodeReference { form: Form::TripleColon, path: path.into(), part, dedent: None, block })
}

/// What keeps the directive from being one, and the next step.
fn mistake(directive: &Directive) -> Option<(String, String)> {
    if let Some(other) = directive.other_than(NAMES) {
        let name = &*other.name;
        let known = || format!("known are {}", problem::quoted(NAMES.iter().copied()));
        let near = suggest(name, NAMES.iter().copied());
        let help = near.map_or_else(known, |near| format!("did you mean `{near}`?"));
        return Some((format!("`:::code` has no attribute `{name}`"), help));
    }
    let has_source = directive.filled("source").is_some();
    (!has_source)
        .then(|| ("the code has no `source`".to_owned(), "add `source=\"..\"` with the path of a file".to_owned()))
}

/// The lines of an attribute; `None`, and reported, when it names none.
fn line_ranges(name: &str, text: &str, cx: &mut Context<'_>) -> Option<Vec<LineRange>> {
    match ranges::line_ranges(text) {
        Ok(ranges) => Some(ranges),
        Err(wrong) => {
            let (message, help) = query::wrong_range(name, wrong);
            report(cx, Severity::Warning, message, help);
            None
        }
    }
}

fn report(cx: &mut Context<'_>, severity: Severity, message: String, help: String) {
    cx.diagnostics.push(Diagnostic::new(Rule::InvalidCode, cx.span, message).help(help).severity(severity));
}
