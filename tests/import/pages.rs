//! Reading reformatted pages of every generation: what was written is what is read, in every form in which people save
//! pages, and what is not certain is said.

use std::fs;
use std::path::PathBuf;

use crate::support::pages::{as_html, as_windows_1252};
use outflow::concerns::{Examination, RuleId, examine};
use outflow::import::{self, Imported};
use outflow::register::{Field, Layout, OptOutState, Project, Section, Version, YesNo};

/// The fixtures, with their generations.
const FIXTURES: [(&str, Layout); 5] = [
    ("page-2016.txt", Layout::Page2016),
    ("page-2016-pairs.txt", Layout::Page2016),
    ("page-2018.txt", Layout::Page2018),
    ("page-2021.txt", Layout::Page2021),
    ("page.txt", Layout::Page2025),
];

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures")).join(name)
}

fn fixture_text(name: &str) -> String {
    fs::read_to_string(fixture(name)).unwrap()
}

fn read(name: &str) -> Imported {
    import::read(&[fixture(name)], None, &mut |_| {}).unwrap()
}

/// Reads bytes under a file name.
fn read_as(name: &str, bytes: impl AsRef<[u8]>) -> Imported {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    import::read(&[path], None, &mut |_| {}).unwrap()
}

fn project<'a>(imported: &'a Imported, reference: &str) -> &'a Project {
    imported.register.projects.iter().find(|project| project.reference == reference).unwrap()
}

fn latest<'a>(imported: &'a Imported, reference: &str) -> &'a Version {
    project(imported, reference).latest().unwrap()
}

fn said(imported: &Imported) -> Vec<String> {
    let line = |warning: &import::Warning| format!("{} {}", warning.place.clone().unwrap_or_default(), warning.message);
    imported.report.warnings.iter().map(line).collect()
}

fn names(version: &Version) -> Vec<&str> {
    version.datasets.iter().map(|dataset| dataset.name.as_str()).collect()
}

/// An entry without the places in the file.
fn bare(version: &Version) -> Version {
    let mut bare = version.clone();
    bare.place = outflow::register::Place::line(0, 0);
    bare.places.clear();
    bare.datasets.iter_mut().for_each(|dataset| dataset.place = None);
    for statement in &mut bare.statements {
        statement.place = outflow::register::Place::line(0, 0);
        for section in Section::ALL {
            // Prose keeps the spaces that it was set with.
            let text = statement.sections.get(section).map(|text| text.replace('\u{a0}', " "));
            statement.sections.set(section, text);
        }
    }
    bare
}

fn entries(imported: &Imported) -> Vec<Version> {
    imported.register.projects.iter().flat_map(|project| &project.versions).map(bare).collect()
}

#[test]
fn each_generation_is_told_by_its_labels() {
    for (name, layout) in FIXTURES {
        assert_eq!(read(name).register.sources[0].layout, layout, "{name}");
    }
    // A page between two generations is of the one that holds everything that was found.
    let text = fixture_text("page-2018.txt");
    let with = |line: &str| {
        let imported = read_as("between.txt", text.replace("Repeats: Ongoing", &format!("Repeats: Ongoing\n\n{line}")));
        imported.register.sources[0].layout
    };
    assert_eq!(with("Sublicensing allowed: No"), Layout::Page2021);
    assert_eq!(with("AGD/predecessor discussions: a.pdf"), Layout::Page2025);
    let later =
        fixture_text("page-2016.txt").replace("How often: Ongoing", "How often: Ongoing\nPurposes: Yes (Commercial)");
    let later = read_as("later.txt", later);
    assert_eq!(later.register.sources[0].layout, Layout::Page2021);
    assert_eq!(latest(&later, "DARS-NIC-90001-Q1W2E").commercial.value, YesNo::Yes);
}

#[test]
fn a_page_of_2016_is_read_whole() {
    let imported = read("page-2016.txt");
    assert_eq!(said(&imported), [""; 0]);
    assert_eq!(imported.register.pages[0].organisation, "Saltmarsh Institute of Ageing");
    assert_eq!(imported.register.edition.date.unwrap().to_string(), "2016-11");
    let first = latest(&imported, "DARS-NIC-90001-Q1W2E");
    assert_eq!((first.reference.as_str(), first.title.as_deref()), ("DARS-NIC-90001-Q1W2E-v0.0", None));
    assert_eq!((first.opt_outs.state, first.opt_outs.as_published.as_deref()), (OptOutState::NotApplied, Some("N")));
    assert_eq!(first.legal_bases.len(), 1);
    assert_eq!((first.types_of_data[0].as_str(), first.sensitivity[0].as_str()), ("Identifiable", "Non Sensitive"));
    assert_eq!((first.released.start, first.released.end.unwrap().to_string()), (None, "2016-11".to_owned()));
    assert_eq!(first.access, ["Ongoing"]);
    assert_eq!(names(first), ["MRIS - Cause of Death Report", "MRIS - Scottish NHS / Registration"]);
    // Prose that begins with the word of a label stays where it is.
    let objectives = first.section(Section::Objectives).unwrap();
    assert_eq!(objectives.lines().count(), 3);
    assert!(objectives.lines().nth(1).unwrap().starts_with("Data: kept in"));
    let second = latest(&imported, "NIC-90002-R3T4Y");
    assert_eq!(second.place_of(Field::OptOuts).position.to_string(), "line 29");
    assert_eq!(second.released.start.unwrap().to_string(), "2016-04");
    assert!(second.section(Section::Objectives).unwrap().ends_with("hot week."));
}

#[test]
fn datasets_of_2016_keep_their_own_formats_where_these_stand_beside_them() {
    let imported = read("page-2016-pairs.txt");
    assert_eq!(said(&imported), [""; 0]);
    let first = latest(&imported, "DARS-NIC-90003-U5I6O");
    let own: Vec<(Option<&str>, Option<&str>)> = first
        .datasets
        .iter()
        .map(|dataset| (dataset.type_of_data.as_deref(), dataset.sensitivity.as_deref()))
        .collect();
    assert_eq!(
        own,
        [(Some("Identifiable"), Some("Sensitive")), (Some("Anonymised - ICO code compliant"), Some("Non Sensitive"))]
    );
    assert_eq!(first.types_of_data, ["Identifiable", "Anonymised - ICO code compliant"]);
    let text = first.section(Section::Objectives).unwrap();
    assert_eq!(text.lines().count(), 3);
    assert!(text.ends_with("renew at eighteen."));
    assert_eq!(latest(&imported, "DARS-NIC-90004-P7A8S").released.start, None);
    // Formats that do not stand beside a dataset are the project's.
    let apart =
        fixture_text("page-2016-pairs.txt").replace("How often: Ongoing\nData: MRIS", "Data: Another\nData: MRIS");
    let apart = read_as("apart.txt", apart);
    assert!(latest(&apart, "DARS-NIC-90003-U5I6O").datasets.iter().all(|dataset| dataset.type_of_data.is_none()));
    assert!(said(&apart).iter().any(|line| line.contains("which is whose is not told")), "{:?}", said(&apart));
}

#[test]
fn texts_before_an_objective_have_labels_of_their_own() {
    let text = fixture_text("page-2016.txt").replace(
        "Project info\n\nObjective: The institute counts",
        "Output: A map of heat.\n\nActivities: Maps are drawn.\nBy hand.\n\nProject info\n\nObjective: The institute counts",
    );
    let imported = read_as("texts.txt", text);
    assert_eq!(said(&imported), [""; 0]);
    let second = latest(&imported, "NIC-90002-R3T4Y");
    assert_eq!(second.section(Section::Outputs).as_deref(), Some("A map of heat."));
    assert_eq!(second.section(Section::Processing).as_deref(), Some("Maps are drawn.\nBy hand."));
    assert!(second.section(Section::Objectives).unwrap().starts_with("The institute counts"));
}

#[test]
fn a_page_of_2018_is_read_whole() {
    let imported = read("page-2018.txt");
    assert_eq!(imported.register.pages[0].flags.len(), 1);
    assert_eq!(imported.register.pages[0].organisation, "Saltmarsh Institute of Ageing");
    let first = latest(&imported, "DARS-NIC-90001-Q1W2E");
    assert_eq!(first.opt_outs.state, OptOutState::Mixed);
    assert_eq!(first.legal_bases.len(), 2);
    assert_eq!((first.term.start, first.released.start.unwrap().to_string()), (None, "2016-04".to_owned()));
    assert_eq!((first.access.as_slice(), names(first).len()), (&["Ongoing".to_owned()][..], 2));
    assert!(first.section(Section::Objectives).unwrap().ends_with("is ninety."));
    let said = said(&imported);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].starts_with("line 13 ") && said[0].contains("or before"), "{said:?}");
    assert!(said[1].starts_with("line 33 ") && said[1].contains("\"Identifiable\""), "{said:?}");
    // Where it is not certain which line is the name, none is taken.
    let unsure = fixture_text("page-2018.txt").replace("\nSaltmarsh", "\nHome\nSaltmarsh");
    assert_eq!(read_as("unsure.txt", unsure).register.pages[0].organisation, "");
}

#[test]
fn a_page_of_2021_is_read_whole() {
    let imported = read("page-2021.txt");
    let first = latest(&imported, "DARS-NIC-90001-Q1W2E");
    assert_eq!(first.title.as_deref(), Some("Ageing in a salt wind - part two"));
    assert_eq!(first.opt_outs.state, OptOutState::NotApplied);
    assert_eq!(first.opt_outs.as_published.as_deref(), Some("Anonymised - ICO Code Compliant, Identifiable, No"));
    assert_eq!(first.opt_outs.reasons.as_deref(), Some("Consent (Reasonable Expectation), Section 251 NHS Act 2006"));
    // The types that slipped into the opt-outs are types.
    assert_eq!(first.types_of_data[1..], ["Anonymised - ICO Code Compliant", "Identifiable"]);
    assert_eq!(first.place_of(Field::TypeOfData), first.place_of(Field::OptOuts));
    assert_eq!(first.term.end.unwrap().to_string(), "2022-02-28");
    assert_eq!(first.controllers, ["SALTMARSH INSTITUTE OF AGEING", "UNIVERSITY OF THE REACH"]);
    assert_eq!(first.sublicensing.value, YesNo::Mixed);
    assert_eq!(names(first), ["MRIS - Cause of Death Report", "Civil Registration - Deaths"]);
    assert_eq!(first.section(Section::Objectives).unwrap().lines().count(), 3);
    // Without labels the datasets are the numbered lines, and the text is what follows them.
    let second = latest(&imported, "NIC-90002-R3T4Y");
    assert_eq!((second.title.as_deref(), second.organisation_type.as_deref()), (None, None));
    assert_eq!(names(second), ["Hospital Episode Statistics Admitted Patient Care"]);
    let text = second.section(Section::Objectives).unwrap();
    assert!(text.starts_with("To count") && text.ends_with("nothing else."), "{text}");
    assert!(said(&imported).iter().any(|line| line.contains("no label and is read as its objectives")));
}

#[test]
fn every_page_reads_the_same_as_html() {
    for (name, layout) in FIXTURES {
        let wanted = entries(&read(name));
        for form in ["br", "p", "dl", "table", "h", "nbsp"] {
            let saved = read_as("page.html", as_html(&fixture_text(name), form));
            assert_eq!(entries(&saved), wanted, "{name} as {form}: {:?}", said(&saved));
            assert_eq!(saved.register.sources[0].layout, layout, "{name} as {form}");
        }
    }
}

#[test]
fn every_page_reads_the_same_in_an_old_encoding() {
    for (name, _) in FIXTURES {
        let wanted = read(name);
        let old = read_as(name, as_windows_1252(&fixture_text(name)));
        assert_eq!(entries(&old), entries(&wanted), "{name}");
        assert_eq!(old.register.pages[0].organisation, wanted.register.pages[0].organisation, "{name}");
        assert!(old.report.notes.iter().any(|note| note.contains("Windows-1252")), "{name}: {:?}", old.report.notes);
        let utf16: Vec<u8> = fixture_text(name).encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(entries(&read_as(name, [b"\xFF\xFE".to_vec(), utf16].concat())), entries(&wanted), "{name}");
        let marked = [b"\xEF\xBB\xBF".as_slice(), fixture_text(name).as_bytes()].concat();
        assert_eq!(entries(&read_as(name, marked)), entries(&wanted), "{name}");
    }
    // The flag is lost, what it says is not.
    let flagged = read_as("page-2018.txt", as_windows_1252(&fixture_text("page-2018.txt")));
    assert_eq!(flagged.register.pages[0].flags.len(), 1);
}

#[test]
fn a_page_that_was_cut_off_reads_as_far_as_it_goes() {
    for (name, _) in FIXTURES {
        let text = fixture_text(name);
        let whole = entries(&read(name));
        let first_end = text.find(if name.contains("2016") { "HSCIC Id:" } else { "Opt outs" }).unwrap();
        for (at, _) in text.char_indices().filter(|(at, _)| *at > first_end + 60).step_by(7) {
            // At the end of a sentence nothing tells that there was more.
            let cut = &text[..at];
            if cut.trim_end().ends_with(['.', ')', ':', '"', '\'']) || cut.ends_with('\n') {
                continue;
            }
            let imported = read_as(name, cut);
            let warned = said(&imported).iter().any(|line| line.contains("cut off"));
            assert!(warned, "{name} cut at {at}: {:?}", &cut[at.saturating_sub(40)..]);
            // All projects but the last that was begun are whole.
            let read = entries(&imported);
            let complete = read.len().saturating_sub(1);
            assert_eq!(read[..complete], whole[..complete], "{name} cut at {at}");
        }
    }
    // The list at the top tells what is missing where the page ends between two projects.
    let text = fixture_text("page.txt");
    let cut = read_as("cut.txt", &text[..text.find("Records of two hospitals —").unwrap()]);
    assert_eq!(cut.register.projects.len(), 2);
    assert!(said(&cut).iter().any(|line| line.contains("Records of two hospitals") && line.contains("cut off")));
    let html = as_html(&fixture_text("page-2018.txt"), "p");
    let cut = read_as("cut.html", &html[..html.find("Repeats: One-Off").unwrap_or(html.len() * 2 / 3)]);
    assert!(said(&cut).iter().any(|line| line.contains("cut off")), "{:?}", said(&cut));
}

/// What the rules say of the project with a reference.
fn malformed(imported: &Imported, reference: &str) -> Option<(String, Vec<(String, String)>)> {
    let examination: Examination = examine(&imported.register);
    let at = imported.register.projects.iter().position(|project| project.reference == reference).unwrap();
    let concern = examination.projects[at].concerns.iter().find(|concern| concern.rule == RuleId::MalformedValue)?;
    let evidence = concern.evidence.iter().map(|one| (one.quote.clone(), one.place.position.to_string()));
    Some((concern.statement.clone(), evidence.collect()))
}

#[test]
fn a_value_in_the_wrong_field_is_named_with_its_place() {
    let slipped = malformed(&read("page-2018.txt"), "SALT LOCAL/7").unwrap();
    assert_eq!(slipped.0, "\"Identifiable\" stands in the field \"Opt-outs\", and is a type of data.");
    assert_eq!(slipped.1, [("Identifiable".to_owned(), "line 33".to_owned())]);
    let table = [
        ("Opt outs honoured: Identifiable", "Opt outs honoured: Perhaps", "\"Perhaps\" is not a value"),
        (
            "Opt outs honoured: Identifiable",
            "Opt outs honoured: N (A basis of our own)",
            "\"A basis of our own\" is not",
        ),
        (
            "Legal basis: Health and Social Care Act 2012\n\nCat",
            "Legal basis: Sensitive\n\nCat",
            "field \"Legal basis\"",
        ),
        ("Repeats: One-Off", "Repeats: Identifiable", "stands in the field \"Access\", and is a type of data"),
        ("Sensitive: Non Sensitive\n", "Sensitive: Y\n", "in the field \"Sensitivity\", and is a yes or a no"),
    ];
    for (from, to, statement) in table {
        let imported = read_as("slip.txt", fixture_text("page-2018.txt").replace(from, to));
        let (found, evidence) = malformed(&imported, "SALT LOCAL/7").unwrap();
        assert!(found.contains(statement), "{to}: {found}");
        assert!(!evidence.is_empty());
    }
    let perhaps = fixture_text("page-2018.txt").replace("honoured: Identifiable", "honoured: Perhaps");
    assert!(
        said(&read_as("slip.txt", perhaps)).iter().any(|line| line.contains("line 33") && line.contains("Perhaps"))
    );
}

#[test]
fn values_that_are_known_raise_no_alarm() {
    assert_eq!(malformed(&read("page-2016.txt"), "DARS-NIC-90001-Q1W2E"), None);
    assert_eq!(malformed(&read("page-2016-pairs.txt"), "DARS-NIC-90004-P7A8S"), None);
    assert_eq!(malformed(&read("page-2018.txt"), "DARS-NIC-90001-Q1W2E"), None);
    assert_eq!(malformed(&read("page-2021.txt"), "NIC-90002-R3T4Y"), None);
    let run_together = fixture_text("page-2018.txt")
        .replace("Categories: Identifiable", "Categories: IdentifiableAnonymised - ICO code compliant")
        .replace("Sensitive: Sensitive, and Non Sensitive", "Sensitive: SensitiveNon Sensitive")
        .replace("Repeats: Ongoing", "Repeats: One-offOngoing");
    let imported = read_as("together.txt", run_together);
    let first = latest(&imported, "DARS-NIC-90001-Q1W2E");
    assert_eq!(first.types_of_data, ["Identifiable", "Anonymised - ICO code compliant"]);
    assert_eq!(first.sensitivity, ["Sensitive", "Non Sensitive"]);
    assert_eq!(first.access, ["One-off", "Ongoing"]);
    assert_eq!(malformed(&imported, "DARS-NIC-90001-Q1W2E"), None);
}

#[test]
fn numbers_above_projects_are_neither_an_organisation_nor_text() {
    let folder = tempfile::tempdir().unwrap();
    let page = |numbered: bool| {
        let number = |count: u32| if numbered { format!("Project {count}\n\n") } else { String::new() };
        let project = |count: u32| {
            format!(
                "{}HSCIC Id: NIC-9000{count}-Q1W2E-v1.0\n\nBasis: Health and Social Care Act 2012\n\n\
                 Format: Identifiable Sensitive\n\nWhen: 2016/04 \u{2014} 2016/09.\n\nData: Births\n\n\
                 Objective: It is asked how many are born.\n\n",
                number(count)
            )
        };
        let text = format!(
            "NHS Digital Data Release Register - reformatted\n\nSaltmarsh Institute\n\n{}{}{}Source: NHS Digital\n",
            project(1),
            project(2),
            project(3)
        );
        let path = folder.path().join("page.txt");
        std::fs::write(&path, text).unwrap();
        outflow::import::read(&[path], None, &mut |_| {}).unwrap()
    };
    let (plain, numbered) = (page(false), page(true));
    assert_eq!(numbered.register.pages[0].organisation, "Saltmarsh Institute");
    assert_eq!(numbered.register.projects.len(), 3);
    let texts = |imported: &outflow::import::Imported| -> Vec<Option<String>> {
        let latest = imported.register.projects.iter().map(|project| project.latest().unwrap());
        latest.map(|version| version.section(outflow::register::Section::Objectives)).collect()
    };
    assert_eq!(texts(&numbered), texts(&plain));
    assert_eq!(numbered.report.warnings.len(), plain.report.warnings.len(), "{:#?}", numbered.report.warnings);
}
