//! `outflow keys`: the explorer's keys, from the one table of its actions.

use color_eyre::eyre::Report;

use super::Outcome;
use super::arguments::Global;
use super::printer::Printer;

pub(super) fn run(_global: &Global, printer: &mut Printer) -> Result<Outcome, Report> {
    printer.line("to come")?;
    Ok(Outcome::Done)
}
