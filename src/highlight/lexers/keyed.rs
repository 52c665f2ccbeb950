//! Reads files of keys and values: INI, TOML, properties, environment files.

use crate::highlight::class::Class;
use crate::highlight::scanner::{Scanner, is_blank, is_word};

/// Words that are values, in lower case.
const LITERALS: &[&str] = &["true", "false", "yes", "no", "on", "off", "null", "none", "enabled", "disabled"];

/// Reads keys and values. `marks` begin a remark.
pub fn lex(scanner: &mut Scanner<'_>, marks: &[u8]) {
    while !scanner.is_done() {
        let end = scanner.line_end();
        // Text over several lines goes past the end of this one.
        match scanner.slice(scanner.at(), end).find("\"\"\"").or(scanner.slice(scanner.at(), end).find("'''")) {
            Some(at) => long_text(scanner, at, marks),
            None => scanner.within(end, |line| read_line(line, marks)),
        }
        scanner.skip(1);
    }
}

fn long_text(scanner: &mut Scanner<'_>, at: usize, marks: &[u8]) {
    scanner.within(scanner.at() + at, |line| read_line(line, marks));
    let mark = scanner.slice(scanner.at(), scanner.at() + 3);
    scanner.take_to(Class::String, scanner.end_of(mark, 3));
    scanner.skip_to(scanner.line_end());
}

fn read_line(line: &mut Scanner<'_>, marks: &[u8]) {
    line.skip_blanks();
    match line.peek() {
        None => return,
        Some(byte) if marks.contains(&byte) => return line.take(Class::Comment, line.rest().len()),
        Some(b'[') if line.rest().trim_end().ends_with(']') => {
            return line.take(Class::Tag, line.rest().trim_end().len());
        }
        Some(_) => {}
    }
    if line.starts_with("export ") {
        line.take(Class::Keyword, 6);
        line.skip_blanks();
    }
    let key = line.rest().bytes().position(|byte| matches!(byte, b'=' | b':'));
    let Some(length) = key.map(|at| line.rest()[..at].trim_end().len()).filter(|length| *length > 0) else {
        return values(line, marks);
    };
    line.take(Class::Property, length);
    line.skip_to(line.at() + line.count(is_blank) + 1);
    values(line, marks);
}

fn values(line: &mut Scanner<'_>, marks: &[u8]) {
    while let Some(byte) = line.peek() {
        let is_parted = line.before().is_none_or(|byte| is_blank(byte) || matches!(byte, b'=' | b'[' | b'{' | b','));
        match byte {
            _ if is_parted && marks.contains(&byte) => line.take(Class::Comment, line.rest().len()),
            b'"' | b'\'' => string(line, byte),
            b'$' | b'%' if line.peek_at(1) == Some(b'{') || line.peek_at(1) == Some(b'(') => {
                let length = line.count(|byte| !matches!(byte, b'}' | b')'));
                line.take(Class::Variable, length + usize::from(length < line.rest().len()));
            }
            byte if is_parted && (byte.is_ascii_digit() || byte == b'-') => number(line),
            byte if is_word(byte) => word(line, is_parted),
            _ => line.skip(1),
        }
    }
}

fn string(line: &mut Scanner<'_>, quote: u8) {
    let mut length = 1;
    while let Some(byte) = line.rest().as_bytes().get(length).copied() {
        length += if byte == b'\\' && quote == b'"' { 2 } else { 1 };
        if byte == quote {
            break;
        }
    }
    line.take(Class::String, length.min(line.rest().len()));
}

fn number(line: &mut Scanner<'_>) {
    let length = line.count(|byte| is_word(byte) || matches!(byte, b'.' | b'-' | b':' | b'+'));
    let is_number = line.rest().as_bytes()[..length].iter().any(u8::is_ascii_digit);
    if is_number { line.take(Class::Number, length) } else { line.skip(length.max(1)) }
}

fn word(line: &mut Scanner<'_>, is_parted: bool) {
    let length = line.count(|byte| is_word(byte) || byte == b'-' || byte == b'.');
    let text = &line.rest()[..length];
    let is_literal = is_parted && LITERALS.contains(&text.to_ascii_lowercase().as_str());
    let is_last =
        line.rest()[length..].trim_start().is_empty() || line.rest()[length..].starts_with([',', ']', '}', ' ']);
    if is_literal && is_last {
        return line.take(Class::Literal, length);
    }
    // The keys of `{ version = "1", features = [] }`.
    let is_key = line.rest()[length..].trim_start().starts_with('=') && length < 64;
    if is_key { line.take(Class::Property, length) } else { line.skip(length) }
}
