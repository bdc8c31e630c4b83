//! A request for information about one agreement, under the Freedom of Information Act 2000: a letter that names the entry as it
//! is published, and asks for what the entry speaks of and does not show.

use std::fmt::Write;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{AnswerReport, ProjectReport, organisation_shown};
use crate::concerns;
use crate::index::{Header, Record};
use crate::register::{Date, Repeated};
use crate::text::{fold, safe};

/// Where a letter can be filled in on the web. The site's software takes a title and a letter in the address of a new request
/// (alaveteli.org/docs/developers/api, "Starting new requests programmatically").
const NEW_REQUEST: &str = "https://www.whatdotheyknow.com/new/nhs_england";

/// A letter that is drafted, and not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InformationRequest {
    /// What it is about, in a line.
    pub title: String,
    /// The letter, in lines.
    pub letter: String,
}

impl InformationRequest {
    /// Drafts a request about a project's latest version; `None` for a project without versions, which no import makes.
    pub fn new(header: &Header, record: &Record) -> Option<Self> {
        let project = ProjectReport::new(header, record)?;
        let latest = record.project.latest()?;
        let source = header.sources.get(latest.place.source);
        let file_date = source.and_then(|source| source.date);
        let mut letter = String::from("Dear NHS England,\n\n");
        letter.push_str(
            "Under the Freedom of Information Act 2000 I ask for information about one data sharing agreement that your \
             register lists:\n\n",
        );
        line(&mut letter, "Reference", Some(latest.reference.as_str()));
        line(&mut letter, "Title", project.title.as_deref());
        line(&mut letter, "Organisation", Some(organisation_shown(&project.organisation)));
        let [start, end] = [latest.term.start, latest.term.end].map(|date| date.map(|date| date.to_string()));
        line(&mut letter, "Start as published", start.as_deref());
        line(&mut letter, "End as published", end.as_deref());
        let place = project.source.as_ref().map(|source| format!("{}, {}", source.file, source.place));
        line(&mut letter, "Published in", place.as_deref());
        letter.push_str("\nPlease send me:\n\n");
        for (number, part) in parts(&project, latest.term.end, file_date).into_iter().enumerate() {
            let _ = writeln!(letter, "{}. {part}", number + 1);
        }
        letter.push_str(
            "\nWhere any of this is published, a link to it is enough. Where you withhold a part, please say which and why, and \
             send the rest. I would like the answer in electronic form.\n\nYours faithfully,\n",
        );
        let title = format!("Data sharing agreement {}", safe(&latest.reference));
        Some(Self { title, letter })
    }

    /// The address at which the letter stands filled in, to be read once more, signed and sent by a person.
    pub fn address(&self) -> String {
        let [title, letter] = [&self.title, &self.letter].map(|text| utf8_percent_encode(text, NON_ALPHANUMERIC));
        format!("{NEW_REQUEST}?title={title}&default_letter={letter}")
    }
}

fn line(letter: &mut String, label: &str, value: Option<&str>) {
    if let Some(value) = value {
        let _ = writeln!(letter, "{label}: {}", safe(value));
    }
}

/// What is asked for: of what an entry does not speak, nothing.
fn parts(project: &ProjectReport, end: Option<Date>, file_date: Option<Date>) -> Vec<String> {
    let mut parts = vec!["The agreement itself, with its annexes and all amendments.".to_owned()];
    if names_section_251(project) {
        parts.push(
            "The letter or letters by which support under section 251 of the NHS Act 2006 was given for it, and the advice of \
             the Confidentiality Advisory Group."
                .to_owned(),
        );
    }
    if let Some(end) = end.filter(|end| file_date.is_some_and(|date| end.last_day() < date.first_day())) {
        parts.push(format!(
            "As its term ended on {end}: the certificate that the data was destroyed, or what was agreed about keeping it."
        ));
    }
    if matches!(project.sublicensing, AnswerReport::Plain(true) | AnswerReport::Mixed(_)) {
        parts.push("The names of all to whom data was sublicensed under it, and for what purposes.".to_owned());
    }
    parts.push("Any report of an audit of the organisation that covers this agreement.".to_owned());
    parts
}

/// Whether any field that tells on what basis data may be shared names section 251.
fn names_section_251(project: &ProjectReport) -> bool {
    let of_datasets = project.datasets.iter().flat_map(|dataset| [&dataset.legal_basis, &dataset.confidentiality]);
    let named = project.legal_bases.iter().map(String::as_str).chain(of_datasets.flatten().map(Repeated::as_str));
    named.map(fold).any(|basis| concerns::names_section_251(&basis))
}
