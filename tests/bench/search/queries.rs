//! The queries, by kind. Their words are the register's own, picked by how many projects have them, so that a run over the same
//! register asks the same; and beside them what people ask.

use std::collections::{BTreeMap, BTreeSet};

use outflow::concerns::RuleId;
use outflow::index::LastWord;

use crate::fts5::{self, Sql};

/// Queries of each kind that are picked from the register.
const PICKED: usize = 40;

/// What kind of query it is, in the order in which they are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Word,
    Frequent,
    Three,
    Phrase,
    TwoLetters,
    ThreeLetters,
    Near,
    Within,
    Value,
    Combined,
    Typing,
}

/// A query in each program's language, as far as that can say it.
#[derive(Debug, Clone)]
pub(crate) struct Query {
    pub(crate) kind: Kind,
    pub(crate) ours: String,
    pub(crate) last_word: LastWord,
    /// What means to outflow exactly what the scan looks for, if anything does.
    pub(crate) exact: Option<String>,
    pub(crate) fts5: Option<Sql>,
    pub(crate) scan: Option<Vec<String>>,
    pub(crate) ripgrep: Option<Vec<String>>,
}

impl Kind {
    pub(crate) const ALL: [Self; 11] = [
        Self::Word,
        Self::Frequent,
        Self::Three,
        Self::Phrase,
        Self::TwoLetters,
        Self::ThreeLetters,
        Self::Near,
        Self::Within,
        Self::Value,
        Self::Combined,
        Self::Typing,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Word => "one word, rare to frequent",
            Self::Frequent => "a very frequent word",
            Self::Three => "three words",
            Self::Phrase => "phrase of three words",
            Self::TwoLetters => "beginning of 2 letters",
            Self::ThreeLetters => "beginning of 3 letters",
            Self::Near => "near spelling",
            Self::Within => "two words within 3",
            Self::Value => "by value",
            Self::Combined => "words and choices",
            Self::Typing => "typing, key by key",
        }
    }
}

impl Query {
    /// One that only outflow understands.
    fn ours(kind: Kind, ours: impl Into<String>) -> Self {
        let last_word = LastWord::Whole;
        Self { kind, ours: ours.into(), last_word, exact: None, fts5: None, scan: None, ripgrep: None }
    }

    /// Words that must all stand in a project, the last one whole or as a beginning.
    fn words(kind: Kind, ours: &str, last_word: LastWord) -> Self {
        let words: Vec<&str> = ours.split_whitespace().collect();
        let begins = |at: usize| last_word == LastWord::Beginning && at + 1 == words.len() && !ours.ends_with(' ');
        let each = |of: &dyn Fn(&str, bool) -> String| -> Vec<String> {
            words.iter().enumerate().map(|(at, word)| of(word, begins(at))).collect()
        };
        let exact = each(&|word, begins| if begins { format!("{word}*") } else { format!("={word}") });
        let sql = each(&|word, begins| if begins { format!("\"{word}\"*") } else { fts5::word(word) });
        Self {
            kind,
            ours: ours.to_owned(),
            last_word,
            exact: Some(exact.join(" ")),
            fts5: Some(Sql { words: Some(sql.join(" ")), conditions: Vec::new() }),
            scan: Some(each(&|word, begins| if begins { format!(" {word}") } else { format!(" {word} ") })),
            ripgrep: Some(each(&|word, begins| if begins { format!("\\b{word}") } else { format!("\\b{word}\\b") })),
        }
    }

    fn phrase(words: &str) -> Self {
        let quoted = format!("\"{words}\"");
        Self {
            exact: Some(quoted.clone()),
            fts5: Some(Sql { words: Some(quoted.clone()), conditions: Vec::new() }),
            scan: Some(vec![format!(" {words} ")]),
            ripgrep: Some(vec![format!("\\b{}\\b", words.replace(' ', "\\W+"))]),
            ..Self::ours(Kind::Phrase, quoted)
        }
    }
}

/// All of them, of a register's folded texts.
pub(crate) fn queries(folded: &[String], frequencies: &BTreeMap<&str, usize>, datasets: &[String]) -> Vec<Query> {
    let vocabulary = Vocabulary::new(folded, frequencies);
    let mut queries = Vec::new();
    let people = ["dementia", "diabetes", "cancer", "insurance", "palantir", "covid", "mortality", "pharmaceutical"];
    let mut words = vocabulary.rare_to_frequent(PICKED);
    words.extend(people.map(str::to_owned));
    queries.extend(distinct(words).iter().map(|word| Query::words(Kind::Word, word, LastWord::Whole)));
    queries.extend(vocabulary.frequent(PICKED).iter().map(|word| Query::words(Kind::Frequent, word, LastWord::Whole)));
    let mut three = vocabulary.spread(PICKED);
    three.extend(["machine learning model", "heart failure outcomes", "cancer waiting times"].map(str::to_owned));
    queries.extend(distinct(three).iter().map(|words| Query::words(Kind::Three, words, LastWord::Whole)));
    let mut phrases = vocabulary.in_a_row(PICKED);
    phrases.extend(["type 2 objections", "health and social", "length of stay"].map(str::to_owned));
    queries.extend(distinct(phrases).iter().map(|words| Query::phrase(words)));
    for (kind, letters) in [(Kind::TwoLetters, 2), (Kind::ThreeLetters, 3)] {
        let beginnings = vocabulary.beginnings(letters, PICKED);
        queries.extend(beginnings.iter().map(|word| Query::words(kind, word, LastWord::Beginning)));
    }
    let mut near: Vec<String> =
        vocabulary.rare_to_frequent(2 * PICKED).iter().filter_map(|word| misspelt(word)).collect();
    near.extend(["palentir~", "diabetis~", "insurence~", "mortallity~"].map(str::to_owned));
    queries.extend(distinct(near).into_iter().map(|near| Query::ours(Kind::Near, near)));
    let mut within = vocabulary.near_one_another(PICKED);
    within.extend([("data".to_owned(), "linkage".to_owned()), ("machine".to_owned(), "learning".to_owned())]);
    queries.extend(distinct(within).iter().map(|(one, other)| {
        let words = Some(format!("NEAR(\"{one}\" \"{other}\", 3)"));
        Query {
            fts5: Some(Sql { words, conditions: Vec::new() }),
            ..Query::ours(Kind::Within, format!("\"{one} {other}\"~3"))
        }
    }));
    queries.extend(by_value());
    queries.extend(combined(&vocabulary.rare_to_frequent(PICKED), datasets));
    queries.extend(typing());
    queries
}

fn distinct<T: Ord + Clone>(mut all: Vec<T>) -> Vec<T> {
    let mut known = BTreeSet::new();
    all.retain(|one| known.insert(one.clone()));
    all
}

const WEIGHTS: [&str; 3] = ["high", "medium", "note"];
const OPT_OUTS: [&str; 4] = ["applied", "not-applied", "mixed", "not-stated"];

/// By value alone; SQLite has the tables for weights and opt-outs.
fn by_value() -> Vec<Query> {
    let mut queries = Vec::new();
    for weight in WEIGHTS {
        let weighs = fts5::has("severity", weight);
        for state in OPT_OUTS {
            let conditions = vec![weighs.clone(), format!("project.opt_outs = '{state}'")];
            let ours = format!("severity:{weight} optouts:{state}");
            queries.push(Query { fts5: Some(Sql { words: None, conditions }), ..Query::ours(Kind::Value, ours) });
        }
        let conditions = vec![weighs];
        let ours = format!("severity:{weight}");
        queries.push(Query { fts5: Some(Sql { words: None, conditions }), ..Query::ours(Kind::Value, ours) });
    }
    let others = [
        "commercial:yes",
        "commercial:no",
        "sublicensing:yes",
        "sublicensing:no",
        "type:identifiable",
        "type:anonymised",
        "sensitive:yes",
        "sensitive:no",
        "access:system",
        "orgtype:commercial",
        "has:yielded",
        "missing:objectives",
        "started:2019..2022",
        "started:2023",
        "ends:<2026-01",
        "released:2024",
        "released:2021-03",
        "files:>100",
        "files:0",
    ];
    queries.extend(others.map(|ours| Query::ours(Kind::Value, ours)));
    queries.extend(RuleId::ALL.iter().map(|rule| Query::ours(Kind::Value, format!("concern:{rule}"))));
    queries
}

/// A word, and what is chosen in facets.
fn combined(words: &[String], datasets: &[String]) -> Vec<Query> {
    let choices = |(at, word): (usize, &String)| {
        let (weight, state) = (WEIGHTS[at % WEIGHTS.len()], OPT_OUTS[at / 2 % OPT_OUTS.len()]);
        let mut ours = vec![word.clone()];
        let mut conditions = Vec::new();
        if at % 4 != 0 {
            ours.push(format!("severity:{weight}"));
            conditions.push(fts5::has("severity", weight));
        }
        if at % 3 != 0 {
            ours.push(format!("-optouts:{state}"));
            conditions.push(format!("project.opt_outs <> '{state}'"));
        }
        if let Some(dataset) = datasets.get(at / 3 % datasets.len().max(1)).filter(|_| conditions.len() < 2) {
            ours.push(format!("dataset:=\"{dataset}\""));
            conditions.push(fts5::has("dataset", dataset));
        }
        let words = Some(fts5::word(word));
        Query { fts5: Some(Sql { words, conditions }), ..Query::ours(Kind::Combined, ours.join(" ")) }
    };
    words.iter().enumerate().map(choices).collect()
}

/// What people type; each key is a query.
const TYPED: [&str; 20] = [
    "dementia",
    "machine learning",
    "insurance",
    "palantir",
    "police immigration",
    "opt outs not applied",
    "diabetes audit",
    "pharmaceutical company",
    "maternity outcomes",
    "covid vaccine safety",
    "imperial college",
    "hospital episode statistics",
    "commercial purpose",
    "mental health services",
    "national cancer registry",
    "artificial intelligence",
    "care homes",
    "heart failure",
    "prescribing data",
    "university of oxford",
];

pub(crate) fn typing() -> Vec<Query> {
    let keys = |typed: &'static str| (1..=typed.len()).map(move |end| &typed[..end]);
    TYPED.into_iter().flat_map(keys).map(|typed| Query::words(Kind::Typing, typed, LastWord::Beginning)).collect()
}

/// A word with two of its letters changed about, asked for by near spelling.
fn misspelt(word: &str) -> Option<String> {
    let mut letters: Vec<char> = word.chars().collect();
    let at = letters.len() / 2;
    if letters.len() < 6 || letters[at] == letters[at - 1] {
        return None;
    }
    letters.swap(at, at - 1);
    Some(format!("{}~", letters.into_iter().collect::<String>()))
}

/// The words of a register, by how many projects have them.
struct Vocabulary<'a> {
    folded: &'a [String],
    frequencies: &'a BTreeMap<&'a str, usize>,
    /// Words of letters, rare ones first.
    by_frequency: Vec<(usize, &'a str)>,
}

impl<'a> Vocabulary<'a> {
    fn new(folded: &'a [String], frequencies: &'a BTreeMap<&'a str, usize>) -> Self {
        let of_letters =
            frequencies.iter().filter(|(word, _)| word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase()));
        let mut by_frequency: Vec<(usize, &str)> = of_letters.map(|(word, count)| (*count, *word)).collect();
        by_frequency.sort_unstable();
        Self { folded, frequencies, by_frequency }
    }

    /// So many words, from those that two projects have to those that most have, each about as many times as frequent as
    /// the one before.
    fn rare_to_frequent(&self, many: usize) -> Vec<String> {
        let mut picked: Vec<String> = Vec::new();
        let mut at = 0;
        for step in 0..many {
            let share = f64::from(u32::try_from(step).unwrap()) / f64::from(u32::try_from(many).unwrap());
            let least = 2.0 * (f64::from(u32::try_from(self.folded.len()).unwrap()) / 2.0).powf(share);
            let rarer =
                self.by_frequency.partition_point(|(count, _)| f64::from(u32::try_from(*count).unwrap()) < least);
            at = rarer.max(at + 1);
            let Some((_, word)) = self.by_frequency.get(at) else { break };
            picked.push((*word).to_owned());
        }
        picked
    }

    fn frequent(&self, many: usize) -> Vec<String> {
        self.by_frequency.iter().rev().take(many).map(|(_, word)| (*word).to_owned()).collect()
    }

    fn beginnings(&self, letters: usize, many: usize) -> Vec<String> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, word) in &self.by_frequency {
            *counts.entry(&word[..letters]).or_default() += 1;
        }
        let mut by_count: Vec<(usize, &str)> = counts.into_iter().map(|(word, count)| (count, word)).collect();
        by_count.sort_unstable();
        spaced(by_count.len(), many).map(|at| by_count[at].1.to_owned()).collect()
    }

    /// The words of so many projects, with ends of texts among them.
    fn sampled(&self, many: usize) -> impl Iterator<Item = (usize, Vec<&'a str>)> {
        let texts = spaced(self.folded.len(), many).map(|at| self.folded[at].split_whitespace().collect());
        texts.enumerate().filter(|(_, words): &(usize, Vec<&str>)| words.len() > 40)
    }

    /// Three words of one project that say something, far from one another.
    fn spread(&self, many: usize) -> Vec<String> {
        let says = |word: &&str| {
            let projects = self.frequencies.get(word).copied().unwrap_or(0);
            word.len() > 4 && projects * 2 < self.folded.len() && projects * 200 > self.folded.len()
        };
        let of_project = |(_, words): (usize, Vec<&str>)| {
            let of_part = |part: usize| words[words.len() * part / 4..].iter().copied().find(says);
            Some([of_part(1)?, of_part(2)?, of_part(3)?].join(" "))
        };
        self.sampled(many).filter_map(of_project).collect()
    }

    fn in_a_row(&self, many: usize) -> Vec<String> {
        let of_project = |(number, words): (usize, Vec<&str>)| {
            let from = words.len() * (number % 7 + 2) / 10;
            words[from..].windows(3).find(|three| !three.contains(&"|")).map(|three| three.join(" "))
        };
        self.sampled(many).filter_map(of_project).collect()
    }

    fn near_one_another(&self, many: usize) -> Vec<(String, String)> {
        let of_project = |(number, words): (usize, Vec<&str>)| {
            let from = words.len() * (number % 6 + 3) / 10;
            let near = |three: &&[&str]| {
                !three.contains(&"|") && three[0] != three[2] && three[0].len() > 3 && three[2].len() > 3
            };
            words[from..].windows(3).find(near).map(|three| (three[0].to_owned(), three[2].to_owned()))
        };
        self.sampled(many).filter_map(of_project).collect()
    }
}

/// So many numbers below another, evenly spaced.
fn spaced(below: usize, many: usize) -> impl Iterator<Item = usize> {
    let many = many.min(below);
    (0..many).map(move |step| step * below / many)
}
