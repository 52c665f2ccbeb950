//! Script languages: Ruby, Perl, Lua, R, MATLAB.

use crate::highlight::class::Class::{Function, Keyword, Literal, Meta, String, Type, Variable};
use crate::highlight::grammar::{Comment, Grammar, PLAIN, Place, Quote};
use crate::highlight::lexers::code::Lexer;
use crate::highlight::scanner::is_word;

const SINGLE: Quote = Quote::new("'").escaped(b'\\');
const DOUBLE: Quote = Quote::new("\"").escaped(b'\\');

/// Ruby.
pub static RUBY: Grammar = Grammar {
    words: &[
        (
            Keyword,
            "alias and begin break case class def defined? do else elsif end ensure extend for if in include loop module next \
             not or private protected public raise redo require require_relative rescue retry return self super then undef \
             unless until when while yield attr_accessor attr_reader attr_writer puts",
        ),
        (Literal, "true false nil __FILE__ __LINE__"),
    ],
    word_part: "?!",
    comments: &[Comment::line("#"), Comment::block("=begin", "=end").at(Place::LineStart)],
    strings: &[DOUBLE.lines().holes("#{"), SINGLE.lines(), Quote::new("`").escaped(b'\\').holes("#{")],
    sigils: &[("@@", Variable), ("@", Variable), ("$", Variable)],
    announced: &[(Function, "def"), (Type, "class module")],
    has_calls: true,
    capitals: Some(Type),
    quirk: Some(|lexer| here_document(lexer) || symbol(lexer)),
    ..PLAIN
};

/// `<<~TEXT`: text that begins on the next line.
pub fn here_document(lexer: &mut Lexer<'_, '_>) -> bool {
    if !lexer.scanner.starts_with("<<") {
        return false;
    }
    let rest = lexer.scanner.rest();
    let mut at = rest.bytes().take(3).take_while(|byte| *byte == b'<').count();
    at += usize::from(matches!(rest.as_bytes().get(at), Some(b'-' | b'~')));
    let quote = rest.as_bytes().get(at).copied().filter(|byte| matches!(byte, b'"' | b'\''));
    at += usize::from(quote.is_some());
    let name = rest[at..].bytes().take(64).take_while(|byte| is_word(*byte) && *byte < 0x80).count();
    let end = &rest[at..at + name];
    // `1 << 2` and `a <<b` are no texts: their names are in capitals.
    if name < 2 || !end.starts_with(|c: char| c.is_ascii_uppercase()) {
        return false;
    }
    at += name + usize::from(quote.is_some());
    lexer.take(String, at);
    lexer.expect_heredoc(end);
    true
}

/// `:name`, and the key `name:`.
fn symbol(lexer: &mut Lexer<'_, '_>) -> bool {
    let scanner = &*lexer.scanner;
    let is_parted = scanner.before().is_none_or(|byte| !is_word(byte) && byte != b':');
    if scanner.peek() != Some(b':') || !is_parted {
        return false;
    }
    let name = scanner.rest().bytes().skip(1).take_while(|byte| is_word(*byte)).count();
    if name > 0 {
        lexer.take(Literal, 1 + name);
    }
    name > 0
}

/// Perl.
pub static PERL: Grammar = Grammar {
    words: &[
        (
            Keyword,
            "and bless chomp close cmp continue defined delete die do each else elsif eq exists exit for foreach ge goto grep gt \
             if join keys last le local lt map my ne next no not open or our package pop print printf push qw redo ref require \
             return say scalar shift sort splice split sprintf sub unless unshift until use values wantarray while xor",
        ),
        (Literal, "undef __FILE__ __LINE__ __PACKAGE__"),
    ],
    comments: &[
        Comment::line("#"),
        Comment::block("=pod", "=cut").at(Place::LineStart),
        Comment::block("=head", "=cut").at(Place::LineStart),
    ],
    strings: &[DOUBLE.lines().variables(), SINGLE.lines(), Quote::new("`").escaped(b'\\')],
    sigils: &[("$#", Variable), ("$", Variable), ("@", Variable), ("%", Variable)],
    announced: &[(Function, "sub"), (Type, "package use require")],
    has_calls: true,
    quirk: Some(here_document),
    ..PLAIN
};

/// Lua.
pub static LUA: Grammar = Grammar {
    words: &[
        (Keyword, "and break do else elseif end for function goto if in local not or repeat return then until while"),
        (Literal, "true false nil self"),
    ],
    comments: &[Comment::block("--[[", "]]"), Comment::line("--")],
    strings: &[DOUBLE, SINGLE, Quote::between("[[", "]]").lines()],
    announced: &[(Function, "function")],
    has_calls: true,
    ..PLAIN
};

/// R.
pub static R: Grammar = Grammar {
    words: &[
        (Keyword, "break else for function if in library next repeat require return source while"),
        (Literal, "TRUE FALSE NULL NA NaN Inf T F NA_integer_ NA_character_"),
    ],
    word_part: ".",
    comments: &[Comment::line("#")],
    strings: &[DOUBLE.lines(), SINGLE.lines(), Quote::new("`").of(Variable)],
    has_calls: true,
    ..PLAIN
};

/// MATLAB.
pub static MATLAB: Grammar = Grammar {
    words: &[
        (
            Keyword,
            "break case catch classdef continue else elseif end enumeration events for function global if methods otherwise \
             parfor persistent properties return switch try while",
        ),
        (Literal, "true false pi inf NaN eps"),
    ],
    comments: &[Comment::block("%{", "%}"), Comment::line("%")],
    strings: &[Quote::new("\"").doubled()],
    announced: &[(Function, "function"), (Type, "classdef")],
    has_calls: true,
    sigils: &[("@", Meta)],
    quirk: Some(matlab_text),
    ..PLAIN
};

/// `'text'`, but not the mark of `matrix'`.
fn matlab_text(lexer: &mut Lexer<'_, '_>) -> bool {
    let is_operator =
        lexer.scanner.before().is_some_and(|byte| is_word(byte) || matches!(byte, b')' | b']' | b'.' | b'\''));
    if lexer.scanner.peek() != Some(b'\'') || is_operator {
        return false;
    }
    let body = lexer.scanner.rest().bytes().skip(1).take_while(|byte| !matches!(byte, b'\'' | b'\n')).count();
    lexer.take(String, 1 + body + usize::from(lexer.scanner.peek_at(1 + body) == Some(b'\'')));
    true
}
