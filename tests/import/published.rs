//! The published files themselves: every figure that is known of them comes out. Skipped where they are not at hand.

use crate::support::published;
use outflow::import;
use outflow::register::{Counts, OptOutCounts, OptOutState, Project, Register, Section, YesNo};

fn read(name: &str) -> Option<import::Imported> {
    let file = published::file(name)?;
    Some(import::read(&[file], None, &mut |_| {}).unwrap())
}

fn project<'a>(register: &'a Register, reference: &str) -> &'a Project {
    register.projects.iter().find(|project| project.reference == reference).unwrap()
}

#[test]
fn the_seed_page_reads_whole() {
    let Some(imported) = read(published::PAGE) else { return };
    assert_eq!(imported.report.warnings, []);
    let register = &imported.register;
    let counts = Counts::of(register);
    assert_eq!((counts.projects, counts.versions, counts.organisations, counts.datasets), (2, 2, 1, 7));
    assert_eq!((counts.files, counts.releases), (60, 60));
    assert_eq!(register.edition.slug, "swl-icb-page");
    assert_eq!(register.edition.date.unwrap().to_string(), "2026-03");
    assert_eq!(register.pages[0].organisation, "NHS South West London Integrated Care Board");
    assert_eq!(register.pages[0].flags, []);
}

#[test]
fn the_seeds_first_project_has_its_facts() {
    let Some(imported) = read(published::PAGE) else { return };
    let first = project(&imported.register, "NIC-791919-T4Y0Y").latest().unwrap();
    assert_eq!(first.title.as_deref(), Some("SWL ICB Population Health Benchmarking"));
    assert_eq!(first.datasets.len(), 4);
    assert_eq!(first.opt_outs.state, OptOutState::NotApplied);
    assert_eq!(first.opt_outs.as_published.as_deref(), Some("No"));
    assert_eq!(first.opt_outs.reasons.as_deref(), Some("Does not include the flow of confidential data"));
    assert_eq!(first.term.start.unwrap().to_string(), "2026-02");
    assert_eq!(first.term.end.unwrap().to_string(), "2027-02");
    assert_eq!(first.released.start.unwrap().to_string(), "2026-03");
    assert_eq!(first.released.end.unwrap().to_string(), "2026-03");
    assert_eq!(first.minutes.len(), 1);
    assert_eq!(first.commercial.value, YesNo::No);
    assert_eq!(first.sublicensing.value, YesNo::No);
    assert_eq!(first.organisation_type.as_deref(), Some("ICB - Integrated Care Board"));
    assert_eq!(first.types_of_data, ["Anonymised - ICO Code Compliant"]);
    assert_eq!(first.sensitivity, ["Non-Sensitive"]);
    assert_eq!(first.access, ["One-Off"]);
    assert_eq!(first.controllers, ["NHS SOUTH WEST LONDON INTEGRATED CARE BOARD"]);
    assert_eq!(first.legal_bases, ["Health and Social Care Act 2012 s261(2)(a)"]);
    let present: Vec<Section> = Section::ALL.into_iter().filter(|section| first.section(*section).is_some()).collect();
    assert_eq!(present, [Section::Objectives, Section::Processing, Section::Outputs, Section::ExpectedBenefits]);
}

#[test]
fn the_seeds_second_project_has_its_facts() {
    let Some(imported) = read(published::PAGE) else { return };
    let second = project(&imported.register, "NIC-615998-S4B4H").latest().unwrap();
    assert_eq!(second.title.as_deref(), Some("DSfC - NHS South West London Integrated Care Board - IV, RS & Comm"));
    assert_eq!(second.datasets.len(), 3);
    assert_eq!(second.opt_outs.state, OptOutState::NotStated);
    assert_eq!(second.opt_outs.as_published, None);
    assert!(second.opt_outs.reasons.as_deref().unwrap().starts_with("Mixture of confidential data flow(s)"));
    assert_eq!(second.types_of_data, ["Anonymised - ICO Code Compliant", "Identifiable"]);
    assert_eq!(second.sensitivity, ["Sensitive"]);
    assert_eq!(second.sublicensing.value, YesNo::Yes);
    assert_eq!(second.term.end.unwrap().to_string(), "2025-11");
    assert_eq!(second.released.start, None);
    assert_eq!(second.legal_bases.len(), 3);
    assert_eq!(second.section(Section::Objectives), None);
    assert_eq!(second.section(Section::Processing), None);
    assert!(second.section(Section::Outputs).is_some());
}

#[test]
fn no_line_of_the_seeds_prose_is_lost() {
    let Some(imported) = read(published::PAGE) else { return };
    let versions = imported.register.projects.iter().flat_map(|project| &project.versions);
    let texts: Vec<String> =
        versions.flat_map(|version| Section::ALL.into_iter().filter_map(|section| version.section(section))).collect();
    let text = std::fs::read_to_string(published::file(published::PAGE).unwrap()).unwrap();
    // From the first section's label on, every line is prose, a label, or the head and facts of the second project.
    let prose: Vec<&str> = text.lines().map(str::trim).skip_while(|line| *line != "Objectives:").collect();
    let lost = |line: &&&str| !texts.iter().any(|section| section.lines().any(|kept| kept == **line));
    let lost: Vec<&&str> = prose.iter().filter(lost).collect();
    let labels = lost.iter().filter(|line| line.ends_with(':') && line.split(' ').count() <= 2).count();
    let facts = lost.len() - labels;
    assert_eq!((labels, facts), (7, 13), "{lost:#?}");
}

#[test]
fn the_workbook_gives_every_known_figure() {
    let Some(imported) = read(published::WORKBOOK) else { return };
    let register = &imported.register;
    let expected = Counts {
        projects: 527,
        versions: 568,
        organisations: 389,
        datasets: 62,
        datasets_ignoring_case: 61,
        releases: 5776,
        files: 5576,
        system_access: 200,
        opt_outs: OptOutCounts { applied: 661, not_applied: 5115, not_stated: 0 },
        identifiable_files: 862,
    };
    assert_eq!(Counts::of(register), expected);
    assert_eq!(register.edition.slug, "2017-11");
    assert_eq!(register.edition.date.unwrap().to_string(), "2017-11");
    let versions = || register.projects.iter().flat_map(|project| &project.versions);
    assert_eq!(versions().filter(|version| version.number.0.is_empty()).count(), 188);
    assert_eq!(register.projects.iter().filter(|project| project.versions.len() > 1).count(), 32);
    assert_eq!(versions().filter(|version| version.statements.len() > 1).count(), 27);
    assert_eq!(versions().filter(|version| version.statements.is_empty()).count(), 0);
    let hdis = |id: &Option<String>| id.as_deref().is_some_and(|id| id.starts_with("HDIS"));
    assert_eq!(versions().flat_map(|version| &version.releases).filter(|release| hdis(&release.id)).count(), 126);
}

#[test]
fn statements_that_differ_are_all_kept() {
    let Some(imported) = read(published::WORKBOOK) else { return };
    let version = project(&imported.register, "NIC-41541-S0F4G").latest().unwrap();
    assert_eq!(version.statements.len(), 11);
    let joined = version.section(Section::Objectives).unwrap();
    for statement in &version.statements {
        assert!(joined.contains(statement.sections.objectives.as_deref().unwrap()));
    }
}

#[test]
fn the_workbooks_own_oddities_are_said() {
    let Some(imported) = read(published::WORKBOOK) else { return };
    let warnings = &imported.report.warnings;
    let named_differently =
        warnings.iter().filter(|warning| warning.message.contains("the releases' name is shown")).count();
    assert_eq!(named_differently, 8);
    let two_names = warnings.iter().filter(|warning| warning.message.contains("each row keeps its own name")).count();
    assert_eq!(two_names, 1);
    assert_eq!(warnings.len(), 9, "{warnings:#?}");
    assert!(warnings.iter().all(|warning| warning.place.is_some()));
    assert!(imported.report.notes.iter().any(|note| note.contains("NBO") && note.contains("tracing requests")));
}

#[test]
fn amendments_are_kept_and_counted_nowhere() {
    let Some(imported) = read(published::WORKBOOK) else { return };
    let project = project(&imported.register, "DARS-NIC-343380-H5Q9K");
    let amendments: Vec<_> = project.versions.iter().flat_map(|version| &version.amendments).collect();
    assert_eq!(amendments.len(), 12);
    assert!(amendments.iter().all(|one| one.reason.as_deref() == Some("Omitted from previous registers")));
    assert!(amendments.iter().all(|one| one.cells[0].1 == "PUBLIC HEALTH ENGLAND (PHE)"));
    let others = imported.register.projects.iter().filter(|other| other.reference != project.reference);
    assert!(others.flat_map(|other| &other.versions).all(|version| version.amendments.is_empty()));
}

#[test]
fn tracing_requests_are_a_note_of_the_edition() {
    let Some(imported) = read(published::WORKBOOK) else { return };
    let note = &imported.register.notes[0];
    assert!(note.lines[0].contains("Home Office 1775") && note.lines[0].contains("Total 2108"), "{:?}", note.lines);
}
