//! Where in a published file something stands.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Repeated;

/// A place in one of an edition's sources.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Index into [`super::Register::sources`].
    pub source: usize,
    /// Where in that file.
    pub position: Position,
}

impl Place {
    /// A line of a page.
    pub fn line(source: usize, line: u32) -> Self {
        Self { source, position: Position::Line(line) }
    }

    /// A row of a sheet.
    pub fn row(source: usize, sheet: &str, row: u32) -> Self {
        Self { source, position: Position::Row { sheet: sheet.into(), row } }
    }
}

/// A position in a file, counted from 1 as editors and spreadsheets do.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Position {
    /// A line of text.
    Line(u32),
    /// A row of a sheet, the heading row included in the count.
    Row {
        /// The sheet's name as published.
        sheet: Repeated,
        /// The row's number.
        row: u32,
    },
}

impl fmt::Display for Position {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(out, "line {line}"),
            Self::Row { sheet, row } => write!(out, "sheet {sheet}, row {row}"),
        }
    }
}

/// A field of an entry, under the name that evidence and citations give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// Title of the project.
    Title,
    /// Who applied.
    Organisation,
    /// Whether opt-outs were applied.
    OptOuts,
    /// The publisher's power to share.
    LegalBasis,
    /// Commercial purposes; on the pages one line with the kind of organisation.
    Purposes,
    /// What kind of organisation it is, where it has a column of its own.
    OrganisationType,
    /// Whether controllers are sole or joint.
    Joint,
    /// Sensitive or not.
    Sensitivity,
    /// The agreement's term and the months of release.
    Term,
    /// How the data is reached.
    Access,
    /// Who answers for the data.
    Controllers,
    /// Whether data may be passed on.
    Sublicensing,
    /// Minutes of the advisory group.
    Minutes,
    /// Named datasets.
    Datasets,
    /// Identifiable, anonymised and so on.
    TypeOfData,
    /// A row of the list of releases.
    Release,
    /// A section of text.
    Section(super::Section),
    /// A page's own claim.
    PageFlag,
    /// A page's count of files.
    FileTotal,
    /// The entry as a whole, under its reference.
    Entry,
    /// A line of the user's own list of audit findings: not the register's words.
    AuditFinding,
}

impl Field {
    /// The name that people read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::Organisation => "Organisation",
            Self::OptOuts => "Opt-outs",
            Self::LegalBasis => "Legal basis",
            Self::Purposes => "Commercial purposes",
            Self::OrganisationType => "Kind of organisation",
            Self::Joint => "Sole or joint",
            Self::Sensitivity => "Sensitivity",
            Self::Term => "Term and releases",
            Self::Access => "Access",
            Self::Controllers => "Controllers",
            Self::Sublicensing => "Sublicensing",
            Self::Minutes => "Advisory minutes",
            Self::Datasets => "Datasets",
            Self::TypeOfData => "Type of data",
            Self::Release => "Release",
            Self::Section(section) => section.name(),
            Self::PageFlag => "Page's flag",
            Self::FileTotal => "Page's count of files",
            Self::Entry => "Entry",
            Self::AuditFinding => "Audit finding, from your own list",
        }
    }
}
