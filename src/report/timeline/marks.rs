//! The marks of a timeline, each with its ASCII twin of the same width.

use crate::text::Characters;

/// How the legend draws a term.
pub(super) const BAR: &str = "┣━┫";

/// Each mark beside its twin.
const TWINS: [(char, char); 15] = [
    ('┣', '['),
    ('━', '='),
    ('┫', ']'),
    ('◂', '<'),
    ('▸', '>'),
    ('×', 'x'),
    ('◆', '*'),
    ('┄', '-'),
    ('○', 'o'),
    ('▁', '.'),
    ('▃', ':'),
    ('▅', '+'),
    ('█', '#'),
    ('▲', '^'),
    ('╷', '|'),
];

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A term goes on.
    Bar,
    /// A term starts.
    Start,
    /// A term ends.
    End,
    /// A term reaches further back than the scale.
    Before,
    /// A term reaches further than the scale.
    Beyond,
    /// Whether a term holds is not known.
    Unknown,
    /// No term holds.
    Gap,
    /// So many files.
    Files(Level),
    /// Access to a system.
    Access,
    /// Files outside every term.
    Outside,
    /// The first or last month of release.
    Released,
    /// What lies between them.
    Between,
}

/// How many files stand in a column: steps that mean the same in every project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    One,
    Few,
    Tens,
    Hundreds,
}

impl Mark {
    /// The mark as it is drawn.
    pub(super) fn glyph(self) -> char {
        match self {
            Self::Bar => '━',
            Self::Start => '┣',
            Self::End => '┫',
            Self::Before => '◂',
            Self::Beyond => '▸',
            Self::Unknown => '?',
            Self::Gap => '×',
            Self::Files(Level::One) => '▁',
            Self::Files(Level::Few) => '▃',
            Self::Files(Level::Tens) => '▅',
            Self::Files(Level::Hundreds) => '█',
            Self::Access => '○',
            Self::Outside => '!',
            Self::Released => '◆',
            Self::Between => '┄',
        }
    }
}

impl Level {
    /// All of them.
    pub(super) const ALL: [Self; 4] = [Self::One, Self::Few, Self::Tens, Self::Hundreds];

    /// The step of a count.
    pub(super) fn of(files: u64) -> Self {
        match files {
            0..=1 => Self::One,
            2..=9 => Self::Few,
            10..=99 => Self::Tens,
            _ => Self::Hundreds,
        }
    }

    /// The counts of a step.
    pub(super) fn range(self) -> &'static str {
        match self {
            Self::One => "1",
            Self::Few => "2-9",
            Self::Tens => "10-99",
            Self::Hundreds => "100+",
        }
    }
}

/// A drawn text in the characters that there are.
pub fn drawn(text: &str, characters: Characters) -> String {
    let twin = |letter: char| TWINS.iter().find(|(mark, _)| *mark == letter).map_or(letter, |(_, twin)| *twin);
    match characters {
        Characters::Unicode => text.to_owned(),
        Characters::Ascii => text.chars().map(twin).collect(),
    }
}
