//! HTML as browsers read it.

use scraper::{ElementRef, Html, Node};

/// Wrappers that the theme needs around headings, code and tables.
const WRAPPERS: &[&str] = &["heading", "code-block", "table-scroll"];

/// Attributes that only say how a thing is loaded and scrolled.
const QUIET: &[&str] = &["loading", "decoding", "tabindex", "aria-label"];

/// Elements without an end tag.
const VOID: &[&str] = &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"];

/// The content of a body without what surrounds it: decorations (icons, titles, anchors, labels) and the wrappers of
/// headings, code and tables are left out, and how things are loaded and scrolled.
pub fn plain(html: &str) -> String {
    let mut written = String::new();
    write_children(Html::parse_fragment(html).root_element(), true, &mut written);
    tidy(&written)
}

fn write_children(parent: ElementRef<'_>, is_plain: bool, out: &mut String) {
    for child in parent.children() {
        match child.value() {
            Node::Text(text) => out.push_str(&text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")),
            _ => ElementRef::wrap(child).into_iter().for_each(|element| write(element, is_plain, out)),
        }
    }
}

fn write(node: ElementRef<'_>, is_plain: bool, out: &mut String) {
    let element = node.value();
    let name = element.name();
    let is_missing = element.attr("class") == Some("missing");
    if is_plain && element.attr("data-decoration").is_some() && !is_missing {
        return;
    }
    let is_wrapper = element.classes().next().is_some_and(|class| WRAPPERS.contains(&class));
    if is_plain && name == "div" && is_wrapper {
        return write_children(node, is_plain, out);
    }
    out.push('<');
    out.push_str(name);
    for (key, value) in element.attrs() {
        let is_quiet = QUIET.contains(&key) || (name == "pre" && key == "role");
        if !(is_plain && is_quiet) {
            out.push_str(&format!(
                " {key}=\"{}\"",
                value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
            ));
        }
    }
    out.push('>');
    write_children(node, is_plain, out);
    if !VOID.contains(&name) {
        out.push_str(&format!("</{name}>"));
    }
}

/// Takes out the empty lines that decorations leave, code excepted.
fn tidy(html: &str) -> String {
    let mut tidied = String::new();
    let mut in_code = false;
    for line in html.lines() {
        if in_code || !line.trim().is_empty() {
            tidied.push_str(line);
            tidied.push('\n');
        }
        if let Some(open) = line.rfind("<pre") {
            in_code = !line[open..].contains("</pre>");
        } else if line.contains("</pre>") {
            in_code = false;
        }
    }
    tidied
}

/// Elements that content must never bring into a page.
const FORBIDDEN: &[&str] = &[
    "script", "style", "iframe", "object", "embed", "form", "base", "meta", "link", "frame", "frameset", "applet",
    "input", "button", "textarea", "select", "template", "noscript",
];

/// Elements of formulas: they show, and do nothing.
const MATH: &str = "math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow \
                    mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover";

/// What in a body could run code or send data; `None` if nothing does.
pub fn danger(html: &str) -> Option<String> {
    let tree = Html::parse_fragment(html);
    tree.root_element().descendants().filter_map(ElementRef::wrap).find_map(|element| {
        let name = element.value().name();
        // The button of a form that does nothing.
        let is_inert = name == "button" && element.value().attr("disabled").is_some();
        if FORBIDDEN.contains(&name) && !is_inert {
            return Some(format!("<{name}>"));
        }
        let is_in_math = element.value().name.ns == *"http://www.w3.org/1998/Math/MathML";
        let is_formula = || element.ancestors().any(|above| above.value().as_element().is_some_and(is_math));
        if is_in_math && !(is_formula() && MATH.split(' ').any(|known| known == name)) {
            return Some(format!("<{name}> outside a formula"));
        }
        if name == "svg" && element.ancestors().all(|above| !is_decoration(above.value())) {
            return Some("<svg> outside a decoration".to_owned());
        }
        element.value().attrs().find_map(|(key, value)| {
            let is_active = key.starts_with("on") || matches!(key, "style" | "srcdoc" | "formaction" | "xlink:href");
            let url: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
            let url = url.to_ascii_lowercase();
            let is_url = matches!(key, "href" | "src" | "cite" | "poster" | "action" | "background");
            let is_active_url = ["javascript:", "vbscript:", "file:"].iter().any(|scheme| url.starts_with(scheme))
                || url.starts_with("data:")
                    && !(name == "img" && url.starts_with("data:image/") && !url.contains("svg"));
            (is_active || is_url && is_active_url).then(|| format!("<{name} {key}=\"{value}\">"))
        })
    })
}

/// Whether an element holds a formula that was made of LaTeX.
fn is_math(element: &scraper::node::Element) -> bool {
    element.attr("class") == Some("math")
}

fn is_decoration(node: &Node) -> bool {
    node.as_element().is_some_and(|element| element.attr("data-decoration").is_some())
}

/// Where a browser reads a body otherwise than it is written: elements moved, closed early or added.
pub fn correction(html: &str) -> Option<String> {
    let mut read = String::new();
    write_children(Html::parse_fragment(html).root_element(), false, &mut read);
    let (written, read) = (tags(html), tags(&read));
    let differing = written.iter().zip(&read).position(|(a, b)| a != b);
    let at = differing.or_else(|| (written.len() != read.len()).then(|| written.len().min(read.len())))?;
    let around = |tags: &[String]| tags[at.saturating_sub(3).min(tags.len())..(at + 3).min(tags.len())].join(" ");
    Some(format!("written: {}; read: {}", around(&written), around(&read)))
}

/// The tags of an HTML text by name, `/name` for an end; `<path/>` of an icon is both.
fn tags(html: &str) -> Vec<String> {
    let tag = |rest: &str| {
        let tag = rest.split('>').next().unwrap_or(rest);
        let name = tag.split_whitespace().next().unwrap_or(tag).trim_end_matches('/').to_owned();
        let end = tag.ends_with('/').then(|| format!("/{name}"));
        std::iter::once(name).chain(end)
    };
    html.split('<').skip(1).flat_map(tag).collect()
}
