//! Visual Basic, VBA and VBScript.

use crate::highlight::class::Class::{Function, Keyword, Literal, Meta, Number, Type};
use crate::highlight::grammar::{Comment, Grammar, PLAIN, Place, Quote};
use crate::highlight::lexers::code::Lexer;

/// Visual Basic in all its forms.
pub static VISUAL_BASIC: Grammar = Grammar {
    is_caseless: true,
    words: &[
        (
            Keyword,
            "addhandler addressof aggregate alias and andalso as ansi assembly async attribute auto await byref byval call \
             case catch class const continue cbool cbyte cchar cdate cdbl cdec cint clng cobj csbyte cshort csng cstr ctype \
             cuint culng cushort declare default delegate dim directcast distinct do each else elseif empty end endif enum \
             erase error event exit explicit finally for friend from function get gettype getxmlnamespace global gosub goto \
             group handles if implements imports in inherits interface into is isnot iterator join key let lib like loop \
             me mod module mustinherit mustoverride mybase myclass namespace narrowing new next not notinheritable \
             notoverridable of off on operator option optional or orelse order overloads overridable overrides paramarray \
             partial preserve private property protected ptrsafe public raiseevent readonly redim removehandler resume \
             return select set shadows shared skip static step stop strict structure sub synclock take then throw to try \
             trycast type typeof until unicode using wend when where while widening with withevents writeonly xor yield",
        ),
        (
            Type,
            "boolean byte char currency date decimal double integer long longlong longptr object sbyte short single string \
             uinteger ulong ushort variant",
        ),
        (Literal, "true false nothing null"),
    ],
    comments: &[Comment::line("'"), Comment::line("rem ").at(Place::LineStart)],
    strings: &[Quote::between("$\"", "\"").doubled().lines().holes("{"), Quote::new("\"").doubled()],
    announced: &[(Function, "sub function property"), (Type, "class structure interface module enum as new of type")],
    has_calls: true,
    quirk: Some(hash),
    ..PLAIN
};

/// `#If`, `#Region` at the start of a line; `#1/31/2024#` and `&HFF` elsewhere.
fn hash(lexer: &mut Lexer<'_, '_>) -> bool {
    let scanner = &*lexer.scanner;
    if scanner.starts_with_caseless("&h") && scanner.peek_at(2).is_some_and(|byte| byte.is_ascii_hexdigit()) {
        let digits = scanner.rest().bytes().skip(2).take_while(u8::is_ascii_hexdigit).count();
        lexer.take(Number, 2 + digits);
        return true;
    }
    if scanner.peek() != Some(b'#') {
        return false;
    }
    if scanner.is_first_on_line() {
        lexer.take(Meta, 1 + lexer.scanner.rest().bytes().skip(1).take_while(u8::is_ascii_alphabetic).count());
        return true;
    }
    let is_date = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'/' | b'-' | b':' | b' ' | b'A' | b'P' | b'M');
    let date = scanner.rest().bytes().skip(1).take(32).take_while(is_date).count();
    let is_closed = date > 3 && scanner.peek_at(1 + date) == Some(b'#');
    if is_closed {
        lexer.take(Literal, date + 2);
    }
    is_closed
}
