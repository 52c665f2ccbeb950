//! How bad each kind of problem is, as a team sets it.

use std::collections::BTreeMap;

use super::{Code, Severity};
use crate::path::{self, RepoPath};

/// Severities by code; `None` silences a code.
pub type Rules = BTreeMap<Code, Option<Severity>>;

/// The rules of a site, and those of its docsets.
#[derive(Debug, Clone, Default)]
pub struct Severities {
    /// For every file; they win.
    pub everywhere: Rules,
    /// For the files below a folder, `""` for the repository's root. Of several folders that hold a file the innermost
    /// counts alone, and of those that are the same the first.
    pub below: Vec<(String, Rules)>,
}

impl Severities {
    /// What is set for a code in a file, or where no file is meant; `None` if nothing is.
    pub fn of(&self, code: Code, file: Option<&RepoPath>) -> Option<Option<Severity>> {
        let of_folder = || {
            let file = file?.as_str();
            let mine = self.below.iter().rev().filter(|(folder, _)| path::below(file, folder).is_some());
            mine.max_by_key(|(folder, _)| folder.len())?.1.get(&code)
        };
        self.everywhere.get(&code).or_else(of_folder).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_folder_counts_alone_and_what_holds_everywhere_wins() {
        let silent = |code| Rules::from([(code, None)]);
        let severities = Severities {
            everywhere: Rules::from([(Code::FileCase, Some(Severity::Error))]),
            below: vec![
                ("a".into(), silent(Code::XrefNotFound)),
                ("a/b".into(), silent(Code::FileCase)),
                ("a".into(), silent(Code::UnsafeLink)),
            ],
        };
        let of = |code, path: &str| severities.of(code, RepoPath::new(path).as_ref());
        assert_eq!(of(Code::XrefNotFound, "a/x.md"), Some(None));
        assert_eq!(of(Code::XrefNotFound, "a/b/x.md"), None);
        assert_eq!(of(Code::XrefNotFound, "ab/x.md"), None);
        assert_eq!(of(Code::UnsafeLink, "a/x.md"), None);
        assert_eq!(of(Code::FileCase, "a/b/x.md"), Some(Some(Severity::Error)));
        assert_eq!(severities.of(Code::XrefNotFound, None), None);
    }
}
