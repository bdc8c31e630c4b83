//! Steps from one thing to another in the explorer, and back: what was left stands there again as it was left.

use std::path::Path;
use std::sync::Arc;

use crate::support::editions::library;
use crate::support::stage::{keys, play_in};
use crate::support::uses::{Agreement, write_edition};
use outflow::explorer::actions::Place;
use outflow::explorer::desk::IndexDesk;
use outflow::explorer::document::Subject;
use outflow::explorer::message::{Answer, Effect, Ended, Job, Message};
use outflow::explorer::sheet::Sheet;
use outflow::explorer::state::{Focus, State, View};
use outflow::explorer::update::{start, update};
use outflow::explorer::worker::Desk;
use outflow::index::LastWord;
use outflow::library::Library;

/// The change of the first version that was amended in place, in the list of changes.
const AMENDED: &str = "5<Down><Down><Down>";

/// The version of the agreement that left, there.
const WITHDRAWN: &str = "5<Down><Down>";

fn script(parts: &[&str]) -> Vec<Message> {
    keys(&parts.concat())
}

/// What is on the screen, in one line: text wraps differently at each width.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_project_opened_from_a_change_leads_back_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    for (columns, rows) in [(80, 24), (120, 40)] {
        let left = play_in(&library, columns, rows, script(&["/fenland<Enter>", AMENDED, "<Enter><Down><Down>"]));
        for back in ["q", "<Esc>", "h"] {
            let steps = ["/fenland<Enter>", AMENDED, "<Enter><Down><Down><Enter>", "<Down>", back];
            let again = play_in(&library, columns, rows, script(&steps));
            assert_eq!(again.text(), left.text(), "{back} at {columns}x{rows}");
            assert_eq!(again.cursor, left.cursor);
            assert_eq!((again.state.view, again.state.focus), (View::Changes, Focus::Detail));
        }
        // Out of the change, out of the changes: the search that was typed is as it was.
        let steps = ["/fenland<Enter>", AMENDED, "<Enter><Enter>qqq"];
        let out = play_in(&library, columns, rows, script(&steps));
        assert_eq!((out.state.view, out.state.focus, out.ended), (View::Projects, Focus::List, Ended::Signal(0)));
        assert_eq!((out.state.query.value(), out.state.last_word), ("fenland", LastWord::Whole));
        let first = play_in(&library, columns, rows, keys("/fenland<Enter>"));
        assert_eq!((out.text(), out.cursor), (first.text(), first.cursor));
        assert_eq!(play_in(&library, columns, rows, script(&[&steps.concat(), "q"])).ended, Ended::Quit);
    }
}

#[test]
fn each_view_leads_back_to_the_one_before() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    let changes = play_in(&library, 80, 24, keys("/evenf5<Down><Down>"));
    for steps in
        ["/oddfield<Enter>s5<Down><Down>Eq", "/oddfield<Enter>s5<Down><Down>E5qq", "/oddfield<Enter>s5<Down><Down>EEq"]
    {
        let back = play_in(&library, 80, 24, keys(steps));
        assert_eq!((back.state.view, back.state.sheet.selected), (View::Changes, 2), "{steps}");
        assert!(back.text().contains("Changes from 2026-08 to 2026-09"), "{}", back.text());
        let out = play_in(&library, 80, 24, keys(&format!("{steps}q")));
        assert_eq!((out.state.query.value(), out.state.place()), ("oddfield", Place::List));
        assert_eq!(out.state.list.projects.len(), 2);
    }
    assert_eq!(changes.state.view, View::Projects, "letters are text in the search line");
    // The same view again is no step.
    let same = play_in(&library, 80, 24, keys("555q"));
    assert_eq!((same.state.view, same.state.frames.len()), (View::Projects, 0));
    // However many steps there were, the way back ends, and Esc never quits.
    let many = play_in(&library, 80, 24, keys(&format!("{}{}", "5E".repeat(100), "<Esc>".repeat(300))));
    assert_eq!((many.ended, many.state.view, many.state.place()), (Ended::Signal(0), View::Projects, Place::List));
}

#[test]
fn a_search_from_another_view_leads_back_there() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    let found = play_in(&library, 80, 24, script(&[AMENDED, "/marsh<Enter>"]));
    assert_eq!(found.state.place(), Place::Led);
    assert!(found.text().contains("q back") && !found.text().contains("q quit"), "{}", found.text());
    let back = play_in(&library, 80, 24, script(&[AMENDED, "/marsh<Enter><Enter>qq"]));
    assert_eq!((back.state.view, back.state.sheet.selected, back.state.query.value()), (View::Changes, 3, ""));
}

#[test]
fn one_goes_to_the_projects_as_they_were_searched_for() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    let home = play_in(&library, 80, 24, script(&["/fenland<Enter>", AMENDED, "<Enter><Enter>1"]));
    assert_eq!((home.state.query.value(), home.state.place()), ("fenland", Place::List));
    assert_eq!(home.state.list.projects.len(), 1);
    assert_eq!(play_in(&library, 80, 24, script(&["/fenland<Enter>", AMENDED, "1q"])).ended, Ended::Quit);
}

#[test]
fn what_left_the_register_is_shown_where_it_still_stands() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    for (columns, rows) in [(80, 24), (120, 40)] {
        let change = play_in(&library, columns, rows, script(&["/fenland<Enter>", WITHDRAWN, "<Enter>"]));
        let said = words(&change.text());
        assert!(said.contains("edition 2026-09 no longer lists DARS-NIC-3-CCCCC"), "{said}");
        assert!(said.contains("But: The register does not say why."), "{said}");
        let steps = ["/fenland<Enter>", WITHDRAWN, "<Enter><Enter>"].concat();
        let older = play_in(&library, columns, rows, keys(&steps));
        assert_eq!(older.state.header.edition.slug, "2026-08");
        assert_eq!((older.state.view, older.state.focus), (View::Projects, Focus::Detail));
        let said = words(&older.text());
        assert!(said.contains("OLD MILL CCG") && said.contains("removed-from-register"), "{said}");
        assert!(said.contains("edition 2026-08 is open; 2026-09 no longer lists this project"), "{said}");
        // Back, the newer edition is open again, with the same change.
        let back = play_in(&library, columns, rows, keys(&format!("{steps}q")));
        assert_eq!(back.state.header.edition.slug, "2026-09");
        assert_eq!((back.state.view, back.state.focus, back.state.sheet.selected), (View::Changes, Focus::Detail, 2));
        assert!(back.text().contains("DARS-NIC-3-CCCCC-v1.0"), "{}", back.text());
        let moved = play_in(&library, columns, rows, keys(&format!("{steps}qq<Down><Enter>")));
        assert!(moved.text().contains("DARS-NIC-1-AAAAA-v1.0"), "{}", moved.text());
        let out = play_in(&library, columns, rows, keys(&format!("{steps}qqq")));
        assert_eq!((out.state.query.value(), out.state.list.projects.len()), ("fenland", 1));
        assert!(out.text().contains("edited-in-place"), "what other editions say is lost: {}", out.text());
    }
}

#[test]
fn an_edition_that_cannot_be_opened_leaves_things_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    let mut stage = Delayed::new(&library);
    stage.press(&[WITHDRAWN, "<Enter>"].concat());
    stage.answer_all();
    library.remove("2026-08").unwrap();
    stage.press("<Enter>");
    stage.answer_all();
    assert_eq!((stage.state.view, stage.state.focus), (View::Changes, Focus::Detail));
    assert!(stage.state.notice.as_deref().is_some_and(|notice| notice.contains("2026-08")), "{:?}", stage.state.notice);
    stage.press("q");
    assert_eq!((stage.state.view, stage.state.focus), (View::Changes, Focus::List));
}

#[test]
fn departures_stand_first_with_what_they_do_not_prove() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    let listed = play_in(&library, 80, 24, keys("5"));
    assert!(listed.text().lines().nth(2).unwrap().starts_with("> !! Taken out of the register: 1 agreement"));
    let told = play_in(&library, 80, 24, keys("5<Enter>"));
    let said = words(&told.text());
    let index = library.open(None).unwrap();
    index.lay_over(&library).unwrap();
    let findings = &index.index.header().findings;
    let finding = findings.iter().find(|finding| finding.references == ["DARS-NIC-3-CCCCC"]).unwrap();
    assert!(said.contains(&words(&finding.statement)), "{said}");
    assert!(said.contains(&format!("But: {}", words(&finding.caveat))), "{said}");
    assert!(said.contains("DARS-NIC-3-CCCCC Beds OLD MILL CCG"), "{said}");
}

#[test]
fn the_footer_names_no_key_that_leads_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    let footer = |steps: &str| play_in(&library, 80, 24, keys(steps)).text().lines().last().unwrap().to_owned();
    for leads_nowhere in ["5<Enter>", "5<Down><Enter>"] {
        let shown = footer(leads_nowhere);
        assert!(shown.contains("q back") && !shown.contains("Enter"), "{shown}");
    }
    for leads_on in [WITHDRAWN, AMENDED] {
        let shown = footer(&format!("{leads_on}<Enter>"));
        assert!(shown.contains("Enter open"), "{shown}");
    }
}

#[test]
fn the_selected_item_stays_on_a_screen_of_another_size() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    for view in ["5", "E"] {
        for size in [(80, 10), (60, 12), (120, 11)] {
            let mut script = keys(&format!("{view}<End>"));
            script.push(Message::Resized(size.0, size.1));
            let played = play_in(&library, 80, 24, script);
            let pointer = played.text().lines().position(|line| line.starts_with("> "));
            assert_eq!(pointer, Some(usize::from(played.cursor.1)), "{view} at {size:?}: {}", played.text());
        }
    }
}

/// A worker that answers only when it is told to.
struct Delayed {
    state: State,
    desk: IndexDesk,
    asked: std::collections::VecDeque<Job>,
}

impl Delayed {
    /// At work, with all answered that is asked at the start.
    fn new(library: &Library) -> Self {
        let mut delayed = Self::begun(library);
        delayed.answer_all();
        delayed
    }

    /// Just begun: nothing is answered yet.
    fn begun(library: &Library) -> Self {
        let index = Arc::new(library.open(None).unwrap().index);
        let mut state = State::new(index.header().clone(), 80, 24);
        let desk = IndexDesk::new(index).beside(library.clone());
        let effects = start(&mut state);
        let mut delayed = Self { state, desk, asked: std::collections::VecDeque::new() };
        delayed.take(effects);
        delayed
    }

    fn take(&mut self, effects: Vec<Effect>) {
        self.asked.extend(effects.into_iter().filter_map(|effect| match effect {
            Effect::Work(job) => Some(job),
            _ => None,
        }));
    }

    /// Keys that come in one burst, before anything is answered.
    fn press(&mut self, text: &str) {
        for message in keys(text) {
            let effects = update(&mut self.state, message);
            self.take(effects);
        }
    }

    fn answer_all(&mut self) {
        while let Some(job) = self.asked.pop_front() {
            let answer = self.desk.work(&job, &|| false).unwrap();
            let effects = update(&mut self.state, Message::Answer(answer));
            self.take(effects);
        }
    }
}

/// What one burst of keys leads to, and the same keys one by one.
fn burst_and_one_by_one(library: &Library, text: &str) -> (State, State) {
    let mut burst = Delayed::new(library);
    burst.press(text);
    burst.answer_all();
    assert!(burst.state.typed_ahead.is_empty(), "keys are left over: {:?}", burst.state.typed_ahead);
    let mut single = Delayed::new(library);
    for message in keys(text) {
        let effects = update(&mut single.state, message);
        single.take(effects);
        single.answer_all();
    }
    (burst.state, single.state)
}

#[test]
fn keys_that_come_before_a_list_wait_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    let opened =
        |state: &State| (state.view, state.focus, state.detail.as_ref().map(|detail| detail.document.name.clone()));
    for text in [
        "5<Enter>",
        "5<Down><Down><Down><Enter><Enter>",
        "5<Down><Down><Enter><Enter>",
        "5<Down><Down><Enter><Enter>q",
        "E<Down><Enter>",
        "E<Down><Down><Enter>5",
        "E<Down><Enter>/evenfield<Enter>",
        "5<Down>Eq<Down><Enter>",
        "5Eq<Down><Enter>",
        "5<Down><Down><Down><Enter><Enter>qqq",
        "E<Down><Enter>5<Enter>q1",
        "2<Enter><Enter>q",
        "2<Down><Enter>3q<Down><Enter>",
        "2<Enter><End><Enter>",
    ] {
        let (burst, single) = burst_and_one_by_one(&library, text);
        assert_eq!(opened(&burst), opened(&single), "{text}");
        assert_eq!(burst.header.edition.slug, single.header.edition.slug, "{text}");
        assert_eq!((burst.sheet, burst.query.value()), (single.sheet, single.query.value()), "{text}");
        assert_eq!(burst.list.projects, single.list.projects, "{text}");
        assert_eq!((burst.ended, single.ended), (None, None), "{text}");
    }
    let (burst, _) = burst_and_one_by_one(&library, "E<Down><Enter>5");
    assert_eq!((burst.header.edition.slug.as_str(), burst.view), ("2026-08", View::Changes));
    assert!(burst.sheet.heading.contains("2026-08"), "the changes of another edition: {}", burst.sheet.heading);
}

#[test]
fn quitting_and_help_wait_for_no_list() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    let mut waiting = Delayed::new(&library);
    waiting.press("5<Down>");
    assert_eq!(waiting.state.typed_ahead.len(), 1);
    waiting.press("<Ctrl-C>");
    assert_eq!(waiting.state.ended, Some(Ended::Quit));
    let mut helped = Delayed::new(&library);
    helped.press("E?");
    assert!(helped.state.help.is_some());
    helped.press("q");
    assert!(helped.state.help.is_none() && helped.state.typed_ahead.is_empty());
    // A list that cannot be made is waited for no longer.
    let mut failed = Delayed::new(&library);
    failed.press("5<Enter>");
    let message = "rows.table is damaged".to_owned();
    update(&mut failed.state, Message::Answer(Answer::Failed { of: Job::Sheet(View::Changes), message }));
    assert!(failed.state.typed_ahead.is_empty() && failed.state.awaited.is_none());
    failed.press("q");
    assert_eq!(failed.state.view, View::Projects);
}

#[test]
fn a_list_that_comes_too_late_is_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    let mut left = Delayed::new(&library);
    left.press("5q");
    left.answer_all();
    assert_eq!((left.state.view, &left.state.sheet), (View::Projects, &Sheet::default()));
}

#[test]
fn what_became_known_meanwhile_stands_in_what_one_goes_back_to() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    let mut early = Delayed::begun(&library);
    // The first search is answered, and what other editions say is not known yet.
    let first = early.asked.pop_front().unwrap();
    let answer = early.desk.work(&first, &|| false).unwrap();
    update(&mut early.state, Message::Answer(answer));
    early.press("<Down>5");
    early.answer_all();
    early.press("q");
    early.answer_all();
    assert_eq!((early.state.view, early.state.list.selected), (View::Projects, 1));
    let concerns = &early.state.list.row(0).unwrap().row.concerns;
    assert!(concerns.iter().any(|(rule, _)| rule.as_str() == "edited-in-place"), "{concerns:?}");
}

#[test]
fn what_one_goes_back_to_fits_a_screen_that_has_changed() {
    let folder = tempfile::tempdir().unwrap();
    let library = library(folder.path());
    let mut script = keys("5<End><Enter><Enter>");
    script.push(Message::Resized(60, 10));
    script.extend(keys("qq"));
    let played = play_in(&library, 80, 24, script);
    let pointer = played.text().lines().position(|line| line.starts_with("> "));
    assert_eq!(pointer, Some(usize::from(played.cursor.1)), "{}", played.text());
    assert_eq!(played.state.view, View::Changes);
}

/// A version that left while its agreement stayed leads to the agreement in the edition that is open.
#[test]
fn a_withdrawn_version_of_an_agreement_that_stays_leads_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let library = two_versions(folder.path());
    let told = play_in(&library, 80, 24, keys("5<Enter>"));
    assert!(
        words(&told.text()).contains("edition 2026-09 lists other versions of DARS-NIC-1-AAAAA"),
        "{}",
        told.text()
    );
    let project = play_in(&library, 80, 24, keys("5<Enter><Enter>"));
    assert_eq!(project.state.header.edition.slug, "2026-09");
    assert!(matches!(project.state.shown().unwrap().subject, Subject::Project(_)));
    assert!(project.text().contains("removed-from-register"), "{}", project.text());
}

fn two_versions(folder: &Path) -> Library {
    let library = Library::at(folder.join("library"));
    let versions = ["v1.0", "v2.0"].map(|number| Agreement::new(&format!("DARS-NIC-1-AAAAA-{number}"), "FENLAND"));
    for (month, kept) in [("august2026", &versions[..]), ("september2026", &versions[1..])] {
        library.publish(&[write_edition(folder, month, kept)], None, &mut |_| {}).unwrap();
    }
    library
}
