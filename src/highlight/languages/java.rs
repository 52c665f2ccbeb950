//! Languages of the Java platform: Java, Kotlin, Scala, Groovy.

use crate::highlight::class::Class::{Function, Keyword, Literal, Meta, Type};
use crate::highlight::grammar::{C_LIKE, Grammar, Quote};

const QUOTE: Quote = Quote::new("\"").escaped(b'\\');
const CHARACTER: Quote = Quote::new("'").escaped(b'\\');

/// Java.
pub static JAVA: Grammar = Grammar {
    words: &[
        (
            Keyword,
            "abstract assert break case catch class const continue default do else enum exports extends final finally for \
             goto if implements import instanceof interface module native new non-sealed opens package permits private \
             protected public record requires return sealed static strictfp super switch synchronized this throw throws to \
             transient try uses var volatile while with yield",
        ),
        (Type, "boolean byte char double float int long short void"),
        (Literal, "true false null"),
    ],
    strings: &[Quote::new("\"\"\"").escaped(b'\\').lines(), QUOTE, CHARACTER],
    sigils: &[("@", Meta)],
    announced: &[(Type, "class interface enum record new extends implements throws")],
    capitals: Some(Type),
    has_types_first: true,
    ..C_LIKE
};

/// Kotlin.
pub static KOTLIN: Grammar = Grammar {
    words: &[
        (
            Keyword,
            "abstract actual annotation as break by catch class companion const constructor continue crossinline data delegate \
             do dynamic else enum expect external final finally for fun get if import in infix init inline inner interface \
             internal is lateinit noinline object open operator out override package private protected public reified return \
             sealed set super suspend tailrec this throw try typealias val value var vararg when where while",
        ),
        (Literal, "true false null"),
    ],
    strings: &[
        Quote::new("\"\"\"").lines().holes("${").variables(),
        Quote::new("\"").escaped(b'\\').holes("${").variables(),
        CHARACTER,
    ],
    announced: &[(Function, "fun"), (Type, "class interface object typealias")],
    has_types_first: false,
    ..JAVA
};

/// Scala.
pub static SCALA: Grammar = Grammar {
    words: &[
        (
            Keyword,
            "abstract case catch class def derives do else end enum export extends extension final finally for forSome given \
             if implicit import infix inline lazy macro match new object opaque open override package private protected \
             return sealed super then this throw trait transparent try type using val var while with yield",
        ),
        (Literal, "true false null None Nil Some"),
    ],
    strings: &[
        Quote::between("s\"\"\"", "\"\"\"").lines().holes("${").variables(),
        Quote::new("\"\"\"").lines(),
        Quote::between("s\"", "\"").escaped(b'\\').holes("${").variables(),
        Quote::between("f\"", "\"").escaped(b'\\').holes("${").variables(),
        QUOTE,
        CHARACTER,
    ],
    announced: &[(Function, "def"), (Type, "class trait object type extends with new")],
    has_types_first: false,
    ..JAVA
};

/// Groovy, which Gradle and Jenkins use.
pub static GROOVY: Grammar = Grammar {
    words: &[
        (
            Keyword,
            "abstract as assert break case catch class const continue def default do else enum extends final finally for goto \
             if implements import in instanceof interface native new package private protected public return static super \
             switch synchronized this throw throws trait transient try var volatile while pipeline agent stages stage steps \
             environment post plugins dependencies repositories task apply",
        ),
        (Type, "boolean byte char double float int long short void"),
        (Literal, "true false null"),
    ],
    strings: &[
        Quote::new("\"\"\"").escaped(b'\\').lines().holes("${").variables(),
        Quote::new("'''").escaped(b'\\').lines(),
        Quote::new("\"").escaped(b'\\').holes("${").variables(),
        CHARACTER,
    ],
    keys: ":",
    ..JAVA
};
