//! docfx's glob rules: which paths a pattern means.
//!
//! | pattern | matches |
//! |---|---|
//! | `*`, `?` | any characters, one character, of a name; neither a leading dot |
//! | `**` | any folders, none too, but none that begin with a dot; `**.md` is `**/*.md`, `a**.md` is `a*.md` |
//! | `{a,b}` | either; may be nested |
//! | `[a-c]`, `[^a-c]`, `[\w]` | one character of a set, or not of it |
//! | `!a` | what `a` does not match; `!!` is nothing |
//! | `\*` | the character itself |
//! | `a/` | the folder |
//!
//! Case does not count. Rule: docfx `GlobMatcher`.

mod expand;
mod name;

use std::borrow::Cow;

pub use expand::{expand, negation};
use name::Name;

/// A pattern that paths match, without regard to case.
#[derive(Debug, Clone)]
pub struct Glob {
    pattern: String,
    is_negated: bool,
    alternatives: Vec<Alternative>,
    options: Options,
    /// What comes before each path that is asked for; empty, or a folder with its final slash.
    base: String,
}

/// How a pattern is read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Whether `*`, `?` and `**` match what begins with a dot.
    pub dot: bool,
    /// Whether upper and lower case differ.
    pub case: bool,
}

/// A pattern without braces.
#[derive(Debug, Clone)]
struct Alternative {
    folders: Vec<Part>,
    /// The folders at the start that are named in full, each with its slash.
    start: String,
    /// `None` for a pattern that ends in `/`.
    file: Option<Name>,
}

#[derive(Debug, Clone)]
enum Part {
    /// `**`
    AnyFolders,
    Folder(Name),
}

/// What a path must be to match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    Whole,
    /// The path is a folder in which there may be matches.
    Prefix,
}

impl Glob {
    /// Reads a pattern. An error is a phrase that says what is wrong with it.
    pub fn new(pattern: &str) -> Result<Glob, String> {
        Glob::with_options(pattern, Options::default())
    }

    /// Reads a pattern with other rules for dots and case.
    pub fn with_options(pattern: &str, options: Options) -> Result<Glob, String> {
        let (is_negated, rest) = negation(pattern);
        let alternatives =
            expand(rest)?.iter().map(|text| Alternative::new(text, options)).collect::<Result<_, String>>()?;
        Ok(Glob { pattern: pattern.to_owned(), is_negated, alternatives, options, base: String::new() })
    }

    /// The pattern for paths that are relative to `folder`, where the pattern is relative to what holds `folder`.
    pub fn for_paths_below(mut self, folder: &str) -> Glob {
        self.base = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        self
    }

    /// The pattern as it is written.
    pub fn as_str(&self) -> &str {
        &self.pattern
    }

    /// Whether the `/` path matches. A path that ends in `/` is a folder.
    pub fn matches(&self, path: &str) -> bool {
        let path = self.based(path);
        self.alternatives.iter().any(|one| one.matches(&path, self.options, Extent::Whole)) != self.is_negated
    }

    /// Whether something below the folder, a path that ends in `/`, may match.
    pub fn may_match_below(&self, folder: &str) -> bool {
        let folder = self.based(folder);
        self.is_negated
            || folder.is_empty()
            || self.alternatives.iter().any(|one| one.matches(&folder, self.options, Extent::Prefix))
    }

    fn based<'a>(&self, path: &'a str) -> Cow<'a, str> {
        if self.base.is_empty() { Cow::Borrowed(path) } else { Cow::Owned(format!("{}{path}", self.base)) }
    }
}

impl Alternative {
    fn new(pattern: &str, options: Options) -> Result<Alternative, String> {
        let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
        let mut folders = Vec::new();
        let (parents, last) = pattern.rfind('/').map_or(("", pattern), |at| (&pattern[..at], &pattern[at + 1..]));
        for part in parents.split('/').filter(|part| !part.is_empty()) {
            if part == ".." {
                return Err("`..` cannot stand in a pattern; name the folder as `src`".to_owned());
            }
            if let Some(rest) = any_folders(part, &mut folders) {
                folders.push(Part::Folder(Name::new(rest, options)));
            }
        }
        let is_folder = last.is_empty() && !pattern.is_empty();
        let file = if is_folder { None } else { Some(file_name(last, &mut folders, options)) };
        let literal = |part: &Part| match part {
            Part::Folder(name) => name.as_literal().map(|name| format!("{name}/")),
            Part::AnyFolders => None,
        };
        let start = folders.iter().map_while(literal).collect();
        Ok(Alternative { folders, start, file })
    }

    /// Whether it is seen at once that a path does not match. What is not ASCII may be another case of what is.
    fn is_ruled_out(&self, path: &str, extent: Extent) -> bool {
        let differs = |(byte, own): &(u8, u8)| !byte.is_ascii() || !byte.eq_ignore_ascii_case(own);
        match path.bytes().zip(self.start.bytes()).find(differs) {
            Some((byte, _)) => byte.is_ascii(),
            None => extent == Extent::Whole && path.len() < self.start.len(),
        }
    }

    /// Walks the names of the path along the parts of the pattern. After a mismatch the latest `**` takes one name
    /// more; an earlier one never has to, since what it could take the latest one takes as well.
    fn matches(&self, path: &str, options: Options, extent: Extent) -> bool {
        // A docset has many patterns, and hardly one is for the file at hand.
        if self.is_ruled_out(path, extent) {
            return false;
        }
        let last = memchr::memrchr(b'/', path.as_bytes());
        let (parents, file) = last.map_or(("", path), |at| (&path[..=at], &path[at + 1..]));
        if extent == Extent::Whole && !self.matches_file(file) {
            return false;
        }
        let (mut part, mut at) = (0, 0);
        let mut retry: Option<(usize, usize)> = None;
        loop {
            let name = memchr::memchr(b'/', &parents.as_bytes()[at..]).map(|length| &parents[at..at + length]);
            let is_step = match (self.folders.get(part), name) {
                // What is left may be any folders.
                (Some(Part::AnyFolders), _) if part + 1 == self.folders.len() && extent == Extent::Whole => {
                    let has_hidden = parents[at..].starts_with('.') || parents[at..].contains("/.");
                    return options.dot || !has_hidden;
                }
                (Some(Part::AnyFolders), _) => {
                    retry = Some((part + 1, at));
                    part += 1;
                    continue;
                }
                (_, None) if extent == Extent::Prefix => return true,
                (None, None) => return true,
                (Some(Part::Folder(pattern)), Some(name)) => pattern.matches(name),
                (Some(Part::Folder(_)), None) => return false,
                (None, Some(_)) => false,
            };
            if is_step {
                part += 1;
                at += name.map_or(0, str::len) + 1;
                continue;
            }
            let Some((next_part, from)) = retry else { return false };
            let taken = &parents[from..];
            if taken.starts_with('.') && !options.dot {
                return false;
            }
            let Some(length) = taken.find('/') else { return false };
            (part, at) = (next_part, from + length + 1);
            retry = Some((part, at));
        }
    }

    fn matches_file(&self, name: &str) -> bool {
        match &self.file {
            None => name.is_empty(),
            Some(pattern) => pattern.matches(name),
        }
    }
}

/// Adds `**` for a part that begins with it, and returns what is left to match of a name.
fn any_folders<'a>(part: &'a str, folders: &mut Vec<Part>) -> Option<&'a str> {
    let Some(rest) = part.strip_prefix("**") else { return Some(part) };
    if !matches!(folders.last(), Some(Part::AnyFolders)) {
        folders.push(Part::AnyFolders);
    }
    // The second star stays: it is the one of `**/*.md`.
    if rest.trim_start_matches('*').is_empty() { None } else { Some(&part[1..]) }
}

fn file_name(last: &str, folders: &mut Vec<Part>, options: Options) -> Name {
    let rest = any_folders(last, folders).unwrap_or("*");
    Name::new(rest, options)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        Glob::new(pattern).expect("a pattern").matches(path)
    }

    #[test]
    fn two_stars_take_any_folders() {
        for path in ["a.md", "x/a.md", "x/y/a.md"] {
            assert!(matches("**/*.md", path) && matches("**.md", path) && matches("**/**.md", path), "{path}");
        }
        assert!(matches("a/**", "a/b") && matches("a/**", "a/b/c") && !matches("a/**", "a/") && !matches("a/**", "a"));
        assert!(matches("**/includes/**", "includes/a.md") && matches("**/includes/**", "x/includes/y/a.md"));
        assert!(matches("a**.md", "abc.md") && !matches("a**.md", "a/b.md"));
        assert!(matches("**/a/b/**/c", "a/x/a/b/a/c") && !matches("**/a/b/**/c", "a/x/b/c"));
        assert!(matches("5.1/**/*", "5.1/toc.yml") && !matches("7*/**/*", "5.1/toc.yml"));
    }

    #[test]
    fn case_does_not_count_unless_asked() {
        assert!(matches("**/ÄB*.MD", "x/äbc.md"));
        // The sign of the kelvin is a K in another case.
        assert!(matches("k1/*.md", "\u{212a}1/a.md") && !matches("k1/*.md", "\u{212a}2/a.md"));
        let glob = Glob::with_options("*.MD", Options { case: true, ..Options::default() }).expect("a pattern");
        assert!(glob.matches("a.MD") && !glob.matches("a.md"));
    }

    #[test]
    fn what_begins_with_a_dot_is_named_or_asked_for() {
        assert!(!matches("**", ".git/config") && !matches("**/*.md", "a/.b.md") && !matches("**", "a/.b/c.md"));
        assert!(matches("**/.b/*.md", "a/.b/c.md"));
        let glob = Glob::with_options("**", Options { dot: true, ..Options::default() }).expect("a pattern");
        assert!(glob.matches(".git/config"));
    }

    #[test]
    fn folders_that_may_hold_matches_are_known() {
        let glob = Glob::new("docs/*/x/**.md").expect("a pattern");
        assert!(glob.may_match_below("") && glob.may_match_below("docs/") && glob.may_match_below("docs/a/x/y/"));
        assert!(!glob.may_match_below("other/") && !glob.may_match_below("docs/a/y/"));
    }

    #[test]
    fn a_pattern_can_start_above_the_paths() {
        let glob = Glob::new("docs/{a,b}/*.md").expect("a pattern").for_paths_below("docs");
        assert!(glob.matches("a/x.md") && !glob.matches("c/x.md") && glob.may_match_below("b/"));
    }

    #[test]
    fn a_pattern_cannot_leave_its_folder() {
        assert!(Glob::new("../a/*.md").is_err());
    }

    #[test]
    fn no_pattern_takes_forever() {
        let names = "a/".repeat(2_000);
        assert!(!matches(&format!("{}c", "**/a/".repeat(200)), &names));
        assert!(!matches(&format!("{}c", "*a".repeat(200)), &"a".repeat(5_000)));
        assert!(Glob::new(&"{a,b}".repeat(40)).is_err());
        assert!(Glob::new(&format!("{}{}", "{".repeat(50_000), "}".repeat(50_000))).is_err());
    }
}
