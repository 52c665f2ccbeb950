//! Docsets of any size, made of a real one: its articles under new paths.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Articles in a unit. Each unit has the same articles, its own TOC, and links that stay within it.
const UNIT: usize = 500;

/// Writes a docset of `articles` articles into `target`: the longest 500 of the conceptual articles in `reference`, again
/// and again, with their TOC, their includes and the places of their images.
pub fn generate(reference: &Path, target: &Path, articles: usize) {
    let docs = reference.join("docs-conceptual");
    let files = relative_files(&docs);
    let mut markdown: Vec<&String> = files.iter().filter(|file| file.ends_with(".md")).collect();
    let length = |file: &str| fs::metadata(docs.join(file)).map_or(0, |about| about.len());
    markdown.sort_by_key(|file| (std::cmp::Reverse(length(file)), (*file).clone()));
    let chosen: BTreeSet<&str> = markdown.into_iter().take(UNIT).map(String::as_str).collect();
    let average = chosen.iter().map(|file| length(file)).sum::<u64>() / chosen.len() as u64;
    assert!(average >= 8 << 10, "articles of {average} bytes on average are too short");
    let others = files.iter().filter(|file| is_other(file));
    let mut unit: Vec<(String, Vec<u8>)> = Vec::new();
    for file in chosen.iter().copied().chain(others.map(String::as_str)) {
        let bytes = match file.ends_with(".md") || file.ends_with(".yml") {
            true => mend(&fs::read_to_string(docs.join(file)).expect("UTF-8"), file, &chosen).into_bytes(),
            false => Vec::new(),
        };
        unit.push((format!("docs/{file}"), bytes));
    }
    for file in relative_files(&reference.join("includes")) {
        unit.push((format!("includes/{file}"), fs::read(reference.join("includes").join(&file)).expect("readable")));
    }
    for number in 0..articles / UNIT {
        for (path, bytes) in &unit {
            write(&target.join(format!("unit-{number}")).join(path), bytes);
        }
    }
    let config = r#"{"build": {"content": [{"files": ["**/docs/**/*.md", "**/docs/**/*.yml"]}], "resource": [{"files": ["**/media/**"]}]}}"#;
    write(&target.join("docfx.json"), config.as_bytes());
}

/// TOCs, and images, which are empty in the copy.
fn is_other(file: &str) -> bool {
    file.ends_with("toc.yml") && !file.contains("bread") || file.contains("media/")
}

fn relative_files(root: &Path) -> Vec<String> {
    let walk = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(|entry| entry.expect("readable"));
    let name = |path: &Path| path.strip_prefix(root).expect("below").to_string_lossy().replace('\\', "/");
    walk.filter(|entry| entry.file_type().is_file()).map(|entry| name(entry.path())).collect()
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("in a folder")).expect("made");
    fs::write(path, bytes).expect("written");
}

/// Lets links to articles that were not chosen lead to others, so that as many links hold as in the original.
fn mend(text: &str, file: &str, chosen: &BTreeSet<&str>) -> String {
    let marks = if file.ends_with(".yml") { ["href: "].as_slice() } else { ["](", "]: "].as_slice() };
    let (mut mended, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((at, mark)) = marks.iter().filter_map(|mark| Some((rest.find(mark)?, *mark))).min() {
        let (before, after) = rest.split_at(at + mark.len());
        let end = after.find(['#', ')', ' ', '?', '\n', '\r']).unwrap_or(after.len());
        mended.push_str(before);
        match other(&after[..end], file, chosen) {
            Some(link) => mended.push_str(&link),
            None => mended.push_str(&after[..end]),
        }
        rest = &after[end..];
    }
    mended.push_str(rest);
    mended
}

/// The link to take instead of `link`, if that leads to an article that is not there.
fn other(link: &str, file: &str, chosen: &BTreeSet<&str>) -> Option<String> {
    if !link.ends_with(".md") || link.contains(':') || link.starts_with(['/', '~']) || link.contains("includes/") {
        return None;
    }
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut target = PathBuf::from(folder);
    for part in link.split('/') {
        match part {
            "." => {}
            ".." => drop(target.pop()),
            name => target.push(name),
        }
    }
    if chosen.contains(target.to_string_lossy().as_ref()) {
        return None;
    }
    let hash = link.bytes().fold(7_usize, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte.into()));
    let instead = chosen.iter().nth(hash % chosen.len())?;
    let up = "../".repeat(folder.split('/').filter(|part| !part.is_empty()).count());
    Some(format!("{up}{instead}"))
}
