//! From a concern to where what proves it stands, and back.

use super::wanted::want_subject;
use super::{detail, frames};
use crate::concerns::RuleId;
use crate::explorer::actions::Action;
use crate::explorer::document::{Leading, Subject};
use crate::explorer::message::Effect;
use crate::explorer::state::{Left, Spot, State, Then};
use crate::register::{Field, Section};
use crate::report::SourceReport;

/// Goes from a concern to the first place that proves it; from there to the next one, and round.
pub(super) fn follow(state: &mut State, effects: &mut Vec<Effect>) {
    let Some(shown) = &state.detail else { return };
    let (concern, after) = match (shown.spot, shown.left) {
        (Spot::Concern(number), _) => (number, None),
        (_, Some(left)) => (left.concern, Some(left.evidence)),
        _ => {
            state.notice = Some(format!(
                "{} goes to a concern, and {} from there to what proves it",
                state.keys.named(Action::NextConcern),
                state.keys.named(Action::Open)
            ));
            return;
        }
    };
    let leads = shown.under.as_deref().unwrap_or(shown).document.leads_of(concern);
    let later = leads.iter().find(|(evidence, _)| after.is_none_or(|after| *evidence > after));
    let Some((evidence, leading)) = later.or(leads.first()).cloned() else {
        state.notice = Some("nothing is quoted for this concern".to_owned());
        return;
    };
    if after.is_some() && leads.len() == 1 {
        state.notice = Some(format!(
            "all that proves this concern stands here; {} goes back to it",
            state.keys.named(Action::Back)
        ));
        return;
    }
    if let Leading::Alike(section) = leading {
        return list_alike(state, concern, section, effects);
    }
    if leading == Leading::Elsewhere
        && let Some(query) = shared_with(state, concern, evidence)
    {
        back(state);
        if let Some(shown) = &mut state.detail {
            shown.spot = Spot::Concern(concern);
        }
        return frames::to_list(state, query, effects);
    }
    go(state, concern, evidence, &leading, effects);
    if leads.len() > 1 && state.notice.is_none() {
        let at = leads.iter().position(|(number, _)| *number == evidence).unwrap_or_default() + 1;
        let (next, back) = (state.keys.named(Action::Open), state.keys.named(Action::Back));
        state.notice =
            Some(format!("place {at} of {}: {next} goes to the next, {back} back to the concern", leads.len()));
    }
}

/// The search for the projects of an organisation among which a finding about its files lies, where a row that proves it is
/// another project's.
fn shared_with(state: &State, concern: usize, evidence: usize) -> Option<String> {
    let shown = state.detail.as_ref()?;
    let found = shown.under.as_deref().unwrap_or(shown).document.concern(concern)?;
    let organisation = found.organisations.first().filter(|name| !name.contains('"'))?;
    // These two speak of all files of an organisation.
    let is_of_organisation = matches!(found.rule, RuleId::MixedOptOuts | RuleId::NeverTre);
    let is_row = found.evidence.get(evidence)?.field == Field::Release;
    (is_of_organisation && is_row).then(|| format!("concern:{} org:=\"{organisation}\"", found.rule))
}

/// Lists the projects that publish nearly the same in a section; going back leads to the concern.
fn list_alike(state: &mut State, concern: usize, section: Section, effects: &mut Vec<Effect>) {
    back(state);
    let Some(reference) = state.detail.as_ref().map(|shown| shown.document.name.clone()) else { return };
    if let Some(shown) = &mut state.detail {
        shown.spot = Spot::Concern(concern);
    }
    let scope = if section == Section::ExpectedBenefits { "benefits_of" } else { "objectives_of" };
    frames::to_list(state, format!("{scope}:{reference}"), effects);
}

fn go(state: &mut State, concern: usize, evidence: usize, leading: &Leading, effects: &mut Vec<Effect>) {
    let subject = state.detail.as_ref().map(|shown| shown.subject);
    match (leading, subject) {
        (Leading::Files { .. }, Some(Subject::Files(_))) => arrive(state, concern, evidence),
        (Leading::Files { .. }, Some(subject)) => {
            // The project below stands there again at its concern.
            back(state);
            if let Some(project) = subject.of_project() {
                want_subject(state, Subject::Files(project), Then::Evidence(concern, evidence), effects);
            }
        }
        (_, Some(subject)) if subject.is_aside() => {
            super::aside::off(state, effects);
            arrive(state, concern, evidence);
        }
        _ => arrive(state, concern, evidence),
    }
}

/// Goes to a piece of evidence in what is shown.
pub(super) fn arrive(state: &mut State, concern: usize, evidence: usize) {
    let rows = detail::rows(state);
    let Some(shown) = &mut state.detail else { return };
    let project = shown.under.as_deref().unwrap_or(shown);
    let Some(proof) = project.document.concern(concern).and_then(|found| found.evidence.get(evidence)).cloned() else {
        return;
    };
    let place = SourceReport::new(&state.header, &proof.place);
    let place = place.map(|place| format!("{}, {}", place.file, place.place)).unwrap_or_default();
    let spotlight = match shown.document.leading(&proof) {
        Leading::Here(spotlight) => spotlight,
        Leading::Near(spotlight) => {
            state.notice = Some(if proof.quote.is_empty() {
                format!("nothing is published; the entry: {place}")
            } else {
                format!("not in what is shown, but in {place}")
            });
            spotlight
        }
        Leading::Files { .. } | Leading::Alike(_) | Leading::Elsewhere => {
            state.notice = Some(format!("this stands outside this project's entry: {place}"));
            let top = shown.left.map_or(shown.top, |left| left.top);
            shown.left = Some(Left { concern, evidence, top });
            return;
        }
    };
    let top = shown.left.map_or(shown.top, |left| left.top);
    shown.left = Some(Left { concern, evidence, top });
    shown.spot = Spot::Evidence(spotlight);
    if let Some(line) = shown.spot_line() {
        shown.reveal(line, rows);
    }
}

/// Goes back to the concern that one came from, with the screen as it was left; says no where there is none.
pub(super) fn back(state: &mut State) -> bool {
    let rows = detail::rows(state);
    let Some(shown) = &mut state.detail else { return false };
    let Some(left) = shown.left.take() else { return false };
    shown.spot = Spot::Concern(left.concern);
    shown.scroll_to(left.top, rows);
    // The lines may have been cut anew meanwhile.
    if let Some(line) = shown.spot_line() {
        shown.reveal(line, rows);
    }
    true
}
