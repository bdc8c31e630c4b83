//! The rules, one function each over one project, in the catalogue's order.

mod answer_changed;
mod contradiction;
mod controllers;
mod empty_section;
mod flow;
mod footing;
mod identifiable;
mod legal_basis;
mod listed;
mod malformed;
mod mixed_opt_outs;
mod money;
mod opt_outs;
mod orphan;
mod oversight;
mod power;
mod recipients;
mod renewal;
mod tracing;
mod vulnerable;

use crate::register::Register;

use super::case::{Answer, Case};
use super::{Concern, EditionFinding, RuleId};

/// A rule: what it answers for a project.
type RuleFunction = fn(&Case<'_>, &Around) -> Answer;

/// The rules that an edition answers alone, in the catalogue's order; a test holds each to its own id. Those that compare
/// two editions are in [`super::between`].
pub(super) static RULES: &[(RuleId, RuleFunction)] = &[
    (RuleId::MixedOptOuts, |case, around| Answer::shared(case, around.mixed_on(case.number))),
    (RuleId::PageFlag, |case, _| opt_outs::page_flag(case)),
    (RuleId::S251OptOutsNotApplied, |case, _| opt_outs::section_251(case)),
    (RuleId::IdentifiableOptOutsNotApplied, |case, _| identifiable::answer(case)),
    (RuleId::OptOutAnswerChanged, |case, _| answer_changed::answer(case)),
    (RuleId::OptOutsNotApplied, |case, _| opt_outs::not_applied(case)),
    (RuleId::OptOutsNotStated, |case, _| opt_outs::not_stated(case)),
    (RuleId::AnonymisedYetS251, |case, _| footing::anonymised_yet_251(case)),
    (RuleId::ConsentReliedOn, |case, _| footing::consent(case)),
    (RuleId::FilesDisseminated, |case, _| flow::files_disseminated(case)),
    (RuleId::FilesAfterSdePolicy, |_, _| Answer::silent()),
    (RuleId::TreInNameYetFiles, |_, _| Answer::silent()),
    (RuleId::NeverTre, |_, _| Answer::silent()),
    (RuleId::MonthlyFiles, |_, _| Answer::silent()),
    (RuleId::ReleasedAfterExpiry, |_, _| Answer::silent()),
    (RuleId::ReleasedOutsideTerm, |_, _| Answer::silent()),
    (RuleId::ExpiredFateUnknown, |case, _| flow::expired_fate_unknown(case)),
    (RuleId::GapInAgreement, |_, _| Answer::silent()),
    (RuleId::TermOverLimit, |_, _| Answer::silent()),
    (RuleId::ImpossibleDate, |_, _| Answer::silent()),
    (RuleId::ScopeGrew, |_, _| Answer::silent()),
    (RuleId::Commercial, |case, _| money::commercial(case)),
    (RuleId::CompanyAnsweredNo, |case, _| recipients::company_answered_no(case)),
    (RuleId::CommercialWords, |_, _| Answer::silent()),
    (RuleId::MarketingOrInsuranceWords, |_, _| Answer::silent()),
    (RuleId::Sublicensing, |case, _| money::sublicensing(case)),
    (RuleId::SublicensingUnexplained, |_, _| Answer::silent()),
    (RuleId::NonCareRecipient, |case, _| recipients::not_care(case)),
    (RuleId::IdentifiableSensitiveCommercial, |case, _| money::identifiable_sensitive_commercial(case)),
    (RuleId::NoYieldedBenefits, |case, _| renewal::no_yielded_benefits(case)),
    (RuleId::EmptySection, |case, _| empty_section::answer(case)),
    (RuleId::UnmeasurableBenefits, |_, _| Answer::silent()),
    (RuleId::PromiseOverdue, |_, _| Answer::silent()),
    (RuleId::Boilerplate, |_, _| Answer::silent()),
    (RuleId::FrozenText, |case, _| renewal::frozen_text(case)),
    (RuleId::ReIdentification, |_, _| Answer::silent()),
    (RuleId::NoLegalBasis, |case, _| legal_basis::absent(case)),
    (RuleId::VagueLegalBasis, |case, around| legal_basis::vague(case, around.usual_basis.as_ref())),
    (RuleId::BasisDoesNotFitType, |case, _| power::answer(case)),
    (RuleId::CovidBasisAfterNotice, |case, _| footing::covid_basis(case)),
    (RuleId::NoOversightRecorded, |case, _| oversight::no_oversight(case)),
    (RuleId::VulnerableGroups, |case, _| vulnerable::answer(case)),
    (RuleId::GpRecords, |case, _| oversight::gp_records(case)),
    (RuleId::JointControllersMany, |case, _| controllers::many(case)),
    (RuleId::ApplicantNotController, |case, _| controllers::applicant(case)),
    (RuleId::Abroad, |_, _| Answer::silent()),
    (RuleId::Orphan, |case, _| orphan::answer(case)),
    (RuleId::MalformedValue, |case, _| malformed::answer(case)),
    (RuleId::DatasetNotInAgreement, |case, _| listed::answer(case)),
    (RuleId::RowContradictsAgreement, |case, _| contradiction::answer(case)),
];

/// What stands around a project in its edition.
pub(super) struct Around {
    /// Mixed answers, for each project that has a part in them.
    mixed: Vec<Vec<Concern>>,
    /// A vague legal basis that over half of the edition's rows give.
    usual_basis: Option<legal_basis::Usual>,
    /// What the edition counts of requests to trace people.
    tracing: Vec<EditionFinding>,
}

impl Around {
    pub(super) fn new(register: &Register) -> Self {
        Self {
            mixed: mixed_opt_outs::find(register),
            usual_basis: legal_basis::usual(register),
            tracing: tracing::findings(register),
        }
    }

    pub(super) fn edition_findings(&self) -> Vec<EditionFinding> {
        let usual_basis = self.usual_basis.iter().map(legal_basis::Usual::finding);
        usual_basis.chain(self.tracing.iter().cloned()).collect()
    }

    fn mixed_on(&self, number: usize) -> &[Concern] {
        self.mixed.get(number).map_or(&[], Vec::as_slice)
    }
}
