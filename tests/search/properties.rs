//! The truth that searching is held to: a plain scan of the same words. Queries are made as trees; the scan answers the
//! tree, and the index the query as it is written.

use super::scan::{FIELDS, Tree, Valued, anywhere, cut, in_a_row, may_differ, near_one_another, same_class, texts};
use outflow::concerns::{Examination, Findings};
use outflow::index::{Index, LastWord, Marker, ProjectId, Request, Room, SearchField, Sort};
use outflow::register::{
    Dataset, Date, Edition, Layout, OptOutState, Place, Project, Register, Section, Sections, Source, Statement,
    Version, YesNo,
};
use outflow::text::words;
use proptest::prelude::*;

/// Words that go wrong: forms, short words, acronyms with plurals, apostrophes, accents, ligatures, hyphens, a bullet of
/// a symbol font inside a word, and figures.
const VOCABULARY: [&str; 40] = [
    "council",
    "councils",
    "insurer",
    "insurers",
    "insurance",
    "insure",
    "GP",
    "GPs",
    "AI",
    "maintain",
    "maintained",
    "King's",
    "kings",
    "king",
    "opt-out",
    "opt",
    "out",
    "café",
    "cafe",
    "data",
    "data-set",
    "ﬁle",
    "files",
    "dying",
    "die",
    "died",
    "\u{f0b7}care",
    "cares",
    "HIV",
    "his",
    "its",
    "it",
    "2017",
    "20",
    "Naïve",
    "university",
    "universities",
    "universal",
    "o\u{2019}brien",
    "the",
];

fn valued() -> impl Strategy<Value = Valued> {
    prop_oneof![
        prop::sample::select(vec![YesNo::Yes, YesNo::No, YesNo::NotStated]).prop_map(Valued::Commercial),
        prop::sample::select(vec![OptOutState::Applied, OptOutState::NotApplied, OptOutState::NotStated])
            .prop_map(Valued::OptOuts),
        prop::sample::select(vec!["identifiable", "anonymised", "code"]).prop_map(|word| Valued::Type(word.to_owned())),
        (2019_i16..2024, 0_i16..3).prop_map(|(from, years)| Valued::Started(from, from + years)),
        prop::sample::select(Section::ALL.to_vec()).prop_map(Valued::Missing),
    ]
}

fn word() -> impl Strategy<Value = String> {
    prop::sample::select(VOCABULARY.to_vec()).prop_map(str::to_owned)
}

fn prose() -> impl Strategy<Value = String> {
    let between = prop::sample::select(vec![" ", "  ", ", ", "\n", " - ", "/", ". "]);
    prop::collection::vec((word(), between), 0..14)
        .prop_map(|pieces| pieces.into_iter().map(|(word, between)| word + between).collect())
}

fn version() -> impl Strategy<Value = Version> {
    let sections = prop::collection::vec(prop::option::weighted(0.7, prose()), 5);
    let names = (prop::collection::vec(prose(), 0..3), prop::collection::vec(prose(), 0..3));
    let texts = (prop::option::of(prose()), prose(), prose(), sections);
    (texts, names).prop_map(|((title, organisation, dataset, sections), (controllers, legal_bases))| {
        let place = Place::line(0, 1);
        let mut version = Version::new("X", &organisation, place.clone());
        version.title = title;
        (version.controllers, version.legal_bases) = (controllers, legal_bases);
        version.datasets = vec![Dataset { name: dataset.into(), ..Dataset::default() }];
        let mut statement = Sections::default();
        for (section, text) in Section::ALL.into_iter().zip(sections) {
            statement.set(section, text.filter(|text| !text.is_empty()));
        }
        version.statements.push(Statement { sections: statement, place });
        version
    })
}

/// Versions of one project, which say the same where they are asked by value.
fn versions() -> impl Strategy<Value = Vec<Version>> {
    let answers = prop::sample::select(vec![YesNo::Yes, YesNo::No, YesNo::NotStated]);
    let states = prop::sample::select(vec![OptOutState::Applied, OptOutState::NotApplied, OptOutState::NotStated]);
    let types = prop::sample::subsequence(vec!["Identifiable", "Anonymised - ICO Code Compliant"], 0..=2);
    let starts = prop::option::of((2018_i16..2026, 1_u8..13, prop::option::of(1_u8..29)));
    let values = (answers, states, types, starts);
    (prop::collection::vec(version(), 1..3), values).prop_map(|(mut versions, (answer, state, types, start))| {
        for version in &mut versions {
            version.commercial.value = answer;
            version.opt_outs.state = state;
            version.types_of_data = types.iter().map(|kind| (*kind).to_owned()).collect();
            version.term.start = start.and_then(|(year, month, day)| match day {
                Some(day) => Date::day(year, month, day),
                None => Date::month(year, month),
            });
        }
        versions
    })
}

fn register() -> impl Strategy<Value = Register> {
    prop::collection::vec(versions(), 1..6).prop_map(|projects| {
        let source = Source {
            file: "own.txt".to_owned(),
            sha256: "0".repeat(64),
            layout: Layout::Page2025,
            date: None,
            lacks: Vec::new(),
        };
        let projects = projects.into_iter().enumerate().map(|(number, mut versions)| {
            let reference = format!("NIC-{number}-ABCDE");
            for (at, version) in versions.iter_mut().enumerate() {
                version.reference = format!("{reference}-v{at}");
            }
            Project { reference, versions }
        });
        let projects = projects.collect();
        Register { edition: Edition::default(), sources: vec![source], projects, ..Register::default() }
    })
}

/// A word with a slip: a letter left out.
fn slipped(word: &str, at: usize) -> String {
    word.chars().enumerate().filter(|(place, _)| *place != at).map(|(_, letter)| letter).collect()
}

fn atom() -> impl Strategy<Value = Tree> {
    let beginning = (word(), 1_usize..5).prop_map(|(word, length)| {
        let letters: String = word.chars().filter(|letter| letter.is_alphanumeric()).take(length).collect();
        Tree::Beginning(letters)
    });
    prop_oneof![
        4 => word().prop_map(Tree::Word),
        2 => word().prop_map(Tree::Exact),
        2 => beginning,
        2 => prop::collection::vec(word(), 1..3).prop_map(Tree::Phrase),
        2 => (prop::collection::vec(word(), 1..4), 0_u32..6).prop_map(|(words, others)| Tree::Within(words, others)),
        1 => (word(), 0_usize..9)
            .prop_map(|(word, at)| slipped(&word, at))
            // A short word has no near spellings, and that is said.
            .prop_filter("long enough", |word| cut(word).iter().any(|word| may_differ(word) > 0))
            .prop_map(Tree::Near),
    ]
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        3 => atom(),
        1 => valued().prop_map(Tree::Valued),
        1 => (0..FIELDS.len(), atom()).prop_map(|(field, inside)| Tree::Field(field, Box::new(inside))),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|inside| Tree::Not(Box::new(inside))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Tree::All),
            prop::collection::vec(inner, 2..4).prop_map(Tree::Any),
        ]
    })
}

fn index(register: &Register) -> Index {
    let projects = vec![Findings::default(); register.projects.len()];
    Index::in_memory(register, || Examination { projects, edition: Vec::new() }).unwrap()
}

fn found(index: &Index, query: &str, last_word: LastWord) -> Vec<u32> {
    let request = Request { query: query.to_owned(), last_word, sort: Sort::Relevance };
    let found = index.search(&request, &|| false).unwrap();
    assert!(found.trouble.is_empty(), "{query}: {:?}", found.trouble);
    let mut projects: Vec<u32> = found.projects.iter().map(|project| project.0).collect();
    projects.sort_unstable();
    projects
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, ..ProptestConfig::default() })]

    #[test]
    fn the_index_finds_what_a_plain_scan_finds(register in register(), trees in prop::collection::vec(tree(), 1..6)) {
        let index = index(&register);
        for tree in trees {
            let scanned: Vec<u32> = (0..).zip(&register.projects)
                .filter(|(_, project)| tree.matches(project.latest().unwrap(), &anywhere()))
                .map(|(number, _)| number)
                .collect();
            prop_assert_eq!(found(&index, &tree.written(), LastWord::Whole), scanned, "{}", tree.written());
        }
    }

    /// What a search has seen of where words stand spares reading texts, and nothing else.
    #[test]
    fn passages_are_the_same_whether_a_search_has_told_where_words_stand_or_not(
        register in register(),
        trees in prop::collection::vec(tree(), 1..6),
        runs in prop::collection::vec(prop::collection::vec(word(), 2..4), 1..4),
        limit in 1_usize..4,
        columns in 20_usize..90,
        last_word in prop_oneof![Just(LastWord::Whole), Just(LastWord::Beginning)],
    ) {
        let (index, room) = (index(&register), Room { columns, lines: 2 });
        let runs: Vec<String> = runs.iter().map(|run| run.join(" ")).collect();
        let queries = trees.iter().map(Tree::written).chain(runs.iter().cloned()).chain([runs.join(" OR ")]);
        for query in queries {
            let marker = Marker::new(&query, last_word);
            let request = Request { query: query.clone(), last_word, sort: Sort::Relevance };
            let found = index.search(&request, &|| false).unwrap();
            let (mut told, mut untold) =
                (marker.passages(&index, room, Some(&found.held)), marker.passages(&index, room, None));
            for project in found.projects {
                let told = told.of(project, limit).unwrap();
                prop_assert_eq!(told, untold.of(project, limit).unwrap(), "{}", &query);
            }
        }
    }

    #[test]
    fn every_keystroke_of_a_word_in_the_text_finds_it(register in register(), wanted in word()) {
        let index = index(&register);
        let holders: Vec<u32> = (0..).zip(&register.projects)
            .filter(|(_, project)| Tree::Word(wanted.clone()).matches(project.latest().unwrap(), &anywhere()))
            .map(|(number, _)| number)
            .collect();
        let letters: Vec<char> = wanted.chars().collect();
        for length in 1..=letters.len() {
            let typed: String = letters[..length].iter().collect();
            // What is no word yet (a bullet, a word with its hyphen) is not a query yet.
            if words(&typed).next().is_none() || typed.ends_with('-') {
                continue;
            }
            let found = found(&index, &typed, LastWord::Beginning);
            let exact: Vec<u32> = holders.iter().copied()
                .filter(|number| Tree::Exact(wanted.clone()).matches(register.projects[*number as usize].latest().unwrap(), &anywhere()))
                .collect();
            for number in exact {
                prop_assert!(found.contains(&number), "{typed} of {wanted} does not find project {number}");
            }
        }
    }

    /// Among themselves both kinds stand as they do where nobody asks for a row: `AND` between words says that they only must stand
    /// there.
    #[test]
    fn those_that_have_the_words_in_a_row_come_first(
        register in register(),
        wanted in prop::collection::vec(word(), 2..4),
        every_version in prop::bool::ANY,
        last_word in prop_oneof![Just(LastWord::Whole), Just(LastWord::Beginning)],
    ) {
        let index = index(&register);
        let versions = if every_version { "version:all " } else { "" };
        let ordered = |between: &str| {
            let query = format!("{versions}{}", wanted.join(between));
            let request = Request { query, last_word, sort: Sort::Relevance };
            index.search(&request, &|| false).unwrap().projects
        };
        let words: Vec<String> = wanted.iter().flat_map(|word| cut(word)).collect();
        let stands_in_a_row = |version: &Version| anywhere().into_iter().flat_map(|field| texts(version, field))
            .any(|text| in_a_row(&text, &words, &|wanted, found| same_class(wanted, found)));
        let apart = ordered(" AND ");
        let (mut expected, behind): (Vec<ProjectId>, Vec<ProjectId>) = apart.into_iter().partition(|project| {
            let versions = &register.projects[project.0 as usize].versions;
            let from = if every_version { 0 } else { versions.len() - 1 };
            versions[from..].iter().any(stands_in_a_row)
        });
        expected.extend(behind);
        prop_assert_eq!(ordered(" "), expected, "{:?}", wanted);
    }

    #[test]
    fn a_word_is_marked_exactly_where_it_matches(text in prose(), wanted in word()) {
        let marker = outflow::index::Marker::new(&wanted, LastWord::Whole);
        let field = SearchField::Section(Section::Objectives);
        let marks = marker.mark(field, &text);
        let pieces = cut(&wanted);
        let cut_text: Vec<(std::ops::Range<usize>, String)> =
            words(&text).map(|word| (word.range, word.folded)).collect();
        let mut expected: Vec<std::ops::Range<usize>> = Vec::new();
        for here in cut_text.windows(pieces.len()) {
            if pieces.iter().zip(here).all(|(wanted, (_, found))| same_class(wanted, found)) {
                let range = here[0].0.start..here[here.len() - 1].0.end;
                match expected.last_mut() {
                    Some(last) if range.start < last.end => last.end = range.end,
                    _ => expected.push(range),
                }
            }
        }
        prop_assert_eq!(marks, expected);
    }

    #[test]
    fn words_near_one_another_are_marked_where_they_are(text in prose(), wanted in prop::collection::vec(word(), 2..4), others in 0_u32..5) {
        let query = Tree::Within(wanted.clone(), others).written();
        let marker = outflow::index::Marker::new(&query, LastWord::Whole);
        let marks = marker.mark(SearchField::Section(Section::Objectives), &text);
        let pieces: Vec<String> = wanted.iter().flat_map(|word| cut(word)).collect();
        let all: Vec<String> = cut(&text);
        prop_assert_eq!(!marks.is_empty(), near_one_another(&all, &pieces, others as usize), "{}", query);
        let longest = pieces.len() + others as usize;
        for mark in marks {
            // Each mark is one word, one of those asked for, with the others near it.
            let at = words(&text).position(|word| word.range == mark);
            prop_assert!(at.is_some_and(|at| pieces.contains(&all[at])), "{:?} in {}", mark, text);
            let around = at.unwrap().saturating_sub(longest - 1)..(at.unwrap() + longest).min(all.len());
            prop_assert!(near_one_another(&all[around], &pieces, others as usize), "{:?} in {}", mark, text);
        }
    }

    #[test]
    fn no_query_breaks_the_reader(query in "\\PC{0,60}|[-()\"*=:~<>.0-9a-z OR]{0,60}|(optouts|started|files|type|has|version|severity|ends):[-\"*=~<>.0-9a-z ]{0,20}") {
        let register = Register {
            sources: vec![Source { file: String::new(), sha256: String::new(), layout: Layout::Page2025, date: None, lacks: Vec::new() }],
            ..Register::default()
        };
        let index = index(&register);
        for last_word in [LastWord::Whole, LastWord::Beginning] {
            let request = Request { query: query.clone(), last_word, sort: Sort::Relevance };
            let found = index.search(&request, &|| false).unwrap();
            for trouble in found.trouble {
                prop_assert!(query.get(trouble.range).is_some());
            }
        }
    }
}
