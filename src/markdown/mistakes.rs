//! What would be a directive if it were written rightly: it is text, and reported where it stands.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Severity};
use crate::markdown::builder::Builder;
use crate::markdown::containers::{nested, stray};
use crate::markdown::extension::{Context, Shape};
use crate::markdown::scan::Mask;
use crate::markdown::tree::NodeKind;
use crate::source::Span;

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
            (Shape::Container(_), None) if self.is_nested(directive, token.owner, span) => {
                self.diagnostics.push(nested(directive, token.owner, span));
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
}
