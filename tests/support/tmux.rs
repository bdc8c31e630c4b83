//! A real tmux with the program in it: keys in, a screen out, and what tmux itself knows of both.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use rustix::process::Pid;

use super::processes::wait_for;

/// A server of tmux of its own, with one window of 80 by 24 in which a shell runs.
pub(crate) struct Tmux {
    folder: tempfile::TempDir,
}

impl Tmux {
    /// Starts a server with a command in its window; `None` where there can be none, which is said.
    pub(crate) fn start(command: &str) -> Option<Self> {
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
    pub(crate) fn shell() -> Option<Self> {
        let tmux = Self::start("/bin/sh -i")?;
        tmux.type_line("PS1='ready> '; clear");
        tmux.wait_for("the shell", |tmux| tmux.text().trim() == "ready>");
        Some(tmux)
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("tmux");
        command.env_clear().env("PATH", "/usr/bin:/bin").env("LANG", "C.UTF-8").env("TERM", "xterm-256color");
        command.env("OUTFLOW_LIBRARY", self.path("library")).env("OUTFLOW", env!("CARGO_BIN_EXE_outflow"));
        command.env("HOME", self.folder.path()).env("ENV", "").current_dir(self.folder.path());
        command.arg("-S").arg(self.path("socket")).args(arguments).stdin(Stdio::null());
        command
    }

    pub(crate) fn ask(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn text(&self) -> String {
        self.ask(&["capture-pane", "-p"])
    }

    /// The modes of the terminal: second screen, mouse, cursor.
    pub(crate) fn modes(&self) -> String {
        self.ask(&["display-message", "-p", "#{alternate_on} #{mouse_any_flag} #{cursor_flag}"])
    }

    pub(crate) fn press(&self, keys: &[&str]) {
        self.ask(&[&["send-keys"], keys].concat());
    }

    pub(crate) fn type_line(&self, line: &str) {
        self.ask(&["send-keys", "-l", line]);
        self.press(&["Enter"]);
    }

    pub(crate) fn wait_for(&self, what: &str, condition: impl Fn(&Self) -> bool) {
        wait_for(&format!("{what}; the screen shows:\n{}", self.text()), || condition(self).then_some(()));
    }

    /// Has the shell write down how the terminal is set.
    pub(crate) fn settings(&self, name: &str) -> String {
        self.type_line(&format!("clear; stty -a >part; mv part {name}"));
        wait_for(name, || fs::read_to_string(self.path(name)).ok())
    }

    pub(crate) fn window(&self) -> Pid {
        Pid::from_raw(self.ask(&["list-panes", "-F", "#{pane_pid}"]).parse().unwrap()).unwrap()
    }

    /// The program in the window, below the shell there.
    pub(crate) fn program(&self) -> Pid {
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
