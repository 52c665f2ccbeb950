//! Diagnostics for programs: one JSON object a line.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Located, Paths};

/// Writes one object a line, in the order of the list.
pub fn write(out: &mut dyn Write, located: &[Located], paths: &Paths) -> io::Result<()> {
    for one in located {
        serde_json::to_writer(&mut *out, &to_json(one, paths))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// `{code, severity, message, help, file, line, column, end_line, end_column}`; what is not known is null.
///
/// Lines and columns are 1-based, columns in UTF-16 units, the end exclusive.
pub fn to_json(one: &Located, paths: &Paths) -> Value {
    let diagnostic = &one.diagnostic;
    json!({
        "code": diagnostic.code.as_str(),
        "severity": diagnostic.severity.as_str(),
        "message": diagnostic.message,
        "help": diagnostic.help,
        "file": one.path.as_ref().map(|path| paths.show(path)),
        "line": one.start.map(|start| start.line),
        "column": one.start.map(|start| start.column),
        "end_line": one.end.map(|end| end.line),
        "end_column": one.end.map(|end| end.column),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Diagnostic, Place, Severities};
    use crate::path::RepoPath;
    use crate::report::finish;
    use crate::source::{Sources, Span};

    #[test]
    fn each_diagnostic_is_an_object_on_its_line() {
        let sources = Sources::memory([("a.md", "one\ntwo")]);
        let file = sources.id(&RepoPath::new("a.md").expect("inside"));
        let all = vec![
            Diagnostic::new(Code::FileCase, Span::new(file, 4..7), "say \"two\"\n").help("two"),
            Diagnostic::new(Code::ConfigSyntax, Place::Nowhere, "no"),
        ];
        let mut out = Vec::new();
        write(&mut out, &finish(all, &Severities::default(), &sources), &Paths::default()).expect("memory");
        let expected = concat!(
            r#"{"code":"config-syntax","severity":"error","message":"no","help":null,"file":null,"line":null,"#,
            r#""column":null,"end_line":null,"end_column":null}"#,
            "\n",
            r#"{"code":"file-case","severity":"warning","message":"say \"two\"\n","help":"two","file":"a.md","line":2,"#,
            r#""column":1,"end_line":2,"end_column":4}"#,
            "\n"
        );
        assert_eq!(String::from_utf8(out).expect("text"), expected);
    }
}
