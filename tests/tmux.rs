//! The real binary in a shell in tmux: suspended and let go on, and gone with the server.

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

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use processes::{Ended, wait_for};
use rustix::process::Pid;

/// A server of tmux of its own, with one window of 80 by 24 in which a shell runs.
struct Tmux {
    folder: tempfile::TempDir,
}

impl Tmux {
    /// Starts a server with a command in its window; `None` where there can be none, which is said.
    fn start(command: &str) -> Option<Self> {
        let tmux = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(tmux.folder.path().join("library")).unwrap();
        match tmux.command(&["-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", command]).status() {
            Ok(status) => assert!(status.success(), "tmux does not start"),
            Err(error) => {
                eprintln!("skipped: tmux cannot be started ({error})");
                return None;
            }
        }
        Some(tmux)
    }

    /// The same with a shell that lets programs be stopped and go on.
    fn shell() -> Option<Self> {
        let tmux = Self::start("/bin/sh -i")?;
        tmux.type_line("PS1='ready> '; clear");
        tmux.wait_for("the shell", |tmux| tmux.text().trim() == "ready>");
        Some(tmux)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("tmux");
        command.env_clear().env("PATH", "/usr/bin:/bin").env("LANG", "C.UTF-8").env("TERM", "xterm-256color");
        command.env("OUTFLOW_LIBRARY", self.path("library")).env("OUTFLOW", env!("CARGO_BIN_EXE_outflow"));
        command.env("HOME", self.folder.path()).env("ENV", "").current_dir(self.folder.path());
        command.arg("-S").arg(self.path("socket")).args(arguments).stdin(Stdio::null());
        command
    }

    fn ask(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn text(&self) -> String {
        self.ask(&["capture-pane", "-p"])
    }

    /// The modes of the terminal: second screen, mouse, cursor.
    fn modes(&self) -> String {
        self.ask(&["display-message", "-p", "#{alternate_on} #{mouse_any_flag} #{cursor_flag}"])
    }

    fn press(&self, keys: &[&str]) {
        self.ask(&[&["send-keys"], keys].concat());
    }

    fn type_line(&self, line: &str) {
        self.ask(&["send-keys", "-l", line]);
        self.press(&["Enter"]);
    }

    fn wait_for(&self, what: &str, condition: impl Fn(&Self) -> bool) {
        wait_for(&format!("{what}; the screen shows:\n{}", self.text()), || condition(self).then_some(()));
    }

    /// Has the shell write down how the terminal is set.
    fn settings(&self, name: &str) -> String {
        self.type_line(&format!("clear; stty -a >part; mv part {name}"));
        wait_for(name, || fs::read_to_string(self.path(name)).ok())
    }

    fn window(&self) -> Pid {
        Pid::from_raw(self.ask(&["list-panes", "-F", "#{pane_pid}"]).parse().unwrap()).unwrap()
    }

    /// The program in the window, below the shell there.
    fn program(&self) -> Pid {
        let shell = self.window().as_raw_nonzero();
        wait_for("the program", || {
            let children = fs::read_to_string(format!("/proc/{shell}/task/{shell}/children")).ok()?;
            Pid::from_raw(children.split_whitespace().next()?.parse().ok()?)
        })
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        let _ = self.command(&["kill-server"]).stderr(Stdio::null()).status();
    }
}

const OFF: &str = "0 0 1";

#[test]
fn ctrl_z_goes_to_the_shell_and_fg_comes_back() {
    // In a script the shell waits for the script, so that stopping the program alone would leave nobody at the keyboard.
    for (line, has_mouse) in
        [("\"$OUTFLOW\"", false), ("\"$OUTFLOW\" --mouse", true), ("/bin/sh -c '\"$OUTFLOW\"; echo $? >code'", false)]
    {
        let Some(tmux) = Tmux::shell() else { return };
        let before = tmux.settings("before");
        tmux.type_line(line);
        tmux.wait_for("home", |tmux| tmux.text().contains("42 projects"));
        tmux.press(&["1", "j", "j"]);
        tmux.wait_for("the list", |tmux| tmux.text().contains("Projects as published"));
        let is_taken = |tmux: &Tmux| tmux.modes().starts_with(if has_mouse { "1 1" } else { "1 0" });
        assert!(is_taken(&tmux), "{line}: {}", tmux.modes());
        for round in ["first", "second"] {
            processes::wait_until_still(tmux.window());
            let drawn = tmux.text();
            tmux.press(&["C-z"]);
            tmux.wait_for("the shell", |tmux| tmux.text().contains("ready>") && tmux.modes() == OFF);
            assert_eq!(tmux.settings(round), before, "{line}");
            tmux.type_line("fg");
            tmux.wait_for("the program", is_taken);
            tmux.wait_for("the whole screen", |tmux| tmux.text() == drawn);
        }
        tmux.press(&["q", "q"]);
        tmux.wait_for("the shell", |tmux| tmux.text().contains("ready>") && tmux.modes() == OFF);
        assert_eq!(tmux.settings("after"), before, "{line}");
    }
}

#[test]
fn a_dialogue_is_stopped_and_goes_on() {
    let Some(tmux) = Tmux::shell() else { return };
    let before = tmux.settings("before");
    tmux.type_line("clear; \"$OUTFLOW\" --plain");
    tmux.wait_for("home", |tmux| tmux.text().contains("At: home"));
    tmux.press(&["C-z"]);
    tmux.wait_for("the shell", |tmux| tmux.text().contains("ready>"));
    assert_eq!(tmux.settings("stopped"), before);
    tmux.type_line("fg");
    tmux.wait_for("the dialogue", |tmux| tmux.text().lines().last().is_some_and(|line| line.contains("--plain")));
    tmux.type_line("dementia");
    tmux.wait_for("an answer", |tmux| tmux.text().contains("At: projects for dementia"));
    tmux.type_line("quit");
    tmux.wait_for("the shell", |tmux| tmux.text().ends_with("ready>"));
    assert_eq!(tmux.settings("after"), before);
}

#[test]
fn it_is_gone_with_the_server_within_a_second() {
    for before in ["trap : HUP", "trap '' HUP"] {
        for (arguments, shows) in [("", "42 projects"), ("--mouse", "42 projects"), ("--plain", "At: home")] {
            // A shell that has a trap waits for the program, and one that ignores the signal has the program ignore it.
            let line = format!("{before}; \"$OUTFLOW\" {arguments}; echo $? >code");
            let Some(tmux) = Tmux::start(&line) else { return };
            tmux.wait_for(shows, |tmux| tmux.text().contains(shows));
            let program = tmux.program();
            let Ended { after, computed } = processes::end_by(program, || drop(tmux.ask(&["kill-server"])));
            let code =
                wait_for("the code", || fs::read_to_string(tmux.path("code")).ok().filter(|code| !code.is_empty()));
            assert_eq!(code, "129\n", "{before} {arguments}");
            eprintln!("{before} {arguments}: gone after {after:?}, {computed:?} of the processor");
            assert!(after < Duration::from_secs(1), "{before} {arguments}: {after:?}");
            assert!(computed < Duration::from_millis(50), "{before} {arguments}: {computed:?} of the processor");
        }
    }
}

#[test]
fn one_that_is_stopped_is_gone_with_the_server_too() {
    for (arguments, shows) in [("", "42 projects"), ("--plain", "At: home")] {
        let Some(tmux) = Tmux::shell() else { return };
        tmux.type_line(&format!("clear; \"$OUTFLOW\" {arguments}"));
        tmux.wait_for(shows, |tmux| tmux.text().contains(shows));
        let program = tmux.program();
        tmux.press(&["C-z"]);
        tmux.wait_for("the shell", |tmux| tmux.text().contains("ready>") && tmux.modes() == OFF);
        let Ended { after, computed } = processes::end_by(program, || drop(tmux.ask(&["kill-server"])));
        eprintln!("stopped, {arguments}: gone after {after:?}, {computed:?} of the processor");
        assert!(after < Duration::from_secs(1), "{arguments}: {after:?}");
        assert!(computed < Duration::from_millis(50), "{arguments}: {computed:?} of the processor");
    }
}
