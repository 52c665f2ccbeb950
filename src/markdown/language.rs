//! The languages of code blocks: what authors write, and the name that readers know.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// A language that code may be written in.
#[derive(Debug, PartialEq, Eq)]
pub struct Language {
    /// What names it within recto, lower case.
    pub id: &'static str,
    /// Its name as readers know it.
    pub label: &'static str,
    /// What authors write for it beside its id, lower case, parted by blanks.
    pub aliases: &'static str,
}

/// Every language that has a name of its own, sorted by id.
pub const LANGUAGES: &[Language] = &[
    language("aspx", "ASP.NET", "asp aspnet aspx-vb ascx"),
    language("assembly", "Assembly", "asm masm nasm x86asm armasm"),
    language("azurecli", "Azure CLI", "azcli az"),
    language("azurepowershell", "Azure PowerShell", "azureps"),
    language("bash", "Bash", "bahs"),
    language("batch", "Batch", "bat batchfile"),
    language("bicep", "Bicep", "bicepparam"),
    language("c", "C", "h"),
    language("cmake", "CMake", ""),
    language("cmd", "Command Prompt", "dos doscon command"),
    language("console", "Console", "shellsession sh-session terminal dotnetcli commandline cli consoleoutput"),
    language("cpp", "C++", "c++ cc cxx hpp hxx cppcpp c-plus-plus cpp-winrt cppwinrt cppcx c++/cli"),
    language("csharp", "C#", "c# cs csx c-sharp dotnet cshar"),
    language("css", "CSS", "less"),
    language("dart", "Dart", ""),
    language("dax", "DAX", ""),
    language("diff", "Diff", "patch udiff"),
    language("dockerfile", "Dockerfile", "docker containerfile"),
    language("fsharp", "F#", "f# fs fsi fsx"),
    language("go", "Go", "golang"),
    language("graphql", "GraphQL", "gql"),
    language("groovy", "Groovy", "gradle jenkinsfile"),
    language("haskell", "Haskell", "hs"),
    language("hcl", "HCL", ""),
    language("hlsl", "HLSL", "glsl fx shader wgsl"),
    language("html", "HTML", "htm xhtml html5 handlebars hbs mustache"),
    language("http", "HTTP", "rest"),
    language("idl", "IDL", "odl midl midl3 mof"),
    language("ini", "INI", "inf cfg conf config editorconfig gitconfig properties reg registry systemd dosini"),
    language("java", "Java", ""),
    language("javascript", "JavaScript", "js node jscript jscript# jsx mjs cjs nodejs react script"),
    language("json", "JSON", "jsonc json5 jsonl ndjson geojson jsonp"),
    language("kotlin", "Kotlin", "kt kts"),
    language("kusto", "Kusto", "kql csl loganalytics"),
    language("lua", "Lua", ""),
    language("makefile", "Makefile", "make mak nmake mk"),
    language("markdown", "Markdown", "md mdx mkd"),
    language("matlab", "MATLAB", "octave"),
    language("nginx", "nginx", "nginxconf"),
    language("objectivec", "Objective-C", "objc obj-c objective-c m mm objective-c++"),
    language("output", "Output", "out"),
    language("perl", "Perl", "pl"),
    language("php", "PHP", "php3 php5 phtml"),
    language("powerquery", "Power Query M", "powerquery-m power-query pq mquery"),
    language("powershell", "PowerShell", "ps1 posh pwsh ps psm1 psd1 powersehll poweshell pwoershell powerhsell psh"),
    language("protobuf", "Protocol Buffers", "proto proto3"),
    language("python", "Python", "py py3 python3 ipython pycon"),
    language("qsharp", "Q#", "q# qs"),
    language("r", "R", "rscript"),
    language("razor", "Razor", "cshtml aspx-csharp aspx-cs blazor vbhtml"),
    language("ruby", "Ruby", "rb"),
    language("rust", "Rust", "rs"),
    language("scala", "Scala", "sbt"),
    language("scss", "SCSS", "sass"),
    language("sh", "Shell", "shell zsh ksh ash shellscript shell-script"),
    language("sql", "SQL", "tsql t-sql mssql plsql mysql pgsql postgresql postgres sqlite psql spark-sql sparksql"),
    language("swift", "Swift", ""),
    language("syntax", "Syntax", ""),
    language("terraform", "Terraform", "tf tfvars"),
    language("text", "Text", "txt plaintext plain none nohighlight"),
    language("toml", "TOML", ""),
    language("typescript", "TypeScript", "ts tsx mts cts"),
    language("vb", "Visual Basic", "vbnet vb.net visualbasic visual-basic vba vbs vbscript vb6 basic"),
    language("vue", "Vue", "svelte"),
    language("wql", "WQL", ""),
    language("xaml", "XAML", "axaml"),
    language(
        "xml",
        "XML",
        "xsd xslt xsl svg plist wsdl csproj vbproj vcxproj props targets msbuild resx xmlns config-xml rss atom",
    ),
    language("yaml", "YAML", "yml azure-pipelines azurepipelines"),
];

const fn language(id: &'static str, label: &'static str, aliases: &'static str) -> Language {
    Language { id, label, aliases }
}

/// The language that an author means: `csharp`, `C#`, `{.cs}`, `azurecli-interactive`. `None` for one without a name.
pub fn find(written: &str) -> Option<&'static Language> {
    static BY_NAME: LazyLock<FxHashMap<&'static str, &'static Language>> = LazyLock::new(|| {
        let names = |language: &'static Language| language.aliases.split_whitespace().chain([language.id]);
        LANGUAGES.iter().flat_map(|language| names(language).map(move |name| (name, language))).collect()
    });
    let written = written.trim_matches(|c: char| matches!(c, '{' | '}' | '.') || c.is_whitespace());
    let first = written.split(|c: char| c.is_whitespace() || matches!(c, ',' | '{' | '}')).next()?;
    let lower = first.to_ascii_lowercase();
    let name = lower.strip_suffix("-interactive").unwrap_or(&lower);
    BY_NAME.get(name).copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_name_stands_for_one_language() {
        assert!(LANGUAGES.is_sorted_by_key(|language| language.id));
        let mut seen = BTreeSet::new();
        for language in LANGUAGES {
            for name in language.aliases.split_whitespace().chain([language.id]) {
                assert!(seen.insert(name), "{name} stands there twice");
                assert_eq!(name, name.to_ascii_lowercase());
                assert_eq!(find(name), Some(language), "{name}");
            }
        }
    }

    #[test]
    fn languages_are_found_as_authors_write_them() {
        let label = |written: &str| find(written).map(|language| language.label);
        for (written, wanted) in [
            ("C++", "C++"),
            ("jscript#", "JavaScript"),
            ("VB", "Visual Basic"),
            ("Output", "Output"),
            ("{.cs}", "C#"),
            ("{csharp}", "C#"),
            ("{.cs .numberLines}", "C#"),
            (" PowerShell", "PowerShell"),
            ("azurecli-interactive", "Azure CLI"),
            ("PowerShell-Interactive", "PowerShell"),
            ("json title=\"x\"", "JSON"),
        ] {
            assert_eq!(label(written), Some(wanted), "{written}");
        }
        assert_eq!(label("cobol"), None);
        assert_eq!(label(""), None);
    }
}
