//! A facet with its values. Hundreds are counted at every keystroke, so what all are called stands in one string.

use std::ops::Range;

use super::counts::Value;
use super::{Choice, FacetField};
use crate::index::query;
use crate::index::values::Values;

/// A facet with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// Which.
    pub field: FacetField,
    values: Vec<Written>,
    text: String,
}

/// A value of a facet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FacetValue<'a> {
    /// As published, or as it is written.
    pub label: &'a str,
    /// The part of a query that asks for it.
    pub query: &'a str,
    /// How many projects have it, of those that are found but for this facet.
    pub projects: usize,
    /// What is chosen.
    pub choice: Choice,
}

/// A value, with what it is called as ranges of the facet's text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Written {
    label: Range<usize>,
    query: Range<usize>,
    projects: usize,
    choice: Choice,
}

impl Facet {
    /// A facet of these values, in this order.
    pub fn new<'a>(field: FacetField, values: impl IntoIterator<Item = FacetValue<'a>>) -> Self {
        let mut facet = Self::of(field);
        for value in values {
            facet.push(&value);
        }
        facet
    }

    /// A facet without values.
    pub(super) fn of(field: FacetField) -> Self {
        Self { field, values: Vec::new(), text: String::new() }
    }

    /// Its values, most projects first; weights and years in their own order; what is chosen and nothing has, last.
    pub fn values(&self) -> impl ExactSizeIterator<Item = FacetValue<'_>> {
        self.values.iter().map(|value| self.read(value))
    }

    /// The value at a place.
    pub fn value(&self, place: usize) -> Option<FacetValue<'_>> {
        self.values.get(place).map(|value| self.read(value))
    }

    /// How many values it has.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether it has no value.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    fn read(&self, value: &Written) -> FacetValue<'_> {
        let text = |range: &Range<usize>| self.text.get(range.clone()).unwrap_or_default();
        let Written { label, query, projects, choice } = value;
        FacetValue { label: text(label), query: text(query), projects: *projects, choice: *choice }
    }

    /// Adds a value that was counted.
    pub(super) fn add(&mut self, values: &Values, value: Value, projects: usize) {
        let (label, query) = match value {
            Value::Severity(weight) => self.write("severity", weight.as_str()),
            Value::Rule(rule) => self.write("concern", rule.as_str()),
            Value::OptOuts(state) => self.write("optouts", state.as_str()),
            Value::Answer(answer) => {
                let name = if self.field == FacetField::Commercial { "commercial" } else { "sublicensing" };
                self.write(name, query::answer_name(answer))
            }
            Value::Year(year) => {
                let name = if self.field == FacetField::Started { "started" } else { "released" };
                self.write(name, &year.to_string())
            }
            Value::Listed(number) => {
                let Some((listed, name)) = self.field.listed() else { return };
                self.write_whole(name, values.name(listed, number))
            }
        };
        self.values.push(Written { label, query, projects, choice: Choice::None });
    }

    /// Adds a value.
    pub(super) fn push(&mut self, value: &FacetValue<'_>) {
        let (label, query) = (self.append(value.label), self.append(value.query));
        self.values.push(Written { label, query, projects: value.projects, choice: value.choice });
    }

    /// Notes what is chosen of the value that a part of a query asks for; says whether it is among them.
    pub(super) fn choose(&mut self, query: &str, choice: Choice) -> bool {
        let text = &self.text;
        let found = self.values.iter_mut().find(|value| text.get(value.query.clone()) == Some(query));
        found.map(|value| value.choice = choice).is_some()
    }

    /// Writes the part of a query that asks for a value by the name of its field: where the value's name stands in it, and it.
    fn write(&mut self, field: &str, value: &str) -> (Range<usize>, Range<usize>) {
        let start = self.append(field).start;
        self.text.push(':');
        let label = self.append(value);
        (label.clone(), start..label.end)
    }

    /// The same for a published value, which is asked for as a whole.
    fn write_whole(&mut self, field: &str, value: &str) -> (Range<usize>, Range<usize>) {
        let start = self.text.len();
        let inside = query::write_whole(&mut self.text, field, value);
        let query = start..self.text.len();
        // A name that cannot be asked for as it is published stands by itself.
        let is_published = self.text.get(inside.clone()) == Some(value);
        (if is_published { inside } else { self.append(value) }, query)
    }

    fn append(&mut self, text: &str) -> Range<usize> {
        let start = self.text.len();
        self.text.push_str(text);
        start..self.text.len()
    }
}
