//! Near spellings: how many letters may differ, and whether they do.

/// How many letters of a word may differ: none of a short one, one from four letters on, two from eight on. Two letters that
/// changed places count as one.
pub fn nearness(folded: &str) -> usize {
    match folded.chars().count() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// How many letters differ between two folded words, if no more than may.
pub fn is_near(wanted: &str, found: &str) -> Option<usize> {
    let most = nearness(wanted);
    if wanted == found {
        return Some(0);
    }
    // What differs in length by more cannot be near, and is most of what is looked at.
    let (one, other) = (wanted.chars().count(), found.chars().count());
    if one.abs_diff(other) > most {
        return None;
    }
    // A letter that differs is at most one that the other has not: told by bits, since most words differ in more.
    let (mine, theirs) = (letters(wanted), letters(found));
    if (mine & !theirs).count_ones() as usize > most || (theirs & !mine).count_ones() as usize > most {
        return None;
    }
    let differing = strsim::osa_distance(wanted, found);
    (differing <= most).then_some(differing)
}

/// A bit for each letter of a word; several letters can share one.
pub fn letters(word: &str) -> u64 {
    word.chars().fold(0, |bits, letter| bits | 1 << (u32::from(letter) % u64::BITS))
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn what_is_told_by_letters_is_what_the_distance_says(wanted in "[a-eé0]{0,10}", found in "[a-eé0]{0,10}") {
            let differing = strsim::osa_distance(&wanted, &found);
            let near = (differing <= nearness(&wanted)).then_some(differing);
            proptest::prop_assert_eq!(is_near(&wanted, &found), near);
        }
    }

    #[test]
    fn a_slip_is_near_and_another_word_is_not() {
        for (wanted, found, differing) in [
            ("palentir", "palantir", Some(1)),
            ("palantri", "palantir", Some(1)),
            ("univresity", "university", Some(1)),
            ("pharmaceuticla", "pharmaceuticals", Some(2)),
            ("data", "date", Some(1)),
            ("gp", "hp", None),
            ("data", "dates", None),
            ("council", "counsels", None),
        ] {
            assert_eq!(is_near(wanted, found), differing, "{wanted} {found}");
        }
    }
}
