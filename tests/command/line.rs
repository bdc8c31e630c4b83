//! The command line as a script or a person uses it: output, exit codes, and what goes where.

use std::path::Path;

use crate::support::disk::FIXTURE;
use crate::support::program::{outflow, program, ran};
use crate::support::workbook::{sheets, write};
use serde_json::Value;

fn json(library: &Path, arguments: &[&str]) -> Value {
    outflow(library, arguments).json()
}

fn imported() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let ran = outflow(folder.path(), &["import", FIXTURE]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{}", ran.stdout);
    folder
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn has_keys(value: &Value, wanted: &[&str]) {
    let keys = keys(value);
    for key in wanted {
        assert!(keys.contains(key), "no {key} among {keys:?}");
    }
}

/// Absent is null, never an empty string.
fn holds_no_empty_text(value: &Value, path: &str) {
    match value {
        Value::String(text) => assert!(!text.is_empty(), "{path} is an empty string"),
        Value::Array(list) => list.iter().for_each(|value| holds_no_empty_text(value, path)),
        Value::Object(map) => map.iter().for_each(|(key, value)| holds_no_empty_text(value, &format!("{path}.{key}"))),
        _ => {}
    }
}

#[test]
fn import_says_what_it_made() {
    let folder = tempfile::tempdir().unwrap();
    let workbook = write(folder.path(), "ReleaseRegister-jan-mar-2018.xlsx", &sheets());
    let report = json(&folder.path().join("library"), &["import", "--json", workbook.to_str().unwrap()]);
    has_keys(
        &report,
        &[
            "edition",
            "projects",
            "versions",
            "organisations",
            "datasets",
            "releases",
            "concerns",
            "warnings",
            "seconds",
        ],
    );
    assert_eq!(report["edition"], "2018-03");
    assert_eq!((report["projects"].as_u64(), report["releases"].as_u64()), (Some(4), Some(5)), "{report}");
    for warning in report["warnings"].as_array().unwrap() {
        has_keys(warning, &["file", "place", "message"]);
    }
    holds_no_empty_text(&report, "import");
}

#[test]
fn a_refused_file_is_one_sentence_and_exit_2() {
    let folder = imported();
    let bad = folder.path().join("bad.xlsx");
    std::fs::write(&bad, b"PK\x03\x04").unwrap();
    let ran = outflow(folder.path(), &["import", bad.to_str().unwrap()]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.starts_with("outflow: bad.xlsx: ") && ran.stderr.lines().count() == 1, "{}", ran.stderr);
    let absent = outflow(folder.path(), &["import", "absent.txt"]);
    assert_eq!(absent.code, 2);
    assert_eq!(absent.stderr.matches("No such file").count(), 1, "{}", absent.stderr);
    assert_eq!(outflow(folder.path(), &["search", "frailty"]).code, 0);
}

#[test]
fn search_lists_projects_with_what_matched() {
    let folder = imported();
    let ran = outflow(folder.path(), &["search", "frailty"]);
    assert_eq!(ran.code, 0);
    assert!(ran.stdout.contains("DARS-NIC-00001-A1B2C  Frailty at home"), "{}", ran.stdout);
    assert!(!ran.stdout.contains('\u{1b}'));
    let report = json(folder.path(), &["search", "machine", "learning", "-frailty", "--json"]);
    has_keys(&report, &["query", "edition", "total", "took_ms", "projects"]);
    assert_eq!((report["query"].as_str(), report["total"].as_u64()), (Some("machine learning -frailty"), Some(1)));
    let project = &report["projects"][0];
    has_keys(project, &["reference", "title", "organisation", "concerns", "snippets"]);
    let snippet = &project["snippets"][0];
    let text: Vec<char> = snippet["text"].as_str().unwrap().chars().collect();
    let marked: Vec<String> = snippet["matches"]
        .as_array()
        .unwrap()
        .iter()
        .map(|range| {
            let at = |end: usize| usize::try_from(range[end].as_u64().unwrap()).unwrap();
            text[at(0)..at(1)].iter().collect()
        })
        .collect();
    assert_eq!(
        (snippet["section"].as_str(), marked.join(" ")),
        (Some("processing"), "machines machine learning".to_owned())
    );
    holds_no_empty_text(&report, "search");
}

#[test]
fn nothing_found_is_exit_1_and_said() {
    let folder = imported();
    let ran = outflow(folder.path(), &["search", "xyzzy"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("nothing in edition page matches xyzzy"), "{}", ran.stderr);
    assert_eq!(json(folder.path(), &["--json", "search", "xyzzy"])["total"], 0);
    assert_eq!(outflow(folder.path(), &["concerns", "malformed-value"]).code, 1);
    assert_eq!(outflow(folder.path(), &["show", "NIC-5-XXXXX"]).code, 1);
}

#[test]
fn show_gives_a_project_whole() {
    let folder = imported();
    let report = json(folder.path(), &["show", "--json", "nic-00002-d3e4f"]);
    has_keys(
        &report,
        &[
            "reference",
            "title",
            "organisation",
            "organisation_type",
            "controllers",
            "versions",
            "opt_outs",
            "legal_bases",
            "commercial",
            "sublicensing",
            "sensitivity",
            "types_of_data",
            "access",
            "term",
            "releases",
            "datasets",
            "minutes",
            "sections",
            "statements",
            "cannot_tell",
            "concerns",
            "source",
        ],
    );
    assert_eq!(report["commercial"], true);
    assert_eq!(report["opt_outs"]["state"], "not-stated");
    assert_eq!(report["opt_outs"]["as_published"], Value::Null);
    assert_eq!(report["opt_outs"]["reasons"], serde_json::json!(["Does not include the flow of confidential data"]));
    assert_eq!(report["term"], serde_json::json!({"start": "2022-01", "end": "2023-01"}));
    assert_eq!(report["releases"]["first"], "2022-02");
    assert_eq!(report["sections"]["yielded_benefits"], Value::Null);
    for concern in report["concerns"].as_array().unwrap() {
        has_keys(concern, &["id", "severity", "standing", "statement", "evidence", "caveat"]);
        assert!(!concern["evidence"].as_array().unwrap().is_empty(), "{concern}");
    }
    for unknown in report["cannot_tell"].as_array().unwrap() {
        has_keys(unknown, &["id", "why"]);
    }
    has_keys(&report["source"], &["file", "sha256", "place"]);
    holds_no_empty_text(&report, "show");
}

#[test]
fn show_takes_a_reference_in_any_form() {
    let folder = imported();
    for written in ["DARS-NIC-00001-A1B2C", "nic-00001-a1b2c", "NIC-00001-A1B2C-v2.1", "dars-nic-00001", "lm-local-7"] {
        let ran = outflow(folder.path(), &["show", written]);
        assert_eq!(ran.code, 0, "{written}: {}", ran.stderr);
    }
    let elsewhere = outflow(folder.path(), &["show", "DARS-NIC-15293-R6V2H", "--edition", "page"]);
    assert_eq!(elsewhere.code, 1);
    let workbook = write(folder.path(), "ReleaseRegister-jan-mar-2018.xlsx", &sheets());
    assert_eq!(outflow(folder.path(), &["import", workbook.to_str().unwrap()]).code, 0);
    let other = outflow(folder.path(), &["show", "NIC-20-BBBBB"]);
    assert_eq!(other.code, 1);
    assert!(other.stderr.contains("it is in 2018-03"), "{}", other.stderr);
}

#[test]
fn a_citation_names_source_place_and_licence() {
    let folder = imported();
    let ran = outflow(folder.path(), &["show", "--cite", "nic-00001-a1b2c"]);
    for part in
        ["*Frailty at home*", "DARS-NIC-00001-A1B2C-v2.1", "page.txt, line 9", "SHA-256", "Open Government Licence"]
    {
        assert!(ran.stdout.contains(part), "{part} is not in {}", ran.stdout);
    }
}

#[test]
fn concerns_are_counted_and_listed() {
    let folder = imported();
    let report = json(folder.path(), &["concerns", "--json"]);
    let concerns = report["concerns"].as_array().unwrap();
    assert_eq!(concerns.len(), 57);
    for concern in concerns {
        has_keys(concern, &["id", "severity", "standing", "projects", "findings", "files", "organisations"]);
    }
    let one = json(folder.path(), &["concerns", "commercial", "--json"]);
    assert_eq!(one["matches"].as_array().unwrap().len(), 1);
    assert_eq!(one["matches"][0]["reference"], "DARS-NIC-00002-D3E4F");
    let printed = outflow(folder.path(), &["concerns", "abroad"]);
    for part in
        ["Source: the project's own words.", "\nBut: ", "\nFalse alarms: of 3 findings in ", "words.places-abroad"]
    {
        assert!(printed.stdout.contains(part), "{part} is not in {}", printed.stdout);
    }
    let none = outflow(folder.path(), &["concerns", "commercial-words"]).stdout;
    assert!(none.contains("\nFalse alarms: it has no finding on a project of "), "{none}");
    let unmeasured = outflow(folder.path(), &["concerns", "never-tre"]).stdout;
    assert!(unmeasured.contains("\nFalse alarms: not measured; "), "{unmeasured}");
    let unknown = outflow(folder.path(), &["concerns", "no-such-rule"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("no-such-rule"));
}

#[test]
fn stats_are_the_counts_of_the_import() {
    let folder = tempfile::tempdir().unwrap();
    let import = json(folder.path(), &["import", "--json", FIXTURE]);
    let stats = json(folder.path(), &["stats", "--json"]);
    for key in ["edition", "projects", "versions", "organisations", "datasets", "releases", "concerns"] {
        assert_eq!(import[key], stats[key], "{key}");
    }
    assert_eq!(stats["releases"], 14);
}

#[test]
fn changes_between_editions_are_told_and_typography_apart() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library");
    let text = std::fs::read_to_string(FIXTURE).unwrap();
    let import = |text: &str, name: &str| {
        let path = folder.path().join("page.txt");
        std::fs::write(&path, text).unwrap();
        assert_eq!(outflow(&library, &["import", path.to_str().unwrap(), "--edition", name]).code, 0);
    };
    import(&text, "2026-03");
    let alone = outflow(&library, &["changes"]);
    assert_eq!(alone.code, 2);
    assert!(alone.stderr.contains("only one edition"), "{}", alone.stderr);
    let amended = text
        .replace("BEDWATCH LTD", "NOBODY LTD")
        .replace("Two hospitals compare how long", "Two  hospitals  compare how long")
        .replace("LM-LOCAL-7", "LM-LOCAL-8")
        .replace("passed to nobody else.", "passed to a company.")
        .replace("Records are joined", "Nothing is kept. Records are joined");
    import(&amended, "2026-04");
    let report = json(&library, &["changes", "2026-03", "2026-04", "--json"]);
    has_keys(&report, &["added", "withdrawn", "amended", "typography_only"]);
    assert_eq!(report["added"], serde_json::json!(["LM-LOCAL-8"]));
    assert_eq!(report["withdrawn"], serde_json::json!(["LM-LOCAL-7"]));
    let fields: Vec<(&str, &str)> = report["amended"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|amended| {
            let fields = amended["fields"].as_array().unwrap();
            fields.iter().map(|field| (amended["reference"].as_str().unwrap(), field["field"].as_str().unwrap()))
        })
        .collect();
    assert_eq!(fields, [("DARS-NIC-00001-A1B2C-v2.1", "processing"), ("DARS-NIC-00002-D3E4F-v0.4", "controllers")]);
    let printed = outflow(&library, &["changes", "2026-03", "2026-04"]);
    assert_eq!(printed.code, 0);
    assert!(printed.stdout.contains("{+Nothing is kept.+}"), "{}", printed.stdout);
    assert!(
        printed.stdout.contains("[-BEDWATCH LTD-]") && !printed.stdout.contains("[-LOWER MARSH"),
        "{}",
        printed.stdout
    );
    assert_eq!(outflow(&library, &["changes", "2026-03", "2026-03"]).code, 1);
}

#[test]
fn editions_and_keys_are_listed() {
    let folder = imported();
    let editions = json(folder.path(), &["editions", "--json"]);
    assert_eq!(editions["editions"][0]["edition"], "page");
    let keys = json(folder.path(), &["keys", "--json"]);
    let actions = keys["actions"].as_array().unwrap();
    assert!(actions.iter().any(|action| action["action"] == "next-match" && action["keys"][0] == "n"));
    assert!(outflow(folder.path(), &["keys"]).stdout.contains("Go to the next match"));
}

#[test]
fn the_sample_opens_without_a_library_or_a_home() {
    let said =
        ran(program(Path::new(""), &["search", "glaucoma"]).env_remove("OUTFLOW_LIBRARY").spawn().unwrap()).text();
    assert!(said.contains("HEALTH IQ LTD") && said.contains("Summary; import the register for its words"), "{said}");
}

#[test]
fn without_a_terminal_the_explorer_names_another_way() {
    let folder = imported();
    let ran = outflow(folder.path(), &[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("outflow search") && ran.stderr.lines().count() == 1, "{}", ran.stderr);
}

#[test]
fn what_a_file_holds_never_steers_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(FIXTURE).unwrap();
    let poisoned =
        text.replace("frailty", "fra\u{1b}[31mil\u{9b}t\u{202e}y").replace("Lower Marsh", "Lower \u{7}Marsh\u{200b}");
    let path = folder.path().join("poi\u{1b}[2Json.txt");
    std::fs::write(&path, poisoned).unwrap();
    let import = outflow(folder.path(), &["import", path.to_str().unwrap(), "--edition", "bad"]);
    assert_eq!(import.code, 0, "{}", import.stderr);
    let mut printed = import.stdout + &import.stderr;
    for arguments in [
        &["show", "nic-00001-a1b2c"][..],
        &["show", "nic-00001-a1b2c", "--json"],
        &["show", "nic-00001-a1b2c", "--cite"],
        &["search", "marsh"],
        &["search", "marsh", "--json"],
        &["search", "\u{1b}[31m\u{202e}"],
        &["concerns", "page-flag"],
        &["stats"],
        &["editions"],
    ] {
        let ran = outflow(folder.path(), arguments);
        printed.push_str(&(ran.stdout + &ran.stderr));
    }
    let steering = |letter: char| (letter.is_control() && letter != '\n') || matches!(letter, '\u{202e}' | '\u{200b}');
    let at = printed.find(steering);
    assert_eq!(at, None, "{:?}", at.map(|at| &printed[at.saturating_sub(60)..(at + 20).min(printed.len())]));
}

#[test]
fn colour_is_for_terminals_or_when_asked_for() {
    let folder = imported();
    assert!(!outflow(folder.path(), &["search", "frailty"]).stdout.contains('\u{1b}'));
    assert!(outflow(folder.path(), &["search", "frailty", "--color", "always"]).stdout.contains("\u{1b}[1;4mfrailty"));
    assert!(!outflow(folder.path(), &["search", "frailty", "--color", "always", "--plain"]).stdout.contains('\u{1b}'));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let folder = imported();
    let mut child = program(folder.path(), &["show", "--json", "nic-00001-a1b2c"]).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.success());
}

#[test]
fn a_full_disk_is_an_error_in_a_sentence() {
    let Ok(full) = std::fs::File::options().write(true).open("/dev/full") else { return };
    let folder = imported();
    let output = program(folder.path(), &["search", "frailty"]).stdout(full).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(said.starts_with("outflow: ") && said.lines().count() == 1, "{said}");
}

#[test]
fn a_query_beyond_bounds_is_refused_at_once() {
    let folder = imported();
    let deep = "(".repeat(60) + "frailty" + &")".repeat(60);
    let long = "word ".repeat(2000);
    let many = "a OR ".repeat(400) + "b";
    for query in [&deep, &long, &many] {
        let ran = outflow(folder.path(), &["search", query]);
        assert_eq!(ran.code, 1, "{}", ran.stdout);
        assert!(ran.stderr.contains("not read"), "{}", ran.stderr);
    }
}

#[test]
fn refusals_say_what_to_do() {
    let folder = imported();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let below = file.join("library");
    let cases = [
        (folder.path(), vec!["import", "/nowhere/register.txt"], "give a file or folder that is there"),
        (folder.path(), vec!["editions", "--remove", "sample"], "built into the program"),
        (below.as_path(), vec!["import", FIXTURE], "--library DIR"),
    ];
    for (library, arguments, said) in cases {
        let ran = outflow(library, &arguments);
        assert!(ran.code == 2 && ran.stderr.contains(said), "{arguments:?}: {}", ran.stderr);
    }
}

#[test]
fn a_query_for_the_explorer_goes_with_no_command() {
    let folder = tempfile::tempdir().unwrap();
    let ran = outflow(folder.path(), &["--query", "dementia", "search", "births"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("--query opens the explorer"), "{}", ran.stderr);
    // Without a terminal there is no explorer.
    let ran = outflow(folder.path(), &["--query", "-dementia"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("needs a terminal") && ran.stderr.contains("outflow --plain"), "{}", ran.stderr);
    let ran = outflow(folder.path(), &["--sort", "files"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("--query"), "{}", ran.stderr);
}
