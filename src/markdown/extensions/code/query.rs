//! What follows the path of a snippet: `?name=..&range=..&start=..&end=..&highlight=..&dedent=..#tag`.
//!
//! Rule: docfx `CodeSnippetParser.TryParseQuery`: a tag beats `#L1-L2`, which beats `start` and `end`, which beat `range`;
//! a tag in the fragment beats `name`. What follows a mistake is not read.

use super::{problem, ranges};
use crate::diagnostic::{Code as Rule, Diagnostic, Severity, suggest};
use crate::markdown::code::{CodeReference, LineRange, Part};
use crate::markdown::extension::Context;
use crate::markdown::syntax::SnippetTarget;

const KEYS: &[&str] = &["name", "range", "start", "end", "highlight", "dedent"];

/// What a query says.
#[derive(Default)]
struct Query<'a> {
    name: Option<&'a str>,
    range: Option<Vec<LineRange>>,
    start: Option<i32>,
    end: Option<i32>,
    highlight: Vec<LineRange>,
    dedent: Option<i32>,
}

/// Adds to `reference` what stands after its path. What cannot be read is reported.
pub(super) fn apply(snippet: &SnippetTarget, reference: &mut CodeReference, cx: &mut Context<'_>) {
    let mut query = Query::default();
    let items = snippet.query.split('&').filter(|_| !snippet.query.is_empty());
    let mut keys: Vec<&str> = Vec::new();
    for item in items {
        let key = item.split('=').next().unwrap_or_default();
        if keys.iter().any(|known| known.eq_ignore_ascii_case(key)) {
            let diagnostic =
                Diagnostic::new(Rule::InvalidCode, cx.span, format!("`{key}` stands twice: the last counts"));
            let help = "write it once; `range=1-2,5` names several lines";
            cx.diagnostics.push(diagnostic.severity(Severity::Suggestion).help(help));
        }
        keys.push(key);
        if let Err((message, help)) = query.read(item) {
            let diagnostic = Diagnostic::new(Rule::InvalidCode, cx.span, message).help(help);
            cx.diagnostics.push(diagnostic);
            break;
        }
    }
    let fragment = &*snippet.fragment;
    let lines = ranges::fragment_range(fragment);
    let tag = Some(fragment).filter(|tag| !tag.is_empty() && lines.is_none()).or(query.name);
    let run = query.start_to_end();
    reference.part = match (tag.filter(|tag| !tag.is_empty()), lines.or(run), query.range) {
        (Some(tag), _, _) => Part::Tag(tag.into()),
        (None, Some(lines), _) => Part::Lines(vec![lines]),
        (None, None, Some(ranges)) => Part::Lines(ranges),
        (None, None, None) => Part::Whole,
    };
    reference.dedent = query.dedent.and_then(|columns| usize::try_from(columns).ok());
    reference.block.highlight = query.highlight;
}

impl<'a> Query<'a> {
    /// Takes `key=value`; a message and the next step if it is none.
    fn read(&mut self, item: &'a str) -> Result<(), (String, String)> {
        let Some((key, value)) = item.split_once('=').filter(|(_, value)| !value.contains('=')) else {
            return Err((format!("`{item}` is no `key=value`"), known_keys()));
        };
        let number = || {
            let help = || format!("write a whole number: `{key}=2`");
            value.trim().parse().map_err(|_| (format!("`{value}` is no number for `{key}`"), help()))
        };
        let lines = || ranges::line_ranges(value).map_err(|wrong| wrong_range(key, wrong));
        match key.to_ascii_lowercase().as_str() {
            "name" => self.name = Some(value),
            "start" => self.start = Some(number()?),
            "end" => self.end = Some(number()?),
            "range" => self.range = Some(lines()?),
            "highlight" => self.highlight = lines()?,
            "dedent" => self.dedent = Some(number()?),
            _ => {
                let near = suggest(key, KEYS.iter().copied());
                let help = near.map_or_else(known_keys, |near| format!("did you mean `{near}`?"));
                return Err((format!("code by reference has no `{key}`"), help));
            }
        }
        Ok(())
    }

    /// The run of lines from `start` to `end`; `start` alone is one line.
    fn start_to_end(&self) -> Option<LineRange> {
        let line = |number: i32| u32::try_from(number).unwrap_or(0);
        let start = self.start?;
        Some(LineRange { first: line(start), last: line(self.end.unwrap_or(start)) })
    }
}

fn known_keys() -> String {
    format!("known are {}", problem::quoted(KEYS.iter().copied()))
}

/// What to say of a range that cannot be read.
pub(super) fn wrong_range(key: &str, wrong: &str) -> (String, String) {
    (format!("`{wrong}` names no lines for `{key}`"), "write line numbers: `1-5,8,12-`".to_owned())
}
