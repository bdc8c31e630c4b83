//! Releases: what was sent, or opened for access, under an agreement.

use serde::{Deserialize, Serialize};

use super::{Date, OptOutState, Place, Repeated};

/// The name of the publisher's remote system in release rows of 2016 to 2021: access, not a file.
const REMOTE_SYSTEM: &str = "HES Data Interrogation System";

/// One row of the list of releases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// A file that left, or access inside the publisher's systems.
    pub kind: ReleaseKind,
    /// The row's own name in the source, such as `FILE#1234`.
    pub id: Option<String>,
    /// The organisation that the row names, where it differs from the version's.
    pub organisation: Option<Repeated>,
    /// The dataset as published.
    pub dataset: Repeated,
    /// Type of data as published.
    pub type_of_data: Option<Repeated>,
    /// Sensitivity as published.
    pub sensitivity: Option<Repeated>,
    /// Legal basis as published.
    pub legal_basis: Option<Repeated>,
    /// The confidentiality basis as published.
    pub confidentiality: Option<Repeated>,
    /// Frequency as published.
    pub frequency: Option<Repeated>,
    /// What the opt-out answer means.
    pub opt_outs: OptOutState,
    /// The opt-out answer as published.
    pub opt_outs_as_published: Option<Repeated>,
    /// The month of release; absent where the edition's period stands for it.
    pub month: Option<Date>,
    /// Where the row stands.
    pub place: Place,
}

/// Whether a release row is a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReleaseKind {
    /// A file was sent.
    #[default]
    File,
    /// Access inside the publisher's systems, counted apart and never called a file.
    SystemAccess,
}

impl ReleaseKind {
    /// Tells the kind of a row from its RowID, dataset and frequency, as CONCERNS and FORMATS define it.
    pub fn of(id: Option<&str>, dataset: &str, frequency: Option<&str>) -> Self {
        let access = id.is_some_and(|id| id.starts_with("HDIS"))
            || dataset.eq_ignore_ascii_case(REMOTE_SYSTEM)
            || frequency.is_some_and(|frequency| frequency.eq_ignore_ascii_case("System Access"));
        if access { Self::SystemAccess } else { Self::File }
    }
}

impl Release {
    /// Whether this row is a file that was sent.
    pub fn is_file(&self) -> bool {
        self.kind == ReleaseKind::File
    }

    /// Whether the register calls this row's data identifiable.
    pub fn is_identifiable(&self) -> bool {
        self.type_of_data.as_deref().is_some_and(|value| value.eq_ignore_ascii_case("identifiable"))
    }

    /// Whether the register calls this row's data sensitive.
    pub fn is_sensitive(&self) -> bool {
        self.sensitivity.as_deref().is_some_and(|value| value.eq_ignore_ascii_case("sensitive"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn access_to_a_system_is_no_file() {
        assert_eq!(ReleaseKind::of(Some("HDIS0012"), "HES APC", None), ReleaseKind::SystemAccess);
        assert_eq!(ReleaseKind::of(Some("FILE#1"), "HES Data Interrogation System", None), ReleaseKind::SystemAccess);
        assert_eq!(ReleaseKind::of(None, "HES APC", Some("System Access")), ReleaseKind::SystemAccess);
        assert_eq!(ReleaseKind::of(Some("FILE#1"), "HES APC", Some("Ongoing")), ReleaseKind::File);
    }
}
