//! Reads HTTP: requests, responses, their headers, and a body in the language that it begins as.

use crate::highlight::class::Class;
use crate::highlight::scanner::{Scanner, is_blank};

/// Reads another language.
pub type Lex = fn(&mut Scanner<'_>);

/// The languages of bodies.
#[derive(Debug, Clone, Copy)]
pub struct Bodies {
    /// What begins with `{` or `[`.
    pub json: Lex,
    /// What begins with `<`.
    pub xml: Lex,
}

/// What a request may ask for.
const METHODS: &[&str] = &[
    "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "MERGE", "TRACE", "CONNECT", "COPY", "MOVE", "PROPFIND",
];

/// Reads messages.
pub fn lex(scanner: &mut Scanner<'_>, bodies: &Bodies) {
    while !scanner.is_done() {
        let end = scanner.line_end();
        let line = scanner.slice(scanner.at(), end);
        let first = line.split_whitespace().next().unwrap_or("");
        match () {
            () if first.starts_with(['{', '[']) => body(scanner, bodies.json),
            () if first.starts_with('<') && first.len() > 1 => body(scanner, bodies.xml),
            () => {
                scanner.within(end, |scanner| head(scanner, line, first));
                scanner.skip(1);
            }
        }
    }
}

/// Reads a line that is not part of a body.
fn head(scanner: &mut Scanner<'_>, line: &str, first: &str) {
    let end = scanner.at() + line.len();
    match () {
        () if line.starts_with('#') || line.starts_with("//") => scanner.take_to(Class::Comment, end),
        () if METHODS.contains(&first) => request(scanner, end),
        () if first.starts_with("HTTP/") => status(scanner, end),
        () if first.starts_with(['?', '&', '/']) || first.starts_with("http") => url(scanner, end),
        () => header(scanner, line),
    }
}

/// `GET https://example.org/{id}?name=x HTTP/1.1`
fn request(scanner: &mut Scanner<'_>, end: usize) {
    scanner.skip_blanks();
    scanner.take(Class::Keyword, scanner.count(|byte| byte.is_ascii_uppercase()));
    scanner.skip_blanks();
    let rest = scanner.slice(scanner.at(), end);
    let version = rest.rfind(" HTTP/").map_or(end, |at| scanner.at() + at + 1);
    url(scanner, version);
    scanner.take_to(Class::Meta, end);
}

fn status(scanner: &mut Scanner<'_>, end: usize) {
    scanner.skip_blanks();
    scanner.take(Class::Meta, scanner.count(|byte| !is_blank(byte) && byte != b'\n'));
    scanner.skip_blanks();
    scanner.take(Class::Number, scanner.count(|byte| byte.is_ascii_digit()));
    scanner.skip_blanks();
    scanner.take_to(Class::Literal, end);
}

/// An address, with the places in braces that a reader fills in.
fn url(scanner: &mut Scanner<'_>, end: usize) {
    scanner.within(end, |url| {
        while !url.is_done() {
            url.take(Class::String, url.count(|byte| byte != b'{' && !is_blank(byte)));
            url.skip_blanks();
            let place = url.count(|byte| byte != b'}');
            url.take(Class::Variable, place + url.rest()[place..].bytes().take_while(|byte| *byte == b'}').count());
        }
    });
}

/// `Name: value`, also `@name = value`.
fn header(scanner: &mut Scanner<'_>, line: &str) {
    let name =
        line.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'@')).count();
    let after = line[name..].trim_start();
    if name > 0 && (after.starts_with(':') || (line.starts_with('@') && after.starts_with('='))) {
        scanner.take(Class::Property, name);
    }
}

/// A body, up to the next message.
fn body(scanner: &mut Scanner<'_>, language: Lex) {
    let starts_message = |line: &&str| {
        let first = line.split_whitespace().next().unwrap_or("");
        line.starts_with("###")
            || (METHODS.contains(&first) && line.len() > first.len() + 1)
            || first.starts_with("HTTP/")
    };
    let lines = scanner.rest().split_inclusive('\n').take_while(|line| !starts_message(line));
    let length: usize = lines.map(str::len).sum();
    scanner.within(scanner.at() + length, language);
}
