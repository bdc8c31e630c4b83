//! A dossier: projects with all that is said of them, to be read, printed and quoted away from the program. Every quotation is
//! followed by its citation, every concern by its evidence and by what it does not prove, and a note says how it was made.

mod chart;
mod entry;
mod flat;
mod html;
mod markdown;
mod proof;
mod summary;
mod table;

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::json::{self, Layout};
use super::{CREDIT, ChangedReport, SUMMARY_NOTICE, query_shown};
use crate::index::{Header, Index, IndexError, LastWord, Marker, ProjectId};
use crate::register::{Date, Wording};

pub use entry::{Entry, QuoteReport};
pub use flat::{FlatConcern, FlatProject};
pub use summary::{MonthReport, Summary};

/// In which form it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text with mark-up, for notes and websites.
    Markdown,
    /// One page that needs nothing beside it, for reading and printing.
    Html,
    /// A table with a row for each project, for spreadsheets.
    Csv,
    /// One value, for programs.
    Json,
    /// A value for each project, each on its line.
    Ndjson,
    /// The same, each value a flat document for a search engine: its texts whole and once, and nothing quoted.
    Flat,
}

/// Which words of the entries are quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quoted {
    /// The sections of the latest version, whole.
    Whole,
    /// The passages that hold most of the query; the sections whole where a query has no words.
    Matching,
    /// None.
    None,
}

/// What a dossier is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The query that found the projects, as it can be opened again.
    pub query: &'a str,
    /// The projects, in their order.
    pub projects: &'a [ProjectId],
    /// How many the query finds: more than these, where only the first are wanted.
    pub found: usize,
    /// What is quoted.
    pub quoted: Quoted,
    /// The date of today, if it is known.
    pub accessed: Option<Date>,
}

/// What stands before the projects.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
    /// What it is of.
    pub title: String,
    /// The program that made it.
    pub program: String,
    /// When.
    pub accessed: Option<Date>,
    /// The query, as it can be opened again.
    pub query: String,
    /// How many projects it finds: more than there are here, where only the first were wanted.
    pub found: usize,
    /// The name of the edition here.
    pub edition: String,
    /// The title under which it was published.
    pub edition_title: Option<String>,
    /// Its month, where it is known.
    pub edition_date: Option<Date>,
    /// Whose words the sections are.
    pub wording: Wording,
    /// What is said beside every text of an edition that holds summaries.
    pub notice: Option<&'static str>,
    /// The published files that the edition was read from.
    pub sources: Vec<FileReport>,
    /// Lists of the user's own that evidence is quoted from: not the register's words.
    pub own_lists: Vec<FileReport>,
    /// The user's own settings by which concerns were found, where they differ from the program's.
    pub own_settings: Vec<ChangedReport>,
    /// The projects in figures.
    pub summary: Summary,
    /// How it was made, and how it is to be read.
    pub method: Vec<String>,
    /// The credit that the register's licence asks for.
    pub credit: &'static str,
}

/// A published file.
#[derive(Debug, Clone, Serialize)]
pub struct FileReport {
    /// Its name.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// Why a dossier was not written to its end.
#[derive(Debug, thiserror::Error)]
pub enum DossierError {
    /// The edition cannot be read.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// It cannot be written.
    #[error("the dossier cannot be written ({0})")]
    Write(#[from] io::Error),
    /// The file cannot be saved.
    #[error(transparent)]
    Save(#[from] super::saving::SaveError),
    /// The name of the file tells no form.
    #[error("a file that ends in .{end} tells no form: end it in .md, .html, .csv, .json or .ndjson")]
    Unknown {
        /// How it ends.
        end: String,
    },
    /// Nobody wants it any more.
    #[error("the dossier was cancelled")]
    Cancelled,
}

impl Format {
    /// The form that the end of a file's name tells; Markdown where it has none.
    ///
    /// # Errors
    /// [`DossierError::Unknown`] where it tells no form.
    pub fn named(path: &Path) -> Result<Self, DossierError> {
        let end = path.extension().map(|end| end.to_string_lossy().to_lowercase());
        Ok(match end.as_deref() {
            None | Some("md" | "markdown" | "txt") => Self::Markdown,
            Some("html" | "htm") => Self::Html,
            Some("csv") => Self::Csv,
            Some("json") => Self::Json,
            Some("ndjson" | "jsonl") => Self::Ndjson,
            Some(other) => return Err(DossierError::Unknown { end: other.to_owned() }),
        })
    }

    /// The usual end of a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Ndjson | Self::Flat => "ndjson",
        }
    }
}

/// Writes a dossier. One project after another is read and written, so that it may hold a whole register.
///
/// # Errors
/// [`DossierError`].
pub fn write(
    index: &Index,
    asked: &Asked<'_>,
    format: Format,
    out: &mut dyn Write,
    cancelled: &dyn Fn() -> bool,
) -> Result<(), DossierError> {
    let marker = Marker::new(asked.query, LastWord::Whole);
    let entries = asked.projects.iter().filter_map(|id| {
        if cancelled() {
            return Some(Err(DossierError::Cancelled));
        }
        Entry::read(index, *id, asked, &marker).transpose()
    });
    let head =
        || Ok::<_, DossierError>(Head::new(index.header(), asked, Summary::of(index, asked.projects, cancelled)?));
    match format {
        Format::Markdown => markdown::write(out, &head()?, entries),
        Format::Html => html::write(out, &head()?, entries),
        Format::Csv => table::write(out, entries),
        Format::Json => write_json(out, &head()?, entries),
        Format::Ndjson => write_lines(out, entries),
        Format::Flat => write_flat(index, asked, out, cancelled),
    }
}

/// A document for each project, each on its line.
fn write_flat(
    index: &Index,
    asked: &Asked<'_>,
    out: &mut dyn Write,
    cancelled: &dyn Fn() -> bool,
) -> Result<(), DossierError> {
    for id in asked.projects {
        if cancelled() {
            return Err(DossierError::Cancelled);
        }
        let record = index.record(*id)?;
        if let Some(document) = FlatProject::new(index.header(), &record, asked.accessed) {
            json::write(out, &document, Layout::OneLine)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(())
}

/// A value for each project, each on its line.
fn write_lines(
    out: &mut dyn Write,
    entries: impl Iterator<Item = Result<Entry, DossierError>>,
) -> Result<(), DossierError> {
    for entry in entries {
        json::write(out, &entry?, Layout::OneLine)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// One value: what stands before the projects, and they.
fn write_json(
    out: &mut dyn Write,
    head: &Head,
    entries: impl Iterator<Item = Result<Entry, DossierError>>,
) -> Result<(), DossierError> {
    out.write_all(b"{\n\"dossier\": ")?;
    json::write(out, head, Layout::Lines)?;
    out.write_all(b",\n\"projects\": [")?;
    for (number, entry) in entries.enumerate() {
        out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        json::write(out, &entry?, Layout::Lines)?;
    }
    Ok(out.write_all(b"\n]\n}\n")?)
}

impl Head {
    fn new(header: &Header, asked: &Asked<'_>, summary: Summary) -> Self {
        let edition = &header.edition;
        let sources = header.sources.iter().map(|source| (&source.file, &source.sha256));
        let lists = header.lists.iter().map(|list| (&list.file, &list.sha256));
        let file = |(file, sha256): (&String, &String)| FileReport { file: file.clone(), sha256: sha256.clone() };
        let notice = (edition.wording == Wording::Summary).then_some(SUMMARY_NOTICE);
        Self {
            title: title(asked.query),
            program: format!("outflow {}", env!("CARGO_PKG_VERSION")),
            accessed: asked.accessed,
            query: asked.query.to_owned(),
            found: asked.found,
            edition: edition.slug.clone(),
            edition_title: edition.title.clone(),
            edition_date: edition.date,
            wording: edition.wording,
            notice,
            sources: sources.map(file).collect(),
            own_lists: lists.map(file).collect(),
            own_settings: header.settings.iter().cloned().map(ChangedReport::from).collect(),
            method: method(&summary, edition.wording),
            summary,
            credit: CREDIT,
        }
    }

    /// What it is of, from what, and when it was made, a line each.
    fn about(&self) -> Vec<String> {
        let date = self.edition_date.map(|date| format!(", edition {date}")).unwrap_or_default();
        let published = self.edition_title.as_deref().unwrap_or("a data release register");
        let mut about = vec![format!("Register: {published}{date}, here called {}.", self.edition)];
        let accessed = self.accessed.map(|date| format!(" on {date}")).unwrap_or_default();
        about.push(format!("Made with {}{accessed}.", self.program));
        let which = match (self.summary.projects, self.found) {
            (projects, found) if projects < found => format!("the first {projects} of {found}"),
            _ => "those".to_owned(),
        };
        if !self.query.trim().is_empty() || self.summary.projects < self.found {
            about.push(format!("The projects are {which} that this query finds: {}", query_shown(&self.query).trim()));
        }
        about
    }

    /// What the user brought to it, a line each.
    fn own(&self) -> Vec<String> {
        let told = |list: &FileReport| format!("A list of the user's own, and not the register: {}", list.told());
        let lists = self.own_lists.iter().map(told);
        let in_force = |setting: &ChangedReport| format!("A setting of the user's own was in force: {}", setting.key);
        lists.chain(self.own_settings.iter().map(in_force)).collect()
    }
}

impl FileReport {
    /// The file in a line.
    fn told(&self) -> String {
        format!("{}: SHA-256 {}", self.file, self.sha256)
    }
}

fn title(query: &str) -> String {
    if query.trim().is_empty() {
        "All projects of a data release register".to_owned()
    } else {
        format!("Data release register: {}", name_asked(query.trim()).unwrap_or(query.trim()))
    }
}

/// The name that a query asks for and nothing else: of an organisation, also where it is a controller, or of a dataset.
fn name_asked(query: &str) -> Option<&str> {
    let (field, rest) = query.split_once(":=\"")?;
    let (name, rest) = rest.split_once('"')?;
    let is_alone = rest.is_empty() || rest == format!(" OR controller:\"{name}\"");
    (matches!(field, "org" | "organisation" | "dataset") && is_alone && !name.is_empty()).then_some(name)
}

/// How a dossier was made, and how it is to be read.
fn method(summary: &Summary, wording: Wording) -> Vec<String> {
    let read = match wording {
        Wording::Published => "What is said of a project was read from the published files that are named below.",
        Wording::Summary => {
            "This is the sample that comes with the program. Its facts were read from the published files that are named below; \
             the texts of its sections are summaries in the program's words: do not quote them as the register's."
        }
    };
    let mut method = vec![
        format!("{read} The SHA-256 of a file tells whether a copy of it is the same one."),
        "What is quoted of a file stands as published. Control characters are shown as signs, bullets of symbol fonts as a plain bullet, \
         and characters that show nothing or turn the direction of text are left out; the JSON forms keep all of them."
            .to_owned(),
        "A concern is what a rule found in an entry: a fact about what is published, or a question that it raises. It does not \
         say that anybody did wrong. Below each stands what proves it, and what it does not prove. Of rows of one sheet that \
         prove it together, what all of them say stands once."
            .to_owned(),
        "Opt-outs are told as each entry and each row of a file publishes them. Files are counted by the rows of the register's \
         list of releases, or by a page's own count; access inside the publisher's systems is no file."
            .to_owned(),
        "A register tells what was agreed and what was released. What it does not say is not evidence that nothing happened."
            .to_owned(),
    ];
    if summary.concerns.dismissed > 0 {
        method.push(
            "Concerns that whoever made this dossier dismissed are listed with their reason, and not counted."
                .to_owned(),
        );
    }
    method
}
