//! Code by reference: `[!code-csharp[name](path#tag)]`, `[!notebook-python[](path?name=cell)]` and `:::code ..:::`.
//!
//! 1. `lower` makes a [`CodeReference`] of a directive: `query` reads what follows a path, `attributes` those of
//!    `:::code`, `ranges` the lines that both may name.
//! 2. Whoever can read files passes the text of the file to [`extract`]: it finds the part that is meant by its tag
//!    (`tags`, with the comment styles of `languages`), by its lines, or as a cell (`notebook`).
//! 3. What is wrong is a [`Problem`].

mod attributes;
mod extract;
mod languages;
mod notebook;
mod problem;
mod query;
mod ranges;
mod tags;

pub use extract::extract;
pub use problem::{Problem, not_found};

use crate::diagnostic::{Code as Rule, Diagnostic, Severity};
use crate::markdown::Options;
use crate::markdown::code::{CodeBlock, CodeReference, Form, Part};
use crate::markdown::extension::{Context, Extension, Shape};
use crate::markdown::syntax::{Directive, SnippetTarget};
use crate::markdown::tree::{Node, NodeKind};

/// `[!code-csharp[name](path)]`, `[!notebook-python[](path)]`, `:::code source="path":::`
#[derive(Debug)]
pub struct Code;

impl Extension for Code {
    fn owns(&self, name: &str, _options: &Options) -> bool {
        matches!(name, "code" | "notebook" | ":code")
    }

    fn shape(&self, _directive: &Directive) -> Shape {
        Shape::Block
    }

    fn code(&self) -> Rule {
        Rule::InvalidCode
    }

    fn lower(&self, directive: Directive, cx: &mut Context<'_>) -> Vec<Node> {
        if !directive.is_block {
            let message = "code by reference must stand alone on its line";
            let help = "in a line of text it stays text; give it a line of its own";
            cx.diagnostics.push(Diagnostic::new(Rule::InvalidCode, cx.span, message).help(help));
            return vec![Node::text(&directive.raw, cx.span)];
        }
        match reference(&directive, cx) {
            Some(reference) => vec![Node::leaf(NodeKind::CodeReference(Box::new(reference)), cx.span)],
            None => vec![Node::with(NodeKind::Paragraph, cx.span, vec![Node::text(&directive.raw, cx.span)])],
        }
    }
}

/// What a directive asks for; `None`, and reported, when it asks for nothing that can be looked for.
fn reference(directive: &Directive, cx: &mut Context<'_>) -> Option<CodeReference> {
    if &*directive.name == ":code" {
        return attributes::reference(directive, cx);
    }
    let target = directive.target.as_ref()?;
    let snippet = target.snippet.as_ref()?;
    let form = if &*directive.name == "notebook" { Form::Notebook } else { Form::Snippet };
    if target.path.is_empty() {
        let message = "the reference to code has no path";
        let help = "write the path of the file between the parentheses";
        cx.diagnostics.push(Diagnostic::new(Rule::InvalidCode, cx.span, message).help(help).severity(Severity::Error));
        return None;
    }
    let mut reference = CodeReference {
        form,
        path: target.path.clone(),
        part: Part::Whole,
        dedent: None,
        block: CodeBlock {
            info: language(snippet, &target.path),
            title: snippet.title.clone(),
            ..CodeBlock::default()
        },
    };
    query::apply(snippet, &mut reference, cx);
    Some(reference)
}

/// The language that a snippet names, else that of its file.
fn language(snippet: &SnippetTarget, path: &str) -> Box<str> {
    match &snippet.language {
        Some(language) => language.clone(),
        None => languages::of_file(path).unwrap_or("").into(),
    }
}
