//! The page for machines: schema.org's TechArticle and BreadcrumbList as JSON-LD.

use serde::Serialize;

use crate::render::context::{Crumb, PageContext};

/// The JSON-LD of a page, safe inside `<script>`: `<`, `>` and `&` are written as `\u` escapes.
///
/// What the page does not have is left out. Fields: <https://schema.org/TechArticle>.
pub fn json_ld(page: &PageContext<'_>) -> String {
    let article = Thing::TechArticle {
        headline: &page.title,
        language: &page.language,
        description: page.description.as_deref(),
        url: page.canonical.as_deref(),
        date_modified: page.date.as_ref().map(|date| date.iso.as_str()),
        author: page.author.as_ref().map(|author| Box::new(Thing::Person { name: author })),
    };
    let mut graph = vec![article];
    if !page.breadcrumb.is_empty() {
        graph.push(breadcrumb(&page.breadcrumb));
    }
    let document = Document { context: "https://schema.org", graph };
    harmless(&serde_json::to_string(&document).expect("texts and numbers are JSON"))
}

/// Writes the characters that matter in HTML otherwise. Outside of JSON's strings they do not occur, so the meaning
/// stays.
fn harmless(json: &str) -> String {
    let mut html = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = memchr::memchr3(b'<', b'>', b'&', rest.as_bytes()) {
        html.push_str(&rest[..at]);
        html.push_str(match rest.as_bytes()[at] {
            b'<' => "\\u003c",
            b'>' => "\\u003e",
            _ => "\\u0026",
        });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
    html
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Thing<'a>>,
}

/// The kinds of things that a page tells of.
#[derive(Serialize)]
#[serde(tag = "@type")]
enum Thing<'a> {
    TechArticle {
        headline: &'a str,
        #[serde(rename = "inLanguage")]
        language: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        description: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        url: Option<&'a str>,
        #[serde(rename = "dateModified", skip_serializing_if = "Option::is_none")]
        date_modified: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        author: Option<Box<Thing<'a>>>,
    },
    Person {
        name: &'a str,
    },
    BreadcrumbList {
        #[serde(rename = "itemListElement")]
        items: Vec<Thing<'a>>,
    },
    ListItem {
        /// From 1.
        position: usize,
        name: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        item: Option<&'a str>,
    },
}

fn breadcrumb(crumbs: &[Crumb]) -> Thing<'_> {
    let items = (1..).zip(crumbs).map(|(position, crumb)| Thing::ListItem {
        position,
        name: &crumb.title,
        item: crumb.url.as_deref(),
    });
    Thing::BreadcrumbList { items: items.collect() }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a_title_cannot_end_the_script_that_holds_it() {
        let title = "</script><script>alert(1)</script> & \"quotes\"";
        let page = PageContext { title: title.into(), ..PageContext::default() };
        let text = json_ld(&page);
        assert!(!text.contains(['<', '>', '&']));
        let parsed: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(parsed["@graph"][0]["headline"], title);
    }

    #[test]
    fn the_breadcrumb_counts_from_one_and_names_absolute_targets_alone() {
        let crumb =
            |title: &str, url: Option<&str>| Crumb { title: title.into(), href: None, url: url.map(str::to_owned) };
        let page = PageContext {
            breadcrumb: vec![crumb("Docs", Some("https://d.example/")), crumb("Here", None)],
            ..Default::default()
        };
        let parsed: Value = serde_json::from_str(&json_ld(&page)).expect("JSON");
        let items = &parsed["@graph"][1]["itemListElement"];
        assert_eq!(
            items[0],
            json!({ "@type": "ListItem", "position": 1, "name": "Docs", "item": "https://d.example/" })
        );
        assert_eq!(items[1], json!({ "@type": "ListItem", "position": 2, "name": "Here" }));
    }
}
