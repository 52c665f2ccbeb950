//! From resolved pages to files: what templates see, and the theme that they belong to.

pub mod context;
pub mod json_ld;
mod template_error;
pub mod theme;
