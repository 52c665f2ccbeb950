//! The colours of code in the built-in theme: each class has one, and each can be read in both schemes.

use std::collections::BTreeMap;
use std::path::Path;

use recto::highlight::Class;

/// What WCAG 2.2 asks of text.
const LEAST: f64 = 4.5;

/// The custom properties of `:root`, each for light and for dark.
fn properties(css: &str) -> BTreeMap<String, [String; 2]> {
    let root = css.split("\n:root {").nth(1).and_then(|rest| rest.split('}').next()).expect("the first block");
    let mut found = BTreeMap::new();
    for declaration in root.split(';') {
        let Some((name, value)) = declaration.trim().split_once(": ") else { continue };
        let pair = value.strip_prefix("light-dark(").and_then(|rest| rest.strip_suffix(')'));
        if let Some((light, dark)) = pair.and_then(|pair| pair.split_once(", ")) {
            found.insert(name.to_owned(), [light.to_owned(), dark.to_owned()]);
        }
    }
    found
}

/// Relative luminance. Rule: WCAG 2.2.
fn luminance(colour: &str) -> f64 {
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6).expect("a colour of six digits");
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&digits[at..at + 2], 16).expect("hexadecimal digits")) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The custom property that colours a class within code.
fn colour_of(css: &str, class: Class) -> Option<String> {
    let names = |selector: &str| {
        let last = selector.trim().strip_prefix(".article pre ")?;
        let last = last.strip_prefix(":is(").and_then(|list| list.strip_suffix(')')).unwrap_or(last);
        Some(last.split(", ").any(|name| name.strip_prefix('.') == Some(class.name())))
    };
    let rule = css.lines().find(|line| line.split_once('{').and_then(|(selector, _)| names(selector)) == Some(true))?;
    let value = rule.split_once("color: var(")?.1;
    Some(value.split(')').next()?.to_owned())
}

#[test]
fn every_class_of_code_can_be_read_in_both_schemes() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/assets/recto.css");
    let css = std::fs::read_to_string(file).expect("the style sheet");
    let properties = properties(&css);
    for class in Class::ALL {
        let property = colour_of(&css, class).unwrap_or_else(|| panic!("{class:?} has no colour"));
        let colours = &properties[&property];
        for (scheme, colour) in colours.iter().enumerate() {
            // The ground of code, and that of lines which stand out.
            for ground in ["--raised", "--accent-ground"] {
                let found = contrast(colour, &properties[ground][scheme]);
                assert!(found >= LEAST, "{property}: {colour} on {ground} is {found:.2}, at least {LEAST} is needed");
            }
        }
    }
}

#[test]
fn the_measure_is_that_of_wcag() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 0.001);
    assert!((contrast("#767676", "#ffffff") - 4.54).abs() < 0.01);
}
