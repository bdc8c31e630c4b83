//! A project said in lines: what it is first, and then part by part, as one asks for them. What is said of it is what `outflow
//! show` prints.

use super::pages::Reading;
use super::results::{add_matched, matched_told};
use crate::concerns::{Severity, rule};
use crate::explorer::document::{Block, Document, Kind};
use crate::explorer::sheet::counted;
use crate::index::{Header, ProjectId};
use crate::register::{Date, Section, Wording};
use crate::report::timeline::{Timeline, TimelineKind};
use crate::report::{self, ConcernReport, ProjectReport, Style};
use crate::text;

/// A part of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// What the rules found.
    Concerns,
    /// Its facts.
    Facts,
    /// What its terms leave open.
    Timeline,
    /// A section of its text.
    Section(Section),
    /// Of what the rules cannot tell.
    Untold,
}

/// What one read last, which is what is cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    /// The project as a whole, or a part of it.
    Whole,
    /// The evidence of a concern, by its number from 0.
    Concern(usize),
    /// A block in which something matched, by its place among those.
    Match(usize),
}

/// A project that is read.
#[derive(Debug, Clone)]
pub(super) struct Project {
    pub(super) id: ProjectId,
    pub(super) report: ProjectReport,
    pub(super) document: Document,
    parts: Vec<Part>,
    /// The part that one is at.
    part: Option<Part>,
    pub(super) spot: Spot,
    pub(super) reading: Reading,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::Concerns => "Concerns",
            Self::Facts => "Facts",
            Self::Timeline => "Timeline",
            Self::Section(section) => section.name(),
            Self::Untold => report::UNTOLD,
        }
    }
}

impl Project {
    /// A project at its beginning; none where its entry holds no version.
    pub(super) fn new(header: &Header, id: ProjectId, document: Document) -> Option<Self> {
        let report = ProjectReport::new(header, document.record.as_ref()?)?;
        let mut parts = vec![Part::Concerns, Part::Facts];
        parts.extend(document.timeline.as_ref().filter(|timeline| !notes(timeline).is_empty()).map(|_| Part::Timeline));
        let sections = Section::ALL.into_iter().filter(|section| report.sections.get(*section).is_some());
        parts.extend(sections.map(Part::Section));
        parts.extend((!report.cannot_tell.is_empty()).then_some(Part::Untold));
        let mut project =
            Self { id, report, document, parts, part: None, spot: Spot::Whole, reading: Reading::default() };
        project.reading = Reading::new(project.head());
        Some(project)
    }

    /// What it is called, and where in it one is.
    pub(super) fn told(&self) -> String {
        let at = match (self.spot, self.part) {
            (Spot::Concern(number), _) => format!(", evidence of concern {}", number + 1),
            (Spot::Match(number), _) => format!(", match {} of {}", number + 1, self.matches().len()),
            (Spot::Whole, Some(part)) => format!(", {}", part.name()),
            (Spot::Whole, None) => String::new(),
        };
        let lines = self.reading.told().map(|told| format!(", {told}")).unwrap_or_default();
        format!("project {}{at}{lines}", self.report.reference)
    }

    /// A citation of what one read last, or of the project.
    pub(super) fn citation(&self, header: &Header, today: Option<Date>) -> Vec<String> {
        let quote = match self.spot {
            Spot::Whole => None,
            Spot::Concern(number) => self.document.proof(number),
            Spot::Match(number) => self.matches().get(number).and_then(|block| self.document.paragraph(*block)),
        };
        let Some(record) = &self.document.record else { return Vec::new() };
        let citation = report::cite(header, record, quote, today, Style::Plain);
        let lines = text::lines(&citation).filter(|line| !line.trim().is_empty());
        lines.map(|line| format!("Citation: {line}")).collect()
    }

    /// What it is, its concerns by name, and which parts there are.
    fn head(&self) -> Vec<String> {
        let report = &self.report;
        let mut lines = vec![format!("Project: {}", report.reference)];
        lines.extend(report.title.iter().map(|title| format!("Title: {title}")));
        lines.push(format!("Organisation: {}", report::organisation_shown(&report.organisation)));
        lines.extend((report.wording == Wording::Summary).then(|| format!("Note: {}", report::SUMMARY_NOTICE)));
        lines.extend(self.marks());
        lines.push(self.concerns_counted());
        lines.extend(concern_heads(&report.concerns));
        lines.extend(report::untold_counted(&report.cannot_tell).map(|told| format!("Note: {told}")));
        lines.push(format!(
            "Parts: {}",
            self.parts.iter().map(|part| self.part_told(*part)).collect::<Vec<_>>().join("; ")
        ));
        lines
    }

    /// What the user has marked of it, and the notes with the sections that they are on.
    fn marks(&self) -> Vec<String> {
        let blocks = &self.document.blocks;
        let on = |at: usize| {
            let below = blocks.iter().skip(at).find(|block| !matches!(block.kind, Kind::Note(_) | Kind::NoteTold));
            match below.map(|block| block.kind) {
                Some(Kind::Paragraph(section)) => format!(" on {}", report::noted_on(section)),
                _ => String::new(),
            }
        };
        let told = |(at, block): (usize, &Block)| match block.kind {
            Kind::Mine => Some(format!("Yours: {}", block.text)),
            Kind::Note(_) => Some(format!("Your note{}: {}", on(at), block.text)),
            Kind::NoteTold => Some(format!("About your note: {}", block.text.trim_matches(['(', ')']))),
            _ => None,
        };
        blocks.iter().enumerate().filter_map(told).collect()
    }

    fn concerns_counted(&self) -> String {
        let concerns = &self.report.concerns;
        let count = |severity: Severity| {
            let counts = |concern: &&ConcernReport| !concern.is_dismissed() && concern.severity == severity;
            concerns.iter().filter(counts).count()
        };
        if concerns.is_empty() {
            return "Concerns: none found".to_owned();
        }
        let weights = [
            (count(Severity::High), "high", "high"),
            (count(Severity::Medium), "medium", "medium"),
            (count(Severity::Note), "note", "notes"),
        ];
        let weights = weights.into_iter().filter(|(count, ..)| *count > 0);
        let weights = weights.map(|(count, one, many)| counted(count, one, many));
        let dismissed = concerns.iter().filter(|concern| concern.is_dismissed()).count();
        let dismissed = (dismissed > 0).then(|| format!("{dismissed} that you dismissed"));
        format!("Concerns: {}", weights.chain(dismissed).collect::<Vec<_>>().join(", "))
    }

    /// A part and how long it is.
    fn part_told(&self, part: Part) -> String {
        let Part::Section(section) = part else { return part.name().to_owned() };
        let paragraphs = || {
            self.document
                .blocks
                .iter()
                .filter(|block| block.kind == Kind::Paragraph(section) && !block.text.trim().is_empty())
        };
        let count = paragraphs().count();
        let matched = paragraphs().filter(|block| !block.marks.is_empty()).count();
        let matched = if matched > 0 { format!(", {matched} with a match") } else { String::new() };
        format!("{}, {}{matched}", part.name(), counted(count, "paragraph", "paragraphs"))
    }

    /// Which parts there are.
    pub(super) fn sections(&self) -> Vec<String> {
        self.parts.iter().map(|part| format!("Part: {}", self.part_told(*part))).collect()
    }

    /// Goes to a part.
    pub(super) fn go_to(&mut self, part: Part) {
        let lines = match part {
            Part::Concerns => self.concerns(),
            Part::Facts => self.facts(),
            Part::Timeline => self.timeline(),
            Part::Section(section) => self.section(section),
            Part::Untold => self.untold(),
        };
        self.read(lines);
        self.part = Some(part);
    }

    /// Goes to the part after the one that one is at, or the one before; says no at the ends.
    pub(super) fn step(&mut self, is_onward: bool) -> bool {
        let at = self.part.and_then(|part| self.parts.iter().position(|known| *known == part));
        let to = match (at, is_onward) {
            (None, true) => Some(0),
            (Some(at), true) => Some(at + 1),
            (at, false) => at.and_then(|at| at.checked_sub(1)),
        };
        let part = to.and_then(|to| self.parts.get(to)).copied();
        if let Some(part) = part {
            self.go_to(part);
        }
        part.is_some()
    }

    /// Goes to the first part from what is said of the project first; says no where one is in a part.
    pub(super) fn begin(&mut self) -> bool {
        self.part.is_none() && self.step(true)
    }

    /// Goes to the evidence of a concern, by its number from 0; says no where there is no such concern.
    pub(super) fn evidence(&mut self, number: usize) -> bool {
        let Some(concern) = self.report.concerns.get(number) else { return false };
        let mut lines = concern_lines(number, concern, None);
        lines.extend(evidence_lines(number, concern));
        self.read(lines);
        (self.part, self.spot) = (Some(Part::Concerns), Spot::Concern(number));
        true
    }

    /// Goes to the evidence of all concerns.
    pub(super) fn all_evidence(&mut self) {
        let concerns = self.report.concerns.iter().enumerate();
        let lines = concerns.flat_map(|(number, concern)| {
            let mut lines = vec![concern_head(number, concern)];
            lines.extend(evidence_lines(number, concern));
            lines
        });
        let lines = or_none(lines.collect(), "Concerns: none found");
        self.read(lines);
        self.part = Some(Part::Concerns);
    }

    /// Goes to the next passage in which something matched, or to the one before, round at the ends; says no where there is
    /// none.
    pub(super) fn step_match(&mut self, is_onward: bool) -> bool {
        let matches = self.matches();
        let at = match self.spot {
            Spot::Match(at) => Some(at),
            Spot::Whole | Spot::Concern(_) => None,
        };
        let Some(last) = matches.len().checked_sub(1) else { return false };
        let to = match (at, is_onward) {
            (None, true) => 0,
            (None, false) => last,
            (Some(at), true) => {
                if at == last {
                    0
                } else {
                    at + 1
                }
            }
            (Some(at), false) => at.checked_sub(1).unwrap_or(last),
        };
        let lines = matches.get(to).map(|block| self.block(*block)).unwrap_or_default();
        self.read(lines);
        self.spot = Spot::Match(to);
        true
    }

    /// The places of the blocks in which something matched.
    pub(super) fn matches(&self) -> Vec<usize> {
        let blocks = self.document.blocks.iter().enumerate();
        blocks.filter(|(_, block)| !block.marks.is_empty()).map(|(at, _)| at).collect()
    }

    /// A block with what it is, and what matched in it.
    fn block(&self, at: usize) -> Vec<String> {
        let Some(block) = self.document.blocks.get(at) else { return Vec::new() };
        let report = &self.report;
        let label = match block.kind {
            Kind::Paragraph(section) => section.name(),
            Kind::Fact => {
                let before = self.document.blocks.get(..=at).unwrap_or_default().iter().rev();
                before.map(|block| block.label.as_str()).find(|label| !label.is_empty()).unwrap_or("Fact")
            }
            _ if report.title.as_ref() == Some(&block.text) => "Title",
            _ if report.reference == block.text => "Reference",
            _ => "Organisation",
        };
        let mut matched = Vec::new();
        add_matched(&mut matched, &block.text, &block.marks);
        vec![format!("{label}: {}", block.text), matched_told(&matched)]
    }

    fn read(&mut self, lines: Vec<String>) {
        (self.reading, self.spot) = (Reading::new(lines), Spot::Whole);
    }

    fn concerns(&self) -> Vec<String> {
        let concerns = &self.report.concerns;
        let mut lines: Vec<String> = Vec::new();
        for (number, concern) in concerns.iter().enumerate() {
            let alike = concerns.iter().take(number).rev().take_while(|before| before.caveat == concern.caveat).count();
            lines.extend(concern_lines(number, concern, (alike > 0).then(|| number - alike)));
        }
        if !self.report.own_settings.is_empty() {
            let keys: Vec<&str> = self.report.own_settings.iter().map(|setting| setting.key.as_str()).collect();
            lines.push(format!("Note: found by your own settings: {}", keys.join(", ")));
        }
        or_none(lines, "Concerns: none found")
    }

    fn facts(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut label = "";
        for fact in report::facts(&self.report) {
            label = if fact.label.is_empty() { label } else { fact.label };
            lines.extend(text::lines(&fact.value).map(|line| format!("{label}: {line}")));
            lines.extend(fact.beside.map(|beside| format!("Note on {label}: {beside}")));
        }
        lines
    }

    fn timeline(&self) -> Vec<String> {
        match &self.document.timeline {
            None => vec!["Timeline: neither terms nor months are published".to_owned()],
            Some(timeline) => or_none(
                notes(timeline),
                "Timeline: nothing to add; the terms are among the facts, and the months among the files",
            ),
        }
    }

    fn section(&self, section: Section) -> Vec<String> {
        let mut lines = Vec::new();
        if self.report.wording == Wording::Summary {
            lines.push(format!("Note: {}", report::SUMMARY_NOTICE));
        }
        let paragraphs = self.document.blocks.iter().filter(|block| block.kind == Kind::Paragraph(section));
        for block in paragraphs.filter(|block| !block.text.trim().is_empty()) {
            lines.push(format!("{}: {}", section.name(), block.text));
            let mut matched = Vec::new();
            add_matched(&mut matched, &block.text, &block.marks);
            lines.extend((!matched.is_empty()).then(|| matched_told(&matched)));
        }
        or_none(lines, &format!("{}: nothing is published", section.name()))
    }

    fn untold(&self) -> Vec<String> {
        let untold = report::untold(&self.report.cannot_tell).into_iter();
        let lines = untold.map(|(rules, why)| format!("Cannot tell, {rules}: {}", one_line(why)));
        or_none(lines.collect(), "Cannot tell: of nothing; every rule can tell")
    }
}

fn or_none(lines: Vec<String>, none: &str) -> Vec<String> {
    if lines.is_empty() { vec![none.to_owned()] } else { lines }
}

fn one_line(text: &str) -> String {
    text::lines(text).collect::<Vec<_>>().join(" ")
}

/// What cannot be drawn of a timeline is all that is heard of it: its terms are facts, and its months stand among the files.
fn notes(timeline: &Timeline) -> Vec<String> {
    let lines = timeline.lines(usize::from(u16::MAX)).into_iter();
    let notes = lines.filter(|line| line.kind == TimelineKind::Note);
    notes.map(|line| format!("Timeline: {}", line.text(text::Characters::Ascii))).collect()
}

/// How much a concern weighs, and what it is called.
fn concern_head(number: usize, concern: &ConcernReport) -> String {
    format!("Concern {}, {}", number + 1, named(concern))
}

/// The concerns by name; those that follow each other and have one name are told together.
fn concern_heads(concerns: &[ConcernReport]) -> Vec<String> {
    let mut first = 1;
    let alike = concerns.chunk_by(|one, two| named(one) == named(two));
    let heads = alike.filter_map(|alike| {
        let (from, to) = (first, first + alike.len() - 1);
        first = to + 1;
        let numbers = if from == to { format!("Concern {from}") } else { format!("Concerns {from} to {to}") };
        alike.first().map(|concern| format!("{numbers}, {}", named(concern)))
    });
    heads.collect()
}

fn named(concern: &ConcernReport) -> String {
    let title = rule(concern.id).title;
    let weight = if concern.is_dismissed() { "dismissed by you" } else { concern.severity.as_str() };
    format!("{weight}, {}: {title} ({})", concern.standing.as_str(), concern.id)
}

/// A concern, what was dismissed of it, and what it does not prove; `said` is the concern, by its number from 0, of which that
/// was said just before.
fn concern_lines(number: usize, concern: &ConcernReport, said: Option<usize>) -> Vec<String> {
    let number_told = number + 1;
    let mut lines = vec![concern_head(number, concern)];
    lines.extend(text::lines(&concern.statement).map(|line| format!("Concern {number_told} says: {line}")));
    let dismissed = concern.dismissed.as_ref().map(|dismissed| dismissed.told(&concern.statement));
    lines.extend(dismissed.map(|told| format!("Concern {number_told}, your own: {}", one_line(&told))));
    let caveat = said.map(|said| format!("the same as for concern {}", said + 1));
    let caveat = caveat.unwrap_or_else(|| one_line(&concern.caveat));
    lines.push(format!("Concern {number_told}, but: {caveat}"));
    lines
}

fn evidence_lines(number: usize, concern: &ConcernReport) -> Vec<String> {
    report::evidence(concern).into_iter().map(|line| format!("Evidence {}: {}", number + 1, line.text)).collect()
}
