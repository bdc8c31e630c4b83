//! A redline in two columns: on the left what stood before, on the right what stands now, paragraph beside paragraph.

use super::{Piece, PieceKind, piece, shown, sign_length};
use crate::changes::Passage;
use crate::text;

/// A row of two columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The paragraphs that stood there before; none where all of it is new.
    pub before: Vec<Vec<Piece>>,
    /// Those that stand there now; none where all of it was taken out.
    pub after: Vec<Vec<Piece>>,
}

/// A paragraph as it is shown, with what became of each piece.
pub type Shown = Vec<(PieceKind, String)>;

impl Row {
    /// Words of the program, or of a register, that stand beside each other.
    pub fn of(before: impl Into<String>, after: impl Into<String>) -> Self {
        let column = |text: String| vec![vec![piece(PieceKind::Same, text)]];
        Self { before: column(before.into()), after: column(after.into()) }
    }

    /// A line in which words were taken out and put in.
    pub(super) fn of_line(pieces: &[Piece]) -> Self {
        let kept = |kind| pieces.iter().filter(|piece| piece.kind != kind).cloned().collect::<Vec<_>>();
        let column = |pieces: Vec<Piece>| if pieces.is_empty() { Vec::new() } else { vec![pieces] };
        Self { before: column(kept(PieceKind::Added)), after: column(kept(PieceKind::Removed)) }
    }

    /// Both columns as they are shown: what was taken out as `[-words-]` on the left, what was put in as `{+words+}` on the
    /// right, with the same number of signs.
    pub fn shown(&self) -> (Vec<Shown>, Vec<Shown>) {
        let pieces = || self.before.iter().chain(&self.after).flatten();
        let length = sign_length(pieces);
        let column = |paragraphs: &[Vec<Piece>]| {
            let shown = |pieces: &Vec<Piece>| pieces.iter().map(|piece| (piece.kind, shown(piece, length))).collect();
            paragraphs.iter().map(shown).collect()
        };
        (column(&self.before), column(&self.after))
    }
}

/// A passage in rows. A paragraph that stands in both texts stands beside itself, however it was changed; of those that stand
/// in one text only, what was taken out stands beside what came in its place.
pub(super) fn rows(passage: &Passage) -> Vec<Row> {
    let mut sides = Sides::default();
    if passage.is_cut_before {
        sides.both("[...] ", "[...] ");
    }
    for part in &passage.pieces {
        match part.kind {
            PieceKind::Same if part.was.is_empty() => sides.both(&part.text, &part.text),
            PieceKind::Same => sides.both(&part.was, &part.text),
            PieceKind::Removed => sides.one(PieceKind::Removed, &part.text),
            PieceKind::Added => sides.one(PieceKind::Added, &part.text),
        }
    }
    if passage.is_cut_after {
        sides.both("[...]", "[...]");
    }
    beside_each_other(sides.finish())
}

/// Rows that are being made.
#[derive(Default)]
struct Sides {
    rows: Vec<Row>,
    before: Column,
    after: Column,
}

/// A column of the row that is being made.
#[derive(Default)]
struct Column {
    paragraphs: Vec<Vec<Piece>>,
    /// Whether the last paragraph goes on.
    goes_on: bool,
}

impl Column {
    fn add(&mut self, kind: PieceKind, line: &str) {
        if line.is_empty() || (!self.goes_on && line.trim().is_empty()) {
            return;
        }
        if !self.goes_on {
            self.paragraphs.push(Vec::new());
            self.goes_on = true;
        }
        if let Some(last) = self.paragraphs.last_mut() {
            last.push(piece(kind, line));
        }
    }

    fn lines(&mut self, kind: PieceKind, text: &str) {
        for (number, line) in text::lines(text).enumerate() {
            self.goes_on &= number == 0;
            self.add(kind, line);
        }
    }
}

impl Sides {
    /// Words that stand in both texts, as each has them.
    fn both(&mut self, was: &str, is: &str) {
        if text::lines(was).count() != text::lines(is).count() {
            // Typography: one has a line end where the other has a space.
            self.before.lines(PieceKind::Same, was);
            self.after.lines(PieceKind::Same, is);
            return;
        }
        for (number, (was, is)) in text::lines(was).zip(text::lines(is)).enumerate() {
            if number > 0 {
                (self.before.goes_on, self.after.goes_on) = (false, false);
                self.close();
            }
            self.before.add(PieceKind::Same, was);
            self.after.add(PieceKind::Same, is);
        }
    }

    /// Words that stand in one text only.
    fn one(&mut self, kind: PieceKind, words: &str) {
        for (number, line) in text::lines(words).enumerate() {
            if number > 0 {
                self.column(kind).goes_on = false;
                self.close();
            }
            self.column(kind).add(kind, line);
        }
    }

    fn column(&mut self, kind: PieceKind) -> &mut Column {
        if kind == PieceKind::Removed { &mut self.before } else { &mut self.after }
    }

    /// Ends the row, where no paragraph goes on.
    fn close(&mut self) {
        let is_empty = self.before.paragraphs.is_empty() && self.after.paragraphs.is_empty();
        if is_empty || self.before.goes_on || self.after.goes_on {
            return;
        }
        let (before, after) = (std::mem::take(&mut self.before), std::mem::take(&mut self.after));
        self.rows.push(Row { before: before.paragraphs, after: after.paragraphs });
    }

    fn finish(mut self) -> Vec<Row> {
        (self.before.goes_on, self.after.goes_on) = (false, false);
        self.close();
        self.rows
    }
}

/// What was taken out beside what was put in at the same place, one by one.
fn beside_each_other(rows: Vec<Row>) -> Vec<Row> {
    let mut told: Vec<Row> = Vec::new();
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let pair = |before: &mut Vec<_>, after: &mut Vec<_>, told: &mut Vec<Row>| {
        let count = before.len().max(after.len());
        before.resize_with(count, Vec::new);
        after.resize_with(count, Vec::new);
        told.extend(before.drain(..).zip(after.drain(..)).map(|(before, after)| Row { before, after }));
    };
    for row in rows {
        match (row.before.is_empty(), row.after.is_empty()) {
            (true, _) => after.push(row.after),
            (_, true) => before.push(row.before),
            (false, false) => {
                pair(&mut before, &mut after, &mut told);
                told.push(row);
            }
        }
    }
    pair(&mut before, &mut after, &mut told);
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::changes::{passages, redline};

    /// Each row as its two columns, paragraphs parted by a slash.
    fn told(before: &str, after: &str) -> Vec<(String, String)> {
        let column = |paragraphs: Vec<Shown>| {
            let paragraph =
                |shown: Shown| shown.into_iter().map(|(_, text)| text).collect::<String>().trim().to_owned();
            paragraphs.into_iter().map(paragraph).collect::<Vec<_>>().join(" / ")
        };
        let rows = passages(redline(before, after)).iter().flat_map(rows).collect::<Vec<_>>();
        rows.iter().map(Row::shown).map(|(before, after)| (column(before), column(after))).collect()
    }

    fn row(before: &str, after: &str) -> (String, String) {
        (before.to_owned(), after.to_owned())
    }

    #[test]
    fn a_paragraph_stands_beside_itself() {
        let before = "We count beds.\nThe data is kept for a year.\nNobody else gets it.";
        let after = "We count all beds.\nThe data is kept for a year.\nNobody else gets it at all.";
        assert_eq!(
            told(before, after),
            [
                row("We count beds.", "We count {+all+} beds."),
                row("The data is kept for a year.", "The data is kept for a year."),
                row("Nobody else gets it.", "Nobody else gets it {+at all+}."),
            ]
        );
    }

    #[test]
    fn what_is_new_stands_beside_nothing_or_beside_what_it_took_the_place_of() {
        let (first, last) = ("We count beds.", "Nobody else gets it.");
        assert_eq!(
            told(&format!("{first}\n{last}"), &format!("{first}\nWards too.\nAnd nurses.\n{last}")),
            [row(first, first), row("", "{+Wards too.+}"), row("", "{+And nurses.+}"), row(last, last)]
        );
        assert_eq!(
            told(&format!("{first}\nA drug firm pays.\n{last}"), &format!("{first}\nWards too.\nAnd nurses.\n{last}")),
            [
                row(first, first),
                row("[-A drug firm pays.-]", "{+Wards too.+}"),
                row("", "{+And nurses.+}"),
                row(last, last),
            ]
        );
        assert_eq!(told("", "All of it."), [row("", "{+All of it.+}")]);
    }

    #[test]
    fn paragraphs_that_were_joined_stand_beside_the_one_that_they_became() {
        let piece = |kind, text: &str| Piece { kind, text: text.to_owned(), was: String::new() };
        let pieces = vec![
            piece(PieceKind::Same, "We count beds of "),
            piece(PieceKind::Removed, "many\nother "),
            piece(PieceKind::Same, "wards.\nTwice."),
        ];
        let rows = rows(&Passage { pieces, ..Passage::default() });
        let column = |paragraphs: Vec<Shown>| -> Vec<String> {
            paragraphs.into_iter().map(|shown| shown.into_iter().map(|(_, text)| text).collect()).collect()
        };
        let told = rows.iter().map(Row::shown).map(|(before, after)| (column(before), column(after)));
        let told: Vec<(String, String)> = told.map(|(before, after)| (before.join(" / "), after.join(" / "))).collect();
        assert_eq!(
            told,
            [row("We count beds of [-many-] / [-other-] wards.", "We count beds of wards."), row("Twice.", "Twice.")]
        );
    }

    proptest::proptest! {
        #[test]
        fn both_columns_hold_all_of_their_texts_in_order(before in "[a-d \n.,]{0,60}", after in "[a-d \n.,]{0,60}") {
            let words = |text: &str| text.split_whitespace().collect::<String>();
            let column = |paragraphs: &[Vec<Piece>]| {
                paragraphs.iter().flatten().map(|piece| words(&piece.text)).collect::<String>()
            };
            for passage in passages(redline(&before, &after)) {
                let passage = Passage { is_cut_before: false, is_cut_after: false, ..passage };
                let rows = rows(&passage);
                let old: String = rows.iter().map(|row| column(&row.before)).collect();
                let new: String = rows.iter().map(|row| column(&row.after)).collect();
                proptest::prop_assert_eq!(old, words(&passage.before()));
                proptest::prop_assert_eq!(new, words(&passage.after()));
            }
        }
    }
}
