//! What the user has judged: the settings that the rules go by, and what was dismissed.

use serde::Serialize;

use crate::concerns::{Dismissal, Rule, SettingChange, Settings, Stand};
use crate::register::Date;

/// The settings in force.
#[derive(Debug, Clone, Serialize)]
pub struct SettingsReport {
    /// The user's file; absent where the rules go by the program's settings alone.
    pub file: Option<String>,
    /// Where it differs from the program's.
    pub changed: Vec<ChangedReport>,
}

/// A setting that differs from the program's.
#[derive(Debug, Clone, Serialize)]
pub struct ChangedReport {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: String,
    /// The program's; absent where the program has no such key.
    pub programs: Option<String>,
}

/// A setting that a rule goes by.
#[derive(Debug, Clone, Serialize)]
pub struct RuleSettingReport {
    /// Its key: `thresholds.monthly-files`.
    pub key: String,
    /// Its value.
    pub value: String,
    /// The program's, where the user's differs.
    pub programs: Option<String>,
    /// Whether the user has set it.
    pub yours: bool,
}

/// What was dismissed of a finding.
#[derive(Debug, Clone, Serialize)]
pub struct DismissalReport {
    /// Whether that still holds.
    pub state: DismissalState,
    /// When it was dismissed.
    pub date: Date,
    /// Why.
    pub reason: String,
    /// The edition in which it was read.
    pub edition: String,
    /// What it said then.
    pub statement: String,
}

/// Whether a dismissal holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DismissalState {
    /// The finding says the same, and does not count.
    Dismissed,
    /// It says something else, or other words prove it; it counts again.
    Changed,
    /// The edition has no such finding.
    NotFound,
}

impl SettingsReport {
    /// Reports on settings, and the user's file of them.
    pub fn new(settings: &Settings, file: Option<String>) -> Self {
        Self { file, changed: settings.changes().into_iter().map(ChangedReport::from).collect() }
    }
}

impl From<SettingChange> for ChangedReport {
    fn from(change: SettingChange) -> Self {
        Self { key: change.key, value: change.after, programs: change.before }
    }
}

impl RuleSettingReport {
    /// The settings that a rule goes by.
    pub fn of(rule: &Rule, settings: &Settings) -> Vec<Self> {
        let changes = settings.changes();
        let shown = rule.settings.iter().flat_map(|key| settings.shown(key));
        shown
            .map(|setting| {
                let change = changes.iter().find(|change| change.key == setting.key);
                let programs = change.and_then(|change| change.before.clone());
                Self { key: setting.key, value: setting.value, programs, yours: setting.is_users }
            })
            .collect()
    }
}

impl DismissalReport {
    /// Reports on a dismissal.
    pub fn new(dismissal: &Dismissal, state: DismissalState) -> Self {
        let Dismissal { date, reason, edition, statement, .. } = dismissal.clone();
        Self { state, date, reason, edition, statement }
    }

    /// What was dismissed of a finding, if anything was.
    pub fn of(stand: Stand<'_>) -> Option<Self> {
        match stand {
            Stand::Open => None,
            Stand::Dismissed(dismissal) => Some(Self::new(dismissal, DismissalState::Dismissed)),
            Stand::Changed(dismissal) => Some(Self::new(dismissal, DismissalState::Changed)),
        }
    }

    /// What is said of it beside the finding; `statement` is what the finding says now.
    pub fn told(&self, statement: &str) -> String {
        let Self { date, reason, .. } = self;
        match self.state {
            DismissalState::Dismissed | DismissalState::NotFound => format!("Dismissed by you on {date}: {reason}"),
            DismissalState::Changed if self.statement == statement => format!(
                "Changed since you dismissed it on {date}: what proves it, or how much it weighs, is not the same. Your reason was: {reason}"
            ),
            DismissalState::Changed => format!(
                "Changed since you dismissed it on {date}, when it read: {} Your reason was: {reason}",
                self.statement
            ),
        }
    }
}
