//! Cross references: `xref:uid` leads to the page whose front matter has the uid, compared without case.
//!
//! Rule: docfx `XRefDetails`: `displayProperty` and its kin choose a text and are no part of the address, `text` is one;
//! what else stands after `?` or `#` goes to the page.

use std::borrow::Cow;

use crate::path::{self, Destination};

/// What `uid?query#fragment` says.
#[derive(Debug, PartialEq, Eq)]
pub struct CrossReference<'a> {
    /// Percent-decoded.
    pub uid: Cow<'a, str>,
    /// The text that the author wants.
    pub text: Option<String>,
    /// What goes to the page: `?query#fragment` or less.
    pub suffix: String,
}

/// The keys of a query that choose the text.
const DISPLAY: &[&str] = &["text", "alt", "displayProperty", "altProperty", "title"];

impl<'a> CrossReference<'a> {
    /// Reads what stands after `xref:`; quotes around it are no part of it.
    pub fn parse(reference: &'a str) -> CrossReference<'a> {
        let inner = |quote: char| reference.strip_prefix(quote)?.strip_suffix(quote);
        let reference = inner('"').or_else(|| inner('\'')).unwrap_or(reference);
        let (rest, fragment) = reference.split_at(reference.find('#').unwrap_or(reference.len()));
        let (uid, query) = rest.split_once('?').unwrap_or((rest, ""));
        let key = |pair: &&str| pair.split('=').next().unwrap_or_default().to_owned();
        let pairs = || query.split('&').filter(|pair| !pair.is_empty());
        let text = pairs().find_map(|pair| pair.strip_prefix("text=")).map(|text| path::decode(text).into_owned());
        let kept: Vec<&str> = pairs().filter(|pair| !DISPLAY.contains(&key(pair).as_str())).collect();
        let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
        CrossReference { uid: path::decode(uid.trim()), text, suffix: format!("{query}{fragment}") }
    }

    /// What a cross reference without a text of its own shows until its page is known: the text that the author wants,
    /// else the uid; what names none is shown as it is written.
    pub fn text_without_page(&self, written: &str) -> String {
        match &self.text {
            _ if self.has_no_uid() => format!("<xref:{written}>"),
            Some(text) => text.clone(),
            None => self.uid.to_string(),
        }
    }

    /// Whether it names nothing: `xref:`, `xref:''`, `xref:#fragment`.
    pub fn has_no_uid(&self) -> bool {
        self.uid.trim().is_empty()
    }
}

/// What a link without a text of its own shows until its page is known; `None` if it is no cross reference.
pub fn text_without_page(destination: &str) -> Option<String> {
    let Destination::Xref(reference) = Destination::parse(destination) else { return None };
    Some(CrossReference::parse(reference).text_without_page(reference))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_chooses_a_text_is_no_part_of_the_address() {
        let read = CrossReference::parse("A.B%2A?displayProperty=name&view=x&text=a%20b#part");
        assert_eq!((&*read.uid, read.text.as_deref(), read.suffix.as_str()), ("A.B*", Some("a b"), "?view=x#part"));
        assert_eq!(CrossReference::parse("A").suffix, "");
    }
}
