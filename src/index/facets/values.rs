//! A facet with its values. Hundreds are counted at every keystroke and few are looked at: what a published one is called is read
//! from the edition when it is wanted, and how it is asked for follows from that.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use super::counts::Value;
use super::{Choice, FacetField};
use crate::index::query;
use crate::index::values::Values;

/// A facet with its values.
#[derive(Clone)]
pub struct Facet {
    /// Which.
    pub field: FacetField,
    counted: Vec<Counted>,
    /// The edition's values, where they are published ones.
    published: Option<Values>,
    /// What the others are called.
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

/// A value that was counted.
#[derive(Debug, Clone)]
struct Counted {
    label: Label,
    projects: usize,
    choice: Choice,
    /// How a query asks for it, where that is in words of its own.
    asked: Option<String>,
}

/// What a value is called.
#[derive(Debug, Clone)]
enum Label {
    /// As the edition has it under this number.
    Published(u32),
    /// As it stands there in the facet's text.
    Written(Range<usize>),
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
        Self { field, counted: Vec::new(), published: None, text: String::new() }
    }

    /// Its values, most projects first; weights and years in their own order; what is asked for in words of its own, last.
    pub fn values(&self) -> impl ExactSizeIterator<Item = FacetValue<'_>> {
        self.counted.iter().map(|value| self.read(value))
    }

    /// The value at a place.
    pub fn value(&self, place: usize) -> Option<FacetValue<'_>> {
        self.counted.get(place).map(|value| self.read(value))
    }

    /// How many values it has.
    pub fn len(&self) -> usize {
        self.counted.len()
    }

    /// Whether it has no value.
    pub fn is_empty(&self) -> bool {
        self.counted.is_empty()
    }

    fn read<'a>(&'a self, value: &'a Counted) -> FacetValue<'a> {
        let Counted { label, projects, choice, asked } = value;
        let label = match label {
            Label::Written(range) => self.text.get(range.clone()).unwrap_or_default(),
            Label::Published(number) => {
                let published = self.published.as_ref().zip(self.field.listed());
                published.map_or("", |(values, (listed, _))| values.name(listed, *number))
            }
        };
        FacetValue { label, projects: *projects, choice: *choice, field: self.field, asked: asked.as_deref() }
    }

    /// Adds values that were counted, of which published ones are named in the values of their edition.
    pub(super) fn add(&mut self, values: &Values, counted: Vec<(Value, usize)>) {
        self.counted.reserve(counted.len());
        for (value, projects) in counted {
            let label = match value {
                Value::Severity(weight) => self.write(weight.as_str()),
                Value::Rule(rule) => self.write(rule.as_str()),
                Value::OptOuts(state) => self.write(state.as_str()),
                Value::Answer(answer) => self.write(query::answer_name(answer)),
                Value::Year(year) => self.write(&year.to_string()),
                Value::Listed(number) => Label::Published(number),
            };
            self.counted.push(Counted { label, projects, choice: Choice::None, asked: None });
        }
        self.published = self.field.listed().map(|_| values.clone());
    }

    fn write(&mut self, label: &str) -> Label {
        let start = self.text.len();
        self.text.push_str(label);
        Label::Written(start..self.text.len())
    }

    /// Adds a value that a query asks for in words of its own.
    pub fn add_asked(&mut self, label: &str, asked: &str, projects: usize, choice: Choice) {
        let label = self.write(label);
        self.counted.push(Counted { label, projects, choice, asked: Some(asked.to_owned()) });
    }

    /// Notes what is chosen of the value that a part of a query asks for; says whether it is among them.
    pub(super) fn choose(&mut self, query: &str, choice: Choice) -> bool {
        let place = self.values().position(|value| value.query() == query);
        let found = place.and_then(|place| self.counted.get_mut(place));
        found.map(|value| value.choice = choice).is_some()
    }
}

impl PartialEq for Facet {
    fn eq(&self, other: &Self) -> bool {
        self.field == other.field && self.values().eq(other.values())
    }
}

impl Eq for Facet {}

impl fmt::Debug for Facet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Facet")
            .field("field", &self.field)
            .field("values", &self.values().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
