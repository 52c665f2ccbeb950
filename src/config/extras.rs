//! `markdown_extensions` of `recto.yml` and `markdigExtensions` of `docfx.json`: syntax that is text elsewhere.

use super::reader::Reader;
use crate::markdown::{Extra, Options};
use crate::value::{Kind, Value};

/// Switches on what `recto.yml` names. A name that does not exist is reported.
pub(super) fn of_recto_yml(reader: &mut Reader<'_>, value: &Value, options: &mut Options) {
    for (name, span) in reader.texts(value, "markdown_extensions") {
        match find(name) {
            Some(extra) => add(extra, options),
            None => {
                let known: Vec<&str> = Extra::ALL.iter().map(|(name, _)| *name).collect();
                reader.unknown(span, "extension", name, &known);
            }
        }
    }
}

/// Switches on what `docfx.json` names, as `"footnotes"` or `{"footnotes": ..}`, as far as recto knows it. Of the rest,
/// docfx has most switched on in any case.
pub(super) fn of_docfx_json(reader: &Reader<'_>, value: &Value, options: &mut Options) {
    for item in reader.items(value) {
        let names: Vec<&str> = match &item.kind {
            Kind::String(name) => vec![name],
            _ => item.entries().iter().map(|entry| entry.key.as_str()).collect(),
        };
        names.into_iter().filter_map(find).for_each(|extra| add(extra, options));
    }
}

fn find(name: &str) -> Option<Extra> {
    Extra::ALL.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, extra)| *extra)
}

fn add(extra: Extra, options: &mut Options) {
    if !options.extras.contains(&extra) {
        options.extras.push(extra);
    }
}
