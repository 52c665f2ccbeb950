//! Languages that ask for data: SQL, Kusto, DAX, Power Query, GraphQL.

use crate::highlight::class::Class::{Function, Keyword, Literal, Meta, Property, String, Type, Variable};
use crate::highlight::grammar::{C_LIKE, Comment, Grammar, PLAIN, Quote};
use crate::highlight::lexers::code::Lexer;
use crate::highlight::scanner::is_word;

/// SQL, with the words of Transact-SQL.
pub static SQL: Grammar = Grammar {
    is_caseless: true,
    words: &[
        (
            Keyword,
            "add all alter and any apply as asc authorization backup begin between break browse bulk by cascade case catch check \
             checkpoint clustered collate column columnstore commit compute constraint contains continue convert create cross \
             current cursor database dbcc deallocate declare default delete deny desc disable disk distinct distributed drop \
             else enable encryption end escape except exec execute exists exit external fetch file filegroup fillfactor for \
             foreign format from full function generated go goto grant group having identity if in include index inner insert \
             instead intersect into is join key kill left like limit load log login loop masked master matched merge move \
             national next nocheck nonclustered not of off offset on open openrowset option or order outer output over owner \
             partition percent pivot policy primary print procedure proc public raiserror range read rebuild recovery \
             references reorganize replace replication restore restrict return returns revoke right role rollback rollup row \
             rows save schema security select session set shutdown some source statistics stats synonym table tables \
             tablesample target then throw to top tran transaction trigger truncate try type union unique unpivot update use \
             user using values view waitfor when where while window with within without work xact_abort nocount",
        ),
        (
            Type,
            "bigint binary bit char character date datetime datetime2 datetimeoffset decimal double float geography geometry \
             hierarchyid image int integer json money nchar ntext numeric nvarchar precision real rowversion smalldatetime \
             smallint smallmoney sql_variant string sysname text time timestamp tinyint uniqueidentifier varbinary varchar xml",
        ),
        (Literal, "null true false unknown max"),
    ],
    word_part: "#$",
    word_start: "#",
    comments: &[Comment::line("--"), Comment::block("/*", "*/").nesting()],
    strings: &[
        Quote::between("n'", "'").doubled().lines(),
        Quote::new("'").doubled().lines(),
        Quote::new("\"").doubled(),
        Quote::new("`"),
    ],
    sigils: &[("@@", Variable), ("@", Variable), ("$", Variable)],
    has_calls: true,
    ..PLAIN
};

/// Kusto.
pub static KUSTO: Grammar = Grammar {
    words: &[
        (
            Keyword,
            "alias and as asc between by cluster consume contains contains_cs count datatable database declare desc distinct \
             endswith evaluate extend externaldata facet filter find fork from getschema has has_all has_any has_cs hasprefix \
             hassuffix in invoke isfuzzy join kind let limit lookup make-graph make-series materialize mv-apply mv-expand \
             !contains !has !in !startswith !endswith nulls of on or order parse parse-kv parse-where partition pattern print \
             project project-away project-keep project-rename project-reorder query_parameters range reduce render restrict \
             sample sample-distinct scan search serialize set sort startswith step summarize take tabular to top top-hitters \
             top-nested toscalar typeof union view where with matches regex default graph-match first last flags",
        ),
        (Type, "bool boolean date datetime decimal double dynamic guid int long real string time timespan"),
        (
            Literal,
            "true false null inner leftouter rightouter fullouter innerunique leftanti leftsemi rightanti rightsemi",
        ),
    ],
    word_start: "!",
    word_part: "-",
    comments: &[Comment::line("//")],
    strings: &[
        Quote::new("```").lines(),
        Quote::between("h\"", "\"").escaped(b'\\'),
        Quote::between("h'", "'").escaped(b'\\'),
        Quote::between("@\"", "\""),
        Quote::between("@'", "'"),
        Quote::new("\"").escaped(b'\\'),
        Quote::new("'").escaped(b'\\'),
    ],
    has_calls: true,
    quirk: Some(management_command),
    ..PLAIN
};

/// `.show tables`: a command, not a query.
fn management_command(lexer: &mut Lexer<'_, '_>) -> bool {
    if lexer.scanner.peek() != Some(b'.') || !lexer.scanner.is_first_on_line() {
        return false;
    }
    let name = lexer.scanner.rest().bytes().skip(1).take_while(|byte| is_word(*byte) || *byte == b'-').count();
    if name > 0 {
        lexer.take(Meta, 1 + name);
    }
    name > 0
}

/// DAX.
pub static DAX: Grammar = Grammar {
    is_caseless: true,
    words: &[
        (
            Keyword,
            "and asc by column define desc evaluate group in measure not or order return start at table var rank",
        ),
        (Literal, "true false blank"),
    ],
    word_part: ".",
    comments: &[Comment::line("//"), Comment::line("--"), Comment::block("/*", "*/")],
    strings: &[
        Quote::new("\"").doubled().lines(),
        Quote::new("'").doubled().of(Type),
        Quote::between("[", "]").of(Property),
    ],
    has_calls: true,
    ..PLAIN
};

/// Power Query M.
pub static POWER_QUERY: Grammar = Grammar {
    words: &[
        (
            Keyword,
            "and as each else error if in is let meta not optional or otherwise section shared then try type #sections #shared \
             #table #date #datetime #datetimezone #duration #time #binary",
        ),
        (
            Type,
            "any binary date datetime datetimezone duration function list logical none number record table text time",
        ),
        (Literal, "true false null #infinity #nan"),
    ],
    word_start: "#",
    word_part: ".",
    comments: &[Comment::line("//"), Comment::block("/*", "*/")],
    strings: &[Quote::between("#\"", "\"").doubled().of(Variable), Quote::new("\"").doubled().lines()],
    has_calls: true,
    ..PLAIN
};

/// GraphQL.
pub static GRAPHQL: Grammar = Grammar {
    words: &[
        (
            Keyword,
            "directive enum extend fragment implements input interface mutation on query repeatable scalar schema subscription \
             type union",
        ),
        (Type, "Boolean Float ID Int String"),
        (Literal, "true false null"),
    ],
    comments: &[Comment::line("#")],
    strings: &[Quote::new("\"\"\"").lines(), Quote::new("\"").escaped(b'\\')],
    sigils: &[("$", Variable), ("@", Meta)],
    announced: &[
        (Function, "query mutation subscription fragment"),
        (Type, "type interface input enum union scalar on"),
    ],
    keys: ":",
    ..C_LIKE
};

/// The query language of Windows Management Instrumentation.
pub static WQL: Grammar = Grammar {
    words: &[(
        Keyword,
        "select from where and or not like is isa within group by having associators of references __class",
    )],
    strings: &[Quote::new("\"").of(String), Quote::new("'")],
    ..SQL
};
