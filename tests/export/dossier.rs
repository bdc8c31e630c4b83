//! Dossiers: every form holds what is said of a project, and nothing of a hostile entry steers whoever opens it.

use std::cell::RefCell;
use std::fs;

use crate::support::agreements::{Agreed, data_uses};
use crate::support::program::{json, outflow_of};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use outflow::concerns::examine;
use outflow::index::{Index, LastWord, ProjectId, Request, Sort};
use outflow::library::Edition;
use outflow::register::{Date, Section, Sections};
use outflow::report::ProjectReport;
use outflow::report::dossier::{Asked, Format, Quoted, write};
use serde_json::Value;

const ALL: [Format; 6] = [Format::Markdown, Format::Html, Format::Csv, Format::Json, Format::Ndjson, Format::Flat];

/// What every text of a hostile entry holds: controls, direction overrides, mark-up, formulas.
const POISON: &str = "=cmd|'/c calc'!A1\u{1b}]0;x\u{7}\u{9b}2J\u{202e}<script>alert(1)</script><img src=http://x onerror=y>\
                      \r\n\r\n# heading *b* [l](javascript:z) `c` &lt; \u{85}\u{2028}\"'end";

fn found(index: &Index, query: &str) -> Vec<ProjectId> {
    let request = Request { query: query.to_owned(), last_word: LastWord::Whole, sort: Sort::Relevance };
    index.search(&request, &|| false).unwrap().projects
}

fn written(index: &Index, query: &str, quoted: Quoted, format: Format) -> String {
    let projects = found(index, query);
    let asked = Asked { query, projects: &projects, found: projects.len(), quoted, accessed: Date::day(2026, 11, 26) };
    let mut bytes = Vec::new();
    write(index, &asked, format, &mut bytes, &|| false).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn reports(index: &Index, query: &str) -> Vec<ProjectReport> {
    let records = found(index, query).into_iter().map(|id| index.record(id).unwrap());
    records.map(|record| ProjectReport::new(index.header(), &record).unwrap()).collect()
}

/// The names and values of a tag's attributes.
type Attributes = Vec<(String, String)>;

/// The words of a page as a reader sees them, the names of its tags, and what the tokenizer takes for a fault.
#[derive(Default)]
struct Page {
    text: RefCell<String>,
    tags: RefCell<Vec<(String, Attributes)>>,
    faults: RefCell<Vec<String>>,
}

impl TokenSink for Page {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::CharacterTokens(text) => self.text.borrow_mut().push_str(&text),
            Token::TagToken(tag) => {
                let value =
                    |attribute: &html5ever::Attribute| (attribute.name.local.to_string(), attribute.value.to_string());
                self.tags.borrow_mut().push((tag.name.to_string(), tag.attrs.iter().map(value).collect()));
            }
            Token::ParseError(fault) => self.faults.borrow_mut().push(fault.into_owned()),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn page(html: &str) -> Page {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Page::default(), TokenizerOpts { exact_errors: true, ..TokenizerOpts::default() });
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink
}

/// A register of which every text that is published is hostile.
fn poisoned() -> Index {
    let mut sections = Sections::default();
    for section in Section::ALL {
        sections.set(section, Some(format!("insurance {POISON}")));
    }
    let agreed = Agreed::new("DARS-NIC-1-AAAAA-v1.0", "2020-01-01", "2021-01-01").of(POISON).but(|version| {
        version.title = Some(POISON.to_owned());
        version.organisation_type = Some(POISON.to_owned());
        version.controllers = vec![POISON.to_owned(), "=1+1".to_owned()];
        version.statements[0].sections = sections.clone();
    });
    let register = data_uses(&[agreed.dataset(POISON, POISON, POISON, POISON).file("2020-05").file("2020-07")]);
    Index::in_memory(&register, || examine(&register)).unwrap()
}

#[test]
fn every_concern_stands_with_its_caveat_and_every_quotation_with_a_citation() {
    let index = Edition::sample().unwrap().index;
    let query = "severity:high OR severity:medium OR severity:note";
    let reports = reports(&index, query);
    assert!(reports.len() > 20);
    let html = page(&written(&index, query, Quoted::Whole, Format::Html)).text.into_inner();
    let concerns: Vec<_> = reports.iter().flat_map(|report| &report.concerns).collect();
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let seen = one_line(&html);
    for concern in &concerns {
        for said in [&concern.statement, &concern.caveat] {
            assert!(seen.contains(&one_line(said)), "{said}");
        }
        for quote in concern.evidence.iter().filter_map(|evidence| evidence.quote.as_ref()) {
            let shown: Vec<String> = outflow::text::safe_lines(quote).map(outflow::text::Safe::into_owned).collect();
            // Of rows that stand together, what all of them say stands once.
            for cell in shown.join(" ").split(outflow::text::CELLS) {
                assert!(seen.contains(&one_line(cell)), "{quote}");
            }
        }
    }
    let markdown = written(&index, query, Quoted::Whole, Format::Markdown);
    assert_eq!(markdown.matches("What this does not prove: ").count(), concerns.len());
    assert_eq!(html.matches("What this does not prove: ").count(), concerns.len());
    // Behind each quotation the next line with words is its citation.
    let lines: Vec<&str> = markdown.lines().filter(|line| !line.is_empty()).collect();
    let ends = lines.windows(2).filter(|pair| pair[0].starts_with('>') && !pair[1].starts_with('>'));
    let mut quotations = 0;
    for pair in ends {
        quotations += 1;
        assert!(pair[1].contains("SHA-256 ") && pair[1].contains("accessed 2026-11-26"), "{}", pair[1]);
    }
    let quoted = concerns.iter().filter(|concern| concern.evidence.iter().any(|piece| piece.quote.is_some())).count();
    assert!(quotations >= quoted, "{quotations} {quoted}");
    // Each row is named beside its words, and in the citation.
    for place in
        concerns.iter().flat_map(|concern| &concern.evidence).filter_map(|piece| Some(&piece.source.as_ref()?.place))
    {
        let number = place.rsplit(' ').next().unwrap();
        assert!(seen.contains(place) || seen.contains(&format!("row {number}: ")), "{place}");
    }
    // What is a summary is called so at each project.
    assert!(markdown.matches("Summary; import the register for its words").count() > reports.len());
    assert!(markdown.contains(outflow::report::CREDIT) && html.contains(outflow::report::CREDIT));
}

#[test]
fn one_project_reads_well() {
    let index = Edition::sample().unwrap().index;
    let markdown = written(&index, "ref:NIC-38002-S3K0V", Quoted::Whole, Format::Markdown);
    let version = format!("outflow {}", env!("CARGO_PKG_VERSION"));
    insta::assert_snapshot!("dossier_markdown", markdown.replace(&version, "outflow VERSION"));
    let html = written(&index, "ref:NIC-38002-S3K0V", Quoted::None, Format::Html);
    insta::assert_snapshot!("dossier_html", html.replace(&version, "outflow VERSION"));
}

#[test]
fn nothing_of_a_hostile_entry_steers_a_terminal_in_any_form() {
    let index = poisoned();
    for format in ALL {
        for quoted in [Quoted::Whole, Quoted::Matching, Quoted::None] {
            let text = written(&index, "insurance", quoted, format);
            let steers = text.chars().find(|letter| {
                letter.is_control() && !matches!(letter, '\n' | '\r')
                    || outflow::text::is_hidden(*letter) && *letter != '\u{FEFF}'
            });
            assert_eq!(steers, None, "{format:?}");
            assert!(format == Format::Csv || !text.contains('\r'), "{format:?}");
        }
    }
}

#[test]
fn a_page_is_well_formed_fetches_nothing_and_runs_nothing() {
    for index in [poisoned(), Edition::sample().unwrap().index] {
        let html = written(&index, "insurance OR hospital", Quoted::Whole, Format::Html);
        let page = page(&html);
        assert!(page.faults.borrow().is_empty(), "{:?}", page.faults.borrow());
        for (tag, attributes) in page.tags.borrow().iter() {
            let is_known = [
                "html",
                "head",
                "meta",
                "title",
                "style",
                "body",
                "h1",
                "h2",
                "h3",
                "p",
                "ul",
                "li",
                "dl",
                "dt",
                "dd",
                "article",
                "blockquote",
                "strong",
                "br",
                "figure",
                "figcaption",
                "svg",
                "rect",
                "text",
                "footer",
            ];
            assert!(is_known.contains(&tag.as_str()), "{tag}");
            for (name, value) in attributes {
                let is_harmless =
                    !name.starts_with("on") && !["src", "href", "style", "action", "data"].contains(&name.as_str());
                assert!(is_harmless && !value.contains("://"), "{name}={value}");
            }
        }
        // Tags stand in one another.
        let mut open = Vec::new();
        for piece in html.split('<').skip(2) {
            let name: String =
                piece.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '/').collect();
            let is_single = piece.split('>').next().is_some_and(|tag| tag.ends_with('/'));
            match name.strip_prefix('/') {
                Some(closed) => assert_eq!(open.pop().as_deref(), Some(closed), "{name}"),
                None if is_single || ["meta", "br"].contains(&name.as_str()) => {}
                None => open.push(name),
            }
        }
        assert!(open.is_empty(), "{open:?}");
    }
    // The charts say in words what they show.
    let html = written(&poisoned(), "insurance", Quoted::None, Format::Html);
    assert!(html.contains("Files by month, 2020-05 to 2020-07. Most in 2020-05: 1."), "{html}");
}

#[test]
fn a_table_has_a_row_for_each_project_and_no_formula() {
    let table = |index: &Index, query: &str| {
        let text = written(index, query, Quoted::None, Format::Csv);
        let text = text.strip_prefix('\u{FEFF}').expect("spreadsheets are told that it is UTF-8").to_owned();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let headings = reader.headers().unwrap().clone();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let column = move |name: &str| headings.iter().position(|heading| heading == name).unwrap();
        (rows, column)
    };
    let index = Edition::sample().unwrap().index;
    let (rows, column) = table(&index, "hospital");
    let reports = reports(&index, "hospital");
    assert_eq!(rows.len(), reports.len());
    for (row, report) in rows.iter().zip(&reports) {
        assert_eq!(row[column("reference")], report.reference);
        assert_eq!(row[column("organisation")], report.organisation);
        assert_eq!(row[column("opt_outs")], *report.opt_outs.state.as_str());
        let weighed: usize = ["concerns_high", "concerns_medium", "concerns_note"]
            .iter()
            .map(|name| row[column(name)].parse::<usize>().unwrap())
            .sum();
        assert_eq!(weighed, report.concerns.len());
        assert_eq!(&row[column("wording")], "summary");
    }
    let (rows, column) = table(&poisoned(), "insurance");
    for cell in &rows[0] {
        assert!(!cell.trim_start().starts_with(['=', '+', '-', '@', '|', '%']), "{cell:?}");
    }
    assert!(rows[0][column("title")].starts_with("'=cmd|"));
}

#[test]
fn json_holds_every_text_as_it_is_published() {
    let index = poisoned();
    let whole: Value = serde_json::from_str(&written(&index, "insurance", Quoted::Whole, Format::Json)).unwrap();
    assert_eq!(whole["projects"][0]["title"], POISON);
    assert_eq!(whole["projects"][0]["quotes"][0]["text"], format!("insurance {POISON}"));
    assert_eq!(whole["dossier"]["query"], "insurance");
    assert_eq!(whole["dossier"]["summary"]["projects"], 1);
    assert_eq!(whole["dossier"]["summary"]["files"], 2);
    assert_eq!(whole["dossier"]["sources"][0]["sha256"], "0".repeat(64));
    let lines = written(&index, "insurance", Quoted::Whole, Format::Ndjson);
    assert_eq!(lines.lines().count(), 1);
    let line: Value = serde_json::from_str(&lines).unwrap();
    assert_eq!(line, whole["projects"][0]);
}

#[test]
fn the_command_writes_a_file_once_and_says_what_it_did() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("beds.html");
    let file = path.to_str().unwrap();
    let ran = outflow_of(folder.path(), &["export", "hospital", "-council", "-o", file]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("projects written to ") && ran.stdout.contains("beds.html ("), "{}", ran.stdout);
    let first = fs::read_to_string(&path).unwrap();
    assert!(first.starts_with("<!DOCTYPE html>") && first.contains("hospital -council"));
    // Not over what is there, unless that is asked for.
    let refused = outflow_of(folder.path(), &["export", "dementia", "-o", file]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.stderr.contains("is there already") && refused.stderr.contains("--overwrite"),
        "{}",
        refused.stderr
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), first);
    let replaced = json(folder.path(), &["export", "--json", "dementia", "-o", file, "--overwrite"]);
    assert_eq!(replaced["bytes"], fs::metadata(&path).unwrap().len());
    assert_eq!(replaced["format"], "html");
    // Nothing found, no file.
    let nothing = folder.path().join("nothing.md");
    let ran = outflow_of(folder.path(), &["export", "xyzzyx", "-o", nothing.to_str().unwrap()]);
    assert_eq!((ran.code, nothing.exists()), (1, false));
    let ran = outflow_of(folder.path(), &["export", "dementia", "-o", folder.path().join("a.pdf").to_str().unwrap()]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains(".pdf tells no form"), "{}", ran.stderr);
    let ran = outflow_of(folder.path(), &["export", "\"data"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("cannot be read as it is written"), "{}", ran.stderr);
}

#[test]
fn a_reference_is_exported_whole_and_a_search_by_its_passages() {
    let folder = tempfile::tempdir().unwrap();
    let one = json(folder.path(), &["export", "nic-38002-s3k0v", "--format", "json"]);
    assert_eq!(one["projects"].as_array().unwrap().len(), 1);
    let shown = json(folder.path(), &["show", "nic-38002-s3k0v", "--json"]);
    assert_eq!(one["projects"][0]["quotes"][0]["text"], shown["sections"]["objectives"]);
    assert_eq!(one["projects"][0]["concerns"], shown["concerns"]);
    let some = json(folder.path(), &["export", "hospital", "pay", "--json", "--limit", "2"]);
    let projects = some["projects"].as_array().unwrap();
    assert_eq!(projects.len(), 2);
    for project in projects {
        let quotes = project["quotes"].as_array().unwrap();
        assert!((1..=3).contains(&quotes.len()));
        assert!(quotes.iter().all(|quote| quote["citation"].as_str().unwrap().contains("SHA-256")));
    }
    // That these are not all is said.
    let found = json(folder.path(), &["search", "hospital", "--json"])["total"].as_u64().unwrap();
    assert!(found > 2);
    let some = json(folder.path(), &["export", "hospital", "--json", "--limit", "2"]);
    assert_eq!((&some["dossier"]["found"], &some["dossier"]["summary"]["projects"]), (&found.into(), &2.into()));
    let told = outflow_of(folder.path(), &["export", "hospital", "--limit", "2"]).stdout;
    let first = format!("The projects are the first 2 of {found} that this query finds: hospital\n");
    assert!(told.contains(&first), "{told}");
    let none = json(folder.path(), &["export", "hospital", "--json", "--text", "none", "--limit", "1"]);
    assert_eq!(none["projects"][0]["quotes"], Value::Array(Vec::new()));
}

#[test]
fn whoever_reads_no_further_is_no_error() {
    for form in ["md", "html", "csv", "json", "ndjson"] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_outflow"));
        let query = "severity:high OR severity:medium OR severity:note";
        command.env_clear().args(["--edition", "sample", "export", query, "--format", form]);
        let (stdout, stderr) = (std::process::Stdio::piped(), std::process::Stdio::piped());
        let mut program = command.stdout(stdout).stderr(stderr).spawn().unwrap();
        // Nobody reads: what is written meets a closed pipe.
        drop(program.stdout.take());
        let ended = program.wait_with_output().unwrap();
        assert_eq!((ended.status.code(), String::from_utf8_lossy(&ended.stderr).as_ref()), (Some(0), ""), "{form}");
    }
}
