//! Redirection files: which sources moved, and where to.

use rustc_hash::FxHashMap;

/// What was moved.
#[derive(Debug, Clone, Default)]
pub struct Redirects {
    /// By lower-case path in the repository.
    by_source: FxHashMap<String, String>,
}

impl Redirects {
    /// The URL that a path of the repository was moved to, as the redirection file writes it.
    pub fn target(&self, path: &str) -> Option<&str> {
        self.by_source.get(&path.to_lowercase()).map(String::as_str)
    }
}
