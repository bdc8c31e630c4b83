//! The way that led to what is shown: from a list that a key opens, from name to name.

use super::{Put, State, View};
use crate::explorer::sheet::Sheet;

/// A step of the way.
struct Step<'a> {
    name: &'a str,
    /// Whether a key leads there from anywhere, so that the way begins there.
    is_start: bool,
}

impl State {
    /// What led here, the first step first; empty where a key leads here from anywhere.
    pub fn trail(&self) -> Vec<&str> {
        let here = self.step();
        if here.is_start {
            return Vec::new();
        }
        let mut trail = Vec::new();
        for frame in self.frames.iter().rev() {
            let before = step(frame.view, &frame.sheet, frame.put.as_ref().filter(|_| !frame.is_typed()));
            trail.push(before.name);
            if before.is_start {
                break;
            }
        }
        trail.reverse();
        trail
    }

    /// The same, to what is read of the list that is shown.
    pub fn trail_into(&self) -> Vec<&str> {
        let here = self.step();
        let mut trail = self.trail();
        // A project that was gone to by its name stands alone in its list.
        if !here.is_start && !self.is_led_to_project() {
            trail.push(here.name);
        }
        trail
    }

    fn step(&self) -> Step<'_> {
        step(self.view, &self.sheet, self.put.as_ref().filter(|_| self.is_led()))
    }
}

fn step<'a>(view: View, sheet: &'a Sheet, put: Option<&'a Put>) -> Step<'a> {
    let start = |name| Step { name, is_start: true };
    let led = |name| Step { name, is_start: false };
    match (view, put) {
        (View::Projects, None) => start("Projects"),
        (View::Projects, Some(Put::Project(query))) => led(query.strip_prefix("ref:").unwrap_or(query)),
        (View::Projects, Some(Put::List(query))) => led(if query.is_empty() { "All projects" } else { query }),
        (View::Home, _) => start("Home"),
        (View::Changes, _) => start("Changes"),
        (View::Editions, _) => start("Editions"),
        (View::Concerns, _) => start("Concerns"),
        (View::Searches, _) => start("Saved searches"),
        (View::Organisations, _) => start("Organisations"),
        (View::Datasets, _) => start("Datasets"),
        (View::Grid(_), _) => led("Table"),
        (View::Organisation(_), _) => led(if sheet.name.is_empty() { "organisation" } else { &sheet.name }),
        (View::Dataset(_), _) => led(if sheet.name.is_empty() { "dataset" } else { &sheet.name }),
    }
}
