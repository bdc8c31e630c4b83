//! Queries for marks, held to a plain look at what is marked.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use outflow::index::marks::{Collected, Marks, NoMark, Note, NoteText, Tag};
use outflow::index::{Index, Request};
use outflow::library::Edition;
use outflow::register::{Date, Section};
use proptest::prelude::*;

/// What is marked of a project, as bits.
const BOOKMARKED: u8 = 1;

const NOTED: u8 = 2;

const CHANGED: u8 = 4;

const COLLECTED: u8 = 8;

const MONEY: u8 = 16;

const DEEP: u8 = 32;

/// Parts of a query, each with the bits one of which it asks for.
const ASKED: [(&str, u8); 7] = [
    ("mine:bookmarked", BOOKMARKED),
    ("mine:noted", NOTED | CHANGED),
    ("mine:changed", CHANGED),
    ("mine:collected", COLLECTED),
    ("mine:tagged", MONEY | DEEP),
    ("tag:MONEY", MONEY),
    ("tag:deep-dive", DEEP),
];

fn marked(index: &Index, bits: &[u8]) -> Index {
    let mut marks = Marks::default();
    let date = Date::day(2026, 11, 24).unwrap();
    let edition = index.header().edition.clone();
    for (project, bits) in (0..).map(outflow::index::ProjectId).zip(bits) {
        let project = index.record(project).unwrap().project;
        let has = |bit| bits & bit != 0;
        let note = |project: &outflow::register::Project| {
            Note::new(NoteText::new("n").unwrap(), None, date, project, &edition)
        };
        let place = marks.next_place();
        marks
            .change(&project.reference.to_lowercase(), |marks| {
                marks.bookmarked = has(BOOKMARKED).then_some(date);
                marks.collected = has(COLLECTED).then_some(Collected { place, date });
                if has(NOTED) {
                    marks.add_note(note(&project))?;
                }
                if has(CHANGED) {
                    let mut otherwise = project.clone();
                    for version in &mut otherwise.versions {
                        for statement in &mut version.statements {
                            statement.sections.set(Section::Objectives, Some("It read so once.".to_owned()));
                        }
                    }
                    marks.add_note(note(&otherwise))?;
                }
                let tags = [(MONEY, "Money"), (DEEP, "deep-dive")];
                for (_, tag) in tags.into_iter().filter(|(bit, _)| has(*bit)) {
                    marks.add_tags(vec![Tag::new(tag)?])?;
                }
                Ok::<(), NoMark>(())
            })
            .unwrap();
    }
    index.marked_anew(&marks).unwrap()
}

static SAMPLE: LazyLock<Index> = LazyLock::new(|| Edition::sample().unwrap().index);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn queries_for_marks_find_what_a_plain_look_finds(bits in proptest::collection::vec(0u8..64, 42)) {
        let sample = &*SAMPLE;
        let index = marked(sample, &bits);
        prop_assert_eq!(index.len(), bits.len());
        let ids = |query: &str| -> BTreeSet<u32> {
            let request = Request { query: query.to_owned(), ..Request::default() };
            let found = index.search(&request, &|| false).unwrap();
            assert!(found.trouble.is_empty(), "{query}");
            found.projects.into_iter().map(|project| project.0).collect()
        };
        let plain = |is: &dyn Fn(u8) -> bool| -> BTreeSet<u32> {
            (0..).zip(&bits).filter(|(_, bits)| is(**bits)).map(|(number, _)| number).collect()
        };
        let plainly: BTreeSet<u32> = ids("hospital");
        for (one, first) in ASKED {
            prop_assert_eq!(ids(one), plain(&|bits| bits & first != 0), "{}", one);
            prop_assert_eq!(ids(&format!("-{one}")), plain(&|bits| bits & first == 0), "-{}", one);
            let with_words: BTreeSet<u32> = ids(one).intersection(&plainly).copied().collect();
            prop_assert_eq!(ids(&format!("hospital {one}")), with_words);
            for (other, second) in ASKED {
                let has = |bits: u8, bit: u8| bits & bit != 0;
                prop_assert_eq!(ids(&format!("{one} {other}")), plain(&|bits| has(bits, first) && has(bits, second)));
                prop_assert_eq!(ids(&format!("{one} OR {other}")), plain(&|bits| has(bits, first) || has(bits, second)));
                prop_assert_eq!(ids(&format!("{one} -{other}")), plain(&|bits| has(bits, first) && !has(bits, second)));
                prop_assert_eq!(ids(&format!("-({one} OR {other})")), plain(&|bits| !has(bits, first | second)));
            }
        }
        let count = |mine: &str| index.header().marked.counts.iter().find(|(known, _)| known.as_str() == mine).map_or(0, |(_, count)| *count);
        prop_assert_eq!(count("changed"), ids("mine:changed").len());
        prop_assert_eq!(count("tagged"), ids("mine:tagged").len());
        // The edition as it was opened knows nothing of that.
        let none = sample.search(&Request { query: "mine:bookmarked OR tag:money".to_owned(), ..Request::default() }, &|| false);
        prop_assert!(none.unwrap().projects.is_empty());
    }
}
