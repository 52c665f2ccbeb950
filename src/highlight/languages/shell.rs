//! Shells: Bash and its kin, the Azure CLI, the Windows command prompt.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::highlight::class::Class::{self, Keyword, Literal, Meta, Property, Variable};
use crate::highlight::grammar::{Comment, Grammar, PLAIN, Place, Quote};
use crate::highlight::languages::scripts::here_document;
use crate::highlight::lexers::code::Lexer;
use crate::highlight::scanner::{Scanner, is_blank, is_word};

/// Bash and its kin.
pub static BASH: Grammar = Grammar {
    words: &[
        (
            Keyword,
            "case do done elif else esac fi for function if in select then time until while exec export local readonly declare \
             sudo return break continue",
        ),
        (Literal, "true false"),
    ],
    word_start: "./~",
    word_part: "./~-:@+%,",
    comments: &[Comment::line("#").at(Place::Parted)],
    strings: &[
        Quote::between("$'", "'").escaped(b'\\').lines(),
        Quote::new("\"").escaped(b'\\').lines().holes("$(").variables(),
        Quote::new("'").lines(),
    ],
    announced: &[(Variable, "for select export local readonly declare")],
    commands: Some("|;&({`!"),
    has_flags: true,
    quirk: Some(|lexer| variable(lexer) || here_document(lexer)),
    ..PLAIN
};

/// `$name`, `${name}`, `$1`, `$?`; the command of `$(..)` is read as code.
fn variable(lexer: &mut Lexer<'_, '_>) -> bool {
    let bytes = lexer.scanner.rest().as_bytes();
    if bytes[0] != b'$' {
        return false;
    }
    let length = match bytes.get(1) {
        Some(b'{') => {
            let name = bytes.iter().skip(2).take(128).take_while(|byte| !matches!(byte, b'}' | b'\n')).count();
            if bytes.get(2 + name) == Some(&b'}') { name + 3 } else { 0 }
        }
        Some(b'?' | b'#' | b'@' | b'*' | b'!' | b'$' | b'-') => 2,
        Some(byte) if is_word(*byte) => 1 + bytes.iter().skip(1).take_while(|byte| is_word(**byte)).count(),
        _ => 0,
    };
    if length > 0 {
        lexer.take(Variable, length);
    }
    length > 0
}

/// The Windows command prompt, and batch files.
pub static BATCH: Grammar = Grammar {
    is_caseless: true,
    words: &[
        (
            Keyword,
            "call defined do else endlocal errorlevel exist exit for goto if in not pause setlocal shift equ geq gtr leq lss neq \
             cmdextversion enabledelayedexpansion",
        ),
        (Literal, "nul con"),
    ],
    word_part: "-.",
    comments: &[Comment::line("rem ").at(Place::LineStart), Comment::line("::").at(Place::LineStart)],
    strings: &[Quote::new("\"")],
    commands: Some("|&()@"),
    has_flags: true,
    quirk: Some(|lexer| batch_variable(lexer) || slash_flag(lexer) || label(lexer)),
    ..PLAIN
};

/// `%NAME%`, `%~dp0`, `%1`, `!NAME!`
fn batch_variable(lexer: &mut Lexer<'_, '_>) -> bool {
    let bytes = lexer.scanner.rest().as_bytes();
    let mark = bytes[0];
    if !matches!(mark, b'%' | b'!') {
        return false;
    }
    let is_part = |byte: &&u8| is_word(**byte) || matches!(byte, b'(' | b')' | b':' | b'~' | b',' | b'-' | b'=');
    let name = bytes.iter().skip(1).take(64).take_while(is_part).count();
    let length = match bytes.get(1) {
        _ if name > 0 && bytes.get(1 + name) == Some(&mark) => name + 2,
        Some(b'~') if mark == b'%' => 2 + bytes.iter().skip(2).take_while(|byte| byte.is_ascii_alphanumeric()).count(),
        Some(b'%') if mark == b'%' && bytes.get(2).is_some_and(|byte| is_word(*byte)) => 3,
        Some(b'0'..=b'9' | b'*') if mark == b'%' => 2,
        _ => return false,
    };
    lexer.take(Variable, length);
    true
}

/// `/name`
fn slash_flag(lexer: &mut Lexer<'_, '_>) -> bool {
    let is_parted = lexer.scanner.before().is_some_and(is_blank);
    let bytes = lexer.scanner.rest().as_bytes();
    if bytes[0] != b'/' || !is_parted {
        return false;
    }
    let is_part = |byte: &&u8| is_word(**byte) || matches!(byte, b'-' | b'?');
    let name = bytes.iter().skip(1).take_while(is_part).count();
    lexer.take(Property, 1 + name);
    true
}

/// `:label`
fn label(lexer: &mut Lexer<'_, '_>) -> bool {
    let is_label = lexer.scanner.peek() == Some(b':') && lexer.scanner.is_first_on_line();
    if is_label {
        lexer.take(Meta, 1 + lexer.scanner.rest().bytes().skip(1).take_while(|byte| is_word(*byte)).count());
    }
    is_label
}

/// Programs that documentation shows at a console. A line that begins with one of them is a command.
const PROGRAMS: &str = "adb apt apt-get aws az azcopy azd bash bcdedit brew bundle cargo cat cd certutil chkdsk chmod chown \
    choco cl cmake code composer conda copy cp curl del devcon diskpart dism dir docker docker-compose dotnet echo exit export \
    flutter func gem gh git go gpresult gpupdate gradle helm icacls iisreset ilasm ildasm ipconfig java javac kubectl lib link \
    ln ls make md mkdir mount msbuild msiexec mv mvn net netsh netstat ng ninja nmake node npm npx nslookup nuget pac ping pip \
    pip3 pnpm powercfg powershell psql pwsh python python3 rd reg regsvr32 rm rmdir robocopy rustup sc schtasks scp sed \
    service set setx sfc sh slmgr snap sqlcmd ssh ssh-keygen start sudo systemctl systeminfo tar taskkill tasklist terraform \
    touch tracert ufw vcpkg wget where winget winrm wsl xcopy yarn yum zypper";

/// Reads what was typed at a console of unknown kind: lines that begin with a program are commands, others have no classes.
pub fn typed(scanner: &mut Scanner<'_>, command: fn(&mut Scanner<'_>)) {
    static KNOWN: LazyLock<FxHashSet<&str>> = LazyLock::new(|| PROGRAMS.split_whitespace().collect());
    let mut goes_on = false;
    while !scanner.is_done() {
        let end = scanner.line_end();
        let line = scanner.slice(scanner.at(), end);
        let first = line.split_whitespace().next().unwrap_or("").to_ascii_lowercase();
        let name = first.strip_suffix(".exe").unwrap_or(&first);
        let is_listed = KNOWN.contains(name);
        let is_path = first.starts_with("./") || first.starts_with(".\\");
        let is_executable = name.len() < first.len();
        match () {
            () if goes_on || is_listed || is_path || is_executable => {
                goes_on = line.trim_end().ends_with(['\\', '^', '`']);
                scanner.within(end, command);
            }
            () if first.starts_with('#') => scanner.take_to(Class::Comment, end),
            () => scanner.skip_to(end),
        }
        scanner.skip(1);
    }
}
