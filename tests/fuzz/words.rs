//! What the generator puts together: names, values and pieces, good ones and hostile ones.
//!
//! rustfmt would give each a line of its own.

/// Text, short and odd.
#[rustfmt::skip]
pub const TEXTS: &[&str] = &[
    "a", "b", "Install", "the network", "x | y", "1 < 2", "a & b", "\"quoted\"", "'", "\\", "é", "概要", "😀",
    "\u{202e}rtl", "\u{feff}", "\0", "\u{1a}", "\u{b}", "\t", " ", "  ", "_", "*", "**", "~~", "`", "``", "$", "|",
    "[", "]", "(", ")", "![", "](", "<", ">", "#", "&", ";", ":", "::", ":::", "@", "!", "&amp;", "&lt;script&gt;",
    "&#0;", "&#x3c;", "&nosuch;", ":smile:", ":+1:", "https://example.com/a_(b)", "www.example.com.", "a@b.c", "-->",
    "]]>", "?>", "<!--", "<?", "<!A", "10:30", ":)", "~", "$x^2$", "$\\text{ style=\"}$", "$$", "\\$", "\\<", "\\[!NOTE]", "C:\\www", "{", "}",
    "{{ a }}", "{% b %}", "%3Cscript%3E",
];

/// Where links and images lead.
#[rustfmt::skip]
pub const URLS: &[&str] = &[
    "other.md", "other.md#heading", "#heading", "#a", "includes/a.md", "../x.md", "~/other.md", "/docs/x",
    "//example.com/a", "https://example.com/a?b=c&d", "http://[::1", "mailto:a@b.c", "?a=b", "a.png", "a b.md",
    "<a b.md>", "", "xref:known", "xref:none?displayProperty=fullName", "xref:", "#tab/a", "#tab/b+c/d",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java&#10;script:alert(1)",
    "&#106;avascript:alert(1)", "javascript&colon;alert(1)", "\u{1}javascript:alert(1)", " javascript:alert(1)",
    "vbscript:a", "data:text/html,<script>alert(1)</script>", "data:image/png;base64,AA==",
    "data:image/svg+xml,<svg onload=a>", "file:///etc/passwd", "\\\\host\\share", "\\javascript:a", "//javascript:a",
    "a\"b", "a'b", "a<b>c", "a`b", "%", "%ff", "%00", "blob:a", "view-source:a", "a:b",
    "https://www.youtube.com/embed/x", "https://learn-video.azurefd.net/vod/player?id=x", "https://example.com/a.mp4",
    "other.md?view=x#a", "OTHER.md", "folder/", ".", "..", "./", "../../../../etc/passwd", "a.md#:~:text=x", "x#y#z",
];

/// Names of elements: allowed ones, forbidden ones, and none at all.
#[rustfmt::skip]
pub const ELEMENTS: &[&str] = &[
    "a", "b", "i", "p", "div", "span", "br", "hr", "img", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption",
    "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td", "h1", "h2", "h6", "pre", "code", "kbd", "em",
    "strong", "sub", "sup", "del", "blockquote", "details", "summary", "center", "font", "nobr", "ruby", "rt", "rp",
    "video", "source", "picture", "wbr", "label", "nav", "section", "article", "address", "tt", "u", "s", "strike",
    "big", "small", "q", "cite", "figure", "figcaption", "xref", "script", "style", "iframe", "object", "embed",
    "form", "input", "button", "select", "option", "textarea", "svg", "math", "mi", "mglyph", "template", "noscript",
    "title", "base", "meta", "link", "body", "html", "head", "frameset", "frame", "image", "isindex", "plaintext",
    "xmp", "listing", "noembed", "noframes", "marquee", "dialog", "slot", "path", "your-name", "x:y", "o:p", "A",
    "Script", "DIV", "foreignObject", "annotation-xml", "desc", "optgroup", "param",
];

/// Attributes with their values.
#[rustfmt::skip]
pub const ATTRIBUTES: &[&str] = &[
    "href=\"@\"", "href='@'", "href=@", "src=\"@\"", "src=@", "cite=\"@\"", "poster=\"@\"", "action=\"@\"",
    "xlink:href=\"@\"", "background=\"@\"", "formaction=\"@\"", "srcset=\"@ 2x\"", "srcdoc=\"<script>a</script>\"",
    "style=\"color:red\"", "style=\"width:50%;text-align:center\"", "onclick=\"a()\"", "ONLOAD=a", "onerror='a'",
    "class=\"a b\"", "class=a", "id=\"a\"", "id=heading", "name=\"a\"", "title='x\"y'", "alt=\"<b>\"", "data-x=\"1\"",
    "data-decoration", "aria-label=\"x\"", "role=\"button\"", "align=center", "colspan=2", "width=\"9\"", "hidden",
    "tabindex=1", "target=_blank", "dir=rtl", "lang", "a=\"", "='x'", "/", "\"", "'", "a=b>", "x=&quot;y",
    "contenteditable", "autofocus", "is=\"x\"", "range=\"a\"",
];

/// Names of callouts, good and bad.
pub const CALLOUTS: &[&str] = &["NOTE", "tip", "Important", "CAUTION", "WARNING", "TODO", "NOPE", "", "NOTE x"];

/// Attributes of `:::` directives.
#[rustfmt::skip]
pub const DIRECTIVE_ATTRIBUTES: &[&str] = &[
    "source=\"@\"", "alt-text=\"%\"", "type=\"content\"", "type=\"complex\"", "type=\"icon\"", "type=\"x\"",
    "border=\"false\"", "lightbox=\"@\"", "link=\"@\"", "loc-scope=\"other\"", "pivot=\"a, b\"", "pivot=\"\"",
    "target=\"docs\"", "target=\"pdf\"", "target=\"x\"", "range=\">= a-1.0 || b\"", "range=\"<\"", "range=\"\"",
    "span=\"2\"", "span=\"x\"", "text=\"%\"", "text=\"a \\\" b\"", "action=\"create\"", "submitText=\"%\"",
    "model=\"./x.json\"", "title=\"%\"", "max-width=\"400\"", "thumbnail=\"@\"", "upload-date=\"x\"",
    "language=\"cs\"", "id=\"a\"", "highlight=\"1-2\"", "range=\"1-3,5-\"", "range=\"99999999999999999999-1\"", "highlight=\"0-4294967295\"", "span=\"256\"", "interactive=\"x\"", "SOURCE = \"@\"",
    "a", "a=b", "a=\"", "\"", "=",
];

/// Names of `:::` directives.
#[rustfmt::skip]
pub const DIRECTIVES: &[&str] = &[
    "zone", "moniker", "row", "column", "image", "video", "no-loc", "form", "code", "Zone", "IMAGE", "nope",
    "zone-end", "moniker-end", "row-end", "column-end", "image-end", "form-end", "-end", "",
];

/// Directives that say what they must.
pub const SOUND: &[&str] = &[
    ":::form action=\"create\" submitText=\"%\":::",
    ":::image source=\"@\" alt-text=\"%\" lightbox=\"@\":::",
    ":::image type=\"icon\" source=\"@\":::",
    ":::no-loc text=\"%\":::",
    ":::video source=\"https://example.com/@\" title=\"%\":::",
];

/// Lines of code, in any language, and marks of what a snippet shows.
#[rustfmt::skip]
pub const CODE: &[&str] = &[
    "#region x", "#endregion", "// <a>", "// </a>", "<!-- <b> -->", "<!-- </b> -->", "# <c>", "-- [start x]", "    var a = 1;",
    "\tif (a < b) {", "}", "/* a", "*/", "\"a", "\"", "'", "`", "\"\"\"", "$\"{a}\"", "@\"a", "#", "//", "--", "<a b=\"c\">", "</a>",
    "<script>", "{{ a }}", "a: |", "$x = @'", "'@", "<<EOF", "EOF", "=begin", "%", "\\", "é😀", "0x1F", "fn a() -> b", "import a",
    "SELECT * FROM a", "Get-Item -Path $x", "curl -X POST \\", "{\"a\": [1, null]}", "---", "+ a", "- b", "@@ -1 +1 @@", "",
];

/// Info strings of fences.
#[rustfmt::skip]
pub const INFOS: &[&str] = &[
    "", "csharp", "azurecli-interactive", " C++", "{.cs}", "Output", "mermaid", "math", "\"><b>", "a b c", "a`b",
    "&lt;", "é", "json  ", "python\thl", "yaml {1-2}",
];

/// Lines that begin or go on with what a reader of lines may stumble over.
#[rustfmt::skip]
pub const LINES: &[&str] = &[
    "---", "***", "- - -", "===", "```", "~~~", "````", "| a | b |", "|---|:-:|", "|-|", "| `x|y` | z |", "a | b",
    "> ", ">", "> > ", "- ", "* ", "1. ", "1) ", "    ", "\t", "  ", "# ", "####### x", "[a]: other.md 'x'", "[a]: <",
    "[^1]: note", ": definition", "term", "$$", "<div>", "</div>", "<!--", "-->", "<pre>", "</pre>", "<script>",
    "<details>", "<table>", "<tr><td>", "> [!NOTE]", "> [!div class=\"a\"]", "> [!VIDEO https://example.com]",
    "[!INCLUDE [a](includes/a.md)]", "# [a](#tab/a)", "## [b](#tab/b+c)", "# [c](#tab/c/a)", ":::row:::",
    ":::column:::", ":::column-end:::", ":::row-end:::", ":::zone pivot=\"a\"", ":::zone-end",
    ":::zone pivot=\"a\" inline :::", ":::zone pivot=\"a\" inline :::b:::zone-end", ":::zone-end:::",
    ":::zone-end a `b`", "> [!NOTE]: a",
    "::: moniker range=\"a\"", "::: moniker range=\"a\" b", "::: moniker-end", ":::image-end:::", "- [ ] x", "* * *", "[!code-cs[a](a.cs#x)]",
    ":::code source=\"a.cs\" range=\"1\":::", "@known", "\\", "<br>", "", "", "",
];
