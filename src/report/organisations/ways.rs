//! How the data of an organisation's projects was reached: as files, or in the publisher's own systems.

use serde::Serialize;

use crate::register::Project;

/// The access method that is no file, as published.
const SYSTEM_ACCESS: &str = "System Access";

/// How many projects were reached through the publisher's own systems.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct WaysReport {
    /// By system access alone.
    pub wholly: usize,
    /// By system access and by files.
    pub partly: usize,
    /// By files alone.
    pub not: usize,
    /// Where neither is stated.
    pub not_stated: usize,
}

/// How the data of a project was reached. The pages mark the second as `(partially via "system access")`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// Through the publisher's own systems alone.
    SystemAccess,
    /// Through these, and as files.
    PartlySystemAccess,
    /// As files.
    Files,
    /// Neither is stated.
    NotStated,
}

impl Way {
    /// The way of a project: by its rows where there are any, and by its access method.
    pub(super) fn of(project: &Project) -> Self {
        let is_system = |way: &String| way.eq_ignore_ascii_case(SYSTEM_ACCESS);
        let ways = || project.versions.iter().flat_map(|version| &version.access);
        let has_rows = project.releases().next().is_some();
        let by_system = ways().any(is_system) || project.releases().any(|release| !release.is_file());
        // Beside rows the method of a row of access is no sign of a file.
        let by_files = if has_rows { project.files().next().is_some() } else { !ways().all(is_system) };
        match (by_system, by_files) {
            (true, false) => Self::SystemAccess,
            (true, true) => Self::PartlySystemAccess,
            (false, true) => Self::Files,
            (false, false) => Self::NotStated,
        }
    }
}

impl WaysReport {
    pub(super) fn of(ways: impl Iterator<Item = Way>) -> Self {
        let mut report = Self::default();
        for way in ways {
            *match way {
                Way::SystemAccess => &mut report.wholly,
                Way::PartlySystemAccess => &mut report.partly,
                Way::Files => &mut report.not,
                Way::NotStated => &mut report.not_stated,
            } += 1;
        }
        report
    }
}
