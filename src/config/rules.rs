//! `rules` of `recto.yml` and `docfx.json`: severities by code.

use super::reader::Reader;
use crate::diagnostic::{Code, Rules, Severity};
use crate::value::{Kind, Value};

/// What `recto.yml` may say of a code.
const SEVERITIES: &[&str] = &["error", "warning", "suggestion", "info", "off"];

/// The codes of docfx for which recto has those of Microsoft Learn's engine.
const DOCFX_CODES: &[(&str, Code)] = &[
    ("CircularTocInclusion", Code::CircularReference),
    ("DuplicateOutputFiles", Code::DuplicateOutput),
    ("DuplicateUids", Code::DuplicateUid),
    ("InvalidBookmark", Code::BookmarkNotFound),
    ("InvalidFileLink", Code::FileNotFound),
    ("InvalidMarkdownToc", Code::InvalidTocSyntax),
    ("InvalidTocFile", Code::InvalidTocSyntax),
    ("InvalidTocInclude", Code::TocNotFound),
    ("InvalidYamlFile", Code::YamlSyntaxError),
    ("UidNotFound", Code::XrefNotFound),
    ("invalid-yaml-header", Code::YamlHeaderSyntaxError),
];

/// The rules of `recto.yml`. A code or severity that does not exist is reported.
pub(super) fn of_recto_yml(reader: &mut Reader<'_>, value: &Value) -> Rules {
    let mut rules = Rules::new();
    for entry in reader.object(value, "rules") {
        let Ok(code) = entry.key.parse::<Code>() else {
            let known: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
            reader.unknown(entry.key_span, "rule", &entry.key, &known);
            continue;
        };
        rules.extend(severity(reader, &entry.key, &entry.value).map(|severity| (code, severity)));
    }
    rules
}

/// The rules of `docfx.json` for codes that recto knows. docfx has many more: they are ignored without a word.
///
/// A rule is a severity, or an object with one (`{"severity": "error"}`), as Microsoft Learn's engine has it.
pub(super) fn of_docfx_json(reader: &mut Reader<'_>, value: &Value) -> Rules {
    let mut rules = Rules::new();
    for entry in value.entries() {
        let named = DOCFX_CODES.iter().find(|(name, _)| *name == entry.key).map(|(_, code)| *code);
        let Some(code) = named.or_else(|| entry.key.parse().ok()) else { continue };
        let rule = match &entry.value.kind {
            Kind::Object(_) => entry.value.get("severity"),
            _ => Some(&entry.value),
        };
        let severity = rule.and_then(|rule| severity(reader, &entry.key, rule));
        rules.extend(severity.map(|severity| (code, severity)));
    }
    rules
}

/// The severity that a rule names in any case, `None` for `off`; nothing, and a report, for what is none.
///
/// `verbose` and `diagnostic` are docfx's names for what is less than `info`. YAML's `off` is no text but `false`.
fn severity(reader: &mut Reader<'_>, code: &str, value: &Value) -> Option<Option<Severity>> {
    let name = match &value.kind {
        Kind::Bool(false) => "off",
        Kind::String(name) => name,
        _ => {
            reader.text(value, code);
            return None;
        }
    };
    match name.to_lowercase().as_str() {
        "off" => Some(None),
        "verbose" | "diagnostic" => Some(Some(Severity::Info)),
        lower => {
            let severity = lower.parse().ok();
            if severity.is_none() {
                reader.unknown(value.span, "severity", name, SEVERITIES);
            }
            severity.map(Some)
        }
    }
}
