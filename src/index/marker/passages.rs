//! The passages of projects that hold most of what a query asks for.

use std::cmp::Reverse;
use std::ops::Range;

use super::Marker;
use super::found::{Asked, Judged, Reading, Role};
use super::reading::{Unread, lacking, marks_around, searched};
use crate::concerns::{Denied, denied_before};
use crate::index::passage::{self, Read, Room, Searched};
use crate::index::{DeniedBy, Edge, Held, Index, IndexError, ProjectId, SearchField, Snippet};
use crate::register::Section;
use crate::text;

/// How many tenths of a line what denies a passage takes.
const DENIED_IN_TEN: usize = 6;

/// Fewer columns hold no denial.
const LEAST_DENIED: usize = 20;

/// Columns of the mark that says that something is left out, and of the space behind the words.
const CUT_AND_SPACE: usize = 4;

/// Names that a passage can be of.
const NAMES: [SearchField; 3] = [SearchField::Dataset, SearchField::Controller, SearchField::LegalBasis];

/// Reads the passages of the projects of an edition, one after another: what was told of a word of one text is known of it in the
/// next.
#[derive(Debug)]
pub struct Passages<'a> {
    marker: &'a Marker,
    index: &'a Index,
    room: Room,
    /// Where the parts of the query stand, if a search has seen it.
    held: Option<&'a Held>,
    sections: Vec<(Section, Asked<'a>)>,
    names: Vec<Asked<'a>>,
    judged: Judged,
}

/// A passage that may be shown, before it is drawn out to fill its room.
#[derive(Debug)]
struct Chosen<'a> {
    /// Which of the fields it is of.
    place: Place,
    searched: Searched<'a>,
    byte: usize,
    /// Different parts of the query that it holds.
    parts: usize,
}

/// Which field is read; in the order in which passages are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// Of the sections.
    Section(usize),
    /// Of the names.
    Names(usize),
}

impl<'a> Passages<'a> {
    pub(super) fn new(marker: &'a Marker, index: &'a Index, room: Room, held: Option<&'a Held>) -> Self {
        let sections = Section::ALL.into_iter();
        let sections = sections.map(|section| (section, Asked::new(&marker.wanted, SearchField::Section(section))));
        let names = NAMES.into_iter().map(|field| Asked::new(&marker.wanted, field));
        Self {
            marker,
            index,
            room,
            held: held.filter(|held| held.len() == marker.wanted.len()),
            sections: sections.filter(|(_, asked)| asked.parts() > 0).collect(),
            names: names.filter(|asked| asked.parts() > 0).collect(),
            judged: Judged::new(&marker.wanted),
        }
    }

    /// The passages of a project that matter most, at most one of each field: those with the most different parts of the
    /// query first, and of as many what comes first, since objectives say what for. Nothing is read that cannot be among them, and
    /// names are asked only for what no section has. Title, organisation and reference are not among them: whoever lists a project
    /// shows them whole.
    ///
    /// # Errors
    /// Where the files of the index are damaged.
    pub fn of(&mut self, project: ProjectId, limit: usize) -> Result<Vec<Snippet>, IndexError> {
        if self.marker.is_empty() {
            return Ok(Vec::new());
        }
        let index = self.index;
        let Some(latest) = index.documents.latest_of(project) else { return Ok(Vec::new()) };
        let mut found: Vec<Chosen<'a>> = Vec::new();
        let mut stood = vec![false; self.marker.wanted.len()];
        let most_named = self.names.iter().map(Asked::parts).max().unwrap_or_default();
        for (most, at) in self.promising(latest, &mut stood) {
            let (section, asked) = &self.sections[at];
            let place = Place::Section(at);
            let enough = enough(&found, limit, place);
            // What stands in it must be known where it is asked whether names hold more.
            if enough >= most && (self.held.is_some() || enough >= most_named) {
                continue;
            }
            let Some(text) = index.texts.get(latest, *section)? else { continue };
            let lacking = match self.held {
                Some(held) => asked.rows().iter().filter(|row| !held.stands(**row, latest, asked.field())).count(),
                None => lacking(asked, text, &mut self.judged),
            };
            let reading = Unread { text, room: self.room, lacking };
            let searched: Vec<Searched<'a>> = searched(asked, reading, &mut self.judged).into_iter().collect();
            searched.iter().flat_map(|one| &one.parts).for_each(|(part, _)| stood[*part] = true);
            found.extend(self.best(place, searched, enough));
        }
        if self.is_left_to_names(latest, &stood)? {
            for at in 0..self.names.len() {
                let (place, asked) = (Place::Names(at), &self.names[at]);
                let enough = enough(&found, limit, place);
                if enough >= asked.parts() {
                    continue;
                }
                let names = index.texts.names(latest, asked.field())?;
                let (room, judged) = (self.room, &mut self.judged);
                let read = |text: &'a str| {
                    let lacking = lacking(asked, text, judged);
                    searched(asked, Unread { text, room, lacking }, judged)
                };
                let searched = names.filter_map(read).collect();
                found.extend(self.best(place, searched, enough));
            }
        }
        found.sort_by_key(|chosen| (Reverse(chosen.parts), chosen.place));
        found.truncate(limit);
        Ok(found.iter().map(|chosen| self.snippet(chosen)).collect())
    }

    /// Whether something that stands in no section may stand in a name. Rows mostly stand nowhere, so they are looked for first.
    fn is_left_to_names(&mut self, version: usize, stood: &[bool]) -> Result<bool, IndexError> {
        let wanted = &self.marker.wanted;
        let may_be_named = |at: &usize| NAMES.iter().any(|name| wanted[*at].may_stand_in(*name));
        for at in (0..wanted.len()).filter(|at| !stood[*at]).filter(may_be_named) {
            if wanted[at].role == Role::Part || self.is_in_a_name(at, version)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a part stands in a name of a version.
    fn is_in_a_name(&mut self, part: usize, version: usize) -> Result<bool, IndexError> {
        if let Some(held) = self.held {
            return Ok(NAMES.iter().any(|name| held.stands(part, version, *name)));
        }
        for asked in &self.names {
            for name in self.index.texts.names(version, asked.field())? {
                let mut stands = false;
                asked.find(name, &mut self.judged, |found| {
                    stands = found.wanted == part;
                    if stands { Reading::Enough } else { Reading::On }
                });
                if stands {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// The sections of a version in which something may stand, each with how many parts of the query at most: most first. Parts are
    /// marked that are known to stand in one.
    fn promising(&self, version: usize, stood: &mut [bool]) -> Vec<(usize, usize)> {
        let mut promising = Vec::with_capacity(self.sections.len());
        for (at, (section, asked)) in self.sections.iter().enumerate() {
            let most = match self.held {
                None => asked.parts(),
                Some(held) => {
                    let field = SearchField::Section(*section);
                    let here = asked.numbers().filter(|part| held.stands(*part, version, field));
                    here.inspect(|part| stood[*part] = true).count()
                }
            };
            if most > 0 {
                promising.push((most, at));
            }
        }
        promising.sort_by_key(|(most, at)| (Reverse(*most), *at));
        promising
    }

    /// The best passage of texts of one field, if it may hold more parts of the query than are enough.
    fn best(&self, place: Place, mut searched: Vec<Searched<'a>>, enough: usize) -> Option<Chosen<'a>> {
        let best = passage::best(&searched, self.room, enough)?;
        let searched = searched.swap_remove(best.text);
        Some(Chosen { place, searched, byte: best.byte, parts: best.worth.parts })
    }

    /// A passage of a text as it is shown.
    fn snippet(&mut self, chosen: &Chosen<'_>) -> Snippet {
        let searched = &chosen.searched;
        let text = searched.text;
        let (range, denied) = self.drawn_out(chosen);
        let is_next = denied.as_ref().is_some_and(|(_, is_next)| *is_next);
        let asked = match chosen.place {
            Place::Section(at) => &self.sections[at].1,
            Place::Names(at) => &self.names[at],
        };
        let edge = |left_out: &str| if left_out.trim().is_empty() { Edge::Whole } else { Edge::Cut };
        // Behind the last match that was looked at stand others.
        let anew = (searched.read == Read::InPart).then(|| marks_around(asked, text, &range, &mut self.judged));
        let marks = anew.as_ref().unwrap_or(&searched.marks);
        Snippet {
            field: asked.field(),
            begins: if is_next { Edge::Whole } else { edge(&text[..range.start]) },
            ends: edge(&text[range.end..]),
            matches: marks.iter().filter_map(|mark| within(mark, &range)).collect(),
            text: text[range].to_owned(),
            denied: denied.map(|(denied, _)| denied),
        }
    }

    /// The passage, and what denies it from before, with whether nothing stands between them: that takes a part of the room.
    fn drawn_out(&self, chosen: &Chosen<'_>) -> (Range<usize>, Option<(DeniedBy, bool)>) {
        let Chosen { searched, byte, place, .. } = chosen;
        let text = searched.text;
        let range = searched.drawn_out(*byte, self.room);
        let columns = self.room.columns * DENIED_IN_TEN / 10;
        let first = |range: &Range<usize>| {
            let inside = searched.parts.iter().map(|(_, found)| found.start).find(|start| range.contains(start));
            inside.unwrap_or(range.start)
        };
        let denied_in = |range: &Range<usize>| denied_before(text, range.start, first(range));
        if matches!(place, Place::Names(_)) || columns < LEAST_DENIED || denied_in(&range).is_none() {
            return (range, None);
        }
        let label = searched.label + columns;
        let (parts, marks) = (searched.parts.clone(), searched.marks.clone());
        let narrower = Searched { text, parts, marks, read: searched.read, label }.drawn_out(*byte, self.room);
        match denied_in(&narrower) {
            Some(denied) => {
                let (words, denied) = shortened(text, &denied, columns);
                let is_next = text[words.end..narrower.start].trim().is_empty();
                (narrower, Some((denied, is_next)))
            }
            // With less room it begins elsewhere.
            None => (range, None),
        }
    }
}

/// The words that deny, with as many of their sentence as there is room for, most of it for what stands before them.
fn shortened(text: &str, denied: &Denied, columns: usize) -> (Range<usize>, DeniedBy) {
    let Denied { sentence, word_end } = denied;
    let takes = |range: Range<usize>| text::width(&text[range]) + CUT_AND_SPACE;
    let starts = text::segments(&text[sentence.start..*word_end]).map(|(at, _)| sentence.start + at);
    let starts: Vec<usize> = starts.collect();
    let fitting = starts.iter().find(|start| takes(**start..*word_end) * 3 <= columns * 2);
    let start = fitting.or(starts.last()).copied().unwrap_or(*word_end);
    let segments = text::segments(&text[sentence.clone()]);
    let ends = segments.map(|(at, segment)| sentence.start + at + segment.trim_end().len());
    let end = ends.filter(|end| end >= word_end && takes(start..*end) <= columns).last().unwrap_or(*word_end);
    let begins = if start > sentence.start { Edge::Cut } else { Edge::Whole };
    let words = text[start..end].split_whitespace().collect::<Vec<_>>().join(" ");
    (start..end, DeniedBy { text: words, begins })
}

/// So many parts of a query are too few for another passage: as many are shown as are asked for, and each goes before it. Of
/// passages that hold as much the one goes first whose field does.
fn enough(found: &[Chosen<'_>], limit: usize, place: Place) -> usize {
    if found.len() < limit {
        return 0;
    }
    let mut shown: Vec<(Reverse<usize>, Place)> =
        found.iter().map(|chosen| (Reverse(chosen.parts), chosen.place)).collect();
    shown.sort_unstable();
    let last = limit.checked_sub(1).and_then(|last| shown.get(last));
    last.map_or(0, |(Reverse(parts), last)| if place < *last { parts.saturating_sub(1) } else { *parts })
}

/// A range of the text as a range of a window of it.
fn within(range: &Range<usize>, window: &Range<usize>) -> Option<Range<usize>> {
    let (start, end) = (range.start.max(window.start), range.end.min(window.end));
    (start < end).then(|| start - window.start..end - window.start)
}
