//! Requests for information: what a letter names and asks for follows from the entry, and drafts that would add up are told.

use std::fs;
use std::os::unix::fs::symlink;

use crate::support::agreements::{Agreed, data_uses};
use crate::support::program::{json, outflow_of};
use outflow::concerns::examine;
use outflow::index::{Index, ProjectId};
use outflow::register::YesNo;
use outflow::report::InformationRequest;

const SECTION_251: &str = "Section 251 NHS Act 2006";
const FIRST: &str = "nic-38002-s3k0v";
const SECOND: &str = "DARS-NIC-10891-M2Y6Z";

fn request(agreed: Agreed) -> InformationRequest {
    let register = data_uses(&[agreed]);
    let index = Index::in_memory(&register, || examine(&register)).unwrap();
    InformationRequest::new(index.header(), &index.record(ProjectId(0)).unwrap()).unwrap()
}

fn agreed(end: &str) -> Agreed {
    Agreed::new("DARS-NIC-1-AAAAA-v1.0", "2020-01-01", end)
}

#[test]
fn the_letter_names_the_entry_as_it_is_published() {
    let InformationRequest { title, letter } = request(agreed("2021-12-31"));
    assert_eq!(title, "Data sharing agreement DARS-NIC-1-AAAAA-v1.0");
    for part in [
        "Dear NHS England,\n",
        "Reference: DARS-NIC-1-AAAAA-v1.0\n",
        "Title: How long people wait for a bed\n",
        "Organisation: A university\n",
        "Start as published: 2020-01-01\n",
        "End as published: 2021-12-31\n",
        "Published in: datausesregister_september2026.xlsx, sheet Agreements, row 2\n",
        "1. The agreement itself",
    ] {
        assert!(letter.contains(part), "{part}\n{letter}");
    }
}

#[test]
fn only_what_the_entry_speaks_of_is_asked_for() {
    let asks = |agreed: Agreed, words: &str| request(agreed).letter.contains(words);
    // The file is of September 2026.
    assert!(asks(agreed("2026-08-31"), "ended on 2026-08-31: the certificate that the data was destroyed"));
    assert!(!asks(agreed("2026-09-01"), "destroyed"));
    assert!(!asks(agreed(""), "destroyed"));
    let under = |basis: &str| agreed("").dataset("Births", "Identifiable", "Sensitive", basis);
    assert!(asks(under(SECTION_251), "support under section 251"));
    assert!(asks(under("s251 support"), "support under section 251"));
    assert!(!asks(under("Consent"), "section 251"));
    let passing_on = |answer| agreed("").but(move |version| version.sublicensing.value = answer);
    assert!(asks(passing_on(YesNo::Yes), "sublicensed"));
    assert!(asks(passing_on(YesNo::Mixed), "sublicensed"));
    assert!(!asks(passing_on(YesNo::No), "sublicensed"));
    assert!(!asks(passing_on(YesNo::NotStated), "sublicensed"));
}

#[test]
fn the_address_fills_in_the_same_letter() {
    let hostile = agreed("").of("A & B=1 #x\u{1b}[31m\u{202e} caf\u{e9}");
    let request = request(hostile);
    assert!(request.letter.contains("Organisation: A & B=1 #x\u{241b}[31m\u{fffd} caf\u{e9}\n"), "{}", request.letter);
    let address = request.address();
    let (site, parameters) = address.split_once('?').unwrap();
    assert_eq!(site, "https://www.whatdotheyknow.com/new/nhs_england");
    let decoded: Vec<(String, String)> = parameters
        .split('&')
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap();
            (name.to_owned(), percent_encoding::percent_decode_str(value).decode_utf8().unwrap().into_owned())
        })
        .collect();
    let expected = [("title", &request.title), ("default_letter", &request.letter)];
    assert_eq!(decoded, expected.map(|(name, value)| (name.to_owned(), value.clone())));
    assert!(address.bytes().all(|byte| byte.is_ascii_graphic()));
}

#[test]
fn drafts_that_would_add_up_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let first = outflow_of(folder.path(), &["request", FIRST]);
    assert_eq!((first.code, first.stderr.as_str()), (0, ""));
    assert!(first.stdout.contains("NIC-38002-S3K0V"));
    // The same one again adds nothing.
    assert_eq!(outflow_of(folder.path(), &["request", FIRST]).stderr, "");
    let second = outflow_of(folder.path(), &["request", SECOND, "--address"]);
    assert!(
        second.stderr.contains("NIC-38002-S3K0V") && second.stderr.contains("60 working days"),
        "{}",
        second.stderr
    );
    assert!(second.stdout.starts_with("https://") && second.stdout.lines().count() == 1, "{}", second.stdout);
    let third = json(folder.path(), &["request", FIRST, "--json"]);
    assert_eq!(third["others"][0]["reference"], SECOND);
    assert_eq!(third["others"].as_array().unwrap().len(), 1);
    assert!(third["letter"].as_str().unwrap().ends_with("Yours faithfully,\n"));
}

#[test]
fn an_unknown_reference_is_kept_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let ran = outflow_of(folder.path(), &["request", "NIC-999999-XXXXX"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(!folder.path().join("own").exists());
}

#[test]
fn a_draft_that_cannot_be_kept_is_printed_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let (own, elsewhere) = (folder.path().join("own"), folder.path().join("elsewhere.json"));
    fs::create_dir(&own).unwrap();
    fs::write(&elsewhere, "mine").unwrap();
    symlink(&elsewhere, own.join("drafts.json")).unwrap();
    let ran = outflow_of(folder.path(), &["request", FIRST]);
    assert_eq!(ran.code, 0);
    assert!(ran.stdout.contains("Dear NHS England"));
    assert!(ran.stderr.contains("is not kept") && ran.stderr.contains("symbolic link"), "{}", ran.stderr);
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "mine");
}
