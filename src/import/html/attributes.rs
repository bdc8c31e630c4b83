//! Counting the attributes of a tag while it is read. The tokenizer compares each with all before it, so that a tag of a hundred
//! thousand takes it many seconds; it is given a page in short pieces, and asked after each whether a tag is still open.

/// The most attributes of a tag; those of published pages have a handful.
pub(super) const MOST: usize = 1000;

/// How long a piece is at most, in bytes: few attributes go into one, and what ends in its piece is not counted.
const PIECE: usize = 1024;

/// Cuts a page into short pieces, each tag at the beginning of one.
pub(super) fn pieces(html: &str) -> impl Iterator<Item = &str> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut end = rest.len().min(PIECE);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let next = rest.as_bytes()[1..end.max(1)].iter().position(|byte| *byte == b'<');
        let (piece, behind) = rest.split_at(next.map_or(end, |at| at + 1));
        rest = behind;
        Some(piece)
    })
}

/// What was read since the last token: a tag that is open, where it begins like one.
#[derive(Debug, Default)]
pub(super) struct OpenTag {
    at: At,
    attributes: usize,
}

/// Where in a tag one is, as the standard has it (HTML, 13.2.5.6 to 13.2.5.39).
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum At {
    #[default]
    Start,
    /// Behind `<`.
    Opening,
    /// In no tag: a comment, or text.
    Elsewhere,
    TagName,
    BeforeName,
    Name,
    AfterName,
    BeforeValue,
    Quoted(u8),
    Unquoted,
}

impl OpenTag {
    /// Takes a piece behind which no tag has ended; says how many attributes have begun.
    pub(super) fn take(&mut self, piece: &str) -> usize {
        for byte in piece.bytes() {
            let before = self.at;
            self.at = before.then(byte);
            self.attributes += usize::from(self.at == At::Name && before != At::Name);
        }
        self.attributes
    }
}

impl At {
    fn then(self, byte: u8) -> Self {
        let is_space = byte.is_ascii_whitespace();
        match (self, byte) {
            (Self::Start, b'<') | (Self::Opening, b'/') => Self::Opening,
            (Self::Opening, _) if byte.is_ascii_alphabetic() => Self::TagName,
            (Self::Start | Self::Opening, _) => Self::Elsewhere,
            (Self::TagName | Self::BeforeName | Self::Name | Self::AfterName, b'/') => Self::BeforeName,
            (Self::Name | Self::AfterName, b'=') => Self::BeforeValue,
            (Self::TagName | Self::Unquoted, _) if is_space => Self::BeforeName,
            (Self::Name, _) if is_space => Self::AfterName,
            (Self::BeforeName | Self::AfterName, _) if !is_space => Self::Name,
            (Self::BeforeValue, b'"' | b'\'') => Self::Quoted(byte),
            (Self::BeforeValue, _) if !is_space => Self::Unquoted,
            (Self::Quoted(quote), _) if byte == quote => Self::BeforeName,
            _ => self,
        }
    }
}
