//! Writes what lies beside articles: YAML pages, tables of contents and redirections, well formed more often than not.

use fastrand::Rng;

use crate::grammar::{article, filled, pick};
use crate::inline::inline;
use crate::words;

/// Keys of YAML pages.
const PAGE_KEYS: &[&str] = &[
    "title",
    "name",
    "question",
    "summary",
    "text",
    "description",
    "answer",
    "note",
    "url",
    "href",
    "sections",
    "items",
    "links",
    "metadata",
    "\"\\x41\"",
    "? a",
];

/// Keys of tables of contents.
const TOC_KEYS: &[&str] =
    &["name", "name", "href", "href", "topicHref", "tocHref", "homepage", "uid", "items", "items", "expanded", "order"];

/// Values on a line.
const VALUES: &[&str] = &[
    "",
    "~",
    "true",
    "1.10",
    "0x1f",
    "007",
    "99999999999999999999999",
    "-9e999",
    ".inf",
    ".nan",
    "2020-01-01",
    "&a b",
    "*a",
    "!t c",
    "!!str 1",
    "{a: b, c: [d, {name: e}]}",
    "[a, 'b', \"c\"]",
    "{name: 'é', href: other.md}",
    "[",
    "'",
    "\"",
    "a # b",
    "a: b",
    "%",
    "@a",
    "'it''s'",
    "\"\\u00e9\\n\\x41\"",
    "é概😀",
    "\t",
    "<b>é</b>",
    "<zzz é>",
];

/// Writes a YAML page.
pub fn yaml_page(rng: &mut Rng) -> String {
    let mime = pick(rng, &["### YamlMime:FAQ\n", "### YamlMime:Landing\n", "#YamlMime:Hub\n", ""]);
    let text = format!("{mime}{}", mapping(rng, PAGE_KEYS, 0));
    ends(rng, text)
}

/// Writes a `toc.yml`.
pub fn toc(rng: &mut Rng) -> String {
    let text = if rng.bool() { list(rng, TOC_KEYS, 0) } else { mapping(rng, TOC_KEYS, 0) };
    ends(rng, text)
}

/// Writes a `toc.md`.
pub fn toc_of_headings(rng: &mut Rng) -> String {
    const LINES: &[&str] = &[
        "# [%](@)",
        "## [%](@ \"%\")",
        "### <xref:%>",
        "# @known",
        "## %",
        "#%",
        "<!-- % -->",
        "<!--",
        "-->",
        "%",
        "",
        "# [%](<@>) #",
        "[%](@)",
        "# \\[%](@)",
        "####### [%](@) x",
        "---",
        "# `%`",
    ];
    let line = |rng: &mut Rng| filled(rng, LINES) + pick(rng, &["\n", "\n", "\n\n", "\r\n", "\r", " "]);
    (0..rng.usize(..12)).map(|_| line(rng)).collect()
}

/// Writes a redirection file.
pub fn redirections(rng: &mut Rng) -> String {
    const ENTRIES: &[&str] = &[
        "{\"source_path\": \"gone.md\", \"redirect_url\": \"@\"}",
        "{\"source_path_from_root\": \"/@\", \"redirect_url\": \"/a\"}",
        "{\"source_path\": \"@\", \"redirect_url\": \"/docs/x\", \"monikers\": [\"%\"]}",
        "{\"redirect_url\": 1}",
        "/* % */",
        "null",
    ];
    let entries: Vec<String> = (0..rng.usize(..5)).map(|_| filled(rng, ENTRIES)).collect();
    format!("{{\"redirections\": [{}]}}", entries.join(pick(rng, &[", ", ",\n", " "])))
}

fn ends(rng: &mut Rng, text: String) -> String {
    match rng.u8(..8) {
        0 => text.replace('\n', "\r\n"),
        1 => text.replace('\n', "\r"),
        2 => format!("\u{feff}{text}"),
        _ => text,
    }
}

fn mapping(rng: &mut Rng, keys: &[&str], depth: usize) -> String {
    let entry = |rng: &mut Rng| format!("{}{}:{}", "  ".repeat(depth), pick(rng, keys), value(rng, keys, depth));
    (0..rng.usize(1..5)).map(|_| entry(rng)).collect()
}

fn list(rng: &mut Rng, keys: &[&str], depth: usize) -> String {
    let indent = "  ".repeat(depth);
    let item = |rng: &mut Rng| match rng.u8(..6) {
        0 => format!("{indent}-{}", value(rng, keys, depth)),
        _ => format!("{indent}- {}", mapping(rng, keys, depth + 1).trim_start_matches(' ')),
    };
    (0..rng.usize(1..4)).map(|_| item(rng)).collect()
}

/// What stands behind a colon or a dash, up to the end of its last line.
fn value(rng: &mut Rng, keys: &[&str], depth: usize) -> String {
    let deeper = depth < 4;
    match rng.u8(..12) {
        0 | 1 if deeper => format!("\n{}", list(rng, keys, depth + 1)),
        2 if deeper => format!("\n{}", mapping(rng, keys, depth + 1)),
        3 | 4 => {
            let text = if rng.bool() { article(rng) } else { inline(rng, 2) };
            let indent = "  ".repeat(depth + 1);
            let lines: String = text.lines().map(|line| format!("{indent}{line}\n")).collect();
            format!(" {}\n{lines}", pick(rng, &["|", "|", ">", ">-", "|+", "|2"]))
        }
        5 => format!(" \"{}\"\n", inline(rng, 2).replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")),
        6 => format!(" '{}'\n", inline(rng, 2).replace('\'', "''").replace('\n', "\n      ")),
        7 => format!(" {}\n", pick(rng, words::URLS)),
        8 => format!(" {}\n", pick(rng, words::TEXTS)),
        _ => format!(" {}\n", pick(rng, VALUES)),
    }
}
