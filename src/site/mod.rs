//! From one article to the whole site: compile, index, resolve.

mod bookmark;
pub mod compile;
pub mod index;
pub mod library;
mod literal;
pub mod navigation;
pub mod page;
pub mod resolve;
pub mod splice;
pub mod titles;
pub mod xref;
pub mod yaml_page;
