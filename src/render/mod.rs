//! From pages to files.

pub mod context;
pub mod json_ld;
pub mod output;
mod template_error;
pub mod theme;
pub mod tree;
