//! The words of the law, explained on the command line and in the explorer.

use crate::support::stage::{keys, play_on};
use assert_cmd::Command;
use outflow::explorer::document::Subject;
use outflow::glossary::glossary;
use serde_json::Value;

fn outflow(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("outflow").unwrap().env_clear().args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_command_explains_a_term_as_it_is_written_in_the_register() {
    let (code, told, _) = outflow(&["glossary", "Health", "and", "Social", "Care", "Act", "2012", "-", "s261(2)(a)"]);
    assert_eq!(code, 0);
    assert!(told.starts_with("s261(2)(a)\n") && told.contains("Source: legislation.gov.uk"), "{told}");
    let (code, told, _) = outflow(&["glossary", "s261(7)"]);
    assert!(code == 0 && told.contains("Not read: The text of subsection (7)"), "{told}");
    let (code, told, _) = outflow(&["glossary", "s261(7)", "--json"]);
    let json: Value = serde_json::from_str(&told).unwrap();
    assert_eq!((code, json["terms"][0]["name"].as_str()), (0, Some("s261(7)")));
}

#[test]
fn all_terms_are_listed_and_an_unknown_one_is_said_to_be_none() {
    let (code, told, _) = outflow(&["glossary"]);
    assert_eq!(code, 0);
    for term in glossary().terms() {
        assert!(told.lines().any(|line| line == term.name), "{} is not listed", term.name);
    }
    let (code, told, said) = outflow(&["glossary", "telephone"]);
    assert_eq!((code, told.as_str()), (1, ""));
    assert!(said.contains("\"telephone\" is not in the glossary"), "{said}");
}

#[test]
fn a_key_explains_the_words_that_stand_in_a_project_and_leads_back() {
    let index = std::sync::Arc::new(outflow::library::Edition::sample().unwrap().index);
    let opened = play_on(&index, 80, 24, keys("1/legal:s261<Enter><Enter>K"));
    let shown = opened.state.shown().unwrap();
    assert!(matches!(shown.subject, Subject::Words(_)), "{}", opened.text());
    let told: Vec<&str> = shown.document.blocks.iter().map(|block| block.text.as_str()).collect();
    let term = glossary().asked("s261(2)(a)")[0];
    assert!(told.iter().any(|text| text.starts_with("s261(2)(a)")), "{told:?}");
    assert!(told.contains(&term.meaning.as_str()));
    insta::assert_snapshot!("80x24_words_of_a_project", opened.text());
    for back in ["K", "q"] {
        let back = play_on(&index, 80, 24, keys(&format!("1/legal:s261<Enter><Enter>jjjK{back}")));
        let before = play_on(&index, 80, 24, keys("1/legal:s261<Enter><Enter>jjj"));
        assert_eq!(back.text(), before.text());
    }
}
