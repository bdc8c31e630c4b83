//! Dismissals: a person's own judgement that a finding need not be looked at again, with the reason.
//!
//! A dismissal holds for what was read when it was made. Once the finding says something else, or other words prove it,
//! the finding counts again, and what was dismissed is told beside it.

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::{Concern, Severity};
use crate::register::{Date, plain_reference};

/// The longest reason, in characters.
const LONGEST: usize = 1_000;

/// A finding that a person has dismissed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dismissal {
    /// Stem reference of the project.
    pub reference: String,
    /// The name of the rule. It stays a text, so that a rule that another version of the program knows does no harm.
    pub rule: String,
    /// The identity of the finding.
    pub key: String,
    /// How much it weighed then.
    pub severity: Severity,
    /// Why it was dismissed.
    pub reason: String,
    /// When.
    pub date: Date,
    /// The edition in which it was read.
    pub edition: String,
    /// What the finding said then.
    pub statement: String,
    /// A mark of what proved it then.
    pub proof: String,
}

/// Why something is no reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoReason {
    /// It says nothing.
    #[error("say why: a dismissal needs a reason")]
    Empty,
    /// It is too long.
    #[error("the reason has {0} characters; it can have {LONGEST}")]
    TooLong(usize),
}

/// The reason of a dismissal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(String);

impl Reason {
    /// A reason on one line, without the white space around it.
    ///
    /// # Errors
    /// Where it says nothing, or too much.
    pub fn new(text: &str) -> Result<Self, NoReason> {
        let reason = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match reason.chars().count() {
            0 => Err(NoReason::Empty),
            length if length > LONGEST => Err(NoReason::TooLong(length)),
            _ => Ok(Self(reason)),
        }
    }
}

/// How a finding stands to what was dismissed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand<'a> {
    /// It was never dismissed.
    Open,
    /// It is dismissed.
    Dismissed(&'a Dismissal),
    /// It was dismissed when it said something else; it counts again.
    Changed(&'a Dismissal),
}

impl Dismissal {
    /// Dismisses a finding of a project.
    pub fn new(reference: &str, concern: &Concern, reason: Reason, date: Date, edition: &str) -> Self {
        Self {
            reference: reference.to_owned(),
            rule: concern.rule.as_str().to_owned(),
            key: concern.key.clone(),
            severity: concern.severity,
            reason: reason.0,
            date,
            edition: edition.to_owned(),
            statement: concern.statement.clone(),
            proof: proof(concern),
        }
    }

    /// Whether it is of a project, by any spelling of its stem reference.
    pub fn is_of(&self, reference: &str) -> bool {
        plain_reference(&self.reference) == plain_reference(reference)
    }

    /// Whether it is of a rule.
    pub fn is_by(&self, concern: &Concern) -> bool {
        self.rule == concern.rule.as_str()
    }

    /// Whether it holds for a finding as it stands now: it says and weighs the same, and the same words prove it. Its key is
    /// not asked: it can name the place of a page among the files of its edition, which another edition moves.
    pub fn holds_for(&self, concern: &Concern) -> bool {
        self.is_by(concern)
            && self.severity == concern.severity
            && self.statement == concern.statement
            && self.proof == proof(concern)
    }
}

/// How a finding stands, among all of its project, to what was dismissed of that project.
pub fn stand<'a>(concern: &Concern, among: &[Concern], dismissals: &'a [Dismissal]) -> Stand<'a> {
    if let Some(dismissal) = dismissals.iter().find(|dismissal| dismissal.holds_for(concern)) {
        return Stand::Dismissed(dismissal);
    }
    // What still holds for another finding is not of this one.
    let is_free =
        |dismissal: &&Dismissal| dismissal.is_by(concern) && !among.iter().any(|other| dismissal.holds_for(other));
    let free: Vec<&Dismissal> = dismissals.iter().filter(is_free).collect();
    if let Some(same) = free.iter().find(|dismissal| dismissal.key == concern.key) {
        return Stand::Changed(same);
    }
    // The weight of a finding is often a part of its key: where each is the only one, it is the same finding.
    let is_only = among.iter().filter(|other| other.rule == concern.rule).count() == 1;
    match free.as_slice() {
        [one] if is_only => Stand::Changed(one),
        _ => Stand::Open,
    }
}

/// Takes a finding's dismissal up among those of all projects, in place of what it has outlived.
pub fn dismiss(dismissals: &mut Vec<Dismissal>, concern: &Concern, among: &[Concern], new: Dismissal) {
    restore(dismissals, &new.reference, concern, among);
    dismissals.push(new);
}

/// Takes back what was dismissed of a finding. Says whether there was anything.
pub fn restore(dismissals: &mut Vec<Dismissal>, reference: &str, concern: &Concern, among: &[Concern]) -> bool {
    let of_project: Vec<Dismissal> =
        dismissals.iter().filter(|dismissal| dismissal.is_of(reference)).cloned().collect();
    let outlived = match stand(concern, among, &of_project) {
        Stand::Open => return false,
        Stand::Dismissed(dismissal) | Stand::Changed(dismissal) => dismissal,
    };
    dismissals.retain(|dismissal| dismissal != outlived);
    true
}

/// A mark of the words that prove a finding, whatever rows they stand in: the same in every build of the program.
fn proof(concern: &Concern) -> String {
    let mut quotes: Vec<String> = concern
        .evidence
        .iter()
        .map(|evidence| format!("{}\u{1}{}\u{2}", evidence.field.name(), evidence.quote))
        .collect();
    quotes.sort_unstable();
    format!("{:016x}", xxh3_64(quotes.concat().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::concerns::{Evidence, RuleId, Standing};
    use crate::register::{Field, Place};

    fn concern(key: &str, statement: &str, quote: &str) -> Concern {
        let evidence = Evidence { field: Field::Term, quote: quote.to_owned(), place: Place::line(0, 1) };
        Concern {
            rule: RuleId::MonthlyFiles,
            severity: Severity::Medium,
            standing: Standing::Fact,
            statement: statement.to_owned(),
            evidence: vec![evidence],
            caveat: String::new(),
            files: 0,
            organisations: Vec::new(),
            key: key.to_owned(),
        }
    }

    fn dismissed(concern: &Concern) -> Dismissal {
        let date = "2026-11-25".parse().expect("this is a date");
        Dismissal::new("DARS-NIC-1-AAAAA", concern, Reason::new("known").expect("this is a reason"), date, "2026-09")
    }

    #[test]
    fn a_dismissal_holds_for_the_same_words_and_the_same_proof() {
        let before = concern("a", "Twelve months.", "row");
        let dismissals = [dismissed(&before)];
        let moved = Concern {
            key: "a page elsewhere".to_owned(),
            evidence: vec![Evidence { place: Place::line(3, 9), ..before.evidence[0].clone() }],
            ..before.clone()
        };
        assert_eq!(stand(&moved, std::slice::from_ref(&moved), &dismissals), Stand::Dismissed(&dismissals[0]));
        for changed in [
            concern("a", "Thirteen months.", "row"),
            concern("a", "Twelve months.", "another row"),
            Concern { severity: Severity::High, ..concern("graver", "Twelve months.", "row") },
        ] {
            assert_eq!(stand(&changed, std::slice::from_ref(&changed), &dismissals), Stand::Changed(&dismissals[0]));
        }
    }

    #[test]
    fn what_holds_for_one_finding_says_nothing_of_another_of_the_same_rule() {
        let (one, other) = (concern("a", "One.", "row"), concern("a", "Other.", "row"));
        let dismissals = [dismissed(&one)];
        let among = [one, other];
        assert_eq!(stand(&among[0], &among, &dismissals), Stand::Dismissed(&dismissals[0]));
        assert_eq!(stand(&among[1], &among, &dismissals), Stand::Open);
    }

    #[test]
    fn dismissing_anew_replaces_and_restoring_takes_back() {
        let (before, after) = (concern("a", "One.", "row"), concern("a", "Two.", "row"));
        let mut dismissals = vec![dismissed(&before)];
        let among = [after.clone()];
        dismiss(&mut dismissals, &after, &among, dismissed(&after));
        assert_eq!(dismissals, [dismissed(&after)]);
        assert!(restore(&mut dismissals, "nic-1-aaaaa", &after, &among) && dismissals.is_empty());
        assert!(!restore(&mut dismissals, "nic-1-aaaaa", &after, &among));
    }

    #[test]
    fn a_reason_is_needed_and_has_an_end() {
        assert_eq!(Reason::new(" \n "), Err(NoReason::Empty));
        assert_eq!(Reason::new("  as\nagreed "), Ok(Reason("as agreed".to_owned())));
        assert!(Reason::new(&"é".repeat(LONGEST)).is_ok());
        assert_eq!(Reason::new(&"é".repeat(LONGEST + 1)), Err(NoReason::TooLong(LONGEST + 1)));
    }
}
