use proptest::prelude::*;

use super::*;
use crate::index::{LastWord, Marker, SearchField};
use crate::register::Section;

const ROOM: Room = Room { columns: 30, lines: 2 };

/// A passage that was chosen and drawn out.
#[derive(Debug)]
struct Passage {
    range: Range<usize>,
    worth: Worth,
}

/// What stands before and after a passage, as it is drawn.
fn drawn(text: &str, label: usize, range: &Range<usize>) -> String {
    let cut = |left_out: &str| if left_out.trim().is_empty() { "" } else { "..." };
    let label = "x".repeat(label.saturating_sub(1)) + if label > 0 { " " } else { "" };
    format!("{label}{}{}{}", cut(&text[..range.start]), &text[range.clone()], cut(&text[range.end..]))
}

fn fits(text: &str, label: usize, range: &Range<usize>, room: Room) -> bool {
    text::wrap(&drawn(text, label, range), room.columns).len() <= room.lines
}

/// Where the words of a vocabulary stand in a text, each a part of the query.
fn found(text: &str, wanted: &[&str]) -> Vec<(usize, Range<usize>)> {
    let mut parts: Vec<(usize, Range<usize>)> = Vec::new();
    for (at, segment) in text::segments(text) {
        let word = segment.trim_end_matches(['.', ',']);
        if let Some(part) = wanted.iter().position(|wanted| *wanted == word) {
            parts.push((part, at..at + word.len()));
        }
    }
    parts
}

fn held(parts: &[(usize, Range<usize>)], range: &Range<usize>) -> Worth {
    let inside = parts.iter().filter(|(_, found)| range.start <= found.start && found.end <= range.end);
    let mut different: Vec<usize> = inside.clone().map(|(part, _)| *part).collect();
    different.sort_unstable();
    different.dedup();
    Worth { parts: different.len(), marks: inside.count() }
}

fn chosen_of(
    text: &str,
    parts: Vec<(usize, Range<usize>)>,
    marks: Vec<Range<usize>>,
    label: usize,
    room: Room,
) -> Option<Passage> {
    let searched = Searched { text, parts, marks, read: Read::Whole, label };
    let texts: Vec<Searched<'_>> = Some(searched).filter(|one| !one.parts.is_empty()).into_iter().collect();
    let best = best(&texts, room, 0)?;
    Some(Passage { range: texts[best.text].drawn_out(best.byte, room), worth: best.worth })
}

fn chosen(text: &str, wanted: &[&str], label: usize) -> Option<Passage> {
    let parts = found(text, wanted);
    let marks: Vec<Range<usize>> = parts.iter().map(|(_, range)| range.clone()).collect();
    chosen_of(text, parts, marks, label, ROOM)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn no_passage_holds_more_than_the_one_that_is_chosen(
        words in prop::collection::vec(prop_oneof![
            3 => Just("of"), 3 => Just("patients"), 2 => Just("records."), 1 => Just("dementia"),
            1 => Just("risk"), 1 => Just("cohort,"), 1 => Just("\n\nNew"), 1 => Just("ward. Next"),
        ], 1..60),
        label in 0_usize..20,
    ) {
        let wanted = ["dementia", "risk", "cohort"];
        let text = words.join(" ");
        let parts = found(&text, &wanted);
        let Some(passage) = chosen(&text, &wanted, label) else {
            prop_assert!(parts.is_empty());
            return Ok(());
        };
        prop_assert!(fits(&text, label, &passage.range, ROOM), "{}", drawn(&text, label, &passage.range));
        prop_assert_eq!(held(&parts, &passage.range), passage.worth);
        // All windows from the beginning of a word to the end of another that there is room for.
        let ends: Vec<Range<usize>> = text::segments(&text)
            .filter(|(_, segment)| !segment.trim().is_empty())
            .map(|(at, segment)| at..at + segment.len())
            .collect();
        for (number, first) in ends.iter().enumerate() {
            for last in ends[number..].iter().take_while(|last| fits(&text, label, &(first.start..last.end), ROOM)) {
                let worth = held(&parts, &(first.start..last.end));
                prop_assert!(worth <= passage.worth, "{worth:?} in {}", &text[first.start..last.end]);
            }
        }
        // It is cut between words, and neither line could hold another word.
        prop_assert!(ends.iter().any(|word| word.start == passage.range.start));
        let last = ends.iter().position(|word| word.end == passage.range.end);
        prop_assert!(last.is_some());
        if let Some(next) = last.and_then(|last| ends.get(last + 1)) {
            prop_assert!(!fits(&text, label, &(passage.range.start..next.end), ROOM));
        }
    }

    #[test]
    fn whatever_is_searched_for_in_whatever_text_the_passage_stands_in_it(
        text in "[a-zA-Z .,\n\u{a0}日\u{301}é'-]{0,400}",
        query in "[a-z]{1,3}( [a-z]{1,2}){0,2}",
        columns in 1_usize..60,
    ) {
        let field = SearchField::Section(Section::Objectives);
        let marks = Marker::new(&query, LastWord::Beginning).mark(field, &text);
        let parts: Vec<(usize, Range<usize>)> = marks.iter().cloned().enumerate().collect();
        let room = Room { columns, lines: 2 };
        let passage = chosen_of(&text, parts, marks.clone(), 12, room);
        prop_assert_eq!(passage.is_some(), !marks.is_empty());
        if let Some(passage) = passage {
            let shown = &text[passage.range.clone()];
            prop_assert!(!shown.trim().is_empty() && text::width(shown) <= columns * 2);
            prop_assert!(marks.iter().any(|mark| mark.start < passage.range.end && passage.range.start < mark.end));
        }
    }
}

fn shown(text: &str, wanted: &[&str]) -> String {
    drawn(text, 0, &chosen(text, wanted, 0).unwrap().range)
}

#[test]
fn a_passage_begins_with_its_sentence_where_that_is_near() {
    let text = "Many words that say nothing of it stand here, and go on. We study dementia in the whole country, \
                and what comes of it.";
    assert_eq!(shown(text, &["dementia"]), "...We study dementia in the whole country, and what...");
    // An abbreviation ends no sentence; without one near some words stand before what matched.
    let text = "Many words that say nothing of it stand here and go on e.g. in care for dementia as it is in the \
                whole country, and what comes of it.";
    assert_eq!(shown(text, &["dementia"]), "...on e.g. in care for dementia as it is in the...");
    assert_eq!(shown("Dementia and care", &["care"]), "Dementia and care");
}

#[test]
fn different_words_outweigh_many_and_the_first_of_equals_is_chosen() {
    let filler = "and much that is neither of the two stands between them ".repeat(3);
    let text = format!("risk risk risk risk {filler} dementia risk {filler} dementia risk, all {filler}");
    let passage = chosen(&text, &["dementia", "risk"], 0).unwrap();
    assert_eq!(passage.worth, Worth { parts: 2, marks: 2 });
    assert!(passage.range.contains(&text.find("dementia").unwrap()));
}

#[test]
fn a_text_that_ends_before_its_room_begins_earlier() {
    let text = "Many words that say nothing of it stand here and go on and on, and at last: dementia";
    let passage = shown(text, &["dementia"]);
    assert_eq!(passage, "...of it stand here and go on and on, and at last: dementia");
}

#[test]
fn a_match_longer_than_the_room_is_cut() {
    let text = "a".repeat(500) + " b";
    let whole = std::iter::once(0..500).collect();
    let passage = chosen_of(&text, vec![(0, 0..500)], whole, 0, ROOM).unwrap();
    assert!(passage.range.start == 0 && passage.range.len() <= 60, "{passage:?}");
    assert_eq!(passage.worth, Worth { parts: 1, marks: 0 });
}
