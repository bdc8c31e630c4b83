//! The rules as a list: what each found, of how many, and every number opened.

use crate::support::editions;
use crate::support::proven;
use crate::support::stage::{PLAIN, keys, play, play_in, play_on, sample};
use outflow::concerns::RuleId;
use outflow::explorer::actions::Place;
use outflow::explorer::document::Subject;
use outflow::explorer::sheet::{Leads, Tone};
use outflow::explorer::state::{Focus, View};
use outflow::index::{LastWord, Request, Sort};

fn found(query: &str) -> usize {
    let request = Request { query: query.to_owned(), last_word: LastWord::Whole, sort: Sort::Relevance };
    sample().search(&request, &|| false).unwrap().projects.len()
}

/// What is said of a rule that lacks what it needs of every project.
const UNTOLD: &str = "cannot tell of any project";

#[test]
fn every_rule_is_listed_with_what_it_found() {
    let index = proven::index();
    let list = play_on(&index, 80, 24, keys("4"));
    assert_eq!((list.state.view, list.state.place()), (View::Concerns, Place::Sheet));
    insta::assert_snapshot!("80x24_concerns", list.text() + &list.attributes());
    insta::assert_snapshot!("60x20_concerns", play_on(&index, 60, 20, keys("4")).text());
    insta::assert_snapshot!("120x40_concerns", play_on(&index, 120, 40, keys("4j")).text());
    insta::assert_snapshot!("80x24_rule", play_on(&index, 80, 24, keys("4j<Tab>")).text());
    insta::assert_snapshot!("80x24_finding", play_on(&index, 80, 24, keys("4<Enter>")).text());
    // What found nothing comes last and says so.
    let sheet = play(80, 24, PLAIN, keys("4")).state.sheet;
    let rules = sheet.items.iter().filter(|item| matches!(item.leads, Leads::Rule(_))).count();
    assert_eq!(rules, RuleId::ALL.len());
    let first_silent = sheet.items.iter().position(|item| item.tone == Tone::Quiet).unwrap();
    for (number, item) in sheet.items.iter().enumerate() {
        assert_eq!(item.tone == Tone::Quiet, number >= first_silent, "{}", item.name);
        let told = item.lines[0].as_str();
        assert_eq!(["found nothing", UNTOLD].contains(&told), number >= first_silent, "{}", item.name);
    }
    // What can tell of no project has not looked and found nothing: it stands apart, behind the others.
    let first_untold = sheet.items.iter().position(|item| item.lines[0] == UNTOLD).unwrap();
    assert!(sheet.items[first_untold..].iter().all(|item| item.lines[0] == UNTOLD));
    let untold = sheet.items.len() - first_untold;
    assert!(sheet.heading.ends_with(&format!("{untold} cannot tell")), "{}", sheet.heading);
}

#[test]
fn every_number_opens_the_list_that_it_counts() {
    // What other editions say is laid over once, here by the first script.
    play(80, 24, PLAIN, keys("4"));
    let index = sample();
    for (number, tally) in index.header().tallies.iter().enumerate() {
        assert_eq!(found(&format!("concern:{}", tally.rule)), tally.projects, "{}", tally.rule);
        assert_eq!(found(&format!("unsure:{}", tally.rule)), tally.cannot_tell, "{} {number}", tally.rule);
    }
    let sheet = play(80, 24, PLAIN, keys("4")).state.sheet;
    for (number, item) in sheet.items.iter().enumerate() {
        let Leads::Rule(rule) = item.leads else { continue };
        let down = "j".repeat(number);
        let tally =
            play(80, 24, PLAIN, keys("4")).state.header.tallies.iter().find(|tally| tally.rule == rule).cloned();
        let tally = tally.unwrap();
        if tally.projects > 0 {
            let opened = play(80, 24, PLAIN, keys(&format!("4{down}<Enter>")));
            assert_eq!(opened.state.place(), Place::Led);
            assert_eq!(opened.state.list.projects.len(), tally.projects, "{rule}");
        }
        let untold = play(80, 24, PLAIN, keys(&format!("4{down}u")));
        if tally.cannot_tell > 0 {
            assert_eq!(untold.state.query.value(), format!("unsure:{rule}"));
            assert_eq!(untold.state.list.projects.len(), tally.cannot_tell, "{rule}");
        } else {
            assert_eq!(untold.state.view, View::Concerns);
            assert!(untold.text().contains("can tell of every project"), "{}", untold.text());
        }
    }
}

#[test]
fn each_step_leads_back_to_where_it_began() {
    let sheet = play(80, 24, PLAIN, keys("4")).state.sheet;
    let at = sheet.items.iter().position(|item| item.leads == Leads::Rule(RuleId::FilesDisseminated)).unwrap();
    let there = format!("4{}", "j".repeat(at));
    let start = play(80, 24, PLAIN, keys(&there));
    let project = play(80, 24, PLAIN, keys(&format!("{there}<Enter>j<Enter>")));
    assert!(matches!(project.state.shown().unwrap().subject, Subject::Project(_)));
    // From the project to the list, and from there to the rules.
    let list = play(80, 24, PLAIN, keys(&format!("{there}<Enter>j<Enter>q")));
    assert_eq!((list.state.focus, list.state.list.selected), (Focus::List, 1));
    assert_eq!(list.state.query.value(), "concern:files-disseminated");
    for back in ["<Enter>j<Enter>qq", "<Enter><Esc>", "<Tab>q", "<Tab><Enter>q<Esc>"] {
        let played = play(80, 24, PLAIN, keys(&format!("{there}{back}")));
        assert_eq!(played.text(), start.text(), "{back}");
    }
    // What was typed before stands there again.
    let typed = play(80, 24, PLAIN, keys(&format!("/diabetes<Enter>{there}<Enter><Enter>1")));
    assert_eq!((typed.state.query.value(), typed.state.list.projects.len()), ("diabetes", 3));
}

#[test]
fn what_other_editions_say_is_counted_too() {
    let folder = tempfile::tempdir().unwrap();
    let library = editions::library(folder.path());
    let rules = play_in(&library, 80, 24, keys("4"));
    let item = rules.state.sheet.items.iter().find(|item| item.leads == Leads::Rule(RuleId::EditedInPlace)).unwrap();
    assert!(item.lines[0].contains(" of 5 projects"), "{item:?}");
    let edition = library.open(None).unwrap();
    edition.lay_over(&library).unwrap();
    let index = edition.index;
    for tally in &index.header().tallies {
        for (field, count) in [("concern", tally.projects), ("unsure", tally.cannot_tell)] {
            let query = format!("{field}:{}", tally.rule);
            let request = Request { query, last_word: LastWord::Whole, sort: Sort::Relevance };
            assert_eq!(index.search(&request, &|| false).unwrap().projects.len(), count, "{request:?}");
        }
    }
    // Several of what is said of the edition as a whole can be opened, each on its own.
    let whole = rules.state.sheet.items.iter().position(|item| matches!(item.leads, Leads::Finding(_)));
    let opened = play_in(&library, 80, 24, keys(&format!("4{}<Enter>", "j".repeat(whole.unwrap()))));
    assert!(opened.text().contains("But: "), "{}", opened.text());
}
