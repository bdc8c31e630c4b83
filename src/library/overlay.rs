//! What the editions around an edition say of it, laid over it when it is opened.

use std::collections::BTreeSet;

use crate::concerns::{Overlay, Standpoint, against_earlier, against_later, alone};
use crate::index::Index;
use crate::register::Date;

use super::comparison::{Comparison, Publication, compare_editions, publication};
use super::{Edition, Library, LibraryError, Listed};

impl Library {
    /// Lays over an edition what the editions before and after it in the library say: what was taken out, changed
    /// under an unchanged reference, or listed late. Only editions of one kind of publication are compared.
    ///
    /// # Errors
    /// Where an edition cannot be read.
    pub fn lay_over(&self, index: &Index) -> Result<(), LibraryError> {
        Ok(index.lay_over(self.overlay(index)?)?)
    }

    fn overlay(&self, index: &Index) -> Result<Overlay, LibraryError> {
        let around = self.around(index)?;
        let mut overlay = match &around.earlier {
            None => alone(),
            Some(slug) => {
                let earlier = self.open(Some(slug))?.index;
                judged(&earlier, index, &compare_editions(&earlier, index)?)
            }
        };
        if let Some(slug) = &around.later {
            let later = self.open(Some(slug))?.index;
            let comparison = compare_editions(index, &later)?;
            let listed: BTreeSet<&str> = comparison.listed_after.iter().map(String::as_str).collect();
            for (stem, concerns) in against_later(standpoint(index, &later), &comparison.changes, &listed) {
                overlay.projects.entry(stem).or_default().extend(concerns);
            }
        }
        Ok(overlay)
    }

    /// The edition of the same publication before an edition, open.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn before(&self, index: &Index) -> Result<Option<Edition>, LibraryError> {
        self.around(index)?.earlier.map(|slug| self.open(Some(&slug))).transpose()
    }

    /// The editions of the same publication next to an edition, by their months.
    fn around(&self, index: &Index) -> Result<Around, LibraryError> {
        let header = index.header();
        let kind = publication(header.sources.iter().map(|source| source.layout));
        let mut around = Around::default();
        let (Some(kind), Some(date)) = (kind, header.edition.date) else { return Ok(around) };
        let editions = self.editions()?;
        let others = || editions.iter().filter(|listed| listed.slug != header.edition.slug);
        let dated = || others().filter_map(|listed| dated(listed, kind)).map(|(date, slug)| (date.whole_month(), slug));
        let date = date.whole_month();
        around.earlier = dated().filter(|(other, _)| *other < date).max().map(|(_, slug)| slug.to_owned());
        around.later = dated().filter(|(other, _)| *other > date).min().map(|(_, slug)| slug.to_owned());
        Ok(around)
    }
}

impl Edition {
    /// Lays over it what its library says ([`Library::lay_over`]). The sample has no other edition beside it.
    ///
    /// # Errors
    /// Where another edition cannot be read.
    pub fn lay_over(&self, library: &Library) -> Result<(), LibraryError> {
        if self.manifest.is_some() { library.lay_over(&self.index) } else { Ok(self.index.lay_over(alone())?) }
    }
}

/// What the rules between editions say of the newer of two.
pub fn judged(before: &Index, after: &Index, comparison: &Comparison) -> Overlay {
    let listed: BTreeSet<&str> = comparison.listed_after.iter().map(String::as_str).collect();
    let sources = before.header().sources.clone();
    against_earlier(standpoint(after, before), &comparison.changes, &comparison.shared, &listed, sources)
}

/// The editions next to one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Around {
    /// The newest of those before it.
    earlier: Option<String>,
    /// The oldest of those after it.
    later: Option<String>,
}

/// The month of an edition that is of a kind of publication.
fn dated(listed: &Listed, kind: Publication) -> Option<(Date, &str)> {
    let manifest = listed.manifest.as_ref().ok()?;
    let layouts = manifest.sources.iter().map(|source| source.layout);
    (publication(layouts) == Some(kind)).then_some((manifest.edition.date?, listed.slug.as_str()))
}

fn standpoint<'a>(index: &'a Index, other: &'a Index) -> Standpoint<'a> {
    let (header, other) = (index.header(), other.header());
    let is_cumulative = header.sources.iter().chain(&other.sources).all(|source| source.layout.is_cumulative());
    Standpoint {
        slug: &header.edition.slug,
        date: header.edition.date,
        other: &other.edition.slug,
        other_date: other.edition.date,
        sources: header.sources.len(),
        is_cumulative,
    }
}
