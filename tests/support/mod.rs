//! What the tests share. Each test program reads a part of it.

#![allow(dead_code, reason = "no test program uses all of it")]

pub(crate) mod agreements;
pub(crate) mod calls;
pub(crate) mod disk;
pub(crate) mod editions;
pub(crate) mod entitled;
pub(crate) mod entries;
pub(crate) mod examined;
pub(crate) mod other_user;
pub(crate) mod own;
pub(crate) mod pages;
pub(crate) mod picture;
pub(crate) mod poison;
pub(crate) mod processes;
pub(crate) mod program;
pub(crate) mod proven;
pub(crate) mod published;
pub(crate) mod ssh;
pub(crate) mod stage;
pub(crate) mod terminal;
pub(crate) mod tmux;
pub(crate) mod uses;
pub(crate) mod workbook;
