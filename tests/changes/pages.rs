//! Editions of saved pages, which are compared where the same organisations were saved again.

use std::fmt::Write;

use super::editions::concerns;
use crate::support::editions::open;
use outflow::concerns::RuleId;
use outflow::library::{HistoryStep, Library};

/// A page of one organisation, of the newest generation, with one project for each reference.
fn page(organisation: &str, month: &str, references: &[&str]) -> String {
    let mut text = format!("NHS Digital Data Release Register - reformatted\n{organisation} projects\n");
    for reference in references {
        let _ = writeln!(text, "- Beds of {reference}");
    }
    for reference in references {
        let _ = write!(
            text,
            "Beds of {reference} \u{2014} {reference}\nOpt outs honoured: No (Excuses: Section 251 NHS Act 2006)\n\
             Legal basis: Health and Social Care Act 2012 s261(2)(a)\nPurposes: No (NHS Trust)\nSensitive: Sensitive\n\
             When:DSA runs 2024-02 \u{2013} 2027-02 2024.03 \u{2014} {month}.\nAccess method: One-Off\n\
             Data-controller type: {organisation}\nSublicensing allowed: No\nAGD/predecessor discussions: a.pdf\n\
             Datasets:\n- Births\nType of data: Identifiable\nObjectives:\nIt is asked how long people wait for a bed.\n"
        );
    }
    text
}

#[test]
fn pages_are_compared_where_the_same_organisations_were_saved_again() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::at(folder.path().join("library"));
    let import = |slug: &str, pages: &[(&str, String)]| {
        let files: Vec<_> = pages
            .iter()
            .map(|(name, text)| {
                let path = folder.path().join(format!("{slug}-{name}.txt"));
                std::fs::write(&path, text).unwrap();
                path
            })
            .collect();
        library.publish(&files, Some(slug), &mut |_| {}).unwrap();
    };
    let fenland = |month: &str, references: &[&str]| page("FENLAND TRUST", month, references);
    import(
        "old",
        &[
            ("a", fenland("2025.03", &["NIC-1-AAAAA", "NIC-2-BBBBB"])),
            ("b", page("MARSH", "2025.03", &["NIC-3-CCCCC"])),
        ],
    );
    import("new", &[("a", fenland("2026.03", &["NIC-1-AAAAA"]))]);
    // The page of the other organisation was not saved again: nothing is said of it.
    let older = open(&library, "old");
    assert_eq!(concerns(&older, "NIC-2-BBBBB", RuleId::RemovedFromRegister).len(), 1);
    assert!(concerns(&older, "NIC-3-CCCCC", RuleId::RemovedFromRegister).is_empty());
    let history = library.history(&older, "NIC-3-CCCCC").unwrap();
    assert_eq!(history.editions[1].step, HistoryStep::NoPage, "{history:?}");
    assert_eq!(library.history(&older, "NIC-2-BBBBB").unwrap().editions[1].step, HistoryStep::Gone);
    // Nor does a page of another generation say what left.
    let text = fenland("2026.06", &["NIC-1-AAAAA"]).replace("AGD/predecessor discussions: a.pdf\n", "");
    let text = text.replace(" (Excuses: Section 251 NHS Act 2006)", " (Section 251 NHS Act 2006)");
    let text = text.replace("- Births\nType of data: Identifiable\n", "1. Births\n");
    import("odd", &[("a", text)]);
    let odd = open(&library, "odd");
    assert_ne!(odd.header().sources[0].layout, older.header().sources[0].layout);
    assert!(odd.header().findings.iter().all(|finding| finding.rule != RuleId::RemovedFromRegister));
    let record = odd.stem("NIC-1-AAAAA").unwrap().unwrap();
    assert!(record.findings.cannot_tell.iter().any(|unknown| unknown.rule == RuleId::EditedInPlace));
}
