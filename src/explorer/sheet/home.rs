//! Home as a list: the edition in figures, what is new, files by month, concerns by weight and kinds of organisation, with
//! searches worth trying. Every figure leads to what it counts. What matters first stands first: on the first run what this
//! is and what to try, later the saved searches.

use std::sync::Arc;

use super::picture::ROWS_OF_BARS;
use super::rows::Rows;
use super::{Leads, Picture, RowOfMonths, SAVING, Shape, Sheet, Tone, counted};
use crate::concerns::{Alone, Severity};
use crate::explorer::state::View;
use crate::index::marks::Mine;
use crate::index::{Header, Marked};
use crate::library::saved::Watched;
use crate::register::Edition;
use crate::report::timeline::FilesByMonth;
use crate::report::{projects_counted, query_shown, why_unknown};

/// How many tags home names.
const TAGS: usize = 5;

/// Searches worth trying, each with what it asks; those are shown that find something.
const TRIES: [(&str, &str, InSample); 9] = [
    ("concern:mixed-opt-outs", "opt-outs applied to one file, not to another", InSample::Shown),
    ("concern:released-after-expiry", "sent after the agreement had ended", InSample::LeftOut),
    ("insurance OR insurers", "in what a project says it is for", InSample::Shown),
    ("type:identifiable optouts:not-applied", "opt-outs not applied", InSample::Shown),
    ("commercial:yes severity:high", "commercial, with a grave concern", InSample::LeftOut),
    ("\"machine learning\" OR \"artificial intelligence\"", "in any text", InSample::LeftOut),
    ("missing:yielded files:>12", "many files, no benefits told of", InSample::Shown),
    ("orgtype:commercial", "companies", InSample::LeftOut),
    ("hospital", "in any text or name", InSample::Shown),
];

/// Whether a search worth trying is shown on the first run, before anything was counted: those are that find something in the sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum InSample {
    Shown,
    LeftOut,
}

/// The searches worth trying in an edition, each with what it asks.
pub(in crate::explorer) fn tries(edition: &Edition) -> impl Iterator<Item = (&'static str, &'static str)> {
    let is_sample = edition.is_sample();
    let offered = TRIES.into_iter().filter(move |(.., sample)| !is_sample || *sample == InSample::Shown);
    offered.map(|(query, about, _)| (query, about))
}

/// Kinds of organisation that are shown.
const KINDS_SHOWN: usize = 5;

/// What is counted for home once it is on the screen.
#[derive(Debug)]
pub(in crate::explorer) struct Home {
    /// Organisations and datasets, as their lists count them.
    pub named: Named,
    /// Projects with a concern of each weight.
    pub weights: Vec<(Severity, usize)>,
    /// Projects by the kind of their organisation, most first.
    pub kinds: Vec<Kind>,
    /// Files by month; none before they were counted, which takes longer than all the rest.
    pub months: Option<Arc<FilesByMonth>>,
    /// Projects with a release in the year that has the month of most files.
    pub released: Option<usize>,
    /// The saved searches.
    pub searches: Saved,
    /// Queries worth trying, each with how many projects it finds and what it asks.
    pub tries: Vec<(&'static str, usize, &'static str)>,
    /// What changed since the edition before, or why there is none.
    pub changes: Result<Since, Alone>,
}

/// The searches that a person has saved.
#[derive(Debug)]
pub(in crate::explorer) enum Saved {
    /// These, with what is new.
    Kept(Vec<Watched>),
    /// They cannot be read, and why.
    Unread(String),
    /// In locked mode nobody keeps any.
    NotKept,
}

impl Saved {
    /// Those that are known.
    pub(in crate::explorer) fn known(&self) -> &[Watched] {
        match self {
            Self::Kept(searches) => searches,
            Self::Unread(_) | Self::NotKept => &[],
        }
    }
}

/// How many organisations and datasets there are, spellings of one name counted once.
#[derive(Debug, Clone, Copy)]
pub(in crate::explorer) struct Named {
    /// Organisations: who applied, received or answers for data.
    pub organisations: usize,
    /// Datasets.
    pub datasets: usize,
}

/// A kind of organisation.
#[derive(Debug, Clone)]
pub(in crate::explorer) struct Kind {
    /// As published.
    pub name: String,
    /// Projects of such organisations.
    pub projects: usize,
    /// The query that finds them.
    pub query: String,
}

/// What changed since the edition before.
#[derive(Debug)]
pub(in crate::explorer) struct Since {
    /// That edition's name.
    pub edition: String,
    /// What changed, as far as that is known.
    pub told: String,
}

/// Home; before anything was counted with what the edition says of itself.
pub(in crate::explorer) fn of_home(header: &Header, home: Option<&Home>) -> Sheet {
    let mut rows = Rows::default();
    rows.edition(header, home);
    let has_saved = home.is_some_and(|home| !home.searches.known().is_empty());
    if has_saved {
        rows.saved(home);
    } else if header.edition.is_sample() {
        rows.tries(header, home);
    }
    rows.marked(header);
    rows.months(header, home);
    rows.concerns(header, home);
    rows.kinds(home);
    if !has_saved && !header.edition.is_sample() {
        rows.tries(header, home);
    }
    let heading = format!("Home: edition {}", header.edition.slug);
    let mut sheet = Sheet { heading, shape: Shape::Parts, items: rows.items(), ..Sheet::default() };
    // The first row that leads somewhere.
    sheet.select(0, usize::MAX);
    sheet
}

impl Rows {
    fn edition(&mut self, header: &Header, home: Option<&Home>) {
        let counts = &header.counts;
        if header.edition.is_sample() {
            self.heading("Who was given patients' data in England, and why");
            self.remark(Tone::Quiet, "outflow import FILE reads the register in its own words;");
            self.remark(Tone::Quiet, "this is a sample: real facts, and summaries of the texts.");
        } else {
            let slug = &header.edition.slug;
            self.heading(header.edition.title.clone().unwrap_or_else(|| format!("Edition {slug}")));
        }
        let projects = if counts.projects == 1 { "project" } else { "projects" };
        self.push(Some(counts.projects), projects, "as published", Leads::Query(String::new()));
        let files = counted(usize::try_from(counts.files).unwrap_or(usize::MAX), "file sent", "files sent");
        let versions = if counts.versions == 1 { "version" } else { "versions" };
        self.push(Some(counts.versions), versions, files, Leads::Edition);
        let named = home.map(|home| home.named);
        let organisations = named.map(|named| named.organisations);
        let name = if organisations == Some(1) { "organisation" } else { "organisations" };
        self.push(organisations, name, "by files, concerns and names", Leads::View(View::Organisations));
        let datasets = named.map(|named| named.datasets);
        let name = if datasets == Some(1) { "dataset" } else { "datasets" };
        self.push(datasets, name, "and who has them", Leads::View(View::Datasets));
        if header.edition.is_sample() {
            return;
        }
        let (name, told) = match home.map(|home| &home.changes) {
            None => ("changes since the edition before".to_owned(), ""),
            Some(Ok(Since { edition, told })) => (format!("changes since edition {edition}"), told.as_str()),
            Some(Err(_)) => ("changes: no edition to compare with".to_owned(), "why"),
        };
        self.push(None, name, told, Leads::View(View::Changes));
    }

    /// Files by month, as bars and in words. So many rows before they were counted as after.
    fn months(&mut self, header: &Header, home: Option<&Home>) {
        let tells_months =
            header.sources.iter().any(|source| source.layout.lists_files() && source.layout.records_months());
        if header.counts.files == 0 || !tells_months {
            return;
        }
        let months = home.and_then(|home| home.months.as_ref());
        let mut heading = "Files by month".to_owned();
        if let Some((first, last)) = months.and_then(|months| months.span()) {
            heading = format!("{heading}, {first} to {last}");
        }
        let untold = months.map_or(0, |months| header.counts.files.saturating_sub(months.told()));
        if untold > 0 {
            heading = format!("{heading}; {untold} of {} tell none", header.counts.files);
        }
        self.heading(heading);
        let of = |row| Picture::Months(months.cloned(), row);
        self.draw(of(RowOfMonths::Heading));
        for row in (0..ROWS_OF_BARS).map(RowOfMonths::Bars).chain([RowOfMonths::Years]) {
            self.remark(Tone::Quiet, "");
            self.draw(of(row));
        }
        match (months.map(|months| months.peak()), home.and_then(|home| home.released)) {
            (Some(Some(peak)), Some(released)) => {
                let year = peak.month.year();
                let name = if released == 1 { "project" } else { "projects" };
                let most = format!("most files in {}: {}", peak.month.month_in_words(), peak.files);
                let leads = Leads::Query(format!("released:{year}"));
                self.push(Some(released), format!("{name} with a release in {year}"), most, leads);
            }
            (None, _) => self.remark(Tone::Quiet, "being counted"),
            (Some(_), _) => self.remark(Tone::Quiet, "no file tells its month"),
        }
    }

    fn kinds(&mut self, home: Option<&Home>) {
        let kinds = home.map(|home| home.kinds.as_slice()).unwrap_or_default();
        let Some(most) = kinds.iter().map(|kind| kind.projects).max() else { return };
        self.heading("Kinds of organisation, where published, by projects");
        self.counting("projects");
        for kind in kinds.iter().take(KINDS_SHOWN) {
            self.push(Some(kind.projects), &*kind.name, "", Leads::Query(kind.query.clone()));
            self.draw(Picture::Share(most));
        }
        let others = kinds.len().saturating_sub(KINDS_SHOWN);
        if others > 0 {
            let kinds = counted(others, "kind", "kinds");
            self.remark(Tone::Quiet, format!("and {kinds} more, which the values of the projects list"));
        }
    }

    fn concerns(&mut self, header: &Header, home: Option<&Home>) {
        self.heading("Concerns");
        for severity in [Severity::High, Severity::Medium, Severity::Note] {
            let weights = home.map(|home| home.weights.as_slice()).unwrap_or_default();
            let figure = weights.iter().find(|(weight, _)| *weight == severity).map(|(_, projects)| *projects);
            let name = match severity {
                Severity::High => "projects with one of high weight",
                Severity::Medium => "projects with one of medium weight",
                Severity::Note => "projects with a note",
            };
            self.push(figure, name, "", Leads::Query(format!("severity:{}", severity.as_str())));
            self.weigh(Some(severity));
        }
        let found = header.tallies.iter().filter(|tally| tally.findings > 0).count();
        let of = format!("of {} rules found something", header.tallies.len());
        self.push(Some(found), of, "what each found, and which cannot tell", Leads::View(View::Concerns));
    }

    fn saved(&mut self, home: Option<&Home>) {
        self.heading("Saved searches");
        self.counting("projects");
        for watched in home.map(|home| home.searches.known()).unwrap_or_default() {
            self.search(watched);
        }
    }

    fn tries(&mut self, header: &Header, home: Option<&Home>) {
        let is_first = header.edition.is_sample();
        if home.is_none() && !is_first {
            return;
        }
        self.heading("Searches worth trying");
        self.counting("projects");
        match home {
            Some(home) => {
                for (query, projects, about) in &home.tries {
                    self.push(Some(*projects), *query, *about, Leads::Query((*query).to_owned()));
                }
            }
            None => {
                for (query, about) in tries(&header.edition) {
                    self.push(None, query, about, Leads::Query(query.to_owned()));
                }
            }
        }
        match home.map(|home| &home.searches) {
            Some(Saved::Unread(trouble)) => self.remark(Tone::Quiet, trouble.as_str()),
            Some(Saved::NotKept) => {}
            _ if is_first => {}
            _ => self.remark(Tone::Quiet, format!("{SAVING} in a list of projects keeps its search here.")),
        }
    }

    fn search(&mut self, watched: &Watched) {
        let search = &watched.search;
        let query = query_shown(&search.query);
        let (name, told) = match (why_unknown(watched), watched.new.len()) {
            (Some((why, trouble)), _) => (search.name.clone(), format!("{why}: {trouble}")),
            (None, 0) => (search.name.clone(), format!("{query}; none new")),
            (None, new) => {
                (format!("{} ({new} new)", search.name), format!("{query}; new since edition {}", search.seen.edition))
            }
        };
        let leads = Leads::Search { name: search.name.clone(), query: search.query.clone(), sort: search.sort };
        self.push(Some(watched.found.len()), name, told, leads);
    }

    /// What the user has marked, where there is something.
    fn marked(&mut self, header: &Header) {
        let Marked { counts, tags, elsewhere } = &header.marked;
        if counts.is_empty() && elsewhere.is_empty() {
            return;
        }
        self.heading("Yours");
        self.counting("projects");
        // Tags have rows of their own.
        for (mine, count) in counts.iter().filter(|(mine, _)| *mine != Mine::Tagged) {
            let (name, told) = match mine {
                Mine::Bookmarked => ("bookmarked", "projects you keep an eye on"),
                Mine::Noted => ("with your note", "on the project or a section"),
                Mine::Collected => ("in your collection", "outflow export mine:collected writes it"),
                Mine::Changed => ("changed below a note", "the text is not the one you wrote it on"),
                Mine::Tagged => ("tagged", "by words of yours"),
            };
            self.push(Some(*count), name, told, Leads::Query(format!("mine:{}", mine.as_str())));
        }
        for (tag, count) in tags.iter().take(TAGS) {
            let tag = tag.as_str();
            self.push(Some(*count), format!("tagged {tag}"), "", Leads::Query(format!("tag:{tag}")));
        }
        if tags.len() > TAGS {
            let others = format!("and {} tags more", tags.len() - TAGS);
            let tagged = counts.iter().find(|(mine, _)| *mine == Mine::Tagged).map(|(_, count)| *count);
            self.push(tagged, "tagged in any way", others, Leads::Query("mine:tagged".to_owned()));
        }
        match elsewhere.as_slice() {
            [] => {}
            [one] => self.remark(Tone::Quiet, format!("{one} is not in this edition: see outflow marks")),
            several => {
                let told = format!(
                    "{} you marked are not in this edition: see outflow marks",
                    projects_counted(several.len())
                );
                self.remark(Tone::Quiet, told);
            }
        }
    }
}
