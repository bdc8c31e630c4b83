//! A project's own words told from those that several organisations publish, in the explorer.

use std::sync::Arc;

use crate::support::entries::{Entry, alike, workbook};
use crate::support::stage::{COLOURED, keys, play_as, play_on};
use outflow::concerns::{RuleId, examine};
use outflow::explorer::actions;
use outflow::explorer::state::Focus;
use outflow::explorer::theme::{Characters, Colours, Theme};
use outflow::index::{Index, LastWord, Request, Sort};
use outflow::register::Place;
use outflow::report::ProjectReport;

fn index(organisations: usize) -> Arc<Index> {
    let register = alike(organisations);
    Arc::new(Index::in_memory(&register, || examine(&register)).unwrap())
}

#[test]
fn a_key_dims_what_others_publish_and_marks_its_lines() {
    let index = index(4);
    let alike = play_on(&index, 80, 24, keys("/\"matter 0\"<Enter><Enter>n"));
    let words = alike.text().replace(['|', '#', '*', '<'], " ").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("Only council 0 does this"), "{}", alike.text());
    assert!(!alike.text().contains("\n~ "), "{}", alike.text());
    let dimmed = play_as(&index, (80, 24), COLOURED, keys("/\"matter 0\"<Enter><Enter>n~"));
    insta::assert_snapshot!("80x24_own_words", dimmed.text() + &dimmed.attributes());
    // What is dimmed can be told without seeing that it is dim.
    let without = Theme { colours: Colours::None, characters: Characters::Unicode };
    let plain = play_as(&index, (80, 24), without, keys("/\"matter 0\"<Enter><Enter>n~"));
    assert_eq!(plain.text(), dimmed.text());
    assert!(dimmed.text().contains("46 of 49 sentences stand in entries of several organisations"));
    // A line of both kinds is marked, and one of its own words alone is not.
    let lines: Vec<String> = dimmed.text().lines().map(str::to_owned).collect();
    assert!(lines.iter().any(|line| line.starts_with("~ ") && line.contains("Only council")), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("  Own words 0 of its own.")), "{lines:?}");
    let again = play_on(&index, 80, 24, keys("/\"matter 0\"<Enter><Enter>n~~"));
    assert!(!again.text().contains("\n~ "), "{}", again.text());
}

#[test]
fn it_stays_so_in_the_next_project_and_beside_matches() {
    let index = index(4);
    let next = play_as(&index, (80, 24), COLOURED, keys("/council shall<Enter><Enter>~qj<Enter>nn"));
    let shown = next.state.shown().unwrap();
    assert!(next.text().contains("\n~ The council shall use record"), "{}", next.text());
    assert!(!shown.laid.matches.is_empty());
    let attributes = next.attributes();
    let around = |row: &str| row.contains("mmmmmdddd");
    assert!(attributes.lines().any(around), "a match stands out within what is dimmed:\n{attributes}");
}

#[test]
fn where_nothing_can_be_compared_that_is_said() {
    let index = index(2);
    let played = play_on(&index, 80, 24, keys("<Enter>~"));
    assert!(played.text().contains("it is not known which words others publish too"), "{}", played.text());
    let record = index.record(index.find_reference("A-0").unwrap()[0]).unwrap();
    assert!(ProjectReport::new(index.header(), &record).unwrap().shared_wording.is_none());
}

#[test]
fn a_report_tells_own_words_from_shared_ones() {
    let index = index(4);
    let record = index.record(index.find_reference("A-0").unwrap()[0]).unwrap();
    let report = ProjectReport::new(index.header(), &record).unwrap();
    let wording = report.shared_wording.as_ref().unwrap();
    assert_eq!((wording.sentences, wording.shared, wording.passages.len()), (49, 46, 3));
    assert!(wording.passages[0].text.ends_with("section 39 asks it to."));
    let facts = outflow::report::facts(&report);
    let own = facts.iter().find(|fact| fact.label == "Own words").unwrap();
    assert_eq!(own.value, "3 of 49 sentences; the 46 others stand in entries of several organisations");
}

#[test]
fn from_boilerplate_a_key_lists_all_that_publish_it() {
    let index = index(5);
    let request = |query: &str| Request { query: query.to_owned(), last_word: LastWord::Whole, sort: Sort::Relevance };
    let found = |query: &str| index.search(&request(query), &|| false).unwrap().projects.len();
    assert_eq!((found("objectives_of:A-0"), found("benefits_of:A-0"), found("objectives_of:B-9")), (5, 0, 0));
    let record = index.record(index.find_reference("A-0").unwrap()[0]).unwrap();
    let number = record.findings.concerns.iter().position(|found| found.rule == RuleId::Boilerplate).unwrap();
    assert!(record.findings.concerns[number].statement.contains("5 entries of 5 organisations"));
    let there = format!("/ref:A-0<Enter><Enter>{}<Enter><Enter>", "c".repeat(number + 1));
    let listed = play_on(&index, 80, 24, keys(&there));
    assert_eq!((listed.state.query.value(), listed.state.place()), ("objectives_of:A-0", actions::Place::Led));
    assert_eq!(listed.state.list.projects.len(), 5);
    let back = play_on(&index, 80, 24, keys(&format!("{there}q")));
    assert_eq!(back.state.focus, Focus::Detail);
    assert!(back.text().contains("A-0"), "{}", back.text());
}

#[test]
fn files_of_several_projects_lead_to_all_of_them() {
    let entry = |reference: &str, answer: &str| {
        Entry::new(reference).of("A trust").file("HES", "Anonymised", "Act, section 1", answer)
    };
    let mut register = workbook(&[entry("A-1", "N"), entry("A-2", "Y"), Entry::new("A-3").of("Another")]);
    register.projects[1].versions[0].releases[0].place = Place::row(0, "DataReleases", 3);
    let index = Arc::new(Index::in_memory(&register, || examine(&register)).unwrap());
    let record = index.record(index.find_reference("A-1").unwrap()[0]).unwrap();
    let number = record.findings.concerns.iter().position(|found| found.rule == RuleId::MixedOptOuts).unwrap();
    let concern = format!("/ref:A-1<Enter><Enter>{}", "c".repeat(number + 1));
    let mut lists = Vec::new();
    for steps in ["<Enter>", "<Enter><Enter>"] {
        let played = play_on(&index, 80, 24, keys(&format!("{concern}{steps}")));
        if played.state.place() == actions::Place::Led {
            lists.push((played.state.query.value().to_owned(), played.state.list.projects.len()));
        }
    }
    assert_eq!(lists, [("concern:mixed-opt-outs org:=\"A trust\"".to_owned(), 2)]);
}
