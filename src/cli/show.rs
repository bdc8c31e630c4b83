//! `outflow show`: one project, whole.

use color_eyre::eyre::{Report, eyre};

use super::arguments::{Global, Show};
use super::printer::{Printer, Role, remark, severity_mark};
use super::Outcome;
use crate::concerns::Severity;
use crate::index::{Header, Index, ProjectId, Record};
use crate::library::Library;
use crate::register::{Date, OptOutState, Section, Wording, YesNo};
use crate::report::{self, AnswerReport, ConcernReport, ProjectReport, SourceReport, Style};

/// Width of the column of labels.
const LABEL: usize = 14;

pub(super) fn run(global: &Global, show: &Show, printer: &mut Printer) -> Result<Outcome, Report> {
    let edition = super::open(global)?;
    let index = &edition.index;
    let found = index.find_reference(&show.reference)?;
    let id = match found.as_slice() {
        [one] => *one,
        [] => return Ok(nothing(global, index, &show.reference)),
        several => return Err(eyre!("{}", ambiguous(index, &show.reference, several))),
    };
    let record = index.record(id)?;
    let header = index.header();
    if show.cite {
        printer.block(0, report::cite(header, &record, None, today()?, Style::Markdown).trim_end())?;
        return Ok(Outcome::Done);
    }
    let Some(project) = ProjectReport::new(header, &record) else {
        return Err(eyre!("the entry of {} holds no version; import the edition again", show.reference));
    };
    if global.json {
        printer.json(&project)?;
    } else {
        print(header, &project, printer)?;
    }
    Ok(Outcome::Done)
}

/// The credit that the licence asks for, and whose words these are.
pub(super) fn print_credit(header: &Header, printer: &mut Printer) -> std::io::Result<()> {
    printer.line("")?;
    if header.edition.wording == Wording::Summary {
        printer.line_as(Role::Quiet, report::SUMMARY_NOTICE)?;
    }
    printer.line_as(Role::Quiet, report::CREDIT)
}

/// Today, for a citation's date of access.
fn today() -> Result<Date, Report> {
    let today = jiff::Zoned::now().date();
    let parts = u8::try_from(today.month()).ok().zip(u8::try_from(today.day()).ok());
    parts.and_then(|(month, day)| Date::day(today.year(), month, day)).ok_or_else(|| eyre!("the clock gives no date: {today}"))
}

/// Says that a reference is not in this edition, and in which others it is.
fn nothing(global: &Global, index: &Index, written: &str) -> Outcome {
    let slug = &index.header().edition.slug;
    let others = super::library(global).map(|library| editions_with(&library, slug, written)).unwrap_or_default();
    match others.as_slice() {
        [] => remark(&format!("no project {written} in edition {slug}")),
        others => {
            let named = others.join(", ");
            remark(&format!("no project {written} in edition {slug}; it is in {named}: add --edition SLUG"));
        }
    }
    Outcome::Nothing
}

fn editions_with(library: &Library, except: &str, written: &str) -> Vec<String> {
    let listed = library.editions().unwrap_or_default();
    let slugs = listed.into_iter().map(|listed| listed.slug).filter(|slug| slug != except);
    slugs
        .filter(|slug| {
            let edition = library.open(Some(slug));
            edition.is_ok_and(|edition| edition.index.find_reference(written).is_ok_and(|found| !found.is_empty()))
        })
        .collect()
}

fn ambiguous(index: &Index, written: &str, several: &[ProjectId]) -> String {
    let rows = several.iter().filter_map(|id| index.row(*id).ok());
    let named: Vec<String> = rows.map(|row| format!("{} ({})", row.reference, row.organisation)).collect();
    format!("{written} fits {} projects, name one: {}", several.len(), named.join(", "))
}

fn print(header: &Header, project: &ProjectReport, printer: &mut Printer) -> Result<(), Report> {
    printer.line_as(Role::Strong, project.title.as_deref().unwrap_or(&project.reference))?;
    if project.title.is_some() {
        printer.line(&project.reference)?;
    }
    printer.line(&project.organisation)?;
    if project.wording == Wording::Summary {
        printer.line_as(Role::Quiet, report::SUMMARY_NOTICE)?;
    }
    print_concerns(project, printer)?;
    print_facts(project, printer)?;
    print_sections(project, printer)?;
    print_credit(header, printer)?;
    Ok(())
}

fn print_concerns(project: &ProjectReport, printer: &mut Printer) -> std::io::Result<()> {
    heading(printer, &format!("Concerns ({})", project.concerns.len()))?;
    for concern in &project.concerns {
        print_concern(concern, printer)?;
    }
    for unknown in &project.cannot_tell {
        printer.line_as(Role::Quiet, &format!("?  {}: cannot tell", unknown.id))?;
        printer.block(5, &unknown.why)?;
    }
    Ok(())
}

/// Prints a concern with its caveat and evidence.
pub(super) fn print_concern(concern: &ConcernReport, printer: &mut Printer) -> std::io::Result<()> {
    let standing = serde_name(&concern.standing);
    let mark = severity_mark(concern.severity);
    let head = format!("{mark:<2} {} ({}, {standing})", concern.id, serde_name(&concern.severity));
    printer.line_as(Role::Weight(concern.severity), &head)?;
    printer.block(5, &concern.statement)?;
    for evidence in &concern.evidence {
        printer.block(5, &format!("{}: {}", evidence.field, evidence.quote))?;
        if let Some(source) = &evidence.source {
            printer.block(7, &format!("{}, {}", source.file, source.place))?;
        }
    }
    printer.block(5, &format!("But: {}", concern.caveat))
}

fn print_facts(project: &ProjectReport, printer: &mut Printer) -> std::io::Result<()> {
    heading(printer, "Facts")?;
    let opt_outs = &project.opt_outs;
    let state = match opt_outs.state {
        OptOutState::Applied => "applied",
        OptOutState::NotApplied => "not applied",
        OptOutState::Mixed => "applied to some, not to others",
        OptOutState::NotStated => "not stated",
    };
    fact(printer, "Opt-outs", state)?;
    if let Some(words) = &opt_outs.as_published {
        fact(printer, "", &format!("as published: {}", words.replace('\n', "; ")))?;
    }
    if let Some(words) = &opt_outs.reasons {
        fact(printer, "", &format!("given beside it: {}", words.replace('\n', "; ")))?;
    }
    facts(printer, "Legal basis", &project.legal_bases)?;
    fact(printer, "Commercial", answer(project.commercial))?;
    fact(printer, "Sublicensing", answer(project.sublicensing))?;
    facts(printer, "Sensitivity", &project.sensitivity)?;
    facts(printer, "Type of data", &project.types_of_data)?;
    facts(printer, "Access", &project.access)?;
    facts(printer, "", project.access_note.as_slice())?;
    fact(printer, "Term", &span(project.term.start, project.term.end))?;
    fact(printer, "Released", &released(project))?;
    facts(printer, "Kind", project.organisation_type.as_slice())?;
    facts(printer, "Controllers", &project.controllers)?;
    facts(printer, "Minutes", &project.minutes)?;
    let versions: Vec<String> = project
        .versions
        .iter()
        .map(|version| match (version.start, version.end) {
            (None, None) => version.reference.clone(),
            (start, end) => format!("{}  {}", version.reference, span(start, end)),
        })
        .collect();
    facts(printer, "Versions", &versions)?;
    let datasets: Vec<String> = project
        .datasets
        .iter()
        .map(|dataset| {
            let details = [&dataset.type_of_data, &dataset.sensitivity, &dataset.frequency, &dataset.legal_basis];
            let details: Vec<&str> = details.into_iter().filter_map(|value| value.as_deref()).collect();
            if details.is_empty() { dataset.name.clone() } else { format!("{} ({})", dataset.name, details.join("; ")) }
        })
        .collect();
    facts(printer, "Datasets", &datasets)?;
    for amendment in &project.amendments {
        let cells: Vec<&str> = amendment.cells.iter().map(|(_, value)| value.as_str()).collect();
        let reason = amendment.reason.as_deref().unwrap_or("no reason given");
        fact(printer, "Amendment", &format!("{} ({reason}; counted nowhere)", cells.join(" · ")))?;
    }
    facts(printer, "Source", project.source.as_ref().map(source).as_slice())
}

fn print_sections(project: &ProjectReport, printer: &mut Printer) -> std::io::Result<()> {
    for section in Section::ALL {
        if let Some(text) = project.sections.get(section) {
            heading(printer, section.name())?;
            printer.block(0, text)?;
        }
    }
    Ok(())
}

fn heading(printer: &mut Printer, text: &str) -> std::io::Result<()> {
    printer.line("")?;
    printer.line_as(Role::Strong, text)
}

fn facts(printer: &mut Printer, label: &str, values: &[String]) -> std::io::Result<()> {
    for (number, value) in values.iter().enumerate() {
        fact(printer, if number == 0 { label } else { "" }, value)?;
    }
    Ok(())
}

fn fact(printer: &mut Printer, label: &str, value: &str) -> std::io::Result<()> {
    printer.labelled(label, LABEL, value)
}

fn answer(answer: AnswerReport) -> &'static str {
    match answer {
        AnswerReport::Plain(true) => "yes",
        AnswerReport::Plain(false) => "no",
        AnswerReport::Mixed(_) => "both yes and no",
        AnswerReport::Absent(()) => "not stated",
    }
}

fn span(start: Option<Date>, end: Option<Date>) -> String {
    match (start, end) {
        (None, None) => "not stated".to_owned(),
        (Some(start), None) => format!("from {start}"),
        (None, Some(end)) => format!("to {end}"),
        (Some(start), Some(end)) => format!("{start} to {end}"),
    }
}

fn released(project: &ProjectReport) -> String {
    let releases = &project.releases;
    let mut parts = Vec::new();
    match releases.files {
        Some(1) => parts.push("1 file".to_owned()),
        Some(files) => parts.push(format!("{files} files")),
        None => parts.push("number of files not stated for this project".to_owned()),
    }
    if let Some(rows) = releases.system_access.filter(|rows| *rows > 0) {
        parts.push(format!("{rows} rows of access to a remote system"));
    }
    match (releases.first, releases.last) {
        (Some(first), Some(last)) if first == last => parts.push(first.to_string()),
        (None, None) => {}
        (first, last) => parts.push(span(first, last)),
    }
    parts.join(", ")
}

fn source(source: &SourceReport) -> String {
    format!("{}, {}, SHA-256 {}", source.file, source.place, source.sha256)
}

fn serde_name<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
