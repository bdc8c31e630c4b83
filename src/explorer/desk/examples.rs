//! What the help's examples find; where one finds nothing in the edition, one of the edition's own takes its place.

use color_eyre::eyre::Report;

use super::IndexDesk;
use super::home::found;
use crate::explorer::help::{Example, LANGUAGE};
use crate::index::{FacetField, Index, LastWord, ProjectId, SearchError};
use crate::register::Section;
use crate::text::words;

/// Projects whose texts are looked through for words.
const LOOKED_AT: u32 = 200;

/// The shortest word that makes an example, in letters.
const LETTERS: usize = 6;

impl IndexDesk {
    /// The examples with how many projects each finds; none where that was cancelled.
    pub(super) fn examples(&self, cancelled: &dyn Fn() -> bool) -> Result<Option<Vec<Example>>, Report> {
        match examples(&self.index(), cancelled) {
            Ok(examples) => Ok(Some(examples)),
            Err(SearchError::Cancelled) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

fn examples(index: &Index, cancelled: &dyn Fn() -> bool) -> Result<Vec<Example>, SearchError> {
    let mut own: Option<OfEdition> = None;
    let mut examples = Vec::new();
    for (query, about) in LANGUAGE {
        let mut example = Example { query: query.to_owned(), about, projects: Some(found(index, query, cancelled)?) };
        if example.projects == Some(0) {
            if own.is_none() {
                own = Some(OfEdition::read(index, cancelled)?);
            }
            for other in own.as_ref().map(|own| own.instead_of(query)).unwrap_or_default() {
                let projects = found(index, &other, cancelled)?;
                if projects > 0 {
                    (example.query, example.projects) = (other, Some(projects));
                    break;
                }
            }
        }
        examples.push(example);
    }
    Ok(examples)
}

/// What there is in an edition to make examples of; empty where there is nothing of it.
#[derive(Debug, Default)]
struct OfEdition {
    /// Two words that stand side by side.
    pair: Option<(String, String)>,
    /// A word of the benefits.
    benefit: Option<String>,
    /// The parts of a query that ask for the most frequent value of each facet.
    values: Vec<(FacetField, String)>,
    /// Rules that cannot tell of some project.
    unsure: Vec<String>,
}

impl OfEdition {
    fn read(index: &Index, cancelled: &dyn Fn() -> bool) -> Result<Self, SearchError> {
        let mut own = Self::default();
        for facet in index.facets("", LastWord::Whole, cancelled)? {
            let most = facet.values().filter(|value| value.projects > 0).max_by_key(|value| value.projects);
            own.values.extend(most.map(|value| (facet.field, value.query().into_owned())));
        }
        let unsure = index.header().tallies.iter().filter(|tally| tally.cannot_tell > 0);
        own.unsure = unsure.map(|tally| tally.rule.to_string()).collect();
        let projects = u32::try_from(index.len()).unwrap_or(u32::MAX).min(LOOKED_AT);
        for project in (0..projects).map(ProjectId) {
            if cancelled() {
                return Err(SearchError::Cancelled);
            }
            if own.pair.is_some() && own.benefit.is_some() {
                break;
            }
            let record = index.record(project)?;
            let Some(latest) = record.project.latest() else { continue };
            let title = latest.title.clone();
            let objectives = latest.section(Section::Objectives);
            own.pair = own.pair.or_else(|| title.into_iter().chain(objectives).find_map(|text| pair_in(&text)));
            let benefits = latest.section(Section::ExpectedBenefits);
            own.benefit = own.benefit.or_else(|| plain_words(&benefits?).flatten().next());
        }
        Ok(own)
    }

    /// Queries of the same kind as an example, the nearest to it first.
    fn instead_of(&self, query: &str) -> Vec<String> {
        let (one, two) = self.pair.clone().unwrap_or_default();
        let value = |fields: &[FacetField]| {
            let of = |field: &FacetField| self.values.iter().find(|(known, _)| known == field);
            fields.iter().filter_map(of).map(|(_, query)| query.clone()).collect::<Vec<_>>()
        };
        let instead = match query {
            "insurance claims" => vec![format!("{one} {two}")],
            "\"machine learning\"" => vec![format!("\"{one} {two}\"")],
            "\"data linkage\"~3" => vec![format!("\"{two} {one}\"~3")],
            "police OR council" => vec![format!("police OR {one}")],
            "-council" => vec!["-police".to_owned()],
            "(police OR NHS) -east" => vec![format!("(police OR {one}) -east"), format!("(police OR {one}) -west")],
            "pharma*" => vec![format!("{}*", one.get(..LETTERS - 1).unwrap_or_default())],
            "=insurer" => vec![format!("={one}")],
            // A word of which a letter is missing.
            "palentir~" => vec![format!("{}~", one.get(..one.len().saturating_sub(1)).unwrap_or_default())],
            "benefits:dementia" => {
                let benefit = self.benefit.iter().map(|word| format!("benefits:{word}"));
                benefit.chain([format!("objectives:{one}"), format!("title:{one}")]).collect()
            }
            "org:ims" => {
                let names = value(&[FacetField::Organisation]);
                let words = names.iter().filter_map(|name| plain_words(name).flatten().next());
                words.map(|word| format!("org:{word}")).collect()
            }
            "optouts:not-applied" => value(&[FacetField::OptOuts]),
            "org:=\"IMS HEALTH LTD\"" => value(&[FacetField::Organisation, FacetField::Dataset]),
            "ends:<2026-01" => vec!["started:>2000".to_owned(), "released:>2000".to_owned()],
            "files:>100" => vec!["files:>0".to_owned(), "files:<1".to_owned()],
            "missing:objectives" => vec!["missing:yielded".to_owned(), "has:objectives".to_owned()],
            "concern:commercial" => value(&[FacetField::Concern]),
            "unsure:commercial" => self.unsure.iter().map(|rule| format!("unsure:{rule}")).collect(),
            _ => Vec::new(),
        };
        if self.pair.is_some() { instead } else { instead.into_iter().filter(|query| query.contains(':')).collect() }
    }
}

/// Two long plain words of a text that stand side by side.
fn pair_in(text: &str) -> Option<(String, String)> {
    let all: Vec<Option<String>> = plain_words(text).collect();
    all.windows(2).find_map(|pair| Some((pair[0].clone()?, pair[1].clone()?)))
}

/// The words of a text; none in the place of those that make no good example.
fn plain_words(text: &str) -> impl Iterator<Item = Option<String>> {
    words(text).map(|word| {
        let is_plain = word.folded.len() >= LETTERS && word.folded.bytes().all(|letter| letter.is_ascii_lowercase());
        is_plain.then_some(word.folded)
    })
}
