//! What the editions around an edition say of it, laid over it when it is opened.

use crate::changes::says_the_same;
use crate::concerns::{Alone, Lists, Overlay, Settings, Standpoint, against_earlier, against_later, alone};
use crate::index::Index;
use crate::register::{Date, Release, Source};

use super::comparison::{Comparison, Publication, compare_editions, publication};
use super::judging::{Judging, lay_over};
use super::{Edition, Library, LibraryError, Listed};

impl Library {
    /// What the editions before and after an edition in the library say of it: what was taken out, changed under an
    /// unchanged reference, or listed late. Only editions of one kind of publication are compared.
    ///
    /// # Errors
    /// Where an edition cannot be read.
    pub(super) fn overlay(&self, index: &Index, settings: &Settings) -> Result<Overlay, LibraryError> {
        let around = self.around(index)?;
        let mut overlay = match &around.earlier {
            Err(reason) => alone(*reason),
            Ok(slug) => {
                let earlier = self.open(Some(slug))?.index;
                let comparison = compare_editions(&earlier, index)?;
                let still_earlier = EarlierEditions { library: self, slugs: &around.still_earlier };
                judged(&earlier, index, &comparison, settings, &|stem, release| still_earlier.list(stem, release))
            }
        };
        if let Some(slug) = &around.later {
            let later = self.open(Some(slug))?.index;
            let comparison = compare_editions(index, &later)?;
            let at = standpoint(index, &later, settings);
            for (stem, concerns) in against_later(at, &comparison.changes, &comparison.listed_after) {
                overlay.projects.entry(stem).or_default().extend(concerns);
            }
        }
        Ok(overlay)
    }

    /// The edition of the same publication before an edition, open; or why there is none.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn before(&self, index: &Index) -> Result<Result<Edition, Alone>, LibraryError> {
        Ok(match self.around(index)?.earlier {
            Ok(slug) => Ok(self.open(Some(&slug))?),
            Err(reason) => Err(reason),
        })
    }

    /// The name of the edition of the same publication before an edition, or why there is none.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub fn earlier(&self, index: &Index) -> Result<Result<String, Alone>, LibraryError> {
        Ok(self.around(index)?.earlier)
    }

    /// The editions of the same publication around an edition, by their months.
    fn around(&self, index: &Index) -> Result<Around, LibraryError> {
        let header = index.header();
        let of = |reason| Around { earlier: Err(reason), still_earlier: Vec::new(), later: None };
        let Some(kind) = publication(header.sources.iter().map(|source| source.layout)) else {
            return Ok(of(Alone::Unlike));
        };
        let Some(date) = header.edition.date.map(Date::whole_month) else { return Ok(of(Alone::Undated)) };
        let editions = self.editions()?;
        let others = editions.iter().filter(|listed| listed.slug != header.edition.slug);
        let mut dated: Vec<(Date, &str)> =
            others.filter_map(|listed| dated(listed, kind)).map(|(date, slug)| (date.whole_month(), slug)).collect();
        dated.sort_unstable();
        let owned = |(_, slug): &(Date, &str)| (*slug).to_owned();
        let mut older: Vec<String> = dated.iter().filter(|(other, _)| *other < date).map(owned).collect();
        let reason = if dated.is_empty() { Alone::Only } else { Alone::Oldest };
        let earlier = older.pop().ok_or(reason);
        older.reverse();
        let later = dated.iter().find(|(other, _)| *other > date).map(owned);
        Ok(Around { earlier, still_earlier: older, later })
    }
}

/// The editions before the one that an edition is compared with, newest first, opened as far as they are asked.
struct EarlierEditions<'a> {
    library: &'a Library,
    slugs: &'a [String],
}

impl EarlierEditions<'_> {
    /// Whether one of them lists a project, and a file of it where one is given. One that cannot be opened does not tell.
    fn list(&self, stem: &str, release: Option<&Release>) -> bool {
        self.slugs.iter().any(|slug| {
            let record = self.library.open(Some(slug)).ok().and_then(|edition| edition.index.stem(stem).ok().flatten());
            record.is_some_and(|record| {
                release.is_none_or(|release| record.project.releases().any(|known| says_the_same(known, release)))
            })
        })
    }
}

impl Edition {
    /// Lays over it what its library says, for a user who brings nothing ([`lay_over`]).
    ///
    /// # Errors
    /// Where another edition cannot be read.
    pub fn lay_over(&self, library: &Library) -> Result<(), LibraryError> {
        lay_over(&self.index, Some(library), &Judging::default())
    }
}

/// What the rules between editions say of the newer of two. `was_listed` tells of a project's file, or of the project itself
/// where no file is given, whether an edition before both had it already.
pub fn judged(
    before: &Index,
    after: &Index,
    comparison: &Comparison,
    settings: &Settings,
    was_listed: &dyn Fn(&str, Option<&Release>) -> bool,
) -> Overlay {
    let Comparison { changes, shared, listed_before, listed_after } = comparison;
    let sources = before.header().sources.clone();
    let at = standpoint(after, before, settings);
    against_earlier(at, changes, shared, [listed_before, listed_after], was_listed, sources)
}

/// The editions around one.
struct Around {
    /// The newest of those before it, or why there is none.
    earlier: Result<String, Alone>,
    /// Those before that, newest first.
    still_earlier: Vec<String>,
    /// The oldest of those after it.
    later: Option<String>,
}

/// The month of an edition that is of a kind of publication.
fn dated(listed: &Listed, kind: Publication) -> Option<(Date, &str)> {
    let manifest = listed.manifest.as_ref().ok()?;
    let layouts = manifest.sources.iter().map(|source| source.layout);
    (publication(layouts) == Some(kind)).then_some((manifest.edition.date?, listed.slug.as_str()))
}

fn standpoint<'a>(index: &'a Index, other: &'a Index, settings: &'a Settings) -> Standpoint<'a> {
    let (header, other) = (index.header(), other.header());
    let sources: Vec<&Source> = header.sources.iter().chain(&other.sources).collect();
    let lacks = |sheet: &str| sources.iter().any(|source| source.lacks(sheet));
    let lists = if !sources.iter().all(|source| source.layout.is_cumulative()) {
        Lists::OwnPeriod
    } else if lacks("agreements") {
        Lists::NoEntries
    } else if lacks("datareleases") {
        Lists::EntriesOnly
    } else {
        Lists::Everything
    };
    Standpoint {
        slug: &header.edition.slug,
        date: header.edition.date,
        other: &other.edition.slug,
        other_date: other.edition.date,
        sources: header.sources.len(),
        lists,
        settings,
    }
}
