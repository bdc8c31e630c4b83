//! What a person has marked: bookmarks, tags, notes and a collection.

use super::{Kept, Own, OwnError};
pub(super) use crate::index::marks::Marks;

impl Kept for Marks {
    const FILE: &'static str = "marks.json";
}

impl Own {
    /// What the person has marked.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn marks(&self) -> Result<Marks, OwnError> {
        self.read()
    }

    /// Changes what is marked, and says what is marked then. Nothing is lost that another program wrote meanwhile; a change that
    /// fails writes nothing.
    ///
    /// # Errors
    /// Where the folder cannot be written, or what the change says. What was there is there still.
    pub fn change_marks<T, E: From<OwnError>>(
        &self,
        change: impl FnOnce(&mut Marks) -> Result<T, E>,
    ) -> Result<(Marks, T), E> {
        let (kept, done) = self.rewrite_with(|marks: &mut Marks| {
            let before = marks.clone();
            let done = change(marks);
            if done.is_err() {
                *marks = before;
            }
            done
        })?;
        Ok((kept, done?))
    }
}
