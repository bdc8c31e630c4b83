//! The embedded sample: real facts, words of our own, and something to show for most rules.

use std::collections::{BTreeSet, HashSet};

use crate::support::published;
use outflow::concerns::{self, Concern, RuleId};
use outflow::import;
use outflow::library::sample;
use outflow::register::{Project, Section, Wording};
use outflow::text::words;

/// A run of this many equal words would be the register's words and not ours.
const RUN: usize = 8;

/// A section that is shorter counts as empty, so a summary of a full one must be longer.
const SHORTEST: usize = 80;

#[test]
fn about_forty_projects_of_both_layouts_are_in_it() {
    let register = sample().unwrap();
    assert!((38..=45).contains(&register.projects.len()));
    assert_eq!(register.edition.slug, "sample");
    assert_eq!(register.edition.wording, Wording::Summary);
    assert_eq!(register.sources.len(), 2);
    let layouts: BTreeSet<&str> = register.sources.iter().map(|source| source.layout.name()).collect();
    assert_eq!(layouts.len(), 2);
    let references: BTreeSet<&str> = register.projects.iter().map(|project| project.reference.as_str()).collect();
    assert_eq!(references.len(), register.projects.len());
    assert!(register.projects.iter().any(|project| project.versions.len() > 2));
    assert!(register.projects.iter().any(|project| project.versions[0].statements.len() > 2));
    assert!(
        register.projects.iter().flat_map(|project| &project.versions).any(|version| !version.amendments.is_empty())
    );
}

#[test]
fn most_rules_that_can_speak_of_these_layouts_do() {
    let register = sample().unwrap();
    let examination = concerns::examine(&register);
    let found: BTreeSet<RuleId> =
        examination.projects.iter().flat_map(|findings| &findings.concerns).map(|concern| concern.rule).collect();
    for rule in [
        RuleId::MixedOptOuts,
        RuleId::S251OptOutsNotApplied,
        RuleId::IdentifiableOptOutsNotApplied,
        RuleId::OptOutsNotApplied,
        RuleId::FilesDisseminated,
        RuleId::Sublicensing,
        RuleId::EmptySection,
        RuleId::VagueLegalBasis,
        RuleId::VulnerableGroups,
    ] {
        assert!(found.contains(&rule), "{rule} finds nothing in the sample");
    }
    assert!(examination.projects.iter().any(|findings| !findings.cannot_tell.is_empty()));
}

#[test]
fn its_facts_are_the_registers_and_its_words_are_not() {
    let (Some(page), Some(workbook)) = (published::file(published::PAGE), published::file(published::WORKBOOK)) else {
        return;
    };
    let read = |file| import::read(&[file], None, &mut |_| {}).unwrap().register;
    let (page, workbook) = (read(page), read(workbook));
    let sample = sample().unwrap();
    assert_eq!(sample.sources[0].sha256, page.sources[0].sha256);
    assert_eq!(sample.sources[1].sha256, workbook.sources[0].sha256);
    for project in &sample.projects {
        let of_page = project.versions[0].place.source == 0;
        let published = if of_page { &page } else { &workbook };
        let original = published.projects.iter().find(|known| known.reference == project.reference).unwrap();
        compare(project, original, usize::from(!of_page));
    }
    let ours: HashSet<Vec<String>> = sample.projects.iter().flat_map(texts).flat_map(|text| runs(&text)).collect();
    for text in page.projects.iter().chain(&workbook.projects).flat_map(texts) {
        let theirs: Vec<String> = words(&text).map(|word| word.folded).collect();
        for run in theirs.windows(RUN) {
            assert!(!ours.contains(run), "\"{}\" is the register's", run.join(" "));
        }
    }
}

#[test]
fn its_findings_are_those_of_the_whole_registers() {
    let Some(file) = published::file(published::WORKBOOK) else { return };
    let whole = import::read(&[file], None, &mut |_| {}).unwrap().register;
    let examined = concerns::examine(&whole);
    let sample = sample().unwrap();
    let sampled = concerns::examine(&sample);
    // What compares entries with one another must not change because most of the others are missing. The sample has
    // no usual legal basis, so a vague one is said of each project here.
    let told = |concerns: &[Concern]| -> Vec<String> {
        let compared = concerns.iter().filter(|concern| concern.rule != RuleId::VagueLegalBasis);
        compared.map(|concern| format!("{} {:?} {}", concern.rule, concern.severity, concern.statement)).collect()
    };
    for (project, findings) in sample.projects.iter().zip(&sampled.projects) {
        let at = whole.projects.iter().position(|known| known.reference == project.reference);
        let Some(at) = at.filter(|_| project.versions[0].place.source == 1) else { continue };
        // Summaries are not the register's words: rules that read the text say so of the sample, and are left out.
        let unread: Vec<RuleId> = findings.cannot_tell.iter().map(|unknown| unknown.rule).collect();
        let read = |concerns: &[Concern]| -> Vec<Concern> {
            let kept =
                concerns.iter().filter(|one| !unread.contains(&one.rule) && one.rule != RuleId::VulnerableGroups);
            kept.cloned().collect()
        };
        assert_eq!(
            told(&read(&findings.concerns)),
            told(&read(&examined.projects[at].concerns)),
            "{}",
            project.reference
        );
    }
}

/// Everything but the words must be equal.
fn compare(project: &Project, original: &Project, shift: usize) {
    assert_eq!(project.versions.len(), original.versions.len(), "{}", project.reference);
    for (mine, theirs) in project.versions.iter().zip(&original.versions) {
        let mut bare = mine.clone();
        let mut wanted = theirs.clone();
        for (mine, theirs) in mine.statements.iter().zip(&theirs.statements) {
            for section in Section::ALL {
                let (ours, original) = (mine.sections.get(section), theirs.sections.get(section));
                assert_eq!(ours.is_some(), original.is_some(), "{} {}", project.reference, section.name());
                let full = original.is_some_and(|text| text.chars().count() >= SHORTEST);
                assert!(!full || ours.is_some_and(|text| text.chars().count() >= SHORTEST), "{}", project.reference);
            }
        }
        bare.statements.clear();
        wanted.statements.clear();
        // The sample counts both files among its sources.
        let (bare, wanted) = (serde_json::to_string(&bare).unwrap(), serde_json::to_string(&wanted).unwrap());
        let wanted = wanted.replace("\"source\":0", &format!("\"source\":{shift}"));
        assert_eq!(bare, wanted, "{}", project.reference);
    }
}

fn texts(project: &Project) -> Vec<String> {
    let statements = project.versions.iter().flat_map(|version| &version.statements);
    statements
        .flat_map(|statement| Section::ALL.into_iter().filter_map(|section| statement.sections.get(section)))
        .map(str::to_owned)
        .collect()
}

fn runs(text: &str) -> Vec<Vec<String>> {
    let words: Vec<String> = words(text).map(|word| word.folded).collect();
    words.windows(RUN).map(<[String]>::to_vec).collect()
}
