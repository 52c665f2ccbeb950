//! Formulas: `$x^2$` and `$$`, as MathML; browsers need nothing else to show it.
//!
//! Microsoft Learn shows the source, docfx a formula. What is no LaTeX stays readable as its source.

use std::sync::LazyLock;

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};

use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::extension::{Context, Extension, Shape};
use crate::markdown::syntax::Directive;
use crate::markdown::tree::{Formula, Node, NodeKind};
use crate::markdown::{Options, latex};

/// `$x$`
#[derive(Debug)]
pub struct Math;

/// Groups may be nested this deep.
const MAX_DEPTH: usize = 32;

static CONVERTER: LazyLock<Option<LatexToMathML>> =
    LazyLock::new(|| LatexToMathML::new(MathCoreConfig { macros: latex::macros(), ..MathCoreConfig::default() }).ok());

impl Extension for Math {
    fn owns(&self, name: &str, _options: &Options) -> bool {
        name.starts_with('$')
    }

    fn shape(&self, directive: &Directive) -> Shape {
        if &*directive.name == "$$" { Shape::Block } else { Shape::Inline }
    }

    fn code(&self) -> Code {
        Code::InvalidMath
    }

    fn lower(&self, directive: Directive, cx: &mut Context<'_>) -> Vec<Node> {
        let is_block = &*directive.name == "$$";
        let source: Box<str> = directive.raw.trim().into();
        let mathml = mathml(&latex::plain(&source), is_block);
        if mathml.is_none() {
            let diagnostic = Diagnostic::new(self.code(), cx.span, "the formula cannot be read as LaTeX");
            cx.diagnostics.push(diagnostic.help("mend it, or write `\\$` if no formula is meant"));
        }
        let formula = Formula { mathml, source, is_block: is_block && directive.is_block };
        vec![Node::leaf(NodeKind::Math(Box::new(formula)), cx.span)]
    }
}

/// The MathML of a formula; `None` for what is no LaTeX.
fn mathml(source: &str, is_block: bool) -> Option<Box<str>> {
    let depth = source.bytes().scan(0_usize, |depth, b| {
        *depth = match b {
            b'{' => *depth + 1,
            b'}' => depth.saturating_sub(1),
            _ => *depth,
        };
        Some(*depth)
    });
    if depth.max().unwrap_or(0) > MAX_DEPTH {
        return None;
    }
    let display = if is_block { MathDisplay::Block } else { MathDisplay::Inline };
    let mathml = CONVERTER.as_ref()?.convert_with_local_counter(source, display).ok()?;
    Some(without_styles(&mathml).into())
}

/// MathML without `style=`, which a page's policy does not allow. Spaces are lost at most.
fn without_styles(mathml: &str) -> String {
    let mut rest = mathml;
    let mut kept = String::with_capacity(mathml.len());
    while let Some(at) = rest.find(" style=\"") {
        kept.push_str(&rest[..at]);
        let value = &rest[at + " style=\"".len()..];
        rest = value.find('"').map_or("", |end| &value[end + 1..]);
    }
    kept + rest
}
