//! `markdown_extensions` of `recto.yml` and `markdigExtensions` of `docfx.json`: syntax that is text elsewhere.

use super::reader::Reader;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::markdown::{Extra, Options};
use crate::source::Span;
use crate::value::{Kind, Value};

/// Switches on what `recto.yml` names. A name that does not exist is reported.
pub(super) fn of_recto_yml(reader: &mut Reader<'_>, value: &Value, options: &mut Options) {
    for (name, span) in reader.texts(value, "markdown_extensions") {
        match named(name) {
            Some(extras) => add(extras, options),
            None => {
                let known: Vec<&str> = Extra::NAMES.iter().map(|(name, _)| *name).collect();
                reader.unknown(span, "extension", name, &known);
            }
        }
    }
}

/// Extensions of Markdig that recto does not have. What else it has no name for is on in any case, as in docfx, or no
/// syntax.
const LACKING: &[&str] =
    &["attributes", "citations", "customcontainers", "figures", "footers", "gridtables", "listextras", "smartypants"];

/// Switches on what `docfx.json` names, as `"footnotes"` or `{"footnotes": ..}`, and says what recto does not have.
pub(super) fn of_docfx_json(reader: &mut Reader<'_>, value: &Value, options: &mut Options) {
    let items = reader.items(value);
    for item in items {
        if let Kind::String(name) = &item.kind {
            add(named(name).unwrap_or_default(), options);
            tell_lacking(reader, name, item.span);
        }
        for entry in item.entries() {
            tell_lacking(reader, &entry.key, entry.key_span);
            let option = match &entry.value.kind {
                Kind::String(option) => option.as_str(),
                _ => "",
            };
            add(&optional(&entry.key, option), options);
        }
    }
}

fn tell_lacking(reader: &mut Reader<'_>, name: &str, span: Span) {
    let (message, help) = if LACKING.iter().any(|lacking| lacking.eq_ignore_ascii_case(name)) {
        (format!("recto does not have the extension `{name}`"), "its syntax is text".to_owned())
    } else if name.eq_ignore_ascii_case("advanced") {
        let lacking: Vec<&str> = LACKING.iter().copied().filter(|lacking| *lacking != "smartypants").collect();
        let help = format!("the syntax of `{}` is text", lacking.join("`, `"));
        ("recto does not have all extensions of `advanced`".to_owned(), help)
    } else {
        return;
    };
    let diagnostic = Diagnostic::new(Code::ConfigSyntax, span, message).severity(Severity::Suggestion);
    reader.diagnostics.push(diagnostic.help(help));
}

/// What a name with an option means. Rule: docfx takes the names of Markdig's `EmphasisExtraOptions`, with commas between
/// them, and for emoji `DefaultAndSmileys`.
fn optional(name: &str, option: &str) -> Vec<Extra> {
    let names: Vec<String> = option.split(',').map(|name| name.trim().to_ascii_lowercase()).collect();
    if name.eq_ignore_ascii_case("emojis") {
        let has_smileys = names.iter().any(|name| name == "defaultandsmileys" || name == "enablesmileys");
        return if has_smileys { vec![Extra::Smileys] } else { Vec::new() };
    }
    let chosen: Vec<Extra> = EMPHASIS
        .iter()
        .filter(|(option, _)| names.iter().any(|name| name == option))
        .map(|(_, extra)| *extra)
        .collect();
    match name.eq_ignore_ascii_case("emphasisextras") && option_is_known(&names) {
        true => chosen,
        false => named(name).unwrap_or_default().to_vec(),
    }
}

const EMPHASIS: &[(&str, Extra)] = &[
    ("inserted", Extra::Inserted),
    ("marked", Extra::Marked),
    ("subscript", Extra::Subscript),
    ("superscript", Extra::Superscript),
];

/// Strikethrough is on in any case.
fn option_is_known(names: &[String]) -> bool {
    names.iter().any(|name| name == "strikethrough" || EMPHASIS.iter().any(|(option, _)| name == option))
}

fn named(name: &str) -> Option<&'static [Extra]> {
    Extra::NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, extras)| *extras)
}

fn add(extras: &[Extra], options: &mut Options) {
    for extra in extras {
        if !options.extras.contains(extra) {
            options.extras.push(*extra);
        }
    }
}
