//! What a person has dismissed.

use serde::{Deserialize, Serialize};

use super::{Kept, Own, OwnError};
use crate::concerns::Dismissal;

/// The file of dismissals.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Dismissed {
    dismissed: Vec<Dismissal>,
}

impl Kept for Dismissed {
    const FILE: &'static str = "dismissed.json";
}

impl Own {
    /// What the person has dismissed, oldest first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn dismissals(&self) -> Result<Vec<Dismissal>, OwnError> {
        self.read::<Dismissed>().map(|file| file.dismissed)
    }

    /// Changes what is dismissed, and says what is dismissed then. Nothing is lost that another program wrote meanwhile.
    ///
    /// # Errors
    /// Where the folder cannot be written. What was there is there still.
    pub fn change(&self, change: impl FnOnce(&mut Vec<Dismissal>)) -> Result<Vec<Dismissal>, OwnError> {
        self.rewrite(|file: &mut Dismissed| change(&mut file.dismissed)).map(|file| file.dismissed)
    }
}
