//! What authors write for MathJax, in the LaTeX that math-core reads.
//!
//! Steps: [`plain`] takes the escapes of text out of a formula that has them, and names its environments as math-core does;
//! [`macros`] defines the commands that it lacks.

use std::borrow::Cow;

/// A formula as math-core reads it.
pub fn plain(source: &str) -> Cow<'_, str> {
    let mut plain = if is_escaped(source) { Cow::Owned(unescaped(source)) } else { Cow::Borrowed(source) };
    if plain.contains("\\begin{") {
        for (from, to) in ENVIRONMENTS {
            let (start, end) = (format!("\\begin{{{from}}}"), format!("\\end{{{from}}}"));
            if plain.contains(&start) {
                let renamed = plain.replace(&start, &format!("\\begin{{{to}}}"));
                plain = Cow::Owned(renamed.replace(&end, &format!("\\end{{{to}}}")));
            }
        }
    }
    plain
}

/// Whether the author of a formula escaped it for an engine that reads formulas as text, as that of Microsoft Learn does:
/// there MathJax finds `\\` for `\\\\`, and `\{` for `\\{`.
///
/// LaTeX itself hardly has them. They would be an empty row, and a row that begins with a group.
fn is_escaped(source: &str) -> bool {
    source.contains(r"\\\\") || source.contains(r"\\{") && source.contains(r"\\}")
}

/// A text without its backslash escapes. Rule: CommonMark, which has them before ASCII punctuation.
fn unescaped(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    let mut rest = source.chars();
    while let Some(c) = rest.next() {
        let next = rest.clone().next().filter(|next| c == '\\' && next.is_ascii_punctuation());
        if next.is_some() {
            rest.next();
        }
        text.push(next.unwrap_or(c));
    }
    text
}

/// Environments that math-core lacks, and those that show the same.
const ENVIRONMENTS: &[(&str, &str)] = &[("split", "aligned"), ("dcases", "cases"), ("eqnarray", "align*")];

/// Definitions of what MathJax has by itself and math-core lacks. What only looks otherwise (frames, colours, sizes) is
/// shown without.
pub fn macros() -> Vec<(String, String)> {
    MACROS.iter().map(|(name, definition)| ((*name).to_owned(), (*definition).to_owned())).collect()
}

const MACROS: &[(&str, &str)] = &[
    // The notation of quantum mechanics.
    ("bra", r"{\langle #1|}"),
    ("ket", r"{|#1\rangle}"),
    ("braket", r"{\langle #1\rangle}"),
    ("ketbra", r"{|#1\rangle\langle #2|}"),
    ("Bra", r"{\left\langle #1\right|}"),
    ("Ket", r"{\left|#1\right\rangle}"),
    ("Braket", r"{\left\langle #1\right\rangle}"),
    ("set", r"{\lbrace #1\rbrace}"),
    // Text.
    ("hbox", r"\text"),
    ("mbox", r"\text"),
    ("textnormal", r"\text"),
    ("textrm", r"\text"),
    ("textsf", r"\text"),
    ("bold", r"\mathbf"),
    ("mathbbm", r"\mathbb"),
    ("mathds", r"\mathbb"),
    // Signs, accents and rows.
    ("csch", r"\operatorname{csch}"),
    ("degree", r"{}^\circ"),
    ("mathring", r"\overset{\circ}{#1}"),
    ("overleftrightarrow", r"\overset{\leftrightarrow}{#1}"),
    ("sech", r"\operatorname{sech}"),
    ("substack", r"{\begin{matrix}#1\end{matrix}}"),
    // Blanks.
    ("enspace", r"\;\,"),
    ("space", r"\ "),
    ("thinspace", r"\,"),
    // What only looks otherwise, or leads elsewhere.
    ("boxed", r"{#1}"),
    ("href", r"{#2}"),
    ("mathbin", r"{#1}"),
    ("mathop", r"{#1}"),
    ("mathord", r"{#1}"),
    ("mathrel", r"{#1}"),
    ("textcolor", r"{#2}"),
    ("huge", ""),
    ("Huge", ""),
    ("large", ""),
    ("Large", ""),
    ("LARGE", ""),
    ("normalsize", ""),
    ("small", ""),
    ("tiny", ""),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_text_go_where_they_show() {
        assert_eq!(plain(r"\begin{bmatrix}1 \\\\ x\_1\end{bmatrix}"), r"\begin{bmatrix}1 \\ x_1\end{bmatrix}");
        assert_eq!(plain(r"\\{a, b\\}"), r"\{a, b\}");
    }

    #[test]
    fn formulas_without_them_stay() {
        for formula in [r"a \\ b", r"\{a\}", r"x\_1", r"a \\{\bf x}"] {
            assert_eq!(plain(formula), formula);
        }
    }

    #[test]
    fn environments_are_named_as_others_that_show_the_same() {
        assert_eq!(plain(r"\begin{split}a&=b\end{split}"), r"\begin{aligned}a&=b\end{aligned}");
    }
}
