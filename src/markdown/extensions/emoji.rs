//! Emoji by name, `:smile:`, and where a docset switches them on smileys, `:)`.
//!
//! Rule: Markdig's `EmojiParser`: a name counts at the start of a line and after white space; unknown names stay text.

/// The text with its emoji, or `None` if it has none. `before` is the character before the text.
pub fn replace(text: &str, before: Option<char>) -> Option<String> {
    let mut replaced: Option<String> = None;
    let (mut copied, mut at) = (0, 0);
    while let Some(next) = memchr::memchr(b':', &text.as_bytes()[at..]) {
        let start = at + next;
        at = start + 1;
        let before = text[..start].chars().next_back().or(before);
        let length =
            text[at..].bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'+')).count();
        if length == 0 || !text[at + length..].starts_with(':') || before.is_some_and(|c| !c.is_whitespace()) {
            continue;
        }
        let Some(emoji) = named(&text[at..at + length]) else { continue };
        let replaced = replaced.get_or_insert_default();
        replaced.push_str(&text[copied..start]);
        replaced.push_str(emoji);
        copied = at + length + 1;
        at = copied;
    }
    replaced.map(|replaced| replaced + &text[copied..])
}

/// How long the emoji is with which `text` begins and whose name or smiley `source` begins with: what is shown, and what is
/// written.
pub fn spelled(text: &str, source: &str) -> Option<(usize, usize)> {
    let length = |emoji: &'static str, written: &str| text.starts_with(emoji).then_some((emoji.len(), written.len()));
    let by_name = || {
        let end = 2 + source.strip_prefix(':')?.find(':')?;
        length(named(&source[1..end - 1])?, &source[..end])
    };
    let by_smiley = |(name, smileys): &(&'static str, &[&str])| {
        let written = smileys.iter().filter(|written| source.starts_with(**written));
        length(named(name)?, written.max_by_key(|written| written.len())?)
    };
    by_name().or_else(|| SMILEYS.iter().find_map(by_smiley))
}

/// The emoji with a name.
fn named(name: &str) -> Option<&'static str> {
    emojis::get_by_shortcode(name).map(emojis::Emoji::as_str)
}

/// Smileys, and the names of their emoji. Rule: Markdig's `EmojiMapping`.
const SMILEYS: &[(&str, &[&str])] = &[
    ("angry", &[">:(", ">:-("]),
    ("blush", &[":\")", ":-\")"]),
    ("broken_heart", &["</3", "<\\3"]),
    ("confused", &[":/", ":-/", ":\\", ":-\\"]),
    ("cry", &[":'(", ":'-(", ":,(", ":,-("]),
    ("frowning", &[":(", ":-("]),
    ("heart", &["<3"]),
    ("innocent", &["o:)", "O:)", "o:-)", "O:-)", "0:)", "0:-)"]),
    ("joy", &[":')", ":'-)", ":,)", ":,-)", ":'D", ":'-D", ":,D", ":,-D"]),
    ("kissing", &[":*", ":-*"]),
    ("laughing", &["x-)", "X-)"]),
    ("neutral_face", &[":|", ":-|"]),
    ("open_mouth", &[":o", ":-o", ":O", ":-O"]),
    ("rage", &[":@", ":-@"]),
    ("smile", &[":D", ":-D"]),
    ("smiley", &[":)", ":-)"]),
    ("sob", &[":,'(", ":,'-(", ";(", ";-("]),
    ("stuck_out_tongue", &[":P", ":-P", ":p", ":-p"]),
    ("sunglasses", &["8-)", "B-)"]),
    ("wink", &[";)", ";-)"]),
];

/// The text with the smileys that stand alone in it as emoji, or `None` if it has none. `before` as in [`replace`].
pub fn replace_smileys(text: &str, before: Option<char>) -> Option<String> {
    let emoji = |word: &str| {
        let (name, _) = SMILEYS.iter().find(|(_, written)| written.contains(&word))?;
        named(name)
    };
    let mut replaced = String::with_capacity(text.len());
    let (mut has_any, mut is_apart) = (false, before.is_none_or(char::is_whitespace));
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        let found = emoji(bare).filter(|_| is_apart);
        is_apart = true;
        match found {
            Some(emoji) => {
                has_any = true;
                replaced.push_str(emoji);
                replaced.push_str(&word[bare.len()..]);
            }
            None => replaced.push_str(word),
        }
    }
    has_any.then_some(replaced)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_names_after_white_space_are_emoji() {
        assert_eq!(replace(":smile: :+1: x", None).as_deref(), Some("\u{1f604} \u{1f44d} x"));
        assert_eq!(replace("at 10:30:45 a:smile: :none:", None), None);
        assert_eq!(replace(":smile:", Some('*')), None);
    }
}
