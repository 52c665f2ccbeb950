//! Columns: `:::row:::` holds `:::column span="2":::`, each up to its `-end:::`.
//!
//! Rule: docfx `RowExtension` and `ColumnExtension`: a section of class `row`, divs of class `column` with `spanN`.

use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::Options;
use crate::markdown::extension::{Context, Extension, Indentation, Nesting, Shape};
use crate::markdown::syntax::Directive;
use crate::markdown::tree::{Element, Node, NodeKind};

/// `:::row:::`
#[derive(Debug)]
pub struct Row;

/// `:::column:::`
#[derive(Debug)]
pub struct Column;

impl Extension for Row {
    fn owns(&self, name: &str, _options: &Options) -> bool {
        matches!(name, ":row" | ":row-end")
    }

    fn shape(&self, directive: &Directive) -> Shape {
        directive.container(Indentation::IsEaten)
    }

    fn code(&self) -> Code {
        Code::InvalidRow
    }

    fn nesting(&self) -> Nesting {
        Nesting::EndsInner
    }

    fn lower(&self, _directive: Directive, cx: &mut Context<'_>) -> Vec<Node> {
        vec![element("section", "row".into(), cx)]
    }
}

impl Extension for Column {
    fn owns(&self, name: &str, _options: &Options) -> bool {
        matches!(name, ":column" | ":column-end")
    }

    fn shape(&self, directive: &Directive) -> Shape {
        directive.container(Indentation::IsEaten)
    }

    fn code(&self) -> Code {
        Code::InvalidNestedColumn
    }

    fn nesting(&self) -> Nesting {
        Nesting::EndsInner
    }

    fn lower(&self, directive: Directive, cx: &mut Context<'_>) -> Vec<Node> {
        // Learn's own pattern for a column of the usual width is `span=""`.
        let span = directive.attribute("span").map(str::trim).filter(|span| !span.is_empty());
        let class = match span.map(|span| (span, span.parse::<u8>())) {
            None | Some((_, Ok(1))) => "column".into(),
            Some((_, Ok(span))) => format!("column span{span}").into(),
            Some((span, Err(_))) => {
                let message = format!("`span=\"{span}\"` is no number of columns");
                let help = "write how many columns it is wide, such as `span=\"2\"`";
                cx.diagnostics.push(Diagnostic::new(self.code(), cx.span, message).help(help));
                "column".into()
            }
        };
        vec![element("div", class, cx)]
    }
}

fn element(tag: &'static str, class: Box<str>, cx: &mut Context<'_>) -> Node {
    let element = Element { tag, attributes: vec![("class", class)], is_block: true };
    Node::with(NodeKind::Element(Box::new(element)), cx.span, std::mem::take(&mut cx.body))
}
