//! Inputs that cost a careless reader the square of their length, or the stack: each takes two seconds and 300 MiB at
//! most, from the article to the page.
//!
//! `cargo test --release --test pathological`: the bars are for a release build, other builds skip them. Each input is
//! built by the program in a process of its own, so that its CPU time and its peak of memory are those of the input.

mod code;
mod commonmark;
mod dialect;
#[path = "../program/mod.rs"]
mod program;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{ExitCode, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use libtest_mimic::{Arguments, Failed, Trial};
use wait4::Wait4;

/// How much CPU time an input may take.
const MAX_TIME: Duration = Duration::from_secs(2);

/// How much memory a build may take at once, in MiB.
const MAX_MEMORY: u64 = 300;

type Text = Box<dyn Fn() -> String + Send>;
type Files = Box<dyn Fn() -> Vec<(String, String)> + Send>;

/// An article, and what lies beside it. Its text is made when it is needed: what the test holds itself would count.
pub struct Input {
    name: &'static str,
    text: Text,
    files: Files,
}

impl Input {
    /// Adds other files, by their paths.
    pub fn beside(self, files: impl Fn() -> Vec<(String, String)> + Send + 'static) -> Input {
        Input { files: Box::new(files), ..self }
    }
}

/// An article alone.
pub fn input(name: &'static str, text: impl Fn() -> String + Send + 'static) -> Input {
    Input { name, text: Box::new(text), files: Box::new(Vec::new) }
}

/// A pattern again and again.
pub fn repeated(pattern: &'static str, count: usize) -> Input {
    input(pattern, move || pattern.repeat(count))
}

/// One line for each number below `count`.
pub fn numbered(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

/// What a build took.
#[derive(Clone, Copy, Default)]
struct Cost {
    time: Duration,
    /// MiB.
    memory: u64,
}

impl Cost {
    fn check(self) -> Result<(), Failed> {
        if self.time > MAX_TIME || self.memory > MAX_MEMORY {
            return Err(format!("{:.2} s of CPU time, {} MiB of memory", self.time.as_secs_f64(), self.memory).into());
        }
        Ok(())
    }
}

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    if cfg!(debug_assertions) {
        let _ = writeln!(std::io::stderr(), "skipped: the bars of pathological inputs are for a release build");
        return ExitCode::SUCCESS;
    }
    // What runs beside a build slows it down.
    arguments.test_threads = Some(1);
    let worst: Arc<Mutex<[(Cost, &str); 2]>> = Arc::default();
    let inputs = commonmark::inputs().into_iter().chain(dialect::inputs()).chain(code::inputs());
    let mut trials: Vec<Trial> = inputs.map(|input| trial(input, worst.clone())).collect();
    trials.push(Trial::test("the measure tells what is too much", the_measure_tells_what_is_too_much));
    let conclusion = libtest_mimic::run(&arguments, trials);
    let [slowest, largest] = *worst.lock().expect("no check panics");
    let _ = writeln!(
        std::io::stdout(),
        "slowest: {:.2} s, {:?}; largest: {} MiB, {:?}",
        slowest.0.time.as_secs_f64(),
        slowest.1,
        largest.0.memory,
        largest.1
    );
    conclusion.exit_code()
}

fn trial(input: Input, worst: Arc<Mutex<[(Cost, &'static str); 2]>>) -> Trial {
    // Names of patterns hold line breaks and more.
    Trial::test(input.name.escape_debug().to_string(), move || {
        let cost = build(&input)?;
        let [slowest, largest] = &mut *worst.lock().expect("no check panics");
        if cost.time > slowest.0.time {
            *slowest = (cost, input.name);
        }
        if cost.memory > largest.0.memory {
            *largest = (cost, input.name);
        }
        cost.check()
    })
}

/// Builds the site of an input and tells what it took. Mistakes in the article are fine, a broken build is not.
fn build(input: &Input) -> Result<Cost, Failed> {
    // What a disk takes to create files is not what the input costs: in memory, where there is such a file system.
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir())?;
    for (path, text) in (input.files)().into_iter().chain([("page.md".to_owned(), (input.text)())]) {
        let path = folder.path().join("in").join(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("")))?;
        fs::write(path, text)?;
    }
    let mut command = program::recto(folder.path());
    command.args(["build", "in", "-o", "out"]).stdout(Stdio::null()).stderr(Stdio::null());
    let used = command.spawn()?.wait4()?;
    if !matches!(used.status.code(), Some(0 | 1)) {
        return Err(format!("the build ended with {}", used.status).into());
    }
    if !folder.path().join("out/page.html").exists() {
        return Err("the build wrote no page".into());
    }
    Ok(Cost { time: used.rusage.utime + used.rusage.stime, memory: used.rusage.maxrss >> 20 })
}

/// Three million pipes take more than is allowed, and more than the measure itself: if they seem not to, it is broken.
fn the_measure_tells_what_is_too_much() -> Result<(), Failed> {
    let cost = build(&input("3,000,000 pipes", || "|".repeat(3_000_000) + "\n|-|\n"))?;
    match cost.check() {
        Ok(()) => Err(format!("{} MiB", cost.memory).into()),
        Err(_) => Ok(()),
    }
}
