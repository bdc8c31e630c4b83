//! The saved searches as a list: what each finds in the edition that is open, and how much of that is new.

use super::{Leads, SAVING, Sheet, SheetItem};
use crate::library::saved::Watched;
use crate::report::{projects_counted, query_shown, why_unknown};

/// The searches in the order in which they were saved, each with the references of what is new; `trouble` says why they
/// cannot be read.
pub(in crate::explorer) fn of_searches(slug: &str, watched: &[(Watched, String)], trouble: Option<String>) -> Sheet {
    Sheet {
        heading: format!("Saved searches in edition {slug}"),
        items: watched.iter().map(|(watched, named)| item(watched, named)).collect(),
        empty: trouble.unwrap_or_else(none),
        ..Sheet::default()
    }
}

/// What is said where none is saved.
fn none() -> String {
    format!("You have saved no search. {SAVING} in a list of projects saves the one that is shown.")
}

fn item(watched: &Watched, named: &str) -> SheetItem {
    let search = &watched.search;
    let (found, since) = (projects_counted(watched.found.len()), &search.seen.edition);
    let (name, told) = match (why_unknown(watched), watched.new.len()) {
        (Some((why, trouble)), _) => (search.name.clone(), format!("{why}: {trouble}")),
        (None, 0) => (search.name.clone(), format!("{found}, none new since edition {since}")),
        (None, new) => (format!("{} ({new} new)", search.name), format!("{found}, new since edition {since}: {named}")),
    };
    let query = query_shown(&search.query).to_owned();
    let leads = Leads::Search { name: search.name.clone(), query: search.query.clone(), sort: search.sort };
    SheetItem { name, lines: [query, told], leads, ..SheetItem::default() }
}
