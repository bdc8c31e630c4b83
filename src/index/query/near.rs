//! Near spellings: how many letters may differ, and whether they do.

/// How many letters of a word may differ: none of a short one, one from four letters on, two from eight on. Two letters that
/// changed places count as one.
pub(in crate::index) fn nearness(folded: &str) -> usize {
    match folded.chars().count() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// How many letters differ between two folded words, if no more than may.
pub(in crate::index) fn is_near(wanted: &str, found: &str) -> Option<usize> {
    let most = nearness(wanted);
    if wanted == found {
        return Some(0);
    }
    // What differs in length by more cannot be near, and is most of what is looked at.
    let (one, other) = (wanted.chars().count(), found.chars().count());
    if one.abs_diff(other) > most {
        return None;
    }
    let differing = strsim::osa_distance(wanted, found);
    (differing <= most).then_some(differing)
}

#[cfg(test)]
mod tests {
    use super::*;

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
