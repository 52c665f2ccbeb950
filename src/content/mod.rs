//! What lies in the repository: the source tree, TOCs, redirections, front matter.

pub mod metadata;
pub mod redirects;
pub mod reference;
pub mod toc;
pub mod tree;
