//! What would be a directive if it were written rightly: it is text, and reported where it stands.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::markdown::builder::Builder;
use crate::markdown::containers::stray;
use crate::markdown::extension::{Context, Shape};
use crate::markdown::scan::{Mask, Token};
use crate::markdown::syntax;
use crate::markdown::tree::{Node, NodeKind};
use crate::source::{FileId, Span};

impl Builder<'_> {
    /// Reports what is no directive in the text at `range`.
    pub(super) fn report_mistake(&mut self, range: &Range<usize>) {
        let at = self.tokens.partition_point(|token| token.range.start < range.start);
        let Some(token) = self.tokens.get(at).filter(|token| range.contains(&token.range.start)) else { return };
        if token.mask != Mask::Open || matches!(self.top().kind, NodeKind::CodeBlock(_)) {
            return;
        }
        let (directive, span) = (&token.directive, Span::new(self.file, token.range.clone()));
        match (token.shape, directive.mistake.as_deref()) {
            (_, Some(mistake)) => {
                let help = "write each attribute once, as `name=\"value\"`, and `:::` at the end";
                let diagnostic = Diagnostic::new(token.owner.code(), span, mistake).severity(Severity::Error);
                self.diagnostics.push(diagnostic.help(help));
            }
            (Shape::Container(_), None) => {
                let (options, diagnostics) = (self.options, &mut self.diagnostics);
                token.owner.opens(directive, &mut Context { span, body: Vec::new(), options, diagnostics });
            }
            // What goes on behind a marker that ends nothing may be any text.
            (Shape::End, None) if directive.surplus.is_none() => {
                self.diagnostics.push(stray(directive, token.owner, span));
            }
            _ => {}
        }
    }

    /// Whether a token is the first directive in the raw HTML on top, alone on its line, and would be read behind a blank
    /// line: it is not shown as an example, nor left out with a comment.
    pub(super) fn is_unread(&mut self, token: &Token) -> bool {
        let is_syntax = token.directive.is_alone && token.directive.raw.starts_with(['[', ':']);
        if !is_syntax || token.shape == Shape::End || token.directive.mistake.is_some() || !self.ends_at_blank_line() {
            return false;
        }
        let Some(Node { span, .. }) = self.own_children().first() else { return false };
        let start = span.start as usize;
        if self.looked_into.replace(start) == Some(start) {
            return false;
        }
        let line = syntax::line_start(self.text, token.range.start);
        let before = self.text.get(start..line).unwrap_or_default().to_ascii_lowercase();
        let is_open = |(start, end): &(&str, &str)| before.rfind(start) > before.rfind(end);
        !HIDING.iter().any(is_open)
    }
}

/// What hides directives in raw HTML on purpose: how it begins and ends. A tag that goes on over several lines does, too.
const HIDING: &[(&str, &str)] = &[
    ("<!--", "-->"),
    ("<pre", "</pre"),
    ("<code", "</code"),
    ("<samp", "</samp"),
    ("<kbd", "</kbd"),
    ("<script", "</script"),
    ("<style", "</style"),
    ("<textarea", "</textarea"),
    ("<template", "</template"),
    ("<", ">"),
];

/// Says that raw HTML hides a directive.
pub(super) fn unread(file: FileId, token: &Token) -> Diagnostic {
    let message = format!("`{}` stands in raw HTML, where it is text", token.directive.raw);
    let help = "leave a blank line before it: raw HTML goes on up to the next one";
    Diagnostic::new(Code::DirectiveInHtml, Span::new(file, token.range.clone()), message).help(help)
}
