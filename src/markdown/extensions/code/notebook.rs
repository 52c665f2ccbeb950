//! Cells of Jupyter notebooks: `[!notebook-python[](path.ipynb?name=cell)]`.
//!
//! Rule: docfx `HtmlCodeSnippetRenderer.GetNoteBookContent`: the cell whose `metadata.name` is asked for.

use serde::Deserialize;
use serde_json::Value;

use super::problem::Problem;
use crate::markdown::code::Part;

#[derive(Deserialize)]
struct Notebook {
    #[serde(default)]
    cells: Vec<Cell>,
}

#[derive(Deserialize)]
struct Cell {
    #[serde(default)]
    metadata: Value,
    #[serde(default)]
    source: Source,
}

/// Text may be one piece or a list of lines with their ends.
#[derive(Deserialize)]
#[serde(untagged)]
enum Source {
    Lines(Vec<String>),
    Text(String),
}

impl Default for Source {
    fn default() -> Source {
        Source::Text(String::new())
    }
}

impl Cell {
    fn name(&self) -> Option<&str> {
        self.metadata.get("name")?.as_str()
    }
}

/// The source of the cell that `part` names.
pub(super) fn cell(text: &str, part: &Part) -> Result<String, Problem> {
    let notebook: Notebook =
        serde_json::from_str(text).map_err(|error| Problem::NoNotebook { reason: error.to_string() })?;
    let known = || notebook.cells.iter().filter_map(Cell::name).map(str::to_owned).collect();
    let Part::Tag(wanted) = part else { return Err(Problem::UnnamedCell { known: known() }) };
    let mut found = notebook.cells.iter().filter(|cell| cell.name() == Some(wanted));
    let Some(first) = found.next() else {
        return Err(Problem::NoCell { cell: wanted.to_string(), known: known() });
    };
    if found.next().is_some() {
        return Err(Problem::ManyCells { cell: wanted.to_string() });
    }
    Ok(match &first.source {
        Source::Lines(lines) => lines.concat(),
        Source::Text(text) => text.clone(),
    })
}
