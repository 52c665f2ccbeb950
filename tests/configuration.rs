//! Configuration as teams write it: files in, settings and diagnostics out.

use recto::config::{Config, DocsetConfig, Metadata, load};
use recto::content::metadata::Merged;
use recto::diagnostic::{Diagnostics, Place, Severity};
use recto::markdown::{Extra, RawHtml};
use recto::path::RepoPath;
use recto::source::{Lines, Sources};

fn read(files: &[(&str, &str)], start: &str) -> (Config, Vec<String>) {
    let sources = Sources::memory(files.iter().copied());
    let (config, diagnostics) = load(&sources, start, None);
    (config, places(&sources, &diagnostics))
}

fn places(sources: &Sources, diagnostics: &Diagnostics) -> Vec<String> {
    let place = |place: Place| match place {
        Place::Span(span) => {
            let text = sources.read_lossy(span.file).expect("a file that exists");
            let position = Lines::new(&text).position(span.start as usize);
            format!("{}:{}:{}", sources.path(span.file), position.line, position.column)
        }
        Place::File(file) => sources.path(file).to_string(),
        Place::Nowhere => "nowhere".to_owned(),
    };
    let line = |diagnostic: &recto::diagnostic::Diagnostic| {
        let help = diagnostic.help.as_deref().map_or(String::new(), |help| format!(" ({help})"));
        format!("{} {}: {}{help}", place(diagnostic.place), diagnostic.severity, diagnostic.message)
    };
    diagnostics.iter().map(line).collect()
}

/// The path in the output of a content file; `None` for what is no content.
fn output(config: &Config, path: &str) -> Option<String> {
    let mapped = |mapping: &recto::config::FileMapping| {
        let relative = mapping.relative(path)?;
        Some(if mapping.dest.is_empty() { relative.to_owned() } else { format!("{}/{relative}", mapping.dest) })
    };
    config.docsets.iter().flat_map(|docset| &docset.content).find_map(mapped)
}

/// What the configuration gives to a page: the value of a key.
fn metadata(docset: &DocsetConfig, path: &str, key: &str) -> serde_json::Value {
    Merged::new(Metadata::new(), &docset.metadata, path).get(key).expect("a value").clone()
}

#[test]
fn a_plain_folder_is_a_docset_by_itself() {
    let (config, diagnostics) = read(&[("guide/a.md", ""), ("guide/x/toc.yml", "")], "guide");
    assert_eq!(diagnostics, [""; 0]);
    assert_eq!((config.docsets[0].root.as_str(), config.docsets[0].name.as_str()), ("guide", "guide"));
    assert_eq!(output(&config, "guide/x/toc.yml").as_deref(), Some("x/toc.yml"));
    for path in ["other.md", "guide/includes/a.md", "guide/x/includes/a.md", "guide/_b/a.md", "guide/.c/a.md"] {
        assert_eq!(output(&config, path), None, "{path}");
    }
    assert!(config.docsets[0].resource[0].relative("guide/x/includes/media/a.PNG").is_some());
}

#[test]
fn output_paths_drop_the_first_articles_folder() {
    let files = [("articles/a.md", ""), ("articles/articles/b.md", ""), ("README.md", ""), ("includes/c.md", "")];
    for start in ["", "articles/articles"] {
        let (config, _) = read(&files, start);
        assert!(output(&config, "articles/articles/b.md").is_some(), "{start}");
    }
    let (config, _) = read(&files, "");
    assert_eq!(output(&config, "articles/a.md").as_deref(), Some("a.md"));
    assert_eq!(output(&config, "articles/articles/b.md").as_deref(), Some("articles/b.md"));
    assert_eq!(output(&config, "README.md").as_deref(), Some("README.md"));
    assert_eq!(output(&config, "includes/c.md"), None);
    assert_eq!(read(&[("d/articles/a.md", "")], "d/articles").0.docsets[0].root.as_str(), "d");
}

#[test]
fn docfx_json_names_content_groups_and_metadata() {
    let docfx = r#"{ "build": {
        "content": [
            { "files": "**/*.md", "src": "V1", "dest": "./x/", "group": "one", "exclude": ["**/no.md"] },
            { "files": ["*.md"], "version": "two", "src": "../shared" }, "top.md" ],
        "globalMetadata": { "a": 1, "breadcrumb_path": "/c/bread/toc.json" }, "globalMetadataFiles": "g.json",
        "fileMetadata": { "k": { "**": "any", "v1/*.md": "v1", "v1/b*": "b" } },
        "groups": { "two": {}, "three": {} } } }"#;
    let files = [("r/docs/docfx.json", docfx), ("r/docs/g.json", r#"{"a": 2}"#), ("r/docs/v1/a.md", "")];
    let (config, diagnostics) = read(&files, "r/docs");
    assert_eq!(diagnostics, [""; 0]);
    let docset = &config.docsets[0];
    assert_eq!(docset.groups, ["one", "two", "three"]);
    assert_eq!(docset.breadcrumb_path(), Some("/c/bread/toc.json"));
    assert_eq!(output(&config, "r/docs/v1/s/A.MD").as_deref(), Some("x/s/A.MD"));
    assert_eq!(output(&config, "r/docs/v1/s/no.md"), None);
    assert_eq!(output(&config, "r/shared/s.md").as_deref(), Some("s.md"));
    assert_eq!(output(&config, "r/docs/top.md").as_deref(), Some("top.md"));
    let paths = ["v1/a.md", "v1/b.md", "x.md"];
    assert_eq!(paths.map(|path| metadata(docset, path, "k")), ["v1", "b", "any"]);
    assert_eq!(metadata(docset, "x.md", "a"), 2);
}

#[test]
fn docfx_json_without_content_means_everything() {
    let (config, _) = read(&[("docfx.json", r#"{"build": {"globalMetadata": {}}}"#)], "");
    assert_eq!(output(&config, "a/b.md").as_deref(), Some("a/b.md"));
    assert!(config.docsets[0].resource[0].relative("a.png").is_some());
}

#[test]
fn docfx_rules_count_for_the_codes_that_are_known() {
    let rules = r#"{"rules": {"InvalidHref": "info", "file-not-found": "off", "file-case": {"severity": "error"}}}"#;
    let (config, diagnostics) = read(&[("docfx.json", rules)], "");
    assert_eq!(diagnostics, [""; 0]);
    let rules: Vec<_> =
        config.settings.rules.everywhere.iter().map(|(code, severity)| (code.as_str(), *severity)).collect();
    assert_eq!(rules, [("file-case", Some(Severity::Error)), ("file-not-found", None)]);
}

#[test]
fn the_publish_configuration_names_docsets_and_redirections() {
    let publish = r#"{ "docsets_to_publish": [
            { "docset_name": "one", "build_source_folder": "One" },
            { "build_source_folder": "lost" },
            { "build_source_folder": "two" } ],
        "redirection_files": ["redir/r.json", ".openpublishing.redirection.json"] }"#;
    let files = [
        (".openpublishing.publish.config.json", publish),
        (".openpublishing.redirection.json", ""),
        (".openpublishing.redirection.more.json", ""),
        ("redir/r.json", ""),
        ("one/docfx.json", "{}"),
        ("two/a.md", ""),
    ];
    let (config, diagnostics) = read(&files, "");
    let docsets: Vec<_> = config.docsets.iter().map(|docset| (docset.name.as_str(), docset.root.as_str())).collect();
    assert_eq!(docsets, [("one", "one"), ("two", "two")]);
    let redirections: Vec<_> = config.redirection_files.iter().map(RepoPath::as_str).collect();
    let wanted = [".openpublishing.redirection.json", ".openpublishing.redirection.more.json", "redir/r.json"];
    assert_eq!(redirections, wanted);
    let file = ".openpublishing.publish.config.json";
    assert_eq!(
        diagnostics,
        [
            format!("{file}:3:38 warning: there is no folder `lost`"),
            format!(
                "{file}:4:38 warning: the docset `two` has no `docfx.json` (every markdown and YAML file in it becomes a page)"
            ),
        ]
    );
    assert_eq!(read(&files, "one").0.redirection_files.len(), 3, "also when one docset alone is built");
}

#[test]
fn recto_yml_wins_key_by_key() {
    let recto = "title: T\nbase_url: https://x.org/docs\ndocs_host: https://h.org/\nbase_path: windows/wsl/\n\
        hosts:\n  office: https://o.org\n  /office/a/: https://a.org/\nrules:\n  file-case: off\n\
        global_metadata: {a: 3}\nfile_metadata:\n  k:\n    x/**: deep\nexclude: drafts/**\n";
    let docfx = r#"{"rules": {"file-case": "error"}, "build": {"content": [{"files": "**.md", "src": "x"}, "drafts/*.md"],
        "globalMetadata": {"a": 1, "b": 2}, "fileMetadata": {"k": {"**": "any"}}}}"#;
    let (config, diagnostics) = read(&[("recto.yml", recto), ("docfx.json", docfx), ("x/a.md", "")], "");
    assert_eq!(diagnostics, [""; 0]);
    let settings = &config.settings;
    assert_eq!(settings.base_url.as_deref(), Some("https://x.org/docs/"));
    assert_eq!((settings.title.as_deref(), settings.docs_host.as_str()), (Some("T"), "https://h.org"));
    let hosts: Vec<_> = settings.hosts.iter().map(|(prefix, host)| (prefix.as_str(), host.as_str())).collect();
    assert_eq!(hosts, [("/office/a/", "https://a.org"), ("/office/", "https://o.org")]);
    assert_eq!(settings.rules.everywhere.values().collect::<Vec<_>>(), [&None]);
    let docset = &config.docsets[0];
    assert_eq!(docset.base_path.as_deref(), Some("/windows/wsl"));
    let values = ["a", "b", "k"].map(|key| metadata(docset, "x/a.md", key));
    assert_eq!(values, [3.into(), 2.into(), serde_json::Value::from("deep")]);
    assert_eq!((output(&config, "x/a.md").as_deref(), output(&config, "drafts/a.md")), (Some("a.md"), None));
}

#[test]
fn severities_have_the_names_of_docfx_too() {
    let docfx = r#"{"rules": {"InvalidFileLink": "Error", "file-case": "verbose", "UidNotFound": "loud",
        "yaml-duplicate-key": {"message": "x"}, "invalid-row": {"severity": "OFF"}}}"#;
    let (config, diagnostics) = read(&[("docfx.json", docfx), ("recto.yml", "rules: {file-case: Suggestion}")], "");
    let rules: Vec<_> =
        config.settings.rules.everywhere.iter().map(|(code, severity)| (code.as_str(), *severity)).collect();
    let expected =
        [("file-case", Some(Severity::Suggestion)), ("file-not-found", Some(Severity::Error)), ("invalid-row", None)];
    assert_eq!(rules, expected);
    let known = "known are `error`, `warning`, `suggestion`, `info`, `off`";
    assert_eq!(diagnostics, [format!("docfx.json:1:79 warning: there is no severity `loud` ({known})")]);
}

#[test]
fn alerts_are_kinds_of_callouts() {
    let alerts = |recto: &str, docfx: &str| {
        let docfx = format!(r#"{{"build": {{"markdownEngineProperties": {{"alerts": {docfx}}}}}}}"#);
        let (config, diagnostics) = read(&[("recto.yml", recto), ("docfx.json", &docfx)], "");
        let alerts = config.docsets[0].markdown.alerts.iter().map(|(name, classes)| format!("{name}: {classes}"));
        (alerts.collect::<Vec<_>>(), diagnostics)
    };
    let docfx = r#"{"TODO": "alert alert-secondary", "note": "x"}"#;
    let told = Vec::<String>::new();
    assert_eq!(alerts("", docfx), (vec!["TODO: alert alert-secondary".into(), "NOTE: x".into()], told.clone()));
    let recto = "alerts: {Todo: plain, Draft: draft}";
    assert_eq!(alerts(recto, docfx), (vec!["NOTE: x".into(), "TODO: plain".into(), "DRAFT: draft".into()], told));
    let (none, told) = alerts("alerts: {a-b: x, code: x, A: \"x\\\">\", B: ''}", r#"{"1": "x", "C": 1}"#);
    assert_eq!(none, [""; 0]);
    assert_eq!(
        told,
        [
            "docfx.json:1:52 warning: `1` is no name of a callout (it is what stands in `[!..]`: letters from A to Z)",
            "docfx.json:1:67 warning: `C` must be text, not a number",
            "recto.yml:1:10 error: `a-b` is no name of a callout (it is what stands in `[!..]`: letters from A to Z)",
            "recto.yml:1:18 error: `[!CODE]` means something else: no callout can have this name (choose another name)",
            "recto.yml:1:30 error: `x\">` is no class (classes are letters, digits, `-` and `_`, with blanks between them)",
            "recto.yml:1:41 error: `B` has no class (for example `alert alert-secondary`)",
        ]
    );
}

#[test]
fn extensions_of_markdown_are_switched_on_by_name() {
    let extras = |recto: &str| {
        let docfx = r#"{"build": {"markdownEngineProperties":
            {"markdigExtensions": ["Footnotes", {"emphasisextras": "Superscript"}, "Figures", {"Figures": 1}, "diagrams", 1]}}}"#;
        let (config, diagnostics) = read(&[("recto.yml", recto), ("docfx.json", docfx)], "");
        (config.docsets[0].markdown.extras.clone(), diagnostics)
    };
    let (of_docfx, diagnostics) = extras("");
    let lacking = "suggestion: recto does not have the extension `Figures` (its syntax is text)";
    let lacking = ["2:84", "2:96"].map(|place| format!("docfx.json:{place} {lacking}"));
    assert_eq!((of_docfx, diagnostics), (vec![Extra::Footnotes, Extra::Superscript], lacking.to_vec()));
    let (all, diagnostics) = extras("markdown_extensions: [tasklists, footnotes, footnots]");
    assert_eq!(all, [Extra::Footnotes, Extra::Superscript, Extra::TaskLists]);
    assert_eq!(diagnostics[2], "recto.yml:1:45 error: there is no extension `footnots` (did you mean `footnotes`?)");
}

#[test]
fn raw_html_is_filtered_unless_the_folder_that_is_built_trusts_it() {
    let modes = |files: &[(&str, &str)]| {
        let (config, diagnostics) = read(files, "");
        (config.docsets.iter().map(|docset| docset.markdown.raw_html).collect::<Vec<_>>(), diagnostics)
    };
    assert_eq!(modes(&[("a.md", "")]).0, [RawHtml::Filtered]);
    assert_eq!(modes(&[("recto.yml", "raw_html: trusted")]).0, [RawHtml::Trusted]);
    let docsets = "docsets: [a, b]\n";
    let files = [("recto.yml", docsets), ("a/recto.yml", "raw_html: trusted"), ("b/x.md", "")];
    assert_eq!(modes(&files).0, [RawHtml::Trusted, RawHtml::Filtered]);
    let outer = format!("{docsets}raw_html: filtered\n");
    let files = [("recto.yml", outer.as_str()), ("a/recto.yml", "raw_html: trusted"), ("b/x.md", "")];
    assert_eq!(modes(&files).0, [RawHtml::Filtered, RawHtml::Filtered]);
    let (mode, diagnostics) = modes(&[("recto.yml", "raw_html: trustd")]);
    assert_eq!(mode, [RawHtml::Filtered]);
    assert_eq!(diagnostics, ["recto.yml:1:11 error: there is no `raw_html` `trustd` (did you mean `trusted`?)"]);
}

#[test]
fn a_file_that_is_no_mapping_is_told_what_it_looks_like() {
    let told = |path: &str, text: &str| read(&[(path, text)], "").1;
    let help = "(it looks like `title: My docs`)";
    let message = "recto.yml:1:1 error: `recto.yml` must be a mapping, not text";
    assert_eq!(told("recto.yml", "title My docs"), [format!("{message} {help}")]);
    let help = "(it looks like `{ \"build\": { \"content\": [\"**/*.md\"] } }`)";
    let message = "docfx.json:1:1 error: `docfx.json` must be a mapping, not a list";
    assert_eq!(told("docfx.json", "[]"), [format!("{message} {help}")]);
}

#[test]
fn a_folder_that_is_not_there_is_told_with_the_one_that_may_be_meant() {
    let told = |recto: &str| read(&[("recto.yml", recto), ("docs/articles/a.md", "")], "").1;
    let help = "(there is `articles`: did you mean it?)";
    assert_eq!(
        told("docsets: [docs/articls]"),
        [format!("recto.yml:1:11 error: there is no folder `docs/articls` {help}")]
    );
    assert_eq!(told("docsets: [gone]"), ["recto.yml:1:11 error: there is no folder `gone`"]);
}

#[test]
fn a_docfx_json_of_a_folder_that_nothing_calls_a_docset_is_told() {
    let docfx = ("docs/docfx.json", "{}");
    let told = "docs/docfx.json warning: `docs/docfx.json` is not read: nothing says that `docs` is a docset (build the \
        folder `docs`, or write `docsets: [docs]` into a `recto.yml` here)";
    assert_eq!(read(&[docfx, ("a.md", "")], "").1, [told]);
    assert_eq!(read(&[docfx, ("a.md", "")], "docs").1, [""; 0]);
    assert_eq!(read(&[docfx, ("recto.yml", "docsets: [docs]")], "").1, [""; 0]);
    assert_eq!(read(&[("_x/docfx.json", "{}"), ("a/b/docfx.json", "{}"), ("a.md", "")], "").1, [""; 0]);
}

#[test]
fn mistakes_in_recto_yml_point_at_their_place() {
    let recto = "titel: T\nbase_url: x.org\nrules:\n  file-csae: off\n  file-case: loud\ntheme: ../x\nlanguage: 1\n\
        docs_host:\n  - a\ncontent: ../*.md\nedit_url: https://x.org/{paht}\nnonsense: 1\n";
    let (config, diagnostics) = read(&[("recto.yml", recto)], "");
    assert_eq!(
        diagnostics[..9],
        [
            "recto.yml:1:1 error: there is no key `titel` (did you mean `title`?)",
            "recto.yml:2:11 error: `x.org` is no address of a web site (did you mean `https://x.org`?)",
            "recto.yml:4:3 error: there is no rule `file-csae` (did you mean `file-case`?)",
            "recto.yml:5:14 error: there is no severity `loud` (known are `error`, `warning`, `suggestion`, `info`, `off`)",
            "recto.yml:6:8 error: `../x` is no name of a theme (a theme is named by its folder in `themes/`)",
            "recto.yml:7:11 error: `language` must be text, not a number",
            "recto.yml:9:3 error: `docs_host` must be text, not a list",
            "recto.yml:10:10 error: `../*.md` is no pattern: `..` cannot stand in a pattern; name the folder as `src`",
            "recto.yml:11:11 error: there is no placeholder `paht` (did you mean `path`?)",
        ]
    );
    assert!(diagnostics[9].starts_with("recto.yml:12:1 error: there is no key `nonsense`"), "{diagnostics:?}");
    assert_eq!(config.settings.docs_host, "https://learn.microsoft.com");
}

#[test]
fn mistakes_in_the_mappings_of_recto_yml_are_reported_and_those_of_docfx_json_left_alone() {
    let mapping = "content:\n- files: '**.md'\n  exclde: x\n  case: hello\n  group: 7\n  src: nope\n- fils: a\n";
    let (_, diagnostics) = read(&[("recto.yml", mapping), ("a.md", "")], "");
    assert_eq!(
        diagnostics,
        [
            "recto.yml:3:3 error: there is no key `exclde` (did you mean `exclude`?)",
            "recto.yml:4:9 error: `case` must be `true` or `false`",
            "recto.yml:5:10 error: `group` must be text, not a number",
            "recto.yml:6:8 error: there is no folder `nope`",
            "recto.yml:7:3 error: there is no key `fils` (did you mean `files`?)",
        ]
    );
    let told = "recto.yml:1:12 error: this mapping has no `files` (name patterns, such as `files: \"**/*.md\"`)";
    assert_eq!(read(&[("recto.yml", "content: [ {src: .} ]"), ("a.md", "")], "").1, [told]);
    let docfx = r#"{"build": {"content": [{"files": "**.md", "exclde": "x", "src": "nope"}]}}"#;
    assert_eq!(read(&[("docfx.json", docfx)], "").1, [""; 0]);
}

#[test]
fn a_pattern_of_docfx_json_that_is_none_stops_no_build() {
    let docfx =
        r#"{"build": {"content": [{"files": "**.md", "exclude": ["../x/**"]}], "fileMetadata": {"a": {"../*": 1}}}}"#;
    let (_, diagnostics) = read(&[("docfx.json", docfx)], "");
    let told = |at: u32, pattern: &str| {
        format!(
            "docfx.json:1:{at} warning: `{pattern}` is no pattern: `..` cannot stand in a pattern; name the folder as `src`"
        )
    };
    assert_eq!(diagnostics, [told(55, "../x/**"), told(92, "../*")]);
}

#[test]
fn broken_files_are_reported_and_the_site_is_still_there() {
    let (config, diagnostics) = read(&[("docfx.json", "{\n  \"build\": [1 2]\n}"), ("recto.yml", "a: b: c")], "");
    assert_eq!(config.docsets.len(), 1);
    assert!(diagnostics[0].starts_with("recto.yml:1:5 error: this YAML cannot be read"), "{diagnostics:?}");
    assert!(diagnostics[1].starts_with("docfx.json:2:14 error: this JSON cannot be read"), "{diagnostics:?}");
    let (_, diagnostics) =
        read(&[("docfx.json", "{\"build\": {\"content\": [{\"files\": 5, \"src\": \"../x\"}]}}")], "");
    assert_eq!(diagnostics, ["docfx.json:1:44 error: `../x` lies outside the repository"]);
}

#[test]
fn several_docsets_keep_their_own_keys_in_their_own_files() {
    let files = [
        ("recto.yml", "docsets: [a, b, c]\nbase_path: /x\nfile_metadata:\n  k:\n    b/*.md: yes\n"),
        ("a/recto.yml", "base_path: /a\ntitle: no\n"),
        ("b/docfx.json", "{}"),
    ];
    let (config, diagnostics) = read(&files, "");
    assert_eq!(
        diagnostics,
        [
            "recto.yml:1:17 error: there is no folder `c`",
            "a/recto.yml:2:1 error: `title` is set for one of several docsets, but holds for the whole site (set it in the \
         `recto.yml` of the folder that is built)",
            "recto.yml:2:1 error: `base_path` cannot hold for several docsets (set it in a `recto.yml` in the docset's folder)",
        ]
    );
    assert_eq!(config.docsets[0].base_path.as_deref(), Some("/a"));
    assert_eq!(metadata(&config.docsets[1], "x.md", "k"), "yes");
}

#[test]
fn the_rules_of_a_docset_hold_for_its_files_and_those_of_recto_yml_for_all() {
    let files = [
        ("recto.yml", "docsets: [a, a/b]\nrules: {invalid-row: error}\n"),
        ("a/docfx.json", r#"{"rules": {"file-not-found": "error", "invalid-row": "off"}}"#),
        ("a/b/docfx.json", r#"{"rules": {"file-case": "off"}}"#),
    ];
    let (config, _) = read(&files, "");
    let of =
        |code: &str, path: &str| config.settings.rules.of(code.parse().expect("a code"), RepoPath::new(path).as_ref());
    let paths = ["a/x.md", "a/b/x.md", "shared/x.md"];
    assert_eq!(paths.map(|path| of("file-not-found", path)), [Some(Some(Severity::Error)), None, None]);
    assert_eq!(paths.map(|path| of("file-case", path)), [None, Some(None), None]);
    assert_eq!(paths.map(|path| of("invalid-row", path)), [Some(Some(Severity::Error)); 3]);
}

#[test]
fn a_configuration_file_can_be_named() {
    let files = [
        ("docfx.json", r#"{"build": {"content": "no.md"}}"#),
        ("other/special.json", r#"{"build": {"content": "yes.md"}}"#),
        ("other/site.yml", "title: T\n"),
    ];
    let sources = Sources::memory(files);
    let (config, _) = load(&sources, "", RepoPath::new("other/special.json").as_ref());
    assert_eq!(output(&config, "other/yes.md").as_deref(), Some("yes.md"));
    let (config, _) = load(&sources, "", RepoPath::new("other/site.yml").as_ref());
    assert_eq!((config.settings.title.as_deref(), config.docsets[0].root.as_str()), (Some("T"), "other"));
    let (_, diagnostics) = load(&sources, "", RepoPath::new("gone.json").as_ref());
    assert_eq!(places(&sources, &diagnostics), ["nowhere error: cannot find the configuration file `gone.json`"]);
}
