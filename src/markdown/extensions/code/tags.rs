//! Tags in code: comments and regions that name what stands between two lines.
//!
//! Rule: docfx `CodeSnippetExtractor`: blanks may stand anywhere in a tag, upper and lower case are the same, the last
//! of several starts and the first end after it count. Regions and the tags of CSS end without a name and nest.

use std::ops::Range;

/// How a comment or region is written that holds a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    start: &'static str,
    end: &'static str,
    /// What follows the name.
    after: &'static str,
    /// Whether an end has no name, but ends what began last.
    nests: bool,
}

impl Style {
    /// `' <name>`
    pub(super) const APOSTROPHE: Style = Style::named("'<", "'</", ">");
    /// `// <name>`
    pub(super) const SLASHES: Style = Style::named("//<", "//</", ">");
    /// `<!-- <name> -->`
    pub(super) const MARKUP: Style = Style::named("<!--<", "<!--</", ">-->");
    /// `-- <name>`
    pub(super) const DASHES: Style = Style::named("--<", "--</", ">");
    /// `# <name>`
    pub(super) const HASH: Style = Style::named("#<", "#</", ">");
    /// `rem <name>`
    pub(super) const REM: Style = Style::named("rem<", "rem</", ">");
    /// `% <name>`
    pub(super) const PERCENT: Style = Style::named("%<", "%</", ">");
    /// `; <name>`
    pub(super) const SEMICOLON: Style = Style::named(";<", ";</", ">");
    /// `/* <name> */`
    pub(super) const STARS: Style = Style { start: "/*<", end: "/*</", after: ">*/", nests: true };
    /// `#region name`, `#Region "name"`
    pub(super) const REGION: Style = Style { start: "#region", end: "#endregion", after: "", nests: true };

    const fn named(start: &'static str, end: &'static str, after: &'static str) -> Style {
        Style { start, end, after, nests: false }
    }
}

/// What a file says of a tag.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Its lines, counted from 0; `Some(None)` when it begins and never ends.
    pub(super) lines: Option<Option<Range<u32>>>,
    /// The lines, counted from 0, that are starts and ends of tags of the style.
    pub(super) marks: Vec<u32>,
}

/// The tag that is looked for, as it is found.
#[derive(Debug, Clone, Default)]
struct Tag {
    /// The line after its last start.
    first: Option<u32>,
    /// The line of the first end after that.
    end: Option<u32>,
}

/// Looks for a tag of one style. A tag `snippetX` is found as `x` too.
///
/// `lines` are at least those whose [`key`] is the style's, in order, each with its number, counted from 0.
pub(super) fn find<'a>(lines: impl Iterator<Item = (u32, &'a str)>, style: Style, wanted: &str) -> Found {
    let wanted = wanted.to_lowercase();
    let names = [wanted.clone(), format!("snippet{wanted}")];
    let which = |name: &str| names.iter().position(|wanted| is_same(name, wanted));
    let (mut tags, mut marks) = ([Tag::default(), Tag::default()], Vec::new());
    // The tags that nest and stand open: of those that are looked for, which.
    let mut open: Vec<Option<usize>> = Vec::new();
    for (at, line) in lines {
        match style.mark(line) {
            Some(Mark::Start(name)) => {
                marks.push(at);
                let tag = which(name);
                tag.into_iter().for_each(|tag| tags[tag] = Tag { first: Some(at + 1), end: None });
                open.push(tag);
            }
            Some(Mark::End(name)) => {
                marks.push(at);
                let ended = if style.nests { open.pop().flatten() } else { which(name) };
                ended.into_iter().for_each(|tag| tags[tag].end = tags[tag].end.or(Some(at)));
            }
            None => {}
        }
    }
    let found = tags.into_iter().find_map(|tag| Some((tag.first?, tag.end)));
    Found { lines: found.map(|(first, end)| end.map(|end| first..end)), marks }
}

/// The names of the tags of one style, in lower case and in the order of the file. No more than people can have written.
pub(super) fn names<'a>(lines: impl Iterator<Item = (u32, &'a str)>, style: Style) -> Vec<String> {
    const MOST: usize = 1000;
    let mut names: Vec<String> = Vec::new();
    let starts = lines.filter_map(|(_, line)| match style.mark(line)? {
        Mark::Start(name) if is_name(name) => Some(name.to_lowercase()),
        _ => None,
    });
    for name in starts.take(MOST) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// What a line begins with that may be the start or end of a tag; `None` for most lines of most files.
pub(super) fn key(line: &str) -> Option<u8> {
    let first = line.bytes().find(|byte| !byte.is_ascii_whitespace())?.to_ascii_lowercase();
    b"'/<-#r%;".contains(&first).then_some(first)
}

/// A line that is the start or the end of a tag; ends of tags that nest may have any name.
enum Mark<'a> {
    Start(&'a str),
    End(&'a str),
}

impl Style {
    /// The [`key`] of the lines that are its starts and ends.
    pub(super) fn key(self) -> Option<u8> {
        key(self.start)
    }

    fn mark<'a>(&self, line: &'a str) -> Option<Mark<'a>> {
        let is_region = self.after.is_empty();
        if let Some(name) = name_after(line, self.end, self.after).filter(|name| self.nests || is_name(name)) {
            return Some(Mark::End(name));
        }
        let name = name_after(line, self.start, self.after)?;
        (is_region || is_name(name)).then_some(Mark::Start(name))
    }
}

/// The name on a line that is a mark: blanks aside, `before`, the name, and `after`.
fn name_after<'a>(line: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let rest = skip(line, before)?;
    let name = match after.chars().next() {
        None => rest,
        Some(first) => {
            let end = rest.find(first)?;
            let behind = skip(&rest[end..], after)?;
            if !behind.trim().is_empty() {
                return None;
            }
            &rest[..end]
        }
    };
    Some(name.trim().trim_matches('"'))
}

/// What follows `mark` in a line, blanks before and between its characters skipped; `None` if something else stands there.
fn skip<'a>(line: &'a str, mark: &str) -> Option<&'a str> {
    let bytes = line.as_bytes();
    let mut at = 0;
    for wanted in mark.bytes() {
        at += bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let is_there = bytes.get(at)?.eq_ignore_ascii_case(&wanted);
        at += 1;
        if !is_there {
            return None;
        }
    }
    Some(&line[at..])
}

/// Whether a name is another one, which is in lower case, but for its case.
fn is_same(name: &str, lower: &str) -> bool {
    name.chars().flat_map(char::to_lowercase).eq(lower.chars())
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, style: Style, name: &str) -> Option<Option<Range<u32>>> {
        find((0..).zip(text.lines()), style, name).lines
    }

    #[test]
    fn blanks_and_case_do_not_matter() {
        let text = "\t/ /  < Main >\nx\n//</MAIN>";
        assert_eq!(lines(text, Style::SLASHES, "mAin"), Some(Some(1..2)));
        assert_eq!(lines("<!--<a>-- >\nx\n<!-- </a> -->", Style::MARKUP, "a"), Some(Some(1..2)));
        assert_eq!(lines("REM <Snippet1>\nx\nrem </snippet1>", Style::REM, "1"), Some(Some(1..2)));
    }

    #[test]
    fn what_stands_behind_a_tag_makes_it_none() {
        for text in ["// <a> b", "x // <a>", "// <a b>", "/// <a>", "//a"] {
            assert_eq!(lines(text, Style::SLASHES, "a"), None, "{text}");
        }
    }

    #[test]
    fn the_last_start_and_the_first_end_count() {
        assert_eq!(lines("//<a>\n//<a>\nx\n//</a>\ny\n//</a>", Style::SLASHES, "a"), Some(Some(2..3)));
        assert_eq!(lines("//<a>\nx", Style::SLASHES, "a"), Some(None));
        assert_eq!(lines("//</a>", Style::SLASHES, "a"), None);
        assert_eq!(lines("//<a>\n//</A>\n//<B>", Style::SLASHES, "b"), Some(None));
    }

    #[test]
    fn every_style_has_a_key() {
        let styles = [
            Style::APOSTROPHE,
            Style::SLASHES,
            Style::MARKUP,
            Style::DASHES,
            Style::HASH,
            Style::REM,
            Style::PERCENT,
            Style::SEMICOLON,
            Style::STARS,
            Style::REGION,
        ];
        assert!(styles.iter().all(|style| style.key().is_some()));
        assert_eq!((key(" \tREM <a>"), key("Main();"), key("  ")), (Style::REM.key(), None, None));
    }

    #[test]
    fn names_are_told_once() {
        assert_eq!(names((0..).zip("//<B>\n//<a>\n//</a>\n//<b>".lines()), Style::SLASHES), ["b", "a"]);
    }

    #[test]
    fn regions_nest_also_without_a_name() {
        let text = "#region A\n#region\nx\n#endregion\n#region two words\ny\n#endregion two\nz\n#endregion";
        assert_eq!(lines(text, Style::REGION, "a"), Some(Some(1..8)));
        let basic = "#Region \"Main\"\nx\n#End Region";
        assert_eq!(lines(basic, Style::REGION, "main"), Some(Some(1..2)));
        assert_eq!(lines("/* <a> */\n/*<b>*/\nx\n/*</b>*/\n/*</a>*/", Style::STARS, "a"), Some(Some(1..4)));
    }
}
