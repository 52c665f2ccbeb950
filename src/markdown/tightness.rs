//! Lists that only the view makes loose: it has a blank line where an end marker ends raw HTML, the author has none.

use std::ops::Range;

use crate::markdown::tree::{Node, NodeKind};

const BLANK: [char; 5] = [' ', '\t', '>', '\r', '\n'];

/// Takes the paragraphs out of the items of a list without blank lines of its own in `text`, so that it is tight again.
pub fn restore(list: &mut Node, text: &str) {
    // What ends a list is part of it. Where the place of a list is not exact, it stays as it is.
    let Some(lines) = text.get(list.span.bytes()).map(str::trim_end) else { return };
    let mut inner = Vec::new();
    list.children.iter().for_each(|item| push_inner(item, text, &mut inner));
    let mut at = list.span.start as usize;
    for line in lines.split_inclusive('\n') {
        let before = inner.partition_point(|range| range.start <= at);
        let is_own = !inner[..before].last().is_some_and(|range| range.contains(&at));
        if is_own && line.trim_matches(BLANK).is_empty() {
            return;
        }
        at += line.len();
    }
    list.children.iter_mut().for_each(take_out_paragraphs);
}

/// The bytes of the blocks in an item that may have blank lines and leave its list tight, up to their last filled lines.
fn push_inner(item: &Node, text: &str, inner: &mut Vec<Range<usize>>) {
    for child in &item.children {
        match child.kind {
            NodeKind::CodeBlock(_) | NodeKind::HtmlBlock | NodeKind::List(_) | NodeKind::BlockQuote => {
                let block = text.get(child.span.bytes()).unwrap_or_default();
                let start = child.span.start as usize;
                inner.push(start..start + block.trim_end_matches(BLANK).len());
            }
            NodeKind::Condition(_) => push_inner(child, text, inner),
            _ => {}
        }
    }
}

/// Those of zones and moniker ranges in an item stand in the item; a quote, a callout and what is made of them keep theirs.
fn take_out_paragraphs(node: &mut Node) {
    for mut child in std::mem::take(&mut node.children) {
        match child.kind {
            NodeKind::Paragraph => node.children.extend(child.children),
            NodeKind::Condition(_) => {
                take_out_paragraphs(&mut child);
                node.children.push(child);
            }
            _ => node.children.push(child),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::markdown::document::parse;
    use crate::markdown::{Extra, Options};
    use crate::path::RepoPath;
    use crate::source::Sources;

    #[test]
    fn a_list_whose_place_is_not_exact_is_left_as_it_is() {
        let options = Options { extras: [Extra::DefinitionLists].into(), ..Options::default() };
        let text = "<details\r:::zone-end\r:\r:\u{fffd}\r\t- `";
        let file = Sources::memory([]).id(&RepoPath::new("a.md").expect("a path"));
        let (document, _) = parse(file, text, 0, &options);
        assert!(!document.root.children.is_empty());
    }
}
