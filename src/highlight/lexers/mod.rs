//! What reads code: one file for each way in which languages are built.

pub mod code;
pub mod css;
pub mod diff;
pub mod http;
pub mod keyed;
pub mod markdown;
pub mod markup;
pub mod quoted;
pub mod session;
pub mod yaml;
