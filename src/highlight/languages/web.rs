//! Markup and what stands in it.

use crate::highlight::lexers::http::Bodies;
use crate::highlight::lexers::markup::Markup;
use crate::highlight::lexers::{css, http, markup};
use crate::highlight::scanner::Scanner;

use super::code;

/// XML.
pub fn xml(scanner: &mut Scanner<'_>) {
    markup::lex(scanner, &Markup::default());
}

const HTML: Markup =
    Markup { script: Some(script), style: Some(stylesheet), code: None, is_razor: false, has_expressions: true };

/// HTML, with scripts, style sheets and the expressions of templates.
pub fn html(scanner: &mut Scanner<'_>) {
    markup::lex(scanner, &HTML);
}

/// Razor: HTML with C#.
pub fn razor(scanner: &mut Scanner<'_>) {
    markup::lex(scanner, &Markup { code: Some(csharp), is_razor: true, has_expressions: false, ..HTML });
}

/// ASP: HTML with code between `<%` and `%>`, C# unless it says otherwise.
pub fn aspx(scanner: &mut Scanner<'_>) {
    let text = scanner.rest();
    let is_basic =
        ["\"VB\"", "\"vb\"", "\"VBScript\"", "Dim ", "Response.Write("].iter().any(|mark| text.contains(mark));
    let is_basic = is_basic && !text.contains("\"C#\"") && !text.contains(';');
    markup::lex(scanner, &Markup { code: Some(if is_basic { visual_basic } else { csharp }), ..HTML });
}

/// PHP, with or without the HTML around it.
pub fn php(scanner: &mut Scanner<'_>) {
    if !scanner.rest().contains("<?") {
        return code("php", scanner);
    }
    markup::lex(scanner, &Markup { code: Some(|scanner| code("php", scanner)), ..HTML });
}

/// CSS.
pub fn stylesheet(scanner: &mut Scanner<'_>) {
    css::lex(scanner, false);
}

/// SCSS.
pub fn scss(scanner: &mut Scanner<'_>) {
    css::lex(scanner, true);
}

/// HTTP, with bodies of JSON and XML.
pub fn messages(scanner: &mut Scanner<'_>) {
    http::lex(scanner, &Bodies { json: |scanner| code("json", scanner), xml });
}

fn script(scanner: &mut Scanner<'_>) {
    code("javascript", scanner);
}

fn csharp(scanner: &mut Scanner<'_>) {
    code("csharp", scanner);
}

fn visual_basic(scanner: &mut Scanner<'_>) {
    code("vb", scanner);
}
