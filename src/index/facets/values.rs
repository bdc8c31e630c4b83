//! A facet with its values. Hundreds are counted at every keystroke and few are looked at: what they are called stands in one
//! string, and how each is asked for follows from that when it is wanted.

use std::borrow::Cow;
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
    /// How many projects have it, of those that are found but for this facet.
    pub projects: usize,
    /// What is chosen.
    pub choice: Choice,
    field: FacetField,
    asked: Option<&'a str>,
}

/// A value, with what it is called as a range of the facet's text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Written {
    label: Range<usize>,
    projects: usize,
    choice: Choice,
    /// How a query asks for it, where that is in words of its own.
    asked: Option<String>,
}

impl<'a> FacetValue<'a> {
    /// The part of a query that asks for it.
    pub fn query(&self) -> Cow<'a, str> {
        self.asked.map_or_else(|| Cow::Owned(self.field.asking(self.label)), Cow::Borrowed)
    }
}

impl Facet {
    /// A facet without values.
    pub fn of(field: FacetField) -> Self {
        Self { field, values: Vec::new(), text: String::new() }
    }

    /// Its values, most projects first; weights and years in their own order; what is asked for in words of its own, last.
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

    fn read<'a>(&'a self, value: &'a Written) -> FacetValue<'a> {
        let Written { label, projects, choice, asked } = value;
        let label = self.text.get(label.clone()).unwrap_or_default();
        FacetValue { label, projects: *projects, choice: *choice, field: self.field, asked: asked.as_deref() }
    }

    /// Adds a value that was counted.
    pub(super) fn add(&mut self, values: &Values, value: Value, projects: usize) {
        let start = self.text.len();
        match value {
            Value::Severity(weight) => self.text.push_str(weight.as_str()),
            Value::Rule(rule) => self.text.push_str(rule.as_str()),
            Value::OptOuts(state) => self.text.push_str(state.as_str()),
            Value::Answer(answer) => self.text.push_str(query::answer_name(answer)),
            Value::Year(year) => self.text.push_str(&year.to_string()),
            Value::Listed(number) => {
                let name = self.field.listed().map(|(listed, _)| values.name(listed, number));
                self.text.push_str(name.unwrap_or_default());
            }
        }
        self.values.push(Written { label: start..self.text.len(), projects, choice: Choice::None, asked: None });
    }

    /// Adds a value that a query asks for in words of its own.
    pub fn add_asked(&mut self, label: &str, asked: &str, projects: usize, choice: Choice) {
        let start = self.text.len();
        self.text.push_str(label);
        self.values.push(Written { label: start..self.text.len(), projects, choice, asked: Some(asked.to_owned()) });
    }

    /// Notes what is chosen of the value that a part of a query asks for; says whether it is among them.
    pub(super) fn choose(&mut self, query: &str, choice: Choice) -> bool {
        let place = self.values().position(|value| value.query() == query);
        let found = place.and_then(|place| self.values.get_mut(place));
        found.map(|value| value.choice = choice).is_some()
    }
}
