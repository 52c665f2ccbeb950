//! Colours for code: which class each piece of it has. See `languages` for what is read, and `Class` for the classes.

mod class;
mod grammar;
mod html;
mod languages;
mod lexers;
mod scanner;

pub use class::Class;

use std::borrow::Cow;

use crate::highlight::html::Mark;
use crate::highlight::scanner::{Scanner, Token};
use crate::markdown::language::{self, Language};

/// How many bytes of code get colours on a page. Code of one-letter words and marks becomes up to 13 times as long.
pub const PAGE_LIMIT: usize = 1 << 20;

/// The HTML of `code`: its text escaped, with a `<span class="..">` around what has a class. `None` if the language has no
/// colours. No span crosses a line end.
pub fn highlight(written: &str, code: &str) -> Option<String> {
    let tokens = tokens(language::find(written)?, code)?;
    let mut html = String::with_capacity(code.len() * 3);
    html::write(&mut html, code, &tokens, &[]);
    Some(html)
}

/// Appends code with its colours to `painted`. It is HTML already: escaped text, in which tags may stand around lines. They
/// stay where they are, and no span crosses one. Tells whether the language has colours; if not, nothing is appended.
pub fn paint(painted: &mut String, language: &Language, html: &str) -> bool {
    let (code, marks) = plain(html);
    let tokens = tokens(language, &code);
    if let Some(tokens) = &tokens {
        html::write(painted, &code, tokens, &marks);
    }
    tokens.is_some()
}

fn tokens(language: &Language, code: &str) -> Option<Vec<Token>> {
    let lexer = languages::lexer(language.id)?;
    let mut scanner = Scanner::new(code);
    lexer.read(&mut scanner);
    Some(scanner.into_tokens())
}

/// The text of HTML that [`crate::markdown::html::escape`] wrote, and the tags in it.
fn plain(html: &str) -> (Cow<'_, str>, Vec<Mark<'_>>) {
    const REFERENCES: [(&str, char); 4] = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"')];
    let mut marks = Vec::new();
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = memchr::memchr2(b'<', b'&', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let reference = REFERENCES.iter().find(|(name, _)| rest.starts_with(name));
        let length = match reference {
            Some((name, c)) => {
                text.push(*c);
                name.len()
            }
            None if rest.starts_with('<') => {
                let tag = &rest[..rest.find('>').map_or(rest.len(), |end| end + 1)];
                marks.push(Mark { at: text.len(), tag });
                tag.len()
            }
            None => {
                text.push('&');
                1
            }
        };
        rest = &rest[length..];
    }
    if rest.len() == html.len() {
        return (Cow::Borrowed(html), marks);
    }
    text.push_str(rest);
    (Cow::Owned(text), marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn painted(language: &Language, html: &str) -> Option<String> {
        let mut painted = String::new();
        paint(&mut painted, language, html).then_some(painted)
    }

    #[test]
    fn escaped_code_becomes_what_the_code_itself_becomes() {
        let language = language::find("cpp").expect("a language");
        let code = "if (a < b && c) s = \"x\";\n";
        let escaped = crate::markdown::html::escape::text(code);
        assert_eq!(painted(language, &escaped), highlight("C++", code));
        assert_eq!(plain(&escaped).0, code);
    }

    #[test]
    fn marked_lines_are_read_with_those_around_them() {
        let language = language::find("cs").expect("a language");
        assert_eq!(
            painted(language, "/* a\n<mark>b &lt;\n</mark>c */").as_deref(),
            Some(
                "<span class=\"c\">/* a</span>\n<mark><span class=\"c\">b &lt;</span>\n</mark><span class=\"c\">c */</span>"
            )
        );
    }

    #[test]
    fn what_has_no_colours_is_left_alone() {
        assert_eq!(highlight("cobol", "MOVE A TO B"), None);
        assert_eq!(highlight("text", "a = 1"), None);
        assert_eq!(highlight("", "a = 1"), None);
    }
}
