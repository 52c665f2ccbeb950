//! Lists that only the view makes loose: it has a blank line where an end marker ends raw HTML, the author has none.

use crate::markdown::tree::{Node, NodeKind};

/// Takes the paragraphs out of the items of a list whose lines in `text` are all filled, so that it is tight again.
pub fn restore(list: &mut Node, text: &str) {
    let is_blank = |line: &str| line.trim_matches([' ', '\t', '>', '\r']).is_empty();
    // What ends a list is part of it.
    if !text[list.span.bytes()].trim_end().lines().any(is_blank) {
        list.children.iter_mut().for_each(take_out_paragraphs);
    }
}

fn take_out_paragraphs(node: &mut Node) {
    for mut child in std::mem::take(&mut node.children) {
        match child.kind {
            NodeKind::Paragraph => node.children.extend(child.children),
            NodeKind::Condition(_) | NodeKind::Element(_) => {
                take_out_paragraphs(&mut child);
                node.children.push(child);
            }
            _ => node.children.push(child),
        }
    }
}
