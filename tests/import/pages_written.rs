//! Pages that are written from lists of projects read as what was written, in every generation and in several orders of
//! the oldest; and pages of several organisations make one edition.

use std::fs;

use crate::support::pages::{ORDER_OF_2016, Shape, Written, page, page_in_order};
use outflow::import::{self, Imported};
use outflow::register::{Layout, Section, Version};
use proptest::prelude::*;

const ORGANISATION: &str = "Long Meadow Observatory";

/// Orders in which pages of 2016 could print their parts.
const ORDERS: [&str; 9] =
    ["obfhwidt", "iobwhdft", "obihwfdt", "dobwhift", "hwobfdit", "tobfhwid", "tidobfhw", "dtobfhwi", "itobfhwd"];

/// Prose that begins with the word of a label.
const LOOK_ALIKES: [&str; 6] = [
    "Data: kept for as long as the law asks",
    "When: every spring, as the meadow is cut.",
    "Format: tables, without a name.",
    "Basis: what people said when they were asked.",
    "Purposes of the work are two.",
    "Outputs of the work are drawn by hand.",
];

fn read_as(name: &str, text: &str) -> Imported {
    read_folder(&[(name, text)])
}

/// Reads pages from one folder, in the order of their names.
fn read_folder(files: &[(&str, &str)]) -> Imported {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let files = import::expand(&[folder.path().to_owned()]).unwrap();
    import::read(&files, Some("own"), &mut |_| {}).unwrap()
}

fn said(imported: &Imported) -> Vec<String> {
    imported.report.warnings.iter().map(|warning| warning.message.clone()).collect()
}

fn versions(imported: &Imported) -> Vec<&Version> {
    imported.register.projects.iter().flat_map(|project| &project.versions).collect()
}

/// What was read of a project, in the form in which it was written.
fn as_written(version: &Version, shape: Shape) -> Written {
    let year = |date: Option<outflow::register::Date>| date.and_then(|date| u16::try_from(date.year()).ok());
    Written {
        reference: version.reference.clone(),
        title: if shape == Shape::Of2016 { String::new() } else { version.title.clone().unwrap_or_default() },
        opt_outs: version.opt_outs.as_published.clone().unwrap_or_default(),
        legal_basis: version.legal_bases.join(", "),
        type_of_data: version.types_of_data.join(", "),
        sensitivity: version.sensitivity.join(", "),
        years: year(version.released.start).zip(year(version.released.end)),
        access: version.access.join(", "),
        datasets: version.datasets.iter().map(|dataset| dataset.name.to_string()).collect(),
        objectives: version
            .section(Section::Objectives)
            .iter()
            .flat_map(|text| text.lines())
            .map(str::to_owned)
            .collect(),
    }
}

fn one(number: usize) -> Written {
    Written {
        reference: format!("DARS-NIC-{:05}-A{number}B", number + 1),
        title: format!("Meadow, part {number} - a study"),
        opt_outs: if number.is_multiple_of(2) { "N" } else { "Y" }.to_owned(),
        legal_basis: format!("Health and Social Care Act 2012 - s26{number}(1)"),
        type_of_data: "Identifiable".to_owned(),
        sensitivity: "Non Sensitive".to_owned(),
        years: Some((2016, 2017)),
        access: "Ongoing".to_owned(),
        datasets: vec!["Births".to_owned(), format!("Dataset {number}")],
        objectives: vec!["The observatory counts.".to_owned(), format!("It counts {number} times.")],
    }
}

fn order(parts: &str) -> Vec<char> {
    parts.chars().collect()
}

#[test]
fn projects_of_2016_are_told_apart_in_any_order() {
    for parts in ORDERS {
        let mut projects: Vec<Written> = (0..4).map(one).collect();
        // Some lack a part or two, but not the first: nothing could tell its order then.
        projects[1].opt_outs.clear();
        projects[2].years = None;
        projects[2].access.clear();
        projects[1].objectives.push(LOOK_ALIKES[0].to_owned());
        projects[1].objectives.push("And that is all.".to_owned());
        let imported = read_as("page.txt", &page_in_order(&order(parts), ORGANISATION, &projects));
        let read: Vec<Written> = versions(&imported).into_iter().map(|one| as_written(one, Shape::Of2016)).collect();
        let wanted: Vec<Written> =
            projects.iter().map(|project| Written { title: String::new(), ..project.clone() }).collect();
        assert_eq!(read, wanted, "{parts}: {:?}", said(&imported));
        assert_eq!(imported.register.sources[0].layout, Layout::Page2016);
    }
}

#[test]
fn prose_at_the_end_of_a_text_is_prose_even_above_the_next_project() {
    for look_alike in LOOK_ALIKES {
        let mut projects: Vec<Written> = (0..3).map(one).collect();
        projects[0].objectives.push(look_alike.to_owned());
        projects[2].objectives.push(look_alike.to_owned());
        let imported = read_as("page.txt", &page(Shape::Of2016, ORGANISATION, &projects));
        let read: Vec<Vec<String>> =
            versions(&imported).into_iter().map(|one| as_written(one, Shape::Of2016).objectives).collect();
        let wanted: Vec<Vec<String>> = projects.iter().map(|project| project.objectives.clone()).collect();
        assert_eq!(read, wanted, "{look_alike}");
    }
}

#[test]
fn a_boundary_that_is_not_certain_is_said_with_its_line() {
    let mut projects: Vec<Written> = (0..2).map(one).collect();
    projects[0].opt_outs.clear();
    let text = page(Shape::Of2016, ORGANISATION, &projects);
    let imported = read_as("page.txt", &text);
    // The page opens with another label than its second project: that could be the first one's last line.
    let warning = imported.report.warnings.iter().find(|warning| warning.message.contains("is not certain")).unwrap();
    let line = text.lines().position(|line| line == "Opt outs honoured: Y").unwrap() + 1;
    assert_eq!(warning.place.as_deref(), Some(format!("line {line}").as_str()));
    assert!(warning.message.contains("DARS-NIC-00002-A1B"), "{}", warning.message);
    assert_eq!(versions(&imported)[1].opt_outs.as_published.as_deref(), Some("Y"));
}

#[test]
fn a_project_without_a_reference_is_kept_and_named_by_its_line() {
    let projects: Vec<Written> = (0..2).map(one).collect();
    let text = page(Shape::Of2016, ORGANISATION, &projects).replace("HSCIC Id: DARS-NIC-00002-A1B", "HSCIC Id:");
    let imported = read_as("page.txt", &text);
    let line = text.lines().position(|line| line == "HSCIC Id:").unwrap() + 1;
    assert_eq!(versions(&imported)[1].reference, format!("without reference, line {line}"));
    assert!(said(&imported).iter().any(|message| message.contains("has no reference")), "{:?}", said(&imported));
}

#[test]
fn pages_of_several_organisations_and_years_make_one_edition() {
    let projects: Vec<Written> = (0..3).map(one).collect();
    let files: Vec<(String, String)> = Shape::ALL
        .iter()
        .enumerate()
        .map(|(number, shape)| (format!("{number}.txt"), page(*shape, &format!("Body {number}"), &projects)))
        .collect();
    let named: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let imported = read_folder(&named);
    let layouts: Vec<Layout> = imported.register.sources.iter().map(|source| source.layout).collect();
    assert_eq!(layouts, [Layout::Page2016, Layout::Page2018, Layout::Page2021, Layout::Page2021, Layout::Page2025]);
    assert_eq!(imported.register.pages.len(), 5);
    // The same agreements, each page's entry with its own organisation, and the newest generation's last.
    assert_eq!(imported.register.projects.len(), 3);
    for project in &imported.register.projects {
        let bodies: Vec<&str> = project.versions.iter().map(|version| version.organisation.as_str()).collect();
        assert_eq!(bodies, ["Body 0", "Body 1", "Body 2", "Body 3", "Body 4"]);
    }
    let conflicts: Vec<String> = said(&imported).into_iter().filter(|message| message.contains("otherwise")).collect();
    assert_eq!(conflicts, [""; 0]);
}

#[test]
fn an_agreement_on_two_pages_is_told_only_where_they_contradict_each_other() {
    let projects = vec![one(0), one(1)];
    let text = page(Shape::Of2018, ORGANISATION, &projects);
    let again = read_folder(&[("a.txt", &text), ("b.txt", &text)]);
    assert_eq!((versions(&again).len(), again.report.warnings.len()), (2, 0), "{:?}", said(&again));
    assert!(again.report.notes.iter().any(|note| note.contains("b.txt: 2 entries")), "{:?}", again.report.notes);
    let mut other = projects.clone();
    other[1].opt_outs = "N".to_owned();
    other[1].sensitivity = "Sensitive".to_owned();
    let imported = read_folder(&[("a.txt", &text), ("b.txt", &page(Shape::Of2018, "Another body", &other))]);
    assert_eq!(versions(&imported).len(), 4);
    let said = said(&imported);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("DARS-NIC-00002-A1B stands in a.txt too") && said[0].contains("opt-outs, sensitivity"));
    assert!(imported.report.warnings[0].place.is_some());
}

#[test]
fn a_page_with_very_many_projects_is_read_in_time() {
    let projects: Vec<Written> = (0..20_000).map(one).collect();
    for shape in [Shape::Of2016, Shape::Of2018] {
        let imported = read_as("page.txt", &page(shape, ORGANISATION, &projects));
        assert_eq!(imported.register.projects.len(), projects.len());
    }
    // One agreement over and over.
    let same: Vec<Written> =
        (0..20_000).map(|number| Written { reference: "NIC-1".to_owned(), ..one(number) }).collect();
    let imported = read_as("page.txt", &page(Shape::Of2018, ORGANISATION, &same));
    assert_eq!(imported.register.projects.len(), 1);
}

/// A value, or none: any block can be missing.
fn maybe(values: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![1 => Just(String::new()), 4 => proptest::sample::select(values).prop_map(str::to_owned)]
}

fn prose() -> impl Strategy<Value = Vec<String>> {
    let line = prop_oneof![
        4 => "[A-Z][a-z]{2,8}( [a-z]{1,9}){1,8}\\.",
        1 => proptest::sample::select(&LOOK_ALIKES[..]).prop_map(str::to_owned),
    ];
    let lines =
        ("[A-Z][a-z]{2,8} [a-z]{1,9}\\.", proptest::collection::vec(line, 0..4), "[A-Z][a-z]{2,8} [a-z]{1,9}\\.");
    prop_oneof![
        1 => Just(Vec::new()),
        4 => lines.prop_map(|(first, middle, last)| [vec![first], middle, vec![last]].concat()),
    ]
}

fn written() -> impl Strategy<Value = Written> {
    let answers =
        &["N", "Y", "No", "Yes", "N, Y", "No - data flow is not identifiable", "Yes - patient objections upheld"];
    (
        maybe(answers),
        proptest::sample::select(vec!["Health and Social Care Act 2012", "Section 36 of the Health Act 2009"]),
        maybe(&["Identifiable", "Anonymised - ICO code compliant", "Aggregated"]),
        maybe(&["Sensitive", "Non Sensitive"]),
        proptest::option::of((2016_u16..2018, 2018_u16..2021)),
        maybe(&["Ongoing", "One-Off", "Frequent Adhoc Flow"]),
        proptest::collection::vec("[A-Z][a-z]{2,8}( [a-z]{1,9}){0,3}", 0..4),
        prose(),
    )
        .prop_map(|(opt_outs, legal_basis, type_of_data, sensitivity, years, access, datasets, objectives)| {
            Written {
                reference: String::new(),
                title: String::new(),
                opt_outs,
                legal_basis: legal_basis.to_owned(),
                type_of_data,
                sensitivity,
                years,
                access,
                datasets,
                objectives,
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..Default::default() })]

    #[test]
    fn what_is_read_is_what_was_written(
        shape in proptest::sample::select(Shape::ALL.to_vec()),
        mut projects in proptest::collection::vec(written(), 1..6),
    ) {
        for (number, project) in projects.iter_mut().enumerate() {
            let own = one(number);
            project.reference = own.reference;
            if shape != Shape::Of2016 {
                project.title = own.title;
            } else if number == 0 {
                // The page's order is seen on its first project.
                project.opt_outs = "N".to_owned();
            }
            if shape == Shape::Of2021WithoutLabels {
                // Prose that looks like a label that is missing above cannot be told from it.
                project.objectives.retain(|line| !LOOK_ALIKES.contains(&line.as_str()));
            }
        }
        let text = page(shape, ORGANISATION, &projects);
        let imported = read_as("page.txt", &text);
        let read: Vec<Written> = versions(&imported).into_iter().map(|one| as_written(one, shape)).collect();
        prop_assert_eq!(read, projects, "{}\n{:?}", text, said(&imported));
        prop_assert_eq!(&imported.register.pages[0].organisation, ORGANISATION);
    }

    #[test]
    fn the_order_of_a_block_does_not_matter(
        parts in Just(ORDER_OF_2016.to_vec()).prop_shuffle(),
        count in 1_usize..5,
    ) {
        let projects: Vec<Written> = (0..count).map(one).collect();
        let text = page_in_order(&parts, ORGANISATION, &projects);
        let imported = read_as("page.txt", &text);
        let read: Vec<Written> = versions(&imported).into_iter().map(|one| as_written(one, Shape::Of2016)).collect();
        let wanted: Vec<Written> =
            projects.into_iter().map(|project| Written { title: String::new(), ..project }).collect();
        prop_assert_eq!(read, wanted, "{}\n{:?}", text, said(&imported));
    }
}
