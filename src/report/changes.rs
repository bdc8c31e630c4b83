//! Changes as lines that are read, the same on the screen and in print: what was taken out and what was put in.

mod sides;

pub use sides::{Row, Shown};

use crate::changes::{
    Change, Compared, FieldChange, Passage, Piece, PieceKind, Role, SharedChange, VersionChange, passages, redline,
};
use crate::register::{Date, Release, Repeated};
use crate::text::{self, CELLS};

/// The most references that are named of a change that many entries share.
const NAMED: usize = 60;

/// The most rows of files that are shown one by one.
const ROWS: usize = 20;

/// A line of a report on changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeLine {
    /// What it is.
    pub kind: LineKind,
    /// How far it stands in, in steps.
    pub depth: u16,
    /// What it says; only words of a register are removed or added.
    pub pieces: Vec<Piece>,
    /// What stands in its place where there is room for two columns; none where it is the same there. A passage has its rows
    /// in its first line, and none in the others.
    pub rows: Option<Vec<Row>>,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// A heading.
    Heading,
    /// What the lines below are about.
    Name,
    /// Plain text.
    Plain,
    /// Something beside the point.
    Quiet,
}

impl ChangeLine {
    /// A line in the program's words, or in words of a register that did not change.
    pub fn new(kind: LineKind, depth: u16, text: impl Into<String>) -> Self {
        Self { kind, depth, pieces: vec![piece(PieceKind::Same, text)], rows: None }
    }

    /// The same, which is told otherwise in two columns.
    #[must_use]
    pub fn in_rows(self, rows: Vec<Row>) -> Self {
        Self { rows: Some(rows), ..self }
    }

    /// A line in which words were taken out or put in.
    fn of(depth: u16, pieces: Vec<Piece>) -> Self {
        let rows = Some(vec![Row::of_line(&pieces)]);
        Self { kind: LineKind::Plain, depth, pieces, rows }
    }

    /// The line as plain text: removed words as `[-words-]`, added ones as `{+words+}`, so that nothing rests on colour.
    pub fn text(&self) -> String {
        self.shown().map(|(_, text)| text).collect()
    }

    /// The pieces as they are shown. Where the register's own words hold such marks, longer ones are used: `[--words--]`.
    pub fn shown(&self) -> impl Iterator<Item = (PieceKind, String)> + '_ {
        let length = sign_length(|| self.pieces.iter());
        self.pieces.iter().map(move |piece| (piece.kind, shown(piece, length)))
    }
}

/// How many signs a mark needs, so that none of the register's own is taken for one.
fn sign_length<'a, I: Iterator<Item = &'a Piece>>(pieces: impl Fn() -> I) -> usize {
    let is_used = |mark: &str| pieces().any(|piece| piece.text.contains(mark));
    let clashes = |length: usize| {
        let (minus, plus) = ("-".repeat(length), "+".repeat(length));
        let marks = [format!("[{minus}"), format!("{minus}]"), format!("{{{plus}"), format!("{plus}}}")];
        marks.iter().any(|mark| is_used(mark))
    };
    let mut length = 1;
    while clashes(length) {
        length += 1;
    }
    length
}

/// A piece as it is shown, with marks of so many signs.
fn shown(piece: &Piece, length: usize) -> String {
    let (minus, plus) = ("-".repeat(length), "+".repeat(length));
    match piece.kind {
        PieceKind::Same => piece.text.clone(),
        PieceKind::Removed => marked(&format!("[{minus}"), &piece.text, &format!("{minus}]")),
        PieceKind::Added => marked(&format!("{{{plus}"), &piece.text, &format!("{plus}}}")),
    }
}

/// The white space at the end stands outside the mark, where lines can break.
fn marked(open: &str, text: &str, close: &str) -> String {
    let words = text.trim_end();
    format!("{open}{words}{close}{}", &text[words.len()..])
}

/// What became of a version, whole.
pub fn version_change(change: &VersionChange) -> Vec<ChangeLine> {
    let mut lines = head(change);
    match &change.change {
        Change::Added => lines.push(plain(1, "not in the earlier edition")),
        Change::Withdrawn => lines.push(plain(1, "no longer listed; the earlier edition holds its words")),
        Change::EntryAdded => {
            lines.push(plain(1, "its entry is listed now; before, rows named its reference without one"));
        }
        Change::EntryRemoved => {
            lines.push(plain(1, "its entry is no longer listed, though rows still name its reference"));
        }
        Change::Recounted { before, after } => {
            lines.push(plain(1, format!("{} under this reference before, {after} now", entries(*before))));
        }
        Change::FilesOnly => {}
        Change::TypographyOnly(fields) => {
            let named: Vec<String> = fields.iter().map(|field| field.field.name().to_lowercase()).collect();
            lines.push(plain(1, format!("differs in spacing, quotes, bullets or case only: {}", named.join(", "))));
        }
        Change::Amended(fields) => lines.extend(fields.iter().flat_map(|field| field_change(field, 1))),
    }
    if change.change != Change::Withdrawn {
        lines.extend(files(change));
    }
    lines
}

/// Which version a change is about.
pub fn head(change: &VersionChange) -> Vec<ChangeLine> {
    let title = change.title.as_deref().unwrap_or_default();
    let name = format!("{}  {title}", change.reference);
    let mut lines = vec![ChangeLine::new(LineKind::Name, 0, name.trim_end())];
    if !change.organisation.is_empty() {
        lines.push(plain(1, &change.organisation));
    }
    lines
}

/// A change that many entries share, with the versions that share it.
pub fn shared_change(change: &SharedChange) -> Vec<ChangeLine> {
    let role = match change.role {
        Role::Organisation => "Organisation",
        Role::Controller => "Controller",
        Role::Dataset => "Dataset",
    };
    let pieces = vec![
        piece(PieceKind::Same, format!("{role}: ")),
        piece(PieceKind::Removed, format!("{} ", change.before)),
        piece(PieceKind::Added, change.after.clone()),
    ];
    let mut lines = vec![ChangeLine::of(0, pieces)];
    let counted = format!(
        "in {} of {}, under unchanged references",
        counted(change.references.len(), "version"),
        counted(change.projects, "agreement")
    );
    lines.push(ChangeLine::new(LineKind::Quiet, 1, counted));
    let named: Vec<&str> = change.references.iter().take(NAMED).map(String::as_str).collect();
    let more = change.references.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    lines.push(plain(1, format!("{}{more}", named.join(", "))));
    lines
}

/// A field that changed: short values side by side, lists by what came and went, long texts by the passages that differ.
pub fn field_change(change: &FieldChange, depth: u16) -> Vec<ChangeLine> {
    let name = change.field.name();
    let (before, after) = (change.before.as_deref(), change.after.as_deref());
    match change.field {
        Compared::Section(_) => section(name, before, after, depth),
        Compared::Controllers | Compared::Datasets | Compared::Minutes => list(name, before, after, depth),
        _ => {
            let side = |kind, text: Option<&str>| match text {
                Some(text) => piece(kind, text),
                None => piece(PieceKind::Same, "(not stated)"),
            };
            let space = || piece(PieceKind::Same, " ");
            let named = || piece(PieceKind::Same, format!("{name}: "));
            let (old, new) = (side(PieceKind::Removed, before), side(PieceKind::Added, after));
            let row = Row { before: vec![vec![named(), old.clone()]], after: vec![vec![named(), new.clone()]] };
            vec![ChangeLine::of(depth, vec![named(), old, space(), new]).in_rows(vec![row])]
        }
    }
}

fn list(name: &str, before: Option<&str>, after: Option<&str>, depth: u16) -> Vec<ChangeLine> {
    let lines =
        |text: Option<&'_ str>| -> Vec<String> { text.into_iter().flat_map(str::lines).map(str::to_owned).collect() };
    let (old, new) = (lines(before), lines(after));
    let is_in = |list: &[String], line: &str| list.iter().any(|known| text::fold(known) == text::fold(line));
    let same = old.iter().filter(|line| is_in(&new, line)).count();
    let beside = if same > 0 { format!(" ({same} unchanged)") } else { String::new() };
    let mut told = vec![plain(depth, format!("{name}{beside}:"))];
    let of = |kind, line: &String| vec![piece(kind, line)];
    let gone = old.iter().filter(|line| !is_in(&new, line)).map(|line| of(PieceKind::Removed, line));
    let come = new.iter().filter(|line| !is_in(&old, line)).map(|line| of(PieceKind::Added, line));
    // What went and what came stand beside each other as wholes: neither took the place of the other one by one.
    let row = Row { before: gone.collect(), after: come.collect() };
    let pieces = row.before.iter().chain(&row.after).cloned().collect::<Vec<_>>();
    told.extend(in_one_place(depth + 1, pieces, vec![row]));
    told
}

fn section(name: &str, before: Option<&str>, after: Option<&str>, depth: u16) -> Vec<ChangeLine> {
    let mut lines = Vec::new();
    match (before, after) {
        (None, Some(text)) => {
            lines.push(plain(depth, format!("{name}: not there before, {} now", words(text))));
        }
        (Some(text), None) => {
            lines.push(plain(depth, format!("{name}: {} before, and nothing now", words(text))));
        }
        _ => lines.push(plain(depth, format!("{name}:"))),
    }
    let pieces = redline(before.unwrap_or_default(), after.unwrap_or_default());
    for passage in passages(pieces) {
        lines.extend(passage_lines(&passage, depth + 1));
    }
    lines
}

/// A passage in lines, as its texts have them.
fn passage_lines(passage: &Passage, depth: u16) -> Vec<ChangeLine> {
    let mut lines: Vec<Vec<Piece>> = vec![Vec::new()];
    if passage.is_cut_before {
        lines[0].push(piece(PieceKind::Same, "[...] "));
    }
    for part in &passage.pieces {
        for (number, line) in text::lines(&part.text).enumerate() {
            if number > 0 {
                lines.push(Vec::new());
            }
            if let Some(last) = lines.last_mut().filter(|_| !line.is_empty()) {
                last.push(piece(part.kind, line));
            }
        }
    }
    if let Some(last) = lines.last_mut().filter(|_| passage.is_cut_after) {
        last.push(piece(PieceKind::Same, "[...]"));
    }
    lines.retain(|pieces| pieces.iter().any(|piece| !piece.text.trim().is_empty()));
    in_one_place(depth, lines, sides::rows(passage))
}

/// Lines that rows stand in the place of, where there are two columns: the first has the rows.
fn in_one_place(depth: u16, lines: Vec<Vec<Piece>>, rows: Vec<Row>) -> Vec<ChangeLine> {
    let mut rows = Some(rows);
    let of = |pieces| ChangeLine::of(depth, pieces).in_rows(rows.take().unwrap_or_default());
    lines.into_iter().map(of).collect()
}

fn entries(number: usize) -> String {
    if number == 1 { "1 entry".to_owned() } else { format!("{number} entries") }
}

fn words(text: &str) -> String {
    counted(text::words(text).count(), "word")
}

/// What became of the files of a version.
pub fn files(change: &VersionChange) -> Vec<ChangeLine> {
    let mut lines = Vec::new();
    let files = &change.files;
    if !files.added.is_empty() {
        lines.push(plain(
            1,
            format!("{} that the earlier edition did not list{}", rows(&files.added), months(&files.added)),
        ));
    }
    if !files.removed.is_empty() {
        lines.push(plain(1, format!("{} no longer listed{}:", rows(&files.removed), months(&files.removed))));
        let shown = files.removed.iter().take(ROWS);
        lines.extend(shown.map(|release| ChangeLine::of(2, vec![piece(PieceKind::Removed, row(release))])));
    }
    if !files.altered.is_empty() {
        lines.push(plain(1, format!("{} with another value:", counted(files.altered.len(), "row of a file"))));
        lines.extend(files.altered.iter().take(ROWS).map(|pair| altered(&pair.before, &pair.after)));
    }
    if !files.moved.is_empty() {
        let from: std::collections::BTreeSet<&str> = files.moved.iter().map(|moved| moved.from.as_str()).collect();
        let from: Vec<&str> = from.into_iter().collect();
        lines.push(plain(
            1,
            format!("{} that stood under {} before", counted(files.moved.len(), "file"), from.join(", ")),
        ));
        let differing = files.moved.iter().filter_map(|moved| Some((moved.before.as_ref()?, &moved.release)));
        lines.extend(differing.take(ROWS).map(|(before, after)| altered(before, after)));
    }
    let left = files.altered.len().saturating_sub(ROWS) + files.removed.len().saturating_sub(ROWS);
    if left > 0 {
        lines.push(ChangeLine::new(LineKind::Quiet, 2, format!("and {left} more")));
    }
    lines
}

/// A row that reads otherwise: what stayed, and the cells that did not.
fn altered(before: &Release, after: &Release) -> ChangeLine {
    let (before, after) = (cells(before), cells(after));
    let mut pieces = Vec::new();
    for (old, new) in before.into_iter().zip(after) {
        if !pieces.is_empty() && (old.is_some() || new.is_some()) {
            pieces.push(piece(PieceKind::Same, CELLS));
        }
        if old == new {
            pieces.extend(new.map(|text| piece(PieceKind::Same, text)));
        } else {
            pieces.extend(old.map(|text| piece(PieceKind::Removed, format!("{text} "))));
            pieces.extend(new.map(|text| piece(PieceKind::Added, text)));
        }
    }
    ChangeLine::of(2, pieces)
}

/// A row as it is shown: its cells that hold something.
pub fn row(release: &Release) -> String {
    cells(release).into_iter().flatten().collect::<Vec<_>>().join(CELLS)
}

/// The cells of a row, each in its place.
fn cells(release: &Release) -> [Option<String>; 8] {
    let owned = |value: Option<&Repeated>| value.map(String::from);
    [
        release.id.clone(),
        Some(release.dataset.to_string()),
        owned(release.type_of_data.as_ref()),
        owned(release.sensitivity.as_ref()),
        owned(release.legal_basis.as_ref()),
        owned(release.frequency.as_ref()),
        release.opt_outs_as_published.as_ref().map(|answer| format!("opt-outs applied: {answer}")),
        release.month.map(|month| month.to_string()),
    ]
}

fn rows(releases: &[Release]) -> String {
    let files = releases.iter().filter(|release| release.is_file()).count();
    match (files, releases.len() - files) {
        (files, 0) => counted(files, "file"),
        (0, access) => counted(access, "row of access"),
        (files, access) => format!("{} and {}", counted(files, "file"), counted(access, "row of access")),
    }
}

/// The months of rows, as `, of 2026-02 to 2026-05`.
fn months(releases: &[Release]) -> String {
    let months = || releases.iter().filter_map(|release| release.month).map(Date::whole_month);
    match (months().min(), months().max()) {
        (Some(first), Some(last)) if first == last => format!(", of {first}"),
        (Some(first), Some(last)) => format!(", of {first} to {last}"),
        _ => String::new(),
    }
}

/// `1 version`, `2 versions`, `3 rows of access`.
pub(super) fn counted(number: usize, one: &str) -> String {
    match (number, one.split_once(' ')) {
        (1, _) => format!("1 {one}"),
        (_, Some((first, rest))) => format!("{number} {first}s {rest}"),
        (_, None) => format!("{number} {one}s"),
    }
}

fn plain(depth: u16, text: impl Into<String>) -> ChangeLine {
    ChangeLine::new(LineKind::Plain, depth, text)
}

fn piece(kind: PieceKind, text: impl Into<String>) -> Piece {
    Piece { kind, text: text.into(), was: String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::{Place, Section};

    fn change(field: Compared, before: Option<&str>, after: Option<&str>) -> Vec<String> {
        let change = FieldChange {
            field,
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
            before_place: Place::line(0, 1),
            after_place: Place::line(0, 1),
            shared: None,
        };
        field_change(&change, 0).iter().map(ChangeLine::text).collect()
    }

    #[test]
    fn marks_that_the_register_prints_itself_are_told_from_ours() {
        let told = change(Compared::End, Some("[-2026-]"), Some("2027"));
        assert_eq!(told, ["Term, end: [--[-2026-]--] {++2027++}"]);
    }

    #[test]
    fn each_kind_of_field_is_told_in_its_own_way() {
        assert_eq!(
            change(Compared::End, Some("2026-01-31"), Some("2027-01-31")),
            ["Term, end: [-2026-01-31-] {+2027-01-31+}"]
        );
        assert_eq!(change(Compared::End, None, Some("2027-01-31")), ["Term, end: (not stated) {+2027-01-31+}"]);
        assert_eq!(
            change(Compared::Controllers, Some("A TRUST\nB LTD"), Some("a trust\nC PLC")),
            ["Controllers (1 unchanged):", "[-B LTD-]", "{+C PLC+}"]
        );
        assert_eq!(
            change(Compared::Section(Section::Objectives), Some("We count beds."), Some("We count all beds.\nTwice.")),
            ["Objectives:", "We count {+all+} beds.", "{+Twice.+}"]
        );
        assert_eq!(
            change(Compared::Section(Section::Outputs), Some("A report."), None),
            ["Outputs: 2 words before, and nothing now", "[-A report.-]"]
        );
    }
}
