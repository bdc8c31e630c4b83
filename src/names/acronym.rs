//! Whether a bracket is an acronym of the words before it, and so says nothing that they do not say.
//!
//! The words must prove it: `(PHE)` after `Public Health England`, `(HES A and E)` after `Hospital Episode Statistics
//! Accident and Emergency`. Capitals alone prove nothing, since most names are published in capitals: `(UNITARY)`,
//! `(Deaths)`, `(linkable to HES)` and `(PLICS)` after `Patient Level Costing data` keep names apart.

/// Words that an acronym may pass over.
const SMALL: [&str; 10] = ["a", "and", "at", "by", "for", "in", "of", "on", "the", "to"];

/// Words that many names of datasets end in, with or without a letter for them in the acronym.
const DATA_SET: [&str; 4] = ["data", "set", "sets", "base"];

/// Words that acronyms take for two.
const COMPOUNDS: [(&str, [&str; 2]); 6] = [
    ("dataset", ["data", "set"]),
    ("datasets", ["data", "sets"]),
    ("database", ["data", "base"]),
    ("outpatient", ["out", "patient"]),
    ("outpatients", ["out", "patients"]),
    ("inpatients", ["in", "patients"]),
];

/// The longest word that is an abbreviation itself, and can stand in an acronym whole: `NHS` in `NHSBT`.
const ABBREVIATION: usize = 4;

/// The most words of a bracket.
const MOST_WORDS: usize = 6;

/// Whether the words of a bracket are an acronym of the words before it, with both in lower case.
///
/// The first word of the bracket is made of the initials of at least two words. What follows it in the bracket are more
/// initials, or words as they stand in the name (`HES Critical Care`). Initials may pass over small words, and over one
/// other (`MHRA` has none for "products"). They end with the name's last word: an acronym of its beginning alone, such
/// as `(HES)`, could say which part is meant.
pub(super) fn is_of(bracket: &[String], name: &[String]) -> bool {
    let [first, more @ ..] = bracket else { return false };
    if bracket.len() > MOST_WORDS || first.chars().count() < 2 {
        return false;
    }
    let name: Vec<&str> = name.iter().flat_map(|word| parts(word)).collect();
    let letters: Vec<char> = first.chars().collect();
    let more: Vec<&str> = more.iter().map(String::as_str).collect();
    // Where the acronym begins is free: `UCL Institute of Education (IOE)`.
    (0..name.len()).any(|from| Reading { name: &name, more: &more }.initials(&letters, from, 0, false))
}

fn parts(word: &str) -> Vec<&str> {
    match COMPOUNDS.iter().find(|(compound, _)| *compound == word) {
        Some((_, parts)) => parts.to_vec(),
        None => vec![word],
    }
}

/// An acronym being read against a name.
struct Reading<'a> {
    name: &'a [&'a str],
    more: &'a [&'a str],
}

impl Reading<'_> {
    /// Whether the letters are initials from a word of the name on, and the bracket's other words follow. `taken` counts
    /// the words that have given a letter.
    fn initials(&self, letters: &[char], at: usize, taken: usize, passed: bool) -> bool {
        let Some(letter) = letters.first() else {
            return taken >= 2 && self.rest(self.more, at, passed);
        };
        let Some(word) = self.name.get(at) else {
            // `PROMs`: the plural of the last word.
            return letters == ['s'] && taken >= 2 && self.more.is_empty() && self.name[at - 1].ends_with('s');
        };
        let whole: Vec<char> = word.chars().collect();
        if whole.len() > 1 && whole.len() <= ABBREVIATION && letters.starts_with(&whole) {
            // Counted as two: it is initials itself.
            let taken = taken + 2;
            if self.initials(&letters[whole.len()..], at + 1, taken, passed) {
                return true;
            }
        }
        if word.starts_with(*letter) && self.initials(&letters[1..], at + 1, taken + 1, passed) {
            return true;
        }
        let begun = taken > 0;
        begun && (is_small(word) || !passed) && self.initials(letters, at + 1, taken, passed || !is_small(word))
    }

    /// Whether the bracket's other words go on from a word of the name to its end.
    fn rest(&self, more: &[&str], at: usize, passed: bool) -> bool {
        let Some((next, after)) = more.split_first() else {
            return self.name[at..].iter().all(|word| is_small(word) || DATA_SET.contains(word));
        };
        let Some(word) = self.name.get(at) else { return false };
        if word == next && self.rest(after, at + 1, passed) {
            return true;
        }
        let letters: Vec<char> = next.chars().collect();
        let reading = Reading { name: self.name, more: after };
        // Two words more count as taken, so that one initial is enough: the `A` of `HES A and E`.
        if letters.first().is_some_and(|letter| word.starts_with(*letter)) && reading.initials(&letters, at, 2, passed)
        {
            return true;
        }
        is_small(word) && self.rest(more, at + 1, passed)
    }
}

fn is_small(word: &str) -> bool {
    SMALL.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_acronym(name: &str, bracket: &str) -> bool {
        let words = |text: &str| text.to_lowercase().split_whitespace().map(str::to_owned).collect::<Vec<String>>();
        is_of(&words(bracket), &words(name))
    }

    #[test]
    fn acronyms_are_proved_by_the_words() {
        for (name, bracket) in [
            ("Public Health England", "PHE"),
            ("Care Quality Commission", "CQC"),
            ("Department of Health", "DH"),
            ("Institute of Occupational Medicine", "IOM"),
            ("Medicines and Healthcare Products Regulatory Agency", "MHRA"),
            ("National Institute for Health and Care Excellence", "NICE"),
            ("NHS Blood and Transplant", "NHSBT"),
            ("NHS England", "NHSE"),
            ("University of Liverpool", "UoL"),
            ("UCL Institute of Education", "IOE"),
            ("West Hertfordshire Hospitals NHS Trust", "WHHT"),
            ("Hospital Episode Statistics Admitted Patient Care", "HES APC"),
            ("Hospital Episode Statistics Outpatients", "HES OP"),
            ("Hospital Episode Statistics Critical Care", "HES Critical Care"),
            ("Hospital Episode Statistics Critical Care", "HES CC"),
            ("Hospital Episode Statistics Accident and Emergency", "HES A and E"),
            ("Hospital Episode Statistics Accident and Emergency", "HES AE"),
            ("Emergency Care Data Set", "ECDS"),
            ("Diagnostic Imaging Dataset", "DID"),
            ("Maternity Services Dataset", "MSDS"),
            ("Mental Health Services Data Set", "MHSDS"),
            ("Patient Reported Outcome Measures", "PROMs"),
            ("Improving Access to Psychological Therapies", "IAPT"),
            ("Improving Access to Psychological Therapies Data Set", "IAPT"),
            ("Sexual and Reproductive Health Activity Data", "SRHAD"),
        ] {
            assert!(is_acronym(name, bracket), "{name} ({bracket})");
        }
    }

    #[test]
    fn other_brackets_say_something() {
        for (name, bracket) in [
            ("Office for National Statistics Mortality Data", "linkable to HES"),
            ("Patient Reported Outcome Measures", "Linkable to HES"),
            ("Southend on Sea Borough Council", "UNITARY"),
            ("Civil Registration", "Deaths"),
            ("Civil Registration Data", "Births"),
            ("Patient Level Costing data", "PLICS"),
            ("Medicines dispensed in Primary Care", "NHSBSA data"),
            ("Hospital Episode Statistics Critical Care", "HES"),
            ("Hospital Episode Statistics", "APC"),
            ("Hospital Episode Statistics Admitted Patient Care", "HES OP"),
            ("Cohort study wave", "IV"),
            ("Cohort study of interviews", "IV"),
            ("NHS Bedfordshire", "BEDS"),
            ("Northgate Public Services", "UK"),
            ("Public Health England", "P"),
            ("Public Health England", "South"),
            ("NHS South East London", "South East"),
            ("NHS England", ""),
            ("", "PHE"),
            ("Primary care", "s"),
            ("Data for Pandemic Planning and Research", "COVID 19"),
        ] {
            assert!(!is_acronym(name, bracket), "{name} ({bracket})");
        }
    }
}
