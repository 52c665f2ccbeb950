//! A theme: templates and assets, the default ones replaced file by file by those of a folder.
//!
//! 1. [`Theme::load`] takes the default theme, which is part of the program.
//! 2. Files of the folder with the same path below `templates/` or `assets/` take its place; others are added.
//! 3. `assets/dialect.css` and `assets/brand.css` are no files of their own: their texts end `assets/recto.css`, so that
//!    a page asks for one sheet, and ten lines make a brand. Scripts of the default theme lose comments and indentation.
//! 4. All templates are parsed, so that a mistake is told once and before the first page.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;

use anyhow::{Context as _, bail};
use tera::{Context, Tera, Value};

use crate::render::context::{PageContext, SiteContext};
use crate::render::json_ld::json_ld;
use crate::render::template_error::explain;
use crate::report::paths;

/// Names files of the default theme, and takes their bytes into the program.
macro_rules! default_files {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_bytes!(concat!("../../themes/default/", $path)))),*]
    };
}

/// The default theme, by path.
const DEFAULT: &[(&str, &[u8])] = default_files![
    "assets/choices.js",
    "assets/dialect.css",
    "assets/icon.svg",
    "assets/recto.css",
    "assets/recto.js",
    "assets/theme.js",
    "templates/404.html",
    "templates/article.html",
    "templates/base.html",
    "templates/parts/after.html",
    "templates/parts/breadcrumb.html",
    "templates/parts/facts.html",
    "templates/parts/footer.html",
    "templates/parts/head.html",
    "templates/parts/header.html",
    "templates/parts/outline.html",
    "templates/parts/tree.html",
    "templates/start.html",
];

/// The assets whose texts end [`STYLES`].
const PARTS: &[&str] = &["assets/dialect.css", "assets/brand.css"];
const STYLES: &str = "assets/recto.css";

/// Which template makes a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// An article, and what is shown like one.
    Article,
    /// The page for unknown addresses.
    Error404,
    /// The list of several docsets.
    Start,
}

impl Template {
    /// The path of its file, below `templates/`.
    pub fn file_name(self) -> &'static str {
        match self {
            Template::Article => "article.html",
            Template::Error404 => "404.html",
            Template::Start => "start.html",
        }
    }
}

/// What all pages share, made ready once: giving it to a page costs a reference count.
#[derive(Debug, Clone)]
pub struct SharedSite(Value);

impl SharedSite {
    /// Makes `site` ready for templates.
    pub fn new(site: &SiteContext) -> anyhow::Result<SharedSite> {
        Value::try_from_serializable(site).map(SharedSite).context("preparing the site's values for templates")
    }
}

/// Templates, parsed, and the files beside them.
pub struct Theme {
    tera: Tera,
    templates: BTreeMap<String, ThemeFile>,
    assets: BTreeMap<String, Cow<'static, [u8]>>,
    /// Whether a template is not the default theme's, and may ask for any value.
    pub(super) has_own_templates: bool,
}

/// The text of a template, and where it comes from.
pub(crate) struct ThemeFile {
    pub(crate) origin: String,
    pub(crate) text: Cow<'static, str>,
}

impl Theme {
    /// The default theme, with the files of the folder `overrides` in place of its own.
    ///
    /// Errors name the file, for a mistake in a template also line, column and what to do.
    pub fn load(overrides: Option<&Path>) -> anyhow::Result<Theme> {
        let (templates, assets) = (BTreeMap::new(), BTreeMap::new());
        let mut theme = Theme { tera: Tera::new(), templates, assets, has_own_templates: false };
        for (path, bytes) in DEFAULT {
            let bytes = if path.ends_with(".js") { Cow::Owned(without_comments(bytes)) } else { Cow::Borrowed(*bytes) };
            theme.put(path, format!("default theme: {path}"), bytes)?;
        }
        if let Some(folder) = overrides {
            theme.read_folder(folder)?;
            theme.has_own_templates = theme.templates.values().any(|file| matches!(file.text, Cow::Owned(_)));
        }
        for part in PARTS {
            if let Some(part) = theme.assets.remove(*part) {
                theme.assets.entry(STYLES.to_owned()).or_default().to_mut().extend_from_slice(&part);
            }
        }
        theme.parse()?;
        Ok(theme)
    }

    /// The finished HTML of a page, in UTF-8.
    ///
    /// Errors only for a mistake in the theme, such as a name that does not exist.
    pub fn render(&self, template: Template, site: &SharedSite, page: &PageContext<'_>) -> anyhow::Result<Vec<u8>> {
        let (heading, rest) = split_heading(page.content);
        let mut context = Context::new();
        context.insert_value("site", site.0.clone());
        context.insert_value("page", Value::try_from_serializable(page).context("preparing a page for its template")?);
        context.insert_value("heading", Value::safe_string(heading));
        context.insert_value("content", Value::safe_string(rest));
        context.insert_value("toc", Value::safe_string(page.toc));
        if template == Template::Article {
            context.insert_value("json_ld", Value::safe_string(&json_ld(page)));
        }
        let frame = 12 * 1024;
        let mut html = Vec::with_capacity(page.content.len() + page.toc.len() + frame);
        self.tera
            .render_to(template.file_name(), &context, &mut html)
            .map_err(|error| explain(&error, &self.templates, &context))?;
        Ok(html)
    }

    /// The files that pages ask for, by path below the site's root, in order: `assets/recto.css`.
    pub fn assets(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.assets.iter().map(|(path, bytes)| (path.as_str(), bytes.as_ref()))
    }

    fn read_folder(&mut self, folder: &Path) -> anyhow::Result<()> {
        for entry in visible_files(folder) {
            let entry = entry.with_context(|| format!("reading the theme `{}`", paths::plain(folder)))?;
            let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let names: Vec<_> = below.iter().map(|name| name.to_string_lossy()).collect();
            let path = names.join("/");
            let origin = paths::from_here(entry.path());
            let bytes = std::fs::read(entry.path()).with_context(|| format!("reading `{origin}`"))?;
            self.put(&path, origin, Cow::Owned(bytes))?;
        }
        Ok(())
    }

    fn put(&mut self, path: &str, origin: String, bytes: Cow<'static, [u8]>) -> anyhow::Result<()> {
        if let Some(name) = path.strip_prefix("templates/") {
            let text = match bytes {
                Cow::Borrowed(bytes) => std::str::from_utf8(bytes).map(Cow::Borrowed),
                Cow::Owned(bytes) => String::from_utf8(bytes).map(Cow::Owned).map_err(|error| error.utf8_error()),
            };
            let text = text.with_context(|| format!("the template `{origin}` is not UTF-8"))?;
            self.templates.insert(name.to_owned(), ThemeFile { origin, text });
        } else if path.starts_with("assets/") {
            self.assets.insert(path.to_owned(), bytes);
        } else if let Some((place, _)) = DEFAULT.iter().find(|(default, _)| default.ends_with(&format!("/{path}"))) {
            bail!(
                "`{origin}` has no effect there\nhelp: to replace the default theme's file, move it to `{place}` in the theme"
            );
        }
        Ok(())
    }

    fn parse(&mut self) -> anyhow::Result<()> {
        // Whatever a template is called, its values are escaped.
        self.tera.autoescape_on([""]);
        let templates = self.templates.iter().map(|(name, file)| (name, &file.text));
        self.tera.add_raw_templates(templates).map_err(|error| explain(&error, &self.templates, &Context::new()))
    }
}

/// A script without indentation and without the lines that are comments. None of ours has text of several lines.
fn without_comments(script: &[u8]) -> Vec<u8> {
    let lines = script.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let code = lines.filter(|line| !line.is_empty() && !line.starts_with(b"//"));
    code.flat_map(|line| [line, b"\n"].concat()).collect()
}

/// The files of a folder at any depth, in order, without those whose names begin with a dot.
fn visible_files(folder: &Path) -> impl Iterator<Item = walkdir::Result<walkdir::DirEntry>> {
    let is_hidden = |name: &OsStr| name.to_string_lossy().starts_with('.');
    let walk = walkdir::WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    let visible = walk.filter_entry(move |entry| entry.depth() == 0 || !is_hidden(entry.file_name()));
    visible.filter(|entry| entry.as_ref().map_or(true, |entry| entry.file_type().is_file()))
}

/// Splits a body into its h1 and the rest, so that a template can put date and author between them.
///
/// The first part is empty if the body does not begin with an h1.
fn split_heading(content: &str) -> (&str, &str) {
    let end = "</h1>";
    match content.find(end) {
        Some(at) if content.trim_start().starts_with("<h1") => content.split_at(at + end.len()),
        _ => ("", content),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, text) in files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
            std::fs::write(path, text).expect("a file");
        }
        folder
    }

    fn render(theme: &Theme, page: &PageContext<'_>) -> anyhow::Result<String> {
        let html = theme.render(Template::Article, &SharedSite::new(&SiteContext::default())?, page)?;
        Ok(String::from_utf8(html)?)
    }

    fn asset(theme: &Theme, path: &str) -> String {
        let found = theme.assets().find(|(name, _)| *name == path).expect("the asset");
        String::from_utf8_lossy(found.1).into_owned()
    }

    #[test]
    fn a_folder_replaces_one_file_and_leaves_the_others() {
        let folder = folder(&[("templates/parts/footer.html", "<footer>ours</footer>"), ("assets/logo.svg", "<svg/>")]);
        let theme = Theme::load(Some(folder.path())).expect("a theme");
        let html =
            render(&theme, &PageContext { content: "<h1>A</h1><p>b</p>", ..Default::default() }).expect("a page");
        assert!(html.contains("<footer>ours</footer>") && html.contains("<p>b</p>") && html.contains("recto:article"));
        assert_eq!(asset(&theme, "assets/logo.svg"), "<svg/>");
        assert_eq!(asset(&theme, "assets/icon.svg"), include_str!("../../themes/default/assets/icon.svg"));
    }

    #[test]
    fn the_program_holds_every_file_of_the_default_theme() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
        let on_disk = visible_files(&folder).map(|entry| {
            let path = entry.expect("an entry").into_path();
            path.strip_prefix(&folder).expect("below").to_string_lossy().replace('\\', "/")
        });
        assert_eq!(
            on_disk.collect::<std::collections::BTreeSet<_>>(),
            DEFAULT.iter().map(|(path, _)| (*path).to_owned()).collect()
        );
    }

    #[test]
    fn hidden_files_are_no_assets() {
        let folder = folder(&[("assets/.DS_Store", "x"), (".git/assets/x", "x")]);
        let theme = Theme::load(Some(folder.path())).expect("a theme");
        assert!(theme.assets().all(|(path, _)| !path.contains("/.")));
    }

    #[test]
    fn a_brand_ends_the_style_sheet_and_is_no_file_of_its_own() {
        let folder = folder(&[("assets/brand.css", ":root { --accent: #8a1253; }")]);
        let theme = Theme::load(Some(folder.path())).expect("a theme");
        assert!(asset(&theme, STYLES).ends_with(":root { --accent: #8a1253; }"));
        assert!(theme.assets().all(|(path, _)| !PARTS.contains(&path)));
    }

    #[test]
    fn a_file_that_would_do_nothing_is_told_where_to_go() {
        let folder = folder(&[("article.html", ""), ("README.md", "about this theme")]);
        let error = Theme::load(Some(folder.path())).err().expect("an error").to_string();
        assert!(error.contains("move it to `templates/article.html`"), "{error}");
    }

    #[test]
    fn titles_and_metadata_cannot_become_markup() {
        let evil = "\"><script>alert('x')</script>";
        let theme = Theme::load(None).expect("a theme");
        let page = PageContext {
            window_title: evil.into(),
            title: evil.into(),
            description: Some(evil.into()),
            applies_to: vec![evil.into()],
            audience: Some(evil.into()),
            home: evil.into(),
            ..Default::default()
        };
        for template in [Template::Article, Template::Error404, Template::Start] {
            let site = SharedSite::new(&SiteContext { title: evil.into(), ..Default::default() }).expect("a site");
            let html = String::from_utf8(theme.render(template, &site, &page).expect("a page")).expect("UTF-8");
            assert!(!html.contains("<script>alert") && !html.contains("\"><script"), "{html}");
        }
    }

    #[test]
    fn what_is_absent_leaves_no_empty_box() {
        let theme = Theme::load(None).expect("a theme");
        let html = render(&theme, &PageContext { content: "<h1>A</h1>", ..Default::default() }).expect("a page");
        for trace in ["class=\"facts\"", "class=\"outline\"", "<nav", "canonical", "robots", "name=\"description\""] {
            assert!(!html.contains(trace), "{trace}");
        }
    }

    #[test]
    fn the_style_sheet_asks_nobody_else() {
        let styles = include_str!("../../themes/default/assets/recto.css");
        for word in ["http:", "//", "@import"] {
            assert!(!styles.contains(word), "{word}");
        }
    }

    #[test]
    fn only_a_leading_h1_is_split_off() {
        assert_eq!(split_heading("\n<h1 id=\"a\">A</h1>\n<p>b</p>"), ("\n<h1 id=\"a\">A</h1>", "\n<p>b</p>"));
        assert_eq!(split_heading("<p>b</p><h1>A</h1>"), ("", "<p>b</p><h1>A</h1>"));
    }
}
