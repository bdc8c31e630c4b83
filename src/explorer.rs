//! The explorer: the terminal program.
//!
//! A message changes the state and asks for effects ([`update`]); the state is drawn (`view`); the loop between them
//! ([`run_loop`]) is generic over the screen and over what happens. Only `runtime` writes escape sequences, only
//! [`theme`] names a colour, and one table ([`actions`]) drives keys, footer, help, palette and `outflow
//! keys`; which keys those are is asked of one place ([`keymap`]). Where nothing can be drawn, or is to be heard, [`plain`] says the
//! same lists and texts in a dialogue of lines.

pub mod actions;
mod compared;
pub mod desk;
pub mod document;
pub mod faulty;
pub mod help;
pub mod keymap;
pub mod keys;
pub mod layout;
pub mod lock;
pub mod message;
pub mod palette;
mod place;
pub mod plain;
mod runtime;
pub mod settings;
pub mod sheet;
pub mod state;
pub mod theme;
pub mod update;
mod view;
pub mod worker;

pub use runtime::{ExplorerError, Faults, Incoming, Opening, Outside, Screen, explore, run_loop};
