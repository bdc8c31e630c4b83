//! What a person keeps of their own: marks, searches, dismissals, settings and lists; where it is kept, and what is wrong with it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

#[path = "../support/mod.rs"]
mod support;

mod audits;
mod config;
mod dismissals;
mod hostile;
mod marks;
mod marks_found;
mod searches;
mod settings;
