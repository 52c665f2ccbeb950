//! Languages that describe what is to be built or run: Bicep, Terraform, Dockerfile, Makefile, CMake, Protocol Buffers, nginx.

use crate::highlight::class::Class::{Function, Keyword, Literal, Meta, Property, Type, Variable};
use crate::highlight::grammar::{C_LIKE, Comment, Grammar, PLAIN, Place, Quote};
use crate::highlight::languages::scripts::here_document;
use crate::highlight::lexers::code::Lexer;
use crate::highlight::scanner::is_word;

/// Bicep.
pub static BICEP: Grammar = Grammar {
    words: &[
        (
            Keyword,
            "as assert existing extension for func if import in metadata module none output param provider resource targetScope \
             type using var with",
        ),
        (Type, "array bool int object string resourceInput resourceOutput"),
        (Literal, "true false null"),
    ],
    comments: C_LIKE.comments,
    strings: &[Quote::new("'''").lines(), Quote::new("'").escaped(b'\\').holes("${")],
    sigils: &[("@", Meta)],
    announced: &[(Variable, "param var output resource module func type metadata")],
    has_calls: true,
    keys: ":",
    ..PLAIN
};

/// HCL, which Terraform uses.
pub static HCL: Grammar = Grammar {
    words: &[
        (
            Keyword,
            "backend data dynamic else endfor endif for if import in lifecycle locals module moved output provider provisioner \
             required_providers resource terraform variable",
        ),
        (Type, "any bool list map number object set string tuple"),
        (Literal, "true false null"),
    ],
    word_part: "-",
    comments: &[Comment::line("#"), Comment::line("//"), Comment::block("/*", "*/")],
    strings: &[Quote::new("\"").escaped(b'\\').holes("${")],
    has_calls: true,
    keys: "=",
    quirk: Some(here_document),
    ..PLAIN
};

/// Dockerfile.
pub static DOCKERFILE: Grammar = Grammar {
    is_caseless: true,
    words: &[(
        Keyword,
        "add arg as cmd copy entrypoint env expose from healthcheck label maintainer onbuild run shell stopsignal user volume \
         workdir",
    )],
    word_part: "-./:@",
    comments: &[Comment::line("#").at(Place::LineStart)],
    strings: &[Quote::new("\"").escaped(b'\\').variables(), Quote::new("'")],
    sigils: &[("$", Variable)],
    commands: Some("|;&"),
    has_flags: true,
    quirk: Some(braced_variable),
    ..PLAIN
};

/// `${NAME}`
fn braced_variable(lexer: &mut Lexer<'_, '_>) -> bool {
    braced(lexer, "${", b'}')
}

fn braced(lexer: &mut Lexer<'_, '_>, open: &str, close: u8) -> bool {
    let rest = lexer.scanner.rest().as_bytes();
    if !rest.starts_with(open.as_bytes()) {
        return false;
    }
    let name = rest.iter().skip(open.len()).take(128).take_while(|byte| **byte != close && **byte != b'\n').count();
    let is_closed = rest.get(open.len() + name) == Some(&close);
    if is_closed {
        lexer.take(Variable, open.len() + name + 1);
    }
    is_closed
}

/// Makefile, also of NMAKE.
pub static MAKEFILE: Grammar = Grammar {
    words: &[(Keyword, "define else endef endif export ifdef ifeq ifndef ifneq include override unexport vpath")],
    word_start: "!.",
    word_part: "-./",
    comments: &[Comment::line("#")],
    strings: &[Quote::new("\""), Quote::new("'")],
    quirk: Some(make_quirk),
    ..PLAIN
};

fn make_quirk(lexer: &mut Lexer<'_, '_>) -> bool {
    if braced(lexer, "$(", b')') || braced(lexer, "${", b'}') {
        return true;
    }
    let scanner = &*lexer.scanner;
    if scanner.peek() == Some(b'$') && scanner.peek_at(1).is_some_and(|byte| b"@<^?*$+".contains(&byte)) {
        lexer.take(Variable, 2);
        return true;
    }
    // What begins a line is a rule or a variable; the commands of a rule are indented.
    if scanner.before().is_some_and(|byte| byte != b'\n') {
        return false;
    }
    let name = scanner.count(|byte| is_word(byte) || matches!(byte, b'-' | b'.' | b'/' | b'%'));
    let after = scanner.rest().as_bytes()[name..].iter().find(|byte| **byte != b' ');
    let class = match after {
        Some(b':') => Function,
        Some(b'=' | b'+' | b'?') => Property,
        _ => return false,
    };
    lexer.take(class, name);
    name > 0
}

/// CMake.
pub static CMAKE: Grammar = Grammar {
    words: &[
        (
            Keyword,
            "if elseif else endif foreach endforeach while endwhile function endfunction macro endmacro return break continue \
             AND OR NOT MATCHES STREQUAL VERSION_LESS VERSION_GREATER EXISTS DEFINED PUBLIC PRIVATE INTERFACE REQUIRED STATIC \
             SHARED IMPORTED CACHE STRING PATH VERSION LANGUAGES COMPONENTS",
        ),
        (Literal, "ON OFF TRUE FALSE"),
    ],
    comments: &[Comment::block("#[[", "]]"), Comment::line("#")],
    strings: &[Quote::new("\"").escaped(b'\\').lines().variables()],
    has_calls: true,
    quirk: Some(braced_variable),
    ..PLAIN
};

/// Protocol Buffers.
pub static PROTOBUF: Grammar = Grammar {
    words: &[
        (
            Keyword,
            "edition enum extend extensions group import map message oneof option optional package public repeated required \
             reserved returns rpc service stream syntax to weak",
        ),
        (
            Type,
            "bool bytes double fixed32 fixed64 float int32 int64 sfixed32 sfixed64 sint32 sint64 string uint32 uint64",
        ),
        (Literal, "true false"),
    ],
    announced: &[(Type, "enum message service extend"), (Function, "rpc")],
    capitals: Some(Type),
    ..C_LIKE
};

/// Configuration of nginx.
pub static NGINX: Grammar = Grammar {
    words: &[(Literal, "on off default_server")],
    word_part: "-./:",
    word_start: "/",
    comments: &[Comment::line("#")],
    strings: &[Quote::new("\"").escaped(b'\\').variables(), Quote::new("'")],
    sigils: &[("$", Variable)],
    commands: Some(";{}"),
    ..PLAIN
};
