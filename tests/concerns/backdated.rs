//! Versions that start long before they are listed, told between editions.

use std::collections::BTreeSet;

use crate::support::agreements::{Agreed, data_uses};
use crate::support::uses::{Agreement, write_edition};
use outflow::changes::{Side, VersionChange, compare};
use outflow::concerns::{Concern, Lists, RuleId, Settings, Severity, Standing, Standpoint, against_earlier};
use outflow::library::Library;
use outflow::register::{Date, Register, plain_reference};

/// What the edition of September 2026 adds to that of a month before, or of none that is known, for its first project: its
/// findings under the rule, and why it cannot tell.
fn backdated(
    before: &[Agreed],
    after: &[Agreed],
    other_date: Option<Date>,
    lists: Lists,
) -> (Vec<Concern>, Vec<String>) {
    let (old, new) = (data_uses(before), data_uses(after));
    let listed = |register: &Register| -> BTreeSet<String> {
        register.projects.iter().map(|project| plain_reference(&project.reference)).collect()
    };
    let changes: Vec<VersionChange> = new
        .projects
        .iter()
        .flat_map(|project| {
            let known = old.projects.iter().find(|other| other.reference == project.reference);
            compare(
                Side { project: known, sources: &old.sources },
                Side { project: Some(project), sources: &new.sources },
            )
        })
        .collect();
    let at = Standpoint {
        slug: "2026-09",
        date: Date::month(2026, 9),
        other: "2026-06",
        other_date,
        sources: 1,
        lists,
        settings: Settings::built_in(),
    };
    let stems = [&listed(&old), &listed(&new)];
    let mut overlay = against_earlier(at, &changes, &[], stems, &|_, _| false, old.sources.clone());
    let stem = plain_reference(&new.projects[0].reference);
    let concerns = overlay.projects.remove(&stem).unwrap_or_default();
    let untold = overlay.untold.remove(&stem).unwrap_or_default().into_iter().chain(overlay.cannot_tell);
    (
        concerns.into_iter().filter(|concern| concern.rule == RuleId::Backdated).collect(),
        untold.filter(|unknown| unknown.rule == RuleId::Backdated).map(|unknown| unknown.why).collect(),
    )
}

#[test]
fn a_first_version_that_started_long_before_it_was_listed_is_asked_about() {
    let june = Date::month(2026, 6);
    let of = |reference: &str, start: &str| Agreed::new(reference, start, "2029-01-31");
    let alone = |reference: &str, start: &str| backdated(&[], &[of(reference, start)], june, Lists::Everything);
    let (told, untold) = alone("N-1-v1.0", "2026-02-28");
    assert_eq!((told.len(), untold.len()), (1, 0));
    assert_eq!((told[0].severity, told[0].standing), (Severity::Note, Standing::Question));
    let statement = &told[0].statement;
    assert!(
        statement.starts_with("N-1-v1.0 starts 2026-02-28, 4 months before edition 2026-06, which does not"),
        "{statement}"
    );
    assert_eq!(told[0].evidence[0].quote, "N-1-v1.0 | 2026-02-28 to 2029-01-31");
    // Three months before the edition that did not list it are not more than three; and v2.0 is no first version.
    for (reference, start) in [("N-1-v1.0", "2026-03-01"), ("N-1-v1.0", "2026-09-01"), ("N-1-v2.0", "2020-01-01")] {
        assert_eq!(alone(reference, start), (Vec::new(), Vec::new()), "{reference} {start}");
    }
    let (early, late) = (of("N-1-v0.1", "2020-01-01"), of("N-1-v1.0", "2021-01-01"));
    let both = [early.clone(), late.clone()];
    assert_eq!(backdated(&[], &both, june, Lists::Everything), (Vec::new(), Vec::new()));
    assert_eq!(backdated(&[early], &both, june, Lists::Everything), (Vec::new(), Vec::new()));
    assert_eq!(backdated(&[], std::slice::from_ref(&late), june, Lists::EntriesOnly).0.len(), 1);
    assert!(alone("N-1-v1.0", "").1[0].contains("does not give the start of N-1-v1.0"));
    for (date, lists) in [(None, Lists::Everything), (june, Lists::NoEntries), (june, Lists::OwnPeriod)] {
        let (told, untold) = backdated(&[], std::slice::from_ref(&late), date, lists);
        assert_eq!((told.len(), untold.len()), (0, 1), "{lists:?}");
    }
}

#[test]
fn an_agreement_that_a_still_earlier_edition_lists_is_not_first_listed_now() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::at(folder.path().join("library"));
    let returned = Agreement::new("DARS-NIC-1-AAAAA-v1.0", "FENLAND TRUST");
    let new = Agreement::new("DARS-NIC-2-BBBBB-v1.0", "FENLAND TRUST");
    let other = Agreement::new("DARS-NIC-3-CCCCC-v1.0", "FENLAND TRUST");
    for (month, agreements) in [
        ("june2026", vec![returned.clone(), other.clone()]),
        ("july2026", vec![other.clone()]),
        ("august2026", vec![returned, new, other]),
    ] {
        library.publish(&[write_edition(folder.path(), month, &agreements)], None, &mut |_| {}).unwrap();
    }
    let edition = library.open(Some("2026-08")).unwrap();
    edition.lay_over(&library).unwrap();
    let told = |stem: &str| {
        let findings = edition.index.stem(stem).unwrap().unwrap().findings;
        findings.concerns.iter().filter(|concern| concern.rule == RuleId::Backdated).count()
    };
    assert_eq!(["DARS-NIC-1-AAAAA", "DARS-NIC-2-BBBBB", "DARS-NIC-3-CCCCC"].map(told), [0, 1, 0]);
}
