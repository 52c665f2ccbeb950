//! A file as a tree.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options as CommonMark, Parser, Tag, TagEnd};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::markdown::builder::{Builder, Place};
use crate::markdown::code::CodeBlock;
use crate::markdown::definitions;
use crate::markdown::extension::Shape;
use crate::markdown::extensions::{abbreviation, autolink, marks, tabs, zone};
use crate::markdown::mistakes;
use crate::markdown::pipes;
use crate::markdown::scan::{self, Mask, Token};
use crate::markdown::tables::{self, Table};
use crate::markdown::tree::{Alignment, Element, Link, Node, NodeKind};
use crate::markdown::view::View;
use crate::markdown::{Extra, Options};
use crate::path::Destination;
use crate::source::{FileId, Span};

/// A parsed file.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file.
    pub file: FileId,
    /// Its tree.
    pub root: Node,
    /// Whether it has directives, the markers of callouts aside: there may be includes or code that are to be spliced.
    pub has_directives: bool,
}

/// Reads the markdown of `text` from byte `start` on. Never fails.
pub fn parse(file: FileId, text: &str, start: usize, options: &Options) -> (Document, Diagnostics) {
    let text = &*with_line_feeds(text);
    let mut tokens = scan::scan(text, start, options);
    let pipes = pipes::not_dividing(text, &tokens);
    let mut tables = match options.extras.contains(&Extra::GfmTables) {
        true => Vec::new(),
        false => tables::ragged(text, start, &pipes, &tokens),
    };
    let no_definitions = match options.extras.contains(&Extra::DefinitionLists) {
        true => definitions::no_definitions(text),
        false => Vec::new(),
    };
    let (mut rounds, mut tangled, mut unread) = (0, None, Vec::new());
    loop {
        let view = View::new(text, &tokens, &pipes, &no_definitions, &tables);
        let mut builder = Builder::new(file, text, &view, &tokens, options);
        for (event, range) in Parser::new_ext(&view.text[start..], common_mark(options)).into_offset_iter() {
            builder.event(event, view.source_range(range.start + start..range.end + start));
        }
        // What did not surface lies in code, comments or raw HTML, where nothing of the dialect is read. Each round
        // has fewer tokens and tables than the one before, or more end markers that end raw HTML.
        let places = std::mem::take(&mut builder.places);
        let is_table = |table: &Table| {
            let before = builder.tables.partition_point(|start| *start < table.header.start);
            builder.tables.get(before).is_some_and(|start| table.header.contains(start))
        };
        let all_tables = tables.iter().all(is_table);
        if all_tables && places.iter().zip(&tokens).all(|(place, token)| place.is_settled(token)) {
            let (may_have_tabs, may_have_urls) = (builder.may_have_tabs, builder.may_have_urls);
            let is_directive =
                |(place, token): (&Place, &Token)| *place == Place::Surface && token.shape != Shape::QuoteMarker;
            let has_zones = tokens.iter().any(|token| zone::is_within_line(&token.directive.name));
            let has_directives = places.iter().zip(&tokens).any(is_directive);
            let (mut root, mut diagnostics) = builder.finish();
            let left = places.iter().zip(&tokens).filter(|(place, _)| **place == Place::Unread).map(|(_, token)| token);
            diagnostics.extend(unread.iter().chain(left).map(|token| mistakes::unread(file, token)));
            diagnostics.extend(tables.iter().map(|table| table.diagnostic(file)));
            diagnostics.extend(tangled.map(|range| too_tangled(Span::new(file, range))));
            if has_zones {
                zone::pair(&mut root, &mut diagnostics);
            }
            if may_have_tabs {
                tabs::group(&mut root, &mut diagnostics);
            }
            if may_have_urls {
                autolink::link_urls(&mut root, text);
            }
            read_extras(&mut root, text, options);
            return (Document { file, root, has_directives }, diagnostics);
        }
        tables.retain(is_table);
        rounds += 1;
        if rounds > MAX_ROUNDS {
            tangled = tokens.first().map(|token| token.range.clone());
            (tokens, tables) = (Vec::new(), Vec::new());
        }
        tokens = settle(tokens, &places, &mut unread);
    }
}

/// Reads in a complete tree what a docset switches on.
fn read_extras(root: &mut Node, text: &str, options: &Options) {
    marks::mark_up(root, text, options);
    abbreviation::explain(root, text, options);
    if options.extras.contains(&Extra::HardLineBreaks) {
        root.break_lines();
    }
}

/// The text with a line feed for each carriage return that ends a line by itself: pulldown-cmark ends no raw HTML there.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_lone = |at: &usize| bytes.get(at + 1) != Some(&b'\n');
    let (mut fed, mut copied) = (String::new(), 0);
    for at in memchr::memchr_iter(b'\r', bytes).filter(is_lone) {
        fed.push_str(&text[copied..at]);
        fed.push('\n');
        copied = at + 1;
    }
    if copied == 0 { Cow::Borrowed(text) } else { Cow::Owned(fed + &text[copied..]) }
}

/// How often a text is read again because what was taken for a directive is none. Once is rare.
const MAX_ROUNDS: usize = 32;

fn too_tangled(span: Span) -> Diagnostic {
    let message = "the directives of this file hide each other; none of them is read";
    Diagnostic::new(Code::BudgetExceeded, span, message).help("take the directives out of code spans and comments")
}

/// The tokens that are real, or may be in the next round. Those that go although authors may have meant them are `unread`.
fn settle(tokens: Vec<Token>, places: &[Place], unread: &mut Vec<Token>) -> Vec<Token> {
    // What raw HTML hid that ends now may surface with the end of that HTML.
    let is_opened = tokens.iter().zip(places).any(|(token, place)| *place == Place::InHtml && !token.ends_html);
    // What ends nothing may end something once all that hides a start is gone.
    let is_last = places.iter().zip(&tokens).all(|(place, token)| *place == Place::Text || place.is_settled(token));
    let settled = tokens.into_iter().zip(places).filter_map(|(token, place)| match place {
        Place::InHtml if is_opened => Some(Token { ends_html: true, ..token }),
        Place::Text if is_last => Some(Token { mask: Mask::Open, ends_html: false, ..token }),
        Place::Text => Some(token),
        Place::Unread if !is_opened && !place.is_settled(&token) => {
            unread.push(token);
            None
        }
        _ => (is_opened || place.is_settled(&token)).then_some(token),
    });
    settled.collect()
}

/// What is read beyond CommonMark, by name.
///
/// Smart punctuation rewrites the quotes of attributes, GitHub's alerts know five names and lose the marker: off.
/// What a docset switches on stands in [`Extra`]; footnotes have an open superlinear case.
fn common_mark(options: &Options) -> CommonMark {
    let extra = |extra: &Extra| match extra {
        Extra::DefinitionLists => CommonMark::ENABLE_DEFINITION_LIST,
        Extra::Footnotes => CommonMark::ENABLE_FOOTNOTES,
        Extra::TaskLists => CommonMark::ENABLE_TASKLISTS,
        _ => CommonMark::empty(),
    };
    let always = CommonMark::ENABLE_TABLES | CommonMark::ENABLE_STRIKETHROUGH;
    options.extras.iter().map(extra).fold(always, |all, one| all | one)
}

impl Builder<'_> {
    /// Takes an event of pulldown-cmark, with its bytes in the source.
    // Into the loop, so that no event is put together only to be taken apart: one instruction in a hundred of a build.
    #[inline(always)]
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::Link { link_type: LinkType::Autolink, .. }) if self.leaf(&range, Mask::LineStart) => {
                self.in_mask = true;
            }
            Event::Start(Tag::Link { link_type: LinkType::Autolink, dest_url, .. }) if names_element(&dest_url) => {
                self.push(NodeKind::Html(self.text[range.clone()].into()), range);
                self.in_mask = true;
            }
            Event::End(TagEnd::Link) if self.in_mask => self.in_mask = false,
            _ if self.in_mask => {}
            Event::Start(tag) => {
                if matches!(tag, Tag::Table(_)) {
                    self.tables.push(range.start);
                }
                self.may_have_tabs |= matches!(&tag, Tag::Link { dest_url, .. } if dest_url.starts_with(tabs::START));
                self.open(kind(tag, self.view), range);
            }
            Event::End(_) => self.close(),
            Event::Text(text) => self.text(&text, range),
            Event::Code(code) => {
                let code = self.view.reveal(&code);
                self.push(NodeKind::Code(code), range);
            }
            Event::Html(html) => {
                // After a directive, the first of its block but for its indentation, only the end of its line is left.
                let is_raw = |node: &Node| matches!(node.kind, NodeKind::Html(_) | NodeKind::Text(_));
                let has_directive = !self.own_children().iter().take(2).all(is_raw);
                if !self.leaf(&range, Mask::Block) && !has_directive {
                    self.push(NodeKind::Html(self.view.reveal(&html)), range.clone());
                    self.look_into_html(range);
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
            Event::FootnoteReference(name) => self.push(NodeKind::FootnoteReference(self.view.reveal(&name)), range),
            Event::TaskListMarker(is_done) => self.push(NodeKind::TaskMarker(is_done), range),
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }
}

fn kind(tag: Tag<'_>, view: &View<'_>) -> NodeKind {
    match tag {
        Tag::Heading { level, .. } => NodeKind::Heading(level as u8, "".into()),
        Tag::BlockQuote(_) => NodeKind::BlockQuote,
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
            NodeKind::CodeBlock(Box::new(CodeBlock::with_info(view.reveal(&info))))
        }
        Tag::CodeBlock(CodeBlockKind::Indented) => NodeKind::CodeBlock(Box::default()),
        Tag::HtmlBlock => NodeKind::HtmlBlock,
        Tag::List(start) => NodeKind::List(start),
        Tag::Item => NodeKind::Item,
        Tag::Table(alignments) => NodeKind::Table(alignments.into_iter().map(alignment).collect()),
        Tag::TableHead => NodeKind::TableHead,
        Tag::TableRow => NodeKind::TableRow,
        Tag::TableCell => NodeKind::TableCell,
        Tag::DefinitionList => element("dl", true),
        Tag::DefinitionListTitle => element("dt", true),
        Tag::DefinitionListDefinition => element("dd", true),
        Tag::FootnoteDefinition(name) => NodeKind::Footnote(view.reveal(&name)),
        Tag::Emphasis => NodeKind::Emphasis,
        Tag::Strong => NodeKind::Strong,
        Tag::Strikethrough => NodeKind::Strikethrough,
        Tag::Link { link_type, dest_url, title, .. } => {
            let is_autolink = matches!(link_type, LinkType::Autolink | LinkType::Email);
            let mut destination = view.reveal(&dest_url);
            if link_type == LinkType::Email {
                destination = format!("mailto:{destination}").into();
            }
            NodeKind::Link(Box::new(Link { destination, title: view.reveal(&title), is_autolink }))
        }
        Tag::Image { dest_url, title, .. } => {
            let (destination, title) = (view.reveal(&dest_url), view.reveal(&title));
            NodeKind::Image(Box::new(Link { destination, title, is_autolink: false }))
        }
        _ => NodeKind::Paragraph,
    }
}

/// Whether an autolink is the tag of an element with a prefix, such as `<sp:Policy>`, rather than an address.
///
/// Rule: Markdig reads it as raw HTML; a scheme that pages may link to makes it an address all the same.
fn names_element(destination: &str) -> bool {
    let is_name = |name: &str| {
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        name.starts_with(|c: char| c.is_alphabetic() || c == '_') && name.chars().all(is_part)
    };
    let names = destination.split_once(':').is_some_and(|(prefix, name)| is_name(prefix) && is_name(name));
    names && matches!(Destination::parse(destination), Destination::Unsafe(_))
}

fn element(tag: &'static str, is_block: bool) -> NodeKind {
    NodeKind::Element(Box::new(Element { tag, attributes: Vec::new(), is_block }))
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::None,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::RepoPath;
    use crate::source::Sources;

    #[test]
    fn a_directive_that_is_too_long_is_told_as_such() {
        let file = Sources::memory([]).id(&RepoPath::new("a.md").expect("a path"));
        let long = "x".repeat(5000);
        for text in [format!(":::image source=\"{long}\":::"), format!("[!INCLUDE [{long}](a.md)]")] {
            let (_, diagnostics) = parse(file, &text, 0, &Options::default());
            let codes: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
            assert_eq!(codes, [Code::BudgetExceeded]);
        }
    }

    #[test]
    fn directives_that_hide_each_other_in_turn_are_given_up() {
        let run = |length: usize| "`".repeat(length);
        let one = |n: usize| format!("[!INCLUDE [{} {}](a)]{} ", run(n), run(n + 1), run(n));
        let text = "a `".to_owned() + &(1..50).map(one).collect::<String>();
        let file = Sources::memory([]).id(&RepoPath::new("a.md").expect("a path"));
        let (_, diagnostics) = parse(file, &text, 0, &Options::default());
        assert!(diagnostics.iter().any(|diagnostic| diagnostic.code == Code::BudgetExceeded), "{diagnostics:?}");
    }

    #[test]
    fn a_carriage_return_ends_a_line_as_a_line_feed_does() {
        let file = Sources::memory([]).id(&RepoPath::new("a.md").expect("a path"));
        for text in [
            "> [!NOTE]\nlazy\n\n\n> a",
            "|a|b|\n|-|-|\n|1|2|3|\n\nb",
            "| `a|b` |\n|-|\n| `c` |\n",
            "> :::row:::\n>     :::column:::\n>     a\n>\n> b",
            "<div>\n:::zone-end\n\n$$\nx\n$$",
        ] {
            let read = |text: &str| format!("{:?}", parse(file, text, 0, &Options::default()));
            assert_eq!(read(&text.replace('\n', "\r")), read(text));
        }
    }

    #[test]
    fn what_the_view_puts_in_at_the_end_lies_in_no_text() {
        let text = ">:::zone pivot=\"a\"\n>||$\n|-";
        let file = Sources::memory([]).id(&RepoPath::new("a.md").expect("a path"));
        let (_, diagnostics) = parse(file, text, 0, &Options::default());
        assert!(diagnostics.iter().any(|diagnostic| diagnostic.code == Code::InvalidZone), "{diagnostics:?}");
    }
}
