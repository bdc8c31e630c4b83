//! Reading a text for a passage: what matches in it, and how far it is read.

use std::ops::Range;

use super::found::{Asked, Judged, Reading};
use super::{apart, joined};
use crate::index::passage::{self, Read, Room, Searched};
use crate::text;

/// How many more matches are looked at where all that is asked for has stood together once: beginnings of a letter or two stand
/// everywhere.
const LOOKED_AT: usize = 4;

/// How many rooms further a text is read where all that is asked for has stood together once.
const ROOMS_READ: usize = 8;

/// A text that is to be searched.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unread<'a> {
    pub(super) text: &'a str,
    /// The room of a passage.
    pub(super) room: Room,
    /// How many rows do not stand in it.
    pub(super) lacking: usize,
}

/// How many rows do not stand in a text.
pub(super) fn lacking(asked: &Asked<'_>, text: &str, judged: &mut Judged) -> usize {
    let mut lacking = asked.rows().to_vec();
    if !lacking.is_empty() {
        asked.find(text, judged, |found| {
            lacking.retain(|row| *row != found.wanted);
            if lacking.is_empty() { Reading::Enough } else { Reading::On }
        });
    }
    lacking.len()
}

/// What matches in a text, if anything does. Where all that can stand in it first stands together is near enough to where it
/// stands closest: a little further is read, for so many more matches, and nothing else.
pub(super) fn searched<'a>(asked: &Asked<'_>, read: Unread<'a>, judged: &mut Judged) -> Option<Searched<'a>> {
    let Unread { text, room, lacking } = read;
    let mut parts = Vec::new();
    let all = asked.parts() - lacking;
    let mut last: Vec<(usize, usize)> = Vec::with_capacity(all);
    let mut stood = None;
    asked.find(text, judged, |found| {
        let start = found.range.start;
        match last.iter_mut().find(|(wanted, _)| *wanted == found.wanted) {
            Some((_, last)) => *last = start,
            None => last.push((found.wanted, start)),
        }
        parts.push((found.wanted, found.range));
        let from = start.saturating_sub(room.most());
        match stood {
            None if last.len() >= all && last.iter().all(|(_, start)| *start >= from) => {
                let stands = Together { matches: parts.len(), byte: start };
                stood = Some(stands);
                Reading::Until(stands.read_to(room))
            }
            Some(Together { matches, .. }) if parts.len() >= matches + LOOKED_AT => Reading::Enough,
            _ => Reading::On,
        }
    });
    if parts.is_empty() {
        return None;
    }
    let in_part =
        stood.is_some_and(|stands| parts.len() >= stands.matches + LOOKED_AT || stands.read_to(room) < text.len());
    let read = if in_part { Read::InPart } else { Read::Whole };
    parts.sort_by_key(|(part, range)| (range.start, *part));
    let marks = parts.iter().filter(|(part, _)| !asked.rows().contains(part)).map(|(_, range)| range.clone());
    let marks = joined(marks);
    // The name of the field stands before it, with a colon and a space.
    let label = asked.field().name().len() + 2;
    Some(Searched { text, parts, marks, read, label })
}

/// Where all that is asked for first stands together in a text.
#[derive(Debug, Clone, Copy)]
struct Together {
    /// How many matches are known with it.
    matches: usize,
    /// Where the last of them begins.
    byte: usize,
}

impl Together {
    /// To which byte the text is read then.
    fn read_to(self, room: Room) -> usize {
        self.byte + room.most() * ROOMS_READ
    }
}

/// What is marked in a passage of a text.
pub(super) fn marks_around(
    asked: &Asked<'_>,
    text: &str,
    passage: &Range<usize>,
    judged: &mut Judged,
) -> Vec<Range<usize>> {
    let from = asked.most_in_a_row().map_or(0, |words| words_before(text, passage.start, words - 1));
    let mut marks = Vec::new();
    asked.find(&text[from..], judged, |found| {
        let range = from + found.range.start..from + found.range.end;
        if range.start >= passage.end {
            return Reading::Enough;
        }
        if !asked.rows().contains(&found.wanted) {
            marks.push(range);
        }
        Reading::On
    });
    apart(marks)
}

/// Where a text can be cut so that at least so many words stand whole before the one that a byte stands in.
fn words_before(text: &str, byte: usize, count: usize) -> usize {
    let end = text::start_of_segment(text, byte);
    let mut start = end;
    while start > 0 && text::words(&text[start..end]).take(count).count() < count {
        start = text::start_of_segment(text, passage::floor(text, start - 1));
    }
    start
}
