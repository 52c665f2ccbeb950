//! The structure of the project, kept true: who imports whom, how long files and functions are, what stands where.
//!
//! The rules are those of ARCHITECTURE.md. Each check is a function from a file to what is wrong with it, and is itself
//! tested on small texts.

use std::fs;
use std::path::Path;

/// The rooms of `src/`, from the top down. A room may import from those below it, and from itself.
const LEVELS: &[&[&str]] = &[
    &["main"],
    &["commands"],
    &["cli"],
    &["incremental"],
    &["pipeline"],
    &["render"],
    &["site"],
    &["content"],
    &["config"],
    &["highlight"],
    &["markdown", "report", "json", "yaml"],
    &["diagnostic", "value"],
    &["source"],
    &["path"],
];

/// Of the rest of `markdown/`, what a syntax may see: never the parser, the writer, or another syntax.
const SEEN_BY_EXTENSIONS: &[&str] =
    &["extension", "syntax", "tree", "heading", "video", "description", "code", "spelling"];

/// Crates that one place alone may name, below `src/`.
const ONE_PLACE: &[(&str, &[&str])] = &[
    ("rayon", &["pipeline.rs"]),
    ("serde_yaml", &["yaml.rs", "yaml/"]),
    ("pulldown_cmark", &["markdown/document.rs"]),
    ("tera", &["render/theme.rs", "render/template_error.rs"]),
];

const MAX_FILE_LINES: usize = 400;
const MAX_FUNCTION_LINES: usize = 60;

/// A file of the project: its path with `/`, and its text.
struct File {
    path: String,
    text: String,
}

/// The files with an extension below a folder, sorted.
fn files(folder: &str, extension: &str) -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let entries = walkdir::WalkDir::new(root.join(folder)).sort_by_file_name().into_iter();
    let found = entries.map(|entry| entry.expect("an entry").into_path());
    let found = found.filter(|path| path.extension().is_some_and(|found| found == extension));
    let found: Vec<File> = found
        .map(|path| {
            let text = fs::read_to_string(&path).expect("text");
            let path = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
            File { path, text }
        })
        .collect();
    assert!(!found.is_empty(), "there is nothing in {folder}");
    found
}

/// Fails with everything that `check` finds in files, one a line.
fn check_all(files: &[File], check: impl Fn(&File) -> Vec<String>) {
    let wrong: Vec<String> = files
        .iter()
        .flat_map(|file| check(file).into_iter().map(move |what| format!("{}: {what}", file.path)))
        .collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

fn rust() -> Vec<File> {
    ["src", "tests", "benches"].iter().flat_map(|folder| files(folder, "rs")).collect()
}

/// The code of a file: comments are left out, lines stay.
fn code(text: &str) -> String {
    let without = |line: &str| match line.find("//") {
        // `https://` in a string is no comment.
        Some(at) if !line[..at].ends_with(':') => line[..at].to_owned(),
        _ => line.to_owned(),
    };
    text.lines().map(without).collect::<Vec<_>>().join("\n")
}

/// Every path below the crate that a file names, without `crate::`: `path`, `site::index::Site`, `render::{dates`.
fn imports(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let code = code(text);
    for prefix in ["crate::", "recto::"] {
        for (at, _) in code.match_indices(prefix) {
            let is_word = code[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':'));
            let rest = &code[at + prefix.len()..];
            let list = rest.strip_prefix('{').map(|list| &list[..list.find('}').unwrap_or(list.len())]);
            let names: Vec<&str> = list.map_or_else(|| vec![rest], |list| list.split(',').collect());
            let is_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':');
            let path = |name: &&str| name.trim().split(|c| !is_path(c)).next().unwrap_or_default().to_owned();
            found.extend(names.iter().map(path).filter(|path| !is_word && !path.is_empty()));
        }
    }
    found
}

fn level(room: &str) -> Option<usize> {
    LEVELS.iter().position(|rooms| rooms.contains(&room))
}

/// The room of a file of `src/`: `site` for `src/site/index.rs` and `src/site.rs`.
fn room(path: &str) -> &str {
    let below = path.strip_prefix("src/").unwrap_or(path);
    let first = below.split('/').next().unwrap_or(below);
    first.strip_suffix(".rs").unwrap_or(first)
}

/// Imports that do not point down.
fn upward_imports(file: &File) -> Vec<String> {
    let here = room(&file.path);
    let mut wrong = Vec::new();
    let Some(own) = level(here) else { return vec![format!("the room `{here}` has no level in this test")] };
    for import in imports(&file.text) {
        let there = import.split(':').next().unwrap_or_default();
        match level(there) {
            None => wrong.push(format!("`{import}` is in a room that has no level in this test")),
            Some(level) if level <= own && there != here => wrong.push(format!("`{here}` may not see `{import}`")),
            Some(_) => {}
        }
    }
    let is_room = file.path.matches('/').count() == 1;
    if is_room && file.text.lines().any(|line| line.starts_with("use super::")) {
        wrong.push("`super` leaves the room".to_owned());
    }
    wrong
}

/// What a syntax sees beyond what it may.
fn curious_extensions(file: &File) -> Vec<String> {
    let Some(rest) = file.path.strip_prefix("src/markdown/extensions/") else { return Vec::new() };
    let own = rest.split('/').next().unwrap_or(rest).trim_end_matches(".rs");
    let imports = imports(&file.text);
    let markdown = imports.iter().filter_map(|import| import.strip_prefix("markdown::"));
    let is_wrong = |path: &&str| {
        let mut names = path.split("::");
        match (names.next().unwrap_or_default(), names.next()) {
            ("extensions", of) => of != Some(own),
            (name, _) => name.starts_with(|c: char| c.is_lowercase()) && !SEEN_BY_EXTENSIONS.contains(&name),
        }
    };
    markdown.filter(is_wrong).map(|path| format!("a syntax may not see `markdown::{path}`")).collect()
}

/// Crates that are named where they should not be.
fn misplaced_crates(file: &File) -> Vec<String> {
    let below = file.path.strip_prefix("src/").unwrap_or(&file.path);
    let code = code(&file.text);
    let is_named = |name: &str| code.contains(&format!("{name}::")) || code.contains(&format!("use {name}"));
    let may = |places: &[&str]| places.iter().any(|place| below == *place || below.starts_with(place));
    let wrong = ONE_PLACE.iter().filter(|(name, places)| is_named(name) && !may(places));
    wrong.map(|(name, places)| format!("`{name}` belongs to {}", places.join(", "))).collect()
}

fn long_file(file: &File) -> Vec<String> {
    let lines = file.text.lines().count();
    if lines > MAX_FILE_LINES { vec![format!("{lines} lines are more than {MAX_FILE_LINES}")] } else { Vec::new() }
}

/// Functions that are too long. What rustfmt formatted ends with a brace as far in as it begins.
fn long_functions(file: &File) -> Vec<String> {
    let lines: Vec<&str> = file.text.lines().collect();
    let mut long = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line).filter(|_| !line.ends_with(['}', ';'])) else { continue };
        let end = format!("{}}}", &line[..line.len() - line.trim_start().len()]);
        let length = lines[at..].iter().position(|line| *line == end).map_or(lines.len() - at, |last| last + 1);
        if length > MAX_FUNCTION_LINES {
            long.push(format!("`{name}` has {length} lines, more than {MAX_FUNCTION_LINES}"));
        }
    }
    long
}

/// The name of the function that begins on a line.
fn function_name(line: &str) -> Option<&str> {
    let before = line.find("fn ")?;
    let is_word = |word: &str| matches!(word, "pub" | "pub(super)" | "pub(crate)" | "const" | "async" | "extern");
    if !line[..before].split_whitespace().all(is_word) {
        return None;
    }
    line[before + 3..].split(['(', '<']).next()
}

fn nameless_file(file: &File) -> Vec<String> {
    let has_purpose = file.text.lines().next().is_some_and(|line| line.len() > 4 && line.starts_with("//! "));
    if has_purpose {
        Vec::new()
    } else {
        vec!["the first line does not say what the file is for (`//! ..`)".to_owned()]
    }
}

/// Lines of `src/` that may panic without saying why, or print past the report.
fn unwraps(file: &File) -> Vec<String> {
    let code = code(&file.text);
    let lines = code.lines().enumerate().filter(|(_, line)| line.contains(".unwrap()") || line.contains("unsafe "));
    lines.map(|(at, line)| format!("line {}: `{}`", at + 1, line.trim())).collect()
}

/// Words of a style sheet that are wrong where a language runs from right to left.
fn physical_properties(file: &File) -> Vec<String> {
    let is_name = |c: char| c.is_ascii_alphabetic();
    let lines = file.text.lines().enumerate();
    let wrong = lines.filter(|(_, line)| line.split(|c| !is_name(c)).any(|word| matches!(word, "left" | "right")));
    wrong.map(|(at, line)| format!("line {}: `{}`", at + 1, line.trim())).collect()
}

/// Direct dependencies without a reason: a comment on the line above.
fn bare_dependencies(manifest: &str) -> Vec<String> {
    let (mut bare, mut in_dependencies, mut above) = (Vec::new(), false, "");
    for line in manifest.lines() {
        if line.starts_with('[') {
            in_dependencies = line.ends_with("dependencies]");
        } else if in_dependencies && line.contains(" = ") && !above.starts_with("# ") {
            bare.push(format!("no reason for `{line}`"));
        }
        above = line;
    }
    bare
}

#[test]
fn imports_point_down() {
    let inside = files("src", "rs").into_iter().filter(|file| file.path != "src/lib.rs").collect::<Vec<_>>();
    check_all(&inside, upward_imports);
    check_all(&inside, curious_extensions);
}

#[test]
fn some_crates_have_one_place() {
    check_all(&files("src", "rs"), misplaced_crates);
}

#[test]
fn files_and_functions_are_short_and_say_what_they_are_for() {
    check_all(&rust(), long_file);
    check_all(&rust(), long_functions);
    check_all(&rust(), nameless_file);
}

#[test]
fn nothing_panics_without_a_reason() {
    check_all(&files("src", "rs"), unwraps);
}

#[test]
fn styles_run_in_both_directions() {
    check_all(&files("themes/default/assets", "css"), physical_properties);
    check_all(&files("src", "css"), physical_properties);
}

#[test]
fn each_dependency_has_its_reason() {
    assert_eq!(bare_dependencies(include_str!("../Cargo.toml")), Vec::<String>::new());
}

mod checks {
    //! The checks find what they are for.

    use super::*;

    fn file(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn an_import_that_points_up_is_found_wherever_it_stands() {
        let found = |path: &str, text: &str| upward_imports(&file(path, text)).len();
        assert_eq!(found("src/markdown/tree.rs", "use crate::source::Span;\nuse crate::markdown::syntax::Name;"), 0);
        assert_eq!(found("src/markdown/tree.rs", "use crate::site::index::Site;"), 1);
        assert_eq!(found("src/markdown/tree.rs", "use crate::{site::Site, path, yaml};"), 2);
        assert_eq!(found("src/markdown/html/mod.rs", "    let x = crate::config::load(a);"), 1);
        assert_eq!(found("src/content/toc.rs", "use crate::site::index;"), 1);
        assert_eq!(found("src/content/toc.rs", "/// See [`crate::site`].\nuse crate::path;"), 0);
        assert_eq!(found("src/main.rs", "use recto::cli::Cli;"), 0);
        assert_eq!(found("src/path.rs", "use super::source::Span;"), 1);
        assert_eq!(found("src/new.rs", ""), 1);
        assert_eq!(found("src/site/index.rs", "use crate::new::Thing;"), 1);
    }

    #[test]
    fn a_syntax_that_sees_another_is_found() {
        let found = |text: &str| curious_extensions(&file("src/markdown/extensions/a.rs", text)).len();
        assert_eq!(found("use crate::markdown::tree::Node;\nuse crate::diagnostic::Code;"), 0);
        assert_eq!(found("use crate::markdown::extensions::b::B;"), 1);
        assert_eq!(found("use crate::markdown::document;"), 1);
    }

    #[test]
    fn a_crate_out_of_its_place_is_found() {
        assert_eq!(misplaced_crates(&file("src/yaml/visitor.rs", "serde_yaml::from_str(a)")).len(), 0);
        assert_eq!(misplaced_crates(&file("src/site/index.rs", "// rayon::join\nuse rayon::prelude::*;")).len(), 1);
    }

    #[test]
    fn length_is_counted_as_it_is_written() {
        assert_eq!(long_file(&file("a.rs", &"\n".repeat(400))).len(), 0);
        assert_eq!(long_file(&file("a.rs", &"\n".repeat(401))).len(), 1);
        let function = |lines: usize| format!("    pub fn a(\n    ) {{\n{}    }}\n}}\n", "x\n".repeat(lines - 3));
        assert_eq!(long_functions(&file("a.rs", &function(60))).len(), 0);
        assert_eq!(long_functions(&file("a.rs", &function(61))).len(), 1);
        assert_eq!(long_functions(&file("a.rs", "fn a() {}\nlet fn_like = 1;\n")).len(), 0);
    }

    #[test]
    fn what_a_file_lacks_is_found() {
        assert_eq!(nameless_file(&file("a.rs", "//! What it is for.\n")).len(), 0);
        assert_eq!(nameless_file(&file("a.rs", "use a;\n//! too late\n")).len(), 1);
        assert_eq!(unwraps(&file("a.rs", "a.unwrap_or(b) // no .unwrap()\n")).len(), 0);
        assert_eq!(unwraps(&file("a.rs", "a.unwrap();\n")).len(), 1);
        assert_eq!(physical_properties(&file("a.css", "a { inset-inline-end: 0 }\n.bright { margin: 0 }\n")).len(), 0);
        assert_eq!(physical_properties(&file("a.css", "a { margin-left: 0 }\nb { float: right }\n")).len(), 2);
        assert_eq!(bare_dependencies("[dependencies]\n# Why.\na = \"1\"\nb = \"1\"\n[lints]\nc = 1\n").len(), 1);
    }
}
