//! `outflow request`: drafts a request for information about one agreement. Nothing is sent.

use clap::Args;
use color_eyre::eyre::{Report, eyre};
use serde::Serialize;

use super::Outcome;
use super::arguments::Global;
use super::printer::{Printer, remark};
use crate::library::Draft;
use crate::report::{self, InformationRequest};

/// Arguments of `request`.
#[derive(Debug, Args)]
pub(super) struct Ask {
    /// The project's reference, in any case, with or without DARS- and -vN.N
    #[arg(value_name = "REFERENCE")]
    pub(super) reference: String,
    /// Print the web address at which the letter stands filled in instead
    #[arg(long)]
    pub(super) address: bool,
}

/// The JSON of a draft.
#[derive(Debug, Serialize)]
struct DraftReport {
    reference: String,
    title: String,
    letter: String,
    address: String,
    /// Other agreements for which a request was drafted within the days in which an authority may count them together.
    others: Vec<Draft>,
}

pub(super) fn run(global: &Global, asked: &Ask, printer: &mut Printer) -> Result<Outcome, Report> {
    let edition = super::open(global)?;
    let index = &edition.index;
    let Some(id) = super::show::find(global, index, &asked.reference)? else { return Ok(Outcome::Nothing) };
    let record = index.record(id)?;
    let Some(request) = InformationRequest::new(index.header(), &record) else {
        return Err(eyre!("the entry of {} holds no version; import the edition again", asked.reference));
    };
    let reference = record.project.reference;
    let others = others(global, &reference);
    if global.json {
        let address = request.address();
        let InformationRequest { title, letter } = request;
        printer.json(&DraftReport { reference, title, letter, address, others })?;
    } else if asked.address {
        printer.line(&request.address())?;
    } else {
        printer.line(&request.title)?;
        printer.line("")?;
        printer.block(0, request.letter.trim_end())?;
    }
    Ok(Outcome::Done)
}

/// Keeps that this one was drafted, warns of the others, and says which they are. The letter is printed whatever becomes of that.
fn others(global: &Global, reference: &str) -> Vec<Draft> {
    let Some(today) = report::today() else { return Vec::new() };
    let kept = super::own(global).and_then(|own| own.add_draft(reference, today));
    let others = kept.unwrap_or_else(|error| {
        remark(&format!("that this was drafted is not kept, and other drafts are not known: {error}"));
        Vec::new()
    });
    if !others.is_empty() {
        let named: Vec<&str> = others.iter().map(|draft| draft.reference.as_str()).collect();
        remark(&format!(
            "Warning: you drafted requests about other agreements lately ({}). Requests about similar information that one person, \
             or several in one campaign, send to an authority within 60 working days may be counted together, and refused where \
             they cost more than the limit (section 12 of the Act; regulation 5 of S.I. 2004/3244). Send one, and wait for its \
             answer.",
            named.join(", ")
        ));
    }
    others
}
