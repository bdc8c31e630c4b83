//! The requests for information that a person has drafted: which agreements they ask about, and when.

use jiff::civil;
use serde::{Deserialize, Serialize};

use super::{Kept, Own, OwnError};
use crate::register::Date;

/// So many days hold sixty working days in any part of the year: twelve weeks, and the holidays that can fall into them.
const WINDOW: i32 = 95;

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The stem reference of the project it asks about.
    pub reference: String,
    /// The day on which it was drafted last.
    pub date: Date,
}

/// The file of drafts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Drafts {
    drafts: Vec<Draft>,
}

impl Kept for Drafts {
    const FILE: &'static str = "drafts.json";
}

impl Own {
    /// Keeps that a request was drafted, and says which others were within the days in which an authority may count them together.
    ///
    /// # Errors
    /// Where the folder cannot be written. What was there is there still.
    pub fn add_draft(&self, reference: &str, date: Date) -> Result<Vec<Draft>, OwnError> {
        let kept = self.rewrite(|file: &mut Drafts| {
            file.drafts.retain(|draft| draft.reference != reference && days(draft.date, date) <= WINDOW);
            file.drafts.push(Draft { reference: reference.to_owned(), date });
        })?;
        Ok(kept.drafts.into_iter().filter(|draft| draft.reference != reference).collect())
    }
}

/// How many days lie between two, whichever is the later.
fn days(one: Date, other: Date) -> i32 {
    let civil = |date: Date| {
        let day = date.first_day();
        let [month, day] = [day.month_of_year(), day.day_of_month().unwrap_or(1)].map(|part| i8::try_from(part).ok());
        civil::Date::new(date.year(), month?, day?).ok()
    };
    let between = civil(one).zip(civil(other)).and_then(|(one, other)| one.until(other).ok());
    between.map_or(0, |span| span.get_days().abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drafts_of_the_last_months_are_told_and_each_agreement_once() {
        let folder = tempfile::tempdir().unwrap();
        let own = Own::at(folder.path().join("own"));
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(own.add_draft("NIC-1", day("2026-08-01")).unwrap(), []);
        assert_eq!(own.add_draft("NIC-1", day("2026-08-02")).unwrap(), []);
        let others = own.add_draft("NIC-2", day("2026-11-05")).unwrap();
        assert_eq!(others, [Draft { reference: "NIC-1".to_owned(), date: day("2026-08-02") }]);
        // A day later the first is too long ago.
        assert_eq!(own.add_draft("NIC-2", day("2026-11-06")).unwrap(), []);
    }
}
