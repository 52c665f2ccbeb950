//! `:::name attribute="value":::`: images and videos, code and forms, the markers of containers.

use super::{Attribute, Directive, MAX_BYTES, Mistake, directive, is_cut, line_from, spaces};

/// Reads `:::name attributes:::` at `start`; `None` if it has another shape.
///
/// Rule: docfx `TripleColonBlockParser`: spaces after the colons, a name in any case, attributes in double quotes
/// with spaces around `=` allowed, and closing colons, which authors of real pages forget. Rows, columns and moniker
/// ranges have three colons or more, all others three.
pub fn triple_colon(text: &str, start: usize) -> Option<Directive> {
    let line = line_from(text, start, MAX_BYTES);
    let colons = count_colons(line);
    let mut at = colons + spaces(&line[colons..]);
    let name_length = line[at..].bytes().take_while(|b| b.is_ascii_alphabetic() || *b == b'-').count();
    if name_length == 0 {
        return None;
    }
    let name = format!(":{}", line[at..at + name_length].to_ascii_lowercase());
    at += name_length;
    let wrong = |mistake: Mistake, end: usize| {
        Some(Directive { mistake: Some(mistake), ..directive(name.clone(), text, start, end, None) })
    };
    let may_have_more = MANY_COLONS.contains(&name.trim_end_matches("-end"));
    if colons > 3 && !may_have_more {
        return wrong(Mistake::Colons(colons), at);
    }
    let (mut attributes, mut goes_on) = (Vec::new(), false);
    loop {
        let before = at;
        at += spaces(&line[at..]);
        if line[at..].starts_with(":::") {
            at += if may_have_more { count_colons(&line[at..]) } else { 3 };
            break;
        }
        match attribute(line, at, start, &name) {
            Some((attribute, _)) if attributes.iter().any(|other: &Attribute| other.name == attribute.name) => {
                let mistake = format!("the attribute `{}` stands twice", attribute.name).into();
                return wrong(Mistake::Attribute(mistake), before);
            }
            Some((attribute, end)) => {
                attributes.push(attribute);
                at = end;
            }
            None if line[at..].is_empty() => {
                // The body of a zone may begin with anything.
                let is_full = matches!(&*name, ":zone" | ":moniker") && !attributes.is_empty();
                goes_on = !is_full && next_line_has_attribute(&text[start + at..]);
                at = before;
                break;
            }
            None if name.ends_with("-end") || name == ":moniker" && !attributes.is_empty() => break,
            None if is_open(&line[at..]) && is_cut(text, start, line) => return wrong(Mistake::TooLong, before),
            None => return wrong(Mistake::Attribute(mistake(&line[at..]).into()), before),
        }
    }
    // docfx leaves out what else the line of an end marker, of a moniker zone, of a row or of a column holds.
    let end = match name.as_str() {
        ":moniker" if attributes.is_empty() => at,
        _ if may_have_more || name.ends_with("-end") => at + line[at..].trim_end().len(),
        _ => at,
    };
    let surplus = (end > at).then(|| start + at + spaces(&line[at..])..start + end);
    Some(Directive { attributes, surplus, goes_on, ..directive(name, text, start, end, None) })
}

/// Whether the line behind a line end begins with an attribute.
fn next_line_has_attribute(text: &str) -> bool {
    let Some(next) = text.strip_prefix('\r').unwrap_or(text).strip_prefix('\n') else { return false };
    let line = line_from(next, 0, MAX_BYTES).trim_start_matches([' ', '\t', '>']);
    attribute(line, 0, 0, "").is_some()
}

/// What may have more than three colons.
const MANY_COLONS: &[&str] = &[":row", ":column", ":moniker"];

fn count_colons(text: &str) -> usize {
    text.bytes().take_while(|b| *b == b':').count()
}

/// `name="value"` at `at` of a line that begins at `start`, and the byte after it. `no-loc` alone knows `\"`, and `zone` an
/// `inline` without a value.
fn attribute(line: &str, at: usize, start: usize, directive: &str) -> Option<(Attribute, usize)> {
    let name_length = line[at..].bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).count();
    let name = &line[at..at + name_length];
    let mut value_at = at + name_length;
    value_at += spaces(&line[value_at..]);
    if directive == ":zone" && name == "inline" && line[value_at..].starts_with(":::") {
        let range = start + at..start + at + name_length;
        return Some((Attribute { name: name.into(), value: "".into(), range }, value_at));
    }
    line[value_at..].strip_prefix('=')?;
    value_at += 1;
    value_at += spaces(&line[value_at..]);
    let inner = line[value_at..].strip_prefix('"')?;
    let is_end = |at: &usize| directive != ":no-loc" || !inner[..*at].ends_with('\\');
    let length = memchr::memchr_iter(b'"', inner.as_bytes()).find(is_end)?;
    let range = start + value_at + 1..start + value_at + 1 + length;
    let attribute = Attribute { name: name.to_ascii_lowercase().into(), value: inner[..length].into(), range };
    (name_length > 0).then_some((attribute, value_at + length + 2))
}

/// Whether the value of the attribute has a quote before it and none behind it.
fn is_open(rest: &str) -> bool {
    rest.split_once('=').is_some_and(|(_, value)| value.trim_start().starts_with('"'))
}

/// What is wrong with what should be an attribute.
fn mistake(rest: &str) -> String {
    let name_length = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).count();
    let (name, rest) = rest.split_at(name_length);
    match rest.trim_start().strip_prefix('=').map(str::trim_start) {
        _ if name.is_empty() => "an attribute or `:::` is missing here".to_owned(),
        None => format!("the attribute `{name}` has no value"),
        Some(value) if value.starts_with('"') => format!("the value of `{name}` has no closing quote"),
        Some(_) => format!("the value of `{name}` stands in no double quotes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_keep_their_place() {
        let text = "::: Image source = \"a b.png\" Alt-Text=\"\":::";
        let image = triple_colon(text, 0).expect("a directive");
        assert_eq!(
            (&*image.name, image.attribute("source"), image.attribute("alt-text")),
            (":image", Some("a b.png"), Some(""))
        );
        assert_eq!(&text[image.attributes[0].range.clone()], "a b.png");
        let mistake = |text: &str| triple_colon(text, 0).and_then(|image| image.mistake);
        for (text, said) in [
            (":::image source='x':::", "the value of `source` stands in no double quotes"),
            (":::image source=\"x:::", "the value of `source` has no closing quote"),
            (":::image source:::", "the attribute `source` has no value"),
            (":::image (x):::", "an attribute or `:::` is missing here"),
            (":::image source=\"x\" Source=\"y\":::", "the attribute `source` stands twice"),
        ] {
            assert_eq!(mistake(text), Some(Mistake::Attribute(said.into())), "{text}");
        }
    }

    #[test]
    fn only_some_names_have_more_than_three_colons() {
        let read = |text: &str| triple_colon(text, 0).map(|directive| (directive.mistake, directive.range.end));
        assert_eq!(read(":::: row::::"), Some((None, 12)));
        assert_eq!(read("::::moniker-end"), Some((None, 15)));
        assert_eq!(read(":::: zone pivot=\"a\""), Some((Some(Mistake::Colons(4)), 9)));
    }

    #[test]
    fn a_directive_has_its_limit() {
        let long = format!(":::image source=\"{}\":::", "x".repeat(MAX_BYTES));
        assert_eq!(triple_colon(&long, 0).and_then(|image| image.mistake), Some(Mistake::TooLong));
    }
}
