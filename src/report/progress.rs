//! The line that says how far a long command is.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Nothing is shown before this: a quick command needs no progress.
const PATIENCE: Duration = Duration::from_millis(500);
const INTERVAL: Duration = Duration::from_millis(100);

/// Shows `reading 1200/20000` on a terminal, after half a second, until it is dropped.
///
/// Shared by all threads that work; counting costs one atomic addition.
#[derive(Debug)]
pub struct Progress {
    state: Arc<State>,
    painter: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct State {
    stage: Mutex<&'static str>,
    done: AtomicUsize,
    total: AtomicUsize,
    is_over: AtomicBool,
}

impl Progress {
    /// Shows progress on stderr if that is a terminal; otherwise shows nothing.
    pub fn start() -> Progress {
        let is_wanted = io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        let state = Arc::new(State::default());
        let shared = state.clone();
        // Without a thread there is no progress to see, and nothing else is lost.
        let paint = move || paint(&shared);
        let painter = if is_wanted { thread::Builder::new().name("progress".into()).spawn(paint).ok() } else { None };
        Progress { state, painter }
    }

    /// Shows nothing: for quiet commands and tests.
    pub fn hidden() -> Progress {
        Progress { state: Arc::default(), painter: None }
    }

    /// Begins a stage of `total` steps; `what` is a verb: `reading`, `writing`.
    pub fn stage(&self, what: &'static str, total: usize) {
        self.state.done.store(0, Ordering::Relaxed);
        self.state.total.store(total, Ordering::Relaxed);
        *self.state.stage.lock().unwrap_or_else(PoisonError::into_inner) = what;
    }

    /// Counts one step.
    pub fn step(&self) {
        self.state.done.fetch_add(1, Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.state.is_over.store(true, Ordering::Relaxed);
        if let Some(painter) = self.painter.take() {
            painter.thread().unpark();
            let _ = painter.join();
        }
    }
}

fn paint(state: &State) {
    let mut has_painted = false;
    thread::park_timeout(PATIENCE);
    while !state.is_over.load(Ordering::Relaxed) {
        if let Some(line) = line(state) {
            // Back to the first column, the line, then nothing behind it.
            let _ = write!(io::stderr(), "\r{line}\x1b[K");
            has_painted = true;
        }
        thread::park_timeout(INTERVAL);
    }
    if has_painted {
        let _ = write!(io::stderr(), "\r\x1b[K");
    }
}

fn line(state: &State) -> Option<String> {
    let stage = *state.stage.lock().unwrap_or_else(PoisonError::into_inner);
    let total = state.total.load(Ordering::Relaxed);
    let done = state.done.load(Ordering::Relaxed).min(total);
    match (stage, total) {
        ("", _) => None,
        (stage, 0) => Some(stage.to_owned()),
        (stage, total) => Some(format!("{stage} {done}/{total}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_stage_and_steps() {
        let progress = Progress::hidden();
        assert_eq!(line(&progress.state), None);
        progress.stage("reading", 3);
        progress.step();
        assert_eq!(line(&progress.state).as_deref(), Some("reading 1/3"));
        progress.stage("indexing", 0);
        assert_eq!(line(&progress.state).as_deref(), Some("indexing"));
    }
}
