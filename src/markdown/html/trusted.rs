//! Raw HTML that is trusted: written as it is, but for the addresses in it.

use crate::markdown::html::places::Places;
use crate::markdown::html::tags::{self, Attribute, Tag};
use crate::markdown::html::{Want, Writer};
use crate::path::Destination;

/// Attributes whose value is an address that may lead to a file of the docset.
const ADDRESSES: &[&str] = &["href", "src", "poster"];

impl Writer {
    /// Writes raw HTML byte for byte; relative and site-root addresses become open places, as those of markdown are.
    pub(super) fn trusted_html(&mut self, html: &str, places: &Places) {
        let mut at = 0;
        for tag in tags::split(html) {
            let Tag::Open { attributes, range, .. } = tag else { continue };
            for attribute in attributes {
                if matches!(attribute.name.as_str(), "id" | "name") && !attribute.value.is_empty() {
                    self.body.bookmarks.push(attribute.value.as_str().into());
                }
                if leads_to_file(&attribute) {
                    self.push(&html[at..attribute.value_range.start]);
                    self.push("\"");
                    self.slot(Want::Source(attribute.value.into()), places.place(range.clone()));
                    self.push("\"");
                    at = attribute.value_range.end;
                }
            }
        }
        self.push(&html[at..]);
    }
}

fn leads_to_file(attribute: &Attribute) -> bool {
    ADDRESSES.contains(&attribute.name.as_str())
        && matches!(Destination::parse(&attribute.value), Destination::Relative(_) | Destination::SiteRoot(_))
}
