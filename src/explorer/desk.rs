//! The work itself: the index is searched and read, and what is shown is made ready.

mod examples;
mod export;
mod home;
mod marks;
mod named;
mod searches;

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use color_eyre::eyre::{Report, eyre};

use crate::concerns::{Alone, Concern, Dismissal, Reason, dismiss, restore};
use crate::index::{Held, Index, Marker, ProjectId, Record, Request, SearchError};
use crate::library::{Elsewhere, Judging, Library, OwnError, lay_over};
use crate::names::Names;
use crate::report::history;
use crate::report::timeline::FilesByMonth;

use super::compared::Compared;
use super::document::{Document, Subject, Told};
use super::layout::passage_room;
use super::lock::Lock;
use super::message::{Answer, Job, Listed, Rows, Verdict};
use super::sheet::{self, Sheet};
use super::state::View;
use super::worker::Desk;

/// A desk with the index of an edition on it, and the library that it is from.
#[derive(Debug)]
pub struct IndexDesk {
    library: Option<Library>,
    open: Mutex<Open>,
    /// What the user brings; what was dismissed changes while the explorer is open.
    judging: Mutex<Judging>,
    /// Which spellings are one name.
    names: Cow<'static, Names>,
    /// The folder that files are written into; none where none may be written.
    folder: Option<PathBuf>,
    lock: Lock,
}

/// What lies on the desk.
#[derive(Debug, Clone)]
struct Open {
    index: Arc<Index>,
    /// What changed since the edition before, once that was asked for.
    compared: Option<Arc<Compared>>,
    /// What home counts of the edition, once it was counted.
    of_edition: Option<Arc<home::OfEdition>>,
    /// Its files by month, once they were counted.
    months: Option<Arc<FilesByMonth>>,
}

impl Open {
    fn new(index: Arc<Index>) -> Self {
        Self { index, compared: None, of_edition: None, months: None }
    }
}

impl IndexDesk {
    /// A desk for an edition that has no library beside it.
    pub fn new(index: Arc<Index>) -> Self {
        let open = Mutex::new(Open::new(index));
        let names = Cow::Borrowed(Names::built_in());
        Self { library: None, open, judging: Mutex::default(), names, folder: None, lock: Lock::Open }
    }

    /// The same, with the library that the edition is from.
    #[must_use]
    pub fn beside(self, library: Library) -> Self {
        Self { library: Some(library), ..self }
    }

    /// The same, for a user who brings lists, settings and dismissals.
    #[must_use]
    pub fn judging(self, judging: Judging) -> Self {
        Self { judging: Mutex::new(judging), ..self }
    }

    /// The same, for a user who has names of their own.
    #[must_use]
    pub fn naming(self, names: Cow<'static, Names>) -> Self {
        Self { names, ..self }
    }

    /// The same, for a user who may write files, into this folder unless they name another.
    #[must_use]
    pub fn saving_to(self, folder: Option<PathBuf>) -> Self {
        Self { folder, ..self }
    }

    /// The same, doing no more than a lock leaves.
    #[must_use]
    pub fn under(self, lock: Lock) -> Self {
        Self { lock, ..self }
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn index(&self) -> Arc<Index> {
        Arc::clone(&self.open().index)
    }

    fn find(
        &self,
        asked: u64,
        request: &Request,
        (rows, columns): (usize, u16),
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Option<Answer>, SearchError> {
        let index = self.index();
        let found = match index.search(request, cancelled) {
            Err(SearchError::Cancelled) => return Ok(None),
            found => found?,
        };
        let first: Vec<ProjectId> = found.projects.iter().take(rows).copied().collect();
        let Some(rows) = self.rows((0, &first), request, Some(&found.held), columns, cancelled)? else {
            return Ok(None);
        };
        Ok(Some(Answer::Found { asked, found, rows }))
    }

    fn rows(
        &self,
        (from, projects): (usize, &[ProjectId]),
        request: &Request,
        held: Option<&Held>,
        columns: u16,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Option<Rows>, SearchError> {
        let (index, marker) = (self.index(), marker(request));
        let mut passages = marker.passages(&index, passage_room(columns), held);
        let mut rows = Vec::with_capacity(projects.len());
        for project in projects {
            if cancelled() {
                return Ok(None);
            }
            let snippets = passages.of(*project, 1)?;
            rows.push(Listed { row: index.row(*project)?, snippet: snippets.into_iter().next() });
        }
        Ok(Some(Rows { from, columns, rows }))
    }

    /// What the other editions of the library have; none where that was cancelled.
    fn elsewhere(&self, request: &Request, cancelled: &dyn Fn() -> bool) -> Result<Option<Elsewhere>, Report> {
        let Some(library) = &self.library else { return Ok(Some(Elsewhere::default())) };
        let index = self.index();
        Ok(library.elsewhere(&index.header().edition.slug, request, cancelled)?)
    }

    fn document(&self, subject: Subject, request: &Request, cancelled: &dyn Fn() -> bool) -> Result<Document, Report> {
        let index = self.index();
        match subject {
            Subject::Project(project) => Ok(Document::new(index.header(), index.record(project)?, &marker(request))),
            Subject::History(project) => self.history(&index, &index.record(project)?),
            Subject::Files(project) => Ok(Document::of_files(index.header(), index.record(project)?)),
            Subject::Words(project) => Ok(Document::of_words(index.header(), index.record(project)?)),
            Subject::Edition => Ok(Document::of_edition(index.header())),
            Subject::Rule(rule) => Ok(Document::of_rule(index.header(), rule)),
            Subject::Finding(number) => {
                let finding = index.header().findings.get(number);
                finding.map(Document::of_finding).ok_or_else(|| eyre!("this is no longer said of the edition"))
            }
            Subject::Change(told) => self.change(told),
            Subject::Organisation(at) => Ok(Document::of_rows(&self.organisation(at, cancelled)?, subject)),
            Subject::Dataset(at) => Ok(Document::of_rows(&self.dataset(at, cancelled)?, subject)),
        }
    }

    /// What the editions in the library and the versions of a project changed.
    fn history(&self, index: &Index, record: &Record) -> Result<Document, Report> {
        let reference = &record.project.reference;
        let mut lines = Vec::new();
        if let Some(library) = &self.library {
            lines.extend(history::history(&library.history(index, reference)?));
        }
        lines.extend(history::versions(index.header(), record));
        Ok(Document::of_changes(&format!("History of {reference}"), None, &lines))
    }

    fn change(&self, told: Told) -> Result<Document, Report> {
        let gone = || eyre!("this change is no longer at hand; go to the changes again");
        let compared = self.compared()?.map_err(|_| gone())?;
        compared.document(told).ok_or_else(gone)
    }

    /// What changed since the edition before; none where there is none.
    fn compared(&self) -> Result<Result<Arc<Compared>, Alone>, Report> {
        let Open { index, compared, .. } = self.open().clone();
        if let Some(compared) = compared {
            return Ok(Ok(compared));
        }
        let before = self.library.as_ref().map_or(Ok(Err(Alone::Only)), |library| library.before(&index))?;
        let before = match before {
            Ok(before) => before,
            Err(reason) => return Ok(Err(reason)),
        };
        let compared = Arc::new(Compared::new(&before.index, &index)?);
        self.open().compared = Some(Arc::clone(&compared));
        Ok(Ok(compared))
    }

    /// The list of a view; none where nobody waits for it any more.
    fn sheet(&self, view: View, cancelled: &dyn Fn() -> bool) -> Result<Option<Sheet>, Report> {
        if view == View::Home {
            return self.home(cancelled);
        }
        let index = self.index();
        let slug = index.header().edition.slug.clone();
        Ok(Some(match view {
            View::Home | View::Projects => Sheet::default(),
            View::Editions => {
                let listed = self.library.as_ref().map(Library::editions).transpose()?.unwrap_or_default();
                sheet::of_editions(&listed, &slug)
            }
            View::Concerns => sheet::of_rules(index.header()),
            View::Searches => self.searches()?,
            View::Organisations => self.organisations()?,
            View::Datasets => self.datasets()?,
            View::Organisation(at) => self.organisation(at, cancelled)?,
            View::Dataset(at) => self.dataset(at, cancelled)?,
            View::Grid(counted) => return self.grid(counted, cancelled),
            View::Changes => {
                // Another edition may have come between them meanwhile.
                self.open().compared = None;
                match self.compared()? {
                    Ok(compared) => sheet::of_changes(&compared),
                    Err(reason) => without_earlier(&slug, reason),
                }
            }
        }))
    }

    /// Lays over the edition what others in its library say of it.
    fn lay_over(&self) -> Result<Answer, Report> {
        let index = self.index();
        let judging = self.judging.lock().unwrap_or_else(PoisonError::into_inner).clone();
        lay_over(&index, self.library.as_ref(), &judging)?;
        Ok(Answer::LaidOver { header: Box::new(index.header().clone()) })
    }

    /// Dismisses a finding, or brings it back, and keeps that.
    fn judge(&self, job: &Job, project: ProjectId, concern: &Concern, verdict: &Verdict) -> Result<Answer, Report> {
        let index = self.index();
        let Record { project, findings, .. } = index.record(project)?;
        let among = &findings.concerns;
        if !among.contains(concern) {
            return Err(eyre!("this finding reads otherwise by now; look at it again"));
        }
        let mut judging = self.judging.lock().unwrap_or_else(PoisonError::into_inner);
        let own = judging.own.clone().ok_or(OwnError::NoHome)?;
        let (dismissals, notice) = match verdict {
            Verdict::Dismiss { reason, date } => {
                let date = date.ok_or_else(|| eyre!("today's date is not known, and a dismissal has one"))?;
                let slug = &index.header().edition.slug;
                let new = Dismissal::new(&project.reference, concern, Reason::new(reason)?, date, slug);
                let notice = format!("{} is dismissed, and stands last; d there brings it back", concern.rule);
                (own.change(|all| dismiss(all, concern, among, new))?, notice)
            }
            Verdict::Restore => {
                let restore = |all: &mut Vec<Dismissal>| {
                    restore(all, &project.reference, concern, among);
                };
                (own.change(restore)?, format!("{} counts again", concern.rule))
            }
        };
        judging.dismissals.clone_from(&dismissals);
        let judged = Arc::new(index.judged_anew(dismissals)?);
        let header = Box::new(judged.header().clone());
        self.open().index = judged;
        Ok(Answer::Judged { of: job.clone(), header, notice })
    }

    fn switch(&self, slug: &str) -> Result<Answer, Report> {
        let edition = match &self.library {
            Some(library) => library.open(Some(slug))?,
            None => crate::library::Edition::sample()?,
        };
        let index = Arc::new(edition.index);
        let header = Box::new(index.header().clone());
        *self.open() = Open::new(index);
        Ok(Answer::Switched { header })
    }

    fn answer(&self, job: &Job, cancelled: &dyn Fn() -> bool) -> Result<Option<Answer>, Report> {
        if !self.lock.does(job) {
            return Err(eyre!("there is no such thing in locked mode"));
        }
        Ok(match job {
            Job::Find { asked, request, rows, columns } => self.find(*asked, request, (*rows, *columns), cancelled)?,
            Job::Facets { asked, request: Request { query, last_word, .. }, found } => {
                match self.index().facets_of(query, *last_word, found.as_deref(), cancelled) {
                    Err(SearchError::Cancelled) => None,
                    facets => Some(Answer::Facets { asked: *asked, facets: facets? }),
                }
            }
            Job::Hints { asked, request, found } => {
                let hints = self.index().hints(request, *found, cancelled)?;
                Some(Answer::Hints { asked: *asked, hints })
            }
            Job::Elsewhere { asked, request } => {
                let elsewhere = self.elsewhere(request, cancelled)?;
                elsewhere.map(|elsewhere| Answer::Elsewhere { asked: *asked, elsewhere })
            }
            Job::Rows { asked, from, projects, request, columns } => {
                let rows = self.rows((*from, projects), request, None, *columns, cancelled)?;
                rows.map(|rows| Answer::Rows { asked: *asked, rows })
            }
            Job::Open { asked, subject, request } => {
                let document = Box::new(self.document(*subject, request, cancelled)?);
                Some(Answer::Opened { asked: *asked, subject: *subject, document })
            }
            Job::LayOver => Some(self.lay_over()?),
            Job::Judge { project, concern, verdict } => Some(self.judge(job, *project, concern, verdict)?),
            Job::Mark { project, marking, date } => Some(self.mark(job, *project, marking, *date)?),
            Job::Sheet(view) => self.sheet(*view, cancelled)?.map(|sheet| Answer::Sheet { view: *view, sheet }),
            Job::Examples => self.examples(cancelled)?.map(|examples| Answer::Examples { examples }),
            Job::Switch(slug) => Some(self.switch(slug)?),
            Job::Months => self.months(cancelled)?,
            Job::Queries => Some(self.queries()),
            Job::Keep(keep) => Some(self.keep(keep)?),
            Job::Export { dossier, path, date } => self.export(dossier, path, *date, cancelled)?,
        })
    }
}

/// The list of changes of an edition that has none before it.
fn without_earlier(slug: &str, reason: Alone) -> Sheet {
    let why = match reason {
        Alone::Only | Alone::Oldest => "No earlier edition of this register is in the library: import one to compare.",
        Alone::Undated => "This edition has no month, so which others are older is not known.",
        Alone::Unlike => "This edition was read from files of several kinds, and no other is like it.",
    };
    Sheet { heading: format!("Changes to {slug}"), empty: why.to_owned(), ..Sheet::default() }
}

/// What marks the matches of a request.
fn marker(request: &Request) -> Marker {
    Marker::new(&request.query, request.last_word)
}

impl Desk for IndexDesk {
    fn work(&self, job: &Job, cancelled: &dyn Fn() -> bool) -> Option<Answer> {
        self.answer(job, cancelled).unwrap_or_else(|error| {
            let is_cancelled = matches!(error.downcast_ref(), Some(SearchError::Cancelled));
            (!is_cancelled).then(|| Answer::Failed { of: job.clone(), message: error.to_string() })
        })
    }

    fn lock(&self) -> Lock {
        self.lock
    }
}
