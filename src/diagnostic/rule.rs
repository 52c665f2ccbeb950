//! What each code means: a section of the manual, the one place where it is written down.

use super::Code;

/// The page of the manual that has a section for each code.
const MANUAL: &str = include_str!("../../articles/diagnostics.md");

/// What the manual says of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The code.
    pub code: Code,
    /// The severities that it may have, as a reader is told them: `Warning`, `Error or warning`.
    pub severities: &'static str,
    /// Markdown without the severity before it: what is wrong, why it matters, an example, and what to do. Links are
    /// relative to `articles/`.
    pub text: &'static str,
}

impl Rule {
    /// The rule of a code. A test proves that the manual has a section for each.
    pub fn of(code: Code) -> Rule {
        let (severities, text) = section(code).and_then(|text| text.split_once(".** ")).unwrap_or_default();
        Rule { code, severities, text }
    }

    /// What is wrong, in one sentence without its full stop.
    pub fn summary(&self) -> &'static str {
        let line = self.text.lines().next().unwrap_or_default();
        line.split_once(". ").map_or(line, |(sentence, _)| sentence).trim_end_matches('.')
    }
}

/// What stands between the heading of a code and the next one outside of examples, from the name of the severity on.
fn section(code: Code) -> Option<&'static str> {
    let (_, from) = MANUAL.split_once(&format!("\n## {code}\n\n**"))?;
    let (mut end, mut in_example) = (0, false);
    for line in from.split_inclusive('\n') {
        if line.starts_with("## ") && !in_example {
            break;
        }
        in_example ^= line.starts_with("```");
        end += line.len();
    }
    Some(from[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_a_section_of_the_manual() {
        let rule = Rule::of(Code::YamlDuplicateKey);
        assert_eq!((rule.severities, rule.summary()), ("Warning", "A key stands twice in one mapping"));
        assert!(rule.text.starts_with("A key stands twice in one mapping. ") && rule.text.contains("Wrong:"));
        assert!(!rule.text.contains("\n## ") && Rule::of(Code::InvalidTocLevel).text.contains("\n## [Build]"));
    }
}
