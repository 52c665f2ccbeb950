//! `.openpublishing.publish.config.json`: the docsets of a repository, and its redirection files.

use super::Dependency;
use super::reader::Reader;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::path::{self, RepoPath};
use crate::source::FileId;
use crate::value::Value;

/// The name of the publish configuration.
pub(super) const FILE_NAME: &str = ".openpublishing.publish.config.json";

/// A docset that is to be published.
pub(super) struct Named {
    pub(super) name: Option<String>,
    pub(super) folder: RepoPath,
    pub(super) docfx_json: Option<FileId>,
}

/// The entries of `docsets_to_publish` whose folder exists. `folder` is the one that they are relative to. If one is
/// there, a folder that is missing is a warning: it may belong to another branch.
pub(super) fn docsets(reader: &mut Reader<'_>, value: &Value, folder: &str) -> Vec<Named> {
    let Some(list) = value.get("docsets_to_publish") else {
        reader.report_with(
            value.span,
            "`docsets_to_publish` is missing",
            "it lists the docsets, each with its `build_source_folder`",
        );
        return Vec::new();
    };
    let (mut docsets, mut missing) = (Vec::new(), Vec::new());
    for item in reader.items(list) {
        let Some(source) = item.get("build_source_folder") else {
            reader.report(item.span, "this docset has no `build_source_folder`");
            continue;
        };
        let Some(path) = reader.text(source, "build_source_folder") else { continue };
        let Some(docset_folder) = existing_folder(reader, folder, path, source) else {
            missing.push(reader.diagnostics.len() - 1);
            continue;
        };
        let docfx_json = reader.sources.find(&format!("{docset_folder}/docfx.json")).map(|found| found.file);
        if docfx_json.is_none() {
            let message = format!("the docset `{path}` has no `docfx.json`");
            let diagnostic = Diagnostic::new(Code::ConfigSyntax, source.span, message).severity(Severity::Warning);
            reader.diagnostics.push(diagnostic.help("every markdown and YAML file in it becomes a page"));
        }
        let name = item.get("docset_name").and_then(Value::as_str).map(str::to_owned);
        docsets.push(Named { name, folder: docset_folder, docfx_json });
    }
    if !docsets.is_empty() {
        missing.into_iter().for_each(|at| reader.diagnostics[at].severity = Severity::Warning);
    }
    docsets
}

/// The folder of a docset as it is spelt on disk; reported at `value` if there is none.
pub(super) fn existing_folder(reader: &mut Reader<'_>, folder: &str, path: &str, value: &Value) -> Option<RepoPath> {
    let Some(joined) = path::join(folder, path) else {
        reader.report(value.span, format!("`{path}` lies outside the repository"));
        return None;
    };
    let found = reader.sources.find_folder(&joined);
    if found.is_none() {
        reader.no_folder(value.span, path, &joined);
    }
    found
}

/// The entries of `dependent_repositories`. `folder` is the one that they are relative to.
pub(super) fn dependencies(reader: &mut Reader<'_>, value: &Value, folder: &str) -> Vec<Dependency> {
    let Some(list) = value.get("dependent_repositories") else { return Vec::new() };
    let mut dependencies = Vec::new();
    for item in reader.items(list) {
        let text = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
        match path::join(folder, &text("path_to_root")).and_then(|path| RepoPath::new(&path)) {
            Some(path) if path.as_str() != folder => {
                // A submodule that was not fetched is an empty folder.
                let is_here = !reader.sources.list(path.as_str()).is_empty();
                dependencies.push(Dependency { folder: path, url: text("url"), branch: text("branch"), is_here });
            }
            _ => {
                let message = "`path_to_root` names no folder of this repository";
                let diagnostic = Diagnostic::new(Code::ConfigSyntax, item.span, message).severity(Severity::Warning);
                let help = "it is the folder in which the files of the other repository are expected";
                reader.diagnostics.push(diagnostic.help(help));
            }
        }
    }
    dependencies
}

/// The files that `redirection_files` names, for all or in the entry of a docset; of those that are missing, writers are
/// warned. Rule: docfx v3 passes over them.
pub(super) fn redirection_files(reader: &mut Reader<'_>, value: &Value, folder: &str) -> Vec<RepoPath> {
    let docsets = value.get("docsets_to_publish").map_or(&[][..], |list| reader.items(list));
    let mut files = Vec::new();
    for names in std::iter::once(value).chain(docsets).filter_map(|value| value.get("redirection_files")) {
        for (name, span) in reader.texts(names, "redirection_files") {
            match path::join(folder, name).and_then(|path| reader.sources.find(&path)) {
                Some(found) => files.push(reader.sources.path(found.file)),
                None => {
                    let message = format!("cannot find the redirection file `{name}`");
                    let help = "links to what it redirects count as broken";
                    reader.leniently(|reader| reader.report_with(span, message, help));
                }
            }
        }
    }
    files
}
