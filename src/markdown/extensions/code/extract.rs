//! Takes the part of a file that a reference means, and its common indentation off.
//!
//! Rule: docfx `HtmlCodeSnippetRenderer.GetContent`. Several ranges follow each other without a gap; the lines of all
//! tags of a style are left out; a tab leads to the next multiple of four columns; the indentation that goes is that of
//! all lines but empty ones.

use rustc_hash::FxHashMap;

use super::problem::Problem;
use super::tags::{self, Style};
use super::{languages, notebook};
use crate::markdown::code::{CodeReference, Form, LineRange, Part};
use crate::source::Lines;

/// Finds in the text of a file the code that `reference` means, and tells what is wrong with it.
///
/// It is no longer than `limit` bytes. `None` comes with a problem: code that is empty is none.
pub fn extract(text: &str, reference: &CodeReference, limit: usize) -> (Option<String>, Vec<Problem>) {
    let mut problems = Vec::new();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match part(text, reference, limit, &mut problems) {
        Ok(code) if !code.trim().is_empty() => {
            problems.extend(beyond(&code, &reference.block.highlight));
            return (Some(code), problems);
        }
        Ok(_) if problems.is_empty() => problems.push(Problem::Empty),
        Ok(_) => {}
        Err(problem) => problems.push(problem),
    }
    (None, problems)
}

/// Whether a range names lines after the last of `count`.
fn is_beyond(range: &LineRange, count: u32) -> bool {
    let named = if range.last == u32::MAX { range.first } else { range.last };
    named > count && named != u32::MAX
}

/// The first range that is to stand out and has lines that the code has not.
fn beyond(code: &str, highlight: &[LineRange]) -> Option<Problem> {
    highlight.first()?;
    let count = u32::try_from(code.lines().count()).unwrap_or(u32::MAX);
    let range = *highlight.iter().find(|range| is_beyond(range, count))?;
    Some(Problem::HighlightBeyond { range, count })
}

fn part(text: &str, reference: &CodeReference, limit: usize, notes: &mut Vec<Problem>) -> Result<String, Problem> {
    let file = || File::new(text, reference.dedent, limit);
    let code = match (&reference.part, reference.form) {
        (part, Form::Notebook) => notebook::cell(text, part)?,
        (Part::Tag(tag), _) => file().tagged(tag, language(reference), notes)?,
        (Part::Lines(ranges), _) => file().numbered(ranges, notes)?,
        (Part::Whole, _) => file().whole()?,
    };
    if code.len() > limit {
        return Err(Problem::TooLong);
    }
    // docfx trims what `:::code` takes, and leaves what `[!code]` takes as it is.
    Ok(if reference.form == Form::TripleColon { format!("{}\n", code.trim_end()) } else { code })
}

/// The language whose comments hold the tags: the one that is named, else the extension of the file.
fn language(reference: &CodeReference) -> &str {
    // `:::code` goes by the file alone: its `language` may be that of the reader's shell.
    let named = Some(reference.block.language()).filter(|name| reference.form == Form::Snippet && !name.is_empty());
    named.unwrap_or_else(|| languages::extension(&reference.path))
}

/// A file and how code is taken from it.
struct File<'a> {
    text: &'a str,
    lines: Lines<'a>,
    /// How many lines it has.
    count: u32,
    dedent: Option<usize>,
    limit: usize,
}

impl<'a> File<'a> {
    fn new(text: &'a str, dedent: Option<usize>, limit: usize) -> File<'a> {
        let lines = Lines::new(text);
        let last = lines.line_of(text.len());
        // After the end of the last line no other begins.
        let count = if text.is_empty() || text.ends_with(['\n', '\r']) { last - 1 } else { last };
        File { text, lines, count, dedent, limit }
    }

    /// The line `at`, counted from 0, without its end.
    fn line(&self, at: u32) -> &'a str {
        &self.text[self.lines.line(at + 1)]
    }

    fn lines(&self) -> impl Iterator<Item = &'a str> + Clone {
        (0..self.count).map(|at| self.line(at))
    }

    fn whole(&self) -> Result<String, Problem> {
        self.join(self.lines())
    }

    /// The lines of several ranges. A range that has no line of the file in it is noted.
    fn numbered(&self, ranges: &[LineRange], notes: &mut Vec<Problem>) -> Result<String, Problem> {
        let mut wanted = Vec::new();
        for range in ranges {
            let (start, end) = (range.first.saturating_sub(1), range.last.min(self.count));
            if start < end {
                wanted.push(start..end);
                if is_beyond(range, self.count) {
                    notes.push(Problem::Beyond { range: *range, count: self.count });
                }
            } else {
                notes.push(Problem::NoLines { range: *range, count: self.count });
            }
        }
        self.join(wanted.iter().cloned().flatten().map(|at| self.line(at)))
    }

    /// The lines between the two ends of a tag, without those that are ends themselves.
    fn tagged(&self, tag: &str, language: &str, notes: &mut Vec<Problem>) -> Result<String, Problem> {
        let (styles, is_known) = languages::styles(language);
        if !is_known {
            notes.push(Problem::UnknownLanguage { language: language.to_owned() });
        }
        let candidates = self.candidates();
        let lines = |style: &Style| {
            let of_style = style.key().and_then(|key| candidates.get(&key));
            of_style.into_iter().flatten().map(|at| (*at, self.line(*at)))
        };
        let name = || tag.to_owned();
        for style in styles {
            let found = tags::find(lines(style), *style, tag);
            let Some(range) = found.lines else { continue };
            let range = range.ok_or_else(|| Problem::Unclosed { tag: name() })?;
            let is_code = |at: &u32| found.marks.binary_search(at).is_err();
            let code = self.join(range.filter(is_code).map(|at| self.line(at)))?;
            return if code.trim().is_empty() { Err(Problem::EmptyTag { tag: name() }) } else { Ok(code) };
        }
        let known = styles.iter().flat_map(|style| tags::names(lines(style), *style)).collect();
        Err(Problem::NoTag { tag: name(), known })
    }

    /// The lines that may be ends of tags, by their key.
    fn candidates(&self) -> FxHashMap<u8, Vec<u32>> {
        let mut candidates: FxHashMap<u8, Vec<u32>> = FxHashMap::default();
        for at in 0..self.count {
            if let Some(key) = tags::key(self.line(at)) {
                candidates.entry(key).or_default().push(at);
            }
        }
        candidates
    }

    /// Joins lines, each without the columns that `dedent` or all of them together take off.
    fn join<'l>(&self, lines: impl Iterator<Item = &'l str> + Clone) -> Result<String, Problem> {
        let (mut length, mut common) = (0, None);
        for line in lines.clone() {
            length += line.len() + 1;
            if length > self.limit {
                return Err(Problem::TooLong);
            }
            if !line.is_empty() {
                let columns = indentation(line).1;
                common = Some(common.map_or(columns, |least: usize| least.min(columns)));
            }
        }
        let off = self.dedent.or(common).unwrap_or(0);
        let mut code = String::with_capacity(length);
        for line in lines {
            let (blanks, columns) = indentation(line);
            code.extend(std::iter::repeat_n(' ', columns.saturating_sub(off)));
            code.push_str(&line[blanks..]);
            code.push('\n');
        }
        Ok(code)
    }
}

/// How many bytes indent a line, and how many columns these are.
fn indentation(line: &str) -> (usize, usize) {
    let (mut blanks, mut columns) = (0, 0);
    for byte in line.bytes() {
        match byte {
            b' ' => columns += 1,
            b'\t' => columns = columns / 4 * 4 + 4,
            _ => break,
        }
        blanks += 1;
    }
    (blanks, columns)
}
