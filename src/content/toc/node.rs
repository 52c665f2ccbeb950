//! An entry of a TOC as it is written.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// An entry before its links are looked up.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) name: Option<String>,
    pub(super) href: Option<Link>,
    pub(super) topic_href: Option<Link>,
    /// The older name of `topicHref`.
    pub(super) homepage: Option<Link>,
    pub(super) toc_href: Option<Link>,
    pub(super) uid: Option<Link>,
    pub(super) is_expanded: bool,
    pub(super) items: Vec<Node>,
    pub(super) span: Span,
}

/// A link or uid, and where it is written.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) text: String,
    pub(super) span: Span,
}

/// A TOC as it is written.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) nodes: Vec<Node>,
    pub(super) order: i64,
}

impl Node {
    /// The links that it may have, the one that counts first.
    pub(super) fn links(&self) -> impl Iterator<Item = &Link> {
        [&self.uid, &self.topic_href, &self.href, &self.homepage, &self.toc_href].into_iter().flatten()
    }

    /// Whether nothing gives it a name: a uid does.
    pub(super) fn is_nameless(&self) -> bool {
        self.name.is_none() && self.uid.is_none()
    }

    /// Says of one that is nameless what readers see of it. `example`: how a name is written.
    pub(super) fn report_nameless(&self, place: Span, example: &str) -> Diagnostic {
        let shown = if self.is_empty() {
            "readers see nothing of it"
        } else {
            "the title of its page or the entries in it stand in its place, and on Microsoft Learn nothing"
        };
        let help = format!("write `{example}`; without it, {shown}");
        Diagnostic::new(Code::MissingAttribute, place, "this entry of a TOC has no name").help(help)
    }

    /// Whether nothing of it can be shown.
    pub(super) fn is_empty(&self) -> bool {
        self.name.is_none() && self.items.is_empty() && self.links().next().is_none()
    }

    pub(super) fn new(span: Span) -> Node {
        Node {
            name: None,
            href: None,
            topic_href: None,
            homepage: None,
            toc_href: None,
            uid: None,
            is_expanded: false,
            items: Vec::new(),
            span,
        }
    }
}
