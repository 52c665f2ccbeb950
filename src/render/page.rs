//! Renders an article: gathers what its template sees, from its front matter, the navigation and the settings.

use memchr::memmem;
use serde_json::Value;

use crate::content::metadata::Merged;
use crate::content::tree::Entry;
use crate::markdown::html::{Heading, escape};
use crate::path::{self, SitePath};
use crate::render::context::{self, Crumb, Neighbour, OutlineEntry, PageContext, SiteContext};
use crate::render::dates;
use crate::render::theme::{SharedSite, Template, Theme};
use crate::render::tree::{TreeRenderer, href};
use crate::site::index::Site;
use crate::site::navigation::{Navigation, Place, Target};
use crate::site::page::{Facts, Page, ResolvedPage};
use crate::source::FileId;

/// Whether a body has what readers choose from: tabs, or one of the two kinds of selectors, by their classes.
fn has_choices(html: &[u8]) -> bool {
    let is_selector = |at: usize| html[..at].ends_with(b"op_single") || html[..at].ends_with(b"op_multi");
    memmem::find_iter(html, "_selector").any(is_selector) || memmem::find(html, b"\"tabGroup\"").is_some()
}

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Where it goes.
    pub path: SitePath,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Renders the pages of a site, from many threads.
pub struct Renderer<'a> {
    pub(super) site: &'a Site,
    pub(super) navigation: &'a Navigation,
    pub(super) theme: &'a Theme,
    pub(super) trees: TreeRenderer<'a>,
    pub(super) shared: SharedSite,
    /// The name of the site.
    pub(super) title: String,
    /// The page at the root of the output.
    pub(super) home: SitePath,
}

impl<'a> Renderer<'a> {
    /// Makes ready what all pages share. Errors only for a mistake in the theme.
    pub fn new(site: &'a Site, navigation: &'a Navigation, theme: &'a Theme) -> anyhow::Result<Renderer<'a>> {
        let home = SitePath::new("index.html").unwrap_or_else(|| unreachable!("the path has no `..`"));
        let title = site_title(site, &home);
        let generator = format!("recto {}", env!("CARGO_PKG_VERSION"));
        let shared = SharedSite::new(&SiteContext { title: title.clone(), generator })?;
        Ok(Renderer { site, navigation, theme, trees: TreeRenderer::new(navigation), shared, title, home })
    }

    /// Renders an article. Errors only for a mistake in the theme.
    pub fn article(&self, page: &Page, resolved: &ResolvedPage, entry: &Entry) -> anyhow::Result<Output> {
        let place = self.navigation.place(page.file);
        let tree = place.map(|place| (place, self.trees.html(place, &entry.output)));
        let facts = self.site.facts(page.file).unwrap_or(&page.facts);
        let content = with_heading(&resolved.html, &facts.title);
        let mut view = self.view(&facts.title, &entry.output);
        self.tell_metadata(&mut view, facts, page.file);
        view.content = content.as_deref().unwrap_or(&resolved.html);
        view.has_choices = has_choices(view.content.as_bytes());
        view.outline = outline(&facts.headings);
        view.metadata = self.theme.has_own_templates.then_some(&facts.metadata);
        if let Some((place, tree)) = &tree {
            view.toc = &tree.html;
            view.toc_id = (!tree.is_whole).then(|| self.navigation.tree(*place).id.clone());
            self.tell_place(&mut view, *place, &entry.output);
        }
        let html = self.theme.render(Template::Article, &self.shared, &view)?;
        Ok(Output { path: entry.output.clone(), bytes: html })
    }

    /// What any page has: title, root, home, language, canonical address.
    pub(super) fn view(&self, title: &str, output: &SitePath) -> PageContext<'_> {
        let language = self.site.settings.language.clone();
        let window_title = if title == self.title { title.to_owned() } else { format!("{title} - {}", self.title) };
        PageContext {
            window_title,
            title: title.to_owned(),
            canonical: self.absolute(output),
            direction: context::direction(&language),
            locale: context::locale(&language),
            language,
            root: "../".repeat(output.depth()),
            home: output.url_to(&self.home),
            ..PageContext::default()
        }
    }

    /// The absolute URL of a file, when the site's own is known. An index page has that of its folder.
    pub(super) fn absolute(&self, output: &SitePath) -> Option<String> {
        let base = self.site.settings.base_url.as_deref()?;
        let path = output.as_str();
        let is_index = path == "index.html" || path.ends_with("/index.html");
        let path = if is_index { &path[..path.len() - "index.html".len()] } else { path };
        Some(format!("{base}{}", path::encode_path(path)))
    }

    fn tell_metadata(&self, view: &mut PageContext<'_>, facts: &Facts, file: FileId) {
        let metadata = &facts.metadata;
        view.description = text(metadata, "description");
        view.robots = text(metadata, "ROBOTS").or_else(|| text(metadata, "robots"));
        view.date = text(metadata, "ms.date").and_then(|date| dates::date(&date, &view.language));
        view.author = text(metadata, "author");
        view.applies_to = list(metadata, "appliesto");
        view.audience = text(metadata, "audience");
        let source = self.site.tree.sources.path(file);
        let fill = |url: &String| {
            url.replace("{path}", &path::encode_path(source.as_str()))
                .replace("{title}", &path::encode_query(&facts.title))
                .replace("{url}", &path::encode_query(view.canonical.as_deref().unwrap_or_default()))
        };
        view.edit_href = self.site.settings.edit_url.as_ref().map(fill);
        view.feedback_href = self.site.settings.feedback_url.as_ref().map(fill);
    }

    fn tell_place(&self, view: &mut PageContext<'_>, place: Place, output: &SitePath) {
        let tree = self.navigation.tree(place);
        let neighbour = |node: Option<u32>| {
            let node = &tree.nodes[node? as usize];
            Some(Neighbour { title: node.title.clone(), href: href(node.target.as_ref()?, output) })
        };
        view.previous = neighbour(self.navigation.previous(place));
        view.next = neighbour(self.navigation.next(place));
        if *output == self.home {
            return;
        }
        view.breadcrumb.push(Crumb {
            title: self.title.clone(),
            href: Some(view.home.clone()),
            url: self.absolute(&self.home),
        });
        for node in self.navigation.breadcrumb(place) {
            let node = &tree.nodes[node as usize];
            let url = node.target.as_ref().and_then(|target| match target {
                Target::Page { output, suffix } => Some(format!("{}{suffix}", self.absolute(output)?)),
                Target::Url(url) => Some(url.clone()),
            });
            let href = node.target.as_ref().map(|target| href(target, output));
            view.breadcrumb.push(Crumb { title: node.title.clone(), href, url });
        }
        view.breadcrumb.push(Crumb { title: view.title.clone(), href: None, url: view.canonical.clone() });
    }
}

/// The name of the site: as configured, else the title of its home page, else the name of its only docset.
fn site_title(site: &Site, home: &SitePath) -> String {
    let of_home = || {
        let entry = site.tree.entries.iter().find(|entry| entry.is_page() && entry.output == *home)?;
        Some(site.facts(entry.file)?.title.to_string())
    };
    let of_docset = || match site.tree.docsets.as_slice() {
        [single] => Some(single.config.name.clone()),
        _ => Some("Documentation".to_owned()),
    };
    site.settings.title.clone().or_else(of_home).or_else(of_docset).unwrap_or_default()
}

/// The body with its title as heading, if it has none of its own.
fn with_heading(html: &str, title: &str) -> Option<String> {
    (!html.contains("<h1")).then(|| format!("<h1>{}</h1>\n{html}", escape::text(title)))
}

/// The headings of the second level with those of the third.
fn outline(headings: &[Heading]) -> Vec<OutlineEntry<'_>> {
    let mut outline: Vec<OutlineEntry<'_>> = Vec::new();
    for heading in headings.iter().filter(|heading| matches!(heading.level, 2 | 3) && !heading.text.is_empty()) {
        let (title, id) = (&*heading.text, &*heading.id);
        let entry = OutlineEntry { title, id, level: heading.level, children: Vec::new() };
        match outline.last_mut() {
            Some(section) if heading.level == 3 && section.level == 2 => section.children.push(entry),
            _ => outline.push(entry),
        }
    }
    outline
}

/// A text of the metadata that is not empty.
fn text(metadata: &Merged, key: &str) -> Option<String> {
    let text = match metadata.get(key)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The texts of a list, or the only text; tags that authors write into them are left out.
fn list(metadata: &Merged, key: &str) -> Vec<String> {
    let values = match metadata.get(key) {
        Some(Value::Array(values)) => values.as_slice(),
        Some(value) => std::slice::from_ref(value),
        None => &[],
    };
    let texts = values.iter().filter_map(Value::as_str).map(|text| escape::without_tags(text).trim().to_owned());
    texts.filter(|text| !text.is_empty()).collect()
}
