//! Bare URLs become links: `https://..`, `http://..`, `ftp://..`, `mailto:..`, `www...`.
//!
//! Rule: Markdig's `AutoLinkParser`: a URL begins a word or stands after one of `*_~(`, as the source has it, and names a
//! domain with a dot; a last `.,;:!?` and an unmatched `)` stay outside; a bare mail address is no link.

use std::cell::OnceCell;
use std::ops::Range;

use crate::markdown::spelling::Spelling;
use crate::markdown::tree::{Link, Node, NodeKind};
use crate::source::Span;

const SCHEMES: &[&str] = &["https://", "http://", "ftp://", "mailto:", "www."];

/// Whether a text holds what may be the scheme of a URL.
pub fn may_have_scheme(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_scheme = |colon: usize| bytes[colon + 1..].starts_with(b"//") || bytes[..colon].ends_with(b"mailto");
    memchr::memchr_iter(b':', bytes).any(is_scheme)
}

/// Whether the text of a file may have URLs without a scheme.
pub fn may_have_www(source: &str) -> bool {
    memchr::memmem::find(source.as_bytes(), b"www.").is_some()
}

/// Turns the bare URLs of a tree into links. `source` is the text of its file.
pub fn link_urls(node: &mut Node, source: &str) {
    if matches!(node.kind, NodeKind::Link(_) | NodeKind::Image(_)) || node.is_literal() {
        return;
    }
    if node.children.iter().any(|child| matches!(&child.kind, NodeKind::Text(text) if find(text, 0, true).is_some())) {
        // What stands before a line is the mark of a list or quote; a cell begins behind a pipe, mostly.
        let (mut depth, mut starts_line) = (0, node.is_block() && node.kind != NodeKind::TableCell);
        for child in std::mem::take(&mut node.children) {
            let starts_word = starts_line || is_boundary(source[..child.span.start as usize].chars().next_back());
            starts_line = matches!(child.kind, NodeKind::SoftBreak | NodeKind::HardBreak);
            node.children.extend(split(child, source, starts_word, &mut depth));
        }
    }
    node.children.iter_mut().for_each(|child| link_urls(child, source));
}

/// Whether a URL may begin behind this character.
fn is_boundary(before: Option<char>) -> bool {
    before.is_none_or(|c| c.is_whitespace() || "*_~(".contains(c))
}

/// Splits a text at its URLs; `starts_word` tells whether one may begin where it begins. `depth` counts raw `<a>` that
/// stand open: links do not nest.
fn split(node: Node, source: &str, starts_word: bool, depth: &mut usize) -> Vec<Node> {
    if let NodeKind::Html(html) = &node.kind {
        let html = html.to_ascii_lowercase();
        *depth += usize::from(html.starts_with("<a ") || html.starts_with("<a>"));
        *depth = depth.saturating_sub(usize::from(html.starts_with("</a")));
    }
    let NodeKind::Text(text) = &node.kind else { return vec![node] };
    if *depth > 0 {
        return vec![node];
    }
    let spelling = OnceCell::new();
    let spelling = || spelling.get_or_init(|| Spelling::of(text, source, node.span.bytes())).as_ref();
    let place =
        |range: Range<usize>| spelling().map_or(node.span, |spelling| Span::new(node.span.file, spelling.place(range)));
    let (mut nodes, mut at, mut from) = (Vec::new(), 0, 0);
    while let Some((start, end)) = find(text, from, starts_word) {
        from = end;
        if spelling().is_some_and(|spelling| !is_written(&text[start..end], start, spelling)) {
            continue;
        }
        if start > at {
            nodes.push(Node::text(&text[at..start], place(at..start)));
        }
        nodes.push(link(&text[start..end], place(start..end)));
        at = end;
    }
    match at {
        0 => nodes.push(node),
        _ if at < text.len() => nodes.push(Node::text(&text[at..], place(at..text.len()))),
        _ => {}
    }
    nodes
}

/// Whether the scheme of the URL at `start` stands in the source as it is, and begins a word there: a character reference
/// ends in `;`.
fn is_written(url: &str, start: usize, spelling: &Spelling) -> bool {
    let scheme = SCHEMES.iter().find(|scheme| url.starts_with(**scheme)).map_or(0, |scheme| scheme.len());
    spelling.is_plain(start..start + scheme) && !spelling.follows_name(start)
}

fn link(url: &str, span: Span) -> Node {
    let destination = if url.starts_with("www.") { format!("https://{url}") } else { url.to_owned() };
    let link = Link { destination: destination.into(), title: "".into(), is_autolink: true };
    Node::with(NodeKind::Link(Box::new(link)), span, vec![Node::text(url, span)])
}

/// The first URL at or after `from`. `starts_word` tells whether one may begin where the text begins.
fn find(text: &str, from: usize, starts_word: bool) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(next) = memchr::memchr3(b':', b'w', b'W', &bytes[at..]) {
        let hit = at + next;
        at = hit + 1;
        let start = if bytes[hit] == b':' { scheme_start(bytes, hit) } else { Some(hit) };
        let Some(start) = start.filter(|start| *start >= from) else { continue };
        let is_word = if start == 0 { starts_word } else { is_boundary(text[..start].chars().next_back()) };
        if !is_word {
            continue;
        }
        if let Some(end) = end(text, start) {
            return Some((start, end));
        }
    }
    None
}

fn scheme_start(bytes: &[u8], colon: usize) -> Option<usize> {
    let length = bytes[..colon].iter().rev().take_while(|b| b.is_ascii_alphabetic()).count();
    (length > 0).then_some(colon - length)
}

/// Where the URL at `start` ends; `None` if there is none.
fn end(text: &str, start: usize) -> Option<usize> {
    let rest = &text[start..];
    let scheme = SCHEMES.iter().find(|scheme| rest.starts_with(**scheme))?;
    if !may_begin_with_host(scheme, &rest[scheme.len()..]) {
        return None;
    }
    let url = &rest[..length(rest)];
    is_host(scheme, url.get(scheme.len()..)?).then_some(start + url.len())
}

/// Hosts and mail addresses are no longer, by the rules of DNS and mail. So a word that is full of schemes is not read to
/// its end for each of them.
const MAX_HOST: usize = 320;

/// Whether what follows the scheme may be a URL, as far as its first characters tell.
fn may_begin_with_host(scheme: &str, rest: &str) -> bool {
    let is_end = |c: char| is_outside(c) || matches!(c, '/' | '?' | '#' | ':' | '(' | ')');
    match rest.char_indices().take(MAX_HOST).find(|(_, c)| is_end(*c)) {
        Some((_, '(')) => false,
        Some((at, '/' | '?' | '#' | ':')) => is_host(scheme, &rest[..at]),
        Some(_) => true,
        None => rest.len() <= MAX_HOST,
    }
}

/// Whether a character stands in no URL.
fn is_outside(c: char) -> bool {
    c.is_whitespace() || c.is_control() || c == '<'
}

/// How long the URL is with which `text` begins: up to a blank, `<` or an unmatched `)`, without a last punctuation mark.
fn length(text: &str) -> usize {
    let (mut depth, mut chars) = (0, text.char_indices().peekable());
    while let Some((at, c)) = chars.next() {
        let is_last = chars.peek().is_none_or(|(_, next)| is_outside(*next));
        match c {
            c if is_outside(c) => return at,
            '(' => depth += 1,
            ')' if depth == 0 => return at,
            ')' => depth -= 1,
            '.' | ',' | ';' | ':' | '!' | '?' | '*' | '_' | '~' if is_last => return at,
            _ => {}
        }
    }
    text.len()
}

/// Whether a domain follows the scheme: `http://localhost` is no link.
fn is_host(scheme: &str, rest: &str) -> bool {
    match (scheme, rest.split_once('@')) {
        ("mailto:", Some((name, host))) => !name.is_empty() && is_domain(host),
        ("mailto:", None) => false,
        _ => is_domain(rest),
    }
}

/// Whether a text begins with a domain: names with dots between them, no `_` in the last two. GitHub has the same rule.
fn is_domain(text: &str) -> bool {
    let domain = text.split(['/', '?', '#', ':']).next().unwrap_or("");
    let is_name = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    let mut names = domain.rsplit('.');
    let last = [names.next(), names.next()];
    last.iter().all(|name| name.is_some_and(|name| is_name(name) && !name.contains('_'))) && names.all(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(text: &str) -> Vec<&str> {
        let (mut found, mut at) = (Vec::new(), 0);
        while let Some((start, end)) = find(text, at, true) {
            found.push(&text[start..end]);
            at = end;
        }
        found
    }

    #[test]
    fn urls_end_before_punctuation() {
        assert_eq!(
            urls("see https://a.b/c. And (http://x.y/z_(w)), www.a.b!"),
            ["https://a.b/c", "http://x.y/z_(w)", "www.a.b"]
        );
        assert_eq!(urls("mailto:a@b.c ftp://x.y"), ["mailto:a@b.c", "ftp://x.y"]);
    }

    #[test]
    fn other_words_are_text() {
        assert!(urls("xhttps://a.b a@b.c https://x... https:// wwww.a.b C:\\www.x http://nodot").is_empty());
        assert!(urls("http://localhost:80/a.b mailto:a@b mailto:@b.c www.a_b.c https://a.b_c").is_empty());
        assert_eq!(urls("http://a_b.c.d/x_y www.a_b.c.d"), ["http://a_b.c.d/x_y", "www.a_b.c.d"]);
    }
}
