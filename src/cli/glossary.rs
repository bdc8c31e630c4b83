//! `outflow glossary`: the words of the law and of the publisher, in plain English.

use clap::Args;
use color_eyre::eyre::Report;
use serde::Serialize;

use super::Outcome;
use super::arguments::Global;
use super::printer::{Printer, Role, remark};
use crate::glossary::{Term, glossary};

/// Arguments of `glossary`.
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// What to explain, such as `s261(2)(a)`, as it is written in the register; all terms unless said
    #[arg(value_name = "TERM")]
    pub(super) words: Vec<String>,
}

/// Columns before a meaning.
const INDENT: usize = 2;

#[derive(Debug, Serialize)]
struct GlossaryReport<'a> {
    terms: Vec<&'a Term>,
}

pub(super) fn run(global: &Global, asked: &Asked, printer: &mut Printer) -> Result<Outcome, Report> {
    let written = asked.words.join(" ");
    let terms = if asked.words.is_empty() { glossary().terms().iter().collect() } else { glossary().asked(&written) };
    let outcome = if terms.is_empty() { Outcome::Nothing } else { Outcome::Done };
    if global.json {
        printer.json(&GlossaryReport { terms })?;
        return Ok(outcome);
    }
    if terms.is_empty() {
        remark(&format!("\"{written}\" is not in the glossary; `outflow glossary` lists what is"));
    }
    for (number, term) in terms.iter().enumerate() {
        if number > 0 {
            printer.line("")?;
        }
        printer.line_as(Role::Strong, &term.name)?;
        if !term.written.is_empty() {
            printer.block(INDENT, &format!("also: {}", term.written.join(", ")))?;
        }
        printer.block(INDENT, &term.meaning)?;
        if let Some(unread) = &term.unread {
            printer.block(INDENT, &format!("Not read: {unread}"))?;
        }
        printer.block(INDENT, &format!("Source: {}", term.source.join("; ")))?;
    }
    Ok(outcome)
}
