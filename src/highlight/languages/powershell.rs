//! PowerShell.

use crate::highlight::class::Class::{Function, Keyword, Literal, Property, String, Type, Variable};
use crate::highlight::grammar::{Comment, Grammar, PLAIN, Quote};
use crate::highlight::lexers::code::Lexer;
use crate::highlight::scanner::is_word;

/// PowerShell.
pub static POWERSHELL: Grammar = Grammar {
    is_caseless: true,
    words: &[
        (
            Keyword,
            "begin break catch class clean configuration continue data do dynamicparam else elseif end enum exit filter finally \
             for foreach from function hidden if in inlinescript node param parallel process return sequence static switch \
             throw trap try until using while workflow",
        ),
        (
            Keyword,
            "-and -as -band -bnot -bor -bxor -ccontains -ceq -cge -cgt -cle -clike -clt -cmatch -cne -cnotcontains -cnotlike \
             -cnotmatch -contains -creplace -csplit -eq -f -ge -gt -icontains -ieq -ige -igt -ile -ilike -ilt -imatch -in -ine \
             -inotcontains -inotlike -inotmatch -ireplace -is -isnot -isplit -join -le -like -lt -match -ne -not -notcontains \
             -notin -notlike -notmatch -or -replace -shl -shr -split -xor",
        ),
    ],
    word_part: "-",
    comments: &[Comment::block("<#", "#>"), Comment::line("#")],
    strings: &[
        Quote::between("@\"", "\n\"@").lines().escaped(b'`').holes("$(").variables(),
        Quote::between("@'", "\n'@").lines(),
        Quote::new("\"").lines().escaped(b'`').doubled().holes("$(").variables(),
        Quote::new("'").lines().doubled(),
    ],
    announced: &[(Function, "function filter workflow configuration"), (Type, "class enum")],
    has_calls: false,
    commands: Some("|;{(&}="),
    has_flags: true,
    quirk: Some(|lexer| match lexer.scanner.peek() {
        Some(b'$' | b'@') => variable(lexer),
        Some(b'[') => type_name(lexer),
        _ => command(lexer),
    }),
    ..PLAIN
};

/// Automatic variables that are values.
const VALUES: &[&str] = &["true", "false", "null"];

/// `$name`, `$env:PATH`, `${a b}`, `$_`, `$?`, `@splatted`.
fn variable(lexer: &mut Lexer<'_, '_>) -> bool {
    let bytes = lexer.scanner.rest().as_bytes();
    let length = match (bytes[0], bytes.get(1)) {
        (b'$', Some(b'{')) => {
            let name = bytes.iter().skip(2).take(128).take_while(|byte| !matches!(byte, b'}' | b'\n')).count();
            if bytes.get(2 + name) == Some(&b'}') { name + 3 } else { 0 }
        }
        (b'$', Some(b'?' | b'$' | b'^')) => 2,
        (b'$' | b'@', Some(byte)) if is_word(*byte) => {
            let is_part = |(at, byte): &(usize, &u8)| {
                is_word(**byte) || (**byte == b':' && bytes.get(at + 1).is_some_and(|next| is_word(*next)))
            };
            bytes.iter().enumerate().skip(1).take_while(is_part).count() + 1
        }
        _ => 0,
    };
    let name = lexer.scanner.rest()[..length].trim_start_matches('$');
    if length > 0 {
        let is_value = VALUES.iter().any(|value| name.eq_ignore_ascii_case(value));
        lexer.take(if is_value { Literal } else { Variable }, length);
    }
    length > 0
}

/// `[string]`, `[System.IO.Path]`, `[int[]]`: a type where no index can stand.
fn type_name(lexer: &mut Lexer<'_, '_>) -> bool {
    let rest = lexer.scanner.rest().as_bytes();
    let is_index =
        lexer.scanner.before().is_some_and(|byte| is_word(byte) || matches!(byte, b')' | b']' | b'"' | b'\''));
    if rest[0] != b'[' || is_index || !rest.get(1).is_some_and(u8::is_ascii_alphabetic) {
        return false;
    }
    let is_part = |byte: &&u8| is_word(**byte) || matches!(byte, b'.' | b'[' | b']' | b',' | b' ' | b'+' | b'`');
    let inner = rest[1..].iter().take(128).take_while(is_part).count();
    let text = &rest[1..=inner];
    let name = text.iter().take_while(|byte| is_word(**byte) || **byte == b'.').count();
    // What follows the name closes the type, opens another or takes arguments, as attributes do.
    let closes = match rest.get(1 + name) {
        Some(b']' | b'(') => true,
        Some(b'[') => text.contains(&b']'),
        _ => false,
    };
    if closes {
        lexer.scanner.skip(1);
        lexer.take(Type, name);
    }
    closes
}

/// `Get-Item` anywhere; at the place of a command also a path, a program, an alias.
fn command(lexer: &mut Lexer<'_, '_>) -> bool {
    let bytes = lexer.scanner.rest().as_bytes();
    let is_inside =
        lexer.scanner.before().is_some_and(|byte| is_word(byte) || matches!(byte, b'-' | b'.' | b'\\' | b'/' | b':'));
    if !is_inside && bytes[0].is_ascii_alphabetic() {
        let verb = bytes.iter().take(24).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let noun = bytes[verb..].iter().skip(1).take_while(|byte| is_word(**byte) || **byte == b'-').count();
        let is_cmdlet = verb > 1 && noun > 1 && bytes.get(verb) == Some(&b'-') && bytes[verb + 1].is_ascii_alphabetic();
        if is_cmdlet && (bytes[0].is_ascii_uppercase() || lexer.wants_command) {
            lexer.take(Function, verb + 1 + noun);
            return true;
        }
    }
    let is_path = lexer.wants_command && bytes.len() > 1 && matches!(&bytes[..2], b".\\" | b"./" | b"~/" | b"..");
    if is_path {
        let length =
            bytes.iter().take_while(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b';' | b')' | b'|')).count();
        lexer.take(String, length);
    }
    is_path || hash_key(lexer)
}

/// `Name = 'x'` in a hash table or in the parameters of an attribute: a key, not a command.
fn hash_key(lexer: &mut Lexer<'_, '_>) -> bool {
    let name = if lexer.wants_command { lexer.scanner.count(is_word) } else { 0 };
    if name == 0 {
        return false;
    }
    let after = &lexer.scanner.rest().as_bytes()[name..];
    let blanks = after.iter().take(64).take_while(|byte| **byte == b' ').count();
    let is_key = after.get(blanks) == Some(&b'=') && after.get(blanks + 1) != Some(&b'=');
    if is_key {
        lexer.take(Property, name);
    }
    is_key
}
