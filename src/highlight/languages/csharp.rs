//! C#.

use crate::highlight::class::Class::{Keyword, Literal, Meta, Type};
use crate::highlight::grammar::{C_LIKE, Grammar, Quote};
use crate::highlight::lexers::code::Lexer;

/// C#.
pub static CSHARP: Grammar = Grammar {
    words: &[
        (
            Keyword,
            "abstract add alias and as ascending async await base break by case catch checked class const continue default \
             delegate descending do else enum equals event explicit extern file finally fixed for foreach from get global \
             goto group if implicit in init interface internal into is join let lock managed nameof namespace new not on \
             operator or orderby out override params partial private protected public readonly record ref remove required \
             return scoped sealed select set sizeof stackalloc static struct switch this throw try typeof unchecked \
             unmanaged using var virtual volatile when where while with yield unsafe",
        ),
        (
            Type,
            "bool byte char decimal double dynamic float int long nint nuint object sbyte short string uint ulong ushort void",
        ),
        (Literal, "true false null"),
    ],
    strings: &[
        Quote::new("\"\"\"").lines(),
        Quote::between("$\"\"\"", "\"\"\"").lines().holes("{"),
        Quote::between("$$\"\"\"", "\"\"\"").lines().holes("{{"),
        Quote::between("$@\"", "\"").doubled().lines().holes("{"),
        Quote::between("@$\"", "\"").doubled().lines().holes("{"),
        Quote::between("@\"", "\"").doubled().lines(),
        Quote::between("$\"", "\"").escaped(b'\\').holes("{"),
        Quote::new("\"").escaped(b'\\'),
        Quote::new("'").escaped(b'\\'),
    ],
    sigils: &[("@", Type)],
    announced: &[(Type, "class struct interface enum record new")],
    capitals: Some(Type),
    has_types_first: true,
    quirk: Some(directive),
    ..C_LIKE
};

/// `#region Name`, `#nullable enable`: a line for the compiler, to its end.
fn directive(lexer: &mut Lexer<'_, '_>) -> bool {
    let is_directive = lexer.scanner.peek() == Some(b'#') && lexer.scanner.is_first_on_line();
    if is_directive {
        lexer.scanner.take_to(Meta, lexer.scanner.line_end());
    }
    is_directive
}
