//! From offsets to lines and columns, as people and editors count them.

/// A place in a text as people and editors count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// 1-based.
    pub line: u32,
    /// 1-based, in UTF-16 units.
    pub column: u32,
}

/// The lines of a text, to turn offsets into positions.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// Finds where each line starts. Lines end at LF, CRLF or a lone CR.
    pub fn new(text: &'a str) -> Lines<'a> {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        starts.extend(memchr::memchr2_iter(b'\n', b'\r', bytes).filter_map(|at| {
            let is_first_of_crlf = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            (!is_first_of_crlf).then_some(at + 1)
        }));
        Lines { text, starts }
    }

    /// The 1-based number of the line that holds a byte; an offset beyond the text is in the last line.
    pub fn line_of(&self, offset: usize) -> u32 {
        to_u32(self.starts.partition_point(|start| *start <= offset))
    }

    /// The bytes of a line, named by its 1-based number, without its line end; empty if there is no such line.
    pub fn line(&self, number: u32) -> std::ops::Range<usize> {
        let index = number as usize;
        let Some(start) = index.checked_sub(1).and_then(|before| self.starts.get(before)) else { return 0..0 };
        let end = self.starts.get(index).copied().unwrap_or(self.text.len());
        *start..*start + self.text[*start..end].trim_end_matches(['\r', '\n']).len()
    }

    /// The position of a byte. The byte order mark of a file takes no column; an offset beyond the text is its end.
    pub fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let before = &self.text[self.starts[line]..offset];
        let before = before.strip_prefix('\u{feff}').filter(|_| line == 0).unwrap_or(before);
        let column = before.encode_utf16().count() + 1;
        Position { line: to_u32(line + 1), column: to_u32(column) }
    }
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_utf16_units() {
        let lines = Lines::new("a\r\né😀x\rz");
        assert_eq!(lines.position(0), Position { line: 1, column: 1 });
        assert_eq!(lines.position(3), Position { line: 2, column: 1 });
        assert_eq!(lines.position(9), Position { line: 2, column: 4 });
        assert_eq!(lines.position(11), Position { line: 3, column: 1 });
        assert_eq!(lines.position(99), Position { line: 3, column: 2 });
    }

    #[test]
    fn a_byte_order_mark_takes_no_column_and_no_other_character_does_without() {
        let lines = Lines::new("\u{feff}\u{feff}a\n\u{feff}b");
        assert_eq!(lines.position(3), Position { line: 1, column: 1 });
        assert_eq!(lines.position(6), Position { line: 1, column: 2 });
        assert_eq!(lines.position(11), Position { line: 2, column: 2 });
    }

    #[test]
    fn lines_end_before_their_line_end() {
        let text = "a\r\nbc\r\n";
        let lines = Lines::new(text);
        assert_eq!(&text[lines.line(lines.line_of(3))], "bc");
        assert_eq!(lines.line_of(99), 3);
        assert_eq!(lines.line(3), 7..7);
        assert_eq!(lines.line(9), 0..0);
    }
}
