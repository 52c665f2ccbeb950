//! Containers of the dialect on the builder's stack: `:::zone` to `:::zone-end`.
//!
//! Rule: docfx looks at the open containers from the outermost in before it looks at a line's lists and quotes, so an
//! end marker closes what was opened in its container, whatever its indentation. Only a marker with the same number of
//! `>` before it does. Of containers that nest recto closes the nearest of that name.

use crate::diagnostic::{Diagnostic, Severity};
use crate::markdown::builder::{Builder, Frame, Place, lower};
use crate::markdown::extension::{Context, Extension, Nesting};
use crate::markdown::scan::{ends_in_container_prefix, quotes_before};
use crate::markdown::syntax::Directive;
use crate::markdown::tree::{Node, NodeKind};
use crate::source::{Lines, Span};

impl Builder<'_> {
    /// Opens the container of a start marker; one that is not sound stays text.
    pub(super) fn start_container(&mut self, directive: Directive, owner: &'static dyn Extension, span: Span) {
        if !self.has_room(span) {
            return;
        }
        if let Some(outer) = self.outer(&directive, owner, span) {
            if owner.nesting() == Nesting::IsText {
                self.leave_as_text(span);
                return;
            }
            self.report_nested(&directive, owner, span, outer);
        }
        let (options, diagnostics) = (self.options, &mut self.diagnostics);
        if owner.opens(&directive, &mut Context { span, body: Vec::new(), options, diagnostics }) {
            self.diagnostics.extend(surplus(&directive, owner, span));
            self.push_frame(NodeKind::Directive(Box::new(directive)), span, Some(owner));
        } else {
            self.leave_as_text(span);
        }
    }

    /// Where the container begins in which another one of its name stands, and should not.
    pub(super) fn outer(&self, directive: &Directive, owner: &dyn Extension, span: Span) -> Option<Span> {
        let is_same = |frame: &&Frame| {
            start_of(frame).is_some_and(|start| start.name == directive.name && start.colons() == directive.colons())
        };
        let found = match owner.nesting() {
            Nesting::EndsInner => None,
            Nesting::EndsOuter => self.in_reach(span).map(|(_, frame)| frame).find(is_same),
            Nesting::IsText => self.stack.iter().find(is_same),
        };
        found.map(|frame| frame.span)
    }

    /// Closes the container that an end marker names, with all that was opened in it.
    pub(super) fn end_container(&mut self, directive: &Directive, owner: &dyn Extension, span: Span) {
        let Some(start) = self.ended(directive, owner, span) else {
            if !self.is_too_deep {
                self.leave_as_text(span);
            }
            return;
        };
        self.diagnostics.extend(surplus(directive, owner, span));
        if stands_behind_text(self.text, span) {
            self.diagnostics.push(unseen_end(directive, owner, span));
        }
        while self.stack.len() > start + 1 {
            if self.stack.last().is_some_and(|frame| frame.owner.is_some()) {
                self.end_unclosed(span.start as usize + 1);
                continue;
            }
            if let Some(has_frame) = self.tags.iter_mut().rfind(|has_frame| **has_frame) {
                *has_frame = false;
            }
            self.trim_line();
            self.end_frame();
        }
        self.lower_container();
    }

    /// Where on the stack the container stands that an end marker ends.
    fn ended(&self, end: &Directive, owner: &dyn Extension, span: Span) -> Option<usize> {
        let is_ended = |frame: &Frame| start_of(frame).is_some_and(|start| end.ends(start));
        let mut named = self.in_reach(span).filter(|(_, frame)| is_ended(frame)).map(|(at, _)| at);
        match owner.nesting() {
            Nesting::EndsInner => named.last(),
            _ => named.next(),
        }
    }

    /// What stands open and has as many `>` before it as a marker has on its line, from the outermost in.
    fn in_reach(&self, marker: Span) -> impl Iterator<Item = (usize, &Frame)> {
        let quotes = quotes_before(self.text, marker.start as usize);
        let mut depth = 0;
        self.stack.iter().enumerate().filter(move |(_, frame)| {
            depth += usize::from(frame.kind == NodeKind::BlockQuote);
            depth == quotes
        })
    }

    /// Has the line of a marker that means nothing where it stands read as text, and reported, in the next round.
    fn leave_as_text(&mut self, span: Span) {
        let at = self.tokens.binary_search_by_key(&(span.start as usize), |token| token.range.start);
        if let Ok(at) = at {
            self.places[at] = Place::Text;
        }
    }

    /// Drops the line break before an end marker.
    fn trim_line(&mut self) {
        let is_break = |node: &Node| matches!(node.kind, NodeKind::SoftBreak | NodeKind::HardBreak);
        while self.own_children().last().is_some_and(is_break) {
            self.children.pop();
        }
    }

    /// Ends the container on top, which has no end marker, before the byte `end`.
    pub(super) fn end_unclosed(&mut self, end: usize) {
        let Some(Frame { kind: NodeKind::Directive(directive), span, owner: Some(owner), .. }) = self.stack.last()
        else {
            return self.lower_container();
        };
        // Learn is content with a container that ends with a list item or with another container.
        let is_ended = |frame: &Frame| frame.owner.is_some() || frame.kind == NodeKind::Item;
        let around = &self.stack[..self.stack.len() - 1];
        let severity = if around.iter().any(is_ended) { Severity::Suggestion } else { Severity::Warning };
        // Of a container in one of its kind it was told that it ends with the outer one.
        let place = (*span).into();
        let is_told = |told: &Diagnostic| told.code == owner.code() && told.place == place;
        if !self.diagnostics.iter().rev().take(256).any(is_told) {
            let last = self.text.get(..end).unwrap_or(self.text).trim_end().len().saturating_sub(1);
            let line = line_of(&mut self.lines, self.text, last);
            self.diagnostics.push(unclosed(directive, *owner, *span, line).severity(severity));
        }
        self.lower_container();
    }

    /// Reports a container in another one of its name, which begins at `outer`.
    pub(super) fn report_nested(&mut self, directive: &Directive, owner: &dyn Extension, span: Span, outer: Span) {
        let name = directive.container_name();
        let line = line_of(&mut self.lines, self.text, outer.start as usize);
        let message = format!("`{name}` stands in the `{name}` of line {line}");
        let outcome = match owner.nesting() {
            Nesting::IsText => "it is text there".to_owned(),
            _ => format!("the first `{name}-end` closes the outer one"),
        };
        let help = format!("{outcome}, as on Microsoft Learn; end the outer one before this one starts");
        let diagnostic = Diagnostic::new(owner.code(), span, message);
        self.diagnostics.push(diagnostic.severity(Severity::Warning).help(help));
    }

    /// Reports an end marker that ends nothing, and the container that stands open there.
    pub(super) fn report_stray(&mut self, directive: &Directive, owner: &dyn Extension, span: Span) {
        let open = self.stack.iter().rev().find_map(|frame| Some((start_of(frame)?.container_name(), frame.span)));
        let other = open.map(|(name, start)| {
            format!(", but the `{name}` of line {}", line_of(&mut self.lines, self.text, start.start as usize))
        });
        let (name, other) = (directive.container_name(), other.unwrap_or_default());
        let help = format!("no `{name}` is open here{other}; take it out, or add the start");
        let diagnostic = Diagnostic::new(owner.code(), span, format!("`{}` ends nothing", directive.raw));
        self.diagnostics.push(diagnostic.severity(Severity::Warning).help(help));
    }

    fn lower_container(&mut self) {
        let Some((node, Some(owner))) = self.pop_frame() else { return };
        if let NodeKind::Directive(directive) = node.kind {
            let nodes = lower(owner, *directive, node.span, node.children, self.options, &mut self.diagnostics);
            self.children.extend(nodes);
        }
    }
}

/// The start marker of the container that a frame is.
fn start_of(frame: &Frame) -> Option<&Directive> {
    match &frame.kind {
        NodeKind::Directive(start) if frame.owner.is_some() => Some(start),
        _ => None,
    }
}

/// The number of the line that holds a byte.
fn line_of<'t>(lines: &mut Option<Lines<'t>>, text: &'t str, at: usize) -> u32 {
    lines.get_or_insert_with(|| Lines::new(text)).line_of(at)
}

/// Names what else the line of a marker holds.
fn surplus(directive: &Directive, owner: &dyn Extension, span: Span) -> Option<Diagnostic> {
    let place = Span::new(span.file, directive.surplus.clone()?);
    let message = format!("what follows `:::{}` on its line is left out", &directive.name[1..]);
    // Learn says nothing about what follows the start of a row or a column.
    let is_told = directive.name.ends_with("-end") || &*directive.name == ":moniker";
    let severity = if is_told { Severity::Warning } else { Severity::Suggestion };
    Some(Diagnostic::new(owner.code(), place, message).severity(severity).help("put it on a line of its own"))
}

/// Whether something stands before a marker on its line, containers aside.
pub(super) fn stands_behind_text(text: &str, span: Span) -> bool {
    !ends_in_container_prefix(&text[..span.start as usize])
}

/// Rule: docfx looks for the end of a container at the start of a line only.
fn unseen_end(directive: &Directive, owner: &dyn Extension, span: Span) -> Diagnostic {
    let message = format!("`{}` stands behind text, where Microsoft Learn does not see it", directive.raw);
    let help = "put it on a line of its own; there the rest of the page would belong to what it ends";
    Diagnostic::new(owner.code(), span, message).severity(Severity::Warning).help(help)
}

fn unclosed(directive: &Directive, owner: &dyn Extension, span: Span, line: u32) -> Diagnostic {
    let message = format!("`{}` is not closed", directive.raw);
    // Rows and columns have the colons at both ends.
    let colons = if directive.raw.len() > 3 && directive.raw.ends_with(":::") { ":::" } else { "" };
    let end = format!("{}-end{colons}", directive.container_name());
    let help = format!("add `{end}` where it ends; until then it ends with what is around it, in line {line}");
    Diagnostic::new(owner.code(), span, message).help(help)
}
