//! `row-contradicts-agreement`: a file's row and the row of its dataset in the same version that say different things.

use crate::names::Names;
use crate::register::{Dataset, Layout, Release, Version};
use crate::text::fold;

use super::super::case::{Answer, Case, Finding, count, row};
use super::super::{Evidence, RuleId, Severity};
use super::footing::dataset_row;

const RULE: RuleId = RuleId::RowContradictsAgreement;

/// The most files that are quoted, each with a row that it contradicts.
const PAIRS_QUOTED: usize = 6;

/// The columns that are compared.
const COMPARED: [&str; 3] = ["type of data", "sensitivity", "legal basis"];

/// For each column, whether two rows differ in it.
type Differences = [bool; COMPARED.len()];

/// A file with the row of its dataset that is nearest to it, and what they differ in.
struct Contradiction<'a> {
    release: &'a Release,
    dataset: &'a Dataset,
    differences: Differences,
}

pub(super) fn answer(case: &Case<'_>) -> Answer {
    let cannot_tell = |why: &str| Answer::cannot_tell(RULE, why);
    if case.layout.is_page() {
        return cannot_tell("A page merges its values and lists no single file.");
    }
    if case.layout != Layout::DataUsesRegister {
        return cannot_tell("This register tells the datasets from its files, so the two cannot be compared.");
    }
    if case.lacks("datasets") {
        return cannot_tell("The file that was read lacks the sheet of datasets.");
    }
    let found: Vec<Contradiction<'_>> =
        case.files().filter_map(|(version, release)| contradiction(version, release)).collect();
    if found.is_empty() {
        return Answer::silent();
    }
    let said: Vec<String> = COMPARED
        .iter()
        .enumerate()
        .filter_map(|(at, column)| {
            let files = found.iter().filter(|one| one.differences[at]).count();
            let of_all =
                if files == found.len() { String::new() } else { format!(" ({})", count(files, "file", "files")) };
            (files > 0).then(|| format!("{column}{of_all}"))
        })
        .collect();
    let (rows, says) = if found.len() == 1 { ("row", "differs") } else { ("rows", "differ") };
    let statement = format!(
        "The {rows} of {} {says} from the agreement's own row of the dataset in {}.",
        count(found.len(), "file", "files"),
        said.join(", ")
    );
    let pairs = found.iter().take(PAIRS_QUOTED);
    let evidence: Vec<Evidence> = pairs.flat_map(|one| [row(one.release), dataset_row(case, one.dataset)]).collect();
    let files = found.len();
    Answer::one(case.concern(Finding { rule: RULE, severity: Severity::Medium, statement, evidence, files }))
}

/// What a file contradicts: no row of its dataset in its version agrees with it, be it one row or several cuts.
fn contradiction<'a>(version: &'a Version, release: &'a Release) -> Option<Contradiction<'a>> {
    let nearest = |rows: &mut dyn Iterator<Item = &'a Dataset>| {
        rows.map(|dataset| (dataset, differences(dataset, release)))
            .min_by_key(|(_, differences)| differences.iter().filter(|differs| **differs).count())
    };
    let (dataset, differences) = nearest(&mut version.datasets.iter().filter(|row| row.name == release.dataset))
        .filter(|(_, differences)| !differences.contains(&true))
        .or_else(|| {
            // Keys are only worked out where no row of the same spelling agrees.
            let key = Names::built_in().dataset_key(&release.dataset);
            let is_same =
                |row: &&Dataset| row.name == release.dataset || Names::built_in().dataset_key(&row.name) == key;
            nearest(&mut version.datasets.iter().filter(is_same))
        })?;
    differences.contains(&true).then_some(Contradiction { release, dataset, differences })
}

fn differences(dataset: &Dataset, release: &Release) -> Differences {
    [
        differ(dataset.type_of_data.as_deref(), release.type_of_data.as_deref()),
        differ(dataset.sensitivity.as_deref(), release.sensitivity.as_deref()),
        differ(dataset.legal_basis.as_deref(), release.legal_basis.as_deref()),
    ]
}

/// Whether two values say different things, whatever their spaces, dashes and case. An absent one contradicts nothing.
fn differ(one: Option<&str>, other: Option<&str>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) if one != other => plain(one) != plain(other),
        _ => false,
    }
}

fn plain(value: &str) -> String {
    fold(value).chars().filter(|letter| letter.is_alphanumeric()).collect()
}
