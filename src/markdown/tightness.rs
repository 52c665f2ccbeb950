//! Lists that only the view makes loose: it has a blank line where an end marker ends raw HTML, the author has none.

use crate::markdown::tree::{Node, NodeKind};

/// Takes the paragraphs out of the items of a list whose lines in `text` are all filled, so that it is tight again.
pub fn restore(list: &mut Node, text: &str) {
    let is_blank = |line: &str| line.trim_matches([' ', '\t', '>', '\r']).is_empty();
    // What ends a list is part of it. Where the place of a list is not exact, it stays as it is.
    let lines = text.get(list.span.bytes()).map(str::trim_end);
    if lines.is_some_and(|lines| !lines.lines().any(is_blank)) {
        list.children.iter_mut().for_each(take_out_paragraphs);
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
