//! The manual pages and the completions of shells, as the program prints them, held to the command line that it has, and read by
//! the programs that they are for where these are installed.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::program::outflow_of as outflow;
use outflow::cli;
use outflow::concerns::RuleId;
use outflow::explorer::actions::ACTIONS;
use outflow::index::query_fields;

fn printed(arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let ran = outflow(folder.path(), arguments);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{arguments:?}");
    ran.stdout
}

/// A page without the signs of its form, one space for each gap.
fn plain(page: &str) -> String {
    let bare = page.replace("\\fB", "").replace("\\fR", "").replace("\\fI", "").replace("\\-", "-");
    bare.replace("\\*(Aq", "'").replace("\\&", "").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn commands() -> Vec<String> {
    let program = cli::definition();
    let shown = program.get_subcommands().filter(|command| !command.is_hide_set());
    shown.map(|command| command.get_name().to_owned()).collect()
}

/// Whether a program is installed; says so where it is not.
fn is_there(name: &str) -> bool {
    let found = std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()));
    if !found {
        eprintln!("{name} is not installed: skipped");
    }
    found
}

/// What a program prints, which must end well and complain of nothing.
fn said(name: &str, arguments: &[&str], folder: &Path) -> String {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).env_clear();
    command.env("PATH", std::env::var_os("PATH").unwrap()).env("HOME", folder).env("LC_ALL", "C.UTF-8");
    let output = command.env("TERM", "dumb").output().unwrap();
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && complaints.is_empty(), "{name} {arguments:?}: {complaints}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_page_of_the_program_names_every_command_option_field_key_and_variable() {
    let page = plain(&printed(&["man"]));
    for command in commands() {
        assert!(page.contains(&format!("outflow-{command}(1)")), "{command}");
    }
    for action in &ACTIONS {
        assert!(page.contains(&plain(action.help)), "{}", action.name);
    }
    for field in query_fields() {
        assert!(page.contains(&format!("{}:", field.name)) && page.contains(field.asks), "{}", field.name);
    }
    for option in cli::definition().get_arguments().filter(|option| !option.is_hide_set()) {
        assert!(page.contains(&format!("--{}", option.get_long().unwrap())), "{}", option.get_id());
        if let Some(variable) = option.get_env() {
            assert!(page.contains(variable.to_str().unwrap()), "{variable:?}");
        }
    }
    for section in ["SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "FILES", "EXIT STATUS", "EXAMPLES"] {
        assert!(page.contains(section), "{section}");
    }
    assert!(!page.contains("read-file") && !page.contains("test-panic"), "what is for the program itself is described");
}

#[test]
fn every_command_has_a_page_with_its_arguments() {
    let program = cli::definition();
    for name in commands() {
        let page = plain(&printed(&["man", &name]));
        assert!(page.contains(&format!("outflow {name}")), "{name}");
        for option in program.find_subcommand(&name).unwrap().get_arguments().filter(|option| !option.is_hide_set()) {
            let about = plain(&option.get_help().unwrap().to_string());
            assert!(page.contains(&about), "{name} {about}\n{page}");
        }
    }
}

#[test]
fn a_page_of_a_command_that_there_is_not_is_refused_with_those_that_there_are() {
    let folder = tempfile::tempdir().unwrap();
    for wrong in ["nothing", "read-file"] {
        let ran = outflow(folder.path(), &["man", wrong]);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains("there are import, search"), "{}", ran.stderr);
        assert!(!ran.stderr.contains("read-file,"), "{}", ran.stderr);
    }
    for arguments in [&["man", "--json"][..], &["completions", "fish", "--json"]] {
        let ran = outflow(folder.path(), arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
        assert!(ran.stderr.contains("leave --json out"), "{}", ran.stderr);
    }
    assert_eq!(outflow(folder.path(), &["completions", "tcsh"]).code, 2);
}

#[test]
fn the_typesetter_reads_every_page_without_a_warning() {
    if !is_there("groff") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let pages =
        [vec!["man".to_owned()]].into_iter().chain(commands().into_iter().map(|name| vec!["man".to_owned(), name]));
    for arguments in pages {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        fs::write(folder.path().join("page"), printed(&arguments)).unwrap();
        let set = said("groff", &["-man", "-ww", "-Tutf8", "-P-cbou", "page"], folder.path());
        assert!(set.contains("NAME") && set.contains("--library"), "{arguments:?}\n{set}");
    }
}

#[test]
fn bash_completes_commands_options_and_rules() {
    if !is_there("bash") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("outflow.bash"), printed(&["completions", "bash"])).unwrap();
    let complete = |words: &[&str]| {
        let [.., before, last] = words else { panic!("{words:?}") };
        let script = format!(
            "source outflow.bash; COMP_WORDS=({}); COMP_CWORD={}; _outflow outflow {last} {before}; echo \"${{COMPREPLY[@]}}\"",
            words.join(" "),
            words.len() - 1,
        );
        said("bash", &["--norc", "--noprofile", "-c", &script], folder.path()).trim().to_owned()
    };
    assert_eq!(complete(&["outflow", "sear"]), "search searches");
    assert_eq!(complete(&["outflow", "search", "--fac"]), "--facets");
    assert_eq!(complete(&["outflow", "search", "--sort", "new"]), "newest");
    assert_eq!(complete(&["outflow", "concerns", "mixed"]), RuleId::MixedOptOuts.as_str());
    assert_eq!(complete(&["outflow", "dismiss", "NIC-1", "page-"]), RuleId::PageFlag.as_str());
    assert_eq!(complete(&["outflow", "read-f"]), "");
}

#[test]
fn fish_completes_commands_and_options_with_what_they_are_for() {
    if !is_there("fish") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("outflow.fish"), printed(&["completions", "fish"])).unwrap();
    let complete = |line: &str| {
        said("fish", &["--no-config", "-c", &format!("source outflow.fish; complete -C '{line}'")], folder.path())
    };
    let commands = complete("outflow sear");
    assert!(commands.starts_with("search\tList the projects that match\nsearches\t"), "{commands}");
    assert!(complete("outflow search --fac").starts_with("--facets\t"));
    assert!(complete("outflow export --format h").starts_with("html"));
    assert_eq!(complete("outflow read-f"), "");
}

#[test]
fn zsh_reads_its_completions_and_takes_them_for_the_program() {
    if !is_there("zsh") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("_outflow"), printed(&["completions", "zsh"])).unwrap();
    let script = "fpath=($PWD $fpath); autoload -U compinit; compinit -u -d $PWD/dump; print ${_comps[outflow]}; \
                  autoload +X _outflow; print ${+functions[_outflow]}";
    assert_eq!(said("zsh", &["-f", "-c", script], folder.path()), "_outflow\n1\n");
}
