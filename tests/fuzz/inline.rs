//! Writes pieces of lines: text, emphasis, links, tags, and the directives that may stand among them.

use fastrand::Rng;

use crate::grammar::{MAX_DEPTH, attributes, filled, include, marker, open_tag, pick, raw_html};
use crate::words;

/// Kinds of pieces of a line.
const INLINES: &[fn(&mut Rng, usize) -> String] = &[
    text,
    text,
    emphasis,
    code,
    link,
    link,
    image,
    autolink,
    tag,
    tag,
    pair,
    xref,
    include_inline,
    marker_inline,
    mention,
    html_line,
    footnote,
];

pub fn inline(rng: &mut Rng, depth: usize) -> String {
    let pieces = if depth > MAX_DEPTH { 1 } else { rng.usize(1..5) };
    let piece = |rng: &mut Rng| {
        let kind = if depth > MAX_DEPTH { text } else { INLINES[rng.usize(..INLINES.len())] };
        kind(rng, depth + 1) + pick(rng, &[" ", " ", "", "\n"])
    };
    (0..pieces).map(|_| piece(rng)).collect()
}

fn text(rng: &mut Rng, _depth: usize) -> String {
    pick(rng, words::TEXTS).to_owned()
}

fn emphasis(rng: &mut Rng, depth: usize) -> String {
    let mark = pick(rng, &["*", "**", "_", "__", "~~", "~", "^", "***", "++", "=="]);
    format!("{mark}{}{mark}", inline(rng, depth).trim())
}

fn code(rng: &mut Rng, _depth: usize) -> String {
    let ticks = pick(rng, &["`", "``", "`"]);
    let inside = [pick(rng, words::TEXTS), pick(rng, words::LINES)];
    format!("{ticks}{}{ticks}", inside[rng.usize(..2)])
}

fn link(rng: &mut Rng, depth: usize) -> String {
    let (text, url) = (inline(rng, depth), pick(rng, words::URLS));
    match rng.u8(..6) {
        0 => format!("[{text}]({url} \"{}\")", pick(rng, words::TEXTS)),
        1 => format!("[{text}](<{url}>)"),
        2 => format!("[{text}][{}]", pick(rng, words::TEXTS)),
        _ => format!("[{text}]({url})"),
    }
}

fn image(rng: &mut Rng, depth: usize) -> String {
    format!("!{}", link(rng, depth))
}

fn autolink(rng: &mut Rng, _depth: usize) -> String {
    let url = pick(rng, words::URLS);
    if rng.bool() { format!("<{url}>") } else { url.to_owned() }
}

fn tag(rng: &mut Rng, _depth: usize) -> String {
    if rng.bool() { open_tag(rng) } else { format!("</{}>", pick(rng, words::ELEMENTS)) }
}

fn pair(rng: &mut Rng, depth: usize) -> String {
    let name = pick(rng, words::ELEMENTS);
    format!("<{name} {}>{}</{name}>", attributes(rng), inline(rng, depth))
}

fn xref(rng: &mut Rng, _depth: usize) -> String {
    let uid =
        pick(rng, &["known", "none", "A.B%2A", "known?displayProperty=name", "known#a", "x y", "\"", "known?text=<b>"]);
    let forms = [
        "<xref:@>",
        "<xref:'@'>",
        "<xref:\"a @\">",
        "[x](xref:@)",
        "[](xref:@)",
        "<a href=\"xref:@\">x</a>",
        "<xref href=\"@\"/>",
        "<xref href='@'>x</xref>",
    ];
    pick(rng, &forms).replace('@', uid)
}

fn mention(rng: &mut Rng, _depth: usize) -> String {
    pick(rng, &["@known", "@\"known\"", "@'known'", "@none", "@@known", "a@known", "@\"", "@known?text=<b>", "@known."])
        .to_owned()
}

fn include_inline(rng: &mut Rng, depth: usize) -> String {
    include(rng, depth).trim().to_owned()
}

fn footnote(rng: &mut Rng, _depth: usize) -> String {
    format!("[^{}]", pick(rng, &["1", "`|`", "a b", "[!NOTE]:", "^", "$x$", "é"]))
}

pub fn marker_inline(rng: &mut Rng, _depth: usize) -> String {
    if rng.bool() {
        return filled(rng, words::SOUND);
    }
    let name = pick(rng, words::DIRECTIVES);
    marker(rng, name)
}

fn html_line(rng: &mut Rng, depth: usize) -> String {
    raw_html(rng, depth + 2).replace('\n', " ")
}
