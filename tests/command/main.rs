//! The command line: what each subcommand says, to people and to programs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

#[path = "../support/mod.rs"]
mod support;

mod dialogue;
mod editions;
mod examples;
mod glossary;
mod hostile_text;
mod line;
mod locale;
mod manual;
mod meant;
mod names;
mod names_published;
mod output_closed;
mod request;
mod show;
