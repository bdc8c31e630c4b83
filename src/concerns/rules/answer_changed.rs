//! `opt-out-answer-changed`: opt-outs applied to files of one dataset, and to later ones of the same agreement not.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::names::{Key, Names};
use crate::register::{Date, Field, Layout, OptOutState, Release, Version};
use crate::text::{CELLS, fold};

use super::super::basis::{self, Basis};
use super::super::case::{Answer, Case, Finding, count, distinct, quoted, row};
use super::super::{Concern, Evidence, RuleId, Severity};

const RULE: RuleId = RuleId::OptOutAnswerChanged;

/// The most rows of either side that are quoted; the statement says how many there are.
const ROWS_A_SIDE: usize = 6;

/// The most references that say when files were sent.
const REFERENCES_NAMED: usize = 3;

/// Why pages and undated rows leave it open.
const NO_ORDER: &str = "The register gives both answers for one dataset of this agreement and not the month of each file, \
                        so which came later is not known.";

/// A file whose answer counts.
#[derive(Clone, Copy)]
struct File<'a> {
    version: &'a Version,
    release: &'a Release,
    month: Option<Date>,
}

/// When a file was sent, and of what type of data it is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Moment<'a> {
    month: Option<Date>,
    number: &'a [u32],
    type_of_data: String,
}

/// How one moment stands to another.
#[derive(PartialEq, Eq)]
enum Order {
    Later,
    NotLater,
    Unknown,
}

/// Files of one dataset by their answer.
#[derive(Default)]
struct Sides<'a> {
    applied: Vec<File<'a>>,
    not_applied: Vec<File<'a>>,
}

pub(super) fn answer(case: &Case<'_>) -> Answer {
    if !case.layout.lists_files() {
        return by_entry(case);
    }
    let mut answer = Answer::silent();
    let mut is_open = false;
    for (dataset, sides) in by_dataset(case) {
        match sides.changed(case.layout) {
            Ok(changed) => answer.concerns.extend(changed.map(|changed| changed.concern(case, &dataset))),
            Err(()) => is_open = true,
        }
    }
    if answer.concerns.is_empty() && is_open {
        return Answer::cannot_tell(RULE, NO_ORDER);
    }
    answer
}

/// A page gives one answer for all its files: where it is one and the same, nothing has changed.
fn by_entry(case: &Case<'_>) -> Answer {
    match case.facts.opt_outs.state {
        OptOutState::Applied | OptOutState::NotApplied => Answer::silent(),
        OptOutState::Mixed => Answer::cannot_tell(
            RULE,
            "The page gives both answers for a whole project, and does not say which file had which, or when.",
        ),
        OptOutState::NotStated => Answer::cannot_tell(RULE, "The entry says nothing about opt-outs."),
    }
}

/// Files with an answer, by dataset however it is spelled. What is outside the opt-outs is not compared: consent,
/// regulation 3, national statistics, and what was sent before there were opt-outs to apply.
fn by_dataset<'a>(case: &Case<'a>) -> BTreeMap<Key, Sides<'a>> {
    let mut sides: BTreeMap<Key, Sides<'a>> = BTreeMap::new();
    let states: BTreeSet<OptOutState> = case.files().map(|(_, release)| release.opt_outs).collect();
    if !states.contains(&OptOutState::Applied) || !states.contains(&OptOutState::NotApplied) {
        return sides;
    }
    let mut keys: HashMap<&str, Key> = HashMap::new();
    let mut outside: HashMap<&str, bool> = HashMap::new();
    let mut is_outside =
        |published: &'a str| *outside.entry(published).or_insert_with(|| Basis::of(published).is_outside_opt_outs());
    for (version, release) in case.files().filter(|(_, release)| case.could_opt_out(release)) {
        if release.dataset.is_empty() {
            continue;
        }
        let key = keys.entry(&release.dataset).or_insert_with(|| Names::built_in().dataset_key(&release.dataset));
        let file = File { version, release, month: case.month(release).map(Date::whole_month) };
        match release.opt_outs {
            OptOutState::Applied => sides.entry(key.clone()).or_default().applied.push(file),
            OptOutState::NotApplied if !is_outside(basis::of_file(version, release)) => {
                sides.entry(key.clone()).or_default().not_applied.push(file);
            }
            _ => {}
        }
    }
    sides
}

impl<'a> Moment<'a> {
    fn of(file: &File<'a>) -> Self {
        let type_of_data = fold(file.release.type_of_data.as_deref().unwrap_or_default());
        Self { month: file.month, number: &file.version.number.0, type_of_data }
    }

    /// How this one stands to another. The month decides, then the version; the month of a workbook of 2016 to 2021 is
    /// that in which its period ends, so that within one version nothing tells what came first.
    fn order(&self, other: &Self, layout: Layout) -> Order {
        let versions = if self.number.is_empty() || other.number.is_empty() {
            Order::Unknown
        } else {
            match self.number.cmp(other.number) {
                std::cmp::Ordering::Greater => Order::Later,
                std::cmp::Ordering::Less => Order::NotLater,
                std::cmp::Ordering::Equal => Order::Unknown,
            }
        };
        match (self.month, other.month) {
            (Some(this), Some(that)) if this > that => Order::Later,
            (Some(this), Some(that)) if this < that => Order::NotLater,
            (Some(_), Some(_)) if layout != Layout::ReleaseRegister && versions == Order::Unknown => Order::NotLater,
            _ => versions,
        }
    }
}

impl<'a> Sides<'a> {
    /// The files between which the answer changed; `None` where it did not, and an error where the order is not known.
    /// Files of one type of data are compared first: those of different types can be different cuts of a dataset.
    fn changed(&self, layout: Layout) -> Result<Option<Changed<'a>>, ()> {
        let moments = |files: &[File<'a>]| files.iter().map(Moment::of).collect::<BTreeSet<Moment<'a>>>();
        let (applied, not_applied) = (moments(&self.applied), moments(&self.not_applied));
        let mut is_open = false;
        let (mut alike, mut other) = (Vec::new(), Vec::new());
        for before in &applied {
            for after in &not_applied {
                match after.order(before, layout) {
                    Order::Later if before.type_of_data == after.type_of_data => alike.push((before, after)),
                    Order::Later => other.push((before, after)),
                    Order::Unknown => is_open = true,
                    Order::NotLater => {}
                }
            }
        }
        let is_one_type = !alike.is_empty();
        let pairs = if is_one_type { alike } else { other };
        if pairs.is_empty() {
            return if is_open { Err(()) } else { Ok(None) };
        }
        let (before, after): (BTreeSet<&Moment<'a>>, BTreeSet<&Moment<'a>>) = pairs.into_iter().unzip();
        let at = |files: &[File<'a>], moments: &BTreeSet<&Moment<'a>>| {
            let mut files: Vec<File<'a>> =
                files.iter().filter(|file| moments.contains(&Moment::of(file))).copied().collect();
            files.sort_by_key(|file| (file.month, file.version.number.clone()));
            files
        };
        Ok(Some(Changed { before: at(&self.applied, &before), after: at(&self.not_applied, &after), is_one_type }))
    }
}

/// Files between which the answer changed, in their order.
struct Changed<'a> {
    before: Vec<File<'a>>,
    after: Vec<File<'a>>,
    is_one_type: bool,
}

impl Changed<'_> {
    fn concern(&self, case: &Case<'_>, dataset: &Key) -> Concern {
        let both = || self.before.iter().chain(&self.after);
        let opt_outs = distinct(both().map(|file| Case::opt_outs_of(file.month)));
        let spellings = distinct(both().map(|file| file.release.dataset.as_str()));
        let statement = format!(
            "The register says that {} were applied to {} of {} ({}), and not to {} of a later month or version than one of \
             those ({}){}.",
            if let [one] = opt_outs.as_slice() { *one } else { "opt-outs" },
            count(self.before.len(), "file", "files"),
            quoted(&spellings),
            when(&self.before),
            count(self.after.len(), "file", "files"),
            when(&self.after),
            if self.is_one_type { "" } else { "; their types of data differ" },
        );
        let mut evidence: Vec<Evidence> = self.before.iter().take(ROWS_A_SIDE).map(quote).collect();
        evidence.extend(self.after.iter().take(ROWS_A_SIDE).map(quote));
        let files = self.before.len() + self.after.len();
        let found = case.concern(Finding { rule: RULE, severity: Severity::Medium, statement, evidence, files });
        Concern { key: format!("{}|{}", found.key, dataset.as_str()), ..found }
    }
}

/// When files were sent: their own months as far as the register gives them, and under what reference.
fn when(files: &[File<'_>]) -> String {
    let months: Vec<Date> = files.iter().filter_map(|file| file.release.month).collect();
    let months = match (months.iter().min(), months.iter().max()) {
        (Some(first), Some(last)) if first == last => format!("{first}, "),
        (Some(first), Some(last)) => format!("{first} to {last}, "),
        _ => String::new(),
    };
    let references = distinct(files.iter().map(|file| file.version.reference.as_str()));
    let more = references.len().saturating_sub(REFERENCES_NAMED);
    let named = references.iter().take(REFERENCES_NAMED).copied().collect::<Vec<_>>().join(", ");
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("{months}under {named}{more}")
}

fn quote(file: &File<'_>) -> Evidence {
    let row = row(file.release);
    Evidence { field: Field::Release, quote: format!("{}{CELLS}{}", file.version.reference, row.quote), ..row }
}
