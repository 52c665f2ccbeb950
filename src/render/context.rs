//! What templates see: these values and nothing else.
//!
//! A template has `site`, `page`, and four pieces of finished HTML or JSON: `heading` (the article's h1), `content`
//! (the rest of the body), `toc` (the tree) and `json_ld`. Everything below `site` and `page` is escaped.

use serde::Serialize;

use crate::content::metadata::Merged;

/// What all pages of a docset share.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SiteContext {
    /// The name of the site, in the header and behind each page's title.
    pub title: String,
    /// `recto` and its version, for `<meta name="generator">`.
    pub generator: String,
}

/// One page.
///
/// An `href` is ready for use: relative to this page, or absolute; percent-encoded, not yet escaped for HTML.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PageContext<'a> {
    /// The title of the window: `Article - Site`.
    pub window_title: String,
    /// The title of the article.
    pub title: String,
    /// What it is about, in a sentence.
    pub description: Option<String>,
    /// The absolute URL of the page; known when the site has a base URL.
    pub canonical: Option<String>,
    /// What search engines are asked to do, such as `noindex`.
    pub robots: Option<String>,
    /// BCP 47: `en-us`, `ar`.
    pub language: String,
    /// `ltr` or `rtl`: [`direction`] of the language.
    pub direction: &'static str,
    /// The language as Open Graph writes it: [`locale`] of the language.
    pub locale: String,
    /// What leads from the page to the site's root: empty, `../`, `../../`; in `404.html` the absolute path, `/base/`.
    pub root: String,
    /// Where the site's name leads.
    pub home: String,
    /// The body, h1 included: HTML, inserted as it is.
    #[serde(skip)]
    pub content: &'a str,
    /// Whether the body has tabs or selectors, which `assets/choices.js` brings to life.
    pub has_choices: bool,
    /// The tree: HTML (`<ul class="tree">`), inserted as it is; empty if the page has none.
    #[serde(skip)]
    pub toc: &'a str,
    /// When the page carries only its branch of the tree: the whole one is in `assets/toc/{toc_id}.js`.
    pub toc_id: Option<String>,
    /// The headings of the second level with those of the third.
    pub outline: Vec<OutlineEntry<'a>>,
    /// From the docset's start to this page, which is the last.
    pub breadcrumb: Vec<Crumb>,
    /// The article before this one in the tree.
    pub previous: Option<Neighbour>,
    /// The article after it.
    pub next: Option<Neighbour>,
    /// When it was last brought up to date.
    pub date: Option<Date>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The products that it applies to.
    pub applies_to: Vec<String>,
    /// Whom it is for.
    pub audience: Option<String>,
    /// Where its source is edited.
    pub edit_href: Option<String>,
    /// Where readers say what they think of it.
    pub feedback_href: Option<String>,
    /// On the start page of several docsets: these.
    pub docsets: Vec<DocsetLink>,
    /// The merged front matter, every key; for themes with templates of their own.
    pub metadata: Option<&'a Merged>,
}

/// A heading in "In this article".
#[derive(Debug, Clone, Serialize)]
pub struct OutlineEntry<'a> {
    /// Its text, without markup.
    pub title: &'a str,
    /// Its id on the page.
    pub id: &'a str,
    /// 2 or 3.
    pub level: u8,
    /// The headings of the next level below it.
    pub children: Vec<OutlineEntry<'a>>,
}

/// A step of the breadcrumb.
#[derive(Debug, Clone, Serialize)]
pub struct Crumb {
    /// Its name.
    pub title: String,
    /// Where it leads; a group of the tree may have no page.
    pub href: Option<String>,
    /// The same as an absolute URL, for machines; known when the site has a base URL.
    pub url: Option<String>,
}

/// The previous or the next article.
#[derive(Debug, Clone, Serialize)]
pub struct Neighbour {
    /// Its title in the tree.
    pub title: String,
    /// Where it is.
    pub href: String,
}

/// A day.
#[derive(Debug, Clone, Serialize)]
pub struct Date {
    /// `2024-05-31`, for machines.
    pub iso: String,
    /// As readers of the page's language write it.
    pub text: String,
}

/// A docset on the start page.
#[derive(Debug, Clone, Serialize)]
pub struct DocsetLink {
    /// Its name.
    pub title: String,
    /// What it is about.
    pub description: Option<String>,
    /// Its first page.
    pub href: String,
}

/// The direction in which a language is written: `rtl` for Arabic, Hebrew, Persian, Urdu and the like, else `ltr`.
pub fn direction(language: &str) -> &'static str {
    let primary = language.split(['-', '_']).next().unwrap_or_default();
    let is_rtl = ["ar", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"];
    if is_rtl.iter().any(|code| primary.eq_ignore_ascii_case(code)) { "rtl" } else { "ltr" }
}

/// `en-us` as Open Graph writes it: `en_US`.
pub fn locale(language: &str) -> String {
    let mut parts = language.split(['-', '_']);
    let mut locale = parts.next().unwrap_or_default().to_ascii_lowercase();
    for part in parts {
        locale.push('_');
        // A region has two letters; a script, such as `Hans`, keeps its spelling.
        locale.push_str(&if part.len() == 2 { part.to_ascii_uppercase() } else { part.to_owned() });
    }
    locale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_runs_from_right_to_left_in_every_region() {
        assert_eq!(
            ["ar", "ar-sa", "FA_IR", "arc", "en-us", ""].map(direction),
            ["rtl", "rtl", "rtl", "ltr", "ltr", "ltr"]
        );
    }

    #[test]
    fn a_locale_has_its_region_in_capitals() {
        assert_eq!(["en-us", "de", "zh-Hans-cn"].map(locale), ["en_US", "de", "zh_Hans_CN"]);
    }
}
