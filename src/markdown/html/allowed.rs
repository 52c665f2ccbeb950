//! Which raw HTML content may use.
//!
//! Rule: the list of Microsoft Learn's engine, with `h5`, `h6`, `sup` and the like that real pages need, and without
//! what could run code, frame other sites or send data: of `form` and `button` the text stays, an `iframe` of a host of
//! videos becomes a link.

/// Attributes that any element may have.
const GLOBAL: &[&str] = &[
    "name",
    "id",
    "class",
    "itemid",
    "itemprop",
    "itemref",
    "itemscope",
    "itemtype",
    "part",
    "slot",
    "spellcheck",
    "title",
    "role",
    "dir",
    "lang",
    "hidden",
];

/// Elements that content may use, with the attributes that they may have beyond [`GLOBAL`], `aria-*` and `data-*`.
const ELEMENTS: &[(&str, &[&str])] = &[
    ("a", &["href", "target", "rel", "alt", "download", "tabindex"]),
    ("abbr", &[]),
    ("address", &[]),
    ("article", &[]),
    ("aside", &[]),
    ("b", &[]),
    ("bdi", &[]),
    ("bdo", &[]),
    ("big", &[]),
    ("blockquote", &["cite"]),
    ("br", &["clear"]),
    ("caption", &[]),
    ("center", &[]),
    ("cite", &[]),
    ("code", &[]),
    ("col", &["width", "span"]),
    ("colgroup", &["span"]),
    ("dd", &[]),
    ("del", &["cite", "datetime"]),
    ("details", &["open"]),
    ("dfn", &[]),
    ("div", &["align", "title1", "title2"]),
    ("dl", &[]),
    ("dt", &[]),
    ("em", &[]),
    ("figcaption", &[]),
    ("figure", &[]),
    ("font", &["color", "face", "size"]),
    ("h1", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("h5", &[]),
    ("h6", &[]),
    ("hr", &["size", "color", "width"]),
    ("i", &[]),
    ("image", &["alt", "height", "src", "width"]),
    ("img", &["alt", "height", "src", "width", "align", "hspace", "border", "sizes", "valign", "loading"]),
    ("ins", &["cite", "datetime"]),
    ("kbd", &[]),
    ("label", &["for"]),
    ("li", &["value"]),
    ("mark", &[]),
    ("menu", &[]),
    ("nav", &[]),
    ("nobr", &[]),
    ("ol", &["reversed", "start", "type"]),
    ("p", &["align", "valign"]),
    ("picture", &[]),
    ("pre", &[]),
    ("q", &["cite"]),
    ("rp", &[]),
    ("rt", &[]),
    ("ruby", &[]),
    ("s", &[]),
    ("samp", &[]),
    ("section", &[]),
    ("small", &[]),
    ("source", &["src", "type", "media"]),
    ("span", &[]),
    ("strike", &[]),
    ("strong", &[]),
    ("sub", &[]),
    ("summary", &[]),
    ("sup", &[]),
    ("table", &["align", "width", "border", "valign", "bgcolor", "frame", "cellpadding", "cellspacing", "bordercolor"]),
    ("tbody", &["align", "valign", "width"]),
    ("td", &["rowspan", "colspan", "align", "width", "valign", "bgcolor", "nowrap"]),
    ("tfoot", &[]),
    ("th", &["rowspan", "colspan", "align", "width", "valign", "bgcolor", "scope"]),
    ("thead", &["align", "valign"]),
    ("time", &["datetime"]),
    ("tr", &["align", "valign", "colspan", "height", "bgcolor"]),
    ("tt", &[]),
    ("u", &[]),
    ("ul", &[]),
    ("var", &[]),
    ("video", &["src", "width", "height", "preload", "controls", "poster"]),
    ("wbr", &[]),
];

/// Elements of HTML that content may not use, but whose content is harmless: it stays.
const UNWRAPPED: &[&str] = &[
    "body", "button", "data", "fieldset", "footer", "form", "head", "header", "hgroup", "html", "legend", "main",
    "map", "marquee", "meter", "optgroup", "output", "progress", "rgn", "search", "slot",
];

/// Elements of HTML that content may not use. What is in no list is no HTML: a placeholder such as `<path>`.
const FORBIDDEN: &[&str] = &[
    "applet",
    "area",
    "audio",
    "base",
    "basefont",
    "bgsound",
    "canvas",
    "datalist",
    "dialog",
    "embed",
    "frame",
    "frameset",
    "iframe",
    "input",
    "keygen",
    "link",
    "listing",
    "math",
    "menuitem",
    "meta",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "option",
    "param",
    "plaintext",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "track",
    "xmp",
];

/// Names of elements that authors write as placeholders: without attributes they would mean nothing.
const WORDS: &[&str] = &[
    "area", "base", "data", "input", "link", "map", "menuitem", "meter", "object", "option", "output", "param",
    "progress", "search", "select", "slot", "template", "title", "track",
];

/// Elements without content or end tag.
const VOID: &[&str] = &["br", "col", "hr", "image", "img", "source", "wbr"];

/// What content may do with an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// Use it, with these attributes and those that any element may have.
    Allowed(&'static [&'static str]),
    /// Not use it, but what stands in it.
    Unwrapped,
    /// Not use it.
    Forbidden,
    /// It is no element of HTML.
    Unknown,
}

/// Whether content may use an element, by its lower-case name.
pub fn element(name: &str) -> Permission {
    match ELEMENTS.binary_search_by_key(&name, |(element, _)| element) {
        Ok(at) => Permission::Allowed(ELEMENTS[at].1),
        Err(_) if UNWRAPPED.binary_search(&name).is_ok() => Permission::Unwrapped,
        Err(_) if FORBIDDEN.binary_search(&name).is_ok() => Permission::Forbidden,
        Err(_) => Permission::Unknown,
    }
}

/// Whether an element with these own attributes may have the attribute, by its lower-case name.
pub fn attribute(own: &[&str], name: &str) -> bool {
    let is_custom = name.strip_prefix("aria-").or(name.strip_prefix("data-")).is_some_and(|rest| {
        !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(&b))
    });
    is_custom || GLOBAL.contains(&name) || own.contains(&name)
}

/// Whether the name of an element that content may not use is a word that authors write as a placeholder.
pub fn is_word(name: &str) -> bool {
    WORDS.contains(&name)
}

/// Whether an element has no content.
pub fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_apart() {
        assert!(ELEMENTS.is_sorted_by_key(|(name, _)| *name));
        assert!(FORBIDDEN.is_sorted() && UNWRAPPED.is_sorted());
        let is_elsewhere = |name: &str| FORBIDDEN.contains(&name) || UNWRAPPED.contains(&name);
        assert!(!ELEMENTS.iter().any(|(name, _)| is_elsewhere(name)));
        assert!(!FORBIDDEN.iter().any(|name| UNWRAPPED.contains(name)));
        assert!(WORDS.iter().all(|name| is_elsewhere(name)));
    }

    #[test]
    fn nothing_that_runs_code_is_allowed() {
        for name in ["script", "style", "iframe", "object", "embed", "svg", "base", "meta", "link"] {
            assert_eq!(element(name), Permission::Forbidden, "{name}");
        }
        assert_eq!((element("form"), element("button")), (Permission::Unwrapped, Permission::Unwrapped));
        assert!(ELEMENTS.iter().all(|(_, own)| !attribute(own, "onclick") && !attribute(own, "style")));
        assert_eq!(element("your-name"), Permission::Unknown);
    }
}
