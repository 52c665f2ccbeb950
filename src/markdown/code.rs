//! Code as data: what a block says of itself, and what a reference asks for that takes its code from another file.

/// What a code block says of itself. Its text is in the children of its node.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodeBlock {
    /// The info string of a fence, or the language that a reference names; empty for none.
    pub info: Box<str>,
    /// A title; empty for none.
    pub title: Box<str>,
    /// Where readers may run it, as `:::code interactive=` names it; empty for nowhere.
    pub interactive: Box<str>,
    /// The lines that stand out, counted in the text of the block.
    pub highlight: Vec<LineRange>,
}

impl CodeBlock {
    /// A block that has an info string and nothing else.
    pub fn with_info(info: Box<str>) -> CodeBlock {
        CodeBlock { info, ..CodeBlock::default() }
    }

    /// The language as its author names it: the first word of the info string, without `-interactive`. Empty for none.
    pub fn language(&self) -> &str {
        let word = self.info.split_whitespace().next().unwrap_or("");
        word.strip_suffix(INTERACTIVE).unwrap_or(word)
    }

    /// Whether readers may run it.
    pub fn is_interactive(&self) -> bool {
        !self.interactive.is_empty()
            || self.info.split_whitespace().next().is_some_and(|word| word.ends_with(INTERACTIVE))
    }
}

/// What ends the language of code that readers may run: `azurecli-interactive`.
const INTERACTIVE: &str = "-interactive";

/// A run of lines, 1-based, both ends included. A last line of `u32::MAX` is the last of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineRange {
    /// The first line.
    pub first: u32,
    /// The last line.
    pub last: u32,
}

/// What asks for code that lies in another file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeReference {
    /// How it is written.
    pub form: Form,
    /// Where the file lies, as its author wrote it.
    pub path: Box<str>,
    /// Which part of the file is meant.
    pub part: Part,
    /// How many columns are taken off each line; `None`: as many as all lines have.
    pub dedent: Option<usize>,
    /// The block that it becomes.
    pub block: CodeBlock,
}

/// How a reference is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `[!code-csharp[name](path)]`
    Snippet,
    /// `[!notebook-python[](path?name=cell)]`
    Notebook,
    /// `:::code source="path":::`
    TripleColon,
}

/// A part of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// What stands between the two ends of a tag, or in a named cell of a notebook.
    Tag(Box<str>),
    /// Lines, one range after the other.
    Lines(Vec<LineRange>),
}
