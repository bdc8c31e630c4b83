//! Words that are sought in a text: those that cannot be among them are passed over without being cut and folded, which is
//! most of what reading a text for a few words takes.

use std::ops::Range;

use super::words::{Words, is_separator};

/// Letters of a beginning that are compared before a word is cut.
const LETTERS: usize = 4;

/// Bytes that are compared at once.
const BLOCK: usize = 64;

/// Bytes that are seen at once: a block, and what a beginning at its last byte reaches to.
const SEEN: usize = BLOCK + LETTERS - 1;

/// More beginnings than these are compared by their first letters alone, of which there are not so many.
const MANY: usize = 12;

/// How the words that are sought may begin, or how they are spelled nearly.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beginnings {
    plain: Vec<Plain>,
    near: Vec<Near>,
}

/// How a folded word begins: with so many of these letters, at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Plain {
    letters: [u8; LETTERS],
    length: usize,
}

/// Words that are spelled nearly as another.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Near {
    /// How long they can be.
    lengths: Range<usize>,
    /// A bit for each letter of the other; several letters can share one.
    letters: u64,
    /// How many letters may differ.
    differing: u32,
}

impl Beginnings {
    /// Words may begin as a folded one does.
    pub fn add(&mut self, folded: &str) {
        let beginning = folded.bytes().take_while(u8::is_ascii_alphanumeric);
        let mut plain = Plain { letters: [0; LETTERS], length: 0 };
        for (letter, byte) in plain.letters.iter_mut().zip(beginning) {
            *letter = byte.to_ascii_lowercase();
            plain.length += 1;
        }
        // What begins with a letter that is not plain is written with one, and every such word is looked at; but any word begins
        // as an empty one.
        if plain.length > 0 {
            self.add_plain(plain);
        } else if folded.is_empty() {
            self.near.push(Near { lengths: 0..usize::MAX, letters: 0, differing: u32::MAX });
        }
    }

    /// Words may differ from a folded one in so many letters: put in, left out, exchanged, or two that changed places.
    pub fn add_near(&mut self, folded: &str, differing: usize) {
        let (length, letters) = (folded.chars().count(), folded.chars().map(u32::from));
        self.near.push(Near {
            lengths: length.saturating_sub(differing)..length + differing + 1,
            letters: letters.fold(0, |bits, letter| bits | bit(letter)),
            differing: u32::try_from(differing).unwrap_or(u32::MAX),
        });
    }

    fn add_plain(&mut self, plain: Plain) {
        if self.plain.iter().any(|known| known.covers(plain)) {
            return;
        }
        self.plain.retain(|known| !plain.covers(*known));
        self.plain.push(plain);
        if self.plain.len() > MANY && self.plain.iter().any(|known| known.length > 1) {
            for known in std::mem::take(&mut self.plain) {
                self.add_plain(Plain { length: 1, ..known });
            }
        }
    }

    /// Whether the word that some bytes begin with may be sought; a plain letter is its first.
    fn may_begin(&self, written: &[u8]) -> bool {
        self.plain.iter().any(|plain| plain.may_begin(written)) || self.near.iter().any(|near| near.may_be(written))
    }
}

impl Plain {
    /// Whether all that begins as another begins as this one.
    fn covers(&self, other: Self) -> bool {
        other.letters[..other.length].starts_with(&self.letters[..self.length])
    }

    /// Whether a word may begin so; an accent or an apostrophe may stand behind any letter.
    fn may_begin(&self, written: &[u8]) -> bool {
        let mut pairs = written.iter().zip(&self.letters[..self.length]);
        let differing = pairs.find(|(byte, letter)| byte.to_ascii_lowercase() != **letter);
        differing.is_none_or(|(byte, _)| is_odd(*byte))
    }
}

impl Near {
    /// Whether a word may be spelled nearly so: a letter that differs is at most one that the other has not.
    fn may_be(&self, written: &[u8]) -> bool {
        let length = written.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(written.len());
        // What is not plain may be any letter, and letters may stand behind it.
        if written.get(length).is_some_and(|byte| is_odd(*byte)) {
            return true;
        }
        let letters = written[..length].iter();
        let theirs = letters.fold(0, |bits, byte| bits | bit(u32::from(byte.to_ascii_lowercase())));
        self.lengths.contains(&length)
            && (self.letters & !theirs).count_ones() <= self.differing
            && (theirs & !self.letters).count_ones() <= self.differing
    }
}

fn bit(letter: u32) -> u64 {
    1 << (letter % u64::BITS)
}

/// The words of a text that may be sought, and now and then another.
#[derive(Debug, Clone)]
pub struct Sought<'a> {
    words: Words<'a>,
    beginnings: &'a Beginnings,
    /// Bytes of a block that are to be looked at, as bits, and where the block begins.
    marked: u64,
    block: usize,
    /// Where the run ends that is gone through word by word, since not all of it is plain.
    run: usize,
    /// Blocks that begin here or behind it are not looked at.
    end: usize,
}

impl<'a> Sought<'a> {
    /// The words of a text that may begin so.
    pub fn new(text: &'a str, beginnings: &'a Beginnings) -> Self {
        let marked = marked(text.as_bytes(), 0, beginnings);
        Self { words: super::words(text), beginnings, marked, block: 0, run: 0, end: text.len() }
    }

    /// The words behind the one that was found last.
    pub fn rest(&self) -> &Words<'a> {
        &self.words
    }

    /// Looks no further than to about a byte: words that begin before it are found, and now and then one behind it.
    pub fn end_near(&mut self, byte: usize) {
        self.end = self.end.min(byte);
    }

    /// The next word, as [`Words::next_into`] gives it.
    pub fn next_into(&mut self, folded: &mut String) -> Option<Range<usize>> {
        let bytes = self.words.text.as_bytes();
        loop {
            if self.words.at < self.run {
                if self.goes_on_in_run(bytes) {
                    return self.words.next_into(folded);
                }
                continue;
            }
            let at = self.next_marked(bytes)?;
            if at < self.words.at {
                continue;
            }
            if is_odd(bytes[at]) {
                self.enter_run(bytes, at);
            } else if begins_plain(bytes, at) && self.beginnings.may_begin(&bytes[at..]) {
                self.words.at = at;
                return self.words.next_into(folded);
            }
        }
    }

    /// The next byte that is to be looked at.
    fn next_marked(&mut self, bytes: &[u8]) -> Option<usize> {
        while self.marked == 0 {
            self.block += BLOCK;
            if self.block >= self.end {
                return None;
            }
            self.marked = marked(bytes, self.block, self.beginnings);
        }
        let at = self.block + self.marked.trailing_zeros() as usize;
        self.marked &= self.marked - 1;
        Some(at)
    }

    /// Enters the run of bytes without a separator between them that one stands in which is not plain.
    fn enter_run(&mut self, bytes: &[u8], at: usize) {
        let before = bytes[self.words.at..at].iter().rposition(|byte| is_separator(*byte));
        self.words.at += before.map_or(0, |before| before + 1);
        let behind = bytes[at..].iter().position(|byte| is_separator(*byte));
        self.run = behind.map_or(bytes.len(), |behind| at + behind);
    }

    /// Goes on to the next word of the run that may be sought; to its end where there is none.
    fn goes_on_in_run(&mut self, bytes: &[u8]) -> bool {
        while let Some(start) = self.words.start_of_word().filter(|start| *start < self.run) {
            self.words.at = start;
            // What begins with a letter that is not plain may be folded to any other, and to nothing.
            if !bytes[start].is_ascii() || self.beginnings.may_begin(&bytes[start..]) {
                return true;
            }
            self.words.at = self.words.end_of_word(start);
        }
        self.words.at = self.run;
        false
    }
}

/// Whether a byte is a plain letter or figure, told without branches.
#[inline]
fn is_letter(byte: u8) -> bool {
    u8::from((byte | 0x20).wrapping_sub(b'a') < 26) | u8::from(byte.wrapping_sub(b'0') < 10) != 0
}

/// Whether a plain word begins at a byte. What stands behind something that is not plain is found from there.
#[inline]
fn begins_plain(bytes: &[u8], at: usize) -> bool {
    is_letter(bytes[at]) && !at.checked_sub(1).is_some_and(|before| is_letter(bytes[before]))
}

/// Whether a byte is of what is not plain, or an apostrophe.
#[inline]
fn is_odd(byte: u8) -> bool {
    !byte.is_ascii() || byte == b'\''
}

/// The bytes of a block that are to be looked at: where a word may begin that is sought, and all that are not plain.
fn marked(bytes: &[u8], block: usize, beginnings: &Beginnings) -> u64 {
    let rest = bytes.get(block..).unwrap_or_default();
    // Behind a text stands nothing that matters.
    let mut padded = [b' '; SEEN];
    let seen = rest.first_chunk().unwrap_or_else(|| {
        let rest = rest.get(..SEEN).unwrap_or(rest);
        padded[..rest.len()].copy_from_slice(rest);
        &padded
    });
    let marked = marked_in(seen, beginnings);
    if beginnings.near.is_empty() { marked } else { marked | marked_near(bytes, block, beginnings) }
}

/// The bytes of a block that are to be looked at. All loops are over as many bytes as stand in a few registers, so that they
/// are compared at once; of each beginning the first letter and the last, since most words are told apart by these. Few bytes are
/// left, so whether a word begins there at all is asked of each of them later.
fn marked_in(seen: &[u8; SEEN], beginnings: &Beginnings) -> u64 {
    let mut marked = [0_u8; BLOCK];
    for at in 0..BLOCK {
        marked[at] = u8::from(is_odd(seen[at]));
    }
    for Plain { letters, length } in &beginnings.plain {
        let (first, last) = (letters[0], letters[length - 1]);
        let Some(lasts) = seen.get(length - 1..).and_then(<[u8]>::first_chunk::<BLOCK>) else { continue };
        for at in 0..BLOCK {
            let differs = ((seen[at] | 0x20) ^ first) | ((lasts[at] | 0x20) ^ last);
            marked[at] |= u8::from(differs == 0);
        }
    }
    bits(&marked)
}

/// A bit for each byte of a block, which is 0 or 1.
fn bits(block: &[u8; BLOCK]) -> u64 {
    if block.iter().fold(0, |any, byte| any | byte) == 0 {
        return 0;
    }
    let eights = block.as_chunks::<8>().0.iter().rev();
    // Multiplied so, the lowest bits of eight bytes come to stand beside one another, in the highest byte.
    eights.fold(0, |bits, eight| (bits << 8) | (u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56))
}

/// The bytes of a block where a plain word begins that is as long as one that is spelled nearly so.
fn marked_near(bytes: &[u8], block: usize, beginnings: &Beginnings) -> u64 {
    let here = letters_in(bytes, block);
    let ahead = u128::from(here) | (u128::from(letters_in(bytes, block + BLOCK)) << BLOCK);
    let before = block.checked_sub(1).is_some_and(|before| is_letter(bytes[before]));
    let begins = here & !((here << 1) | u64::from(before));
    let long = |length: usize| {
        let long = letters_in_a_row(ahead, length.min(BLOCK)) & u128::from(u64::MAX);
        u64::try_from(long).unwrap_or_default()
    };
    let marked = beginnings.near.iter().fold(0, |marked, near| {
        let longer = if near.lengths.end > BLOCK { 0 } else { long(near.lengths.end) };
        marked | (long(near.lengths.start) & !longer)
    });
    marked & begins
}

/// A bit for each plain letter or figure in a block.
fn letters_in(bytes: &[u8], block: usize) -> u64 {
    let rest = bytes.get(block..).unwrap_or_default();
    let mut letters = [0; BLOCK];
    match rest.first_chunk() {
        Some(whole) => letters = *whole,
        None => letters[..rest.len()].copy_from_slice(rest),
    }
    for byte in &mut letters {
        *byte = u8::from(is_letter(*byte));
    }
    bits(&letters)
}

/// A bit for each place from which on so many bits are set.
fn letters_in_a_row(bits: u128, length: usize) -> u128 {
    if length == 0 {
        return u128::MAX;
    }
    let (mut long, mut known) = (bits, 1);
    while known < length {
        let more = known.min(length - known);
        long &= long >> more;
        known += more;
    }
    long
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{Word, words};

    /// Text that goes wrong: apostrophes, accents, ligatures, marks, bullets of symbol fonts, and words over the ends of blocks.
    const TEXT: &str = "([a-dA-D1]{0,6}|[a-d]{60,70}|[éßﬁİœ\u{301}'’ .-]|\u{F0B7}| +|–|K){0,60}";

    fn sought(text: &str, beginnings: &Beginnings) -> Vec<Word> {
        let (mut sought, mut folded, mut found) = (Sought::new(text, beginnings), String::new(), Vec::new());
        while let Some(range) = sought.next_into(&mut folded) {
            found.push(Word { range, folded: folded.clone() });
        }
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2048, ..ProptestConfig::default() })]

        #[test]
        fn all_that_begin_so_are_found(
            text in TEXT,
            wanted in prop::collection::vec("[a-d1]{1,6}|[a-d]é|é|f|s|o|i", 1..16),
        ) {
            let mut beginnings = Beginnings::default();
            for wanted in &wanted {
                beginnings.add(wanted);
            }
            let begins = |word: &Word| wanted.iter().any(|wanted| word.folded.starts_with(wanted));
            let all: Vec<Word> = words(&text).collect();
            let found = sought(&text, &beginnings);
            prop_assert!(found.iter().all(|found| all.contains(found)), "{found:?}");
            let of_all: Vec<Word> = all.into_iter().filter(begins).collect();
            prop_assert_eq!(found.into_iter().filter(begins).collect::<Vec<_>>(), of_all);
        }

        #[test]
        fn all_that_are_spelled_nearly_so_are_found(text in TEXT, wanted in "[a-dé]{1,9}", differing in 0_usize..3) {
            let mut beginnings = Beginnings::default();
            beginnings.add_near(&wanted, differing);
            let near = |word: &Word| strsim::osa_distance(&wanted, &word.folded) <= differing;
            let all: Vec<Word> = words(&text).collect();
            let found = sought(&text, &beginnings);
            prop_assert!(found.iter().all(|found| all.contains(found)), "{found:?}");
            let of_all: Vec<Word> = all.into_iter().filter(near).collect();
            prop_assert_eq!(found.into_iter().filter(near).collect::<Vec<_>>(), of_all);
        }
    }

    #[test]
    fn what_begins_otherwise_is_passed_over() {
        let mut beginnings = Beginnings::default();
        beginnings.add("patients");
        let found =
            |text: &str| -> Vec<String> { sought(text, &beginnings).into_iter().map(|word| word.folded).collect() };
        assert_eq!(found("Patients' records, the inpatients and pathways of PATIENCE; pat"), ["patients", "patience"]);
        assert_eq!(found("St. Mary\u{2019}s, don't \u{2022} p\u{e1}tient"), ["patient"]);
        let mut beginnings = Beginnings::default();
        beginnings.add_near("council", 1);
        let found = sought("a council, concil or counsellor for cones", &beginnings);
        assert_eq!(found.into_iter().map(|word| word.folded).collect::<Vec<_>>(), ["council", "concil"]);
    }
}
