//! What a person keeps, below a folder of a test.

use std::path::Path;

use outflow::library::{Judging, Named, Own};

/// The files themselves.
pub(crate) fn own(folder: &Path) -> Own {
    Own::at(folder.join("own"))
}

/// What a person judges by who has nothing else of their own.
pub(crate) fn judging(folder: &Path) -> Judging {
    Judging::of_user(Named { own: Some(&folder.join("own")), ..Named::default() }).0
}
