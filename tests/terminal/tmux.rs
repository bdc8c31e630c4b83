//! The real binary in a shell in tmux: suspended and let go on, and gone with the server.

use std::fs;

use crate::support::processes;
use crate::support::processes::{KINDS, wait_for};
use crate::support::tmux::Tmux;

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
        for (arguments, shows) in KINDS {
            // A shell that has a trap waits for the program, and one that ignores the signal has the program ignore it.
            let line = format!("{before}; \"$OUTFLOW\" {arguments}; echo $? >code");
            let Some(tmux) = Tmux::start(&line) else { return };
            tmux.wait_for(shows, |tmux| tmux.text().contains(shows));
            let program = tmux.program();
            let ended = processes::end_by(program, || drop(tmux.ask(&["kill-server"])));
            let code =
                wait_for("the code", || fs::read_to_string(tmux.path("code")).ok().filter(|code| !code.is_empty()));
            assert_eq!(code, "129\n", "{before} {arguments}");
            ended.is_soon(&format!("{before} {arguments}"));
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
        processes::end_by(program, || drop(tmux.ask(&["kill-server"]))).is_soon(&format!("stopped, {arguments}"));
    }
}
