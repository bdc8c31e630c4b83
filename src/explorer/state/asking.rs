//! The line on which something is asked for.

use tui_input::Input;

use crate::concerns::Concern;
use crate::explorer::message::Dossier;
use crate::index::ProjectId;
use crate::index::marks::Note;
use crate::register::Section;

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
    /// What a note says.
    Note {
        /// The project.
        project: ProjectId,
        /// The section that it is on; the project as a whole where there is none.
        on: Option<Section>,
        /// The note that is changed, if it is not a new one.
        before: Option<Box<Note>>,
    },
    /// Which tags a project has.
    Tags {
        /// The project.
        project: ProjectId,
    },
    /// What to call the search that is shown.
    Name,
    /// To which file a dossier is to be written.
    File(Box<Dossier>),
    /// What the names of the list that is shown are to hold.
    Held,
}
