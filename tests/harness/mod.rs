//! What several test binaries share: docsets in memory, HTML as browsers read it, files of cases.

// Each test binary uses its own part of these.
#![allow(dead_code)]

pub mod cases;
pub mod docset;
pub mod html;
