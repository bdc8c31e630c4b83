//! References: `DARS-NIC-00574-V2H1F-v4.2` is version 4.2 of the project `DARS-NIC-00574-V2H1F`.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The numbers after `-v`, in order: `[4, 2]`. Empty for a reference without them, which sorts first.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct VersionNumber(pub Vec<u32>);

impl fmt::Display for VersionNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers: Vec<String> = self.0.iter().map(u32::to_string).collect();
        if numbers.is_empty() { Ok(()) } else { write!(out, "v{}", numbers.join(".")) }
    }
}

/// A reference for comparing: in small letters, without `DARS-`, white space collapsed. It is never shown.
pub fn plain_reference(reference: &str) -> String {
    let lower = reference.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    match lower.strip_prefix("dars-") {
        Some(rest) if rest.starts_with("nic-") => rest.to_owned(),
        _ => lower,
    }
}

/// The stem of a reference: what stays for the life of a project.
pub fn stem_of(reference: &str) -> &str {
    split(reference.trim()).0
}

/// The version number at the end of a reference, compared by number and not by letter (v2.10 after v2.9).
pub fn version_of(reference: &str) -> VersionNumber {
    split(reference.trim()).1
}

fn split(reference: &str) -> (&str, VersionNumber) {
    let whole = (reference, VersionNumber::default());
    let Some(at) = reference.rfind(['v', 'V']) else {
        return whole;
    };
    // The code in a stem can itself be a capital V and figures, as in `NIC-1234-V5678`: that is no number of a version.
    if reference[at..].starts_with('V') && !reference[at..].contains('.') {
        return whole;
    }
    let numbers: Option<Vec<u32>> = reference[at + 1..].split('.').map(|part| part.parse().ok()).collect();
    match (reference[..at].strip_suffix('-'), numbers) {
        (Some(stem), Some(numbers)) if !stem.is_empty() => (stem, VersionNumber(numbers)),
        _ => whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_falls_into_stem_and_version() {
        assert_eq!(stem_of("DARS-NIC-00574-V2H1F-v4.2"), "DARS-NIC-00574-V2H1F");
        assert_eq!(version_of("DARS-NIC-00574-V2H1F-v4.2"), VersionNumber(vec![4, 2]));
        assert_eq!(stem_of("NIC-56039-T9H7X "), "NIC-56039-T9H7X");
        assert_eq!(version_of("NIC-56039-T9H7X"), VersionNumber::default());
        assert_eq!(stem_of("CASEMIX_MONITOR"), "CASEMIX_MONITOR");
        assert_eq!(stem_of("NIC-1234-V5678"), "NIC-1234-V5678");
        assert_eq!(stem_of("NIC-1234-A5678-V1.0"), "NIC-1234-A5678");
        assert_eq!(plain_reference(" DARS-NIC-1-A1B2C-v1.0 "), plain_reference("nic-1-a1b2c-V1.0"));
        assert_eq!(stem_of("v1"), "v1");
    }

    #[test]
    fn versions_order_by_number() {
        assert!(version_of("X-v2.10") > version_of("X-v2.9"));
        assert!(version_of("X-v2") > version_of("X"));
        assert_eq!(version_of("X-v0.10").to_string(), "v0.10");
    }
}
