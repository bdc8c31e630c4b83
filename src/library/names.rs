//! The user's own list of names, beside the one that comes with the program.

use std::borrow::Cow;
use std::path::Path;

use super::user_file::{self, ListFault};
use crate::names::Names;

/// Name of the list in the user's configuration folder.
pub const ALIASES: &str = "aliases.toml";

/// The names to use, and what is wrong with the user's own list.
#[derive(Debug)]
pub struct UserNames {
    /// With the user's own list; without it if it has a fault.
    pub names: Cow<'static, Names>,
    /// All faults of the list.
    pub faults: Vec<ListFault>,
}

/// The names with the user's own list: the one given, else `aliases.toml` in the user's configuration folder if there is
/// one.
pub fn names(list: Option<&Path>) -> UserNames {
    match user_file::read_whole(list, ALIASES, |file| Names::with(&file.text)) {
        Ok(Some(names)) => UserNames { names: Cow::Owned(names), faults: Vec::new() },
        Ok(None) => UserNames { names: Cow::Borrowed(Names::built_in()), faults: Vec::new() },
        Err(faults) => UserNames { names: Cow::Borrowed(Names::built_in()), faults },
    }
}
