//! Scores: one for each version, and how well a word of a text fits.

use tantivy::fieldnorm::FieldNormReader;

/// A score for each version; below zero where it does not match.
#[derive(Debug)]
pub(super) struct Hits {
    scores: Vec<f32>,
}

/// The score of a version that does not match.
const NO_MATCH: f32 = -1.0;

/// Scores that are raised are raised by this. It is a power of two, so that none loses a digit by it, and none that is not raised is
/// nearly as great.
const RAISED: f32 = 18_446_744_073_709_551_616.0;

impl Hits {
    pub(super) fn none(documents: usize) -> Self {
        Self { scores: vec![NO_MATCH; documents] }
    }

    pub(super) fn all(documents: usize) -> Self {
        Self { scores: vec![0.0; documents] }
    }

    /// The score of each version.
    pub(super) fn scores(&self) -> &[f32] {
        &self.scores
    }

    pub(super) fn add(&mut self, document: usize, score: f32) {
        if let Some(known) = self.scores.get_mut(document) {
            *known = known.max(0.0) + score;
        }
    }

    pub(super) fn or(&mut self, other: &Self) {
        for (mine, theirs) in self.scores.iter_mut().zip(&other.scores) {
            if *theirs >= 0.0 {
                *mine = mine.max(0.0) + theirs;
            }
        }
    }

    pub(super) fn and(&mut self, other: &Self) {
        for (mine, theirs) in self.scores.iter_mut().zip(&other.scores) {
            *mine = if *mine < 0.0 || *theirs < 0.0 { NO_MATCH } else { *mine + *theirs };
        }
    }

    /// Raises those that match, where others match as well, above those where they do not.
    pub(super) fn raise(&mut self, others: &Self) {
        for (mine, theirs) in self.scores.iter_mut().zip(&others.scores) {
            if is_match(*mine) && is_match(*theirs) {
                *mine *= RAISED;
            }
        }
    }

    pub(super) fn invert(&mut self) {
        for score in &mut self.scores {
            *score = if *score < 0.0 { 0.0 } else { NO_MATCH };
        }
    }
}

/// Whether a version of a score matches.
pub(super) fn is_match(score: f32) -> bool {
    score >= 0.0
}

/// How soon more of the same word counts for less, and how much a long text counts for less: the usual values, which
/// tantivy and SQLite have too.
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.75;

/// How well words fit the texts of a field (Okapi BM25): a rare word counts more than a common one, in a short text more than in
/// a long one.
#[derive(Debug)]
pub(super) struct Fit {
    /// What the length of a text adds below the line, by how tantivy writes lengths.
    lengths: [f32; 256],
    documents: f32,
}

impl Fit {
    /// For a field of so many texts, of so many words together.
    #[allow(clippy::cast_precision_loss, reason = "scores are compared, not counted")]
    pub(super) fn new(documents: u64, words: u64) -> Self {
        let average = (words as f32 / documents.max(1) as f32).max(f32::MIN_POSITIVE);
        let mut lengths = [0.0; 256];
        for (code, length) in (0_u8..=255).zip(&mut lengths) {
            let words = FieldNormReader::id_to_fieldnorm(code) as f32;
            *length = SATURATION * (1.0 - LENGTH + LENGTH * words / average);
        }
        Self { lengths, documents: documents as f32 }
    }

    /// What a word counts that stands in so many texts.
    #[allow(clippy::cast_precision_loss, reason = "scores are compared, not counted")]
    pub(super) fn rarity(&self, texts: u64) -> f32 {
        let texts = texts as f32;
        (1.0 + (self.documents - texts + 0.5) / (texts + 0.5)).ln() * (1.0 + SATURATION)
    }

    /// The score of a word of a rarity that stands so often in a text of a length.
    #[allow(clippy::cast_precision_loss, reason = "scores are compared, not counted")]
    pub(super) fn score(&self, rarity: f32, length: u8, often: u32) -> f32 {
        let often = often as f32;
        rarity * often / (often + self.lengths[usize::from(length)])
    }
}

#[cfg(test)]
mod tests {
    use tantivy::query::Bm25Weight;

    use super::*;

    #[test]
    fn words_fit_as_tantivy_says() {
        for (documents, words, texts) in [(1, 7, 1), (5_254, 4_000_000, 17), (5_254, 90_000, 5_000)] {
            #[allow(clippy::cast_precision_loss, reason = "as tantivy does")]
            let theirs = Bm25Weight::for_one_term(texts, documents, words as f32 / documents as f32);
            let fit = Fit::new(documents, words);
            for (length, often) in [(0, 1), (7, 1), (60, 3), (255, 1_000)] {
                let (mine, theirs) = (fit.score(fit.rarity(texts), length, often), theirs.score(length, often));
                assert!((mine - theirs).abs() <= theirs * 1e-5, "{mine} {theirs}");
            }
        }
    }
}
