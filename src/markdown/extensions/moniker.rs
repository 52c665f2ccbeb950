//! Moniker ranges: `::: moniker range=">= contoso-1.0"` up to `::: moniker-end`: text for some versions.
//!
//! Rule: docfx `MonikerRangeParser` and Learn's `MonikerRangeParser`: comparators beside each other must all hold, `||`
//! separates alternatives.

use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::Options;
use crate::markdown::extension::{Context, Extension, Indentation, Shape};
use crate::markdown::syntax::Directive;
use crate::markdown::tree::{Comparator, Condition, MonikerRange, Node, NodeKind};
use crate::source::Span;

/// `:::moniker`
#[derive(Debug)]
pub struct Moniker;

impl Extension for Moniker {
    fn owns(&self, name: &str, _options: &Options) -> bool {
        matches!(name, ":moniker" | ":moniker-end")
    }

    fn shape(&self, directive: &Directive) -> Shape {
        directive.container(Indentation::Counts)
    }

    fn code(&self) -> Code {
        Code::InvalidMonikerRange
    }

    fn opens(&self, directive: &Directive, cx: &mut Context<'_>) -> bool {
        if directive.attribute("range").is_some() {
            cx.diagnostics.extend(directive.other_than(&["range"]).map(|other| {
                let place = Span::new(cx.span.file, other.range.clone());
                let message = format!("a moniker zone has no attribute `{}`", other.name);
                Diagnostic::new(Code::InvalidMonikerRange, place, message).help("take it out: only `range` counts")
            }));
            return true;
        }
        let diagnostic = Diagnostic::new(self.code(), cx.span, "the moniker zone has no `range`");
        cx.diagnostics.push(diagnostic.help("add the versions, such as `range=\">= contoso-1.0\"`"));
        false
    }

    fn lower(&self, directive: Directive, cx: &mut Context<'_>) -> Vec<Node> {
        let body = std::mem::take(&mut cx.body);
        match range(directive.attribute("range").unwrap_or_default()) {
            Ok(range) => vec![Node::with(NodeKind::Condition(Box::new(Condition::Moniker(range))), cx.span, body)],
            Err(message) => {
                let help = "write `>= a`, `< b` or names, with `||` between alternatives";
                cx.diagnostics.push(Diagnostic::new(Code::MonikerRangeInvalid, cx.span, message).help(help));
                body
            }
        }
    }
}

/// Makes a comparator of the name behind its operator.
type Make = fn(Box<str>) -> Comparator;

const OPERATORS: &[(&str, Make)] = &[
    (">=", Comparator::AtLeast),
    ("<=", Comparator::AtMost),
    (">", Comparator::After),
    ("<", Comparator::Before),
    ("=", Comparator::Is),
];

/// Reads a range; the error says what cannot be read.
pub fn range(text: &str) -> Result<MonikerRange, String> {
    let alternatives = text.split("||").map(alternative).collect::<Result<_, _>>()?;
    Ok(MonikerRange { text: text.trim().into(), alternatives })
}

fn alternative(text: &str) -> Result<Vec<Comparator>, String> {
    let mut comparators = Vec::new();
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err("the moniker range has an empty alternative".to_owned());
    }
    while !rest.is_empty() {
        let operator = OPERATORS.iter().find(|(operator, _)| rest.starts_with(operator));
        let (length, compare) = operator.map_or((0, Comparator::Is as fn(_) -> _), |(text, make)| (text.len(), *make));
        rest = rest[length..].trim_start();
        let end = rest.find(|c: char| c.is_whitespace() || "<>=|".contains(c)).unwrap_or(rest.len());
        if end == 0 {
            return Err(format!("the moniker range `{}` cannot be read at `{rest}`", text.trim()));
        }
        comparators.push(compare(rest[..end].to_lowercase().into()));
        rest = rest[end..].trim_start();
    }
    Ok(comparators)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_alternatives_of_comparators() {
        let read = range(">= a-1.0 <b-2 || =c").expect("a range");
        let name = Box::<str>::from;
        assert_eq!(
            read.alternatives,
            [
                vec![Comparator::AtLeast(name("a-1.0")), Comparator::Before(name("b-2"))],
                vec![Comparator::Is(name("c"))]
            ]
        );
        assert!(range("a || ").is_err() && range(">= ").is_err() && range("").is_err());
    }
}
