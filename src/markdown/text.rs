//! Text on its way into the tree: what pulldown-cmark tells in pieces becomes one node, with its emoji, and with nodes of
//! their own for what may be cross references.

use std::ops::Range;

use crate::markdown::Extra;
use crate::markdown::builder::{Builder, Place};
use crate::markdown::extension::Shape;
use crate::markdown::extensions::{autolink, emoji, xref};
use crate::markdown::quote;
use crate::markdown::scan::{Mask, Token};
use crate::markdown::spelling::Spelling;
use crate::markdown::tree::{Mention, Node, NodeKind};
use crate::source::Span;

impl Builder<'_> {
    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        self.report_mistake(&range);
        if self.marker(&range) {
            return;
        }
        if self.pending.is_empty() {
            self.pending_range = range.clone();
        }
        self.pending_range.end = self.pending_range.end.max(range.end);
        self.pending.push_str(text);
    }

    /// Whether the text at `range` belongs to the marker of a callout that goes on without `>`.
    fn marker(&mut self, range: &Range<usize>) -> bool {
        let at = self.tokens.partition_point(|token| token.range.end <= range.start);
        let is_marker = |token: &&Token| {
            token.mask == Mask::Open && token.shape == Shape::QuoteMarker && token.directive.mistake.is_none()
        };
        let Some(token) = self.tokens.get(at).filter(is_marker) else { return false };
        if self.places[at] == Place::Surface {
            return token.range.contains(&range.start);
        }
        let is_start = range.start == token.range.start && self.pending.is_empty();
        let parent = self.stack.len().checked_sub(2).map(|at| &self.stack[at].kind);
        let starts_line = matches!(self.own_children().last(), None | Some(Node { kind: NodeKind::SoftBreak, .. }));
        let in_quote = self.top().kind == NodeKind::Paragraph && parent == Some(&NodeKind::BlockQuote);
        if !(is_start && starts_line && in_quote) {
            return false;
        }
        if token.directive.is_alone {
            self.directive(at, false);
            return true;
        }
        self.diagnostics.push(quote::text_after_marker(self.file, self.text, token));
        false
    }

    pub(super) fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let is_code = matches!(self.top().kind, NodeKind::CodeBlock(_));
        // Emoji, URLs and cross references have one of these; most texts have none.
        let may_be_more = memchr::memchr2(b':', b'@', self.pending.as_bytes()).is_some() || self.has_smileys();
        let (text, range) = (self.view.reveal(&self.pending), self.pending_range.clone());
        self.pending.clear();
        if is_code || !may_be_more {
            return self.push_node(Node::leaf(NodeKind::Text(text), Span::new(self.file, range)));
        }
        let before = self.text[..range.start].chars().next_back();
        let named = self.with_emoji(&text, before);
        let text = named.as_deref().unwrap_or(&text);
        self.may_have_urls |= autolink::may_have_scheme(text);
        self.push_text(text, before, range);
    }

    fn has_smileys(&self) -> bool {
        self.options.extras.contains(&Extra::Smileys)
    }

    /// A text with its emoji, if it has any. `before` is the character before it.
    fn with_emoji(&self, text: &str, before: Option<char>) -> Option<String> {
        let named = emoji::replace(text, before);
        if !self.has_smileys() {
            return named;
        }
        emoji::replace_smileys(named.as_deref().unwrap_or(text), before).or(named)
    }

    /// Pushes a text; what may be a cross reference in it becomes a node of its own.
    fn push_text(&mut self, text: &str, before: Option<char>, range: Range<usize>) {
        let in_link = self.stack.iter().any(|frame| matches!(frame.kind, NodeKind::Link(_)));
        let mentions = if in_link { Vec::new() } else { xref::mentions(text, before) };
        if mentions.is_empty() {
            return self.push_node(Node::text(text, Span::new(self.file, range)));
        }
        let spelling = Spelling::of(text, self.text, range.clone());
        let place =
            |piece: &Range<usize>| spelling.as_ref().map_or(range.clone(), |spelling| spelling.place(piece.clone()));
        let is_written = |sign: usize| spelling.as_ref().is_none_or(|spelling| spelling.is_plain(sign..sign + 1));
        let mut at = 0;
        for (piece, uid) in mentions.into_iter().filter(|(piece, _)| is_written(piece.start)) {
            if at < piece.start {
                self.push_node(Node::text(&text[at..piece.start], Span::new(self.file, place(&(at..piece.start)))));
            }
            let mention = Mention { uid, written: text[piece.clone()].into() };
            self.push_node(Node::leaf(NodeKind::Mention(Box::new(mention)), Span::new(self.file, place(&piece))));
            at = piece.end;
        }
        if at < text.len() {
            let span = Span::new(self.file, place(&(at..text.len())));
            self.push_node(Node::text(&text[at..], span));
        }
    }
}
