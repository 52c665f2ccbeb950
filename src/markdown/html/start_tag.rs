//! Start tags of raw HTML: what of them is written, and what an author should write instead.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::markdown::html::allowed::{self, Permission};
use crate::markdown::html::nesting::{self, Raw};
use crate::markdown::html::places::Places;
use crate::markdown::html::style::{self, Styled};
use crate::markdown::html::tags::Attribute;
use crate::markdown::html::{TextReference, Want, Writer, advice, escape};
use crate::markdown::video;
use crate::path::Destination;
use crate::source::Span;

/// A start tag, and where it stands.
pub(super) struct StartTag<'t> {
    /// The HTML that it is a part of.
    pub(super) html: &'t str,
    /// Lower case.
    pub(super) name: &'t str,
    pub(super) attributes: &'t [Attribute],
    /// The bytes of the tag in `html`.
    pub(super) range: &'t Range<usize>,
    /// The places of the bytes of `html`.
    pub(super) places: &'t Places,
    /// Whether it stands in a block of HTML, not in a line of text.
    pub(super) is_block: bool,
}

/// Attributes that lead to a file, which the site has to find.
const FILES: &[&str] = &["src", "poster"];

/// What becomes of the content of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Stays,
    Goes,
}

/// Why a tag is shown as text, if it is: authors forget to escape placeholders such as `<name>`.
pub(super) fn placeholder(name: &str, has_attributes: bool, is_block: bool) -> Option<&'static str> {
    match allowed::element(name) {
        Permission::Allowed(_) => None,
        Permission::Unknown => Some("is no HTML element"),
        _ if !is_block && !has_attributes && allowed::is_word(name) => Some("is taken for a placeholder"),
        _ => None,
    }
}

impl StartTag<'_> {
    fn span(&self) -> Span {
        self.places.place(self.range.clone())
    }

    fn name_span(&self) -> Span {
        self.places.place(self.range.start + 1..self.range.start + 1 + self.name.len())
    }

    fn value(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| attribute.name == name).map(|attribute| attribute.value.as_str())
    }

    /// The place of an attribute's value, without quotes.
    fn value_span(&self, attribute: &Attribute) -> Span {
        let Range { start, end } = attribute.value_range;
        let quotes = usize::from(self.html[start..end].starts_with(['"', '\'']));
        self.places.place(start + quotes..end - quotes)
    }

    /// Whether an attribute leads to a file that the element loads. Only an image may hold its data in it.
    fn loads(&self, attribute: &Attribute, own: &[&str]) -> bool {
        let name = attribute.name.as_str();
        let is_loadable =
            || !matches!(Destination::parse(&attribute.value), Destination::Unsafe(_) | Destination::Xref(_));
        FILES.contains(&name) && own.contains(&name) && (matches!(self.name, "img" | "image") || is_loadable())
    }

    fn text(&self) -> &str {
        &self.html[self.range.clone()]
    }

    /// Whether it is written as an empty tag. A `/` that ends a value without quotes is a part of the value.
    fn is_empty(&self) -> bool {
        let before_end = self.range.end - ">".len();
        let in_value = self.attributes.iter().any(|attribute| attribute.value_range.end >= before_end);
        self.text().ends_with("/>") && !in_value
    }
}

impl Writer {
    /// Writes what a start tag may say.
    pub(super) fn start_tag(&mut self, tag: &StartTag<'_>) -> Content {
        if tag.name == "xref" {
            self.cross_reference(tag);
            return Content::Stays;
        }
        if let Some(why) = placeholder(tag.name, !tag.attributes.is_empty(), tag.is_block) {
            self.placeholder(tag, why);
            return Content::Stays;
        }
        match allowed::element(tag.name) {
            Permission::Allowed(own) => self.element(tag, own),
            Permission::Unwrapped => self.report_tag(tag, "what stands in it stays"),
            Permission::Forbidden if tag.name == "iframe" => {
                self.frame(tag);
                return Content::Goes;
            }
            Permission::Forbidden | Permission::Unknown => {
                self.report_tag(tag, "it is left out");
                return Content::Goes;
            }
        }
        Content::Stays
    }

    fn element(&mut self, tag: &StartTag<'_>, own: &[&str]) {
        // Browsers read `<image>` as `<img>`.
        let name = if tag.name == "image" { "img" } else { tag.name };
        if !self.start_raw(name, tag.span()) {
            return self.misplaced(tag);
        }
        let address = |name: &str| tag.attributes.iter().find(|attribute| attribute.name == name);
        if let Some(src) = address("src").filter(|_| name == "img")
            && self.text_instead_of_image(&src.value, tag.value("alt").unwrap_or_default(), tag.value_span(src))
        {
            return;
        }
        let attributes = self.attributes(tag, own);
        if name == "table" {
            self.table_start();
        }
        if let Some(href) = address("href").filter(|_| name == "a") {
            let want = Want::LinkStart { destination: href.value.as_str().into(), attributes: attributes.into() };
            self.slot(want, tag.value_span(href));
            // A cross reference without text is called what its page is called.
            let reference = TextReference::of(&href.value).map(|reference| (reference, self.body.html.len()));
            let raw = Raw { is_link: true, reference, span: tag.span() };
            // A browser would make all that follows a part of the link.
            return if tag.is_empty() { self.write_end(name, &raw) } else { self.opened(name, raw) };
        }
        self.push("<");
        self.push(name);
        self.push(&attributes);
        for file in FILES.iter().filter_map(|name| address(name)).filter(|file| tag.loads(file, own)) {
            self.push(&format!(" {}=\"", file.name));
            self.slot(Want::Source(file.value.as_str().into()), tag.value_span(file));
            self.push("\"");
        }
        if name != "img" {
            self.push(">");
            if !allowed::is_void(name) {
                self.opened(name, Raw { is_link: false, reference: None, span: tag.span() });
            }
            return;
        }
        if address("alt").is_none() {
            self.push(" alt=\"\"");
        }
        self.image_end();
    }

    /// Makes ready for an author's element; whether it can stand here.
    fn start_raw(&mut self, name: &str, span: Span) -> bool {
        if nesting::is_table_part(name) {
            return self.start_table_part(name, span);
        }
        self.enter_cell(span);
        self.make_room(name)
    }

    fn misplaced(&mut self, tag: &StartTag<'_>) {
        let message = format!("`<{}>` cannot stand here; it is left out", tag.name);
        let help = "end the element around it first";
        self.diagnostics.push(Diagnostic::new(Code::DisallowedHtmlTag, tag.name_span(), message).help(help));
    }

    /// The attributes that an element may have as HTML, without those that lead to a file.
    fn attributes(&mut self, tag: &StartTag<'_>, own: &[&str]) -> String {
        let styled = tag.value("style").map_or_else(Styled::default, |style| style::read(tag.name, style));
        let mut written = String::new();
        for attribute in tag.attributes {
            let name = attribute.name.as_str();
            let is_address = (name == "href" && tag.name == "a") || tag.loads(attribute, own);
            if is_address || styled.attributes.iter().any(|(own, _)| *own == name) {
                continue;
            }
            let is_harmless = || matches!(Destination::parse(&attribute.value), Destination::Absolute(_));
            let is_address = FILES.contains(&name) || name == "cite";
            if !allowed::attribute(own, name) || (is_address && !is_harmless()) {
                self.report_attribute(tag, attribute, &styled);
                continue;
            }
            if matches!(name, "id" | "name") && !attribute.value.is_empty() {
                self.body.bookmarks.push(attribute.value.as_str().into());
            }
            match name {
                "class" => escape::push_attribute(&mut written, name, &styled.with_classes(&attribute.value)),
                // The titles of a selector's fields are no attributes of HTML.
                "title1" | "title2" => {
                    escape::push_attribute(&mut written, &format!("data-{name}"), &attribute.value);
                }
                _ => escape::push_attribute(&mut written, name, &attribute.value),
            }
        }
        if tag.value("class").is_none() && !styled.classes.is_empty() {
            escape::push_attribute(&mut written, "class", &styled.classes.join(" "));
        }
        for (name, value) in &styled.attributes {
            escape::push_attribute(&mut written, name, value);
        }
        written
    }

    /// Opens `<xref href="uid">`; what it does not say is what its page is called.
    fn cross_reference(&mut self, tag: &StartTag<'_>) {
        let Some(uid) = tag.value("href").or(tag.value("uid")) else { return };
        let destination: Box<str> = format!("xref:{uid}").into();
        let Some(reference) = TextReference::of(&destination) else { return };
        self.enter_cell(tag.span());
        if !self.make_room("a") {
            return self.slot(Want::Text(reference), tag.span());
        }
        self.slot(Want::LinkStart { destination, attributes: "".into() }, tag.span());
        let reference = Some((reference, self.body.html.len()));
        let raw = Raw { is_link: true, reference, span: tag.span() };
        if tag.is_empty() { self.write_end("xref", &raw) } else { self.opened("a", raw) }
    }

    /// Writes the frame of a host of videos as a link to the video, as `> [!VIDEO]` does. Others go: a page asks no
    /// other site for anything.
    fn frame(&mut self, tag: &StartTag<'_>) {
        let source = tag.value("src").unwrap_or_default().trim();
        let is_video = video::is_of_known_host(source) && !self.is_in(&["a"]);
        let Some(url) = video::address(source).filter(|_| is_video) else {
            return self.report_tag_as(Severity::Warning, tag, "it is left out");
        };
        // A `<div>` would end the paragraph around it.
        self.enter_cell(tag.span());
        let wrapper = if tag.is_block && !self.is_in(&["p"]) { "div" } else { "span" };
        let frame = video::frame(wrapper, &url, tag.value("title"), None, tag.span());
        self.blocks(std::slice::from_ref(&frame));
    }

    fn placeholder(&mut self, tag: &StartTag<'_>, why: &str) {
        self.enter_cell(tag.span());
        self.text(tag.text());
        let name = &tag.text()[1..=tag.name.len()];
        let message = format!("`<{name}>` {why}; it is shown as text");
        let help = format!("write `\\{}`, or put it in backticks", tag.text());
        self.diagnostics.push(Diagnostic::new(Code::DisallowedHtmlTag, tag.name_span(), message).help(help));
    }

    fn report_tag(&mut self, tag: &StartTag<'_>, consequence: &str) {
        self.report_tag_as(Code::DisallowedHtmlTag.severity(), tag, consequence);
    }

    fn report_tag_as(&mut self, severity: Severity, tag: &StartTag<'_>, consequence: &str) {
        let message = format!("content may not use `<{}>`; {consequence}", tag.name);
        let diagnostic = Diagnostic::new(Code::DisallowedHtmlTag, tag.name_span(), message);
        self.diagnostics.push(diagnostic.severity(severity).help(advice::instead_of_element(tag.name)));
    }

    fn report_attribute(&mut self, tag: &StartTag<'_>, attribute: &Attribute, styled: &Styled) {
        let name = attribute.name.as_str();
        let (message, help) = match &styled.rest {
            None if name == "style" => {
                let message = format!("the attribute `style` of `<{}>` is written as classes and attributes", tag.name);
                (message, "Microsoft Learn leaves it out; an attribute such as `align` or `width` is kept there, too")
            }
            Some(property) if name == "style" => {
                (format!("`{property}` of `<{}>` is left out", tag.name), advice::instead_of_property(property))
            }
            _ => {
                (format!("the attribute `{name}` of `<{}>` is left out", tag.name), advice::instead_of_attribute(name))
            }
        };
        let span = tag.places.place(attribute.range.clone());
        self.diagnostics.push(Diagnostic::new(Code::DisallowedHtmlAttribute, span, message).help(help));
    }
}
