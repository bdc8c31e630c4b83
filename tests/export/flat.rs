//! The flat export: its documents fit the index configuration for Quickwit that goes with them, and that engine would find in
//! them the words that we do.

use std::collections::BTreeSet;
use std::path::Path;

use crate::mapping::{Cardinality, Configuration, Kind};
use crate::support::agreements::{Agreed, data_uses};
use crate::support::program::{each_says, json, outflow_of};
use crate::support::published;
use outflow::concerns::examine;
use outflow::import;
use outflow::index::{Index, LastWord, ProjectId, Request, Sort};
use outflow::library::Edition;
use outflow::register::{Date, Register, YesNo};
use outflow::report::dossier::{Asked, Format, Quoted, write};
use outflow::text::words;
use serde_json::{Map, Value};
use tantivy::tokenizer::{
    AsciiFoldingFilter, LowerCaser, RawTokenizer, RegexTokenizer, RemoveLongFilter, TextAnalyzer,
};
use unicode_normalization::char::is_combining_mark;

const CONFIGURATION: &str = include_str!("../../assets/quickwit.yaml");

/// The longest word that the engine keeps, in bytes.
const LONGEST: usize = 255;

/// Fields of our query language that are asked by words.
const WORDS: [&str; 11] = [
    "title",
    "org",
    "dataset",
    "controller",
    "legal",
    "ref",
    "objectives",
    "processing",
    "outputs",
    "benefits",
    "yielded",
];

type Document = Map<String, Value>;

fn configuration() -> Configuration {
    Configuration::read(CONFIGURATION)
}

/// All projects of an index as documents.
fn documents(index: &Index) -> Vec<Document> {
    let projects: Vec<ProjectId> = (0..u32::try_from(index.len()).unwrap()).map(ProjectId).collect();
    let (quoted, accessed) = (Quoted::None, Date::day(2026, 11, 27));
    let asked = Asked { query: "", projects: &projects, found: projects.len(), quoted, accessed };
    let mut bytes = Vec::new();
    write(index, &asked, Format::Flat, &mut bytes, &|| false).unwrap();
    let lines = String::from_utf8(bytes).unwrap();
    let documents: Vec<Document> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(documents.len(), index.len());
    documents
}

fn indexed(register: &Register) -> Index {
    Index::in_memory(register, || examine(register)).unwrap()
}

/// A register that has what the sample lacks.
fn made() -> Register {
    let entry = |reference: &str, start: &str, end: &str| {
        Agreed::new(reference, start, end)
            .dataset("Births", "Identifiable", "Sensitive", "Section 251")
            .files_from("2020-05", 3)
            .access("2020-09")
            .but(|version| {
                (version.commercial.value, version.sublicensing.value) = (YesNo::Yes, YesNo::Mixed);
                version.sensitivity = vec!["Sensitive".to_owned(), "Non-Sensitive".to_owned()];
            })
    };
    data_uses(&[
        entry("DARS-NIC-1-AAAAA-v1.0", "2019-01", "2021-02"),
        entry("DARS-NIC-1-AAAAA-v2.0", "2021-03-01", "2999-12-31"),
        Agreed::rows_only("DARS-NIC-2-BBBBB-v1.0").file(""),
    ])
}

/// What is exported here: by name, and as documents.
fn exported() -> Vec<(String, Vec<Document>)> {
    let fixtures = ["page-2016-pairs.txt", "page-2016.txt", "page-2018.txt", "page-2021.txt", "page.txt"];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut files: Vec<_> = fixtures.iter().map(|name| folder.join(name)).collect();
    files.extend([published::WORKBOOK, published::PAGE].into_iter().filter_map(published::file));
    let mut all = vec![
        ("the sample".to_owned(), documents(&Edition::sample().unwrap().index)),
        ("a made register".to_owned(), documents(&indexed(&made()))),
    ];
    for file in files {
        let register = import::read(std::slice::from_ref(&file), None, &mut |_| {}).unwrap().register;
        all.push((file.display().to_string(), documents(&indexed(&register))));
    }
    all
}

fn strings<'a>(document: &'a Document, key: &str) -> Vec<&'a str> {
    match &document[key] {
        Value::Array(values) => values.iter().map(|value| value.as_str().unwrap()).collect(),
        value => value.as_str().into_iter().collect(),
    }
}

#[test]
fn the_configuration_is_of_the_form_that_the_engine_reads() {
    let configuration = configuration();
    let (yaml, mapping) = (&configuration.yaml, &configuration.yaml["doc_mapping"]);
    assert_eq!(yaml["version"].as_f64(), Some(0.8));
    assert_eq!(mapping["mode"].as_str(), Some("strict"));
    let keys = |yaml: &yaml_rust2::Yaml| -> Vec<String> {
        yaml.as_hash().unwrap().keys().map(|key| key.as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(keys(yaml), ["version", "index_id", "doc_mapping", "search_settings"]);
    assert_eq!(keys(mapping), ["mode", "tag_fields", "tokenizers", "field_mappings"]);
    let own: Vec<&str> =
        mapping["tokenizers"].as_vec().unwrap().iter().map(|tokenizer| tokenizer["name"].as_str().unwrap()).collect();
    let mut names = BTreeSet::new();
    for field in &configuration.mappings {
        assert!(names.insert(&field.name), "{} is mapped twice", field.name);
        assert!(field.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'));
        for key in &field.keys {
            assert!(field.allowed().contains(&key.as_str()), "{}: {key}", field.name);
        }
        // What is not indexed can have no tokenizer, which the engine refuses; a text that is names one.
        assert_eq!(field.tokenizer.is_some(), field.kind == Kind::Text && field.is_indexed, "{}", field.name);
        if let Some(tokenizer) = &field.tokenizer {
            assert!(tokenizer == "raw" || own.contains(&tokenizer.as_str()), "{}: {tokenizer}", field.name);
        }
    }
    let listed = |yaml: &yaml_rust2::Yaml| -> Vec<String> {
        yaml.as_vec().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    for tag in listed(&mapping["tag_fields"]) {
        assert_eq!(configuration.named(&tag).unwrap().tokenizer.as_deref(), Some("raw"), "{tag}");
    }
    for field in listed(&yaml["search_settings"]["default_search_fields"]) {
        assert_eq!(configuration.named(&field).unwrap().tokenizer.as_deref(), Some("words"), "{field}");
    }
}

#[test]
fn every_document_fits_the_configuration_and_every_field_is_in_some() {
    let configuration = configuration();
    let mut filled = BTreeSet::new();
    for (name, documents) in exported() {
        assert!(!documents.is_empty(), "{name}");
        for document in &documents {
            let misfits = configuration.misfits(document);
            assert!(misfits.is_empty(), "{name}, {}: {misfits:?}", document["reference"]);
            // Every document has every key, so that what is absent is seen to be so.
            assert_eq!(document.len(), configuration.mappings.len(), "{name}");
            let has = |value: &Value| !value.is_null() && value.as_array().is_none_or(|values| !values.is_empty());
            filled.extend(document.iter().filter(|(_, value)| has(value)).map(|(key, _)| key.clone()));
        }
        let references: BTreeSet<&str> =
            documents.iter().map(|document| document["reference"].as_str().unwrap()).collect();
        assert_eq!(references.len(), documents.len(), "{name}");
    }
    let mapped: BTreeSet<String> = configuration.mappings.iter().map(|mapping| mapping.name.clone()).collect();
    assert_eq!(filled, mapped);
}

#[test]
fn a_field_that_is_dropped_or_of_another_type_is_seen() {
    let configuration = configuration();
    let documents = documents(&indexed(&made()));
    for mapping in &configuration.mappings {
        let without = configuration.without(&mapping.name);
        assert!(documents.iter().all(|document| !without.misfits(document).is_empty()), "{}", mapping.name);
        let mut other = documents[0].clone();
        let wrong = if mapping.kind == Kind::Text { Value::from(7) } else { Value::from("2020-01") };
        other.insert(mapping.name.clone(), wrong);
        assert_eq!(configuration.misfits(&other).len(), 1, "{}", mapping.name);
        if mapping.cardinality == Cardinality::One {
            other.insert(mapping.name.clone(), Value::Array(Vec::new()));
            assert_eq!(configuration.misfits(&other).len(), 1, "{}", mapping.name);
        }
    }
    let mut other = documents[0].clone();
    other.insert("amended".to_owned(), Value::Null);
    assert_eq!(configuration.misfits(&other), ["amended is not mapped"]);
}

#[test]
fn what_is_counted_stands_in_columns_and_what_is_searched_has_places() {
    let configuration = configuration();
    let folder = tempfile::tempdir().unwrap();
    let counted = json(folder.path(), &["search", "hospital", "--facets", "--json"]);
    let mut fields = BTreeSet::new();
    for value in counted["facets"].as_array().unwrap().iter().flat_map(|facet| facet["values"].as_array().unwrap()) {
        // Each value comes with the part of a query that asks for it, such as `optouts:applied`.
        fields.insert(value["query"].as_str().unwrap().split(':').next().unwrap().to_owned());
    }
    assert!(fields.len() >= 12, "{fields:?}");
    for field in fields.iter().map(String::as_str).chain(["files", "ends", "unsure"]) {
        assert!(configuration.named(field).is_some_and(|mapping| mapping.is_fast), "{field}");
    }
    let index = Edition::sample().unwrap().index;
    for field in WORDS {
        let mapping = configuration.named(field).unwrap();
        let how = (mapping.tokenizer.as_deref(), mapping.record.as_deref());
        assert_eq!(how, (Some("words"), Some("position")), "{field}");
        let request = Request { query: format!("{field}:of"), last_word: LastWord::Whole, sort: Sort::Relevance };
        assert!(index.search(&request, &|| false).unwrap().trouble.is_empty(), "{field} is none of ours");
    }
}

#[test]
fn a_document_says_what_the_project_says() {
    let index = indexed(&made());
    let documents = documents(&index);
    let [one, rows] = documents.as_slice() else { panic!("{}", documents.len()) };
    assert_eq!(one["reference"], "DARS-NIC-1-AAAAA");
    assert_eq!(strings(one, "ref"), ["DARS-NIC-1-AAAAA", "DARS-NIC-1-AAAAA-v1.0", "DARS-NIC-1-AAAAA-v2.0"]);
    assert_eq!((&one["commercial"], &one["sublicensing"]), (&"yes".into(), &"mixed".into()));
    assert_eq!(one["sensitive"], "yes");
    // Of a month the first day; and no day that the engine cannot hold.
    assert_eq!((&one["started"], &one["ends"]), (&"2019-01-01".into(), &Value::Null));
    assert_eq!(strings(one, "released"), ["2020-05-01", "2020-06-01", "2020-07-01", "2020-09-01"]);
    assert_eq!(one["files"], 6);
    assert_eq!(one["versions"], 2);
    assert_eq!(strings(one, "has").len(), 5);
    assert_eq!(strings(one, "benefits")[1], one["yielded"]);
    let concerns: BTreeSet<&str> =
        one["concerns"].as_array().unwrap().iter().map(|concern| concern["id"].as_str().unwrap()).collect();
    assert_eq!(strings(one, "concern").into_iter().collect::<BTreeSet<_>>(), concerns);
    assert!(one["concerns"].as_array().unwrap().iter().all(|concern| !concern["caveat"].as_str().unwrap().is_empty()));
    assert!(rows["title"].is_null() && rows["org"].as_array().unwrap().is_empty());
    assert_eq!((strings(rows, "has").len(), &rows["sensitive"]), (0, &Value::Null));
    // Each field finds the same projects as ours does.
    for (ours, field, value) in [
        ("optouts:not-applied", "optouts", "not-applied"),
        ("commercial:yes", "commercial", "yes"),
        ("severity:high", "severity", "high"),
        ("concern:orphan", "concern", "orphan"),
        ("unsure:boilerplate", "unsure", "boilerplate"),
        ("has:yielded", "has", "yielded"),
        ("sensitive:yes", "sensitive", "yes"),
    ] {
        for index in [&index, &Edition::sample().unwrap().index] {
            let request = Request { query: ours.to_owned(), last_word: LastWord::Whole, sort: Sort::Relevance };
            let found = index.search(&request, &|| false).unwrap().projects;
            let mut found: Vec<usize> = found.into_iter().map(|id| id.0 as usize).collect();
            found.sort_unstable();
            let documents = self::documents(index).into_iter().enumerate();
            let theirs: Vec<usize> =
                documents.filter(|(_, one)| strings(one, field).contains(&value)).map(|(at, _)| at).collect();
            assert_eq!(found, theirs, "{ours}");
        }
    }
}

/// The tokenizer that the configuration names, built of the same parts as the engine builds it.
fn analyzer(configuration: &Configuration, name: &str) -> TextAnalyzer {
    if name == "raw" {
        return TextAnalyzer::builder(RawTokenizer::default()).filter(RemoveLongFilter::limit(LONGEST)).build();
    }
    let all = configuration.yaml["doc_mapping"]["tokenizers"].as_vec().unwrap();
    let own = all.iter().find(|one| one["name"].as_str() == Some(name)).unwrap();
    assert_eq!(own["type"].as_str(), Some("regex"));
    let tokenizer = RegexTokenizer::new(own["pattern"].as_str().unwrap()).unwrap();
    let mut builder = TextAnalyzer::builder(tokenizer).dynamic();
    for filter in own["filters"].as_vec().unwrap() {
        builder = match filter.as_str().unwrap() {
            "remove_long" => builder.filter_dynamic(RemoveLongFilter::limit(LONGEST)),
            "lower_caser" => builder.filter_dynamic(LowerCaser),
            "ascii_folding" => builder.filter_dynamic(AsciiFoldingFilter),
            other => panic!("no filter {other}"),
        };
    }
    builder.build()
}

fn tokens(analyzer: &mut TextAnalyzer, text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    analyzer.token_stream(text).process(&mut |token| tokens.push(token.text.clone()));
    tokens
}

fn ours(text: &str) -> Vec<String> {
    words(text).map(|word| word.folded).collect()
}

#[test]
fn the_engine_cuts_the_same_words_but_for_apostrophes() {
    let configuration = configuration();
    let mut analyzer = analyzer(&configuration, "words");
    let (mut count, mut with_apostrophes) = (0, 0);
    for (name, documents) in exported() {
        for document in &documents {
            for text in WORDS.iter().flat_map(|field| strings(document, field)) {
                let (theirs, ours) = (tokens(&mut analyzer, text), ours(text));
                assert_eq!(theirs.len(), ours.len(), "{name}, {}", document["reference"]);
                for (their, our) in theirs.iter().zip(&ours) {
                    // Marks that are characters of their own stay too, as the configuration says.
                    let stays = |letter: &char| *letter == '\'' || is_combining_mark(*letter);
                    let without: String = their.chars().filter(|letter| !stays(letter)).collect();
                    if &without != our {
                        // Letters of other alphabets than the Latin one too.
                        let is_other = |letter: char| letter > '\u{2AF}';
                        assert!(without.chars().any(is_other), "{without} {our}: {name}, {}", document["reference"]);
                        assert_eq!(self::ours(&without).concat(), *our);
                    }
                }
                count += ours.len();
                with_apostrophes += theirs.iter().filter(|token| token.contains('\'')).count();
            }
        }
    }
    assert!(count > 5_000 && with_apostrophes > 0, "{count} {with_apostrophes}");
}

#[test]
fn words_differ_as_the_configuration_says_and_not_otherwise() {
    let configuration = configuration();
    let mut analyzer = analyzer(&configuration, "words");
    let mut pair = |text: &str| (tokens(&mut analyzer, text), ours(text));
    for text in [
        "Café \u{FB01}le STRASSE Straße İstanbul œuvre Ærø Łódź þing",
        "opt-outs/NIC-791919_x 'three' four' s261(2)(a) x\u{B2} \u{FF21}\u{FF22}",
        "\u{F0B7}one\u{2028}two \u{2022}three\u{2014}four",
        "Αθήνα ΜΟΣΧΟΣ улица",
    ]
    .map(|text| text.replace(['ή', 'ς', 'Σ'], ""))
    {
        let (theirs, ours) = pair(&text);
        assert_eq!(theirs, ours, "{text}");
    }
    // An apostrophe stays, straight or curly alike.
    assert_eq!(
        pair("King\u{2019}s don't"),
        (vec!["king's".into(), "don't".into()], vec!["kings".into(), "dont".into()])
    );
    // Accents by themselves, letters of other alphabets and fractions stay.
    assert_eq!(pair("e\u{301}te\u{301}"), (vec!["e\u{301}te\u{301}".into()], vec!["ete".into()]));
    assert_eq!(pair("\u{3AE} \u{BD}"), (vec!["\u{3AE}".into(), "\u{BD}".into()], vec!["\u{3B7}".into(), "12".into()]));
    // Long words are kept whole, and left out when they are longer still.
    for (letters, kept) in [(100, Some(100)), (200, Some(200)), (LONGEST + 1, None)] {
        let (theirs, ours) = pair(&"a".repeat(letters));
        assert_eq!(theirs.first().map(String::len), kept);
        assert_eq!(ours[0].len(), 100);
    }
    // Forms of a word are words of their own in both; only we look for them when searching.
    assert_eq!(pair("claims claim"), (vec!["claims".into(), "claim".into()], vec!["claims".into(), "claim".into()]));
    let mut raw = self::analyzer(&configuration, "raw");
    assert_eq!(tokens(&mut raw, "mixed-opt-outs"), ["mixed-opt-outs"]);
}

#[test]
fn the_command_writes_all_projects_or_those_of_a_query() {
    let folder = tempfile::tempdir().unwrap();
    let all = outflow_of(folder.path(), &["export", "--all", "--format", "ndjson", "--flat"]);
    assert_eq!(all.code, 0, "{}", all.stderr);
    let index = Edition::sample().unwrap().index;
    assert_eq!(all.stdout.lines().count(), index.len());
    let path = folder.path().join("some.ndjson");
    let ran = outflow_of(folder.path(), &["export", "benefits:dementia", "--flat", "-o", path.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let some = std::fs::read_to_string(&path).unwrap();
    let count = some.lines().count();
    assert!(count > 0 && count < index.len());
    assert!(some.lines().all(|line| all.stdout.contains(line)));
    each_says(
        folder.path(),
        &[
            (vec!["export", "--all", "--flat"], 2, "--flat goes with --format ndjson"),
            (vec!["export", "--all", "dementia"], 2, "cannot be used with"),
            (vec!["export"], 2, "required"),
        ],
    );
    // The other forms can be asked for all projects too.
    let table = outflow_of(folder.path(), &["export", "--all", "--format", "csv"]).stdout;
    assert_eq!(csv::Reader::from_reader(table.as_bytes()).records().count(), index.len());
}
