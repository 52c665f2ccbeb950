//! What is wrong with the site, for the overlay in the browser.

use rustc_hash::FxHashSet;
use serde_json::{Value, json};

use crate::diagnostic::{Code, Severity};
use crate::path::RepoPath;
use crate::report::json::to_json;
use crate::report::{Counts, Located, Paths};

/// So many problems of other pages are sent to a browser; all are counted.
const MAX_OTHERS: usize = 200;

/// What the last check of all pages found.
#[derive(Debug, Default)]
pub struct Problems {
    /// Sorted, with excerpts.
    pub located: Vec<Located>,
    /// How many there are.
    pub counts: Counts,
    /// How paths are shown.
    pub paths: Paths,
    /// Why the theme or configuration cannot be used, if so; the last good one holds.
    pub trouble: Option<String>,
}

impl Problems {
    /// `{trouble, errors, warnings, page: [..], others: [..]}` with errors before warnings; what is less is left out.
    ///
    /// `page` holds the problems of the page that is looked at, `others` at most [`MAX_OTHERS`] of the rest.
    pub fn to_json(&self, page: &[Located]) -> Value {
        let is_of_page = |one: &&Located| page.iter().any(|own| is_same(own, one));
        let others: Vec<&Located> = self.located.iter().filter(|one| !is_of_page(one)).collect();
        let mut others = shown(others);
        let left_out = others.len().saturating_sub(MAX_OTHERS);
        others.truncate(MAX_OTHERS);
        let list = |list: Vec<&Located>| list.into_iter().map(|one| self.one(one)).collect::<Vec<_>>();
        json!({
            "trouble": self.trouble,
            "errors": self.counts.errors,
            "warnings": self.counts.warnings,
            "page": list(shown(page.iter().collect())),
            "others": list(others),
            "left_out": left_out,
        })
    }

    fn one(&self, one: &Located) -> Value {
        let mut value = to_json(one, &self.paths);
        value["excerpt"] = one.excerpt.as_ref().map_or(Value::Null, |excerpt| {
            let (start, end) = (excerpt.marked.start, excerpt.marked.end);
            json!([&excerpt.text[..start], &excerpt.text[start..end], &excerpt.text[end..]])
        });
        value
    }

    /// The problems that `before` did not have; that lines moved makes none new.
    pub fn news(&self, before: &Problems) -> Vec<Located> {
        let known: FxHashSet<_> = before.located.iter().map(identity).collect();
        self.located.iter().filter(|one| !known.contains(&identity(one))).cloned().collect()
    }
}

/// What makes two problems one, wherever in its file each is.
fn identity(one: &Located) -> (Code, Option<&RepoPath>, &str) {
    (one.diagnostic.code, one.path.as_ref(), &one.diagnostic.message)
}

fn is_same(a: &Located, b: &Located) -> bool {
    a.start == b.start && identity(a) == identity(b)
}

/// Errors, then warnings.
fn shown(located: Vec<&Located>) -> Vec<&Located> {
    let of = |severity: Severity| located.iter().filter(move |one| one.diagnostic.severity == severity).copied();
    of(Severity::Error).chain(of(Severity::Warning)).collect()
}
