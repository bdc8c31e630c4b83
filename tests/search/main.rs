//! Searching: the query language, what is found, counted and marked, held to plain scans.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

#[path = "../support/mod.rs"]
mod support;

mod facets;
mod hints;
mod language;
mod passages;
mod program;
mod properties;
mod published;
mod scan;
