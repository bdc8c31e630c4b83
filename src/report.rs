//! Reports: what the program says of a project, an organisation or a dataset when it leaves the program, as a citation, as
//! a page of text or as JSON.

mod beside;
pub mod changes;
mod citation;
mod concern;
mod datasets;
pub mod dossier;
mod evidence;
mod facts;
pub mod files;
mod grid;
mod grouped;
pub mod history;
pub mod json;
mod judged;
mod marks;
mod named;
mod organisations;
mod project;
mod request;
#[allow(clippy::disallowed_methods, reason = "writes what a person exports")]
pub mod saving;
mod searches;
pub mod timeline;
mod wording;

pub use citation::{Clock, Quote, Style, cite, source_line, today};
pub use concern::{ConcernReport, EvidenceReport, UNTOLD, concerns_counted, false_alarms, untold, untold_counted};
pub use datasets::{DatasetDetail, DatasetReport, Datasets, RecipientReport};
pub use evidence::{EvidenceLine, evidence, quoted_of};
pub use facts::{Fact, facts};
pub use grid::{GridCell, GridName, GridReport};
pub use grouped::{Groups, LinkReport, SentReport, holds};
pub use judged::{ChangedReport, DismissalReport, DismissalState, RuleSettingReport, SettingsReport};
pub use marks::{MarksReport, NoteReport, NoteState, noted_on};
pub use named::{
    counted, link_told, months_told, more_spellings, reached_told, roles_in_project, roles_told, sent_beside_told,
    sent_told, way_told,
};
pub use organisations::{
    ConcernOfOrganisation, MatchReport, OrganisationDetail, OrganisationReport, Organisations, ReceivedReport, Role,
    RolesReport, Way, WaysReport,
};
pub use project::{AnswerReport, ProjectReport, SourceReport};
pub use request::InformationRequest;
pub use searches::{elsewhere_told, projects_counted, query_shown, trouble_told, why_unknown};
pub use wording::{PassageReport, WordingReport, shared_wording};

/// The credit that the register's licence asks for, on whatever leaves the program.
pub const CREDIT: &str =
    "Contains information from NHS Digital and NHS England, licensed under the Open Government Licence v3.0";

/// What is said beside every text of an edition that holds summaries.
pub const SUMMARY_NOTICE: &str = "Summary; import the register for its words";

/// What is said in place of an organisation: an entry gives none, or only rows name a reference and no entry says whose
/// they are.
const NO_APPLICANT: &str = "(no applicant is stated)";

/// The organisation as it is shown: its name as published, or that none is.
pub fn organisation_shown(organisation: &str) -> &str {
    if organisation.is_empty() { NO_APPLICANT } else { organisation }
}

/// Serializes what is not published as `null`, and never as an empty text.
///
/// # Errors
/// Where the serializer fails.
pub fn absent_if_empty<S: serde::Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if text.is_empty() { serializer.serialize_none() } else { serializer.serialize_str(text) }
}
