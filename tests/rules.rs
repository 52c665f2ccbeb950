//! The rules, as the manual tells them: every code has its section, and its examples are true.
//!
//! The wrong example of a rule, put into a docset without faults, gives that code; the right one gives nothing at all.
//! The info string of a fence names the file that it is; without one it is an article.
//! `UPDATE=1 cargo test --test rules` writes the table of all codes anew.

mod harness;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use harness::cases::{self, Case, Piece};
use harness::docset::{self, Docset};
use recto::diagnostic::{Code, Rule, Severity};

/// What no text can show, and words tell: bytes that are no text, a file that cannot be opened.
const IN_WORDS: &[Code] = &[Code::FileEncoding, Code::FileUnreadable];

/// The docset into which the examples are put.
const STAND: &[(&str, &str)] = &[
    ("recto.yml", "base_path: /contoso\nexclude: [\"articles/azure.yml\"]\n"),
    (
        ".openpublishing.redirection.json",
        r#"{"redirections": [{"source_path": "articles/old-install.md", "redirect_url": "/contoso/install"}]}"#,
    ),
    ("articles/install.md", "# Install\n\n## On Windows\n"),
    ("articles/start.md", "# Start\n"),
    ("articles/build.md", "# Build\n"),
    ("articles/run.md", "# Run\n"),
    ("articles/advanced.md", "# Advanced\n"),
    ("articles/advanced/index.md", "# Advanced\n"),
    ("articles/advanced/toc.yml", "- name: Run\n  href: ../run.md\n"),
    ("articles/basics/index.md", "# Basics\n"),
    ("articles/code/greet.cs", "// <greet>\nGreet();\n// </greet>\n"),
    ("articles/code/train.py", "import math\n"),
    ("articles/azure.yml", "steps:\n# <job>\njob: a\n# </job>\npool: b\nsteps2: 1\na: 1\nb: 2\nc: 3\n"),
    (
        "articles/train.ipynb",
        r#"{"cells": [{"cell_type": "code", "metadata": {"name": "import"}, "source": ["import math"]}]}"#,
    ),
    ("articles/media/settings.png", ""),
    ("includes/setup.md", "Set it up.\n"),
    ("includes/terms.md", "the terms\n"),
];

fn manual() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("articles/diagnostics.md")
}

/// The section of a code.
fn section(code: Code) -> Case {
    let sections = cases::read(manual()).cases;
    sections.into_iter().find(|case| case.name == code.as_str()).expect("a section for each code")
}

/// The files of the wrong example and of the right one.
type Example = [Vec<(String, String)>; 2];

fn example(code: Code) -> Option<Example> {
    let mut example = Example::default();
    let mut side = None;
    for piece in section(code).pieces {
        match piece {
            Piece::Prose(prose) if prose.contains("Wrong:\n") => side = Some(0),
            Piece::Prose(prose) if prose.contains("Right:\n") => side = Some(1),
            // A line that names a file may stand between two of them.
            Piece::Prose(prose) if prose.trim().is_empty() || prose.contains("`:\n") => {}
            Piece::Prose(_) => side = None,
            Piece::Fence(fence) => {
                let Some(files) = side.map(|side| &mut example[side]) else { continue };
                match fence.language.as_str() {
                    // A list of files that hold nothing of interest.
                    "text" => files.extend(fence.text.lines().map(|path| (path.to_owned(), "# Title\n".to_owned()))),
                    "md" => files.push((fence.path().unwrap_or("articles/example.md").to_owned(), fence.text)),
                    _ => files.push((fence.path().expect("the name of a file").to_owned(), fence.text)),
                }
            }
        }
    }
    (!example.concat().is_empty()).then_some(example)
}

/// What is wrong with the docset when these files are in it.
fn faults(files: &[(String, String)]) -> Vec<(Code, String)> {
    let stand = STAND.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    let all: BTreeMap<String, String> = stand.chain(files.iter().cloned()).collect();
    let docset = Docset::new(all.iter().map(|(path, text)| (path.as_str(), text.clone().into_bytes())), None);
    let located = docset.locate(docset.diagnostics());
    located.iter().map(|one| (one.diagnostic.code, docset::line(one, "", true))).collect()
}

#[test]
fn the_docset_of_the_examples_has_no_faults() {
    assert_eq!(faults(&[]), []);
}

#[test]
fn every_wrong_example_is_reported_and_every_right_one_is_not() {
    let mut lies = Vec::new();
    for code in Code::ALL {
        let Some([wrong, right]) = example(*code) else { continue };
        let told = faults(&wrong);
        if !told.iter().any(|(found, _)| found == code) {
            lies.push(format!("{code}: the wrong example gives {told:?}"));
        }
        let told = faults(&right);
        if right.is_empty() || !told.is_empty() {
            lies.push(format!("{code}: the right example of {} files gives {told:?}", right.len()));
        }
    }
    assert!(lies.is_empty(), "\n{}\n", lies.join("\n"));
}

#[test]
fn every_rule_has_a_wrong_and_a_right_example_some_of_them_in_words() {
    let without: Vec<Code> = Code::ALL.iter().copied().filter(|code| example(*code).is_none()).collect();
    assert_eq!(without, IN_WORDS);
    for code in IN_WORDS {
        let text = Rule::of(*code).text;
        assert!(text.contains("\nWrong: ") && text.contains("\nRight: "), "{code}");
    }
}

#[test]
fn each_section_begins_with_the_severity_of_its_code() {
    for code in Code::ALL {
        let rule = Rule::of(*code);
        let names = rule.severities.to_lowercase().replace(" or ", ", ");
        let named: Vec<Severity> = names.split(", ").map_while(|name| name.parse().ok()).collect();
        assert!(named.contains(&code.severity()), "{code} is {}, not {:?}", code.severity(), rule.severities);
        assert!(!rule.summary().is_empty(), "{code} is not explained");
    }
}

#[test]
fn the_manual_lists_every_code() {
    let text = fs::read_to_string(manual()).expect("the manual");
    let (before, rest) = text.split_once("\n| code | severity | what |\n").expect("the table of all codes");
    let (_, after) = rest.split_once("\n\n").expect("the end of the table");
    let mut table = String::from("\n| code | severity | what |\n|---|---|---|\n");
    for code in Code::ALL {
        let rule = Rule::of(*code);
        let severities = rule.severities.to_lowercase();
        let _ = writeln!(table, "| [`{code}`](#{code}) | {severities} | {} |", rule.summary());
    }
    let expected = format!("{before}{table}\n{after}");
    if std::env::var_os("UPDATE").is_some() && expected != text {
        fs::write(manual(), expected).expect("the manual can be written");
    } else {
        assert!(expected == text, "the table of all codes is not that of the sections: UPDATE=1 writes it anew");
    }
}

#[test]
fn the_sections_are_those_of_the_codes_in_their_order() {
    let sections = cases::read(manual()).cases;
    let names: Vec<&str> = sections.iter().map(|case| case.name.as_str()).filter(|name| *name != "All codes").collect();
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(names, codes);
}
