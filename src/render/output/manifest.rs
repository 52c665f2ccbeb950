//! The list of what recto wrote, kept in the output folder: its marker there, and what a later build may remove.

use std::fs;
use std::path::Path;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::folder::{Entry, entry};
use crate::content::tree::OUTPUT_MANIFEST;
use crate::path::SitePath;

/// The manifest's name. No dot-file, since uploads to web hosts leave those out.
pub(super) const NAME: &str = OUTPUT_MANIFEST;

/// The files of an output folder. The same site has the same manifest: no times, no paths of the machine.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    files: FxHashSet<SitePath>,
    exists: bool,
}

#[derive(Serialize, Deserialize)]
struct Text {
    generator: String,
    format: u32,
    files: Vec<String>,
}

const GENERATOR: &str = "recto";
const FORMAT: u32 = 1;

impl Manifest {
    /// Reads the manifest of a folder; an empty one if there is none. The error tells what to do.
    pub(super) fn read(root: &Path) -> Result<Manifest, String> {
        let path = root.join(NAME);
        let advice = "choose another folder with -o, or empty this one";
        match entry(&path) {
            Ok(Entry::Nothing) => return Ok(Manifest::default()),
            Ok(Entry::File(_)) => {}
            _ => return Err(format!("its `{NAME}` is no readable file; {advice}")),
        }
        let bytes = fs::read(&path).map_err(|error| format!("its `{NAME}` cannot be read ({error}); {advice}"))?;
        let files = parse(&bytes).ok_or_else(|| format!("its `{NAME}` is not one that recto wrote; {advice}"))?;
        Ok(Manifest { files, exists: true })
    }

    /// Whether the folder has a manifest.
    pub(super) fn exists(&self) -> bool {
        self.exists
    }

    /// The files that it lists.
    pub(super) fn files(&self) -> &FxHashSet<SitePath> {
        &self.files
    }

    /// Lists other files from now on, and returns the text to be written.
    pub(super) fn set(&mut self, files: &FxHashSet<SitePath>) -> Vec<u8> {
        self.files = files.clone();
        self.exists = true;
        let mut names: Vec<String> = files.iter().map(|path| path.as_str().to_owned()).collect();
        names.sort();
        let text = Text { generator: GENERATOR.to_owned(), format: FORMAT, files: names };
        let mut bytes = serde_json::to_vec_pretty(&text).expect("strings and numbers are always JSON");
        bytes.push(b'\n');
        bytes
    }
}

/// `None` for anything but a manifest whose paths are exactly as recto writes them.
fn parse(bytes: &[u8]) -> Option<FxHashSet<SitePath>> {
    let text: Text = serde_json::from_slice(bytes).ok()?;
    if text.generator != GENERATOR || text.format != FORMAT {
        return None;
    }
    text.files.iter().map(|name| SitePath::new(name).filter(|path| path.as_str() == name && !name.is_empty())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_reads_as_it_was_written_sorted() {
        let files: FxHashSet<SitePath> = ["b/c.html", "a.html"].iter().filter_map(|name| SitePath::new(name)).collect();
        let bytes = Manifest::default().set(&files);
        let text = String::from_utf8(bytes.clone()).expect("text");
        assert!(text.find("a.html") < text.find("b/c.html"), "{text}");
        assert_eq!(parse(&bytes), Some(files));
    }

    #[test]
    fn a_manifest_with_paths_out_of_the_folder_is_not_recto_s() {
        for path in ["../x", "/etc/passwd", "a/../../x", "a//b", "", r"..\\x"] {
            let text = format!(r#"{{"generator": "recto", "format": 1, "files": ["{path}"]}}"#);
            assert_eq!(parse(text.as_bytes()), None, "{path}");
        }
    }
}
