//! Outflow reads the registers in which NHS Digital and NHS England publish who was given patients' data, indexes
//! their text, flags concerns, and lets a person explore all of it from the keyboard.
//!
//! # The house
//!
//! A folder is a part of the domain, named by the word its users say. Arrows point down the page only; a test reads the sources and
//! holds them to it (`tests/house.rs`).
//!
//! ```text
//!   published files         arguments                keys, mouse, size, signals
//!        │                      │                              │
//!        │              ┌───────▼───────┐  opens   ┌───────────▼────────────┐
//!        │              │      cli      ├─────────►│        explorer        │
//!        │              └───┬───────┬───┘          └───┬────────────────┬───┘
//!        │                  │       │   says           │                │
//!        │                  │   ┌───▼──────────────────▼───┐            │
//!        │ imports          │   │          report          │            │
//!        │                  │   └───┬──────────────────┬───┘            │
//!        │              ┌───▼───────▼───┐              │ reads          │ searches
//!        │              │    library    │              │                │
//!        │              └───┬───────┬───┘          ┌───▼────────────────▼───┐
//!        │                  │       │ builds, maps │         index          │  tantivy
//!        │                  │       └─────────────►└───────────┬────────────┘
//!        │                  │ judges                           │ keeps
//!        │              ┌───▼──────────────────────────────────▼───┐   ┌───────────┐
//!        │              │                 concerns                 ├──►│  changes  │
//!        │              └─────────────────────┬────────────────────┘   └─────┬─────┘
//!   ┌────▼─────┐                          ┌───▼──────────────────────────────▼───┐   ┌────────────┐
//!   │  import  ├─────────────────────────►│                names                 │   │  glossary  │
//!   └────┬─────┘  which spelling is whose └──────────────────┬───────────────────┘   └─────┬──────┘
//!   ┌────▼───────────────────────────────────────────────────▼─────────────────────────────▼──────┐
//!   │             register: plain data            text: folding, safe display, width              │
//!   └─────────────────────────────────────────────────────────────────────────────────────────────┘
//!     locked: what the kernel refuses, called before anything is opened; knows nothing of ours
//!     system: what the operating system answers, and what to do about it; knows nothing of ours
//! ```
//!
//! | part | what it is | what it must never know |
//! | --- | --- | --- |
//! | [`cli`] | one file a subcommand, its arguments with it; printing for people and for programs | how files are parsed |
//! | [`explorer`] | the terminal program | how files are parsed |
//! | [`report`] | citations, dossiers and pages of text about a project | terminals |
//! | [`library`] | editions on disk, and what is a person's own | terminals |
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
//! # From a file to an edition
//!
//! [`library::Library::import`] runs it, and whoever calls it is told how far it is. A file is taken with its hash and read in a process of its own, with limits
//! ([`import`]); the parts of all files are joined into one [`register::Register`]. Every rule is asked about every project
//! ([`concerns`]) and answers with evidence, with "cannot tell", or not at all. The register, what was found and the words of
//! all texts are written into an [`index`]. All of that is built in a folder beside the edition's, synced, renamed into place, and
//! named by a link that is switched by rename. So readers take no lock, an import that dies leaves what was there, and many users
//! read one library, on a read-only mount too.
//!
//! ```text
//! editions/<slug>/current          a link to the generation that opens
//! editions/<slug>/<generation>/
//!     manifest.json                where it comes from: files with SHA-256, counts, what was not understood, versions of the format
//!     sums.json                    sums of all files but the published ones, which `outflow check` holds them to
//!     sources/                     the published files as they were read
//!     index/                       postings of tantivy, and beside them our own files: columns, rows, texts and records, mapped
//! own/                             one person's marks, notes, saved searches and dismissals; never in an edition
//! ```
//!
//! An edition never changes. What comes from outside of it is laid over it when it opens: what the editions around it say, a
//! person's audit findings, settings and dismissals ([`library::lay_over`]).
//!
//! # From a key to the screen
//!
//! ```text
//! terminal ─► input ─► chord ─► action ─► update ─► effect ─► worker ─► message ─► update ─► view ─► terminal
//! (runtime)            (keymap)          (state)              (index)                      (spans)  (runtime)
//! ```
//!
//! One table, [`explorer::actions`], says which actions there are; keys, footer, help, palette, `outflow keys` and the manual come
//! from it. `update` changes plain data and asks for effects; it has no clock, no file and no terminal. Effects run on the worker's
//! thread, where the newest request wins and an older one is given up. `view` draws the state; every text goes through
//! [`text::Safe`] on its way, and nothing else can be drawn. Only `explorer/runtime` and the command line's printer write to a
//! terminal.
//!
//! # From a query to a list
//!
//! [`index::query_fields`] lists the fields. A query is read into a tree, with what could not be read named and never widening the
//! search; it is answered over all versions at once, as bits for each version, from postings, values in columns and what a person
//! marked; projects are scored and ordered; for the rows that are shown a passage is found in the mapped texts. The same matcher marks a
//! passage, a whole text and a citation, so that what matched is what is marked. A property test holds it to a plain scan.
//!
//! # What is said, and what it rests on
//!
//! What the register says is shown as it is published. What the program makes of it, to search, group and compare, stands beside
//! it in fields of its own and is never shown as published. A concern quotes what proves it with the file and the row or line, and
//! says what it does not prove.
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
