//! From resolved pages to files: what templates see, the theme that they belong to, and the output folder.

pub mod companions;
pub mod context;
pub mod dates;
pub mod json_ld;
pub mod output;
pub mod page;
mod template_error;
pub mod theme;
pub mod tree;
