//! Where the words of a query stand, as a search has seen it: of each part of the query, in which fields of each version. Whoever
//! reads the texts of what was found need not read those in which nothing stands.

use super::SearchField;
use super::schema;
use super::scores::Hits;

/// In which fields of each version each part of a query stands.
#[derive(Debug, Clone, Default)]
pub struct Held {
    /// By the parts of the query that are words and are not left out, in the order of the query.
    parts: Vec<Vec<Fields>>,
}

/// Fields of a version, a bit for each.
type Fields = u16;

/// Scores of words, and in which fields they stand.
#[derive(Debug)]
pub(super) struct WordHits {
    hits: Hits,
    fields: Vec<Fields>,
    /// The field that is looked at.
    field: Fields,
}

impl WordHits {
    pub(super) fn none(documents: usize) -> Self {
        Self { hits: Hits::none(documents), fields: vec![0; documents], field: 0 }
    }

    /// What is added from now on stands in a field.
    pub(super) fn enter(&mut self, field: SearchField) {
        self.field = bit(field);
    }

    pub(super) fn add(&mut self, document: usize, score: f32) {
        self.hits.add(document, score);
        if let Some(fields) = self.fields.get_mut(document) {
            *fields |= self.field;
        }
    }

    /// The scores; where they stand is kept as the next part of a query.
    pub(super) fn kept_in(self, held: &mut Held) -> Hits {
        held.parts.push(self.fields);
        self.hits
    }
}

impl Held {
    /// How many parts it knows of.
    pub(super) fn len(&self) -> usize {
        self.parts.len()
    }

    /// Forgets the parts behind the first so many: those that a query leaves out.
    pub(super) fn forget_behind(&mut self, parts: usize) {
        self.parts.truncate(parts);
    }

    /// Whether a part stands in a field of a version.
    pub(super) fn stands(&self, part: usize, document: usize, field: SearchField) -> bool {
        let fields = self.parts.get(part).and_then(|fields| fields.get(document));
        fields.is_some_and(|fields| fields & bit(field) != 0)
    }
}

fn bit(field: SearchField) -> Fields {
    1 << schema::field(field).field_id()
}
