//! Includes: `[!INCLUDE [title](path)]`, and `[!INCLUDE-[title](path)]`, which is a piece of its line even when it is
//! alone there.
//!
//! The tree keeps the directive: only `compile` can read the other file and put its nodes in place.

use crate::diagnostic::Code;
use crate::markdown::Options;
use crate::markdown::extension::{Context, Extension, Shape};
use crate::markdown::syntax::Directive;
use crate::markdown::tree::{Node, NodeKind};

/// `[!INCLUDE [title](path)]`
#[derive(Debug)]
pub struct Include;

impl Extension for Include {
    fn owns(&self, name: &str, _options: &Options) -> bool {
        name == "include"
    }

    fn shape(&self, directive: &Directive) -> Shape {
        let is_piece = directive.raw["[!include".len()..].starts_with('-');
        if is_piece { Shape::Inline } else { Shape::Block }
    }

    fn code(&self) -> Code {
        Code::IncludeNotFound
    }

    fn lower(&self, directive: Directive, cx: &mut Context<'_>) -> Vec<Node> {
        vec![Node::leaf(NodeKind::Directive(Box::new(directive)), cx.span)]
    }
}
