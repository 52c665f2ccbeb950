//! The site at one moment, as a web server sees it: what an address gives.
//!
//! Pages are rendered when they are asked for; nothing is written to disk. An address is looked up in the table of
//! outputs and never becomes a path on disk, so that no trick in it reaches another file.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use crate::content::tree::Kind;
use crate::diagnostic::Diagnostics;
use crate::incremental::Build;
use crate::path;
use crate::pipeline::Input;
use crate::render::page::Renderer;
use crate::render::theme::Theme;
use crate::site::resolve::resolve;
use crate::source::FileId;

/// The files that the sources become, by output path.
pub type Outputs = FxHashMap<String, FileId>;

/// The page that GitHub Pages shows for unknown addresses.
const NOT_FOUND: &str = "404.html";

/// A site that can be looked at.
pub struct Snapshot {
    /// Its pages and their index.
    pub build: Arc<Build>,
    /// Its theme.
    pub theme: Arc<Theme>,
    /// Counts changes that no page's HTML shows: of images, styles, scripts.
    pub assets: u64,
    outputs: Arc<Outputs>,
    companions: OnceLock<Result<FxHashMap<String, Vec<u8>>, String>>,
    /// The path under which the site lies: that of its base URL, with a slash at both ends.
    base: String,
    /// Set when the terminal knows that the theme cannot show a page.
    told: OnceLock<()>,
}

/// What an address gives.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
    /// A page of the site.
    Page(Vec<u8>),
    /// A file that the site makes, with its path.
    File(String, Vec<u8>),
    /// A file that is copied.
    Source(PathBuf),
    /// Another address: a path from the root of the host, percent-encoded.
    Redirect(String),
    /// No such address: the 404 page.
    NotFound(Vec<u8>),
    /// The theme cannot render it; why.
    Broken(String),
}

impl Snapshot {
    /// A site with its theme. The table of outputs of `last` is used again if the files are the same.
    pub fn new(build: Arc<Build>, theme: Arc<Theme>, assets: u64, last: Option<&Snapshot>) -> Snapshot {
        let outputs = match last {
            Some(last) if Arc::ptr_eq(&last.build.input, &build.input) => last.outputs.clone(),
            _ => Arc::new(outputs(&build.input)),
        };
        let base = base_path(build.input.config.settings.base_url.as_deref());
        Snapshot { build, theme, assets, outputs, companions: OnceLock::new(), base, told: OnceLock::new() }
    }

    /// What GitHub Pages would answer for an address: a path from the root of the host, still percent-encoded.
    ///
    /// `/a/b` is `a/b.html`, `/a/` is `a/index.html`, and `/a` leads there if there is no `a.html`.
    pub fn answer(&self, address: &str) -> Answer {
        let address = path::decode(address);
        let Some(path) = address.strip_prefix(self.base.as_str()) else {
            let is_above = self.base.starts_with(&format!("{}/", address.trim_end_matches('/')));
            return if is_above { Answer::Redirect(path::encode_path(&self.base)) } else { self.not_found() };
        };
        let candidates = match path {
            _ if path.is_empty() || path.ends_with('/') => [format!("{path}index.html"), String::new()],
            _ => [path.to_owned(), format!("{path}.html")],
        };
        for candidate in candidates.iter().filter(|candidate| !candidate.is_empty()) {
            if let Some(answer) = self.output(candidate) {
                return answer;
            }
        }
        if !path.is_empty() && !path.ends_with('/') && self.has(&format!("{path}/index.html")) {
            return Answer::Redirect(path::encode_path(&format!("{}{path}/", self.base)));
        }
        self.not_found()
    }

    /// Tells the terminal why the theme cannot show a page; once, since it is often all pages.
    pub fn tell(&self, reason: &str) {
        if self.told.set(()).is_ok() {
            anstream::eprintln!("error: {reason}");
        }
    }

    /// The page that an address shows, and what is wrong with it.
    pub fn problems(&self, address: &str) -> Diagnostics {
        let address = path::decode(address);
        let Some(path) = address.strip_prefix(self.base.as_str()) else { return Vec::new() };
        let names = [path.to_owned(), format!("{path}.html"), format!("{path}index.html")];
        let page = names.iter().find_map(|name| self.build.page(*self.outputs.get(name)?));
        page.map_or_else(Vec::new, |page| {
            let links = resolve(page, &self.build.index.site).1;
            page.diagnostics.iter().cloned().chain(links).collect()
        })
    }

    fn has(&self, output: &str) -> bool {
        self.outputs.contains_key(output) || self.companion(output).is_some()
    }

    /// A file of the output. Where two things want one place, the same wins as in the output folder.
    fn output(&self, output: &str) -> Option<Answer> {
        let file = self.outputs.get(output);
        let page = file.and_then(|file| self.build.page(*file)).filter(|_| output != NOT_FOUND);
        if let Some(page) = page {
            return Some(self.page(page.file));
        }
        if let Some(file) = file.filter(|_| output != NOT_FOUND) {
            let sources = &self.build.input.tree.sources;
            return Some(Answer::Source(sources.location(&sources.path(*file))));
        }
        if let Some((_, bytes)) = self.theme.assets().find(|(path, _)| *path == output) {
            return Some(Answer::File(output.to_owned(), bytes.to_vec()));
        }
        match self.companion(output)? {
            Ok(bytes) if output.ends_with(".html") => Some(Answer::Page(bytes.to_vec())),
            Ok(bytes) => Some(Answer::File(output.to_owned(), bytes.to_vec())),
            Err(reason) => Some(Answer::Broken(reason.to_owned())),
        }
    }

    fn page(&self, file: FileId) -> Answer {
        let rendered = self.build.page(file).zip(self.build.input.tree.entry(file)).map(|(page, entry)| {
            let index = &self.build.index;
            let (resolved, _) = resolve(page, &index.site);
            Renderer::new(&index.site, &index.navigation, &self.theme)?.article(page, &resolved.highlighted(), entry)
        });
        match rendered {
            Some(Ok(output)) => Answer::Page(output.bytes),
            Some(Err(error)) => Answer::Broken(format!("{error:#}")),
            None => self.not_found(),
        }
    }

    fn not_found(&self) -> Answer {
        match self.companion(NOT_FOUND) {
            Some(Ok(bytes)) => Answer::NotFound(bytes.to_vec()),
            Some(Err(reason)) => Answer::Broken(reason.to_owned()),
            None => Answer::NotFound(b"Page not found".to_vec()),
        }
    }

    /// A file that belongs to the site as a whole. They are made together, when the first is asked for.
    fn companion(&self, output: &str) -> Option<Result<&[u8], &str>> {
        let make = || {
            let index = &self.build.index;
            let made = Renderer::new(&index.site, &index.navigation, &self.theme)
                .and_then(|renderer| renderer.companions())
                .map_err(|error| format!("{error:#}"))?;
            Ok(made.into_iter().map(|output| (output.path.as_str().to_owned(), output.bytes)).collect())
        };
        match self.companions.get_or_init(make) {
            Ok(companions) => companions.get(output).map(|bytes| Ok(bytes.as_slice())),
            // Which files there would be is not known: HTML tells what is wrong.
            Err(reason) => output.ends_with(".html").then_some(Err(reason)),
        }
    }
}

fn outputs(input: &Input) -> Outputs {
    let written = input.tree.entries.iter().filter(|entry| entry.kind != Kind::Toc);
    written.map(|entry| (entry.output.as_str().to_owned(), entry.file)).collect()
}

/// The path of a base URL, with a slash at both ends; `/` when it is unknown.
fn base_path(base_url: Option<&str>) -> String {
    let path = base_url.and_then(|url| url.split_once("://")?.1.split_once('/')).map_or("", |(_, path)| path);
    match path::decode(path.trim_matches('/')) {
        path if path.is_empty() => "/".to_owned(),
        path => format!("/{path}/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incremental::{Incremental, Origin};
    use crate::source::Sources;

    fn snapshot(files: &[(&str, &str)], base_url: &str) -> Snapshot {
        let origin = Origin { base_url: Some(base_url.to_owned()), ..Origin::default() };
        let sources = Arc::new(Sources::memory(files.iter().copied()));
        let (site, _) = Incremental::open(sources, origin).expect("a configuration");
        Snapshot::new(site.build().clone(), Arc::new(Theme::load(None).expect("a theme")), 0, None)
    }

    fn shown(answer: &Answer) -> &'static str {
        match answer {
            Answer::Page(_) => "page",
            Answer::File(..) => "file",
            Answer::Source(_) => "source",
            Answer::Redirect(_) => "redirect",
            Answer::NotFound(_) => "404",
            Answer::Broken(_) => "broken",
        }
    }

    #[test]
    fn addresses_are_answered_as_github_pages_does() {
        let site = snapshot(
            &[("articles/index.md", "# A\n"), ("articles/b/c d.md", "# B\n"), ("articles/e/index.md", "# E\n")],
            "https://x.org/base/",
        );
        let answers = [
            ("/base/", "page"),
            ("/base/index", "page"),
            ("/base/b/c%20d", "page"),
            ("/base/b/c%20d.html", "page"),
            ("/base/b/C%20d", "404"),
            ("/base/e", "redirect"),
            ("/base/e/", "page"),
            ("/base/b", "404"),
            ("/", "redirect"),
            ("/base", "redirect"),
            ("/bas", "404"),
            ("/base/404", "page"),
            ("/base/sitemap.xml", "file"),
            ("/base/assets/recto.css", "file"),
            ("/base/b/c%20d.html/", "404"),
        ];
        for (address, expected) in answers {
            assert_eq!(shown(&site.answer(address)), expected, "{address}");
        }
        assert_eq!(site.answer("/base/e"), Answer::Redirect("/base/e/".to_owned()));
        assert_eq!(site.answer("/base"), Answer::Redirect("/base/".to_owned()));
    }

    #[test]
    fn no_address_reaches_what_is_no_output() {
        let site = snapshot(&[("articles/a.md", "# A\n"), ("recto.yml", "title: T\n")], "https://x.org/");
        for address in [
            "/../recto.yml",
            "/%2e%2e/recto.yml",
            "/recto.yml",
            "//a.html",
            "/b/../a.html",
            "/..%5crecto.yml",
            "/a.html%00",
            "/a.md",
            "/articles/a.md",
            "/%ff",
        ] {
            assert_eq!(shown(&site.answer(address)), "404", "{address}");
        }
    }
}
