//! Writes articles: every construct of the dialect, in every other, well formed more often than not.

use crate::inline::{inline, marker_inline};
use crate::words;
use fastrand::Rng;

/// What is written deeper than this is text.
pub const MAX_DEPTH: usize = 5;

/// Writes an article.
pub fn article(rng: &mut Rng) -> String {
    let mut text = String::new();
    if rng.u8(..16) == 0 {
        text.push('\u{feff}');
    }
    if rng.u8(..3) == 0 {
        text.push_str(&front_matter(rng));
    }
    for _ in 0..rng.usize(1..9) {
        text.push_str(&block(rng, 0));
        text.push_str(pick(rng, &["\n", "\n", "\n", "", "\n\n"]));
    }
    match rng.u8(..8) {
        0 => text.replace('\n', "\r\n"),
        1 => text.replace('\n', "\r"),
        2 => text.trim_end().to_owned(),
        _ => text,
    }
}

/// One of several.
pub fn pick<'a>(rng: &mut Rng, choices: &[&'a str]) -> &'a str {
    choices[rng.usize(..choices.len())]
}

fn front_matter(rng: &mut Rng) -> String {
    let keys = ["title", "description", "uid", "ms.date", "zone_pivot_groups", "monikerRange", "a"];
    let values = ["b", "known", "'x'", "\"<b>\"", "[a, b]", "{a: b}", "*x", "&a b", "|\n  x", "2020-01-01", "~", ""];
    let lines: String =
        (0..rng.usize(..5)).map(|_| format!("{}: {}\n", pick(rng, &keys), pick(rng, &values))).collect();
    format!("---\n{lines}{}\n", pick(rng, &["---", "---", "---", "...", ""]))
}

/// Kinds of blocks.
const BLOCKS: &[fn(&mut Rng, usize) -> String] = &[
    paragraph,
    paragraph,
    heading,
    list,
    quote,
    callout,
    division,
    fence,
    indented,
    table,
    table,
    raw_html,
    raw_html,
    container,
    container,
    columns,
    directive,
    directive,
    tabs,
    include,
    snippet,
    lines,
    definitions,
    footnotes,
    formula,
    details,
    deep,
];

fn block(rng: &mut Rng, depth: usize) -> String {
    if depth > MAX_DEPTH {
        return inline(rng, depth) + "\n";
    }
    let kind = BLOCKS[rng.usize(..BLOCKS.len())];
    kind(rng, depth)
}

fn blocks(rng: &mut Rng, depth: usize) -> String {
    (0..rng.usize(1..4)).map(|_| block(rng, depth + 1) + pick(rng, &["\n", "\n", ""])).collect()
}

/// Puts something before each line, mostly.
fn prefixed(rng: &mut Rng, text: &str, first: &str, rest: &str) -> String {
    let mut prefix = first;
    let mut prefixed = String::new();
    for line in text.lines() {
        if rng.u8(..24) != 0 {
            prefixed.push_str(prefix);
        }
        prefixed.push_str(line);
        prefixed.push('\n');
        prefix = rest;
    }
    prefixed
}

fn paragraph(rng: &mut Rng, depth: usize) -> String {
    let breaks = ["\n", "\n", "  \n", "\\\n", " "];
    (0..rng.usize(1..5)).map(|_| inline(rng, depth) + pick(rng, &breaks)).collect::<String>() + "\n"
}

fn heading(rng: &mut Rng, depth: usize) -> String {
    let text = inline(rng, depth);
    match rng.u8(..5) {
        0 => format!("{text}\n==\n"),
        1 => format!("## <a id=\"{}\"></a>{text}\n", pick(rng, &["a", "heading", "\"", ""])),
        _ => format!("{} {text}\n", "#".repeat(rng.usize(1..8))),
    }
}

fn list(rng: &mut Rng, depth: usize) -> String {
    let marker = pick(rng, &["- ", "* ", "1. ", "7) ", "-   ", "- [ ] ", "- [x] "]);
    let indent = if rng.u8(..6) == 0 { pick(rng, &["", " ", "\t"]).to_owned() } else { " ".repeat(marker.len()) };
    let items: Vec<String> = (0..rng.usize(1..4)).map(|_| blocks(rng, depth)).collect();
    items.iter().map(|item| prefixed(rng, item, marker, &indent)).collect()
}

fn quote(rng: &mut Rng, depth: usize) -> String {
    let body = blocks(rng, depth);
    let mark = pick(rng, &["> ", ">", "   > "]);
    prefixed(rng, &body, mark, mark)
}

fn callout(rng: &mut Rng, depth: usize) -> String {
    let body = format!("[!{}]\n{}", pick(rng, words::CALLOUTS), blocks(rng, depth));
    prefixed(rng, &body, "> ", "> ")
}

fn division(rng: &mut Rng, depth: usize) -> String {
    let classes = ["checklist", "nextstepaction", "op_single_selector", "op_multi_selector title1=\"a\"", "a\" id=\"b"];
    let attributes = match rng.u8(..4) {
        0 => attributes(rng),
        1 => format!("`{}`", attributes(rng)),
        _ => format!("class=\"{}\"", pick(rng, &classes)),
    };
    let body = format!("[!div {attributes}]\n{}", blocks(rng, depth));
    prefixed(rng, &body, "> ", "> ")
}

fn fence(rng: &mut Rng, _depth: usize) -> String {
    let ticks = pick(rng, &["```", "~~~", "````", "``"]);
    let body = if rng.bool() { code(rng) } else { lines(rng, 0) };
    let end = if rng.u8(..8) == 0 { "" } else { ticks };
    format!("{ticks}{}\n{body}{end}\n", pick(rng, words::INFOS))
}

/// Writes code.
pub fn code(rng: &mut Rng) -> String {
    (0..rng.usize(..9)).map(|_| pick(rng, words::CODE).to_owned() + pick(rng, &[" ", "\n", "\n"])).collect()
}

fn indented(rng: &mut Rng, depth: usize) -> String {
    let body = block(rng, depth + 1);
    let indent = pick(rng, &["    ", "\t", "  ", "   ", "        "]);
    prefixed(rng, &body, indent, indent)
}

fn table(rng: &mut Rng, depth: usize) -> String {
    let width = rng.usize(1..5);
    let row = |rng: &mut Rng| {
        let cells = if rng.u8(..4) == 0 { rng.usize(..7) } else { width };
        let row: Vec<String> = (0..cells).map(|_| inline(rng, depth + 1).replace('\n', " ")).collect();
        if rng.bool() { format!("| {} |\n", row.join(" | ")) } else { format!("{}\n", row.join("|")) }
    };
    let header = row(rng);
    let ruled = if rng.u8(..5) == 0 { rng.usize(..6) } else { width };
    let rule = (0..ruled).map(|_| pick(rng, &["---|", ":-:|", "-|", " --: |"])).collect::<String>();
    header + "|" + &rule + "\n" + &(0..rng.usize(..4)).map(|_| row(rng)).collect::<String>()
}

pub fn raw_html(rng: &mut Rng, depth: usize) -> String {
    let mut html = String::new();
    for _ in 0..rng.usize(1..8) {
        match rng.u8(..8) {
            0 | 1 => html.push_str(&open_tag(rng)),
            2 => html.push_str(&format!("</{}>", pick(rng, words::ELEMENTS))),
            3 => html.push_str(pick(rng, words::TEXTS)),
            4 => html.push_str(pick(rng, &["\n", "\n\n", "\n\n\n", " "])),
            5 => html.push_str(&element(rng, depth)),
            6 => html.push_str(&block(rng, depth + 2)),
            _ => html.push_str(pick(
                rng,
                &["<!-- a -->", "<!-- ", "-->", "<![CDATA[x]]>", "<?a?>", "<!A b>", "<!-->", "<!--->"],
            )),
        }
    }
    html + "\n"
}

/// An element that is closed, with blocks or a line in it.
fn element(rng: &mut Rng, depth: usize) -> String {
    let name = pick(rng, words::ELEMENTS);
    let body = if rng.bool() { format!("\n\n{}\n", block(rng, depth + 2)) } else { inline(rng, depth + 2) };
    format!("<{name} {}>{body}</{name}>", attributes(rng))
}

pub fn open_tag(rng: &mut Rng) -> String {
    let end = pick(rng, &[">", ">", ">", "/>", " / >", ""]);
    format!("<{} {}{end}", pick(rng, words::ELEMENTS), attributes(rng))
}

pub fn attributes(rng: &mut Rng) -> String {
    let attributes: Vec<String> = (0..rng.usize(..4)).map(|_| filled(rng, words::ATTRIBUTES)).collect();
    attributes.join(pick(rng, &[" ", " ", "\n", "/", ""]))
}

/// One of several, a URL put in for `@` and text for `%`.
pub fn filled(rng: &mut Rng, choices: &[&str]) -> String {
    let (url, text) = (pick(rng, words::URLS), pick(rng, words::TEXTS));
    pick(rng, choices).replace('@', url).replace('%', text)
}

/// More containers than are kept, mostly.
fn deep(rng: &mut Rng, depth: usize) -> String {
    let prefix = pick(rng, &["> ", "- ", "> - ", "1. "]).repeat(rng.usize(1..140));
    let body = blocks(rng, depth + 2);
    if rng.bool() { prefixed(rng, &body, &prefix, &prefix) } else { prefixed(rng, &body, &prefix, "  ") }
}

fn details(rng: &mut Rng, depth: usize) -> String {
    format!("<details>\n<summary>{}</summary>\n\n{}\n</details>\n", inline(rng, depth), blocks(rng, depth))
}

/// A `:::` directive with attributes.
pub fn marker(rng: &mut Rng, name: &str) -> String {
    let attributes: String =
        (0..rng.usize(..4)).map(|_| format!(" {}", filled(rng, words::DIRECTIVE_ATTRIBUTES))).collect();
    let (space, end) = (pick(rng, &["", "", " "]), pick(rng, &["", ":::", ":::", " :::", "::"]));
    format!(":::{space}{name}{attributes}{end}")
}

fn directive(rng: &mut Rng, depth: usize) -> String {
    pick(rng, &["", "", "  ", "      "]).to_owned() + &marker_inline(rng, depth) + "\n"
}

fn container(rng: &mut Rng, depth: usize) -> String {
    let (start, name) = match rng.u8(..6) {
        0 | 1 => (":::zone pivot=\"a,b\"".to_owned(), "zone"),
        2 | 3 => ("::: moniker range=\">= a || b\"".to_owned(), "moniker"),
        4 => (":::image type=\"complex\" source=\"a.png\" alt-text=\"x\":::".to_owned(), "image"),
        _ => (marker(rng, "zone"), "zone"),
    };
    let body = blocks(rng, depth);
    let end = match rng.u8(..8) {
        0 => String::new(),
        1 => format!("   :::{name}-end"),
        2 => ":::row-end:::".to_owned(),
        _ => format!(":::{name}-end{}", pick(rng, &["", ":::"])),
    };
    format!("{start}\n{}{body}{end}\n", pick(rng, &["", "\n"]))
}

fn columns(rng: &mut Rng, depth: usize) -> String {
    let indent = pick(rng, &["", "  ", "    ", "\t"]);
    let mut row = ":::row:::\n".to_owned();
    for _ in 0..rng.usize(1..4) {
        let body = blocks(rng, depth);
        let column = format!(
            ":::column{}:::\n{}{}\n",
            pick(rng, &["", " span=\"2\"", " span=\"x\""]),
            prefixed(rng, &body, indent, indent),
            pick(rng, &[":::column-end:::", ":::column-end:::", ":::column-end", ""])
        );
        row.push_str(&prefixed(rng, &column, indent, indent));
    }
    row + pick(rng, &[":::row-end:::\n", ":::row-end:::\n", ""])
}

fn tabs(rng: &mut Rng, depth: usize) -> String {
    let level = "#".repeat(rng.usize(1..4));
    let tab = |rng: &mut Rng| {
        let target = pick(rng, &["a", "b", "a+b", "c/a", "c/", "", "x y", "a/b/c"]);
        format!("{level} [{}](#tab/{target})\n\n{}\n", inline(rng, depth + 2), blocks(rng, depth))
    };
    (0..rng.usize(1..4)).map(|_| tab(rng)).collect::<String>() + pick(rng, &["---\n", "* * *\n", ""])
}

pub fn include(rng: &mut Rng, _depth: usize) -> String {
    let name = pick(rng, &["INCLUDE ", "include", "Include-", "include+", "code-cs", "notebook-python"]);
    let path =
        pick(rng, &["includes/a.md", "a.md", "b.md", "includes/b.md", "../page.md", "none.md", "<a.md>", "a.md 'x'"]);
    format!("[!{name}[{}]({path})]\n", pick(rng, words::TEXTS))
}

/// Code from the file that is there.
fn snippet(rng: &mut Rng, _depth: usize) -> String {
    let ranges = ["1", "1-3", "2-", "3-1", "0", "99", "1,3-4", "a", "-", "4294967296"];
    let selectors = ["range=@", "highlight=@", "name=x", "start=@&end=@", "dedent=@", "range=@&highlight=@", ""];
    let (range, tag) = (pick(rng, &ranges), pick(rng, &["", "#x", "#a", "#nope", "#L1-L3", "#b"]));
    let selector = pick(rng, &selectors).replace('@', range);
    match rng.bool() {
        true => format!("[!code-{}[a](code/a.cs?{selector}{tag})]\n", pick(rng, words::INFOS)),
        false => format!(
            ":::code language=\"{}\" source=\"code/a.cs\" {}:::\n",
            pick(rng, words::INFOS),
            filled(
                rng,
                &["range=\"1-3\"", "id=\"x\"", "range=\"%\"", "highlight=\"2-\"", "id=\"%\" interactive=\"a\"", ""]
            )
        ),
    }
}

fn lines(rng: &mut Rng, _depth: usize) -> String {
    (0..rng.usize(1..6)).map(|_| pick(rng, words::LINES).to_owned() + pick(rng, words::TEXTS) + "\n").collect()
}

fn definitions(rng: &mut Rng, depth: usize) -> String {
    match rng.u8(..4) {
        0 => format!("{}\n: {}\n", inline(rng, depth), blocks(rng, depth)),
        1 => format!("*[{}]: {}\n", pick(rng, &["a", "HTML", "é", "|", "x y"]), inline(rng, depth)),
        _ => format!("[{}]: {} '{}'\n", pick(rng, words::TEXTS), pick(rng, words::URLS), pick(rng, words::TEXTS)),
    }
}

fn footnotes(rng: &mut Rng, depth: usize) -> String {
    let name = pick(rng, &["1", "1", "`|`", "é", "x y"]);
    format!("x[^1] y[^{}]\n\n[^{name}]: {}\n", pick(rng, &["2", "1", "`|`"]), blocks(rng, depth))
}

fn formula(rng: &mut Rng, _depth: usize) -> String {
    let formulas =
        ["x^2", "\\frac{a}{b}", "\\text{<b>}", "\\href{javascript:a}{b}", "\\color{red} x", "a & b \\\\ c", "{", "\\x"];
    format!("$$\n{}\n{}\n", pick(rng, &formulas), pick(rng, &["$$", "$$", "$", ""]))
}
