//! Marking projects in the explorer: bookmarks, notes, tags and the collection by scripted keys, and what the screens say.

use std::fs;
use std::path::Path;

use crate::support::own::judging;
use crate::support::stage::{Played, burst, keys, play_judged, play_own_at_home};
use crate::support::uses::{publish, three_agreements, with_three};
use outflow::explorer::actions::Place;
use outflow::explorer::message::{Effect, Message};
use outflow::explorer::state::Spot;
use outflow::index::marks::{Marks, ProjectMarks};
use outflow::library::{Judging, Library, Own};
use outflow::register::Section;

fn played(folder: &Path, library: &Library, script: &str) -> Played {
    play_judged(library, judging(folder), (80, 24), keys(script))
}

fn marks(folder: &Path) -> Marks {
    Own::at(folder.join("own")).marks().unwrap()
}

fn of(folder: &Path, reference: &str) -> ProjectMarks {
    marks(folder).of(reference).cloned().unwrap_or_default()
}

#[test]
fn a_bookmark_is_set_and_taken_away_from_a_list_and_from_a_project() {
    let (folder, library) = with_three();
    let path = folder.path();
    let set = played(path, &library, "<Down>b");
    assert!(set.text().contains("DARS-NIC-2-BBBBB is bookmarked"), "{}", set.text());
    assert_eq!(set.state.list.selected, 1);
    assert_eq!(of(path, "DARS-NIC-2-BBBBB").bookmarked.unwrap().to_string(), "2026-11-24");
    let line = set.text().lines().find(|line| line.contains("DARS-NIC-2-BBBBB ")).unwrap().to_owned();
    assert!(line.starts_with("B    DARS-NIC-2-BBBBB"), "{line}");
    // The next run knows it, and in the project it is taken away.
    let again = played(path, &library, "<Down><Enter>");
    assert!(again.text().contains("Yours         bookmarked 2026-11-24"), "{}", again.text());
    let away = played(path, &library, "<Down><Enter>b");
    assert!(away.text().contains("DARS-NIC-2-BBBBB is no longer bookmarked"), "{}", away.text());
    assert_eq!((away.state.place(), away.text().contains("Yours")), (Place::Detail, false));
    assert!(marks(path).projects.is_empty());
}

#[test]
fn what_one_marks_shows_at_once_in_what_is_listed() {
    let (folder, library) = with_three();
    let path = folder.path();
    played(path, &library, "b<Down>b");
    let listed = played(path, &library, "/mine:bookmarked<Enter>");
    assert_eq!(listed.state.list.projects.len(), 2);
    let fewer = played(path, &library, "/mine:bookmarked<Enter>b");
    assert_eq!(fewer.state.list.projects.len(), 1);
    assert!(fewer.text().contains("DARS-NIC-1-AAAAA is no longer bookmarked"), "{}", fewer.text());
    // Read, and left out of the list: the next one is read.
    let none = played(path, &library, "/mine:bookmarked<Enter><Enter>b");
    assert_eq!((none.state.list.projects.len(), none.state.place()), (0, Place::List));
}

#[test]
fn a_note_is_on_the_section_one_reads_or_on_the_project() {
    let (folder, library) = with_three();
    let path = folder.path();
    let asked = played(path, &library, "<Enter>a");
    assert_eq!(asked.state.place(), Place::Answer);
    assert_eq!(asked.effects.last(), Some(&Effect::Pasting(true)));
    assert!(asked.text().contains("Note on the project? what you make of it"), "{}", asked.text());
    // Nothing is written by leaving, or where nothing was typed.
    for script in ["<Enter>aask<Esc>", "<Enter>a<Enter>", "<Enter>a  <Enter>"] {
        let left = played(path, &library, script);
        assert_eq!(
            (left.state.place(), left.effects.last()),
            (Place::Detail, Some(&Effect::Pasting(false))),
            "{script}"
        );
    }
    assert!(!path.join("own/marks.json").exists());
    let written = played(path, &library, "<Enter>aask them<Enter>");
    assert!(written.text().contains("Your note     2026-11-24: ask them"), "{}", written.text());
    assert_eq!(written.state.detail.as_ref().unwrap().spot, Spot::Note(0));
    // By the parts, by a match, and by what is on top.
    let on = |script: &str| {
        let before = of(path, "NIC-1-AAAAA").notes.len();
        let played = played(path, &library, script);
        let notes = of(path, "NIC-1-AAAAA").notes;
        assert_eq!(notes.len(), before + 1, "{script}: {}", played.text());
        notes.last().unwrap().on
    };
    assert_eq!(on("<Enter>]]]]acounts?<Enter>"), Some(Section::Objectives));
    assert_eq!(on("/joined<Enter><Enter>nahow?<Enter>"), Some(Section::Processing));
    assert_eq!(on("<Enter>cawhy?<Enter>"), None);
    assert_eq!(on("<Enter>]afacts<Enter>"), None);
    assert_eq!(on("afrom the list<Enter>"), None);
    let read = played(path, &library, "<Enter>]]]]");
    let text = read.text();
    let (_, below) = text.split_once("Objectives").unwrap();
    // The bar stands right of the text.
    let below = below.trim_start_matches([' ', '|', '\n']);
    assert!(below.starts_with("Your note     2026-11-24: counts?"), "{text}");
    insta::assert_snapshot!("80x24_notes", played(path, &library, "b<Enter>").text());
}

#[test]
fn notes_are_walked_changed_and_removed_by_the_same_key() {
    let (folder, library) = with_three();
    let path = folder.path();
    played(path, &library, "<Enter>aone<Enter>ja<Enter>");
    played(path, &library, "<Enter>]]]]atwo<Enter>");
    let texts = || of(path, "NIC-1-AAAAA").notes.iter().map(|note| note.text.as_str().to_owned()).collect::<Vec<_>>();
    assert_eq!(texts(), ["one", "two"]);
    let walked = played(path, &library, "<Enter>AA");
    assert_eq!(walked.state.detail.as_ref().unwrap().spot, Spot::Note(1));
    assert!(walked.text().contains("note 2 of 2"), "{}", walked.text());
    assert!(walked.text().contains("a change  q back"), "{}", walked.text());
    let round = played(path, &library, "<Enter>AAA");
    assert!(round.text().contains("first of 2 notes again"), "{}", round.text());
    // From a list it is gone to, as the first concern is.
    let from_list = played(path, &library, "A");
    assert_eq!(from_list.state.detail.as_ref().unwrap().spot, Spot::Note(0));
    // What it says stands there to be changed.
    let asked = played(path, &library, "<Enter>AAa");
    assert!(asked.text().trim_end().ends_with("Note? two"), "{}", asked.text());
    let changed = played(path, &library, "<Enter>AAa and more<Enter>");
    assert!(changed.text().contains("DARS-NIC-1-AAAAA has your note, changed"), "{}", changed.text());
    assert_eq!(texts(), ["one", "two and more"]);
    assert_eq!(changed.state.detail.as_ref().unwrap().spot, Spot::Note(1));
    // Emptied, it says what Enter does, and is gone.
    let emptied = played(path, &library, "<Enter>Aa<Ctrl-u>");
    assert!(emptied.text().contains("Note? nothing: Enter removes the note"), "{}", emptied.text());
    let removed = played(path, &library, "<Enter>Aa<Ctrl-u><Enter>");
    assert!(removed.text().contains("lost your note, which read: one"), "{}", removed.text());
    assert_eq!(texts(), ["two and more"]);
    let none = played(path, &library, "<Down><Enter>A");
    assert!(none.text().contains("you have written no note on this project"), "{}", none.text());
}

#[test]
fn a_note_tells_that_the_text_below_it_was_changed() {
    let (folder, library) = with_three();
    let path = folder.path();
    played(path, &library, "<Enter>aon all<Enter>");
    played(path, &library, "<Enter>]]]]acounts what?<Enter>");
    played(path, &library, "<Down><Down>+");
    let mut next = three_agreements();
    next[0].objectives = next[0].objectives.replace("the days", "the hours of every night");
    next.pop();
    publish(path, &library, "october2026", &next);
    let read = played(path, &library, "/mine:changed<Enter><Enter>");
    let text = read.text();
    // Without the bar right of the text.
    let words = text.split_whitespace().filter(|word| !matches!(*word, "|" | "#"));
    let text = words.collect::<Vec<_>>().join(" ");
    assert!(text.contains("on all (changed after this note, edition 2026-09 -> 2026-10: the objectives)"), "{text}");
    insta::assert_snapshot!("80x24_note_of_changed_text", played(path, &library, "<Enter>]]]]").text());
    // Home leads to them, and says what is no longer listed.
    let home = play_own_at_home(&library, judging(path), keys("<End>"));
    insta::assert_snapshot!("80x24_home_marked", home.text());
    let at = home.state.sheet.items.iter().position(|item| item.name == "changed below a note").unwrap();
    assert_eq!(home.state.sheet.items[at].figure, Some(1));
    let mut script = keys("<Home>");
    let downs = home.state.sheet.items[..at]
        .iter()
        .filter(|item| item.leads != outflow::explorer::sheet::Leads::Nowhere)
        .count();
    script.extend(keys(&"<Down>".repeat(downs)));
    script.extend(keys("<Enter>"));
    let opened = play_own_at_home(&library, judging(path), script);
    assert_eq!((opened.state.query.value(), opened.state.list.projects.len()), ("mine:changed", 1));
}

#[test]
fn tags_are_typed_changed_and_offered() {
    let (folder, library) = with_three();
    let path = folder.path();
    let tagged = played(path, &library, "#Money to-check<Enter>");
    assert!(tagged.text().contains("DARS-NIC-1-AAAAA has the tags Money to-check"), "{}", tagged.text());
    let asked = played(path, &library, "#");
    assert!(asked.text().trim_end().ends_with("Tags? Money to-check"), "{}", asked.text());
    let wrong = played(path, &library, "# (x)<Enter>");
    assert_eq!(wrong.state.place(), Place::Answer);
    assert!(wrong.text().contains("\"(x)\" is no tag: one word of letters"), "{}", wrong.text());
    let taken = played(path, &library, "/tag:mo<Tab>");
    assert_eq!((taken.state.query.value(), taken.state.list.projects.len()), ("tag:Money", 1));
    let named = played(path, &library, "/mine:c<Tab>");
    assert_eq!(named.state.query.value(), "mine:collected");
    played(path, &library, "#<Ctrl-u>Money<Enter>");
    assert_eq!(of(path, "NIC-1-AAAAA").tags_told(), "Money");
    let none = played(path, &library, "#<Ctrl-u><Enter>");
    assert!(none.text().contains("DARS-NIC-1-AAAAA has no tags"), "{}", none.text());
    assert!(marks(path).projects.is_empty());
}

#[test]
fn the_collection_is_filled_while_one_reads_and_can_be_exported() {
    let (folder, library) = with_three();
    let path = folder.path();
    let put = played(path, &library, "<Down><Enter>+q<Up><Enter>+");
    assert!(put.text().contains("is in your collection, which holds 2 projects"), "{}", put.text());
    let order: Vec<String> = marks(path).collection().iter().map(|marks| marks.reference.clone()).collect();
    assert_eq!(order, ["DARS-NIC-2-BBBBB", "DARS-NIC-1-AAAAA"]);
    let listed = played(path, &library, "b#x<Enter>an<Enter>/mine:collected<Enter>");
    insta::assert_snapshot!("80x24_collected", listed.text());
    let out = played(path, &library, "/mine:collected<Enter>+");
    assert!(out.text().contains("is taken out of your collection, which holds 1 project"), "{}", out.text());
    assert_eq!(out.state.list.projects.len(), 1);
}

#[test]
fn marking_leaves_one_where_one_is() {
    let (folder, library) = with_three();
    let path = folder.path();
    let spot = |script: &str| played(path, &library, script).state.detail.unwrap().spot;
    assert_eq!(spot("<Enter>ccb"), Spot::Concern(1));
    assert_eq!(spot("/days<Enter><Enter>n+"), Spot::Match(0));
    // What proves a concern stands elsewhere once lines come above it.
    let before = played(path, &library, "<Enter>c<Enter>");
    let Spot::Evidence(_) = before.state.detail.unwrap().spot else { panic!("the test needs evidence") };
    let after = played(path, &library, "<Enter>c<Enter>#x<Enter>");
    let detail = after.state.detail.unwrap();
    let Spot::Evidence(spotlight) = detail.spot else { panic!("{:?}", detail.spot) };
    assert!(!detail.document.blocks[spotlight.block].text.is_empty());
    // The history stays open.
    let aside = played(path, &library, "<Enter>vb");
    assert!(aside.text().contains("History of DARS-NIC-1-AAAAA"), "{}", aside.text());
}

#[test]
fn what_cannot_be_kept_is_said_and_what_was_typed_stands_there_still() {
    let (folder, library) = with_three();
    fs::write(folder.path().join("own"), "").unwrap();
    let refused = played(folder.path(), &library, "b");
    assert!(refused.text().contains("own"), "{}", refused.text());
    let note = played(folder.path(), &library, "<Enter>aask them<Enter>");
    assert_eq!(note.state.place(), Place::Answer);
    assert_eq!(note.state.asking.as_ref().unwrap().input.value(), "ask them");
    let homeless = |script: &str| play_judged(&library, Judging::default(), (80, 24), keys(script));
    assert!(homeless("+").text().contains("there is no home folder to keep your own things in"));
    assert!(homeless("/mine:bookmarked<Enter>").state.list.projects.is_empty());
    let nothing = homeless("/xyzzyx<Enter>b");
    assert!(nothing.text().contains("there is no project here to mark"), "{}", nothing.text());
}

#[test]
fn hostile_text_in_a_note_is_shown_harmless_and_pasted_on_one_line() {
    let (folder, library) = with_three();
    let mut script = keys("<Enter>a");
    script.push(Message::Paste("as\nthey\u{1b}[31m said\u{202e}".to_owned()));
    script.extend(keys("<Enter>"));
    let pasted = play_judged(&library, judging(folder.path()), (80, 24), script);
    assert!(pasted.text().contains("2026-11-24: as they[31m said"), "{}", pasted.text());
    // Whatever stands in the file.
    let own = folder.path().join("own/marks.json");
    let text = fs::read_to_string(&own).unwrap().replace("as they[31m said", "\\u001b[2J\\u202e\\u0007x");
    fs::write(&own, text).unwrap();
    for script in ["<Enter>", "<Enter>Aa", "<Enter>Aa<Ctrl-u><Enter>"] {
        let shown = played(folder.path(), &library, script).text();
        let steers = |letter: &char| (letter.is_control() && *letter != '\n') || *letter == '\u{202e}';
        assert_eq!(shown.chars().find(steers), None, "{script}: {shown:?}");
    }
}

#[test]
fn keys_that_come_before_a_mark_is_kept_wait_for_it() {
    let (folder, library) = with_three();
    let path = folder.path();
    burst(&library, judging(path), "bb<Down>b");
    assert_eq!((of(path, "NIC-1-AAAAA").bookmarked, of(path, "NIC-2-BBBBB").bookmarked.is_some()), (None, true));
    burst(&library, judging(path), "#money<Enter># more<Enter>");
    assert_eq!(of(path, "NIC-1-AAAAA").tags_told(), "money more");
    burst(&library, judging(path), "<Enter>aone<Enter>a and two<Enter>");
    assert_eq!(of(path, "NIC-1-AAAAA").notes[0].text.as_str(), "one and two");
}
