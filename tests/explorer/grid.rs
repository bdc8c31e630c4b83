//! Organisations by datasets: the counts of the report, a cursor in both directions, and exactly the projects of every cell.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::support::proven;
use crate::support::stage::{COLOURED, PLAIN, Played, keys, play, play_on, sample};
use outflow::explorer::actions::Place;
use outflow::explorer::desk::IndexDesk;
use outflow::explorer::message::{Answer, Job, Message};
use outflow::explorer::sheet::Leads;
use outflow::explorer::state::{Counted, Grid, View};
use outflow::explorer::worker::Desk;
use outflow::index::{Index, ProjectId, Request};
use outflow::names::Names;
use outflow::report::{Datasets, Organisations};

fn grid(index: &Arc<Index>, counted: Counted) -> Grid {
    let desk = IndexDesk::new(Arc::clone(index));
    match desk.work(&Job::Sheet(View::Grid(counted)), &|| false) {
        Some(Answer::Sheet { sheet, .. }) => sheet.grid.unwrap(),
        other => panic!("no grid: {other:?}"),
    }
}

fn shown(played: &Played) -> &Grid {
    played.state.sheet.grid.as_ref().expect("no grid is shown")
}

#[test]
fn the_files_are_those_of_the_report_and_every_cell_leads_to_its_projects() {
    for index in [sample(), proven::index()] {
        let names = Names::built_in();
        let datasets = Datasets::of(&index, names).unwrap();
        let mut grid = grid(&index, Counted::Files);
        let table = Arc::clone(&grid.table);
        let mut told = 0;
        for (column, dataset) in table.columns.iter().enumerate() {
            for recipient in datasets.detail(dataset.at).unwrap().recipients {
                let row = table.rows.iter().position(|entry| entry.name == recipient.organisation).unwrap();
                (grid.row, grid.column) = (row, column);
                let cell = grid.cell().unwrap();
                assert_eq!(cell.count, recipient.sent.files, "{} {}", recipient.organisation, dataset.name);
                assert_eq!(cell.projects, recipient.projects.len());
                let request = Request { query: grid.query().unwrap(), ..Request::default() };
                let found: BTreeSet<ProjectId> =
                    index.search(&request, &|| false).unwrap().projects.into_iter().collect();
                assert_eq!(found, recipient.projects.iter().copied().collect(), "{}", request.query);
                told += 1;
            }
        }
        let cells = table.cells.iter().flatten().filter(|cell| cell.is_some()).count();
        assert_eq!(cells, told, "a cell stands for nothing that the report tells");
        assert!(table.cells.iter().all(|row| row.iter().any(Option::is_some)));
    }
}

#[test]
fn the_months_are_those_in_which_a_file_was_sent() {
    for index in [sample(), proven::index()] {
        let names = Names::built_in();
        let organisations = Organisations::of(&index, names).unwrap();
        let datasets = Datasets::of(&index, names).unwrap();
        let (files, months) = (grid(&index, Counted::Files), grid(&index, Counted::Months));
        assert_eq!((&files.table.rows, &files.table.columns), (&months.table.rows, &months.table.columns));
        for (row, organisation) in files.table.rows.iter().enumerate() {
            for (column, dataset) in files.table.columns.iter().enumerate() {
                let mut expected = BTreeSet::new();
                for number in 0..u32::try_from(index.len()).unwrap() {
                    for version in index.record(ProjectId(number)).unwrap().project.versions {
                        for release in version.releases.iter().filter(|release| release.is_file()) {
                            let name = release.organisation.as_deref().unwrap_or(&version.organisation);
                            let is_here = organisations.groups().of_spelling(name) == Some(organisation.at)
                                && datasets.groups().of_spelling(&release.dataset) == Some(dataset.at);
                            expected.extend(release.month.filter(|_| is_here));
                        }
                    }
                }
                let cell = months.table.cells[row][column].as_ref();
                let of_files = files.table.cells[row][column].as_ref();
                assert_eq!(cell.is_some(), of_files.is_some());
                let Some((cell, of_files)) = cell.zip(of_files) else {
                    assert!(expected.is_empty());
                    continue;
                };
                match (cell.count, of_files.count) {
                    (Some(count), Some(files)) => {
                        assert_eq!(count, expected.len() as u64);
                        assert!(count <= files);
                    }
                    (None, _) => assert!(expected.is_empty()),
                    (Some(_), None) => panic!("months without files"),
                }
            }
        }
    }
}

#[test]
fn the_grid_as_it_is_drawn() {
    let drawn = play(80, 24, PLAIN, keys("2tjl"));
    assert_eq!(drawn.state.place(), Place::Grid);
    insta::assert_snapshot!("80x24_grid", drawn.text() + &drawn.attributes());
    insta::assert_snapshot!("80x24_grid_months", play(80, 24, PLAIN, keys("2tjjm")).text());
    insta::assert_snapshot!("80x24_grid_end", play(80, 24, COLOURED, keys("2tGLLLLLLLLLL")).text());
    insta::assert_snapshot!("120x40_grid", play(120, 40, COLOURED, keys("3t")).text());
    insta::assert_snapshot!("200x60_grid", play(200, 60, COLOURED, keys("2tLj")).text());
    insta::assert_snapshot!("40x10_grid", play(40, 10, PLAIN, keys("2tl")).text());
}

#[test]
fn the_cursor_moves_both_ways_and_stays_on_the_screen() {
    let at = |script: &str| {
        let played = play(80, 24, PLAIN, keys(&format!("2t{script}")));
        let grid = shown(&played);
        (grid.row, grid.column)
    };
    assert_eq!(at("jjk"), (1, 0));
    assert_eq!(at("lll<Left>"), (0, 2));
    assert_eq!(at("<Right><Down>hhk"), (0, 0));
    let last = (shown(&play(80, 24, PLAIN, keys("2t"))).table.rows.len() - 1, 53);
    assert_eq!(at("G<Right>LLLLLLLLLLLL"), last);
    assert_eq!(at("GLLLLLLLLLLLLg"), (0, last.1));
    assert_eq!(at("GLLHHHHg"), (0, 0));
    for size in [(80, 24), (40, 10), (120, 40), (60, 12)] {
        for script in ["2tGLLLLLLLLLLLL", "2tGLL", "2tjjll"] {
            let mut script = keys(script);
            script.push(Message::Resized(size.0, size.1));
            let played = play(100, 30, PLAIN, script);
            let text = played.text();
            let row = text.lines().nth(usize::from(played.cursor.1)).unwrap();
            assert!(row.starts_with('>') && row.matches('>').count() == 2, "{size:?}\n{text}");
            let below: Vec<&str> = text.lines().rev().skip(1).take(2).collect();
            let grid = shown(&played);
            assert!(
                below[1].starts_with(&grid.table.rows[grid.row].name[..20.min(grid.table.rows[grid.row].name.len())])
            );
        }
    }
}

#[test]
fn a_cell_opens_its_projects_and_going_back_leads_to_it() {
    let opened = play(80, 24, PLAIN, keys("2tll<Enter>"));
    let query = "org:=\"IMS HEALTH LTD\" dataset:=\"Hospital Episode Statistics Accident and Emergency\"";
    assert_eq!((opened.state.query.value(), opened.state.list.projects.len()), (query, 4));
    assert!(opened.text().lines().nth(1).unwrap().starts_with("Organisations > Table > Projects"), "{}", opened.text());
    let back = play(80, 24, PLAIN, keys("2tll<Enter>jj<Enter>qq"));
    assert_eq!((back.state.view, shown(&back).row, shown(&back).column), (View::Grid(Counted::Files), 0, 2));
    let months = play(80, 24, PLAIN, keys("2tllm<Enter>q"));
    assert_eq!((months.state.view, shown(&months).column), (View::Grid(Counted::Months), 2));
    let left = play(80, 24, PLAIN, keys("2jjtll<Esc>"));
    assert_eq!((left.state.view, left.state.sheet.selected), (View::Organisations, 2));
    let files = play(80, 24, PLAIN, keys("2tllmm"));
    assert_eq!((files.state.view, files.state.frames.len()), (View::Grid(Counted::Files), 2));
    // Nothing is there to open, which is said.
    let nothing = play(80, 24, PLAIN, keys("2tGLLLLLLLL<Enter>"));
    if shown(&nothing).cell().is_none() {
        assert!(nothing.text().contains("no project of this organisation names this dataset"), "{}", nothing.text());
    }
}

#[test]
fn the_grid_opens_at_what_one_is_at() {
    let from_list = play(80, 24, PLAIN, keys("2jjjt"));
    let named = |played: &Played| {
        let grid = shown(played);
        (grid.table.rows[grid.row].name.clone(), grid.table.columns[grid.column].name.clone())
    };
    assert_eq!(named(&from_list).0, "MONITOR");
    let from_datasets = play(80, 24, PLAIN, keys("3jjjjt"));
    assert_eq!(named(&from_datasets).1, "MRIS - Cause of Death Report");
    // In an organisation, at one of its datasets, it opens at both.
    let detail = play(80, 24, PLAIN, keys("2jjj<Enter>"));
    let items: Vec<_> = detail.state.sheet.items.iter().filter(|item| item.leads != Leads::Nowhere).collect();
    let first = items.iter().position(|item| matches!(item.leads, Leads::View(View::Dataset(_)))).unwrap();
    let both = play(80, 24, PLAIN, keys(&format!("2jjj<Enter>{}t", "j".repeat(first + 1))));
    assert_eq!(named(&both), ("MONITOR".to_owned(), items[first + 1].name.clone()));
}

#[test]
fn views_and_search_work_from_the_grid() {
    for (script, place) in [("2t0", Place::Home), ("2t4", Place::Sheet), ("2t/", Place::Query), ("2t1", Place::List)] {
        assert_eq!(play(80, 24, PLAIN, keys(script)).state.place(), place, "{script}");
    }
    let back = play(80, 24, PLAIN, keys("2tjl4q"));
    assert_eq!((back.state.place(), shown(&back).row, shown(&back).column), (Place::Grid, 1, 1));
    let footer = play(80, 24, PLAIN, keys("2t")).text().lines().last().unwrap().to_owned();
    assert!(footer.starts_with("Enter projects  q back"), "{footer}");
    assert!(play(80, 24, PLAIN, keys("2")).text().lines().last().unwrap().contains("t table"));
    assert!(!play(80, 24, PLAIN, keys("4")).text().lines().last().unwrap().contains("t table"));
    assert_eq!(play_on(&proven::index(), 80, 24, keys("2tm")).state.place(), Place::Grid);
}

#[test]
fn counting_for_the_grid_stops_for_a_search() {
    let desk = IndexDesk::new(sample());
    for counted in [Counted::Files, Counted::Months] {
        assert!(desk.work(&Job::Sheet(View::Grid(counted)), &|| true).is_none());
    }
}
