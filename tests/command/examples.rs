//! The examples of `outflow search --help`: each is run by a shell as it stands there.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::program::outflow_of;

/// The example lines of the help, each with what is said of it.
fn examples(help: &str) -> Vec<(&str, &str)> {
    let lines = help.lines().filter_map(|line| line.strip_prefix("  ").filter(|line| line.starts_with("outflow ")));
    lines.map(|line| line.split_once("  ").map(|(line, about)| (line, about.trim())).unwrap()).collect()
}

#[test]
fn every_example_finds_something_in_the_sample_by_a_shell() {
    let folder = tempfile::tempdir().unwrap();
    let help = outflow_of(folder.path(), &["search", "--help"]).text();
    let examples = examples(&help);
    assert!(examples.len() >= 8, "{help}");
    let program = Path::new(env!("CARGO_BIN_EXE_outflow"));
    for (line, _) in examples {
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", &format!("{line} --json")]).env_clear().stdin(Stdio::null());
        shell.env("PATH", program.parent().unwrap()).env("OUTFLOW_LIBRARY", folder.path());
        let output = shell.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), said.as_ref()), (Some(0), ""), "{line}");
        let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(found["trouble"], serde_json::json!([]), "{line}");
        let (found, all) = (found["total"].as_u64().unwrap(), 42);
        assert!(found > 0 && found < all, "{line} finds {found}");
    }
}

#[test]
fn the_examples_show_what_a_query_can_ask() {
    let folder = tempfile::tempdir().unwrap();
    let help = outflow_of(folder.path(), &["search", "--help"]).text();
    let examples = examples(&help);
    for sign in ["'\"", "org:", "objectives:", "dataset:", "concern:", "optouts:not-applied", " -", " OR "] {
        assert!(examples.iter().any(|(line, _)| line.contains(sign)), "{sign} is in no example:\n{help}");
    }
    for (line, about) in &examples {
        let shown = help.lines().find(|shown| shown.contains(line)).unwrap();
        assert!(!about.is_empty() && shown.chars().count() < 80, "{shown}");
    }
}

#[test]
fn the_manual_page_has_the_same_examples() {
    let folder = tempfile::tempdir().unwrap();
    let help = outflow_of(folder.path(), &["search", "--help"]).text();
    let page = outflow_of(folder.path(), &["man", "search"]).text();
    let plain = page.replace("\\fB", "").replace("\\fR", "").replace("\\-", "-").replace("\\*(Aq", "'");
    let (_, section) = plain.split_once(".SH EXAMPLES").unwrap();
    for (line, about) in examples(&help) {
        assert!(section.contains(&format!("{line}\n{about}")), "{line}\n{section}");
    }
    assert!(!plain.contains(".SH EXTRA"), "{plain}");
}
