//! A pattern for one name of a path: characters, `?`, `*` and sets.

use super::Options;

/// A compiled pattern for a file's or folder's name.
#[derive(Debug, Clone)]
pub(super) struct Name {
    tokens: Vec<Token>,
    /// The whole pattern, if it is as simple as most are.
    simple: Option<Simple>,
    options: Options,
}

/// A pattern of ASCII characters, in lower case where case does not count.
#[derive(Debug, Clone)]
enum Simple {
    /// Nothing else: the name itself.
    Whole(String),
    /// Behind a first `*`: what the name ends with.
    End(String),
}

#[derive(Debug, Clone)]
enum Token {
    Character(char),
    Any,
    AnyRun,
    Set(Set),
}

/// `[a-c\d]`
#[derive(Debug, Clone, Default)]
struct Set {
    is_negated: bool,
    ranges: Vec<(char, char)>,
    /// `w`, `d`, `s`, or upper case for what does not belong to them.
    classes: Vec<char>,
}

impl Name {
    /// The name, if the pattern is one in ASCII characters; in lower case where case does not count.
    pub(super) fn as_literal(&self) -> Option<&str> {
        match &self.simple {
            Some(Simple::Whole(whole)) => Some(whole),
            _ => None,
        }
    }

    pub(super) fn new(pattern: &str, options: Options) -> Name {
        let mut tokens = Vec::new();
        let mut rest = pattern;
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            match c {
                '*' if matches!(tokens.last(), Some(Token::AnyRun)) => {}
                '*' => tokens.push(Token::AnyRun),
                '?' => tokens.push(Token::Any),
                '[' => match Set::parse(rest, options) {
                    Some((set, length)) => {
                        tokens.push(Token::Set(set));
                        rest = &rest[length..];
                    }
                    None => tokens.push(Token::Character('[')),
                },
                '\\' => {
                    let escaped = rest.chars().next().unwrap_or('\\');
                    rest = rest.get(escaped.len_utf8()..).unwrap_or("");
                    tokens.push(Token::Character(fold(escaped, options)));
                }
                c => tokens.push(Token::Character(fold(c, options))),
            }
        }
        let simple = Simple::new(&tokens);
        Name { tokens, simple, options }
    }

    /// Whether the name matches. After a mismatch the latest `*` takes one character more.
    pub(super) fn matches(&self, name: &str) -> bool {
        if name.starts_with('.') && !self.options.dot && !matches!(self.tokens.first(), Some(Token::Character('.'))) {
            return false;
        }
        // `*` alone is a name, and a name is not empty.
        if name.is_empty() {
            return self.tokens.is_empty();
        }
        if let Some(simple) = self.simple.as_ref().filter(|_| name.is_ascii()) {
            return simple.matches(name, self.options);
        }
        let (mut token, mut rest) = (0, name);
        let mut retry: Option<(usize, &str)> = None;
        loop {
            if let Some(Token::AnyRun) = self.tokens.get(token) {
                token += 1;
                retry = Some((token, rest));
                continue;
            }
            let next = rest.chars().next();
            match (self.tokens.get(token), next) {
                (None, None) => return true,
                (Some(expected), Some(c)) if expected.matches(fold(c, self.options)) => {
                    token += 1;
                    rest = &rest[c.len_utf8()..];
                }
                _ => {
                    let Some((after, from)) = retry else { return false };
                    let Some(taken) = from.chars().next() else { return false };
                    (token, rest) = (after, &from[taken.len_utf8()..]);
                    retry = Some((token, rest));
                }
            }
        }
    }
}

impl Simple {
    fn new(tokens: &[Token]) -> Option<Simple> {
        let character = |token: &Token| match token {
            Token::Character(c) if c.is_ascii() => Some(*c),
            _ => None,
        };
        match tokens.split_first() {
            Some((Token::AnyRun, rest)) => rest.iter().map(character).collect::<Option<_>>().map(Simple::End),
            _ => tokens.iter().map(character).collect::<Option<_>>().map(Simple::Whole),
        }
    }

    /// Whether a name of ASCII characters matches.
    fn matches(&self, name: &str, options: Options) -> bool {
        let is_same = |a: &str, b: &str| if options.case { a == b } else { a.eq_ignore_ascii_case(b) };
        match self {
            Simple::Whole(whole) => is_same(name, whole),
            Simple::End(end) => name.len().checked_sub(end.len()).is_some_and(|start| is_same(&name[start..], end)),
        }
    }
}

impl Token {
    fn matches(&self, c: char) -> bool {
        match self {
            Token::Character(expected) => *expected == c,
            Token::Any | Token::AnyRun => true,
            Token::Set(set) => set.contains(c),
        }
    }
}

impl Set {
    /// Reads what follows `[` up to its `]`, and returns the length read; `None` without a `]`.
    ///
    /// A `]` in the first place belongs to the set.
    fn parse(text: &str, options: Options) -> Option<(Set, usize)> {
        let mut set = Set { is_negated: text.starts_with('^'), ..Set::default() };
        let start = usize::from(set.is_negated);
        let mut characters = text[start..].char_indices().peekable();
        while let Some((at, c)) = characters.next() {
            let from = match c {
                ']' if at > 0 => return Some((set, start + at + 1)),
                '\\' => match characters.next()?.1 {
                    class @ ('w' | 'd' | 's' | 'W' | 'D' | 'S') => {
                        set.classes.push(class);
                        continue;
                    }
                    escaped => escaped,
                },
                c => c,
            };
            let mut ahead = characters.clone();
            let to = match (ahead.next(), ahead.next()) {
                (Some((_, '-')), Some((_, to))) if to != ']' => {
                    characters = ahead;
                    to
                }
                _ => from,
            };
            set.ranges.push((fold(from, options), fold(to, options)));
        }
        None
    }

    fn contains(&self, c: char) -> bool {
        let in_class = |class: &char| match class.to_ascii_lowercase() {
            'w' => (c.is_alphanumeric() || c == '_') == class.is_ascii_lowercase(),
            'd' => c.is_numeric() == class.is_ascii_lowercase(),
            _ => c.is_whitespace() == class.is_ascii_lowercase(),
        };
        let is_in =
            self.ranges.iter().any(|(from, to)| (*from..=*to).contains(&c)) || self.classes.iter().any(in_class);
        is_in != self.is_negated
    }
}

/// The character as it is compared: lower case, unless case counts.
fn fold(c: char, options: Options) -> char {
    if options.case {
        return c;
    }
    if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_patterns_match_as_others_do() {
        let plain = Options::default();
        for (pattern, matching, other) in [
            ("toc.yml", vec!["toc.yml", "TOC.yml"], vec!["atoc.yml", "toc.yml2", "toc", ""]),
            ("*.md", vec!["a.md", "a.b.MD", "é.md"], vec![".md", "amd", ".a.md", ""]),
            ("*", vec!["a", "é"], vec![".a", ""]),
            ("é*.md", vec!["é.md", "Éa.md"], vec!["e.md"]),
            ("k", vec!["k", "K", "\u{212a}"], vec!["kk"]),
        ] {
            let name = Name::new(pattern, plain);
            assert!(matching.iter().all(|text| name.matches(text)), "{pattern}");
            assert!(!other.iter().any(|text| name.matches(text)), "{pattern}");
        }
        let exact = Name::new("*.MD", Options { case: true, ..plain });
        assert!(exact.matches("a.MD") && !exact.matches("a.md"));
    }
}
