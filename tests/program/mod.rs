//! The program as its users run it: a command line in a folder, its exit code and what it prints.

#![allow(dead_code, reason = "each test binary uses a part")]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// The keys of a diagnostic in JSON, in their order.
pub const KEYS: [&str; 9] = ["code", "severity", "message", "help", "file", "line", "column", "end_line", "end_column"];

/// How a run ended.
#[derive(Debug)]
pub struct Run {
    /// The exit code.
    pub code: i32,
    /// What it printed for programs.
    pub stdout: String,
    /// What it printed for people.
    pub stderr: String,
}

impl Run {
    /// The lines of standard output, each one JSON value.
    pub fn json(&self) -> Vec<Value> {
        let parse = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        self.stdout.lines().map(parse).collect()
    }

    /// Asserts the exit code; what was printed tells why it is another.
    #[track_caller]
    pub fn ends_with(self, code: i32) -> Run {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }
}

/// The program, to be run in `folder`, with nothing of the environment that changes what it prints.
pub fn recto(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_recto"));
    command.current_dir(folder).stdin(Stdio::null());
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR", "GITHUB_WORKSPACE", "COLUMNS"] {
        command.env_remove(name);
    }
    command
}

/// Runs the program in `folder`.
pub fn run<I: IntoIterator<Item: AsRef<OsStr>>>(folder: &Path, arguments: I) -> Run {
    ended(recto(folder).args(arguments).output().expect("the program starts"))
}

/// Runs the program in `folder` with a text on standard input.
pub fn run_with_input(folder: &Path, arguments: &[&str], input: &str) -> Run {
    let mut command = recto(folder);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    child.stdin.take().expect("piped").write_all(input.as_bytes()).expect("the program reads");
    ended(child.wait_with_output().expect("the program ends"))
}

fn ended(output: std::process::Output) -> Run {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Run { code: output.status.code().expect("no signal"), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// Writes files, folders and all.
pub fn lay(root: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let target = root.join(path);
        fs::create_dir_all(target.parent().expect("in a folder")).expect("made");
        fs::write(target, text).expect("written");
    }
}

/// A temporary folder with files.
pub fn docset(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    lay(folder.path(), files);
    folder
}

/// An empty folder of this name that stays after the test, for looking at what went wrong.
pub fn workspace(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("removed");
    }
    fs::create_dir_all(&folder).expect("made");
    folder
}

/// Every file below a folder, by its path with `/`.
pub fn files(root: &Path) -> BTreeMap<String, PathBuf> {
    let entries = walkdir::WalkDir::new(root).into_iter().map(|entry| entry.expect("readable"));
    let name = |path: &Path| path.strip_prefix(root).expect("below").to_string_lossy().replace('\\', "/");
    entries.filter(|entry| entry.file_type().is_file()).map(|entry| (name(entry.path()), entry.into_path())).collect()
}

/// The bytes of every file below a folder.
pub fn snapshot(root: &Path) -> BTreeMap<String, Vec<u8>> {
    files(root).into_iter().map(|(name, path)| (name, fs::read(path).expect("readable"))).collect()
}

/// Asserts that two folders hold the same files; names the first few that differ.
#[track_caller]
pub fn assert_same(left: &BTreeMap<String, Vec<u8>>, right: &BTreeMap<String, Vec<u8>>) {
    let names: std::collections::BTreeSet<&String> = left.keys().chain(right.keys()).collect();
    let differ: Vec<&&String> = names.iter().filter(|name| left.get(**name) != right.get(**name)).take(9).collect();
    assert!(differ.is_empty(), "these files differ: {differ:?}");
}

/// The folder that an environment variable names; where it is not set, says that the test is skipped.
///
/// The line goes around the test runner, which would keep it back for a test that passes.
pub fn data(variable: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(variable).map(PathBuf::from);
    if folder.is_none() {
        let _ = writeln!(std::io::stderr(), "skipped: {variable} names no folder");
    }
    folder
}

/// The keys of a JSON object, in their order.
pub fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}
