//! Code by reference: `[!code-csharp[name](path#tag)]` and `[!notebook-python[](path?name=cell)]`.
//!
//! The directive is shown as it is written. It is no link: its path has a query and a tag that no page has.

use crate::diagnostic::Code;
use crate::markdown::Options;
use crate::markdown::extension::{Context, Extension, Shape};
use crate::markdown::syntax::Directive;
use crate::markdown::tree::{Node, NodeKind};

/// `[!code-csharp[name](path)]`
#[derive(Debug)]
pub struct Snippet;

impl Extension for Snippet {
    fn owns(&self, name: &str, _options: &Options) -> bool {
        matches!(name, "code" | "notebook")
    }

    fn shape(&self, _directive: &Directive) -> Shape {
        Shape::Block
    }

    fn code(&self) -> Code {
        Code::InvalidCode
    }

    fn lower(&self, directive: Directive, cx: &mut Context<'_>) -> Vec<Node> {
        let text = Node::text(&directive.raw, cx.span);
        if directive.is_block { vec![Node::with(NodeKind::Paragraph, cx.span, vec![text])] } else { vec![text] }
    }
}
