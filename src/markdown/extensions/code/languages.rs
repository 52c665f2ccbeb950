//! Languages whose files can be tagged: their names, their extensions, and the comments that hold tags.
//!
//! Rule: the table of docfx's `HtmlCodeSnippetRenderer`, that of Learn's engine, which knows a few more.

use super::tags::Style;

/// A language of the table.
struct Language {
    name: &'static str,
    /// Other names, and the extensions of its files.
    aliases: &'static [&'static str],
    /// In the order in which they are looked through.
    styles: &'static [Style],
}

const fn language(name: &'static str, aliases: &'static [&'static str], styles: &'static [Style]) -> Language {
    Language { name, aliases, styles }
}

const SLASHES: &[Style] = &[Style::SLASHES];
const MARKUP: &[Style] = &[Style::MARKUP];
const DASHES: &[Style] = &[Style::DASHES];
const HASH: &[Style] = &[Style::HASH];
const PERCENT: &[Style] = &[Style::PERCENT];

/// What is tried for a language that the table does not have.
const EVERY: &[Style] = &[
    Style::APOSTROPHE,
    Style::SLASHES,
    Style::MARKUP,
    Style::DASHES,
    Style::HASH,
    Style::REM,
    Style::REGION,
    Style::PERCENT,
    Style::SEMICOLON,
    Style::STARS,
];

/// docfx takes JSON for JavaScript and TSX for React: their tags are the same, but readers know them by their own names.
const LANGUAGES: &[Language] = &[
    language("actionscript", &["as"], SLASHES),
    language("arduino", &["ino"], SLASHES),
    language("assembly", &["nasm", "asm"], SLASHES),
    language("batchfile", &["bat", "cmd"], &[Style::REM]),
    language("cpp", &["c", "c++", "objective-c", "obj-c", "objc", "objectivec", "h", "hpp", "cc", "m"], SLASHES),
    language("csharp", &["cs"], &[Style::SLASHES, Style::REGION]),
    language("cshtml", &["aspx-cs", "aspx-csharp", "razor"], &[Style::SLASHES, Style::MARKUP, Style::REGION]),
    language("css", &[], &[Style::STARS]),
    language("cuda", &["cu", "cuh"], SLASHES),
    language("d", &["dlang"], SLASHES),
    language("erlang", &["erl"], PERCENT),
    language("fsharp", &["fs", "fsi", "fsx"], SLASHES),
    language("go", &["golang"], SLASHES),
    language("handlebars", &["hbs"], MARKUP),
    language("haskell", &["hs"], DASHES),
    language("html", &["jsp", "asp", "aspx", "ascx"], MARKUP),
    language("java", &["gradle"], SLASHES),
    language("javascript", &["js", "node"], SLASHES),
    language("json", &[], SLASHES),
    language("lisp", &["lsp"], &[Style::SEMICOLON]),
    language("lua", &[], DASHES),
    language("matlab", &[], PERCENT),
    language("pascal", &["pas"], SLASHES),
    language("perl", &["pl"], HASH),
    language("php", &[], &[Style::SLASHES, Style::MARKUP]),
    language("powershell", &["posh", "ps1"], HASH),
    language("processing", &["pde"], SLASHES),
    language("python", &["py"], HASH),
    language("r", &[], HASH),
    language("react", &[], &[Style::SLASHES, Style::MARKUP]),
    language("ruby", &["ru", "erb", "rb", ""], &[Style::MARKUP, Style::HASH]),
    language("rust", &["rs"], SLASHES),
    language("scala", &[], SLASHES),
    language("scss", &[], &[Style::SLASHES, Style::STARS]),
    language("shell", &["sh", "bash"], HASH),
    language("smalltalk", &["st"], SLASHES),
    language("sql", &[], DASHES),
    language("swift", &[], SLASHES),
    language("tsx", &[], &[Style::SLASHES, Style::MARKUP]),
    language("typescript", &["ts"], SLASHES),
    language("vb", &["vbnet", "vbscript", "bas", "vbs", "vba"], &[Style::APOSTROPHE, Style::REGION]),
    language("vbhtml", &["aspx-vb"], &[Style::APOSTROPHE, Style::MARKUP]),
    language("xaml", &[], MARKUP),
    language("xml", &["xsl", "xslt", "xsd", "wsdl", "csdl", "edmx", "config", "vsixmanifest"], MARKUP),
];

/// The comments that hold tags in a language, and whether the table has the language; all there are if it has not.
pub(super) fn styles(language: &str) -> (&'static [Style], bool) {
    find(language).map_or((EVERY, false), |found| (found.styles, true))
}

/// The language of a file by its extension; `None` for one that is not in the table, and for files without one.
pub(super) fn of_file(path: &str) -> Option<&'static str> {
    let extension = extension(path);
    find(extension).filter(|_| !extension.is_empty()).map(|language| language.name)
}

/// The extension of a path as it is written, without its dot; empty if there is none.
pub(super) fn extension(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

fn find(name: &str) -> Option<&'static Language> {
    let is_named = |own: &str| own.eq_ignore_ascii_case(name);
    LANGUAGES.iter().find(|language| is_named(language.name) || language.aliases.iter().any(|alias| is_named(alias)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_stands_twice() {
        let mut names: Vec<&str> =
            LANGUAGES.iter().flat_map(|language| language.aliases.iter().copied().chain([language.name])).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn files_tell_their_language() {
        assert_eq!(of_file("../a/b.PS1"), Some("powershell"));
        assert_eq!(of_file(r"a\b.xsd"), Some("xml"));
        assert_eq!(of_file("a.b/Gemfile"), None);
        assert_eq!(of_file("a.unheard"), None);
        assert!(styles("").1, "a file without extension is read as Ruby");
    }
}
