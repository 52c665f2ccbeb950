//! Raw HTML as tokens, read as browsers read it.

use std::ops::Range;

use rustc_hash::FxHashSet;

/// A piece of raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub enum Tag<'a> {
    /// Character data, entities as written, and its first byte.
    Text(&'a str, usize),
    /// A start tag.
    Open {
        /// Lower case.
        name: String,
        /// Its attributes, the first of each name.
        attributes: Vec<Attribute>,
        /// The bytes of the whole tag.
        range: Range<usize>,
    },
    /// An end tag.
    Close {
        /// Lower case.
        name: String,
        /// The bytes of the whole tag.
        range: Range<usize>,
    },
    /// A comment, a declaration, a processing instruction: nothing that a reader sees.
    Hidden,
}

/// An attribute of a start tag.
#[derive(Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Lower case.
    pub name: String,
    /// The value, entities resolved.
    pub value: String,
    /// The bytes of the name.
    pub range: Range<usize>,
    /// The bytes of the value with its quotes; empty where there is none.
    pub value_range: Range<usize>,
}

/// Elements whose content is text up to their end tag, whatever it looks like.
const RAW_TEXT: &[&str] =
    &["script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title", "noscript", "plaintext"];

/// After this many tags that do not end, which each cost a search up to the end, the rest is text.
const MAX_UNENDED: usize = 64;

/// Splits raw HTML. Rule: the tokenizer of the HTML standard; a tag that does not end is text.
pub fn split(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let (mut at, mut text_from, mut unended) = (0, 0, 0);
    while let Some(next) = memchr::memchr(b'<', &html.as_bytes()[at..]).filter(|_| unended < MAX_UNENDED) {
        let start = at + next;
        at = start + 1;
        if !html[at..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) {
            continue;
        }
        let Some((tag, end)) = tag(html, start) else {
            unended += 1;
            continue;
        };
        if text_from < start {
            tags.push(Tag::Text(&html[text_from..start], text_from));
        }
        at = end;
        if let Tag::Open { name, .. } = &tag
            && RAW_TEXT.contains(&name.as_str())
        {
            at = raw_text_end(html, end, name);
        }
        text_from = at;
        tags.push(tag);
    }
    if text_from < html.len() {
        tags.push(Tag::Text(&html[text_from..], text_from));
    }
    tags
}

/// Where the end tag of a raw-text element begins; the end of the text if there is none.
fn raw_text_end(html: &str, from: usize, name: &str) -> usize {
    let bytes = html.as_bytes();
    let mut at = from;
    while let Some(next) = memchr::memchr(b'<', &bytes[at..]) {
        let start = at + next;
        let rest = &bytes[start + 1..];
        let is_end = rest.first() == Some(&b'/')
            && rest.get(1..=name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
            && rest.get(1 + name.len()).is_none_or(|b| !b.is_ascii_alphanumeric());
        if is_end {
            return start;
        }
        at = start + 1;
    }
    html.len()
}

fn tag(html: &str, start: usize) -> Option<(Tag<'_>, usize)> {
    let rest = &html[start..];
    if let Some(comment) = rest.strip_prefix("<!--") {
        let is_short = comment.starts_with('>') || comment.starts_with("->");
        let length = if is_short { comment.find('>')? + 1 } else { comment.find("-->")? + 3 };
        return Some((Tag::Hidden, start + 4 + length));
    }
    if let Some(data) = rest.strip_prefix("<![CDATA[") {
        return Some((Tag::Hidden, start + 9 + data.find("]]>")? + 3));
    }
    if rest.starts_with("<!") || rest.starts_with("<?") {
        return Some((Tag::Hidden, start + rest.find('>')? + 1));
    }
    let is_close = rest.starts_with("</");
    let name_at = start + 1 + usize::from(is_close);
    if !html[name_at..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name_length = html[name_at..].find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>')?;
    let name = html[name_at..name_at + name_length].to_ascii_lowercase();
    let (attributes, end) = attributes(html, name_at + name_length)?;
    let range = start..end;
    let tag = if is_close { Tag::Close { name, range } } else { Tag::Open { name, attributes, range } };
    Some((tag, end))
}

/// The attributes from `at` on, and the byte after the `>`.
fn attributes(html: &str, mut at: usize) -> Option<(Vec<Attribute>, usize)> {
    let mut attributes: Vec<Attribute> = Vec::new();
    loop {
        at += html[at..].find(|c: char| !c.is_ascii_whitespace() && c != '/')?;
        if html[at..].starts_with('>') {
            let mut names = FxHashSet::default();
            attributes.retain(|attribute| names.insert(attribute.name.clone()));
            return Some((attributes, at + 1));
        }
        // A name may begin with `=`.
        let is_end = |(_, c): &(usize, char)| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '=');
        let name_end = at + html[at..].char_indices().skip(1).find(is_end)?.0;
        let range = at..name_end;
        let (value, value_range) = value(html, name_end)?;
        let name = html[range.clone()].to_ascii_lowercase();
        at = value_range.end;
        attributes.push(Attribute { name, value, range, value_range });
    }
}

/// The value after an attribute's name, entities resolved, and its bytes with its quotes.
fn value(html: &str, at: usize) -> Option<(String, Range<usize>)> {
    let blanks = html[at..].len() - html[at..].trim_start_matches(|c: char| c.is_ascii_whitespace()).len();
    let Some(rest) = html[at + blanks..].strip_prefix('=') else { return Some((String::new(), at..at)) };
    let value = rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
    let start = html.len() - value.len();
    let quote = value.chars().next()?;
    if quote == '"' || quote == '\'' {
        let length = value[1..].find(quote)?;
        return Some((unescape(&value[1..1 + length]), start..start + length + 2));
    }
    let length = value.find(|c: char| c.is_ascii_whitespace() || c == '>')?;
    Some((unescape(&value[..length]), start..start + length))
}

/// Resolves character references, by the rules for attributes.
fn unescape(value: &str) -> String {
    if value.contains('&') { htmlize::unescape_attribute(value).into_owned() } else { value.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_as_browsers_do() {
        let tags = split("a <B Class=x data-y='1&amp;2' hidden/>c</b > <!-- <i> --> < 3 <x");
        let Tag::Open { name, attributes, .. } = &tags[1] else { panic!("a tag: {tags:?}") };
        let values: Vec<_> = attributes.iter().map(|a| (a.name.as_str(), a.value.as_str())).collect();
        assert_eq!((name.as_str(), values), ("b", vec![("class", "x"), ("data-y", "1&2"), ("hidden", "")]));
        assert!(matches!(&tags[3], Tag::Close { name, .. } if name == "b"));
        assert_eq!(tags[5], Tag::Hidden);
        assert!(matches!(tags[6], Tag::Text(" < 3 <x", _)));
    }

    #[test]
    fn script_text_is_no_html() {
        let tags = split("<script>if (a<b) '<p>'</scriptx></SCRIPT>x");
        assert_eq!(tags.len(), 3);
        assert!(matches!(&tags[1], Tag::Close { name, .. } if name == "script"));
    }
}
