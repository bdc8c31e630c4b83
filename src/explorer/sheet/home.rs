//! Home as a list: the edition in figures, its concerns by weight, the saved searches with what is new in them, and what
//! changed since the edition before. Every figure leads to what it counts.

use super::rows::Rows;
use super::{Leads, Shape, Sheet, Tone, counted};
use crate::concerns::{Alone, Severity};
use crate::explorer::state::View;
use crate::index::marks::Mine;
use crate::index::{Header, Marked};
use crate::library::saved::Watched;
use crate::report::{projects_counted, query_shown, unread};

/// How many tags home names.
const TAGS: usize = 5;

/// What is counted for home once it is on the screen.
#[derive(Debug)]
pub(in crate::explorer) struct Home {
    /// Projects with a concern of each weight.
    pub weights: Vec<(Severity, usize)>,
    /// The saved searches with what is new, or why they cannot be read.
    pub searches: Result<Vec<Watched>, String>,
    /// Queries worth trying, each with how many projects it finds and what it asks.
    pub tries: Vec<(&'static str, usize, &'static str)>,
    /// What changed since the edition before, or why there is none.
    pub changes: Result<Since, Alone>,
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
    rows.edition(header);
    rows.concerns(header, home);
    if let Some(home) = home {
        rows.searches(home);
        rows.marked(header);
        rows.changes(header, home);
    }
    let heading = format!("Home: edition {}", header.edition.slug);
    let mut sheet = Sheet { heading, shape: Shape::Rows, items: rows.items(), ..Sheet::default() };
    // The first row that leads somewhere.
    sheet.select(0, usize::MAX);
    sheet
}

impl Rows {
    fn edition(&mut self, header: &Header) {
        let counts = &header.counts;
        self.heading(match &header.edition.title {
            Some(title) if !header.edition.is_sample() => title.clone(),
            _ => format!("Edition {}", header.edition.slug),
        });
        if header.edition.is_sample() {
            self.remark(Tone::Quiet, "a built-in sample: real facts, and summaries of the texts in our words.");
            self.remark(Tone::Quiet, "Import the register for its own words: outflow import FILE");
        }
        let projects = if counts.projects == 1 { "project" } else { "projects" };
        self.push(Some(counts.projects), projects, "as published", Leads::Query(String::new()));
        let others = [
            counted(counts.organisations, "organisation", "organisations"),
            counted(counts.datasets, "dataset", "datasets"),
            format!("{} files sent", counts.files),
        ];
        let versions = if counts.versions == 1 { "version" } else { "versions" };
        self.push(Some(counts.versions), versions, others.join(", "), Leads::Edition);
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
        let of = format!("of {}, and what each found", header.tallies.len());
        self.push(Some(found), "rules found something", of, Leads::View(View::Concerns));
    }

    fn searches(&mut self, home: &Home) {
        match &home.searches {
            Ok(searches) if !searches.is_empty() => {
                self.heading("Saved searches");
                self.counting("projects");
                for watched in searches {
                    self.search(watched);
                }
            }
            found => {
                self.heading("Searches worth trying");
                self.counting("projects");
                for (query, projects, about) in &home.tries {
                    self.push(Some(*projects), *query, *about, Leads::Query((*query).to_owned()));
                }
                self.remark(
                    Tone::Quiet,
                    match found {
                        Ok(_) => "The action save-search, in a list of projects, keeps a search here.",
                        Err(trouble) => trouble.as_str(),
                    },
                );
            }
        }
    }

    fn search(&mut self, watched: &Watched) {
        let search = &watched.search;
        let query = query_shown(&search.query);
        let (name, told) = match (unread(watched), watched.new.len()) {
            (Some(trouble), _) => (search.name.clone(), format!("can no longer be read as written: {trouble}")),
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

    fn changes(&mut self, header: &Header, home: &Home) {
        match &home.changes {
            Ok(Since { edition, told }) => {
                self.heading("Changes");
                self.push(None, format!("since edition {edition}"), told, Leads::View(View::Changes));
            }
            Err(_) if header.edition.is_sample() => {}
            Err(_) => {
                self.heading("Changes");
                self.push(None, "no edition to compare with", "why", Leads::View(View::Changes));
            }
        }
    }
}
