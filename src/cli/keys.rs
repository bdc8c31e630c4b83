//! `outflow keys`: the explorer's keys, from the one table of its actions.

use color_eyre::eyre::Report;
use serde::Serialize;

use super::Outcome;
use super::arguments::Global;
use super::printer::{Printer, Role, remark};
use crate::explorer::actions::{ACTIONS, groups};

/// Widths of the columns of names and keys.
const NAME: usize = 18;
const KEYS: usize = 28;

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
    let mut faults = Vec::new();
    let keymap = super::config::settings(global, &mut faults).keys;
    for fault in &faults {
        remark(fault);
    }
    if global.json {
        let actions = ACTIONS.iter().map(|entry| ActionReport {
            action: entry.name,
            group: entry.group,
            keys: keymap.of(entry.action).iter().map(ToString::to_string).collect(),
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
            // The name is what config.toml calls it.
            let label = format!("{:NAME$}{}", entry.name, keymap.all_named(entry.action));
            printer.labelled(&label, NAME + KEYS, entry.help)?;
        }
    }
    Ok(Outcome::Done)
}
