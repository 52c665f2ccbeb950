//! What an author should write instead of HTML that content may not use.

/// Advice by the element.
const ELEMENTS: &[(&[&str], &str)] = &[
    (&["script", "template", "slot"], "content runs no scripts; what a page needs to work belongs to the theme"),
    (&["style", "link", "basefont"], "the look of the pages belongs to the theme, see `theme` in the configuration"),
    (
        &["iframe", "frame", "frameset", "embed", "object", "applet"],
        "write `> [!VIDEO https://..]` for a video, and a link for anything else",
    ),
    (&["audio", "bgsound"], "link to the file: `[Listen](media/talk.mp3)`"),
    (&["svg", "canvas"], "save the drawing as a file and write `![What it shows](media/drawing.svg)`"),
    (&["math"], "write the formula as LaTeX: `$x^2$`"),
    (&["map", "area"], "link the whole image: `[![What it shows](media/image.png)](target.md)`"),
    (&["button"], "write a link; in `> [!div class=\"nextstepaction\"]` it looks like a button"),
    (
        &[
            "form", "fieldset", "legend", "input", "select", "option", "optgroup", "datalist", "textarea", "keygen",
            "output",
        ],
        "a page takes no input: link to the page or tool that does",
    ),
    (
        &["html", "head", "body", "meta", "title", "base"],
        "what is said about a page belongs to its front matter; the rest is added by the theme",
    ),
    (
        &["main", "header", "footer", "hgroup", "search", "dialog"],
        "the theme gives each page these parts: use headings, and callouts such as `> [!NOTE]`",
    ),
    (&["listing", "xmp", "plaintext"], "write a code block: three backticks before and after it"),
    (&["menuitem"], "write a list: `- item`"),
    (&["marquee"], "write it as a callout such as `> [!IMPORTANT]`"),
    (&["meter", "progress", "data"], "write the figure as text"),
    (&["noscript", "noembed", "noframes"], "write the text plainly: pages work without scripts"),
    (&["param", "track"], "write `:::video source=\"https://..\" title=\"..\":::` for a video"),
];

/// Advice by the property of a `style`.
const PROPERTIES: &[(&[&str], &str)] = &[
    (
        &["color", "background", "background-color", "border"],
        "let a callout such as `> [!IMPORTANT]` make it stand out",
    ),
    (&["font-weight"], "write `**bold**`"),
    (&["font-style"], "write `*italic*`"),
    (&["text-decoration"], "write `~~struck out~~`, or a link for what is underlined"),
    (&["font-family"], "write code in backticks; the font belongs to the theme"),
    (&["font-size"], "use headings, or `<small>` and `<big>`"),
    (
        &["float", "display", "flex", "grid", "columns", "column-count", "max-width", "min-width", "width"],
        "write `:::row:::` and `:::column:::` for what stands side by side; images and cells take a `width`",
    ),
    (&["height", "max-height"], "images take a `height`; the rest is as high as its content"),
    (&["list-style", "list-style-type"], "write `<ol type=\"a\">` for other marks of a list"),
    (
        &["text-align", "vertical-align"],
        "write `left`, `center` or `right`, for cells also `top`, `middle` or `bottom`",
    ),
];

/// What to write instead of an element.
pub(super) fn instead_of_element(name: &str) -> &'static str {
    find(ELEMENTS, name).unwrap_or("use the markdown syntax of the docs instead")
}

/// What to write instead of a property of a `style`.
pub(super) fn instead_of_property(property: &str) -> &'static str {
    find(PROPERTIES, property).unwrap_or("leave it to the theme, or use the markdown syntax of the docs instead")
}

/// What to write instead of an attribute.
pub(super) fn instead_of_attribute(name: &str) -> &'static str {
    match name {
        _ if name.starts_with("on") => "content runs no scripts: link to what the reader should open",
        "cite" => "give it an `https:` address",
        _ => "take it out; content may use the attributes that Microsoft Learn allows",
    }
}

fn find(advice: &[(&[&str], &'static str)], name: &str) -> Option<&'static str> {
    advice.iter().find(|(names, _)| names.contains(&name)).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_fits_what_it_is_about() {
        assert!(instead_of_element("iframe").contains("[!VIDEO"));
        assert!(instead_of_property("font-weight").contains("**bold**"));
        assert!(instead_of_attribute("onclick").contains("no scripts"));
        let names: Vec<&str> = ELEMENTS.iter().flat_map(|(names, _)| *names).copied().collect();
        assert!(names.iter().enumerate().all(|(at, name)| !names[..at].contains(name)), "one advice each");
    }
}
