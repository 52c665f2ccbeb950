//! Colons at the starts of lines that begin no definition.
//!
//! pulldown-cmark takes each of them for one. Markdig asks for blanks behind it, and `:smile:` or `:::` is text.

/// The colons that begin a line, marks of quotes aside, and have no blank behind them, in order.
pub fn no_definitions(text: &str) -> Vec<usize> {
    let mut colons = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_start_matches([' ', '\t', '>']);
        if content.starts_with(':')
            && !content.starts_with(": ")
            && !content.starts_with(":\t")
            && !is_delimiter(content)
        {
            colons.push(start + line.len() - content.len());
        }
        start += line.len();
    }
    colons
}

/// Whether a line may be the one below the header of a table: `:-- | --:`.
fn is_delimiter(line: &str) -> bool {
    line.contains('-') && line.trim_end().bytes().all(|byte| b":-| \t".contains(&byte))
}
