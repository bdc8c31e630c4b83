//! The passage that a list shows of a project: from the latest version, as published, with exactly what matched marked.

use crate::support::agreements::{Agreed, data_uses};
use crate::support::stage::{PLAIN, keys, play, play_on, sample};
use outflow::concerns::examine;
use outflow::index::{Edge, Index, LastWord, Marker, ProjectId, Request, Room, SearchField, Snippet};
use outflow::register::{Section, Version};

const ROOM: Room = Room { columns: 75, lines: 2 };

const QUERIES: [&str; 8] = [
    "hospital",
    "hospital pay",
    "\"hospital episode\" OR births",
    "hospital -births -office",
    "objectives:data benefits:patients",
    "dataset:episode",
    "\"data patients\"~4",
    "insur*",
];

/// Every project's best passages, with the version they are of.
fn passages(query: &str, limit: usize) -> Vec<(Version, Vec<Snippet>)> {
    let index = sample();
    let marker = Marker::new(query, LastWord::Whole);
    let projects = (0..u32::try_from(index.len()).unwrap()).map(ProjectId);
    projects
        .map(|id| {
            let record = index.record(id).unwrap();
            (record.project.latest().unwrap().clone(), marker.snippets(&index, id, limit, ROOM).unwrap())
        })
        .collect()
}

fn texts(version: &Version, field: SearchField) -> Vec<String> {
    match field {
        SearchField::Section(section) => version.section(section).into_iter().collect(),
        SearchField::Dataset => version.datasets.iter().map(|dataset| dataset.name.to_string()).collect(),
        SearchField::Controller => version.controllers.clone(),
        SearchField::LegalBasis => version.legal_bases.clone(),
        SearchField::Title | SearchField::Organisation | SearchField::Reference => Vec::new(),
    }
}

#[test]
fn a_passage_is_published_text_with_exactly_what_matched_marked() {
    for query in QUERIES {
        let marker = Marker::new(query, LastWord::Whole);
        let mut shown = 0;
        for (version, snippets) in passages(query, 9) {
            for snippet in snippets {
                shown += 1;
                let of = texts(&version, snippet.field);
                let stands = |whole: &String| {
                    let at = whole.match_indices(&snippet.text).map(|(at, _)| at);
                    at.into_iter().any(|at| {
                        let end = at + snippet.text.len();
                        let marks = marker.mark(snippet.field, whole);
                        let inside = marks.into_iter().filter(|mark| mark.start < end && at < mark.end);
                        let inside: Vec<_> =
                            inside.map(|mark| mark.start.max(at) - at..mark.end.min(end) - at).collect();
                        let edge = |rest: &str| if rest.trim().is_empty() { Edge::Whole } else { Edge::Cut };
                        inside == snippet.matches
                            && (edge(&whole[..at]), edge(&whole[end..])) == (snippet.begins, snippet.ends)
                    })
                };
                assert!(of.iter().any(stands), "{query}: {snippet:?}");
                assert!(!snippet.matches.is_empty());
            }
        }
        assert!(shown > 0, "{query} shows nothing");
    }
}

#[test]
fn what_is_left_out_is_never_marked() {
    for (_, snippets) in passages("hospital -births -office", 9) {
        for snippet in snippets {
            for mark in &snippet.matches {
                let marked = snippet.text[mark.clone()].to_lowercase();
                assert!(marked.starts_with("hospital"), "{marked}");
            }
        }
    }
}

#[test]
fn the_passage_with_most_of_the_query_comes_first_whatever_its_section() {
    let different = |snippet: &Snippet| {
        let words = snippet.matches.iter().map(|mark| snippet.text[mark.clone()].to_lowercase());
        let mut words: Vec<String> = words.map(|word| word.trim_end_matches('s').to_owned()).collect();
        words.sort_unstable();
        words.dedup();
        words.len()
    };
    let mut sections = std::collections::BTreeSet::new();
    for (version, snippets) in passages("hospital patient record", 9) {
        assert!(snippets.is_sorted_by_key(|snippet| std::cmp::Reverse(different(snippet))), "{}", version.reference);
        sections.extend(snippets.first().map(|snippet| snippet.field));
        let [best] = &passages_of(&version)[..] else { continue };
        assert_eq!(Some(best), snippets.first());
    }
    assert!(sections.len() > 1 && sections.contains(&SearchField::Section(Section::Objectives)), "{sections:?}");
}

fn passages_of(version: &Version) -> Vec<Snippet> {
    let all = passages("hospital patient record", 1);
    all.into_iter().find(|(other, _)| other.reference == version.reference).map(|(_, best)| best).unwrap_or_default()
}

#[test]
fn a_passage_has_two_lines_at_80_columns_behind_the_name_of_its_section() {
    let played = play(80, 24, PLAIN, keys("/hospital pay"));
    let text = played.text();
    let lines: Vec<&str> = text.lines().collect();
    for (row, listed) in (0..5).map(|at| (2 + at * 4, played.state.list.row(at).unwrap())) {
        let snippet = listed.snippet.as_ref().unwrap();
        let shown = format!("{} {}", lines[row + 2].trim(), lines[row + 3].trim());
        assert!(lines[row + 3].starts_with("     ") && !lines[row + 3].trim().is_empty(), "{text}");
        let cut = |edge| if edge == Edge::Cut { "..." } else { "" };
        let words = snippet.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let whole = format!("{}: {}{words}{}", snippet.field.name(), cut(snippet.begins), cut(snippet.ends));
        assert_eq!(shown, whole);
    }
    // Where there are no words there is nothing to show two lines of, and more projects fit.
    let unsearched = play(80, 24, PLAIN, keys(""));
    assert!(unsearched.text().lines().nth(20).unwrap().starts_with("  "), "{}", unsearched.text());
    assert_eq!((unsearched.state.list.rows_of_project(), played.state.list.rows_of_project()), (3, 4));
}

#[test]
fn a_passage_is_cut_anew_when_the_list_gets_other_columns() {
    let mut script = keys("/hospital pay<Enter>");
    script.push(outflow::explorer::message::Message::Resized(120, 40));
    let resized = play(80, 24, PLAIN, script);
    let wide = play(120, 40, PLAIN, keys("/hospital pay<Enter>"));
    assert_eq!(resized.state.list.row(0), wide.state.list.row(0));
    assert_eq!(resized.state.list.rows.columns, 48);
}

#[test]
fn of_sections_that_hold_as_much_the_first_is_shown() {
    let marker = Marker::new("hospital", LastWord::Whole);
    let mut fields = std::collections::BTreeSet::new();
    for (version, snippets) in passages("hospital", 1) {
        let holds = |section: &Section| {
            let field = SearchField::Section(*section);
            version.section(*section).is_some_and(|text| !marker.mark(field, &text).is_empty())
        };
        let Some(first) = Section::ALL.into_iter().find(holds) else { continue };
        assert_eq!(snippets[0].field, SearchField::Section(first), "{}", version.reference);
        fields.insert(snippets[0].field);
    }
    assert!(fields.len() > 1, "{fields:?}");
}

#[test]
fn what_stands_everywhere_is_marked_wherever_it_is_shown() {
    // More often than is looked at, and closest together near the end.
    let text = format!("{}{}", "Care for cancer at home. ".repeat(40), "Cancer care, cancer care, cancer. ".repeat(40));
    let register = data_uses(&[Agreed::new("DARS-NIC-1-AAAAA-v1.0", "2020-01-01", "2021-01-01")
        .but(|version| version.statements[0].sections.set(Section::Objectives, Some(text.clone())))]);
    let index = Index::in_memory(&register, || examine(&register)).unwrap();
    for (query, last_word) in [
        ("cancer", LastWord::Whole),
        ("c", LastWord::Beginning),
        ("cancer home", LastWord::Whole),
        ("\"cancer at home\"", LastWord::Whole),
        ("objectives:cancer~", LastWord::Whole),
    ] {
        let marker = Marker::new(query, last_word);
        let snippets = marker.snippets(&index, ProjectId(0), 1, ROOM).unwrap();
        let [snippet] = snippets.as_slice() else { panic!("{query}: {snippets:?}") };
        assert!(snippet.matches.len() > 1, "{query}: {snippet:?}");
        // Nothing that is asked for here reaches beyond the passage, so that it can be marked by itself.
        assert_eq!(snippet.matches, marker.mark(snippet.field, &snippet.text), "{query}");
    }
}

/// The passage of a project with these objectives, as the list lays it.
fn passage_of(objectives: &str, query: &str) -> Snippet {
    let register = data_uses(&[Agreed::new("DARS-NIC-1-AAAAA-v1.0", "", "").but(|version| {
        version.statements[0].sections.set(Section::Objectives, Some(objectives.to_owned()));
    })]);
    let index = Index::in_memory(&register, || examine(&register)).unwrap();
    Marker::new(query, LastWord::Whole).snippets(&index, ProjectId(0), 1, ROOM).unwrap().swap_remove(0)
}

#[test]
fn what_denies_a_passage_stands_before_it() {
    let items =
        "• reports of the care that is given in all hospitals of the country, year by year and by ward\n".repeat(3);
    let lead_in = "The data is held by the company. Therefore, the CLIENT is not permitted to use the services for:\n";
    let text = format!("{lead_in}{items}• analysis for insurance companies\n{items}");
    let listed = passage_of(&text, "insurance");
    let shown = format!("{}{}{}", listed.denied_told("..."), "...", listed.text);
    assert!(shown.starts_with("...the CLIENT is not permitted to use"), "{shown}");
    assert!(listed.text.contains("analysis for insurance companies"), "{shown}");
    assert_eq!(listed.begins, Edge::Cut);
    let label = format!("Objectives: {shown}...");
    assert!(outflow::text::wrap(&label, ROOM.columns).len() <= ROOM.lines, "{label}");
    // Without the denial there is nothing to say.
    let allowed = text.replace("is not permitted", "is permitted");
    assert_eq!(passage_of(&allowed, "insurance").denied, None);
    // A sentence that begins before the passage: what stands next to it is not cut off from it.
    let filler = "The work is done in a room of its own with every care that there is. ".repeat(4);
    let sentence = "It is for the companies which are at work in the whole of the country and elsewhere, and this does not \
                    include makers of devices or any insurers of health.";
    let own = passage_of(&format!("{filler}{sentence} {filler}"), "insurers");
    let shown = format!("{}{}", own.denied_told("..."), own.text);
    assert!(shown.contains("not include") && shown.contains("insurers"), "{shown}");
}

#[test]
fn the_list_shows_what_denies_a_passage() {
    let items =
        "• reports of the care that is given in all hospitals of the country, year by year and by ward\n".repeat(3);
    let text =
        format!("The CLIENT is not permitted to use it for:\n{items}• analysis for insurance companies\n{items}");
    let register = data_uses(&[Agreed::new("DARS-NIC-1-AAAAA-v1.0", "", "").but(|version| {
        version.statements[0].sections.set(Section::Objectives, Some(text.clone()));
    })]);
    let index = Index::in_memory(&register, || examine(&register)).unwrap();
    let screen = play_on(&std::sync::Arc::new(index), 80, 24, keys("/insurance<Enter>")).text();
    let shown = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains("Objectives: The CLIENT is not permitted to use it ..."), "{screen}");
    assert!(shown.contains("analysis for insurance companies"), "{screen}");
}

#[test]
fn a_passage_shows_words_in_a_row_however_far_behind_they_stand() {
    let far = "Of all that is kept no more is said than this. ".repeat(200);
    let says = |reference: &str, objectives: String, outputs: &str| {
        let outputs = outputs.to_owned();
        Agreed::new(reference, "", "").dataset("Mental Health Services Data Set", "", "", "").but(move |version| {
            version.statements[0].sections.set(Section::Objectives, Some(objectives.clone()));
            version.statements[0].sections.set(Section::Outputs, Some(outputs.clone()));
        })
    };
    let register = data_uses(&[
        says("DARS-NIC-1-AAAAA-v1.0", format!("Data for linkage. {far} The data linkage itself is done here."), ""),
        says("DARS-NIC-2-BBBBB-v1.0", format!("Linkage of data. {far}"), "Lists of patients; a data linkage report."),
        says("DARS-NIC-3-CCCCC-v1.0", format!("Data and linkage, the health of a mental patient. {far}"), "Linkages."),
    ]);
    let index = Index::in_memory(&register, || examine(&register)).unwrap();
    let first = |query: &str| -> Vec<(u32, SearchField, String)> {
        let request = Request { query: query.to_owned(), ..Request::default() };
        let found = index.search(&request, &|| false).unwrap();
        let marker = Marker::new(query, LastWord::Whole);
        let shown = |held| {
            let mut passages = marker.passages(&index, ROOM, held);
            let of = |project: &ProjectId| {
                let snippet = passages.of(*project, 1).unwrap().remove(0);
                let inside: Vec<&str> = snippet.matches.iter().map(|mark| &snippet.text[mark.clone()]).collect();
                (project.0 + 1, snippet.field, inside.join(" "))
            };
            found.projects.iter().map(of).collect::<Vec<_>>()
        };
        // Dossiers and the command line ask without what the search has seen.
        assert_eq!(shown(Some(&found.held)), shown(None), "{query}");
        shown(Some(&found.held))
    };
    let (objectives, outputs) = (SearchField::Section(Section::Objectives), SearchField::Section(Section::Outputs));
    let mut shown = first("data linkage");
    shown.sort();
    let told = |project: u32, field, marked: &str| (project, field, marked.to_owned());
    // Each word is marked by itself: neither is asked for with the other.
    assert_eq!(
        shown,
        [told(1, objectives, "data linkage"), told(2, outputs, "data linkage"), told(3, objectives, "Data linkage"),]
    );
    assert!(first("mental health").contains(&told(3, SearchField::Dataset, "Mental Health")));
}
