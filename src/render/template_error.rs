//! Mistakes in templates, told as the program tells all mistakes: file, line, column, what is wrong, what to do.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use tera::{Context, ErrorKind, ReportError, Value};

use crate::render::theme::ThemeFile;

/// The error of the template engine with the file that the user knows, an excerpt, and advice.
///
/// `context` holds the values that the template was given, to find the name that was meant.
pub(crate) fn explain(error: &tera::Error, files: &BTreeMap<String, ThemeFile>, context: &Context) -> anyhow::Error {
    let origin = |name: &str| files.get(name).map_or(name.to_owned(), |file| file.origin.clone());
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let file = files.get(report.filename());
            anyhow::anyhow!(located(report, &origin(report.filename()), file.map_or("", |file| &file.text), context))
        }
        ErrorKind::MissingParent { current, parent } => anyhow::anyhow!(
            "{}: `extends` names the template `{parent}`, which does not exist{}",
            origin(current),
            suggestion(parent, files.keys().map(String::as_str))
        ),
        _ => anyhow::anyhow!(with_origins(error.to_string(), files)),
    }
}

/// The engine's own report of several mistakes, with the user's files in place of template names.
fn with_origins(mut report: String, files: &BTreeMap<String, ThemeFile>) -> String {
    for (name, file) in files {
        report = report.replace(&format!("--> {name}:"), &format!("--> {}:", file.origin));
    }
    report
}

fn located(report: &ReportError, origin: &str, text: &str, context: &Context) -> String {
    let span = report.span();
    let is_undefined = report.message().contains("undefined") || report.message().contains("not defined");
    let path = if is_undefined { path_before(text, span.range.start) } else { "" };
    let code = format!("{path}{}", text.get(span.range.clone()).unwrap_or_default());
    let message = if is_undefined { format!("`{code}` does not exist") } else { report.message().to_owned() };
    let start = span.start_col.saturating_sub(path.len());
    let mut told = format!("{origin}:{}:{}: {message}", span.start_line, start + 1);
    if let Some(excerpt) = text.lines().nth(span.start_line.saturating_sub(1)) {
        let indent: String = excerpt.chars().take(start).map(|c| if c == '\t' { c } else { ' ' }).collect();
        let width = if span.end_line == span.start_line { span.end_col.saturating_sub(start).max(1) } else { 1 };
        let _ = write!(told, "\n  | {excerpt}\n  | {indent}{}", "^".repeat(width));
    }
    if is_undefined {
        told.push_str(&advice(&code, context));
    }
    told
}

/// `page.` before the `title` that starts at byte `at`: the engine points at the last name alone.
fn path_before(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or_default();
    let is_path = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    &before[before.trim_end_matches(is_path).len()..]
}

/// What may have been meant by `page.titel`, or how to allow for an absent value.
fn advice(code: &str, context: &Context) -> String {
    let (parent, name) = code.rsplit_once('.').unwrap_or(("", code));
    let known: Vec<String> = match parent {
        "" => ["site", "page", "heading", "content", "toc", "json_ld"].map(str::to_owned).to_vec(),
        path => {
            let mut parts = path.split('.');
            let first = parts.next().and_then(|name| context.get(name));
            let value = parts.fold(first, |value, part| value.and_then(|value| value.get_from_path(part)));
            value.and_then(Value::as_map).map(|map| map.keys().map(|key| key.to_string()).collect()).unwrap_or_default()
        }
    };
    match closest(name, known.iter().map(String::as_str)) {
        Some(meant) if parent.is_empty() => format!("\nhelp: did you mean `{meant}`?"),
        Some(meant) => format!("\nhelp: did you mean `{parent}.{meant}`?"),
        None => format!("\nhelp: if not every page has it, ask first: `{{% if {code} %}}`"),
    }
}

fn suggestion<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    closest(name, known).map_or(String::new(), |meant| format!("\nhelp: did you mean `{meant}`?"))
}

/// The known name that is nearest, if it is near at all.
fn closest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let distance = |other: &str| strsim::damerau_levenshtein(name, other);
    known
        .map(|other| (distance(other), other))
        .min()
        .filter(|(far, _)| *far <= name.len() / 3 + 1)
        .map(|(_, other)| other)
}

#[cfg(test)]
mod tests {
    use crate::render::context::{PageContext, SiteContext};
    use crate::render::theme::{SharedSite, Template, Theme};
    use crate::report::paths;

    /// The error of a theme whose footer is `text`, with the folder's name taken out.
    fn error(text: &str) -> String {
        let folder = tempfile::tempdir().expect("a folder");
        let parts = folder.path().join("templates/parts");
        std::fs::create_dir_all(&parts).expect("folders");
        std::fs::write(parts.join("footer.html"), text).expect("a file");
        let site = SharedSite::new(&SiteContext::default()).expect("a site");
        let error = Theme::load(Some(folder.path()))
            .and_then(|theme| theme.render(Template::Article, &site, &PageContext::default()))
            .expect_err("a mistake");
        format!("{error:#}").replace(&paths::from_here(folder.path()), "THEME").replace('\\', "/")
    }

    #[test]
    fn a_misspelt_value_is_shown_in_its_line_with_the_right_spelling() {
        assert_eq!(
            error("<footer>\n  <p>{{ page.titel }}</p>\n</footer>"),
            "THEME/templates/parts/footer.html:2:9: `page.titel` does not exist\n  |   <p>{{ page.titel }}</p>\n  \
             |         ^^^^^^^^^^\nhelp: did you mean `page.title`?"
        );
    }

    #[test]
    fn a_value_that_nothing_resembles_comes_with_the_way_to_ask_for_it() {
        let told = error("{{ page.metadata_of_ours }}");
        assert!(
            told.ends_with("help: if not every page has it, ask first: `{% if page.metadata_of_ours %}`"),
            "{told}"
        );
    }

    #[test]
    fn a_syntax_error_has_its_place() {
        let told = error("<p>\n{% if page.title %}\n</p>");
        assert!(told.starts_with("THEME/templates/parts/footer.html:3:"), "{told}");
    }

    #[test]
    fn a_filter_that_does_not_exist_has_its_place() {
        let told = error("{{ page.title | shout }}");
        assert!(told.contains("THEME/templates/parts/footer.html:1:17") && told.contains("`shout`"), "{told}");
    }
}
