//! `:::zone pivot="csharp" inline :::` to `:::zone-end`, within a paragraph.
//!
//! Rule: as the docs of the Teams SDK on Microsoft Learn have it; what docfx has published does not know it yet.

use super::{Directive, MAX_BYTES, directive, spaces, triple_colon};

/// The name of the marker that begins a zone within a line.
pub const START: &str = ":inline-zone";
/// The name of the marker that ends it.
pub const END: &str = ":inline-zone-end";

const FLAG: &str = "inline";

/// Reads the start or the end of a zone within a line, at `start`: a marker of the name [`START`] or [`END`]. `None` for what has another shape, and for an end where no such zone stands open.
pub fn at(text: &str, start: usize) -> Option<Directive> {
    let inner = text[start..].strip_prefix(":::")?;
    if !inner[spaces(inner)..].starts_with("zone") {
        return None;
    }
    if let Some(end) = end_marker(text, start) {
        return is_open(text, start).then(|| directive(END.to_owned(), text, start, end - start, None));
    }
    let zone = triple_colon(text, start).filter(|zone| &*zone.name == ":zone" && zone.mistake.is_none())?;
    let is_inline = zone.attribute(FLAG) == Some("") && zone.raw.ends_with(":::");
    is_inline.then(|| Directive { name: START.into(), ..zone })
}

/// The byte behind `:::zone-end` at `start`. Colons that follow belong to it, unless the next zone begins with them.
fn end_marker(text: &str, start: usize) -> Option<usize> {
    let inner = text[start..].strip_prefix(":::")?;
    let rest = inner[spaces(inner)..].strip_prefix("zone-end")?;
    let is_closed = rest.strip_prefix(":::").is_some_and(|after| !after[spaces(after)..].starts_with("zone"));
    Some(text.len() - rest.len() + if is_closed { 3 } else { 0 })
}

/// Whether a zone within the paragraph stands open at `at`.
fn is_open(text: &str, at: usize) -> bool {
    let from = (at.saturating_sub(MAX_BYTES)..at).find(|from| text.is_char_boundary(*from)).unwrap_or(at);
    let before = &text[from..at];
    let length = of_paragraph(before.rsplit('\n')).map(|line| line.len() + 1).sum::<usize>() - 1;
    let paragraph = &before[before.len() - length..];
    let open = paragraph.match_indices(":::").fold(0_usize, |open, (at, _)| {
        let is_start = paragraph[..at].trim_end_matches(' ').ends_with(FLAG);
        match end_marker(paragraph, at) {
            Some(_) => open.saturating_sub(1),
            None => open + usize::from(is_start),
        }
    });
    open > 0
}

/// The first of some lines, and those that follow it up to a blank one, in a quote or not.
fn of_paragraph<'t>(lines: impl Iterator<Item = &'t str>) -> impl Iterator<Item = &'t str> {
    let is_blank = |line: &str| line.trim_start_matches([' ', '\t', '\r', '>']).is_empty();
    lines.enumerate().take_while(move |(number, line)| *number == 0 || !is_blank(line)).map(|(_, line)| line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_belong_together() {
        let text = ":::zone pivot=\"a\" inline :::x:::zone-end:::zone pivot=\"b\" inline:::y:::zone-end::: z";
        let markers = memchr::memmem::find_iter(text.as_bytes(), ":::").filter_map(|at| super::at(text, at));
        let found: Vec<_> = markers.map(|marker| (marker.name, marker.raw)).collect();
        let raws: Vec<&str> = found.iter().map(|(_, raw)| &**raw).collect();
        assert_eq!(
            raws,
            [":::zone pivot=\"a\" inline :::", ":::zone-end", ":::zone pivot=\"b\" inline:::", ":::zone-end:::"]
        );
    }

    #[test]
    fn an_end_belongs_to_a_start_of_its_paragraph() {
        let ends = |text: &str| {
            let markers = text.match_indices(":::").filter_map(|(at, _)| super::at(text, at));
            markers.filter(|marker| &*marker.name == END).count()
        };
        let start = ":::zone pivot=\"a\" inline ::: x";
        assert_eq!(ends(&format!("{start} {start}\n:::zone-end :::zone-end\n:::zone-end")), 2);
        assert_eq!(ends("x\n:::zone-end"), 0);
        for blank in ["\n\n", "\r\n\r\n", "\n \n", "\n> >\n"] {
            assert_eq!(ends(&format!("{start}{blank}:::zone-end")), 0, "{blank:?}");
        }
    }
}
