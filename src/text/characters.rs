//! Which characters drawings and marks of ours are made of.

use std::borrow::Cow;

/// Which characters the program's own marks are made of. What the register says keeps its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Characters {
    /// All.
    Unicode,
    /// Those that every terminal has.
    Ascii,
}

impl Characters {
    /// A line that the program puts together out of published cells, with what stands between them in these characters. It
    /// stays as wide as it was.
    pub fn between_cells(self, line: &str) -> Cow<'_, str> {
        match self {
            Self::Ascii if line.contains('\u{b7}') => {
                // Where a line was cut it begins or ends with one.
                let spelt = line.split(' ').map(|word| if word == "\u{b7}" { "-" } else { word });
                Cow::Owned(spelt.collect::<Vec<_>>().join(" "))
            }
            Self::Ascii | Self::Unicode => Cow::Borrowed(line),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Characters;

    #[test]
    fn between_cells_stands_what_the_terminal_has() {
        let line = "row 3: A \u{b7} Y\u{b7}Z";
        assert_eq!(Characters::Ascii.between_cells(line), "row 3: A - Y\u{b7}Z");
        assert_eq!(Characters::Unicode.between_cells(line), line);
        assert_eq!(Characters::Ascii.between_cells("\u{b7} A  \u{b7}"), "- A  -");
    }
}
