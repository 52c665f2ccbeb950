//! Which files of the repository a docset claims, what each becomes, and where it goes within the docset.

use std::ops::Range;

use super::Kind;
use crate::config::{Config, DocsetConfig, FileMapping};
use crate::path::{self, RepoPath};
use crate::source::Sources;

/// A file that a docset claims.
#[derive(Debug, Clone)]
pub(super) struct Claim {
    pub(super) path: RepoPath,
    pub(super) kind: Kind,
    /// Where it goes within the docset.
    pub(super) output: String,
    pub(super) group: Option<usize>,
}

/// `### YamlMime:` kinds that make no page.
const NO_PAGES: &[&str] =
    &["tableofcontent", "tableofcontents", "toc", "contextobject", "pivotgroups", "zonepivotgroups", "xrefmap"];

/// The first line of a YAML page is looked for in so many bytes.
const FIRST_LINE_BYTES: usize = 256;

/// The files that `docset` claims, out of `files` (sorted), in the order of their paths.
///
/// `taken` tells for each file whether it was claimed before; claimed ones are added.
pub(super) fn claim(
    sources: &Sources,
    config: &Config,
    docset: &DocsetConfig,
    files: &[RepoPath],
    taken: &mut [bool],
) -> Vec<Claim> {
    let mut claims = Vec::new();
    let content = docset.content.iter().map(|mapping| (mapping, true));
    let resource = docset.resource.iter().map(|mapping| (mapping, false));
    for (mapping, is_content) in content.chain(resource) {
        let Some(src) = sources.find_folder(&mapping.src) else { continue };
        let group = mapping.group.as_ref().and_then(|name| docset.groups.iter().position(|group| group == name));
        let inner = inner_docsets(config, docset, src.as_str());
        for at in files_below(files, src.as_str()) {
            let file = &files[at];
            let Some(relative) = file.below(src.as_str()).filter(|_| !taken[at]) else { continue };
            // Globs cost the most and come last.
            if is_content && !may_be_content(relative)
                || inner.iter().any(|root| file.below(root.as_str()).is_some())
                || !matches(mapping, relative)
            {
                continue;
            }
            let kind = if is_content { kind(sources, file) } else { Some(Kind::Resource) };
            if let Some(kind) = kind {
                taken[at] = true;
                let output = output(&mapping.dest, relative, kind);
                claims.push(Claim { path: file.clone(), kind, output, group });
            }
        }
    }
    claims.sort_by(|a, b| a.path.cmp(&b.path));
    claims
}

/// Docsets whose folders lie below `docset`'s own, unless `src` lies there too.
fn inner_docsets<'a>(config: &'a Config, docset: &DocsetConfig, src: &str) -> Vec<&'a RepoPath> {
    let roots = config.docsets.iter().map(|other| &other.root).filter(|root| **root != docset.root);
    roots
        .filter(|root| root.below(docset.root.as_str()).is_some())
        .filter(|root| src != root.as_str() && path::below(src, root.as_str()).is_none())
        .collect()
}

/// The part of `files` (sorted) that lies below `folder`.
fn files_below(files: &[RepoPath], folder: &str) -> Range<usize> {
    if folder.is_empty() {
        return 0..files.len();
    }
    // `0` follows `/`, so that everything between is below the folder.
    let (first, after) = (format!("{folder}/"), format!("{folder}0"));
    let start = files.partition_point(|file| file.as_str() < first.as_str());
    start..files.partition_point(|file| file.as_str() < after.as_str())
}

/// Whether a mapping names a file, given relative to the mapping's `src`.
pub(super) fn matches(mapping: &FileMapping, relative: &str) -> bool {
    mapping.files.iter().any(|glob| glob.matches(relative))
        && !mapping.exclude.iter().any(|glob| glob.matches(relative))
}

fn may_be_content(path: &str) -> bool {
    matches!(path::extension(path).as_str(), "md" | "yml" | "yaml")
}

/// What a file of `content` becomes; `None` for YAML that is no page.
fn kind(sources: &Sources, file: &RepoPath) -> Option<Kind> {
    if is_toc(file.as_str()) {
        return Some(Kind::Toc);
    }
    match file.extension().as_str() {
        "md" => Some(Kind::Article),
        "yml" | "yaml" => {
            let start = sources.read_start(sources.id(file), FIRST_LINE_BYTES).ok()?;
            is_yaml_page(&String::from_utf8_lossy(&start)).then_some(Kind::YamlPage)
        }
        _ => None,
    }
}

/// Whether a path names a TOC: `toc.yml` or `toc.md`, in any case.
pub(in crate::content) fn is_toc(path: &str) -> bool {
    let name = path::file_name(path).to_ascii_lowercase();
    matches!(name.as_str(), "toc.yml" | "toc.yaml" | "toc.md")
}

fn is_yaml_page(start: &str) -> bool {
    let line = start.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
    let mime = line.trim_start_matches('#').trim_start().strip_prefix("YamlMime:").map(str::trim);
    let mime = mime.filter(|mime| line.starts_with('#') && !mime.is_empty());
    mime.is_some_and(|mime| !NO_PAGES.contains(&mime.to_ascii_lowercase().as_str()))
}

/// Where a file goes within its docset: pages in lower case, as Learn serves them. A resource, which readers may save, keeps
/// its name, but not the case of its folders: where case does not count, they are those of the pages.
pub(super) fn output(dest: &str, relative: &str, kind: Kind) -> String {
    let dest = path::join("", dest).unwrap_or_default();
    let mut output = path::join(&dest, relative).unwrap_or_default();
    let extension = match kind {
        Kind::Resource => return in_lower_folders(&output),
        Kind::Toc => "json",
        Kind::Article | Kind::YamlPage => "html",
    };
    output = output.to_lowercase();
    output.truncate(output.rfind('.').map_or(output.len(), |at| at + 1));
    output.push_str(extension);
    output
}

fn in_lower_folders(path: &str) -> String {
    let name = path::file_name(path);
    let folders = path[..path.len() - name.len()].to_lowercase();
    folders + name
}

/// Makes the `README.md` of the docset's root its home page, if there is no other.
pub(super) fn make_readme_home(claims: &mut [Claim]) {
    if claims.iter().any(|claim| claim.output == "index.html") {
        return;
    }
    if let Some(readme) = claims.iter_mut().find(|claim| claim.output == "readme.html" && claim.kind == Kind::Article) {
        readme.output = "index.html".to_owned();
    }
}
