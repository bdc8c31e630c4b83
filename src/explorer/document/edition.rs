//! The edition as a whole, in figures.

use super::{Builder, Document, Kind};
use crate::explorer::sheet::counted;
use crate::index::{Header, LastWord, Marker};
use crate::register::Wording;
use crate::report;

impl Document {
    /// The edition in figures, and the files that it was read from.
    pub fn of_edition(header: &Header) -> Self {
        let marker = Marker::new("", LastWord::Whole);
        let mut builder = Builder { marker: &marker, blocks: Vec::new() };
        let (edition, counts) = (&header.edition, &header.counts);
        builder.push(Kind::Title, 0, edition.title.as_deref().unwrap_or(&edition.slug));
        builder.push(Kind::Plain, 0, format!("edition {}", edition.slug));
        if edition.wording == Wording::Summary {
            builder.push(Kind::Quiet, 0, report::SUMMARY_NOTICE);
        }
        builder.heading("In figures".to_owned());
        let figures = [
            ("Projects", counts.projects as u64),
            ("Versions", counts.versions as u64),
            ("Organisations", counts.organisations as u64),
            ("Datasets", counts.datasets as u64),
            ("Files sent", counts.files),
            ("Identifiable", counts.identifiable_files),
            ("Access", counts.system_access),
            ("Applied", counts.opt_outs.applied),
            ("Not applied", counts.opt_outs.not_applied),
            ("Not stated", counts.opt_outs.not_stated),
        ];
        for (label, figure) in figures {
            let about = match label {
                "Identifiable" => " files that the register calls so",
                "Organisations" => " names of applicants and recipients as published, each spelling by itself",
                "Datasets" => " names as published, each spelling by itself",
                "Access" => " rows of access to a remote system",
                "Applied" | "Not applied" | "Not stated" => " rows, by what they say of opt-outs",
                _ => "",
            };
            builder.labelled(label, format!("{figure}{about}"));
        }
        let found: usize = header.tallies.iter().map(|tally| tally.findings).sum();
        builder.labelled("Concerns", counted(found, "finding", "findings"));
        builder.heading("Read from".to_owned());
        for source in &header.sources {
            builder.push(Kind::Plain, 0, &source.file);
            builder.push(Kind::Quiet, 0, format!("SHA-256 {}", source.sha256));
        }
        for note in &header.notes {
            builder.heading(note.title.clone());
            note.lines.iter().for_each(|line| builder.push(Kind::Plain, 0, line));
        }
        Self::told(edition.slug.clone(), builder.blocks, None)
    }
}
