//! The real program in real terminals: what it sends, what it takes, and how it ends whatever becomes of them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

#[path = "../support/mod.rs"]
mod support;

mod bytes;
mod clipboard;
mod connection;
mod faults;
mod given_back;
mod input;
mod ssh;
mod tmux;
