//! What is said of organisations and datasets in words, wherever they are shown: one sentence for the command line and the
//! explorer, so that the two never tell the same figures otherwise.

use super::grouped::{LinkReport, SentReport};
use super::organisations::{MatchReport, OrganisationDetail, RolesReport, Way};

/// The first and last month, as far as they are published.
pub fn months_told(sent: &SentReport) -> String {
    match (sent.first, sent.last) {
        (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
        (first, last) => first.or(last).map(|month| month.to_string()).unwrap_or_default(),
    }
}

/// What was sent, in words.
pub fn sent_told(sent: &SentReport) -> String {
    let files = match sent.files {
        None => "how many files were sent is not published by project".to_owned(),
        Some(0) => "no file recorded".to_owned(),
        Some(files) => counted(files, "file", "files"),
    };
    [files, sent_beside_told(sent)].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The same without the number of files, for where that stands beside it.
pub fn sent_beside_told(sent: &SentReport) -> String {
    let mut parts = Vec::new();
    if let (Some(1..), Some(applied), Some(not_applied)) =
        (sent.files, sent.opt_outs_applied, sent.opt_outs_not_applied)
    {
        parts.push(format!("opt-outs applied to {applied}"));
        parts.push(format!("not applied to {not_applied}"));
        let not_stated = sent.opt_outs_not_stated.filter(|count| *count > 0);
        parts.extend(not_stated.map(|count| format!("not stated for {count}")));
    }
    if sent.system_access > 0 {
        let rows = ("row of access to a remote system", "rows of access to a remote system");
        parts.push(counted(sent.system_access, rows.0, rows.1));
    }
    let months = months_told(sent);
    if !months.is_empty() {
        parts.push(months);
    }
    parts.join(", ")
}

/// What an organisation's files are over, and how many of its projects were reached without any.
pub fn reached_told(detail: &OrganisationDetail) -> String {
    let summary = &detail.summary;
    let projects = counted(summary.projects as u64, "project", "projects");
    let over = match (summary.sent.files, detail.projects_with_files) {
        (_, Some(with_files)) => format!("files sent under {with_files} of {projects}"),
        (Some(_), None) => {
            format!("the page's own count of files, over {projects}, without what was used by system access")
        }
        (None, None) => projects,
    };
    let ways = &detail.by_system_access;
    let untold = if ways.not_stated > 0 { format!(", not stated for {}", ways.not_stated) } else { String::new() };
    format!("{over}; projects by system access: {} wholly, {} partly{untold}", ways.wholly, ways.partly)
}

/// In how many projects a spelling is published, by role.
pub fn roles_told(roles: &RolesReport) -> String {
    let named = [
        (roles.applicant, "applicant of"),
        (roles.controller, "controller of"),
        (roles.recipient, "named in release rows of"),
    ];
    let parts: Vec<String> = named
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, role)| format!("{role} {}", counted(count as u64, "project", "projects")))
        .collect();
    if parts.is_empty() { "named by its page".to_owned() } else { parts.join(", ") }
}

/// In which roles an organisation is named in a project.
pub fn roles_in_project(project: &MatchReport) -> String {
    project.roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(" and ")
}

/// How the data of a project was reached, where that was not as files alone.
pub fn way_told(way: Way) -> Option<&'static str> {
    match way {
        Way::SystemAccess => Some("by system access"),
        Way::PartlySystemAccess => Some("partly by system access"),
        Way::Files | Way::NotStated => None,
    }
}

/// What came before or after: another body or dataset (`what`), and said to be so.
pub fn link_told(what: &str, when: &str, link: &LinkReport) -> String {
    let here = match &link.in_edition {
        Some(name) => format!("in this edition as {name}"),
        None => "not in this edition".to_owned(),
    };
    let LinkReport { link, .. } = link;
    format!("{when}, another {what}: {} ({}; {}; {here})", link.name, link.date, link.reason)
}

/// Spellings beside the one that is shown: ` (2 spellings)`.
pub fn more_spellings(spellings: &[String]) -> String {
    if spellings.len() > 1 { format!("  ({} spellings)", spellings.len()) } else { String::new() }
}

/// `1 file`, `2 files`.
pub fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
