//! Escaping for the two places of HTML where text lands.

/// Appends `text` as character data: `&`, `<`, `>` and `"` escaped.
pub fn push_text(html: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = first_special(rest.as_bytes()) {
        html.push_str(&rest[..at]);
        html.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
}

/// Where the first byte lies that is escaped. Every byte of a site passes here: blocks of 16 become vector code.
fn first_special(bytes: &[u8]) -> Option<usize> {
    let (blocks, rest) = bytes.as_chunks::<16>();
    let clean = 16 * blocks.iter().take_while(|block| !has_special(block)).count();
    let left = &bytes[clean..];
    // Most often nothing is in what is left over either: it is looked at as the end of a block that begins earlier.
    let ends = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>(), bytes.last_chunk::<16>());
    let is_clean = match ends {
        (.., Some(last)) => left.len() == rest.len() && !has_special(last),
        (Some(first), Some(last), None) => !has_special(first) && !has_special(last),
        _ => false,
    };
    if is_clean { None } else { left.iter().position(is_special).map(|at| clean + at) }
}

fn is_special(byte: &u8) -> bool {
    (*byte == b'&') | (*byte == b'<') | (*byte == b'>') | (*byte == b'"')
}

fn has_special<const N: usize>(block: &[u8; N]) -> bool {
    block.iter().fold(false, |found, byte| found | is_special(byte))
}

/// Appends ` name="value"`, the value escaped.
pub fn push_attribute(html: &mut String, name: &str, value: &str) {
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    push_text(html, value);
    html.push('"');
}

/// `text` as character data.
pub fn text(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push_text(&mut html, text);
    html
}

/// The text of a snippet of HTML: tags dropped, character references resolved.
pub fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for tag in super::tags::split(html) {
        if let super::tags::Tag::Text(piece, _) = tag {
            text.push_str(&htmlize::unescape(piece));
        }
    }
    text
}

/// The text of the first h1 that has any, in one line. Tags are not read as a list: that takes many times what `html` does.
pub fn first_heading(html: &str) -> Option<String> {
    let starts = memchr::memchr_iter(b'<', html.as_bytes()).filter(|at| {
        let name = html.as_bytes().get(at + 1..at + 4);
        name.is_some_and(|name| name[..2].eq_ignore_ascii_case(b"h1") && matches!(name[2], b'>' | b' ' | b'\n'))
    });
    starts.take(MAX_HEADINGS).find_map(|start| {
        let (before, rest) = html.split_at(start);
        let is_hidden = before.rfind("<!--") > before.rfind("-->");
        let end = rest.find("</h1>").or_else(|| rest.find("</H1>")).filter(|_| !is_hidden)?;
        let text = without_tags(&rest[..end]);
        let words: Vec<&str> = text.split_whitespace().collect();
        (!words.is_empty()).then(|| words.join(" "))
    })
}

/// How many headings are looked at for one that has a text.
const MAX_HEADINGS: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_has_the_text_that_readers_see() {
        let html = "<!-- <h1>a</h1> --><h1x>c</h1x><h1><img></h1><H1 id=x>d &amp;\n<b>e</b></H1>";
        assert_eq!(first_heading(html), Some("d & e".to_owned()));
        assert_eq!(first_heading("<h1>a <h2>b</h2>"), None);
        assert_eq!(first_heading(&"<h1></h1>".repeat(MAX_HEADINGS)), None);
    }

    #[test]
    fn what_is_escaped_is_found_wherever_it_stands() {
        assert_eq!((0..50).find_map(|length| first_special(&vec![b'a'; length])), None);
        for (length, at) in (1..50).flat_map(|length| (0..length).map(move |at| (length, at))) {
            let mut bytes = vec![b'a'; length];
            bytes[at] = b"&<>\""[at % 4];
            assert_eq!(first_special(&bytes), Some(at), "of {length} bytes");
        }
    }
}
