//! What is found, counted by value: first the facets, then the values of one of them, to choose from.

use super::pages::{ITEMS, Item, Numbered};
use crate::index::{Choice, Facet, FacetField, FacetValue, Request};

/// A value that can be chosen.
#[derive(Debug, Clone)]
pub(super) struct Offered {
    pub(super) field: FacetField,
    /// The part of a query that asks for it.
    pub(super) value: String,
    /// What is chosen.
    pub(super) choice: Choice,
}

/// The facets of what a search found.
#[derive(Debug, Clone)]
pub(super) struct Facets {
    pub(super) request: Request,
    pub(super) list: Numbered<Facet>,
}

/// The values of a facet.
#[derive(Debug, Clone)]
pub(super) struct Values {
    pub(super) request: Request,
    /// What the facet is called.
    pub(super) name: &'static str,
    pub(super) list: Numbered<Offered>,
}

impl Facets {
    /// The facets, each with its most frequent value, or with what is chosen of it.
    pub(super) fn new(request: Request, facets: Vec<Facet>) -> Self {
        let item = |facet: Facet| {
            let values = if facet.len() == 1 { "1 value".to_owned() } else { format!("{} values", facet.len()) };
            let chosen: Vec<String> = facet.values().filter(|value| value.choice != Choice::None).map(told).collect();
            let most = facet.values().max_by_key(|value| (value.projects, std::cmp::Reverse(value.label)));
            let most = most.map(|value| format!("; the most frequent: {}", told(value))).unwrap_or_default();
            let chosen = if chosen.is_empty() { most } else { format!("; {}", chosen.join("; ")) };
            let line = format!("{}: {values}{chosen}", facet.field.name());
            Item::of(facet, line)
        };
        let items = facets.into_iter().filter(|facet| !facet.is_empty()).map(item);
        Self { request, list: Numbered::new(items.collect(), usize::MAX) }
    }

    /// The values of one of them.
    pub(super) fn values(&self, number: usize) -> Option<Values> {
        let facet = self.list.get(number)?;
        let items = facet.values().map(|value| {
            let offered = Offered { field: facet.field, value: value.query().into_owned(), choice: value.choice };
            Item::of(offered, format!("{}: {}", facet.field.name(), told(value)))
        });
        let list = Numbered::new(items.collect(), ITEMS);
        Some(Values { request: self.request.clone(), name: facet.field.name(), list })
    }
}

/// A value with how many projects have it, and what is chosen.
fn told(value: FacetValue<'_>) -> String {
    let projects = crate::report::projects_counted(value.projects);
    let chosen = match value.choice {
        Choice::None => "",
        Choice::Taken => ", chosen",
        Choice::Excluded => ", left out",
    };
    format!("{}, {projects}{chosen}", value.label)
}
