//! Real repositories, as they are, without configuration: `RECTO_CORPORA` names the folder that holds them.

mod program;
mod site;

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rayon::prelude::*;
use serde_json::Value;
use site::{Broken, Site, leaks};

const CORPORA: [&str; 3] = ["WSL", "OfficeDocs-Support", "PowerShell-Docs"];

/// A repository and the site that was made of it.
struct Built {
    name: &'static str,
    source: PathBuf,
    out: PathBuf,
    diagnostics: Vec<Value>,
    site: Site,
}

/// Every corpus, built once for all tests; none where the data is missing.
fn corpora() -> &'static [Built] {
    static BUILT: OnceLock<Vec<Built>> = OnceLock::new();
    BUILT.get_or_init(|| {
        let Some(folder) = program::data("RECTO_CORPORA") else { return Vec::new() };
        let work = program::workspace("corpora");
        CORPORA.iter().map(|name| build(name, &folder, &work)).collect()
    })
}

fn build(name: &'static str, folder: &Path, work: &Path) -> Built {
    let (source, out) = (folder.join(name), work.join(name));
    let run = program::recto(&source).args(["build", "--format", "json", "-o"]).arg(&out).output().expect("started");
    assert_eq!(run.status.code(), Some(0), "{name}: {}", String::from_utf8_lossy(&run.stderr));
    let lines = String::from_utf8(run.stdout).expect("UTF-8");
    let diagnostics = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    Built { name, source, site: Site::read(&out), out, diagnostics }
}

/// A property of a diagnostic, empty if it is null.
fn property<'a>(diagnostic: &'a Value, name: &str) -> &'a str {
    diagnostic[name].as_str().unwrap_or_default()
}

/// Asserts that `find` finds nothing in any corpus; tells the first of what it finds.
#[track_caller]
fn assert_none(what: &str, find: impl Fn(&Built) -> Vec<String>) {
    let named = |built: &'static Built| find(built).into_iter().map(|found| format!("{}: {found}", built.name));
    let found: Vec<String> = corpora().iter().flat_map(named).collect();
    let first: Vec<&String> = found.iter().take(40).collect();
    assert!(found.is_empty(), "{} {what}, the first of them: {first:#?}", found.len());
}

#[test]
fn every_internal_link_leads_somewhere_unless_it_was_reported() {
    assert_none("links lead nowhere", |built| {
        let is_told = |broken: &Broken| built.diagnostics.iter().any(|told| is_about(told, broken));
        let broken = built.site.broken().into_iter().filter(|broken| !is_told(broken));
        broken.map(|broken| format!("{} in {}", broken.link, broken.page)).collect()
    });
}

/// Whether a diagnostic is about a broken link: it names the fragment or the file, and lies in the page's article or in
/// an included file.
fn is_about(told: &Value, broken: &Broken) -> bool {
    if !matches!(property(told, "code"), "file-not-found" | "bookmark-not-found" | "link-out-of-scope") {
        return false;
    }
    let file = property(told, "file").to_lowercase();
    let article = file.trim_end_matches(".md").trim_end_matches(".yml");
    let stem = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let is_here = stem(article) == stem(broken.page.trim_end_matches(".html")) || file.contains("/includes/");
    let message = property(told, "message").to_lowercase();
    let wanted = if property(told, "code") == "bookmark-not-found" {
        format!("#{}`", broken.fragment.to_lowercase())
    } else {
        stem(&broken.file).trim_end_matches(".html").to_lowercase()
    };
    is_here && message.contains(&wanted)
}

#[test]
fn nothing_of_the_dialect_is_left_in_the_text() {
    assert_none("pieces of markdown are shown", |built| {
        let articles = program::files(&built.source);
        let articles = articles.iter().filter(|(name, _)| name.ends_with(".md"));
        let uid = |path: &PathBuf| leaks::uid(&String::from_utf8_lossy(&fs::read(path).expect("readable")));
        let uids = articles.filter_map(|(_, path)| uid(path)).collect();
        let in_page = |(name, page): (&String, &site::Page)| -> Vec<String> {
            let leaks = leaks::leaks(&page.text, &uids).into_iter();
            leaks.filter(|leak| !is_told(leak, name, built)).map(|leak| format!("{leak:?} in {name}")).collect()
        };
        built.site.pages.par_iter().flat_map_iter(in_page).collect()
    });
}

/// Whether a diagnostic says that something of the dialect is shown as it is written, as docfx shows it: markdown is not
/// read in raw HTML.
fn is_told(leak: &str, page: &str, built: &Built) -> bool {
    let stem = |path: &str| path.rsplit('/').next().and_then(|name| name.split('.').next()).map(str::to_lowercase);
    let is_here = |told: &&Value| stem(property(told, "file")) == stem(page);
    let in_html = |told: &Value| property(told, "message").ends_with("stands in raw HTML, where markdown is not read");
    leak.starts_with("xref:") && built.diagnostics.iter().filter(is_here).any(in_html)
}

#[test]
fn what_is_left_of_the_dialect_is_found() {
    let uids = [leaks::uid("---\r\ntitle: a\r\nuid: A.B\r\n---\r\n# a").expect("a uid")].into();
    let found = |text: &str| leaks::leaks(text, &uids).len();
    for text in
        ["> [!note] a", "[!INCLUDE [a](b)]", "::: zone", ":::image:::", "#tab/a", "xref:a", "see @a.b.", "@\"A.B\""]
    {
        assert_eq!(found(text), 1, "{text}");
    }
    assert_eq!(found("[! :::: :: @a.bc a@b @ tab/a"), 0);
}

#[test]
fn every_page_has_one_first_heading_a_title_and_a_language() {
    assert_none("pages lack something", |built| {
        let lacks = |page: &site::Page| page.headings != 1 || page.title.trim().is_empty() || page.language.is_empty();
        let tell = |(name, page): (&String, &site::Page)| {
            format!("{name}: {} h1, title `{}`, language `{}`", page.headings, page.title, page.language)
        };
        built.site.pages.iter().filter(|(_, page)| lacks(page)).map(tell).collect()
    });
}

#[test]
fn the_output_tells_nothing_of_the_machine() {
    assert_none("files name folders of this machine", |built| {
        let secrets = [&built.source, &built.out].map(|path| path.to_string_lossy().into_owned());
        let tells = |(name, path): (String, PathBuf)| {
            let bytes = fs::read(path).expect("readable");
            secrets.iter().any(|secret| memchr::memmem::find(&bytes, secret.as_bytes()).is_some()).then_some(name)
        };
        program::files(&built.out).into_par_iter().filter_map(tells).collect()
    });
}

#[test]
fn every_resource_lies_once_in_the_output() {
    assert_none("files differ in case only", |built| {
        let mut spellings: BTreeMap<String, Vec<&String>> = BTreeMap::new();
        built.site.files.iter().for_each(|file| spellings.entry(file.to_lowercase()).or_default().push(file));
        spellings.into_values().filter(|same| same.len() > 1).map(|same| format!("{same:?}")).collect()
    });
}

/// The table of counts; `UPDATE=1` writes it anew, so that each change is seen in review.
#[test]
fn the_numbers_of_diagnostics_are_those_of_the_table() {
    if corpora().is_empty() {
        return;
    }
    let mut table = String::from("# pages and diagnostics of the corpora; UPDATE=1 cargo test --test corpora\n");
    for built in corpora() {
        table.push_str(&format!("\n{}: {} html files\n", built.name, built.site.pages.len()));
        let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for told in &built.diagnostics {
            *counts.entry((property(told, "severity"), property(told, "code"))).or_default() += 1;
        }
        for ((severity, code), count) in counts {
            table.push_str(&format!("{count:>6} {severity:<10} {code}\n"));
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/corpora.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, &table).expect("written");
    }
    assert_eq!(fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n"), table);
}

/// `RECTO_GOLDEN` names what Learn's own engine said of the same docsets.
#[test]
fn what_docfx_reports_is_reported_at_the_same_place() {
    let Some(golden) = program::data("RECTO_GOLDEN") else { return };
    assert_none("diagnostics of docfx are missing", |built| {
        let docsets = DOCSETS.iter().filter(|(_, corpus, _)| *corpus == built.name);
        let untold = docsets.flat_map(|(name, _, folder)| {
            let site = gunzip_json(&golden.join(format!("sites/{name}.json.gz")));
            let wanted = site["diagnostics"].as_array().expect("a list").clone();
            wanted.into_iter().filter(|wanted| !is_reported(wanted, folder, built))
        });
        untold.map(|wanted| wanted.to_string()).collect()
    });
}

/// Docsets that docfx built: their names, their corpora and their folders in these.
const DOCSETS: [(&str, &str, &str); 4] = [
    ("wsl", "WSL", "WSL"),
    ("microsoft365", "OfficeDocs-Support", "Microsoft365"),
    ("teams", "OfficeDocs-Support", "Teams"),
    ("viva", "OfficeDocs-Support", "Viva"),
];

/// Whether recto has a diagnostic with the code, line and column of docfx's. Paths are shown from the corpus, where the
/// program runs.
///
/// docfx ran where case counts, so that a file in another case was not there for it: recto finds it and says so.
fn is_reported(wanted: &Value, folder: &str, built: &Built) -> bool {
    let file = format!("{folder}/{}", property(wanted, "file"));
    let is_code = |code: &str| {
        code == property(wanted, "code") || (code == "file-case" && property(wanted, "code") == "file-not-found")
    };
    let is_there =
        |told: &Value| property(told, "file") == file && ["line", "column"].iter().all(|key| told[key] == wanted[key]);
    built.diagnostics.iter().any(|told| is_there(told) && is_code(property(told, "code")))
}

fn gunzip_json(path: &Path) -> Value {
    let mut text = String::new();
    let file = fs::File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).expect("gzip");
    serde_json::from_str(&text).expect("JSON")
}
