//! A site that is built again after each change equals one that is built from nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use recto::config;
use recto::content::tree::Kind;
use recto::incremental::{Change, Incremental, Origin};
use recto::path::RepoPath;
use recto::pipeline::{self, Index, Input};
use recto::render::page::Renderer;
use recto::render::theme::Theme;
use recto::report;
use recto::site::page::Page;
use recto::site::resolve::resolve;
use recto::source::Sources;

/// Everything that a build makes: files, copies, and what it has to say.
#[derive(PartialEq)]
struct Built {
    outputs: BTreeMap<String, String>,
    problems: Vec<String>,
}

fn built(input: &Input, pages: &[Arc<Page>], index: &Index, config: recto::diagnostic::Diagnostics) -> Built {
    let theme = Theme::load(None).expect("the default theme");
    let renderer = Renderer::new(&index.site, &index.navigation, &theme).expect("the default theme");
    let mut found = config;
    found.extend(input.diagnostics.iter().chain(&index.diagnostics).cloned());
    let mut outputs = BTreeMap::new();
    for page in pages {
        let (resolved, links) = resolve(page, &index.site);
        found.extend(page.diagnostics.iter().cloned().chain(links));
        let entry = input.tree.entry(page.file).expect("a page has an entry");
        let output = renderer.article(page, &resolved, entry).expect("a page");
        outputs.insert(output.path.to_string(), String::from_utf8_lossy(&output.bytes).into_owned());
    }
    for output in renderer.companions().expect("companions") {
        outputs.insert(output.path.to_string(), String::from_utf8_lossy(&output.bytes).into_owned());
    }
    for entry in input.tree.entries.iter().filter(|entry| entry.kind == Kind::Resource) {
        outputs.insert(entry.output.to_string(), input.tree.sources.path(entry.file).to_string());
    }
    let located = report::finish(found, &input.config.settings.rules, &input.tree.sources);
    let show = |one: &report::Located| {
        let diagnostic = &one.diagnostic;
        format!("{:?} {:?} {} {} {:?}", one.path, one.start, diagnostic.code, diagnostic.message, diagnostic.help)
    };
    Built { outputs, problems: located.iter().map(show).collect() }
}

fn clean(root: &Path) -> Built {
    let sources = Arc::new(Sources::disk(root.to_owned()));
    let (config, diagnostics) = config::load(&sources, "", None);
    let input = pipeline::discover(sources, config, None, &[]);
    let entries = pipeline::page_entries(&input.tree);
    let pages = pipeline::compile_pages(&input.tree, &entries, &|| ());
    let index = pipeline::index_pages(&input, &pages);
    built(&input, &pages, &index, diagnostics)
}

fn again(site: &Incremental) -> Built {
    let build = site.build();
    built(&build.input, &build.pages, &build.index, build.config_diagnostics.clone())
}

/// A folder with a site in it.
struct Docs {
    folder: tempfile::TempDir,
}

impl Docs {
    fn new(files: &[(&str, &str)]) -> Docs {
        let docs = Docs { folder: tempfile::tempdir().expect("a temporary folder") };
        fs::create_dir(docs.root().join(".git")).expect("a folder");
        files.iter().for_each(|(path, text)| docs.write(path, text));
        docs
    }

    fn root(&self) -> PathBuf {
        self.folder.path().canonicalize().expect("it exists")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, text).expect("a file");
    }

    fn open(&self) -> Incremental {
        let sources = Arc::new(Sources::disk(self.root()));
        Incremental::open(sources, Origin::default()).expect("a configuration").0
    }
}

fn path(text: &str) -> RepoPath {
    RepoPath::new(text).expect("inside")
}

fn assert_same(docs: &Docs, site: &Incremental, what: &str) {
    let (again, clean) = (again(site), clean(&docs.root()));
    for (output, text) in &clean.outputs {
        assert_eq!(again.outputs.get(output), Some(text), "{output} after {what}");
    }
    assert_eq!(again.outputs.len(), clean.outputs.len(), "the files after {what}");
    assert_eq!(again.problems, clean.problems, "the problems after {what}");
}

const ARTICLE: &str = "# A\n\n[!INCLUDE [i](../includes/i.md)]\n";

#[test]
fn saving_an_article_compiles_it_alone() {
    let docs = Docs::new(&[("articles/a.md", ARTICLE), ("articles/b.md", "# B\n"), ("includes/i.md", "One.\n")]);
    let mut site = docs.open();
    docs.write("articles/b.md", "# New\n");
    let change = site.update(&[path("articles/b.md")]).expect("a change");
    assert_eq!((change.compiled, change.beyond_texts), (1, false));
    assert_same(&docs, &site, "a save");
}

#[test]
fn saving_an_include_compiles_the_pages_that_use_it() {
    let docs = Docs::new(&[
        ("articles/a.md", ARTICLE),
        ("articles/b.md", ARTICLE),
        ("articles/c.md", "# C\n"),
        ("includes/i.md", "One.\n"),
    ]);
    let mut site = docs.open();
    docs.write("includes/i.md", "Two.\n");
    let change = site.update(&[path("includes/i.md")]).expect("a change");
    assert_eq!((change.compiled, change.beyond_texts), (2, false));
    assert_same(&docs, &site, "a save");
    fs::remove_file(docs.root().join("includes/i.md")).expect("removed");
    assert_eq!(site.update(&[path("includes/i.md")]).map(|change| change.compiled), Some(2));
    docs.write("includes/I.md", "Three.\n");
    assert_eq!(site.update(&[path("includes/I.md")]).map(|change| change.compiled), Some(2));
    assert_same(&docs, &site, "another spelling");
}

#[test]
fn saving_a_file_with_code_compiles_the_pages_that_show_it() {
    let snippet = "# A\n\n[!code-csharp[](../code/a.cs#main)]\n";
    let publish = r#"{"docsets_to_publish":[{"build_source_folder":"."}],
        "dependent_repositories":[{"path_to_root":"code","url":"https://example.org/code","branch":"main"}]}"#;
    let docs = Docs::new(&[
        ("articles/a.md", snippet),
        ("articles/b.md", "# B\n"),
        (".openpublishing.publish.config.json", publish),
        ("docfx.json", r#"{"build":{"content":[{"files":["articles/**"]}]}}"#),
    ]);
    let mut site = docs.open();
    docs.write("code/b.cs", "B();\n");
    site.update(&[path("code")]);
    assert_same(&docs, &site, "the other repository came");
    docs.write("code/a.cs", "// <main>\nA();\n// </main>\n");
    assert_eq!(site.update(&[path("code/a.cs")]).map(|change| change.compiled), Some(1));
    assert_same(&docs, &site, "the file came");
    docs.write("code/a.cs", "// <other>\nA();\n// </other>\n");
    assert_eq!(site.update(&[path("code/a.cs")]).map(|change| change.compiled), Some(1));
    assert_same(&docs, &site, "the tag went");
}

#[test]
fn what_an_editor_leaves_behind_is_no_change() {
    let docs = Docs::new(&[("articles/a.md", "# A\n")]);
    let mut site = docs.open();
    assert!(site.update(&[path("articles/.a.md.swp"), path("articles/4913")]).is_none());
}

#[test]
fn a_file_that_no_page_reads_is_no_change() {
    let docs = Docs::new(&[("articles/a.md", "# A\n"), ("build.log", "one\n")]);
    let mut site = docs.open();
    docs.write("build.log", "two\n");
    assert!(site.update(&[path("build.log")]).is_none());
}

#[test]
fn a_broken_configuration_leaves_the_last_good_one() {
    let docs = Docs::new(&[("articles/a.md", "# A\n"), ("recto.yml", "title: One\n")]);
    let mut site = docs.open();
    docs.write("recto.yml", "titel: Two\n");
    docs.write("articles/b.md", "# B\n");
    site.update(&[path("recto.yml"), path("articles/b.md")]);
    let build = site.build();
    assert_eq!((build.input.config.settings.title.as_deref(), build.pages.len()), (Some("One"), 2));
    assert_eq!(build.config_diagnostics.len(), 1);
    docs.write("recto.yml", "title: Two\n");
    site.update(&[path("recto.yml")]);
    assert_same(&docs, &site, "mending the configuration");
}

/// Numbers that look random and are the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const ARTICLES: &[&str] =
    &["articles/index.md", "articles/a.md", "articles/A.md", "articles/b/c.md", "articles/b/index.md", "articles/d.md"];
const INCLUDES: &[&str] = &["includes/i.md", "includes/I.md", "includes/j k.md", "includes/j%20k.md", "shared/s.md"];
const OTHERS: &[&str] = &[
    "shared/a.cs",
    "articles/toc.yml",
    "articles/b/toc.yml",
    "articles/faq.yml",
    "articles/p.png",
    "recto.yml",
    "docfx.json",
    ".openpublishing.redirection.json",
];
const FOLDERS: &[&str] = &["articles/b", "articles/x", "includes", "shared", "Includes"];

fn markdown(dice: &mut Dice, folder_depth: usize) -> String {
    let up = "../".repeat(folder_depth);
    let mut text = String::new();
    if dice.below(2) == 0 {
        text.push_str(&format!("---\ntitle: T{}\n---\n", dice.below(4)));
    }
    text.push_str(&format!("# H{}\n\n## S{}\n", dice.below(4), dice.below(3)));
    for _ in 0..dice.below(4) {
        text.push_str(&match dice.below(5) {
            4 => format!("\n[!code-cs[x]({up}shared/A.cs#t{})]\n", dice.below(2)),
            0 => format!("\n[!INCLUDE [x]({up}{})]\n", dice.pick(INCLUDES)),
            1 => format!("\n[x]({up}{}#s{})\n", dice.pick(ARTICLES), dice.below(3)),
            2 => format!("\nSee [!INCLUDE [x](~/{})] and ![x]({up}articles/p.png).\n", dice.pick(INCLUDES)),
            _ => format!("\n[x]({up}articles/{}.md) <xref:u>\n", dice.pick(&["gone", "d", "b/C"])),
        });
    }
    text
}

fn toc(dice: &mut Dice) -> String {
    let mut text = String::from("- name: Start\n  href: index.md\n");
    for at in 0..dice.below(4) {
        let href = dice.pick(&["a.md", "b/c.md", "b/toc.yml", "b/", "c.md", "d.md", "gone.md", "/azure/x"]);
        text.push_str(&format!("- name: N{at}\n  href: {href}\n"));
    }
    text
}

fn other(dice: &mut Dice, file: &str) -> String {
    match file {
        "recto.yml" => dice.pick(&["title: One\n", "title: Two\nbase_url: https://x.org/y/\n", "language: de-de\n"]).into(),
        "docfx.json" => dice
            .pick(&[
                r#"{"build":{"content":[{"files":["**/*.md","**/*.yml"],"exclude":["includes/**","shared/**"]}],"resource":[{"files":["**/*.png"]}]}}"#,
                r#"{"build":{"content":[{"files":["articles/**"]}],"globalMetadata":{"author":"x"},"fileMetadata":{"ms.date":{"articles/b/**":"01/02/2020"}}}}"#,
            ])
            .into(),
        ".openpublishing.redirection.json" => {
            r#"{"redirections":[{"source_path":"articles/gone.md","redirect_url":"/docs/d"}]}"#.into()
        }
        "articles/faq.yml" => dice.pick(&["### YamlMime:FAQ\ntitle: F\n", "title: no page\n"]).into(),
        "articles/p.png" => "png".into(),
        "shared/a.cs" => dice.pick(&["// <t0>\nA();\n// </t0>\n", "// <t1>\nB();\n// </t1>\n", ""]).into(),
        _ => toc(dice),
    }
}

/// Changes something, and says which paths changed as a watcher would.
fn step(docs: &Docs, dice: &mut Dice) -> Vec<String> {
    let root = docs.root();
    let files = [ARTICLES, INCLUDES, OTHERS].concat();
    match dice.below(12) {
        0..=3 => {
            let file = dice.pick(ARTICLES);
            docs.write(file, &markdown(dice, file.matches('/').count()));
            vec![file.to_owned()]
        }
        4..=5 => {
            let file = dice.pick(INCLUDES);
            docs.write(file, &markdown(dice, 1));
            vec![file.to_owned()]
        }
        6..=7 => {
            let file = dice.pick(OTHERS);
            docs.write(file, &other(dice, file));
            vec![file.to_owned()]
        }
        8 => {
            let file = dice.pick(&files);
            let _ = fs::remove_file(root.join(file));
            vec![file.to_owned()]
        }
        9 => {
            let (from, to) = (dice.pick(&files), dice.pick(ARTICLES));
            let _ = fs::rename(root.join(from), root.join(to));
            vec![from.to_owned(), to.to_owned()]
        }
        10 => {
            let (from, to) = (dice.pick(FOLDERS), dice.pick(FOLDERS));
            let _ = fs::rename(root.join(from), root.join(to));
            vec![from.to_owned(), to.to_owned()]
        }
        _ => {
            let folder = dice.pick(FOLDERS);
            let _ = fs::remove_dir_all(root.join(folder));
            vec![folder.to_owned(), "articles/.gone.swp".to_owned()]
        }
    }
}

#[test]
fn any_sequence_of_changes_ends_as_a_clean_build() {
    for seed in 0..6 {
        let mut dice = Dice(seed * 7919 + 1);
        let docs = Docs::new(&[("articles/index.md", "# Start\n")]);
        let mut site = docs.open();
        let mut compiled = 0;
        for number in 0..60 {
            let steps = 1 + dice.below(3);
            let changed: Vec<String> = (0..steps).flat_map(|_| step(&docs, &mut dice)).collect();
            let paths: Vec<RepoPath> = changed.iter().map(|changed| path(changed)).collect();
            compiled += site.update(&paths).map_or(0, |change: Change| change.compiled);
            assert_same(&docs, &site, &format!("step {number} of seed {seed}: {changed:?}"));
        }
        assert!(compiled > 60, "the steps of seed {seed} changed hardly anything");
    }
}
