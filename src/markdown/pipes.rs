//! Pipes in code spans: GitHub splits a table's cell there, Markdig does not.

/// The pipes that stand in code spans of lines with a pipe, in order.
pub fn in_code(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut pipes = Vec::new();
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'|', &bytes[at..]) {
        let start = memchr::memrchr(b'\n', &bytes[..at + next]).map_or(0, |before| before + 1);
        let end = memchr::memchr(b'\n', &bytes[at + next..]).map_or(bytes.len(), |after| at + next + after);
        // No author writes a longer row, and a hostile one would cost the square of its length.
        if end - start < 1 << 16 && memchr::memchr(b'`', &bytes[start..end]).is_some() {
            in_line(bytes, start, end, &mut pipes);
        }
        at = end;
    }
    pipes
}

fn in_line(bytes: &[u8], start: usize, end: usize, pipes: &mut Vec<usize>) {
    let mut at = start;
    while let Some(tick) = memchr::memchr(b'`', &bytes[at..end]) {
        let open = at + tick;
        let is_escaped = bytes[start..open].iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1;
        if is_escaped {
            at = open + 1;
            continue;
        }
        let length = run(bytes, open, end);
        match closing(bytes, open + length, end, length) {
            Some(close) => {
                pipes.extend((open..close).filter(|offset| bytes[*offset] == b'|'));
                at = close + length;
            }
            None => at = open + length,
        }
    }
}

fn run(bytes: &[u8], at: usize, end: usize) -> usize {
    bytes[at..end].iter().take_while(|b| **b == b'`').count()
}

/// Where the run of exactly `length` backticks begins that closes a code span.
fn closing(bytes: &[u8], mut at: usize, end: usize, length: usize) -> Option<usize> {
    while let Some(tick) = memchr::memchr(b'`', &bytes[at..end]) {
        let found = run(bytes, at + tick, end);
        if found == length {
            return Some(at + tick);
        }
        at += tick + found;
    }
    None
}
