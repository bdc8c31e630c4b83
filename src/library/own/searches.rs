//! The searches that a person has saved.

use serde::{Deserialize, Serialize};

use super::{Kept, Own, OwnError};
use crate::library::SavedSearch;

/// The file of saved searches.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Searches {
    searches: Vec<SavedSearch>,
}

impl Kept for Searches {
    const FILE: &'static str = "searches.json";
}

impl Own {
    /// The saved searches, oldest first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn searches(&self) -> Result<Vec<SavedSearch>, OwnError> {
        self.read::<Searches>().map(|file| file.searches)
    }

    /// Changes the saved searches, and says what they are then. Nothing is lost that another program wrote meanwhile.
    ///
    /// # Errors
    /// Where the folder cannot be written. What was there is there still.
    pub fn change_searches(&self, change: impl FnOnce(&mut Vec<SavedSearch>)) -> Result<Vec<SavedSearch>, OwnError> {
        self.rewrite(|file: &mut Searches| change(&mut file.searches)).map(|file| file.searches)
    }
}
