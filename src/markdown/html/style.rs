//! `style` attributes: what of them classes and attributes can say.
//!
//! The pages work where no inline style is allowed, and the look of a page is its theme's. What remains is alignment and
//! width, which authors give to cells and images.

use std::borrow::Cow;

/// Declarations that have a class of their own.
const CLASSES: &[(&str, &str, &str)] = &[
    ("text-align", "center", "text-center"),
    ("text-align", "end", "text-end"),
    ("text-align", "left", "text-start"),
    ("text-align", "right", "text-end"),
    ("text-align", "start", "text-start"),
    ("vertical-align", "bottom", "align-bottom"),
    ("vertical-align", "middle", "align-middle"),
    ("vertical-align", "top", "align-top"),
    ("white-space", "nowrap", "text-nowrap"),
];

/// Elements that have an attribute of the same name.
const SIZES: &[(&str, &[&str])] =
    &[("height", &["image", "img", "video"]), ("width", &["col", "hr", "image", "img", "table", "td", "th", "video"])];

/// What a `style` attribute says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Styled {
    /// Classes with the same effect.
    pub(super) classes: Vec<&'static str>,
    /// Attributes with the same effect.
    pub(super) attributes: Vec<(&'static str, String)>,
    /// The first property that neither can say.
    pub(super) rest: Option<String>,
}

impl Styled {
    /// Classes that an element has already, with these.
    pub(super) fn with_classes<'c>(&self, own: &'c str) -> Cow<'c, str> {
        if self.classes.is_empty() { own.into() } else { format!("{own} {}", self.classes.join(" ")).into() }
    }
}

/// Reads the `style` of an element.
pub(super) fn read(element: &str, style: &str) -> Styled {
    let mut styled = Styled::default();
    for declaration in style.split(';').filter(|declaration| !declaration.trim().is_empty()) {
        let (property, value) = declaration.split_once(':').unwrap_or((declaration, ""));
        let property = property.trim().to_ascii_lowercase();
        let value = value.trim().trim_end_matches("!important").trim_end().to_ascii_lowercase();
        let class = CLASSES.iter().find(|(name, of, _)| *name == property && *of == value);
        let size = SIZES.iter().find(|(name, elements)| *name == property && elements.contains(&element));
        match (class, size.and_then(|(name, _)| Some((*name, length(&value)?)))) {
            (Some((_, _, class)), _) => styled.classes.push(class),
            (None, Some((name, length))) if styled.attributes.iter().all(|(own, _)| *own != name) => {
                styled.attributes.push((name, length));
            }
            _ => styled.rest = styled.rest.or(Some(property)),
        }
    }
    styled
}

/// A length as attributes have it: pixels without their unit, or a percentage.
fn length(value: &str) -> Option<String> {
    let number = value.strip_suffix('%').or_else(|| value.strip_suffix("px")).unwrap_or(value).trim_end();
    let digits = number.split_once('.').map_or(number, |(whole, _)| whole);
    let is_number = !digits.is_empty() && digits.len() <= 5 && number.parse::<f32>().is_ok_and(f32::is_finite);
    let unit = if value.ends_with('%') { "%" } else { "" };
    (is_number && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| format!("{digits}{unit}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alignment_becomes_a_class_and_a_width_an_attribute() {
        let read = read("td", "TEXT-ALIGN: Right; width : 33.3% ; vertical-align:top !important;");
        assert_eq!(read.classes, ["text-end", "align-top"]);
        assert_eq!((read.attributes, read.rest), (vec![("width", "33%".to_owned())], None));
    }

    #[test]
    fn what_nothing_else_can_say_is_named() {
        let rest = |element: &str, style: &str| read(element, style).rest;
        assert_eq!(rest("td", "text-align:left;color:red;float:left").as_deref(), Some("color"));
        for (element, style) in
            [("div", "width:50%"), ("img", "width:10em"), ("img", "width:calc(1px)"), ("td", "width:-1px"), ("p", "x")]
        {
            assert!(rest(element, style).is_some(), "{element} {style}");
        }
        assert_eq!(read("img", "width:10px;width:20px").attributes, [("width", "10".to_owned())]);
    }
}
