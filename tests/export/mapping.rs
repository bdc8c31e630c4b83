//! The index configuration for Quickwit as that engine reads it: which fields there are, of which type, and whether a document
//! fits. Its rules are those of the engine's reference for index configurations.

use outflow::register::Date;
use serde_json::{Map, Value};
use yaml_rust2::{Yaml, YamlLoader};

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Number,
    Day,
    Json,
}

/// How many values it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cardinality {
    One,
    Several,
}

/// A field of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mapping {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) cardinality: Cardinality,
    pub(crate) tokenizer: Option<String>,
    pub(crate) record: Option<String>,
    pub(crate) formats: Vec<String>,
    pub(crate) is_indexed: bool,
    pub(crate) is_fast: bool,
    /// The keys that stand in the configuration.
    pub(crate) keys: Vec<String>,
}

/// The whole configuration.
pub(crate) struct Configuration {
    pub(crate) yaml: Yaml,
    pub(crate) mappings: Vec<Mapping>,
}

impl Configuration {
    pub(crate) fn read(text: &str) -> Self {
        let yaml = YamlLoader::load_from_str(text).unwrap().remove(0);
        let mappings = yaml["doc_mapping"]["field_mappings"].as_vec().unwrap().iter().map(Mapping::read).collect();
        Self { yaml, mappings }
    }

    pub(crate) fn named(&self, name: &str) -> Option<&Mapping> {
        self.mappings.iter().find(|mapping| mapping.name == name)
    }

    /// The same without a field.
    pub(crate) fn without(&self, name: &str) -> Self {
        let mappings = self.mappings.iter().filter(|mapping| mapping.name != name).cloned().collect();
        Self { yaml: self.yaml.clone(), mappings }
    }

    /// Why a document is refused where unknown fields are.
    pub(crate) fn misfits(&self, document: &Map<String, Value>) -> Vec<String> {
        let check = |(key, value): (&String, &Value)| match self.named(key) {
            None => Some(format!("{key} is not mapped")),
            Some(mapping) => mapping.misfit(value).map(|why| format!("{key}: {why}")),
        };
        document.iter().filter_map(check).collect()
    }
}

impl Mapping {
    fn read(yaml: &Yaml) -> Self {
        let written = yaml["type"].as_str().unwrap();
        let of_several = written.strip_prefix("array<").and_then(|rest| rest.strip_suffix('>'));
        let kind = match of_several.unwrap_or(written) {
            "text" => Kind::Text,
            "u64" => Kind::Number,
            "datetime" => Kind::Day,
            "json" => Kind::Json,
            other => panic!("no type {other}"),
        };
        let text = |key: &str| yaml[key].as_str().map(str::to_owned);
        let formats = yaml["input_formats"].as_vec().into_iter().flatten().map(|one| one.as_str().unwrap().to_owned());
        Self {
            name: text("name").unwrap(),
            kind,
            cardinality: if of_several.is_some() { Cardinality::Several } else { Cardinality::One },
            tokenizer: text("tokenizer"),
            record: text("record"),
            formats: formats.collect(),
            is_indexed: yaml["indexed"].as_bool().unwrap_or(true),
            // Of JSON the engine keeps values in columns unless it is told otherwise.
            is_fast: yaml["fast"].as_bool().unwrap_or(kind == Kind::Json),
            keys: yaml.as_hash().unwrap().keys().map(|key| key.as_str().unwrap().to_owned()).collect(),
        }
    }

    /// The keys that this type may have.
    pub(crate) fn allowed(&self) -> &'static [&'static str] {
        match self.kind {
            Kind::Text => {
                &["name", "type", "description", "stored", "indexed", "tokenizer", "record", "fieldnorms", "fast"]
            }
            Kind::Number => &["name", "type", "description", "stored", "indexed", "fast", "coerce", "output_format"],
            Kind::Day => &[
                "name",
                "type",
                "description",
                "stored",
                "indexed",
                "fast",
                "fast_precision",
                "input_formats",
                "output_format",
            ],
            Kind::Json => {
                &["name", "type", "description", "stored", "indexed", "fast", "tokenizer", "record", "expand_dots"]
            }
        }
    }

    fn misfit(&self, value: &Value) -> Option<String> {
        match value {
            // Absent: the engine passes over it.
            Value::Null => None,
            Value::Array(_) if self.cardinality == Cardinality::One => {
                Some("several values in place of one".to_owned())
            }
            Value::Array(values) => values.iter().filter(|one| !one.is_null()).find_map(|one| self.misfit_of_one(one)),
            one => self.misfit_of_one(one),
        }
    }

    fn misfit_of_one(&self, value: &Value) -> Option<String> {
        let fits = match self.kind {
            Kind::Text => value.is_string(),
            Kind::Number => value.is_u64(),
            Kind::Json => value.is_object(),
            Kind::Day => value.as_str().is_some_and(|text| self.formats.iter().any(|format| is_written(text, format))),
        };
        (!fits).then(|| format!("{value} is no {:?}", self.kind))
    }
}

/// Whether a day is written in a format, and one that 64 bits of nanoseconds from 1970 can hold.
fn is_written(text: &str, format: &str) -> bool {
    assert_eq!(format, "%Y-%m-%d", "a format that this test cannot read");
    let digits = text
        .bytes()
        .enumerate()
        .all(|(at, byte)| if [4, 7].contains(&at) { byte == b'-' } else { byte.is_ascii_digit() });
    let day: Option<Date> = text.parse().ok();
    digits && text.len() == 10 && day.is_some_and(|day| (1678..2262).contains(&day.year()))
}
