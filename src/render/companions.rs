//! The files of a site that no article makes: the start page, `404.html`, the sitemap, shared trees, assets.

use crate::content::tree::Docset;
use crate::markdown::html::escape;
use crate::path::SitePath;
use crate::render::context::DocsetLink;
use crate::render::page::{Output, Renderer};
use crate::render::theme::Template;
use crate::render::{
    dates,
    tree::{self, href},
};
use crate::site::navigation::{Place, Tree};

impl Renderer<'_> {
    /// Every file that belongs to the site as a whole. Errors only for a mistake in the theme.
    pub fn companions(&self) -> anyhow::Result<Vec<Output>> {
        let mut outputs = self.starts()?;
        let sitemap = self.sitemap(&outputs);
        outputs.extend(file("404.html", self.not_found()?));
        // GitHub Pages would drop files that begin with `_`.
        outputs.extend(file(".nojekyll", Vec::new()));
        outputs.extend(self.theme.assets().filter_map(|(path, bytes)| file(path, bytes.to_vec())));
        let large = self.navigation.trees.iter().filter(|tree| tree.nodes.len() > tree::MAX_WHOLE_NODES);
        outputs.extend(
            large.filter_map(|large| {
                file(&format!("assets/toc/{}.js", large.id), tree::shared_file(large).into_bytes())
            }),
        );
        outputs.extend(sitemap.and_then(|sitemap| file("sitemap.xml", sitemap.into_bytes())));
        Ok(outputs)
    }

    /// Index pages where there is none: of the site, and of each docset.
    fn starts(&self) -> anyhow::Result<Vec<Output>> {
        let docsets = &self.site.tree.docsets;
        let mut outputs = Vec::new();
        for (at, docset) in docsets.iter().enumerate() {
            let Some(index) = index_of(docset).filter(|index| !self.has_page(index)) else { continue };
            let title = if docsets.len() == 1 { &self.title } else { &docset.config.name };
            let mut view = self.view(title, &index);
            let content = self.contents(at, title, &index);
            view.content = &content;
            let html = self.theme.render(Template::Start, &self.shared, &view)?;
            outputs.push(Output { path: index, bytes: html });
        }
        if docsets.len() > 1 && !self.has_page(&self.home) {
            let mut view = self.view(&self.title, &self.home);
            view.docsets = docsets.iter().filter_map(|docset| self.docset_link(docset)).collect();
            let html = self.theme.render(Template::Start, &self.shared, &view)?;
            outputs.push(Output { path: self.home.clone(), bytes: html });
        }
        Ok(outputs)
    }

    fn has_page(&self, output: &SitePath) -> bool {
        self.site.tree.entries.iter().any(|entry| entry.is_page() && entry.output == *output)
    }

    fn docset_link(&self, docset: &Docset) -> Option<DocsetLink> {
        let index = index_of(docset)?;
        let entry = self.site.tree.entries.iter().find(|entry| entry.is_page() && entry.output == index);
        let facts = entry.and_then(|entry| self.site.facts(entry.file));
        // Where the docsets of a repository have one product each, this is its name.
        let product = docset.config.metadata.global.get("titleSuffix").and_then(|suffix| suffix.as_str());
        let title = product.or(facts.map(|facts| &*facts.title)).unwrap_or(&docset.config.name).to_owned();
        let description = facts.and_then(|facts| facts.metadata.get("description")?.as_str().map(str::to_owned));
        Some(DocsetLink { title, description, href: self.home.url_to(&index) })
    }

    /// The first two levels of a docset's trees, as the body of its start page.
    fn contents(&self, docset: usize, title: &str, index: &SitePath) -> String {
        let mut html = format!("<h1>{}</h1>\n", escape::text(title));
        let mut seen: Vec<u32> = Vec::new();
        for entry in self.site.tree.entries.iter().filter(|entry| entry.docset == docset && entry.is_page()) {
            let Some(place) = self.navigation.place(entry.file).filter(|place| !seen.contains(&place.tree)) else {
                continue;
            };
            seen.push(place.tree);
            push_level(&mut html, self.navigation.tree(place), None, index, 2);
        }
        html
    }

    /// The page for unknown addresses. Its links begin at the root of the host: it is served at any depth.
    fn not_found(&self) -> anyhow::Result<Vec<u8>> {
        let output = &self.home;
        let root = self.root_path();
        let mut view = self.view("Page not found", output);
        view.canonical = None;
        view.robots = Some("noindex".to_owned());
        view.home = root.clone();
        view.root = root.clone();
        let first = self.site.tree.entries.iter().filter(|entry| entry.is_page());
        let place = first.filter_map(|entry| self.navigation.place(entry.file)).min_by_key(|place| place.tree);
        let tree = place.map(|place| (place, self.trees.html(Place { node: None, ..place }, output)));
        let toc = tree.as_ref().map(|(_, tree)| from_root(&tree.html, &root)).unwrap_or_default();
        view.toc = &toc;
        view.toc_id = tree.filter(|(_, tree)| !tree.is_whole).map(|(place, _)| self.navigation.tree(place).id.clone());
        self.theme.render(Template::Error404, &self.shared, &view)
    }

    /// The path of the base URL, `/` when it is unknown.
    fn root_path(&self) -> String {
        let base = self.site.settings.base_url.as_deref().unwrap_or_default();
        let path = base.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
        let path = path.trim_end_matches('/');
        if path.is_empty() { "/".to_owned() } else { format!("/{path}/") }
    }

    /// The sitemap, when the site's address is known: every page that search engines may show, the start pages too that
    /// no article makes.
    fn sitemap(&self, starts: &[Output]) -> Option<String> {
        self.site.settings.base_url.as_ref()?;
        let mut xml = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
        );
        let entries = self.site.tree.entries.iter().filter(|entry| entry.is_page());
        let articles = entries.filter_map(|entry| Some((&entry.output, Some(self.site.facts(entry.file)?))));
        let mut pages: Vec<_> = articles.chain(starts.iter().map(|start| (&start.path, None))).collect();
        pages.sort_by(|a, b| a.0.cmp(b.0));
        for (output, facts) in pages {
            let value = |key: &str| facts.and_then(|facts| facts.metadata.get(key)?.as_str());
            if value("ROBOTS").or(value("robots")).is_some_and(|robots| robots.to_ascii_lowercase().contains("noindex"))
            {
                continue;
            }
            let url = self.absolute(output)?;
            xml.push_str(&format!("<url><loc>{}</loc>", escape::text(&url)));
            if let Some(date) = value("ms.date").and_then(|date| dates::date(date, "")) {
                xml.push_str(&format!("<lastmod>{}</lastmod>", date.iso));
            }
            xml.push_str("</url>\n");
        }
        xml.push_str("</urlset>\n");
        Some(xml)
    }
}

fn file(path: &str, bytes: Vec<u8>) -> Option<Output> {
    Some(Output { path: SitePath::new(path)?, bytes })
}

fn index_of(docset: &Docset) -> Option<SitePath> {
    SitePath::new(&format!("{}/index.html", docset.output))
}

/// Writes the children of a node as a list, `levels` deep.
fn push_level(html: &mut String, tree: &Tree, node: Option<u32>, from: &SitePath, levels: usize) {
    let children: Vec<u32> = tree.children(node).collect();
    if children.is_empty() || levels == 0 {
        return;
    }
    html.push_str("<ul>\n");
    for child in children {
        let title = escape::text(&tree.nodes[child as usize].title);
        match &tree.nodes[child as usize].target {
            Some(target) => {
                html.push_str(&format!("<li><a href=\"{}\">{title}</a>", escape::text(&href(target, from))))
            }
            None => html.push_str(&format!("<li>{title}")),
        }
        push_level(html, tree, Some(child), from, levels - 1);
        html.push_str("</li>\n");
    }
    html.push_str("</ul>\n");
}

/// A tree that was made for a page at the root, with links from the root of the host.
fn from_root(tree: &str, root: &str) -> String {
    let mut html = String::with_capacity(tree.len() * 2);
    let mut parts = tree.split("href=\"");
    html.push_str(parts.next().unwrap_or_default());
    for part in parts {
        html.push_str("href=\"");
        let is_relative = !part.starts_with(['/', '#', '"'])
            && !part.split(['"', '/']).next().is_some_and(|first| first.contains(':'));
        if is_relative {
            html.push_str(root);
            html.push_str(part.strip_prefix("./").unwrap_or(part));
        } else {
            html.push_str(part);
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::navigation::Target;

    #[test]
    fn links_of_the_404_page_begin_at_the_root() {
        let tree =
            "<a href=\"a/b.html\"></a><a href=\"https://x/y\"></a><a href=\"./c:d.html\"></a><a href=\"/e\"></a>";
        let expected = "<a href=\"/base/a/b.html\"></a><a href=\"https://x/y\"></a><a href=\"/base/c:d.html\"></a><a href=\"/e\"></a>";
        assert_eq!(from_root(tree, "/base/"), expected);
    }

    #[test]
    fn a_target_is_linked_from_where_the_page_lies() {
        let target = Target::Page { output: SitePath::new("a/b.html").expect("inside"), suffix: "#x".into() };
        assert_eq!(href(&target, &SitePath::new("c/d.html").expect("inside")), "../a/b.html#x");
    }
}
