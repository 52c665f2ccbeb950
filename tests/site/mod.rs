//! A built site as a browser sees it: its pages, parsed as HTML5, and where each link leads.

#![allow(dead_code, reason = "each test binary uses a part")]

pub mod leaks;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use percent_encoding::percent_decode_str;
use rayon::prelude::*;
use scraper::{Html, Node, Selector};

use crate::program::files;

/// What a page says to those who read its HTML.
#[derive(Debug, Default)]
pub struct Page {
    /// Where fragments can lead.
    pub ids: BTreeSet<String>,
    /// Targets of links and addresses of images, scripts and styles, as written.
    pub links: BTreeSet<String>,
    /// What stands outside code and decorations.
    pub text: String,
    /// The document's title.
    pub title: String,
    /// Its language.
    pub language: String,
    /// Its `h1` elements.
    pub headings: usize,
}

/// A folder with a built site.
#[derive(Debug)]
pub struct Site {
    /// Every file, pages too.
    pub files: BTreeSet<String>,
    /// Every `.html` file.
    pub pages: BTreeMap<String, Page>,
}

/// A link that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Broken {
    /// The page that holds it.
    pub page: String,
    /// The link as written.
    pub link: String,
    /// The file of the site to which it leads.
    pub file: String,
    /// The fragment, decoded.
    pub fragment: String,
}

const WITH_ADDRESS: [(&str, &str); 9] = [
    ("a[href]", "href"),
    ("area[href]", "href"),
    ("link[href]", "href"),
    ("img[src]", "src"),
    ("script[src]", "src"),
    ("video[src]", "src"),
    ("audio[src]", "src"),
    ("source[src]", "src"),
    ("track[src]", "src"),
];

impl Site {
    /// Reads every page of a site.
    pub fn read(root: &Path) -> Site {
        let found = files(root);
        let pages: Vec<_> = found.iter().filter(|(name, _)| name.ends_with(".html")).collect();
        let read = |(name, path): &(&String, &std::path::PathBuf)| {
            ((*name).clone(), Page::parse(&std::fs::read_to_string(path).expect("UTF-8")))
        };
        Site { pages: pages.par_iter().map(read).collect(), files: found.into_keys().collect() }
    }

    /// The links of all pages that lead to no file or to no place in it. Links to other hosts are not followed.
    pub fn broken(&self) -> Vec<Broken> {
        let of_page = |(name, page): (&String, &Page)| -> Vec<Broken> {
            page.links.iter().filter_map(|link| self.check(name, link)).collect()
        };
        self.pages.par_iter().flat_map_iter(of_page).collect()
    }

    fn check(&self, page: &str, link: &str) -> Option<Broken> {
        let scheme = link.split(['/', '?', '#']).next().unwrap_or_default();
        if scheme.contains(':') || link.starts_with("//") {
            return None;
        }
        let (address, fragment) = link.split_once('#').unwrap_or((link, ""));
        let address = address.split('?').next().unwrap_or_default();
        let file = if address.is_empty() { page.to_owned() } else { resolve(page, &decoded(address)) };
        let file = if file.is_empty() || file.ends_with('/') { file + "index.html" } else { file };
        let fragment = decoded(fragment);
        let arrives = match self.pages.get(&file) {
            Some(target) => fragment.is_empty() || fragment == "top" || target.ids.contains(&fragment),
            None => self.files.contains(&file),
        };
        (!arrives).then(|| Broken { page: page.to_owned(), link: link.to_owned(), file, fragment })
    }
}

impl Page {
    fn parse(html: &str) -> Page {
        let document = Html::parse_document(html);
        let all = |selector: &str| {
            let selector = Selector::parse(selector).expect("a selector");
            document.select(&selector).map(|element| element.value().clone()).collect::<Vec<_>>()
        };
        let mut page = Page { headings: all("h1").len(), ..Page::default() };
        page.ids.extend(all("[id]").iter().filter_map(|element| element.attr("id")).map(str::to_owned));
        page.ids.extend(all("a[name]").iter().filter_map(|element| element.attr("name")).map(str::to_owned));
        for (selector, attribute) in WITH_ADDRESS {
            page.links
                .extend(all(selector).iter().filter_map(|one| one.attr(attribute)).map(|at| at.trim().to_owned()));
        }
        page.language = all("html").first().and_then(|html| html.attr("lang")).unwrap_or_default().to_owned();
        let title = Selector::parse("head > title").expect("a selector");
        page.title = document.select(&title).map(|title| title.text().collect::<String>()).collect();
        page.text = text(&document);
        page
    }
}

/// The text outside code, scripts and what the theme or recto adds.
fn text(document: &Html) -> String {
    let mut text = String::new();
    let mut open = vec![document.tree.root()];
    while let Some(node) = open.pop() {
        match node.value() {
            Node::Text(piece) => text.push_str(piece),
            Node::Element(element)
                if matches!(element.name(), "code" | "pre" | "script" | "style")
                    || element.attr("data-decoration").is_some() => {}
            _ => open.extend(node.children().rev()),
        }
    }
    text
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Where a relative address leads from a page; a final `/` stays.
fn resolve(page: &str, address: &str) -> String {
    let mut parts: Vec<&str> = match address.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => page.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect(),
    };
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    let folder = if address.ends_with(['/']) || address.ends_with("..") || address == "." { "/" } else { "" };
    let path = parts.join("/");
    if path.is_empty() { path } else { path + folder }
}
