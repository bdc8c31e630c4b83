//! The rules, one function each over one project, in the catalogue's order.

mod empty_section;
mod flow;
mod identifiable;
mod legal_basis;
mod malformed;
mod mixed_opt_outs;
mod money;
mod opt_outs;
mod orphan;
mod vulnerable;

use crate::register::Register;

use super::between::BETWEEN;
use super::case::{Answer, Case};
use super::{Concern, EditionFinding, RuleId};

/// A rule: what it answers for a project.
type RuleFunction = fn(&Case<'_>, &Around) -> Answer;

/// The rules that an edition answers alone, in the order of [`RuleId::ALL`]; a test holds each to its own id. Those that
/// compare two editions are in [`super::between`].
pub(super) static RULES: [RuleFunction; RuleId::ALL.len() - BETWEEN.len()] = [
    |case, around| Answer::shared(case, around.mixed_on(case.number)),
    |case, _| opt_outs::page_flag(case),
    |case, _| opt_outs::section_251(case),
    |case, _| identifiable::answer(case),
    |case, _| opt_outs::not_applied(case),
    |case, _| opt_outs::not_stated(case),
    |case, _| flow::files_disseminated(case),
    |case, _| flow::expired_fate_unknown(case),
    |case, _| money::commercial(case),
    |case, _| money::sublicensing(case),
    |case, _| money::identifiable_sensitive_commercial(case),
    |case, _| empty_section::answer(case),
    |case, _| legal_basis::absent(case),
    |case, around| legal_basis::vague(case, around.usual_basis.as_ref()),
    |case, _| vulnerable::answer(case),
    |case, _| orphan::answer(case),
    |case, _| malformed::answer(case),
];

/// What stands around a project in its edition.
pub(super) struct Around {
    /// Mixed answers, for each project that has a part in them.
    mixed: Vec<Vec<Concern>>,
    /// A vague legal basis that over half of the edition's rows give.
    usual_basis: Option<legal_basis::Usual>,
}

impl Around {
    pub(super) fn new(register: &Register) -> Self {
        Self { mixed: mixed_opt_outs::find(register), usual_basis: legal_basis::usual(register) }
    }

    pub(super) fn edition_findings(&self) -> Vec<EditionFinding> {
        self.usual_basis.iter().map(legal_basis::Usual::finding).collect()
    }

    fn mixed_on(&self, number: usize) -> &[Concern] {
        self.mixed.get(number).map_or(&[], Vec::as_slice)
    }
}
