//! One syntax, one file: what an extension is, and the table of all of them.

use std::fmt::Debug;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::markdown::Options;
use crate::markdown::extensions;
use crate::markdown::syntax::Directive;
use crate::markdown::tree::Node;
use crate::source::{FileId, Span};

/// One docs syntax: the directives that it owns, and how they become plain nodes.
pub trait Extension: Sync + Debug {
    /// Whether a directive of this lower-case name (`note`, `include`, `:image`, `:image-end`) is its.
    fn owns(&self, name: &str, options: &Options) -> bool;

    /// Where a directive of its may stand.
    fn shape(&self, directive: &Directive) -> Shape;

    /// Whether what a container's start marker says is sound. If not, it says why, and the marker stays text.
    fn opens(&self, _directive: &Directive, _cx: &mut Context<'_>) -> bool {
        true
    }

    /// What a container of its is in one of its own.
    fn nesting(&self) -> Nesting {
        Nesting::EndsOuter
    }

    /// The nodes that a directive becomes.
    fn lower(&self, directive: Directive, cx: &mut Context<'_>) -> Vec<Node>;

    /// The code for a directive that is malformed, or whose other half is missing.
    fn code(&self) -> Code;
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
    /// A line that starts a container; what follows up to its end marker is its body.
    Container(Indentation),
    /// A line that ends the container whose name it has, without `-end`.
    End,
}

/// What a container is in another one of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nesting {
    /// A container like any other: an end marker ends the inner one.
    EndsInner,
    /// A container, but the first end marker ends the outer one with all that is in it, as on Learn.
    EndsOuter,
    /// None: its start marker is text, as on Learn.
    IsText,
}

/// What the indentation of a container's body means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Indentation {
    /// What it means anywhere.
    Counts,
    /// Nothing: it is decoration.
    IsEaten,
}

/// What an extension works with.
#[derive(Debug)]
pub struct Context<'a> {
    /// The directive's bytes.
    pub span: Span,
    /// What stands in its body.
    pub body: Vec<Node>,
    /// What the docset switches on.
    pub options: &'a Options,
    /// What it has to say.
    pub diagnostics: &'a mut Diagnostics,
}

impl Context<'_> {
    /// The file that the directive stands in.
    pub fn file(&self) -> FileId {
        self.span.file
    }

    /// Reports a marker that nothing follows in its quote.
    pub fn report_empty(&mut self, marker: &Directive) {
        if self.body.is_empty() {
            let message = format!("`{}` holds nothing", marker.raw);
            let help = "begin each line of what belongs to it with `>`, also a blank one right behind the marker";
            let diagnostic = Diagnostic::new(Code::InvalidNoteSection, self.span, message);
            self.diagnostics.push(diagnostic.severity(Severity::Suggestion).help(help));
        }
    }
}

/// Every syntax of the dialect.
pub static EXTENSIONS: &[&dyn Extension] = &[
    &extensions::abbreviation::Abbreviation,
    &extensions::callout::Callout,
    &extensions::include::Include,
    &extensions::image::Image,
    &extensions::code::Code,
    &extensions::columns::Row,
    &extensions::columns::Column,
    &extensions::division::Division,
    &extensions::form::Form,
    &extensions::math::Math,
    &extensions::moniker::Moniker,
    &extensions::no_loc::NoLoc,
    &extensions::video::Video,
    &extensions::video::VideoQuote,
    &extensions::xref::Generic,
    &extensions::xref::Quoted,
    &extensions::zone::Zone,
];

/// The extension that owns a directive.
pub fn owner(name: &str, options: &Options) -> Option<&'static dyn Extension> {
    EXTENSIONS.iter().copied().find(|extension| extension.owns(name, options))
}
