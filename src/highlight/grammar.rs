//! How a language is written, as data: what most languages differ in, and a place for what only one of them has.

use crate::highlight::class::Class;
use crate::highlight::lexers::code::Lexer;

/// How a language is written.
#[derive(Debug)]
pub struct Grammar {
    /// What words mean: a class, and words parted by blanks. In lower case where case does not matter.
    pub words: &'static [(Class, &'static str)],
    /// Whether words mean the same in upper and lower case.
    pub is_caseless: bool,
    /// What may begin a word, beside letters and `_`.
    pub word_start: &'static str,
    /// What may stand in a word, beside letters, digits and `_`.
    pub word_part: &'static str,
    /// Remarks. The first that fits is taken.
    pub comments: &'static [Comment],
    /// Text in quotes. The first that fits is taken.
    pub strings: &'static [Quote],
    /// Marks that begin a name, with the class of both.
    pub sigils: &'static [(&'static str, Class)],
    /// Words after which a name follows, and the class of that name.
    pub announced: &'static [(Class, &'static str)],
    /// Whether a name before `(` is a function.
    pub has_calls: bool,
    /// What names that begin with a capital letter are.
    pub capitals: Option<Class>,
    /// Whether a type stands before the name of what has it: `Door door`.
    pub has_types_first: bool,
    /// What a name or text at the start of a line or of an entry is a key before: `:` or `=`.
    pub keys: &'static str,
    /// For shells: after which bytes the first word is a command.
    pub commands: Option<&'static str>,
    /// Whether words after a hyphen are parameters: `-Name`, `--name`.
    pub has_flags: bool,
    /// What only this language has. Tried first at each place; tells whether it moved on.
    pub quirk: Option<Quirk>,
}

/// Reads what only one language has. Tells whether it moved on.
pub type Quirk = fn(&mut Lexer<'_, '_>) -> bool;

/// A language that has nothing but words and numbers: what others start from.
pub const PLAIN: Grammar = Grammar {
    words: &[],
    is_caseless: false,
    word_start: "",
    word_part: "",
    comments: &[],
    strings: &[],
    sigils: &[],
    announced: &[],
    has_calls: false,
    capitals: None,
    has_types_first: false,
    keys: "",
    commands: None,
    has_flags: false,
    quirk: None,
};

/// What the descendants of C have in common.
pub const C_LIKE: Grammar = Grammar {
    comments: &[Comment::line("//"), Comment::block("/*", "*/")],
    strings: &[Quote::new("\"").escaped(b'\\'), Quote::new("'").escaped(b'\\')],
    has_calls: true,
    ..PLAIN
};

/// A remark.
#[derive(Debug, Clone, Copy)]
pub struct Comment {
    /// How it begins.
    pub open: &'static str,
    /// How it ends; at the end of its line without one.
    pub close: Option<&'static str>,
    /// Whether one may stand in another.
    pub nests: bool,
    /// Where it may begin.
    pub place: Place,
}

/// Where something may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Anywhere.
    Any,
    /// At the start of a line or after a blank.
    Parted,
    /// As the first on its line.
    LineStart,
}

impl Comment {
    /// Up to the end of the line.
    pub const fn line(open: &'static str) -> Comment {
        Comment { open, close: None, nests: false, place: Place::Any }
    }

    /// From one mark to another.
    pub const fn block(open: &'static str, close: &'static str) -> Comment {
        Comment { open, close: Some(close), nests: false, place: Place::Any }
    }

    /// One may stand in another.
    pub const fn nesting(self) -> Comment {
        Comment { nests: true, ..self }
    }

    /// Begins only there.
    pub const fn at(self, place: Place) -> Comment {
        Comment { place, ..self }
    }
}

/// Text in quotes.
#[derive(Debug, Clone, Copy)]
pub struct Quote {
    /// How it begins.
    pub open: &'static str,
    /// How it ends.
    pub close: &'static str,
    /// The byte that takes its meaning from the next character.
    pub escape: Option<u8>,
    /// Whether the closing mark, written twice, stands for itself.
    pub doubles: bool,
    /// Whether it may go over several lines.
    pub is_multiline: bool,
    /// What opens a hole in which code stands; holes end with `}` or `)`.
    pub hole: Option<&'static str>,
    /// Whether variables with a `$` stand for their values.
    pub has_variables: bool,
    /// What it is.
    pub class: Class,
}

impl Quote {
    /// A line of text that ends with the mark with which it begins.
    pub const fn new(mark: &'static str) -> Quote {
        Quote::between(mark, mark)
    }

    /// A line of text between two marks.
    pub const fn between(open: &'static str, close: &'static str) -> Quote {
        let class = Class::String;
        Quote {
            open,
            close,
            escape: None,
            doubles: false,
            is_multiline: false,
            hole: None,
            has_variables: false,
            class,
        }
    }

    /// `escape` takes the meaning of the next character.
    pub const fn escaped(self, escape: u8) -> Quote {
        Quote { escape: Some(escape), ..self }
    }

    /// The closing mark, written twice, stands for itself.
    pub const fn doubled(self) -> Quote {
        Quote { doubles: true, ..self }
    }

    /// May go over several lines.
    pub const fn lines(self) -> Quote {
        Quote { is_multiline: true, ..self }
    }

    /// Has holes for code.
    pub const fn holes(self, open: &'static str) -> Quote {
        Quote { hole: Some(open), ..self }
    }

    /// Has variables.
    pub const fn variables(self) -> Quote {
        Quote { has_variables: true, ..self }
    }

    /// Is something other than text.
    pub const fn of(self, class: Class) -> Quote {
        Quote { class, ..self }
    }
}
