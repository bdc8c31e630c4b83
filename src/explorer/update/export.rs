//! Writing a dossier of the project one reads, or of all that is listed.

use tui_input::Input;

use super::{asking, query};
use crate::explorer::actions::Place;
use crate::explorer::document::Subject;
use crate::explorer::message::{Dossier, Effect, Job};
use crate::explorer::sheet::{Leads, SheetItem};
use crate::explorer::state::{Asked, Asking, State};
use crate::index::{LastWord, ProjectId};
use crate::report::dossier::Quoted;

/// How many characters of a query go into the name of a file.
const NAMED: usize = 40;

/// Asks for the name of the file; one is offered.
pub(super) fn ask(state: &mut State, effects: &mut Vec<Effect>) {
    let is_list = matches!(state.place(), Place::List | Place::Led);
    if is_list && state.last_word == LastWord::Beginning {
        // What is listed is what is written, and in a dossier the last word is whole.
        state.last_word = LastWord::Whole;
        query::search(state, effects);
        state.notice = Some("the query is taken as complete now; do that again to export what it finds".to_owned());
        return;
    }
    match dossier(state) {
        Ok((dossier, name)) => offer(state, dossier, name, effects),
        Err(message) => state.notice = Some(message),
    }
}

/// Asks for the name of the file again, with what was typed, where it could not be written.
pub(super) fn ask_again(state: &mut State, dossier: &Dossier, path: &str, effects: &mut Vec<Effect>) {
    // Another question stands there meanwhile: what went wrong is said, and no more.
    if state.asking.is_none() {
        offer(state, dossier.clone(), path.to_owned(), effects);
    }
}

fn offer(state: &mut State, dossier: Dossier, name: String, effects: &mut Vec<Effect>) {
    asking::ask(state, Asked::File(Box::new(dossier)), effects);
    if let Some(Asking { input, .. }) = &mut state.asking {
        *input = Input::new(name);
    }
}

/// What is written, and a name for it.
fn dossier(state: &State) -> Result<(Dossier, String), String> {
    if state.place() == Place::Detail {
        let record = state.detail.as_ref().and_then(|detail| Some((detail.subject, detail.document.record.as_ref()?)));
        let Some((Subject::Project(project), record)) = record else {
            return Err("open a project, or a list of them, to export it".to_owned());
        };
        let reference = record.project.reference.clone();
        let name = file_name(&reference);
        return Ok((Dossier { projects: vec![project], query: reference, quoted: Quoted::Whole }, name));
    }
    if state.place() == Place::Named {
        let (projects, query) = named(state);
        if projects.is_empty() {
            return Err("no project is listed here to export".to_owned());
        }
        let name = file_name(&state.sheet.name);
        return Ok((Dossier { projects, query, quoted: Quoted::Matching }, name));
    }
    let (projects, query) = (state.list.projects.clone(), state.query.value().to_owned());
    if projects.is_empty() {
        return Err("there is nothing to export".to_owned());
    }
    let name = file_name(if query.trim().is_empty() { &state.header.edition.slug } else { &query });
    Ok((Dossier { projects, query, quoted: Quoted::Matching }, name))
}

/// The projects of an organisation or a dataset, and the queries that find them: those before the first heading.
fn named(state: &State) -> (Vec<ProjectId>, String) {
    let items = &state.sheet.items;
    let project = |item: &SheetItem| match &item.leads {
        Leads::Project(project, _) => Some(*project),
        _ => None,
    };
    let query = |item: &SheetItem| match &item.leads {
        Leads::Query(query) => Some(query.clone()),
        _ => None,
    };
    let queries: Vec<String> = items.iter().filter_map(query).collect();
    (items.iter().filter_map(project).collect(), queries.join(" OR "))
}

/// Takes a name, and has the dossier written; or says why it is none.
pub(super) fn take(state: &State, dossier: &Dossier, path: &str, effects: &mut Vec<Effect>) -> Result<(), String> {
    let path = path.trim();
    if path.is_empty() {
        return Err("type the name of a file, such as dossier.html".to_owned());
    }
    if !is_plain(path) {
        return Err("plain names only; `outflow export -o FILE` writes elsewhere".to_owned());
    }
    let job = Job::Export { dossier: dossier.clone(), path: path.to_owned(), date: state.today };
    effects.push(Effect::Work(job));
    Ok(())
}

/// Whether a name stays in its folder, is no option to the next command that is given it, and can be seen there.
fn is_plain(name: &str) -> bool {
    !name.contains(['/', '\0']) && !name.starts_with(['.', '-', '~'])
}

/// A plain name from a query or a reference: letters, numbers and hyphens.
fn file_name(of: &str) -> String {
    let mut name = String::from("outflow");
    let mut is_apart = true;
    for letter in of.chars().take(NAMED) {
        if letter.is_ascii_alphanumeric() {
            if is_apart {
                name.push('-');
            }
            name.push(letter.to_ascii_lowercase());
        }
        is_apart = !letter.is_ascii_alphanumeric();
    }
    name + ".html"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_leads_elsewhere_hides_or_is_an_option_is_not_taken() {
        for name in ["../a.md", "/tmp/a.md", "a/b.md", ".a.md", "..", "-o.md", "~/a.md", "a\0.md"] {
            assert!(!is_plain(name), "{name}");
        }
        assert!(is_plain("a.b - c~.md"));
    }

    #[test]
    fn names_of_files_are_plain() {
        assert_eq!(file_name("DARS-NIC-1-AAAAA"), "outflow-dars-nic-1-aaaaa.html");
        assert_eq!(file_name("concern:mixed-opt-outs -\"../a b\""), "outflow-concern-mixed-opt-outs-a-b.html");
        assert_eq!(file_name("é/\u{1b}"), "outflow.html");
    }
}
