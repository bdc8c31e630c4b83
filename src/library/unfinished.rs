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
    /// It was given up.
    GivenUp,
}

impl Unfinished {
    /// Gives the import up: removes what it has on the disk, and lets it put nothing into place any more. What has been
    /// put into place stays. Meant for the moment before the program ends: the import itself goes on until then, and
    /// fails.
    pub fn give_up(&self) {
        let mut state = self.lock();
        if let State::Begun(place) = &*state {
            place.tidy();
        }
        *state = State::GivenUp;
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
        if !matches!(*state, State::GivenUp) {
            tidy();
            *state = State::Nothing;
        }
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
