//! Whatever comes from a terminal: sequences in pieces, pastes without an end, answers that nobody asked for, bytes that are no text.
//! How bytes become keys is held to by the tests beside `explorer/runtime/incoming`; here the real program reads them.

use std::time::Duration;

use crate::support::terminal::{Start, Terminal};

/// How long nothing must come before a program counts as silent.
const QUIET: Duration = Duration::from_millis(200);

/// The time between two packets of one sequence.
const GAP: Duration = Duration::from_millis(15);

fn start(arguments: &[&str]) -> (tempfile::TempDir, Terminal) {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path();
    let mut terminal = Terminal::start(&Start { columns: 80, rows: 24, library, arguments, environment: &[] });
    terminal.wait_for("42 projects");
    terminal.settle(QUIET);
    (folder, terminal)
}

/// Sends bytes one by one, as a slow link can.
fn send_in_pieces(terminal: &mut Terminal, bytes: &[u8]) {
    for byte in bytes.chunks(1) {
        terminal.send(byte);
        std::thread::sleep(GAP);
    }
}

fn row(terminal: &Terminal) -> u16 {
    terminal.screen().cursor_position().0
}

#[test]
fn keys_and_clicks_in_pieces_are_keys_and_clicks() {
    let (_folder, mut terminal) = start(&["--mouse"]);
    terminal.press("1");
    terminal.wait_for("Projects as published");
    send_in_pieces(&mut terminal, b"\x1b[B");
    terminal.wait_until("the second project", |terminal| row(terminal) == 5);
    send_in_pieces(&mut terminal, b"\x1b[<65;11;12M\x1b[1;2A");
    terminal.wait_until("the wheel turned", |terminal| row(terminal) != 5);
    terminal.press("g");
    terminal.wait_until("the first project", |terminal| row(terminal) == 2);
    // The second project is clicked on, and then opened by another click.
    send_in_pieces(&mut terminal, b"\x1b[<0;11;6M\x1b[<0;11;6m");
    terminal.wait_until("the project that was clicked on", |terminal| row(terminal) == 5);
    send_in_pieces(&mut terminal, "/caf\u{e9}".as_bytes());
    terminal.wait_for("/ caf\u{e9}");
    terminal.press("\u{3}");
    assert_eq!(terminal.wait_for_end(), 0);
}

#[test]
fn a_mouse_that_was_not_asked_for_is_not_heard() {
    let (_folder, mut terminal) = start(&[]);
    terminal.press("1");
    terminal.wait_for("Projects as published");
    terminal.press("\u{1b}[<0;11;6M\u{1b}[<0;11;6m/x");
    terminal.wait_for("/ x");
    terminal.press("\u{1b}");
    // While a frame arrives the cursor is elsewhere.
    terminal.wait_until("the list", |terminal| matches!(row(terminal), 2 | 5));
    assert_eq!(row(&terminal), 2);
}

#[test]
fn a_key_that_comes_with_a_change_of_size_is_not_held_back() {
    let (_folder, mut terminal) = start(&[]);
    terminal.press("1");
    terminal.wait_for("Projects as published");
    for step in 0..12 {
        terminal.resize(80, 25 + step % 2);
        terminal.press(if step % 2 == 0 { "j" } else { "k" });
        let expected = if step % 2 == 0 { 5 } else { 2 };
        terminal.wait_until("the selection moved", |terminal| row(terminal) == expected);
    }
}

#[test]
fn a_paste_without_an_end_does_not_keep_ctrl_c_from_being_heard() {
    for begun in ["\u{1b}[200~", "\u{1b}[200~glaucoma", "\u{1b}[200~glaucoma\u{1b}[201"] {
        let (_folder, mut terminal) = start(&[]);
        terminal.press("/");
        terminal.wait_until("pasting told apart", |terminal| terminal.screen().bracketed_paste());
        terminal.press(begun);
        // A person who sees that nothing comes presses it after a while.
        terminal.settle(Duration::from_millis(400));
        terminal.press("\u{3}");
        assert_eq!(terminal.wait_for_end(), 0, "{begun:?}");
    }
    // And it is over by itself.
    let (_folder, mut terminal) = start(&[]);
    terminal.press("/");
    terminal.wait_until("pasting told apart", |terminal| terminal.screen().bracketed_paste());
    terminal.press("\u{1b}[200~glaucoma");
    terminal.wait_for("/ glaucoma");
    terminal.press("s");
    terminal.wait_for("/ glaucomas");
}

#[test]
fn a_paste_of_five_megabytes_is_one_line_and_no_keys() {
    let (_folder, mut terminal) = start(&[]);
    terminal.press("/");
    terminal.wait_until("pasting told apart", |terminal| terminal.screen().bracketed_paste());
    terminal.press("\u{1b}[200~dementia ");
    let piece = "q\u{1b}[B\nquit ".repeat(1000);
    for _ in 0..(5_000_000 / piece.len()) {
        terminal.send(piece.as_bytes());
    }
    terminal.press("\u{1b}[201~");
    terminal.wait_for("q[B quit q[B quit");
    terminal.settle(QUIET);
    assert_eq!(row(&terminal), 0, "one still types");
    terminal.press("\u{3}");
    assert_eq!(terminal.wait_for_end(), 0);
}

#[test]
fn answers_that_nobody_asked_for_change_nothing() {
    let (_folder, mut terminal) = start(&[]);
    terminal.press("1j");
    terminal.wait_until("the second project", |terminal| row(terminal) == 5);
    terminal.settle(QUIET);
    let before = (terminal.text(), terminal.raw().len());
    for answer in [
        "\u{1b}]11;rgb:1e1e/1e1e/2e2e\u{7}",
        "\u{1b}]11;rgb:1e1e/1e1e/2e2e\u{1b}\\",
        "\u{1b}[?62;4;22c",
        "\u{1b}[>41;354;0c",
        "\u{1b}[24;80R",
        "\u{1b}[I",
        "\u{1b}[O",
        "\u{1b}[?1u",
        "\u{1b}P>|XTerm(380)\u{1b}\\",
    ] {
        terminal.press(answer);
        send_in_pieces(&mut terminal, answer.as_bytes());
    }
    terminal.settle(QUIET);
    assert_eq!((terminal.text(), terminal.raw().len()), before, "something was drawn");
    terminal.press("k");
    terminal.wait_until("the first project", |terminal| row(terminal) == 2);
}

#[test]
fn after_any_bytes_ctrl_c_still_quits() {
    // The same numbers each time, so that a failure can be looked at.
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    for _ in 0..4 {
        let (_folder, mut terminal) = start(&["--mouse"]);
        for _ in 0..50 {
            let burst: Vec<u8> = (0..next() % 40)
                .map(|_| match next() % 4 {
                    0 => b"\x1b[]O<;M~P0129:?"[usize::try_from(next() % 15).unwrap()],
                    _ => next().to_le_bytes()[0],
                })
                // What quits is pressed at the end, and what saves to files is not this test's.
                .filter(|byte| !b"q\x03x".contains(byte))
                .collect();
            terminal.send(&burst);
            terminal.settle(Duration::from_millis(2));
        }
        // Nothing is waited for any more after this.
        terminal.settle(Duration::from_millis(2500));
        terminal.press("\u{3}");
        assert_eq!(terminal.wait_for_end(), 0);
        assert!(!terminal.screen().alternate_screen() && !terminal.screen().bracketed_paste());
    }
}
