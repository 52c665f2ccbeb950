//! Sources that want the same place in the output: versions of one article, or a mistake.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::mapping::Claim;
use super::{Docset, Entry};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::path::SitePath;
use crate::source::{FileId, Sources};

/// What came of it.
pub(super) struct Settled {
    pub(super) entries: Vec<Entry>,
    /// For each file that is left out the one that has its place.
    pub(super) winners: FxHashMap<FileId, FileId>,
    pub(super) diagnostics: Diagnostics,
}

/// Gives each claim its place in the output; outputs are compared without case.
///
/// Of several groups the last keeps the place, the others go under a folder of their group's name. Two sources
/// of one group, or without one, are `duplicate-output`: the first by path stays.
pub(super) fn settle(sources: &Sources, docsets: &[Docset], claims: Vec<Vec<Claim>>) -> Settled {
    let claims: Vec<(usize, Claim)> = claims
        .into_iter()
        .enumerate()
        .flat_map(|(docset, claims)| claims.into_iter().map(move |claim| (docset, claim)))
        .collect();
    let last_group = last_groups(docsets, &claims);
    let mut taken: FxHashMap<String, usize> = FxHashMap::default();
    let mut entries = Vec::with_capacity(claims.len());
    let (mut winners, mut diagnostics) = (FxHashMap::default(), Vec::new());
    let mut order: Vec<usize> = (0..claims.len()).collect();
    // What keeps its own place goes first, so that an older version never takes it.
    order.sort_by_key(|at| is_older(&claims[*at], docsets, &last_group));
    for at in order {
        let (docset, claim) = &claims[at];
        let is_older_version = is_older(&claims[at], docsets, &last_group);
        let folder = if is_older_version { group_name(&docsets[*docset], claim) } else { "" };
        let output = [docsets[*docset].output.as_str(), folder, &claim.output].join("/");
        let Some(output) = SitePath::new(&output) else { continue };
        let file = sources.id(&claim.path);
        if let Some(first) = taken.get(&output.as_str().to_lowercase()) {
            let first = &claims[*first].1;
            winners.insert(file, sources.id(&first.path));
            diagnostics.push(duplicate(first, claim, &output, file));
            continue;
        }
        taken.insert(output.as_str().to_lowercase(), at);
        entries.push((
            at,
            Entry { file, kind: claim.kind, docset: *docset, output, group: claim.group, is_older_version },
        ));
    }
    entries.sort_by(|a, b| claims[a.0].1.path.cmp(&claims[b.0].1.path));
    Settled { entries: entries.into_iter().map(|(_, entry)| entry).collect(), winners, diagnostics }
}

/// The last group that wants a place, for each place that several want.
fn last_groups(docsets: &[Docset], claims: &[(usize, Claim)]) -> FxHashMap<String, usize> {
    let mut last: FxHashMap<String, usize> = FxHashMap::default();
    for (docset, claim) in claims {
        if let Some(group) = claim.group {
            let keeper = last.entry(place(&docsets[*docset], claim)).or_insert(group);
            *keeper = (*keeper).max(group);
        }
    }
    last
}

fn is_older((docset, claim): &(usize, Claim), docsets: &[Docset], last_group: &FxHashMap<String, usize>) -> bool {
    claim.group.is_some_and(|group| {
        let keeper = last_group.get(&place(&docsets[*docset], claim)).copied();
        Reverse(group) > Reverse(keeper.unwrap_or(group))
    })
}

fn place(docset: &Docset, claim: &Claim) -> String {
    format!("{}/{}", docset.output, claim.output.to_lowercase())
}

fn group_name<'a>(docset: &'a Docset, claim: &Claim) -> &'a str {
    claim.group.and_then(|group| docset.config.groups.get(group)).map_or("", String::as_str)
}

fn duplicate(first: &Claim, second: &Claim, output: &SitePath, file: FileId) -> Diagnostic {
    let message = format!("`{}` and `{}` both become `{output}`", first.path, second.path);
    Diagnostic::new(Code::DuplicateOutput, file, message)
        .help("only the first one is built; rename one of them, or leave it out with `exclude`")
}
