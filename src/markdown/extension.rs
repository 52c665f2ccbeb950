//! One syntax, one file: what an extension is, and the table of all of them.

use crate::diagnostic::Diagnostics;
use crate::markdown::extensions;
use crate::markdown::syntax::Directive;
use crate::markdown::tree::Node;
use crate::source::{FileId, Span};

/// One docs syntax: the directives that it owns, and how they become plain nodes.
pub trait Extension: Sync {
    /// Whether a directive of this lower-case name (`note`, `include`, `:image`) is its.
    fn owns(&self, name: &str) -> bool;

    /// Where its directives may stand.
    fn shape(&self) -> Shape;

    /// The nodes that a directive becomes.
    fn lower(&self, directive: Directive, cx: &mut Context<'_>) -> Vec<Node>;
}

/// Where a directive may stand, and what it does to the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Alone on its line it is a block, elsewhere a piece of the line.
    Block,
    /// Always a piece of a line.
    Inline,
    /// A line of a quote; what follows in the quote is its body.
    QuoteMarker,
}

/// What an extension works with.
#[derive(Debug)]
pub struct Context<'a> {
    /// The directive's bytes.
    pub span: Span,
    /// What stands in its body.
    pub body: Vec<Node>,
    /// What it has to say.
    pub diagnostics: &'a mut Diagnostics,
}

impl Context<'_> {
    /// The file that the directive stands in.
    pub fn file(&self) -> FileId {
        self.span.file
    }
}

/// Every syntax of the dialect.
pub static EXTENSIONS: &[&dyn Extension] = &[
    &extensions::callout::Callout,
    &extensions::include::Include,
    &extensions::image::Image,
    &extensions::snippet::Snippet,
];

/// The extension that owns a directive.
pub fn owner(name: &str) -> Option<&'static dyn Extension> {
    EXTENSIONS.iter().copied().find(|extension| extension.owns(name))
}
