//! What is said of the clipboard is what happens: in a real tmux, with each of its settings.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]
#![allow(dead_code, reason = "the support files serve several tests")]

#[path = "support/processes.rs"]
mod processes;
#[path = "support/tmux.rs"]
mod tmux;

use tmux::Tmux;

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
