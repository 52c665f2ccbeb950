//! Inputs that cost naive readers of CommonMark the square of their length: patterns that cmark, md4c, markdown-it and
//! pulldown-cmark are known to have stumbled over, and their kin.

use crate::{Input, input, numbered, repeated};

/// Every input, by name.
pub fn inputs() -> Vec<Input> {
    [emphasis(), brackets(), links(), references(), code(), raw_html(), blocks(), tables(), text()]
        .into_iter()
        .flatten()
        .collect()
}

fn emphasis() -> Vec<Input> {
    vec![
        input("emphasis in strong in emphasis", || "*a **a ".repeat(65_000) + "b" + &" a** a*".repeat(65_000)),
        repeated("a_ ", 65_000),
        repeated("_a ", 65_000),
        repeated("a***", 65_000),
        repeated("*a_ ", 50_000),
        repeated("**_* ", 50_000),
        repeated("a**b~~c", 50_000),
        repeated("~~a ", 65_000),
        repeated("~a ", 65_000),
        input("openers of one kind, closers of two", || "*a ".repeat(20_000) + &"_a*_ ".repeat(20_000)),
        input("closers that are a multiple of three", || "a**b".to_owned() + &"c* ".repeat(50_000)),
        input("emphasis that many deep", || "*".repeat(60_000) + "a" + &"*".repeat(60_000)),
        input("emphasis in a deep quote", || ">".repeat(100_000) + &"a*".repeat(100_000)),
    ]
}

fn brackets() -> Vec<Input> {
    let escaped = || "[".to_owned() + &"\\".repeat(300_000);
    let image = || "[".repeat(50_000) + "![a](/b" + &"[".repeat(50_000) + ")](/c)" + &"]".repeat(49_999);
    vec![
        repeated("a]", 65_000),
        repeated("[a", 65_000),
        repeated("[ a_", 50_000),
        repeated("![[]()", 160_000),
        repeated("]([\n", 50_000),
        repeated("![", 300_000),
        input("brackets that many deep", || "[".repeat(50_000) + "a" + &"]".repeat(50_000)),
        input("brackets around nothing", || "[".repeat(50_000) + &"]".repeat(50_000) + "\n\n[a]: /b"),
        input("backslashes after a bracket", escaped),
        input("brackets around an image", image),
    ]
}

fn links() -> Vec<Input> {
    vec![
        repeated("[ (](", 80_000),
        repeated("[a](<b", 50_000),
        repeated("[a](b", 50_000),
        repeated("[](", 100_000),
        repeated("[a](b \"c", 50_000),
        repeated("[t](/u) ", 50_000),
        repeated("[![a](b[)]() ", 50_000),
        input("a destination of parentheses", || "[a](".to_owned() + &"(".repeat(300_000)),
        input("an autolink that does not end", || "<https://".to_owned() + &"<https://".repeat(100_000)),
        input("angle brackets before one that closes", || "<".repeat(300_000) + ">"),
    ]
}

fn references() -> Vec<Input> {
    let many = || numbered(300_000, |number| format!("[{number}]: u\n")) + &"[a] ".repeat(50_000);
    let long = || "[x]: ".to_owned() + &"x".repeat(50_000) + &"\n[x]".repeat(50_000);
    vec![
        input("definitions that nothing uses", many),
        input("a long definition used often", long),
        input("definitions and uses by turns", || numbered(50_000, |number| format!("[x{number}]: /u\n\n[x]\n\n"))),
        input("a title that does not end", || "[a]: b '".to_owned() + &"c\n".repeat(100_000)),
        input("definitions in a row", || "[a]: u\n".repeat(100_000)),
        repeated("[a]: <b\n", 50_000),
        input("labels that do not end", || "[a]: [".repeat(50_000)),
    ]
}

fn code() -> Vec<Input> {
    vec![
        input("runs of backticks of every length", || rising(3_000, 1, "e")),
        input("long runs of backticks", || rising(90, 100, " ")),
        input("backticks among emphasis", among_emphasis),
        repeated("\\``", 50_000),
        repeated("``\\", 50_000),
        repeated("`a", 100_001),
        repeated("``` a\n", 50_001),
        repeated("> ```\n\n", 50_000),
    ]
}

/// Runs of backticks, each longer than the one before.
fn rising(count: usize, step: usize, between: &str) -> String {
    (1..count).map(|length| between.to_owned() + &"`".repeat(length * step)).collect()
}

fn among_emphasis() -> String {
    let (mut text, mut length) = (String::new(), 1);
    while text.len() < 300_000 {
        text.push_str(&"`".repeat(length));
        text.push(' ');
        text.push_str(&"*a* ".repeat(text.len()));
        length += 1;
    }
    text
}

fn raw_html() -> Vec<Input> {
    vec![
        input("comments that do not end", || "</".to_owned() + &"<!--".repeat(300_000)),
        input("instructions that do not end", || "x".to_owned() + &"<?".repeat(150_000)),
        input("data that does not end", || "x".to_owned() + &"<![CDATA[".repeat(50_000)),
        input("declarations that do not end", || "x".to_owned() + &"<!A ".repeat(100_000)),
        repeated("<>", 150_000),
        repeated("<a b='", 50_000),
        repeated("x<a b=\"c", 50_000),
        repeated("<a ", 100_000),
        repeated("<!-- a\n\n", 50_000),
        repeated("<div>\n\n", 50_000),
    ]
}

fn blocks() -> Vec<Input> {
    let blank = || "- ".repeat(30_000) + "x" + &"\n".repeat(30_000);
    let quoted = || "> ".to_owned() + &"- ".repeat(30_000) + "x\n" + &">\n".repeat(30_000);
    vec![
        input("quotes 50,000 deep", || "> ".repeat(50_000) + "a"),
        input("lists 1,000 deep", || numbered(1_000, |depth| "  ".repeat(depth) + "* a\n")),
        input("lists 50,000 deep on a line", || "* ".repeat(50_000) + "a"),
        input("blank lines in deep lists", blank),
        input("blank lines in deep lists in a quote", quoted),
        repeated("a\n===\n", 50_000),
        repeated("1) a\n", 100_000),
        repeated("- - a\n\n", 50_000),
    ]
}

fn tables() -> Vec<Input> {
    let missing = || "|x".repeat(2_000) + "\n" + &"|-".repeat(2_000) + "\n" + &"|x\n".repeat(2_000);
    let huge = || "h|".repeat(10_000) + "\n" + &"-|".repeat(10_000) + "\n" + &"d\n".repeat(10_000);
    vec![
        input("lines that look like tables", || "aaa\rbbb\n-\u{b}\n".repeat(30_000)),
        input("cells that are missing", missing),
        input("a wide table of short rows", huge),
        repeated("a | b\n- | -\n", 30_000),
        repeated("|-|\n", 100_000),
    ]
}

fn text() -> Vec<Input> {
    vec![
        repeated("abc\0de\0", 100_000),
        repeated("&", 300_000),
        repeated("&amp", 100_000),
        repeated("&#1234567", 50_000),
        repeated("\\", 300_000),
        repeated("www._", 50_000),
        repeated("www.", 100_000),
        repeated("https://a.b/(", 50_000),
        input("asterisks after a URL", || "https://example.com?".to_owned() + &"*".repeat(70_000) + "a"),
        input("blanks within a line", || "x".to_owned() + &" ".repeat(150_000) + "x  \nx"),
    ]
}
