//! What a basis comes to: on what footing data went out, as far as the published words tell.

use crate::register::{Release, Version};
use crate::text::fold;

/// The footing that a legal or confidentiality basis names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    /// Nothing is published.
    Empty,
    /// What people agreed to.
    Consent,
    /// Section 251 of the NHS Act 2006: use without consent.
    Section251,
    /// Several bases in one value, so that none can be told for one file.
    Mixture,
    /// Regulation 3: communicable disease and other risks to public health.
    Regulation3,
    /// The Statistics and Registration Service Act: registered births and deaths, national statistics.
    NationalStatistics,
    /// Another section, schedule or regulation.
    Provision,
    /// An Act or other words without a section.
    NoSection,
}

impl Basis {
    /// Reads a published basis.
    pub(super) fn of(published: &str) -> Self {
        let words = fold(published);
        let has = |part: &str| words.contains(part);
        if words.is_empty() {
            Self::Empty
        } else if words.starts_with("mixture") {
            Self::Mixture
        } else if has("consent") && !has("without consent") {
            Self::Consent
        } else if has("regulation 3") {
            Self::Regulation3
        } else if names_section_251(&words) {
            Self::Section251
        } else if has("statistics and registration service") || has("statistical registration service") {
            Self::NationalStatistics
        } else if names_provision(published) {
            Self::Provision
        } else {
            Self::NoSection
        }
    }

    /// Whether opt-outs do not reach what goes out on this footing.
    pub(super) fn is_outside_opt_outs(self) -> bool {
        matches!(self, Self::Consent | Self::Regulation3 | Self::NationalStatistics)
    }
}

/// Whether a basis, in folded words, names section 251 of the NHS Act 2006, alone or with others.
pub fn names_section_251(folded: &str) -> bool {
    ["section 251", "s251", "s.251", "s 251"].iter().any(|written| folded.contains(written))
}

/// Whether a legal basis names a section, schedule, regulation or consent, leaving out a leading "Other-".
pub(super) fn names_provision(published: &str) -> bool {
    let words = fold(published);
    let words = words.strip_prefix("other-").or_else(|| words.strip_prefix("other -")).unwrap_or(&words);
    let tokens: Vec<&str> = words.split(|letter: char| !letter.is_alphanumeric() && letter != '.').collect();
    let numbered = |token: &str| {
        let number = token.strip_prefix('s').map(|rest| rest.trim_start_matches('.'));
        number.is_some_and(|number| number.starts_with(|digit: char| digit.is_ascii_digit()))
    };
    let named = tokens.iter().any(|token| {
        let token = token.trim_matches('.');
        matches!(token, "section" | "sections" | "schedule" | "sch" | "regulation" | "regulations") || numbered(token)
    });
    // A flow "without consent" rests on something else, which is not named by saying so.
    let consented = words.contains("consent") && !words.contains("without consent");
    let spaced = tokens
        .windows(2)
        .any(|pair| matches!(pair[0], "s" | "s.") && pair[1].starts_with(|digit: char| digit.is_ascii_digit()));
    named || spaced || consented
}

/// The confidentiality basis of a file, as published: that of the dataset's row in the same version, else the words
/// after "No - ", else the legal basis, which is all that the workbooks of 2016 to 2021 give.
pub(super) fn of_file<'a>(version: &'a Version, release: &'a Release) -> &'a str {
    let dataset = version.datasets.iter().find(|dataset| {
        dataset.name == release.dataset
            && dataset.type_of_data == release.type_of_data
            && dataset.confidentiality.is_some()
    });
    let explained = || release.opt_outs_as_published.as_deref().and_then(|answer| answer.strip_prefix("No - "));
    release
        .confidentiality
        .as_deref()
        .or_else(|| dataset.and_then(|dataset| dataset.confidentiality.as_deref()))
        .or_else(explained)
        .or(release.legal_basis.as_deref())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_bases_are_told_apart() {
        let table = [
            ("", Basis::Empty),
            (
                "Informed Patient consent to permit the receipt, processing and release of data by the HSCIC",
                Basis::Consent,
            ),
            ("Consent (Reasonable Expectation)", Basis::Consent),
            ("Statutory exemption to flow confidential data without consent", Basis::NoSection),
            ("Section 251 approval is in place for the flow of identifiable data", Basis::Section251),
            ("National Health Service Act 2006 - s251 - 'Control of patient information'.", Basis::Section251),
            ("Mixture of confidential data flow(s) with support under section 251 NHS Act 2006", Basis::Mixture),
            (
                "CV19: Regulation 3 (4) of the Health Service (Control of Patient Information) Regulations 2002",
                Basis::Regulation3,
            ),
            ("Section 42(4) of the Statistics and Registration Service Act (2007)", Basis::NationalStatistics),
            ("Other-Health and Social Care Act 2012 Schedule 12, Part 9, subsection 11", Basis::Provision),
            ("Section 36, Health Act 2009", Basis::Provision),
            ("Health and Social Care Act 2012 - s261(5)(d)", Basis::Provision),
            ("Health and Social Care Act 2012", Basis::NoSection),
            ("Other-National Audit Act 1983", Basis::NoSection),
        ];
        for (published, basis) in table {
            assert_eq!(Basis::of(published), basis, "{published}");
        }
    }

    #[test]
    fn a_provision_is_a_section_by_any_name() {
        for named in ["s.36", "S 261(2)", "Act 2012, Sch 12", "Regulations 2002", "s261(7)", "informed consent"] {
            assert!(names_provision(named), "{named}");
        }
        for vague in ["Health and Social Care Act 2012", "Other-non-identifiable aggregate", "Other-S", "statutes 2012"]
        {
            assert!(!names_provision(vague), "{vague}");
        }
    }
}
