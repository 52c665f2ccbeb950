//! Diagnostics for people, in the shape of rustc's.

use std::collections::BTreeMap;
use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::text::clean;
use super::{Located, Paths, Verbosity, locate};
use crate::diagnostic::{Code, Severity};
use crate::source::Sources;

/// How many of one code are shown when nobody asked for all.
const SHOWN: usize = 10;
/// The same for errors.
const SHOWN_ERRORS: usize = 25;

/// Writes what `verbosity` lets through of sorted diagnostics, with colours, and for each code how many more there are.
pub fn write(
    out: &mut dyn Write,
    sorted: Vec<Located>,
    sources: &Sources,
    paths: &Paths,
    verbosity: Verbosity,
) -> io::Result<()> {
    let (mut shown, hidden) = choose(sorted, verbosity);
    locate(&mut shown, sources);
    let renderer = Renderer::styled();
    for one in &shown {
        writeln!(out, "{}\n", render(&renderer, one, paths))?;
    }
    for (code, count) in &hidden {
        writeln!(out, "... and {count} more like this: {code}; -v shows all")?;
    }
    if !hidden.is_empty() {
        writeln!(out)?;
    }
    out.flush()
}

/// What is shown, and how many of each code are not although they are bad enough.
fn choose(sorted: Vec<Located>, verbosity: Verbosity) -> (Vec<Located>, BTreeMap<Code, usize>) {
    let mut hidden: BTreeMap<Code, usize> = BTreeMap::new();
    let mut counts: BTreeMap<(Code, Severity), usize> = BTreeMap::new();
    let is_shown = |one: &Located| {
        let (code, severity) = (one.diagnostic.code, one.diagnostic.severity);
        let count = counts.entry((code, severity)).or_default();
        let limit = if severity == Severity::Error { SHOWN_ERRORS } else { SHOWN };
        if verbosity != Verbosity::Verbose && *count == limit {
            *hidden.entry(code).or_default() += 1;
            return false;
        }
        *count += 1;
        true
    };
    let bad_enough = sorted.into_iter().filter(|one| one.diagnostic.severity >= least(verbosity));
    (bad_enough.filter(is_shown).collect(), hidden)
}

/// The least severity that is shown.
fn least(verbosity: Verbosity) -> Severity {
    match verbosity {
        Verbosity::Quiet => Severity::Error,
        Verbosity::Normal => Severity::Warning,
        Verbosity::Verbose => Severity::Info,
    }
}

/// Stands for path, line and column while the renderer works; no clean text holds it.
///
/// The renderer would count columns in characters of the excerpt, which may be a window of a longer line.
const PLACE: &str = "\u{1}";

/// One diagnostic as text, without a final line end.
fn render(renderer: &Renderer, one: &Located, paths: &Paths) -> String {
    let diagnostic = &one.diagnostic;
    let title = level(diagnostic.severity).primary_title(clean(&diagnostic.message)).id(diagnostic.code.as_str());
    let mut group = Group::with_title(title);
    let mut places = Vec::new();
    if let Some(path) = &one.path {
        let path = clean(&paths.show(path)).into_owned();
        if let (Some(start), Some(excerpt)) = (one.start, &one.excerpt) {
            let line = start.line as usize;
            let column = excerpt.text[..excerpt.marked.start].chars().count() + 1;
            places.push((format!("{PLACE}:{line}:{column}"), format!("{path}:{line}:{}", start.column)));
            let mark = AnnotationKind::Primary.span(excerpt.marked.clone());
            group = group.element(Snippet::source(&*excerpt.text).line_start(line).path(PLACE).annotation(mark));
        } else {
            group = group.element(Origin::path(path));
        }
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(clean(help)));
    }
    let text = renderer.render(&[group]);
    places.iter().fold(text, |text, (from, to)| text.replacen(from, to, 1))
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Suggestion => Level::NOTE.with_name("suggestion"),
        Severity::Info => Level::INFO,
    }
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;
    use crate::diagnostic::{Diagnostic, Place, Severities};
    use crate::path::RepoPath;
    use crate::report::sort;
    use crate::source::Span;

    fn shown(
        text: &str,
        diagnostics: impl Fn(&dyn Fn(Range<usize>) -> Place) -> Vec<Diagnostic>,
        how: Verbosity,
    ) -> String {
        let sources = Sources::memory([("articles/a.md", text)]);
        let file = sources.id(&RepoPath::new("articles/a.md").expect("inside"));
        let sorted = sort(diagnostics(&|range| Span::new(file, range).into()), &Severities::default(), &sources);
        let mut out = Vec::new();
        write(&mut anstream::StripStream::new(&mut out), sorted, &sources, &Paths::default(), how).expect("memory");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn a_diagnostic_shows_place_excerpt_underline_and_help() {
        let text = shown(
            "# T\n\n😀 see [x](B.md).\n",
            |at| vec![Diagnostic::new(Code::FileCase, at(18..22), "`B.md` is `b.md`").help("write `b.md`")],
            Verbosity::Normal,
        );
        let expected = "\
warning[file-case]: `B.md` is `b.md`
 --> articles/a.md:3:12
  |
3 | 😀 see [x](B.md).
  |            ^^^^
  |
  = help: write `b.md`

";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_diagnostic_without_file_has_only_its_message() {
        let one = |_: &dyn Fn(Range<usize>) -> Place| vec![Diagnostic::new(Code::ConfigSyntax, Place::Nowhere, "no")];
        assert_eq!(shown("", one, Verbosity::Quiet), "error[config-syntax]: no\n\n");
    }

    #[test]
    fn an_empty_span_at_the_end_of_an_empty_file_is_shown() {
        let one = |at: &dyn Fn(Range<usize>) -> Place| vec![Diagnostic::new(Code::ConfigSyntax, at(0..0), "no")];
        assert!(shown("", one, Verbosity::Normal).contains(" --> articles/a.md:1:1\n"));
    }

    #[test]
    fn hostile_text_reaches_no_terminal() {
        let one = |at: &dyn Fn(Range<usize>) -> Place| {
            vec![Diagnostic::new(Code::FileCase, at(4..8), "\u{1b}]0;x\u{7}\u{1}:1:5").help("\u{9b}2J")]
        };
        let text = shown("a\u{1b}[2Jb\u{202e}c\u{1}:1:5\n", one, Verbosity::Normal);
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
        assert!(text.contains(" --> articles/a.md:1:5\n"), "{text}");
    }

    #[test]
    fn many_of_one_kind_are_counted_and_verbose_shows_them_all() {
        let many = |at: &dyn Fn(Range<usize>) -> Place| {
            let each = |n: usize| Diagnostic::new(Code::FileCase, at(n..n + 1), "m");
            (0..40).map(each).chain([Diagnostic::new(Code::RedirectedLink, at(0..1), "s")]).collect()
        };
        let line = "x".repeat(50);
        let text = shown(&line, many, Verbosity::Normal);
        assert_eq!(text.matches("warning[file-case]").count(), SHOWN);
        assert!(text.ends_with("\n\n... and 30 more like this: file-case; -v shows all\n\n"), "{text}");
        assert!(!text.contains("suggestion"));
        let all = shown(&line, many, Verbosity::Verbose);
        assert_eq!(all.matches("warning[file-case]").count(), 40);
        assert!(all.contains("suggestion[redirected-link]: s\n"), "{all}");
        assert_eq!(shown(&line, many, Verbosity::Quiet), "");
    }

    #[test]
    fn no_text_and_no_span_upsets_the_renderer() {
        const PARTS: &[&str] =
            &["a", " ", "\t", "漢", "e\u{301}", "👩\u{200d}💻", "\r", "\n", "\u{1b}", "long word ", "\u{feff}"];
        let mut seed = 7_usize;
        let mut next = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        for _ in 0..400 {
            let length = next(300);
            let text: String = (0..length).map(|_| PARTS[next(PARTS.len())]).collect();
            let (start, extra) = (next(text.len() + 3), next(200));
            let one = |at: &dyn Fn(Range<usize>) -> Place| {
                vec![Diagnostic::new(Code::FileCase, at(start..start + extra), text.clone()).help(text.clone())]
            };
            assert!(shown(&text, one, Verbosity::Normal).contains("--> articles/a.md:"), "{text:?} {start} {extra}");
        }
    }
}
