//! Files of cases: markdown in which a heading names a case and fences hold its files and what is expected of them.
//!
//! ````text
//! ## a callout has its kind as class
//!
//! ```md
//! > [!NOTE]
//! > Text.
//! ```
//!
//! ```html
//! <div class="NOTE" role="note">
//! <p>Text.</p>
//! </div>
//! ```
//! ````
//!
//! The info string of a fence is its language, then the path of the file, then flags. With the flag `escaped` a file is
//! written with `\r`, `\n`, `\t`, `\\`, `\xff` and `\u{feff}`, and has no other line ends.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Failed, Trial};

/// A file of cases.
pub struct CaseFile {
    /// Where it lies.
    pub path: PathBuf,
    /// What stands before the first case.
    pub preface: String,
    /// Its cases.
    pub cases: Vec<Case>,
}

/// One case.
#[derive(Clone)]
pub struct Case {
    /// The heading.
    pub name: String,
    /// Prose and fences, in order.
    pub pieces: Vec<Piece>,
}

/// A piece of a case.
#[derive(Clone, PartialEq)]
pub enum Piece {
    /// Text between fences, as it is written.
    Prose(String),
    /// A fence.
    Fence(Fence),
}

/// A fenced block.
#[derive(Clone, PartialEq)]
pub struct Fence {
    /// The first word of its info string.
    pub language: String,
    /// The other words.
    pub words: Vec<String>,
    /// Its text.
    pub text: String,
}

impl Fence {
    /// Whether a flag is set.
    pub fn has(&self, flag: &str) -> bool {
        self.words.iter().any(|word| word == flag)
    }

    /// The path of the file that it holds.
    pub fn path(&self) -> Option<&str> {
        self.words.iter().map(String::as_str).find(|word| word.contains(['.', '/']))
    }

    /// The bytes of the file that it holds.
    pub fn bytes(&self) -> Vec<u8> {
        if self.has("escaped") { unescape(&self.text.replace('\n', "")) } else { self.text.clone().into_bytes() }
    }
}

/// Runs each case of `tests/FOLDER/*.md` as a test of its own, after some others. With `UPDATE=1` what is expected is
/// rewritten first. Ends the process.
pub fn run(folder: &str, mut trials: Vec<Trial>, update: fn(&mut Case), check: fn(&Case) -> Result<(), Failed>) -> ! {
    let arguments = Arguments::from_args();
    let mut files = read_all(folder);
    if std::env::var_os("UPDATE").is_some() {
        files.iter_mut().for_each(|file| {
            file.cases.iter_mut().for_each(update);
            file.write();
        });
    }
    for file in files {
        let feature = file.name();
        for case in file.cases {
            trials.push(Trial::test(format!("{feature}: {}", case.name), move || check(&case)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// The files of cases in a folder of `tests`, sorted.
pub fn read_all(folder: &str) -> Vec<CaseFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let entries = std::fs::read_dir(&folder).expect("the folder of cases");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry of a folder").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    paths.into_iter().map(read).collect()
}

/// Reads one file of cases.
pub fn read(path: PathBuf) -> CaseFile {
    let text = std::fs::read_to_string(&path).expect("a file of cases");
    let mut file = CaseFile { path, preface: String::new(), cases: Vec::new() };
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix("## ") {
            file.cases.push(Case { name: name.to_owned(), pieces: Vec::new() });
            continue;
        }
        let Some(case) = file.cases.last_mut() else {
            let _ = writeln!(file.preface, "{line}");
            continue;
        };
        let ticks = line.len() - line.trim_start_matches('`').len();
        if ticks >= 3 {
            let close = &line[..ticks];
            let mut words = line[ticks..].split_whitespace().map(str::to_owned);
            let language = words.next().unwrap_or_default();
            let words = words.collect();
            let text = lines.by_ref().take_while(|line| *line != close).map(|line| format!("{line}\n")).collect();
            case.pieces.push(Piece::Fence(Fence { language, words, text }));
        } else if let Some(Piece::Prose(prose)) = case.pieces.last_mut() {
            let _ = writeln!(prose, "{line}");
        } else {
            case.pieces.push(Piece::Prose(format!("{line}\n")));
        }
    }
    file
}

impl Case {
    /// The first fence of a language.
    pub fn fence(&self, language: &str) -> Option<&Fence> {
        self.fences().find(|fence| fence.language == language)
    }

    /// Its fences, in order.
    pub fn fences(&self) -> impl Iterator<Item = &Fence> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Fence(fence) => Some(fence),
            Piece::Prose(_) => None,
        })
    }

    /// Puts `text` into the fence of a language; adds the fence, or takes it out when `text` is empty.
    pub fn set(&mut self, language: &str, text: &str) {
        let is_it = |piece: &Piece| matches!(piece, Piece::Fence(fence) if fence.language == language);
        match self.pieces.iter().position(is_it) {
            Some(at) if text.is_empty() => drop(self.pieces.drain(at..(at + 2).min(self.pieces.len()))),
            Some(at) => {
                if let Piece::Fence(fence) = &mut self.pieces[at] {
                    fence.text = text.to_owned();
                }
            }
            None if text.is_empty() => {}
            None => {
                if matches!(self.pieces.last(), Some(Piece::Fence(_))) {
                    self.pieces.push(Piece::Prose("\n".to_owned()));
                }
                let fence = Fence { language: language.to_owned(), words: Vec::new(), text: text.to_owned() };
                self.pieces.extend([Piece::Fence(fence), Piece::Prose("\n".to_owned())]);
            }
        }
    }
}

impl CaseFile {
    /// The name of the file without its extension.
    pub fn name(&self) -> String {
        self.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// Writes the file anew, if it changed.
    pub fn write(&self) {
        let mut text = self.preface.clone();
        for case in &self.cases {
            let _ = writeln!(text, "## {}", case.name);
            for piece in &case.pieces {
                match piece {
                    Piece::Prose(prose) => text.push_str(prose),
                    Piece::Fence(fence) => push_fence(&mut text, fence),
                }
            }
        }
        let text = format!("{}\n", text.trim_end());
        if std::fs::read_to_string(&self.path).ok().as_ref() != Some(&text) {
            std::fs::write(&self.path, text).expect("the file of cases can be written");
        }
    }
}

fn push_fence(text: &mut String, fence: &Fence) {
    let longest = fence.text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat((longest + 1).max(3));
    let words: String = fence.words.iter().map(|word| format!(" {word}")).collect();
    let _ = writeln!(text, "{ticks}{}{words}\n{}{ticks}", fence.language, fence.text);
}

fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        bytes.extend(&rest.as_bytes()[..at]);
        rest = &rest[at + 1..];
        let kind = rest.chars().next().expect("something after a backslash");
        rest = &rest[kind.len_utf8()..];
        match kind {
            'r' => bytes.push(b'\r'),
            'n' => bytes.push(b'\n'),
            't' => bytes.push(b'\t'),
            'x' => {
                bytes.push(u8::from_str_radix(&rest[..2], 16).expect("two hexadecimal digits"));
                rest = &rest[2..];
            }
            'u' => {
                let end = rest.find('}').expect("a closing brace");
                let number = u32::from_str_radix(&rest[1..end], 16).expect("a hexadecimal number");
                let c = char::from_u32(number).expect("a character");
                bytes.extend(c.to_string().as_bytes());
                rest = &rest[end + 1..];
            }
            _ => bytes.push(b'\\'),
        }
    }
    bytes.extend(rest.as_bytes());
    bytes
}
