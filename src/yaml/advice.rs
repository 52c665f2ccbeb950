//! What to do about YAML that cannot be read.

/// The next step for a problem as the parser names it; `None` for what no author of docs has met yet.
pub(super) fn next_step(problem: &str) -> Option<&'static str> {
    Some(match problem {
        "found character that cannot start any token" => {
            "a value that begins with a special character needs quotes; indent with spaces, not tabs"
        }
        "mapping values are not allowed in this context" => "a value that holds `: ` needs quotes",
        "did not find expected key" | "did not find expected '-' indicator" => {
            "check the indentation and the quotes here and in the lines above"
        }
        "did not find expected alphabetic or numeric character" => "a value that begins with `*` or `&` needs quotes",
        "found unknown escape character" | "did not find expected hexadecimal number" => {
            "in double quotes `\\` begins an escape: write `\\\\`, or use single quotes"
        }
        "block sequence entries are not allowed in this context" => {
            "a value that begins with `- ` needs quotes; a list begins on the next line"
        }
        "did not find expected comment or line break" => {
            "a value that begins with `>` or `|` needs quotes; a text of several lines begins on the next line"
        }
        "could not find expected ':'" => "a key needs `:` after it; text of several lines needs `|` or quotes",
        "found a tab character that violates indentation" => "indent with spaces, not tabs",
        "there is more than one document" => "leave one of them, without the line `---` between them",
        "unknown anchor" => "a value that begins with `*` needs quotes",
        _ => return None,
    })
}
