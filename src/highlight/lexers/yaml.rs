//! Reads YAML: keys, scalars, anchors, block text.

use crate::highlight::class::Class;
use crate::highlight::scanner::{Scanner, is_blank, is_word};

/// Words that are values, in lower case.
const LITERALS: &[&str] = &["true", "false", "null", "yes", "no", "on", "off", "~"];

/// Reads YAML.
pub fn lex(scanner: &mut Scanner<'_>) {
    while !scanner.is_done() {
        let indent = scanner.count(|byte| byte == b' ');
        let end = scanner.line_end();
        let mut has_block = false;
        scanner.within(end, |line| has_block = read_line(line));
        scanner.skip(1);
        if has_block {
            block_text(scanner, indent);
        }
    }
}

/// Reads a line. Tells whether it ends with the mark of block text.
fn read_line(line: &mut Scanner<'_>) -> bool {
    if line.starts_with("---") || line.starts_with("...") || line.starts_with("%") {
        let bytes = line.rest().len().min(if line.starts_with("%") { usize::MAX } else { 3 });
        line.take(Class::Meta, bytes);
    }
    line.skip_blanks();
    while line.starts_with("- ") || line.starts_with("? ") {
        line.skip(2);
        line.skip_blanks();
    }
    key(line);
    let before = line.at();
    while !line.is_done() {
        value(line);
    }
    let value = line.slice(before, line.at()).trim_start();
    let value =
        value.strip_prefix(['!', '&']).map_or(value, |tagged| tagged.split_once(' ').map_or("", |(_, rest)| rest));
    let mark = value.split(" #").next().unwrap_or(value).trim_end();
    let is_mark = |rest: &str| rest.chars().all(|c| matches!(c, '+' | '-' | '0'..='9'));
    mark.strip_prefix(['|', '>']).is_some_and(is_mark)
}

/// Reads a key with its colon, if the line has one here.
fn key(line: &mut Scanner<'_>) {
    let text = line.rest();
    let length = match text.as_bytes().first() {
        Some(quote @ (b'"' | b'\'')) => match memchr::memchr(*quote, &text.as_bytes()[1..]) {
            Some(end) => end + 2,
            None => return,
        },
        Some(b'{' | b'[' | b'#' | b'|' | b'>' | b'&' | b'!' | b'@' | b'`') | None => return,
        Some(_) => {
            let ends = memchr::memchr2_iter(b':', b'#', text.as_bytes());
            let is_end = |at: &usize| match text.as_bytes()[*at] {
                b'#' => *at > 0 && is_blank(text.as_bytes()[*at - 1]),
                _ => text.as_bytes().get(*at + 1).is_none_or(|byte| is_blank(*byte)),
            };
            match ends.into_iter().find(is_end) {
                Some(end) if text.as_bytes()[end] == b':' => text[..end].trim_end().len(),
                _ => return,
            }
        }
    };
    let after = text[length..].trim_start_matches(' ');
    if after.starts_with(':') && after.as_bytes().get(1).is_none_or(|byte| is_blank(*byte)) {
        line.take(Class::Property, length);
        line.skip(text.len() - length - after.len() + 1);
    }
}

/// Reads one thing of a value.
fn value(line: &mut Scanner<'_>) {
    let Some(byte) = line.peek() else { return };
    let is_parted =
        line.before().is_none_or(|byte| is_blank(byte) || matches!(byte, b'\n' | b'[' | b'{' | b',' | b':'));
    match byte {
        b'#' if line.before().is_none_or(|byte| is_blank(byte) || byte == b'\n') => {
            line.take_to(Class::Comment, line.at() + line.rest().len())
        }
        b'"' | b'\'' if is_parted => quoted(line, byte),
        b'&' | b'*' if is_parted => line.take(Class::Variable, 1 + mark_length(line)),
        b'!' if is_parted => line.take(Class::Type, 1 + mark_length(line)),
        b'$' if matches!(line.peek_at(1), Some(b'(' | b'{' | b'[')) => hole(line),
        b'{' if line.peek_at(1) == Some(b'{') => hole(line),
        b'{' | b'[' | b',' | b'}' | b']' => {
            line.skip(1);
            line.skip_blanks();
            if byte != b'}' && byte != b']' {
                flow_key(line);
            }
        }
        byte if is_blank(byte) => line.skip_blanks(),
        _ => scalar(line, is_parted),
    }
}

/// A key in braces: `{ name: value }`.
fn flow_key(line: &mut Scanner<'_>) {
    let name = line.count(|byte| is_word(byte) || matches!(byte, b'-' | b'.' | b'"'));
    if name > 0 && line.peek_at(name) == Some(b':') {
        line.take(Class::Property, name);
    }
}

fn mark_length(line: &Scanner<'_>) -> usize {
    line.rest().bytes().skip(1).take_while(|byte| !is_blank(*byte) && !matches!(byte, b',' | b']' | b'}')).count()
}

/// `${{ x }}`, `$(x)`, `{{ x }}`: what a tool puts in.
fn hole(line: &mut Scanner<'_>) {
    let text = line.rest();
    let closes = [("$(", ")"), ("$[", "]"), ("${{", "}}"), ("{{", "}}"), ("${", "}")];
    let close = closes.iter().find(|(open, _)| text.starts_with(open)).map_or("}", |(_, close)| close);
    let end = text.find(close).map_or(text.len(), |at| at + close.len());
    line.take(Class::Variable, end);
}

fn quoted(line: &mut Scanner<'_>, quote: u8) {
    let mut length = 1;
    while let Some(byte) = line.rest().as_bytes().get(length).copied() {
        if byte == b'\\' && quote == b'"' && line.peek_at(length + 1).is_some() {
            line.take(Class::String, length);
            line.take(Class::Escape, 2);
            length = 0;
            continue;
        }
        length += 1;
        if byte == quote {
            break;
        }
    }
    line.take(Class::String, length);
}

/// A scalar without quotes, up to a mark or a remark.
fn scalar(line: &mut Scanner<'_>, is_parted: bool) {
    let bytes = line.rest().as_bytes();
    let is_end = |at: usize| match bytes[at] {
        b',' | b']' | b'}' => true,
        b'#' => at > 0 && is_blank(bytes[at - 1]),
        b'$' => at > 0 && matches!(bytes.get(at + 1), Some(b'(' | b'{' | b'[')),
        b'{' => at > 0 && bytes.get(at + 1) == Some(&b'{'),
        _ => false,
    };
    let length = (0..bytes.len()).find(|at| is_end(*at)).unwrap_or(bytes.len()).max(1);
    let text = line.rest()[..length].trim_end();
    let is_number = text.bytes().next().is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.'))
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b'.' | b'_' | b'x' | b'o' | b'+' | b'-' | b':'));
    match () {
        () if !is_parted => line.skip(length),
        () if is_number => line.take(Class::Number, text.len()),
        () if LITERALS.contains(&text.to_ascii_lowercase().as_str()) => line.take(Class::Literal, text.len()),
        () => line.skip(length),
    }
}

/// Text that is indented more than the line that announced it.
fn block_text(scanner: &mut Scanner<'_>, indent: usize) {
    let is_inside = |line: &&str| line.trim().is_empty() || line.len() - line.trim_start_matches(' ').len() > indent;
    let length: usize = scanner.rest().split_inclusive('\n').take_while(is_inside).map(str::len).sum();
    let text = &scanner.rest()[..length];
    let trailing = text.len() - text.trim_end().len();
    scanner.take(Class::String, length - trailing);
    scanner.skip(trailing);
}
