//! The languages that have colours: how each is read.
//!
//! A language is a [`Grammar`](crate::highlight::grammar::Grammar) in one of these files and a line in [`GRAMMARS`], or a
//! lexer of its own and a line in [`LEXERS`]. Its names are in [`crate::markdown::language`].

mod c;
mod csharp;
mod fsharp;
mod infrastructure;
mod java;
mod javascript;
mod php;
mod powershell;
mod python;
mod query;
mod scripts;
mod shell;
mod systems;
mod visual_basic;
mod web;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::highlight::grammar::Grammar;
use crate::highlight::lexers::code::{self as reader, Vocabulary};
use crate::highlight::lexers::session::{self, Console};
use crate::highlight::lexers::{diff, keyed, markdown, yaml};
use crate::highlight::scanner::Scanner;

/// Languages that are read by their grammar.
const GRAMMARS: &[(&str, &Grammar)] = &[
    ("assembly", &systems::ASSEMBLY),
    ("batch", &shell::BATCH),
    ("bash", &shell::BASH),
    ("bicep", &infrastructure::BICEP),
    ("c", &c::C),
    ("cmake", &infrastructure::CMAKE),
    ("cpp", &c::CPP),
    ("csharp", &csharp::CSHARP),
    ("dart", &systems::DART),
    ("dax", &query::DAX),
    ("dockerfile", &infrastructure::DOCKERFILE),
    ("fsharp", &fsharp::FSHARP),
    ("go", &systems::GO),
    ("graphql", &query::GRAPHQL),
    ("groovy", &java::GROOVY),
    ("haskell", &fsharp::HASKELL),
    ("hcl", &infrastructure::HCL),
    ("hlsl", &c::HLSL),
    ("idl", &c::IDL),
    ("java", &java::JAVA),
    ("javascript", &javascript::JAVASCRIPT),
    ("json", &javascript::JSON),
    ("kotlin", &java::KOTLIN),
    ("kusto", &query::KUSTO),
    ("lua", &scripts::LUA),
    ("makefile", &infrastructure::MAKEFILE),
    ("matlab", &scripts::MATLAB),
    ("nginx", &infrastructure::NGINX),
    ("objectivec", &c::OBJECTIVE_C),
    ("perl", &scripts::PERL),
    ("php", &php::PHP),
    ("powerquery", &query::POWER_QUERY),
    ("powershell", &powershell::POWERSHELL),
    ("protobuf", &infrastructure::PROTOBUF),
    ("python", &python::PYTHON),
    ("qsharp", &systems::QSHARP),
    ("r", &scripts::R),
    ("ruby", &scripts::RUBY),
    ("rust", &systems::RUST),
    ("scala", &java::SCALA),
    ("sql", &query::SQL),
    ("swift", &systems::SWIFT),
    ("terraform", &infrastructure::HCL),
    ("typescript", &javascript::TYPESCRIPT),
    ("vb", &visual_basic::VISUAL_BASIC),
    ("wql", &query::WQL),
];

/// Reads a language.
pub type Lex = fn(&mut Scanner<'_>);

/// Languages that are read otherwise, or in which prompts may stand.
const LEXERS: &[(&str, Lex)] = &[
    ("aspx", web::aspx),
    ("azurecli", |scanner| prompted("bash", scanner)),
    ("azurepowershell", |scanner| prompted("powershell", scanner)),
    ("bash", |scanner| prompted("bash", scanner)),
    ("batch", |scanner| prompted("batch", scanner)),
    ("cmd", |scanner| prompted("batch", scanner)),
    ("console", console),
    ("css", web::stylesheet),
    ("diff", diff::lex),
    ("html", web::html),
    ("http", web::messages),
    ("ini", |scanner| keyed::lex(scanner, b"#;")),
    ("markdown", |scanner| markdown::lex(scanner, yaml::lex)),
    ("output", output),
    ("php", web::php),
    ("powershell", |scanner| prompted("powershell", scanner)),
    ("python", |scanner| prompted("python", scanner)),
    ("razor", web::razor),
    ("scss", web::scss),
    ("sh", |scanner| prompted("bash", scanner)),
    ("syntax", syntax),
    ("toml", |scanner| keyed::lex(scanner, b"#")),
    ("vue", web::html),
    ("xaml", web::xml),
    ("xml", web::xml),
    ("yaml", yaml::lex),
];

/// How a language is read, by its id. `None` for one that has no colours.
pub fn lexer(id: &str) -> Option<Lexer> {
    let own = LEXERS.iter().find(|(name, _)| *name == id).map(|(_, lex)| Lexer::Own(*lex));
    own.or_else(|| VOCABULARIES.get(id).map(Lexer::Code))
}

/// How a language is read.
#[derive(Debug, Clone, Copy)]
pub enum Lexer {
    /// By a grammar.
    Code(&'static Vocabulary),
    /// By a function.
    Own(Lex),
}

impl Lexer {
    /// Reads a text.
    pub fn read(self, scanner: &mut Scanner<'_>) {
        match self {
            Lexer::Code(vocabulary) => reader::lex(scanner, vocabulary),
            Lexer::Own(lex) => lex(scanner),
        }
    }
}

static VOCABULARIES: LazyLock<FxHashMap<&'static str, Vocabulary>> =
    LazyLock::new(|| GRAMMARS.iter().map(|(id, grammar)| (*id, Vocabulary::new(grammar))).collect());

/// Reads code of a language of [`GRAMMARS`].
fn code(id: &str, scanner: &mut Scanner<'_>) {
    let vocabulary = VOCABULARIES.get(id).unwrap_or_else(|| unreachable!("`{id}` is in the table"));
    reader::lex(scanner, vocabulary);
}

/// Reads code that may be shown with prompts and output.
fn prompted(id: &str, scanner: &mut Scanner<'_>) {
    if !session::lex(scanner, command) {
        code(id, scanner);
    }
}

fn command(shell: Console, scanner: &mut Scanner<'_>) {
    let id = match shell {
        Console::PowerShell => "powershell",
        Console::Command => "batch",
        Console::Unix => "bash",
        Console::Python => "python",
    };
    code(id, scanner);
}

/// Reads what a console showed, of whatever kind it is.
fn console(scanner: &mut Scanner<'_>) {
    if !session::lex(scanner, command) {
        shell::typed(scanner, |line| code("bash", line));
    }
}

/// Reads output, which has no colours but for the commands before it.
fn output(scanner: &mut Scanner<'_>) {
    session::lex(scanner, command);
}

/// Reads the syntax of a command: that of a cmdlet can be told by its name, others have no colours.
fn syntax(scanner: &mut Scanner<'_>) {
    let first = scanner.rest().split_whitespace().next().unwrap_or("");
    let is_cmdlet = first.split_once('-').is_some_and(|(verb, noun)| {
        verb.starts_with(|c: char| c.is_ascii_uppercase()) && noun.starts_with(|c: char| c.is_ascii_uppercase())
    });
    if is_cmdlet {
        code("powershell", scanner);
    }
}
