//! What is read of a pattern before its names: leading `!`, and braces.

/// More alternatives than this are a mistake: `{a,b}` ten times makes 1,024.
const MAX_ALTERNATIVES: usize = 1_024;
/// Braces inside each other.
const MAX_DEPTH: usize = 32;

/// Whether the pattern is negated, and the rest of it: each leading `!` turns the meaning round.
pub fn negation(pattern: &str) -> (bool, &str) {
    let rest = pattern.trim_start_matches('!');
    ((pattern.len() - rest.len()) % 2 == 1, rest)
}

/// The patterns that the braces of a pattern stand for; none at all if a brace has no partner.
///
/// `\{`, `\}` and `\,` are the characters themselves. An error says which limit was broken.
pub fn expand(pattern: &str) -> Result<Vec<String>, String> {
    // The alternatives that are finished at each level, and those that are being written.
    let mut outer: Vec<Group> = Vec::new();
    let mut group = Group::default();
    let mut characters = pattern.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\\' => match characters.next_if(|next| matches!(next, '{' | '}' | ',')) {
                Some(plain) => group.push(plain),
                None => {
                    group.push('\\');
                    characters.next().into_iter().for_each(|next| group.push(next));
                }
            },
            '{' if outer.len() >= MAX_DEPTH => return Err(format!("braces are nested more than {MAX_DEPTH} deep")),
            '{' => outer.push(std::mem::take(&mut group)),
            ',' if !outer.is_empty() => group.next_alternative(),
            '}' => match outer.pop() {
                Some(parent) => group = parent.append(group)?,
                None => return Ok(Vec::new()),
            },
            c => group.push(c),
        }
    }
    Ok(if outer.is_empty() { group.into_alternatives() } else { Vec::new() })
}

/// The inside of a pair of braces, or the whole pattern.
struct Group {
    finished: Vec<String>,
    open: Vec<String>,
}

impl Default for Group {
    fn default() -> Group {
        Group { finished: Vec::new(), open: vec![String::new()] }
    }
}

impl Group {
    fn push(&mut self, c: char) {
        self.open.iter_mut().for_each(|text| text.push(c));
    }

    fn next_alternative(&mut self) {
        self.finished.append(&mut self.open);
        self.open.push(String::new());
    }

    fn into_alternatives(mut self) -> Vec<String> {
        self.finished.append(&mut self.open);
        self.finished
    }

    /// Writes each alternative of the inner group after each text that is open here.
    fn append(self, inner: Group) -> Result<Group, String> {
        let endings = inner.into_alternatives();
        if self.finished.len() + self.open.len() * endings.len() > MAX_ALTERNATIVES {
            return Err(format!("its braces stand for more than {MAX_ALTERNATIVES} patterns"));
        }
        let open = self.open.iter().flat_map(|start| endings.iter().map(move |end| format!("{start}{end}"))).collect();
        Ok(Group { open, ..self })
    }
}
