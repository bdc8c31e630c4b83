//! A plain scan of published words, which answers a query as a tree: the truth that searching is held to.

use outflow::index::SearchField;
use outflow::register::{OptOutState, Section, Version, YesNo};
use outflow::text::fold_word;

/// Fields with their names in a query.
pub(super) const FIELDS: [(&str, &[SearchField]); 10] = [
    ("objectives:", &[SearchField::Section(Section::Objectives)]),
    ("outputs:", &[SearchField::Section(Section::Outputs)]),
    ("processing:", &[SearchField::Section(Section::Processing)]),
    ("benefits:", &[SearchField::Section(Section::ExpectedBenefits), SearchField::Section(Section::YieldedBenefits)]),
    ("title:", &[SearchField::Title]),
    ("org:", &[SearchField::Organisation]),
    ("dataset:", &[SearchField::Dataset]),
    ("controller:", &[SearchField::Controller]),
    ("legal:", &[SearchField::LegalBasis]),
    ("yielded:", &[SearchField::Section(Section::YieldedBenefits)]),
];

/// All fields but that of legal bases, which is searched by name only.
pub(super) fn anywhere() -> Vec<SearchField> {
    SearchField::ALL.into_iter().filter(|field| *field != SearchField::LegalBasis).collect()
}

/// A query as a tree.
#[derive(Debug, Clone)]
pub(super) enum Tree {
    Word(String),
    Exact(String),
    Beginning(String),
    Phrase(Vec<String>),
    Within(Vec<String>, u32),
    Near(String),
    Valued(Valued),
    Field(usize, Box<Tree>),
    Not(Box<Tree>),
    All(Vec<Tree>),
    Any(Vec<Tree>),
}

impl Tree {
    /// The query as a person writes it.
    pub(super) fn written(&self) -> String {
        match self {
            Self::Word(word) => word.clone(),
            Self::Exact(word) => format!("={word}"),
            Self::Beginning(word) => format!("{word}*"),
            Self::Phrase(words) => format!("\"{}\"", words.join(" ")),
            Self::Within(words, others) => format!("\"{}\"~{others}", words.join(" ")),
            Self::Near(word) => format!("{word}~"),
            Self::Valued(valued) => valued.written(),
            Self::Field(field, inside) => format!("{}{}", FIELDS[*field].0, inside.written()),
            Self::Not(inside) => format!("-({})", inside.written()),
            Self::All(parts) => parts.iter().map(|part| format!("({})", part.written())).collect::<Vec<_>>().join(" "),
            Self::Any(parts) => {
                parts.iter().map(|part| format!("({})", part.written())).collect::<Vec<_>>().join(" OR ")
            }
        }
    }

    /// Whether a version matches, by looking at every word of it.
    pub(super) fn matches(&self, version: &Version, fields: &[SearchField]) -> bool {
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
            Self::Within(phrase, others) => {
                let wanted: Vec<String> = phrase.iter().flat_map(|word| cut(word)).collect();
                row(&|text| near_one_another(text, &wanted, *others as usize))
            }
            Self::Near(word) => {
                row(&|text| in_a_row(text, &cut(word), &|wanted, found| differing(wanted, found) <= may_differ(wanted)))
            }
            Self::Valued(valued) => valued.matches(version),
            Self::Field(field, inside) => inside.matches(version, FIELDS[*field].1),
            Self::Not(inside) => !inside.matches(version, fields),
            Self::All(parts) => parts.iter().all(|part| part.matches(version, fields)),
            Self::Any(parts) => parts.iter().any(|part| part.matches(version, fields)),
        }
    }
}

/// The folded words of each text of a field.
pub(super) fn texts(version: &Version, field: SearchField) -> Vec<Vec<String>> {
    let texts: Vec<String> = match field {
        SearchField::Title => version.title.iter().cloned().collect(),
        SearchField::Organisation => vec![version.organisation.clone()],
        SearchField::Dataset => version.datasets.iter().map(|dataset| dataset.name.to_string()).collect(),
        SearchField::Controller => version.controllers.clone(),
        SearchField::LegalBasis => version.legal_bases.clone(),
        SearchField::Reference => vec![version.reference.clone()],
        SearchField::Section(section) => version.section(section).into_iter().collect(),
    };
    texts.iter().map(|text| cut(text)).collect()
}

/// Folded words, cut here by hand: letters and figures, apostrophes between them dropped.
pub(super) fn cut(text: &str) -> Vec<String> {
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
pub(super) fn same_class(one: &str, two: &str) -> bool {
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

pub(super) fn in_a_row(text: &[String], wanted: &[String], same: &dyn Fn(&str, &str) -> bool) -> bool {
    !wanted.is_empty()
        && text.windows(wanted.len()).any(|here| wanted.iter().zip(here).all(|(wanted, found)| same(wanted, found)))
}

/// Whether words stand in a stretch that is no longer than they and so many others, each at a place of its own: all choices of
/// places are tried.
pub(super) fn near_one_another(text: &[String], wanted: &[String], others: usize) -> bool {
    fn choose(text: &[String], wanted: &[String], taken: &mut Vec<usize>, longest: usize) -> bool {
        let Some((first, rest)) = wanted.split_first() else {
            let (start, end) = (taken.iter().min().unwrap(), taken.iter().max().unwrap());
            return end - start < longest;
        };
        for (at, word) in text.iter().enumerate() {
            if word == first && !taken.contains(&at) {
                taken.push(at);
                let is = choose(text, rest, taken, longest);
                taken.pop();
                if is {
                    return true;
                }
            }
        }
        false
    }
    !wanted.is_empty() && choose(text, wanted, &mut Vec::new(), wanted.len() + others)
}

/// How many letters may differ between near spellings.
pub(super) fn may_differ(word: &str) -> usize {
    match word.chars().count() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// How many letters differ, by the plain table: put in, left out, another, or two that changed places.
pub(super) fn differing(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut table = vec![vec![0; other.len() + 1]; one.len() + 1];
    for at in 0..=one.len() {
        for beside in 0..=other.len() {
            table[at][beside] = if at == 0 || beside == 0 {
                at + beside
            } else {
                let changed = table[at - 1][beside - 1] + usize::from(one[at - 1] != other[beside - 1]);
                let mut least = changed.min(table[at - 1][beside] + 1).min(table[at][beside - 1] + 1);
                if at > 1 && beside > 1 && one[at - 1] == other[beside - 2] && one[at - 2] == other[beside - 1] {
                    least = least.min(table[at - 2][beside - 2] + 1);
                }
                least
            };
        }
    }
    table[one.len()][other.len()]
}

/// What is asked by value. Here a project has one version, or two that say the same.
#[derive(Debug, Clone)]
pub(super) enum Valued {
    Commercial(YesNo),
    OptOuts(OptOutState),
    Type(String),
    Started(i16, i16),
    Missing(Section),
}

impl Valued {
    pub(super) fn written(&self) -> String {
        match self {
            Self::Commercial(answer) => format!("commercial:{}", answered(*answer)),
            Self::OptOuts(state) => format!("optouts:{}", state.as_str()),
            Self::Type(word) => format!("type:{word}"),
            Self::Started(from, to) => format!("started:{from}..{to}"),
            Self::Missing(section) => format!("missing:{}", section_name(*section)),
        }
    }

    pub(super) fn matches(&self, version: &Version) -> bool {
        match self {
            Self::Commercial(answer) => version.commercial.value == *answer,
            Self::OptOuts(state) => version.opt_outs.state == *state,
            Self::Type(word) => {
                let same = |wanted: &str, found: &str| wanted == found;
                version.types_of_data.iter().any(|value| in_a_row(&cut(value), &cut(word), &same))
            }
            Self::Started(from, to) => version.term.start.is_some_and(|start| (*from..=*to).contains(&start.year())),
            Self::Missing(section) => version.section(*section).is_none(),
        }
    }
}

pub(super) fn answered(answer: YesNo) -> &'static str {
    match answer {
        YesNo::Yes => "yes",
        YesNo::No => "no",
        YesNo::Mixed => "mixed",
        YesNo::NotStated => "not-stated",
    }
}

pub(super) fn section_name(section: Section) -> &'static str {
    match section {
        Section::Objectives => "objectives",
        Section::Processing => "processing",
        Section::Outputs => "outputs",
        Section::ExpectedBenefits => "benefits",
        Section::YieldedBenefits => "yielded",
    }
}
