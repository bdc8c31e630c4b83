//! What is searched: the texts of a register, the same for every program, and larger registers made of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use outflow::register::{Project, Register, Section, Version};
use outflow::text::words;

/// The fields that all programs search, as columns of a table.
pub(crate) const FIELDS: [&str; 10] = [
    "title",
    "organisation",
    "datasets",
    "controllers",
    "reference",
    "objectives",
    "processing",
    "outputs",
    "expected_benefits",
    "yielded_benefits",
];

/// What the latest version of a project says in each field. Names are texts of their own.
pub(crate) fn texts(project: &Project) -> [Vec<String>; FIELDS.len()] {
    let Some(latest) = project.latest() else { return Default::default() };
    let mut organisations = vec![latest.organisation.clone()];
    for name in latest.releases.iter().filter_map(|release| release.organisation.as_ref()) {
        if !organisations.iter().any(|known| name == known) {
            organisations.push(name.to_string());
        }
    }
    let datasets: BTreeSet<&str> = latest.datasets.iter().map(|dataset| dataset.name.as_str()).collect();
    let references = project.versions.iter().map(|version| &version.reference).chain([&project.reference]);
    let references: BTreeSet<&String> = references.collect();
    let section = |section| latest.section(section).into_iter().collect();
    [
        latest.title.iter().cloned().collect(),
        organisations,
        datasets.into_iter().map(str::to_owned).collect(),
        latest.controllers.clone(),
        references.into_iter().cloned().collect(),
        section(Section::Objectives),
        section(Section::Processing),
        section(Section::Outputs),
        section(Section::ExpectedBenefits),
        section(Section::YieldedBenefits),
    ]
}

/// The bytes of the sections of all versions: the purpose text.
pub(crate) fn purpose_bytes(register: &Register) -> u64 {
    let versions = register.projects.iter().flat_map(|project| &project.versions);
    versions.map(section_bytes).sum()
}

/// The same of the latest versions alone.
pub(crate) fn latest_bytes(register: &Register) -> u64 {
    register.projects.iter().filter_map(Project::latest).map(section_bytes).sum()
}

fn section_bytes(version: &Version) -> u64 {
    Section::ALL.into_iter().filter_map(|section| version.section(section)).map(|text| text.len() as u64).sum()
}

/// The folded words of each project with a space before and after each, and a mark where a text ends.
pub(crate) fn folded(register: &Register) -> Vec<String> {
    let mut word = String::new();
    let fold = |project: &Project| {
        let mut folded = String::from(" ");
        for text in texts(project).iter().flatten() {
            let mut rest = words(text);
            while rest.next_into(&mut word).is_some() {
                folded.push_str(&word);
                folded.push(' ');
            }
            folded.push_str("| ");
        }
        folded
    };
    register.projects.iter().map(fold).collect()
}

/// In how many projects each word stands.
pub(crate) fn frequencies(folded: &[String]) -> BTreeMap<&str, usize> {
    let mut frequencies: HashMap<&str, (usize, usize)> = HashMap::new();
    for (number, text) in (1..).zip(folded) {
        for word in text.split_whitespace().filter(|word| *word != "|") {
            let (last, count) = frequencies.entry(word).or_default();
            *count += usize::from(*last != number);
            *last = number;
        }
    }
    frequencies.into_iter().map(|(word, (_, count))| (word, count)).collect()
}

/// Of so many words one is another in a copy: what a larger register has new.
const NEW_EACH: usize = 150;

/// How far apart the words stand that new ones are made of.
const NEW_OF: usize = 6;

/// Of so many organisations one is another in a copy.
const OTHERS_OF: usize = 3;

/// A register so many times as large. Each copy has references of its own, some organisations of its own, words that no
/// other has, and lacks another sentence in each section, so that no two of its texts are equal.
pub(crate) fn times(register: &Register, times: usize) -> Register {
    let folded = folded(register);
    let known: Vec<&str> = frequencies(&folded).into_keys().filter(|word| word.len() > 3 && word.is_ascii()).collect();
    let mut larger = register.clone();
    for copy in 1..times {
        let new: Vec<String> = (0..new_words(known.len(), copy)).map(|number| new_word(&known, copy, number)).collect();
        larger
            .projects
            .extend((0..).zip(&register.projects).map(|(number, project)| varied(project, number, copy, &new)));
    }
    larger
}

/// How many words a copy has that those before it lack: so many registers have as many words as the square root of their number
/// times those of one, as is usual of prose.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of words, about"
)]
fn new_words(known: usize, copy: usize) -> usize {
    let (before, with) = ((copy as f64).sqrt(), (copy as f64 + 1.0).sqrt());
    ((known as f64 * (with - before)) as usize).max(1)
}

/// The beginning of a word and the end of another, with a letter for the copy between them.
fn new_word(known: &[&str], copy: usize, number: usize) -> String {
    let at = number * NEW_OF + copy % NEW_OF;
    let (one, other) = (known[at % known.len()], known[(at * 7919 + copy * 104_729) % known.len()]);
    format!("{}{}{}", &one[..=one.len() / 2], letter(copy), &other[other.len() / 2..])
}

fn letter(copy: usize) -> char {
    char::from(b'a' + u8::try_from(copy % 26).unwrap())
}

fn varied(project: &Project, number: usize, copy: usize, new: &[String]) -> Project {
    let mut project = project.clone();
    project.reference = own_reference(&project.reference, copy);
    for version in &mut project.versions {
        version.reference = own_reference(&version.reference, copy);
        let owner = version.organisation.bytes().map(usize::from).sum::<usize>();
        if owner % OTHERS_OF == copy % OTHERS_OF {
            version.organisation = format!("{} {}", version.organisation, new[owner % new.len()].to_uppercase());
        }
        for statement in &mut version.statements {
            for section in Section::ALL {
                let text = statement.sections.get(section).map(|text| reworded(text, number, copy, new));
                statement.sections.set(section, text);
            }
        }
    }
    project
}

fn own_reference(reference: &str, copy: usize) -> String {
    if reference.contains("NIC-") {
        reference.replace("NIC-", &format!("NIC-{copy}"))
    } else {
        format!("C{copy}-{reference}")
    }
}

fn reworded(text: &str, number: usize, copy: usize, new: &[String]) -> String {
    let sentences: Vec<&str> = text.split_inclusive(". ").collect();
    let without = if sentences.len() > 1 { (copy + number) % sentences.len() } else { usize::MAX };
    let kept =
        sentences.iter().enumerate().filter(|(at, _)| *at != without).flat_map(|(_, one)| one.split_inclusive(' '));
    let mut reworded = String::with_capacity(text.len());
    for (at, word) in kept.enumerate() {
        if (at + number + copy * 31) % NEW_EACH == NEW_EACH - 1 {
            reworded.push_str(&new[(at * 13 + number * 101) % new.len()]);
            reworded.push(' ');
        } else {
            reworded.push_str(word);
        }
    }
    reworded
}
