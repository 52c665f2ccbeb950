//! What a piece of code is, as far as colours tell it apart.

/// What a piece of code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// A remark for people.
    Comment,
    /// A word that the language keeps for itself.
    Keyword,
    /// Text in quotes.
    String,
    /// What stands for something else within text: `\n`, `&amp;`, the marks of a hole.
    Escape,
    /// A number, with its unit.
    Number,
    /// A value that has a name: `true`, `null`.
    Literal,
    /// The name of a type.
    Type,
    /// A function or command where it is called or defined.
    Function,
    /// A variable that is known by its mark: `$name`, `@name`, `%NAME%`.
    Variable,
    /// A key, an attribute, a parameter of a command.
    Property,
    /// The name of an element, or a selector.
    Tag,
    /// What speaks to the tools: directives, decorators, declarations.
    Meta,
    /// A title within text.
    Heading,
    /// The prompt of a console.
    Prompt,
    /// A line that was added.
    Added,
    /// A line that was removed.
    Removed,
}

impl Class {
    /// Every class, in the order of the names.
    pub const ALL: [Class; 16] = [
        Class::Comment,
        Class::Keyword,
        Class::String,
        Class::Escape,
        Class::Number,
        Class::Literal,
        Class::Type,
        Class::Function,
        Class::Variable,
        Class::Property,
        Class::Tag,
        Class::Meta,
        Class::Heading,
        Class::Prompt,
        Class::Added,
        Class::Removed,
    ];

    /// The name of the class in HTML: a letter, since there are thousands of them on a page. Themes rely on it.
    pub const fn name(self) -> &'static str {
        match self {
            Class::Comment => "c",
            Class::Keyword => "k",
            Class::String => "s",
            Class::Escape => "e",
            Class::Number => "n",
            Class::Literal => "l",
            Class::Type => "t",
            Class::Function => "f",
            Class::Variable => "v",
            Class::Property => "p",
            Class::Tag => "g",
            Class::Meta => "m",
            Class::Heading => "h",
            Class::Prompt => "q",
            Class::Added => "a",
            Class::Removed => "d",
        }
    }
}
