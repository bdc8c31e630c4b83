//! Editions on disk: published whole, read by anybody who may, written by nobody else.

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
mod elsewhere;
mod sample;
mod shared;
mod whole;
mod written;
