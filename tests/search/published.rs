//! Searching the published workbook, held to a plain scan of its own words. Skipped where it is not at hand.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::published;
use outflow::concerns::{self, RuleId};
use outflow::import;
use outflow::index::{Index, LastWord, ProjectId, Request, Sort};
use outflow::register::{Register, Section};
use outflow::text::words;

/// Every so-manieth word of the vocabulary is searched.
const STEP: usize = 23;

/// The projects that each word stands in, in the sections of their latest versions.
fn vocabulary(register: &Register) -> BTreeMap<String, BTreeSet<u32>> {
    let mut vocabulary: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for (number, project) in (0..).zip(&register.projects) {
        let latest = project.latest().unwrap();
        for text in Section::ALL.into_iter().filter_map(|section| latest.section(section)) {
            for word in words(&text) {
                vocabulary.entry(word.folded).or_default().insert(number);
            }
        }
    }
    vocabulary
}

/// A word of four letters or more is its stem; a shorter one stands for itself, so that `acting` finds `act`.
fn class(word: &str) -> String {
    if word.chars().count() < 4 {
        return word.to_owned();
    }
    frostem::Stemmer::new(frostem::Algorithm::English).stem(word).into_owned()
}

#[test]
fn words_of_the_register_find_what_a_scan_finds() {
    let Some(file) = published::file(published::WORKBOOK) else { return };
    let register = import::read(&[file], None, &mut |_| {}).unwrap().register;
    let index = Index::in_memory(&register, || concerns::examine(&register)).unwrap();
    let vocabulary = vocabulary(&register);
    assert!(vocabulary.len() > 10_000, "{} words", vocabulary.len());
    let mut by_class: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for (word, projects) in &vocabulary {
        by_class.entry(class(word)).or_default().extend(projects);
    }
    let sections = "(objectives:@ OR processing:@ OR outputs:@ OR benefits:@)";
    let search = |word: &str, last_word| {
        let query = sections.replace('@', word);
        // A query that is still being typed ends in its word, so there the bracket stays open.
        let query = if last_word == LastWord::Whole { query } else { word.to_owned() };
        let request = Request { query, last_word, sort: Sort::Relevance };
        let found = index.search(&request, &|| false).unwrap();
        found.projects.into_iter().map(|project| project.0).collect::<BTreeSet<u32>>()
    };
    for (word, projects) in vocabulary.iter().step_by(STEP) {
        assert_eq!(search(&format!("={word}"), LastWord::Whole), *projects, "={word}");
        // Words in s of three letters can be plurals of acronyms; the property tests hold these.
        if word.chars().count() >= 4 {
            assert_eq!(search(word, LastWord::Whole), by_class[&class(word)], "{word}");
        }
        let typed = search(word, LastWord::Beginning);
        assert!(projects.is_subset(&typed), "typing {word} loses projects");
    }
}

#[test]
fn every_count_of_shared_wording_opens_the_list_that_it_counts() {
    let Some(file) = published::file(published::WORKBOOK) else { return };
    let register = import::read(&[file], None, &mut |_| {}).unwrap().register;
    let index = Index::in_memory(&register, || concerns::examine(&register)).unwrap();
    let mut told = 0;
    for id in (0..u32::try_from(index.len()).unwrap()).map(ProjectId) {
        let record = index.record(id).unwrap();
        for found in record.findings.concerns.iter().filter(|found| found.rule == RuleId::Boilerplate) {
            let section = if found.statement.starts_with("The objectives") { "objectives" } else { "benefits" };
            let query = format!("{section}_of:{}", record.project.reference);
            let request = Request { query, last_word: LastWord::Whole, sort: Sort::Relevance };
            let listed = index.search(&request, &|| false).unwrap().projects;
            let counted = format!("runs through {} entries of ", listed.len());
            assert!(found.statement.contains(&counted), "{request:?} {}: {}", listed.len(), found.statement);
            assert!(listed.contains(&id), "{request:?}");
            told += 1;
        }
    }
    assert_eq!(told, 645);
}
