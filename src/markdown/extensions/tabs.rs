//! Tabs: headings whose only content is a link to `#tab/id`, up to a thematic break or the end of their container.
//!
//! Rule: docfx `TabGroupAggregator`: headings of any level; `#tab/id+other` belongs to several ids, `#tab/id/condition`
//! is shown while the tab `condition` is chosen in a group before. Other headings stay content of the tab.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::markdown::heading;
use crate::markdown::tree::{Node, NodeKind, Tab};

/// What the destination begins with that makes a heading a tab.
pub const START: &str = "#tab/";

/// Groups the tabs below `root`, whatever they stand in.
pub fn group(root: &mut Node, diagnostics: &mut Diagnostics) {
    group_in(root, &mut Earlier::default(), diagnostics);
}

/// The tab groups before that share no id.
#[derive(Default)]
struct Earlier {
    /// Their ids, sorted.
    groups: Vec<Vec<Box<str>>>,
    /// The group of each id.
    by_id: FxHashMap<Box<str>, usize>,
}

fn group_in(container: &mut Node, earlier: &mut Earlier, diagnostics: &mut Diagnostics) {
    if container.children.iter().any(|node| tab(node).is_some()) {
        let mut open: Option<Node> = None;
        for node in std::mem::take(&mut container.children) {
            match (tab(&node), &mut open) {
                (Some(tab), group) => {
                    let span = node.span;
                    let group = group.get_or_insert_with(|| Node::leaf(NodeKind::TabGroup, span));
                    group.children.push(Node::with(NodeKind::Tab(Box::new(tab)), span, vec![title(node)]));
                }
                (None, Some(_)) if node.kind == NodeKind::Rule => container.children.extend(open.take()),
                (None, Some(group)) => {
                    let panel = group.children.last_mut().expect("a group begins with a tab");
                    panel.children.push(node);
                }
                (None, None) => container.children.push(node),
            }
        }
        container.children.extend(open);
    }
    for child in &mut container.children {
        if child.kind == NodeKind::TabGroup {
            check(child, earlier, diagnostics);
        }
        if child.is_block() {
            group_in(child, earlier, diagnostics);
        }
    }
}

/// The heading of a tab as the title of its panel.
fn title(heading: Node) -> Node {
    let inlines = heading.children.into_iter().filter(|node| matches!(node.kind, NodeKind::Link(_)));
    let slug = match heading.kind {
        NodeKind::Heading(_, slug) => slug,
        _ => "".into(),
    };
    Node::with(NodeKind::TabTitle(slug), heading.span, inlines.flat_map(|link| link.children).collect())
}

/// What the heading of a tab says.
fn tab(node: &Node) -> Option<Tab> {
    if !matches!(node.kind, NodeKind::Heading(..)) {
        return None;
    }
    let inlines = if heading::own_id(&node.children).is_some() { &node.children[2..] } else { &node.children };
    let [Node { kind: NodeKind::Link(link), .. }] = inlines else { return None };
    let (ids, condition) = match link.destination.strip_prefix(START)?.split_once('/') {
        Some((ids, condition)) => (ids, Some(condition).filter(|condition| !condition.is_empty())),
        None => (link.destination.strip_prefix(START)?, None),
    };
    let is_id = |id: &str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let is_sound = ids.split('+').all(is_id) && condition.is_none_or(is_id);
    is_sound.then(|| Tab { ids: ids.split('+').map(Box::from).collect(), condition: condition.map(Box::from) })
}

/// Reports ids that a group has twice, and a group that has some ids of an earlier one and not all.
fn check(group: &Node, earlier: &mut Earlier, diagnostics: &mut Diagnostics) {
    let tabs =
        || group.children.iter().filter_map(|node| if let NodeKind::Tab(tab) = &node.kind { Some(tab) } else { None });
    let mut report = |message: String, help: &str| {
        diagnostics.push(Diagnostic::new(Code::InvalidTabGroup, group.span, message).help(help));
    };
    let mut seen: FxHashSet<&Tab> = FxHashSet::default();
    if let Some(tab) = tabs().find(|tab| !seen.insert(tab)) {
        let message = format!("two tabs of the group have the id `{}`", tab.ids.join("+"));
        report(message, "give each tab an id of its own");
    }
    let mut ids: Vec<Box<str>> = tabs().flat_map(|tab| tab.ids.iter().cloned()).collect();
    ids.sort_unstable();
    ids.dedup();
    let shares = ids.iter().filter_map(|id| earlier.by_id.get(id)).min();
    match shares.map(|group| &earlier.groups[*group]) {
        Some(other) if *other != ids => {
            let message = format!("the tabs {} stand beside others than before: {}", list(&ids), list(other));
            report(message, "tabs that switch together have the same ids in every group");
        }
        Some(_) => {}
        None => {
            let is_hidden =
                |tab: &Tab| tab.condition.as_ref().is_some_and(|condition| !earlier.by_id.contains_key(condition));
            if tabs().all(|tab| is_hidden(tab)) {
                report(
                    "every tab of the group waits for a tab that no group before has".to_owned(),
                    "add a group with the tabs that the conditions name before it",
                );
            }
            let group = earlier.groups.len();
            earlier.by_id.extend(ids.iter().map(|id| (id.clone(), group)));
            earlier.groups.push(ids);
        }
    }
}

/// The first few ids of a group.
fn list(ids: &[Box<str>]) -> String {
    let shown: Vec<String> = ids.iter().take(8).map(|id| format!("`{id}`")).collect();
    let rest = if ids.len() > shown.len() { ", .." } else { "" };
    shown.join(", ") + rest
}
