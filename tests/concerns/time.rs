//! Rules of time and of how the data left, on registers of our own: what makes each speak, what leaves it silent, and what
//! it cannot tell.

use std::collections::BTreeSet;

use crate::support::agreements::{Agreed, data_uses, data_uses_without};
use crate::support::entries::{Entry, page, workbook as release_register};
use crate::support::examined::found;
use crate::support::uses::{Agreement, write_edition};
use outflow::changes::{Side, VersionChange, compare};
use outflow::concerns::terms::{Doubt, Stated, Terms, When};
use outflow::concerns::{
    Concern, Examination, Lists, RuleId, Settings, Severity, Standing, Standpoint, against_earlier, examine, tally,
};
use outflow::library::Library;
use outflow::register::{Date, Field, Register, Version, YesNo, plain_reference};
use proptest::prelude::*;

const ANONYMISED: &str = "Anonymised - ICO Code Compliant";

/// The rules that are tried here.
const OURS: [RuleId; 10] = [
    RuleId::FilesAfterSdePolicy,
    RuleId::TreInNameYetFiles,
    RuleId::NeverTre,
    RuleId::MonthlyFiles,
    RuleId::ReleasedAfterExpiry,
    RuleId::ReleasedOutsideTerm,
    RuleId::GapInAgreement,
    RuleId::TermOverLimit,
    RuleId::ImpossibleDate,
    RuleId::ScopeGrew,
];

/// What a rule comes to on the first project of a register.
#[derive(Debug)]
enum Came {
    Silent,
    /// Severity, standing and statement of each finding, and why more cannot be told.
    Found(Vec<(Severity, Standing, String)>, Option<String>),
    CannotTell(String),
}

fn examined(register: &Register) -> Examination {
    let examination = examine(register);
    let concerns = examination.projects.iter().flat_map(|findings| &findings.concerns);
    for concern in concerns.filter(|concern| OURS.contains(&concern.rule)) {
        assert!(concern.statement.ends_with('.') && !concern.statement.contains("  "), "{}", concern.statement);
        assert!(!concern.evidence.is_empty() && concern.evidence.len() <= 12, "{}", concern.rule);
        assert!(concern.key.starts_with(concern.rule.as_str()));
    }
    examination
}

fn came(rule: RuleId, register: &Register) -> Came {
    let examination = examined(register);
    let told = found(&examination, rule);
    let told: Vec<_> = told.iter().map(|one| (one.severity, one.standing, one.statement.clone())).collect();
    let mut unknown = examination.projects[0].cannot_tell.iter().filter(|unknown| unknown.rule == rule);
    let why = unknown.next().map(|unknown| unknown.why.clone());
    match (told.is_empty(), why) {
        (true, None) => Came::Silent,
        (true, Some(why)) => Came::CannotTell(why),
        (false, why) => Came::Found(told, why),
    }
}

fn is_silent(rule: RuleId, register: &Register) -> bool {
    matches!(came(rule, register), Came::Silent)
}

/// The one finding of a rule that could tell all.
fn one(rule: RuleId, register: &Register) -> (Severity, Standing, String) {
    match came(rule, register) {
        Came::Found(mut found, None) if found.len() == 1 => found.remove(0),
        other => panic!("{rule}: {other:?}"),
    }
}

/// Why a rule that found nothing cannot tell.
fn why(rule: RuleId, register: &Register) -> String {
    match came(rule, register) {
        Came::CannotTell(why) => why,
        other => panic!("{rule}: {other:?}"),
    }
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// Two versions with three months between them.
fn apart(first: &str, second: &str) -> [Agreed; 2] {
    [Agreed::new(first, "2018-01-01", "2019-12-31"), Agreed::new(second, "2020-04-01", "2022-03-31")]
}

// The terms themselves.

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

// Files against terms.

#[test]
fn a_file_after_the_last_end_and_a_month_of_grace_is_late() {
    let register = |month: &str| {
        data_uses(&[
            Agreed::new("N-1-v1.0", "2018-01-01", "2019-12-31").file("2019-05"),
            Agreed::new("N-1-v2.0", "2020-01-01", "2020-03-15").file(month),
        ])
    };
    let rule = RuleId::ReleasedAfterExpiry;
    let (severity, standing, statement) = one(rule, &register("2020-05"));
    assert_eq!((severity, standing), (Severity::High, Standing::Fact));
    assert!(
        statement.contains("1 file sent in 2020-05") && statement.contains("2020-03-15, of N-1-v2.0"),
        "{statement}"
    );
    for inside in ["2020-03", "2020-04", "2018-01"] {
        assert!(is_silent(rule, &register(inside)), "{inside}");
    }
    let examination = examine(&register("2020-05"));
    let late = found(&examination, rule)[0];
    assert_eq!((late.files, late.evidence[0].field, late.evidence[1].field), (1, Field::Term, Field::Release));
    assert_eq!(late.evidence[0].quote, "N-1-v2.0 | 2020-01-01 to 2020-03-15");
}

#[test]
fn a_late_file_cannot_be_told_where_a_later_version_may_be_missing() {
    let rule = RuleId::ReleasedAfterExpiry;
    let late = || Agreed::new("N-1-v1.0", "2018-01-01", "2019-12-31").file("2020-06");
    let with = |other: Agreed| data_uses(&[late(), other]);
    assert!(why(rule, &with(Agreed::rows_only("N-1-v2.0").file("2020-07"))).contains("N-1-v2.0 has no entry"));
    assert!(why(rule, &with(Agreed::rows_only("N-1").file("2020-07"))).contains("N-1 has no entry"));
    assert!(why(rule, &with(Agreed::new("N-1-v0.9", "2016-01-01", ""))).contains("N-1-v0.9 is not wholly known"));
    assert!(why(rule, &with(Agreed::new("N-1-v2.0", "2020-01-01", "2002-01-01"))).contains("not wholly known"));
    assert!(why(rule, &data_uses_without("agreements", &[late()])).contains("sheet of agreements"));
    assert!(
        why(rule, &data_uses(&[Agreed::new("N-1-v1.0", "2018-01-01", "").file("2020-06")])).contains("end is known")
    );
    // Rows of an earlier number do not hide one that ends later.
    assert_eq!(one(rule, &with(Agreed::rows_only("N-1-v0.1").file("2018-07"))).0, Severity::High);
    // Nothing late: what is missing does not matter.
    let in_time = Agreed::new("N-1-v1.0", "2018-01-01", "2019-12-31").file("2019-06");
    assert!(is_silent(rule, &data_uses(&[in_time.clone(), Agreed::rows_only("N-1-v2.0")])));
    assert!(why(rule, &data_uses(&[in_time.clone().file("")])).contains("1 file has no month"));
    assert!(why(rule, &data_uses(&[in_time.clone().file("2052-07")])).contains("no month that can be meant"));
    assert!(why(rule, &data_uses_without("datareleases", &[in_time])).contains("sheet of files"));
    assert!(
        why(rule, &release_register(&[Entry::new("A-1").file("HES", "Identifiable", "s261", "N")])).contains("layout")
    );
}

/// The term and the months of release of a page.
fn paged(start: &str, end: &str, first: &str, last: &str) -> impl Fn(&mut Version) {
    let [start, end, first, last] = [start, end, first, last].map(|text| text.parse().ok());
    move |version| {
        (version.term.start, version.term.end) = (start, end);
        (version.released.start, version.released.end) = (first, last);
    }
}

#[test]
fn a_page_tells_of_late_files_by_its_last_month_and_of_nothing_else() {
    let late = paged("2022-11", "2025-11", "2018-01", "2026-02");
    let (severity, _, statement) = one(RuleId::ReleasedAfterExpiry, &page(&late));
    assert_eq!(severity, Severity::High);
    assert!(statement.contains("until 2026-02") && statement.contains("(2025-11)"), "{statement}");
    let rule = RuleId::ReleasedAfterExpiry;
    assert!(is_silent(rule, &page(paged("2022-11", "2025-11", "2018-01", "2025-12"))));
    assert!(why(rule, &page(paged("2022-11", "2025-11", "", ""))).contains("no month of release"));
    assert!(why(rule, &page(paged("2022-11", "2025-11", "2018-01", ""))).contains("no last month"));
    assert!(why(rule, &page(paged("2022-11", "", "2018-01", "2026-02"))).contains("end of the agreement"));
    let both = |ways: &'static [&str]| {
        page(|version: &mut Version| {
            late(version);
            version.access = ways.iter().map(|way| (*way).to_owned()).collect();
        })
    };
    assert!(why(rule, &both(&["One-Off", "System Access"])).contains("together"));
    assert!(is_silent(rule, &both(&["System Access"])));
    for rule in [RuleId::ReleasedOutsideTerm, RuleId::GapInAgreement] {
        assert!(why(rule, &page(&late)).contains("newest term"), "{rule}");
    }
}

#[test]
fn a_file_between_two_terms_is_outside_them() {
    let rule = RuleId::ReleasedOutsideTerm;
    let [first, second] = apart("N-1-v1.0", "N-1-v2.0");
    let with = |month: &str| data_uses(&[first.clone().file(month), second.clone()]);
    let (severity, standing, statement) = one(rule, &with("2020-02"));
    assert_eq!((severity, standing), (Severity::High, Standing::Fact));
    assert!(statement.contains("N-1-v1.0 ended (2019-12-31), and N-1-v2.0 started (2020-04-01)"), "{statement}");
    for inside in ["2019-12", "2020-04", "2018-01", "2024-01"] {
        assert!(is_silent(rule, &with(inside)), "{inside}");
    }
    assert!(why(rule, &with("2017-11")).contains("1 file is dated before the first known start"));
    assert!(why(rule, &with("")).contains("no month"));
    let register = data_uses(&[first.clone().file("2020-02").file("2017-11"), second.clone().file("2020-03")]);
    let Came::Found(told, Some(untold)) = came(rule, &register) else { panic!("both are to be told") };
    assert!(told[0].2.contains("2 files sent from 2020-02 to 2020-03"), "{}", told[0].2);
    assert!(untold.contains("paper"), "{untold}");
}

#[test]
fn between_versions_of_which_others_may_be_missing_a_file_is_a_question_or_not_told() {
    let rule = RuleId::ReleasedOutsideTerm;
    let with = |first: &str, second: &str, other: Option<Agreed>| {
        let [first, second] = apart(first, second);
        let all: Vec<Agreed> = [first.file("2020-02"), second].into_iter().chain(other).collect();
        data_uses(&all)
    };
    let (severity, standing, statement) = one(rule, &with("N-1-v1.0", "N-1-v2.2", None));
    assert_eq!((severity, standing), (Severity::Medium, Standing::Question));
    assert!(statement.contains("Minor versions between the two are not listed"), "{statement}");
    assert!(why(rule, &with("N-1-v1.0", "N-1-v3.0", None)).contains("major version between N-1-v1.0 and N-1-v3.0"));
    let unlisted = Some(Agreed::rows_only("N-1-v2.0"));
    assert!(why(rule, &with("N-1-v1.0", "N-1-v3.0", unlisted)).contains("N-1-v2.0 has no entry"));
    for open in [Agreed::new("N-1-v2.0", "2020-01-10", ""), Agreed::new("N-1-v2.0", "", "2020-03-01")] {
        assert!(why(rule, &with("N-1-v1.0", "N-1-v3.0", Some(open))).contains("N-1-v2.0 is not wholly known"));
    }
    assert!(why(rule, &with("N-1-v1.0", "N-1-v1.0", None)).contains("several entries"));
    // A version whose known start lies after the gap does not cover it.
    let later = Some(Agreed::new("N-1-v3.0", "2022-04-01", ""));
    assert_eq!(one(rule, &with("N-1-v1.0", "N-1-v2.0", later)).0, Severity::High);
    let [first, second] = apart("N-1-v1.0", "N-1-v2.0");
    let own = data_uses(&[first, second, Agreed::rows_only("N-1-v7.0").file("2020-02")]);
    assert!(why(rule, &own).contains("own term is not known (N-1-v7.0)"));
}

#[test]
fn a_gap_is_told_and_weighs_more_with_a_file_in_it() {
    let rule = RuleId::GapInAgreement;
    let [first, second] = apart("N-1-v1.0", "N-1-v2.0");
    let (severity, standing, statement) = one(rule, &data_uses(&[first.clone(), second.clone()]));
    assert_eq!((severity, standing), (Severity::Medium, Standing::Fact));
    assert!(statement.contains("covers 2020-01-01 to 2020-03-31"), "{statement}");
    let (severity, _, statement) = one(rule, &data_uses(&[first.clone().file("2020-02"), second.clone()]));
    assert!(severity == Severity::High && statement.contains("1 file is dated in it (in 2020-02)"), "{statement}");
    let question = data_uses(&[first.clone().file("2020-02"), apart("N-1-v1.0", "N-1-v2.1")[1].clone()]);
    assert_eq!((one(rule, &question).0, one(rule, &question).1), (Severity::Medium, Standing::Question));
    assert!(is_silent(rule, &data_uses(std::slice::from_ref(&first))));
    assert!(is_silent(rule, &data_uses(&[first.clone(), Agreed::new("N-1-v2.0", "2020-01-01", "2021-01-01")])));
    // Of months only months are compared.
    assert!(is_silent(rule, &data_uses(&[first.clone(), Agreed::new("N-1-v2.0", "2020-01", "2021-01")])));
    assert!(why(rule, &data_uses(&apart("N-1-v1.0", "N-1-v3.0"))).contains("major version"));
    assert!(why(rule, &data_uses(&[first.clone(), Agreed::new("N-1-v2.0", "", "")])).contains("\"N-1-v2.0\""));
    let examination = examine(&data_uses(&[first, second]));
    let quotes: Vec<&str> = found(&examination, rule)[0].evidence.iter().map(|one| one.quote.as_str()).collect();
    assert_eq!(quotes, ["N-1-v1.0 | 2018-01-01 to 2019-12-31", "N-1-v2.0 | 2020-04-01 to 2022-03-31"]);
}

// Terms against the standard, the calendar and one another.

#[test]
fn a_term_is_held_to_the_limit_of_its_time() {
    let rule = RuleId::TermOverLimit;
    let of = |start: &str, end: &str| Agreed::new("N-1-v1.0", start, end);
    let (severity, standing, statement) = one(rule, &data_uses(&[of("2019-08-01", "2022-09-01")]));
    assert_eq!((severity, standing), (Severity::Note, Standing::Question));
    assert!(statement.contains("3 years") && statement.contains("2022-09-01"), "{statement}");
    assert!(is_silent(rule, &data_uses(&[of("2019-08-01", "2022-08-31")])));
    let yes = |version: &mut Version| version.commercial.value = YesNo::Yes;
    assert!(one(rule, &data_uses(&[of("2019-08-01", "2021-07-31").but(yes)])).2.contains("the 1 year that"));
    let archived = |version: &mut Version| {
        let objectives = "Records are archived in the national archives.";
        version.statements[0].sections.set(outflow::register::Section::Processing, Some(objectives.to_owned()));
    };
    assert!(is_silent(rule, &data_uses(&[of("2019-08-01", "2024-07-31").but(archived)])));
    assert!(one(rule, &data_uses(&[of("2019-08-01", "2025-07-31").but(archived)])).2.contains("5 years"));
    let both = of("2019-08-01", "2022-07-31").but(yes).but(archived);
    assert!(why(rule, &data_uses(&[both])).contains("do not say which"));
    let unstated = |version: &mut Version| version.sublicensing.value = YesNo::NotStated;
    assert!(why(rule, &data_uses(&[of("2019-08-01", "2021-07-31").but(unstated)])).contains("do not say which"));
    assert!(is_silent(rule, &data_uses(&[of("2019-08-01", "2020-07-31").but(unstated)])));
    for start in ["2019-07-23", "2021-04-17", "2019-07"] {
        assert!(why(rule, &data_uses(&[of(start, "2030-01-01")])).contains("another standard"), "{start}");
    }
    assert!(why(rule, &data_uses(&[of("2019-08-01", "")])).contains("whole term"));
    assert!(why(rule, &release_register(&[Entry::new("A-1")])).contains("layout"));
}

#[test]
fn dates_that_cannot_be_are_named() {
    let rule = RuleId::ImpossibleDate;
    let register = data_uses(&[
        Agreed::new("N-1-v1.0", "2020-01-01", "2019-01-01").file("2026-10").file("2026-09"),
        Agreed::new("N-1-v2.0", "1919-01-01", "2022-01-01"),
    ]);
    let (severity, _, statement) = one(rule, &register);
    assert_eq!(severity, Severity::Note);
    for part in ["ends (2019-01-01) before it starts", "N-1-v2.0 gives a date in a year before 1990", "1 file is dated"]
    {
        assert!(statement.contains(part), "{statement}");
    }
    assert!(is_silent(rule, &data_uses(&[Agreed::new("N-1-v1.0", "2020-01", "2020-01-15").file("2026-09")])));
    assert!(why(rule, &data_uses(&[Agreed::new("N-1-v1.0", "", "")])).contains("no date"));
    assert!(why(rule, &page(paged("2022-11", "2025-11", "", ""))).contains("no month of its own"));
    let Came::Found(..) = came(rule, &page(paged("2022-11", "2021-11", "", ""))) else { panic!("it is reversed") };
    let mut undated = data_uses(&[Agreed::new("N-1-v1.0", "2020-01-01", "2021-01-01")]);
    undated.edition.date = None;
    assert!(why(rule, &undated).contains("month is not known"));
}

#[test]
fn what_a_later_version_adds_is_growth() {
    let rule = RuleId::ScopeGrew;
    let v1 = || Agreed::new("N-1-v1.0", "2018-01-01", "2019-12-31").dataset("HES", ANONYMISED, "Non-Sensitive", "");
    let v2 = || Agreed::new("N-1-v2.0", "2020-01-01", "2021-12-31");
    let grown = v2().dataset("HES", "Identifiable", "Sensitive", "").but(|version| {
        (version.commercial.value, version.commercial.as_published) = (YesNo::Yes, Some("Yes".to_owned()));
    });
    let (severity, standing, statement) = one(rule, &data_uses(&[v1(), grown.clone()]));
    assert_eq!((severity, standing), (Severity::Medium, Standing::Fact));
    for part in ["N-1-v2.0 adds", "identifiable data", "sensitive and commercial purposes"] {
        assert!(statement.contains(part), "{statement}");
    }
    assert!(is_silent(rule, &data_uses(&[v1()])));
    assert!(is_silent(rule, &data_uses(&[v1(), v2().dataset("HES", ANONYMISED, "Non-Sensitive", "")])));
    // What an earlier version had, a later one takes up again.
    let back = Agreed::new("N-1-v3.0", "2022-01-01", "2023-12-31").dataset("HES", "Identifiable", "Sensitive", "");
    let less = v2().dataset("HES", ANONYMISED, "Non-Sensitive", "");
    let first = Agreed::new("N-1-v1.0", "2018-01-01", "2019-12-31").dataset("HES", "Identifiable", "Sensitive", "");
    assert!(is_silent(rule, &data_uses(&[first, less, back])));
    let unknown = Agreed::new("N-1-v1.0", "2018-01-01", "2019-12-31").dataset("HES", "", "Non-Sensitive", "");
    let identifiable = v2().dataset("HES", "Identifiable", "Non-Sensitive", "");
    assert!(why(rule, &data_uses(&[unknown, identifiable])).contains("identifiable data"));
    assert!(why(rule, &data_uses(&[Agreed::new("N-1-v4.0", "2018-01-01", "2019-12-31")])).contains("no earlier"));
    assert!(why(rule, &data_uses_without("datasets", &[v1(), grown])).contains("sheet of datasets"));
    assert!(why(rule, &page(|_| {})).contains("one entry"));
}

#[test]
fn new_datasets_are_growth_and_new_labels_are_not() {
    let rule = RuleId::ScopeGrew;
    let with = |reference: &str, names: &[&str]| {
        let agreed = Agreed::new(reference, "2018-01-01", "2019-12-31");
        names.iter().fold(agreed, |agreed, name| agreed.dataset(name, ANONYMISED, "Sensitive", ""))
    };
    let register = |before: &[&str], after: &[&str]| data_uses(&[with("N-1-v1.0", before), with("N-1-v2.0", after)]);
    let (.., statement) = one(rule, &register(&["Births"], &["Births", "Deaths", "Beds", "Visits"]));
    assert!(statement.contains("adds 3 datasets (\"Deaths\", \"Beds\" and \"Visits\")"), "{statement}");
    assert!(is_silent(rule, &register(&["Births"], &["Births", "Deaths", "Beds"])));
    let relabelled =
        register(&["Births", "Deaths", "Beds"], &["Births (BIR)", "Births of all", "Of deaths", "Of beds"]);
    assert!(why(rule, &relabelled).contains("new labels"));
    assert!(is_silent(rule, &register(&["Emergency Care Data Set"], &["Emergency Care Data Set (ECDS)"])));
    assert!(why(rule, &register(&[], &["Births", "Deaths", "Beds"])).contains("lists none"));
}

// How the data left.

#[test]
fn files_since_the_policy_are_asked_about() {
    let rule = RuleId::FilesAfterSdePolicy;
    let section_251 = "Section 251 NHS Act 2006";
    let of = |confidentiality: &str| {
        Agreed::new("N-1-v1.0", "2023-01-01", "2026-12-31")
            .dataset("Births", "Identifiable", "Sensitive", confidentiality)
            .file("2023-10")
            .file("2023-11")
    };
    let (severity, standing, statement) = one(rule, &data_uses(&[of(section_251)]));
    assert_eq!((severity, standing), (Severity::Note, Standing::Question));
    assert!(statement.contains("1 file sent in 2023-11") && statement.contains("\"Academic\""), "{statement}");
    assert!(is_silent(rule, &data_uses(&[of("Consent (Reasonable Expectation)")])));
    let kinds =
        ["ICB - Integrated Care Board", "Sub ICB Location", "Clinical Commissioning Group (CCG)", "NHS England"];
    for kind in kinds {
        let commissioner = of(section_251).but(|version| version.organisation_type = Some(kind.to_owned()));
        assert!(is_silent(rule, &data_uses(&[commissioner])), "{kind}");
    }
    let titled = of(section_251).but(|version| version.title = Some("DSfC - A borough".to_owned()));
    assert!(is_silent(rule, &data_uses(&[titled])));
    assert!(is_silent(rule, &data_uses(&[of(section_251).of("NHS ENGLAND - X26")])));
    let mixture = "Mixture of confidential data flow(s) with consent and non-confidential data flow(s)";
    for unknown in [mixture, ""] {
        assert!(why(rule, &data_uses(&[of(unknown)])).contains("confidentiality basis"), "{unknown}");
    }
    let untyped = of(section_251).but(|version| version.organisation_type = None);
    assert!(why(rule, &data_uses(&[untyped])).contains("kind of organisation"));
    assert!(why(rule, &data_uses(&[Agreed::rows_only("N-1-v1.0").file("2024-01")])).contains("who received"));
    assert!(is_silent(rule, &release_register(&[Entry::new("A-1").file("HES", "Identifiable", "s261", "N")])));
    assert!(why(rule, &page(paged("2022-11", "2025-11", "2018-01", "2025-12"))).contains("merges"));
    assert!(is_silent(rule, &page(paged("2022-11", "2025-11", "2018-01", "2023-10"))));
}

#[test]
fn a_title_that_names_a_secure_environment_and_files_beside_it_are_asked_about() {
    let rule = RuleId::TreInNameYetFiles;
    let titled = |title: &str| {
        let title = title.to_owned();
        move |version: &mut Version| version.title = Some(title.clone())
    };
    let of = |title: &str| Agreed::new("N-1-v1.0", "2023-01-01", "2026-12-31").but(titled(title));
    let (.., statement) = one(rule, &data_uses(&[of("Access in the TRE for beds").file("2024-01")]));
    assert!(statement.contains("1 file was sent under it"), "{statement}");
    assert!(is_silent(rule, &data_uses(&[of("Access in the TRE for beds").access("2024-01")])));
    assert!(is_silent(rule, &data_uses(&[of("Treatment of beds").file("2024-01")])));
    // Files of the time before the title are not of it.
    let before = Agreed::new("N-1-v0.1", "2022-01-01", "2022-12-31").file("2022-05");
    assert!(is_silent(rule, &data_uses(&[before, of("Secure data environment of beds")])));
    assert!(why(rule, &release_register(&[Entry::new("A-1")])).contains("titles"));
    let named = |ways: &'static [&str]| {
        page(move |version: &mut Version| {
            paged("2022-11", "2025-11", "2018-01", "2025-12")(version);
            titled("A TRE")(version);
            version.access = ways.iter().map(|way| (*way).to_owned()).collect();
        })
    };
    assert!(one(rule, &named(&["One-Off"])).2.contains("2018-01 to 2025-12"));
    assert!(why(rule, &named(&["One-Off", "System Access"])).contains("together"));
    assert!(is_silent(rule, &named(&["System Access"])));
}

#[test]
fn files_in_every_month_for_a_year_are_a_flow() {
    let rule = RuleId::MonthlyFiles;
    let of = || Agreed::new("N-1-v1.0", "2018-01-01", "2026-12-31");
    let flow = data_uses(&[of().files_from("2020-03", 7).file("2020-03"), of().files_from("2020-10", 6)]);
    let (severity, _, statement) = one(rule, &flow);
    assert_eq!(severity, Severity::Note);
    assert!(statement.contains("from 2020-03 to 2021-03, 13 months on end: 14 files"), "{statement}");
    let broken = of().files_from("2020-01", 11).files_from("2021-01", 11);
    assert!(is_silent(rule, &data_uses(&[broken])));
    assert!(why(rule, &data_uses(&[of().files_from("2020-01", 11).file("")])).contains("Not every file"));
    assert!(is_silent(rule, &data_uses(&[of().files_from("2020-01", 5).file("")])));
    assert!(why(rule, &data_uses_without("datareleases", &[of()])).contains("sheet of files"));
    assert!(why(rule, &page(|_| {})).contains("first and the last month"));
    assert!(why(rule, &release_register(&[Entry::new("A-1")])).contains("no month"));
}

#[test]
fn an_organisation_that_never_had_system_access_is_told_once_on_each_of_its_agreements() {
    let rule = RuleId::NeverTre;
    let of = |number: usize, end: &str, who: &str| {
        Agreed::new(&format!("N-{number}-v1.0"), "2018-01-01", end).of(who).file("2019-05")
    };
    let others = || Agreed::new("N-9-v1.0", "2018-01-01", "2026-01-01").of("Others").access("2021-04");
    let spellings = ["Fenland Trust", "FENLAND TRUST", "Fenland Trust", "Fenland Trust"];
    let register = |ends: [&str; 3]| {
        let three = (0..3).map(|at| of(at, ends[at], spellings[at]));
        data_uses(&three.chain([others()]).collect::<Vec<_>>())
    };
    let all = register(["2022-01-01"; 3]);
    let (severity, standing, statement) = one(rule, &all);
    assert_eq!((severity, standing), (Severity::Note, Standing::Fact));
    assert!(statement.contains("3 files sent to Fenland Trust") && statement.contains("after 2021-04"), "{statement}");
    let tallies = tally(&examine(&all));
    let told = tallies.iter().find(|tally| tally.rule == rule).unwrap();
    assert_eq!((told.projects, told.findings, told.files, told.organisations), (3, 1, 3, 1));
    // One of the three had ended before there was any access, or had access itself.
    assert!(is_silent(rule, &register(["2022-01-01", "2022-01-01", "2020-01-01"])));
    let with_access = |agreed: Agreed| {
        let three = (0..3).map(|at| of(at, "2022-01-01", spellings[at]));
        data_uses(&three.chain([others(), agreed]).collect::<Vec<_>>())
    };
    let own = Agreed::new("N-5-v1.0", "2018-01-01", "2026-01-01").of("Fenland Trust").access("2022-04");
    assert!(is_silent(rule, &with_access(own)));
    // Two codes are two bodies.
    let coded =
        (0..4).map(|at| of(at, "2022-01-01", if at < 2 { "Fenland Trust - A1B" } else { "Fenland Trust - C2D" }));
    assert!(is_silent(rule, &data_uses(&coded.chain([others()]).collect::<Vec<_>>())));
    let nobody: Vec<Agreed> = (0..3).map(|at| of(at, "2022-01-01", spellings[at])).collect();
    assert!(why(rule, &data_uses(&nobody)).contains("no row of system access"));
    assert!(why(rule, &register(["2022-01-01", "2022-01-01", ""])).contains("Until when"));
    assert!(why(rule, &data_uses_without("datasets", &nobody)).contains("sheet of datasets"));
    assert!(why(rule, &page(|_| {})).contains("page"));
    assert!(why(rule, &release_register(&[Entry::new("A-1")])).contains("term"));
}

// Between editions.

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
