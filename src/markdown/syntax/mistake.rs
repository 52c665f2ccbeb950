//! What keeps a directive from being one.

/// Why a text that begins as a directive does is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mistake {
    /// It is the marker of a callout of a kind that does not exist.
    UnknownKind,
    /// It is an include without a path.
    NoTarget,
    /// It has an attribute that cannot be read. The text says what is wrong.
    Attribute(Box<str>),
    /// It has this many colons, which are too many.
    Colons(usize),
    /// It is longer than a directive may be.
    TooLong,
}
