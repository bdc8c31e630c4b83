//! The names of the fields of a query: what each means, and what it asks.

use super::Fields;
use super::values::{Answered, Listed, Moment, Test, Valued, written};
use crate::register::Section;

/// What a name before a colon means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Text(Fields),
    Rules(OfRules),
    /// Projects that publish nearly the same in a section as the project whose reference follows.
    Alike(Section),
    /// Asked by value.
    Valued(Valued),
    /// A section that is absent.
    Missing,
    /// Which versions are looked at.
    Versions,
}

/// What is asked of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OfRules {
    /// It found something.
    Found,
    /// It cannot tell.
    Unsure,
}

/// Names of fields, with what they mean. The first of a kind is the one that messages name.
pub(super) const SCOPES: [(&str, Scope); 35] = [
    ("objectives", Scope::Text(Fields::Section(Section::Objectives))),
    ("benefits", Scope::Text(Fields::Benefits)),
    ("outputs", Scope::Text(Fields::Section(Section::Outputs))),
    ("processing", Scope::Text(Fields::Section(Section::Processing))),
    ("yielded", Scope::Text(Fields::Section(Section::YieldedBenefits))),
    ("title", Scope::Text(Fields::Title)),
    ("org", Scope::Text(Fields::Organisation)),
    ("controller", Scope::Text(Fields::Controller)),
    ("dataset", Scope::Text(Fields::Dataset)),
    ("legal", Scope::Text(Fields::LegalBasis)),
    ("ref", Scope::Text(Fields::Reference)),
    ("concern", Scope::Rules(OfRules::Found)),
    ("severity", Scope::Valued(Valued::Severity)),
    ("unsure", Scope::Rules(OfRules::Unsure)),
    ("optouts", Scope::Valued(Valued::OptOuts)),
    ("commercial", Scope::Valued(Valued::Answer(Answered::Commercial))),
    ("sublicensing", Scope::Valued(Valued::Answer(Answered::Sublicensing))),
    ("type", Scope::Valued(Valued::Listed(Listed::TypeOfData))),
    ("sensitive", Scope::Valued(Valued::Sensitive)),
    ("access", Scope::Valued(Valued::Listed(Listed::Access))),
    ("orgtype", Scope::Valued(Valued::Listed(Listed::OrganisationType))),
    ("started", Scope::Valued(Valued::Within(Moment::Start))),
    ("ends", Scope::Valued(Valued::Within(Moment::End))),
    ("released", Scope::Valued(Valued::Within(Moment::Release))),
    ("files", Scope::Valued(Valued::Files)),
    ("has", Scope::Valued(Valued::Has)),
    ("missing", Scope::Missing),
    ("version", Scope::Versions),
    ("mine", Scope::Valued(Valued::Mine)),
    ("tag", Scope::Valued(Valued::Tag)),
    ("objectives_of", Scope::Alike(Section::Objectives)),
    ("benefits_of", Scope::Alike(Section::ExpectedBenefits)),
    ("organisation", Scope::Text(Fields::Organisation)),
    ("reference", Scope::Text(Fields::Reference)),
    ("sensitivity", Scope::Valued(Valued::Listed(Listed::Sensitivity))),
];

/// How many of [`SCOPES`] messages name.
pub(super) const NAMED_SCOPES: usize = 32;

/// A field of the query language, as manuals list it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryField {
    /// What stands before the colon.
    pub name: &'static str,
    /// Another name of it, which a query may write too.
    pub also: Option<&'static str>,
    /// What it asks of a project.
    pub asks: &'static str,
    /// What can stand behind the colon.
    pub takes: Takes,
}

/// What can stand behind the colon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Takes {
    /// Words, phrases and all else that the language has for words.
    Words,
    /// A published value or words of it; behind `=` that value and no other.
    Published,
    /// One of these.
    OneOf(Vec<&'static str>),
    /// The identifier of a rule.
    Rule,
    /// A date or a span of dates: `2024`, `2024-03`, `2020..2022`, `<2026-01`.
    Dates,
    /// A number or a span of numbers: `100`, `>100`, `10..50`.
    Numbers,
    /// A word of one's own.
    Tag,
    /// The reference of a project.
    Reference,
}

impl Takes {
    /// What that is, in words; `written` sets off what is written in a query or a command.
    pub fn told(&self, written: fn(&str) -> String) -> String {
        let listed = |all: &[&str]| all.iter().map(|one| written(one)).collect::<Vec<_>>().join(", ");
        match self {
            Self::Words => "words".to_owned(),
            Self::Published => format!("words of a published value, or {}", written("=\"the whole of it\"")),
            Self::OneOf(values) => listed(values),
            Self::Rule => format!("a rule, as {} lists them", written("outflow concerns")),
            Self::Dates => listed(&["2024", "2024-03", "2020..2022", "<2026-01", ">=2024"]),
            Self::Numbers => listed(&["100", ">100", "<=20", "10..50"]),
            Self::Tag => "a word".to_owned(),
            Self::Reference => "a reference".to_owned(),
        }
    }
}

/// All fields of the query language, in the order in which messages name them.
pub fn query_fields() -> Vec<QueryField> {
    let (named, others) = SCOPES.split_at(NAMED_SCOPES);
    let field = |(name, scope): &(&'static str, Scope)| {
        let also = others.iter().find(|(_, other)| other == scope).map(|(other, _)| *other);
        QueryField { name, also, asks: asks(*scope), takes: takes(*scope) }
    };
    let mut fields: Vec<QueryField> = named.iter().map(field).collect();
    let is_named = |scope: &Scope| named.iter().any(|(_, known)| known == scope);
    fields.extend(
        others.iter().filter(|(_, scope)| !is_named(scope)).map(field).map(|field| QueryField { also: None, ..field }),
    );
    fields
}

fn asks(scope: Scope) -> &'static str {
    match scope {
        Scope::Text(fields) => asks_of_text(fields),
        Scope::Rules(OfRules::Found) => "has this concern",
        Scope::Rules(OfRules::Unsure) => "this rule cannot tell of it",
        Scope::Alike(Section::Objectives) => "publishes nearly the same objectives as that project",
        Scope::Alike(_) => "publishes nearly the same expected benefits as that project",
        Scope::Valued(valued) => asks_by_value(valued),
        Scope::Missing => "does not publish that section in its latest version",
        Scope::Versions => "look at every version, and not at the latest alone",
    }
}

fn asks_of_text(fields: Fields) -> &'static str {
    match fields {
        Fields::Any => "anywhere",
        Fields::Title => "in its title",
        Fields::Organisation => "in the name of who applied",
        Fields::Dataset => "in the name of a dataset",
        Fields::Controller => "in the name of who answers for the data",
        Fields::LegalBasis => "in its legal basis",
        Fields::Reference => "in its reference",
        Fields::Benefits => "in its benefits, expected or yielded",
        Fields::Section(Section::Objectives) => "in its objectives",
        Fields::Section(Section::Processing) => "in what is done with the data",
        Fields::Section(Section::Outputs) => "in its outputs",
        Fields::Section(Section::ExpectedBenefits) => "in its expected benefits",
        Fields::Section(Section::YieldedBenefits) => "in its yielded benefits",
    }
}

/// What is asked by value. Said of a field, and of an edition that does not publish it.
fn asks_by_value(valued: Valued) -> &'static str {
    match valued {
        Valued::OptOuts => "whether opt-outs were applied",
        Valued::Answer(Answered::Commercial) => "whether a purpose is commercial",
        Valued::Answer(Answered::Sublicensing) => "whether data may be passed on",
        Valued::Severity => "has a concern of this weight",
        Valued::Sensitive => "whether the register calls data sensitive",
        Valued::Listed(Listed::TypeOfData) => "the type of data",
        Valued::Listed(Listed::Sensitivity) => "the sensitivity of data",
        Valued::Listed(Listed::Access) => "how data is reached",
        Valued::Listed(Listed::OrganisationType) => "the kind of organisation that applied",
        Valued::Listed(Listed::Organisation) => "who applied",
        Valued::Listed(Listed::Dataset) => "datasets",
        Valued::Listed(Listed::LegalBasis) => "legal bases",
        Valued::Within(Moment::Start) => "when the first term starts",
        Valued::Within(Moment::End) => "when the last term ends",
        Valued::Within(Moment::Release) => "in which months files were sent",
        Valued::Files => "how many files were sent",
        Valued::Has => "publishes that section in its latest version",
        Valued::Mine => "what you marked yourself",
        Valued::Tag => "a tag of your own",
    }
}

impl Test {
    /// What is asked, as one says it.
    pub(in crate::index) fn asks(&self) -> &'static str {
        asks_by_value(match self {
            Self::OptOuts(_) => Valued::OptOuts,
            Self::Answer(answered, _) => Valued::Answer(*answered),
            Self::Severity(_) => Valued::Severity,
            Self::Sensitive(_) => Valued::Sensitive,
            Self::Listed(listed, _) => Valued::Listed(*listed),
            Self::Within(moment, _) => Valued::Within(*moment),
            Self::Files(_) => Valued::Files,
            Self::Has(_) => Valued::Has,
            Self::Mine(_) => Valued::Mine,
            Self::Tag(_) => Valued::Tag,
        })
    }
}

fn takes(scope: Scope) -> Takes {
    match scope {
        // Of these a whole value can be asked for, too.
        Scope::Text(Fields::Organisation | Fields::Dataset | Fields::LegalBasis) | Scope::Valued(Valued::Listed(_)) => {
            Takes::Published
        }
        Scope::Text(_) => Takes::Words,
        Scope::Rules(_) => Takes::Rule,
        Scope::Alike(_) => Takes::Reference,
        Scope::Versions => Takes::OneOf(vec!["all"]),
        Scope::Missing => Takes::OneOf(written(Valued::Has)),
        Scope::Valued(Valued::Within(_)) => Takes::Dates,
        Scope::Valued(Valued::Files) => Takes::Numbers,
        Scope::Valued(Valued::Tag) => Takes::Tag,
        Scope::Valued(valued) => Takes::OneOf(written(valued)),
    }
}
