//! The explorer by scripted keys: the real loop, a screen that is a buffer, and what a person sees on it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

#[path = "../support/mod.rs"]
mod support;

mod asked;
mod beside;
mod completions;
mod concerns;
mod editions;
mod evidence;
mod export;
mod facets;
mod flows;
mod frames;
mod grid;
mod help;
mod home;
mod late;
mod marks;
mod mouse;
mod names;
mod palette;
mod parts;
mod reading;
mod screens;
mod searches;
mod sizes;
mod themes;
mod views;
mod words;
