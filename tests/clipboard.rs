//! What is said of the clipboard is what happens: in a real tmux, with each of its settings.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

/// How long to wait for anything before a test fails.
const DEADLINE: Duration = Duration::from_secs(30);

/// A tmux of its own, with the program in it; it ends with the test.
struct Tmux<'a> {
    folder: &'a Path,
}

impl Tmux<'_> {
    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new("tmux");
        command.env_remove("TMUX").env("LC_ALL", "C.UTF-8").arg("-S").arg(self.folder.join("socket"));
        command.args(["-f", "/dev/null"]).args(arguments).output().unwrap()
    }

    fn said(&self, arguments: &[&str]) -> String {
        String::from_utf8_lossy(&self.run(arguments).stdout).into_owned()
    }

    fn wait_for(&self, text: &str) -> String {
        let begun = Instant::now();
        loop {
            let screen = self.said(&["capture-pane", "-p"]);
            if screen.contains(text) {
                return screen;
            }
            assert!(begun.elapsed() < DEADLINE, "waited for {text:?}; the screen shows:\n{screen}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Tmux<'_> {
    fn drop(&mut self) {
        self.run(&["kill-server"]);
    }
}

#[test]
fn what_is_said_of_the_clipboard_holds_in_tmux() {
    if Command::new("tmux").arg("-V").output().is_err() {
        eprintln!("skipped: tmux is not installed");
        return;
    }
    for (setting, arrives) in [("on", true), ("external", false), ("off", false)] {
        let folder = tempfile::tempdir().unwrap();
        let tmux = Tmux { folder: folder.path() };
        let library = format!("OUTFLOW_LIBRARY={}", folder.path().join("library").display());
        let command = ["env", "LC_ALL=C.UTF-8", &library, env!("CARGO_BIN_EXE_outflow")].join(" ");
        let started = tmux.run(&[
            "new-session",
            "-d",
            "-x",
            "80",
            "-y",
            "24",
            "sleep 60",
            ";",
            "set",
            "-s",
            "set-clipboard",
            setting,
        ]);
        assert!(started.status.success(), "{started:?}");
        tmux.run(&["new-window", &command]);
        tmux.wait_for("Home: edition sample");
        tmux.run(&["send-keys", "/glaucoma", "Enter"]);
        tmux.wait_for("s sort");
        tmux.run(&["send-keys", "Enter"]);
        tmux.wait_for("e evidence");
        tmux.run(&["send-keys", "y"]);
        let screen = tmux.wait_for("sent to your terminal");
        // It is not known whether it arrives, so that is not said; which setting lets it is.
        assert!(!screen.to_lowercase().contains("copied"), "{screen}");
        assert!(screen.contains("citation sent to your terminal; in tmux: set -s set-clipboard on"), "{screen}");
        // What tmux took is there by now: it draws what the program wrote after it.
        let buffer = tmux.run(&["show-buffer"]);
        let held = String::from_utf8_lossy(&buffer.stdout).into_owned();
        assert_eq!(buffer.status.success() && held.contains("SHA-256"), arrives, "set-clipboard {setting}: {held}");
    }
}
