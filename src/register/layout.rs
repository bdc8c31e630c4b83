//! The published layouts, and what each of them can hold.

use serde::{Deserialize, Serialize};

/// How a published file is laid out. What a layout cannot hold, a rule cannot tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// The reformatted page of one organisation, as generated from 2025 on.
    Page2025,
    /// The release register workbook of 2016 to 2021: one row a file, and purpose statements.
    ReleaseRegister,
    /// The Data Uses Register workbook of July 2021 on: agreements, their datasets, and one row a file with its month.
    DataUsesRegister,
}

impl Layout {
    /// One row a file, so that a file has its own dataset, type and opt-out answer. Pages merge these.
    pub fn lists_files(self) -> bool {
        matches!(self, Self::ReleaseRegister | Self::DataUsesRegister)
    }

    /// Whether an edition lists everything up to its month, and not what came in one period only: what is missing from it
    /// was taken out.
    pub fn is_cumulative(self) -> bool {
        self != Self::ReleaseRegister
    }

    /// The title of a project.
    pub fn records_title(self) -> bool {
        self != Self::ReleaseRegister
    }

    /// The start and end of an agreement.
    pub fn records_term(self) -> bool {
        matches!(self, Self::Page2025 | Self::DataUsesRegister)
    }

    /// The months in which files were sent.
    pub fn records_months(self) -> bool {
        matches!(self, Self::Page2025 | Self::DataUsesRegister)
    }

    /// Whether the use is commercial.
    pub fn records_commercial(self) -> bool {
        matches!(self, Self::Page2025 | Self::DataUsesRegister)
    }

    /// Whether data may be passed on.
    pub fn records_sublicensing(self) -> bool {
        matches!(self, Self::Page2025 | Self::DataUsesRegister)
    }

    /// The basis in the law of confidentiality, beside the legal basis.
    pub fn records_confidentiality(self) -> bool {
        matches!(self, Self::Page2025 | Self::DataUsesRegister)
    }

    /// The minutes of the advisory group.
    pub fn records_minutes(self) -> bool {
        matches!(self, Self::Page2025)
    }

    /// Who answers for the data.
    pub fn records_controllers(self) -> bool {
        matches!(self, Self::Page2025 | Self::DataUsesRegister)
    }

    /// Benefits that a project has yielded.
    pub fn records_yielded_benefits(self) -> bool {
        matches!(self, Self::Page2025 | Self::DataUsesRegister)
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Page2025 => "reformatted page (2025 on)",
            Self::ReleaseRegister => "release register workbook (2016 to 2021)",
            Self::DataUsesRegister => "Data Uses Register workbook (July 2021 on)",
        }
    }
}
