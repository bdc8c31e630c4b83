//! What the rules say of pages of each generation: a rule that needs what a generation does not print cannot tell.

use crate::support::entries::page;
use crate::support::examined::{cannot_tell, found, severity};
use outflow::concerns::{RuleId, Severity, examine};
use outflow::register::{Field, Layout, OptOutState, Place, Register, Section, Version, YesNo};

/// The same page under another generation.
fn of_layout(layout: Layout, change: impl Fn(&mut Version)) -> Register {
    let mut register = page(change);
    register.sources[0].layout = layout;
    register
}

#[test]
fn what_a_generation_of_pages_does_not_print_cannot_be_told() {
    let asked = [
        RuleId::Commercial,
        RuleId::Sublicensing,
        RuleId::IdentifiableSensitiveCommercial,
        RuleId::ExpiredFateUnknown,
        RuleId::EmptySection,
    ];
    let entry = |version: &mut Version| {
        version.types_of_data = vec!["Identifiable".to_owned()];
        version.sensitivity = vec!["Sensitive".to_owned()];
        version.statements[0].sections.set(Section::Outputs, None);
    };
    for layout in [Layout::Page2016, Layout::Page2018] {
        let examination = examine(&of_layout(layout, entry));
        for rule in asked {
            assert!(cannot_tell(&examination, rule), "{rule} on {layout:?}");
            assert!(found(&examination, rule).is_empty(), "{rule} on {layout:?}");
        }
    }
    let newer = examine(&of_layout(Layout::Page2021, entry));
    assert_eq!(severity(&newer, RuleId::EmptySection), Some(Severity::Medium));
    // Objectives are owed by every generation.
    let without = examine(&of_layout(Layout::Page2018, |version| version.statements.clear()));
    assert!(found(&without, RuleId::EmptySection)[0].statement.contains("no objectives are published"));
}

#[test]
fn before_2021_the_legal_basis_stands_for_the_bracket_beside_the_opt_outs() {
    let identifiable = RuleId::IdentifiableOptOutsNotApplied;
    let entry = |answer: &'static str, basis: &'static str| {
        move |version: &mut Version| {
            version.types_of_data = vec!["Identifiable".to_owned()];
            version.opt_outs.state = OptOutState::NotApplied;
            version.opt_outs.as_published = Some(answer.to_owned());
            version.legal_bases = basis.split('|').map(str::to_owned).collect();
        }
    };
    let weighed = |layout, answer, basis| severity(&examine(&of_layout(layout, entry(answer, basis))), identifiable);
    let consent = "Informed Patient consent to permit the receipt of data";
    assert_eq!(weighed(Layout::Page2016, "N", consent), Some(Severity::Note));
    assert_eq!(weighed(Layout::Page2018, "N", "Health and Social Care Act 2012"), Some(Severity::High));
    assert_eq!(weighed(Layout::Page2018, "No - consent provided by participants", "An Act 2012"), Some(Severity::Note));
    // From 2021 on there is a bracket, and an empty one is no basis.
    assert_eq!(weighed(Layout::Page2021, "N", consent), Some(Severity::High));
    let several = format!("{consent}|Health and Social Care Act 2012");
    let several = examine(&of_layout(Layout::Page2016, |version| {
        entry("N", "x")(version);
        version.legal_bases = several.split('|').map(str::to_owned).collect();
    }));
    assert!(cannot_tell(&several, identifiable));
}

#[test]
fn a_type_of_data_that_is_not_disclosed_is_not_silence() {
    let undisclosed = |state: OptOutState| {
        examine(&of_layout(Layout::Page2021, move |version| {
            version.types_of_data = vec!["information not disclosed for TRE projects".to_owned()];
            version.opt_outs.state = state;
            version.commercial.value = YesNo::Yes;
        }))
    };
    let not_applied = undisclosed(OptOutState::NotApplied);
    assert!(cannot_tell(&not_applied, RuleId::IdentifiableOptOutsNotApplied));
    assert!(cannot_tell(&not_applied, RuleId::IdentifiableSensitiveCommercial));
    assert!(found(&not_applied, RuleId::MalformedValue).is_empty());
    let applied = undisclosed(OptOutState::Applied);
    assert!(found(&applied, RuleId::IdentifiableOptOutsNotApplied).is_empty());
    assert!(!cannot_tell(&applied, RuleId::IdentifiableOptOutsNotApplied));
}

#[test]
fn a_last_month_of_release_alone_shows_that_data_was_released() {
    let examination = examine(&of_layout(Layout::Page2016, |version| {
        version.released.end = "2016-11".parse().ok();
    }));
    let sent = found(&examination, RuleId::FilesDisseminated);
    assert!(sent[0].statement.contains("(last in 2016-11)"), "{}", sent[0].statement);
    assert_eq!(severity(&examination, RuleId::OptOutsNotStated), Some(Severity::Medium));
}

#[test]
fn each_entrys_words_are_quoted_from_its_own_place() {
    let mut register = of_layout(Layout::Page2021, |version| {
        version.opt_outs.state = OptOutState::NotApplied;
        version.opt_outs.as_published = Some("N".to_owned());
        version.places.push((Field::OptOuts, Place::line(0, 6)));
    });
    let mut other = register.projects[0].versions[0].clone();
    other.opt_outs.as_published = Some("No - data flow is not identifiable".to_owned());
    other.places = vec![(Field::OptOuts, Place::line(0, 40))];
    register.projects[0].versions.push(other);
    let examination = examine(&register);
    let evidence = &found(&examination, RuleId::OptOutsNotApplied)[0].evidence;
    let quoted: Vec<(&str, String)> =
        evidence.iter().map(|one| (one.quote.as_str(), one.place.position.to_string())).collect();
    assert_eq!(quoted, [("N", "line 6".to_owned()), ("No - data flow is not identifiable", "line 40".to_owned())]);
}
