//! A case: one project with what a rule needs to know around it, and what a rule answers.

use std::collections::BTreeSet;

use crate::register::vocabulary::{is_type_of_data, is_undisclosed_type, opt_out_answers};
use crate::register::{
    Dataset, Date, Edition, Facts, Field, Layout, Page, Place, Project, Register, Release, Version, Wording,
};
use crate::text::CELLS;

use super::prose::Prose;
use super::terms::Terms;
use super::{CannotTell, Concern, Evidence, RuleId, Settings, Severity, rule};

/// The most rows or versions that one concern quotes; for rows the statement says how many there are.
pub(super) const ROWS_QUOTED: usize = 12;

/// The first month in which an opt-out was upheld: type 2 objections, from 29 April 2016.
const FIRST_UPHELD: (i16, u8) = (2016, 5);

/// The first whole month of the national data opt-out, which began on 25 May 2018.
const NATIONAL_FROM: (i16, u8) = (2018, 6);

/// The sentences of a case that was made for its rows alone.
static NO_PROSE: Prose<'static> = Prose::none();

/// One project, and what stands around it.
pub(super) struct Case<'a> {
    /// Its place in the register.
    pub(super) number: usize,
    pub(super) project: &'a Project,
    pub(super) latest: &'a Version,
    pub(super) facts: Facts,
    pub(super) layout: Layout,
    pub(super) edition: &'a Edition,
    pub(super) page: Option<&'a Page>,
    pub(super) settings: &'a Settings,
    prose: Option<&'a Prose<'a>>,
    register: &'a Register,
}

/// What one rule answers for one project.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub(super) concerns: Vec<Concern>,
    pub(super) cannot_tell: Option<CannotTell>,
}

/// What a finding adds to what the catalogue says of its rule.
pub(super) struct Finding {
    pub(super) rule: RuleId,
    pub(super) severity: Severity,
    pub(super) statement: String,
    pub(super) evidence: Vec<Evidence>,
    pub(super) files: usize,
}

impl<'a> Case<'a> {
    /// The case of a project; `None` for one without versions.
    pub(super) fn new(
        register: &'a Register,
        settings: &'a Settings,
        number: usize,
        project: &'a Project,
    ) -> Option<Self> {
        let latest = project.latest()?;
        let layout = register.layout(latest)?;
        Some(Self {
            number,
            project,
            latest,
            facts: Facts::of(project, layout.lists_files()),
            layout,
            edition: &register.edition,
            page: latest.page.and_then(|page| register.pages.get(page)),
            settings,
            prose: None,
            register,
        })
    }

    /// The same, with the sentences of its latest version.
    pub(super) fn reading(self, prose: &'a Prose<'a>) -> Self {
        Self { prose: Some(prose), ..self }
    }

    /// The sentences of the latest version; none where the case was made for its rows alone.
    pub(super) fn prose(&self) -> &Prose<'a> {
        self.prose.unwrap_or(&NO_PROSE)
    }

    /// Why the entry's own words cannot be judged, if they cannot: the file lacks them, or what stands there is a summary
    /// in this project's words.
    pub(super) fn why_unread(&self) -> Option<&'static str> {
        if self.edition.wording == Wording::Summary {
            return Some("The texts of the sample are summaries in our words; import the register for its own.");
        }
        if self.lacks("agreements") {
            return Some("The file that was read lacks the sheet of agreements.");
        }
        self.lacks("purposestatements").then_some("The file that was read lacks the sheet of purpose statements.")
    }

    /// Whether all that was read are the pages of one organisation.
    pub(super) fn is_of_one_organisation(&self) -> bool {
        let sources = &self.register.sources;
        sources.len() == 1 && sources.iter().all(|source| source.layout.is_page())
    }

    /// Files with their versions.
    pub(super) fn files(&self) -> impl Iterator<Item = (&'a Version, &'a Release)> {
        let versions = self.project.versions.iter();
        versions
            .flat_map(|version| version.releases.iter().map(move |release| (version, release)))
            .filter(|(_, release)| release.is_file())
    }

    /// The month of a release: its own. The release register of 2016 to 2021 gives none for a row, and there that in
    /// which the period of the row's file ends stands for it, else the edition's. Elsewhere nothing stands for it: other
    /// layouts hold files of many years.
    pub(super) fn month(&self, release: &Release) -> Option<Date> {
        if self.layout != Layout::ReleaseRegister {
            return release.month;
        }
        let of_source = || self.register.source(&release.place).and_then(|source| source.date);
        release.month.or_else(of_source).or(self.edition.date)
    }

    /// Whether the file of its latest version lacks a sheet or column of its layout.
    pub(super) fn lacks(&self, name: &str) -> bool {
        self.register.source(&self.latest.place).is_some_and(|source| source.lacks(name))
    }

    /// Whether any of the files that the project was read from lacks a sheet or column of its layout.
    pub(super) fn some_file_lacks(&self, name: &str) -> bool {
        let mut sources = self.project.versions.iter().filter_map(|version| self.register.source(&version.place));
        sources.any(|source| source.lacks(name))
    }

    /// The month of a release where it can be meant: not before all registers, nor after the edition.
    pub(super) fn credible_month(&self, release: &Release) -> Option<Date> {
        self.month(release).filter(|month| !self.settings.is_too_old(*month) && !self.is_future(*month))
    }

    /// Whether a month lies after that of the edition. Where that is not known, none is known to.
    pub(super) fn is_future(&self, month: Date) -> bool {
        self.edition.date.is_some_and(|edition| month.months_since(edition) > 0)
    }

    /// The terms of its versions.
    pub(super) fn terms(&self) -> Terms<'a> {
        Terms::of(self.project, &self.register.sources, self.settings)
    }

    /// Whether opt-outs were upheld at all by then. An unknown month counts: every edition is later than that.
    pub(super) fn could_opt_out(&self, release: &Release) -> bool {
        self.month(release).is_none_or(|month| (month.year(), month.month_of_year()) >= FIRST_UPHELD)
    }

    /// The opt-outs of a month, by their right name.
    pub(super) fn opt_outs_of(month: Option<Date>) -> &'static str {
        match month.map(|month| (month.year(), month.month_of_year())) {
            None => "opt-outs",
            Some(month) if month >= NATIONAL_FROM => "national data opt-outs",
            Some((2018, 5)) => "opt-outs (type 2 objections, or the national data opt-out from 25 May 2018)",
            Some(_) => "opt-outs (type 2 objections)",
        }
    }

    /// The legal bases of the project, as published.
    pub(super) fn legal_bases(&self) -> impl Iterator<Item = &str> {
        self.facts.legal_bases.iter().map(String::as_str)
    }

    /// Whether the entry shows that data was released: it gives a month, be it the first or the last.
    pub(super) fn shows_releases(&self) -> bool {
        self.facts.releases.first.or(self.facts.releases.last).is_some()
    }

    /// The months in which data was released, as far as the entry gives them.
    pub(super) fn months_released(&self) -> String {
        match (self.facts.releases.first, self.facts.releases.last) {
            (Some(first), Some(last)) if first == last => first.to_string(),
            (Some(first), Some(last)) => format!("{first} to {last}"),
            (Some(first), None) => format!("from {first} on"),
            (None, Some(last)) => format!("last in {last}"),
            (None, None) => String::new(),
        }
    }

    /// Whether nothing is said of the type of data: the entry gives none, or says that it is not disclosed.
    pub(super) fn is_type_unknown(&self) -> bool {
        self.facts.types_of_data.iter().all(|value| is_undisclosed_type(value))
    }

    /// Evidence of the types of data: the entry's own line, and the opt-outs field where some slipped into that.
    pub(super) fn types_of_data(&self) -> Vec<Evidence> {
        let slipped = |version: &Version| -> Vec<String> {
            let published = version.opt_outs.as_published.as_deref().unwrap_or_default();
            let parts = opt_out_answers(published).into_iter().map(|(part, _)| part);
            parts.filter(|part| is_type_of_data(part)).map(str::to_owned).collect()
        };
        let mut evidence = self.each(Field::TypeOfData, |version| {
            // Where no line of its own gives types, they stand in the opt-outs field alone.
            let alone = version.place_of(Field::TypeOfData) == version.place_of(Field::OptOuts);
            let slipped = slipped(version);
            let own =
                version.types_of_data.iter().filter(|value| slipped.is_empty() || !(alone || slipped.contains(value)));
            own.cloned().collect::<Vec<_>>().join("; ")
        });
        let opt_outs =
            |version: &Version| version.opt_outs.as_published.clone().filter(|_| !slipped(version).is_empty());
        let from_opt_outs = self.each(Field::OptOuts, |version| opt_outs(version).unwrap_or_default());
        evidence.extend(from_opt_outs.into_iter().filter(|one| !one.quote.is_empty()));
        if evidence.len() > 1 {
            evidence.retain(|one| !one.quote.is_empty());
        }
        evidence
    }

    /// Evidence from a field of the versions that state it, each with its own words and place: the first few where there
    /// are many. Where none does, the latest version's field is empty.
    pub(super) fn each(&self, field: Field, words: impl Fn(&Version) -> String) -> Vec<Evidence> {
        let mut evidence: Vec<Evidence> = Vec::new();
        for version in &self.project.versions {
            if evidence.len() == ROWS_QUOTED {
                break;
            }
            let quote = words(version);
            if !quote.is_empty() && !evidence.iter().any(|known| known.quote == quote) {
                evidence.push(Evidence { field, quote, place: version.place_of(field).clone() });
            }
        }
        if evidence.is_empty() {
            evidence.push(self.field(field, ""));
        }
        evidence
    }

    /// A concern about this project.
    pub(super) fn concern(&self, finding: Finding) -> Concern {
        let about = rule(finding.rule);
        Concern {
            rule: finding.rule,
            severity: finding.severity,
            standing: about.standing,
            statement: finding.statement,
            evidence: finding.evidence,
            caveat: about.caveat.to_owned(),
            files: finding.files,
            organisations: vec![self.latest.organisation.clone()],
            key: format!("{}|{}|{:?}", finding.rule, self.project.reference, finding.severity),
        }
    }

    /// Evidence from a field of the latest version.
    pub(super) fn field(&self, field: Field, quote: impl Into<String>) -> Evidence {
        Evidence { field, quote: quote.into(), place: self.latest.place_of(field).clone() }
    }

    /// Evidence from a row of a dataset; from where the entry lists its datasets where it has no row of its own.
    pub(super) fn dataset(&self, dataset: &Dataset, quote: impl Into<String>) -> Evidence {
        let place = dataset.place.clone().unwrap_or_else(|| self.latest.place_of(Field::Datasets).clone());
        Evidence { field: Field::Datasets, quote: quote.into(), place }
    }

    /// The datasets of the project whose name is as wanted, the first row of each name.
    pub(super) fn datasets_once(&self, is_wanted: impl Fn(&str) -> bool) -> Vec<&Dataset> {
        let mut known = BTreeSet::new();
        let named = self.facts.datasets.iter().filter(|dataset| known.insert(dataset.name.as_str()));
        named.filter(|dataset| is_wanted(&dataset.name)).collect()
    }
}

impl Answer {
    /// Nothing found.
    pub(super) fn silent() -> Self {
        Self::default()
    }

    /// One concern.
    pub(super) fn one(concern: Concern) -> Self {
        Self { concerns: vec![concern], cannot_tell: None }
    }

    /// What was found, and what could not be told beside it, each reason a sentence.
    pub(super) fn partly(rule: RuleId, concerns: Vec<Concern>, reasons: &[String]) -> Self {
        let why = (!reasons.is_empty()).then(|| reasons.join(" "));
        Self { concerns, cannot_tell: why.map(|why| CannotTell { rule, why }) }
    }

    /// The entry does not tell.
    pub(super) fn cannot_tell(rule: RuleId, why: &str) -> Self {
        Self { concerns: Vec::new(), cannot_tell: Some(CannotTell { rule, why: why.to_owned() }) }
    }
}

/// Evidence from a release row: its cells that matter here, as published.
pub(super) fn row(release: &Release) -> Evidence {
    let cells = [
        Some(&release.dataset),
        release.type_of_data.as_ref(),
        release.sensitivity.as_ref(),
        release.legal_basis.as_ref(),
        release.opt_outs_as_published.as_ref(),
    ];
    let mut quote: Vec<String> = release.id.iter().cloned().collect();
    quote.extend(cells.into_iter().flatten().map(String::from));
    quote.extend(release.month.map(|month| month.to_string()));
    Evidence { field: Field::Release, quote: quote.join(CELLS), place: release.place.clone() }
}

/// Evidence from the first few of many rows.
pub(super) fn rows<'a>(releases: impl Iterator<Item = &'a Release>) -> Vec<Evidence> {
    releases.take(ROWS_QUOTED).map(row).collect()
}

/// Evidence of a version's term: its reference and both dates.
pub(super) fn term(version: &Version) -> Evidence {
    let date = |date: Option<Date>| date.map_or_else(|| "not stated".to_owned(), |date| date.to_string());
    let quote = format!("{}{CELLS}{} to {}", version.reference, date(version.term.start), date(version.term.end));
    Evidence { field: Field::Term, quote, place: version.place_of(Field::Term).clone() }
}

/// Evidence from a place.
pub(super) fn evidence(field: Field, quote: &str, place: &Place) -> Evidence {
    Evidence { field, quote: quote.to_owned(), place: place.clone() }
}

/// `1 file`, `14 files`.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

/// When releases were made: `in 2022-07`, or `in the period to 2017-11` where some have no month of their own.
pub(super) fn period<'a>(month: Date, mut releases: impl Iterator<Item = &'a Release>) -> String {
    let in_month = releases.all(|release| release.month.is_some());
    if in_month { format!("in {month}") } else { format!("in the period to {month}") }
}

/// Values in quotation marks: `"a"`, `"a" and "b"`, `"a", "b" and "c"`.
pub(super) fn quoted(values: &[&str]) -> String {
    let quoted: Vec<String> = values.iter().map(|value| format!("\"{value}\"")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Different values in order of first appearance.
pub(super) fn distinct<'a>(values: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = std::collections::HashSet::new();
    values.filter(|value| seen.insert(*value)).collect()
}
