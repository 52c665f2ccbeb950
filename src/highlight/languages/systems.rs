//! Languages for programs and systems: Go, Rust, Swift, Dart, Q#, assembly.

use crate::highlight::class::Class::{Function, Keyword, Literal, Meta, String, Type};
use crate::highlight::grammar::{C_LIKE, Comment, Grammar, PLAIN, Place, Quote};
use crate::highlight::lexers::code::Lexer;
use crate::highlight::scanner::is_word;

const QUOTE: Quote = Quote::new("\"").escaped(b'\\');
const CHARACTER: Quote = Quote::new("'").escaped(b'\\');

/// Go.
pub static GO: Grammar = Grammar {
    words: &[
        (
            Keyword,
            "break case chan const continue default defer else fallthrough for func go goto if import interface map package \
             range return select struct switch type var",
        ),
        (
            Type,
            "any bool byte complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string uint uint8 uint16 \
             uint32 uint64 uintptr",
        ),
        (Literal, "true false nil iota"),
    ],
    strings: &[QUOTE, Quote::new("`").lines(), CHARACTER],
    announced: &[(Function, "func"), (Type, "type")],
    ..C_LIKE
};

/// Rust.
pub static RUST: Grammar = Grammar {
    words: &[
        (
            Keyword,
            "as async await break const continue crate dyn else enum extern fn for if impl in let loop macro_rules match mod move \
             mut pub ref return self static struct super trait type union use where while yield unsafe",
        ),
        (Type, "bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize Self"),
        (Literal, "true false None Some Ok Err"),
    ],
    comments: &[Comment::line("//"), Comment::block("/*", "*/").nesting()],
    strings: &[
        Quote::between("b\"", "\"").escaped(b'\\').lines(),
        Quote::between("r#\"", "\"#").lines(),
        Quote::between("r\"", "\"").lines(),
        QUOTE.lines(),
    ],
    announced: &[(Function, "fn"), (Type, "struct enum trait type union impl")],
    has_calls: true,
    capitals: Some(Type),
    quirk: Some(rust_quirk),
    ..PLAIN
};

/// Attributes, macros, and what begins with `'`: a character or a lifetime.
fn rust_quirk(lexer: &mut Lexer<'_, '_>) -> bool {
    let rest = lexer.scanner.rest();
    let bytes = rest.as_bytes();
    match bytes.first() {
        Some(b'#') if rest.starts_with("#[") || rest.starts_with("#![") => {
            let length = bytes.iter().take_while(|byte| !matches!(byte, b']' | b'\n')).count();
            lexer.take(Meta, length + usize::from(bytes.get(length) == Some(&b']')));
            true
        }
        Some(b'\'') => {
            let close = bytes.iter().enumerate().skip(2).take(10).find(|(_, byte)| **byte == b'\'').map(|(at, _)| at);
            let is_character = bytes.get(1) == Some(&b'\\') || rest.chars().nth(2) == Some('\'');
            match close.filter(|_| is_character) {
                Some(close) => lexer.take(String, close + 1),
                None => lexer.take(Meta, 1 + bytes.iter().skip(1).take_while(|byte| is_word(**byte)).count()),
            }
            true
        }
        _ => macro_call(lexer),
    }
}

/// `name!(..)`
fn macro_call(lexer: &mut Lexer<'_, '_>) -> bool {
    let is_start = lexer.scanner.before().is_none_or(|byte| !is_word(byte));
    let name = if is_start { lexer.scanner.count(is_word) } else { 0 };
    let bytes = lexer.scanner.rest().as_bytes();
    let is_macro =
        name > 0 && bytes.get(name) == Some(&b'!') && matches!(bytes.get(name + 1), Some(b'(' | b'[' | b'{' | b' '));
    if is_macro {
        lexer.take(Function, name + 1);
    }
    is_macro
}

/// Swift.
pub static SWIFT: Grammar = Grammar {
    words: &[
        (
            Keyword,
            "actor any as associatedtype async await break case catch class continue convenience default defer deinit didSet do \
             else enum extension fallthrough fileprivate final for func get guard if import in indirect init inout internal is \
             lazy let mutating nonisolated open operator optional override precedencegroup private protocol public repeat \
             required rethrows return set some static struct subscript super switch throw throws try typealias unowned var \
             weak where while willSet",
        ),
        (Literal, "true false nil self Self"),
    ],
    comments: &[Comment::line("//"), Comment::block("/*", "*/").nesting()],
    strings: &[Quote::new("\"\"\"").escaped(b'\\').lines(), QUOTE],
    sigils: &[("@", Meta), ("#", Meta)],
    announced: &[(Function, "func"), (Type, "class struct enum protocol extension actor typealias")],
    has_calls: true,
    capitals: Some(Type),
    ..PLAIN
};

/// Dart.
pub static DART: Grammar = Grammar {
    words: &[
        (
            Keyword,
            "abstract as assert async await base break case catch class const continue covariant default deferred do else enum \
             export extends extension external factory final finally for get hide if implements import in interface is late \
             library mixin new on operator part required rethrow return sealed set show static super switch sync this throw \
             try typedef var when while with yield",
        ),
        (Type, "bool double dynamic int num void"),
        (Literal, "true false null"),
    ],
    strings: &[
        Quote::new("'''").escaped(b'\\').lines().holes("${").variables(),
        Quote::new("\"\"\"").escaped(b'\\').lines().holes("${").variables(),
        CHARACTER.holes("${").variables(),
        QUOTE.holes("${").variables(),
    ],
    sigils: &[("@", Meta)],
    announced: &[(Type, "class enum extends implements mixin new")],
    has_types_first: true,
    capitals: Some(Type),
    ..C_LIKE
};

/// Q#.
pub static QSHARP: Grammar = Grammar {
    words: &[
        (
            Keyword,
            "adjoint and apply as auto body borrow controlled distribute elif else export fail fixup for function if import in \
             internal intrinsic invert is let mutable namespace new newtype not open operation or repeat return self set \
             struct until use using while within",
        ),
        (Type, "BigInt Bool Double Int Pauli Qubit Range Result String Unit"),
        (Literal, "true false One Zero PauliI PauliX PauliY PauliZ Adj Ctl"),
    ],
    strings: &[Quote::between("$\"", "\"").escaped(b'\\').holes("{"), QUOTE],
    sigils: &[("@", Meta)],
    announced: &[(Function, "function operation"), (Type, "newtype struct")],
    capitals: Some(Type),
    ..C_LIKE
};

/// Assembly, for any assembler.
pub static ASSEMBLY: Grammar = Grammar {
    words: &[(Type, "byte word dword qword ptr offset proc endp segment ends")],
    is_caseless: true,
    comments: &[Comment::line(";"), Comment::line("//"), Comment::line("# ").at(Place::LineStart)],
    strings: &[Quote::new("\""), Quote::new("'")],
    quirk: Some(instruction),
    ..PLAIN
};

/// The first word of a line, or the first after a label: an instruction, a directive or a label.
fn instruction(lexer: &mut Lexer<'_, '_>) -> bool {
    let is_first = lexer.scanner.is_first_on_line() || lexer.scanner.before_blanks().ends_with(b":");
    let is_name = |byte: u8| is_word(byte) || matches!(byte, b'.' | b'$' | b'@' | b'?');
    let name = if is_first { lexer.scanner.count(is_name) } else { 0 };
    let class = match lexer.scanner.peek_at(name) {
        Some(b':') => Function,
        _ if lexer.scanner.peek() == Some(b'.') => Meta,
        _ => Keyword,
    };
    lexer.take(class, name);
    name > 0
}
