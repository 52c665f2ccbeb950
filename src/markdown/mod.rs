//! Markdown: text in, nodes and HTML out. No files, no site, no theme.
//!
//! 1. [`scan`] finds what may be a directive of the dialect.
//! 2. [`view`] masks it, so that pulldown-cmark reads the rest as plain CommonMark.
//! 3. [`document`] has pulldown-cmark read the view, and [`builder`] makes a tree of its events; what was masked comes
//!    back as directives.
//! 4. [`extension`] lowers directives to ordinary nodes.
//! 5. [`html`] writes the tree, with open places where only the site knows the answer.

pub mod builder;
pub mod code;
pub mod containers;
pub mod definitions;
pub mod description;
pub mod document;
pub mod extension;
pub mod extensions;
pub mod formula;
pub mod generic;
pub mod heading;
pub mod html;
pub mod indentation;
pub mod language;
mod latex;
pub mod mistakes;
pub mod pipes;
pub mod quote;
pub mod reference;
pub mod scan;
pub mod spelling;
pub mod syntax;
pub mod tables;
pub mod text;
pub mod tightness;
pub mod tree;
pub mod video;
pub mod view;

/// What a docset switches on.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Kinds of callouts beyond those of every docset: the name, and the classes of its element.
    pub alerts: Vec<(Box<str>, Box<str>)>,
    /// What becomes of the HTML that authors write.
    pub raw_html: RawHtml,
    /// Syntax that is text in other docsets.
    pub extras: Vec<Extra>,
}

/// Syntax that a docset may switch on. Rule: the names of docfx's `markdigExtensions`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extra {
    /// `*[HTML]: Hyper Text Markup Language`.
    Abbreviations,
    /// `Term` and `: what it means` on the next line.
    DefinitionLists,
    /// `[^1]` and `[^1]: text`.
    Footnotes,
    /// Rows of a table that are longer than its header are cut, as on GitHub.
    GfmTables,
    /// A line of the source is a line for readers.
    HardLineBreaks,
    /// `++inserted++`.
    Inserted,
    /// `==marked==`.
    Marked,
    /// `:)`.
    Smileys,
    /// `H~2~O`.
    Subscript,
    /// `x^2^`.
    Superscript,
    /// `- [x] done`.
    TaskLists,
}

impl Extra {
    /// What a name in the configuration switches on.
    pub const NAMES: &[(&str, &[Extra])] = &[
        ("abbreviations", &[Extra::Abbreviations]),
        (
            "advanced",
            &[
                Extra::Abbreviations,
                Extra::DefinitionLists,
                Extra::Footnotes,
                Extra::Inserted,
                Extra::Marked,
                Extra::Subscript,
                Extra::Superscript,
                Extra::TaskLists,
            ],
        ),
        ("definitionlists", &[Extra::DefinitionLists]),
        ("emphasisextras", &[Extra::Subscript, Extra::Superscript, Extra::Inserted, Extra::Marked]),
        ("footnotes", &[Extra::Footnotes]),
        ("gfm-pipetables", &[Extra::GfmTables]),
        ("hardlinebreak", &[Extra::HardLineBreaks]),
        ("smileys", &[Extra::Smileys]),
        ("tasklists", &[Extra::TaskLists]),
    ];
}

/// How far the HTML in articles is trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RawHtml {
    /// Only the elements, attributes and schemes come through that cannot do harm.
    #[default]
    Filtered,
    /// It comes through as it is written, scripts too; so do links of any scheme.
    Trusted,
}
