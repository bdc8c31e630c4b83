//! `outflow` alone: opens the explorer.

use color_eyre::eyre::Report;

use super::Outcome;
use super::arguments::Global;

pub(super) fn run(global: &Global) -> Result<Outcome, Report> {
    let _edition = super::open(global)?;
    Ok(Outcome::Done)
}
