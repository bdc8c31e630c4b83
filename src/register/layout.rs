//! The published layouts, and what each of them can hold.

use serde::{Deserialize, Serialize};

/// How a published file is laid out. What a layout cannot hold, a rule cannot tell.
///
/// The reformatted pages were generated anew every few years; FORMATS section 1 lists what each generation prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// The reformatted page of one organisation, as generated in 2016 and 2017: the reference inside the block.
    Page2016,
    /// The page as generated from 2018 to 2020: a head a project, and its objectives.
    Page2018,
    /// The page as generated from 2021 to 2024: with terms, controllers, commercial purposes and sublicensing.
    Page2021,
    /// The page as generated from 2025 on: with the minutes of the advisory group too.
    Page2025,
    /// The release register workbook of 2016 to 2021: one row a file, and purpose statements.
    ReleaseRegister,
    /// The Data Uses Register workbook of July 2021 on: agreements, their datasets, and one row a file with its month.
    DataUsesRegister,
}

impl Layout {
    /// A reformatted page of one organisation, of any generation.
    pub fn is_page(self) -> bool {
        matches!(self, Self::Page2016 | Self::Page2018 | Self::Page2021 | Self::Page2025)
    }

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
        self.is_of_agreements()
    }

    /// The months in which files were sent: each file's, or the first and the last.
    pub fn records_months(self) -> bool {
        self.is_page() || matches!(self, Self::DataUsesRegister)
    }

    /// Whether the use is commercial.
    pub fn records_commercial(self) -> bool {
        self.is_of_agreements()
    }

    /// Whether data may be passed on.
    pub fn records_sublicensing(self) -> bool {
        self.is_of_agreements()
    }

    /// The basis in the law of confidentiality, beside the legal basis.
    pub fn records_confidentiality(self) -> bool {
        self.is_of_agreements()
    }

    /// The minutes of the advisory group.
    pub fn records_minutes(self) -> bool {
        matches!(self, Self::Page2025)
    }

    /// Who answers for the data.
    pub fn records_controllers(self) -> bool {
        self.is_of_agreements()
    }

    /// Outputs and expected benefits apart from the objectives. The pages before 2021 print one text.
    pub fn records_outputs(self) -> bool {
        !matches!(self, Self::Page2016 | Self::Page2018)
    }

    /// Benefits that a project has yielded.
    pub fn records_yielded_benefits(self) -> bool {
        self.is_of_agreements()
    }

    /// The year in which files of this layout began to be published. What two of them say of one agreement is newer in
    /// the later one.
    pub fn since(self) -> i16 {
        match self {
            Self::Page2016 | Self::ReleaseRegister => 2016,
            Self::Page2018 => 2018,
            Self::Page2021 | Self::DataUsesRegister => 2021,
            Self::Page2025 => 2025,
        }
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Page2016 => "reformatted page (2016 to 2017)",
            Self::Page2018 => "reformatted page (2018 to 2020)",
            Self::Page2021 => "reformatted page (2021 to 2024)",
            Self::Page2025 => "reformatted page (2025 on)",
            Self::ReleaseRegister => "release register workbook (2016 to 2021)",
            Self::DataUsesRegister => "Data Uses Register workbook (July 2021 on)",
        }
    }

    /// Layouts that describe the agreement, and not only what was sent under it.
    fn is_of_agreements(self) -> bool {
        matches!(self, Self::Page2021 | Self::Page2025 | Self::DataUsesRegister)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Layout::{DataUsesRegister, Page2016, Page2018, Page2021, Page2025, ReleaseRegister};

    const ALL: [Layout; 6] = [Page2016, Page2018, Page2021, Page2025, ReleaseRegister, DataUsesRegister];

    #[test]
    fn names_in_records_are_stable() {
        let names: Vec<String> = ALL.iter().map(|layout| serde_json::to_string(layout).unwrap_or_default()).collect();
        let wanted = ["page2016", "page2018", "page2021", "page2025", "release-register", "data-uses-register"];
        assert_eq!(names, wanted.map(|name| format!("\"{name}\"")));
    }

    #[test]
    fn a_layout_says_what_it_can_hold() {
        let that =
            |holds: fn(Layout) -> bool| -> Vec<Layout> { ALL.into_iter().filter(|layout| holds(*layout)).collect() };
        assert_eq!(that(Layout::is_page), [Page2016, Page2018, Page2021, Page2025]);
        assert_eq!(that(Layout::lists_files), [ReleaseRegister, DataUsesRegister]);
        assert_eq!(that(Layout::records_minutes), [Page2025]);
        for of_agreements in [
            Layout::records_term,
            Layout::records_commercial,
            Layout::records_sublicensing,
            Layout::records_confidentiality,
            Layout::records_controllers,
            Layout::records_yielded_benefits,
        ] {
            assert_eq!(that(of_agreements), [Page2021, Page2025, DataUsesRegister]);
        }
        assert_eq!(that(Layout::records_months), [Page2016, Page2018, Page2021, Page2025, DataUsesRegister]);
        assert_eq!(that(Layout::records_outputs), [Page2021, Page2025, ReleaseRegister, DataUsesRegister]);
    }
}
