//! Reads style sheets: selectors, declarations, and what the dialects of CSS add.

use crate::highlight::class::Class;
use crate::highlight::scanner::{Scanner, is_blank, is_word};

/// Reads a style sheet. `//` begins a remark where `has_line_comments` is set.
pub fn lex(scanner: &mut Scanner<'_>, has_line_comments: bool) {
    while let Some(byte) = scanner.peek() {
        match byte {
            b'{' | b'}' | b';' => scanner.skip(1),
            byte if is_blank(byte) || byte == b'\n' => scanner.skip(1),
            _ if comment(scanner, has_line_comments) => {}
            _ => statement(scanner, has_line_comments),
        }
    }
}

fn comment(scanner: &mut Scanner<'_>, has_line_comments: bool) -> bool {
    if scanner.starts_with("/*") {
        scanner.take_to(Class::Comment, scanner.end_of("*/", 2));
        return true;
    }
    let is_line = has_line_comments && scanner.starts_with("//") && scanner.before() != Some(b':');
    if is_line {
        scanner.take_to(Class::Comment, scanner.line_end());
    }
    is_line
}

/// Reads up to `{`, `;` or `}`: a selector before `{`, else a declaration.
fn statement(scanner: &mut Scanner<'_>, has_line_comments: bool) {
    let length = scanner.rest().bytes().enumerate().find(|(at, byte)| is_end(scanner.rest(), *at, *byte));
    let (length, end) = length.map_or((scanner.rest().len(), b';'), |(at, byte)| (at, byte));
    let is_rule = scanner.peek() == Some(b'@') || scanner.peek() == Some(b'$');
    let is_selector = end == b'{' && !is_rule;
    scanner.within(scanner.at() + length, |statement| {
        let mut is_value = is_rule;
        while let Some(byte) = statement.peek() {
            if comment(statement, has_line_comments) {
                continue;
            }
            match byte {
                b':' if !is_selector => {
                    is_value = true;
                    statement.skip(1);
                }
                _ if is_selector => selector(statement, byte),
                _ => value(statement, byte, is_value),
            }
        }
    });
}

/// Whether a statement ends here. The braces of `#{..}` are part of it.
fn is_end(text: &str, at: usize, byte: u8) -> bool {
    let before = at.checked_sub(1).map(|at| text.as_bytes()[at]);
    matches!(byte, b';' | b'}') || (byte == b'{' && before != Some(b'#'))
}

fn selector(scanner: &mut Scanner<'_>, byte: u8) {
    match byte {
        b'.' | b'#' => scanner.take(Class::Type, 1 + name_after(scanner, 1)),
        b':' => {
            let marks = scanner.count(|byte| byte == b':');
            scanner.take(Class::Keyword, marks + name_after(scanner, marks));
        }
        b'"' | b'\'' => string(scanner, byte),
        b'[' => {
            scanner.skip(1);
            scanner.take(Class::Property, name_after(scanner, 0));
        }
        b'&' | b'*' => scanner.take(Class::Tag, 1),
        byte if is_name(byte) && !byte.is_ascii_digit() => scanner.take(Class::Tag, name_after(scanner, 0)),
        _ => scanner.skip(1),
    }
}

fn value(scanner: &mut Scanner<'_>, byte: u8, is_value: bool) {
    match byte {
        b'"' | b'\'' => string(scanner, byte),
        b'@' => scanner.take(Class::Keyword, 1 + name_after(scanner, 1)),
        b'$' => scanner.take(Class::Variable, 1 + name_after(scanner, 1)),
        b'!' => scanner.take(Class::Keyword, 1 + name_after(scanner, 1)),
        b'#' if is_value => scanner.take(Class::Number, 1 + name_after(scanner, 1)),
        b'-' if scanner.starts_with("--") => scanner.take(Class::Variable, name_after(scanner, 0)),
        byte if byte.is_ascii_digit() => {
            scanner
                .take(Class::Number, scanner.count(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'%')));
        }
        byte if is_name(byte) => {
            let name = name_after(scanner, 0);
            match scanner.peek_at(name) {
                Some(b'(') => scanner.take(Class::Function, name),
                _ if is_value => scanner.skip(name),
                _ => scanner.take(Class::Property, name),
            }
        }
        _ => scanner.skip(1),
    }
}

fn string(scanner: &mut Scanner<'_>, quote: u8) {
    let body = scanner.rest().bytes().skip(1).take_while(|byte| *byte != quote && *byte != b'\n').count();
    let close = usize::from(scanner.peek_at(1 + body) == Some(quote));
    scanner.take(Class::String, 1 + body + close);
}

/// The bytes of the name that begins `ahead` bytes from here.
fn name_after(scanner: &Scanner<'_>, ahead: usize) -> usize {
    scanner.rest().bytes().skip(ahead).take_while(|byte| is_name(*byte)).count()
}

fn is_name(byte: u8) -> bool {
    is_word(byte) || byte == b'-'
}
