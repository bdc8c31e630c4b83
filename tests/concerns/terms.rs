//! The terms of agreements: how they are joined, what numbers and dates leave open, and what holds for any of them.

use super::time::{apart, examined, is_silent};
use crate::support::agreements::{Agreed, data_uses};
use crate::support::examined::found;
use outflow::concerns::terms::{Doubt, Stated, Terms, When};
use outflow::concerns::{RuleId, Settings, Severity};
use outflow::register::Date;
use proptest::prelude::*;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn terms_that_overlap_or_follow_on_the_next_day_are_one_stretch() {
    let register = data_uses(&[
        Agreed::new("N-1-v1.0", "2018-01-01", "2018-12-31"),
        Agreed::new("N-1-v1.1", "2018-06-01", "2019-06-30"),
        Agreed::new("N-1-v2.0", "2019-07-01", "2020-06-30"),
        Agreed::new("N-1-v3.0", "2020-07", "2021-06"),
        Agreed::new("N-1-v4.0", "2021-07-02", "2022-07-01"),
    ]);
    let terms = Terms::of(&register.projects[0], &register.sources, Settings::built_in());
    let spans: Vec<(String, String)> =
        terms.stretches().iter().map(|one| (one.span.start.to_string(), one.span.end.to_string())).collect();
    assert_eq!(
        spans,
        [("2018-01-01".to_owned(), "2021-06".to_owned()), ("2021-07-02".to_owned(), "2022-07-01".to_owned())]
    );
    let gaps = terms.gaps();
    assert_eq!((gaps[0].days.start, gaps[0].days.end), (date("2021-07-01"), date("2021-07-01")));
    assert!(gaps[0].doubt.is_none());
    // No whole month lies in a gap of a day.
    assert!(matches!(terms.when(date("2021-07")), When::Inside));
    assert!(matches!(terms.when(date("2017-12")), When::BeforeFirst));
    assert!(matches!(terms.when(date("2022-08")), When::AfterLast));
    assert_eq!(terms.last_end().unwrap().0, date("2022-07-01"));
}

#[test]
fn a_shorter_amendment_does_not_end_the_term_of_the_version_before_it() {
    let register = data_uses(&[
        Agreed::new("N-1-v1.0", "2018-01-01", "2020-12-31"),
        Agreed::new("N-1-v1.1", "2018-06-01", "2018-12-31"),
        Agreed::new("N-1-v2.0", "2021-01-01", "2021-12-31").file("2019-05"),
    ]);
    for rule in [RuleId::GapInAgreement, RuleId::ReleasedOutsideTerm, RuleId::ReleasedAfterExpiry] {
        assert!(is_silent(rule, &register), "{rule}");
    }
}

#[test]
fn what_the_numbers_leave_out_is_told_from_what_they_do_not() {
    let doubt = |first: &str, second: &str| {
        let register = data_uses(&apart(first, second));
        let terms = Terms::of(&register.projects[0], &register.sources, Settings::built_in());
        match terms.gaps().remove(0).doubt {
            None => "none",
            Some(Doubt::MinorMissing(..)) => "minor",
            Some(Doubt::MajorMissing(..)) => "major",
            Some(Doubt::Unordered(..)) => "order",
            Some(_) => "other",
        }
    };
    for (first, second, expected) in [
        ("N-1-v1.0", "N-1-v2.0", "none"),
        ("N-1-v1.4", "N-1-v1.5", "none"),
        ("N-1-v1.4", "N-1-v2.0", "none"),
        ("N-1-v1.4", "N-1-v1.6", "minor"),
        ("N-1-v1.0", "N-1-v2.3", "minor"),
        ("N-1-v1.0", "N-1-v3.0", "major"),
        ("N-1-v2.0", "N-1-v1.0", "order"),
        ("N-1-v1.0", "N-1-v1.0", "order"),
        ("N-1", "N-1-v1.0", "order"),
    ] {
        assert_eq!(doubt(first, second), expected, "{first} {second}");
    }
}

#[test]
fn dates_that_cannot_be_meant_make_no_term() {
    let register = data_uses(&[
        Agreed::new("N-1-v1.0", "2018-01-01", "2017-01-01"),
        Agreed::new("N-1-v2.0", "1900-01-01", "1900-01-01"),
        Agreed::new("N-1-v3.0", "2018-01", "2018-01-05"),
        Agreed::new("N-1-v4.0", "", "2020-01-05"),
        Agreed::rows_only("N-1-v5.0"),
    ]);
    let terms = Terms::of(&register.projects[0], &register.sources, Settings::built_in());
    let stated: Vec<Stated> = terms.versions().iter().map(|known| known.stated).collect();
    assert!(matches!(
        stated[..],
        [Stated::Impossible, Stated::Impossible, Stated::Whole(_), Stated::End(_), Stated::NoEntry]
    ));
    assert_eq!((terms.stretches().len(), terms.undated().count()), (1, 4));
    assert_eq!(terms.last_end().unwrap().0, date("2020-01-05"));
}

// For any terms and months.

/// A version: start and length in months, day, what is known of them, and the number.
type Drawn = (i32, i32, u8, u8, u32, u32);

fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    prop::collection::vec((0_i32..120, -2_i32..30, 1_u8..29, 0_u8..6, 0_u32..4, 0_u32..3), 1..6)
}

/// Versions of any terms, known in days or in months or not at all, with any numbers.
fn versions(drawn: &[Drawn]) -> Vec<Agreed> {
    let agreed = |(start, length, day, known, major, minor): &Drawn| {
        let date = |months: i32| {
            let month = Date::month(2014, 1).unwrap().after_months(months).unwrap();
            let day = Date::day(month.year(), month.month_of_year(), *day).unwrap();
            if *known == 0 { month.to_string() } else { day.to_string() }
        };
        let reference = format!("N-1-v{major}.{minor}");
        match known {
            4 => Agreed::new(&reference, &date(*start), ""),
            5 => Agreed::rows_only(&reference),
            _ => Agreed::new(&reference, &date(*start), &date(start + length)),
        }
    };
    drawn.iter().map(agreed).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_file_is_outside_a_term_after_all_terms_or_inside_one_and_never_two_of_these(
        drawn in drawn(),
        month in 0_i32..180,
        under in 0_usize..6,
    ) {
        let month = Date::month(2012, 1).unwrap().after_months(month).unwrap();
        let mut versions = versions(&drawn);
        let under = under % versions.len();
        versions[under] = versions[under].clone().file(&month.to_string());
        let register = data_uses(&versions);
        let examination = examined(&register);
        let terms = Terms::of(&register.projects[0], &register.sources, Settings::built_in());
        let inside = versions.iter().any(|one| {
            let term = one.version.term;
            term.start.zip(term.end).is_some_and(|(start, end)| {
                end.last_day() >= start.first_day() && start.months_since(month) <= 0 && month.months_since(end) <= 0
            })
        });
        prop_assert_eq!(inside, matches!(terms.when(month), When::Inside));
        let fires = |rule| !found(&examination, rule).is_empty();
        let told = [inside, fires(RuleId::ReleasedOutsideTerm), fires(RuleId::ReleasedAfterExpiry)];
        prop_assert!(told.iter().filter(|one| **one).count() <= 1, "{:?}", told);
        // A gap that weighs more for a file has one that is outside all terms.
        let grave = found(&examination, RuleId::GapInAgreement).iter().any(|gap| gap.severity == Severity::High);
        prop_assert!(!grave || matches!(terms.when(month), When::Between(_)));
    }

    #[test]
    fn the_union_holds_each_term_and_its_stretches_lie_apart(drawn in drawn()) {
        let register = data_uses(&versions(&drawn));
        let terms = Terms::of(&register.projects[0], &register.sources, Settings::built_in());
        for known in terms.versions() {
            if let Stated::Whole(span) = known.stated {
                let holding = terms.stretches().iter().filter(|stretch| stretch.span.holds(span)).count();
                prop_assert_eq!(holding, 1);
            }
        }
        for pair in terms.stretches().windows(2) {
            prop_assert!(pair[0].span.end.next_day().unwrap() < pair[1].span.start.first_day());
        }
        let gaps = terms.gaps();
        prop_assert_eq!(gaps.len(), terms.stretches().len().saturating_sub(1));
        prop_assert!(gaps.iter().all(|gap| gap.days.start <= gap.days.end));
    }
}
