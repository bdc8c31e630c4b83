//! The rules, one function each over one project, in the catalogue's order.

mod answer_changed;
mod boilerplate;
mod contradiction;
mod controllers;
mod empty_section;
mod flow;
mod footing;
mod identifiable;
mod impossible_date;
mod legal_basis;
mod listed;
mod malformed;
mod mixed_opt_outs;
mod money;
mod never_tre;
mod opt_outs;
mod orphan;
mod oversight;
mod policy;
mod power;
mod promises;
mod recipients;
mod released;
mod renewal;
mod scope;
mod term_limit;
mod tracing;
mod vulnerable;
mod words;

use std::thread;

use crate::register::{Register, Section};

use super::boilerplate::{owners, shared_sentences};
use super::case::{Answer, Case};
use super::prose::SharedSentences;
use super::{Concern, EditionFinding, RuleId, Settings, WordingGroups};
use boilerplate::Shared;

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
    (RuleId::CompanyAnsweredNo, |case, _| recipients::company_answered_no(case)),
    (RuleId::CommercialWords, |case, around| words::commercial(case, around)),
    (RuleId::MarketingOrInsuranceWords, |case, around| words::marketing(case, around)),
    (RuleId::Sublicensing, |case, _| money::sublicensing(case)),
    (RuleId::SublicensingUnexplained, |case, _| words::sublicensing_unexplained(case)),
    (RuleId::NonCareRecipient, |case, _| recipients::not_care(case)),
    (RuleId::IdentifiableSensitiveCommercial, |case, _| money::identifiable_sensitive_commercial(case)),
    (RuleId::NoYieldedBenefits, |case, _| renewal::no_yielded_benefits(case)),
    (RuleId::EmptySection, |case, _| empty_section::answer(case)),
    (RuleId::UnmeasurableBenefits, |case, around| promises::unmeasurable(case, around)),
    (RuleId::PromiseOverdue, |case, around| promises::overdue(case, around)),
    (RuleId::Boilerplate, |case, around| boilerplate::answer(case, around)),
    (RuleId::FrozenText, |case, _| renewal::frozen_text(case)),
    (RuleId::ReIdentification, |case, around| words::re_identification(case, around)),
    (RuleId::NoLegalBasis, |case, _| legal_basis::absent(case)),
    (RuleId::VagueLegalBasis, |case, around| legal_basis::vague(case, around.usual_basis.as_ref())),
    (RuleId::BasisDoesNotFitType, |case, _| power::answer(case)),
    (RuleId::CovidBasisAfterNotice, |case, _| footing::covid_basis(case)),
    (RuleId::NoOversightRecorded, |case, _| oversight::no_oversight(case)),
    (RuleId::VulnerableGroups, |case, _| vulnerable::answer(case)),
    (RuleId::GpRecords, |case, _| oversight::gp_records(case)),
    (RuleId::JointControllersMany, |case, _| controllers::many(case)),
    (RuleId::ApplicantNotController, |case, _| controllers::applicant(case)),
    (RuleId::Abroad, |case, around| words::abroad(case, around)),
    (RuleId::Orphan, |case, _| orphan::answer(case)),
    (RuleId::MalformedValue, |case, _| malformed::answer(case)),
    (RuleId::DatasetNotInAgreement, |case, _| listed::answer(case)),
    (RuleId::RowContradictsAgreement, |case, _| contradiction::answer(case)),
];

/// What stands around a project in its edition.
pub(super) struct Around {
    /// Mixed answers, for each project that has a part in them.
    mixed: Vec<Vec<Concern>>,
    /// Organisations that never had system access, for each of their projects.
    never_tre: Vec<never_tre::Told>,
    /// A vague legal basis that over half of the edition's rows give.
    usual_basis: Option<legal_basis::Usual>,
    /// How many organisations the edition names.
    organisations: usize,
    /// Sentences that several organisations use.
    pub(super) shared: SharedSentences,
    /// Objectives that several organisations publish in nearly the same words.
    objectives: Shared,
    /// Expected benefits, the same.
    benefits: Shared,
    /// What the edition counts of requests to trace people.
    tracing: Vec<EditionFinding>,
}

impl Around {
    pub(super) fn new(register: &Register, settings: &Settings) -> Self {
        let owners = owners(register);
        let shared = |section| Shared::new(register, &owners, section, settings);
        thread::scope(|scope| {
            let by_rows = scope.spawn(|| {
                let never_tre = never_tre::find(register, settings);
                (mixed_opt_outs::find(register), never_tre, legal_basis::usual(register))
            });
            let benefits = scope.spawn(|| shared(Section::ExpectedBenefits));
            let objectives = shared(Section::Objectives);
            let shared = shared_sentences(register, &owners, settings);
            // A fault of those threads goes on in this one.
            let benefits = benefits.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault));
            let (mixed, never_tre, usual_basis) =
                by_rows.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault));
            let tracing = tracing::findings(register);
            // Their numbers have no gaps.
            let organisations = owners.iter().max().map_or(0, |last| *last as usize + 1);
            Self { mixed, never_tre, usual_basis, organisations, shared, objectives, benefits, tracing }
        })
    }

    /// Whether the edition has so many organisations that a sentence could be shared.
    pub(super) fn can_share(&self, settings: &Settings) -> bool {
        self.organisations >= settings.thresholds.shared_sentence
    }

    /// The groups of nearly equal texts that a project's belong to.
    pub(super) fn wording_groups(&self, project: usize) -> WordingGroups {
        WordingGroups { objectives: self.objectives.groups_of(project), benefits: self.benefits.groups_of(project) }
    }

    pub(super) fn edition_findings(&self) -> Vec<EditionFinding> {
        let usual_basis = self.usual_basis.iter().map(legal_basis::Usual::finding);
        usual_basis.chain(self.tracing.iter().cloned()).collect()
    }

    fn never_tre_on(&self, number: usize) -> Answer {
        self.never_tre.get(number).map_or_else(Answer::silent, Answer::of_organisation)
    }

    fn mixed_on(&self, number: usize) -> &[Concern] {
        self.mixed.get(number).map_or(&[], Vec::as_slice)
    }
}
