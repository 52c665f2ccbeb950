//! Marks that a docset may switch on: `H~2~O`, `x^2^`, `++inserted++`, `==marked==`.
//!
//! Rule: Markdig's `EmphasisExtraExtension`. A mark opens before what is not blank and closes after it, within words, too;
//! `~` and `^` stand alone, `+` and `=` in twos. pulldown-cmark reads the first two apart from words only.

use std::ops::Range;

use crate::markdown::spelling::Spelling;
use crate::markdown::tree::{Element, Node, NodeKind};
use crate::markdown::{Extra, Options};
use crate::source::Span;

/// A kind of mark.
struct Mark {
    extra: Extra,
    sign: char,
    /// How many signs it has.
    width: usize,
    tag: &'static str,
}

const fn mark(extra: Extra, sign: char, width: usize, tag: &'static str) -> Mark {
    Mark { extra, sign, width, tag }
}

const MARKS: &[Mark] = &[
    mark(Extra::Subscript, '~', 1, "sub"),
    mark(Extra::Superscript, '^', 1, "sup"),
    mark(Extra::Inserted, '+', 2, "ins"),
    mark(Extra::Marked, '=', 2, "mark"),
];

/// What a line is made of.
enum Piece {
    Node(Node),
    /// A sign, as a text, and whether it may open and close.
    Sign {
        mark: &'static Mark,
        text: Node,
        opens: bool,
        closes: bool,
    },
}

/// Puts the marks into a tree that `options` switch on. `source` is the text of its file.
pub fn mark_up(node: &mut Node, source: &str, options: &Options) {
    let marks: Vec<&'static Mark> = MARKS.iter().filter(|mark| options.extras.contains(&mark.extra)).collect();
    if !marks.is_empty() {
        visit(node, source, &marks);
    }
}

fn visit(node: &mut Node, source: &str, marks: &[&'static Mark]) {
    if matches!(&node.kind, NodeKind::Link(link) if link.is_autolink) || node.is_literal() {
        return;
    }
    let has_sign = |child: &Node| match &child.kind {
        NodeKind::Text(text) => marks.iter().any(|mark| text.contains(mark.sign)),
        _ => false,
    };
    if node.children.iter().any(has_sign) {
        let children = std::mem::take(&mut node.children);
        let edges: Vec<[bool; 2]> = children.iter().map(blank_edges).collect();
        let mut pieces = Vec::new();
        for (at, child) in children.into_iter().enumerate() {
            let before = at.checked_sub(1).is_none_or(|before| edges[before][1]);
            let after = edges.get(at + 1).is_none_or(|edges| edges[0]);
            match &child.kind {
                NodeKind::Text(text) if has_sign(&child) => {
                    pieces.extend(split(text, &child, source, [before, after], marks));
                }
                _ => pieces.push(Piece::Node(child)),
            }
        }
        node.children = paired(pieces);
    }
    node.children.iter_mut().for_each(|child| visit(child, source, marks));
}

/// Whether what a node shows begins and ends with something blank.
fn blank_edges(node: &Node) -> [bool; 2] {
    match &node.kind {
        NodeKind::Text(text) => [text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace)],
        NodeKind::SoftBreak | NodeKind::HardBreak => [true; 2],
        _ => [false; 2],
    }
}

/// Splits a text at its signs; an escape or a character reference is none. `beside` tells whether something blank stands
/// before and after the text.
fn split(text: &str, node: &Node, source: &str, beside: [bool; 2], marks: &[&'static Mark]) -> Vec<Piece> {
    let Some(spelling) = Spelling::of(text, source, node.span.bytes()) else {
        return vec![Piece::Node(Node::text(text, node.span))];
    };
    let piece =
        |range: Range<usize>| Node::text(&text[range.clone()], Span::new(node.span.file, spelling.place(range)));
    let (mut pieces, mut start, mut at) = (Vec::new(), 0, 0);
    while let Some(c) = text[at..].chars().next() {
        let is_sign = marks.iter().any(|mark| mark.sign == c) && spelling.is_plain(at..at + 1);
        if !is_sign {
            at += c.len_utf8();
            continue;
        }
        let is_one = |(offset, next): &(usize, char)| *next == c && spelling.is_plain(at + offset..at + offset + 1);
        let end = at + text[at..].char_indices().take_while(is_one).count();
        if let Some(mark) = marks.iter().copied().find(|mark| mark.sign == c && mark.width == end - at) {
            if start < at {
                pieces.push(Piece::Node(piece(start..at)));
            }
            let opens = text[end..].chars().next().map_or(!beside[1], |next| !next.is_whitespace());
            let closes = text[..at].chars().next_back().map_or(!beside[0], |before| !before.is_whitespace());
            pieces.push(Piece::Sign { mark, text: piece(at..end), opens, closes });
            start = end;
        }
        at = end;
    }
    if start < text.len() {
        pieces.push(Piece::Node(piece(start..text.len())));
    }
    pieces
}

/// The nodes of pieces: what stands between two signs of a kind is marked, other signs are text.
fn paired(pieces: Vec<Piece>) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut open: Vec<(&'static Mark, usize)> = Vec::new();
    for piece in pieces {
        let (mark, text, opens, closes) = match piece {
            Piece::Node(node) => {
                nodes.push(node);
                continue;
            }
            Piece::Sign { mark, text, opens, closes } => (mark, text, opens, closes),
        };
        let start = open.iter().rposition(|(other, at)| other.sign == mark.sign && at + 1 < nodes.len());
        if let Some(start) = start.filter(|_| closes) {
            let at = open[start].1;
            open.truncate(start);
            let content = nodes.split_off(at + 1);
            let opening = nodes.pop().map_or(text.span, |sign| sign.span);
            let span = Span { end: text.span.end, ..opening };
            let element = Element { tag: mark.tag, attributes: Vec::new(), is_block: false };
            nodes.push(Node::with(NodeKind::Element(Box::new(element)), span, content));
            continue;
        }
        if opens {
            open.retain(|(other, _)| other.sign != mark.sign);
            open.push((mark, nodes.len()));
        }
        nodes.push(text);
    }
    nodes
}
