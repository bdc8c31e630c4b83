//! Prose: the sentences of a version's sections, with what leads each of them in, so that a rule that reads text knows
//! what a sentence says of itself and what the list that it stands in says of it.
//!
//! Deterministic and plain: lines, marks of list items, ends of sentences. What a sentence means is for a person; the rules
//! only tell what is worth reading, and leave out what is denied.

mod denial;
mod lists;
mod sentences;

use std::collections::HashSet;
use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

use super::{Evidence, Phrases};
use crate::register::{Field, Layout, Place, Project, Register, Section, Version};
use crate::text::{fold_into, line_ranges};

pub(super) use denial::Denials;
use lists::Lists;
pub use lists::after_mark;
pub(super) use lists::is_item;

/// The sentences of a version, in order.
#[derive(Debug, Default)]
pub(super) struct Prose<'a> {
    pub(super) sentences: Vec<Sentence<'a>>,
    /// All of them folded, one after another: one text and not thousands, for the register has a quarter of a million.
    folded: String,
}

/// A sentence, or an item of a list.
#[derive(Debug)]
pub(super) struct Sentence<'a> {
    pub(super) section: Section,
    /// As published, without the mark of a list item before it.
    pub(super) text: &'a str,
    /// Where it stands in the text of the section, which joins all its statements.
    pub(super) range: Range<usize>,
    /// Where it stands among the folded sentences.
    folded: Range<usize>,
    /// What tells it from other sentences; none for what is too short to be one.
    pub(super) mark: Option<u64>,
    /// The sentence that leads it in, by its place among the sentences: that before its list, or the one before it where it
    /// goes on with that.
    pub(super) lead_in: Option<usize>,
    /// Whether it stands in a quotation.
    pub(super) quoted: Quoted,
    pub(super) place: &'a Place,
}

/// Whether words are the entry's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoted {
    /// They are.
    No,
    /// They are quoted: a statute, a letter, a leaflet.
    Yes,
}

/// Sentences that several organisations use, by the hash of their folded words.
pub(super) type SharedSentences = HashSet<u64>;

/// Bytes between two statements of a section, as [`Version::section`] joins them.
const BETWEEN_STATEMENTS: usize = "\n\n".len();

/// How a sentence begins that goes on with the one before it, and so with what that one denies.
pub(super) const GOES_ON: [&str; 6] =
    ["this includes ", "these include ", "this would include ", "these are ", "such as ", "including "];

/// Fewer letters than this are no sentence that could be shared: headings and single words.
const SHORTEST_SHARED: usize = 24;

impl<'a> Prose<'a> {
    /// No sentences.
    pub(super) const fn none() -> Self {
        Self { sentences: Vec::new(), folded: String::new() }
    }

    /// The sentences of a project's latest version, if it has one.
    pub(super) fn of_latest(register: &Register, project: &'a Project) -> Self {
        let latest = project.latest().and_then(|latest| Some((latest, register.layout(latest)?)));
        latest.map_or_else(Self::default, |(latest, layout)| Self::of(latest, layout))
    }

    /// The sentences of a version. Equal texts of several statements count once.
    pub(super) fn of(version: &'a Version, layout: Layout) -> Self {
        let mut prose = Self::default();
        for section in Section::ALL {
            prose.add_section(version, layout, section);
        }
        prose
    }

    /// Those of one of its sections.
    pub(super) fn of_section(version: &'a Version, layout: Layout, section: Section) -> Self {
        let mut prose = Self::default();
        prose.add_section(version, layout, section);
        prose
    }

    fn add_section(&mut self, version: &'a Version, layout: Layout, section: Section) {
        let mut seen: Vec<&str> = Vec::new();
        let mut start = 0;
        for statement in &version.statements {
            let Some(text) = statement.sections.get(section) else { continue };
            if seen.contains(&text) {
                continue;
            }
            seen.push(text);
            let place = if layout.is_page() { version.place_of(Field::Section(section)) } else { &statement.place };
            self.add(section, text, start, place);
            start += text.len() + BETWEEN_STATEMENTS;
        }
    }

    /// The sentences of a text.
    pub(super) fn of_text(section: Section, text: &'a str, place: &'a Place) -> Self {
        let mut prose = Self::default();
        prose.add(section, text, 0, place);
        prose
    }

    fn add(&mut self, section: Section, text: &'a str, start: usize, place: &'a Place) {
        let mut lists = Lists::default();
        let mut open_quotes = 0_usize;
        for line in line_ranges(text) {
            let (mark, content) = lists::split_mark(&text[line.clone()]);
            // The content ends where the line does, but for white space.
            let start = start + line.start + (text[line.clone()].trim_end().len() - content.len());
            if content.is_empty() {
                lists.blank();
                continue;
            }
            let lead_in = lists.enter(mark, content);
            for range in sentences::split(content) {
                let sentence = &content[range.clone()];
                let range = start + range.start..start + range.end;
                let quoted = if open_quotes > 0 { Quoted::Yes } else { Quoted::No };
                open_quotes = sentences::open_quotes(open_quotes, sentence);
                let start_folded = self.folded.len();
                fold_into(sentence, &mut self.folded);
                let folded = &self.folded[start_folded..];
                let mark = (folded.len() >= SHORTEST_SHARED).then(|| xxh3_64(folded.as_bytes()));
                let before = self.sentences.last().filter(|before| before.section == section);
                let goes_on = GOES_ON.iter().any(|words| folded.starts_with(words)) && before.is_some();
                let lead_in = if goes_on { self.sentences.len().checked_sub(1) } else { lead_in };
                let folded = start_folded..self.folded.len();
                self.sentences.push(Sentence { section, text: sentence, range, folded, mark, lead_in, quoted, place });
            }
            lists.leave(content, self.sentences.len().saturating_sub(1));
        }
    }

    /// The sentences with their places among all.
    pub(super) fn numbered(&self) -> impl Iterator<Item = (usize, &Sentence<'a>)> {
        self.sentences.iter().enumerate()
    }

    /// A sentence folded, for comparing.
    pub(super) fn folded(&self, sentence: &Sentence<'_>) -> &str {
        self.folded.get(sentence.folded.clone()).unwrap_or_default()
    }

    /// What leads a sentence in, the outermost first.
    pub(super) fn lead_ins(&self, at: usize) -> Vec<&Sentence<'a>> {
        let mut leads = Vec::new();
        let mut next = self.sentences.get(at).and_then(|sentence| sentence.lead_in);
        while let Some(lead) = next.and_then(|lead| self.sentences.get(lead)) {
            leads.push(lead);
            next = lead.lead_in;
        }
        leads.reverse();
        leads
    }

    /// Whether what stands at a place of a sentence's folded text is denied, there or by what leads it in.
    pub(super) fn is_denied(&self, at: usize, hit: &Range<usize>, denials: &Denials<'_>) -> bool {
        let own = self.sentences.get(at).is_some_and(|sentence| denials.deny(self.folded(sentence), hit));
        own || self
            .lead_ins(at)
            .into_iter()
            .map(|lead| self.folded(lead))
            .any(|lead| denials.deny(lead, &(lead.len()..lead.len())))
    }

    /// A sentence as evidence: what leads it in, line by line, and then itself, as published.
    pub(super) fn evidence(&self, at: usize) -> Option<Evidence> {
        let sentence = self.sentences.get(at)?;
        let mut lines: Vec<&str> = self.lead_ins(at).iter().map(|lead| lead.text).collect();
        lines.push(sentence.text);
        Some(Evidence {
            field: Field::Section(sentence.section),
            quote: lines.join("\n"),
            place: sentence.place.clone(),
        })
    }

    /// The first place of a list's phrases in each sentence that holds one that is not an exception.
    pub(super) fn hits<'b>(
        &'b self,
        phrases: &'b Phrases,
        except: Option<&'b Phrases>,
    ) -> impl Iterator<Item = (usize, Range<usize>)> + 'b {
        self.numbered().filter_map(move |(at, sentence)| {
            let folded = self.folded(sentence);
            let mut found = phrases.find_all(folded).peekable();
            found.peek()?;
            let excepted: Vec<_> = except.map(|list| list.find_all(folded).collect()).unwrap_or_default();
            let is_meant =
                |hit: &Range<usize>| excepted.iter().all(|other| hit.end <= other.start || other.end <= hit.start);
            found.find(is_meant).map(|hit| (at, hit))
        })
    }
}

impl Sentence<'_> {
    /// Whether several organisations use it.
    pub(super) fn is_shared(&self, shared: &SharedSentences) -> bool {
        self.mark.is_some_and(|mark| shared.contains(&mark))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::concerns::Settings;
    use crate::register::{Sections, Statement};

    fn version(objectives: &str) -> Version {
        let place = Place::row(0, "PurposeStatements", 7);
        let sections = Sections { objectives: Some(objectives.to_owned()), ..Sections::default() };
        let mut version = Version::new("NIC-1", "A trust", place.clone());
        version.statements.push(Statement { sections, place });
        version
    }

    fn quotes(text: &str, phrase: &str) -> Vec<(String, bool)> {
        let version = version(text);
        let prose = Prose::of(&version, Layout::ReleaseRegister);
        let phrases = Phrases::try_from(vec![phrase.to_owned()]).unwrap();
        let denials = Denials::of(Settings::built_in());
        prose
            .hits(&phrases, None)
            .map(|(at, hit)| (prose.evidence(at).unwrap().quote, prose.is_denied(at, &hit, &denials)))
            .collect()
    }

    #[test]
    fn an_item_inherits_the_negation_of_its_lists_own_lead_in() {
        let text = "Clients use the tool for:\n• planning.\nTherefore the CLIENT is NOT permitted to do the following:\n\
                    •\tanalysis for insurance companies\n•\tcampaigns, such as:\n  o insurance mailings\n  o others\n\
                    •\tinsurance pricing\n\nThe insurance industry is a user.";
        let found = quotes(text, "insurance");
        let lead = "Therefore the CLIENT is NOT permitted to do the following:";
        assert_eq!(
            found,
            [
                (format!("{lead}\nanalysis for insurance companies"), true),
                (format!("{lead}\ncampaigns, such as:\ninsurance mailings"), true),
                (format!("{lead}\ninsurance pricing"), true),
                ("The insurance industry is a user.".to_owned(), false),
            ]
        );
    }

    #[test]
    fn a_list_that_follows_a_denial_without_a_colon_is_its_own() {
        let found = quotes("Data is not sold.\n\n1. Insurance\n2. Research", "insurance");
        assert_eq!(found, [("Insurance".to_owned(), false)]);
    }

    #[test]
    fn not_limited_to_is_no_denial() {
        let found = quotes("Uses include (but are not limited to):\n- insurance work", "insurance");
        assert_eq!(found.len(), 1);
        assert!(!found[0].1, "{found:?}");
    }

    #[test]
    fn what_goes_on_with_a_denial_is_denied() {
        let found =
            quotes("They agree not to use it in sales. These include insurance mailings. We insure.", "insurance");
        assert_eq!(found, [("They agree not to use it in sales.\nThese include insurance mailings.".to_owned(), true)]);
    }

    #[test]
    fn a_hit_inside_an_exception_is_none() {
        let version = version("They use social marketing. They use marketing and social marketing.");
        let prose = Prose::of(&version, Layout::ReleaseRegister);
        let list = |phrase: &str| Phrases::try_from(vec![phrase.to_owned()]).unwrap();
        let (marketing, social) = (list("marketing"), list("social marketing"));
        let hits: Vec<usize> = prose.hits(&marketing, Some(&social)).map(|(at, _)| at).collect();
        assert_eq!(hits, [1]);
    }

    #[test]
    fn a_quotation_is_known_for_one() {
        let version = version(
            "The Act says \u{201c}the person may share.\nIt shall be so.\u{201d} We share. \u{201c}A\u{201d} b.",
        );
        let prose = Prose::of(&version, Layout::ReleaseRegister);
        let quoted: Vec<bool> = prose.sentences.iter().map(|sentence| sentence.quoted == Quoted::Yes).collect();
        assert_eq!(quoted, [false, true, false, false]);
    }

    proptest::proptest! {
        #[test]
        fn every_sentence_is_a_piece_of_the_text(text in "([a-zA-Z .:;\n\u{2022}-]|1\\.|\\(a\\)|\u{201c}|\u{201d}){0,200}") {
            let version = version(&text);
            let prose = Prose::of(&version, Layout::ReleaseRegister);
            let mut from = 0;
            let whole = version.section(Section::Objectives).unwrap();
            for (at, sentence) in prose.numbered() {
                proptest::prop_assert_eq!(&whole[sentence.range.clone()], sentence.text);
                let found = text[from..].find(sentence.text);
                proptest::prop_assert!(found.is_some());
                from += found.unwrap() + sentence.text.len();
                proptest::prop_assert!(sentence.lead_in.is_none_or(|lead| lead < at));
                proptest::prop_assert_eq!(sentence.text.trim(), sentence.text);
            }
            let letters = |text: &str| text.chars().filter(|letter| letter.is_alphabetic()).count();
            let kept: usize = prose.sentences.iter().map(|sentence| letters(sentence.text)).sum();
            // Only marks of list items may be left out, and they hold at most one letter a line.
            proptest::prop_assert!(letters(&text) - kept <= text.lines().count() * 4);
        }
    }
}
