//! Sequences of five words, as sets of numbers, and signatures by which sets are found that may be alike.

use xxhash_rust::xxh3::xxh3_64;

use crate::text::words;

/// How many words a sequence has.
const WORDS: usize = 5;

/// How many numbers a signature has.
pub(super) const SIGNATURE: usize = 128;

/// What a signature is made with: an odd factor and a summand for each of its numbers.
const FACTORS: [(u32, u32); SIGNATURE] = factors();

/// The sequences of a text, each once, in order of their numbers. A number stands for a sequence; that two sequences have
/// one number is as good as ruled out within one text (one in a million for a thousand sequences).
pub(super) fn shingles(text: &str) -> Vec<u32> {
    let mut reader = words(text);
    let mut folded = String::new();
    let mut last = [0_u64; WORDS];
    let mut seen = 0;
    let mut set = Vec::new();
    while reader.next_into(&mut folded).is_some() {
        last.rotate_left(1);
        last[WORDS - 1] = xxh3_64(folded.as_bytes());
        seen += 1;
        if seen >= WORDS {
            set.push(joined(&last));
        }
    }
    set.sort_unstable();
    set.dedup();
    set
}

/// One number for a sequence, in which the order counts.
fn joined(words: &[u64; WORDS]) -> u32 {
    let mixed = words.iter().fold(0_u64, |mixed, word| {
        let mixed = (mixed ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        mixed ^ (mixed >> 29)
    });
    u32::try_from(mixed >> 32).unwrap_or_default()
}

/// The signature of a set: for each factor the smallest number that the set gives. The share of equal numbers in two
/// signatures estimates what the sets have in common.
pub(super) fn signature(set: &[u32]) -> [u32; SIGNATURE] {
    let mut least = [u32::MAX; SIGNATURE];
    for number in set {
        for (least, (factor, summand)) in least.iter_mut().zip(&FACTORS) {
            let mixed = (number ^ summand).wrapping_mul(*factor);
            let mixed = mixed ^ (mixed >> 15);
            *least = (*least).min(mixed);
        }
    }
    least
}

/// How many numbers of two signatures are equal.
pub(super) fn agreement(one: &[u32; SIGNATURE], other: &[u32; SIGNATURE]) -> usize {
    one.iter().zip(other).map(|(one, other)| usize::from(one == other)).sum()
}

/// How many numbers two sets have in common.
pub(super) fn common(one: &[u32], other: &[u32]) -> usize {
    let (mut at, mut there, mut common) = (0, 0, 0);
    while let (Some(left), Some(right)) = (one.get(at), other.get(there)) {
        at += usize::from(left <= right);
        there += usize::from(right <= left);
        common += usize::from(left == right);
    }
    common
}

const fn factors() -> [(u32, u32); SIGNATURE] {
    let mut factors = [(0, 0); SIGNATURE];
    // A fixed start: the same register gives the same answer on every machine.
    let mut state = 0x0001_7A3D_5C9B_u64;
    let mut at = 0;
    while at < SIGNATURE {
        let mut drawn = [0_u32; 2];
        let mut which = 0;
        while which < 2 {
            // SplitMix64: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", 2014.
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut mixed = state;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            #[allow(clippy::cast_possible_truncation, reason = "the upper half is what is wanted")]
            {
                drawn[which] = ((mixed ^ (mixed >> 31)) >> 32) as u32;
            }
            which += 1;
        }
        factors[at] = (drawn[0] | 1, drawn[1]);
        at += 1;
    }
    factors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_know_order_and_ignore_typography() {
        assert_eq!(shingles("One two, three FOUR \u{2013} five").len(), 1);
        assert_eq!(shingles("one two three four five"), shingles("One two, three FOUR \u{2013} five"));
        assert_ne!(shingles("one two three four five"), shingles("two one three four five"));
        assert!(shingles("one two three four").is_empty());
        assert_eq!(shingles(&"one two three four five six ".repeat(9)).len(), 6);
    }

    #[test]
    fn a_signature_estimates_what_sets_have_in_common() {
        let mut state = 7_u32;
        let mut draw = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state ^ (state >> 11)
        };
        for share in [0, 30, 70, 100] {
            let both: Vec<u32> = (0..share * 10).map(|_| draw()).collect();
            let set = |own: Vec<u32>| {
                let mut set: Vec<u32> = both.iter().copied().chain(own).collect();
                set.sort_unstable();
                set.dedup();
                set
            };
            let own = |count: usize, draw: &mut dyn FnMut() -> u32| (0..count).map(|_| draw()).collect::<Vec<u32>>();
            let rest = (1000 - share * 10) / 2;
            let (one, other) = (set(own(rest, &mut draw)), set(own(rest, &mut draw)));
            let shared = common(&one, &other);
            let truth = shared * 100 / (one.len() + other.len() - shared).max(1);
            let estimate = agreement(&signature(&one), &signature(&other)) * 100 / SIGNATURE;
            assert!(estimate.abs_diff(truth) <= 12, "{estimate} for {truth}");
        }
    }
}
