//! docfx's glob rules.

/// A pattern that paths match, without regard to case.
#[derive(Debug, Clone)]
pub struct Glob {
    pattern: String,
}

impl Glob {
    /// Whether the `/` path matches.
    pub fn matches(&self, path: &str) -> bool {
        self.pattern == path
    }
}
