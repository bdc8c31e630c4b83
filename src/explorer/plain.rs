//! The explorer as a dialogue of plain lines: for screen readers, for scripts and for terminals that only print. It says what
//! one is at, takes a line, and answers by more lines; nothing is ever drawn over.
//!
//! What is said is made of the same lists and texts as the screen shows ([`super::sheet`], [`super::document`]), from the same
//! desk. It belongs to the explorer because of that; the lines are read and written by the command line.

mod command;
mod document;
mod facets;
mod going;
mod pages;
mod project;
mod results;
mod rows;
mod searching;
mod step;

use super::document::Subject;
use super::message::{Answer, Job, Keep};
use super::state::View;
use super::worker::{Desk, work};
use crate::index::{Choice, Header, ProjectId, Request, Sort};
use crate::register::Date;
use crate::report::CREDIT;
use command::{Argument, COMMANDS, Entry, Heard, Standing, Takes, Word, heard};
use pages::Reading;
use project::{Part, Project};
use step::{Listing, Showing, Step, Text};

/// The most steps that one can go back; the oldest are forgotten.
const MOST: usize = 32;

/// Columns for which passages are cut, as on a screen of this width.
const COLUMNS: u16 = 80;

/// What is said to a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// These lines, and then the next one is waited for.
    Said(Vec<String>),
    /// The dialogue has ended.
    Ended,
}

/// What is said, or why it cannot be.
type Said = Result<Vec<String>, String>;

/// A dialogue about an edition.
#[derive(Debug)]
pub struct Dialogue<D> {
    desk: D,
    header: Header,
    today: Option<Date>,
    /// What one is at, below it what one came from.
    steps: Vec<Step>,
}

impl<D: Desk> Dialogue<D> {
    /// A dialogue that has not begun; `today` is for citations.
    pub fn new(desk: D, header: Header, today: Option<Date>) -> Self {
        Self { desk, header, today, steps: Vec::new() }
    }

    /// What is said first: how to use it, and what one is at.
    pub fn begin(&mut self, request: Option<Request>) -> Vec<String> {
        let mut lines = vec![
            "Outflow: type words to find, or a command, and Enter. A number opens what it stands before; help lists the commands for where you are; quit ends.".to_owned(),
            "A line is a command if its first word is one and nothing follows but what that takes; any other line is searched for. search WORDS, or a slash before them, always searches.".to_owned(),
            format!("Credit: {CREDIT}."),
        ];
        let opened = match request {
            Some(request) => self.search(request),
            None => self.sheet(View::Home),
        };
        lines.extend(self.concluded(opened));
        lines
    }

    /// What is said to a line.
    pub fn answer(&mut self, line: &str) -> Reply {
        let said = match heard(line, self.desk.lock()) {
            Heard::Silence => Ok(Vec::new()),
            Heard::Number(number) => self.choose(number),
            Heard::Search(query) => self.search_for(query),
            Heard::Command(Entry { word: Word::Quit, .. }, _) => return Reply::Ended,
            Heard::Command(entry, argument) => self.command(entry, argument),
        };
        Reply::Said(self.concluded(said))
    }

    /// What is said, and at the end what one is at.
    fn concluded(&self, said: Said) -> Vec<String> {
        let mut lines = said.unwrap_or_else(|message| vec![format!("Error: {message}")]);
        lines.extend(self.steps.last().map(|step| format!("At: {}", step.told())));
        lines
    }

    fn standing(&self) -> Standing {
        self.steps.last().map_or(Standing::Sheet, |step| step.showing.standing())
    }

    fn showing(&mut self) -> Option<&mut Showing> {
        self.steps.last_mut().map(|step| &mut step.showing)
    }

    fn command(&mut self, entry: &Entry, argument: Argument<'_>) -> Said {
        let standing = self.standing();
        if !entry.works_at(standing) {
            let name = entry.names[0];
            let places: Vec<&str> = entry.at.iter().map(|place| place.name()).collect();
            let (places, here) = (places.join(" or "), standing.name());
            return Err(format!("{name} is for {places}, and you are at {here}; search {name} looks for the word"));
        }
        match (entry.word, argument) {
            (Word::Search, Argument::Words(query)) => self.search_for(query),
            (Word::Narrow, Argument::Words(text)) => self.narrow(text),
            (Word::SaveSearch, Argument::Words(name)) => self.save_search(name),
            (Word::Open, Argument::Number(number)) => self.choose(number),
            (Word::Exclude, Argument::Number(number)) => self.take(number, Choice::Excluded),
            (Word::Evidence, Argument::Number(number)) => self.evidence(number),
            (Word::Sort, Argument::Order(sort)) => self.sort(sort),
            (word, _) => self.plain_command(word),
        }
    }

    /// A command behind which nothing stands.
    fn plain_command(&mut self, word: Word) -> Said {
        match word {
            Word::More => self.go_on(),
            Word::Again => self.page(),
            Word::Back => Ok(self.back()),
            Word::Home => {
                let lines = self.sheet(View::Home)?;
                self.steps.drain(..self.steps.len().saturating_sub(1));
                Ok(lines)
            }
            Word::Organisations => self.sheet(View::Organisations),
            Word::Datasets => self.sheet(View::Datasets),
            Word::Changes => self.sheet(View::Changes),
            Word::Searches => self.sheet(View::Searches),
            Word::Editions => self.sheet(View::Editions),
            Word::Rules => self.sheet(View::Concerns),
            Word::Concerns if self.standing() != Standing::Project => self.sheet(View::Concerns),
            Word::Unsure if self.standing() == Standing::Rule => self.unsure(),
            Word::Facets => self.facets(),
            Word::Open => self.follow(),
            Word::Language => self.language(),
            Word::Help => Ok(self.help()),
            Word::History => self.aside(Subject::History),
            Word::Files => self.aside(Subject::Files),
            Word::Glossary => self.aside(Subject::Words),
            Word::Sort => Ok(vec![format!("Orders: {}", Sort::ALL.map(Sort::name).join(", "))]),
            Word::Exclude => Err("say which to leave out, by its number: exclude 1".to_owned()),
            word => self.in_project(word),
        }
    }

    /// A command in a project.
    fn in_project(&mut self, word: Word) -> Said {
        let Some(Showing::Project(project)) = self.steps.last_mut().map(|step| &mut step.showing) else {
            return Ok(Vec::new());
        };
        match word {
            Word::Concerns => project.go_to(Part::Concerns),
            Word::Facts => project.go_to(Part::Facts),
            Word::Timeline => project.go_to(Part::Timeline),
            Word::Section(section) => project.go_to(Part::Section(section)),
            Word::Unsure => project.go_to(Part::Untold),
            Word::Evidence => project.all_evidence(),
            Word::Sections => return Ok(project.sections()),
            Word::Cite => return Ok(project.citation(&self.header, self.today)),
            Word::Next if !project.step(true) => return Err("this is the last part".to_owned()),
            Word::Previous if !project.step(false) => return Err("there is no part before this one".to_owned()),
            Word::NextMatch | Word::PreviousMatch if !project.step_match(word == Word::NextMatch) => {
                return Err("nothing in it matched a search that led here".to_owned());
            }
            _ => {}
        }
        self.page()
    }

    /// Goes on with the list or the text.
    fn go_on(&mut self) -> Said {
        let went_on = match self.showing() {
            Some(Showing::Listing(listing)) => listing.list.go_on(),
            Some(Showing::Results(results)) => results.go_on(),
            Some(Showing::Facets(facets)) => facets.list.go_on(),
            Some(Showing::Values(values)) => values.list.go_on(),
            Some(Showing::Text(text)) => text.reading.go_on(),
            Some(Showing::Project(project)) => project.reading.go_on() || project.begin(),
            None => false,
        };
        if went_on {
            return self.page();
        }
        let onward = if self.standing() == Standing::Project { "; next reads the next part" } else { "" };
        Ok(vec![format!("Note: there is no more here{onward}")])
    }

    /// What is on the page that one is at.
    fn page(&self) -> Said {
        let Some(Step { showing, .. }) = self.steps.last() else { return Ok(Vec::new()) };
        Ok(match showing {
            Showing::Listing(listing) => listing.list.lines(),
            Showing::Facets(facets) => facets.list.lines(),
            Showing::Values(values) => values.list.lines(),
            Showing::Text(text) => text.reading.lines(),
            Showing::Project(project) => project.reading.lines(),
            Showing::Results(results) => {
                let projects = results.projects.get(results.page.clone()).unwrap_or_default().to_vec();
                let (from, request) = (results.page.start, results.request.clone());
                let job = Job::Rows { asked: 0, from, projects, request, columns: COLUMNS };
                match self.work(&job)? {
                    Answer::Rows { rows, .. } => results.lines(&rows.rows),
                    _ => Vec::new(),
                }
            }
        })
    }

    /// Shows something, and says its first page below some lines.
    fn show(&mut self, showing: Showing, mut lines: Vec<String>) -> Said {
        if self.steps.len() == MOST {
            self.steps.remove(0);
        }
        self.steps.push(Step { showing, chosen: None });
        lines.extend(self.page()?);
        Ok(lines)
    }

    /// Goes back to what one came from, with the place that one chose there.
    fn back(&mut self) -> Vec<String> {
        if self.steps.len() < 2 {
            return vec!["Note: this is where you began; quit ends".to_owned()];
        }
        self.steps.pop();
        let chosen = self.steps.last().and_then(|step| step.chosen);
        chosen.map(|number| format!("Back: from number {number}")).into_iter().collect()
    }

    /// Opens a project, with what matched a search marked.
    fn open(&mut self, id: ProjectId, request: Request) -> Said {
        let subject = Subject::Project(id);
        let Answer::Opened { document, .. } = self.work(&Job::Open { asked: 0, subject, request })? else {
            return Ok(Vec::new());
        };
        match Project::new(&self.header, id, *document) {
            Some(project) => self.show(Showing::Project(Box::new(project)), Vec::new()),
            None => Err("its entry holds no version; import the edition again".to_owned()),
        }
    }

    /// Reads something else than a project.
    fn read(&mut self, subject: Subject) -> Said {
        let request = Request::default();
        let Answer::Opened { document, .. } = self.work(&Job::Open { asked: 0, subject, request })? else {
            return Ok(Vec::new());
        };
        let reading = Reading::new(document::lines(subject, &document));
        let text = Text { subject, name: document.name, leads_to: document.leads_to, reading };
        self.show(Showing::Text(text), Vec::new())
    }

    /// Reads something about the project that one is at.
    fn aside(&mut self, subject: fn(ProjectId) -> Subject) -> Said {
        match self.showing() {
            Some(Showing::Project(project)) => {
                let id = project.id;
                self.read(subject(id))
            }
            _ => Ok(Vec::new()),
        }
    }

    fn evidence(&mut self, number: usize) -> Said {
        let Some(Showing::Project(project)) = self.showing() else { return Ok(Vec::new()) };
        if number.checked_sub(1).is_some_and(|number| project.evidence(number)) {
            self.page()
        } else {
            Err(format!("this project has no concern {number}"))
        }
    }

    /// Goes to the projects of which the rule that one is at cannot tell.
    fn unsure(&mut self) -> Said {
        let Some(Showing::Text(Text { subject: Subject::Rule(rule), .. })) = self.showing() else {
            return Ok(Vec::new());
        };
        let rule = *rule;
        let untold = self.header.tallies.iter().find(|tally| tally.rule == rule).map_or(0, |tally| tally.cannot_tell);
        match untold {
            0 => Ok(vec![format!("Note: {rule} can tell of every project")]),
            _ => self.search_for(&format!("unsure:{rule}")),
        }
    }

    /// Goes to a list.
    fn sheet(&mut self, view: View) -> Said {
        let Answer::Sheet { sheet, .. } = self.work(&Job::Sheet(view))? else { return Ok(Vec::new()) };
        let head = vec![format!("List: {}", sheet.heading)];
        self.show(Showing::Listing(Listing::new(view, sheet)), head)
    }

    fn narrow(&mut self, text: &str) -> Said {
        match self.showing() {
            Some(Showing::Listing(listing)) => listing.narrow(text),
            _ => return Ok(Vec::new()),
        }
        self.page()
    }

    /// Keeps something in the person's own folder, and says what was done.
    fn keep(&self, keep: Keep) -> Said {
        Ok(match self.work(&Job::Keep(keep))? {
            Answer::Kept { notice } => notice.map(|notice| format!("Note: {notice}")).into_iter().collect(),
            _ => Vec::new(),
        })
    }

    /// The commands for what one is at.
    fn help(&self) -> Vec<String> {
        let standing = self.standing();
        let said =
            COMMANDS.iter().filter(|entry| entry.is_there(self.desk.lock()) && entry.works_at(standing)).map(|entry| {
                let takes = match entry.takes {
                    Takes::Nothing => "",
                    Takes::Number => " NUMBER",
                    Takes::Order => " ORDER",
                    Takes::Words => " WORDS",
                };
                format!("Command {}{takes}: {}", entry.names.join(" or "), entry.help(self.desk.lock()))
            });
        said.collect()
    }

    /// Does a piece of work, or says why it could not be done.
    fn work(&self, job: &Job) -> Result<Answer, String> {
        match work(&self.desk, job, &|| false) {
            Some(Answer::Failed { message, .. }) => Err(message),
            Some(answer) => Ok(answer),
            None => Err("this was stopped before it was done".to_owned()),
        }
    }
}
