//! Small charts beside the words of a row. What they show is said in words or figures too.

use super::spans::Pieces;
use crate::explorer::sheet::{ROWS_OF_BARS, RowOfMonths};
use crate::explorer::theme::{Characters, Role, Theme};
use crate::report::timeline::FilesByMonth;

/// Columns of the longest bar of a share.
const SHARE: usize = 16;

/// Parts of a column that a bar fills, from one on.
const EIGHTHS: [char; 8] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];

/// Columns left free on both sides of the months.
const MARGIN: usize = 2;

/// A bar as long as a figure is beside another, in so many columns always. What there is at all is seen.
pub(super) fn share(figure: usize, of: usize, theme: Theme) -> String {
    let parts: &[char] = match theme.characters {
        Characters::Unicode => &EIGHTHS,
        Characters::Ascii => &['#'],
    };
    let length = (figure * SHARE * parts.len()).div_ceil(of.max(1)).min(SHARE * parts.len());
    let full = parts.last().map_or(String::new(), |full| full.to_string().repeat(length / parts.len()));
    let rest = (length % parts.len()).checked_sub(1).and_then(|part| parts.get(part));
    let bar: String = full.chars().chain(rest.copied()).collect();
    format!("{bar:<SHARE$}")
}

/// A row of the files by month.
pub(super) fn months(
    pieces: &mut Pieces,
    months: Option<&FilesByMonth>,
    row: RowOfMonths,
    heading: &str,
    theme: Theme,
) {
    let columns = pieces.room().saturating_sub(2 * MARGIN);
    let drawn = months.map(|months| months.drawn(columns, ROWS_OF_BARS, theme.characters));
    match (row, drawn) {
        (RowOfMonths::Heading, drawn) => {
            pieces.push(Role::Heading, heading);
            if let Some(drawn) = drawn.filter(|drawn| !drawn.unit.is_empty()) {
                pieces.group(&[(Role::Quiet, "  "), (Role::Quiet, &drawn.unit)]);
            }
        }
        (_, None) => {}
        (RowOfMonths::Bars(row), Some(drawn)) => {
            pieces.gap(MARGIN);
            pieces.push(Role::Plain, drawn.bars.get(row).map_or("", String::as_str));
        }
        (RowOfMonths::Years, Some(drawn)) => {
            pieces.gap(MARGIN);
            pieces.push(Role::Quiet, &drawn.years);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explorer::theme::Colours;

    #[test]
    fn a_share_is_as_long_as_it_is_large_and_never_nothing() {
        let of = |characters| Theme { colours: Colours::None, characters };
        let bar = |figure, characters| share(figure, 1000, of(characters)).trim_end().to_owned();
        assert_eq!(bar(1000, Characters::Unicode), "█".repeat(16));
        assert_eq!(bar(500, Characters::Ascii), "#".repeat(8));
        assert_eq!((bar(1, Characters::Unicode), bar(1, Characters::Ascii)), ("▏".to_owned(), "#".to_owned()));
        assert_eq!(bar(0, Characters::Unicode), "");
        assert_eq!(share(1, 1000, of(Characters::Ascii)).len(), SHARE);
    }
}
