//! What an import has begun and not finished, so that it can be undone at any moment, by a signal too.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::LibraryError;
use super::turn::Place;

/// The unfinished part of an import. Clones are of the same import: one can be given to whoever watches for signals.
#[derive(Debug, Clone, Default)]
pub struct Unfinished(Arc<Mutex<State>>);

#[derive(Debug, Default)]
enum State {
    /// Nothing is on the disk.
    #[default]
    Nothing,
    /// Something is, or soon will be.
    Begun(Place),
    /// The edition is in place: it is too late to give up.
    InPlace,
    /// It was given up.
    GivenUp,
}

impl Unfinished {
    /// Gives the import up: removes what it has on the disk, and lets it put nothing into place any more. What has been
    /// put into place stays. Meant for the moment before the program ends: the import itself goes on until then, and
    /// fails.
    ///
    /// Returns whether it was given up: an edition that is in place stays, and its import has to end as it would have.
    pub fn give_up(&self) -> bool {
        let mut state = self.lock();
        match &*state {
            State::InPlace => return false,
            State::Begun(place) => place.tidy(),
            State::Nothing | State::GivenUp => {}
        }
        *state = State::GivenUp;
        true
    }

    /// Whether it was given up.
    pub fn is_given_up(&self) -> bool {
        matches!(*self.lock(), State::GivenUp)
    }

    /// Puts something on the disk, and notes where; nothing, if the import was given up.
    pub(super) fn begin<T>(
        &self,
        work: impl FnOnce() -> Result<Option<(T, Place)>, LibraryError>,
    ) -> Result<Option<(T, Place)>, LibraryError> {
        let mut state = self.lock();
        if matches!(*state, State::GivenUp) {
            return Err(LibraryError::GivenUp);
        }
        let begun = work()?;
        if let Some((_, place)) = &begun {
            *state = State::Begun(place.clone());
        }
        Ok(begun)
    }

    /// Removes what is left on the disk at the end, unless that was done when the import was given up.
    pub(super) fn end(&self, tidy: impl FnOnce()) {
        let mut state = self.lock();
        match *state {
            State::GivenUp => {}
            State::InPlace => tidy(),
            State::Nothing | State::Begun(_) => {
                tidy();
                *state = State::Nothing;
            }
        }
    }

    /// Puts the edition into place, unless the import was given up. After that it can be given up no more.
    pub(super) fn put_into_place(&self, work: impl FnOnce() -> Result<(), LibraryError>) -> Result<(), LibraryError> {
        let mut state = self.lock();
        if matches!(*state, State::GivenUp) {
            return Err(LibraryError::GivenUp);
        }
        work()?;
        *state = State::InPlace;
        Ok(())
    }

    /// Does what must not be interrupted, unless the import was given up.
    pub(super) fn step<T>(&self, work: impl FnOnce() -> Result<T, LibraryError>) -> Result<T, LibraryError> {
        let state = self.lock();
        if matches!(*state, State::GivenUp) {
            return Err(LibraryError::GivenUp);
        }
        work()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_place_is_given_up_no_more() {
        let unfinished = Unfinished::default();
        unfinished.put_into_place(|| Ok(())).unwrap();
        assert!(!unfinished.give_up() && !unfinished.is_given_up());
        let mut tidied = false;
        unfinished.end(|| tidied = true);
        // Between the end of the work and the report it is in place still.
        assert!(tidied && !unfinished.give_up());
    }

    #[test]
    fn what_was_given_up_is_put_into_place_no_more() {
        let unfinished = Unfinished::default();
        assert!(unfinished.give_up() && unfinished.is_given_up());
        let mut put = false;
        let error = unfinished.put_into_place(|| {
            put = true;
            Ok(())
        });
        assert!(matches!(error, Err(LibraryError::GivenUp)) && !put);
    }
}
