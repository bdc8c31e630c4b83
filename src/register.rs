//! What a register is: plain data, with no input or output.
//!
//! One model serves every published layout, from the 2016 pages to the current workbook. A value is kept as it was
//! published, with white space trimmed at its ends; what the program derives from it (a state, a date, an answer)
//! stands beside it and never in its place. A layout that lacks a field leaves it empty, and [`Layout`] says which
//! fields a layout can hold at all, so that "not recorded" is never mistaken for "no".

mod answer;
mod counts;
mod date;
mod facts;
mod layout;
mod place;
mod project;
mod reference;
mod release;
mod repeated;
mod section;
pub mod vocabulary;

use serde::{Deserialize, Serialize};

pub use answer::{Answer, OptOutState, OptOuts, YesNo};
pub use counts::{Counts, OptOutCounts};
pub use date::{Date, DateRange};
pub use facts::{Facts, ReleaseSpan};
pub use layout::Layout;
pub use place::{Field, Place, Position};
pub use project::{Amendment, Dataset, Listing, Project, Version, described};
pub use reference::{VersionNumber, plain_reference, stem_of, version_of};
pub use release::{Release, ReleaseKind};
pub use repeated::{Repeated, Sharing};
pub use section::{Section, Sections, Statement};

/// One edition of a register, whole: what one import reads.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Register {
    /// Which edition this is.
    pub edition: Edition,
    /// The files it was read from; a [`Place`] points into this list.
    pub sources: Vec<Source>,
    /// The projects, in the order in which the sources first name them.
    pub projects: Vec<Project>,
    /// What a page says of itself and of its organisation; empty for workbooks.
    pub pages: Vec<Page>,
    /// What the edition publishes that belongs to no project.
    pub notes: Vec<Note>,
}

impl Register {
    /// The source that a place lies in, if the place is of this register.
    pub fn source(&self, place: &Place) -> Option<&Source> {
        self.sources.get(place.source)
    }

    /// The layout that a version was read from, if its place is of this register.
    pub fn layout(&self, version: &Version) -> Option<Layout> {
        self.source(&version.place).map(|source| source.layout)
    }
}

/// Which issue of the register this is, and whose words its sections hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// The name that commands use, such as `2017-11` or `swl-icb-page`.
    pub slug: String,
    /// The title as published, if the source has one.
    pub title: Option<String>,
    /// The month that rules measure against; unknown where the source does not give one.
    pub date: Option<Date>,
    /// Whether the sections are the register's words or a summary of them.
    pub wording: Wording,
}

impl Edition {
    /// Whether it is the embedded sample, which alone holds summaries.
    pub fn is_sample(&self) -> bool {
        self.wording == Wording::Summary
    }
}

/// Whose words the sections of an edition are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wording {
    /// The register's own, as published.
    #[default]
    Published,
    /// Summaries in this project's words: the embedded sample. Never to be quoted as the register's.
    Summary,
}

/// A published file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The file's name, without its folders.
    pub file: String,
    /// SHA-256 of the file's bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// How the file is laid out.
    pub layout: Layout,
    /// The month in which the file's period ends, where its name or title says so. It stands for the month of a
    /// release that has none of its own.
    #[serde(default)]
    pub date: Option<Date>,
    /// Sheets and columns of its layout that this file lacks, by their published names: what they would hold is not
    /// stated in this file, and cannot be compared with another.
    #[serde(default)]
    pub lacks: Vec<String>,
}

impl Source {
    /// Whether the file lacks a sheet or column of its layout; a column too where it is the sheet that is not there.
    pub fn lacks(&self, name: &str) -> bool {
        let sheet = name.split_once(": ").map_or(name, |(sheet, _)| sheet);
        self.lacks.iter().any(|lacking| lacking == name || lacking == sheet)
    }
}

/// What a reformatted page says beside its projects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Index into [`Register::sources`].
    pub source: usize,
    /// The organisation that the page is about.
    pub organisation: String,
    /// The page's own count of data files over all its projects, and where it says so.
    pub files: Option<(u64, Place)>,
    /// Lines that begin with a red flag, word for word.
    pub flags: Vec<Flag>,
}

/// A line that a page marks with a red flag: the page's claim about its organisation, not the register's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// The whole line as published.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// Something published with the edition that belongs to no project, such as the counts of tracing requests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What it is about.
    pub title: String,
    /// Its lines, as published.
    pub lines: Vec<String>,
    /// Where it begins.
    pub place: Place,
}
