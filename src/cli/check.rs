//! `outflow check`: is the library whole, and can a person's own files be read?

use std::path::Path;
use std::time::{Duration, Instant};

use clap::Args;
use color_eyre::eyre::Report;
use indicatif::{DecimalBytes, ProgressBar};
use serde::Serialize;

use super::arguments::Global;
use super::interruption::Watch;
use super::printer::{Printer, Role};
use super::{Outcome, bar, config};
use crate::explorer::settings::FILE;
use crate::library::{
    Checked, Flaw, Leftover, Library, LibraryError, Looking, LookingAt, Named, OwnFile, Remedy, SAMPLE, Unfinished,
    own_files, place_of_user_file,
};
use crate::report::counted;

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Only these editions [default: all]
    #[arg(value_name = "EDITION")]
    pub(super) editions: Vec<String>,
}

/// How long a check may take before a bar tells how far it is.
const UNTOLD: Duration = Duration::from_millis(500);

/// What is said of an edition that could not be looked at because an import or a removal took it away.
const REMOVED: &str = "it was removed meanwhile";

#[derive(Debug, Serialize)]
struct CheckReport {
    library: String,
    whole: bool,
    /// What is wrong with the library beside its editions.
    faults: Vec<FaultReport>,
    editions: Vec<EditionReport>,
    /// Absent where nobody has files of their own: in locked mode.
    own: Option<OwnReport>,
    leftovers: Vec<LeftoverReport>,
}

#[derive(Debug, Serialize)]
struct EditionReport {
    edition: String,
    whole: bool,
    sources: usize,
    files: usize,
    without_sums: usize,
    bytes: u64,
    projects: usize,
    versions: usize,
    concerns: usize,
    faults: Vec<FaultReport>,
    advice: Option<String>,
}

#[derive(Debug, Serialize)]
struct FaultReport {
    file: Option<String>,
    message: String,
}

#[derive(Debug, Serialize)]
struct OwnReport {
    whole: bool,
    files: Vec<String>,
    faults: Vec<FaultReport>,
}

#[derive(Debug, Serialize)]
struct LeftoverReport {
    file: String,
    message: &'static str,
}

/// Whose files are looked at beside the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Those of the person who asks, too.
    WithOwn,
    /// None: in locked mode nobody has any.
    LibraryAlone,
}

pub(super) fn run(global: &Global, asked: &Check, reach: Reach, printer: &mut Printer) -> Result<Outcome, Report> {
    let library = super::library(global)?;
    let names = match (asked.editions.as_slice(), &global.edition) {
        ([], None) => Asked::All(library.names_to_check()?),
        ([], Some(one)) => Asked::Named(vec![one.clone()]),
        (some, one) => Asked::Named(some.iter().chain(one).cloned().collect()),
    };
    let editions = look(&library, &names);
    let own = (reach == Reach::WithOwn).then(|| OwnReport::new(global));
    let is_whole = editions.iter().all(|edition| edition.whole) && own.as_ref().is_none_or(|own| own.whole);
    let faults: Vec<FaultReport> = library.check_choice().iter().map(FaultReport::new).collect();
    let is_whole = is_whole && faults.is_empty();
    let leftovers = library.leftovers().iter().map(LeftoverReport::new).collect();
    let library = library.root().display().to_string();
    let report = CheckReport { library, whole: is_whole, faults, editions, own, leftovers };
    if global.json {
        printer.json(&report)?;
    } else {
        report.print(printer)?;
    }
    Ok(match (report.whole, report.editions.is_empty()) {
        (false, _) => Outcome::Code(super::FAILED),
        (true, true) => Outcome::Nothing,
        (true, false) => Outcome::Done,
    })
}

/// Which editions are looked at.
enum Asked {
    /// All that there are.
    All(Vec<String>),
    /// Those that were named.
    Named(Vec<String>),
}

fn look(library: &Library, asked: &Asked) -> Vec<EditionReport> {
    let (Asked::All(names) | Asked::Named(names)) = asked;
    let begun = Instant::now();
    let mut shown: Option<Shown> = None;
    let mut editions = Vec::new();
    for name in names {
        if name == SAMPLE {
            editions.push(EditionReport::of_sample());
            continue;
        }
        let checked = library.check(name, &mut |looking| {
            if shown.is_none() && begun.elapsed() >= UNTOLD {
                shown = Shown::new().ok();
            }
            if let Some(shown) = &shown {
                shown.tell(looking);
            }
        });
        match (checked, asked) {
            (Ok(Some(checked)), _) => editions.push(EditionReport::new(library, checked)),
            (Ok(None) | Err(LibraryError::NoEdition { .. }), Asked::All(_)) => {}
            (Ok(None), Asked::Named(_)) => editions.push(EditionReport::absent(name, REMOVED.to_owned())),
            (Err(error), _) => editions.push(EditionReport::absent(name, error.to_string())),
        }
    }
    if let Some(shown) = shown {
        shown.watch.hold();
    }
    editions
}

/// The bar of a check that takes its time, with the watch that clears it where a signal ends the program.
struct Shown {
    bar: ProgressBar,
    watch: Watch,
    _clearing: bar::Clearing,
}

impl Shown {
    fn new() -> std::io::Result<Self> {
        let bar = bar::on_stderr();
        let watch = Watch::start(Unfinished::default(), bar.clone())?;
        Ok(Self { watch, _clearing: bar::Clearing(bar.clone()), bar })
    }

    fn tell(&self, looking: Looking<'_>) {
        let Looking { slug, at, done, total } = looking;
        let message = match at {
            LookingAt::Files => format!("checking {slug}: {} of {}", DecimalBytes(done), DecimalBytes(total)),
            LookingAt::Projects => format!("checking {slug}: reading project {done} of {total}"),
        };
        self.bar.set_position(done);
        bar::tell(&self.bar, total, &message);
    }
}

impl FaultReport {
    fn new(flaw: &Flaw) -> Self {
        let file = flaw.file.display().to_string();
        Self { message: format!("{file}: {}", flaw.what), file: Some(file) }
    }
}

impl EditionReport {
    fn new(library: &Library, checked: Checked) -> Self {
        let advice = checked.remedy.as_ref().map(|remedy| advice(library, &checked.slug, remedy));
        let extent = checked.extent;
        let faults: Vec<FaultReport> = checked.flaws.iter().map(FaultReport::new).collect();
        Self {
            edition: checked.slug,
            whole: faults.is_empty(),
            sources: extent.sources,
            files: extent.summed + extent.unsummed,
            without_sums: extent.unsummed,
            bytes: extent.bytes,
            projects: extent.projects,
            versions: extent.versions,
            concerns: extent.concerns,
            faults,
            advice,
        }
    }

    fn absent(name: &str, message: String) -> Self {
        let faults = vec![FaultReport { file: None, message }];
        Self { edition: name.to_owned(), whole: false, faults, ..Self::of_sample() }
    }

    /// The sample has no file: it is a part of the program.
    fn of_sample() -> Self {
        Self {
            edition: SAMPLE.to_owned(),
            whole: true,
            sources: 0,
            files: 0,
            without_sums: 0,
            bytes: 0,
            projects: 0,
            versions: 0,
            concerns: 0,
            faults: Vec::new(),
            advice: None,
        }
    }

    fn print(&self, printer: &mut Printer) -> std::io::Result<()> {
        if !self.whole {
            printer.line_as(Role::Strong, &format!("{}: not whole", self.edition))?;
            for fault in &self.faults {
                printer.block(2, &fault.message)?;
            }
            return self.advice.iter().try_for_each(|advice| printer.block(2, advice));
        }
        if self.edition == SAMPLE {
            return printer.line(&format!("{SAMPLE}: a part of the program; no file of it is in the library"));
        }
        let number = |count: usize, one: &str, many: &str| counted(count as u64, one, many);
        printer.block(
            0,
            &format!(
                "{}: whole: {} by SHA-256, {}, {}; {}, {} and {} read",
                self.edition,
                number(self.sources, "published file", "published files"),
                match self.without_sums {
                    0 => format!("{} by sum", number(self.files, "other file", "other files")),
                    without => number(without, "other file", "other files"),
                },
                DecimalBytes(self.bytes),
                number(self.projects, "project", "projects"),
                number(self.versions, "version", "versions"),
                number(self.concerns, "concern", "concerns"),
            ),
        )?;
        if self.without_sums > 0 {
            printer.block(
                2,
                "An older program imported it and wrote no sums: its postings were held to the sums that they carry, and \
                 of the other files was seen that they can be read. Imported anew, it has sums.",
            )?;
        }
        Ok(())
    }
}

/// What to do about an edition that is not whole.
fn advice(library: &Library, slug: &str, remedy: &Remedy) -> String {
    let import = format!("outflow --library {} import --edition {slug}", quoted(library.root()));
    match remedy {
        Remedy::ImportAgain(kept) => {
            format!("What was published is kept as it was imported. To mend it: {import} {}", quoted(kept))
        }
        Remedy::Replace(names) => format!(
            "To mend it, download {} from the publisher again, and import all files of the edition anew: {import} FILE...",
            names.join(", ")
        ),
        Remedy::AskOwner(owner) => {
            format!("Ask its owner, user {owner}, to let others read it with chmod -R a+rX, and check again")
        }
        Remedy::ImportElsewhere => {
            format!(
                "Nothing of it says what was imported. To mend it, import its published files anew: {import} FILE..."
            )
        }
    }
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let written = path.display().to_string();
    let is_plain = |letter: char| letter.is_alphanumeric() || "/._-+,:@%=".contains(letter);
    if written.chars().all(is_plain) { written } else { format!("'{}'", written.replace('\'', "'\\''")) }
}

impl OwnReport {
    fn new(global: &Global) -> Self {
        let named = Named {
            audits: global.audits.as_deref(),
            settings: global.concern_settings.as_deref(),
            own: global.own.as_deref(),
        };
        let mut looked = own_files(named, global.aliases.as_deref());
        looked.extend(settings(global));
        let of = |own: &OwnFile| {
            let file = own.file.display().to_string();
            let faults = own.faults.clone().into_iter();
            faults.map(move |message| FaultReport { file: Some(file.clone()), message }).collect::<Vec<_>>()
        };
        let faults: Vec<FaultReport> = looked.iter().flat_map(of).collect();
        let files = looked.iter().map(|own| own.file.display().to_string()).collect();
        Self { whole: faults.is_empty(), files, faults }
    }

    fn print(&self, printer: &mut Printer) -> std::io::Result<()> {
        if self.whole {
            return printer.line(&match self.files.len() {
                0 => "your own files: there are none".to_owned(),
                files => format!(
                    "your own files: {} read, and nothing is wrong with them",
                    counted(files as u64, "file", "files")
                ),
            });
        }
        printer.line_as(Role::Strong, "your own files: not all can be used")?;
        self.faults.iter().try_for_each(|fault| printer.block(2, &fault.message))
    }
}

/// The explorer's settings, where there are some.
fn settings(global: &Global) -> Option<OwnFile> {
    let file = place_of_user_file(global.config.as_deref(), FILE)?;
    let mut faults = Vec::new();
    config::settings(global, &mut faults);
    (file.exists() || !faults.is_empty()).then_some(OwnFile { file, faults })
}

impl LeftoverReport {
    fn new(leftover: &Leftover) -> Self {
        let (file, message) = match leftover {
            Leftover::OfImport(file) => (file, "left by an import that was killed; the next import clears it"),
            Leftover::OfSomeImport(file) => {
                (file, "of an import that is at work, or left by one that was killed; the next import clears it then")
            }
            Leftover::Generation(file) => {
                (file, "left by an import that was killed; the next import of the same edition clears it")
            }
            Leftover::OfRemoval(file) => {
                (file, "left by a removal of an edition that was killed; nothing needs it, and you can delete it")
            }
        };
        Self { file: file.display().to_string(), message }
    }
}

impl CheckReport {
    fn print(&self, printer: &mut Printer) -> std::io::Result<()> {
        if self.editions.is_empty() {
            printer.line(&format!("No edition has been imported into {}: there is nothing to check", self.library))?;
        }
        for fault in &self.faults {
            printer.block(
                0,
                &format!("{}. Choose anew which edition opens: outflow editions --use NAME", fault.message),
            )?;
        }
        self.editions.iter().try_for_each(|edition| edition.print(printer))?;
        if let Some(own) = &self.own {
            own.print(printer)?;
        }
        for leftover in &self.leftovers {
            printer.block(0, &format!("{}: {}", leftover.file, leftover.message))?;
        }
        Ok(())
    }
}
