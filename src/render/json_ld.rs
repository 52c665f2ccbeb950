//! The page for machines: schema.org's TechArticle and BreadcrumbList as JSON-LD.

use serde_json::{Map, Value, json};

use crate::render::context::{Crumb, PageContext};

/// The JSON-LD of a page, safe inside `<script>`: `<`, `>` and `&` are written as `\u` escapes.
///
/// What the page does not have is left out. Fields: <https://schema.org/TechArticle>.
pub fn json_ld(page: &PageContext<'_>) -> String {
    let mut graph = vec![article(page)];
    if !page.breadcrumb.is_empty() {
        graph.push(breadcrumb(&page.breadcrumb));
    }
    let text = json!({ "@context": "https://schema.org", "@graph": graph }).to_string();
    // Outside of JSON's strings none of these occurs, so the meaning stays.
    text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

fn article(page: &PageContext<'_>) -> Value {
    let mut article = Map::new();
    article.insert("@type".into(), "TechArticle".into());
    article.insert("headline".into(), page.title.as_str().into());
    article.insert("inLanguage".into(), page.language.as_str().into());
    let optional = [
        ("description", page.description.as_ref()),
        ("url", page.canonical.as_ref()),
        ("dateModified", page.date.as_ref().map(|date| &date.iso)),
    ];
    for (key, value) in optional {
        if let Some(value) = value {
            article.insert(key.into(), value.as_str().into());
        }
    }
    if let Some(author) = &page.author {
        article.insert("author".into(), json!({ "@type": "Person", "name": author.name }));
    }
    Value::Object(article)
}

fn breadcrumb(crumbs: &[Crumb]) -> Value {
    let items: Vec<Value> = crumbs
        .iter()
        .enumerate()
        .map(|(at, crumb)| {
            let mut item = Map::new();
            item.insert("@type".into(), "ListItem".into());
            item.insert("position".into(), (at + 1).into());
            item.insert("name".into(), crumb.title.as_str().into());
            if let Some(url) = &crumb.url {
                item.insert("item".into(), url.as_str().into());
            }
            Value::Object(item)
        })
        .collect();
    json!({ "@type": "BreadcrumbList", "itemListElement": items })
}

#[cfg(test)]
mod tests {
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
