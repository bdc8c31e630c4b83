use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use proptest::prelude::*;

use super::*;

/// Every sequence that is known, and what it means.
fn known() -> Vec<(String, Event)> {
    let mut known = Vec::new();
    let lettered = [
        ('A', KeyCode::Up),
        ('B', KeyCode::Down),
        ('C', KeyCode::Right),
        ('D', KeyCode::Left),
        ('F', KeyCode::End),
        ('H', KeyCode::Home),
        ('P', KeyCode::F(1)),
        ('Q', KeyCode::F(2)),
        ('R', KeyCode::F(3)),
        ('S', KeyCode::F(4)),
    ];
    for (letter, code) in lettered {
        known.push((format!("\x1b[{letter}"), key(code)));
        known.push((format!("\x1bO{letter}"), key(code)));
        if letter != 'R' {
            let control = Event::Key(KeyEvent::new(code, KeyModifiers::CONTROL));
            known.push((format!("\x1b[1;5{letter}"), control));
        }
    }
    let numbered = [
        (1, KeyCode::Home),
        (2, KeyCode::Insert),
        (3, KeyCode::Delete),
        (4, KeyCode::End),
        (5, KeyCode::PageUp),
        (6, KeyCode::PageDown),
        (7, KeyCode::Home),
        (8, KeyCode::End),
        (11, KeyCode::F(1)),
        (15, KeyCode::F(5)),
        (17, KeyCode::F(6)),
        (21, KeyCode::F(10)),
        (23, KeyCode::F(11)),
        (24, KeyCode::F(12)),
    ];
    for (number, code) in numbered {
        known.push((format!("\x1b[{number}~"), key(code)));
        known.push((format!("\x1b[{number};3~"), Event::Key(KeyEvent::new(code, KeyModifiers::ALT))));
    }
    for (number, letter) in ('A'..='E').enumerate() {
        known.push((format!("\x1b[[{letter}"), key(KeyCode::F(u8::try_from(number).unwrap() + 1))));
    }
    known.extend([
        ("\x1b[Z".to_owned(), Event::Key(KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT))),
        ("\x1bOM".to_owned(), key(KeyCode::Enter)),
        ("\x1bOp".to_owned(), key(KeyCode::Char('0'))),
        ("\x1b[99;5u".to_owned(), with(KeyModifiers::CONTROL, 'c')),
        ("\x1b[27;5;99~".to_owned(), with(KeyModifiers::CONTROL, 'c')),
        ("\x1b[27u".to_owned(), key(KeyCode::Esc)),
        ("\x1bb".to_owned(), with_alt('b')),
        ("\x1b\u{e9}".to_owned(), with_alt('\u{e9}')),
        ("\x1b\x7f".to_owned(), Event::Key(KeyEvent::new(KeyCode::Backspace, KeyModifiers::ALT))),
        ("\x1b[<0;11;4M".to_owned(), clicked(MouseEventKind::Down(MouseButton::Left), 10, 3)),
        ("\x1b[<0;11;4m".to_owned(), clicked(MouseEventKind::Up(MouseButton::Left), 10, 3)),
        ("\x1b[<64;230;60M".to_owned(), clicked(MouseEventKind::ScrollUp, 229, 59)),
        ("\x1b[<65;1;1M".to_owned(), clicked(MouseEventKind::ScrollDown, 0, 0)),
        ("\x1b[<2;3;4M".to_owned(), clicked(MouseEventKind::Down(MouseButton::Right), 2, 3)),
        ("\x1b[<32;3;4M".to_owned(), clicked(MouseEventKind::Drag(MouseButton::Left), 2, 3)),
        ("\x1b[M +$".to_owned(), clicked(MouseEventKind::Down(MouseButton::Left), 10, 3)),
        ("\x1b[200~glau\ncoma \u{e9}\x1b[201~".to_owned(), Event::Paste("glau\ncoma \u{e9}".to_owned())),
        ("\x1b[200~\x1b[201\x1b[201~".to_owned(), Event::Paste("\x1b[201".to_owned())),
        ("\u{20ac}".to_owned(), with(KeyModifiers::NONE, '\u{20ac}')),
    ]);
    known
}

/// What terminals tell that nobody asked for, or too late: colours, kind, place of the cursor, focus, the clipboard.
const ANSWERS: [&str; 16] = [
    "\x1b]11;rgb:1e1e/1e1e/2e2e\x07",
    "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\",
    "\x1b]10;rgb:cdcd/d6d6/f4f4\x1b\\",
    "\x1b]4;1;rgb:f3f3/8b8b/a8a8\x07",
    "\x1b]52;c;cXF1aXQ=\x07",
    "\x1b[?62;4;22c",
    "\x1b[>41;354;0c",
    "\x1b[24;80R",
    "\x1b[1;1R",
    "\x1b[?1u",
    "\x1b[?2026;2$y",
    "\x1b[I",
    "\x1b[O",
    "\x1bP>|XTerm(380)\x1b\\",
    "\x1bP1+r436f=323536\x1b\\",
    "\x1b[201~",
];

fn clicked(kind: MouseEventKind, column: u16, row: u16) -> Event {
    Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })
}

fn pressed(letters: &str) -> Vec<Event> {
    letters.chars().map(|letter| with(KeyModifiers::NONE, letter)).collect()
}

const fn millis(count: u64) -> Duration {
    Duration::from_millis(count)
}

/// What comes of pieces that come one after another, until nothing is held.
fn taken<'a>(pieces: impl IntoIterator<Item = &'a [u8]>, gap: Duration) -> Vec<Event> {
    let mut incoming = Incoming::new(false);
    let mut now = Duration::ZERO;
    let mut events = Vec::new();
    for piece in pieces {
        events.extend(incoming.take(piece, now));
        now += gap;
    }
    while let Some(patience) = incoming.patience(now) {
        now += patience;
        events.extend(incoming.take(&[], now));
    }
    assert_eq!(incoming.holds(), 0);
    events
}

#[test]
fn every_sequence_means_the_same_wherever_it_is_cut() {
    for (sequence, meaning) in known() {
        let bytes = sequence.as_bytes();
        assert_eq!(taken([bytes], millis(0)), std::slice::from_ref(&meaning), "{sequence:?}");
        for cut in 0..=bytes.len() {
            for gap in [millis(5), millis(49)] {
                let (before, after) = bytes.split_at(cut);
                assert_eq!(taken([before, after], gap), std::slice::from_ref(&meaning), "{sequence:?} cut at {cut}");
            }
        }
        for gap in [millis(5), millis(49)] {
            assert_eq!(taken(bytes.chunks(1), gap), std::slice::from_ref(&meaning), "{sequence:?} byte by byte");
        }
    }
}

#[test]
fn what_comes_long_after_esc_is_not_of_it() {
    let late = |sequence: &str, gap| taken([&sequence.as_bytes()[..1], &sequence.as_bytes()[1..]], gap);
    assert_eq!(late("\x1bq", millis(51)), [vec![key(KeyCode::Esc)], pressed("q")].concat());
    assert_eq!(late("\x1b[A", millis(60)), [vec![key(KeyCode::Esc)], pressed("[A")].concat());
    // Past the first two bytes it is no person who types, and a packet may take its time.
    assert_eq!(taken([&b"\x1b["[..], b"A"], millis(300)), [key(KeyCode::Up)]);
    assert_eq!(taken([&b"\x1b["[..], b"j"], millis(600)), [vec![with_alt('[')], pressed("j")].concat());
    // Over SSH Esc waits longer.
    let mut remote = Incoming::new(true);
    assert_eq!(remote.take(b"\x1b", millis(0)), []);
    assert_eq!(remote.take(b"[A", millis(99)), [key(KeyCode::Up)]);
    assert_eq!(remote.take(b"\x1b", millis(200)), []);
    assert_eq!(remote.take(b"", millis(299)), []);
    assert_eq!(remote.patience(millis(299)), Some(millis(1)));
    assert_eq!(remote.take(b"", millis(300)), [key(KeyCode::Esc)]);
    assert_eq!(remote.patience(millis(300)), None);
}

#[test]
fn keys_of_their_own_are_told_apart() {
    assert_eq!(taken([&b"\x1b\x1b"[..]], millis(0)), [key(KeyCode::Esc), key(KeyCode::Esc)]);
    assert_eq!(taken([&b"\x1b\x1b[A"[..]], millis(0)), [key(KeyCode::Esc), key(KeyCode::Up)]);
    assert_eq!(taken([&b"\x1b\r"[..]], millis(0)), [key(KeyCode::Esc), key(KeyCode::Enter)]);
    let controls = [key(KeyCode::Tab), key(KeyCode::Backspace), with(KeyModifiers::CONTROL, ' ')];
    assert_eq!(taken([&b"\t\x7f\x00"[..]], millis(0)), controls);
    assert_eq!(taken([&b"\x0a\x1f"[..]], millis(0)), ['j', '7'].map(|letter| with(KeyModifiers::CONTROL, letter)));
    assert_eq!(taken([&b"N"[..]], millis(0)), [Event::Key(KeyEvent::new(KeyCode::Char('N'), KeyModifiers::SHIFT))]);
}

#[test]
fn answers_of_the_terminal_are_no_keys() {
    for answer in ANSWERS {
        let bytes = answer.as_bytes();
        let around = |pieces: &[&[u8]]| {
            let all: Vec<&[u8]> = [&[&b"j"[..]], pieces, &[&b"k"[..]]].concat();
            taken(all, millis(30))
        };
        assert_eq!(around(&[bytes]), pressed("jk"), "{answer:?}");
        for cut in 1..bytes.len() {
            assert_eq!(around(&[&bytes[..cut], &bytes[cut..]]), pressed("jk"), "{answer:?} cut at {cut}");
        }
    }
}

#[test]
fn ctrl_c_is_heard_in_the_middle_of_everything() {
    let interrupt = with(KeyModifiers::CONTROL, 'c');
    for sequence in known().into_iter().map(|(sequence, _)| sequence).chain(ANSWERS.map(str::to_owned)) {
        for cut in 0..=sequence.len() {
            let begun = &sequence.as_bytes()[..cut];
            // After a pause, since a paste can hold one.
            let events = taken([begun, b"\x03"], millis(250));
            assert!(events.contains(&interrupt), "{sequence:?} cut at {cut}: {events:?}");
            // And `q` at the latest when nothing more is waited for.
            let events = taken([begun, b"q"], paste::WAIT);
            assert_eq!(events.last(), pressed("q").last(), "{sequence:?} cut at {cut}: {events:?}");
        }
    }
}

#[test]
fn a_paste_without_an_end_is_over_when_nothing_follows() {
    let begun = b"\x1b[200~glaucoma";
    let pasted = Event::Paste("glaucoma".to_owned());
    assert_eq!(taken([&begun[..]], millis(0)), std::slice::from_ref(&pasted));
    assert_eq!(taken([&begun[..], b"q"], paste::WAIT), [vec![pasted.clone()], pressed("q")].concat());
    // What follows at once is still of it.
    assert_eq!(taken([&begun[..], b"q\x03"], millis(20)), [Event::Paste("glaucomaq\x03".to_owned())]);
    let interrupted = taken([&begun[..], b"\x03"], millis(200));
    assert_eq!(interrupted, [pasted, with(KeyModifiers::CONTROL, 'c')]);
}

#[test]
fn what_is_held_of_a_long_paste_or_sequence_is_bounded() {
    let mut incoming = Incoming::new(false);
    let flood = [b'a'; 4096];
    assert_eq!(incoming.take(b"\x1b[200~", millis(0)), []);
    for _ in 0..1300 {
        assert_eq!(incoming.take(&flood, millis(1)), []);
        assert!(incoming.holds() <= 64 * 1024, "{}", incoming.holds());
    }
    let pasted = incoming.take(b"\x1b[201~q", millis(1));
    assert_eq!(pasted, [vec![Event::Paste("a".repeat(64 * 1024))], pressed("q")].concat());
    for beginning in [&b"\x1b["[..], b"\x1b]", b"\x1bP", b"\x1b[<"] {
        incoming.take(beginning, millis(1));
        for _ in 0..3 {
            incoming.take(&[b'1'; 4096], millis(1));
            assert!(incoming.holds() <= 128, "{}", incoming.holds());
        }
        incoming.take(b"~", millis(1));
        incoming.take(b"", millis(1000));
        assert_eq!(incoming.take(b"q", millis(1001)), pressed("q"), "{beginning:?}");
    }
}

#[test]
fn bytes_that_are_no_letters_are_passed_over() {
    for none in [
        &b"\xff"[..],
        b"\x80",
        b"\xbf\xbf",
        b"\xc0\xaf",
        b"\xed\xa0\x80",
        b"\xf5\x80\x80\x80",
        b"\xc2\x9b",
        b"\xe2\x82",
    ] {
        let all = [b"j", none, b"k"].concat();
        assert_eq!(taken([&all[..]], millis(0)), pressed("jk"), "{none:?}");
        assert_eq!(taken(all.chunks(1), millis(20)), pressed("jk"), "{none:?} byte by byte");
    }
}

/// Bytes that are likely to be the beginning of something.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let sequences: Vec<Vec<u8>> = known()
        .into_iter()
        .map(|(text, _)| text.into_bytes())
        .chain(ANSWERS.map(|text| text.as_bytes().to_vec()))
        .collect();
    let piece = prop_oneof![
        any::<u8>().prop_map(|byte| vec![byte]),
        prop::sample::select(b"\x1b[]OPM<;:0123~mu\x03\x07\\q".to_vec()).prop_map(|byte| vec![byte]),
        prop::sample::select(sequences),
    ];
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_split_of_the_bytes_gives_the_same_events(
        bytes in bytes(),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
        gap in 0_u64..50,
    ) {
        let mut at: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).chain([0, bytes.len()]).collect();
        at.sort_unstable();
        // A piece of nothing is only time.
        at.dedup();
        let pieces = at.windows(2).map(|pair| &bytes[pair[0]..pair[1]]);
        prop_assert_eq!(taken(pieces, millis(gap)), taken([&bytes[..]], millis(0)));
    }

    #[test]
    fn nothing_is_swallowed_for_ever_and_nothing_grows(bytes in bytes(), gaps in prop::collection::vec(0_u64..700, 1..200)) {
        let mut incoming = Incoming::new(false);
        let mut now = Duration::ZERO;
        for (byte, gap) in bytes.iter().zip(gaps.iter().cycle()) {
            let events = incoming.take(&[*byte], now);
            // At most what was held, and the byte.
            prop_assert!(events.len() <= 2, "{events:?}");
            prop_assert!(incoming.holds() <= bytes.len());
            now += millis(*gap);
        }
        let events = incoming.take(b"\x03", now + paste::WAIT);
        prop_assert_eq!(events.last(), Some(&with(KeyModifiers::CONTROL, 'c')));
        prop_assert_eq!(incoming.take(b"q", now + paste::WAIT), pressed("q"));
    }
}
