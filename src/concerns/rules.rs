//! The rules, one function each over one project, in the catalogue's order.

mod empty_section;
mod flow;
mod identifiable;
mod impossible_date;
mod legal_basis;
mod malformed;
mod mixed_opt_outs;
mod money;
mod never_tre;
mod opt_outs;
mod orphan;
mod policy;
mod released;
mod scope;
mod term_limit;
mod vulnerable;

use crate::register::Register;

use super::case::{Answer, Case};
use super::{Concern, EditionFinding, RuleId, Settings};

/// A rule: what it answers for a project.
type RuleFunction = fn(&Case<'_>, &Around) -> Answer;

/// The rules that an edition answers alone, in the catalogue's order; a test holds each to its own id. Those that compare
/// two editions are in [`super::between`].
pub(super) static RULES: &[(RuleId, RuleFunction)] = &[
    (RuleId::MixedOptOuts, |case, around| Answer::shared(case, around.mixed_on(case.number))),
    (RuleId::PageFlag, |case, _| opt_outs::page_flag(case)),
    (RuleId::S251OptOutsNotApplied, |case, _| opt_outs::section_251(case)),
    (RuleId::IdentifiableOptOutsNotApplied, |case, _| identifiable::answer(case)),
    (RuleId::OptOutAnswerChanged, |_, _| Answer::silent()),
    (RuleId::OptOutsNotApplied, |case, _| opt_outs::not_applied(case)),
    (RuleId::OptOutsNotStated, |case, _| opt_outs::not_stated(case)),
    (RuleId::AnonymisedYetS251, |_, _| Answer::silent()),
    (RuleId::ConsentReliedOn, |_, _| Answer::silent()),
    (RuleId::FilesDisseminated, |case, _| flow::files_disseminated(case)),
    (RuleId::FilesAfterSdePolicy, |case, _| policy::files_after(case)),
    (RuleId::TreInNameYetFiles, |case, _| policy::named_after_one(case)),
    (RuleId::NeverTre, |case, around| around.never_tre_on(case.number)),
    (RuleId::MonthlyFiles, |case, _| flow::monthly_files(case)),
    (RuleId::ReleasedAfterExpiry, |case, _| released::after_expiry(case)),
    (RuleId::ReleasedOutsideTerm, |case, _| released::outside_term(case)),
    (RuleId::ExpiredFateUnknown, |case, _| flow::expired_fate_unknown(case)),
    (RuleId::GapInAgreement, |case, _| released::gap_in_agreement(case)),
    (RuleId::TermOverLimit, |case, _| term_limit::answer(case)),
    (RuleId::ImpossibleDate, |case, _| impossible_date::answer(case)),
    (RuleId::ScopeGrew, |case, _| scope::answer(case)),
    (RuleId::Commercial, |case, _| money::commercial(case)),
    (RuleId::CompanyAnsweredNo, |_, _| Answer::silent()),
    (RuleId::CommercialWords, |_, _| Answer::silent()),
    (RuleId::MarketingOrInsuranceWords, |_, _| Answer::silent()),
    (RuleId::Sublicensing, |case, _| money::sublicensing(case)),
    (RuleId::SublicensingUnexplained, |_, _| Answer::silent()),
    (RuleId::NonCareRecipient, |_, _| Answer::silent()),
    (RuleId::IdentifiableSensitiveCommercial, |case, _| money::identifiable_sensitive_commercial(case)),
    (RuleId::NoYieldedBenefits, |_, _| Answer::silent()),
    (RuleId::EmptySection, |case, _| empty_section::answer(case)),
    (RuleId::UnmeasurableBenefits, |_, _| Answer::silent()),
    (RuleId::PromiseOverdue, |_, _| Answer::silent()),
    (RuleId::Boilerplate, |_, _| Answer::silent()),
    (RuleId::FrozenText, |_, _| Answer::silent()),
    (RuleId::ReIdentification, |_, _| Answer::silent()),
    (RuleId::NoLegalBasis, |case, _| legal_basis::absent(case)),
    (RuleId::VagueLegalBasis, |case, around| legal_basis::vague(case, around.usual_basis.as_ref())),
    (RuleId::BasisDoesNotFitType, |_, _| Answer::silent()),
    (RuleId::CovidBasisAfterNotice, |_, _| Answer::silent()),
    (RuleId::NoOversightRecorded, |_, _| Answer::silent()),
    (RuleId::VulnerableGroups, |case, _| vulnerable::answer(case)),
    (RuleId::GpRecords, |_, _| Answer::silent()),
    (RuleId::JointControllersMany, |_, _| Answer::silent()),
    (RuleId::ApplicantNotController, |_, _| Answer::silent()),
    (RuleId::Abroad, |_, _| Answer::silent()),
    (RuleId::Orphan, |case, _| orphan::answer(case)),
    (RuleId::MalformedValue, |case, _| malformed::answer(case)),
    (RuleId::DatasetNotInAgreement, |_, _| Answer::silent()),
    (RuleId::RowContradictsAgreement, |_, _| Answer::silent()),
];

/// What stands around a project in its edition.
pub(super) struct Around {
    /// Mixed answers, for each project that has a part in them.
    mixed: Vec<Vec<Concern>>,
    /// Organisations that never had system access, for each of their projects.
    never_tre: Vec<never_tre::Told>,
    /// A vague legal basis that over half of the edition's rows give.
    usual_basis: Option<legal_basis::Usual>,
}

impl Around {
    pub(super) fn new(register: &Register, settings: &Settings) -> Self {
        Self {
            mixed: mixed_opt_outs::find(register),
            never_tre: never_tre::find(register, settings),
            usual_basis: legal_basis::usual(register),
        }
    }

    pub(super) fn edition_findings(&self) -> Vec<EditionFinding> {
        self.usual_basis.iter().map(legal_basis::Usual::finding).collect()
    }

    fn never_tre_on(&self, number: usize) -> Answer {
        self.never_tre.get(number).map_or_else(Answer::silent, Answer::of_organisation)
    }

    fn mixed_on(&self, number: usize) -> &[Concern] {
        self.mixed.get(number).map_or(&[], Vec::as_slice)
    }
}
