//! Importing: published files in, and what becomes of those that are broken, hostile or cut off.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

#[path = "../support/mod.rs"]
mod support;

mod apart;
mod bombs;
mod hostile;
mod interrupted;
mod killed;
mod pages;
mod pages_written;
mod published;
mod turns;
mod uses;
mod workbooks;
