//! recto builds documentation sites from the markdown of Microsoft Learn.

pub mod cli;
pub mod commands;
pub mod config;
pub mod content;
pub mod diagnostic;
pub mod incremental;
pub mod json;
pub mod markdown;
pub mod path;
pub mod pipeline;
pub mod render;
pub mod report;
pub mod site;
pub mod source;
pub mod value;
pub mod yaml;
