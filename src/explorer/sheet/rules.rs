//! The rules as a list: what each found, of how many, and of how many it cannot tell.

use super::{Leads, Sheet, SheetItem, Tone};
use crate::concerns::{EditionFinding, Tally, rule};
use crate::index::Header;

/// What is said of the edition as a whole first; then the rules that found something, gravest first and in the
/// catalogue's order; then those that found nothing, and those that can tell of no project.
pub(in crate::explorer) fn of_rules(header: &Header) -> Sheet {
    let mut items: Vec<SheetItem> =
        header.findings.iter().enumerate().map(|(number, finding)| finding_item(number, finding)).collect();
    let (mut found, nothing): (Vec<&Tally>, Vec<&Tally>) = header.tallies.iter().partition(|tally| tally.findings > 0);
    found.sort_by_key(|tally| tally.gravest());
    let (untold, silent): (Vec<&Tally>, Vec<&Tally>) =
        nothing.iter().copied().partition(|tally| knows_nothing(tally, header.counts.projects));
    items.extend(found.iter().chain(&silent).chain(&untold).map(|tally| rule_item(tally, header.counts.projects)));
    let heading = format!(
        "Concerns in {}: {} rules found something, {} nothing, {} cannot tell",
        header.edition.slug,
        found.len(),
        silent.len(),
        untold.len()
    );
    Sheet { heading, items, ..Sheet::default() }
}

fn rule_item(tally: &Tally, projects: usize) -> SheetItem {
    let about = rule(tally.rule);
    let untold = match tally.cannot_tell {
        0 => String::new(),
        _ if knows_nothing(tally, projects) => "what it needs is not at hand; ".to_owned(),
        untold => format!("cannot tell of {untold} of {}; ", counted(projects, "project", "projects")),
    };
    let (first, tone) = if tally.findings == 0 {
        let told = if knows_nothing(tally, projects) { "cannot tell of any project" } else { "found nothing" };
        (told.to_owned(), Tone::Quiet)
    } else {
        (found(tally, projects), Tone::Strong)
    };
    SheetItem {
        weight: tally.gravest(),
        name: format!("{}: {}", tally.rule, about.title),
        lines: [first, format!("{untold}family: {}", about.family)],
        leads: Leads::Rule(tally.rule),
        tone,
        ..SheetItem::default()
    }
}

/// Whether a rule lacks what it needs of every project: it found nothing, and that says nothing.
fn knows_nothing(tally: &Tally, projects: usize) -> bool {
    tally.findings == 0 && projects > 0 && tally.cannot_tell >= projects
}

fn finding_item(number: usize, finding: &EditionFinding) -> SheetItem {
    SheetItem {
        name: format!("{} (the edition as a whole)", rule(finding.rule).title),
        lines: [finding.statement.clone(), format!("But: {}", finding.caveat)],
        leads: Leads::Finding(number),
        ..SheetItem::default()
    }
}

/// What a rule found, with what that is of: `67 findings in 45 of 527 projects, 23 organisations`.
pub(in crate::explorer) fn found(tally: &Tally, projects: usize) -> String {
    format!(
        "{} in {} of {}, {}",
        counted(tally.findings, "finding", "findings"),
        tally.projects,
        counted(projects, "project", "projects"),
        counted(tally.organisations, "organisation", "organisations")
    )
}

/// `1 project`, `2 projects`.
pub(in crate::explorer) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
