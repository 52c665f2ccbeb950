//! Reads the difference between two texts.

use crate::highlight::class::Class;
use crate::highlight::scanner::Scanner;

/// Lines that tell which files are compared.
const HEADERS: &[&str] = &["diff ", "index ", "--- ", "+++ ", "new file", "deleted file", "similarity ", "rename "];

/// Reads a difference, line by line.
pub fn lex(scanner: &mut Scanner<'_>) {
    while !scanner.is_done() {
        let end = scanner.line_end();
        let class = match scanner.peek() {
            _ if HEADERS.iter().any(|header| scanner.starts_with(header)) => Some(Class::Meta),
            Some(b'@') if scanner.starts_with("@@") => Some(Class::Heading),
            Some(b'+' | b'>') => Some(Class::Added),
            Some(b'-' | b'<') => Some(Class::Removed),
            _ => None,
        };
        if let Some(class) = class {
            scanner.take_to(class, end);
        }
        scanner.skip_to(end + 1);
    }
}
