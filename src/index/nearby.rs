//! Words near one another: in any order, with so many other words between them at most.

use super::forms::{Known, Stands, class_of, stands_for};
use super::query::{Term, WordsNode};
use super::{Index, IndexError, SearchField, build};
use crate::text::Word;
use tantivy::DocId;

/// Places of the word that stands seldom between two looks at whether anybody still waits.
const BETWEEN_LOOKS: usize = 64;

/// Whether words stand near one another in one of the texts of a version's field.
pub(super) fn has_near(
    index: &Index,
    node: &WordsNode,
    others: u32,
    field: SearchField,
    at: DocId,
) -> Result<bool, IndexError> {
    let project = index.record(index.documents.project(at as usize))?.project;
    let place = index.place_of(at, project.latest_at());
    let Some(version) = place.and_then(|place| project.versions.get(place)) else { return Ok(false) };
    let classes: Vec<String> = node.words.iter().map(|word| class_of(&word.folded)).collect();
    Ok(build::texts(&project, version, field).iter().any(|text| {
        let cut: Vec<Word> = crate::text::words(text).collect();
        !windows_in(&cut, &node.words, &classes, others).is_empty()
    }))
}

/// Stretches of a text, cut into its words, in which words of a query stand near one another; `classes` are those of the words.
pub(super) fn windows_in(cut: &[Word], words: &[Term], classes: &[String], others: u32) -> Vec<Vec<u32>> {
    let places = |(term, class): (&Term, &String)| -> Vec<u32> {
        let mut known = Known::default();
        let mut stands = |word: &Word| stands_for(term, class, &word.folded, &mut known) != Stands::Not;
        let here = (0..).zip(cut).filter(|(_, word)| stands(word));
        here.map(|(place, _)| place).collect()
    };
    let places: Vec<Vec<u32>> = words.iter().zip(classes).map(places).collect();
    let places: Vec<&[u32]> = places.iter().map(Vec::as_slice).collect();
    windows(&places, others).collect()
}

/// Stretches in which each word stands at a place of its own, none longer than the words and so many others: for each the places
/// of the words, in order. `places` are those of each word, in order. The shortest stretch is told for each place where one
/// begins.
pub(super) fn windows(places: &[&[u32]], others: u32) -> impl Iterator<Item = Vec<u32>> {
    let longest = length(places.len(), others);
    let mut starts: Vec<u32> = places.iter().flat_map(|places| places.iter().copied()).collect();
    starts.sort_unstable();
    starts.dedup();
    let mut enough = Enough::new(places);
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(start) = starts.get(at).copied() {
            at += 1;
            let end = start.saturating_add(longest);
            // Giving places takes long, and most stretches lack a word.
            if !enough.stand(start, end) {
                continue;
            }
            let ahead = starts[at - 1..].iter().copied().take_while(|place| *place < end);
            if let Some(mut taken) = shortest(places, ahead) {
                taken.sort_unstable();
                return Some(taken);
            }
        }
        None
    })
}

/// Whether there is such a stretch. `go_on` is asked between pieces of work.
///
/// # Errors
/// What `go_on` says.
pub(super) fn stand_near<E>(places: &[Vec<u32>], others: u32, go_on: impl Fn() -> Result<(), E>) -> Result<bool, E> {
    let longest = length(places.len(), others);
    let Some(fewest) = places.iter().min_by_key(|places| places.len()) else { return Ok(false) };
    // Only what stands around a word that stands seldom can be near it.
    for (number, place) in fewest.iter().enumerate() {
        if number % BETWEEN_LOOKS == BETWEEN_LOOKS - 1 {
            go_on()?;
        }
        let around = |places: &'_ Vec<u32>| {
            let from = places.partition_point(|other| other.saturating_add(longest) <= *place);
            let ahead = places[from..].partition_point(|other| *other < place.saturating_add(longest));
            from..from + ahead
        };
        let around: Vec<&[u32]> = places.iter().map(|places| &places[around(places)]).collect();
        if around.iter().all(|places| !places.is_empty()) && windows(&around, others).next().is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The longest stretch, in places.
fn length(words: usize, others: u32) -> u32 {
    u32::try_from(words).unwrap_or(u32::MAX).saturating_add(others)
}

/// Whether a stretch has as many places as words need that stand at the same ones, such as a word that is sought twice.
struct Enough<'a> {
    /// Places, how many words stand at them, and which of them the stretch begins and ends before.
    groups: Vec<(&'a [u32], usize, usize, usize)>,
}

impl<'a> Enough<'a> {
    fn new(places: &[&'a [u32]]) -> Self {
        let mut groups: Vec<(&[u32], usize, usize, usize)> = Vec::new();
        for places in places {
            match groups.iter_mut().find(|(known, ..)| known == places) {
                Some((_, words, ..)) => *words += 1,
                None => groups.push((places, 1, 0, 0)),
            }
        }
        Self { groups }
    }

    /// Stretches are asked in order.
    fn stand(&mut self, start: u32, end: u32) -> bool {
        self.groups.iter_mut().all(|(places, words, from, to)| {
            *from += places[*from..].iter().take_while(|place| **place < start).count();
            *to = (*to).max(*from);
            *to += places[*to..].iter().take_while(|place| **place < end).count();
            *to - *from >= *words
        })
    }
}

/// A place for each word, no two the same, of those that come in order, as soon as they suffice. The first is always among them:
/// a place that was given to some word stays given, though perhaps to another.
fn shortest(words: &[&[u32]], ahead: impl Iterator<Item = u32>) -> Option<Vec<u32>> {
    let mut given: Vec<Option<u32>> = vec![None; words.len()];
    for place in ahead {
        give(words, place, &mut given, &mut vec![false; words.len()]);
        if given.iter().all(Option::is_some) {
            return Some(given.into_iter().flatten().collect());
        }
    }
    None
}

/// Gives a place to a word that stands there, moving what others have where that helps.
fn give(words: &[&[u32]], place: u32, given: &mut [Option<u32>], asked: &mut [bool]) -> bool {
    for word in 0..words.len() {
        if asked[word] || words[word].binary_search(&place).is_err() {
            continue;
        }
        asked[word] = true;
        let is_free = given[word].is_none_or(|other| give(words, other, given, asked));
        if is_free {
            given[word] = Some(place);
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_near_in_any_order_and_at_places_of_their_own() {
        let windows = |places: &[&[u32]], others| super::windows(places, others).collect::<Vec<_>>();
        assert_eq!(windows(&[&[3], &[1]], 1), [[1, 3]]);
        assert!(windows(&[&[4], &[1]], 1).is_empty());
        // The same word twice needs two places.
        assert!(windows(&[&[5], &[5]], 9).is_empty());
        assert_eq!(windows(&[&[5, 8], &[5, 8]], 2), [[5, 8]]);
        assert!(windows(&[&[], &[1]], 9).is_empty());
        assert_eq!(windows(&[&[1, 10], &[2, 11], &[3, 14]], 2), [vec![1, 2, 3], vec![10, 11, 14]]);
    }

    proptest::proptest! {
        #[test]
        fn words_stand_near_where_there_is_a_stretch(
            places in proptest::collection::vec(proptest::collection::btree_set(0_u32..40, 0..8), 2..4),
            twice in proptest::bool::ANY,
            others in 0_u32..5,
        ) {
            let mut places: Vec<Vec<u32>> = places.into_iter().map(|places| places.into_iter().collect()).collect();
            if twice {
                places.push(places[0].clone());
            }
            let slices: Vec<&[u32]> = places.iter().map(Vec::as_slice).collect();
            let longest = length(places.len(), others);
            // Every place that a stretch can begin at, each tried by itself.
            let begins = |start: &u32| {
                let ahead = (*start..start + longest).filter(|place| slices.iter().any(|places| places.contains(place)));
                slices.iter().any(|places| places.contains(start)) && shortest(&slices, ahead).is_some()
            };
            let starts: Vec<u32> = (0..40).filter(begins).collect();
            let told: Vec<u32> = windows(&slices, others).map(|window| window[0]).collect();
            proptest::prop_assert_eq!(&told, &starts);
            let near = stand_near(&places, others, || Ok::<(), ()>(())).unwrap();
            proptest::prop_assert_eq!(near, !starts.is_empty());
        }
    }
}
