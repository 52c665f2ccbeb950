//! The last line: what was done, how long it took, how much is wrong.

use std::time::Duration;

use super::{Located, Verbosity};
use crate::diagnostic::Severity;

/// How many diagnostics there are of each severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Suggestions.
    pub suggestions: usize,
    /// Infos.
    pub infos: usize,
}

impl Counts {
    /// Counts a list.
    pub fn of(located: &[Located]) -> Counts {
        let mut counts = Counts::default();
        for one in located {
            match one.diagnostic.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Suggestion => counts.suggestions += 1,
                Severity::Info => counts.infos += 1,
            }
        }
        counts
    }

    /// Whether a command that found this has failed (exit code 1): errors, with `strict` also warnings.
    pub fn is_failure(&self, strict: bool) -> bool {
        self.errors > 0 || (strict && self.warnings > 0)
    }
}

/// What a command did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// `built`, `checked`, `rendered`.
    pub verb: &'static str,
    /// How many pages; `None` when the configuration was too broken to begin.
    pub pages: Option<usize>,
    /// How long it took.
    pub elapsed: Duration,
    /// What is wrong.
    pub counts: Counts,
}

impl Summary {
    /// `built 363 pages in 0.4 s, 2 errors, 7 warnings`; `None` when quiet and nothing is wrong.
    pub fn line(&self, verbosity: Verbosity) -> Option<String> {
        if verbosity == Verbosity::Quiet && !self.counts.is_failure(true) {
            return None;
        }
        let mut line = match self.pages {
            Some(pages) => format!("{} {} in {}", self.verb, plural(pages, "page"), seconds(self.elapsed)),
            None => format!("nothing was {}: the configuration has to be mended first", self.verb),
        };
        let hidden = [(self.counts.suggestions, "suggestion"), (self.counts.infos, "info")];
        let shown = [(self.counts.errors, "error"), (self.counts.warnings, "warning")];
        for (count, word) in shown.into_iter().chain(hidden).filter(|(count, _)| *count > 0) {
            line.push_str(", ");
            line.push_str(&plural(count, word));
        }
        if verbosity != Verbosity::Verbose && hidden.iter().any(|(count, _)| *count > 0) {
            line.push_str(" (shown with -v)");
        }
        Some(line)
    }
}

/// `1 page`, `2 pages`.
pub(super) fn plural(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

fn seconds(elapsed: Duration) -> String {
    let seconds = elapsed.as_secs_f64();
    if seconds < 0.1 { format!("{seconds:.2} s") } else { format!("{seconds:.1} s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(pages: usize, counts: Counts, verbosity: Verbosity) -> Option<String> {
        Summary { verb: "built", pages: Some(pages), elapsed: Duration::from_millis(432), counts }.line(verbosity)
    }

    #[test]
    fn counts_of_nothing_are_left_out() {
        assert_eq!(line(363, Counts::default(), Verbosity::Normal).as_deref(), Some("built 363 pages in 0.4 s"));
        let counts = Counts { errors: 2, warnings: 1, ..Counts::default() };
        assert_eq!(line(1, counts, Verbosity::Quiet).as_deref(), Some("built 1 page in 0.4 s, 2 errors, 1 warning"));
        assert_eq!(line(1, Counts::default(), Verbosity::Quiet), None);
    }

    #[test]
    fn what_is_not_shown_is_said() {
        let counts = Counts { suggestions: 3, infos: 1, ..Counts::default() };
        let normal = "built 2 pages in 0.4 s, 3 suggestions, 1 info (shown with -v)";
        assert_eq!(line(2, counts, Verbosity::Normal).as_deref(), Some(normal));
        let verbose = "built 2 pages in 0.4 s, 3 suggestions, 1 info";
        assert_eq!(line(2, counts, Verbosity::Verbose).as_deref(), Some(verbose));
    }
}
