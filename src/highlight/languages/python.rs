//! Python.

use crate::highlight::class::Class::{Function, Keyword, Literal, Meta, Type};
use crate::highlight::grammar::{Comment, Grammar, PLAIN, Quote};

const fn text(open: &'static str, close: &'static str) -> Quote {
    Quote::between(open, close).escaped(b'\\')
}

const fn raw(open: &'static str, close: &'static str) -> Quote {
    Quote::between(open, close)
}

/// Python.
pub static PYTHON: Grammar = Grammar {
    words: &[
        (
            Keyword,
            "and as assert async await break case class continue def del elif else except finally for from global if import \
             in is lambda match nonlocal not or pass raise return try while with yield",
        ),
        (Type, "bool bytes bytearray complex dict float frozenset int list object set str tuple type"),
        (Literal, "True False None NotImplemented Ellipsis self cls __name__ __main__"),
    ],
    comments: &[Comment::line("#")],
    strings: &[
        text("f\"\"\"", "\"\"\"").lines().holes("{"),
        text("f'''", "'''").lines().holes("{"),
        raw("r\"\"\"", "\"\"\"").lines(),
        raw("r'''", "'''").lines(),
        text("\"\"\"", "\"\"\"").lines(),
        text("'''", "'''").lines(),
        text("f\"", "\"").holes("{"),
        text("f'", "'").holes("{"),
        text("F\"", "\"").holes("{"),
        raw("r\"", "\""),
        raw("r'", "'"),
        text("rb\"", "\""),
        text("b\"", "\""),
        text("b'", "'"),
        text("\"", "\""),
        text("'", "'"),
    ],
    sigils: &[("@", Meta)],
    announced: &[(Function, "def"), (Type, "class")],
    has_calls: true,
    capitals: Some(Type),
    ..PLAIN
};
