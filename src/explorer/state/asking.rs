//! The line on which a reason is asked for.

use tui_input::Input;

use crate::concerns::Concern;
use crate::index::ProjectId;

/// A reason that is asked for, and what it is for. The list and the project can be read anew meanwhile.
#[derive(Debug, Clone)]
pub struct Asking {
    /// The project.
    pub project: ProjectId,
    /// The finding that is to be dismissed.
    pub concern: Concern,
    /// Its number in the project.
    pub number: usize,
    /// What has been typed.
    pub input: Input,
}
