//! Code: snippets of files, colours in every language, and what a docset switches on.

use recto::markdown::language::LANGUAGES;

use crate::{Input, input};

/// Every input, by name.
pub fn inputs() -> Vec<Input> {
    let colours = LANGUAGES.iter().map(|language| colours(language.id));
    snippets().into_iter().chain(extras()).chain(colours).collect()
}

fn snippets() -> Vec<Input> {
    let file = |text: String| vec![("a.cs".to_owned(), text)];
    let lines = move || file((0..10_000).map(|number| format!("var a{number} = {number};\n")).collect());
    let regions = move || file((0..20_000).map(|number| format!("#region a{number}\n")).collect());
    let ranges = || format!("[!code-cs[a](a.cs?range={})]\n\n", "1-9999,".repeat(300)).repeat(50);
    let tags = || (0..2_000).map(|number| format!("[!code-cs[a](a.cs#b{number})]\n\n")).collect();
    let same = || "[!code-cs[a](a.cs#a)]\n\n".repeat(10_000);
    vec![
        input("ranges of ranges of code", ranges).beside(lines),
        input("10,000 snippets of a large file", || "[!code-cs[a](a.cs)]\n\n".repeat(10_000)).beside(lines),
        input("regions that do not end", same).beside(regions),
        input("tags that are not there", tags).beside(regions),
        input("20,000 fences", || "```cs\nvar a = 1;\n```\n\n".repeat(20_000)),
        input("marked lines", || format!(":::code source=\"a.cs\" highlight=\"{}1\":::\n", "1,".repeat(2_000)))
            .beside(lines),
    ]
}

/// What a lexer may look for up to the end, again and again.
const OPENERS: &[&str] = &[
    "\"", "'", "`", "/*", "//", "#", "<", "<a ", "<!--", "{{", "{", "(", "$(", "${", "@\"", "\"\"\"", "<<E\n", "--[[",
    "\\", "%", "a.", "0x", "r#\"", "<script>", "@{", "=begin\n", "a: |\n",
];

fn colours(language: &'static str) -> Input {
    input(language, move || {
        OPENERS.iter().map(|opener| format!("````{language}\n{}\n````\n\n", opener.repeat(20_000))).collect()
    })
}

fn extras() -> Vec<Input> {
    let switched_on = || vec![("recto.yml".to_owned(), "markdown_extensions: [advanced, smileys]\n".to_owned())];
    let numbered = |count: usize, line: fn(usize) -> String| move || (0..count).map(line).collect::<String>();
    let nested = || "[^na]:\n\n".to_owned() + &"[^".repeat(50_000) + "x" + &"]".repeat(50_000);
    let chain = |number: usize| format!("[^{number}]: a[^{}]\n\n", number + 1);
    let inputs = vec![
        input("20,000 footnotes", numbered(20_000, |number| format!("a[^{number}]\n\n[^{number}]: b\n\n"))),
        input("one footnote 50,000 times", || "a[^1] ".repeat(50_000) + "\n\n[^1]: b"),
        input("footnotes that nothing refers to", || "[^1]: a\n\n".repeat(50_000)),
        input("footnotes in footnotes", move || (0..20_000).map(chain).collect::<String>() + "a[^0]"),
        input("brackets of footnotes", nested),
        input("definitions in a list", || "a\n: b\n\n".repeat(30_000)),
        input("definitions in definitions", || "a\n".to_owned() + &": ".repeat(30_000) + "b"),
        input("tasks", || "- [ ] a\n".repeat(100_000)),
        input("scripts", || "a^b~c".repeat(50_000)),
        input("marks that open", || " ==a ++b ~c ^d".repeat(20_000)),
        input("marks that close", || "a== b++ c~ d^ ".repeat(20_000)),
        input("marks in marks", || "==a ++b ".repeat(20_000) + &" b++ a==".repeat(20_000)),
        input("marks beside escapes", || "\\=a ==b== ".repeat(30_000)),
        input("abbreviations", numbered(20_000, |number| format!("*[a{number}]: b\n\na{number} a{number}x\n"))),
        input("abbreviations that begin alike", || {
            let lines: String = (1..1_000).map(|length| format!("*[{}]: b\n", "a".repeat(length))).collect();
            lines + "\n" + &"a ".repeat(100_000) + &"a".repeat(100_000) + &" aab".repeat(50_000)
        }),
        input("abbreviations that nearly are what the text is", || {
            let lines: String = (1..1_000).map(|length| format!("*[{} a]: b\n", "!".repeat(length))).collect();
            lines + "\n" + &"!".repeat(100_000)
        }),
        input("abbreviations between code", || "*[a]: b\n\n".to_owned() + &"`c` a ".repeat(80_000)),
        input("abbreviations before punctuation", || "*[!]: b\n\n".to_owned() + &"!".repeat(300_000)),
        input("smileys", || ":) :-( a:) ".repeat(30_000)),
    ];
    inputs.into_iter().map(|input| input.beside(switched_on)).collect()
}
