//! Charts as pictures that stand inside a page: shapes and words, and nothing that is fetched or run.

use std::fmt::Write;

use super::{MonthReport, Summary};

/// The size of a chart, in its own units.
const WIDTH: usize = 720;
const HEIGHT: usize = 160;

/// Room below the bars for the months.
const FOOT: usize = 18;

/// What the bars of weights leave for names and numbers, and the height of one.
const NAMES: usize = 70;
const NUMBERS: usize = 90;
const BAR: usize = 26;

/// Files by month, from the first to the last, months without one among them; nothing where no month is told.
pub(super) fn months(months: &[MonthReport]) -> String {
    let (Some(first), Some(last)) = (months.first(), months.last()) else { return String::new() };
    let count = usize::try_from(last.month.months_since(first.month)).unwrap_or_default() + 1;
    let peak = months.iter().map(|month| month.files).max().unwrap_or(1).max(1);
    let most = months.iter().find(|month| month.files == peak).unwrap_or(first);
    let span = format!("{} to {}", first.month, last.month);
    let said = format!("Files by month, {span}. Most in {}: {}.", most.month, most.files);
    let mut chart = opening(HEIGHT + FOOT, &said);
    for MonthReport { month, files } in months {
        let at = usize::try_from(month.months_since(first.month)).unwrap_or_default();
        let (left, right) = (at * WIDTH / count, (at + 1) * WIDTH / count);
        let width = (right - left).saturating_sub(1).max(1);
        let height = (files * HEIGHT).div_ceil(peak);
        let top = HEIGHT - height;
        let _ = write!(
            chart,
            "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"><title>{month}: {files}</title></rect>"
        );
    }
    let foot = HEIGHT + FOOT - 4;
    let _ = write!(
        chart,
        "<text x=\"0\" y=\"{foot}\">{}</text><text x=\"{WIDTH}\" y=\"{foot}\" text-anchor=\"end\">{}</text>",
        first.month, last.month
    );
    chart + &closing(&said)
}

/// Concerns by weight, each bar with its name and number.
pub(super) fn weights(summary: &Summary) -> String {
    let concerns = &summary.concerns;
    let bars = [("high", concerns.high), ("medium", concerns.medium), ("note", concerns.note)];
    let peak = bars.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
    let said = format!("Concerns: {} high, {} medium, {} notes.", concerns.high, concerns.medium, concerns.note);
    let mut chart = opening(bars.len() * BAR, &said);
    for (row, (name, count)) in bars.into_iter().enumerate() {
        let (top, length) = (row * BAR, (count * (WIDTH - NAMES - NUMBERS)).div_ceil(peak));
        let (line, height, behind) = (top + BAR - 11, BAR - 6, NAMES + length + 6);
        let _ = write!(
            chart,
            "<text x=\"0\" y=\"{line}\">{name}</text>\
             <rect x=\"{NAMES}\" y=\"{top}\" width=\"{length}\" height=\"{height}\"/>\
             <text x=\"{behind}\" y=\"{line}\">{count}</text>"
        );
    }
    chart + &closing(&said)
}

/// How a chart begins; what it shows is said in words, for whoever does not see it.
fn opening(height: usize, said: &str) -> String {
    format!("<figure><svg role=\"img\" viewBox=\"0 0 {WIDTH} {height}\" aria-label=\"{said}\"><title>{said}</title>")
}

fn closing(said: &str) -> String {
    format!("</svg><figcaption>{said}</figcaption></figure>")
}
