//! Where the locale is C or POSIX all that the program writes itself is ASCII. The sample's own texts are, so that nothing else may
//! come.

use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Arc;

use crate::support::agreements::{Agreed, data_uses};
use crate::support::stage::{PLAIN, keys, play, play_at_home, play_on};
use outflow::concerns::examine;
use outflow::index::Index;

/// Every command that prints for people, and what it is asked.
const ASKED: [&[&str]; 22] = [
    &["search", "hospital"],
    &["search", "hospitl"],
    &["search", "dementia", "--facets"],
    &["show", "NIC-791919"],
    &["show", "NIC-58999"],
    &["show", "NIC-08472"],
    &["show", "NIC-08472", "--files"],
    &["show", "NIC-08472", "--history"],
    &["show", "NIC-08472", "--cite"],
    &["concerns"],
    &["concerns", "mixed-opt-outs"],
    &["concerns", "never-tre"],
    &["organisations"],
    &["organisations", "IMS HEALTH LTD"],
    &["datasets"],
    &["stats"],
    &["editions"],
    &["changes"],
    &["keys"],
    &["glossary"],
    &["--help"],
    &["search", "--help"],
];

/// Views of the explorer in which published cells stand in lines of the program's.
const VIEWS: [&str; 16] = [
    "",
    "<Enter>",
    "<Enter>ce",
    "<Enter>c<Enter>",
    "<Enter>F",
    "<Enter>K",
    "<Enter>v",
    "/NIC-58999<Enter><Enter>ce",
    "/NIC-58999<Enter><Enter>cece",
    "/dementia<Enter><Enter>F",
    "2<Enter>",
    "3<Enter>",
    "4<Enter>",
    "5",
    "2t",
    "?",
];

fn run(locale: &str, arguments: &[&str], input: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_outflow"));
    command.env_clear().env("OUTFLOW_LIBRARY", folder.path()).env("LC_ALL", locale).args(arguments);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

fn assert_ascii(text: &str, what: &str) {
    let other = text.lines().find(|line| !line.is_ascii());
    assert_eq!(other, None, "{what}");
}

#[test]
fn what_commands_print_is_ascii() {
    for (locale, asked) in [("C", &ASKED[..]), ("POSIX", &ASKED[3..6])] {
        for arguments in asked {
            let printed = run(locale, arguments, "");
            assert!(printed.len() > 20, "{arguments:?}: {printed}");
            assert_ascii(&printed, &format!("{arguments:?}"));
        }
        let dialogue = run(locale, &["--plain"], "NIC-58999\n1\nevidence 1\nfacts\nfiles\n");
        assert!(dialogue.contains("Evidence 1: ") && dialogue.contains(" | Y"), "{dialogue}");
        assert_ascii(&dialogue, "the dialogue");
    }
    // Cells stand apart in the same way everywhere.
    for locale in ["C.UTF-8", "C"] {
        assert!(run(locale, &["show", "NIC-58999"], "").contains(" | "), "{locale}");
    }
}

#[test]
fn what_the_explorer_draws_is_ascii() {
    for (columns, rows) in [(80, 24), (40, 10)] {
        for view in VIEWS {
            assert_ascii(&play(columns, rows, PLAIN, keys(view)).text(), &format!("{view} at {columns}x{rows}"));
            let further = keys(view).into_iter().chain(keys("<PgDn><PgDn>"));
            assert_ascii(&play(columns, rows, PLAIN, further).text(), &format!("{view}, further down"));
        }
        assert_ascii(&play_at_home(columns, rows, PLAIN, keys("")).text(), "home");
    }
}

#[test]
fn what_is_published_keeps_its_characters_wherever_it_stands() {
    let dataset = "Beds \u{b7} caf\u{e9}s";
    let agreed = Agreed::new("DARS-NIC-1-AAAAA-v1.0", "2020-01-01", "2021-01-01");
    let register = data_uses(&[agreed
        .dataset(dataset, "Identifiable", "Sensitive", "Health and Social Care Act")
        .file("2020-05")]);
    let index = Arc::new(Index::in_memory(&register, || examine(&register)).unwrap());
    for view in ["<Enter>", "<Enter>F", "<Enter><PgDn>"] {
        let screen = play_on(&index, 120, 60, keys(view)).text();
        assert!(screen.contains(dataset), "{view}: {screen}");
        assert!(!screen.contains("Beds - "), "{view}: {screen}");
    }
    // A cell of a row, in what proves a concern.
    let evidence = play_on(&index, 120, 60, keys("<Enter>ce")).text();
    assert!(evidence.contains(&format!(" | {dataset}")) || evidence.contains(&format!("{dataset} | ")), "{evidence}");
}
