//! The syntaxes of the dialect, one file each.

pub mod autolink;
pub mod callout;
pub mod image;
pub mod include;
pub mod snippet;
