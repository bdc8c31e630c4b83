//! The real loop with scripted keys: what a person does, and what is on the screen then.

use crate::support::stage::{COLOURED, PLAIN, keys, play, sample};
use outflow::explorer::desk::IndexDesk;
use outflow::explorer::message::{Answer, Effect, Ended, Job, Message};
use outflow::explorer::state::{Focus, Spot, State};
use outflow::explorer::update::{start, update};
use outflow::explorer::worker::Desk;
use outflow::index::{Found, LastWord, ProjectId, Request, Sort};
use outflow::report::{CREDIT, SUMMARY_NOTICE};

#[test]
fn words_are_found_as_they_are_typed() {
    let none = play(80, 24, COLOURED, keys(""));
    assert_eq!(none.state.list.projects.len(), 42);
    let typed = play(80, 24, COLOURED, keys("/dement"));
    assert_eq!(typed.state.focus, Focus::Query);
    assert_eq!(typed.state.last_word, LastWord::Beginning);
    assert!(typed.text().contains("1 of 42 projects") && typed.text().contains("UK BIOBANK"), "{}", typed.text());
    // Once it is complete, a beginning is a word like the others.
    let complete = play(80, 24, COLOURED, keys("/dement<Enter>"));
    assert_eq!(complete.state.focus, Focus::List);
    assert!(complete.text().contains("Nothing in this edition matches."), "{}", complete.text());
    let whole = play(80, 24, COLOURED, keys("/dementia<Enter>"));
    assert_eq!(whole.state.list.projects.len(), 1);
}

#[test]
fn all_four_texts_are_searched() {
    for (query, project) in [
        ("objectives:glaucoma", None),
        ("outputs:glaucoma", Some("DARS-NIC-15293-R6V2H")),
        ("processing:delt", Some("DARS-NIC-33499-F9N8F")),
        ("benefits:radiographers", None),
        ("objectives:scarred", Some("DARS-NIC-74625-S1Q8X")),
        ("benefits:radiation", Some("DARS-NIC-147834-LHQ2R")),
    ] {
        let played = play(80, 24, COLOURED, keys(&format!("/{query}<Enter>")));
        let reference = played.state.list.row(0).map(|listed| listed.row.reference.as_str());
        assert_eq!(reference, project, "{query}");
    }
}

#[test]
fn the_list_shows_concerns_and_the_detail_their_evidence() {
    let list = play(80, 24, COLOURED, keys(""));
    assert!(list.text().contains("!! mixed-opt-outs"), "{}", list.text());
    let detail = play(80, 24, COLOURED, keys("/ref:58999<Enter><Enter>ce"));
    assert_eq!(detail.state.focus, Focus::Detail);
    let text = detail.text();
    assert!(text.contains("concern 1 of 7") && text.contains("mixed-opt-outs (fact)"), "{text}");
    let opened = detail.state.detail.as_ref().unwrap();
    assert!(opened.open.contains(&0));
    let shown: Vec<&str> =
        opened.laid.lines.iter().map(|line| &opened.document.blocks[line.block].text[line.range.clone()]).collect();
    assert!(shown.iter().any(|line| line.contains("sheet DataReleases, row")), "no evidence is shown");
    let closed = play(80, 24, COLOURED, keys("/ref:58999<Enter><Enter>cee"));
    assert!(closed.state.detail.as_ref().unwrap().laid.lines.len() < opened.laid.lines.len());
}

#[test]
fn evidence_is_never_opened_out_of_sight() {
    // Back in the list of a narrow screen the project is not to be seen: e leads to it, at its first concern.
    let played = play(80, 24, COLOURED, keys("/ref:58999<Enter><Enter>qe"));
    assert_eq!(played.state.focus, Focus::Detail);
    let detail = played.state.shown().unwrap();
    assert_eq!((detail.spot, detail.open.len()), (Spot::Concern(0), 0));
}

#[test]
fn matches_are_walked_both_ways_and_round() {
    let first = play(80, 24, COLOURED, keys("/diabetes<Enter>n"));
    let detail = first.state.detail.as_ref().unwrap();
    assert_eq!((first.state.focus, detail.spot), (Focus::Detail, Spot::Match(0)));
    let count = detail.laid.matches.len();
    assert_eq!(count, 4);
    assert!(first.text().contains("match 1 of 4"), "{}", first.text());
    for (pressed, at) in [("n", 1), ("nn", 2), ("nnn", 3), ("nnnn", 0), ("N", 3), ("NN", 2)] {
        let played = play(80, 24, COLOURED, keys(&format!("/diabetes<Enter>n{pressed}")));
        let detail = played.state.detail.unwrap();
        assert_eq!(detail.spot, Spot::Match(at), "after {pressed}");
        let line = detail.spot_line().unwrap();
        assert!((detail.top..detail.top + 21).contains(&line), "match {at} is not on the screen");
    }
    let round = play(80, 24, COLOURED, keys("/diabetes<Enter>nnnnn"));
    assert!(round.text().contains("first of 4 matches again"), "{}", round.text());
}

#[test]
fn exactly_what_matched_is_marked() {
    let played = play(80, 24, COLOURED, keys("/diabetes<Enter>n"));
    let detail = played.state.detail.unwrap();
    for found in &detail.laid.matches {
        let block = &detail.document.blocks[found.block];
        let marked = block.text[block.marks[found.mark].clone()].to_lowercase();
        assert!(["diabetes", "diabetic"].contains(&marked.as_str()), "{marked}");
    }
    let begun = play(120, 40, COLOURED, keys("/dement"));
    let detail = begun.state.detail.unwrap();
    let found = detail.laid.matches[0];
    let block = &detail.document.blocks[found.block];
    assert_eq!(&block.text[block.marks[found.mark].clone()], "dement");
}

#[test]
fn a_wide_screen_shows_the_selected_project_beside_the_list() {
    let played = play(120, 40, COLOURED, keys("jj"));
    assert_eq!(played.state.focus, Focus::List);
    let detail = played.state.shown().unwrap();
    assert_eq!(detail.document.record.as_ref().unwrap().project.reference, "DARS-NIC-58999-K6P8B");
    let tabbed = play(120, 40, COLOURED, keys("jj<Tab>jjj"));
    assert_eq!((tabbed.state.focus, tabbed.state.list.selected), (Focus::Detail, 2));
    assert_eq!(tabbed.state.shown().unwrap().top, 3);
}

#[test]
fn a_citation_goes_to_the_terminal() {
    let played = play(80, 24, COLOURED, keys("/glaucoma<Enter>ny"));
    let Some(Effect::Copy(citation)) = played.effects.iter().find(|effect| matches!(effect, Effect::Copy(_))) else {
        panic!("nothing was sent: {:?}", played.effects)
    };
    assert!(citation.starts_with("> Aggregate reports from Vantage."), "{citation}");
    for part in [
        "DARS-NIC-15293-R6V2H",
        "HEALTH IQ LTD",
        "Outputs",
        "ReleaseRegister-sep-nov-2017.xlsx, sheet PurposeStatements, row",
        "SHA-256 da8e5c323312",
        "accessed 2026-11-24",
        SUMMARY_NOTICE,
        CREDIT,
    ] {
        assert!(citation.contains(part), "{part} is not in:\n{citation}");
    }
    assert!(played.text().contains("citation sent to your terminal"), "{}", played.text());
    let evidence = play(80, 24, COLOURED, keys("/glaucoma<Enter><Enter>cy"));
    let Some(Effect::Copy(citation)) = evidence.effects.last() else { panic!("nothing was sent") };
    assert!(citation.contains("> ") && citation.contains("sheet DataReleases, row"), "{citation}");
}

#[test]
fn the_sample_says_on_every_project_that_its_words_are_ours() {
    let list = play(80, 24, COLOURED, keys(""));
    assert!(list.text().contains(SUMMARY_NOTICE), "{}", list.text());
    for id in 0..42 {
        let played = play(80, 24, COLOURED, keys(&("j".repeat(id) + "<Enter>")));
        assert!(played.text().contains(SUMMARY_NOTICE), "{}", played.text());
        let document = &played.state.detail.unwrap().document;
        assert!(document.blocks.iter().any(|block| block.text == CREDIT));
    }
}

#[test]
fn the_order_can_be_changed() {
    for (pressed, sort) in [
        ("s", Sort::Newest),
        ("ss", Sort::Ending),
        ("sss", Sort::Concerns),
        ("ssss", Sort::Files),
        ("sssss", Sort::Organisation),
        ("ssssss", Sort::Title),
        ("sssssss", Sort::Relevance),
    ] {
        let played = play(80, 24, COLOURED, keys(pressed));
        assert_eq!(played.state.sort, sort);
        assert_eq!(played.state.list.projects.len(), 42);
    }
    let files = play(80, 24, COLOURED, keys("ssss"));
    let counts: Vec<Option<u64>> = (0..24).map(|at| files.state.list.row(at).unwrap().row.files).collect();
    assert!(counts.is_sorted_by(|one, two| one >= two), "{counts:?}");
}

#[test]
fn near_spellings_are_offered_where_nothing_is_found() {
    let played = play(80, 24, PLAIN, keys("/diabtees<Enter>"));
    assert_eq!(played.state.list.projects.len(), 0);
    assert!(played.text().contains("Spelled nearly so: diabetes  Enter searches for it"), "{}", played.text());
    let taken = play(80, 24, PLAIN, keys("/diabtees<Enter><Enter>"));
    assert_eq!((taken.state.query.value(), taken.state.list.projects.len()), ("diabetes", 3));
    // Going back leads to what was typed.
    let back = play(80, 24, PLAIN, keys("/diabtees<Enter><Enter>q"));
    assert_eq!(back.state.query.value(), "diabtees");
    assert!(play(80, 24, PLAIN, keys("/xyzzyq<Enter>")).state.list.offers.is_empty());
}

#[test]
fn trouble_in_a_query_is_named_and_what_can_be_read_is_searched() {
    let played = play(80, 24, PLAIN, keys("/diabetes (<Enter>"));
    assert_eq!(played.state.list.projects.len(), 3);
    let trouble = &played.state.list.trouble[0].message;
    assert!(played.text().contains(trouble.as_str()), "{}", played.text());
    assert!(played.attributes().lines().next().unwrap().contains('u'), "{}", played.attributes());
}

#[test]
fn leaving_keeps_what_was_typed_and_quitting_is_always_near() {
    let left = play(80, 24, COLOURED, keys("/diabetes<Esc>"));
    assert_eq!((left.state.focus, left.state.query.value()), (Focus::List, "diabetes"));
    assert_eq!(left.state.list.projects.len(), 3);
    for (pressed, ended) in [
        ("q", Ended::Quit),
        ("<Enter>qq", Ended::Quit),
        ("?qq", Ended::Quit),
        ("/q<Ctrl-C>", Ended::Quit),
        ("/<F1><Ctrl-C>", Ended::Quit),
        ("/q", Ended::Signal(0)),
        ("<Esc><Esc><Esc>", Ended::Signal(0)),
    ] {
        assert_eq!(play(80, 24, COLOURED, keys(pressed)).ended, ended, "{pressed}");
    }
    assert_eq!(play(10, 3, COLOURED, keys("q")).ended, Ended::Quit);
}

#[test]
fn pasted_text_is_one_line_and_one_search() {
    let mut script = keys("/");
    script.push(Message::Paste("diabetes\neye\u{1b}[31m\u{202e}".to_owned()));
    let played = play(80, 24, COLOURED, script);
    assert_eq!(played.state.query.value(), "diabetes eye[31m");
    assert_eq!(played.state.asked, 2);
    let mut long = keys("/");
    long.push(Message::Paste("word ".repeat(100_000)));
    assert_eq!(play(80, 24, COLOURED, long).state.query.value().len(), 4096);
    let outside = play(80, 24, COLOURED, vec![Message::Paste("q".to_owned())]);
    assert_eq!((outside.ended, outside.state.query.value()), (Ended::Signal(0), ""));
}

#[test]
fn pasted_text_is_told_from_keys_only_while_one_types() {
    let played = play(80, 24, COLOURED, keys("/diabetes<Enter><Enter>q/<Esc>"));
    let told: Vec<bool> = played
        .effects
        .iter()
        .filter_map(|effect| if let Effect::Pasting(is_on) = effect { Some(*is_on) } else { None })
        .collect();
    assert_eq!(told, [true, false, true, false]);
}

#[test]
fn a_terminal_that_is_taken_again_has_its_modes_again() {
    let typing = play(80, 24, COLOURED, keys("/dem<Ctrl-Z>"));
    assert_eq!(typing.effects, [Effect::Pasting(true), Effect::Suspend, Effect::Pasting(true)]);
    let mut script = keys("/dem");
    script.push(Message::Resumed);
    assert_eq!(play(80, 24, COLOURED, script).effects, [Effect::Pasting(true), Effect::Retake, Effect::Pasting(true)]);
    assert_eq!(play(80, 24, COLOURED, keys("<Ctrl-Z>")).effects, [Effect::Suspend]);
}

#[test]
fn the_cursor_is_where_one_reads() {
    assert_eq!(play(80, 24, COLOURED, keys("")).cursor, (0, 2));
    assert_eq!(play(80, 24, COLOURED, keys("jj")).cursor, (0, 8));
    assert_eq!(play(80, 24, COLOURED, keys("/dem")).cursor, (5, 0));
    let matched = play(80, 24, COLOURED, keys("/diabetes<Enter>n"));
    let detail = matched.state.detail.as_ref().unwrap();
    assert_eq!(usize::from(matched.cursor.1), 2 + detail.spot_line().unwrap() - detail.top);
}

#[test]
fn a_change_of_size_keeps_the_place() {
    let mut script = keys("/diabetes<Enter>n");
    script.extend(
        [(120, 40), (41, 12), (1, 1), (0, 0), (100, 30)].map(|(columns, rows)| Message::Resized(columns, rows)),
    );
    let played = play(80, 24, COLOURED, script);
    let detail = played.state.shown().unwrap();
    assert_eq!((played.state.columns, detail.spot), (100, Spot::Match(0)));
    assert!(played.text().contains("match 1 of 4"), "{}", played.text());
}

#[test]
fn an_answer_to_an_older_question_is_dropped() {
    let index = sample();
    let mut state = State::new(index.header().clone(), 80, 24);
    let ask = |state: &mut State, letters: &str| {
        for message in keys(letters) {
            update(state, message);
        }
    };
    ask(&mut state, "/de");
    assert_eq!(state.asked, 2);
    let found =
        |projects: &[u32]| Found { projects: projects.iter().copied().map(ProjectId).collect(), ..Found::default() };
    let answer = |asked, projects: &[u32]| {
        Message::Answer(Answer::Found {
            asked,
            found: found(projects),
            rows: outflow::explorer::message::Rows::default(),
        })
    };
    update(&mut state, answer(2, &[7]));
    assert_eq!(state.list.projects, [ProjectId(7)]);
    state.redraw = false;
    update(&mut state, answer(1, &[1, 2, 3]));
    assert_eq!(state.list.projects, [ProjectId(7)]);
    assert!(!state.redraw, "an old answer changes nothing on the screen");
}

#[test]
fn keys_that_come_too_early_wait_for_what_they_are_meant_for() {
    let index = sample();
    let mut state = State::new(index.header().clone(), 80, 24);
    let desk = IndexDesk::new(index);
    let mut effects = start(&mut state);
    // All keys come at once, before the worker has answered anything: the first q goes back, and none of them quits.
    for message in keys("/diabetes<Enter>j<Enter>nnyq/x<Backspace><Enter>") {
        effects.extend(update(&mut state, message));
    }
    let mut copied = Vec::new();
    while let Some(effect) = effects.pop() {
        match effect {
            Effect::Work(job) => {
                let answer = desk.work(&job, &|| false).unwrap();
                effects.extend(update(&mut state, Message::Answer(answer)));
            }
            Effect::Copy(citation) => copied.push(citation),
            _ => {}
        }
    }
    assert_eq!((state.focus, state.ended), (Focus::List, None));
    assert_eq!(state.query.value(), "diabetes");
    assert_eq!(state.detail.unwrap().document.record.as_ref().unwrap().project.reference, "DARS-NIC-291938-R6V3V");
    assert_eq!(copied.len(), 1);
    assert!(copied[0].contains("DARS-NIC-291938-R6V3V"), "{}", copied[0]);
}

#[test]
fn a_key_without_a_meaning_draws_nothing() {
    let mut state = State::new(sample().header().clone(), 80, 24);
    state.redraw = false;
    for message in keys("zQ%") {
        assert_eq!(update(&mut state, message), []);
    }
    assert!(!state.redraw);
}

#[test]
fn a_failed_search_is_said() {
    let played = play(
        80,
        24,
        COLOURED,
        vec![Message::Answer(Answer::Failed {
            of: Job::Find { asked: 1, request: Request::default(), rows: 7, columns: 80 },
            message: "rows.table is damaged".to_owned(),
        })],
    );
    assert!(played.text().contains("rows.table is damaged"), "{}", played.text());
    assert!(played.state.list.projects.is_empty(), "results of another search are shown as the answer");
    // Nor does it read as a search that found nothing, once the notice is gone.
    let failed = Answer::Failed {
        of: Job::Find { asked: 1, request: Request::default(), rows: 7, columns: 80 },
        message: "rows.table is damaged".to_owned(),
    };
    let mut messages = vec![Message::Answer(failed)];
    messages.extend(keys("1j"));
    let text = play(80, 24, COLOURED, messages).text();
    assert!(text.contains("What matches is not known.\nrows.table is damaged"), "{text}");
    assert!(text.contains("? of 42 projects") && !text.contains("Nothing in this edition"), "{text}");
}

#[test]
fn where_nothing_is_found_what_is_known_of_it_is_said_and_offered() {
    let none = play(80, 24, PLAIN, keys("/org:insurance<Enter>"));
    assert!(none.text().contains("1 in any text or name: insurance  Enter searches for it"), "{}", none.text());
    let other = play(80, 24, PLAIN, keys("/org:insurance<Enter><Enter>"));
    assert_eq!((other.state.query.value(), other.state.list.projects.len()), ("insurance", 1));
    // Beside what is found it stands in the last line, until the next key.
    let found = play(80, 24, PLAIN, keys("/dataset:hes<Enter>"));
    assert!(found.text().contains("with the name in full: dataset:\"Hospital Episode"), "{}", found.text());
    let read_on = play(80, 24, PLAIN, keys("/dataset:hes<Enter>j"));
    assert!(!read_on.text().contains("with the name in full"), "{}", read_on.text());
}
