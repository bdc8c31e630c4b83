//! Reports: what the program says of a project, an organisation or a dataset when it leaves the program, as a citation or
//! as JSON.

mod citation;
mod datasets;
mod facts;
mod grouped;
mod organisations;
mod project;

pub use citation::{Quote, Style, cite, today};
pub use datasets::{DatasetDetail, DatasetReport, Datasets, RecipientReport};
pub use facts::{Fact, facts};
pub use grouped::{LinkReport, SentReport};
pub use organisations::{
    MatchReport, OrganisationDetail, OrganisationReport, Organisations, ReceivedReport, Role, RolesReport,
};
pub use project::{ConcernReport, EvidenceReport, ProjectReport, SourceReport};

/// The credit that the register's licence asks for, on whatever leaves the program.
pub const CREDIT: &str =
    "Contains information from NHS Digital and NHS England, licensed under the Open Government Licence v3.0";

/// What is said beside every text of an edition that holds summaries.
pub const SUMMARY_NOTICE: &str = "Summary; import the register for its words";
