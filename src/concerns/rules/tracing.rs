//! `tracing-requests`: how many requests to trace people an edition counts, and by whom.

use crate::register::{Note, Register};
use crate::text::fold;

use super::super::{EditionFinding, RuleId, rule};

/// How a note of these counts begins, folded.
const TITLE: &str = "tracing requests";

/// The column that sums the others, folded.
const TOTAL: &str = "total";

/// One line of the table: what is counted, and the count of each body.
struct Line<'a> {
    label: String,
    bodies: Vec<(&'a str, u64)>,
    total: u64,
}

impl<'a> Line<'a> {
    /// Reads `Rejected: Police 52, NCA 0, Total 52`. A line whose parts are no figures, or whose total is not their sum,
    /// is none: it can be a sentence, or say something else than it seems to.
    fn of(line: &'a str) -> Option<Self> {
        let (label, figures) = line.split_once(": ")?;
        let mut bodies = Vec::new();
        let mut total = None;
        for figure in figures.split(", ") {
            let (name, number) = figure.rsplit_once(' ')?;
            let number: u64 = number.replace(',', "").parse().ok()?;
            if fold(name) == TOTAL {
                total = Some(number);
            } else {
                bodies.push((name.trim(), number));
            }
        }
        let sum = bodies.iter().try_fold(0_u64, |sum, (_, number)| sum.checked_add(*number))?;
        (!bodies.is_empty() && total.is_none_or(|total| total == sum)).then(|| Self {
            label: fold(label),
            bodies,
            total: sum,
        })
    }

    /// `Home Office 1,775, NCA 123`: the most first, without those of none.
    fn by_body(&self) -> String {
        let mut bodies: Vec<&(&str, u64)> = self.bodies.iter().filter(|(_, number)| *number > 0).collect();
        bodies.sort_by_key(|(_, number)| std::cmp::Reverse(*number));
        bodies.iter().map(|(name, number)| format!("{name} {}", grouped(*number))).collect::<Vec<_>>().join(", ")
    }

    fn counts_requests(&self) -> bool {
        ["receipt", "request", "received"].iter().any(|word| self.label.contains(word))
    }

    fn counts_traces(&self) -> bool {
        self.label.contains("trace") && !self.label.contains("no trace") && !self.label.contains("not trace")
    }
}

/// A finding for each sheet of such counts.
pub(super) fn findings(register: &Register) -> Vec<EditionFinding> {
    let notes = register.notes.iter().filter(|note| fold(&note.title).starts_with(TITLE));
    notes.map(|note| finding(register, note)).collect()
}

fn finding(register: &Register, note: &Note) -> EditionFinding {
    let lines: Vec<Line<'_>> = note.lines.iter().filter_map(|line| Line::of(line)).collect();
    let file = register.source(&note.place).map(|source| format!(" of {}", source.file)).unwrap_or_default();
    let at = format!("{}{file}", note.place.position);
    let statement = match lines.iter().find(|line| line.counts_requests()) {
        Some(requests) => {
            let traces = lines.iter().find(|line| line.counts_traces() && !line.counts_requests());
            let led = traces
                .map(|traces| format!("; {} of them led to a person ({})", grouped(traces.total), traces.by_body()));
            format!(
                "The edition counts {} requests to trace people, by body: {}{} ({at}).",
                grouped(requests.total),
                requests.by_body(),
                led.unwrap_or_default(),
            )
        }
        None => format!("The edition counts requests to trace people; the counts stand in its own words ({at})."),
    };
    EditionFinding {
        rule: RuleId::TracingRequests,
        statement,
        caveat: rule(RuleId::TracingRequests).caveat.to_owned(),
        references: Vec::new(),
    }
}

/// A number with a comma before each three figures: `1,775`.
fn grouped(number: u64) -> String {
    let figures = number.to_string();
    let mut grouped = String::new();
    for (at, figure) in figures.chars().enumerate() {
        if at > 0 && (figures.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(figure);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_figures_is_told_from_a_sentence() {
        let line =
            Line::of("Total Receipts Processed: Police 70, Home Office 1,775, NHS Protect 0, Total 1845").unwrap();
        assert_eq!((line.total, line.by_body().as_str()), (1845, "Home Office 1,775, Police 70"));
        assert!(line.counts_requests() && !line.counts_traces());
        for other in [
            "Rejected: requests to the office are rejected where the procedure was not followed",
            "Approved: Police 3, Total 4",
            "Explanation of terms:",
            "Approved: Police",
            "",
        ] {
            assert!(Line::of(other).is_none(), "{other}");
        }
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!([0, 22, 1775, 1_002_003].map(grouped), ["0", "22", "1,775", "1,002,003"]);
    }
}
