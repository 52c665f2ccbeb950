//! PHP, without the markup in which it may stand.

use crate::highlight::class::Class::{Function, Keyword, Literal, Meta, Type, Variable};
use crate::highlight::grammar::{Comment, Grammar, PLAIN, Quote};
use crate::highlight::languages::scripts::here_document;

/// PHP.
pub static PHP: Grammar = Grammar {
    is_caseless: true,
    words: &[
        (
            Keyword,
            "abstract and array as break callable case catch class clone const continue declare default do echo else elseif \
             empty enddeclare endfor endforeach endif endswitch endwhile enum extends final finally fn for foreach function \
             global goto if implements include include_once instanceof insteadof interface isset list match namespace new or \
             print private protected public readonly require require_once return static switch throw trait try unset use var \
             while xor yield",
        ),
        (Type, "bool float int iterable mixed never object string void self parent"),
        (Literal, "true false null __dir__ __file__ __line__ __class__"),
    ],
    comments: &[Comment::line("//"), Comment::block("/*", "*/"), Comment::line("# "), Comment::line("##")],
    strings: &[Quote::new("\"").escaped(b'\\').lines().variables(), Quote::new("'").escaped(b'\\').lines()],
    sigils: &[("$", Variable), ("#[", Meta)],
    announced: &[(Function, "function"), (Type, "class interface trait enum new extends implements namespace")],
    has_calls: true,
    capitals: Some(Type),
    quirk: Some(here_document),
    ..PLAIN
};
