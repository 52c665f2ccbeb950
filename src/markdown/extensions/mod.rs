//! The syntaxes of the dialect, one file each.

pub mod abbreviation;
pub mod autolink;
pub mod callout;
pub mod code;
pub mod columns;
pub mod division;
pub mod emoji;
pub mod form;
pub mod image;
pub mod include;
pub mod marks;
pub mod math;
pub mod moniker;
pub mod no_loc;
pub mod tabs;
pub mod video;
pub mod xref;
pub mod zone;
