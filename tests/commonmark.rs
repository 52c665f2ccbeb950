//! The examples of the CommonMark specification, through our own reader and writer: masks and wrappers must not disturb
//! plain markdown. `RECTO_COMMONMARK` names the specification's `spec.txt`, version 0.31.2.
//!
//! Raw HTML is trusted, by the switch that `recto.yml` has for it. Compared is HTML in a normal form: attributes sorted,
//! white space collapsed where browsers collapse it, addresses percent-decoded, and without what decorates a page.

#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

mod harness;

use std::collections::BTreeSet;

use harness::docset::Docset;
use recto::config;
use recto::markdown::html::{Want, escape};
use recto::markdown::{document, html};
use recto::source::Sources;

/// Examples whose HTML differs on purpose, by cause.
const DIFFERENCES: &[(&str, &[usize])] =
    &[("a bare URL is a link, as docfx reads it and as authors of docs expect", &[608, 611])];

const EXAMPLES: usize = 652;

/// An example of the specification.
struct Example {
    number: usize,
    markdown: String,
    html: String,
}

#[test]
fn every_example_of_the_specification_is_read_as_it_says() {
    let Ok(path) = std::env::var("RECTO_COMMONMARK") else {
        eprintln!("skipped: RECTO_COMMONMARK does not name the specification of CommonMark");
        return;
    };
    let text = std::fs::read_to_string(path).expect("the specification");
    assert!(text.contains("version: '0.31.2'"), "the specification has another version");
    let examples = examples(&text);
    assert_eq!(examples.len(), EXAMPLES);
    let expected: BTreeSet<usize> = DIFFERENCES.iter().flat_map(|(_, numbers)| *numbers).copied().collect();
    let mut differing = BTreeSet::new();
    for example in &examples {
        let (wanted, made) = (normal(&example.html), normal(&our_html(&example.markdown)));
        if wanted != made {
            differing.insert(example.number);
            if !expected.contains(&example.number) {
                eprintln!("example {}\n{}\n--- wanted\n{wanted}\n+++ made\n{made}\n", example.number, example.markdown);
            }
        }
    }
    assert_eq!(differing, expected, "these examples differ, and those are known to");
    eprintln!("{} of {EXAMPLES} examples are equal", EXAMPLES - differing.len());
}

#[test]
fn html_reaches_a_page_as_it_is_written_where_it_is_trusted() {
    let article =
        "<script src='sub/x.js'></script>\n\n[x](javascript:y) <b onclick=z() id=q>b</b>\n\n<p align='a'><a href=#q>\n";
    let page = |configuration: &str| {
        let files = [("recto.yml", configuration), ("docs/page.md", article), ("docs/sub/x.js", "")];
        let docset = Docset::new(files.map(|(path, text)| (path, text.as_bytes().to_vec())), None);
        let page = docset.page("docs/page.md").expect("a page");
        let codes: Vec<_> = page.diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
        (page.html, codes.join(" "))
    };
    let trusted = "<script src=\"sub/x.js\"></script>\n<p><a href=\"javascript:y\">x</a> <b onclick=z() id=q>b</b></p>\n<p align='a'><a href=#q>\n";
    assert_eq!(page("raw_html: trusted\nresource: \"**/*.js\"\n"), (trusted.to_owned(), String::new()));
    let filtered = "\n<p><span>x</span> <b id=\"q\">b</b></p>\n<p align=\"a\"><a href=\"#q\">\n</a></p>";
    let codes = "disallowed-html-tag disallowed-html-attribute unsafe-link";
    assert_eq!(page("raw_html: filtered\n"), (filtered.to_owned(), codes.to_owned()));
}

#[test]
fn the_normal_form_keeps_what_matters() {
    let is_same = |a: &str, b: &str| normal(a) == normal(b);
    assert!(is_same("<p>a\n b</p>\n", "<p >a b</p>"));
    assert!(is_same("<a href=\"a%20b\" title='&quot;'>x</a>", "<a title='\"' href=\"a b\">x</a>"));
    assert!(is_same("<div class=\"heading h2\"><h2 id=\"x\">x</h2><a data-decoration></a></div>", "<h2>x</h2>"));
    for (a, b) in [
        ("<p>a</p>", "<p>b</p>"),
        ("<p>a <em>b</em></p>", "<p>a<em>b</em></p>"),
        ("<pre>a\n b</pre>", "<pre>a b</pre>"),
        ("<a href=\"x\"></a>", "<a></a>"),
        ("<p><b>x</p></b>", "<p><b>x</b></p>"),
        ("<!-- a -->", "<!-- b -->"),
        ("&lt;b>", "<b>"),
        ("<div><p>a</p></div>", "<p>a</p>"),
    ] {
        assert!(!is_same(a, b), "{a} {b}");
    }
}

/// The examples of `spec.txt`: between fences of 32 backticks, markdown and HTML with a lone dot between them.
fn examples(text: &str) -> Vec<Example> {
    let fence = "`".repeat(32);
    let mut examples = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line != format!("{fence} example") {
            continue;
        }
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != fence).collect();
        let dot = body.iter().position(|line| *line == ".").expect("a dot");
        let part = |lines: &[&str]| lines.iter().map(|line| format!("{line}\n")).collect::<String>().replace('→', "\t");
        examples.push(Example {
            number: examples.len() + 1,
            markdown: part(&body[..dot]),
            html: part(&body[dot + 1..]),
        });
    }
    examples
}

/// What the reader and the writer make of a text, each open place filled with the address as it was written.
fn our_html(markdown: &str) -> String {
    let sources = Sources::memory([("recto.yml", "raw_html: trusted\n"), ("page.md", "")]);
    let (config, problems) = config::load(&sources, "", None);
    assert!(problems.is_empty(), "{problems:?}");
    let file = sources.find("page.md").expect("made above").file;
    let options = &config.docsets[0].markdown;
    let (document, _) = document::parse(file, markdown, 0, options);
    let (body, _) = html::write(&document.root, options);
    let mut filled = String::new();
    let mut at = 0;
    for slot in &body.slots {
        filled.push_str(&body.html[at..slot.at as usize]);
        at = slot.at as usize;
        match &slot.want {
            Want::LinkStart { destination, attributes } => {
                filled.push_str("<a");
                escape::push_attribute(&mut filled, "href", destination);
                filled.push_str(&format!("{attributes}>"));
            }
            Want::Text(wanted) => escape::push_text(&mut filled, &wanted.otherwise),
            Want::Source(destination) => escape::push_text(&mut filled, destination),
            Want::Mention { written, .. } => escape::push_text(&mut filled, written),
            Want::LinkEnd => filled.push_str("</a>"),
        }
    }
    filled + &body.html[at..]
}

/// A piece of HTML.
#[derive(Debug, PartialEq)]
enum Piece {
    Text(String),
    /// A start tag: its name and its attributes, sorted.
    Open(String, Vec<(String, String)>),
    Close(String),
    /// A comment and the like, as it is written.
    Other(String),
}

/// HTML in its normal form, one piece a line.
fn normal(html: &str) -> String {
    let pieces = collapse(without_decoration(pieces(html)));
    pieces.iter().map(|piece| format!("{piece:?}\n")).collect()
}

/// Splits HTML into its pieces. What is no tag by the specification's rule for raw HTML is text.
fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut at, mut text) = (0, String::new());
    while at < html.len() {
        let rest = &html[at..];
        let found = rest.starts_with('<').then(|| piece(rest)).flatten();
        match found {
            Some((piece, length)) => {
                if !text.is_empty() {
                    pieces.push(Piece::Text(htmlize::unescape(std::mem::take(&mut text)).into_owned()));
                }
                pieces.push(piece);
                at += length;
            }
            None => {
                let c = rest.chars().next().expect("the rest is not empty");
                text.push(c);
                at += c.len_utf8();
            }
        }
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(htmlize::unescape(text).into_owned()));
    }
    pieces
}

/// The tag, comment, declaration or instruction at the start of `html`, and its length.
fn piece(html: &str) -> Option<(Piece, usize)> {
    for (open, close) in [("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">")] {
        if html.starts_with(open) {
            let length = html.find(close)? + close.len();
            return Some((Piece::Other(html[..length].to_owned()), length));
        }
    }
    let is_close = html.starts_with("</");
    let mut rest = &html[1 + usize::from(is_close)..];
    let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').filter(|length| *length > 0)?;
    let name = rest[..length].to_ascii_lowercase();
    rest = &rest[length..];
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>").or(rest.strip_prefix('>')) {
            attributes.sort();
            let piece = if is_close { Piece::Close(name) } else { Piece::Open(name, attributes) };
            return Some((piece, html.len() - after.len()));
        }
        let length = rest.find(|c: char| c.is_whitespace() || "/>=\"'<`".contains(c)).filter(|length| *length > 0)?;
        let key = rest[..length].to_ascii_lowercase();
        rest = &rest[length..];
        let value = rest.trim_start().strip_prefix('=').map(str::trim_start);
        let Some(value) = value else {
            attributes.push((key, String::new()));
            continue;
        };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (raw, after) = match quote {
            Some(quote) => value[1..].split_once(quote)?,
            None => value.split_at(value.find(|c: char| c.is_whitespace() || c == '>')?),
        };
        attributes.push((key, htmlize::unescape_attribute(raw).into_owned()));
        rest = after;
    }
}

/// Wrappers that the theme needs around headings, code and tables.
const WRAPPERS: &[&str] = &["heading", "code-block", "table-scroll"];

/// Leaves out decorations with all that is in them, wrappers, and attributes that a page adds; gives other names their
/// form in the specification.
fn without_decoration(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut kept = Vec::new();
    // For each element that stands open: its name, whether it is left out, and whether all in it is.
    let mut open: Vec<(String, bool, bool)> = Vec::new();
    for piece in pieces {
        let is_hidden = open.iter().any(|(_, _, hides)| *hides);
        match piece {
            Piece::Open(name, attributes) => {
                let value = |key: &str| attributes.iter().find(|(own, _)| own == key).map(|(_, value)| value.as_str());
                let hides = value("data-decoration").is_some();
                let class = value("class").and_then(|class| class.split(' ').next()).unwrap_or_default();
                let is_left_out = hides || name == "div" && WRAPPERS.contains(&class);
                if !matches!(name.as_str(), "br" | "hr" | "img" | "path" | "circle") {
                    open.push((name.clone(), is_left_out, hides));
                }
                if !is_left_out && !is_hidden {
                    let attributes = attributes.into_iter().filter_map(|attribute| plain_attribute(&name, attribute));
                    kept.push(Piece::Open(name.clone(), attributes.collect()));
                }
            }
            Piece::Close(name) => {
                let at = open.iter().rposition(|(own, _, _)| *own == name);
                let is_left_out = at.map(|at| open.remove(at)).is_some_and(|(_, is_left_out, _)| is_left_out);
                if !is_left_out && !is_hidden {
                    kept.push(Piece::Close(name));
                }
            }
            Piece::Text(text) if !is_hidden => match kept.last_mut() {
                Some(Piece::Text(before)) => before.push_str(&text),
                _ => kept.push(Piece::Text(text)),
            },
            Piece::Other(_) if !is_hidden => kept.push(piece),
            Piece::Text(_) | Piece::Other(_) => {}
        }
    }
    kept
}

/// An attribute as the specification has it; `None` for what only a page needs.
fn plain_attribute(tag: &str, (key, value): (String, String)) -> Option<(String, String)> {
    let is_heading = tag.len() == 2 && tag.starts_with('h');
    match (tag, key.as_str()) {
        (_, "id") if is_heading => None,
        ("img", "loading" | "decoding") => None,
        ("pre", "tabindex" | "role" | "aria-label") => None,
        // docfx's name for the class of a language.
        ("code", "class") => Some((key, value.replacen("lang-", "language-", usize::from(value.starts_with("lang-"))))),
        ("a", "href") | ("img", "src") => {
            Some((key, percent_encoding::percent_decode_str(&value).decode_utf8_lossy().into_owned()))
        }
        _ => Some((key, value)),
    }
}

/// Elements around which white space means nothing.
const BLOCKS: &[&str] = &[
    "article",
    "aside",
    "blockquote",
    "br",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "script",
    "section",
    "style",
    "summary",
    "table",
    "tbody",
    "td",
    "textarea",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Collapses white space outside of preformatted text, and drops what is left of it beside blocks.
fn collapse(pieces: Vec<Piece>) -> Vec<Piece> {
    let is_block = |piece: &Piece| match piece {
        Piece::Open(name, _) | Piece::Close(name) => BLOCKS.contains(&name.as_str()),
        Piece::Text(_) | Piece::Other(_) => false,
    };
    let blocks: Vec<bool> = pieces.iter().map(is_block).collect();
    let mut depth = 0;
    let collapse = |(at, piece): (usize, Piece)| {
        match &piece {
            Piece::Open(name, _) if name == "pre" => depth += 1,
            Piece::Close(name) if name == "pre" => depth -= 1,
            _ => {}
        }
        let Piece::Text(text) = &piece else { return Some(piece) };
        if depth > 0 {
            return Some(piece);
        }
        let is_edge = |beside: Option<usize>| beside.and_then(|at| blocks.get(at)).is_none_or(|is_block| *is_block);
        let words: Vec<&str> = text.split_ascii_whitespace().collect();
        let mut plain = words.join(" ");
        let is_blank = |c: char| c.is_ascii_whitespace();
        if text.starts_with(is_blank) && !is_edge(at.checked_sub(1)) {
            plain.insert(0, ' ');
        }
        if text.ends_with(is_blank) && !is_edge(Some(at + 1)) && !words.is_empty() {
            plain.push(' ');
        }
        (!plain.is_empty()).then_some(Piece::Text(plain))
    };
    pieces.into_iter().enumerate().filter_map(collapse).collect()
}
