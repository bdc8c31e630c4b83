//! What is said of the clipboard is what happens: in a real tmux, with each of its settings.

use std::sync::Arc;

use crate::support::agreements::{Agreed, data_uses};
use crate::support::stage::{Played, keys, play_on};
use crate::support::tmux::Tmux;
use outflow::concerns::examine;
use outflow::explorer::message::Effect;
use outflow::index::Index;
use outflow::register::{Section, Version};

/// The most that is sent to a terminal's clipboard, in bytes.
const MOST: usize = 8 * 1024;

/// Waits for words on the screen, and returns it with them.
fn shown(tmux: &Tmux, words: &str) -> String {
    tmux.wait_for(words, |tmux| tmux.text().contains(words));
    tmux.text()
}

#[test]
fn what_is_said_of_the_clipboard_holds_in_tmux() {
    for (setting, arrives) in [("on", true), ("external", false), ("off", false)] {
        let Some(tmux) = Tmux::shell() else { return };
        tmux.ask(&["set", "-s", "set-clipboard", setting]);
        tmux.ask(&["new-window", "\"$OUTFLOW\""]);
        shown(&tmux, "Home: edition sample");
        tmux.press(&["/glaucoma", "Enter"]);
        shown(&tmux, "s sort");
        tmux.press(&["Enter"]);
        shown(&tmux, "e evidence");
        tmux.press(&["y"]);
        let screen = shown(&tmux, "sent to your terminal");
        // It is not known whether it arrives, so that is not said; which setting lets it is.
        assert!(!screen.to_lowercase().contains("copied"), "{screen}");
        assert!(screen.contains("citation sent to your terminal; in tmux: set -s set-clipboard on"), "{screen}");
        // What tmux took is there by now: it draws what the program wrote after it.
        let buffer = tmux.command(&["show-buffer"]).output().unwrap();
        let held = String::from_utf8_lossy(&buffer.stdout).into_owned();
        assert_eq!(buffer.status.success() && held.contains("SHA-256"), arrives, "set-clipboard {setting}: {held}");
    }
}

/// What the citation of a match comes to, in an entry that is as told.
fn cited(change: impl Fn(&mut Version)) -> Played {
    let register = data_uses(&[Agreed::new("DARS-NIC-1-AAAAA-v1.0", "2020-01-01", "2021-01-01").but(change)]);
    let index = Arc::new(Index::in_memory(&register, || examine(&register)).unwrap());
    play_on(&index, 120, 40, keys("/glaucoma<Enter><Enter>ny"))
}

fn copied(played: &Played) -> Option<&str> {
    played.effects.iter().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text.as_str()),
        _ => None,
    })
}

#[test]
fn what_is_longer_than_terminals_take_is_not_sent_and_that_is_said() {
    let objectives = |length: usize| {
        let text = format!("{} glaucoma", "bed ".repeat(length / 4));
        move |version: &mut Version| version.statements[0].sections.set(Section::Objectives, Some(text.clone()))
    };
    let short = cited(objectives(4000));
    assert!(copied(&short).unwrap().contains("glaucoma") && !short.text().contains("too long"), "{}", short.text());
    let long = cited(objectives(9000));
    let citation = copied(&long).unwrap();
    assert!(
        citation.len() <= MOST && !citation.contains("glaucoma") && citation.contains("DARS-NIC-1-AAAAA"),
        "{citation}"
    );
    assert!(long.text().contains("without the quotation, which is too long"), "{}", long.text());
    let longest = cited(|version| version.title = Some(format!("{} glaucoma", "bed ".repeat(3000))));
    assert_eq!(copied(&longest), None);
    let told = "too long for a terminal's clipboard: outflow show DARS-NIC-1-AAAAA --cite prints it";
    assert!(longest.text().contains(told), "{}", longest.text());
}
