//! One run of a command: its clock, its options, and how it ends.

use std::io::Write;
use std::time::{Duration, Instant};

use crate::cli;
use crate::commands::{Exit, Workspace};
use crate::diagnostic::{Diagnostics, Severities};
use crate::render::output::Written;
use crate::report::{self, Counts, Format, Summary, Verbosity};

/// A command that reports what it found.
#[derive(Debug)]
pub struct Session {
    verb: &'static str,
    started: Instant,
    is_strict: bool,
    format: Format,
    verbosity: Verbosity,
    shows_timings: bool,
}

impl Session {
    /// Starts the clock. `verb` is what the summary says: `built`.
    pub fn new(verb: &'static str, options: &cli::ReportOptions, shows_timings: bool) -> Session {
        let (is_strict, format) = (options.strict, options.format);
        Session { verb, started: Instant::now(), is_strict, format, verbosity: options.loudness.into(), shows_timings }
    }

    /// Reports a configuration that is too broken to work with. Its own rules do not silence that.
    pub fn refuse(&self, found: Diagnostics, workspace: &Workspace) -> anyhow::Result<Exit> {
        self.print(found, workspace, &Severities::default(), None)?;
        Ok(Exit::Usage)
    }

    /// Reports everything that was found, and tells whether that is a failure.
    pub fn finish(
        &self,
        found: Diagnostics,
        workspace: &Workspace,
        rules: &Severities,
        pages: usize,
        timings: &Timings,
    ) -> anyhow::Result<Exit> {
        let counts = self.print(found, workspace, rules, Some(pages))?;
        if self.shows_timings {
            let _ = write!(anstream::stderr(), "{timings}");
        }
        Ok(if counts.is_failure(self.is_strict) { Exit::Errors } else { Exit::Done })
    }

    fn print(
        &self,
        found: Diagnostics,
        workspace: &Workspace,
        rules: &Severities,
        pages: Option<usize>,
    ) -> anyhow::Result<Counts> {
        let sorted = report::sort(found, rules, &workspace.sources);
        let counts = Counts::of(&sorted);
        let summary = Summary { verb: self.verb, pages, elapsed: self.started.elapsed(), counts };
        report::print(sorted, &workspace.sources, self.format, self.verbosity, &summary)?;
        Ok(counts)
    }
}

/// How long each stage took; what runs page by page is summed over threads.
#[derive(Debug, Default)]
pub struct Timings {
    stages: Vec<(&'static str, Duration)>,
    written: Option<Written>,
}

impl Timings {
    /// Measures a stage.
    pub fn time<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let done = work();
        self.add(stage, started.elapsed());
        done
    }

    /// Adds a stage that was measured elsewhere.
    pub fn add(&mut self, stage: &'static str, time: Duration) {
        self.stages.push((stage, time));
    }

    /// Adds what became of the output.
    pub fn written(&mut self, written: &Written) {
        self.written = Some(*written);
    }
}

impl std::fmt::Display for Timings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (stage, time) in &self.stages {
            writeln!(f, "{stage:>10} {:>9.1} ms", time.as_secs_f64() * 1000.0)?;
        }
        if let Some(written) = &self.written {
            let Written { written, unchanged, removed } = written;
            writeln!(f, "{written} files written, {unchanged} unchanged, {removed} removed")?;
        }
        Ok(())
    }
}
