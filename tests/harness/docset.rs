//! A docset in memory, taken through every stage up to `resolve`.

use std::sync::Arc;

use recto::config;
use recto::content::tree::Entry;
use recto::diagnostic::{Diagnostics, Place};
use recto::path::RepoPath;
use recto::pipeline::{self, Index, Input};
use recto::report::{self, Located};
use recto::site::index::Site;
use recto::site::navigation::{Navigation, Target, Tree};
use recto::site::page::Page;
use recto::site::resolve::resolve;
use recto::source::Sources;

/// A site in memory.
pub struct Docset {
    /// Its files.
    pub sources: Arc<Sources>,
    input: Input,
    pages: Vec<Arc<Page>>,
    site: Site,
    navigation: Navigation,
    /// What reading the configuration, finding the files and making the index had to say.
    pub general: Diagnostics,
}

/// A page as readers get it.
pub struct Rendered {
    /// Its path in the output.
    pub path: String,
    /// The body, as it is written.
    pub html: String,
    /// What is wrong with it.
    pub diagnostics: Diagnostics,
}

impl Docset {
    /// Compiles a site of files whose bytes may be anything; the configuration stands in the root. `asked` is a page in
    /// any case.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, Vec<u8>)>, asked: Option<&str>) -> Docset {
        let files: Vec<_> = files.into_iter().collect();
        let sources = Arc::new(Sources::memory(files.iter().map(|(path, _)| (*path, ""))));
        for (path, bytes) in files {
            sources.overlay(&RepoPath::new(path).expect("a path inside"), bytes);
        }
        let asked: Vec<_> = asked.iter().map(|path| sources.id(&RepoPath::new(path).expect("a path inside"))).collect();
        let (config, mut general) = config::load(&sources, "", None);
        let input = pipeline::discover(sources.clone(), config, None, &asked);
        general.extend(input.diagnostics.iter().cloned());
        let pages = pipeline::compile_pages(&input.tree, &pipeline::page_entries(&input.tree), &|| ());
        let Index { site, navigation, diagnostics } = pipeline::index_pages(&input, &pages);
        general.extend(diagnostics);
        Docset { sources, input, pages, site, navigation, general }
    }

    /// A site that is one article.
    pub fn of_article(text: &str) -> Docset {
        Docset::new([("page.md", text.as_bytes().to_vec())], None)
    }

    /// The page that a file becomes.
    pub fn page(&self, file: &str) -> Option<Rendered> {
        let found = self.sources.find(file)?;
        let page = self.pages.iter().find(|page| page.file == found.file)?;
        let entry = self.input.tree.entry(found.file)?;
        let (resolved, more) = resolve(page, &self.site);
        let diagnostics = page.diagnostics.iter().cloned().chain(more).collect();
        Some(Rendered { path: entry.output.to_string(), html: resolved.html, diagnostics })
    }

    /// The body of the page that a file becomes, with colours in its code; empty if there is none.
    pub fn coloured(&self, file: &str) -> String {
        let found = self.sources.find(file);
        let page = found.and_then(|found| self.pages.iter().find(|page| page.file == found.file));
        page.map_or(String::new(), |page| resolve(page, &self.site).0.highlighted().html)
    }

    /// Every output: its path and the file it is made of, sorted.
    pub fn outputs(&self) -> Vec<(String, String)> {
        let output = |entry: &Entry| (entry.output.to_string(), self.sources.path(entry.file).to_string());
        let mut outputs: Vec<_> = self.input.tree.entries.iter().map(output).collect();
        outputs.sort();
        outputs
    }

    /// Each tree of contents: its id, then a line for each entry, indented as deep as it lies.
    pub fn trees(&self) -> Vec<String> {
        let lines = |tree: &Tree| {
            let entries = 0..u32::try_from(tree.nodes.len()).expect("few nodes");
            let entry = |at: u32| format!("{}- {}", "  ".repeat(1 + tree.ancestors(Some(at)).count()), entry(tree, at));
            std::iter::once(tree.id.clone()).chain(entries.map(entry)).collect::<Vec<_>>()
        };
        self.navigation.trees.iter().flat_map(lines).collect()
    }

    /// For each page its breadcrumb, and the entries before and after it.
    pub fn places(&self) -> Vec<String> {
        let place = |page: &Arc<Page>| {
            let output = &self.input.tree.entry(page.file).expect("a page has an entry").output;
            let Some(place) = self.navigation.place(page.file) else { return format!("{output}: nowhere") };
            let tree = self.navigation.tree(place);
            let title = |at: u32| tree.nodes[at as usize].title.clone();
            let above: Vec<String> = self.navigation.breadcrumb(place).into_iter().map(title).collect();
            let [previous, next] = [self.navigation.previous(place), self.navigation.next(place)]
                .map(|at| at.map_or("nothing".to_owned(), title));
            format!("{output}: in {} [{}], after {previous}, before {next}", tree.id, above.join(" > "))
        };
        let mut places: Vec<String> = self.pages.iter().map(place).collect();
        places.sort();
        places
    }

    /// The metadata of a page, as JSON on lines.
    pub fn metadata(&self, file: &str) -> Option<String> {
        let found = self.sources.find(file)?;
        let page = self.pages.iter().find(|page| page.file == found.file)?;
        serde_json::to_string_pretty(&page.facts.metadata).ok()
    }

    /// Every diagnostic of the site.
    pub fn diagnostics(&self) -> Diagnostics {
        let of_page = |page: &Arc<Page>| {
            let more = resolve(page, &self.site).1;
            page.diagnostics.iter().cloned().chain(more).collect::<Vec<_>>()
        };
        self.general.iter().cloned().chain(self.pages.iter().flat_map(of_page)).collect()
    }

    /// Diagnostics as a report has them.
    pub fn locate(&self, diagnostics: Diagnostics) -> Vec<Located> {
        report::finish(diagnostics, &self.input.config.settings.rules, &self.sources)
    }

    /// Checks that every place lies inside its file, at the start and end of characters.
    pub fn check_spans(&self, diagnostics: &Diagnostics) {
        for diagnostic in diagnostics {
            let Place::Span(span) = diagnostic.place else { continue };
            let text = self.sources.read_lossy(span.file).expect("a file that was read");
            assert!(
                text.get(span.bytes()).is_some(),
                "{:?} lies outside its file of {} bytes: {diagnostic:?}",
                span.bytes(),
                text.len()
            );
        }
    }
}

/// An entry of a tree and where it leads.
fn entry(tree: &Tree, at: u32) -> String {
    let node = &tree.nodes[at as usize];
    match &node.target {
        None => node.title.clone(),
        Some(Target::Page { output, suffix }) => format!("{} <{output}{suffix}>", node.title),
        Some(Target::Url(url)) => format!("{} <{url}>", node.title),
    }
}

/// One line for a diagnostic: `3:1 code`, with the path before it unless it is that of `page`.
pub fn line(located: &Located, page: &str, is_full: bool) -> String {
    let path = located.path.as_ref().map(|path| path.as_str()).filter(|path| *path != page).unwrap_or("");
    let position = located.start.map_or(String::new(), |start| format!("{}:{}", start.line, start.column));
    let colon = if path.is_empty() || position.is_empty() { "" } else { ":" };
    let place = match format!("{path}{colon}{position}") {
        place if place.is_empty() => "-".to_owned(),
        place => place,
    };
    let diagnostic = &located.diagnostic;
    if !is_full {
        return format!("{place} {}", diagnostic.code);
    }
    let help = diagnostic.help.as_ref().map_or(String::new(), |help| format!("\n    help: {help}"));
    format!("{place} {}[{}]: {}{help}", diagnostic.severity, diagnostic.code, diagnostic.message)
}
