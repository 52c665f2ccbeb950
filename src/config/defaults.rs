//! What belongs to a docset whose configuration does not say it.

use super::FileMapping;
use super::glob::Glob;
use crate::path;
use crate::source::Sources;

/// Never pages. What begins with a dot is left out by the glob rules themselves.
const NO_PAGES: &[&str] = &["**/includes/**", "**/_*/**", "**/node_modules/**", "themes/**", "recto.yml"];
/// Never copied. Images of includes are: pages show them.
const NO_RESOURCES: &[&str] = &["**/_*/**", "**/node_modules/**", "themes/**"];
const PAGES: &[&str] = &["**/*.{md,yml}"];
/// What pages show or offer for download.
const RESOURCES: &[&str] = &[
    "**/*.{png,jpg,jpeg,gif,svg,webp,avif,bmp,ico,tif,tiff}",
    "**/*.{mp4,webm,ogv,mov,mp3,ogg,wav,vtt,srt}",
    "**/*.{pdf,zip,7z,gz,tgz,docx,xlsx,pptx,vsdx,csv,txt,xml,epub}",
    "**/*.{woff,woff2,ttf,otf}",
];
/// The folder of articles, which output paths drop.
pub(super) const ARTICLES: &str = "articles";

/// The pages of a docset at `root`: all markdown and YAML but includes, themes and the like.
pub(super) fn content(sources: &Sources, root: &str) -> Vec<FileMapping> {
    mappings(sources, root, PAGES, NO_PAGES)
}

/// The resources of a docset at `root`: images, videos, fonts and downloads, wherever they lie.
pub(super) fn resource(sources: &Sources, root: &str) -> Vec<FileMapping> {
    mappings(sources, root, RESOURCES, NO_RESOURCES)
}

/// Two mappings if there is a folder `articles/`: what lies in it goes to the root of the output.
fn mappings(sources: &Sources, root: &str, files: &[&str], exclude: &[&str]) -> Vec<FileMapping> {
    let mapping = |src: String, also_excluded: Option<&str>| FileMapping {
        files: globs(files.iter().copied()),
        exclude: globs(exclude.iter().copied().chain(also_excluded)),
        src,
        ..FileMapping::default()
    };
    match articles(sources, root) {
        Some(articles) => vec![mapping(articles, None), mapping(root.to_owned(), Some("articles/**"))],
        None => vec![mapping(root.to_owned(), None)],
    }
}

/// The folder `articles` in `root`, as it is spelt.
pub(super) fn articles(sources: &Sources, root: &str) -> Option<String> {
    let found = sources.find_folder(&path::join(root, ARTICLES)?)?;
    Some(found.as_str().to_owned())
}

fn globs<'a>(patterns: impl Iterator<Item = &'a str>) -> Vec<Glob> {
    patterns.map(|pattern| Glob::new(pattern).expect("the patterns above are well-formed")).collect()
}
