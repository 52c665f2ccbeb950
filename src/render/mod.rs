//! Pages to output.

pub mod tree;
