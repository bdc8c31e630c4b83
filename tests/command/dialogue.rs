//! `outflow --plain` alone: the explorer as a dialogue of plain lines, by scripts through the real program.

use std::path::Path;
use std::sync::Arc;

use crate::support::editions;
use crate::support::uses::{Agreement, write_edition};
use assert_cmd::Command;
use outflow::explorer::desk::IndexDesk;
use outflow::explorer::plain::{Dialogue, Reply};
use outflow::library::Edition;
use outflow::register::Section;
use outflow::report::{self, ProjectReport};

/// What a run said.
struct Ran {
    code: i32,
    stdout: String,
    stderr: String,
}

/// Runs the program with lines as its input, on a library below a folder, as in a terminal that only prints.
fn converse(folder: &Path, arguments: &[&str], input: &str) -> Ran {
    let mut command = Command::cargo_bin("outflow").unwrap();
    command.env_clear().env("TERM", "dumb").env("LANG", "C.UTF-8");
    command.env("OUTFLOW_LIBRARY", folder.join("library")).env("OUTFLOW_OWN", folder.join("own"));
    let output = command.arg("--plain").args(arguments).write_stdin(input).output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The transcript of a dialogue on the sample, without what is said first.
fn transcript(input: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let ran = converse(folder.path(), &[], input);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    after_opening(&ran.stdout).replace(&report::today().unwrap().to_string(), "TODAY")
}

/// What is said from the first line on that was typed.
fn after_opening(said: &str) -> String {
    said.find("You: ").map_or_else(String::new, |at| said[at..].to_owned())
}

#[test]
fn it_opens_at_home_and_the_end_of_the_input_ends_it() {
    let folder = tempfile::tempdir().unwrap();
    let ran = converse(folder.path(), &[], "");
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    insta::assert_snapshot!("home", ran.stdout);
    // The last line needs no end.
    let ran = converse(folder.path(), &[], "quit");
    assert!(ran.code == 0 && ran.stdout.ends_with("You: quit\nEnd: closed\n"), "{}", ran.stdout);
}

#[test]
fn a_search_is_a_list_with_numbers_that_stay() {
    insta::assert_snapshot!("search", transcript("hospital\nmore\nback\nhospital pay\nsort title\n2\nback\nagain\n"));
    // The first project of the second page has the same number before that page was heard.
    let heard = transcript("hospital\nmore\n11\n");
    let unheard = transcript("hospital\n11\n");
    let opened = |text: &str| text[text.find("You: 11").unwrap()..].to_owned();
    assert_eq!(opened(&heard), opened(&unheard));
    assert!(opened(&heard).contains("Project: "), "{heard}");
}

#[test]
fn a_project_is_read_part_by_part() {
    let script =
        "concern:mixed-opt-outs\n1\nconcerns\nfacts\nsections\nobjectives\nnext\nprevious\ntimeline\nunsure\ncite\n";
    insta::assert_snapshot!("project", transcript(script));
}

#[test]
fn evidence_is_a_number_away_and_can_be_cited() {
    let script = "concern:mixed-opt-outs\n1\n1\ncite\nevidence 2\nevidence 99\nfiles\nback\nhistory\nback\nglossary\n";
    insta::assert_snapshot!("evidence", transcript(script));
}

#[test]
fn matches_are_walked_and_cited() {
    insta::assert_snapshot!("matches", transcript("dementia\n1\nmatch\ncite\nmatch\nobjectives\n"));
}

#[test]
fn the_readme_shows_a_dialogue_that_there_is() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let (_, section) = readme.split_once("\n## With a screen reader\n").unwrap();
    let shown = section.split("```\n").nth(1).unwrap();
    assert!(shown.lines().count() > 5 && transcript("dementia\n").contains(shown), "no dialogue says:\n{shown}");
}

#[test]
fn an_organisation_leads_on() {
    insta::assert_snapshot!("organisation", transcript("organisations\nnarrow ims\n1\n3\nback\nmore\nback\nback\n"));
}

#[test]
fn rules_and_values_lead_to_projects() {
    insta::assert_snapshot!("rule", transcript("rules\n1\nopen\nback\nunsure\n"));
    insta::assert_snapshot!("values", transcript("hospital\nfacets\n1\n1\nfacets\n2\nexclude 1\nback\n"));
}

#[test]
fn what_changed_is_told_in_words() {
    let folder = tempfile::tempdir().unwrap();
    editions::library(folder.path());
    let ran = converse(folder.path(), &[], "changes\n4\nopen\nback\nback\n3\nopen\neditions\n");
    assert_eq!(ran.code, 0);
    insta::assert_snapshot!("changes", after_opening(&ran.stdout));
    assert!(!ran.stdout.contains("[-") && !ran.stdout.contains("{+"), "{}", ran.stdout);
}

#[test]
fn what_cannot_be_done_is_said() {
    insta::assert_snapshot!(
        "refusals",
        transcript(
            "99\nevidence 1\nback\nmore\nxyzzy\n1\nsearch files\n/files after\nhosptal\n1\nrules\nsave-search\n\n"
        )
    );
}

#[test]
fn help_is_for_where_one_is() {
    insta::assert_snapshot!("help", transcript("help\nsearch\nhelp\n1\nhelp\nlanguage\n"));
}

#[test]
fn it_opens_on_a_query() {
    let folder = tempfile::tempdir().unwrap();
    let ran = converse(folder.path(), &["--query", "-council births", "--sort", "title"], "home\n");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("Search: -council births; "), "{}", ran.stdout);
    assert!(ran.stdout.contains("At: projects for -council births, by title, 1 to "), "{}", ran.stdout);
    assert!(ran.stdout.contains("You: home\nList: Home: edition sample\n"), "{}", ran.stdout);
}

#[test]
fn a_saved_search_is_listed_and_opened() {
    let folder = tempfile::tempdir().unwrap();
    let ran = converse(folder.path(), &[], "dementia\nsave-search old age\nsave-search\nsearches\n1\n");
    assert!(ran.stdout.contains("Note: saved as \"old age\", with 1 project"), "{}", ran.stdout);
    assert!(ran.stdout.contains("Error: say what to call it"), "{}", ran.stdout);
    assert!(ran.stdout.contains("1. Saved search: old age; dementia; 1 project, none new"), "{}", ran.stdout);
    assert!(
        ran.stdout.ends_with("At: projects for dementia, by match, 1 of 1\nEnd: no more input\n"),
        "{}",
        ran.stdout
    );
}

#[test]
fn without_unicode_nothing_of_ours_is() {
    let folder = tempfile::tempdir().unwrap();
    let script = "hospital\nmore\nfacets\nrules\nmore\norganisations\nlanguage\nhelp\n";
    let ran = converse(folder.path(), &["--ascii"], script);
    assert!(ran.stdout.is_ascii(), "{:?}", ran.stdout.lines().find(|line| !line.is_ascii()));
}

#[test]
fn what_is_typed_and_what_a_register_holds_steers_no_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let mut hostile = Agreement::new("DARS-NIC-1-AAAAA-v1.0", "EVIL\u{202e} TRUST\u{9b}2J");
    hostile.objectives = "Beds \u{202e}sdeb\u{9b}31m of \u{200b}wards".to_owned();
    let library = outflow::library::Library::at(folder.path().join("library"));
    library.publish(&[write_edition(folder.path(), "august2026", &[hostile])], None, &mut |_| {}).unwrap();
    let script = "beds\n1\nobjectives\nfacts\norganisations\n1\n\u{1b}[2J\u{202e}\u{9b}\nsave-search \u{1b}]0;x\u{7}\n";
    let ran = converse(folder.path(), &[], script);
    assert_eq!(ran.code, 0);
    assert!(ran.stdout.contains("Objectives: Beds "), "{}", ran.stdout);
    let steers = |letter: char| letter != '\n' && (letter.is_control() || matches!(letter, '\u{202e}' | '\u{200b}'));
    assert!(!ran.stdout.contains(steers), "{:?}", ran.stdout.lines().find(|line| line.contains(steers)));
}

#[test]
fn it_says_of_a_project_what_show_prints() {
    let index = Arc::new(Edition::sample().unwrap().index);
    let mut dialogue = Dialogue::new(IndexDesk::new(Arc::clone(&index)), index.header().clone(), None);
    dialogue.begin(None);
    let mut say = |line: &str| match dialogue.answer(line) {
        Reply::Said(lines) => lines,
        Reply::Ended => panic!("{line} ended it"),
    };
    for number in 0..u32::try_from(index.len()).unwrap() {
        let record = index.record(outflow::index::ProjectId(number)).unwrap();
        let project = ProjectReport::new(index.header(), &record).unwrap();
        let mut said = say(&format!("ref:{}", project.reference));
        said.extend(say("1"));
        assert!(said.contains(&format!("Project: {}", project.reference)), "{said:#?}");
        let parts = ["facts", "concerns", "evidence", "objectives", "processing", "outputs", "benefits", "yielded"];
        for part in parts.into_iter().chain(["unsure"]) {
            let mut page = say(part);
            while page.last().unwrap().ends_with("; more goes on") {
                said.extend(page);
                page = say("more");
            }
            said.extend(page);
        }
        let said = said.join("\n");
        let mut shown: Vec<String> = Vec::new();
        shown.extend(project.title.clone());
        shown.push(report::organisation_shown(&project.organisation).to_owned());
        for fact in report::facts(&project) {
            shown.extend(fact.value.lines().map(str::to_owned));
            shown.extend(fact.beside.map(str::to_owned));
        }
        for concern in &project.concerns {
            shown.extend([concern.id.to_string(), concern.statement.clone(), concern.caveat.clone()]);
            shown.extend(report::evidence(concern).into_iter().map(|line| line.text));
        }
        let sections = Section::ALL.into_iter().filter_map(|section| project.sections.get(section));
        shown.extend(sections.flat_map(str::lines).filter(|line| !line.trim().is_empty()).map(str::to_owned));
        for (rules, why) in report::untold(&project.cannot_tell) {
            shown.extend([rules, why.to_owned()]);
        }
        for words in &shown {
            assert!(said.contains(words.as_str()), "{}: {words} is not said:\n{said}", project.reference);
        }
    }
}
