//! Drawing in other colours.

use crate::explorer::lock::Lock;
use crate::explorer::state::State;
use crate::explorer::theme::Colours;

/// Draws in other colours: a terminal over a slow link says too little of itself to choose them before.
pub(super) fn next(state: &mut State) {
    let next = state.colours.unwrap_or(Colours::Sixteen).next();
    state.colours = Some(next);
    let for_good = match state.keys.lock() {
        Lock::Open => ", or for good by theme.name in config.toml",
        Lock::Locked => "",
    };
    state.notice = Some(format!("theme {}: until you quit{for_good}", next.name()));
}
