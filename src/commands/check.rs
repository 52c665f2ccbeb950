//! `recto check`: every problem that a build would report.
