//! Faults of the program itself. On whichever thread one happens, the terminal is given back or the screen stays whole, and
//! what happened is told in a sentence.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Mutex, PoisonError};

use super::{ExplorerError, Messages};
use crate::explorer::message::{Ended, Message};

/// Runs the screen's part of the program. What panics meanwhile, on any thread, writes nothing over the screen: a fault of this
/// thread, or of one that the explorer cannot do without, is told once the terminal is given back; the worker answers with its own.
pub(super) fn guarded(run: impl FnOnce() -> Result<Ended, ExplorerError>) -> Result<Ended, ExplorerError> {
    let fault = Arc::new(Mutex::new(None));
    let told = Arc::clone(&fault);
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |information| {
        *told.lock().unwrap_or_else(PoisonError::into_inner) = Some(information.to_string());
    }));
    let outcome = panic::catch_unwind(AssertUnwindSafe(run));
    panic::set_hook(before);
    match outcome {
        Ok(Ok(Ended::Fault)) | Err(_) => {
            let told = fault.lock().unwrap_or_else(PoisonError::into_inner).take();
            Err(ExplorerError::Fault(told.unwrap_or_else(|| "its cause is not known".to_owned()).replace('\n', " ")))
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
