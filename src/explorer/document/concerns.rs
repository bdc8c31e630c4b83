//! The concerns of a project, and what the rules cannot tell of it.

use super::{Builder, Kind};
use crate::concerns::rule;
use crate::report::{self, ConcernReport, ProjectReport};

/// Columns before the text of a concern.
const CONCERN: u16 = 3;

/// Columns before the text of its evidence.
const EVIDENCE: u16 = 5;

impl Builder<'_> {
    pub(super) fn concerns(&mut self, project: &ProjectReport) {
        let count = project.concerns.len();
        let counted = || report::concerns_counted(&project.concerns);
        self.heading(if count == 0 { "No concerns found".to_owned() } else { counted() });
        for (number, concern) in project.concerns.iter().enumerate() {
            self.concern(number, concern);
        }
        if !project.own_settings.is_empty() {
            let keys: Vec<&str> = project.own_settings.iter().map(|setting| setting.key.as_str()).collect();
            self.push(Kind::Quiet, CONCERN, format!("Found by your own settings: {}", keys.join(", ")));
        }
        if let Some(told) = report::untold_counted(&project.cannot_tell) {
            self.push(Kind::Quiet, CONCERN, told);
            self.label("?");
        }
    }

    /// What cannot be told, and why: below what the register says, so that it does not stand between the reader and that.
    pub(super) fn cannot_tell(&mut self, project: &ProjectReport) {
        if project.cannot_tell.is_empty() {
            return;
        }
        self.heading(report::UNTOLD);
        for (rules, why) in report::untold(&project.cannot_tell) {
            self.push(Kind::Quiet, CONCERN, format!("{rules}: {why}"));
            self.label("?");
        }
    }

    fn concern(&mut self, number: usize, concern: &ConcernReport) {
        let dismissed = if concern.is_dismissed() { ", dismissed" } else { "" };
        let head = format!("{} ({}{dismissed}): {}", concern.id, concern.standing.as_str(), rule(concern.id).title);
        let (of_head, of_text) = if concern.is_dismissed() {
            (Kind::DismissedHead(number), Kind::Quiet)
        } else {
            (Kind::ConcernHead(number, concern.severity), Kind::ConcernText(number))
        };
        self.push(of_head, CONCERN, head);
        self.label(concern.severity.mark());
        self.push(of_text, CONCERN, &concern.statement);
        if let Some(dismissed) = &concern.dismissed {
            self.push(of_text, CONCERN, dismissed.told(&concern.statement));
        }
        self.push(Kind::Quiet, CONCERN, format!("But: {}", concern.caveat));
        for line in report::evidence(concern) {
            self.push(Kind::Evidence(number), EVIDENCE + 2 * line.depth, line.text);
        }
    }
}
