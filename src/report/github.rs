//! Diagnostics as workflow commands of GitHub Actions, which shows them in the files of a pull request.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::{Located, Paths};
use crate::diagnostic::Severity;

/// Writes one annotation a line, the worst first: GitHub shows only ten of a kind for each step.
///
/// Rule: the toolkit's `command.ts`, by which `%`, CR and LF are escaped in messages, `:` and `,` too in properties.
pub fn write(out: &mut dyn Write, located: &[Located], paths: &Paths) -> io::Result<()> {
    for severity in [Severity::Error, Severity::Warning, Severity::Suggestion, Severity::Info] {
        for one in located.iter().filter(|one| one.diagnostic.severity == severity) {
            writeln!(out, "{}", annotation(one, paths))?;
        }
    }
    Ok(())
}

fn annotation(one: &Located, paths: &Paths) -> String {
    let diagnostic = &one.diagnostic;
    let kind = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Suggestion | Severity::Info => "notice",
    };
    let mut line = format!("::{kind} ");
    if let Some(path) = &one.path {
        let _ = write!(line, "file={},", property(&paths.show(path)));
    }
    if let (Some(start), Some(end)) = (one.start, one.end) {
        let _ = write!(line, "line={},endLine={},", start.line, end.line);
        // GitHub rejects columns for a range of lines, and an end before its start.
        if start.line == end.line {
            let last = end.column.saturating_sub(1).max(start.column);
            let _ = write!(line, "col={},endColumn={last},", start.column);
        }
    }
    let _ = write!(line, "title={}::{}", property(diagnostic.code.as_str()), data(&diagnostic.message));
    if let Some(help) = &diagnostic.help {
        let _ = write!(line, "%0Ahelp: {}", data(help));
    }
    line
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Diagnostic, Severities};
    use crate::path::RepoPath;
    use crate::report::finish;
    use crate::source::{Sources, Span};

    #[test]
    fn annotations_are_escaped_and_errors_come_first() {
        let sources = Sources::memory([("a,b.md", "one two\nthree")]);
        let file = sources.id(&RepoPath::new("a,b.md").expect("inside"));
        let all = vec![
            Diagnostic::new(Code::RedirectedLink, Span::new(file, 0..3), "100%\n::error::x"),
            Diagnostic::new(Code::IncludeNotFound, Span::new(file, 4..13), "gone").help("look"),
        ];
        let mut out = Vec::new();
        write(&mut out, &finish(all, &Severities::default(), &sources), &Paths::default()).expect("memory");
        let expected = "::error file=a%2Cb.md,line=1,endLine=2,title=include-not-found::gone%0Ahelp: look\n\
            ::notice file=a%2Cb.md,line=1,endLine=1,col=1,endColumn=3,title=redirected-link::100%25%0A::error::x\n";
        assert_eq!(String::from_utf8(out).expect("text"), expected);
    }
}
