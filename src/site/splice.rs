//! Puts other files in the place of what names them, in the tree: includes, and code by reference (`code`).
//!
//! In block position come the included document's blocks, in a line of text the pieces of its blocks. Link
//! definitions and containers stay local to their file, since each file is parsed by itself.

mod code;

use rustc_hash::FxHashSet;

use crate::content::reference;
use crate::content::tree::Entry;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::markdown::builder::MAX_DEPTH;
use crate::markdown::document::Document;
use crate::markdown::syntax::Directive;
use crate::markdown::tree::{Node, NodeKind};
use crate::path::RepoPath;
use crate::site::library::{Included, Library};
use crate::source::{FileId, Span};

/// Includes may include each other this deep.
pub const MAX_INCLUDE_DEPTH: usize = 32;
/// A page may hold this many includes.
pub const MAX_INCLUDES: usize = 4096;
/// The included texts of a page may take this many bytes together.
pub const MAX_INCLUDED_BYTES: usize = 16 << 20;

/// An article with its includes and its code.
#[derive(Debug)]
pub struct Spliced {
    /// Its tree.
    pub root: Node,
    /// The files that were read, or looked for in vain.
    pub dependencies: Vec<FileId>,
    /// What is wrong with what names them.
    pub diagnostics: Diagnostics,
}

/// Splices the includes and the code of a document.
pub fn splice(document: Document, entry: &Entry, library: &Library<'_>) -> Spliced {
    let spliced = Spliced { root: document.root, dependencies: Vec::new(), diagnostics: Vec::new() };
    let (chain, told, code) = (vec![entry.file], FxHashSet::default(), code::Spent::default());
    let mut splicer = Splicer { entry, library, spliced, chain, told, count: 0, bytes: 0, code };
    let mut root =
        std::mem::replace(&mut splicer.spliced.root, Node::leaf(NodeKind::Document, document_span(entry.file)));
    if document.has_directives {
        splicer.children(&mut root, 1);
    }
    splicer.spliced.root = root;
    splicer.spliced
}

fn document_span(file: FileId) -> Span {
    Span::new(file, 0..0)
}

/// Where an include stands.
#[derive(Clone, Copy)]
enum Position {
    /// In the place of a block.
    Flow,
    /// In a line of text.
    Line,
    /// Alone in the cell of a table, which holds blocks then. As on Microsoft Learn.
    Cell,
}

struct Splicer<'a> {
    entry: &'a Entry,
    library: &'a Library<'a>,
    spliced: Spliced,
    /// The files that are being included, the article first.
    chain: Vec<FileId>,
    /// The files whose own mistakes are told; a page may include them again and again.
    told: FxHashSet<FileId>,
    count: usize,
    bytes: usize,
    code: code::Spent,
}

impl Splicer<'_> {
    /// Replaces the includes and the references to code below `node`, which lies `depth` containers deep.
    fn children(&mut self, node: &mut Node, depth: usize) {
        if depth > 2 * MAX_DEPTH {
            return;
        }
        if !node.children.iter().any(|child| is_include(child) || matches!(child.kind, NodeKind::CodeReference(_))) {
            node.children.iter_mut().for_each(|child| self.children(child, depth + 1));
            return;
        }
        let is_alone_in_cell = node.kind == NodeKind::TableCell && node.children.len() == 1;
        for mut child in std::mem::take(&mut node.children) {
            match &child.kind {
                NodeKind::Directive(directive) if is_include(&child) => {
                    let position = match directive.is_block {
                        true => Position::Flow,
                        false if is_alone_in_cell => Position::Cell,
                        false => Position::Line,
                    };
                    let in_text = directive.is_block && node.children.last().is_some_and(|last| !last.is_block());
                    match self.include(directive, child.span, position, depth) {
                        // In a tight item, the lines before and behind it must not run into each other.
                        Some(nodes) if nodes.is_empty() && in_text => {
                            node.children.push(Node::leaf(NodeKind::SoftBreak, child.span));
                        }
                        Some(nodes) => node.children.extend(nodes),
                        None => node.children.push(child),
                    }
                }
                NodeKind::CodeReference(reference) => node.children.extend(self.code(reference, child.span)),
                _ => {
                    self.children(&mut child, depth + 1);
                    node.children.push(child);
                }
            }
        }
    }

    /// The nodes of an included file; `None` when the directive stays visible.
    fn include(&mut self, directive: &Directive, span: Span, position: Position, depth: usize) -> Option<Vec<Node>> {
        let file = self.find(directive, span)?;
        if self.chain.contains(&file) {
            self.report_cycle(file, span);
            return Some(cycle(directive, span));
        }
        let included = self.library.included(file, self.entry.docset);
        if !included.is_markdown && !self.accept_as_markdown(&included, directive, span) {
            return None;
        }
        self.count += 1;
        self.bytes += included.bytes;
        if let Some(message) = self.over_budget(depth) {
            let help = "the directive is shown in its place; split the page, or include less";
            self.report(Diagnostic::new(Code::BudgetExceeded, span, message).help(help));
            return None;
        }
        if self.told.insert(file) {
            self.spliced.diagnostics.extend(included.diagnostics.iter().cloned());
        }
        let mut root = included.document.root.clone();
        self.chain.push(file);
        self.children(&mut root, depth + 1);
        self.chain.pop();
        Some(match (position, root.children.as_mut_slice()) {
            (Position::Cell, [only]) if only.kind == NodeKind::Paragraph => std::mem::take(&mut only.children),
            (Position::Cell | Position::Flow, _) => root.children,
            (Position::Line, _) => inline(root.children),
        })
    }

    /// Reports an include that is not named as markdown; whether it is read as such.
    fn accept_as_markdown(&mut self, included: &Included, directive: &Directive, span: Span) -> bool {
        let refusal = included.refusal();
        let (message, severity, help) = match refusal {
            Some(refusal) => {
                let help = "only text can be included; an image is shown with `![alternative text](path)`";
                (format!("cannot include this: {}", refusal.message), Severity::Error, help)
            }
            None => {
                let path = directive.target.as_ref().map_or("", |target| &target.path);
                let help = "name it `.md`, or show a file of code with `:::code source=\"..\":::`";
                (format!("the include `{path}` is no markdown, but is read as such"), Severity::Warning, help)
            }
        };
        self.report(Diagnostic::new(Code::IncludeInvalid, span, message).severity(severity).help(help));
        refusal.is_none()
    }

    fn find(&mut self, directive: &Directive, span: Span) -> Option<FileId> {
        let written = directive.target.as_ref().map_or("", |target| &target.path);
        let (mut path, mut found) = (written, self.look_up(written, span));
        // Learn sets a query and a fragment aside.
        if let (Err(_), Some(end)) = (&found, written.find(['?', '#']).filter(|end| *end > 0)) {
            path = &written[..end];
            found = self.look_up(path, span);
        }
        match found {
            Ok(file) => {
                if let Some(suffix) = written.strip_prefix(path).filter(|suffix| !suffix.is_empty()) {
                    let message = format!("an include is a whole file: `{suffix}` is left out");
                    let help = format!("write `{path}`; what is to be included by itself needs a file of its own");
                    self.report(Diagnostic::new(Code::IncludeInvalid, span, message).help(help));
                }
                Some(file)
            }
            Err(missing) => {
                let help = reference::missing_help(self.library.tree, missing.as_ref());
                let message = format!("cannot find the include `{written}`");
                self.report(Diagnostic::new(Code::IncludeNotFound, span, message).help(help));
                None
            }
        }
    }

    /// The file that a path at `span` means, or where it was looked for. Either is remembered as a dependency.
    fn look_up(&mut self, path: &str, span: Span) -> Result<FileId, Option<RepoPath>> {
        let tree = self.library.tree;
        match reference::find(tree, self.entry.docset, span.file, path) {
            Ok(found) => {
                self.spliced.dependencies.push(found.file);
                if !found.is_exact {
                    self.report(reference::other_case(tree, found, path, span));
                }
                Ok(found.file)
            }
            Err(missing) => {
                self.spliced.dependencies.extend(missing.iter().map(|missing| tree.sources.id(missing)));
                Err(missing)
            }
        }
    }

    fn over_budget(&self, depth: usize) -> Option<String> {
        if self.chain.len() > MAX_INCLUDE_DEPTH || depth > MAX_DEPTH {
            return Some(format!("includes are nested more than {MAX_INCLUDE_DEPTH} deep"));
        }
        if self.count > MAX_INCLUDES {
            return Some(format!("the page has more than {MAX_INCLUDES} includes"));
        }
        (self.bytes > MAX_INCLUDED_BYTES)
            .then(|| format!("the page includes more than {} MiB of text", MAX_INCLUDED_BYTES >> 20))
    }

    fn report_cycle(&mut self, file: FileId, span: Span) {
        let name = |file: &FileId| format!("`{}`", self.library.tree.sources.path(*file));
        let from = self.chain.iter().position(|link| *link == file).unwrap_or(0);
        let chain: Vec<String> = self.chain[from..].iter().chain([&file]).map(name).collect();
        let message = format!("the include leads back to itself: {}", chain.join(" includes "));
        self.report(Diagnostic::new(Code::CircularReference, span, message).help("take one of these includes out"));
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.spliced.diagnostics.push(diagnostic);
    }
}

/// What stands for an include that leads back to itself: the text that docfx shows there.
fn cycle(directive: &Directive, span: Span) -> Vec<Node> {
    let (title, path) = directive.target.as_ref().map_or(("", ""), |target| (&*target.title, &*target.path));
    let text = Node::text(&format!("[!include[{title}]({path})]"), span);
    if directive.is_block { vec![Node::with(NodeKind::Paragraph, span, vec![text])] } else { vec![text] }
}

fn is_include(node: &Node) -> bool {
    matches!(&node.kind, NodeKind::Directive(directive) if &*directive.name == "include")
}

/// What of an included document can stand in a line of text: the pieces of its blocks, one after the other.
fn inline(blocks: Vec<Node>) -> Vec<Node> {
    let mut pieces = Vec::new();
    for mut block in blocks {
        match block.kind {
            _ if !block.is_block() => pieces.push(block),
            NodeKind::CodeBlock(_) => {
                let mut code = String::new();
                block.push_plain_text(&mut code);
                pieces.push(Node::leaf(NodeKind::Code(code.trim_end().into()), block.span));
            }
            // docfx reads the file as a line of text: the marks of a heading are text there.
            NodeKind::Heading(level, _) => {
                pieces.push(Node::text(&format!("{} ", "#".repeat(usize::from(level))), block.span));
                pieces.append(&mut block.children);
            }
            NodeKind::HtmlBlock | NodeKind::Paragraph => pieces.append(&mut block.children),
            NodeKind::List(start) => pieces.append(&mut marked(start, block.children)),
            _ => pieces.extend(inline(block.children)),
        }
    }
    pieces
}

/// The items of a list in a line of text: their marks are text, too.
fn marked(start: Option<u64>, items: Vec<Node>) -> Vec<Node> {
    let mut pieces = Vec::new();
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            pieces.push(Node::leaf(NodeKind::SoftBreak, item.span));
        }
        let mark = start.map_or_else(|| "- ".to_owned(), |start| format!("{}. ", start + at as u64));
        pieces.push(Node::text(&mark, item.span));
        pieces.extend(inline(item.children));
    }
    pieces
}
