//! Settings: the thresholds and lists that the rules go by. Ours are in `assets/concerns.toml`; a user's file may set any
//! of them anew.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;
use toml::de::DeValue;
use toml::{Table, Value};

use super::phrases::Phrases;
use crate::register::Date;
use crate::text::{Fault, Written};

/// The settings that come with the program.
const OURS: &str = include_str!("../../assets/concerns.toml");

/// The section whose keys are the user's to name: the groups of people.
const GROUPS: &str = "vulnerable-groups";

static BUILT_IN: LazyLock<Settings> = LazyLock::new(Settings::ours);

/// What the rules go by.
#[derive(Debug, Clone)]
pub struct Settings {
    pub(super) thresholds: Thresholds,
    pub(super) words: Words,
    pub(super) vulnerable_groups: BTreeMap<String, Phrases>,
    /// As they are written, for showing.
    table: Table,
    /// Keys that the user has set: `thresholds.monthly-files`.
    changed: BTreeSet<String>,
}

/// Numbers from which on something is so.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Thresholds {
    pub(super) hardly_filled: usize,
    pub(super) monthly_files: usize,
    pub(super) never_tre_projects: usize,
    pub(super) many_controllers: usize,
    /// In hundredths.
    pub(super) near_wording: usize,
    pub(super) near_organisations: usize,
    pub(super) shared_sentence: usize,
    pub(super) sde_policy_from: Date,
    pub(super) unchanged_versions: usize,
    pub(super) grown_datasets: usize,
    pub(super) backdated_months: usize,
    pub(super) oldest_year: usize,
}

/// Lists of words; `assets/concerns.toml` says what each is for.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Words {
    pub(super) company_types: Phrases,
    pub(super) not_company_types: Phrases,
    pub(super) company_endings: Phrases,
    pub(super) companies: Phrases,
    pub(super) commercial: Phrases,
    pub(super) not_commercial: Phrases,
    pub(super) denials: Phrases,
    pub(super) not_denials: Phrases,
    pub(super) marketing: Phrases,
    pub(super) not_marketing: Phrases,
    pub(super) sublicensing: Phrases,
    pub(super) not_care: Phrases,
    pub(super) secure_environments: Phrases,
    pub(super) commissioner_types: Phrases,
    pub(super) commissioning_titles: Phrases,
    pub(super) nothing: Phrases,
    pub(super) archiving: Phrases,
    pub(super) future: Phrases,
    pub(super) re_identification: Phrases,
    pub(super) own_patients: Phrases,
    pub(super) places_abroad: Phrases,
    pub(super) data_handling: Phrases,
    pub(super) records_named: Phrases,
    pub(super) quantities: Phrases,
    pub(super) not_quantities: Phrases,
    pub(super) citations: Phrases,
    pub(super) gp_datasets: Phrases,
    pub(super) outside_opt_outs: Phrases,
}

/// Settings as they are written.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Whole {
    thresholds: Thresholds,
    words: Words,
    vulnerable_groups: BTreeMap<String, Phrases>,
}

/// A setting as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its key: `thresholds.monthly-files`.
    pub key: String,
    /// Its value: a number, a month, or a list.
    pub value: String,
    /// Whether the user has set it.
    pub is_users: bool,
}

/// A setting that differs from the program's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingChange {
    /// Its key: `thresholds.monthly-files`.
    pub key: String,
    /// Its value in the program; absent where the program has no such key.
    pub before: Option<String>,
    /// Its value in the user's file.
    pub after: String,
}

impl Settings {
    /// Those that come with the program.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Ours with a user's laid over them.
    ///
    /// # Errors
    /// All that is wrong with the user's, each with its line.
    pub fn with(text: &str) -> Result<Self, Vec<Fault>> {
        let (mut reader, document) = Written::parse(text)?;
        let mut changed = BTreeSet::new();
        let mut table = BUILT_IN.table.clone();
        let given: Table = text.parse().unwrap_or_default();
        for (section, keys) in document.get_ref() {
            let name = section.get_ref().as_ref();
            let (Some(Value::Table(ours)), DeValue::Table(keys)) = (table.get_mut(name), keys.get_ref()) else {
                let said = format!("\"{name}\" is not known; settings are in [thresholds], [words] and [{GROUPS}]");
                reader.fault(&section.span(), said);
                continue;
            };
            for (key, value) in keys {
                let wanted = key.get_ref().as_ref();
                let Some(new) = given.get(name).and_then(|section| section.get(wanted)) else { continue };
                match fits(ours.get(wanted), new, name) {
                    Ok(()) => {
                        ours.insert(wanted.to_owned(), new.clone());
                        changed.insert(format!("{name}.{wanted}"));
                    }
                    Err(what) => reader.fault(&value.span(), format!("{name}.{wanted} {what}")),
                }
            }
        }
        let faults = reader.faults();
        if !faults.is_empty() {
            return Err(faults);
        }
        Self::from_table(table, changed).map_err(|message| vec![Fault { line: 1, message }])
    }

    /// Whether a date lies in a year that no register can mean.
    pub(super) fn is_too_old(&self, date: Date) -> bool {
        usize::try_from(date.year()).is_ok_and(|year| year < self.thresholds.oldest_year)
    }

    /// The setting of a key, or all of a section.
    pub fn shown(&self, key: &str) -> Vec<Setting> {
        let (section, name) = key.split_once('.').unwrap_or((key, ""));
        let section_of = self.table.get(section).and_then(Value::as_table);
        let keys = section_of.into_iter().flatten().filter(|(known, _)| name.is_empty() || *known == name);
        keys.map(|(known, value)| {
            let key = format!("{section}.{known}");
            Setting { is_users: self.changed.contains(&key), value: written(value), key }
        })
        .collect()
    }

    /// Whether they are those that come with the program.
    pub fn is_built_in(&self) -> bool {
        self.changed.is_empty()
    }

    /// The settings that the user has set.
    pub fn changed(&self) -> Vec<Setting> {
        self.changed.iter().flat_map(|key| self.shown(key)).collect()
    }

    /// The settings that the user has set to something else than the program's value.
    pub fn changes(&self) -> Vec<SettingChange> {
        let changes = self.changed().into_iter().map(|Setting { key, value, .. }| {
            let before = BUILT_IN.shown(&key).pop().map(|setting| setting.value);
            SettingChange { key, before, after: value }
        });
        changes.filter(|change| change.before.as_ref() != Some(&change.after)).collect()
    }

    #[allow(clippy::expect_used, reason = "a test reads the asset, which is part of the program")]
    fn ours() -> Self {
        let table: Table = OURS.parse().expect("the asset is TOML");
        Self::from_table(table, BTreeSet::new()).expect("the asset has all settings")
    }

    fn from_table(table: Table, changed: BTreeSet<String>) -> Result<Self, String> {
        let Whole { thresholds, words, vulnerable_groups } =
            table.clone().try_into().map_err(|error| error.message().to_owned())?;
        Ok(Self { thresholds, words, vulnerable_groups, table, changed })
    }
}

/// Whether a value is of the kind that a setting has.
fn fits(ours: Option<&Value>, new: &Value, section: &str) -> Result<(), String> {
    let is_list = |value: &Value| value.as_array().is_some_and(|list| list.iter().all(Value::is_str));
    match (ours, new) {
        (None, _) if section != GROUPS => {
            Err("is not known; `outflow concerns ID` shows the settings of a rule".to_owned())
        }
        (Some(Value::Integer(_)), Value::Integer(1..=100_000)) => Ok(()),
        (Some(Value::Integer(_)), _) => Err("must be a whole number from 1 to 100000".to_owned()),
        (Some(Value::String(_)), Value::String(text)) if text.parse::<Date>().is_ok() => Ok(()),
        (Some(Value::String(_)), _) => Err("must be a month, written as \"2023-11\"".to_owned()),
        (_, new) if is_list(new) => {
            let phrases = new.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
            Phrases::try_from(phrases.collect::<Vec<_>>()).map(drop)
        }
        _ => Err("must be a list of words, each in quotation marks".to_owned()),
    }
}

fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ours_are_whole_and_every_rule_names_settings_that_exist() {
        let ours = Settings::built_in();
        assert!(ours.is_built_in() && ours.thresholds.monthly_files == 12);
        for rule in crate::concerns::catalogue() {
            for key in rule.settings {
                assert!(!ours.shown(key).is_empty(), "{}: {key}", rule.id);
            }
        }
        let named: BTreeSet<&str> =
            crate::concerns::catalogue().iter().flat_map(|rule| rule.settings).copied().collect();
        for section in ["thresholds", "words"] {
            for setting in ours.shown(section) {
                assert!(named.contains(setting.key.as_str()), "no rule names {}", setting.key);
            }
        }
    }

    #[test]
    fn a_users_setting_replaces_ours_and_the_others_stay() {
        let settings =
            Settings::with("[thresholds]\nmonthly-files = 6\n[vulnerable-groups]\nprisoners = [\"prison*\"]")
                .expect("these are settings");
        assert_eq!((settings.thresholds.monthly_files, settings.thresholds.many_controllers), (6, 5));
        assert!(settings.vulnerable_groups.contains_key("prisoners"));
        assert!(settings.vulnerable_groups.contains_key("maternity"));
        let changed: Vec<String> = settings.changed().into_iter().map(|setting| setting.key).collect();
        assert_eq!(changed, ["thresholds.monthly-files", "vulnerable-groups.prisoners"]);
        assert_eq!(settings.shown("thresholds.monthly-files")[0].value, "6");
        let differing = settings.changes();
        assert_eq!((differing[0].before.as_deref(), differing[0].after.as_str()), (Some("12"), "6"));
        assert_eq!((differing[1].before.as_deref(), differing[1].after.as_str()), (None, "prison*"));
        // What is set to the program's own value changes nothing.
        assert_eq!(Settings::with("[thresholds]\nmonthly-files = 12").map(|same| same.changes()), Ok(Vec::new()));
    }

    #[test]
    fn all_faults_are_named_with_their_lines() {
        let faults = Settings::with(
            "[thresholds]\nmonthly-files = \"six\"\nmonthly = 3\n[lists]\na = 1\n[words]\nfuture = [\"\"]\n",
        )
        .expect_err("none of these can be used");
        let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines.len(), 4, "{faults:?}");
        assert!(lines.contains(&2) && lines.contains(&3) && lines.contains(&4) && lines.contains(&7), "{faults:?}");
        assert!(Settings::with("[thresholds").is_err_and(|faults| faults[0].line == 1));
        assert!(Settings::with("").is_ok_and(|settings| settings.is_built_in()));
    }
}
