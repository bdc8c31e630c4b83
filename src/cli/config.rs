//! `outflow config`: the user's own files: where they are looked for, what is in force, and what is wrong with them.

use std::path::Path;

use clap::{Args, ValueEnum};
use color_eyre::eyre::Report;
use serde::Serialize;

use super::Outcome;
use super::arguments::Global;
use super::printer::{Printer, Role, remark};
use crate::explorer::settings::{FILE, Mouse, Settings};
use crate::explorer::theme::{Characters, Colours};
use crate::library::{ALIASES, AUDITS, SETTINGS, find_user_file, names, place_of_user_file};

/// Arguments of `config`.
#[derive(Debug, Args)]
pub(super) struct Config {
    /// What to do
    #[arg(value_name = "WHAT", default_value = "show")]
    pub(super) what: ConfigTask,
}

/// What `config` does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ConfigTask {
    /// Show where your own files are looked for, and what is in force.
    Show,
    /// List all that is wrong with them; exit code 2 where something is.
    Check,
    /// Print a config.toml with everything that it can hold.
    Example,
}

/// Width of the column of labels.
const LABEL: usize = 16;

#[derive(Debug, Serialize)]
struct ConfigReport {
    files: Vec<FileReport>,
    theme: &'static str,
    characters: Option<&'static str>,
    mouse: bool,
    keys: Vec<KeyReport>,
    faults: Vec<String>,
}

#[derive(Debug, Serialize)]
struct FileReport {
    name: &'static str,
    about: &'static str,
    path: Option<String>,
    exists: bool,
}

#[derive(Debug, Serialize)]
struct KeyReport {
    action: &'static str,
    keys: String,
    programs: String,
}

pub(super) fn run(global: &Global, asked: &Config, printer: &mut Printer) -> Result<Outcome, Report> {
    if asked.what == ConfigTask::Example {
        for line in Settings::example().lines() {
            printer.line(line)?;
        }
        return Ok(Outcome::Done);
    }
    let (_, mut faults) = super::judging(global);
    faults.extend(names(global.aliases.as_deref()).faults.iter().map(ToString::to_string));
    let settings = settings(global, &mut faults);
    let keys = settings.changed_keys().into_iter();
    let keys = keys.map(|(action, keys, programs)| KeyReport { action, keys, programs });
    let report = ConfigReport {
        files: files(global),
        theme: settings.colours.unwrap_or(Colours::Sixteen).name(),
        characters: settings.characters.map(|characters| match characters {
            Characters::Unicode => "unicode",
            Characters::Ascii => "ascii",
        }),
        mouse: settings.mouse == Mouse::Heard,
        keys: keys.collect(),
        faults,
    };
    match (global.json, asked.what) {
        (true, _) => printer.json(&report)?,
        (_, ConfigTask::Check) if report.faults.is_empty() => printer.line("Nothing is wrong with your own files.")?,
        (_, ConfigTask::Check) => {}
        _ => show(&report, printer)?,
    }
    if !global.json {
        for fault in &report.faults {
            remark(fault);
        }
    }
    let is_wrong = asked.what == ConfigTask::Check && !report.faults.is_empty();
    Ok(if is_wrong { Outcome::Code(super::FAILED) } else { Outcome::Done })
}

/// The user's settings of the explorer, with what is wrong with them behind what is wrong elsewhere.
pub(super) fn settings(global: &Global, faults: &mut Vec<String>) -> Settings {
    match find_user_file(global.config.as_deref(), FILE) {
        Ok(None) => Settings::default(),
        Ok(Some(file)) => {
            let (settings, found) = Settings::read(&file.text);
            let is_sound = found.is_empty();
            faults.extend(found.into_iter().map(|fault| file.fault(fault).to_string()));
            if !is_sound {
                faults.push("what these lines of your settings say is not in force; the rest is".to_owned());
            }
            settings
        }
        Err(fault) => {
            faults.push(fault.to_string());
            faults.push("your settings of the explorer were not used".to_owned());
            Settings::default()
        }
    }
}

/// All files that a user can write, where they are looked for.
fn files(global: &Global) -> Vec<FileReport> {
    let file = |name, about, named: Option<&Path>| {
        let path = place_of_user_file(named, name);
        let exists = path.as_deref().is_some_and(Path::exists);
        FileReport { name, about, path: path.map(|path| path.display().to_string()), exists }
    };
    vec![
        file(FILE, "the explorer's keys and colours", global.config.as_deref()),
        file(SETTINGS, "settings of the rules", global.concern_settings.as_deref()),
        file(ALIASES, "names that are one", global.aliases.as_deref()),
        file(AUDITS, "audit findings", global.audits.as_deref()),
    ]
}

fn show(report: &ConfigReport, printer: &mut Printer) -> Result<(), Report> {
    printer.line_as(Role::Strong, "Your own files")?;
    for file in &report.files {
        let path = file.path.as_deref().unwrap_or("nowhere: there is no home folder");
        let standing = if file.exists { "" } else { " (not there)" };
        printer.labelled(file.name, LABEL, &format!("{path}{standing}: {}", file.about))?;
    }
    printer.line("")?;
    printer.line_as(Role::Strong, "Theme")?;
    printer.labelled("name", LABEL, report.theme)?;
    printer.labelled("characters", LABEL, report.characters.unwrap_or("as the terminal says"))?;
    printer.labelled("mouse", LABEL, if report.mouse { "listened to" } else { "left to the terminal" })?;
    printer.line("")?;
    printer.line_as(Role::Strong, "Keys")?;
    if report.keys.is_empty() {
        printer.line("Those of the program; outflow keys lists them.")?;
    }
    for key in &report.keys {
        let keys = if key.keys.is_empty() { "none" } else { &key.keys };
        printer.labelled(key.action, LABEL, &format!("{keys} (the program's: {})", key.programs))?;
    }
    Ok(())
}
