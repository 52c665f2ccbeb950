//! From pages to files.

pub mod output;
pub mod tree;
