//! Organisations and datasets: the figures of the command line, details that lead from name to name, and the way back.

use std::borrow::Cow;
use std::sync::Arc;

use crate::support::proven;
use crate::support::stage::{COLOURED, PLAIN, Played, keys, play, play_on, sample};
use outflow::explorer::actions::Place;
use outflow::explorer::desk::IndexDesk;
use outflow::explorer::document::Subject;
use outflow::explorer::message::{Answer, Ended, Job};
use outflow::explorer::sheet::{Leads, Sheet, SheetItem};
use outflow::explorer::state::{Focus, State, View};
use outflow::explorer::worker::Desk;
use outflow::index::{Index, Request};
use outflow::names::Names;
use outflow::report::{Datasets, Organisations};

/// What stands in a list of a view.
fn listed(index: &Arc<Index>, names: Cow<'static, Names>, view: View) -> Sheet {
    let desk = IndexDesk::new(Arc::clone(index)).naming(names);
    match desk.work(&Job::Sheet(view), &|| false) {
        Some(Answer::Sheet { sheet, .. }) => sheet,
        other => panic!("no list: {other:?}"),
    }
}

fn shown(index: &Arc<Index>, view: View) -> Sheet {
    listed(index, Cow::Borrowed(Names::built_in()), view)
}

/// The rows that lead on.
fn leading(sheet: &Sheet) -> Vec<&SheetItem> {
    sheet.items.iter().filter(|item| item.leads != Leads::Nowhere).collect()
}

fn found(index: &Index, query: &str) -> usize {
    let request = Request { query: query.to_owned(), ..Request::default() };
    let found = index.search(&request, &|| false).unwrap();
    assert!(found.trouble.is_empty(), "{query}: {:?}", found.trouble);
    found.projects.len()
}

#[test]
fn the_lists_are_those_of_the_command_line() {
    for index in [sample(), proven::index()] {
        let names = Names::built_in();
        let organisations = Organisations::of(&index, names).unwrap().list().unwrap();
        let sheet = shown(&index, View::Organisations);
        let rows = leading(&sheet);
        assert_eq!(rows.len(), organisations.len());
        for (row, report) in rows.iter().zip(&organisations) {
            let (projects, high) = (report.projects as u64, report.high_concerns as u64);
            let figures = [report.sent.files, report.sent.opt_outs_not_applied, Some(projects), Some(high)];
            assert_eq!(row.name, outflow::report::organisation_shown(&report.name));
            assert_eq!(row.figures, figures, "{}", report.name);
        }
        let datasets = Datasets::of(&index, names).unwrap().list();
        let sheet = shown(&index, View::Datasets);
        let rows = leading(&sheet);
        assert_eq!(rows.len(), datasets.len());
        for (row, report) in rows.iter().zip(&datasets) {
            let (organisations, projects) = (report.organisations as u64, report.projects as u64);
            let sent = &report.sent;
            let counts = [sent.files, sent.opt_outs_not_applied, Some(organisations), Some(projects)];
            assert_eq!(row.name, outflow::report::organisation_shown(&report.name));
            assert_eq!(row.figures[..4], counts, "{}", report.name);
            assert_eq!(row.figures[4], sent.opt_outs_applied, "{}", report.name);
        }
    }
}

#[test]
fn every_number_of_a_detail_leads_to_as_many_projects() {
    let (mut exact, mut others) = (0, Vec::new());
    for index in [sample(), proven::index()] {
        let organisations = leading(&shown(&index, View::Organisations)).len();
        let datasets = leading(&shown(&index, View::Datasets)).len();
        let views = (0..organisations).map(View::Organisation).chain((0..datasets).map(View::Dataset));
        for view in views {
            let sheet = shown(&index, view);
            for item in leading(&sheet) {
                let (Leads::Query(query) | Leads::Among(_, query)) = &item.leads else { continue };
                let count = found(&index, query);
                let told = format!("the search finds {count}");
                assert!(Some(count) == item.figure || item.lines[0].contains(&told), "{}: {item:?}", sheet.name);
                if Some(count) == item.figure {
                    exact += 1;
                } else {
                    others.push((sheet.name.clone(), item.name.clone()));
                }
            }
        }
    }
    assert!(exact > 200 && others.is_empty(), "{exact} {others:?}");
}

#[test]
fn a_detail_tells_what_the_report_tells() {
    for index in [sample(), proven::index()] {
        let names = Names::built_in();
        let (organisations, datasets) =
            (Organisations::of(&index, names).unwrap(), Datasets::of(&index, names).unwrap());
        for at in 0..organisations.groups().len() {
            let detail = organisations.detail(at).unwrap();
            let sheet = shown(&index, View::Organisation(at));
            let rows = leading(&sheet);
            assert_eq!(sheet.name, outflow::report::organisation_shown(&detail.summary.name));
            let of = |is_it: &dyn Fn(&Leads) -> bool| rows.iter().filter(|row| is_it(&row.leads)).count();
            assert_eq!(of(&|leads| matches!(leads, Leads::Project(..))), detail.matches.len());
            assert_eq!(of(&|leads| matches!(leads, Leads::Among(..))), detail.concerns().len());
            let high = detail.own().filter(|project| !project.weights.is_empty()).count();
            assert!(high >= detail.summary.high_concerns);
            assert_eq!(detail.own().count(), detail.summary.projects, "{}", detail.summary.name);
            let files: Vec<Option<u64>> = rows
                .iter()
                .filter(|row| matches!(row.leads, Leads::View(View::Dataset(_))))
                .map(|row| row.figure.map(|figure| figure as u64))
                .collect();
            let sent: Vec<Option<u64>> = detail.datasets.iter().map(|dataset| dataset.sent.files).collect();
            assert!(files.ends_with(&sent), "{}", detail.summary.name);
        }
        for at in 0..datasets.groups().len() {
            let detail = datasets.detail(at).unwrap();
            let sheet = shown(&index, View::Dataset(at));
            let rows = leading(&sheet);
            let projects = rows.iter().filter(|row| matches!(row.leads, Leads::Project(..))).count();
            assert_eq!(projects, detail.summary.projects, "{}", detail.summary.name);
            let recipients = rows.iter().filter(|row| matches!(row.leads, Leads::View(View::Organisation(_)))).count();
            assert_eq!(recipients, detail.summary.organisations, "{}", detail.summary.name);
        }
    }
}

#[test]
fn the_views_as_they_are_drawn() {
    let at_80 = |script: &str| play(80, 24, PLAIN, keys(script));
    let list = at_80("2");
    assert_eq!((list.state.view, list.state.place()), (View::Organisations, Place::Sheet));
    insta::assert_snapshot!("80x24_organisations", list.text() + &list.attributes());
    insta::assert_snapshot!("80x24_organisation", at_80("2<Enter>").text());
    insta::assert_snapshot!("80x24_organisation_end", at_80("2<Enter>G").text());
    insta::assert_snapshot!("80x24_datasets", at_80("3").text());
    insta::assert_snapshot!("80x24_datasets_end", at_80("3G").text());
    insta::assert_snapshot!("80x24_dataset", at_80("3<Enter>").text());
    let at_120 = |script: &str| play(120, 40, COLOURED, keys(script)).text();
    insta::assert_snapshot!("120x40_organisations", at_120("2"));
    insta::assert_snapshot!("120x40_organisation", at_120("2<Enter>j"));
    insta::assert_snapshot!("120x40_datasets", at_120("3j"));
    insta::assert_snapshot!("120x40_dataset", at_120("3<Enter>G"));
    insta::assert_snapshot!("40x10_organisation", play(40, 10, PLAIN, keys("2<Enter>jj")).text());
}

/// The keys that lead to a row from the top.
fn steps_to(sheet: &Sheet, is_it: impl Fn(&SheetItem) -> bool) -> String {
    "j".repeat(leading(sheet).into_iter().position(is_it).expect("it is not in the list"))
}

/// What a state shows and where one is in it.
fn place(state: &State) -> (View, Focus, usize, usize, String, usize, String) {
    let query = state.query.value().to_owned();
    (
        state.view,
        state.focus,
        state.sheet.selected,
        state.sheet.top,
        state.sheet.heading.clone(),
        state.list.selected,
        query,
    )
}

#[test]
fn names_lead_from_one_to_another_and_every_step_leads_back() {
    let index = sample();
    let organisations = shown(&index, View::Organisations);
    let ims = steps_to(&organisations, |item| item.name.starts_with("MONITOR"));
    let Leads::View(first) = leading(&organisations)[ims.len()].leads.clone() else { panic!("no detail") };
    let dataset = steps_to(&shown(&index, first), |item| matches!(item.leads, Leads::View(View::Dataset(_))));
    let steps = [format!("2{ims}"), format!("<Enter>{dataset}"), "<Enter>jj".to_owned(), "<Enter>".to_owned()];
    for columns in [80, 120] {
        let mut script = String::new();
        let mut places = Vec::new();
        for step in &steps {
            script.push_str(step);
            places.push(place(&play(columns, 24, PLAIN, keys(&script)).state));
        }
        assert!(matches!(places[1].0, View::Organisation(_)) && matches!(places[2].0, View::Dataset(_)));
        assert!(matches!(places[3].0, View::Organisation(_)) && places[3].0 != places[1].0);
        for (key, back) in [("q", 1), ("<Esc>", 2), ("<Backspace>", 3)] {
            let played = play(columns, 24, PLAIN, keys(&(script.clone() + &key.repeat(back))));
            assert_eq!(place(&played.state), places[3 - back], "{key} {back}");
        }
        let played = play(columns, 24, PLAIN, keys(&(script.clone() + "qqqq")));
        assert_eq!((played.state.place(), played.state.frames.len()), (Place::List, 0));
        assert_eq!(played.ended, Ended::Signal(0));
    }
}

#[test]
fn a_project_and_a_concern_of_an_organisation_are_opened_and_left() {
    let detail = play(80, 24, PLAIN, keys("2<Enter>")).state.sheet;
    let project = steps_to(&detail, |item| matches!(item.leads, Leads::Project(..)));
    for columns in [80, 120] {
        let opened = play(columns, 24, PLAIN, keys(&format!("2<Enter>{project}<Enter>")));
        let shown = opened.state.shown().unwrap();
        assert!(matches!(shown.subject, Subject::Project(_)) && opened.state.focus == Focus::Detail);
        let Leads::Project(_, reference) = &leading(&detail)[project.len()].leads else { panic!("no project") };
        assert_eq!(&shown.document.name, reference);
        let back = play(columns, 24, PLAIN, keys(&format!("2<Enter>{project}<Enter>jjq")));
        let before = play(columns, 24, PLAIN, keys(&format!("2<Enter>{project}")));
        assert_eq!(place(&back.state), place(&before.state));
    }
    let concern = steps_to(&detail, |item| matches!(item.leads, Leads::Among(..)));
    let list = play(80, 24, PLAIN, keys(&format!("2<Enter>{concern}<Enter>")));
    assert_eq!(list.state.query.value(), "concern:mixed-opt-outs org:=\"IMS HEALTH LTD\"");
    assert_eq!((list.state.place(), list.state.list.projects.len()), (Place::Led, 4));
}

#[test]
fn beside_the_list_stands_what_is_selected_and_enter_there_goes_to_it() {
    let subject = |played: &Played| played.state.shown().map(|detail| detail.subject);
    let beside = play(120, 40, PLAIN, keys("2"));
    let Some(Subject::Organisation(at)) = subject(&beside) else { panic!("nothing beside the list") };
    let detail = play(120, 40, PLAIN, keys("2<Tab><Enter>"));
    assert_eq!((detail.state.view, detail.state.focus), (View::Organisation(at), Focus::List));
    let project = steps_to(&detail.state.sheet, |item| matches!(item.leads, Leads::Project(..)));
    let read = play(120, 40, PLAIN, keys(&format!("2<Enter>{project}<Tab>")));
    assert!(matches!(subject(&read), Some(Subject::Project(_))));
    assert!(read.text().lines().last().unwrap().contains("Enter open"), "{}", read.text());
    let opened = play(120, 40, PLAIN, keys(&format!("2<Enter>{project}<Tab><Enter>")));
    assert_eq!((opened.state.view, opened.state.place()), (View::Projects, Place::Detail));
    let concern = steps_to(&detail.state.sheet, |item| matches!(item.leads, Leads::Among(..)));
    let ruled = play(120, 40, PLAIN, keys(&format!("2<Enter>{concern}")));
    assert!(matches!(subject(&ruled), Some(Subject::Rule(_))));
}

#[test]
fn the_way_that_led_somewhere_stands_in_the_heading() {
    let heading = |columns: u16, script: &str| {
        play(columns, 24, PLAIN, keys(script)).text().lines().nth(1).unwrap().trim_end().to_owned()
    };
    // A key leads to these from anywhere.
    assert!(heading(80, "2").starts_with("32 organisations in sample"));
    assert!(heading(80, "2<Enter>4").starts_with("Concerns in sample"));
    assert_eq!(heading(80, "2<Enter>"), "Organisations > IMS HEALTH LTD");
    let detail = play(80, 24, PLAIN, keys("2<Enter>")).state.sheet;
    let dataset = steps_to(&detail, |item| matches!(item.leads, Leads::View(View::Dataset(_))));
    let whole = "Organisations > IMS HEALTH LTD > Hospital Episode Statistics Admitted Patient Care";
    assert_eq!(heading(99, &format!("2<Enter>{dataset}<Enter>")), whole);
    let cut = "... > IMS HEALTH LTD > Hospital Episode Statistics Admitted Patient Care";
    assert_eq!(heading(80, &format!("2<Enter>{dataset}<Enter>")), cut);
    let project = steps_to(&detail, |item| matches!(item.leads, Leads::Project(..)));
    let opened = heading(80, &format!("2<Enter>{project}<Enter>"));
    assert!(opened.starts_with("Organisations > IMS HEALTH LTD > DARS-NIC-"), "{opened}");
    let list = heading(80, "2<Enter><Enter>");
    assert!(list.starts_with("Organisations > IMS HEALTH LTD > Projects by match - sample"), "{list}");
    let of_list = heading(80, "2<Enter><Enter><Enter>");
    assert!(of_list.starts_with("... > IMS HEALTH LTD > org:=\"IMS HEALTH LTD\" > DARS-NIC-"), "{of_list}");
    // A project of a search that was typed was led to by nothing.
    assert!(heading(80, "/hospital<Enter><Enter>").starts_with("DARS-NIC-") || !heading(80, "<Enter>").contains('>'));
}

#[test]
fn a_list_is_narrowed_by_what_names_hold_as_one_types() {
    let names = |script: &str| {
        let played = play(80, 24, PLAIN, keys(script));
        leading(&played.state.sheet).into_iter().map(|item| item.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names("2&ims").len(), 1);
    let university = names("2&university<Enter>");
    assert_eq!(university, ["CARDIFF UNIVERSITY", "UNIVERSITY OF ABERDEEN", "QUEEN MARY UNIVERSITY OF LONDON"]);
    assert_eq!(names("2&university<Enter>&<Ctrl-U><Enter>").len(), 32);
    assert_eq!(names("2&university<Esc>").len(), 32);
    assert_eq!(names("2&university<Enter>&<Esc>").len(), 32);
    // A spelling that is not shown counts.
    assert_eq!(names("3&(hes apc)<Enter>"), ["Hospital Episode Statistics Admitted Patient Care"]);
    let narrowed = play(80, 24, PLAIN, keys("2&university<Enter>j"));
    insta::assert_snapshot!("80x24_narrowed", narrowed.text());
    let none = play(80, 24, PLAIN, keys("2&xyzzy"));
    insta::assert_snapshot!("80x24_narrowed_to_none", none.text());
    assert_eq!(play(80, 24, PLAIN, keys("2&xyzzy<Enter><Enter>")).state.view, View::Organisations);
    // Going back leads to the list as it was left.
    let back = play(80, 24, PLAIN, keys("2&university<Enter>j<Enter>jjq"));
    assert_eq!(place(&back.state), place(&narrowed.state));
    assert_eq!(back.text(), narrowed.text());
    // Another list has no names to narrow.
    let rules = play(80, 24, PLAIN, keys("4&"));
    assert!(rules.state.asking.is_none() && rules.text().contains("can be narrowed"), "{}", rules.text());
    // Beside a wide list stands what is selected in it by then.
    let beside = play(120, 40, PLAIN, keys("2&aberdeen"));
    assert!(beside.state.shown().is_some_and(|detail| detail.document.name == "UNIVERSITY OF ABERDEEN"));
}

#[test]
fn names_that_a_user_joins_are_one_and_their_number_leads_to_all() {
    let index = sample();
    let own = "[[alias]]\nkind = \"organisation\"\nnames = [\"MONITOR\", \"UK BIOBANK\"]\nreason = \"a test\"\n";
    let names = || Cow::Owned(Names::with(own).unwrap());
    let joined = listed(&index, names(), View::Organisations);
    let is_joined = |item: &&SheetItem| item.lines[0] == "(2 spellings)" && item.figures[0] == Some(50);
    let item = leading(&joined).into_iter().find(is_joined).expect("the two are not one");
    let Leads::View(view) = item.leads else { panic!("no detail") };
    let detail = listed(&index, names(), view);
    let first = leading(&detail)[0];
    assert_eq!(first.figure, Some(3));
    assert_eq!(first.leads, Leads::Query("(org:=\"MONITOR\" OR org:=\"UK BIOBANK\")".to_owned()));
}

#[test]
fn an_organisation_that_is_gone_is_told_and_the_list_stays() {
    let desk = IndexDesk::new(sample());
    let answer = desk.work(&Job::Sheet(View::Organisation(9999)), &|| false);
    assert!(matches!(answer, Some(Answer::Failed { .. })), "{answer:?}");
}

#[test]
fn an_edition_of_no_files_has_its_lists() {
    let index = proven::index();
    for script in ["2", "3", "2<Enter>", "3<Enter>", "2G<Enter>", "3G<Enter>"] {
        assert!(play_on(&index, 80, 24, keys(script)).text().lines().count() == 24, "{script}");
    }
}
