//! Editions one after another: what differs, and what the rules between editions say of it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

#[path = "../support/mod.rs"]
mod support;

mod editions;
mod generated;
mod incomplete;
mod pages;
