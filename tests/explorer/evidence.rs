//! From a concern to what proves it: the text, the list of files or the fact, and back. And the timeline.

use crate::support::proven::index;
use crate::support::stage::{keys, play_on};
use outflow::explorer::document::Subject;
use outflow::explorer::message::{Effect, Message};
use outflow::explorer::state::{Focus, Spot};

#[test]
fn the_files_of_a_project_stand_month_by_dataset() {
    let index = index();
    insta::assert_snapshot!("80x24_files", play_on(&index, 80, 24, keys("<Enter>F")).text());
    insta::assert_snapshot!("60x20_files", play_on(&index, 60, 20, keys("<Enter>F")).text());
    insta::assert_snapshot!("120x40_files", play_on(&index, 120, 40, keys("F")).text());
    let cramped = play_on(&index, 40, 10, keys("<Enter>F"));
    assert!(cramped.text().contains("Files of DARS-NIC-1-AAAAA"), "{}", cramped.text());
    for back in ["q", "F", "<Esc>", "<Backspace>"] {
        // The project stands there again as it was left.
        let played = play_on(&index, 80, 24, keys(&format!("<Enter>jjjF{back}")));
        let shown = played.state.shown().unwrap();
        assert!(matches!(shown.subject, Subject::Project(_)), "{back}");
        assert_eq!((shown.top, played.state.focus), (3, Focus::Detail), "{back}");
    }
}

#[test]
fn the_timeline_stands_below_the_facts() {
    let index = index();
    let (down, up) = ("<PgDn>".repeat(2), "k".repeat(8));
    let shown = |columns, rows, down: &str| play_on(&index, columns, rows, keys(&format!("<Enter>{down}{up}"))).text();
    insta::assert_snapshot!("80x24_timeline", shown(80, 24, &down));
    insta::assert_snapshot!("60x20_timeline", shown(60, 20, &format!("{down}<PgDn>")));
    insta::assert_snapshot!("120x40_timeline", play_on(&index, 120, 40, keys("<Tab><PgDn>")).text());
    // A new width draws it anew, and the same lines stay on the screen.
    let mut script = keys(&format!("<Enter>{down}{up}"));
    script.push(Message::Resized(60, 20));
    let resized = play_on(&index, 80, 24, script);
    assert!(resized.text().contains("v1.0      [====]"), "{}", resized.text());
}

#[test]
fn enter_leads_from_a_concern_to_its_rows_and_back() {
    let index = index();
    let first = play_on(&index, 80, 24, keys("<Enter>c<Enter>"));
    let shown = first.state.shown().unwrap();
    assert!(matches!(shown.subject, Subject::Files(_)));
    insta::assert_snapshot!("80x24_evidence_rows", first.text() + &first.attributes());
    let Spot::Evidence(spotlight) = shown.spot else { panic!("nothing is marked") };
    assert_eq!(shown.document.blocks[spotlight.block].label.split_whitespace().collect::<Vec<_>>(), ["1", "2", "0"]);
    // The second row stands in the same line; Enter goes to the next line, and round.
    for (pressed, counts) in [("<Enter>", ["0", "14", "0"]), ("<Enter><Enter>", ["1", "2", "0"])] {
        let next = play_on(&index, 80, 24, keys(&format!("<Enter>c<Enter>{pressed}")));
        let shown = next.state.shown().unwrap();
        let Spot::Evidence(spotlight) = shown.spot else { panic!("nothing is marked") };
        assert_eq!(shown.document.blocks[spotlight.block].label.split_whitespace().collect::<Vec<_>>(), counts);
    }
    let back = play_on(&index, 80, 24, keys("<Enter>jc<Enter><Enter>q"));
    let shown = back.state.shown().unwrap();
    assert!(matches!(shown.subject, Subject::Project(_)));
    assert_eq!((shown.spot, shown.top), (Spot::Concern(0), 1));
}

#[test]
fn enter_leads_from_a_concern_to_its_words_and_on_to_a_fact() {
    let index = index();
    let words = play_on(&index, 80, 24, keys("<Enter>cc<Enter>"));
    let shown = words.state.shown().unwrap();
    let Spot::Evidence(spotlight) = shown.spot else { panic!("nothing is marked") };
    let marked = &shown.document.blocks[spotlight.block].text[spotlight.start..spotlight.end];
    assert_eq!(marked, "sell what it learns to insurers");
    insta::assert_snapshot!("80x24_evidence_words", words.text() + &words.attributes());
    insta::assert_snapshot!("60x20_evidence_words", play_on(&index, 60, 20, keys("<Enter>cc<Enter>")).text());
    let fact = play_on(&index, 80, 24, keys("<Enter>cc<Enter><Enter>"));
    let shown = fact.state.shown().unwrap();
    let Spot::Evidence(spotlight) = shown.spot else { panic!("nothing is marked") };
    assert_eq!(shown.document.blocks[spotlight.block].label, "Type of data");
    assert!(fact.text().contains("place 2 of 2"), "{}", fact.text());
    // What is at hand is what is cited.
    let cited = play_on(&index, 80, 24, keys("<Enter>cc<Enter>y"));
    let Some(Effect::Copy(citation)) = cited.effects.last() else { panic!("nothing was sent") };
    assert!(citation.contains("> sell what it learns to insurers"), "{citation}");
    // A movement takes the mark away, and going back still leads to the concern.
    let moved = play_on(&index, 80, 24, keys("<Enter>cc<Enter>k"));
    assert_eq!(moved.state.shown().unwrap().spot, Spot::Nowhere);
    let back = play_on(&index, 80, 24, keys("<Enter>cc<Enter>k<Esc>"));
    assert_eq!(back.state.shown().unwrap().spot, Spot::Concern(1));
    assert_eq!(back.state.focus, Focus::Detail);
    let out = play_on(&index, 80, 24, keys("<Enter>cc<Enter>k<Esc><Esc>"));
    assert_eq!(out.state.focus, Focus::List);
}

#[test]
fn what_stands_elsewhere_is_said_to() {
    let index = index();
    let other = play_on(&index, 80, 24, keys("<Enter>ccc<Enter>"));
    assert!(other.text().contains("not in what is shown, but in datausesregister_june2023.xlsx"), "{}", other.text());
    let orphan = play_on(&index, 80, 24, keys("<Enter>cccc<Enter>"));
    assert!(orphan.text().contains("outside this project's entry"), "{}", orphan.text());
    let nowhere = play_on(&index, 80, 24, keys("<Enter><Enter>"));
    assert!(nowhere.text().contains("c goes to a concern"), "{}", nowhere.text());
}
