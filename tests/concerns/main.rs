//! The rules: what makes each speak, what leaves it silent, and what it cannot tell.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

#[path = "../support/mod.rs"]
mod support;

mod backdated;
mod findings;
mod flow;
mod incomplete;
mod law;
mod listed;
mod pages;
mod published;
mod recipients;
mod renewal;
mod rules;
mod terms;
mod time;
mod words;
