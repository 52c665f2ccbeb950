//! What would be a directive if it were written rightly: it is text, and reported where it stands.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Severity, suggest};
use crate::markdown::builder::Builder;
use crate::markdown::containers::stands_behind_text;
use crate::markdown::extension::{Context, Shape};
use crate::markdown::extensions::callout;
use crate::markdown::scan::{Mask, Token};
use crate::markdown::syntax::{self, Mistake};
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
        match (token.shape, &directive.mistake) {
            (_, Some(mistake)) => {
                let diagnostic = self.told(mistake, token, span);
                self.diagnostics.push(diagnostic);
            }
            (Shape::Container(_), None) if let Some(outer) = self.outer(directive, token.owner, span) => {
                self.report_nested(directive, token.owner, span, outer);
            }
            (Shape::Container(_), None) => {
                let before = self.diagnostics.len();
                let (options, diagnostics) = (self.options, &mut self.diagnostics);
                token.owner.opens(directive, &mut Context { span, body: Vec::new(), options, diagnostics });
                self.tell_of_lines(token, before);
            }
            // What stands around a marker that ends nothing may be any text.
            (Shape::End, None) if directive.surplus.is_none() && !stands_behind_text(self.text, span) => {
                self.report_stray(directive, token.owner, span);
            }
            _ => {}
        }
    }

    /// Says of a directive whose attributes go on in the next line that they do, instead of what it lacks without them:
    /// the diagnostics from `before` on.
    pub(super) fn tell_of_lines(&mut self, token: &Token, before: usize) {
        if !token.directive.goes_on {
            return;
        }
        let lacks = self.diagnostics.drain(before..).map(|diagnostic| diagnostic.severity);
        let severity = lacks.max().unwrap_or(Severity::Suggestion);
        let name = token.directive.container_name();
        let message = format!("the attributes of `{name}` go on in the next line, where they are text");
        let diagnostic = Diagnostic::new(token.owner.code(), Span::new(self.file, token.range.clone()), message);
        self.diagnostics.push(diagnostic.severity(severity).help("write the whole directive in one line"));
    }

    /// What is wrong, how bad it is, and what to do.
    fn told(&self, mistake: &Mistake, token: &Token, span: Span) -> Diagnostic {
        let (directive, code) = (&token.directive, token.owner.code());
        let attributes = "write each attribute once, as `name=\"value\"`, in one line";
        let (code, severity, message, help) = match mistake {
            Mistake::UnknownKind => {
                let kinds = callout::kinds(self.options);
                let help = match suggest(&directive.name, kinds.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `[!{near}]`?"),
                    None => format!("there are {}; `alerts` adds others", kinds.join(", ")),
                };
                (code, Severity::Suggestion, format!("`{}` is no kind of callout", directive.raw), help)
            }
            Mistake::NoTarget => {
                let message = "this include has no `[title](path)]`".to_owned();
                let help = "write `[!INCLUDE [title](path.md)]` in one line, without blanks between the brackets";
                (Code::IncludeInvalid, Severity::Warning, message, help.to_owned())
            }
            Mistake::Attribute(message) => {
                // Zones and the like need no colons at the end.
                let is_container = matches!(token.shape, Shape::Container(_));
                let end = if is_container { "" } else { ", and `:::` at the end" };
                (code, Severity::Error, message.to_string(), format!("{attributes}{end}"))
            }
            Mistake::Colons(count) => {
                let message = format!("`{}` has {count} colons: it is text", directive.raw);
                let help = "write three; only rows, columns and moniker ranges may have more".to_owned();
                (code, Severity::Warning, message, help)
            }
            Mistake::TooLong => {
                let message = format!("this directive is longer than {} KiB", syntax::MAX_BYTES >> 10);
                let help = "shorten what it says, or end it in its line".to_owned();
                (Code::BudgetExceeded, Code::BudgetExceeded.severity(), message, help)
            }
        };
        Diagnostic::new(code, span, message).severity(severity).help(help)
    }

    /// Whether a token is the first directive in the raw HTML on top, alone on its line, that would be read behind a blank
    /// line: it is not shown as an example, nor left out with a comment.
    pub(super) fn is_unread(&mut self, token: &Token) -> bool {
        let is_syntax = token.directive.is_alone && token.directive.raw.starts_with(['[', ':']);
        if !is_syntax || token.shape == Shape::End || token.directive.mistake.is_some() || !self.ends_at_blank_line() {
            return false;
        }
        let Some(Node { span, .. }) = self.own_children().first() else { return false };
        let start = span.start as usize;
        let html = match &mut self.looked_into {
            Some(html) if html.start == start => html,
            other => other.insert(LookedInto::new(start)),
        };
        if html.is_told {
            return false;
        }
        html.look_up_to(syntax::line_start(self.text, token.range.start), self.text);
        html.is_told = !html.is_hiding.contains(&true);
        html.is_told
    }
}

/// A piece of raw HTML, as far as it was looked at.
#[derive(Debug)]
pub(super) struct LookedInto {
    /// Where it begins.
    start: usize,
    /// Up to where it was looked at.
    end: usize,
    /// What of [`HIDING`] is open there.
    is_hiding: [bool; HIDING.len()],
    /// Whether a directive in it is told.
    is_told: bool,
}

impl LookedInto {
    fn new(start: usize) -> LookedInto {
        LookedInto { start, end: start, is_hiding: [false; HIDING.len()], is_told: false }
    }

    fn look_up_to(&mut self, end: usize, text: &str) {
        let lines = text.get(self.end..end).unwrap_or_default().to_ascii_lowercase();
        for (is_open, (open, close)) in self.is_hiding.iter_mut().zip(HIDING) {
            let (open, close) = (lines.rfind(open), lines.rfind(close));
            *is_open = if open == close { *is_open } else { open > close };
        }
        self.end = end;
    }
}

/// What hides directives in raw HTML on purpose: how it begins and ends. A tag that goes on over several lines does, too.
const HIDING: [(&str, &str); 10] = [
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
