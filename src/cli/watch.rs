//! `outflow watch`: what is new in the saved searches, for a timer that runs it.

use clap::Args;
use color_eyre::eyre::Report;
use serde::Serialize;

use super::Outcome;
use super::arguments::Global;
use super::printer::{Printer, Role, remark};
use super::search::{Hit, print_hit};
use super::searches::{NOTHING, NamedReport};
use crate::concerns::RuleId;
use crate::index::{Index, Marker, Row};
use crate::library::SavedSearch;
use crate::library::saved::{self, Watched};
use crate::report::{projects_counted, query_shown, why_unknown};

/// Arguments of `watch`.
#[derive(Debug, Args)]
pub(super) struct Watch {
    /// Keep what is new as new
    #[arg(long)]
    pub(super) keep: bool,
}

/// The JSON of what is new.
#[derive(Debug, Serialize)]
struct WatchReport {
    edition: String,
    /// Those that have something new, and those of which that is not known.
    searches: Vec<NewsReport>,
}

/// What is new in one search.
#[derive(Debug, Serialize)]
struct NewsReport {
    #[serde(flatten)]
    named: NamedReport,
    found: usize,
    /// The edition of the last visit.
    since: String,
    /// Why what is new is not known; absent where it is.
    trouble: Option<String>,
    new: Vec<NewReport>,
}

#[derive(Debug, Serialize)]
struct NewReport {
    reference: String,
    title: Option<String>,
    #[serde(serialize_with = "crate::report::absent_if_empty")]
    organisation: String,
    concerns: Vec<RuleId>,
}

/// A search with the rows of what is new in it.
struct News<'a> {
    watched: &'a Watched,
    /// Why what is new is not known, in a few words and in full.
    unknown: Option<(&'static str, String)>,
    rows: Vec<Row>,
}

pub(super) fn run(global: &Global, asked: &Watch, printer: &mut Printer) -> Result<Outcome, Report> {
    let own = super::own(global)?;
    let searches = own.searches()?;
    let edition = super::open(global)?;
    let index = &edition.index;
    let watched = saved::watch(index, searches)?;
    let news: Vec<News<'_>> = watched.iter().map(|search| News::of(index, search)).collect::<Result<_, Report>>()?;
    if global.json {
        let searches = news.iter().filter(|news| news.is_told()).map(News::report).collect();
        printer.json(&WatchReport { edition: index.header().edition.slug.clone(), searches })?;
    } else {
        print(index, &news, printer)?;
    }
    // Only what has reached its reader is remembered as seen.
    printer.finish()?;
    let visited: Vec<SavedSearch> = watched.iter().map(Watched::visited).collect();
    if !asked.keep && !visited.is_empty() {
        own.change_searches(|all| visited.iter().for_each(|search| saved::see(all, search)))?;
    }
    if news.iter().any(|news| !news.rows.is_empty()) {
        return Ok(Outcome::Done);
    }
    // Whether there is anything new in what cannot be read is not known.
    let is_unread = news.iter().any(|news| news.unknown.is_some());
    Ok(if is_unread { Outcome::Code(super::FAILED) } else { Outcome::Nothing })
}

impl<'a> News<'a> {
    fn of(index: &Index, watched: &'a Watched) -> Result<Self, Report> {
        let rows = watched.new.iter().map(|project| Ok(index.row(*project)?)).collect::<Result<_, Report>>()?;
        Ok(Self { watched, unknown: why_unknown(watched), rows })
    }

    fn is_told(&self) -> bool {
        self.unknown.is_some() || !self.rows.is_empty()
    }

    fn report(&self) -> NewsReport {
        let row = |row: &Row| NewReport {
            reference: row.reference.clone(),
            title: row.title.clone(),
            organisation: row.organisation.clone(),
            concerns: row.concerns.iter().map(|(rule, _)| *rule).collect(),
        };
        NewsReport {
            named: NamedReport::new(&self.watched.search),
            found: self.watched.found.len(),
            since: self.watched.search.seen.edition.clone(),
            trouble: self.unknown.as_ref().map(|(_, trouble)| trouble.clone()),
            new: self.rows.iter().map(row).collect(),
        }
    }
}

fn print(index: &Index, news: &[News<'_>], printer: &mut Printer) -> Result<(), Report> {
    if news.is_empty() {
        remark(NOTHING);
    }
    for news in news {
        if let Some((why, trouble)) = &news.unknown {
            let SavedSearch { name, query, .. } = &news.watched.search;
            remark(&format!("\"{name}\" {why}, so what is new in it is not known: {query}: {trouble}"));
        }
    }
    let new: Vec<&News<'_>> = news.iter().filter(|news| !news.rows.is_empty()).collect();
    for (number, news) in new.iter().enumerate() {
        if number > 0 {
            printer.line("")?;
        }
        print_news(index, news, printer)?;
    }
    if !new.is_empty() {
        super::show::print_credit(index.header(), printer)?;
    }
    Ok(())
}

fn print_news(index: &Index, news: &News<'_>, printer: &mut Printer) -> Result<(), Report> {
    let Watched { search, found, .. } = news.watched;
    let request = search.request();
    printer.line_as(Role::Strong, &format!("{}: {}", search.name, query_shown(&search.query)))?;
    printer.line_as(
        Role::Quiet,
        &format!(
            "{} new since edition {}; {} in edition {}",
            projects_counted(news.rows.len()),
            search.seen.edition,
            projects_counted(found.len()),
            index.header().edition.slug
        ),
    )?;
    let marker = Marker::new(&request.query, request.last_word);
    for row in &news.rows {
        printer.line("")?;
        print_hit(&Hit { row: row.clone(), snippets: Vec::new() }, &marker, printer)?;
    }
    Ok(())
}
