//! The truth that searching is held to: a plain scan of the same words. Queries are made as trees; the scan answers the
//! tree, and the index the query as it is written.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

use outflow::concerns::{Examination, Findings};
use outflow::index::{Index, LastWord, Request, SearchField, Sort};
use outflow::register::{
    Dataset, Edition, Layout, Place, Project, Register, Section, Sections, Source, Statement, Version,
};
use outflow::text::{fold_word, words};
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

/// Fields with their names in a query.
const FIELDS: [(&str, &[SearchField]); 7] = [
    ("objectives:", &[SearchField::Section(Section::Objectives)]),
    ("outputs:", &[SearchField::Section(Section::Outputs)]),
    ("processing:", &[SearchField::Section(Section::Processing)]),
    ("benefits:", &[SearchField::Section(Section::ExpectedBenefits), SearchField::Section(Section::YieldedBenefits)]),
    ("title:", &[SearchField::Title]),
    ("org:", &[SearchField::Organisation]),
    ("dataset:", &[SearchField::Dataset]),
];

/// A query as a tree.
#[derive(Debug, Clone)]
enum Tree {
    Word(String),
    Exact(String),
    Beginning(String),
    Phrase(Vec<String>),
    Field(usize, Box<Tree>),
    Not(Box<Tree>),
    All(Vec<Tree>),
    Any(Vec<Tree>),
}

impl Tree {
    /// The query as a person writes it.
    fn written(&self) -> String {
        match self {
            Self::Word(word) => word.clone(),
            Self::Exact(word) => format!("={word}"),
            Self::Beginning(word) => format!("{word}*"),
            Self::Phrase(words) => format!("\"{}\"", words.join(" ")),
            Self::Field(field, inside) => format!("{}{}", FIELDS[*field].0, inside.written()),
            Self::Not(inside) => format!("-({})", inside.written()),
            Self::All(parts) => parts.iter().map(|part| format!("({})", part.written())).collect::<Vec<_>>().join(" "),
            Self::Any(parts) => {
                parts.iter().map(|part| format!("({})", part.written())).collect::<Vec<_>>().join(" OR ")
            }
        }
    }

    /// Whether a version matches, by looking at every word of it.
    fn matches(&self, version: &Version, fields: &[SearchField]) -> bool {
        let row = |wanted: &dyn Fn(&[String]) -> bool| {
            fields.iter().any(|field| texts(version, *field).iter().any(|text| wanted(text)))
        };
        match self {
            // A piece that is cut into several words stands for them in a row.
            Self::Word(word) => row(&|text| in_a_row(text, &cut(word), &|wanted, found| same_class(wanted, found))),
            Self::Exact(word) => row(&|text| in_a_row(text, &cut(word), &|wanted, found| wanted == found)),
            Self::Phrase(phrase) => {
                let wanted: Vec<String> = phrase.iter().flat_map(|word| cut(word)).collect();
                row(&|text| in_a_row(text, &wanted, &|wanted, found| wanted == found))
            }
            Self::Beginning(word) => {
                let wanted = cut(word);
                row(&|text| {
                    text.windows(wanted.len()).any(|here| {
                        let (last, first) = wanted.split_last().unwrap();
                        let (end, before) = here.split_last().unwrap();
                        end.starts_with(last.as_str())
                            && first.iter().zip(before).all(|(wanted, found)| same_class(wanted, found))
                    })
                })
            }
            Self::Field(field, inside) => inside.matches(version, FIELDS[*field].1),
            Self::Not(inside) => !inside.matches(version, fields),
            Self::All(parts) => parts.iter().all(|part| part.matches(version, fields)),
            Self::Any(parts) => parts.iter().any(|part| part.matches(version, fields)),
        }
    }
}

/// The folded words of each text of a field.
fn texts(version: &Version, field: SearchField) -> Vec<Vec<String>> {
    let texts: Vec<String> = match field {
        SearchField::Title => version.title.iter().cloned().collect(),
        SearchField::Organisation => vec![version.organisation.clone()],
        SearchField::Dataset => version.datasets.iter().map(|dataset| dataset.name.clone()).collect(),
        SearchField::Reference => vec![version.reference.clone()],
        SearchField::Section(section) => version.section(section).into_iter().collect(),
    };
    texts.iter().map(|text| cut(text)).collect()
}

/// Folded words, cut here by hand: letters and figures, apostrophes between them dropped.
fn cut(text: &str) -> Vec<String> {
    let apostrophe = |letter: char| matches!(letter, '\'' | '\u{2019}');
    let mut cut = vec![String::new()];
    let letters: Vec<char> = text.chars().collect();
    for (at, letter) in letters.iter().enumerate() {
        let after = letters.get(at + 1).is_some_and(|next| next.is_alphanumeric());
        if letter.is_alphanumeric() {
            cut.last_mut().unwrap().push(*letter);
        } else if !(apostrophe(*letter) && after && !cut.last().unwrap().is_empty()) {
            cut.push(String::new());
        }
    }
    cut.iter().map(|word| fold_word(word)).filter(|word| !word.is_empty()).collect()
}

/// Whether two words are forms of one another.
fn same_class(one: &str, two: &str) -> bool {
    let class = |word: &str| {
        if word.chars().count() >= 4 {
            return frostem::Stemmer::new(frostem::Algorithm::English).stem(word).into_owned();
        }
        match word.strip_suffix('s') {
            Some(acronym)
                if word.len() == 3 && !["its", "his", "has", "was", "yes", "gas", "bus", "ads"].contains(&word) =>
            {
                acronym.to_owned()
            }
            _ => word.to_owned(),
        }
    };
    class(one) == class(two)
}

fn in_a_row(text: &[String], wanted: &[String], same: &dyn Fn(&str, &str) -> bool) -> bool {
    !wanted.is_empty()
        && text.windows(wanted.len()).any(|here| wanted.iter().zip(here).all(|(wanted, found)| same(wanted, found)))
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
    (prop::option::of(prose()), prose(), prose(), sections).prop_map(|(title, organisation, dataset, sections)| {
        let place = Place::line(0, 1);
        let mut version = Version::new("X", &organisation, place.clone());
        version.title = title;
        version.datasets = vec![Dataset { name: dataset, ..Dataset::default() }];
        let mut statement = Sections::default();
        for (section, text) in Section::ALL.into_iter().zip(sections) {
            statement.set(section, text.filter(|text| !text.is_empty()));
        }
        version.statements.push(Statement { sections: statement, place });
        version
    })
}

fn register() -> impl Strategy<Value = Register> {
    prop::collection::vec(prop::collection::vec(version(), 1..3), 1..6).prop_map(|projects| {
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
    ]
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        3 => atom(),
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
                .filter(|(_, project)| tree.matches(project.latest().unwrap(), &SearchField::ALL))
                .map(|(number, _)| number)
                .collect();
            prop_assert_eq!(found(&index, &tree.written(), LastWord::Whole), scanned, "{}", tree.written());
        }
    }

    #[test]
    fn every_keystroke_of_a_word_in_the_text_finds_it(register in register(), wanted in word()) {
        let index = index(&register);
        let holders: Vec<u32> = (0..).zip(&register.projects)
            .filter(|(_, project)| Tree::Word(wanted.clone()).matches(project.latest().unwrap(), &SearchField::ALL))
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
                .filter(|number| Tree::Exact(wanted.clone()).matches(register.projects[*number as usize].latest().unwrap(), &SearchField::ALL))
                .collect();
            for number in exact {
                prop_assert!(found.contains(&number), "{typed} of {wanted} does not find project {number}");
            }
        }
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
    fn no_query_breaks_the_reader(query in "\\PC{0,60}|[-()\"*=:a-z OR]{0,60}") {
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
