//! `alerts` of `recto.yml` and `docfx.json`: kinds of callouts beyond those of every docset.

use super::reader::Reader;
use crate::markdown::Options;
use crate::value::{Entry, Value};

/// Names that mean something else in `[!NAME ..]`.
const TAKEN: &[&str] = &["code", "div", "include", "notebook", "video"];

/// Adds kinds of callouts: names and the classes of their elements. A name that is there already gets the new classes.
///
/// Names and classes that cannot be used are reported and left out.
pub(super) fn add(reader: &mut Reader<'_>, value: &Value, options: &mut Options) {
    for entry in reader.object(value, "alerts") {
        let Some(alert) = alert(reader, entry) else { continue };
        options.alerts.retain(|(name, _)| *name != alert.0);
        options.alerts.push(alert);
    }
}

fn alert(reader: &mut Reader<'_>, Entry { key, key_span, value }: &Entry) -> Option<(Box<str>, Box<str>)> {
    let name = key.to_uppercase();
    if !name.bytes().all(|byte| byte.is_ascii_uppercase()) || name.is_empty() {
        let message = format!("`{key}` is no name of a callout");
        reader.report_with(*key_span, message, "it is what stands in `[!..]`: letters from A to Z");
        return None;
    }
    if TAKEN.contains(&name.to_lowercase().as_str()) {
        let message = format!("`[!{name}]` means something else: no callout can have this name");
        reader.report_with(*key_span, message, "choose another name");
        return None;
    }
    let classes: Vec<&str> = reader.text(value, key)?.split_whitespace().collect();
    let is_class = |class: &&str| class.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    match classes.iter().find(|class| !is_class(class)) {
        Some(wrong) => {
            let message = format!("`{wrong}` is no class");
            reader.report_with(
                value.span,
                message,
                "classes are letters, digits, `-` and `_`, with blanks between them",
            );
            None
        }
        None if classes.is_empty() => {
            reader.report_with(value.span, format!("`{key}` has no class"), "for example `alert alert-secondary`");
            None
        }
        None => Some((name.into(), classes.join(" ").into())),
    }
}
