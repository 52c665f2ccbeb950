//! Escaping for the two places of HTML where text lands.

/// Appends `text` as character data: `&`, `<`, `>` and `"` escaped.
pub fn push_text(html: &mut String, text: &str) {
    let bytes = text.as_bytes();
    let mut at = 0;
    for (offset, byte) in bytes.iter().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        html.push_str(&text[at..offset]);
        html.push_str(entity);
        at = offset + 1;
    }
    html.push_str(&text[at..]);
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
        if let super::tags::Tag::Text(piece) = tag {
            text.push_str(&htmlize::unescape(piece));
        }
    }
    text
}
