//! `outflow show`: one project, whole.

mod history;

use clap::Args;
use color_eyre::eyre::{Report, eyre};
use serde::Serialize;

use super::Outcome;
use super::arguments::Global;
use super::printer::{Printer, Role, remark};
use crate::index::{Header, Index, ProjectId, Record, Request};
use crate::library::Library;
use crate::register::{Section, Wording};
use crate::report::files::{FileLineKind, FileList, FileRow};
use crate::report::timeline::{self, Timeline, TimelineKind};
use crate::report::{self, ConcernReport, MarksReport, ProjectReport, Style};
use crate::text::Characters;
use history::HistoryReport;

/// Arguments of `show`.
#[derive(Debug, Args)]
pub(super) struct Show {
    /// The project's reference, in any case, with or without DARS- and -vN.N
    #[arg(value_name = "REFERENCE")]
    pub(super) reference: String,
    /// Print a citation instead
    #[arg(long)]
    pub(super) cite: bool,
    /// Print what the editions and versions changed instead: [-taken out-] and {+put in+}
    #[arg(long, conflicts_with = "cite")]
    pub(super) history: bool,
    /// Print its files instead, month by dataset, with and without opt-outs; with --json they are added
    #[arg(long, conflicts_with_all = ["cite", "history"])]
    pub(super) files: bool,
}

/// Width of the column of labels.
const LABEL: usize = 14;

/// Width of a timeline where the terminal does not say.
const TIMELINE: usize = 80;

/// A project with its files, where they are asked for.
#[derive(Debug, Serialize)]
struct WithFiles<'a> {
    #[serde(flatten)]
    project: &'a ProjectReport,
    #[serde(skip_serializing_if = "Option::is_none")]
    files: Option<&'a [FileRow]>,
    /// What the user has marked of it: no part of what is published.
    marks: Option<&'a MarksReport>,
}

pub(super) fn run(global: &Global, show: &Show, printer: &mut Printer) -> Result<Outcome, Report> {
    let edition = super::open(global)?;
    let index = &edition.index;
    let Some(id) = find(global, index, &show.reference)? else { return Ok(Outcome::Nothing) };
    let record = index.record(id)?;
    let header = index.header();
    if show.cite {
        printer.block(0, report::cite(header, &record, None, report::today(), Style::Markdown).trim_end())?;
        return Ok(Outcome::Done);
    }
    if show.history {
        return history(global, index, &record, printer);
    }
    let files = show.files.then(|| FileList::new(header, &record));
    let Some(project) = ProjectReport::new(header, &record) else {
        return Err(eyre!("the entry of {} holds no version; import the edition again", show.reference));
    };
    let marks =
        (!record.marks.is_empty()).then(|| MarksReport::new(&record.marks, Some(&record.project), &header.edition));
    if global.json {
        let files = files.as_ref().map(|list| list.rows.as_slice());
        printer.json(&WithFiles { project: &project, files, marks: marks.as_ref() })?;
    } else if let Some(files) = files {
        print_files(header, &project, &files, printer)?;
    } else {
        let timeline = Timeline::new(&record.project, &header.sources, header.edition.date);
        let characters = super::explore::characters(global);
        let timeline = timeline.as_ref().map(|timeline| (timeline, characters));
        print(header, (&project, marks.as_ref()), timeline, printer)?;
    }
    Ok(Outcome::Done)
}

/// What the editions in the library and the versions of this edition changed.
fn history(global: &Global, index: &Index, record: &Record, printer: &mut Printer) -> Result<Outcome, Report> {
    let project = &record.project;
    let through = super::library(global)?.history(index, &project.reference)?;
    if global.json {
        printer.json(&HistoryReport::new(index.header(), record, &through))?;
        return Ok(Outcome::Done);
    }
    printer.line_as(Role::Strong, &project.reference)?;
    let title = project.latest().and_then(|version| version.title.clone());
    for line in title.iter().chain(project.latest().map(|version| &version.organisation)) {
        printer.line(line)?;
    }
    let lines = report::history::history(&through).into_iter().chain(report::history::versions(index.header(), record));
    for line in lines {
        super::changes::print_line(&line, printer)?;
    }
    print_credit(index.header(), printer)?;
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

/// The project that a reference names; `None` where none does, which is said then.
///
/// # Errors
/// Where several fit, with their names.
pub(super) fn find(global: &Global, index: &Index, written: &str) -> Result<Option<ProjectId>, Report> {
    match index.find_reference(written)?.as_slice() {
        [one] => Ok(Some(*one)),
        [] => {
            say_nothing(global, index, written);
            Ok(None)
        }
        several => Err(eyre!("{}", ambiguous(index, written, several))),
    }
}

/// Says that a reference is not in this edition, and in which others it is.
fn say_nothing(global: &Global, index: &Index, written: &str) {
    let slug = &index.header().edition.slug;
    let others = super::library(global).map(|library| editions_with(&library, slug, written)).unwrap_or_default();
    match others.as_slice() {
        [] => {
            let request = Request { query: written.to_owned(), ..Request::default() };
            let found = index.search(&request, &|| false).map_or(0, |found| found.projects.len());
            let told = format!("no project {written} in edition {slug}");
            remark(&match found {
                0 => told,
                found => format!("{told}; `outflow search {written}` finds {found}"),
            });
        }
        others => {
            let named = others.join(", ");
            remark(&format!("no project {written} in edition {slug}; it is in {named}: add --edition NAME"));
        }
    }
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

fn print(
    header: &Header,
    (project, marks): (&ProjectReport, Option<&MarksReport>),
    timeline: Option<(&Timeline, Characters)>,
    printer: &mut Printer,
) -> Result<(), Report> {
    printer.line_as(Role::Strong, project.title.as_deref().unwrap_or(&project.reference))?;
    if project.title.is_some() {
        printer.line(&project.reference)?;
    }
    printer.line(report::organisation_shown(&project.organisation))?;
    if project.wording == Wording::Summary {
        printer.line_as(Role::Quiet, report::SUMMARY_NOTICE)?;
    }
    if let Some(marks) = marks {
        heading(printer, "Marked by you")?;
        super::marks::print(0, marks, printer)?;
    }
    print_concerns(project, printer)?;
    print_facts(project, printer)?;
    if let Some((timeline, characters)) = timeline {
        print_timeline(timeline, characters, printer)?;
    }
    print_sections(project, printer)?;
    print_cannot_tell(project, printer)?;
    print_credit(header, printer)?;
    Ok(())
}

fn print_files(
    header: &Header,
    project: &ProjectReport,
    files: &FileList,
    printer: &mut Printer,
) -> Result<(), Report> {
    printer.line_as(Role::Strong, &project.reference)?;
    for line in project.title.iter().map(String::as_str).chain([report::organisation_shown(&project.organisation)]) {
        printer.line(line)?;
    }
    for line in files.lines() {
        let column = usize::from(report::files::COUNTS);
        match line.kind {
            FileLineKind::Heading => heading(printer, &line.text)?,
            FileLineKind::Columns => printer.line_as(Role::Quiet, &format!("{}{}", line.counts, line.text))?,
            FileLineKind::Month => printer.line(&line.text)?,
            FileLineKind::Row(_) => printer.labelled(&line.counts, column, &line.text)?,
            FileLineKind::Rows(_) => printer.labelled("", column, &line.text)?,
            FileLineKind::Note => printer.block(0, &line.text)?,
        }
    }
    print_credit(header, printer)?;
    Ok(())
}

fn print_concerns(project: &ProjectReport, printer: &mut Printer) -> std::io::Result<()> {
    heading(printer, &report::concerns_counted(&project.concerns))?;
    for concern in &project.concerns {
        print_concern(concern, printer)?;
    }
    if !project.own_settings.is_empty() {
        let keys: Vec<&str> = project.own_settings.iter().map(|setting| setting.key.as_str()).collect();
        printer.block(0, &format!("Found by your own settings: {}; `outflow concerns` shows them", keys.join(", ")))?;
    }
    if let Some(told) = report::untold_counted(&project.cannot_tell) {
        printer.line_as(Role::Quiet, &format!("?  {told}"))?;
    }
    Ok(())
}

/// What cannot be told, and why: below what the register says, so that it does not stand between the reader and that.
fn print_cannot_tell(project: &ProjectReport, printer: &mut Printer) -> std::io::Result<()> {
    if project.cannot_tell.is_empty() {
        return Ok(());
    }
    heading(printer, report::UNTOLD)?;
    for (rules, why) in report::untold(&project.cannot_tell) {
        printer.line_as(Role::Quiet, &format!("?  {rules}"))?;
        printer.block(5, why)?;
    }
    Ok(())
}

/// Prints a concern with its caveat and evidence.
pub(super) fn print_concern(concern: &ConcernReport, printer: &mut Printer) -> std::io::Result<()> {
    let mark = concern.severity.mark();
    let role = if concern.is_dismissed() { Role::Quiet } else { Role::Weight(concern.severity) };
    printer.line_as(role, &format!("{mark:<2} {} {}", concern.id, concern.weight_told()))?;
    printer.block(5, &concern.statement)?;
    if let Some(dismissed) = &concern.dismissed {
        printer.block(5, &dismissed.told(&concern.statement))?;
    }
    for line in report::evidence(concern) {
        printer.block(5 + 2 * usize::from(line.depth), &line.text)?;
    }
    printer.block(5, &format!("But: {}", concern.caveat))
}

fn print_facts(project: &ProjectReport, printer: &mut Printer) -> std::io::Result<()> {
    heading(printer, "Facts")?;
    for fact in report::facts(project) {
        printer.labelled(fact.label, LABEL, &fact.value)?;
        if let Some(beside) = fact.beside {
            printer.labelled("", LABEL, &format!("({beside})"))?;
        }
    }
    Ok(())
}

fn print_timeline(timeline: &Timeline, characters: Characters, printer: &mut Printer) -> std::io::Result<()> {
    heading(printer, "Timeline")?;
    for line in timeline.lines(printer.width().unwrap_or(TIMELINE)) {
        let text = line.text(characters);
        match line.kind {
            TimelineKind::Drawn => {
                printer
                    .line(format!("{:column$}{text}", line.label, column = usize::from(timeline::LABEL)).trim_end())?;
            }
            TimelineKind::Legend | TimelineKind::Note => printer.block(0, &text)?,
        }
    }
    Ok(())
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
