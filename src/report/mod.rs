//! Diagnostics for people and machines.
//!
//! 1. [`sort`] gives each its configured severity, drops doubles and sorts.
//! 2. [`locate()`] finds lines and columns, which takes reading the files again: only of what is shown. [`finish`] is both.
//! 3. [`print()`] writes them: [`human`] on stderr, [`json`] and [`github`] on stdout, and the [`Summary`] on stderr.

pub mod github;
pub mod human;
pub mod json;
mod locate;
pub mod paths;
pub mod progress;
pub mod summary;
mod text;

use std::io::{self, BufWriter, Write};

pub use locate::{Excerpt, Located, finish, locate, sort};
pub use paths::Paths;
pub use progress::Progress;
pub use summary::{Counts, Summary};

use crate::source::Sources;

/// The shape in which diagnostics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// For people, on stderr: place, excerpt, underline, help
    #[default]
    Human,
    /// For programs, on stdout: one JSON object a line
    Json,
    /// For GitHub Actions, on stdout: annotations in pull requests
    Github,
}

/// How much people are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Verbosity {
    /// Errors only; the summary only when something is wrong.
    Quiet,
    /// A few of each rule; suggestions and infos are counted.
    #[default]
    Normal,
    /// Everything.
    Verbose,
}

/// Prints sorted diagnostics and the summary where they belong.
///
/// JSON and annotations always show every diagnostic. A reader that goes away (`| head`) ends the output quietly.
pub fn print(
    mut sorted: Vec<Located>,
    sources: &Sources,
    format: Format,
    verbosity: Verbosity,
    summary: &Summary,
) -> io::Result<()> {
    let paths = Paths::for_format(format, sources.root());
    if format != Format::Human {
        locate(&mut sorted, sources);
    }
    let printed = match format {
        Format::Human => quietly(human::write(&mut stderr(), sorted, sources, &paths, verbosity)),
        Format::Json => to_stdout(|out| json::write(out, &sorted, &paths)),
        Format::Github => to_stdout(|out| github::write(out, &sorted, &paths)),
    };
    let summarised = match summary.line(verbosity) {
        Some(line) => quietly(writeln!(stderr(), "{line}")),
        None => Ok(()),
    };
    printed.and(summarised)
}

/// Writes to standard output through a buffer; a reader that went away is no error.
pub fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    let written = write(&mut out).and_then(|()| out.flush());
    // What is left in the buffer has no reader: dropping it must not try again.
    let _ = out.into_parts();
    quietly(written)
}

/// Standard error, with colours only where they are wanted: `NO_COLOR`, pipes and old consoles are known.
fn stderr() -> impl Write {
    BufWriter::new(anstream::AutoStream::auto(io::stderr()))
}

/// A broken pipe is the reader's choice, not a failure.
fn quietly(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
