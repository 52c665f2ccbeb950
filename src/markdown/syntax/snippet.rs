//! `-language[name](path?query#fragment "title")]`: what follows `[!code` and `[!notebook`.
//!
//! Rule: docfx `CodeSnippetParser`. A path may hold blanks and balanced parentheses; `\` escapes in names, paths and
//! titles; a query ends before `#`, `"` or `)`, a fragment before `"` or `)`.

use super::{SnippetTarget, Target, spaces};

/// Reads a line from byte `at` on; what it names, and the byte after the closing bracket.
pub(super) fn snippet(line: &str, at: usize) -> Option<(Target, usize)> {
    let mut cursor = Cursor { line, at };
    let language = cursor.accepts('-').then(|| cursor.until(|c| c == '[').trim());
    cursor.skip_spaces();
    cursor.expect('[')?;
    // Text may be full of what begins like a snippet: no search for an end that is not there.
    memchr::memchr(b']', cursor.rest().as_bytes())?;
    let name = cursor.unescaped(|c, _| c == ']')?;
    cursor.expect(']')?;
    cursor.skip_spaces();
    cursor.expect('(')?;
    let path = cursor.unescaped(|c, depth| matches!(c, '#' | '?' | '"') || (c == ')' && depth == 0))?;
    let query = if cursor.accepts('?') { cursor.until(|c| matches!(c, '#' | '"' | ')')) } else { "" };
    let fragment = if cursor.accepts('#') { cursor.until(|c| matches!(c, '"' | ')')) } else { "" };
    let title = if cursor.accepts('"') {
        let title = cursor.unescaped(|c, _| c == '"')?;
        cursor.expect('"')?;
        title
    } else {
        String::new()
    };
    cursor.skip_spaces();
    cursor.expect(')')?;
    cursor.skip_spaces();
    cursor.expect(']')?;
    let snippet = SnippetTarget {
        language: language.map(Into::into),
        query: query.trim().into(),
        fragment: fragment.trim().into(),
        title: title.trim().into(),
    };
    let target = Target { title: name.trim().into(), path: path.trim().into(), snippet: Some(Box::new(snippet)) };
    Some((target, cursor.at))
}

/// A place in a line.
struct Cursor<'a> {
    line: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        &self.line[self.at..]
    }

    fn accepts(&mut self, c: char) -> bool {
        let is_next = self.rest().starts_with(c);
        self.at += if is_next { c.len_utf8() } else { 0 };
        is_next
    }

    fn expect(&mut self, c: char) -> Option<()> {
        self.accepts(c).then_some(())
    }

    fn skip_spaces(&mut self) {
        self.at += spaces(self.rest());
    }

    /// What stands before the first character that `ends` holds for, or before the end of the line.
    fn until(&mut self, ends: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(ends).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// The same with escapes resolved. `ends` also gets how many parentheses stand open; `None` when nothing ends it.
    fn unescaped(&mut self, ends: impl Fn(char, usize) -> bool) -> Option<String> {
        let (mut text, mut depth) = (String::new(), 0_usize);
        loop {
            let rest = self.rest();
            let length = rest.find(|c| matches!(c, '\\' | '(' | ')') || ends(c, depth))?;
            text.push_str(&rest[..length]);
            let mut following = rest[length..].chars();
            let c = following.next()?;
            self.at += length;
            if c == '\\' {
                let escaped = following.next()?;
                // A backslash before a letter is the separator of Windows paths.
                text.extend((!escaped.is_ascii_punctuation()).then_some('\\'));
                text.push(escaped);
                self.at += 1 + escaped.len_utf8();
                continue;
            }
            if ends(c, depth) {
                return Some(text);
            }
            depth = if c == '(' { depth + 1 } else { depth.saturating_sub(1) };
            text.push(c);
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<[String; 6]> {
        let (target, _) = snippet(text, 0)?;
        let more = *target.snippet?;
        let language = more.language.unwrap_or_default();
        Some([language, target.title, target.path, more.query, more.fragment, more.title].map(String::from))
    }

    #[test]
    fn every_part_is_found() {
        let parts = read(r#"-csharp[Main](../a.cs?range=1-2&highlight=1#tag "A \"title\" (1)")]"#);
        assert_eq!(
            parts.expect("a snippet"),
            ["csharp", "Main", "../a.cs", "range=1-2&highlight=1", "tag", "A \"title\" (1)"]
        );
        assert_eq!(read("-c++[](a.cpp)]").expect("a snippet")[0], "c++");
        assert_eq!(read("[](a.cs#L1)]").expect("a snippet")[4], "L1");
    }

    #[test]
    fn paths_may_hold_blanks_parentheses_and_backslashes() {
        assert_eq!(read("[](my code (1)/a b.cs)]").expect("a snippet")[2], "my code (1)/a b.cs");
        assert_eq!(read(r"[](..\code\a.cs)]").expect("a snippet")[2], r"..\code\a.cs");
        assert_eq!(read(r"[](a\#b.cs)]").expect("a snippet")[2], "a#b.cs");
    }

    #[test]
    fn what_does_not_end_is_none() {
        for text in ["-cs", "[x", "[x](a.cs", "[x](a.cs?y", "[x](a.cs \"t)]", "[x](a.cs) y]", "[x] y"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
