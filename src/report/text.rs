//! Makes text from content harmless in a terminal.

use std::borrow::Cow;

/// A message longer than this is cut: characters.
const MAX_MESSAGE: usize = 400;

/// One line of harmless text: no escape sequences, no line ends, no reordering of what follows; cut when very long.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let is_short = text.len() <= MAX_MESSAGE || text.chars().nth(MAX_MESSAGE).is_none();
    if is_short && text.chars().all(|c| harmless(c) == c) {
        return Cow::Borrowed(text);
    }
    let mut cleaned: String = text.chars().take(MAX_MESSAGE).map(harmless).collect();
    if !is_short {
        cleaned.push('…');
    }
    Cow::Owned(cleaned)
}

/// The character itself, or what stands for it: a picture of a control character, a space for a line end or tab.
pub(super) fn harmless(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        // C1 controls (a terminal may take U+009B for an escape) and what turns the direction of writing.
        '\u{80}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        // Invisible characters would shift or hide the underline.
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => '\u{fffd}',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminal_escapes_are_made_visible() {
        assert_eq!(clean("a\u{1b}[31mb\u{9b}1m\u{202e}c\r\nd\u{7f}"), "a␛[31mb\u{fffd}1m\u{fffd}c  d␡");
        assert!(matches!(clean("plain é 😀"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_message_without_end_is_cut() {
        assert_eq!(clean(&"é".repeat(1000)).chars().count(), MAX_MESSAGE + 1);
    }
}
