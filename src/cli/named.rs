//! What `outflow organisations` and `outflow datasets` have in common.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use clap::Args;
use color_eyre::eyre::Report;
use serde::Serialize;

use super::Outcome;
use super::arguments::Global;
use super::printer::{Printer, Role, remark};
use crate::index::{Header, IndexError};
use crate::library;
use crate::names::Names;
use crate::report::{self, Groups, LinkReport, counted};
use crate::text::{is_near, words};

/// Arguments of `organisations` and `datasets`.
#[derive(Debug, Args)]
pub(super) struct Named {
    /// A name in any spelling, or a part of it
    #[arg(value_name = "NAME")]
    pub(super) name: Vec<String>,
}

impl Named {
    /// The name, if one is asked for.
    pub(super) fn written(&self) -> Option<String> {
        let name = self.name.join(" ");
        (!name.trim().is_empty()).then_some(name)
    }
}

/// The most names that are listed where a name fits several.
const LISTED: usize = 40;

/// Which name is asked for.
enum Fit {
    /// This one.
    One(usize),
    /// None, or several: said already.
    Unclear(Outcome),
}

/// The names with the user's own list. What is wrong with that is told, all of it.
pub(super) fn names(global: &Global) -> Cow<'static, Names> {
    let user = library::names(global.aliases.as_deref());
    for fault in &user.faults {
        remark(&fault.to_string());
    }
    if !user.faults.is_empty() {
        remark("your own list of names was not used; names are joined as the program knows them");
    }
    user.names
}

/// What `organisations` and `datasets` list, and show one by one.
pub(super) trait Listed {
    /// What one is called.
    const ONE: &'static str;
    /// What several are called; the name of the list in JSON, and of the subcommand.
    const SEVERAL: &'static str;
    /// A line of the list.
    type Line: Serialize;
    /// One, whole.
    type Detail: Serialize;

    /// Their names, to find one by.
    fn groups(&self) -> &Groups<'_>;
    /// All of them.
    fn list(&self) -> Result<Vec<Self::Line>, IndexError>;
    /// One that was found.
    fn detail(&self, at: usize) -> Result<Self::Detail, IndexError>;
    /// Prints the list below its head.
    fn print_list(list: &[Self::Line], printer: &mut Printer) -> Result<(), Report>;
    /// Prints one.
    fn print_detail(detail: &Self::Detail, slug: &str, printer: &mut Printer) -> Result<(), Report>;
}

/// The JSON of the list, and of one: then the list has one entry.
#[derive(Debug, Serialize)]
struct ListReport<'a, T> {
    edition: &'a str,
    /// Published spellings of all names.
    spellings: usize,
    /// The list, by what it is of.
    #[serde(flatten)]
    list: BTreeMap<&'static str, Vec<T>>,
}

/// Lists all, or shows the one that is asked for.
pub(super) fn show<L: Listed>(
    all: &L,
    header: &Header,
    global: &Global,
    asked: &Named,
    printer: &mut Printer,
) -> Result<Outcome, Report> {
    let (edition, spellings) = (header.edition.slug.as_str(), all.groups().spellings());
    let Some(written) = asked.written() else {
        let list = all.list()?;
        let outcome = if list.is_empty() { Outcome::Nothing } else { Outcome::Done };
        if global.json {
            printer.json(&ListReport { edition, spellings, list: BTreeMap::from([(L::SEVERAL, list)]) })?;
        } else {
            let names = counted(list.len() as u64, L::ONE, L::SEVERAL);
            let spellings = counted(spellings as u64, "spelling", "spellings");
            printer.line_as(Role::Quiet, &format!("{names} in edition {edition}, published in {spellings}"))?;
            L::print_list(&list, printer)?;
        }
        return Ok(outcome);
    };
    let at = match settle(&written, L::ONE, edition, all.groups()) {
        Fit::One(at) => at,
        Fit::Unclear(outcome) => return Ok(outcome),
    };
    let detail = all.detail(at)?;
    if global.json {
        printer.json(&ListReport { edition, spellings, list: BTreeMap::from([(L::SEVERAL, vec![detail])]) })?;
    } else {
        L::print_detail(&detail, edition, printer)?;
        super::show::print_credit(header, printer)?;
    }
    Ok(Outcome::Done)
}

/// How many names are offered that are nearly what was written.
const OFFERED: usize = 3;

/// The names that have, of each word that is written, one that is spelled nearly so: those nearest first.
fn near_names<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted: Vec<String> = words(written).map(|word| word.folded).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let differing = |name: &str| -> Option<usize> {
        let has: Vec<String> = words(name).map(|word| word.folded).collect();
        wanted.iter().map(|word| has.iter().filter_map(|other| is_near(word, other)).min()).sum()
    };
    let mut near: Vec<(usize, &str)> = names.filter_map(|name| Some((differing(name)?, name))).collect();
    near.sort_unstable();
    near.into_iter().take(OFFERED).map(|(_, name)| name).collect()
}

/// Settles which of the names that fit is meant.
fn settle(written: &str, what: &str, slug: &str, names: &Groups<'_>) -> Fit {
    match names.find(written).as_slice() {
        [one] => Fit::One(*one),
        [] => {
            remark(&format!("no {what} of edition {slug} is named {written}; `outflow {what}s` lists them all"));
            for near in near_names(written, (0..names.len()).map(|at| names.name(at))) {
                remark(&format!("named nearly so: {near}"));
            }
            Fit::Unclear(Outcome::Nothing)
        }
        several => {
            remark(&format!("{written} fits {} {what}s, name one:", several.len()));
            for at in several.iter().take(LISTED) {
                remark(&format!("  {}", names.name(*at)));
            }
            if several.len() > LISTED {
                remark(&format!("  and {} more", several.len() - LISTED));
            }
            Fit::Unclear(Outcome::Code(super::FAILED))
        }
    }
}

/// A figure, or a dash where it is not published.
pub(super) fn figure(value: Option<u64>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}

/// Prints under which spellings a name is published.
pub(super) fn print_spellings(spellings: &[String], printer: &mut Printer) -> io::Result<()> {
    for spelling in spellings.iter().skip(1) {
        printer.block(0, &format!("also published as: {spelling}"))?;
    }
    Ok(())
}

/// Prints what came before and after: another body or dataset, and said to be so.
pub(super) fn print_links(
    what: &str,
    predecessors: &[LinkReport],
    successors: &[LinkReport],
    printer: &mut Printer,
) -> io::Result<()> {
    let before = predecessors.iter().map(|link| ("before it", link));
    for (when, link) in before.chain(successors.iter().map(|link| ("after it", link))) {
        printer.block(0, &report::link_told(what, when, link))?;
    }
    Ok(())
}
