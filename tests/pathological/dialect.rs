//! Inputs that aim at recto's own work: directives, containers, tabs, ids, cross references, raw HTML, front matter.

use crate::{Input, input, numbered, repeated};

/// Every input, by name.
pub fn inputs() -> Vec<Input> {
    [directives(), containers(), quotes(), headings(), links(), raw_html(), tables(), files()]
        .into_iter()
        .flatten()
        .collect()
}

fn directives() -> Vec<Input> {
    vec![
        repeated("[!INCLUDE", 100_000),
        repeated("[!INCLUDE [", 100_000),
        repeated("[!INCLUDE [a](b.md)] ", 5_000),
        repeated("[!INCLUDE [a](b.md)]\n", 5_000),
        repeated("[!div class=\"a\" ", 50_000),
        repeated("[!code-a[", 50_000),
        repeated("[!VIDEO https://a.b/c]\n\n", 20_000),
        repeated(":::", 300_000),
        repeated(":::image ", 100_000),
        repeated(":::image source=\"a.png\" alt-text=\"b\"::: ", 20_000),
        input("images that lack what they need", || ":::image:::\n".repeat(20_000)),
        input("an attribute that does not end", || ":::image source=\"".to_owned() + &"a".repeat(300_000)),
        input("directives in comments", || "<!--\n[!INCLUDE [a](b.md)]\n-->\n\n".repeat(10_000)),
        input("directives in code", || "```\n:::zone pivot=\"a\"\n```\n".repeat(20_000)),
        input("comments that end in each other", || "<!-- :::row:::\n".repeat(5_000)),
        input("form after form", || ":::form action=\"a\" submitText=\"b\":::\n\n".repeat(20_000)),
        repeated(":::no-loc text=\"a\"::: ", 20_000),
        input("directives that hide each other in turn", || hiding(450)),
        input("byte order marks before directives", || {
            "\u{feff}".repeat(200_000) + "\n" + &"[!INCLUDE [a](b.md)]x\n".repeat(20_000)
        }),
        repeated("$$ a\n", 50_000),
        repeated("$a$ ", 50_000),
        input("a formula that many deep", || "$".to_owned() + &"{".repeat(100_000) + "$"),
    ]
}

/// Each directive is hidden by the code span that the one before it opens, once that one is hidden.
fn hiding(count: usize) -> String {
    let run = |length: usize| "`".repeat(length);
    let one = |n: usize| format!("[!INCLUDE [{} {}](a)]{} ", run(n), run(n + 1), run(n));
    "a `".to_owned() + &(1..count).map(one).collect::<String>()
}

const ZONE: &str = ":::zone pivot=\"a\"\n\n";

fn containers() -> Vec<Input> {
    vec![
        input("20,000 zones that are not closed", || ZONE.repeat(20_000)),
        input("20,000 rows that are not closed", || ":::row:::\n".repeat(20_000)),
        input("20,000 columns that are not closed", || ":::row:::\n".to_owned() + &":::column:::\na\n".repeat(20_000)),
        input("20,000 zones within a line that are not closed", || ":::zone pivot=\"a\" inline :::".repeat(20_000)),
        input("20,000 zones within a line", || ":::zone pivot=\"a\" inline :::b:::zone-end ".repeat(20_000)),
        input("zones within a line in each other", || {
            ":::zone pivot=\"a\" inline :::".repeat(10_000) + &":::zone-end ".repeat(10_000)
        }),
        input("20,000 end markers of nothing", || ":::zone-end\n".repeat(20_000)),
        input("20,000 end markers of nothing with text after them", || ":::zone-end a\n".repeat(20_000)),
        input("20,000 end markers in a container", || ZONE.to_owned() + &":::row-end:::\n".repeat(20_000)),
        input("20,000 zones", || (ZONE.to_owned() + "a\n\n:::zone-end\n\n").repeat(20_000)),
        input("zones in zones", || ZONE.repeat(5_000) + &":::zone-end\n\n".repeat(5_000)),
        input("zones in items", || numbered(20_000, |_| "- :::zone pivot=\"a\"\n  a\n".to_owned())),
        input("end markers in raw HTML", || "<div>\n:::zone-end\n".repeat(5_000)),
        input("rows in deep lists", || "- ".repeat(10_000) + ":::row:::\n" + &"    a\n".repeat(10_000)),
        input("lines in an indented column", || {
            ":::row:::\n:::column:::\n".to_owned() + &"        a\n".repeat(100_000)
        }),
        input("columns in quotes in columns", || {
            let row = |depth: usize| format!("{0}:::row:::\n{0}:::column:::\n", "> ".repeat(depth));
            numbered(40, row) + &format!("{}a\n", "      > ".repeat(39)).repeat(2_000)
        }),
        input("ranges of 300 versions", || format!("::: moniker range=\"{}a\"\n", "a || ".repeat(300)).repeat(1_000)),
        input("complex images", || ":::image type=\"complex\" source=\"a.png\" alt-text=\"b\":::\n".repeat(20_000)),
    ]
}

fn quotes() -> Vec<Input> {
    vec![
        input("400 nested callouts", || numbered(400, |depth| "> ".repeat(depth + 1) + "[!NOTE]\n")),
        input("quotes 100,000 deep", || ">".repeat(100_000) + "a"),
        input("markers of callouts in one quote", || "> [!NOTE]\n> a\n".repeat(50_000)),
        input("markers of callouts with text after them", || "> [!NOTE] a\n".repeat(50_000)),
        input("markers of callouts with a colon after them", || "> [!NOTE]: a\n".repeat(50_000)),
        input("markers of callouts in lazy lines", || "> a\n[!NOTE]\n".repeat(50_000)),
        input("markers of callouts alone", || "> [!NOTE]\n".repeat(100_000)),
        input("markers of callouts before carriage returns", || "> [!NOTE]\r> a\r\r".repeat(120_000)),
    ]
}

fn tab(number: usize) -> String {
    format!("# [a{number}](#tab/a{number})\n\n")
}

fn headings() -> Vec<Input> {
    let groups = || "# [a](#tab/a)\n\n---\n\n".repeat(20_000);
    vec![
        input("100,000 headings that are equal", || "## a\n\n".repeat(100_000)),
        input("headings that look numbered", || {
            numbered(50_000, |number| format!("## a {}\n\n## a\n\n", number % 300))
        }),
        input("20,000 tabs that do not end", || numbered(20_000, tab)),
        input("20,000 tabs that are equal", || "# [a](#tab/a)\n\n".repeat(20_000)),
        input("20,000 groups of tabs", groups),
        input("20,000 groups of tabs of their own", || numbered(20_000, |number| tab(number) + "---\n\n")),
        input("groups that share a tab with a large one", || {
            numbered(5_000, tab) + &"---\n\n# [a](#tab/a0)\n\n".repeat(5_000)
        }),
        input("a long heading", || "# ".to_owned() + &"*a* ".repeat(100_000)),
        repeated("<a id=\"a\"></a>\n", 100_000),
        repeated("# <a id=\"a\"></a>b\n", 50_000),
    ]
}

fn links() -> Vec<Input> {
    let missing = || numbered(5_000, |number| format!("# heading {number}\n\n[a](#heading-{number}x)\n\n"));
    let sections = || numbered(20_000, |number| format!("# heading {number}\n\n[a](#heading-{number})\n\n"));
    vec![
        repeated("@a ", 300_000),
        repeated("@\"a", 100_000),
        repeated("<xref:a> ", 50_000),
        repeated("<xref:'", 100_000),
        repeated("<xref:'a b'> ", 50_000),
        repeated("[a](xref:b) ", 50_000),
        repeated("[a](b.md) ", 50_000),
        repeated("![a](b.png) ", 50_000),
        repeated("https://a.b ", 50_000),
        repeated(":smile: ", 50_000),
        repeated(":a", 300_000),
        input("bookmarks that are not there", missing),
        input("long bookmarks that are not there", || {
            let long = "a".repeat(30_000);
            numbered(10_000, |number| format!("# h{number}\n\n")) + &format!("# {long}\n\n[x](#{long}b)\n\n").repeat(10)
        }),
        input("bookmarks", sections),
    ]
}

fn raw_html() -> Vec<Input> {
    let attributes = || format!("<a {}>b</a>\n", numbered(20_000, |number| format!("data-a{number}=b ")));
    vec![
        repeated("<b>", 100_000),
        repeated("<div>", 100_000),
        repeated("</div>", 100_000),
        repeated("<div><b></div>", 50_000),
        repeated("<path>", 50_000),
        repeated("<div>\n<script>", 50_000),
        repeated("<script>a</script>\n", 50_000),
        repeated("<p>a", 100_000),
        repeated("<table><tr><td>", 50_000),
        repeated("<li>a", 100_000),
        repeated("<xref href=\"a\">", 50_000),
        input("an element with 20,000 attributes", attributes),
        input("a block of comments that do not end", || "<div>\n".to_owned() + &"<!--".repeat(100_000)),
        input("a block of tags that do not end", || "<div>\n".to_owned() + &"<a b=\"".repeat(50_000)),
        input("a block of forbidden elements", || "<div>".to_owned() + &"<form>".repeat(50_000)),
        input("a block of headings", || "<div>\n".to_owned() + &"# a\n".repeat(100_000)),
    ]
}

fn tables() -> Vec<Input> {
    let ragged = || "|a|\n|-|\n".to_owned() + &numbered(50_000, |number| "|a".repeat(number % 9 + 1) + "|\n");
    let wide = || "|a".repeat(50_000) + "|\n" + &"|-".repeat(50_000) + "|\n" + &"|a".repeat(50_000);
    vec![
        input("a row of 300,000 pipes", || "|".repeat(300_000)),
        input("a header of 300,000 pipes", || "|".repeat(300_000) + "\n|-|\n"),
        input("50,000 rows of ragged length", ragged),
        input("a short table with one wide row", || {
            "|a|\n|-|\n".to_owned() + &"|a|\n".repeat(20_000) + &"|a".repeat(20_000)
        }),
        input("a wide table", wide),
        input("tables that need mending", || "|a|\n|-|-|\n\n".repeat(20_000)),
        input("tables in code that need mending", || "```\n|a|\n|-|-|\n```\n".repeat(20_000)),
        input("backslashes before pipes", || "|a|\n|-|\n|".to_owned() + &"\\|".repeat(100_000)),
        input("code with pipes in a row", || "|a|\n|-|\n|".to_owned() + &"`|` ".repeat(100_000)),
        input("references to generic types", || "@ab`1 ".repeat(150_000)),
        input("references to generic types in one code span", || format!("```` {} ````", "@ab`1 ".repeat(10_000))),
        input("references with backticks of every length", || numbered(350, |n| format!("@a{}1 ", "`".repeat(n)))),
        input("lines that may be references", || "@ `\n".repeat(200_000)),
        input("links without end in a row", || "|a|\n|-|\n|".to_owned() + &"[".repeat(65_000)),
        input("links with pipes in a row", || "|a|\n|-|\n|".to_owned() + &"[a|b](c) ".repeat(7_000)),
        input("tags without end in a row", || "|a|\n|-|\n|".to_owned() + &"<a b='".repeat(10_000)),
        input("titles without end in a row", || "|a|\n|-|\n|".to_owned() + &"[](a \"".repeat(9_000)),
        input("addresses without end in a row", || "|a|\n|-|\n|".to_owned() + &"[](".repeat(21_000)),
        input("links and backticks of every length in a row", || {
            let runs = numbered(30, |n| "`".repeat(n + 2) + " ");
            "|a|\n|-|\n".to_owned() + &format!("{}{runs}{}|\n", "[ ".repeat(250), "` ".repeat(30_000)).repeat(8)
        }),
        input("macros", || "$(ab) ".repeat(150_000)),
        input("callouts before tables", || "> [!NOTE]\n|a|\n|-|\n\n".repeat(20_000)),
        input("backticks with pipes in a row", || "|a|\n|-|\n|".to_owned() + &numbered(250, |n| "`".repeat(n) + "|")),
    ]
}

fn files() -> Vec<Input> {
    let keys = || numbered(20_000, |number| format!("a{number}: b\n"));
    let misspelt = || numbered(5_000, |number| format!("[a](article-{number}x.md) "));
    let articles = || (0..5_000).map(|number| (format!("article-{number}.md"), "# a\n".to_owned())).collect();
    let chain = |number: usize| format!("[!INCLUDE [a]({}.md)]\n\n", number + 1).repeat(10);
    let chained = move || (0..30).map(|number| (format!("includes/{number}.md"), chain(number))).collect();
    let redirections = || {
        let moved =
            |number: usize| format!("{{\"source_path\":\"{number}.md\",\"redirect_url\":\"/a/{}\"}}", number + 1);
        let moved: Vec<String> = (0..5_000).map(moved).collect();
        let docfx = r#"{"build": {"content": [{"files": "*.md"}], "globalMetadata": {"breadcrumb_path": "/a/bread/toc.json"}}}"#;
        let redirections = format!("{{\"redirections\": [{}]}}", moved.join(","));
        vec![("docfx.json".to_owned(), docfx.to_owned()), (".openpublishing.redirection.json".to_owned(), redirections)]
    };
    let included = |text: String| vec![("includes/a.md".to_owned(), text)];
    let include = |count: usize| "[!INCLUDE [a](includes/a.md)]\n\n".repeat(count);
    vec![
        input("a long title that many links show", || "<xref:b> ".repeat(30_000))
            .beside(|| vec![("b.md".to_owned(), format!("---\nuid: b\ntitle: {}\n---\n", "a".repeat(60_000)))]),
        input("redirections of redirections", || "[x](0.md)\n\n".repeat(2_000)).beside(redirections),
        input("comments on a line of a TOC", || "# a\n".to_owned())
            .beside(|| vec![("toc.md".to_owned(), "<!-- a -->".repeat(50_000))]),
        input("front matter of 20,000 keys", move || format!("---\n{}---\n\n# a\n", keys())),
        input("front matter that many deep", || format!("---\na: {}\n---\n\n# a\n", "[".repeat(100_000))),
        input("front matter that does not end", move || "---\n".to_owned() + &keys()),
        input("uids that many", || numbered(20_000, |number| format!("<xref:a{number}> @a{number} "))),
        input("files that are not there, in a large folder", misspelt).beside(articles),
        input("an include used 4,000 times", move || include(4_000)).beside(move || included("a\n\n".repeat(100))),
        input("an include full of mistakes", move || include(1_000))
            .beside(move || included(":::zone-end\n".repeat(1_000))),
        input("includes of includes", || "[!INCLUDE [a](includes/0.md)]\n\n".repeat(10)).beside(chained),
    ]
}
