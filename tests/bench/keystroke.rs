//! From a keystroke to results: the search, its rows and their snippets, beside a plain scan of the same words held in
//! memory. Every beginning of each query is one keystroke.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark fails by panicking")]

mod register;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use outflow::explorer::desk::IndexDesk;
use outflow::explorer::message::Job;
use outflow::explorer::worker::Desk;
use outflow::index::{Index, LastWord, ProjectId, Request, Sort};
use outflow::register::Section;
use outflow::text::words;

/// What people type.
const QUERIES: [&str; 6] =
    ["dementia", "machine learning", "insurance", "benefits:mortality", "\"type 2 objections\"", "org:ims pah"];

fn keystrokes() -> Vec<String> {
    QUERIES.iter().flat_map(|query| (1..=query.len()).filter_map(|end| query.get(..end)).map(str::to_owned)).collect()
}

fn keystroke(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let (name, index) = register::index(folder.path());
    let texts = folded(&index);
    let keystrokes = keystrokes();
    let mut group = criterion.benchmark_group(format!("{} keystrokes on the {name}", keystrokes.len()));
    group.sample_size(20);
    group.bench_function("plain scan in memory, matches only", |bencher| {
        bencher.iter(|| keystrokes.iter().map(|query| scan(&texts, query)).sum::<usize>());
    });
    group.bench_function("outflow: search", |bencher| {
        bencher.iter(|| {
            for query in &keystrokes {
                black_box(index.search(&request(query), &|| false).unwrap());
            }
        });
    });
    let desk = IndexDesk::new(index);
    group.bench_function("outflow: search, 7 rows and snippets", |bencher| {
        bencher.iter(|| {
            for query in &keystrokes {
                black_box(
                    desk.work(&Job::Find { asked: 1, request: request(query), rows: 7, columns: 80 }, &|| false)
                        .unwrap(),
                );
            }
        });
    });
    group.finish();
}

fn request(query: &str) -> Request {
    Request { query: query.to_owned(), last_word: LastWord::Beginning, sort: Sort::Relevance }
}

/// The folded words of each project's sections and organisation, a string each.
fn folded(index: &Index) -> Vec<String> {
    let projects = (0..u32::try_from(index.len()).unwrap()).map(ProjectId);
    projects
        .map(|id| {
            let record = index.record(id).unwrap();
            let latest = record.project.latest().unwrap();
            let sections = Section::ALL.into_iter().filter_map(|section| latest.section(section));
            let whole: Vec<String> = sections.chain([latest.organisation.clone()]).collect();
            let mut text = String::from(" ");
            for word in words(&whole.join(" ")) {
                text.push_str(&word.folded);
                text.push(' ');
            }
            text
        })
        .collect()
}

/// Projects that hold every word of a query, the last one as a beginning.
fn scan(texts: &[String], query: &str) -> usize {
    let wanted: Vec<String> = words(query).map(|word| format!(" {}", word.folded)).collect();
    texts.iter().filter(|text| wanted.iter().all(|word| text.contains(word.as_str()))).count()
}

criterion_group!(benches, keystroke);
criterion_main!(benches);
