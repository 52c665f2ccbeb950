//! Puts code from other files in the place of its references.
//!
//! Where there is no code, readers see docfx's notice, and authors a diagnostic: never an empty block alone.

use super::Splicer;
use crate::config::Dependency;
use crate::content::reference;
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::code::{CodeReference, Form};
use crate::markdown::extensions::code::{extract, not_found};
use crate::markdown::tree::{Callout, Element, Link, Node, NodeKind};
use crate::source::Span;

/// A file longer than this is not looked through for code.
pub const MAX_FILE_BYTES: usize = 16 << 20;
/// The files that a page takes code from may take this many bytes together, each as often as it is named.
pub const MAX_READ_BYTES: usize = 32 << 20;
/// A page may show this many bytes of code.
pub const MAX_SHOWN_BYTES: usize = 16 << 20;

/// What docfx says in the place of a snippet whose file it cannot find.
const NOTICE: &str = "It looks like the sample you are looking for does not exist.";

/// What code has taken of the budgets of a page, in bytes.
#[derive(Debug, Default)]
pub(super) struct Spent {
    read: usize,
    shown: usize,
}

/// The name and the value of an attribute.
type Attribute = (&'static str, Box<str>);

/// Why there is no code.
enum Absence<'a> {
    /// There is no file; the repository that it would come from is not here.
    File(Option<&'a Dependency>),
    /// The file has no code for the reference.
    Part,
}

impl Splicer<'_> {
    /// The block of code that a reference asks for, or a notice that there is none.
    pub(super) fn code(&mut self, reference: &CodeReference, span: Span) -> Vec<Node> {
        match self.find_code(reference, span) {
            Ok(code) => {
                self.code.shown += code.len();
                let block = NodeKind::CodeBlock(Box::new(reference.block.clone()));
                vec![Node::with(block, span, vec![Node::text(&code, span)])]
            }
            Err(absence) => notice(reference, span, &absence),
        }
    }

    /// The code; what keeps it away is reported.
    fn find_code(&mut self, reference: &CodeReference, span: Span) -> Result<String, Absence<'_>> {
        let tree = self.library.tree;
        let file = self.look_up(&reference.path, span).map_err(|missing| {
            let message = format!("cannot find the code `{}`", reference.path);
            let help = reference::missing_help(tree, missing.as_ref());
            self.report(Diagnostic::new(not_found(reference.form), span, message).help(help));
            Absence::File(missing.and_then(|missing| reference::missing_dependency(tree, &missing)))
        })?;
        let source = self.library.code(file);
        self.spliced.diagnostics.extend(source.diagnostics.iter().cloned());
        if source.text.is_empty() && !source.diagnostics.is_empty() {
            return Err(Absence::Part);
        }
        self.code.read += source.text.len();
        if let Some(message) = over_budget(source.text.len(), self.code.read) {
            let help = "name shorter files, or split the page";
            self.report(Diagnostic::new(Code::BudgetExceeded, span, message).help(help));
            return Err(Absence::Part);
        }
        let (code, problems) = extract(&source.text, reference, MAX_SHOWN_BYTES.saturating_sub(self.code.shown));
        problems.iter().for_each(|problem| self.report(problem.diagnostic(reference, span)));
        code.ok_or(Absence::Part)
    }
}

fn over_budget(file: usize, read: usize) -> Option<String> {
    let mebibytes = |bytes: usize| bytes >> 20;
    if file > MAX_FILE_BYTES {
        return Some(format!("the file with the code is longer than {} MiB", mebibytes(MAX_FILE_BYTES)));
    }
    (read > MAX_READ_BYTES)
        .then(|| format!("the files that the page takes code from have more than {} MiB", mebibytes(MAX_READ_BYTES)))
}

/// What readers see in the place of code that is not there.
///
/// docfx writes it where `[!code]` names a file that is not there. Where the file lacks the part, it leaves an empty
/// block: that one stands beside the notice, which is a decoration there, and is hidden from readers.
fn notice(reference: &CodeReference, span: Span, absence: &Absence<'_>) -> Vec<Node> {
    let mut blocks = vec![Node::with(NodeKind::Paragraph, span, vec![Node::text(NOTICE, span)])];
    if let Absence::File(Some(dependency)) = absence {
        blocks.push(decoration("p", span, origin(dependency, span)));
    }
    let warning = Callout { kind: "WARNING".into(), class: "WARNING".into() };
    let callout = Node::with(NodeKind::Callout(Box::new(warning)), span, blocks);
    match (reference.form, absence) {
        (Form::Snippet | Form::Notebook, Absence::File(_)) => vec![callout],
        (Form::Snippet | Form::Notebook, Absence::Part) => {
            vec![decoration("div", span, vec![callout]), empty_block(reference, span)]
        }
        (Form::TripleColon, _) => vec![decoration("div", span, vec![callout])],
    }
}

/// The block of code that has none.
fn empty_block(reference: &CodeReference, span: Span) -> Node {
    let language = Some(reference.block.language()).filter(|language| !language.is_empty());
    let class = language.map(|language| ("class", format!("lang-{language}").into()));
    let code = element("code", class, span, Vec::new());
    element("pre", Some(("hidden", "".into())), span, vec![code])
}

/// Where the code would come from.
fn origin(dependency: &Dependency, span: Span) -> Vec<Node> {
    let text = |text: &str| Node::text(text, span);
    let name = text(&dependency.url);
    let link = Link { destination: dependency.url.as_str().into(), title: "".into(), is_autolink: false };
    let is_link = dependency.url.starts_with("https://");
    let name = if is_link { Node::with(NodeKind::Link(Box::new(link)), span, vec![name]) } else { name };
    vec![text("It is part of "), name, text(", which was not there when this page was built.")]
}

fn decoration(tag: &'static str, span: Span, children: Vec<Node>) -> Node {
    element(tag, Some(("data-decoration", "".into())), span, children)
}

fn element(tag: &'static str, attribute: Option<Attribute>, span: Span, children: Vec<Node>) -> Node {
    let element = Element { tag, attributes: attribute.into_iter().collect(), is_block: tag != "code" };
    Node::with(NodeKind::Element(Box::new(element)), span, children)
}
