//! Lists beside that of projects, said in lines: one for each item, which makes sense when it is heard alone.

use super::pages::{ITEMS, Item, Numbered};
use crate::explorer::sheet::{Leads, SAVING, Shape, Sheet, SheetItem, Tone};
use crate::explorer::state::View;

/// What a figure of a table is of, as it is said.
const COLUMNS: [(&str, &str); 4] = [
    ("not applied", "files without opt-outs"),
    ("applied", "files with opt-outs"),
    ("high", "projects with a concern of high weight"),
    ("orgs", "organisations that may have it"),
];

/// A list in lines. Home is short, and comes whole.
pub(super) fn of_sheet(view: View, sheet: &Sheet) -> Numbered<Leads> {
    let mut items = Vec::new();
    let mut part = "";
    for item in sheet.items.iter().filter(|item| !item.name.is_empty()) {
        if item.tone == Tone::Heading {
            part = short(&item.name);
            items.push(Item::remark(format!("Part: {}", item.name)));
            continue;
        }
        let said = match sheet.shape {
            Shape::Rows | Shape::Parts if is_remark(item) => Some(note(&item.name)),
            Shape::Rows | Shape::Parts => Some(row(item, part)),
            Shape::Blocks => Some(block(item, kind(view))),
            // What the names of the columns mean needs no telling, for they are not said.
            Shape::Table(_) if item.figures.is_empty() => (item.tone == Tone::Quiet).then(|| note(&item.name)),
            Shape::Table(columns) => Some(of_table(item, columns)),
        };
        let target = (item.leads != Leads::Nowhere).then(|| item.leads.clone());
        items.extend(said.map(|line| Item { target, lines: vec![line] }));
    }
    if items.is_empty() && !sheet.empty.is_empty() {
        items.push(Item::remark(note(&sheet.empty)));
    }
    Numbered::new(items, if view == View::Home { usize::MAX } else { ITEMS })
}

/// What an item of a view is.
fn kind(view: View) -> &'static str {
    match view {
        View::Changes => "Change",
        View::Editions => "Edition",
        View::Concerns => "Rule",
        View::Searches => "Saved search",
        View::Home
        | View::Projects
        | View::Organisations
        | View::Datasets
        | View::Organisation(_)
        | View::Dataset(_)
        | View::Grid(_) => "Item",
    }
}

/// A heading as it stands before each of its rows: without what it counts, and since when.
fn short(heading: &str) -> &str {
    let ends = [heading.find(" ("), heading.find(", "), heading.find(": ")];
    ends.into_iter().flatten().min().map_or(heading, |end| &heading[..end])
}

/// A remark, with the command for the key that it speaks of.
fn note(text: &str) -> String {
    format!("Note: {}", text.replace(SAVING, "save-search"))
}

fn is_remark(item: &SheetItem) -> bool {
    item.tone == Tone::Quiet && item.figure.is_none() && item.leads == Leads::Nowhere
}

/// A figure, what it is of, and what is said of that.
fn row(item: &SheetItem, part: &str) -> String {
    let part = if part.is_empty() { "Figures" } else { part };
    let weight = item.weight.map(|weight| format!(", {}", weight.as_str())).unwrap_or_default();
    let mut said = match (item.figure, item.counts) {
        (None, _) => format!("{part}: {}{weight}", item.name),
        // Where the name says what is counted, it says of what weight that is.
        (Some(figure), "") => format!("{part}: {figure} {}", item.name),
        (Some(figure), counts) => format!("{part}: {}{weight}; {counts}: {figure}", item.name),
    };
    add(&mut said, &item.lines[0]);
    said
}

/// What it is, how much it weighs, and what is said of it.
fn block(item: &SheetItem, kind: &str) -> String {
    let weight = item.weight.map(|weight| format!(", {}", weight.as_str())).unwrap_or_default();
    let mut said = format!("{kind}{weight}: {}", item.name);
    item.lines.iter().for_each(|line| add(&mut said, line));
    said
}

/// A name with its figures.
fn of_table(item: &SheetItem, columns: &[&str]) -> String {
    let mut said = item.name.clone();
    if !item.lines[0].is_empty() {
        said.push(' ');
        said.push_str(&item.lines[0]);
    }
    for (column, figure) in columns.iter().zip(&item.figures) {
        let known = COLUMNS.iter().find(|(name, _)| name == column);
        let named = known.map_or(*column, |(_, said)| said);
        let figure = figure.map_or_else(|| "not published".to_owned(), |figure| figure.to_string());
        add(&mut said, &format!("{named}: {figure}"));
    }
    said
}

fn add(said: &mut String, more: &str) {
    if !more.is_empty() {
        said.push_str("; ");
        said.push_str(more);
    }
}
