//! The line on which something is asked for.

use tui_input::Input;

use crate::concerns::Concern;
use crate::explorer::message::Dossier;
use crate::index::ProjectId;

/// What is asked for, and what has been typed.
#[derive(Debug, Clone)]
pub struct Asking {
    /// What for.
    pub asked: Asked,
    /// What has been typed.
    pub input: Input,
}

/// What is asked for. The list and the project can be read anew meanwhile.
#[derive(Debug, Clone)]
pub enum Asked {
    /// Why a finding is to be dismissed.
    Reason {
        /// The project.
        project: ProjectId,
        /// The finding.
        concern: Box<Concern>,
    },
    /// What to call the search that is shown.
    Name,
    /// To which file a dossier is to be written.
    File(Box<Dossier>),
    /// What the names of the list that is shown are to hold.
    Held,
}
