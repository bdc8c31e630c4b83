//! `outflow` alone: opens the explorer.

use std::borrow::Cow;

use color_eyre::eyre::Report;

use super::Outcome;
use super::arguments::{Arguments, ColourWhen, Global};
use super::printer::{Printer, remark};
use crate::explorer::faulty::Faulty;
use crate::explorer::lock::Lock;
use crate::explorer::message::Ended;
use crate::explorer::settings::{Mouse, Settings};
use crate::explorer::theme::{Characters, Colours, Theme};
use crate::explorer::{Opening, explore};
use crate::index::{Index, Request};
use crate::library::{self, Judging, Library, UserNames};
use crate::names::Names;
use crate::report::Clock;

/// What the explorer opens on, and what a person brings to it.
pub(super) struct Opened {
    pub(super) library: Option<Library>,
    pub(super) index: Index,
    pub(super) judging: Judging,
    pub(super) names: Cow<'static, Names>,
    /// What is wrong with the person's own files.
    pub(super) faults: Vec<String>,
    /// How much of the explorer is there.
    pub(super) lock: Lock,
    /// What tells the date.
    pub(super) clock: Clock,
}

impl Opened {
    /// Opens the edition by itself: what other editions say of it is worked out later.
    fn of(global: &Global) -> Result<Self, Report> {
        let library = super::library(global).ok();
        let edition = super::open_alone(global)?;
        let (judging, mut faults) = super::judging(global);
        let UserNames { names, faults: of_names } = library::names(global.aliases.as_deref());
        faults.extend(of_names.iter().map(ToString::to_string));
        let (lock, clock) = (Lock::Open, Clock::OfUser);
        Ok(Self { library, index: edition.index, judging, names, faults, lock, clock })
    }
}

/// What the explorer is to open on, if that is said.
pub(super) fn request(arguments: &Arguments) -> Option<Request> {
    arguments.query.as_ref().map(|query| Request {
        query: query.clone(),
        sort: arguments.sort.unwrap_or_default(),
        ..Request::default()
    })
}

pub(super) fn run(global: &Global, arguments: &Arguments, printer: &mut Printer) -> Result<Outcome, Report> {
    let mut opened = Opened::of(global)?;
    if global.plain {
        let faulty = Faulty::named(arguments.test_panic.as_deref());
        return super::dialogue::run(opened, request(arguments), faulty, printer);
    }
    let settings = super::config::settings(global, &mut opened.faults);
    // The remarks are behind the explorer's screen.
    let notice = (!opened.faults.is_empty())
        .then(|| "your own files have faults, and not all is used: see outflow config check".to_owned());
    draw(opened, settings, notice, arguments)
}

/// Draws the explorer until it ends; `notice` is said first.
pub(super) fn draw(
    opened: Opened,
    settings: Settings,
    notice: Option<String>,
    arguments: &Arguments,
) -> Result<Outcome, Report> {
    let Opened { library, index, judging, names, faults, lock, clock } = opened;
    for fault in &faults {
        remark(fault);
    }
    let theme = theme(&arguments.global, arguments.theme.as_deref(), &settings);
    let mouse = if arguments.mouse { Mouse::Heard } else { settings.mouse };
    let (request, keys, names) = (request(arguments), settings.keys, Some(names));
    let faulty = Faulty::named(arguments.test_panic.as_deref());
    let opening = Opening { request, keys, notice, mouse, names, faulty, lock, clock };
    match explore(index, library, judging, opening, theme)? {
        Ended::Quit => Ok(Outcome::Done),
        Ended::Signal(signal) => Ok(Outcome::Code(super::signalled(signal))),
        Ended::Fault => Ok(Outcome::Code(super::FAILED)),
    }
}

/// How things look: what is said for this once goes before what the terminal's environment says, and that before the file.
fn theme(global: &Global, named: Option<&str>, settings: &Settings) -> Theme {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let named = named.and_then(Colours::named);
    let colours = match (global.color, named) {
        (ColourWhen::Never, _) => Colours::None,
        (_, Some(named)) => named,
        (ColourWhen::Auto, None) if is_set("NO_COLOR") => Colours::None,
        (ColourWhen::Auto | ColourWhen::Always, None) => settings.colours.unwrap_or(Colours::Sixteen),
    };
    let characters = match settings.characters {
        Some(set) if !global.ascii => set,
        _ => characters(global),
    };
    Theme { colours, characters }
}

/// Which characters the terminal has, as far as it says.
pub(super) fn characters(global: &Global) -> Characters {
    let is_ascii = global.ascii || std::env::var_os("TERM").is_some_and(|term| term == "linux") || !is_utf8();
    if is_ascii { Characters::Ascii } else { Characters::Unicode }
}

/// Whether the locale says UTF-8: the first of these variables that is set decides.
fn is_utf8() -> bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"];
    let locale = names.iter().filter_map(std::env::var_os).find(|value| !value.is_empty());
    locale.is_some_and(|locale| {
        let locale = locale.to_string_lossy().to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}
