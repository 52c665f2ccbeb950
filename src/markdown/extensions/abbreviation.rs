//! Abbreviations that a docset may switch on: `*[HTML]: Hyper Text Markup Language` explains `HTML` wherever it stands.
//!
//! Rule: Markdig's `AbbreviationParser`. A definition is a line, also of a paragraph; the last one of a word counts. A word
//! is one behind white space or ASCII punctuation, and only punctuation follows up to the next white space. What is
//! defined in an included file is known there.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diagnostic::Code;
use crate::markdown::extension::{Context, Extension, Shape};
use crate::markdown::spelling::Spelling;
use crate::markdown::syntax::{self, Directive};
use crate::markdown::tree::{Element, Node, NodeKind};
use crate::markdown::{Extra, Options};
use crate::source::Span;

/// `*[HTML]: Hyper Text Markup Language`
#[derive(Debug)]
pub struct Abbreviation;

const NAME: &str = "*[";

/// A definition longer than this is none.
const MAX_BYTES: usize = 1024;

/// What the words of a file mean.
type Meanings = BTreeMap<Box<str>, Box<str>>;

/// The words of a file in order: each with what it means, and the place of the longest other one with which it begins.
type Words<'m> = Vec<(&'m str, &'m str, Option<usize>)>;

/// Reads the definition at `start` as a directive; `None` if what begins there is none. It has a line of its own.
pub fn definition(text: &str, start: usize) -> Option<Directive> {
    // Of `**[Note]: text**` the second star begins nothing.
    if text[..start].ends_with(|c: char| !c.is_whitespace() && !matches!(c, '>' | '\u{feff}')) {
        return None;
    }
    let line = syntax::line_from(text, start, MAX_BYTES);
    let raw = parts(line).map(|_| line.trim_end())?;
    Some(Directive::plain(NAME, raw, start..start + raw.len()))
}

/// The word and what it means.
fn parts(line: &str) -> Option<(&str, &str)> {
    let (word, meaning) = line.strip_prefix(NAME)?.split_once("]:")?;
    let (word, meaning) = (word.trim(), meaning.trim());
    (!word.is_empty() && !word.contains(['[', ']']) && !meaning.is_empty()).then_some((word, meaning))
}

impl Extension for Abbreviation {
    fn owns(&self, name: &str, options: &Options) -> bool {
        name == NAME && is_on(options)
    }

    fn shape(&self, _directive: &Directive) -> Shape {
        Shape::Block
    }

    /// A definition has no mistakes; it may only stand where it is not read.
    fn code(&self) -> Code {
        Code::DirectiveInHtml
    }

    /// The definition itself, which [`explain`] takes out.
    fn lower(&self, directive: Directive, cx: &mut Context<'_>) -> Vec<Node> {
        vec![Node::leaf(NodeKind::Directive(Box::new(directive)), cx.span)]
    }
}

/// Whether a docset switches abbreviations on.
pub fn is_on(options: &Options) -> bool {
    options.extras.contains(&Extra::Abbreviations)
}

/// Explains the words of a tree that its definitions name. `source` is the text of its file.
pub fn explain(root: &mut Node, source: &str, options: &Options) {
    if !is_on(options) {
        return;
    }
    let mut meanings = Meanings::new();
    take_definitions(root, &mut meanings);
    if !meanings.is_empty() {
        visit(root, source, &in_order(&meanings));
    }
}

fn in_order(meanings: &Meanings) -> Words<'_> {
    let mut words = Words::new();
    for (word, meaning) in meanings {
        let mut shorter = words.len().checked_sub(1);
        while let Some(at) = shorter.filter(|at| !word.starts_with(words[*at].0)) {
            shorter = words[at].2;
        }
        words.push((word, meaning, shorter));
    }
    words
}

fn take_definitions(node: &mut Node, meanings: &mut Meanings) {
    node.children.retain_mut(|child| {
        take_definitions(child, meanings);
        let definition = match &child.kind {
            NodeKind::Directive(directive) if &*directive.name == NAME => parts(&directive.raw),
            _ => None,
        };
        let Some((word, meaning)) = definition else { return true };
        meanings.insert(word.into(), meaning.into());
        false
    });
}

fn visit(node: &mut Node, source: &str, known: &Words<'_>) {
    if matches!(&node.kind, NodeKind::Link(link) if link.is_autolink) || node.is_literal() {
        return;
    }
    let children = Vec::with_capacity(node.children.len());
    for mut child in std::mem::replace(&mut node.children, children) {
        let pieces = match &child.kind {
            NodeKind::Text(text) => explained(text, child.span, source, known),
            _ => None,
        };
        match pieces {
            Some(pieces) => node.children.extend(pieces),
            None => {
                visit(&mut child, source, known);
                node.children.push(child);
            }
        }
    }
}

/// The pieces of a text in which words are explained; `None` if none is.
fn explained(text: &str, span: Span, source: &str, known: &Words<'_>) -> Option<Vec<Node>> {
    let before = source[..span.bytes().start].chars().next_back();
    let words = words(text, before, known);
    if words.is_empty() {
        return None;
    }
    let spelling = Spelling::of(text, source, span.bytes())?;
    let piece = |range: Range<usize>| Node::text(&text[range.clone()], Span::new(span.file, spelling.place(range)));
    let (mut pieces, mut at) = (Vec::new(), 0);
    for (word, meaning) in words {
        if at < word.start {
            pieces.push(piece(at..word.start));
        }
        at = word.end;
        let text = piece(word);
        let element = Element { tag: "abbr", attributes: vec![("title", meaning.into())], is_block: false };
        pieces.push(Node::with(NodeKind::Element(Box::new(element)), text.span, vec![text]));
    }
    if at < text.len() {
        pieces.push(piece(at..text.len()));
    }
    Some(pieces)
}

/// The words of a text that are explained, each with what it means. `before` is the character before the text.
fn words<'m>(text: &str, before: Option<char>, known: &Words<'m>) -> Vec<(Range<usize>, &'m str)> {
    let is_edge = |c: char| c.is_ascii_punctuation() || c.is_whitespace();
    let (mut found, mut at, mut previous) = (Vec::new(), 0, before);
    while let Some(c) = text[at..].chars().next() {
        let word = previous.is_none_or(is_edge).then(|| longest(&text[at..], known)).flatten();
        let word = word.filter(|(word, _)| {
            let rest = text[at + word.len()..].chars().take_while(|c| !c.is_whitespace());
            rest.take(MAX_BYTES).all(|c| c.is_ascii_punctuation())
        });
        let end = match word {
            Some((word, meaning)) => {
                found.push((at..at + word.len(), meaning));
                at + word.len()
            }
            None => at + c.len_utf8(),
        };
        previous = text[..end].chars().next_back();
        at = end;
    }
    found
}

/// The longest of the words with which a text begins: the last one that does not sort behind the text, or one with which
/// that begins, since all words between them begin with it as well.
fn longest<'m>(text: &str, known: &Words<'m>) -> Option<(&'m str, &'m str)> {
    let text = syntax::line_from(text, 0, MAX_BYTES);
    let mut near = known.partition_point(|(word, ..)| *word <= text).checked_sub(1);
    let last = near.map_or("", |at| known[at].0);
    let shared = text.bytes().zip(last.bytes()).take_while(|(a, b)| a == b).count();
    while let Some(at) = near {
        let (word, meaning, shorter) = known[at];
        if word.len() <= shared {
            return Some((word, meaning));
        }
        near = shorter;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_counts() {
        let words = ["a", "ab", "abd", "b c"];
        let meanings: Meanings = words.iter().map(|word| ((*word).into(), (*word).into())).collect();
        let known = in_order(&meanings);
        let found = |text: &str| longest(text, &known).map(|(word, _)| word.to_owned());
        assert_eq!(found("abc").as_deref(), Some("ab"));
        assert_eq!(found("abd!").as_deref(), Some("abd"));
        assert_eq!(found("ac").as_deref(), Some("a"));
        assert_eq!(found("b c d").as_deref(), Some("b c"));
        assert_eq!((found("b d"), found("é"), found("")), (None, None, None));
    }
}
