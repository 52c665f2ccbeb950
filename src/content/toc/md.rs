//! `toc.md`: each heading is an entry, and its level the depth of the entry.
//!
//! A heading may have any number of `#`. It holds one link (`# [title](href)`), a cross reference (`# @uid`,
//! `# <xref:uid>`) or a plain name. HTML comments and front matter are skipped; other lines are mistakes.

use super::node::{Link, Node, Written};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};

/// Entries inside each other; what is deeper is raised to this depth.
const MAX_DEPTH: usize = 64;

/// Reads a `toc.md`; reports `invalid-toc-syntax`, `invalid-toc-level`, `missing-attribute` and `budget-exceeded`.
pub(super) fn parse(text: &str, file: FileId) -> (Written, Diagnostics) {
    let mut reader =
        Reader { text, file, at: front_matter(text), open: Vec::new(), roots: Vec::new(), diagnostics: Vec::new() };
    let mut is_paragraph = false;
    while reader.at < text.len() {
        is_paragraph = reader.line(is_paragraph);
    }
    reader.close(0);
    (Written { nodes: reader.roots, order: 0 }, reader.diagnostics)
}

/// The length of the byte order mark and front matter.
fn front_matter(text: &str) -> usize {
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let body = &text[mark..];
    if !body.starts_with("---") || body.lines().next().is_some_and(|line| line.trim_end() != "---") {
        return mark;
    }
    let mut at = 0;
    for (number, line) in body.split_inclusive('\n').enumerate() {
        at += line.len();
        if number > 0 && line.trim_end() == "---" {
            return mark + at;
        }
    }
    mark
}

struct Reader<'a> {
    text: &'a str,
    file: FileId,
    at: usize,
    /// The entries that may still get children, with their levels.
    open: Vec<(usize, Node)>,
    roots: Vec<Node>,
    diagnostics: Diagnostics,
}

impl Reader<'_> {
    /// Reads a line; returns whether it is text that the next line may continue.
    fn line(&mut self, is_paragraph: bool) -> bool {
        let rest = &self.text[self.at..];
        let is_blank = |c: char| c.is_whitespace() && !matches!(c, '\n' | '\r');
        let start = self.text.len() - rest.trim_start_matches(is_blank).len();
        // Before the end of the line is looked for: it may hold any number of comments.
        if self.text[start..].starts_with("<!--") {
            let end = self.text[start..].find("-->").map_or(self.text.len(), |end| start + end + 3);
            self.at = end;
            return false;
        }
        let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
        let content = line.trim();
        self.at += line.len() + if rest[line.len()..].starts_with("\r\n") { 2 } else { 1 };
        if content.is_empty() {
            return false;
        }
        let level = content.bytes().take_while(|byte| *byte == b'#').count();
        let is_glued = content[level..].starts_with(|c: char| !c.is_whitespace());
        // Inside a paragraph only a heading that markdown too takes for one ends it.
        if level == 0 || is_paragraph && is_glued {
            if !is_paragraph {
                self.report(Code::InvalidTocSyntax, start..start + content.len(), "this is no entry of a TOC".into());
            }
            return true;
        }
        if is_glued {
            let message = "there is no blank after the `#` of this entry".to_owned();
            self.report(Code::InvalidTocSyntax, start..start + content.len(), message);
        }
        self.heading(level, start, content);
        false
    }

    fn heading(&mut self, level: usize, start: usize, content: &str) {
        let title = without_closing_hashes(content[level..].trim());
        let title_start = start + content[level..].find(title).map_or(level, |at| level + at);
        let node = self.node(title, title_start, start..start + content.len());
        if node.is_nameless() {
            let place = Span::new(self.file, start..start + content.len());
            self.diagnostics.push(node.report_nameless(place, "# [Title](page.md)"));
        }
        self.close(level);
        let above = self.open.last().map(|(above, _)| *above);
        if let Some(above) = above.filter(|above| level > above + 1) {
            let message = format!("the level of this entry skips from {above} to {level}");
            self.report(Code::InvalidTocLevel, start..start + content.len(), message);
        }
        if self.open.len() == MAX_DEPTH {
            let message = format!("entries are nested more than {MAX_DEPTH} deep");
            if !self.diagnostics.iter().any(|diagnostic| diagnostic.code == Code::BudgetExceeded) {
                self.report(Code::BudgetExceeded, start..start + content.len(), message);
            }
            self.close_one();
        }
        self.open.push((level, node));
    }

    fn node(&mut self, title: &str, start: usize, line: std::ops::Range<usize>) -> Node {
        let mut node = Node::new(Span::new(self.file, line.clone()));
        let uid = title.strip_prefix("<xref:").and_then(|uid| uid.strip_suffix('>')).or(title.strip_prefix('@'));
        if let Some(uid) = uid.filter(|uid| !uid.is_empty() && !uid.contains(char::is_whitespace)) {
            node.uid = Some(Link { text: uid.to_owned(), span: node.span });
            return node;
        }
        let Some(link) = link(title) else {
            node.name = Some(plain(title)).filter(|name| !name.is_empty());
            return node;
        };
        node.span = Span::new(self.file, start..start + link.length);
        if !title[link.length..].trim().is_empty() {
            self.report(Code::InvalidTocSyntax, line, "an entry of a TOC is one link, and nothing beside it".into());
        }
        node.name = Some(plain(link.name)).filter(|name| !name.is_empty());
        match link.href.strip_prefix('@').or(link.href.strip_prefix("xref:")) {
            Some(uid) => node.uid = Some(Link { text: uid.to_owned(), span: node.span }),
            None if link.href.is_empty() => {}
            None => node.href = Some(Link { text: link.href.to_owned(), span: node.span }),
        }
        node
    }

    /// Closes the entries of `level` and below it.
    fn close(&mut self, level: usize) {
        while self.open.last().is_some_and(|(open, _)| *open >= level) {
            self.close_one();
        }
    }

    fn close_one(&mut self) {
        if let Some((_, node)) = self.open.pop() {
            self.open.last_mut().map_or(&mut self.roots, |(_, parent)| &mut parent.items).push(node);
        }
    }

    fn report(&mut self, code: Code, range: std::ops::Range<usize>, message: String) {
        let help = match code {
            Code::InvalidTocLevel => "an entry is at most one `#` deeper than the one above it",
            _ => "each line is a heading with one link, `# [title](page.md)`, or with a plain title",
        };
        self.diagnostics.push(Diagnostic::new(code, Span::new(self.file, range), message).help(help));
    }
}

/// A heading may be closed by any number of `#` after a space or a link.
fn without_closing_hashes(title: &str) -> &str {
    let open = title.trim_end_matches('#');
    if open.len() < title.len() && (open.is_empty() || open.ends_with([' ', '\t'])) { open.trim_end() } else { title }
}

struct InlineLink<'a> {
    name: &'a str,
    href: &'a str,
    /// Bytes from `[` to the closing parenthesis.
    length: usize,
}

/// Reads `[name](href "title")` at the start of a heading.
fn link(title: &str) -> Option<InlineLink<'_>> {
    let name_end = balanced(title, b'[', b']')?;
    let rest = &title[name_end + 1..];
    let end = balanced(rest, b'(', b')')?;
    let inside = rest[1..end].trim();
    let href = match inside.find(" \"") {
        Some(at) if inside.ends_with('"') => inside[..at].trim(),
        _ => inside,
    };
    let href = href.strip_prefix('<').and_then(|href| href.strip_suffix('>')).unwrap_or(href);
    Some(InlineLink { name: &title[1..name_end], href, length: name_end + 1 + end + 1 })
}

/// Where the bracket that opens a text is closed; a backslash takes a bracket's meaning.
fn balanced(text: &str, open: u8, close: u8) -> Option<usize> {
    let (mut depth, mut is_escaped) = (0_usize, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            byte if byte == open => depth += 1,
            byte if byte == close => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// A title without the marks of markdown: escapes and code.
fn plain(title: &str) -> String {
    let mut name = String::with_capacity(title.len());
    let mut characters = title.trim().chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '`' => {}
            '\\' if characters.peek().is_some_and(char::is_ascii_punctuation) => name.extend(characters.next()),
            c => name.push(c),
        }
    }
    name
}
