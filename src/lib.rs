//! recto builds documentation sites from the markdown of Microsoft Learn.
pub mod config;
pub mod content;
pub mod diagnostic;
pub mod path;
pub mod render;
pub mod source;
