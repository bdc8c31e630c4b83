//! What `outflow organisations` and `outflow datasets` have in common.

use std::borrow::Cow;
use std::io;

use super::Outcome;
use super::arguments::Global;
use super::printer::remark;
use crate::library;
use crate::names::Names;
use crate::report::{LinkReport, SentReport};

/// The most names that are listed where a name fits several.
const LISTED: usize = 40;

/// Which name is asked for.
pub(super) enum Fit {
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

/// Settles which of the names that fit is meant.
pub(super) fn settle<'a>(
    written: &str,
    what: &str,
    slug: &str,
    found: &[usize],
    name: impl Fn(usize) -> &'a str,
) -> Fit {
    match found {
        [one] => Fit::One(*one),
        [] => {
            remark(&format!("no {what} of edition {slug} is named {written}; `outflow {what}s` lists them all"));
            Fit::Unclear(Outcome::Nothing)
        }
        several => {
            remark(&format!("{written} fits {} {what}s, name one:", several.len()));
            for at in several.iter().take(LISTED) {
                remark(&format!("  {}", name(*at)));
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

/// The first and last month, as far as they are published.
pub(super) fn months(sent: &SentReport) -> String {
    match (sent.first, sent.last) {
        (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
        (first, last) => first.or(last).map(|month| month.to_string()).unwrap_or_default(),
    }
}

/// What was sent, in words.
pub(super) fn sent(sent: &SentReport) -> String {
    let mut parts = match (sent.files, sent.opt_outs_applied, sent.opt_outs_not_applied) {
        (None, ..) => vec!["how many files were sent is not published by project".to_owned()],
        (Some(0), ..) => vec!["no file recorded".to_owned()],
        (Some(files), Some(applied), Some(not_applied)) => {
            let mut parts = vec![
                counted(files, "file", "files"),
                format!("opt-outs applied to {applied}"),
                format!("not applied to {not_applied}"),
            ];
            parts.extend(
                sent.opt_outs_not_stated.filter(|count| *count > 0).map(|count| format!("not stated for {count}")),
            );
            parts
        }
        (Some(files), ..) => vec![counted(files, "file", "files")],
    };
    if sent.system_access > 0 {
        parts.push(counted(
            sent.system_access,
            "row of access to a remote system",
            "rows of access to a remote system",
        ));
    }
    let months = months(sent);
    if !months.is_empty() {
        parts.push(months);
    }
    parts.join(", ")
}

/// `1 file`, `2 files`.
pub(super) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Spellings beside the one that is shown: ` (2 spellings)`.
pub(super) fn more_spellings(spellings: &[String]) -> String {
    if spellings.len() > 1 { format!("  ({} spellings)", spellings.len()) } else { String::new() }
}

/// Prints under which spellings a name is published.
pub(super) fn print_spellings(spellings: &[String], printer: &mut super::Printer) -> io::Result<()> {
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
    printer: &mut super::Printer,
) -> io::Result<()> {
    let before = predecessors.iter().map(|link| ("before it", link));
    for (when, link) in before.chain(successors.iter().map(|link| ("after it", link))) {
        let here = match &link.in_edition {
            Some(name) => format!("in this edition as {name}"),
            None => "not in this edition".to_owned(),
        };
        let LinkReport { link, .. } = link;
        printer.block(0, &format!("{when}, another {what}: {} ({}; {}; {here})", link.name, link.date, link.reason))?;
    }
    Ok(())
}
