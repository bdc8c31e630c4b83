//! `outflow --locked`: the explorer for an account that strangers log in to, as the `ForceCommand` of an SSH server.
//!
//! All that chooses a file is said by the administrator, on the command line. What the client brings is not asked:
//!
//! | from the client | here |
//! | --- | --- |
//! | the command (`SSH_ORIGINAL_COMMAND`) | never looked at: whatever it is, the explorer opens, or nothing does |
//! | `OUTFLOW_*`, `HOME`, `XDG_*`, `TMPDIR`, the folder one is in | not read: no list, setting, folder or library is chosen by them |
//! | `TZ`, `TZDIR` | not read: dates are in the machine's own time zone |
//! | `PAGER`, `EDITOR`, `SHELL`, `PATH` | not read: nothing is started |
//! | `TERM` | says whether there is a terminal, and one with ASCII alone; no file about it is opened |
//! | `LC_ALL`, `LC_CTYPE`, `LANG`, `NO_COLOR` | say which characters and colours are drawn |
//! | `TMUX`, `SSH_CONNECTION` | that they are there words a notice, and makes Esc wait longer |
//! | `COLUMNS`, `LINES` | not read: the terminal is asked |
//! | `RUST_LOG`, `RUST_BACKTRACE` | no log is written; a fault is told in a sentence, and nothing can be opened for more |

use std::borrow::Cow;
use std::io::{self, IsTerminal};

use color_eyre::eyre::{Report, eyre};

use super::arguments::{Arguments, Command, Global};
use super::explore::{Opened, draw, request};
use super::printer::{Printer, remark};
use super::{Outcome, check, config, dialogue};
use crate::explorer::faulty::Faulty;
use crate::explorer::lock::Lock;
use crate::explorer::settings::Settings;
use crate::library::{self, Judging, Library, LibraryError, UserNames};
use crate::locked::{Kept, Lacking, ThisKernel, lock};
use crate::names::Names;
use crate::report::Clock;

pub(super) fn run(global: &Global, arguments: &Arguments, printer: &mut Printer) -> Result<Outcome, Report> {
    if let Some(Command::Check(asked)) = &arguments.command {
        return look(global, asked, printer);
    }
    let library = Library::at(admitted(global, arguments)?);
    // All that the administrator names is read before the lock, as it may stand anywhere; the library is opened behind it.
    let (judging, mut faults) = Judging::of_files(global.audits.as_deref(), global.concern_settings.as_deref());
    let names = match &global.aliases {
        Some(list) => library::names(Some(list)),
        None => UserNames { names: Cow::Borrowed(Names::built_in()), faults: Vec::new() },
    };
    faults.extend(names.faults.iter().map(ToString::to_string));
    let settings = match &global.config {
        Some(_) => config::settings(global, &mut faults),
        None => Settings::default(),
    };
    let clock = Clock::of_machine();
    let lacking = if global.locking.allow_unsandboxed { Lacking::Allowed } else { Lacking::Refused };
    let kept = lock(&ThisKernel, library.root(), lacking)?;
    let mut notices = Vec::new();
    if let Kept::InPart(missing) = kept {
        notices.push(format!("locked by the list of allowed actions alone: {missing}"));
    }
    if !faults.is_empty() {
        notices.push("the administrator's files have faults, and not all is used".to_owned());
    }
    for notice in &notices {
        remark(notice);
    }
    let index = library.open(global.edition.as_deref()).map_err(under_the_lock)?.index;
    let names = names.names;
    let opened = Opened { library: Some(library), index, judging, names, faults, lock: Lock::Locked, clock };
    if global.plain {
        return dialogue::run(opened, request(arguments), Faulty::default(), printer);
    }
    draw(opened, settings, (!notices.is_empty()).then(|| notices.join("; ")), arguments)
}

/// Looks whether the library is whole, with the same refused as for a stranger: for who sets the account up, and for a timer. No
/// visitor comes here, since what a client asks for is not looked at.
fn look(global: &Global, asked: &check::Check, printer: &mut Printer) -> Result<Outcome, Report> {
    let library = of_administrator(global)?;
    let lacking = if global.locking.allow_unsandboxed { Lacking::Allowed } else { Lacking::Refused };
    if let Kept::InPart(missing) = lock(&ThisKernel, library, lacking)? {
        remark(&format!("locked by the list of allowed actions alone: {missing}"));
    }
    check::run(global, asked, check::Reach::LibraryAlone, printer)
}

/// What could not be opened. Behind the lock it may be the lock that refuses, and whose a file is says nothing then.
fn under_the_lock(error: LibraryError) -> Report {
    match error {
        LibraryError::Forbidden { slug, what, .. } => eyre!(
            "edition \"{slug}\" may not be read under the lock: {what}. All files of the library must be readable for this account, \
             and none of them a link that leads out of it"
        ),
        error => error.into(),
    }
}

/// The library's folder, where the program is called as it must be, and there is a terminal.
fn admitted<'a>(global: &'a Global, arguments: &Arguments) -> Result<&'a std::path::Path, Report> {
    if arguments.command.is_some() {
        return Err(eyre!(
            "with --locked only the explorer opens, and its dialogue with --plain; leave the command out"
        ));
    }
    let library = of_administrator(global)?;
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(eyre!(
            "this account opens the explorer and nothing else, and that needs a terminal; connect without a command, as in ssh ACCOUNT@HOST"
        ));
    }
    Ok(library)
}

/// The library's folder, which the command line names.
fn of_administrator(global: &Global) -> Result<&std::path::Path, Report> {
    if global.own.is_some() {
        return Err(eyre!("with --locked nobody has a folder of their own; leave --own out"));
    }
    let Some(library) = &global.library else {
        return Err(eyre!("--locked reads the library that the command line names; name it with --library DIR"));
    };
    Ok(library)
}
