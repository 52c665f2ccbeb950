//! A case: the files of a small site, made from a seed and a number, and nothing else.

use std::fmt;

use fastrand::Rng;

use crate::data;
use crate::grammar::{self, pick};
use crate::words;

/// The articles that vary: one, and what it includes.
const ARTICLES: [&str; 3] = ["page.md", "includes/a.md", "includes/b.md"];

/// How a text is written.
type Write = fn(&mut Rng) -> String;

/// What else varies.
const BESIDE: &[(&str, Write)] = &[
    ("faq.yml", data::yaml_page),
    ("toc.yml", data::toc),
    ("sub/toc.md", data::toc_of_headings),
    (".openpublishing.redirection.json", data::redirections),
];

/// A configuration that switches everything on.
const EVERYTHING: &str = "markdown_extensions: [advanced, smileys, hardlinebreak]\n\
                          alerts: { TODO: alert }\n";

/// A page that the others lead to.
const OTHER: &str = "---\nuid: known\ntitle: A & <b>\n---\n\n# Heading\n\n## Other\n";

/// The files of a site whose bytes may be anything.
#[derive(Clone)]
pub struct Case {
    /// Paths and bytes.
    pub files: Vec<(&'static str, Vec<u8>)>,
}

impl Case {
    /// The case of a number.
    pub fn new(seed: u64, number: u64) -> Case {
        let mut rng = Rng::with_seed(seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut files: Vec<(&str, Vec<u8>)> =
            ARTICLES.iter().map(|path| (*path, text(&mut rng, grammar::article))).collect();
        for (path, write) in BESIDE {
            if rng.bool() {
                files.push((path, text(&mut rng, *write)));
            }
        }
        files.push(("code/a.cs", grammar::code(&mut rng).into_bytes()));
        files.push(("other.md", OTHER.into()));
        files.push(("recto.yml", if rng.bool() { EVERYTHING.into() } else { Vec::new() }));
        Case { files }
    }

    /// The files as the docset of a test takes them.
    pub fn files(&self) -> impl Iterator<Item = (&'static str, Vec<u8>)> {
        self.files.iter().map(|(path, bytes)| (*path, bytes.clone()))
    }
}

/// Each file as a fence of a case of `tests/markdown`.
impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (path, bytes) in self.files.iter().filter(|(_, bytes)| !bytes.is_empty()) {
            writeln!(f, "```text {path} escaped")?;
            for chunk in bytes.utf8_chunks() {
                for c in chunk.valid().chars() {
                    match c {
                        '\n' => f.write_str("\\n\n")?,
                        '\r' => f.write_str("\\r")?,
                        '\t' => f.write_str("\\t")?,
                        '\\' => f.write_str("\\\\")?,
                        c if c.is_control() || c == '\u{feff}' => write!(f, "\\u{{{:x}}}", u32::from(c))?,
                        c => write!(f, "{c}")?,
                    }
                }
                chunk.invalid().iter().try_for_each(|byte| write!(f, "\\x{byte:02x}"))?;
            }
            f.write_str("\n```\n")?;
        }
        Ok(())
    }
}

/// A text as it is written, one that was cut and stirred, pieces in no order, or bytes.
fn text(rng: &mut Rng, write: Write) -> Vec<u8> {
    match rng.u8(..16) {
        0 => (0..rng.usize(..200)).map(|_| rng.u8(..)).collect(),
        1 | 2 => (0..rng.usize(1..30)).map(|_| piece(rng)).collect::<String>().into_bytes(),
        3..=7 => {
            let mut bytes = write(rng).into_bytes();
            (0..rng.usize(1..8)).for_each(|_| stir(rng, &mut bytes));
            bytes
        }
        _ => write(rng).into_bytes(),
    }
}

fn piece(rng: &mut Rng) -> String {
    let choices = [words::TEXTS, words::LINES, words::ELEMENTS, words::ATTRIBUTES, words::URLS, words::DIRECTIVES];
    let choices = choices[rng.usize(..choices.len())];
    pick(rng, choices).to_owned() + pick(rng, &["", " ", "\n", "\n\n", "\r\n"])
}

/// Changes a text somewhere.
fn stir(rng: &mut Rng, bytes: &mut Vec<u8>) {
    let at = rng.usize(..=bytes.len());
    let end = (at + rng.usize(..24)).min(bytes.len());
    match rng.u8(..9) {
        0 => drop(bytes.drain(at..end)),
        1 => drop(bytes.splice(at..at, bytes[at..end].to_vec())),
        2 => bytes.truncate(at),
        3 => drop(bytes.splice(at..at, [rng.u8(..)])),
        4 => drop(bytes.splice(at..end, piece(rng).into_bytes())),
        5 => bytes[at..end].make_ascii_uppercase(),
        6 => {
            let line = bytes[..at].iter().rposition(|b| *b == b'\n').map_or(0, |before| before + 1);
            let indent = pick(rng, &["    ", "  ", "\t", "> ", "- ", ":::", "|"]);
            drop(bytes.splice(line..line, indent.bytes()));
        }
        7 => {
            let from = rng.usize(..=bytes.len());
            let piece = bytes[from..(from + 60).min(bytes.len())].to_vec();
            drop(bytes.splice(at..at, piece));
        }
        _ => drop(bytes.splice(at..at, piece(rng).into_bytes())),
    }
}
