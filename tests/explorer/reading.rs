//! Reading: long text at a measure that reads well, a scroll bar with what matched, and versions side by side.

use std::path::Path;

use crate::support::editions;
use crate::support::stage::{COLOURED, PLAIN, Played, keys, play, play_in, play_in_as};
use crate::support::uses::{Agreement, write_edition};
use outflow::explorer::message::Message;
use outflow::explorer::state::Form;
use outflow::explorer::theme::{Characters, Colours, Theme};
use outflow::library::Library;
use ratatui::style::{Color, Modifier};

/// No colour, and all characters.
const MONO: Theme = Theme { colours: Colours::None, characters: Characters::Unicode };

/// The widest line of what is read.
const MEASURE: usize = 78;

/// What the bar says on a line: whether it is the part that is seen, and whether something matched there.
fn bar(line: &str) -> Option<(bool, bool)> {
    let sign = line.chars().last().filter(|sign| "|#<*".contains(*sign))?;
    (line.chars().count() > 56).then_some(("#*".contains(sign), "<*".contains(sign)))
}

/// The lines of the screen that belong to what is read, where it stands alone.
fn body(played: &Played) -> Vec<String> {
    let text = played.text();
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[2..lines.len() - 1].to_vec()
}

#[test]
fn the_bar_shows_what_part_is_on_the_screen_and_where_the_matches_are() {
    let script = "/dementia OR diagnosis<Enter><Enter>";
    let top = play(80, 24, PLAIN, keys(&format!("{script}g")));
    let shown = top.state.shown().unwrap();
    assert!(shown.laid.matches.len() > 1 && shown.laid.lines.len() > 42, "there is something to look for");
    let lines = body(&top);
    let bars: Vec<_> = lines.iter().map(|line| bar(line).unwrap_or_else(|| panic!("no bar: {line}"))).collect();
    // The part that is seen begins at the top, and is as long as the screen is to the whole.
    let thumb = bars.iter().take_while(|(seen, _)| *seen).count();
    assert!(thumb > 0 && bars.iter().skip(thumb).all(|(seen, _)| !seen), "{}", top.text());
    assert_eq!(thumb, (21 * 21_usize).div_ceil(shown.laid.lines.len()));
    // A mark for each line that holds a match, and none elsewhere.
    let rows: std::collections::BTreeSet<usize> =
        shown.laid.matches.iter().map(|found| found.line * 21 / shown.laid.lines.len()).collect();
    let marked = bars.iter().enumerate().filter(|(_, (_, marked))| *marked).map(|(row, _)| row).collect();
    assert_eq!(rows, marked);
    // At the end the part that is seen is at the end.
    let end = play(80, 24, PLAIN, keys(&format!("{script}G")));
    let seen: Vec<bool> = body(&end).iter().filter_map(|line| bar(line).map(|(seen, _)| seen)).collect();
    assert_eq!((seen.first(), seen.last()), (Some(&false), Some(&true)));
    // Going from match to match, the match that one is at is marked beside what is seen.
    let mut matched = format!("{script}g");
    for _ in &shown.laid.matches {
        matched.push('n');
        let played = play(80, 24, PLAIN, keys(&matched));
        let seen = body(&played).iter().any(|line| bar(line) == Some((true, true)));
        assert!(seen, "{}", played.text());
    }
}

#[test]
fn narrow_screens_and_short_texts_have_no_bar() {
    for (columns, rows, script) in [(57, 24, "<Enter>"), (40, 10, "<Enter>"), (80, 60, "/births<Enter><Enter>F")] {
        let played = play(columns, rows, PLAIN, keys(script));
        let shown = played.state.shown().unwrap();
        assert!(columns < 58 || shown.laid.lines.len() < usize::from(rows) - 3);
        assert!(body(&played).iter().all(|line| bar(line).is_none()), "{}", played.text());
        let width = if columns < 58 { columns } else { columns - 2 };
        assert_eq!(shown.laid.columns, width, "no line is shortened for a bar that is not there");
    }
    assert!(body(&play(58, 24, PLAIN, keys("<Enter>"))).iter().all(|line| bar(line).is_some()));
}

#[test]
fn long_text_keeps_its_measure_however_wide_the_screen_is() {
    for columns in [80, 100, 120, 160, 200, 300] {
        let played = play(columns, 60, PLAIN, keys("/dementia<Enter><Enter>"));
        let shown = played.state.shown().unwrap();
        let widest = shown.laid.lines.iter().map(|line| {
            let block = &shown.document.blocks[line.block];
            usize::from(block.indent) + outflow::text::width(block.text[line.range.clone()].trim_end())
        });
        let widest = widest.max().unwrap();
        assert!(widest <= MEASURE, "{widest} at {columns}");
        assert!(columns < 140 || widest > 70, "{widest} at {columns}");
    }
}

/// One agreement in two versions, whose objectives were rewritten.
fn versions(folder: &Path) -> Library {
    let mut first = Agreement::new("DARS-NIC-1-AAAAA-v1.0", "FENLAND TRUST").file("F1", "Yes", "Jul-26");
    first.objectives = [
        "We count the beds of the trust to plan for the winter.",
        "\u{2022} in wards",
        "\u{2022} in clinics",
        "A drug firm pays for the work.",
        "Nobody is named in what is published.",
    ]
    .join("\n");
    let mut second = first.clone();
    "DARS-NIC-1-AAAAA-v2.0".clone_into(&mut second.reference);
    "date:2031-01-31".clone_into(&mut second.end);
    second.objectives = [
        "We count all the beds of the trust to plan for the winter.",
        "\u{2022} in wards",
        "\u{2022} in theatres and clinics",
        "Nurses are counted too.",
        "So are doctors of every grade.",
        "Nobody is named in anything that is published.",
    ]
    .join("\n");
    let library = Library::at(folder.join("library"));
    library.publish(&[write_edition(folder, "september2026", &[first, second])], None, &mut |_| {}).unwrap();
    library
}

const HISTORY: &str = "/ref:AAAAA<Enter><Enter>v";

#[test]
fn versions_stand_side_by_side_where_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let library = versions(folder.path());
    for (columns, rows) in [(120, 40), (200, 60)] {
        let played = play_in(&library, columns, rows, keys(HISTORY));
        insta::assert_snapshot!(format!("{columns}x{rows}_versions"), played.text());
        let Form::Beside(each) = played.state.shown().unwrap().laid.form else { panic!("{}", played.text()) };
        assert!(usize::from(each) <= MEASURE && each >= 57);
        // What was taken out is on the left alone, what was put in on the right alone.
        let split = |line: &str| {
            let at = usize::from(each) + 3;
            let letters: Vec<char> = line.chars().collect();
            let column = |letters: &[char]| letters.iter().collect::<String>().trim().to_owned();
            (column(&letters[..at.min(letters.len())]), column(letters.get(at..).unwrap_or_default()))
        };
        let lines: Vec<(String, String)> = body(&played).iter().map(|line| split(line)).collect();
        for (left, right) in lines.iter().filter(|(left, _)| !left.starts_with("Before:")) {
            assert!(!left.contains("{+") && !right.contains("[-"), "{left} | {right}");
        }
        for (left, right) in [
            ("DARS-NIC-1-AAAAA-v1.0", "DARS-NIC-1-AAAAA-v2.0"),
            ("Term, end: [-2030-01-31-]", "Term, end: {+2031-01-31+}"),
            ("\u{2022} in wards", "\u{2022} in wards"),
            ("\u{2022} in clinics", "\u{2022} in {+theatres and+} clinics"),
            ("[-A drug firm pays for the work.-]", "{+Nurses are counted too.+}"),
            ("", "{+So are doctors of every grade.+}"),
        ] {
            assert!(lines.contains(&(left.to_owned(), right.to_owned())), "{left} | {right}\n{}", played.text());
        }
    }
    // Below that they stand in one column, as they did.
    for columns in [80, 119] {
        let played = play_in(&library, columns, 40, keys(HISTORY));
        assert_eq!(played.state.shown().unwrap().laid.form, Form::Single);
        let text = played.text();
        for line in ["Term, end: [-2030-01-31-] {+2031-01-31+}", "[-A drug firm pays for the work.-]"] {
            assert!(text.contains(line), "{line}\n{text}");
        }
        assert!(!text.contains("Before:"), "{text}");
    }
}

#[test]
fn the_list_gives_way_to_two_columns_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let library = versions(folder.path());
    let is_alone = |script: &str| {
        let played = play_in(&library, 120, 40, keys(script));
        played.state.areas().unwrap().list.is_none()
    };
    assert!(is_alone(HISTORY));
    for back in ["q", "v", "<Tab>", "1"] {
        assert!(!is_alone(&format!("{HISTORY}{back}")), "{back}");
    }
    // In the list the history stands beside it in one column.
    let beside = play_in(&library, 120, 40, keys(&format!("{HISTORY}<Tab>")));
    assert_eq!(beside.state.shown().unwrap().laid.form, Form::Single);
    assert!(beside.text().contains("[-2030-01-31-] {+2031-01-31+}"), "{}", beside.text());
    // The project below is as it was.
    let before = play_in(&library, 120, 40, keys("/ref:AAAAA<Enter><Enter>jjj"));
    assert_eq!(play_in(&library, 120, 40, keys("/ref:AAAAA<Enter><Enter>jjjvq")).text(), before.text());
}

#[test]
fn a_change_between_editions_stands_side_by_side_too() {
    let folder = tempfile::tempdir().unwrap();
    let library = editions::library(folder.path());
    let script = "5<Down><Down><Down>";
    let beside = play_in(&library, 120, 40, keys(script));
    assert_eq!(beside.state.shown().unwrap().laid.form, Form::Single, "{}", beside.text());
    let opened = play_in(&library, 120, 40, keys(&format!("{script}<Enter>")));
    insta::assert_snapshot!("120x40_change", opened.text());
    let line = |words: [&str; 2]| opened.text().lines().any(|line| words.iter().all(|word| line.contains(word)));
    assert!(line(["edition 2026-08", "edition 2026-09"]), "{}", opened.text());
    assert!(line(["[-2030-01-31-]", "{+2031-01-31+}"]), "{}", opened.text());
    // Back in the list it stands beside it again, and what leads nowhere in two columns keeps the list.
    assert_eq!(play_in(&library, 120, 40, keys(&format!("{script}<Enter>q"))).text(), beside.text());
    let left = play_in(&library, 120, 40, keys("5<Down><Down><Enter>"));
    assert!(left.state.areas().unwrap().list.is_some(), "{}", left.text());
}

#[test]
fn on_another_size_one_stays_where_one_read() {
    let folder = tempfile::tempdir().unwrap();
    let library = versions(folder.path());
    let resized = |script: &str, sizes: &[(u16, u16)]| {
        let script = keys(script).into_iter();
        let script = script.chain(sizes.iter().map(|(columns, rows)| Message::Resized(*columns, *rows)));
        play_in(&library, 120, 12, script)
    };
    let wide = resized(HISTORY, &[]);
    assert!(matches!(wide.state.shown().unwrap().laid.form, Form::Beside(_)));
    for steps in 0..12 {
        let script = format!("{HISTORY}{}", "j".repeat(steps));
        let narrow = resized(&script, &[(80, 12)]);
        let shown = narrow.state.shown().unwrap();
        assert_eq!(shown.laid.form, Form::Single);
        assert!(shown.top <= shown.last_top(9));
        // What was on top is still there: the words of its line, or of the one that they became.
        let was = resized(&script, &[]);
        let top = was.state.shown().unwrap();
        let part = |shown: &outflow::explorer::state::Detail| {
            let lines = &shown.laid.lines[..=shown.top];
            lines.iter().rev().find_map(|line| {
                let block = &shown.document.blocks[line.block];
                (block.text.ends_with(':') || block.text.contains("-v1.0")).then(|| block.text.clone())
            })
        };
        let is_at_end = shown.top == shown.last_top(9);
        assert!(is_at_end || part(shown).is_some() == part(top).is_some(), "{}\n{}", was.text(), narrow.text());
        // And back again both columns are there.
        let again = resized(&script, &[(80, 12), (120, 12)]);
        assert!(matches!(again.state.shown().unwrap().laid.form, Form::Beside(_)));
        assert!(again.text().contains("{+") || again.text().contains("-v2.0") || steps > 8, "{}", again.text());
    }
}

#[test]
fn both_columns_scroll_together() {
    let folder = tempfile::tempdir().unwrap();
    let library = versions(folder.path());
    let rows = |script: &str| body(&play_in(&library, 120, 12, keys(script)));
    let (first, next) = (rows(HISTORY), rows(&format!("{HISTORY}j")));
    let texts =
        |lines: &[String]| lines.iter().map(|line| line[..line.len() - 1].trim_end().to_owned()).collect::<Vec<_>>();
    assert_eq!(texts(&first)[1..], texts(&next)[..first.len() - 1]);
}

#[test]
fn what_is_struck_and_what_is_new_is_told_by_signs_and_by_looks() {
    let folder = tempfile::tempdir().unwrap();
    let library = versions(folder.path());
    let plain = play_in_as(&library, (120, 40), MONO, keys(HISTORY));
    let coloured = play_in_as(&library, (120, 40), COLOURED, keys(HISTORY));
    assert_eq!(plain.text(), coloured.text());
    // What looks like struck or new begins and ends with its signs, or goes on from the line before to the next.
    let mut told = [String::new(), String::new()];
    for y in 0..40 {
        for x in 0..120 {
            let cell = &coloured.screen[(x, y)];
            let struck = cell.modifier.contains(Modifier::CROSSED_OUT);
            let new = cell.fg == Color::Green && cell.modifier.contains(Modifier::BOLD);
            for (is_it, words) in [struck, new].into_iter().zip(&mut told) {
                words.push_str(if is_it { cell.symbol() } else { "" });
            }
        }
    }
    assert!(told[0].contains("[-A drug firm pays for the work.-]"), "{}", told[0]);
    assert!(told[1].contains("{+Nurses are counted too.+}"), "{}", told[1]);
    for (words, [open, close]) in told.iter().zip([["[-", "-]"], ["{+", "+}"]]) {
        assert_eq!(words.matches(open).count(), words.matches(close).count());
        assert!(words.starts_with(open) && words.trim_end().ends_with(close), "{words}");
    }
}

#[test]
fn paragraphs_and_lists_of_all_kinds_stand_as_published() {
    let marks = ["\u{2022}", "\u{f0b7}", "-", "\u{2013}", "o", "\u{25aa}", "1.", "2)", "(iii)", "(d)"];
    let words = "beds of every ward and of every clinic that the trust has, counted at noon on each day of the year";
    let mut lines =
        vec!["The trust counts, for each of its sites and for each of those that it has taken over:".to_owned()];
    lines.extend(marks.iter().map(|mark| format!("{mark} {words}")));
    lines.push("Nobody is named.".to_owned());
    let mut agreement = Agreement::new("DARS-NIC-1-AAAAA-v1.0", "FENLAND TRUST");
    agreement.objectives = lines.join("\n");
    let folder = tempfile::tempdir().unwrap();
    let library = Library::at(folder.path().join("library"));
    library.publish(&[write_edition(folder.path(), "september2026", &[agreement])], None, &mut |_| {}).unwrap();
    for (columns, rows) in [(80, 60), (200, 60), (40, 60)] {
        let mut script = "/ref:AAAAA<Enter><Enter>g".to_owned();
        let mut text = String::new();
        // To the section, wherever the screen ends.
        for _ in 0..9 {
            text = play_in(&library, columns, rows, keys(&script)).text();
            if text.contains("Nobody is named.") {
                break;
            }
            script.push(']');
        }
        let start = |line: &str| text.lines().any(|shown| shown.contains(line));
        for mark in marks {
            // The sign of a symbol font has no shape elsewhere, and stands as a dot.
            let mark = if mark == "\u{f0b7}" { "\u{2022}" } else { mark };
            assert!(start(&format!("{mark} beds of every ward")), "{mark}\n{text}");
            // What does not fit goes on below the words.
            let hang = " ".repeat(mark.chars().count() + 1);
            let lines: Vec<&str> = text.lines().collect();
            // Beside a list the passage there begins with the same words.
            let at = lines.iter().rposition(|line| line.contains(&format!("{mark} beds"))).unwrap();
            let (first, next) = (lines[at], lines[at + 1]);
            let column = |line: &str, words: &str| line.rfind(words).map(|at| line[..at].chars().count());
            let edge = column(first, &format!("{mark} beds")).unwrap();
            let beyond: String = next.chars().skip(edge).collect();
            assert!(beyond.starts_with(&hang) && !beyond.starts_with(&format!("{hang} ")), "{mark}: {beyond}\n{text}");
        }
        let whole = text.split_whitespace().filter(|word| !"|#<*".contains(word)).collect::<Vec<_>>().join(" ");
        assert!(columns > 80 || whole.contains(&format!("(d) {words} Nobody is named.")), "{text}");
    }
}

#[test]
fn where_one_is_stands_in_the_heading_as_one_reads() {
    let heading = |keys_after: &str| {
        let played = play(80, 24, PLAIN, keys(&format!("/biobank<Enter><Enter>{keys_after}")));
        played.text().lines().nth(1).unwrap().to_owned()
    };
    let told = |pressed: &str| heading(pressed).split_whitespace().last().unwrap().to_owned();
    assert_eq!((told("g"), told("G")), ("top".to_owned(), "end".to_owned()));
    let mut before = 0;
    for pages in 1..4 {
        let at: u32 = told(&format!("g{}", "<PgDn>".repeat(pages))).trim_end_matches('%').parse().unwrap();
        assert!(at > before && at < 100, "{at} after {before}");
        before = at;
    }
    assert!(heading("g]]").contains("part 2 of "), "{}", heading("g]]"));
}
