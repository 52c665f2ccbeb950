//! Paths, URLs between them, and what destinations mean.

use super::*;

fn url(from: &str, to: &str) -> String {
    SitePath::new(from).expect("inside").url_to(&SitePath::new(to).expect("inside"))
}

#[test]
fn urls_between_pages_are_relative() {
    assert_eq!(url("a/b/page.html", "a/c.html"), "../c.html");
    assert_eq!(url("a/b/page.html", "a/b/other page.html"), "other%20page.html");
    assert_eq!(url("page.html", "a/b.html"), "a/b.html");
    assert_eq!(url("a/b/c.html", "index.html"), "../../index.html");
    assert_eq!(url("ab/c.html", "a/b.html"), "../a/b.html");
    assert_eq!(url("a/a/x.html", "a/a.html"), "../a.html");
    assert_eq!(url("x.html", "c:d.html"), "./c:d.html");
}

#[test]
fn paths_never_leave_the_root() {
    assert_eq!(join("a/b", "../../c").as_deref(), Some("c"));
    assert_eq!(join("a", "../../c"), None);
    assert_eq!(join("a", r"..\b\.\c//d").as_deref(), Some("b/c/d"));
    for path in ["a", "/a", "a/", "a//", "./a", "a/.", "b/../a", r"\a"] {
        assert_eq!(RepoPath::new(path).as_ref().map(RepoPath::as_str), Some("a"), "{path}");
    }
    assert_eq!(RepoPath::new(".github/a..b").as_ref().map(RepoPath::as_str), Some(".github/a..b"));
    assert_eq!((join("", "").as_deref(), join("a", "").as_deref()), (Some(""), Some("a")));
}

#[test]
fn destinations_are_told_apart() {
    assert!(matches!(Destination::parse("java\nscript:alert(1)"), Destination::Unsafe(_)));
    assert!(matches!(Destination::parse(" JaVaScript:x"), Destination::Unsafe(_)));
    assert!(matches!(Destination::parse("data:text/html,x"), Destination::Unsafe(_)));
    assert!(matches!(Destination::parse("//host/x"), Destination::Absolute(_)));
    assert!(matches!(Destination::parse("https://x"), Destination::Absolute(_)));
    assert_eq!(Destination::parse("xref:A.B%2A?x=y"), Destination::Xref("A.B%2A?x=y"));
    assert_eq!(Destination::parse("#top"), Destination::Page { query: "", fragment: "#top" });
    let Destination::Relative(link) = Destination::parse("a%20b.md?x=1#y") else { panic!("relative") };
    assert_eq!((&*link.path, link.query, link.fragment), ("a b.md", "?x=1", "#y"));
    assert!(matches!(Destination::parse("/azure/x"), Destination::SiteRoot(_)));
}
