//! The tree that every pass works on: one uniform node.

use crate::markdown::code::{CodeBlock, CodeReference};
use crate::markdown::reference;
use crate::markdown::syntax::Directive;
use crate::source::Span;

/// A piece of a document, with the bytes it came from.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Where it is written.
    pub span: Span,
    /// What it holds.
    pub children: Vec<Node>,
}

// Half of a build's time goes through these: what makes a kind larger goes into a box.
const _: () = assert!(size_of::<Node>() <= 64);

/// The kinds of nodes: CommonMark's, tables, and what directives become.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// The whole of a file.
    Document,
    /// A paragraph.
    Paragraph,
    /// A heading: its level, 1 to 6, and the id that its own text makes. What is included later does not count.
    Heading(u8, Box<str>),
    /// A quote.
    BlockQuote,
    /// A list: the number that an ordered one starts with, and whether its items are written without paragraphs.
    List(Option<u64>),
    /// An item of a list.
    Item,
    /// A code block; its text is in the children.
    CodeBlock(Box<CodeBlock>),
    /// Code that lies in another file and is not put in place yet.
    CodeReference(Box<CodeReference>),
    /// A block of raw HTML; its lines are [`NodeKind::Html`] children.
    HtmlBlock,
    /// A thematic break.
    Rule,
    /// A table with the alignment of its columns.
    Table(Box<[Alignment]>),
    /// The header row of a table.
    TableHead,
    /// A row of a table.
    TableRow,
    /// A cell of a table.
    TableCell,
    /// Text, entities and escapes resolved.
    Text(Box<str>),
    /// A code span.
    Code(Box<str>),
    /// Raw HTML as it is written.
    Html(Box<str>),
    /// A line break in the source.
    SoftBreak,
    /// A line break in the output.
    HardBreak,
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Text that is struck out.
    Strikethrough,
    /// A link.
    Link(Box<Link>),
    /// An image; its alternative text is in the children.
    Image(Box<Link>),
    /// A callout.
    Callout(Box<Callout>),
    /// Tabs that a reader chooses from: [`NodeKind::Tab`] children.
    TabGroup,
    /// A tab: its title, then its content.
    Tab(Box<Tab>),
    /// The title of a tab, with the id that its text would make as a heading.
    TabTitle(Box<str>),
    /// Content for some versions, pivots or outputs only.
    Condition(Box<Condition>),
    /// `@word`, a cross reference if a page has the uid.
    Mention(Box<Mention>),
    /// `[^name]`.
    FootnoteReference(Box<str>),
    /// The text of a footnote.
    Footnote(Box<str>),
    /// The box before an item of a task list, and whether it is ticked.
    TaskMarker(bool),
    /// A formula.
    Math(Box<Formula>),
    /// An element that an extension made.
    Element(Box<Element>),
    /// A directive that is not lowered yet.
    Directive(Box<Directive>),
}

/// A callout: what its title says and what class it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callout {
    /// Upper case.
    pub kind: Box<str>,
    /// One or several classes; the kind itself unless the configuration says otherwise.
    pub class: Box<str>,
}

/// When a tab is chosen and shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Tab {
    /// The ids that it is chosen by, one at least.
    pub ids: Vec<Box<str>>,
    /// The tab that must be chosen elsewhere for this one to be shown.
    pub condition: Option<Box<str>>,
}

/// What must hold for content to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// The reader's version is in a range.
    Moniker(MonikerRange),
    /// The reader's pivot is one of these, if there are any, and the output is this, if one is named.
    Zone {
        /// `docs`, `chromeless` or `pdf`.
        target: Option<Box<str>>,
        /// Names of pivots.
        pivots: Vec<Box<str>>,
    },
}

impl Condition {
    /// What readers are told about for whom the content is; `None` for what every reader of the docs sees.
    pub fn label(&self) -> Option<String> {
        match self {
            Condition::Moniker(range) => Some(format!("Versions: {}", range.text)),
            Condition::Zone { target, pivots } if pivots.is_empty() => {
                target.as_ref().filter(|target| &***target != "docs").map(|target| format!("For {target}"))
            }
            Condition::Zone { pivots, .. } => Some(format!("For {}", pivots.join(", "))),
        }
    }

    /// The attributes of its element. Rule: docfx `ZoneExtension` and `MonikerRangeRender`.
    pub fn attributes(&self) -> Vec<(&'static str, String)> {
        match self {
            Condition::Moniker(range) => vec![("class", "zone".to_owned()), ("data-moniker", range.text.to_string())],
            Condition::Zone { target, pivots } => {
                let target = target.as_ref().map(|target| ("has-target", "data-target", target.to_string()));
                let pivots = (!pivots.is_empty()).then(|| ("has-pivot", "data-pivot", pivots.join(" ")));
                let both: Vec<_> = target.into_iter().chain(pivots).collect();
                let class = both.iter().fold("zone".to_owned(), |class, (own, ..)| format!("{class} {own}"));
                let values = both.into_iter().map(|(_, name, value)| (name, value));
                [("class", class)].into_iter().chain(values).collect()
            }
        }
    }
}

/// A range of versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonikerRange {
    /// As it is written.
    pub text: Box<str>,
    /// One of these must hold: all comparators of one list.
    pub alternatives: Vec<Vec<Comparator>>,
}

/// What a version must be, compared in the order of its product's versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Comparator {
    /// This one.
    Is(Box<str>),
    /// This one or a later one.
    AtLeast(Box<str>),
    /// This one or an earlier one.
    AtMost(Box<str>),
    /// A later one.
    After(Box<str>),
    /// An earlier one.
    Before(Box<str>),
}

/// How the cells of a column are aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// As the text runs.
    None,
    /// At the left.
    Left,
    /// In the middle.
    Center,
    /// At the right.
    Right,
}

/// Where a link or an image leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// As the author wrote it, entities and escapes resolved.
    pub destination: Box<str>,
    /// The title, or empty.
    pub title: Box<str>,
    /// Whether it is `<https://..>`: its text is its destination.
    pub is_autolink: bool,
}

/// A formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// LaTeX, as it is written.
    pub source: Box<str>,
    /// As MathML, if it can be read.
    pub mathml: Option<Box<str>>,
    /// Whether it stands for a block.
    pub is_block: bool,
}

/// A word that may be a cross reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The uid that is looked for.
    pub uid: Box<str>,
    /// As it is written.
    pub written: Box<str>,
}

/// An HTML element with attributes that are safe by construction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// The tag.
    pub tag: &'static str,
    /// Names and values, not yet escaped.
    pub attributes: Vec<(&'static str, Box<str>)>,
    /// Whether it stands in the flow of blocks: line breaks around it are fine.
    pub is_block: bool,
}

impl Node {
    /// A node without children.
    pub fn leaf(kind: NodeKind, span: Span) -> Node {
        Node { kind, span, children: Vec::new() }
    }

    /// A node that holds `children`.
    pub fn with(kind: NodeKind, span: Span, children: Vec<Node>) -> Node {
        Node { kind, span, children }
    }

    /// A node of text.
    pub fn text(text: &str, span: Span) -> Node {
        Node::leaf(NodeKind::Text(text.into()), span)
    }

    /// Whether it stands in the flow of blocks, not in a line of text.
    pub fn is_block(&self) -> bool {
        match &self.kind {
            NodeKind::Element(element) => element.is_block,
            NodeKind::Directive(directive) => directive.is_block,
            NodeKind::Math(formula) => formula.is_block,
            NodeKind::Text(_)
            | NodeKind::Code(_)
            | NodeKind::Mention(_)
            | NodeKind::FootnoteReference(_)
            | NodeKind::TaskMarker(_)
            | NodeKind::Html(_)
            | NodeKind::SoftBreak
            | NodeKind::HardBreak
            | NodeKind::Emphasis
            | NodeKind::Strong
            | NodeKind::Strikethrough
            | NodeKind::Link(_)
            | NodeKind::Image(_) => false,
            _ => true,
        }
    }

    /// Whether no syntax is read in what it holds: code, raw HTML, text that translators leave alone, the text of a button.
    pub fn is_literal(&self) -> bool {
        match &self.kind {
            NodeKind::CodeBlock(_) | NodeKind::HtmlBlock => true,
            NodeKind::Element(element) => element
                .attributes
                .iter()
                .any(|(name, value)| *name == "class" && matches!(&**value, "no-loc" | "button")),
            _ => false,
        }
    }

    /// Whether it is no part of the article: a label, or what a page adds.
    pub fn is_decoration(&self) -> bool {
        let is_mark = |(name, _): &(&str, Box<str>)| *name == "data-decoration";
        matches!(&self.kind, NodeKind::Element(element) if element.attributes.iter().any(is_mark))
    }

    /// Makes each line of the source in it a line for readers.
    pub fn break_lines(&mut self) {
        if self.kind == NodeKind::SoftBreak {
            self.kind = NodeKind::HardBreak;
        }
        self.children.iter_mut().for_each(Node::break_lines);
    }

    /// Adds what a reader sees of it as plain text: text, code and alternative texts, no HTML and no decoration.
    pub fn push_plain_text(&self, text: &mut String) {
        match &self.kind {
            _ if self.is_decoration() => {}
            NodeKind::Text(own) | NodeKind::Code(own) => text.push_str(own),
            NodeKind::Math(formula) => text.push_str(&formula.source),
            NodeKind::Mention(mention) => text.push_str(&mention.written),
            NodeKind::SoftBreak | NodeKind::HardBreak => text.push(' '),
            NodeKind::Link(link) if link.is_autolink => match reference::text_without_page(&link.destination) {
                Some(own) => text.push_str(&own),
                None => self.children.iter().for_each(|child| child.push_plain_text(text)),
            },
            _ => self.children.iter().for_each(|child| child.push_plain_text(text)),
        }
    }
}
