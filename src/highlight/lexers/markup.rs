//! Reads markup: elements, attributes, references, and the code that stands in it.

use crate::highlight::class::Class;
use crate::highlight::scanner::{Scanner, is_word};

/// Reads another language.
pub type Lex = fn(&mut Scanner<'_>);

/// What a kind of markup has beside elements.
#[derive(Debug, Clone, Copy, Default)]
pub struct Markup {
    /// Reads what stands in `<script>`.
    pub script: Option<Lex>,
    /// Reads what stands in `<style>`.
    pub style: Option<Lex>,
    /// Reads what stands in `<% %>`, `<? ?>` or after `@`.
    pub code: Option<Lex>,
    /// Whether `@` begins code, as in Razor.
    pub is_razor: bool,
    /// Whether `{{ }}` holds an expression.
    pub has_expressions: bool,
}

/// Reads markup.
pub fn lex(scanner: &mut Scanner<'_>, markup: &Markup) {
    while let Some(byte) = scanner.peek() {
        match byte {
            b'<' => element(scanner, markup),
            b'&' => reference(scanner),
            b'@' if markup.is_razor => razor(scanner, markup),
            b'{' if markup.has_expressions && scanner.starts_with("{{") => expression(scanner),
            _ => scanner.skip(scanner.count(|byte| !matches!(byte, b'<' | b'&' | b'@' | b'{')).max(1)),
        }
    }
}

/// Reads what begins with `<`.
fn element(scanner: &mut Scanner<'_>, markup: &Markup) {
    let code = markup.code.filter(|_| scanner.starts_with("<%") || is_php(scanner));
    if scanner.starts_with("<!--") {
        scanner.take_to(Class::Comment, scanner.end_of("-->", 4));
    } else if scanner.starts_with("<![CDATA[") {
        scanner.take(Class::Meta, 9);
        let end = scanner.end_of("]]>", 0);
        let inner = if scanner.slice(scanner.at(), end).ends_with("]]>") { end - 3 } else { end };
        scanner.take_to(Class::String, inner);
        scanner.take_to(Class::Meta, end);
    } else if let Some(code) = code {
        code_in_marks(scanner, code);
    } else if scanner.starts_with("<!") || scanner.starts_with("<?") {
        declaration(scanner, markup);
    } else {
        tag(scanner, markup);
    }
}

fn is_php(scanner: &Scanner<'_>) -> bool {
    scanner.starts_with("<?php") || scanner.starts_with("<?=")
}

fn code_in_marks(scanner: &mut Scanner<'_>, code: Lex) {
    let close = if scanner.starts_with("<%") { "%>" } else { "?>" };
    if scanner.starts_with("<%--") {
        return scanner.take_to(Class::Comment, scanner.end_of("--%>", 4));
    }
    let mark = match scanner.peek_at(2) {
        Some(b'p') => 5,
        Some(b'=' | b'@' | b'#' | b':') => 3,
        _ => 2,
    };
    scanner.take(Class::Meta, mark);
    let end = scanner.end_of(close, 0);
    let is_closed = scanner.slice(scanner.at(), end).ends_with(close);
    scanner.within(if is_closed { end - 2 } else { end }, code);
    scanner.take_to(Class::Meta, end);
}

/// `<!DOCTYPE html>`, `<?xml version="1.0"?>`
fn declaration(scanner: &mut Scanner<'_>, markup: &Markup) {
    let name = 2 + scanner.rest().bytes().skip(2).take_while(|byte| is_name(*byte)).count();
    scanner.take(Class::Meta, name);
    attributes(scanner, markup);
    let close = if scanner.starts_with("?>") { 2 } else { usize::from(scanner.starts_with(">")) };
    scanner.take(Class::Meta, close);
}

fn tag(scanner: &mut Scanner<'_>, markup: &Markup) {
    let is_end = scanner.peek_at(1) == Some(b'/');
    let mark = if is_end { 2 } else { 1 };
    let name = scanner.rest().bytes().skip(mark).take_while(|byte| is_name(*byte)).count();
    if name == 0 || scanner.peek_at(mark).is_some_and(|byte| byte.is_ascii_digit()) {
        return scanner.skip(1);
    }
    let element = scanner.slice(scanner.at() + mark, scanner.at() + mark + name).to_ascii_lowercase();
    scanner.take(Class::Tag, mark + name);
    let (attributes_start, is_open) = (scanner.at(), !is_end);
    attributes(scanner, markup);
    let is_empty = scanner.starts_with("/>");
    let attributes = scanner.slice(attributes_start, scanner.at());
    scanner.take(Class::Tag, if is_empty { 2 } else { usize::from(scanner.starts_with(">")) });
    let inner = match element.as_str() {
        "script" if !attributes.contains("text/x-") && !attributes.contains("text/template") => markup.script,
        "style" => markup.style,
        _ => None,
    };
    if let Some(inner) = inner.filter(|_| is_open && !is_empty) {
        let close = if element == "script" { "</script" } else { "</style" };
        let end = scanner.end_of(close, 0);
        let is_closed = scanner.slice(scanner.at(), end).ends_with(close);
        scanner.within(if is_closed { end - close.len() } else { end }, inner);
    }
}

fn attributes(scanner: &mut Scanner<'_>, markup: &Markup) {
    while let Some(byte) = scanner.peek() {
        match byte {
            b'>' | b'<' => return,
            b'?' | b'/' if scanner.peek_at(1) == Some(b'>') => return,
            b'"' | b'\'' => value(scanner, byte),
            b'@' if markup.is_razor && scanner.peek_at(1) == Some(b'(') => razor(scanner, markup),
            b'=' => {
                scanner.skip(1);
                scanner.skip_blanks();
                let bare = scanner
                    .count(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'"' | b'\'' | b'>' | b'<' | b'@'));
                scanner.take(Class::String, bare);
            }
            byte if is_name(byte) || matches!(byte, b'@' | b'#' | b'*' | b'[' | b'(') => {
                let name = scanner
                    .count(|byte| is_name(byte) || matches!(byte, b'@' | b'#' | b'*' | b'[' | b']' | b'(' | b')'));
                scanner.take(Class::Property, name);
            }
            _ => scanner.skip(1),
        }
    }
}

/// The value of an attribute, with the references in it.
fn value(scanner: &mut Scanner<'_>, quote: u8) {
    let mut length = 1;
    loop {
        let bytes = &scanner.rest().as_bytes()[length.min(scanner.rest().len())..];
        let plain = bytes.iter().take_while(|byte| **byte != quote && **byte != b'&').count();
        length += plain;
        match bytes.get(plain) {
            Some(b'&') => {
                scanner.take(Class::String, length);
                let reference = reference_length(scanner);
                scanner.take(Class::Escape, reference);
                length = usize::from(reference == 0);
            }
            Some(_) => return scanner.take(Class::String, length + 1),
            None => return scanner.take(Class::String, length),
        }
    }
}

fn reference(scanner: &mut Scanner<'_>) {
    match reference_length(scanner) {
        0 => scanner.skip(1),
        length => scanner.take(Class::Escape, length),
    }
}

/// The bytes of `&lt;` or `&#x20;`, 0 if it is none.
fn reference_length(scanner: &Scanner<'_>) -> usize {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
    let name = scanner.rest().bytes().skip(1).take(32).take_while(is_part).count();
    if name > 0 && scanner.peek_at(1 + name) == Some(b';') { name + 2 } else { 0 }
}

/// `{{ name }}`
fn expression(scanner: &mut Scanner<'_>) {
    let line_end = scanner.line_end();
    let line = scanner.slice(scanner.at(), line_end);
    let end = line.find("}}").map_or(line_end, |at| scanner.at() + at + 2);
    scanner.take_to(Class::Variable, end);
}

/// `@Model.Name`, `@(a + b)`, `@{ code }`, `@if (x)`, `@* remark *@`
fn razor(scanner: &mut Scanner<'_>, markup: &Markup) {
    let code = markup.code.unwrap_or(|_| ());
    match scanner.peek_at(1) {
        Some(b'@') => scanner.take(Class::Escape, 2),
        Some(b'*') => scanner.take_to(Class::Comment, scanner.end_of("*@", 2)),
        // An address: `name@example.org`.
        _ if scanner.before().is_some_and(is_word) => scanner.skip(1),
        Some(b'{') => scanner.take(Class::Meta, 2),
        Some(b'(') => {
            scanner.take(Class::Meta, 1);
            let end = scanner.at() + balanced(scanner.rest(), b'(', b')');
            scanner.within(end, code);
        }
        Some(byte) if is_word(byte) => razor_words(scanner, code),
        _ => scanner.skip(1),
    }
}

/// Words after which the rest of a line is code.
const RAZOR_KEYWORDS: &[&str] = &[
    "if",
    "else",
    "for",
    "foreach",
    "while",
    "do",
    "switch",
    "using",
    "try",
    "catch",
    "lock",
    "model",
    "inject",
    "functions",
    "code",
    "inherits",
    "implements",
    "namespace",
    "page",
    "section",
    "layout",
    "attribute",
    "typeparam",
    "rendermode",
];

fn razor_words(scanner: &mut Scanner<'_>, code: Lex) {
    let bytes = scanner.rest().bytes().skip(1);
    let word = bytes.take_while(|byte| is_word(*byte)).count();
    let name = scanner.slice(scanner.at() + 1, scanner.at() + 1 + word);
    if RAZOR_KEYWORDS.contains(&name) {
        scanner.take(Class::Keyword, 1 + word);
        // An element in the line ends the code.
        let stops = memchr::memchr2_iter(b'\n', b'<', scanner.rest().as_bytes());
        let bytes = scanner.rest().as_bytes();
        let is_stop = |at: &usize| bytes[*at] == b'\n' || (*at > 0 && bytes[*at - 1] == b' ');
        let length = stops.into_iter().find(is_stop).unwrap_or(bytes.len());
        return scanner.within(scanner.at() + length, code);
    }
    scanner.take(Class::Meta, 1);
    let is_part = |byte: u8| is_word(byte) || byte == b'.' || byte == b'?';
    let path = scanner.count(is_part);
    let call = balanced(&scanner.rest()[path..], b'(', b')');
    let end = scanner.at() + path + call;
    scanner.within(end, code);
}

/// The bytes of what stands in brackets at the start of a text, on its first line; 0 without brackets.
fn balanced(text: &str, open: u8, close: u8) -> usize {
    if text.as_bytes().first() != Some(&open) {
        return 0;
    }
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        if byte == open {
            depth += 1;
        } else if byte == close {
            depth -= 1;
        }
        if depth == 0 {
            return at + 1;
        }
        if byte == b'\n' {
            return at;
        }
    }
    text.len()
}

fn is_name(byte: u8) -> bool {
    is_word(byte) || matches!(byte, b'-' | b':' | b'.')
}
