//! Reads what a console showed: prompts, the commands after them, and output, which has no classes.

use crate::highlight::class::Class;
use crate::highlight::scanner::Scanner;

/// Whose prompt it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Console {
    /// `PS C:\>`
    PowerShell,
    /// `C:\>`
    Command,
    /// `user@host:~$`
    Unix,
    /// `>>>`
    Python,
}

/// Reads the command of a shell.
pub type Commands = fn(Console, &mut Scanner<'_>);

/// Reads a session: the lines with a prompt are commands. Tells whether there is any; otherwise nothing is read.
pub fn lex(scanner: &mut Scanner<'_>, commands: Commands) -> bool {
    let (text, mut start) = (scanner.rest(), 0);
    let mut ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    if !ends.any(|end| prompt(&text[std::mem::replace(&mut start, end + 1)..end]).is_some()) {
        return false;
    }
    while !scanner.is_done() {
        match prompt(&scanner.rest()[..scanner.line_end() - scanner.at()]) {
            Some((shell, bytes)) => {
                scanner.take(Class::Prompt, bytes);
                command(scanner, shell, commands);
            }
            None => scanner.skip_to(scanner.line_end() + 1),
        }
    }
    true
}

/// Reads a command, over all its lines.
fn command(scanner: &mut Scanner<'_>, shell: Console, commands: Commands) {
    let mut depth = 0_usize;
    loop {
        let end = scanner.line_end();
        let line = scanner.slice(scanner.at(), end);
        depth = line.bytes().fold(depth, |depth, byte| match byte {
            b'{' | b'(' => depth + 1,
            b'}' | b')' => depth.saturating_sub(1),
            _ => depth,
        });
        let goes_on = depth > 0 || line.trim_end().ends_with(['\\', '`', '^', '|', ',']);
        scanner.within(end, |line| commands(shell, line));
        scanner.skip(1);
        let next = &scanner.rest()[..scanner.line_end() - scanner.at()];
        let again = continued(shell, next);
        if scanner.is_done() || prompt(next).is_some() || (!goes_on && again == 0) {
            return;
        }
        scanner.take(Class::Prompt, again);
    }
}

/// The bytes of the mark before a command's further lines.
fn continued(shell: Console, line: &str) -> usize {
    let mark = match shell {
        Console::PowerShell => ">>",
        Console::Python => "...",
        Console::Command | Console::Unix => return 0,
    };
    let indent = line.len() - line.trim_start().len();
    if line[indent..].starts_with(mark) { indent + mark.len() } else { 0 }
}

/// The prompt that a line begins with: its shell, and its bytes with the blanks around it.
pub fn prompt(line: &str) -> Option<(Console, usize)> {
    let text = line.trim_start();
    let rest = remote(text);
    let (shell, after) =
        python(text).or_else(|| powershell(rest)).or_else(|| command_prompt(text)).or_else(|| unix(text))?;
    let blanks = after.len() - after.trim_start_matches(' ').len();
    Some((shell, line.len() - after.len() + blanks))
}

/// What follows the mark of another computer or of the debugger: `[host]: PS C:\>`.
fn remote(text: &str) -> &str {
    let inner = text.strip_prefix('[').and_then(|rest| rest.split_once("]: "));
    inner.filter(|(host, _)| host.len() < 64).map_or(text, |(_, rest)| rest)
}

fn python(text: &str) -> Option<(Console, &str)> {
    text.strip_prefix(">>> ").map(|after| (Console::Python, after))
}

fn powershell(text: &str) -> Option<(Console, &str)> {
    let rest = text.strip_prefix("PS")?;
    let path = rest.find('>').filter(|at| *at < 200)?;
    if !(path == 0 || rest.starts_with(' ')) || rest[..path].contains(['|', '<', '"', '{', '$']) {
        return None;
    }
    Some((Console::PowerShell, rest[path..].trim_start_matches('>')))
}

fn command_prompt(text: &str) -> Option<(Console, &str)> {
    let bytes = text.as_bytes();
    if !(bytes.first()?.is_ascii_alphabetic() && bytes.get(1) == Some(&b':') && bytes.get(2) == Some(&b'\\')) {
        return None;
    }
    let end = text.find('>').filter(|at| *at < 200)?;
    let is_path = !text[..end].contains(['|', '<', '"', '*', '?']) && !text[..end].ends_with(' ');
    is_path.then(|| (Console::Command, &text[end + 1..]))
}

/// The name of a user before `@`, with what stands before it, is no longer.
const MAX_USER: usize = 40;

fn unix(text: &str) -> Option<(Console, &str)> {
    let marked = text.strip_prefix("$ ").or_else(|| text.strip_prefix("> "));
    if let Some(after) =
        marked.filter(|after| after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '.' || c == '/'))
    {
        return Some((Console::Unix, after));
    }
    let start = &text.as_bytes()[..text.len().min(MAX_USER + 1)];
    let user = &text[..memchr::memchr(b'@', start)?];
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if user.is_empty() || !user.trim_start_matches(['[', '(']).chars().all(is_name) {
        return None;
    }
    let is_end = |(at, _): &(usize, &str)| *at < 120;
    let end = text.match_indices(['$', '#']).take_while(is_end).find(|(at, _)| text[at + 1..].starts_with(' '))?.0;
    // `name@example.org costs $ 5` is no prompt: there are no blanks before the mark but those within brackets.
    let has_blanks = text[..end].contains(' ') && !text.starts_with(['[', '(']);
    (!has_blanks).then(|| (Console::Unix, &text[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_are_those_of_shells() {
        let shown = |line: &str| prompt(line).map(|(shell, bytes)| (shell, line[..bytes].to_owned()));
        for (line, shell, mark) in [
            ("PS> Get-Date", Console::PowerShell, "PS> "),
            ("  PS C:\\Users\\a b> dir", Console::PowerShell, "  PS C:\\Users\\a b> "),
            ("[server01]: PS /home> ls", Console::PowerShell, "[server01]: PS /home> "),
            ("C:\\Users>dir /w", Console::Command, "C:\\Users>"),
            ("$ ls", Console::Unix, "$ "),
            ("user@host:~/src$ ls", Console::Unix, "user@host:~/src$ "),
            ("[root@host ~]# ls", Console::Unix, "[root@host ~]# "),
            (">>> print(1)", Console::Python, ">>> "),
        ] {
            assert_eq!(shown(line), Some((shell, mark.to_owned())), "{line}");
        }
        let user = |length: usize| prompt(&format!("{}@h:~$ ls", "u".repeat(length))).is_some();
        assert_eq!([user(MAX_USER), user(MAX_USER + 1)], [true, false]);
        for line in ["PSVersion > 5", "$name = 1", "a@b.c costs $ 5", "C:\\a\\b.txt", "> 5", "PS", "", "x > y"] {
            assert_eq!(prompt(line), None, "{line}");
        }
    }
}
