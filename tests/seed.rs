//! The help article with which the project began, and the include that it uses: `RECTO_SEED` names their folder.

mod program;

use scraper::{Html, Selector};

/// The elements that a selector finds, as the text that they hold.
fn texts(page: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).expect("a selector");
    let text = |element: scraper::ElementRef<'_>| element.text().collect::<String>().trim().to_owned();
    page.select(&selector).map(text).collect()
}

#[test]
fn the_article_of_the_beginning_is_built_whole() {
    let Some(seed) = program::data("RECTO_SEED") else { return };
    let out = program::workspace("seed");
    let run = program::run(&seed, ["build", "--format", "json", "-o", out.to_str().expect("UTF-8")]).ends_with(0);
    assert_eq!(run.stdout, "", "the article has no mistake");
    let text = std::fs::read_to_string(out.join("azure/sign-in/forgot-password.html")).expect("the page");
    let page = Html::parse_document(&text);
    let count = |selector: &str| texts(&page, selector).len();

    assert_eq!(texts(&page, "title"), ["A user or an administrator forgot their password - seed"]);
    assert!(text.contains("<meta name=\"description\" content=\"Describes a scenario in which a user"));
    assert_eq!(count(".applies-to dd"), 5);
    let h1 = "A user or an administrator forgot his or her password in Office 365, Azure, or Intune";
    assert_eq!(texts(&page, "h1"), [h1]);
    assert_eq!(texts(&page, "h2"), ["Problem", "Solution", "More information"]);

    let callouts = texts(&page, ".body .NOTE");
    assert_eq!(callouts.len(), 2);
    assert!(callouts[0].contains("Office 365 ProPlus is being renamed to Microsoft 365 Apps for enterprise."));
    assert_eq!((count(".body .NOTE > ul > li"), count(".body .NOTE li li")), (2, 0));

    assert_eq!((count(".body > ul > li"), count(".body > ul > li > ul > li")), (4, 3));
    let nested = texts(&page, ".body > ul > li:first-child > ul > li");
    assert!(nested[0].starts_with("If you're using a work or school account"), "{nested:?}");
    assert_eq!(
        texts(&page, ".body > ul > li:first-child > p").len(),
        2,
        "a paragraph before the nested list, one after"
    );

    let learn = "a[href^='https://learn.microsoft.com/azure/active-directory/']";
    assert_eq!(count(&format!(".body {learn}")), 3);
    assert_eq!(count(".body a[href^='/']"), 0);
    assert!(!texts(&page, ".body").concat().contains("[!"));
}
