//! From pages to files.

pub mod output;
