//! A compiled article: HTML with open places, and the facts that the site needs to know of it; and what it is once they
//! are filled.

use std::sync::Arc;

use crate::content::metadata::Merged;
use crate::diagnostic::Diagnostics;
use crate::highlight;
use crate::markdown::html::{CodeSpan, Heading, Slot};
use crate::source::FileId;

/// An article or a YAML page, compiled by itself.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its file.
    pub file: FileId,
    /// Its HTML.
    pub body: Body,
    /// What the site needs to know of it.
    pub facts: Arc<Facts>,
    /// The files whose change changes it, itself aside; also those that it looked for in vain.
    pub dependencies: Vec<FileId>,
    /// What is wrong with it, as far as it can be told without looking at other pages.
    pub diagnostics: Diagnostics,
}

/// The HTML of a page, the h1 included, with open places.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// The HTML between the places.
    pub html: Box<str>,
    /// The places, in order.
    pub slots: Box<[Slot]>,
    /// The code blocks, in order. No place lies within one.
    pub code: Box<[CodeSpan]>,
}

/// What is known of a page without looking at any other.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The title: that of the front matter, else the first heading, else that of the configuration, else the file's name.
    pub title: Box<str>,
    /// The heading that the title is, if it is one.
    pub title_heading: Option<u32>,
    /// The front matter over the configuration's metadata.
    pub metadata: Merged,
    /// The headings, in order.
    pub headings: Box<[Heading]>,
    /// Every id and name that a link may lead to, sorted.
    pub bookmarks: Box<[Box<str>]>,
}

/// A title is shown up to this many bytes: links and tables of contents say it again and again.
const MAX_TITLE: usize = 512;

/// The title of a page as it is shown; one that is too long is cut.
pub fn shown_title(title: &str) -> Box<str> {
    if title.len() <= MAX_TITLE {
        return title.into();
    }
    let end = (0..=MAX_TITLE).rev().find(|at| title.is_char_boundary(*at)).unwrap_or(0);
    format!("{}…", &title[..end]).into()
}

impl Facts {
    /// The uid that the front matter gives to the page.
    pub fn uid(&self) -> Option<&str> {
        self.metadata.get("uid")?.as_str().map(str::trim).filter(|uid| !uid.is_empty())
    }
}

/// A page whose places are filled.
#[derive(Debug, Clone)]
pub struct ResolvedPage {
    /// The body, the h1 included.
    pub html: String,
    /// The code blocks of the body that have no colours yet, in order.
    pub code: Vec<CodeSpan>,
}

impl ResolvedPage {
    /// The page with colours in its code. Code beyond [`highlight::PAGE_LIMIT`] stays as it is.
    pub fn highlighted(self) -> ResolvedPage {
        if self.code.is_empty() {
            return self;
        }
        let mut html = String::with_capacity(self.html.len() + self.html.len() / 2);
        let (mut at, mut left) = (0, highlight::PAGE_LIMIT);
        for code in &self.code {
            let (start, end) = (code.start as usize, code.end as usize);
            let Some(rest) = left.checked_sub(end - start) else { continue };
            left = rest;
            html.push_str(&self.html[at..start]);
            at = if highlight::paint(&mut html, code.language, &self.html[start..end]) { end } else { start };
        }
        html.push_str(&self.html[at..]);
        ResolvedPage { html, code: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_without_end_is_cut() {
        let title = |length: usize| "é".repeat(length / 2);
        assert_eq!(&*shown_title(&title(MAX_TITLE)), title(MAX_TITLE));
        assert_eq!(&*shown_title(&format!("a{}", title(MAX_TITLE))), format!("a{}…", title(MAX_TITLE - 2)));
    }

    #[test]
    fn code_beyond_the_limit_of_a_page_stays_as_it_is() {
        let (small, large) = ("a = 1", "1 ".repeat(highlight::PAGE_LIMIT / 2));
        let html = format!("<p>é</p>{small}|{large}|{small}");
        let language = crate::markdown::language::find("python").expect("a language");
        let mut code = Vec::new();
        for length in [small.len(), large.len(), small.len()] {
            let start = code.last().map_or("<p>é</p>".len() as u32, |last: &CodeSpan| last.end + 1);
            code.push(CodeSpan { start, end: start + length as u32, language });
        }
        let coloured = "a = <span class=\"n\">1</span>";
        let page = ResolvedPage { html, code }.highlighted();
        assert_eq!((page.html, page.code.len()), (format!("<p>é</p>{coloured}|{large}|{coloured}"), 0));
    }
}
