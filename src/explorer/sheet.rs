//! Lists beside that of projects: home, what changed, the editions of the library, the rules, the saved searches, and the
//! organisations and datasets with what leads on from one of them. They are short enough to be held whole.

mod dataset;
mod grid;
mod home;
mod narrowed;
mod organisation;
mod paths;
mod picture;
mod places;
mod rows;
mod rules;
mod searches;
mod tables;

use crate::changes::{Change, Role, VersionChange};
use crate::concerns::{EditionFinding, RuleId, Severity, rule, weight_in_place};
use crate::index::{ProjectId, Sort};
use crate::library::Listed;

use super::compared::Compared;
use super::document::{Subject, Told};
use super::layout::ROWS_OF_ITEM;
use super::state::{Grid, View};
pub(super) use dataset::of_dataset;
pub(super) use grid::of_grid;
pub(super) use home::{Home, Kind, Named, Saved, Since, of_home, tries};
pub use narrowed::Narrowed;
pub(super) use organisation::of_organisation;
pub(super) use paths::{Paths, leads};
pub(super) use picture::ROWS_OF_BARS;
pub use picture::{Picture, RowOfMonths};
pub(super) use rules::{counted, found, of_rules};
pub(super) use searches::of_searches;
pub(super) use tables::{of_datasets, of_organisations};

/// A list that is held whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// What it is.
    pub heading: String,
    /// What it is called where it led on to something else; empty where the name of its view will do.
    pub name: String,
    /// How its items are laid out.
    pub shape: Shape,
    /// Its items.
    pub items: Vec<SheetItem>,
    /// What it was narrowed by, if it was.
    pub narrowed: Option<Box<Narrowed>>,
    /// Organisations by datasets, where it is that and has no items.
    pub grid: Option<Grid>,
    /// What is said where there are none.
    pub empty: String,
    /// Place of the selected item.
    pub selected: usize,
    /// Place of the first item on the screen.
    pub top: usize,
}

/// What stands for the key that saves a search, or for the command where there are no keys: the list is made where neither is known.
pub(in crate::explorer) const SAVING: &str = "{save-search}";

/// How the items of a list are laid out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shape {
    /// Each on three rows.
    #[default]
    Blocks,
    /// Each on one row: a figure, what it is of, and the first of its lines. Headings and remarks stand between them, which
    /// lead nowhere and are passed over.
    Rows,
    /// The same, its headings with what stands below them in two columns where a wide screen holds them whole.
    Parts,
    /// Each on one row: its figures under these names, and what they are of. The names stay where they are while the rows
    /// are scrolled, and those are left out for which there is no room.
    Table(&'static [&'static str]),
}

/// An item: three lines of text, and where it leads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetItem {
    /// How many of it there are, where it is one of several figures.
    pub figure: Option<usize>,
    /// What that counts, where its name does not say.
    pub counts: &'static str,
    /// Its figures in a table; none where one is not published.
    pub figures: Vec<Option<u64>>,
    /// How much it weighs, if it is weighed.
    pub weight: Option<Severity>,
    /// Its name.
    pub name: String,
    /// What is said of it, on two lines.
    pub lines: [String; 2],
    /// Where it leads.
    pub leads: Leads,
    /// How its name stands out.
    pub tone: Tone,
    /// What is drawn beside its words.
    pub picture: Picture,
}

/// How the name of an item stands out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// As names do.
    #[default]
    Strong,
    /// Less than the others.
    Quiet,
    /// As headings do.
    Heading,
}

/// Where an item leads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Leads {
    /// Nowhere: it is a heading, or a remark.
    #[default]
    Nowhere,
    /// To the edition as a whole.
    Edition,
    /// To another list, or to the organisation or dataset that it is of.
    View(View),
    /// To a project, by its stem reference.
    Project(ProjectId, String),
    /// To the projects that a query finds, which are those among some that have what a rule looks for.
    Among(RuleId, String),
    /// To the projects that a query finds.
    Query(String),
    /// To a change, told whole.
    Change(Told),
    /// To another edition, by its name.
    OtherEdition(String),
    /// To a rule, and the projects that have it.
    Rule(RuleId),
    /// To what is said of the edition as a whole, by its number.
    Finding(usize),
    /// To a saved search, and the projects that it finds.
    Search {
        /// Its name.
        name: String,
        /// Its query as written.
        query: String,
        /// In which order its projects come.
        sort: Sort,
    },
}

impl Leads {
    /// What is shown of it before one goes there.
    pub fn subject(&self) -> Option<Subject> {
        match self {
            Self::Change(told) => Some(Subject::Change(*told)),
            Self::Rule(rule) | Self::Among(rule, _) => Some(Subject::Rule(*rule)),
            Self::Finding(number) => Some(Subject::Finding(*number)),
            Self::Project(project, _) => Some(Subject::Project(*project)),
            Self::View(view) => view.subject(),
            Self::Nowhere | Self::Edition | Self::Query(_) | Self::OtherEdition(_) | Self::Search { .. } => None,
        }
    }
}

impl Sheet {
    /// The selected item.
    pub fn selected_item(&self) -> Option<&SheetItem> {
        self.items.get(self.selected)
    }

    /// Rows that an item has on the screen.
    pub fn rows_of_item(&self) -> u16 {
        match self.shape {
            Shape::Blocks => ROWS_OF_ITEM,
            Shape::Rows | Shape::Parts | Shape::Table(_) => 1,
        }
    }

    /// Whether it is a long list of names, which can be narrowed.
    pub fn is_of_names(&self) -> bool {
        matches!(self.shape, Shape::Table(_))
    }

    /// Rows above its items that stay where they are.
    pub fn rows_above(&self) -> u16 {
        match self.shape {
            Shape::Blocks | Shape::Rows | Shape::Parts => 0,
            Shape::Table(_) => u16::from(!self.items.is_empty()),
        }
    }

    /// Selects a place, or the nearest beyond it that leads somewhere, and scrolls as little as it takes to show it.
    pub fn select(&mut self, at: usize, visible: usize) {
        let visible = visible.max(1);
        let at = at.min(self.items.len().saturating_sub(1));
        let leads = |at: &usize| self.items.get(*at).is_some_and(|item| item.leads != Leads::Nowhere);
        let mut onward = (at..self.items.len()).filter(leads);
        let mut back = (0..=at).rev().filter(leads);
        let found = if at < self.selected {
            back.next().or_else(|| onward.next())
        } else {
            onward.next().or_else(|| back.next())
        };
        self.selected = found.unwrap_or(at);
        // The headings above it come with it, as far as there is room.
        let above = (0..self.selected).rev().take(visible - 1).take_while(|at| !leads(at)).last();
        let first = above.unwrap_or(self.selected);
        // So does what is said below the last one.
        let is_last = !(self.selected + 1..self.items.len()).any(|at| leads(&at));
        if is_last && self.items.len().saturating_sub(visible) <= first {
            self.top = self.items.len().saturating_sub(visible);
        } else if first < self.top {
            self.top = first;
        } else if self.selected >= self.top + visible {
            self.top = self.selected + 1 - visible;
        }
        self.top = self.top.min(self.items.len().saturating_sub(visible));
    }
}

/// What changed between two editions, as a list: what is said of all that left first, then
/// what many entries share, and then what left, was amended and came, one by one.
pub(super) fn of_changes(compared: &Compared) -> Sheet {
    let Compared { from, to, comparison, .. } = compared;
    let departures = compared.departures.iter().enumerate();
    let mut items: Vec<SheetItem> = departures.map(|(number, finding)| departure_item(number, finding)).collect();
    for (number, change) in comparison.shared.iter().enumerate() {
        let role = match change.role {
            Role::Organisation => "organisation",
            Role::Controller => "controller",
            Role::Dataset => "dataset",
        };
        items.push(SheetItem {
            weight: Some(if change.role == Role::Controller { Severity::High } else { Severity::Medium }),
            name: format!("{} reads {} now", change.before, change.after),
            lines: [
                format!("{role} in {} versions of {} agreements", change.references.len(), change.projects),
                "the same change everywhere, told once".to_owned(),
            ],
            leads: Leads::Change(Told::Shared(number)),
            ..SheetItem::default()
        });
    }
    let mut ordered: Vec<(usize, &VersionChange)> = comparison.changes.iter().enumerate().collect();
    ordered.retain(|(_, change)| !matches!(change.change, Change::TypographyOnly(_)) || !change.files.is_empty());
    ordered.retain(|(_, change)| !change.is_shared_only() || !change.files.is_empty());
    ordered.sort_by_key(|(_, change)| rank(change));
    items.extend(ordered.into_iter().map(|(number, change)| item(number, change, compared)));
    let typography =
        comparison.changes.iter().filter(|change| matches!(change.change, Change::TypographyOnly(_))).count();
    Sheet {
        heading: format!("Changes from {from} to {to}, and {typography} in typography only"),
        items,
        empty: format!("Nothing changed from {from} to {to} but typography."),
        ..Sheet::default()
    }
}

fn rank(change: &VersionChange) -> u8 {
    match change.change {
        Change::Withdrawn | Change::EntryRemoved => 0,
        Change::Amended(_) | Change::Recounted { .. } => 1,
        _ if !change.files.altered.is_empty() => 1,
        Change::Added | Change::EntryAdded => 2,
        Change::FilesOnly | Change::TypographyOnly(_) => 3,
    }
}

fn departure_item(number: usize, finding: &EditionFinding) -> SheetItem {
    let count = finding.references.len();
    let agreements = if count == 1 { "agreement" } else { "agreements" };
    SheetItem {
        weight: Some(Severity::High),
        name: format!("{}: {count} {agreements}", rule(finding.rule).title),
        lines: [finding.statement.clone(), format!("But: {}", finding.caveat)],
        leads: Leads::Change(Told::Departures(number)),
        ..SheetItem::default()
    }
}

fn item(number: usize, change: &VersionChange, compared: &Compared) -> SheetItem {
    let fields: Vec<String> = change.amended().iter().map(|field| field.field.name().to_lowercase()).collect();
    let files = &change.files;
    let mut told = match &change.change {
        Change::Added => vec!["added".to_owned()],
        Change::Withdrawn => vec!["withdrawn".to_owned()],
        Change::EntryAdded => vec!["entry added".to_owned()],
        Change::EntryRemoved => vec!["entry removed".to_owned()],
        Change::Recounted { before, after } => {
            vec![format!("{before} {}, now {after}", if *before == 1 { "entry" } else { "entries" })]
        }
        Change::Amended(_) => vec![format!("amended: {}", fields.join(", "))],
        Change::FilesOnly | Change::TypographyOnly(_) => Vec::new(),
    };
    if change.change != Change::Withdrawn {
        let counts = [
            (files.added.len(), "listed"),
            (files.removed.len(), "no longer listed"),
            (files.altered.len(), "altered"),
            (files.moved.len(), "moved here"),
        ];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        told.extend(
            counts.map(|(count, what)| format!("{count} {} {what}", if count == 1 { "file" } else { "files" })),
        );
    }
    SheetItem {
        weight: match change.change {
            // What an edition of one period does not list, that period did not hold.
            Change::Withdrawn | Change::EntryRemoved => compared.is_cumulative.then_some(Severity::High),
            _ => weight_in_place(change, &compared.comparison.shared),
        },
        name: change.title.clone().unwrap_or_else(|| change.organisation.clone()),
        lines: [format!("{}  {}", change.reference, told.join("; ")), change.organisation.clone()],
        leads: Leads::Change(Told::Version(number)),
        ..SheetItem::default()
    }
}

/// The editions of a library as a list; `open` is the one that is open.
pub(super) fn of_editions(listed: &[Listed], open: &str) -> Sheet {
    let mut items: Vec<SheetItem> = listed.iter().map(|edition| edition_item(edition, open)).collect();
    items.push(SheetItem {
        name: named(crate::library::SAMPLE, open),
        lines: ["built in; its texts are summaries".to_owned(), String::new()],
        leads: Leads::OtherEdition(crate::library::SAMPLE.to_owned()),
        ..SheetItem::default()
    });
    let selected = items.iter().position(|item| item.leads == Leads::OtherEdition(open.to_owned())).unwrap_or_default();
    Sheet { heading: "Editions, newest first".to_owned(), items, selected, ..Sheet::default() }
}

fn edition_item(listed: &Listed, open: &str) -> SheetItem {
    let lines = match &listed.manifest {
        Ok(manifest) => {
            let counts = &manifest.counts;
            let files: Vec<&str> = manifest.sources.iter().map(|source| source.file.as_str()).collect();
            [
                format!("{} projects, {} versions, {} files", counts.projects, counts.versions, counts.files),
                format!("from {}", files.join(", ")),
            ]
        }
        Err(error) => ["cannot be opened".to_owned(), error.to_string()],
    };
    let leads = Leads::OtherEdition(listed.slug.clone());
    SheetItem { name: named(&listed.slug, open), lines, leads, ..SheetItem::default() }
}

fn named(slug: &str, open: &str) -> String {
    if slug == open { format!("{slug} (open)") } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selecting_scrolls_as_little_as_it_takes() {
        let item = |number: usize| SheetItem {
            name: number.to_string(),
            lines: [String::new(), String::new()],
            leads: Leads::Change(Told::Version(number)),
            ..SheetItem::default()
        };
        let mut sheet = Sheet { items: (0..20).map(item).collect(), ..Sheet::default() };
        sheet.select(7, 7);
        assert_eq!((sheet.selected, sheet.top), (7, 1));
        sheet.select(99, 7);
        assert_eq!((sheet.selected, sheet.top), (19, 13));
        sheet.select(0, 7);
        assert_eq!((sheet.selected, sheet.top), (0, 0));
    }
}
