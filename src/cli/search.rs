//! `outflow search`: the projects that match.

pub(super) mod examples;

use std::ops::Range;

use clap::Args;
use color_eyre::eyre::Report;
use serde::Serialize;

use super::Outcome;
use super::arguments::{Global, orders};
use super::printer::{Painted, Printer, Role, remark};
use crate::concerns::RuleId;
use crate::index::{
    Choice, Edge, Facet, Found, Hint, Index, LastWord, Marker, ProjectId, Request, Room, Row, SearchField, Snippet,
    Sort,
};
use crate::library::{Elsewhere, FoundIn, SavedSearch};
use crate::report::{elsewhere_told, organisation_shown, trouble_told};

/// Arguments of `search`.
#[derive(Debug, Args)]
#[command(after_help = examples::help())]
pub(super) struct Search {
    /// What to find: words, "a phrase", "near words"~3, OR, -without, =exactly, begin*, near~, brackets, objectives: org:
    /// concern: optouts: started: and others, as "outflow man" lists them
    #[arg(required_unless_present = "facets", value_name = "QUERY")]
    pub(super) query: Vec<String>,
    /// Count what is found by value instead of listing it: concerns, opt-outs, datasets, years and others
    #[arg(long, conflicts_with = "save")]
    pub(super) facets: bool,
    /// How many projects to list
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(super) limit: usize,
    /// In which order
    #[arg(long, value_name = "KEY", default_value = Sort::Relevance.name(), value_parser = orders())]
    pub(super) sort: Sort,
    /// Save it under this name, to be told later what is new; in the place of what has the name already
    #[arg(long, value_name = "NAME")]
    pub(super) save: Option<String>,
}

/// Snippets of one project that are shown.
const SNIPPETS: usize = 3;

/// How long each is: as in the explorer at 80 columns.
const ROOM: Room = Room { columns: 75, lines: 2 };

/// The JSON of a search.
#[derive(Debug, Serialize)]
struct SearchReport {
    query: String,
    edition: String,
    total: usize,
    took_ms: f64,
    trouble: Vec<TroubleReport>,
    offers: Vec<String>,
    hints: Vec<HintReport>,
    elsewhere: Vec<ElsewhereReport>,
    not_looked_in: Vec<String>,
    projects: Vec<HitReport>,
}

#[derive(Debug, Serialize)]
struct TroubleReport {
    characters: [usize; 2],
    message: String,
}

/// What is said beside what was found, and a query that finds what it speaks of.
#[derive(Debug, Serialize)]
struct HintReport {
    told: String,
    query: Option<String>,
}

/// Another edition that has what this one has not.
#[derive(Debug, Serialize)]
struct ElsewhereReport {
    edition: String,
    projects: usize,
}

#[derive(Debug, Serialize)]
struct HitReport {
    reference: String,
    title: Option<String>,
    #[serde(serialize_with = "crate::report::absent_if_empty")]
    organisation: String,
    concerns: Vec<RuleId>,
    snippets: Vec<SnippetReport>,
}

#[derive(Debug, Serialize)]
struct SnippetReport {
    section: &'static str,
    text: String,
    denied_by: Option<String>,
    matches: Vec<[usize; 2]>,
}

/// The JSON of `--facets`.
#[derive(Debug, Serialize)]
struct FacetsReport {
    query: String,
    edition: String,
    facets: Vec<FacetReport>,
}

#[derive(Debug, Serialize)]
struct FacetReport {
    field: &'static str,
    values: Vec<ValueReport>,
}

/// A value: the part of a query that asks for it, and how many of the projects have it that are found but for this facet.
#[derive(Debug, Serialize)]
struct ValueReport {
    value: String,
    query: String,
    projects: usize,
    choice: Option<&'static str>,
}

/// A project that is listed.
pub(super) struct Hit {
    pub(super) row: Row,
    pub(super) snippets: Vec<Snippet>,
}

pub(super) fn run(global: &Global, search: &Search, printer: &mut Printer) -> Result<Outcome, Report> {
    // What is no name is refused before anything is printed.
    let name = search.save.as_deref().map(super::searches::named).transpose()?;
    let edition = super::open(global)?;
    let index = &edition.index;
    let query = search.query.join(" ");
    if search.facets {
        return facets(global, index, &query, search.limit, printer);
    }
    let request = Request { query: query.clone(), last_word: LastWord::Whole, sort: search.sort };
    let found = index.search(&request, &|| false)?;
    let hints = index.hints(&request, found.projects.len(), &|| false)?;
    let elsewhere = if found.projects.is_empty() { elsewhere(global, index, &request) } else { Elsewhere::default() };
    let marker = Marker::new(&query, LastWord::Whole);
    let listed: Vec<Hit> =
        found.projects.iter().take(search.limit).map(|id| hit(index, &marker, *id)).collect::<Result<_, Report>>()?;
    if global.json {
        printer.json(&report(index, &query, (&found, hints, elsewhere), &listed))?;
    } else {
        say_beside(index, &query, &found, &hints, &elsewhere);
        print(index, found.projects.len(), &listed, &marker, printer)?;
    }
    if let Some(name) = name {
        super::searches::save(global, index, SavedSearch::new(&name, &query, search.sort))?;
    }
    Ok(if found.projects.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

/// Counts what is found by value. `limit` is how many values of each are listed.
fn facets(global: &Global, index: &Index, query: &str, limit: usize, printer: &mut Printer) -> Result<Outcome, Report> {
    let facets = index.facets(query, LastWord::Whole, &|| false)?;
    if global.json {
        let edition = index.header().edition.slug.clone();
        let facets = facets.iter().map(FacetReport::new).collect();
        printer.json(&FacetsReport { query: query.to_owned(), edition, facets })?;
    } else {
        for facet in &facets {
            printer.line_as(Role::Strong, facet.field.name())?;
            for value in facet.values().take(limit) {
                let chosen = match value.choice {
                    Choice::None => "",
                    Choice::Taken => " (chosen)",
                    Choice::Excluded => " (left out)",
                };
                printer.line(&format!("{:>8}  {}{chosen}", value.projects, value.label))?;
            }
            if facet.len() > limit {
                printer.line_as(Role::Quiet, &format!("{:>8}  and {} more", "", facet.len() - limit))?;
            }
        }
        super::show::print_credit(index.header(), printer)?;
    }
    let is_found = facets.iter().flat_map(Facet::values).any(|value| value.projects > 0);
    Ok(if is_found { Outcome::Done } else { Outcome::Nothing })
}

impl FacetReport {
    fn new(facet: &Facet) -> Self {
        let values = facet.values().map(|value| ValueReport {
            value: value.label.to_owned(),
            query: value.query().into_owned(),
            projects: value.projects,
            choice: match value.choice {
                Choice::None => None,
                Choice::Taken => Some("taken"),
                Choice::Excluded => Some("excluded"),
            },
        });
        Self { field: facet.field.key(), values: values.collect() }
    }
}

fn hit(index: &Index, marker: &Marker, id: ProjectId) -> Result<Hit, Report> {
    let row = index.row(id)?;
    let snippets = marker.snippets(index, id, SNIPPETS, ROOM)?;
    Ok(Hit { row, snippets })
}

fn report(
    index: &Index,
    query: &str,
    (found, hints, elsewhere): (&Found, Vec<Hint>, Elsewhere),
    listed: &[Hit],
) -> SearchReport {
    SearchReport {
        query: query.to_owned(),
        edition: index.header().edition.slug.clone(),
        total: found.projects.len(),
        took_ms: found.took.as_secs_f64() * 1000.0,
        trouble: found
            .trouble
            .iter()
            .map(|trouble| TroubleReport {
                characters: in_characters(query, &trouble.range),
                message: trouble.message.clone(),
            })
            .collect(),
        offers: found.offers.iter().map(|offer| offer.query.clone()).collect(),
        hints: hints.into_iter().map(|hint| HintReport { told: hint.told, query: hint.query }).collect(),
        elsewhere: elsewhere.found.into_iter().map(ElsewhereReport::new).collect(),
        not_looked_in: elsewhere.unknown,
        projects: listed.iter().map(HitReport::new).collect(),
    }
}

impl HitReport {
    fn new(hit: &Hit) -> Self {
        let row = &hit.row;
        Self {
            reference: row.reference.clone(),
            title: row.title.clone(),
            organisation: row.organisation.clone(),
            concerns: row.concerns.iter().map(|(rule, _)| *rule).collect(),
            snippets: hit.snippets.iter().map(SnippetReport::new).collect(),
        }
    }
}

impl ElsewhereReport {
    fn new(found: FoundIn) -> Self {
        Self { edition: found.slug, projects: found.projects }
    }
}

impl SnippetReport {
    fn new(snippet: &Snippet) -> Self {
        Self {
            section: snippet.field.key(),
            text: snippet.text.clone(),
            denied_by: snippet.denied.as_ref().map(|denied| denied.text.clone()),
            matches: snippet.matches.iter().map(|range| in_characters(&snippet.text, range)).collect(),
        }
    }
}

/// What the other editions have; of a library that cannot be read nothing is said here.
pub(super) fn elsewhere(global: &Global, index: &Index, request: &Request) -> Elsewhere {
    let library = super::library(global).ok();
    let found = library.and_then(|library| library.elsewhere(&index.header().edition.slug, request, &|| false).ok());
    found.flatten().unwrap_or_default()
}

/// Says what a number does not.
fn say_beside(index: &Index, query: &str, found: &Found, hints: &[Hint], elsewhere: &Elsewhere) {
    for trouble in &found.trouble {
        remark(&trouble_told(query, trouble));
    }
    if found.projects.is_empty() {
        remark(&format!("nothing in edition {} matches {query}", index.header().edition.slug));
        for offer in &found.offers {
            remark(&format!("spelled nearly so: {}", offer.query));
        }
    }
    for hint in hints {
        remark(&hint.line());
    }
    say_elsewhere(elsewhere);
}

/// Says what the other editions have.
pub(super) fn say_elsewhere(elsewhere: &Elsewhere) {
    for told in elsewhere_told(elsewhere, "--edition NAME searches another") {
        remark(&told);
    }
}

fn print(index: &Index, total: usize, listed: &[Hit], marker: &Marker, printer: &mut Printer) -> Result<(), Report> {
    if total == 0 {
        return Ok(());
    }
    let edition = &index.header().edition;
    let counted = if total == 1 { "1 project".to_owned() } else { format!("{total} projects") };
    let shown = if listed.len() < total { format!(", the first {} shown", listed.len()) } else { String::new() };
    printer.line_as(Role::Quiet, &format!("{counted} in edition {}{shown}", edition.slug))?;
    for hit in listed {
        printer.line("")?;
        print_hit(hit, marker, printer)?;
    }
    super::show::print_credit(index.header(), printer)?;
    Ok(())
}

pub(super) fn print_hit(hit: &Hit, marker: &Marker, printer: &mut Printer) -> Result<(), Report> {
    let row = &hit.row;
    let painted = |field, text: &str| printer.marked(text, &marker.mark(field, text));
    let reference = painted(SearchField::Reference, &row.reference);
    let organisation = painted(SearchField::Organisation, organisation_shown(&row.organisation));
    let heading = match &row.title {
        Some(title) => reference.plain("  ").then(&painted(SearchField::Title, title)),
        None => reference,
    };
    printer.painted(&heading)?;
    printer.painted(&Painted::default().plain("  ").then(&organisation))?;
    if !row.concerns.is_empty() {
        let named = row
            .concerns
            .iter()
            .map(|(rule, severity)| printer.paint(Role::Weight(*severity), &format!("{} {rule}", severity.mark())))
            .fold(Painted::default(), |line, named| line.plain("  ").then(&named));
        printer.painted(&named)?;
    }
    for snippet in &hit.snippets {
        let label = printer.paint(Role::Quiet, &format!("{}:", snippet.field.name()));
        let cut = |edge| if edge == Edge::Cut { printer.paint(Role::Quiet, printer.cut()) } else { Painted::default() };
        let text = printer.marked(&snippet.text, &snippet.matches);
        let line = Painted::default().plain("    ").then(&label).plain(" ");
        let line = line
            .plain(&snippet.denied_told(printer.cut()))
            .then(&cut(snippet.begins))
            .then(&text)
            .then(&cut(snippet.ends));
        printer.painted(&line)?;
    }
    Ok(())
}

/// A range of bytes as a range of characters, which is what scripts count in.
fn in_characters(whole: &str, range: &Range<usize>) -> [usize; 2] {
    let count = |end: usize| whole.get(..end).unwrap_or(whole).chars().count();
    [count(range.start), count(range.end)]
}
