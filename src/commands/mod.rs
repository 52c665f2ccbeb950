//! What the user asks for: one file a verb.

pub mod init;
