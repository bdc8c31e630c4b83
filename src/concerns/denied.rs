//! What denies words from before the passage that is shown of them: the beginning of their sentence, or the sentence that leads in
//! the list whose item they are. Who reads `analysis for insurance companies` must read that it is not permitted.

mod possible;

use std::ops::Range;

use super::Settings;
use super::prose::{Denials, Prose};
use crate::register::{Place, Section};
use crate::text::{fold, words};
use possible::{Possible, possible};

/// How far before a passage a denial is sought, in bytes: lists are long, and their lead-in stands before all of it.
const BEFORE: usize = 4000;

/// How far behind, so that the sentence is whole.
const BEHIND: usize = 1000;

/// The words that deny whatever they stand beside. Others that the rules go by, such as "prevent", deny one use and tell of another.
const DENY: [&str; 8] = ["cannot", "forbidden", "neither", "never", "no", "nor", "not", "prohibited"];

/// Words before a passage that deny what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denied {
    /// The sentence, as far as it stands before the passage, in bytes.
    pub sentence: Range<usize>,
    /// Where in the text the word that denies ends.
    pub word_end: usize,
}

/// What denies the words at a byte from before the passage that begins at another; none where the passage holds the denial, or
/// nothing denies them.
pub fn denied_before(text: &str, passage: usize, at: usize) -> Option<Denied> {
    let from = line_before(text, passage.min(at).saturating_sub(BEFORE));
    if !text.is_char_boundary(at) {
        return None;
    }
    let to = (at + BEHIND + 1..text.len()).find(|byte| text.is_char_boundary(*byte));
    let part = from.min(at)..to.unwrap_or(text.len());
    match possible(&text[part.clone()], at - part.start) {
        Possible::Nowhere => None,
        Possible::InLine(line) => denied_within(text, part.start + line.start..part.start + line.end, passage, at),
        Possible::Before => denied_within(text, part, passage, at),
    }
}

/// The same, by a part of the text.
fn denied_within(text: &str, part: Range<usize>, passage: usize, at: usize) -> Option<Denied> {
    let (from, to) = (part.start, part.end);
    let place = Place::line(0, 1);
    let prose = Prose::of_text(Section::Objectives, &text[from..to], &place);
    let here = |range: &Range<usize>| from + range.start..from + range.end;
    let (number, sentence) = prose.numbered().find(|(_, sentence)| here(&sentence.range).contains(&at))?;
    let denials = Denials::of(Settings::built_in());
    let denies = |text: &str| {
        let folded = fold(text);
        denials.deny(&folded, &(folded.len()..folded.len())) && words(text).any(|word| is_denying(&word.folded))
    };
    let own = here(&sentence.range);
    if own.start < passage && passage <= at && denies(&text[own.start..at]) {
        // What denies can stand in the passage itself.
        return if denies(&text[passage..at]) { None } else { cut_off(text, own.start..passage, &denies) };
    }
    let mut leads = prose.lead_ins(number);
    leads.reverse();
    let lead = leads.into_iter().map(|lead| here(&lead.range)).find(|lead| denies(&text[lead.clone()]))?;
    let before = cut_off(text, lead.start..lead.end.min(passage), &denies)?;
    (before.word_end <= passage).then_some(before)
}

/// The word that denies, of a sentence that does.
fn cut_off(text: &str, sentence: Range<usize>, denies: &dyn Fn(&str) -> bool) -> Option<Denied> {
    let said = text.get(sentence.clone())?;
    let word = words(said).find(|word| is_denying(&word.folded) && denies(&said[..word.range.end]))?;
    Some(Denied { word_end: sentence.start + word.range.end, sentence })
}

fn is_denying(word: &str) -> bool {
    DENY.contains(&word)
}

/// Where the line begins that holds a byte, or the next character.
fn line_before(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte += 1;
    }
    text[..byte].rfind('\n').map_or(0, |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn denied(text: &str, passage: &str, word: &str) -> Option<(String, String)> {
        let (passage, at) = (text.find(passage).unwrap(), text.find(word).unwrap());
        let denied = denied_before(text, passage, at)?;
        let sentence = text[denied.sentence.clone()].to_owned();
        let until = text[denied.sentence.start..denied.word_end].to_owned();
        Some((sentence, until))
    }

    #[test]
    fn an_item_is_denied_by_what_leads_its_list_in() {
        let text = "It is used for care.\nTherefore, the CLIENT is not permitted to do the following:\n• analysis of beds\n\
                    • analysis for insurance companies\n\nInsurers pay for it.";
        let lead = "Therefore, the CLIENT is not permitted to do the following:".to_owned();
        let expected = Some((lead, "Therefore, the CLIENT is not".to_owned()));
        assert_eq!(denied(text, "• analysis of", "insurance"), expected);
        assert_eq!(denied(text, "• analysis for", "insurance"), expected);
        // The passage says so itself, or nothing denies it.
        assert_eq!(denied(text, "Therefore", "insurance"), None);
        assert_eq!(denied(text, "Insurers", "Insurers"), None);
        assert_eq!(denied("For prevention of:\n• sale\n• insurance", "• insurance", "insurance"), None);
        assert_eq!(denied("They may:\n• sell\n• insure", "• insure", "insure"), None);
    }

    #[test]
    fn words_are_denied_by_the_beginning_of_their_sentence() {
        let text = "They work with providers (this does not include makers of devices or health insurers). Others pay.";
        let denied = denied(text, "makers", "insurers").unwrap();
        assert!(denied.0.starts_with("They work") && denied.0.ends_with("include "), "{denied:?}");
        assert!(denied.1.ends_with("does not"), "{denied:?}");
    }

    #[test]
    fn what_is_far_or_breaks_a_letter_is_no_fault() {
        let text = "é".repeat(5000) + " is not done: insurance";
        let at = text.find("insurance").unwrap();
        for passage in [0, at, text.len()] {
            let _ = denied_before(&text, passage, at);
        }
        assert_eq!(denied_before(&text, 3, text.len()), None);
    }
}
