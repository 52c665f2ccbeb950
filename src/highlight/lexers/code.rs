//! Reads a language by its [`Grammar`]: words, numbers, text, remarks.
//!
//! What it cannot tell from the next few characters it leaves without a class, as most of what docs show is a fragment,
//! and a wrong colour is worse than none.

use rustc_hash::FxHashMap;

use crate::highlight::class::Class;
use crate::highlight::grammar::{Comment, Grammar, Place};
use crate::highlight::lexers::quoted::Hole;
use crate::highlight::scanner::{Scanner, is_blank, is_word};

/// A grammar whose words can be looked up.
#[derive(Debug)]
pub struct Vocabulary {
    /// The grammar.
    pub grammar: &'static Grammar,
    words: FxHashMap<&'static str, Class>,
    announced: FxHashMap<&'static str, Class>,
    longest: usize,
    /// Whether a remark, text or a sigil may begin with a byte.
    is_special: [bool; 256],
}

impl Vocabulary {
    /// Makes the words of a grammar ready for use.
    pub fn new(grammar: &'static Grammar) -> Vocabulary {
        let split = |lists: &'static [(Class, &'static str)]| -> FxHashMap<&'static str, Class> {
            lists.iter().flat_map(|(class, words)| words.split_whitespace().map(|word| (word, *class))).collect()
        };
        let (words, announced) = (split(grammar.words), split(grammar.announced));
        let longest = words.keys().chain(announced.keys()).map(|word| word.len()).max().unwrap_or(0);
        let mut is_special = [false; 256];
        let comments = grammar.comments.iter().map(|comment| comment.open);
        let strings = grammar.strings.iter().map(|quote| quote.open);
        let sigils = grammar.sigils.iter().map(|(sigil, _)| *sigil);
        for open in comments.chain(strings).chain(sigils) {
            let first = open.as_bytes()[0];
            is_special[usize::from(first)] = true;
            is_special[usize::from(first.to_ascii_uppercase())] = true;
        }
        Vocabulary { grammar, words, announced, longest, is_special }
    }

    /// What a word means: its class, and the class of the name that follows it.
    fn meaning(&self, word: &str) -> (Option<Class>, Option<Class>) {
        if word.len() > self.longest {
            return (None, None);
        }
        let look_up = |word: &str| (self.words.get(word).copied(), self.announced.get(word).copied());
        if self.grammar.is_caseless && word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return look_up(&word.to_ascii_lowercase());
        }
        look_up(word)
    }
}

/// Reads one stretch of code.
pub struct Lexer<'s, 'a> {
    /// Where it stands.
    pub scanner: &'s mut Scanner<'a>,
    /// Whether nothing but blanks, or the mark that opens an entry, stands before this place.
    pub is_entry: bool,
    /// Whether the next word is a command.
    pub wants_command: bool,
    pub(super) vocabulary: &'static Vocabulary,
    /// The texts whose holes are open, the innermost last.
    pub(super) holes: Vec<Hole>,
    /// What the next name is.
    announced: Option<Class>,
    /// Where the type ended that was read last: what follows it is the name of something of that type.
    type_end: usize,
    /// What ends the text that begins on the next line.
    heredoc: Option<&'a str>,
}

/// Reads code up to the end of the scanner's text.
pub fn lex(scanner: &mut Scanner<'_>, vocabulary: &'static Vocabulary) {
    let mut lexer = Lexer {
        scanner,
        vocabulary,
        is_entry: true,
        wants_command: vocabulary.grammar.commands.is_some(),
        holes: Vec::new(),
        announced: None,
        type_end: usize::MAX,
        heredoc: None,
    };
    while let Some(byte) = lexer.scanner.peek() {
        lexer.step(byte);
    }
}

impl<'a> Lexer<'_, 'a> {
    fn step(&mut self, byte: u8) {
        if byte == b'\n' {
            return self.next_line();
        }
        if is_blank(byte) {
            return self.scanner.skip_blanks();
        }
        let has_moved = self.vocabulary.grammar.quirk.is_some_and(|quirk| quirk(self))
            || self.ends_hole(byte)
            || (self.vocabulary.is_special[usize::from(byte)] && (self.comment() || self.string() || self.sigil()))
            || self.number()
            || self.flag()
            || self.word();
        if !has_moved {
            self.mark(byte);
        }
    }

    /// Takes something that is neither a word nor a mark, and notes that it stands there.
    pub fn take(&mut self, class: Class, bytes: usize) {
        self.scanner.take(class, bytes);
        self.is_entry = false;
        self.wants_command = false;
    }

    /// Notes the end of a text that begins on the next line; the rest of this line is read as code.
    pub fn expect_heredoc(&mut self, end: &'a str) {
        self.heredoc = Some(end);
    }

    fn next_line(&mut self) {
        let grammar = self.vocabulary.grammar;
        // A line that goes on begins no command.
        let before = self.scanner.before().filter(|byte| !is_blank(*byte));
        let goes_on = matches!(before, Some(b'\\' | b'`' | b'^'));
        self.scanner.skip(1);
        self.is_entry = true;
        self.wants_command = grammar.commands.is_some() && !goes_on;
        self.announced = None;
        if self.holes.last().is_some_and(|hole| !hole.is_multiline()) {
            self.holes.clear();
        }
        if let Some(end) = self.heredoc.take() {
            self.heredoc_body(end);
        }
    }

    fn heredoc_body(&mut self, end: &str) {
        let start = self.scanner.at();
        let rest = self.scanner.rest();
        let lines = rest.split_inclusive('\n').take_while(|line| line.trim() != end);
        let length: usize = lines.map(str::len).sum();
        self.scanner.take_to(Class::String, start + length);
        self.scanner.take(Class::Escape, self.scanner.line_end() - self.scanner.at());
    }

    fn comment(&mut self) -> bool {
        let grammar = self.vocabulary.grammar;
        let begins = |comment: &&Comment| {
            let is_open = match grammar.is_caseless {
                true => self.scanner.starts_with_caseless(comment.open),
                false => self.scanner.starts_with(comment.open),
            };
            is_open && self.is_place(comment.place)
        };
        let Some(comment) = grammar.comments.iter().find(begins) else { return false };
        let end = match comment.close {
            None => self.scanner.line_end(),
            Some(close) if comment.nests => self.nested_end(comment.open, close),
            Some(close) => self.scanner.end_of(close, comment.open.len()),
        };
        self.scanner.take_to(Class::Comment, end);
        true
    }

    fn is_place(&self, place: Place) -> bool {
        match place {
            Place::Any => true,
            Place::Parted => self.scanner.before().is_none_or(|byte| is_blank(byte) || byte == b'\n'),
            Place::LineStart => self.scanner.is_first_on_line(),
        }
    }

    fn nested_end(&self, open: &str, close: &str) -> usize {
        let bytes = self.scanner.rest().as_bytes();
        let (mut at, mut depth) = (open.len(), 1);
        while at < bytes.len() && depth > 0 {
            if bytes[at..].starts_with(close.as_bytes()) {
                depth -= 1;
                at += close.len();
            } else if bytes[at..].starts_with(open.as_bytes()) {
                depth += 1;
                at += open.len();
            } else {
                at += 1;
            }
        }
        self.scanner.at() + at
    }

    fn sigil(&mut self) -> bool {
        let sigils = self.vocabulary.grammar.sigils;
        let Some((mark, class)) = sigils.iter().find(|(mark, _)| self.scanner.starts_with(mark)) else { return false };
        let name = self.scanner.rest()[mark.len()..].bytes().take_while(|byte| is_word(*byte)).count();
        if name > 0 {
            self.take(*class, mark.len() + name);
        }
        name > 0
    }

    fn number(&mut self) -> bool {
        let digits = match self.scanner.peek() {
            Some(b'0'..=b'9') => 1,
            // `.5`, but not the dot of `a.5` and `1..5`.
            Some(b'.')
                if !self.scanner.before().is_some_and(|byte| is_word(byte) || matches!(byte, b')' | b']' | b'.')) =>
            {
                2
            }
            _ => return false,
        };
        let bytes = self.scanner.rest().as_bytes();
        if digits == 2 && !bytes.get(1).is_some_and(u8::is_ascii_digit) {
            return false;
        }
        let mut at = digits;
        while let Some(byte) = bytes.get(at) {
            let is_exponent = matches!(bytes[at - 1], b'e' | b'E') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
            let goes_on = match byte {
                b'.' => bytes.get(at + 1).is_some_and(u8::is_ascii_digit),
                b'+' | b'-' => is_exponent && !bytes.starts_with(b"0x"),
                byte => byte.is_ascii_alphanumeric() || *byte == b'_',
            };
            if !goes_on {
                break;
            }
            at += 1;
        }
        // In a shell a number stands alone: `10.0.0.1/24` and `7z` are words.
        let is_shell = self.vocabulary.grammar.commands.is_some();
        let is_part = |byte: u8| is_word(byte) || matches!(byte, b'-' | b'.' | b'/' | b'\\' | b':' | b'@' | b'%');
        let is_alone = !bytes.get(at).copied().is_some_and(is_part) && !self.scanner.before().is_some_and(is_part);
        if is_shell && !(is_alone && bytes[..at].iter().any(u8::is_ascii_digit)) {
            self.wants_command = false;
            self.take_nothing(at);
        } else {
            self.take(Class::Number, at);
        }
        true
    }

    /// A parameter of a command, or an operator that is written as one.
    fn flag(&mut self) -> bool {
        let grammar = self.vocabulary.grammar;
        let is_parted = |byte: u8| is_blank(byte) || matches!(byte, b'\n' | b'(' | b'[' | b'{' | b'|' | b'"' | b'\'');
        if !grammar.has_flags || self.scanner.peek() != Some(b'-') || !self.scanner.before().is_none_or(is_parted) {
            return false;
        }
        let bytes = self.scanner.rest().as_bytes();
        let marks = if bytes.get(1) == Some(&b'-') { 2 } else { 1 };
        if !bytes.get(marks).is_some_and(|byte| *byte == b'?' || (is_word(*byte) && !byte.is_ascii_digit())) {
            return false;
        }
        let is_name = |byte: &&u8| is_word(**byte) || **byte == b'-' || **byte == b'?';
        let name = bytes[marks..].iter().take_while(is_name).count();
        let flag = &self.scanner.rest()[..marks + name];
        let class = self.vocabulary.meaning(flag).0.unwrap_or(Class::Property);
        self.take(class, flag.len());
        true
    }

    fn word(&mut self) -> bool {
        let grammar = self.vocabulary.grammar;
        let Some(first) = self.scanner.peek() else { return false };
        let begins = (is_word(first) && !first.is_ascii_digit()) || grammar.word_start.as_bytes().contains(&first);
        if !begins {
            return false;
        }
        let is_part = |byte: u8| is_word(byte) || grammar.word_part.as_bytes().contains(&byte);
        let rest = self.scanner.rest();
        let length = 1 + rest.bytes().skip(1).take_while(|byte| is_part(*byte)).count();
        let word = &rest[..length];
        // A member or a part of a path is no keyword: `.default`, `C:\in`.
        let is_member = match self.scanner.before() {
            Some(b'.') => true,
            Some(b'\\' | b'/') => grammar.commands.is_some(),
            _ => false,
        };
        let (own, announced) = if is_member { (None, None) } else { self.vocabulary.meaning(word) };
        let is_command = self.wants_command;
        // What stands after `function` and before `(` is a name, whatever it means elsewhere.
        let is_named = self.announced == Some(Class::Function) && rest.as_bytes().get(length) == Some(&b'(');
        let own = own.filter(|_| !is_named);
        match own.or_else(|| self.name(word, first, is_member)) {
            Some(class) => self.take(class, length),
            None => self.take_nothing(length),
        }
        // `then` and `do` come before a command, `in` of `for x in` does not.
        self.wants_command = is_command && own == Some(Class::Keyword);
        self.announced = announced;
        if own == Some(Class::Type) {
            self.type_end = self.scanner.at();
        }
        true
    }

    fn take_nothing(&mut self, bytes: usize) {
        self.scanner.skip(bytes);
        self.is_entry = false;
    }

    /// What a name is that has no meaning of its own.
    fn name(&mut self, word: &str, first: u8, is_member: bool) -> Option<Class> {
        let grammar = self.vocabulary.grammar;
        let after = &self.scanner.rest().as_bytes()[word.len()..];
        if self.announced.is_some() {
            return self.announced;
        }
        if self.wants_command && after.first() == Some(&b'=') {
            return Some(Class::Variable);
        }
        if self.wants_command {
            return Some(Class::Function);
        }
        if self.is_key(after) {
            return Some(Class::Property);
        }
        if grammar.has_calls && after.first() == Some(&b'(') {
            return Some(Class::Function);
        }
        let is_declared = grammar.has_types_first
            && self.scanner.before_blanks().len() == self.type_end
            && self.scanner.before() == Some(b' ');
        let class = grammar.capitals.filter(|_| first.is_ascii_uppercase() && !is_member && !is_declared);
        if class.is_some() {
            self.type_end = self.scanner.at() + word.len();
        }
        class
    }

    /// Whether what stands here is a key, by what follows it.
    pub(super) fn is_key(&self, after: &[u8]) -> bool {
        let keys = self.vocabulary.grammar.keys.as_bytes();
        if keys.is_empty() || !self.is_entry {
            return false;
        }
        let blanks = after.iter().take(64).take_while(|byte| is_blank(**byte)).count();
        let after = &after[blanks..];
        let is_operator = after.get(1).is_some_and(|byte| matches!(byte, b'=' | b':' | b'~' | b'>'));
        after.first().is_some_and(|byte| keys.contains(byte)) && !is_operator
    }

    /// Moves over a mark.
    fn mark(&mut self, byte: u8) {
        let grammar = self.vocabulary.grammar;
        self.scanner.skip(1);
        self.is_entry = matches!(byte, b'{' | b',' | b'(' | b'[' | b';');
        self.wants_command = grammar.commands.is_some_and(|marks| marks.as_bytes().contains(&byte));
        if !matches!(byte, b'*' | b'&' | b'.' | b':') {
            self.announced = None;
        }
    }
}
