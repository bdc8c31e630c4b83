//! Answers that come when one has gone on: what is asked for meanwhile is shown, and one stays where one is. Keys in any order are in
//! `sizes`.

use super::asked::{Explorer, is_find};
use outflow::explorer::document::Subject;
use outflow::explorer::message::{Answer, Job};
use outflow::explorer::state::View;

/// What other editions say is known, and more was found with it.
fn laid_over(explorer: &Explorer) -> Answer {
    let mut header = (*explorer.state.header).clone();
    header.tallies[0].findings += 1;
    Answer::LaidOver { header: Box::new(header) }
}

/// The second project of the sample that was sent hospital data, open.
fn reading() -> Explorer {
    let mut explorer = Explorer::open();
    explorer.press("/hospital<Enter><Down><Enter>");
    explorer.answer_all();
    assert!(matches!(shown(&explorer), Some(Subject::Project(_))));
    explorer
}

fn shown(explorer: &Explorer) -> Option<Subject> {
    explorer.state.shown().map(|detail| detail.subject)
}

#[test]
fn the_files_that_were_asked_for_are_shown_whatever_is_known_meanwhile() {
    let marked = |explorer: &mut Explorer| {
        explorer.press("b");
        let header = explorer.state.header.as_ref().clone().into();
        let of = explorer.asked.pop().unwrap();
        assert!(matches!(of, Job::Mark { .. }), "{of:?}");
        Answer::Marked { of, header, notice: "bookmarked".to_owned() }
    };
    let late: [fn(&mut Explorer) -> Answer; 2] = [|explorer| laid_over(explorer), marked];
    for late in late {
        let mut explorer = reading();
        let project = shown(&explorer).unwrap().of_project().unwrap();
        let late = late(&mut explorer);
        explorer.press("F");
        explorer.take(late);
        explorer.answer_all();
        assert_eq!(shown(&explorer), Some(Subject::Files(project)));
        assert_eq!(explorer.state.list.selected, 1);
        // Back, the project stands there.
        explorer.press("q");
        explorer.answer_all();
        assert_eq!(shown(&explorer), Some(Subject::Project(project)));
    }
}

#[test]
fn who_left_the_files_meanwhile_stays_with_the_project() {
    let mut explorer = reading();
    let project = shown(&explorer).unwrap().of_project().unwrap();
    explorer.press("F");
    explorer.answer_all();
    let late = laid_over(&explorer);
    explorer.take(late);
    explorer.press("q");
    explorer.answer_all();
    assert_eq!(shown(&explorer), Some(Subject::Project(project)));
}

#[test]
fn the_list_of_another_query_begins_with_its_first_whatever_is_known_meanwhile() {
    let mut explorer = Explorer::open();
    explorer.press("/hospital<Enter><Down><Down>");
    explorer.answer_all();
    assert_eq!(explorer.state.list.selected, 2);
    explorer.press("/ trust<Enter>");
    let late = laid_over(&explorer);
    explorer.take(late);
    explorer.answer(is_find);
    explorer.answer_all();
    assert!(explorer.state.list.projects.len() > 2);
    assert_eq!(explorer.state.list.selected, 0);
}

#[test]
fn files_that_a_list_covers_are_shown_and_not_left() {
    let mut explorer = Explorer::open();
    explorer.press("/hospital<Enter>F");
    explorer.answer_all();
    let files = shown(&explorer);
    assert!(matches!(files, Some(Subject::Files(_))), "{files:?}");
    explorer.press("1F");
    explorer.answer_all();
    assert_eq!(shown(&explorer), files);
}

#[test]
fn keys_among_values_wait_together_while_those_are_counted() {
    let mut explorer = Explorer::open();
    // The last leads home from the list, and nowhere among the values.
    explorer.press("fj<Tab>0");
    explorer.answer_all();
    assert_eq!(explorer.state.view, View::Home);
}
