//! `recto explain`: what a code means and what to do about it; without a code, all of them.

use std::borrow::Cow;
use std::io::{self, Write};

use anyhow::bail;

use crate::cli;
use crate::commands::Exit;
use crate::diagnostic::{Code, Rule, suggest};
use crate::report;

/// Explains the code that the command line names, or lists all. Fails if there is no such code.
pub fn run(options: &cli::Explain) -> anyhow::Result<Exit> {
    match &options.code {
        None => report::to_stdout(|out| list(out))?,
        Some(name) => {
            let rule = Rule::of(code(name)?);
            report::to_stdout(|out| explain(out, rule))?;
        }
    }
    Ok(Exit::Done)
}

/// The code of this name; upper and lower case do not count, and `error[code]` is one too.
fn code(name: &str) -> anyhow::Result<Code> {
    let bare = name.rsplit('[').next().unwrap_or(name).trim_end_matches([']', ':']).to_lowercase();
    if let Ok(code) = bare.parse() {
        return Ok(code);
    }
    match suggest(&bare, Code::ALL.iter().map(|code| code.as_str())) {
        Some(near) => bail!("there is no code `{name}`\n  help: did you mean `{near}`?"),
        None => bail!("there is no code `{name}`\n  help: `recto explain` lists all of them"),
    }
}

/// Each code with its severity and what is wrong.
fn list(out: &mut dyn Write) -> io::Result<()> {
    let width = Code::ALL.iter().map(|code| code.as_str().len()).max().unwrap_or(0);
    for code in Code::ALL {
        let (name, severity, summary) = (code.as_str(), code.severity().as_str(), Rule::of(*code).summary());
        writeln!(out, "{name:width$}  {severity:10}  {}", without_links(summary))?;
    }
    Ok(())
}

/// The rule for a terminal: examples indented, links as their text.
fn explain(out: &mut dyn Write, rule: Rule) -> io::Result<()> {
    writeln!(out, "{}[{}]\n", rule.severities.to_lowercase(), rule.code)?;
    let mut in_example = false;
    for line in rule.text.lines() {
        match line {
            _ if line.starts_with("```") => in_example = !in_example,
            "" => writeln!(out)?,
            _ if in_example => writeln!(out, "    {line}")?,
            _ => writeln!(out, "{}", without_links(line))?,
        }
    }
    Ok(())
}

/// Markdown in which each `[text](target)` is its text.
fn without_links(line: &str) -> Cow<'_, str> {
    let link = |text: &str| {
        let start = text.find('[')?;
        let middle = start + text[start..].find("](")?;
        Some((start, middle, middle + text[middle..].find(')')?))
    };
    let Some((start, middle, end)) = link(line) else { return Cow::Borrowed(line) };
    let rest = without_links(&line[end + 1..]);
    Cow::Owned(format!("{}{}{rest}", &line[..start], &line[start + 1..middle]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_named_as_it_is_printed() {
        for name in ["file-case", "File-Case", "warning[file-case]:"] {
            assert_eq!(code(name).ok(), Some(Code::FileCase), "{name}");
        }
        let told = code("file-cose").expect_err("no code").to_string();
        assert!(told.ends_with("did you mean `file-case`?"), "{told}");
    }

    #[test]
    fn links_are_shown_as_their_text() {
        assert_eq!(without_links("See [the `x`](a.md#b), [y](c)."), "See the `x`, y.");
        assert_eq!(without_links("an [open bracket"), "an [open bracket");
    }

    #[test]
    fn an_explanation_is_text_for_a_terminal() {
        let text = "It is. See [more](a.md).\n\nWrong:\n\n```md\n[a](b)\n\nc\n```";
        let mut out = Vec::new();
        explain(&mut out, Rule { code: Code::FileCase, severities: "Error or warning", text }).expect("memory");
        let expected = "error or warning[file-case]\n\nIt is. See more.\n\nWrong:\n\n    [a](b)\n\n    c\n";
        assert_eq!(String::from_utf8_lossy(&out), expected);
    }
}
