//! The rules on renewal: benefits that are not named, and words that stay the same.

use super::findings::{cannot_tell, is_silent, lacking, of_settings, one, quotes};
use crate::support::entitled::{uses, version};
use crate::support::entries::{Entry, page, workbook};
use outflow::concerns::{RuleId, Settings};
use outflow::register::{Date, Section, Wording};

#[test]
fn a_renewal_that_names_no_benefits_is_told() {
    let rule = RuleId::NoYieldedBenefits;
    let started = |reference: &str, start: &str, yielded: &str| {
        let mut version = version(reference);
        version.term.start = start.parse().ok();
        let text = (!yielded.is_empty()).then(|| yielded.to_owned());
        version.statements[0].sections.set(Section::YieldedBenefits, text);
        version
    };
    let old = started("DARS-NIC-1-A1B2C-v0.4", "2018-02-01", "");
    let renewed = |start, yielded| uses(vec![old.clone(), started("DARS-NIC-1-A1B2C-v1.2", start, yielded)]);
    for nothing in ["", "None", "TBC.", "n/a", "None to date"] {
        let concern = one(&renewed("2020-02-01", nothing), rule);
        assert!(concern.statement.contains("2018-02-01") && concern.statement.contains("2020-02-01"));
        assert_eq!(concern.evidence.len(), 3);
    }
    assert!(is_silent(&renewed("2020-02-01", "Waits fell by a tenth."), rule));
    assert!(is_silent(&renewed("2019-07-24", ""), rule));
    // A term that begins after the edition has not begun.
    assert!(is_silent(&renewed("2026-10-01", ""), rule));
    assert!(is_silent(&uses(vec![started("DARS-NIC-1-A1B2C-v0.4", "2021-02-01", "")]), rule));
    assert!(cannot_tell(&uses(vec![started("DARS-NIC-1-A1B2C-v3.1", "2021-02-01", "")]), rule));
    assert!(cannot_tell(&renewed("", ""), rule));
    assert!(cannot_tell(&lacking(renewed("2020-02-01", ""), "agreements: Yielded Benefits"), rule));
    assert!(cannot_tell(&workbook(&[Entry::new("A-1")]), rule));
    let page = page(|version| {
        version.term.start = Date::month(2022, 11);
        version.statements[0].sections.set(Section::YieldedBenefits, None);
    });
    assert!(cannot_tell(&page, rule));
}

#[test]
fn words_that_stay_the_same_over_three_major_versions_are_told() {
    let rule = RuleId::FrozenText;
    let numbered = |number: &str, objectives: &str| {
        let mut version = version(&format!("DARS-NIC-1-A1B2C-v{number}"));
        version.statements[0].sections.set(Section::Objectives, Some(objectives.to_owned()));
        version
    };
    let same =
        [numbered("0.3", "To count beds."), numbered("1.1", "To  count BEDS."), numbered("2.4", "To count beds.")];
    let concern = one(&uses(same.to_vec()), rule);
    assert_eq!(quotes(&concern), ["DARS-NIC-1-A1B2C-v0.3", "DARS-NIC-1-A1B2C-v1.1", "DARS-NIC-1-A1B2C-v2.4"]);
    assert!(concern.statement.contains("3 major versions"), "{}", concern.statement);
    let with = |number: &str, objectives: &str| {
        let mut versions = same[..2].to_vec();
        versions.push(numbered(number, objectives));
        uses(versions)
    };
    assert!(is_silent(&with("2.4", "To count wards."), rule));
    assert!(is_silent(&with("1.4", "To count beds."), rule));
    assert!(cannot_tell(&with("4.0", "To count beds."), rule));
    let settings = Settings::with("[thresholds]\nunchanged-versions = 2").unwrap();
    assert_eq!(of_settings(&with("2.4", "To count wards."), &settings, rule), 1);
    assert!(cannot_tell(&lacking(uses(same.to_vec()), "agreements"), rule));
    assert!(cannot_tell(&page(|_| {}), rule) && cannot_tell(&workbook(&[Entry::new("A-1-v1.0")]), rule));
    let mut sample = uses(same.to_vec());
    sample.edition.wording = Wording::Summary;
    assert!(cannot_tell(&sample, rule));
    let mut empty = same.to_vec();
    for version in &mut empty {
        version.statements[0].sections.set(Section::ExpectedBenefits, None);
    }
    assert!(is_silent(&uses(empty), rule));
}
