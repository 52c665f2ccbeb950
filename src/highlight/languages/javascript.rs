//! JavaScript, TypeScript and JSON.

use crate::highlight::class::Class::{Function, Keyword, Literal, Meta, String, Type};
use crate::highlight::grammar::{C_LIKE, Grammar, PLAIN, Quote};
use crate::highlight::lexers::code::Lexer;

const KEYWORDS: &str = "arguments as async await break case catch class const continue debugger default delete do else export \
    extends finally for from function get if import in instanceof let new of return set static super switch this throw try \
    typeof var void while with yield";

const VALUES: &str = "true false null undefined NaN Infinity";

/// JavaScript, JSX.
pub static JAVASCRIPT: Grammar = Grammar {
    words: &[(Keyword, KEYWORDS), (Literal, VALUES)],
    word_start: "$",
    word_part: "$",
    strings: &[
        Quote::new("\"").escaped(b'\\'),
        Quote::new("'").escaped(b'\\'),
        Quote::new("`").escaped(b'\\').lines().holes("${"),
    ],
    sigils: &[("@", Meta)],
    announced: &[(Function, "function"), (Type, "class extends new")],
    keys: ":",
    capitals: Some(Type),
    quirk: Some(regular_expression),
    ..C_LIKE
};

/// TypeScript, TSX.
pub static TYPESCRIPT: Grammar = Grammar {
    words: &[
        (Keyword, KEYWORDS),
        (
            Keyword,
            "abstract accessor asserts declare enum implements infer interface is keyof module namespace override private \
             protected public readonly require satisfies type unique",
        ),
        (Type, "any bigint boolean never number object string symbol unknown"),
        (Literal, VALUES),
    ],
    announced: &[(Function, "function"), (Type, "class extends new interface type enum implements namespace")],
    ..JAVASCRIPT
};

/// JSON, with the remarks and the loose keys of its kin.
pub static JSON: Grammar = Grammar {
    words: &[(Literal, "true false null NaN Infinity undefined")],
    comments: C_LIKE.comments,
    strings: C_LIKE.strings,
    word_start: "$",
    word_part: "$-",
    keys: ":",
    ..PLAIN
};

/// `/pattern/flags` where a value is expected, on one line.
fn regular_expression(lexer: &mut Lexer<'_, '_>) -> bool {
    let scanner = &*lexer.scanner;
    if scanner.peek() != Some(b'/') || matches!(scanner.peek_at(1), Some(b'/' | b'*' | b' ' | b'=' | b'>')) {
        return false;
    }
    let before = scanner.before_blanks();
    let is_mark = before.last().is_none_or(|byte| b"(,=:[!&|?{};\n".contains(byte));
    if !is_mark && !before.ends_with(b"return") {
        return false;
    }
    let mut is_escaped = false;
    let mut is_class = false;
    for (at, byte) in scanner.rest().bytes().enumerate().skip(1).take(256) {
        match byte {
            b'\n' => return false,
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'[' => is_class = true,
            b']' => is_class = false,
            b'/' if !is_class => {
                let flags = scanner.rest().bytes().skip(at + 1).take_while(u8::is_ascii_lowercase).count();
                lexer.take(String, at + 1 + flags);
                return true;
            }
            _ => {}
        }
    }
    false
}
