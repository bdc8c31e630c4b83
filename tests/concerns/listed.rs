//! The rules on what an entry lists: advice, datasets, and rows that do not go with either.

use super::findings::{IDENTIFIABLE, cannot_tell, first, is_silent, lacking, one};
use crate::support::entitled::{ROW, Row, uses, version, with_dataset, with_file};
use crate::support::entries::{Entry, page, workbook};
use outflow::concerns::{RuleId, examine};
use outflow::register::{Date, Field, Layout, Listing, Note, Place};

#[test]
fn advice_is_missed_only_where_a_page_lists_it() {
    let rule = RuleId::NoOversightRecorded;
    assert_eq!(one(&page(|_| {}), rule).evidence[0].field, Field::Minutes);
    assert!(is_silent(&page(|version| version.minutes.push("AGD minutes.pdf".to_owned())), rule));
    let mut older = page(|_| {});
    older.sources[0].layout = Layout::Page2021;
    assert!(cannot_tell(&older, rule) && cannot_tell(&uses(vec![first()]), rule));
}

#[test]
fn records_of_general_practice_are_told_by_the_dataset() {
    let rule = RuleId::GpRecords;
    let of = |dataset| uses(vec![with_file(with_dataset(first(), Row { dataset, ..ROW }), ROW, "No", "2021-05")]);
    let gdppr = "COVID-19 General Practice Extraction Service (GPES) Data for Pandemic Planning and Research (GDPPR)";
    assert!(one(&of(gdppr), rule).statement.contains(gdppr));
    let file = Row { dataset: gdppr, ..ROW };
    assert_eq!(one(&uses(vec![with_file(with_dataset(first(), ROW), file, "No", "2021-05")]), rule).files, 1);
    for other in ["Medicines dispensed in Primary Care (NHSBSA data)", "GP Census data", "Primary Care Mortality Data"]
    {
        assert!(is_silent(&of(other), rule), "{other}");
    }
    assert!(cannot_tell(&uses(vec![first()]), rule));
}

#[test]
fn a_dataset_that_no_version_names_is_asked_about() {
    let rule = RuleId::DatasetNotInAgreement;
    let maternity = Row { dataset: "Maternity Services Data Set", ..ROW };
    let sent = |row, month| with_file(with_dataset(first(), ROW), row, "No", month);
    let concern = one(&uses(vec![sent(maternity, "2021-05")]), rule);
    assert!(concern.statement.contains("\"Maternity Services Data Set\", which no listed version"));
    assert_eq!((concern.files, concern.evidence.len()), (1, 2));
    let spelled = Row { dataset: "Emergency Care Dataset", ..ROW };
    assert!(is_silent(&uses(vec![sent(spelled, "2021-05")]), rule));
    let elsewhere = with_dataset(version("DARS-NIC-1-A1B2C-v2.0"), maternity);
    assert!(is_silent(&uses(vec![sent(maternity, "2021-05"), elsewhere]), rule));
    // Another label, the other side of January 2023, and what is not known of either.
    let label = Row { dataset: "ECDS", ..ROW };
    assert!(cannot_tell(&uses(vec![sent(label, "2021-05")]), rule));
    assert!(cannot_tell(&uses(vec![sent(maternity, "2023-01")]), rule));
    assert!(cannot_tell(&uses(vec![sent(maternity, "")]), rule));
    let mut earlier = uses(vec![sent(maternity, "")]);
    earlier.edition.date = Date::month(2022, 6);
    one(&earlier, rule);
}

#[test]
fn what_is_not_listed_can_name_a_dataset() {
    let rule = RuleId::DatasetNotInAgreement;
    let maternity = Row { dataset: "Maternity Services Data Set", ..ROW };
    let sent = with_file(with_dataset(first(), ROW), maternity, "No", "2021-05");
    let later = |reference: &str| with_dataset(version(reference), ROW);
    one(&uses(vec![sent.clone(), later("DARS-NIC-1-A1B2C-v2.0")]), rule);
    assert!(cannot_tell(&uses(vec![sent.clone(), later("DARS-NIC-1-A1B2C-v3.0")]), rule));
    let mut rows_only = later("DARS-NIC-1-A1B2C-v2.0");
    rows_only.listing = Listing::RowsOnly;
    assert!(cannot_tell(&uses(vec![sent.clone(), rows_only]), rule));
    let mut late = sent.clone();
    late.number = outflow::register::version_of("X-v4.0");
    assert!(cannot_tell(&uses(vec![late]), rule));
    let bare = with_file(first(), maternity, "No", "2021-05");
    assert!(cannot_tell(&uses(vec![bare]), rule));
    assert!(cannot_tell(&lacking(uses(vec![sent]), "datasets"), rule));
    assert!(cannot_tell(&page(|_| {}), rule));
    assert!(cannot_tell(&workbook(&[Entry::new("A-1").file("HES", "Identifiable", "Act", "N")]), rule));
}

#[test]
fn a_row_contradicts_where_no_row_of_its_dataset_agrees() {
    let rule = RuleId::RowContradictsAgreement;
    let sent = |rows: &[Row<'_>], file| {
        let version = rows.iter().fold(first(), |version, row| with_dataset(version, *row));
        uses(vec![with_file(version, file, "No", "2021-05")])
    };
    let concern = one(&sent(&[ROW], Row { kind: "Identifiable", sensitivity: "Sensitive", ..ROW }), rule);
    assert!(concern.statement.ends_with("in type of data, sensitivity."), "{}", concern.statement);
    assert_eq!(concern.evidence.iter().map(|one| one.field).collect::<Vec<_>>(), [Field::Release, Field::Datasets]);
    one(&sent(&[IDENTIFIABLE, ROW], Row { kind: "Identifiable", ..ROW }), rule);
    for (rows, file) in [
        (&[ROW][..], ROW),
        (&[IDENTIFIABLE, ROW], ROW),
        (&[ROW], Row { kind: "anonymised \u{2013} ICO code compliant", sensitivity: "non sensitive", ..ROW }),
        (&[ROW], Row { legal_basis: "Health and Social Care Act 2012 s261(2)(a)", kind: "", ..ROW }),
        (&[Row { legal_basis: "", sensitivity: "", ..ROW }], ROW),
        (&[ROW], Row { dataset: "Maternity Services Data Set", kind: "Identifiable", ..ROW }),
    ] {
        assert!(is_silent(&sent(rows, file), rule), "{file:?}");
    }
    // The same dataset in another spelling.
    one(&sent(&[ROW], Row { dataset: "Emergency Care Dataset", kind: "Identifiable", ..ROW }), rule);
    assert!(cannot_tell(&lacking(sent(&[ROW], IDENTIFIABLE), "datasets"), rule));
    assert!(cannot_tell(&page(|_| {}), rule));
    assert!(cannot_tell(&workbook(&[Entry::new("A-1").file("HES", "Identifiable", "Act", "N")]), rule));
}

#[test]
fn tracing_requests_are_said_of_the_edition() {
    let said = |lines: &[&str]| {
        let mut register = workbook(&[Entry::new("A-1")]);
        register.notes.push(Note {
            title: "Tracing requests to the National Back Office".to_owned(),
            lines: lines.iter().map(|&line| line.to_owned()).collect(),
            place: Place::row(0, "NBO", 1),
        });
        let edition = examine(&register).edition;
        edition.into_iter().find(|finding| finding.rule == RuleId::TracingRequests).unwrap().statement
    };
    let counted =
        said(&["Total Receipts Processed: Police 5, Home Office 1775, Total 1780", "Approved - Trace: Police 4"]);
    assert!(
        counted.contains("1,780 requests to trace people, by body: Home Office 1,775, Police 5; 4 of them"),
        "{counted}"
    );
    let unread = said(&["Total Receipts Processed: Police 5, Home Office 1775, Total 9"]);
    assert!(!unread.contains("1775") && unread.contains("sheet NBO, row 1"), "{unread}");
    assert!(examine(&workbook(&[Entry::new("A-1")])).edition.is_empty());
}
