//! Where values stand in YAML. `serde_yaml` lends out the texts of scalars that are written as they are, and tells nothing
//! of all else: brackets, numbers, escapes and folded lines are found between what it lends.

/// Bytes of a text.
pub(super) type Range = (usize, usize);

/// The text of a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'a>(pub &'a str);

/// The place of a list's items.
#[derive(Debug, Clone, Copy)]
pub(super) struct Items<'a> {
    text: Text<'a>,
    /// The byte behind what was read last.
    pub at: usize,
    separator: u8,
    /// Whether the next item has no separator before it.
    is_first: bool,
}

impl<'a> Text<'a> {
    /// Where the value of the document begins.
    pub fn start(self) -> usize {
        let mut at = self.behind_blanks(0);
        while self.0[at..].starts_with('%') {
            at = self.behind_blanks(self.line_end(at));
        }
        let marker = self.0[at..].strip_prefix("---").filter(|rest| rest.is_empty() || rest.starts_with(is_blank));
        self.value(if marker.is_some() { at + 3 } else { at })
    }

    /// The byte at or behind `from` at which a value begins, behind blanks, remarks, tags and the names of anchors.
    pub fn value(self, from: usize) -> usize {
        let mut at = self.behind_blanks(from);
        while self.0[at..].starts_with(['&', '!']) {
            at = self.behind_blanks(self.word_end(at));
        }
        at
    }

    /// Where the value of a key begins that ends at `end`.
    pub fn value_of_key(self, end: usize) -> usize {
        let colon = self.behind_blanks(end);
        self.value(if self.byte(colon) == Some(b':') { colon + 1 } else { end })
    }

    /// The key at or behind `from`, if it stands in quotes. Others are lent out. `from` goes on to where it was looked for.
    pub fn key(self, from: &mut usize) -> Option<Range> {
        *from = self.behind_colon(*from);
        let start = self.behind_separator(*from);
        Some((start, self.quoted(start)?))
    }

    /// Where the key at or behind `from` begins.
    pub fn key_start(self, from: usize) -> usize {
        self.behind_separator(self.behind_colon(from))
    }

    fn behind_separator(self, at: usize) -> usize {
        self.value(if matches!(self.byte(at), Some(b',' | b'?')) { at + 1 } else { at })
    }

    /// The alias that stands at `start`.
    pub fn alias(self, start: usize) -> Option<Range> {
        self.0[start..].starts_with('*').then(|| (start, self.word_end(start)))
    }

    /// The items of the list at `start`.
    pub fn items(self, start: usize) -> Option<Items<'a>> {
        match self.byte(start)? {
            b'[' => Some(Items { text: self, at: start + 1, separator: b',', is_first: true }),
            b'-' => Some(Items { text: self, at: start, separator: b'-', is_first: false }),
            _ => None,
        }
    }

    /// The byte behind the bracket that closes at or behind `from`; `from` where none does.
    pub fn behind_bracket(self, from: usize, bracket: u8) -> usize {
        let mut at = self.behind_blanks(from);
        if self.byte(at) == Some(b',') {
            at = self.behind_blanks(at + 1);
        }
        if self.byte(at) == Some(bracket) { at + 1 } else { from }
    }

    /// The bytes of a lent text with the quotes around it. Its value begins at `start`, if that is known: of a text that
    /// only begins with escapes its end is lent.
    pub fn with_quotes(self, (start, end): Range, value: Option<usize>) -> Range {
        let around = || {
            let value = value.filter(|value| *value < start)?;
            Some((value, self.quoted(value).filter(|behind| *behind > end)?))
        };
        around().unwrap_or_else(|| {
            let quote = start.checked_sub(1).and_then(|before| self.byte(before));
            let is_quoted = matches!(quote, Some(b'"' | b'\'')) && self.byte(end) == quote;
            if is_quoted { (start - 1, end + 1) } else { (start, end) }
        })
    }

    /// Where the text at `start` ends that reads as `shown`.
    pub fn text_end(self, start: usize, shown: &str) -> Option<usize> {
        match self.byte(start)? {
            b'"' | b'\'' => self.quoted(start),
            b'|' | b'>' => self.spelled(self.line_end(start), shown),
            _ => self.spelled(start, shown).or_else(|| Some(self.word_end(start))),
        }
    }

    /// The byte behind the number, the truth value or `null` at `start`.
    pub fn word_end(self, start: usize) -> usize {
        let is_end = |c: char| is_blank(c) || matches!(c, ',' | ']' | '}');
        self.0[start..].find(is_end).map_or(self.0.len(), |length| start + length)
    }

    /// The byte at or behind `from` that is no part of an empty value: tags, anchors, and the colon of its key.
    fn behind_colon(self, from: usize) -> usize {
        let at = self.value(from);
        if self.byte(at) == Some(b':') { self.value(at + 1) } else { at }
    }

    /// Where a text in quotes ends.
    fn quoted(self, start: usize) -> Option<usize> {
        let quote = self.byte(start).filter(|byte| matches!(byte, b'"' | b'\''))?;
        let mut at = start + 1;
        loop {
            match self.byte(at)? {
                b'\\' if quote == b'"' => at += 2,
                byte if byte == quote && quote == b'\'' && self.byte(at + 1) == Some(quote) => at += 2,
                byte if byte == quote => return Some(at + 1),
                _ => at += 1,
            }
        }
    }

    /// Where a text over several lines ends; between its words any blanks may stand.
    fn spelled(self, start: usize, shown: &str) -> Option<usize> {
        let mut rest = &self.0[start..];
        for c in shown.chars().filter(|c| !c.is_whitespace()) {
            rest = rest.trim_start().strip_prefix(c)?;
        }
        Some(self.0.len() - rest.len())
    }

    /// The byte at or behind `from` that is neither blank nor in a remark.
    fn behind_blanks(self, from: usize) -> usize {
        let mut at = from;
        loop {
            let rest = &self.0[at..];
            at += rest.len() - rest.trim_start_matches(is_blank).len();
            if !self.0[at..].starts_with('#') {
                return at;
            }
            at = self.line_end(at);
        }
    }

    fn line_end(self, at: usize) -> usize {
        at + super::first_line(&self.0[at..])
    }

    fn byte(self, at: usize) -> Option<u8> {
        self.0.as_bytes().get(at).copied()
    }
}

impl Items<'_> {
    /// Where the next item begins. What stands there may belong to the item behind it, if the next one is empty.
    pub fn next(&mut self) -> usize {
        if !std::mem::take(&mut self.is_first) {
            self.at = self.text.behind_colon(self.at);
            if self.text.byte(self.at) == Some(self.separator) {
                self.at += 1;
            }
        }
        self.text.value(self.at)
    }

    /// The dash of the item that was looked for last: the place of one that is empty.
    pub fn dash(&self) -> Option<Range> {
        let start = self.at.checked_sub(1)?;
        (self.separator == b'-' && self.text.byte(start) == Some(b'-')).then_some((start, self.at))
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}
