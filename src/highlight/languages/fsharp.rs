//! Functional languages: F#, Haskell.

use crate::highlight::class::Class::{Function, Keyword, Literal, Meta, String, Type};
use crate::highlight::grammar::{Comment, Grammar, PLAIN, Quote};
use crate::highlight::lexers::code::Lexer;

/// F#.
pub static FSHARP: Grammar = Grammar {
    words: &[
        (
            Keyword,
            "abstract and as assert base begin class default delegate do done downcast downto elif else end exception extern \
             finally fixed for fun function global if in inherit inline interface internal lazy let match member module \
             mutable namespace new not of open or override private public rec return select static struct then to try type \
             upcast use val void when while with yield async task seq query let! use! do! return! yield! match! failwith",
        ),
        (
            Type,
            "bool byte char decimal double exn float int int64 list obj option seq single string unit uint32 array Result",
        ),
        (Literal, "true false null None Some Ok Error"),
    ],
    word_part: "'!",
    comments: &[Comment::line("//"), Comment::block("(*", "*)").nesting()],
    strings: &[
        Quote::new("\"\"\"").lines(),
        Quote::between("$\"\"\"", "\"\"\"").lines().holes("{"),
        Quote::between("$\"", "\"").escaped(b'\\').lines().holes("{"),
        Quote::between("@\"", "\"").doubled().lines(),
        Quote::new("\"").escaped(b'\\').lines(),
        Quote::new("``"),
    ],
    announced: &[(Type, "type module namespace inherit"), (Function, "member")],
    capitals: Some(Type),
    quirk: Some(fsharp_quirk),
    ..PLAIN
};

/// `#r "nuget: .."`, `[<Literal>]`, `'c'` beside the types `'T`.
fn fsharp_quirk(lexer: &mut Lexer<'_, '_>) -> bool {
    let scanner = &*lexer.scanner;
    match scanner.peek() {
        Some(b'#') if scanner.is_first_on_line() => {
            lexer.take(Meta, 1 + lexer.scanner.rest().bytes().skip(1).take_while(u8::is_ascii_alphabetic).count());
            true
        }
        Some(b'\'') => quoted_character(lexer),
        _ => false,
    }
}

/// `'c'` is a character, `'T` a type.
fn quoted_character(lexer: &mut Lexer<'_, '_>) -> bool {
    let bytes = lexer.scanner.rest().as_bytes();
    let close = match bytes.get(1) {
        Some(b'\\') => bytes.iter().skip(2).take(8).position(|byte| *byte == b'\'').map(|at| at + 2),
        Some(byte) if *byte < 0x80 => (bytes.get(2) == Some(&b'\'')).then_some(2),
        _ => bytes.iter().skip(1).take(5).position(|byte| *byte == b'\'').map(|at| at + 1),
    };
    match close {
        Some(close) => lexer.take(String, close + 1),
        None => {
            let name = bytes.iter().skip(1).take_while(|byte| byte.is_ascii_alphanumeric()).count();
            lexer.take(Type, 1 + name);
        }
    }
    true
}

/// Haskell.
pub static HASKELL: Grammar = Grammar {
    words: &[
        (
            Keyword,
            "case class data default deriving do else family forall foreign hiding if import in infix infixl infixr instance \
             let module newtype of qualified then type where as",
        ),
        (Literal, "True False Nothing"),
    ],
    word_part: "'",
    comments: &[Comment::block("{-#", "#-}"), Comment::block("{-", "-}").nesting(), Comment::line("--")],
    strings: &[Quote::new("\"").escaped(b'\\')],
    announced: &[(Type, "class data newtype instance")],
    capitals: Some(Type),
    quirk: Some(|lexer| lexer.scanner.peek() == Some(b'\'') && quoted_character(lexer)),
    ..PLAIN
};
