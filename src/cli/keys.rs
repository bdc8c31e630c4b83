//! `outflow keys`: the explorer's keys, from the one table of its actions.

use color_eyre::eyre::Report;
use serde::Serialize;

use super::Outcome;
use super::arguments::Global;
use super::printer::{Printer, Role};
use crate::explorer::actions::{ACTIONS, groups};

/// Width of the column of keys.
const KEYS: usize = 22;

#[derive(Debug, Serialize)]
struct KeysReport {
    actions: Vec<ActionReport>,
}

#[derive(Debug, Serialize)]
struct ActionReport {
    action: &'static str,
    group: &'static str,
    keys: Vec<String>,
    help: &'static str,
}

pub(super) fn run(global: &Global, printer: &mut Printer) -> Result<Outcome, Report> {
    if global.json {
        let actions = ACTIONS.iter().map(|entry| ActionReport {
            action: entry.name,
            group: entry.group,
            keys: entry.chords.iter().map(ToString::to_string).collect(),
            help: entry.help,
        });
        printer.json(&KeysReport { actions: actions.collect() })?;
        return Ok(Outcome::Done);
    }
    for (number, (group, entries)) in groups().into_iter().enumerate() {
        if number > 0 {
            printer.line("")?;
        }
        printer.line_as(Role::Strong, group)?;
        for entry in entries {
            let keys: Vec<String> = entry.chords.iter().map(ToString::to_string).collect();
            printer.labelled(&keys.join(", "), KEYS, entry.help)?;
        }
    }
    Ok(Outcome::Done)
}
