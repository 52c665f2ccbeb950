//! What lies in the repository: the source tree, TOCs, redirections, front matter.

pub mod redirects;
pub mod toc;
pub mod tree;
