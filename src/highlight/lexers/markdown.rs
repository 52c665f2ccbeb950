//! Reads markdown, with the directives of Learn.

use crate::highlight::class::Class;
use crate::highlight::scanner::{Scanner, is_blank};

/// Reads another language.
pub type Lex = fn(&mut Scanner<'_>);

/// Reads markdown; `front` reads its front matter.
pub fn lex(scanner: &mut Scanner<'_>, front: Lex) {
    front_matter(scanner, front);
    let mut fence = None;
    while !scanner.is_done() {
        if fence.is_none() && scanner.starts_with("<!--") {
            scanner.take_to(Class::Comment, scanner.end_of("-->", 4));
        }
        let end = scanner.line_end();
        scanner.within(end, |line| read_line(line, &mut fence));
        scanner.skip(1);
    }
}

fn front_matter(scanner: &mut Scanner<'_>, front: Lex) {
    if !scanner.starts_with("---\n") {
        return;
    }
    let end = scanner.end_of("\n---", 4);
    if scanner.slice(scanner.at(), end).ends_with("\n---") {
        scanner.within(end, front);
    }
}

/// Reads a line; `fence` is the mark of the code in which it stands.
fn read_line<'a>(line: &mut Scanner<'a>, fence: &mut Option<&'a str>) {
    while line.count(is_blank) > 0 || line.peek() == Some(b'>') {
        line.skip_blanks();
        line.take(Class::Meta, line.count(|byte| byte == b'>'));
    }
    let mark = fence_mark(line.rest());
    if let Some(open) = *fence {
        let is_end = mark.len() >= open.len() && mark.starts_with(open) && line.rest().trim() == mark;
        if is_end {
            *fence = None;
        }
        return line.take(if is_end { Class::Meta } else { Class::String }, line.rest().len());
    }
    if !mark.is_empty() {
        *fence = Some(mark);
        return line.take(Class::Meta, line.rest().len());
    }
    let marks = line.count(|byte| byte == b'#');
    if (1..=6).contains(&marks) && line.peek_at(marks).is_none_or(is_blank) {
        return line.take(Class::Heading, line.rest().len());
    }
    if line.starts_with(":::") {
        return line.take(Class::Meta, line.rest().len());
    }
    list_mark(line);
    while !line.is_done() {
        inline(line);
    }
}

fn fence_mark(text: &str) -> &str {
    let length = |mark: u8| text.bytes().take_while(|byte| *byte == mark).count();
    match (length(b'`'), length(b'~')) {
        (length @ 3.., _) if !text[length..].contains('`') => &text[..length],
        (_, length @ 3..) => &text[..length],
        _ => "",
    }
}

fn list_mark(line: &mut Scanner<'_>) {
    let digits = line.count(|byte| byte.is_ascii_digit());
    let length = match line.peek_at(digits) {
        Some(b'.' | b')') if (1..10).contains(&digits) => digits + 1,
        Some(b'-' | b'*' | b'+') if digits == 0 => 1,
        _ => return,
    };
    if line.peek_at(length).is_none_or(is_blank) {
        line.take(Class::Keyword, length);
    }
}

fn inline(line: &mut Scanner<'_>) {
    let rest = line.rest();
    match rest.as_bytes()[0] {
        b'\\' if rest.len() > 1 => line.take(Class::Escape, 2),
        b'`' => {
            let marks = line.count(|byte| byte == b'`');
            // Without its end it is a mark like any other; a line holds few of them.
            let end = rest[marks..].find(&rest[..marks]).map(|at| 2 * marks + at);
            match end {
                Some(end) => line.take(Class::String, end),
                None => line.skip(rest.len()),
            }
        }
        b'<' if rest.starts_with("<!--") => line.take_to(Class::Comment, line.end_of("-->", 4)),
        b'<' if rest.as_bytes().get(1).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/') => {
            match rest.find('>') {
                Some(end) => line.take(Class::Tag, end + 1),
                None => line.skip(rest.len()),
            }
        }
        b'[' if rest.starts_with("[!") => line.take(Class::Meta, directive(rest)),
        b']' if rest.starts_with("](") => {
            line.skip(1);
            line.take_to(Class::Variable, line.end_of(")", 1));
        }
        b'*' | b'_' | b'|' | b'~' => {
            line.take(Class::Keyword, line.count(|byte| matches!(byte, b'*' | b'_' | b'|' | b'~')))
        }
        _ => {
            line.skip(line.count(|byte| !matches!(byte, b'\\' | b'`' | b'<' | b'[' | b']' | b'*' | b'|' | b'~')).max(1))
        }
    }
}

/// The bytes of `[!NOTE]` or of `[!INCLUDE [` with its bracket.
fn directive(text: &str) -> usize {
    text.bytes().skip(1).position(|byte| matches!(byte, b']' | b'[')).map_or(text.len(), |at| at + 2)
}
