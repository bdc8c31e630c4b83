//! Outflow reads the registers in which NHS Digital and NHS England publish who was given patients' data, indexes
//! their text, flags concerns, and lets a person explore all of it from the keyboard.
//!
//! # The house
//!
//! A folder is a part of the domain. Arrows point down this list only; a test reads the sources and holds them to it.
//!
//! | part | what it is | what it must never know |
//! | --- | --- | --- |
//! | [`cli`] | one file a subcommand; printing for people and for programs | how files are parsed |
//! | [`explorer`] | the terminal program | how files are parsed |
//! | [`report`] | citations and pages of text about a project | terminals |
//! | [`library`] | editions on disk | terminals |
//! | [`index`] | searching: the only part that knows tantivy | terminals, the library |
//! | [`concerns`] | what should worry a reader, and the evidence | files |
//! | [`changes`] | what differs between two editions | files |
//! | [`import`] | published files in, a [`register::Register`] out | terminals, the library |
//! | [`names`] | which spellings are one name, and which body followed which | files |
//! | [`glossary`] | the words of the law in plain English | files |
//! | [`locked`] | what the kernel refuses the program in locked mode | anything of ours |
//! | [`system`] | what the operating system answers, and what to do about it | anything of ours |
//! | [`text`] | folding, safe display, wrapping, what a person writes for the program | anything of ours |
//! | [`register`] | what a register is: plain data | anything of ours |
//!
//! Data flows one way: a file goes through `import` into a `Register`, through `concerns` into findings, through
//! `library` into an edition with its `index`, and from there to the explorer, the command line and reports.
//!
//! What writes, starts a process or connects is allowed in a few modules, by name and with the reason (the methods are listed in
//! `.clippy.toml`); in locked mode none of them is reached.

#![cfg_attr(not(test), deny(clippy::disallowed_methods))]

pub mod changes;
pub mod cli;
pub mod concerns;
pub mod explorer;
pub mod glossary;
pub mod import;
pub mod index;
pub mod library;
pub mod locked;
pub mod names;
pub mod register;
pub mod report;
pub mod system;
pub mod text;
