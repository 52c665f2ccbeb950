//! recto builds documentation sites from the markdown of Microsoft Learn.
//!
//! It works as a compiler and a linker do: each article is compiled by itself into a page with open places, the index
//! knows all pages, and the places are filled with what it knows. `ARCHITECTURE.md` has the map and the invariants.
//!
//! | stage | function | from what to what | parallel |
//! |---|---|---|---|
//! | configure | [`config::load`] | files of a folder -> [`config::Config`] | |
//! | discover | [`content::tree::discover`] | -> [`content::tree::SourceTree`]: which files there are, and what each becomes | |
//! | parse | [`markdown::document::parse`] | text -> [`markdown::document::Document`]; never fails | in compile |
//! | compile | [`site::compile::compile`] | one entry of the tree -> [`site::page::Page`]: HTML with open places, and facts | per page |
//! | index | [`site::index::index`], [`site::navigation::Navigation`] | facts of all pages, TOCs -> [`site::index::Site`], and where each page stands | TOCs |
//! | resolve | [`site::resolve::resolve`] | page and site -> [`site::page::ResolvedPage`]: the places filled | per page |
//! | render | [`render::page::Renderer`] | -> [`render::page::Output`]: the page through its template | per page |
//! | write | [`render::output::Writer`] | -> the output folder: what changed is written, what is gone removed | per file |
//!
//! [`pipeline`] runs the stages, [`incremental`] those that a change can reach. Every stage gives its result together
//! with [`diagnostic::Diagnostics`]; [`report`] shows them to people and machines.

pub mod cli;
pub mod commands;
pub mod config;
pub mod content;
pub mod diagnostic;
pub mod highlight;
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
