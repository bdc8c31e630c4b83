//! The facets of what is found, laid over the list: values with counts, of which one chooses.

use std::collections::BTreeSet;

use ratatui::layout::Rect;

use crate::index::{Choice, Facet, FacetField, FacetValue};

/// How many values of a facet are shown until all are asked for.
const SHOWN: usize = 5;

/// The facets as they are shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FacetPane {
    /// The number of the search that they are of; none until they were counted.
    pub of: Option<u64>,
    /// The facets.
    pub facets: Vec<Facet>,
    /// The places of those facets of which all values are shown.
    pub whole: BTreeSet<usize>,
    /// Place of the selected row.
    pub selected: usize,
    /// Place of the first row on the screen.
    pub top: usize,
}

/// A row of the pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FacetRow {
    /// The name of a facet, by its place.
    Heading(usize),
    /// A value of a facet, both by their places.
    Value(usize, usize),
    /// So many values that are not shown.
    More(usize, usize),
}

impl FacetPane {
    /// The rows from the top down. What is chosen is always among them.
    pub fn rows(&self) -> Vec<FacetRow> {
        let mut rows = Vec::new();
        for (at, facet) in self.facets.iter().enumerate() {
            rows.push(FacetRow::Heading(at));
            let is_whole = self.whole.contains(&at) || facet.len() <= SHOWN + 1;
            let is_shown =
                |(place, value): &(usize, FacetValue<'_>)| is_whole || *place < SHOWN || value.choice != Choice::None;
            let shown: Vec<usize> = facet.values().enumerate().filter(is_shown).map(|(place, _)| place).collect();
            let hidden = facet.len() - shown.len();
            rows.extend(shown.into_iter().map(|value| FacetRow::Value(at, value)));
            if hidden > 0 {
                rows.push(FacetRow::More(at, hidden));
            }
        }
        rows
    }

    /// The selected row.
    pub fn selected_row(&self) -> Option<FacetRow> {
        self.rows().get(self.selected).copied()
    }

    /// The value that is selected, with its facet.
    pub fn selected_value(&self) -> Option<(FacetField, FacetValue<'_>)> {
        let Some(FacetRow::Value(facet, value)) = self.selected_row() else { return None };
        let facet = self.facets.get(facet)?;
        Some((facet.field, facet.value(value)?))
    }

    /// Takes facets that were counted anew, and stays with the value that is selected.
    pub fn take(&mut self, facets: Vec<Facet>, visible: usize) {
        let before = self.selected_value().map(|(field, value)| (field, value.query().into_owned()));
        self.facets = facets;
        let rows = self.rows();
        let same = |row: &FacetRow| match (row, &before) {
            (FacetRow::Value(facet, value), Some((field, query))) => {
                let facet = &self.facets[*facet];
                facet.field == *field && facet.value(*value).is_some_and(|value| value.query() == query.as_str())
            }
            _ => false,
        };
        let at = rows.iter().position(same).unwrap_or(self.selected);
        self.select(at, visible, true);
    }

    /// The rows that are on the screen, each with where it stands: one step that drawing and pointing share.
    pub fn places(&self, body: Rect) -> Vec<(usize, FacetRow, Rect)> {
        let rows = self.rows().into_iter().enumerate().skip(self.top);
        rows.zip(body.y..body.bottom()).map(|((at, row), y)| (at, row, Rect { y, height: 1, ..body })).collect()
    }

    /// Selects the row at a place, or the next one that is no heading, onward or back; scrolls as little as it takes.
    pub fn select(&mut self, at: usize, visible: usize, is_onward: bool) {
        let rows = self.rows();
        let is_heading = |at: usize| matches!(rows.get(at), Some(FacetRow::Heading(_)));
        let at = at.min(rows.len().saturating_sub(1));
        // A heading has a value below it.
        let up = (0..at).rev().find(|at| !is_heading(*at)).filter(|_| !is_onward);
        self.selected = if is_heading(at) { up.unwrap_or(at + 1) } else { at };
        let visible = visible.max(1);
        // The heading above the first value comes with it.
        let wanted =
            if is_heading(self.selected.saturating_sub(1)) { self.selected.saturating_sub(1) } else { self.selected };
        if wanted < self.top {
            self.top = wanted;
        } else if self.selected >= self.top + visible {
            self.top = self.selected + 1 - visible;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pane(counts: &[usize]) -> FacetPane {
        let fields = [FacetField::OptOuts, FacetField::Dataset];
        let facets = fields.into_iter().zip(counts).map(|(field, count)| {
            let mut facet = Facet::of(field);
            for number in 0..*count {
                let choice = if number == 8 { Choice::Taken } else { Choice::None };
                facet.add_asked(&number.to_string(), &format!("{field:?}:{number}"), 10, choice);
            }
            facet
        });
        FacetPane { facets: facets.collect(), ..FacetPane::default() }
    }

    #[test]
    fn few_values_are_shown_and_what_is_chosen_always() {
        let mut pane = pane(&[2, 12]);
        let places = |pane: &FacetPane| {
            let of_second = pane.rows().into_iter().filter_map(|row| match row {
                FacetRow::Value(1, value) => Some(value),
                _ => None,
            });
            of_second.collect::<Vec<_>>()
        };
        assert_eq!(places(&pane), [0, 1, 2, 3, 4, 8]);
        assert_eq!(pane.rows().last(), Some(&FacetRow::More(1, 6)));
        pane.whole.insert(1);
        assert_eq!(places(&pane).len(), 12);
    }

    #[test]
    fn headings_are_passed_over_and_a_choice_stays_selected() {
        let mut pane = pane(&[2, 12]);
        pane.select(0, 10, true);
        assert_eq!(pane.selected, 1);
        pane.select(3, 10, true);
        assert_eq!(pane.selected_row(), Some(FacetRow::Value(1, 0)));
        pane.select(3, 10, false);
        assert_eq!(pane.selected_row(), Some(FacetRow::Value(0, 1)));
        pane.select(0, 10, false);
        assert_eq!((pane.selected, pane.top), (1, 0));
        pane.select(5, 4, true);
        let kept = pane.selected_value().map(|(_, value)| value.query().into_owned());
        let mut fewer = pane.facets.clone();
        fewer.remove(0);
        pane.take(fewer, 4);
        assert_eq!(pane.selected_value().map(|(_, value)| value.query().into_owned()), kept);
    }
}
