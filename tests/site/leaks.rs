//! Syntax of the dialect that a reader sees as text.

use std::collections::BTreeSet;

/// What of the dialect is left in a page's text: directives, addresses that mean nothing to a browser, and mentions of
/// the uids of pages, which are given in lower case.
pub fn leaks(text: &str, uids: &BTreeSet<String>) -> Vec<String> {
    let text = text.to_lowercase();
    let brackets = after(&text, "[!").filter(|rest| starts_with_name(rest));
    let colons = after(&text, ":::").filter(|rest| starts_with_name(rest.trim_start_matches(' ')));
    let addresses = ["#tab/", "xref:"].into_iter().flat_map(|address| after(&text, address).map(move |_| address));
    let mentions = after(&text, "@").filter(|rest| is_uid(rest, uids));
    let shown = |rest: &str| rest.chars().take(30).collect::<String>();
    let mut found: Vec<String> = brackets.map(|rest| format!("[!{}", shown(rest))).collect();
    found.extend(colons.map(|rest| format!(":::{}", shown(rest))));
    found.extend(mentions.map(|rest| format!("@{}", shown(rest))));
    found.extend(addresses.map(str::to_owned));
    found
}

/// What follows each occurrence of a mark.
fn after<'t>(text: &'t str, mark: &'static str) -> impl Iterator<Item = &'t str> {
    text.match_indices(mark).map(move |(at, _)| &text[at + mark.len()..])
}

fn starts_with_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Whether a text begins with a uid, in quotes or not, and a last punctuation mark is no part of it.
fn is_uid(text: &str, uids: &BTreeSet<String>) -> bool {
    let quoted = text.strip_prefix(['"', '\'']).and_then(|rest| rest.split(['"', '\'', '\n']).next());
    let word = quoted.unwrap_or_else(|| text.split(char::is_whitespace).next().unwrap_or_default());
    let word = word.split(['?', '#']).next().unwrap_or_default();
    uids.contains(word) || uids.contains(word.trim_end_matches(['.', ',', ';', ':', '!', ')']))
}

/// The uid that the front matter of an article gives it, in lower case.
pub fn uid(article: &str) -> Option<String> {
    let header = article.trim_start_matches('\u{feff}').strip_prefix("---")?;
    let mut lines = header.lines().skip(1).take_while(|line| line.trim_end() != "---");
    let value = lines.find_map(|line| line.strip_prefix("uid:"))?;
    Some(value.trim().trim_matches(['"', '\'']).to_lowercase())
}
