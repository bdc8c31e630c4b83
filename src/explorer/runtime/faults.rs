//! Faults of the program itself. On whichever thread one happens, the terminal is given back or the screen stays whole, and
//! what happened is told in a sentence.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{ExplorerError, Messages};
use crate::explorer::message::{Ended, Message};

/// What panics say, on whichever thread, kept instead of written: whoever listens tells it when the screen is free.
#[derive(Debug, Clone)]
pub struct Faults {
    last: Arc<Mutex<Option<String>>>,
}

impl Faults {
    /// Listens from now on, in the place of whoever did before.
    pub fn heard() -> Self {
        let faults = Self { last: Arc::default() };
        let heard = faults.clone();
        panic::set_hook(Box::new(move |information| *heard.last() = Some(information.to_string())));
        faults
    }

    /// What the last one said, in a line.
    pub fn take(&self) -> Option<String> {
        self.last().take().map(|said| said.replace('\n', " "))
    }

    fn last(&self) -> MutexGuard<'_, Option<String>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Runs the screen's part of the program. What panics meanwhile, on any thread, writes nothing over the screen: a fault of this
/// thread, or of one that the explorer cannot do without, is told once the terminal is given back; the worker answers with its own.
pub(super) fn guarded(run: impl FnOnce() -> Result<Ended, ExplorerError>) -> Result<Ended, ExplorerError> {
    let before = panic::take_hook();
    let faults = Faults::heard();
    let outcome = panic::catch_unwind(AssertUnwindSafe(run));
    panic::set_hook(before);
    match outcome {
        Ok(Ok(Ended::Fault)) | Err(_) => {
            Err(ExplorerError::Fault(faults.take().unwrap_or_else(|| "its cause is not known".to_owned())))
        }
        Ok(ended) => ended,
    }
}

/// Runs what a thread does without which nobody could use or end the explorer: a fault in it ends the explorer.
pub(super) fn essential(messages: &Messages, run: impl FnOnce()) {
    if panic::catch_unwind(AssertUnwindSafe(run)).is_err() {
        let _ = messages.send(vec![Message::Fault]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_told_in_a_sentence() {
        let outcome = guarded(|| {
            let empty: Vec<u8> = Vec::new();
            assert!(!empty.is_empty(), "on purpose");
            Ok(Ended::Quit)
        });
        let message = outcome.unwrap_err().to_string();
        assert!(message.contains("on purpose") && message.contains("nothing that was imported is harmed"), "{message}");
    }
}
