//! SQLite with FTS5: the latest version of each project is a row of a table of text with porter's stems and an index of
//! beginnings of two and three letters; what it is counted by stands in tables of its own, each with the index that it needs.
//!
//! For a query: one statement for the best 20 by `bm25()` with a snippet of each, and one in which the matches are found
//! once and counted: all of them, and by organisation, dataset, legal basis, opt-outs and weight of concerns. These are 5 of
//! outflow's 14 facets, and a choice narrows its own facet too, which is less work than outflow's.

use std::path::Path;
use std::time::{Duration, Instant};

use outflow::concerns::{Findings, Severity};
use outflow::register::{Facts, Layout, Project, Register};
use rusqlite::{Connection, OpenFlags, Statement, Transaction, params, params_from_iter};

use crate::corpus::{self, FIELDS};
use crate::ours::ROWS;

/// What is searched for: words in SQLite's language, and conditions on the values.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sql {
    pub(crate) words: Option<String>,
    pub(crate) conditions: Vec<String>,
}

pub(crate) struct Fts5 {
    database: Connection,
}

impl Fts5 {
    /// Writes everything in one transaction, as is quickest, and then merges what was written, as is best for reading. Returns
    /// how long each took.
    pub(crate) fn build(
        file: &Path,
        register: &Register,
        findings: &mut dyn Iterator<Item = &Findings>,
    ) -> [Duration; 2] {
        let begun = Instant::now();
        let mut database = Connection::open(file).unwrap();
        database.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;").unwrap();
        let transaction = database.transaction().unwrap();
        transaction.execute_batch(&tables()).unwrap();
        insert(&transaction, register, findings);
        transaction.commit().unwrap();
        let written = begun.elapsed();
        database.execute_batch("INSERT INTO text(text) VALUES ('optimize'); ANALYZE;").unwrap();
        [written, begun.elapsed().saturating_sub(written)]
    }

    /// Opens it for reading, mapped into memory as outflow's files are.
    pub(crate) fn open(file: &Path) -> Self {
        let database = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        database.execute_batch("PRAGMA mmap_size = 17179869184").unwrap();
        Self { database }
    }

    /// How many projects are found; statements are made ready anew each time, as the conditions differ.
    pub(crate) fn work(&self, wanted: &Sql) -> usize {
        let listed = listed(&mut self.database.prepare(&listing(wanted)).unwrap(), wanted);
        let found = self.counted(wanted);
        assert_eq!(listed, found.min(ROWS), "{wanted:?}");
        found
    }

    fn counted(&self, wanted: &Sql) -> usize {
        let mut statement = self.database.prepare(&counting(wanted)).unwrap();
        let mut rows = statement.query(params_from_iter(&wanted.words)).unwrap();
        let mut found = 0;
        while let Some(row) = rows.next().unwrap() {
            let (facet, value): (String, String) = (row.get(0).unwrap(), row.get(1).unwrap());
            if facet == "total" {
                found = usize::try_from(row.get::<_, i64>(2).unwrap()).unwrap();
            }
            std::hint::black_box(value);
        }
        found
    }
}

fn tables() -> String {
    format!(
        "CREATE VIRTUAL TABLE text USING fts5({}, tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3');
         CREATE TABLE project(id INTEGER PRIMARY KEY, organisation TEXT NOT NULL, opt_outs TEXT NOT NULL);
         CREATE TABLE dataset(project INTEGER, name TEXT, PRIMARY KEY (project, name)) WITHOUT ROWID;
         CREATE TABLE legal(project INTEGER, name TEXT, PRIMARY KEY (project, name)) WITHOUT ROWID;
         CREATE TABLE severity(project INTEGER, name TEXT, PRIMARY KEY (project, name)) WITHOUT ROWID;",
        FIELDS.join(", ")
    )
}

fn insert(transaction: &Transaction<'_>, register: &Register, findings: &mut dyn Iterator<Item = &Findings>) {
    let fields = vec!["?"; FIELDS.len()].join(", ");
    let mut text =
        transaction.prepare(&format!("INSERT INTO text(rowid, {}) VALUES (?, {fields})", FIELDS.join(", "))).unwrap();
    let mut row = transaction.prepare("INSERT INTO project VALUES (?, ?, ?)").unwrap();
    let value = |table| transaction.prepare(&format!("INSERT OR IGNORE INTO {table} VALUES (?, ?)")).unwrap();
    let (mut dataset, mut legal, mut severity) = (value("dataset"), value("legal"), value("severity"));
    for (number, (project, findings)) in (1_i64..).zip(register.projects.iter().zip(findings)) {
        let texts = corpus::texts(project).map(|texts| texts.join("\n"));
        let columns = std::iter::once(number.to_string()).chain(texts);
        text.execute(params_from_iter(columns)).unwrap();
        let facts = facts(register, project);
        let organisation = project.latest().map(|latest| latest.organisation.as_str()).unwrap_or_default();
        row.execute(params![number, organisation, facts.opt_outs.state.as_str()]).unwrap();
        for named in &facts.datasets {
            dataset.execute(params![number, named.name.as_str()]).unwrap();
        }
        for basis in &facts.legal_bases {
            legal.execute(params![number, basis]).unwrap();
        }
        for weight in findings.concerns.iter().map(|concern| concern.severity).map(Severity::as_str) {
            severity.execute(params![number, weight]).unwrap();
        }
    }
}

fn facts(register: &Register, project: &Project) -> Facts {
    let layout = project.latest().and_then(|latest| register.layout(latest));
    Facts::of(project, layout.is_some_and(Layout::lists_files))
}

/// The best, with a snippet where there are words to show.
fn listing(wanted: &Sql) -> String {
    let rows = "text.rowid, text.title, text.organisation";
    match (&wanted.words, wanted.conditions.as_slice()) {
        (Some(_), []) => {
            format!(
                "SELECT {rows}, snippet(text, -1, '[', ']', '...', 24) FROM text WHERE text MATCH ?1 ORDER BY rank LIMIT {ROWS}"
            )
        }
        (Some(_), conditions) => format!(
            "SELECT {rows}, snippet(text, -1, '[', ']', '...', 24) FROM text JOIN project ON project.id = text.rowid \
             WHERE text MATCH ?1 AND {} ORDER BY rank LIMIT {ROWS}",
            conditions.join(" AND ")
        ),
        (None, conditions) => format!(
            "SELECT {rows}, '' FROM project JOIN text ON text.rowid = project.id WHERE {} ORDER BY project.id LIMIT {ROWS}",
            conditions.join(" AND ")
        ),
    }
}

fn listed(statement: &mut Statement<'_>, wanted: &Sql) -> usize {
    let mut rows = statement.query(params_from_iter(&wanted.words)).unwrap();
    let mut count = 0;
    while let Some(row) = rows.next().unwrap() {
        let shown: [Option<String>; 3] = [row.get(1).unwrap(), row.get(2).unwrap(), row.get(3).unwrap()];
        std::hint::black_box(shown);
        count += 1;
    }
    count
}

fn counting(wanted: &Sql) -> String {
    let mut conditions = wanted.conditions.clone();
    let from = if wanted.words.is_some() {
        conditions.insert(0, "text MATCH ?1".to_owned());
        "text JOIN project ON project.id = text.rowid"
    } else {
        "project"
    };
    // Without conditions on it the table of projects is not needed to find them.
    let from = if wanted.conditions.is_empty() { "text" } else { from };
    let id = if from == "text" { "text.rowid" } else { "project.id" };
    let of_table = |table: &str| {
        format!(
            " UNION ALL SELECT '{table}', {table}.name, count(*) FROM hit JOIN {table} ON {table}.project = hit.id GROUP BY 2"
        )
    };
    let of_column = |column: &str| {
        format!(
            " UNION ALL SELECT '{column}', project.{column}, count(*) FROM hit JOIN project ON project.id = hit.id GROUP BY 2"
        )
    };
    format!(
        "WITH hit AS MATERIALIZED (SELECT {id} AS id FROM {from} WHERE {}) SELECT 'total', '', count(*) FROM hit{}{}{}{}{}",
        conditions.join(" AND "),
        of_column("organisation"),
        of_column("opt_outs"),
        of_table("dataset"),
        of_table("legal"),
        of_table("severity"),
    )
}

/// A word in SQLite's language.
pub(crate) fn word(word: &str) -> String {
    format!("\"{word}\"")
}

/// A condition that a table of values meets.
pub(crate) fn has(table: &str, name: &str) -> String {
    let name = name.replace('\'', "''");
    format!("project.id IN (SELECT project FROM {table} WHERE name = '{name}')")
}
