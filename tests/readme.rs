//! The README's table of concerns is that of the catalogue, and the files that it names are there.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use outflow::concerns::{Severity, catalogue};
use outflow::index::Request;
use outflow::library::Edition;

/// Where the table begins and ends.
const BEGIN: &str = "<!-- concerns -->\n";
const END: &str = "<!-- end of concerns -->";

/// The table as it should stand.
fn table() -> String {
    let mut table = String::new();
    let mut family = "";
    for rule in catalogue() {
        if rule.family != family {
            family = rule.family;
            let gap = if table.is_empty() { "" } else { "\n" };
            write!(table, "{gap}{family}:\n\n| id | it says | weight |\n| --- | --- | --- |\n").unwrap();
        }
        let weights: Vec<&str> = rule.severities.iter().copied().map(Severity::as_str).collect();
        writeln!(table, "| `{}` | {} | {}, {} |", rule.id, rule.title, weights.join(" or "), rule.standing.as_str())
            .unwrap();
    }
    table
}

#[test]
fn the_readme_lists_every_concern_of_the_catalogue() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let (_, rest) = readme.split_once(BEGIN).expect("the README has a table of concerns");
    let (listed, _) = rest.split_once(END).expect("the README's table of concerns ends");
    let table = table();
    assert!(listed == table, "the README's table of concerns should read:\n{table}");
    let counted = format!("{} concerns, each with", catalogue().len());
    assert!(readme.contains(&counted), "the README's first screen counts other than {counted}");
}

#[test]
fn the_questions_of_the_readme_are_queries() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let (_, rest) = readme.split_once("<!-- questions -->\n").expect("the README has a table of questions");
    let (listed, _) = rest.split_once("<!-- end of questions -->").expect("the README's table of questions ends");
    let index = Edition::sample().unwrap().index;
    let (mut asked, mut found) = (0, 0);
    for row in listed.lines().skip(2) {
        let query = row.split('`').nth(1).expect("a question has a query").to_owned();
        let request = Request { query, ..Request::default() };
        let answer = index.search(&request, &|| false).unwrap();
        assert!(answer.trouble.is_empty(), "{}: {:?}", request.query, answer.trouble);
        asked += 1;
        found += usize::from(!answer.projects.is_empty());
    }
    assert!(asked == 10 && found >= 5, "{found} of {asked} find something in the sample");
}

#[test]
fn the_files_that_contributors_are_sent_to_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let (_, rest) = readme.split_once("\n## Contributing\n").expect("the README tells how to contribute");
    let (section, _) = rest.split_once("\n## ").expect("another section follows");
    let quoted = section.split('`').skip(1).step_by(2);
    let paths: Vec<&str> = quoted
        .filter(|words| ["src/", "tests/", "assets/", ".ci/"].iter().any(|folder| words.starts_with(folder)))
        .collect();
    assert!(paths.len() > 20, "{paths:?}");
    for path in paths {
        assert!(root.join(path).exists(), "README sends contributors to {path}, which is not there");
    }
}
