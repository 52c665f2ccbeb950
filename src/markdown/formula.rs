//! Where formulas stand: `$x^2$` in a line, `$$` before and after blocks.
//!
//! Rule: Pandoc's and Markdig's, narrowed to what authors mean: nothing blank, no `{` (that is a variable) and no `)` after
//! the first `$`, nothing blank before the last, no letter or digit beside them, no code between them. The `$` of a macro,
//! `$(OutDir)`, begins and ends none.

use std::ops::Range;

use crate::markdown::syntax::{self, Directive};

/// A formula longer than this is none.
const MAX_BYTES: usize = 2048;

/// The formula that begins at the `$` at `start`, as a directive of the name `$` or `$$` whose `raw` is its source.
pub fn at(text: &str, start: usize) -> Option<Directive> {
    let before = text[..start].chars().next_back();
    if before.is_some_and(|c| c == '$' || c == '\\' || c.is_alphanumeric()) {
        return None;
    }
    let (name, range) =
        if text[start..].starts_with("$$") { ("$$", display(text, start)?) } else { ("$", inline(text, start)?) };
    let inner = &text[range.start + name.len()..range.end - name.len()];
    let unquoted = |line: &str| line.trim_start_matches([' ', '\t', '>']).to_owned();
    let source = inner.lines().map(unquoted).collect::<Vec<_>>().join("\n");
    Some(Directive::plain(name, &source, range))
}

fn inline(text: &str, start: usize) -> Option<Range<usize>> {
    let line = syntax::line_from(text, start + 1, MAX_BYTES);
    if line.starts_with(|c: char| c.is_whitespace() || matches!(c, '{' | ')' | '$')) {
        return None;
    }
    let is_end = |at: &usize| {
        let after = line[at + 1..].chars().next();
        !line[..*at].contains('`')
            && !line[..*at].ends_with(|c: char| c.is_whitespace() || c == '\\')
            && after.is_none_or(|c| !c.is_alphanumeric() && c != '$')
            && macro_length(&line[at + 1..]).is_none()
    };
    let end = memchr::memchr(b'$', line.as_bytes()).filter(is_end)?;
    // `$(ab)$` is a formula all the same.
    let is_macro = macro_length(line).is_some_and(|length| length < end);
    (!is_macro).then_some(start..start + 1 + end + 1)
}

/// How long the name of a macro is with its parentheses, if that is what stands here: `(Build.SourcesDirectory)`. Shorter
/// names are products, and what has an exponent is no name.
fn macro_length(text: &str) -> Option<usize> {
    let name = text.strip_prefix('(')?;
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b':');
    let length = name.bytes().take_while(|byte| is_part(byte)).count();
    let after = name[length..].strip_prefix(')')?;
    let is_name = length > 2 && name.starts_with(|c: char| c.is_ascii_alphabetic());
    (is_name && !after.starts_with(['^', '_', '!'])).then_some(length + 2)
}

fn display(text: &str, start: usize) -> Option<Range<usize>> {
    let rest = &text.as_bytes()[start + 2..];
    let end = memchr::memmem::find(&rest[..rest.len().min(MAX_BYTES)], b"$$")?;
    let inner = &text[start + 2..start + 2 + end];
    let is_one = !inner.trim_matches(['\n', '\r', ' ', '\t', '>']).is_empty() && !has_blank_line(inner);
    is_one.then_some(start..start + 2 + end + 2)
}

/// A formula is a paragraph at most.
fn has_blank_line(inner: &str) -> bool {
    let mut lines = inner.lines().skip(1).peekable();
    while let Some(line) = lines.next() {
        if lines.peek().is_some() && line.trim_matches([' ', '\t', '>']).is_empty() {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formula(text: &str) -> Option<(String, String)> {
        let directive = at(text, text.find('$')?)?;
        Some((directive.name.into(), directive.raw.into()))
    }

    #[test]
    fn formulas_are_tight() {
        let found = |name: &str, source: &str| Some((name.to_owned(), source.to_owned()));
        assert_eq!(formula("a $x^2 + y$ b"), found("$", "x^2 + y"));
        assert_eq!(formula("> $$\n> x = 1\n> $$"), found("$$", "\nx = 1\n"));
        assert_eq!(formula("$$x$$"), found("$$", "x"));
        assert_eq!(formula("$(a)(b)$ $(xy)$"), found("$", "(a)(b)"));
        for source in ["(abc)", "(abc)^2", "(n-1)!", "(xy)^2", "(ab)c = a(bc)"] {
            assert_eq!(formula(&format!("${source}$")), found("$", source));
        }
        assert_eq!(formula("$f$(xy)"), found("$", "f"));
    }

    #[test]
    fn money_and_variables_are_none() {
        for text in [
            "$5 and $6",
            "$HOME/$USER",
            "US$5-$6",
            "${a}$",
            "\\$x$",
            "$x $",
            "$$\n\n$$",
            "$a\nb$",
            "$$a\n\nb$$",
            "**$(OutDir)** or **$(IntDir)**",
            "$(OutDir)$(TargetName).exe",
            "$(Rev:r) is x$",
            "a dollar ($) here, a dollar ($) there",
        ] {
            assert_eq!(formula(text), None, "{text}");
        }
    }
}
