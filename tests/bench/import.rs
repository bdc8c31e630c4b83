//! Importing a workbook whole (read, concerns, index, publish), beside a bare read of its cells by calamine.

#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark fails by panicking")]

mod register;

use std::path::Path;

use calamine::{Reader, Xlsx, open_workbook};
use criterion::{Criterion, criterion_group, criterion_main};
use outflow::library::Library;

fn import(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let (name, file) = register::file(folder.path());
    let mut group = criterion.benchmark_group(format!("import of the {name}"));
    group.sample_size(10);
    group.bench_function("calamine, bare read of all cells", |bencher| bencher.iter(|| bare_read(&file)));
    group.bench_function("outflow: read, concerns, index, publish", |bencher| {
        bencher.iter(|| {
            let library = tempfile::tempdir().unwrap();
            Library::at(library.path()).publish(std::slice::from_ref(&file), None, &mut |_| {}).unwrap();
        });
    });
    group.bench_function("outflow: read", |bencher| {
        bencher.iter(|| outflow::import::read(std::slice::from_ref(&file), None, &mut |_| {}).unwrap());
    });
    let read = outflow::import::read(std::slice::from_ref(&file), None, &mut |_| {}).unwrap().register;
    group.bench_function("outflow: concerns", |bencher| bencher.iter(|| outflow::concerns::examine(&read)));
    group.finish();
}

fn bare_read(file: &Path) -> usize {
    let mut workbook: Xlsx<_> = open_workbook(file).unwrap();
    let mut letters = 0;
    for sheet in workbook.sheet_names() {
        let mut cells = workbook.worksheet_cells_reader(&sheet).unwrap();
        while let Some(cell) = cells.next_cell().unwrap() {
            letters += format!("{:?}", cell.get_value()).len();
        }
    }
    letters
}

criterion_group!(benches, import);
criterion_main!(benches);
