//! Walks pulldown-cmark's events, makes a tree of them and puts the directives back.
//!
//! The stack holds what is open: tags of pulldown-cmark and containers of the dialect. A container's end marker closes
//! all that was opened in it, as docfx does; the end events of tags that were closed so are passed over.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::markdown::Options;
use crate::markdown::extension::{Context, Extension, Shape};
use crate::markdown::extensions::{autolink, video};
use crate::markdown::heading;
use crate::markdown::mistakes::LookedInto;
use crate::markdown::quote;
use crate::markdown::scan::{Mask, Token};
use crate::markdown::syntax::Directive;
use crate::markdown::tables;
use crate::markdown::tightness;
use crate::markdown::tree::{Node, NodeKind};
use crate::markdown::view::View;
use crate::source::{FileId, Lines, Span};

/// Containers may be nested this deep; what lies deeper is kept without its containers.
pub const MAX_DEPTH: usize = 128;

/// What is made of the events so far.
#[derive(Debug)]
pub struct Builder<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    pub(super) view: &'a View<'a>,
    pub(super) tokens: &'a [Token],
    pub(super) options: &'a Options,
    /// Where each token stands.
    pub places: Vec<Place>,
    /// Where the tables begin.
    pub tables: Vec<usize>,
    pub(super) stack: Vec<Frame>,
    /// The finished children of all that stands open, the outermost first.
    pub(super) children: Vec<Node>,
    /// The tags of pulldown-cmark that stand open, and whether each has a frame.
    pub(super) tags: Vec<bool>,
    /// Text that is not a node yet, and its bytes.
    pub(super) pending: String,
    pub(super) pending_range: Range<usize>,
    /// Whether the autolink is open that stands for a token.
    pub(super) in_mask: bool,
    pub(super) is_too_deep: bool,
    /// The raw HTML in which a directive was found last.
    pub(super) looked_into: Option<LookedInto>,
    /// Whether the view has blank lines that the text has not.
    pub(super) has_breaks: bool,
    /// Whether there may be tabs, and bare URLs: what spares their passes over the tree.
    pub(super) may_have_tabs: bool,
    pub(super) may_have_urls: bool,
    /// The lines of the text, once a diagnostic names one.
    pub(super) lines: Option<Lines<'a>>,
    pub(super) diagnostics: Diagnostics,
}

/// Where a token stands, as far as the events told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In code, a comment or raw HTML, where it means nothing.
    Hidden,
    /// In raw HTML, which its container's end ends.
    InHtml,
    /// On a line of its own in raw HTML, where it would mean something behind a blank line.
    Unread,
    /// On a line of text: the marker of a container that is not sound, or ends nothing.
    Text,
    /// Where it means something.
    Surface,
}

impl Place {
    /// Whether nothing is to be done about a token.
    pub fn is_settled(self, token: &Token) -> bool {
        self == Place::Surface || token.mask == Mask::Open
    }
}

/// A node that is being filled.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) kind: NodeKind,
    pub(super) span: Span,
    /// Where its own begin among the [`Builder::children`].
    pub(super) first_child: usize,
    /// The extension of a container of the dialect.
    pub(super) owner: Option<&'static dyn Extension>,
}

impl<'a> Builder<'a> {
    /// A builder for the events of `view`, which shows `text`.
    pub fn new(
        file: FileId,
        text: &'a str,
        view: &'a View<'a>,
        tokens: &'a [Token],
        options: &'a Options,
    ) -> Builder<'a> {
        let span = Span::new(file, 0..text.len());
        Builder {
            file,
            text,
            view,
            tokens,
            options,
            places: vec![Place::Hidden; tokens.len()],
            tables: Vec::new(),
            stack: vec![Frame { kind: NodeKind::Document, span, first_child: 0, owner: None }],
            children: Vec::new(),
            tags: Vec::new(),
            pending: String::new(),
            pending_range: 0..0,
            in_mask: false,
            is_too_deep: false,
            looked_into: None,
            has_breaks: tokens.iter().any(|token| token.ends_html),
            may_have_tabs: false,
            may_have_urls: autolink::may_have_www(text),
            lines: None,
            diagnostics: Vec::new(),
        }
    }

    /// Puts a token in place whose mask begins at `range`; whether there is one.
    pub(super) fn leaf(&mut self, range: &Range<usize>, mask: Mask) -> bool {
        let Ok(at) = self.tokens.binary_search_by_key(&range.start, |token| token.range.start) else { return false };
        let token = &self.tokens[at];
        if token.mask != mask {
            return false;
        }
        let is_marker = token.shape == Shape::QuoteMarker;
        let in_html_block = matches!(self.top().kind, NodeKind::HtmlBlock);
        let holder = self.stack.len().checked_sub(if in_html_block { 2 } else { 1 }).map(|at| &self.stack[at].kind);
        let is_at_home = match (mask, token.shape) {
            (Mask::Block, _) if in_html_block => {
                self.own_children().is_empty() && (!is_marker || holder == Some(&NodeKind::BlockQuote))
            }
            // Indented further than a block may be, in a paragraph that goes on: it ends its container all the same.
            (Mask::Block, Shape::End) => self.top().kind == NodeKind::Paragraph || self.top().kind == NodeKind::Item,
            (_, Shape::Container(_)) => false,
            _ => !is_marker,
        };
        if is_at_home {
            self.directive(at, in_html_block);
        } else if in_html_block {
            self.look_into_html(range.clone());
        }
        // A mask that is not at home is dropped in the next round; until then nothing of it may be seen.
        true
    }

    /// Finds the end markers in a piece of raw HTML, which ends there for docfx, and what authors may have meant to be read.
    pub(super) fn look_into_html(&mut self, range: Range<usize>) {
        let first = self.tokens.partition_point(|token| token.range.start < range.start);
        let inside = self.tokens[first..].iter().take_while(|token| token.range.start < range.end);
        for (offset, token) in inside.enumerate() {
            if token.shape == Shape::End && token.mask == Mask::Block && self.ends_at_blank_line() {
                self.places[first + offset] = Place::InHtml;
            } else if self.is_unread(token) {
                self.places[first + offset] = Place::Unread;
            }
        }
    }

    /// Whether the raw HTML on top is of the kind that a blank line ends.
    pub(super) fn ends_at_blank_line(&self) -> bool {
        // What it is indented by comes first.
        let mut own = self.own_children().iter().take(2);
        let Some(first) = own.find_map(|node| if let NodeKind::Html(html) = &node.kind { Some(html) } else { None })
        else {
            return false;
        };
        let tag = first.trim_start().as_bytes();
        let starts_with =
            |start: &&str| tag.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start.as_bytes()));
        let is_literal = ["<!", "<?", "<script", "<style", "<pre", "<textarea"].iter().any(starts_with);
        !is_literal
    }

    pub(super) fn directive(&mut self, at: usize, is_block: bool) {
        self.places[at] = Place::Surface;
        let token = &self.tokens[at];
        let mut directive = token.directive.clone();
        self.may_have_urls |= autolink::may_have_scheme(&directive.raw);
        directive.is_block = is_block;
        let span = Span::new(self.file, token.range.clone());
        self.flush();
        match token.shape {
            Shape::Block | Shape::Inline => {
                let before = self.diagnostics.len();
                let nodes = lower(token.owner, directive, span, Vec::new(), self.options, &mut self.diagnostics);
                self.children.extend(nodes);
                self.tell_of_lines(token, before);
            }
            Shape::End if !is_block => self.end_container(&directive, token.owner, span),
            _ => self.push_node(Node::leaf(NodeKind::Directive(Box::new(directive)), span)),
        }
    }

    pub(super) fn push(&mut self, kind: NodeKind, range: Range<usize>) {
        self.flush();
        self.push_node(Node::leaf(kind, Span::new(self.file, range)));
    }

    pub(super) fn push_node(&mut self, node: Node) {
        self.children.push(node);
    }

    pub(super) fn top(&self) -> &Frame {
        self.stack.last().expect("the root is never popped")
    }

    /// The finished children of the frame on top.
    pub(super) fn own_children(&self) -> &[Node] {
        &self.children[self.top().first_child..]
    }

    pub(super) fn push_frame(&mut self, kind: NodeKind, span: Span, owner: Option<&'static dyn Extension>) {
        self.stack.push(Frame { kind, span, first_child: self.children.len(), owner });
    }

    /// Takes the frame on top off as a node, with its children.
    pub(super) fn pop_frame(&mut self) -> Option<(Node, Option<&'static dyn Extension>)> {
        let Frame { kind, span, first_child, owner } = self.stack.pop()?;
        let children =
            if first_child < self.children.len() { self.children.split_off(first_child) } else { Vec::new() };
        Some((Node::with(kind, span, children), owner))
    }

    /// Opens a tag of pulldown-cmark.
    pub(super) fn open(&mut self, kind: NodeKind, range: Range<usize>) {
        self.flush();
        let span = Span::new(self.file, range);
        let has_room = self.has_room(span);
        if has_room && matches!(kind, NodeKind::Item) {
            self.open_list_again(span);
        }
        self.tags.push(has_room);
        if has_room {
            self.push_frame(kind, span, None);
        }
    }

    /// Opens a list for an item whose own was closed by an end marker in the item before it.
    fn open_list_again(&mut self, item: Span) {
        if !matches!(self.top().kind, NodeKind::List(_)) {
            let marker = self.text.get(item.bytes()).unwrap_or_default().trim_start();
            let digits = marker.len() - marker.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            self.push_frame(NodeKind::List(marker[..digits].parse().ok()), item, None);
            *self.tags.last_mut().expect("an item stands in a list") = true;
        }
    }

    /// Whether another container may be opened; says so, once, if not.
    pub(super) fn has_room(&mut self, span: Span) -> bool {
        if self.stack.len() <= MAX_DEPTH {
            return true;
        }
        if !std::mem::replace(&mut self.is_too_deep, true) {
            self.diagnostics.push(too_deep(span));
        }
        false
    }

    /// Ends the tag that was opened last.
    pub(super) fn close(&mut self) {
        self.flush();
        if self.tags.pop() != Some(true) {
            return;
        }
        while self.stack.last().is_some_and(|frame| frame.owner.is_some()) {
            let around = self.stack.iter().rfind(|frame| frame.owner.is_none());
            let end = around.map_or(self.text.len(), |frame| frame.span.end as usize);
            self.end_unclosed(end);
        }
        self.end_frame();
    }

    /// Ends the frame on top, which is that of a tag.
    pub(super) fn end_frame(&mut self) {
        let Some((mut node, _)) = self.pop_frame() else { return };
        match node.kind {
            NodeKind::Heading(level, _) => {
                node.kind = NodeKind::Heading(level, heading::slug_of(&node.children).into());
                self.push_node(node);
            }
            NodeKind::Strikethrough if !self.text[node.span.bytes()].starts_with("~~") => {
                let [start, end] = [node.span.start as usize, node.span.end as usize];
                self.push_node(Node::text("~", Span::new(self.file, start..start + 1)));
                self.children.extend(node.children);
                self.push_node(Node::text("~", Span::new(self.file, end - 1..end)));
            }
            NodeKind::Image(_) => {
                let node = video::of_image(&node).unwrap_or(node);
                self.push_node(node);
            }
            // What stands alone in its paragraph needs none.
            NodeKind::Paragraph if matches!(&*node.children, [only] if only.is_block()) => {
                self.children.extend(node.children);
            }
            NodeKind::BlockQuote => {
                let nodes = quote::split(node, self.options, &mut self.diagnostics);
                self.children.extend(nodes);
            }
            NodeKind::TableRow => {
                self.diagnostics.extend(tables::text_below(self.text, &node));
                self.push_node(node);
            }
            NodeKind::List(_) if self.has_breaks => {
                tightness::restore(&mut node, self.text);
                self.push_node(node);
            }
            // What is left of the block that a mask opened: the directive itself.
            NodeKind::HtmlBlock if !node.children.iter().any(|child| matches!(child.kind, NodeKind::Html(_))) => {
                node.children.into_iter().for_each(|child| self.block_directive(child));
            }
            _ => self.push_node(node),
        }
    }

    /// Puts what a mask alone on its line stood for in place.
    fn block_directive(&mut self, node: Node) {
        let span = node.span;
        let at = self.tokens.binary_search_by_key(&(span.start as usize), |token| token.range.start);
        let token = at.ok().map(|at| &self.tokens[at]);
        match (node.kind, token) {
            (NodeKind::Directive(start), Some(Token { shape: Shape::Container(_), owner, .. })) => {
                self.start_container(*start, *owner, span);
            }
            (NodeKind::Directive(end), Some(Token { shape: Shape::End, owner, .. })) => {
                self.end_container(&end, *owner, span);
            }
            // The end of the directive's line.
            (NodeKind::Text(_), _) => {}
            (kind, _) => self.push_node(Node::with(kind, span, node.children)),
        }
    }

    /// The tree, and what is wrong with the text.
    pub fn finish(mut self) -> (Node, Diagnostics) {
        self.flush();
        while self.stack.len() > 1 {
            match self.stack.last() {
                Some(Frame { owner: Some(_), .. }) => self.end_unclosed(self.text.len()),
                _ => self.end_frame(),
            }
        }
        (self.pop_frame().expect("the root is never popped").0, self.diagnostics)
    }
}

pub(super) fn lower(
    owner: &dyn Extension,
    directive: Directive,
    span: Span,
    body: Vec<Node>,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Vec<Node> {
    owner.lower(directive, &mut Context { span, body, options, diagnostics })
}

fn too_deep(span: Span) -> Diagnostic {
    let message = format!("lists, quotes and emphasis are nested more than {MAX_DEPTH} levels deep");
    Diagnostic::new(Code::BudgetExceeded, span, message).help("what lies deeper is shown without its containers")
}
