//! The person's own searches: those that are saved, and those that were made.

use color_eyre::eyre::{Report, eyre};

use super::IndexDesk;
use crate::explorer::message::{Answer, Keep};
use crate::explorer::sheet::{self, Sheet};
use crate::index::Index;
use crate::library::saved::{self, Watched};
use crate::library::{Own, OwnError, SavedSearch};
use crate::report::{projects_counted, query_shown, why_unknown};

/// References that are named at most.
const NAMED: usize = 5;

impl IndexDesk {
    pub(super) fn own(&self) -> Result<Own, OwnError> {
        let judging = self.judging.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        judging.own.clone().ok_or(OwnError::NoHome)
    }

    /// The saved searches as a list.
    pub(super) fn searches(&self) -> Result<Sheet, Report> {
        let index = self.index();
        let slug = &index.header().edition.slug;
        let searches = match self.own().and_then(|own| own.searches()) {
            Ok(searches) => searches,
            // There is room to say all of it.
            Err(error) => return Ok(sheet::of_searches(slug, &[], Some(error.to_string()))),
        };
        let watched = saved::watch(&index, searches)?.into_iter().map(|watched| {
            let named = named(&index, &watched)?;
            Ok((watched, named))
        });
        Ok(sheet::of_searches(slug, &watched.collect::<Result<Vec<_>, Report>>()?, None))
    }

    /// The queries of earlier runs. Without a home folder there are none.
    pub(super) fn queries(&self) -> Answer {
        let (queries, notice) = match self.own().and_then(|own| own.queries()) {
            Ok(queries) => (queries, None),
            Err(OwnError::NoHome) => (Vec::new(), None),
            Err(error) => (Vec::new(), Some(error.to_string())),
        };
        Answer::Queries { queries, notice }
    }

    /// Keeps something in the person's own folder.
    pub(super) fn keep(&self, keep: &Keep) -> Result<Answer, Report> {
        let notice = match keep {
            Keep::Query(query) => {
                // Where it cannot be written it is known to this run still, which is all that can be done.
                let _ = self.own().and_then(|own| own.remember_query(query));
                None
            }
            Keep::Search { name, query, sort } => Some(self.save(SavedSearch::new(name, query, *sort))?),
            Keep::Visit { name } => self.visit(name)?,
            Keep::Removal { name } => Some(self.remove(name)?),
        };
        Ok(Answer::Kept { notice })
    }

    fn save(&self, search: SavedSearch) -> Result<String, Report> {
        let own = self.own()?;
        let watched = self.watch(search)?;
        if let Some((why, trouble)) = why_unknown(&watched) {
            return Err(eyre!("not saved, because it {why}: {trouble}"));
        }
        let mut before = None;
        own.change_searches(|all| before = saved::save(all, watched.visited()))?;
        let name = &watched.search.name;
        if let Some(before) = before {
            return Ok(format!("saved as \"{name}\", which stood for another search: {}", query_shown(&before.query)));
        }
        let found = projects_counted(watched.found.len());
        Ok(format!("saved as \"{name}\", with {found}; the action searches lists what you saved, and what is new"))
    }

    /// Marks what a saved search finds as seen, and names what was new of it.
    fn visit(&self, name: &str) -> Result<Option<String>, Report> {
        let own = self.own()?;
        let Some(search) = own.searches()?.into_iter().find(|search| search.name == name) else { return Ok(None) };
        let watched = self.watch(search)?;
        let visited = watched.visited();
        own.change_searches(|all| saved::see(all, &visited))?;
        let named = named(&self.index(), &watched)?;
        let edition = &watched.search.seen.edition;
        Ok((!named.is_empty()).then(|| format!("{} new since edition {edition}: {named}", watched.new.len())))
    }

    fn remove(&self, name: &str) -> Result<String, Report> {
        let mut removed = None;
        self.own()?.change_searches(|all| removed = saved::remove(all, name))?;
        Ok(match removed {
            Some(search) => format!("\"{name}\" is removed; its query was: {}", query_shown(&search.query)),
            None => format!("\"{name}\" was removed already"),
        })
    }

    fn watch(&self, search: SavedSearch) -> Result<Watched, Report> {
        let watched = saved::watch(&self.index(), vec![search])?;
        watched.into_iter().next().ok_or_else(|| eyre!("the search found no answer"))
    }
}

/// The references of what is new, the first of them; nothing where nothing is.
fn named(index: &Index, watched: &Watched) -> Result<String, Report> {
    let mut named = Vec::new();
    for project in watched.new.iter().take(NAMED) {
        named.push(index.row(*project)?.reference);
    }
    let others = watched.new.len().saturating_sub(NAMED);
    let rest = if others > 0 { format!(" and {others} more") } else { String::new() };
    Ok(format!("{}{rest}", named.join(", ")))
}
