//! The site as a whole: what only all pages together know.

pub mod navigation;
