//! A file as a tree: walks pulldown-cmark's events and puts the directives back.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options as CommonMark, Parser, Tag, TagEnd};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::markdown::extension::{self, Context};
use crate::markdown::extensions::autolink;
use crate::markdown::heading;
use crate::markdown::quote;
use crate::markdown::scan::{self, Mask, Token};
use crate::markdown::tree::{Alignment, Link, Node, NodeKind};
use crate::markdown::view::View;
use crate::source::{FileId, Span};

/// A parsed file.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file.
    pub file: FileId,
    /// Its tree.
    pub root: Node,
}

/// Containers may be nested this deep; what lies deeper is kept without its containers.
pub const MAX_DEPTH: usize = 128;

/// Reads the markdown of `text` from byte `start` on. Never fails.
pub fn parse(file: FileId, text: &str, start: usize) -> (Document, Diagnostics) {
    let mut tokens = scan::scan(text, start);
    loop {
        let view = View::new(text, &tokens);
        let mut builder = Builder::new(file, &view, &tokens);
        let parser = Parser::new_ext(&view.text[start..], common_mark()).into_offset_iter();
        for (event, range) in parser {
            builder.event(event, range.start + start..range.end + start);
        }
        // What did not surface lies in code, comments or raw HTML, where nothing of the dialect is read. Each round
        // has fewer tokens than the one before.
        let hidden =
            builder.surfaced.iter().zip(&tokens).any(|(surfaced, token)| !surfaced && token.mask != Mask::Open);
        if !hidden {
            let (mut root, diagnostics) = builder.finish();
            autolink::link_urls(&mut root);
            return (Document { file, root }, diagnostics);
        }
        let surfaced = std::mem::take(&mut builder.surfaced);
        let mut at = 0;
        tokens.retain(|token| {
            at += 1;
            surfaced[at - 1] || token.mask == Mask::Open
        });
    }
}

/// What is read beyond CommonMark, by name.
///
/// Definition lists would take `:::` lines, smart punctuation rewrites the quotes of attributes, GitHub's alerts know
/// five names and lose the marker, footnotes have an open superlinear case: off.
fn common_mark() -> CommonMark {
    CommonMark::ENABLE_TABLES | CommonMark::ENABLE_STRIKETHROUGH
}

struct Builder<'a> {
    file: FileId,
    view: &'a View<'a>,
    tokens: &'a [Token],
    surfaced: Vec<bool>,
    stack: Vec<Node>,
    /// Text that is not a node yet, and its bytes.
    pending: String,
    pending_range: Range<usize>,
    /// Containers beyond [`MAX_DEPTH`] that are open.
    flattened: usize,
    /// Whether the autolink is open that stands for a token.
    in_mask: bool,
    diagnostics: Diagnostics,
}

impl<'a> Builder<'a> {
    fn new(file: FileId, view: &'a View<'a>, tokens: &'a [Token]) -> Builder<'a> {
        let root = Node::leaf(NodeKind::Document, Span::new(file, 0..view.text.len()));
        Builder {
            file,
            view,
            tokens,
            surfaced: vec![false; tokens.len()],
            stack: vec![root],
            pending: String::new(),
            pending_range: 0..0,
            flattened: 0,
            in_mask: false,
            diagnostics: Vec::new(),
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::Link { link_type: LinkType::Autolink, .. }) if self.leaf(&range, Mask::LineStart) => {
                self.in_mask = true;
            }
            Event::End(TagEnd::Link) if self.in_mask => self.in_mask = false,
            _ if self.in_mask => {}
            Event::Start(tag) => self.open(tag, range),
            Event::End(tag) => self.close(tag),
            Event::Text(text) => self.text(&text, range),
            Event::Code(code) => {
                let code = self.view.reveal(&code);
                self.push(NodeKind::Code(code), range);
            }
            Event::Html(html) => {
                // After a directive only the end of its line is left.
                let is_raw = |node: &Node| matches!(node.kind, NodeKind::Html(_) | NodeKind::Text(_));
                let has_directive = !self.top().children.iter().all(is_raw);
                if !self.leaf(&range, Mask::Block) && !has_directive {
                    self.push(NodeKind::Html(self.view.reveal(&html)), range);
                }
            }
            Event::InlineHtml(html) => {
                if !self.leaf(&range, Mask::Inline) && !self.leaf(&range, Mask::Block) {
                    self.push(NodeKind::Html(self.view.reveal(&html)), range);
                }
            }
            Event::SoftBreak => self.push(NodeKind::SoftBreak, range),
            Event::HardBreak => self.push(NodeKind::HardBreak, range),
            Event::Rule => self.push(NodeKind::Rule, range),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    /// Puts a token in place whose mask begins at `range`; whether there is one.
    fn leaf(&mut self, range: &Range<usize>, mask: Mask) -> bool {
        let Ok(at) = self.tokens.binary_search_by_key(&range.start, |token| token.range.start) else { return false };
        let token = &self.tokens[at];
        if token.mask != mask {
            return false;
        }
        let owner = extension::owner(&token.directive.name);
        let is_marker = owner.is_some_and(|owner| owner.shape() == extension::Shape::QuoteMarker);
        let in_html_block = matches!(self.top().kind, NodeKind::HtmlBlock);
        let holder = self.stack.len().checked_sub(if in_html_block { 2 } else { 1 }).map(|at| &self.stack[at].kind);
        let is_at_home = match mask {
            Mask::Block if in_html_block => {
                self.top().children.is_empty() && (!is_marker || holder == Some(&NodeKind::BlockQuote))
            }
            _ => !is_marker,
        };
        if is_at_home {
            self.directive(at, in_html_block);
        }
        // A mask that is not at home is dropped in the next round; until then nothing of it may be seen.
        true
    }

    fn directive(&mut self, at: usize, is_block: bool) {
        self.surfaced[at] = true;
        let token = &self.tokens[at];
        let mut directive = token.directive.clone();
        directive.is_block = is_block;
        let span = Span::new(self.file, token.range.clone());
        self.flush();
        let owner = extension::owner(&directive.name);
        match owner.filter(|owner| owner.shape() != extension::Shape::QuoteMarker) {
            Some(owner) => {
                let mut cx = Context { span, body: Vec::new(), diagnostics: &mut self.diagnostics };
                let nodes = owner.lower(directive, &mut cx);
                self.top_mut().children.extend(nodes);
            }
            None => self.push_node(Node::leaf(NodeKind::Directive(Box::new(directive)), span)),
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
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
        let Some(token) = self.tokens.get(at).filter(|token| token.mask == Mask::Open) else { return false };
        if self.surfaced[at] {
            return token.range.contains(&range.start);
        }
        let is_start = range.start == token.range.start && self.pending.is_empty();
        let parent = self.stack.len().checked_sub(2).map(|at| &self.stack[at].kind);
        let starts_line = matches!(self.top().children.last(), None | Some(Node { kind: NodeKind::SoftBreak, .. }));
        let in_quote = self.top().kind == NodeKind::Paragraph && parent == Some(&NodeKind::BlockQuote);
        if !(is_start && starts_line && in_quote) {
            return false;
        }
        if token.directive.is_alone {
            self.directive(at, false);
            return true;
        }
        self.diagnostics.push(quote::text_after_marker(self.file, &self.view.text, token));
        false
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let text = self.view.reveal(&self.pending);
            let span = Span::new(self.file, self.pending_range.clone());
            self.pending.clear();
            self.push_node(Node::leaf(NodeKind::Text(text), span));
        }
    }

    fn push(&mut self, kind: NodeKind, range: Range<usize>) {
        self.flush();
        self.push_node(Node::leaf(kind, Span::new(self.file, range)));
    }

    fn push_node(&mut self, node: Node) {
        self.top_mut().children.push(node);
    }

    fn top(&self) -> &Node {
        self.stack.last().expect("the root is never popped")
    }

    fn top_mut(&mut self) -> &mut Node {
        self.stack.last_mut().expect("the root is never popped")
    }

    fn open(&mut self, tag: Tag<'_>, range: Range<usize>) {
        self.flush();
        if self.stack.len() > MAX_DEPTH {
            if self.flattened == 0 {
                self.diagnostics.push(too_deep(Span::new(self.file, range)));
            }
            self.flattened += 1;
            return;
        }
        let kind = kind(tag, self.view);
        self.stack.push(Node::leaf(kind, Span::new(self.file, range)));
    }

    fn close(&mut self, _tag: TagEnd) {
        self.flush();
        if self.flattened > 0 {
            self.flattened -= 1;
            return;
        }
        if self.stack.len() < 2 {
            return;
        }
        let Some(mut node) = self.stack.pop() else { return };
        match node.kind {
            NodeKind::Heading(level, _) => {
                node.kind = NodeKind::Heading(level, heading::slug_of(&node.children).into());
                self.push_node(node);
            }
            NodeKind::Strikethrough if !self.view.text[node.span.bytes()].starts_with("~~") => {
                let span = node.span;
                self.push_node(Node::text("~", span));
                self.top_mut().children.extend(node.children);
                self.push_node(Node::text("~", span));
            }
            NodeKind::BlockQuote => {
                let nodes = quote::split(node, &mut self.diagnostics);
                self.top_mut().children.extend(nodes);
            }
            // What is left of the block that a mask opened: the directive itself.
            NodeKind::HtmlBlock if !node.children.iter().any(|child| matches!(child.kind, NodeKind::Html(_))) => {
                let directives = node.children.into_iter().filter(|child| !matches!(child.kind, NodeKind::Text(_)));
                self.top_mut().children.extend(directives);
            }
            _ => self.push_node(node),
        }
    }

    fn finish(mut self) -> (Node, Diagnostics) {
        self.flush();
        while self.stack.len() > 1 {
            let node = self.stack.pop().expect("the stack holds more than the root");
            self.push_node(node);
        }
        (self.stack.pop().expect("the root is never popped"), self.diagnostics)
    }
}

fn kind(tag: Tag<'_>, view: &View<'_>) -> NodeKind {
    match tag {
        Tag::Heading { level, .. } => NodeKind::Heading(level as u8, "".into()),
        Tag::BlockQuote(_) => NodeKind::BlockQuote,
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => NodeKind::CodeBlock(view.reveal(&info)),
        Tag::CodeBlock(CodeBlockKind::Indented) => NodeKind::CodeBlock("".into()),
        Tag::HtmlBlock => NodeKind::HtmlBlock,
        Tag::List(start) => NodeKind::List(start),
        Tag::Item => NodeKind::Item,
        Tag::Table(alignments) => NodeKind::Table(alignments.into_iter().map(alignment).collect()),
        Tag::TableHead => NodeKind::TableHead,
        Tag::TableRow => NodeKind::TableRow,
        Tag::TableCell => NodeKind::TableCell,
        Tag::Emphasis => NodeKind::Emphasis,
        Tag::Strong => NodeKind::Strong,
        Tag::Strikethrough => NodeKind::Strikethrough,
        Tag::Link { link_type, dest_url, title, .. } => {
            let prefix = if link_type == LinkType::Email { "mailto:" } else { "" };
            let is_autolink = matches!(link_type, LinkType::Autolink | LinkType::Email);
            let destination = format!("{prefix}{}", view.reveal(&dest_url)).into();
            NodeKind::Link(Box::new(Link { destination, title: view.reveal(&title), is_autolink }))
        }
        Tag::Image { dest_url, title, .. } => {
            let (destination, title) = (view.reveal(&dest_url), view.reveal(&title));
            NodeKind::Image(Box::new(Link { destination, title, is_autolink: false }))
        }
        _ => NodeKind::Paragraph,
    }
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::None,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}

fn too_deep(span: Span) -> Diagnostic {
    let message = format!("lists, quotes and emphasis are nested more than {MAX_DEPTH} levels deep");
    Diagnostic::new(Code::BudgetExceeded, span, message).help("what lies deeper is shown without its containers")
}
