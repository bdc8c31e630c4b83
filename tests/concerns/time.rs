//! Rules of time, on registers of our own: what makes each speak, what leaves it silent, and what it cannot tell.

use crate::support::agreements::{Agreed, data_uses, data_uses_without};
use crate::support::entries::{Entry, page, workbook as release_register};
use crate::support::examined::found;
use outflow::concerns::{Examination, RuleId, Severity, Standing, examine};
use outflow::register::{Field, Register, Version, YesNo};

pub(super) const ANONYMISED: &str = "Anonymised - ICO Code Compliant";

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
pub(super) enum Came {
    Silent,
    /// Severity, standing and statement of each finding, and why more cannot be told.
    Found(Vec<(Severity, Standing, String)>, Option<String>),
    CannotTell(String),
}

pub(super) fn examined(register: &Register) -> Examination {
    let examination = examine(register);
    let concerns = examination.projects.iter().flat_map(|findings| &findings.concerns);
    for concern in concerns.filter(|concern| OURS.contains(&concern.rule)) {
        assert!(concern.statement.ends_with('.') && !concern.statement.contains("  "), "{}", concern.statement);
        assert!(!concern.evidence.is_empty() && concern.evidence.len() <= 12, "{}", concern.rule);
        assert!(concern.key.starts_with(concern.rule.as_str()));
    }
    examination
}

pub(super) fn came(rule: RuleId, register: &Register) -> Came {
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

pub(super) fn is_silent(rule: RuleId, register: &Register) -> bool {
    matches!(came(rule, register), Came::Silent)
}

/// The one finding of a rule that could tell all.
pub(super) fn one(rule: RuleId, register: &Register) -> (Severity, Standing, String) {
    match came(rule, register) {
        Came::Found(mut found, None) if found.len() == 1 => found.remove(0),
        other => panic!("{rule}: {other:?}"),
    }
}

/// Why a rule that found nothing cannot tell.
pub(super) fn why(rule: RuleId, register: &Register) -> String {
    match came(rule, register) {
        Came::CannotTell(why) => why,
        other => panic!("{rule}: {other:?}"),
    }
}

/// Two versions with three months between them.
pub(super) fn apart(first: &str, second: &str) -> [Agreed; 2] {
    [Agreed::new(first, "2018-01-01", "2019-12-31"), Agreed::new(second, "2020-04-01", "2022-03-31")]
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
pub(super) fn paged(start: &str, end: &str, first: &str, last: &str) -> impl Fn(&mut Version) {
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
