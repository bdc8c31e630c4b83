//! The full register: importing it whole, beside bare reads of the same workbook by calamine and by openpyxl in the same
//! run, and comparing two editions of it. Prints medians, ratios and the largest process.
//!
//! The workbook is made by the script beside the published files, with python3, openpyxl and xlsxwriter; or
//! `OUTFLOW_WORKBOOK` names one. Without either there is nothing to measure, which is said.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark prints, and fails by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use calamine::{Reader, Xlsx, open_workbook};

/// How often each is measured, in turns.
const ROUNDS: usize = 5;

/// A bare read in Python: every cell of every sheet, one after another.
const OPENPYXL: &str = "import sys, openpyxl\n\
    book = openpyxl.load_workbook(sys.argv[1], read_only=True)\n\
    cells = sum(cell is not None for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)\n\
    sys.exit(cells == 0)";

/// What was measured of one thing.
#[derive(Default)]
struct Measured {
    times: Vec<Duration>,
    largest: u64,
}

fn main() {
    // `cargo test --benches` only asks whether it runs.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let Some((file, earlier)) = workbook(folder.path()) else {
        println!("nothing measured: neither OUTFLOW_WORKBOOK nor the script that makes one is at hand");
        return;
    };
    let program = Path::new(env!("CARGO_BIN_EXE_outflow"));
    let library = folder.path().join("library");
    let [mut calamine, mut python, mut import, mut compare] = [const { Measured { times: Vec::new(), largest: 0 } }; 4];
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        assert!(bare_read(&file) > 0);
        calamine.times.push(begun.elapsed());
        python.run(Command::new("python3").args(["-c", OPENPYXL]).arg(&file));
        import.run(outflow(program, &library).arg("import").arg(&file));
    }
    println!("full register: {} ({} MB)", file.display(), fs::metadata(&file).unwrap().len() >> 20);
    calamine.print("calamine, bare read", None);
    python.print("openpyxl, bare read", Some(("calamine", &calamine)));
    import.print("outflow import: read, concerns, index, publish", Some(("calamine", &calamine)));
    if let Some(ratio) = import.ratio(&python) {
        println!("  import is {ratio:.2} of openpyxl's bare read");
    }
    let bytes = size(&library.join("editions"), "index");
    println!("  on disk without the kept source: {} MB", bytes >> 20);
    if let Some(earlier) = earlier {
        import.run(outflow(program, &library).arg("import").arg(&earlier));
        for _ in 0..ROUNDS {
            compare.run(outflow(program, &library).args(["changes", "--json"]));
        }
        compare.print("outflow changes, two editions of it, process start included", None);
    }
}

impl Measured {
    /// Runs a command to its end, and watches the memory of its processes.
    fn run(&mut self, command: &mut Command) {
        let begun = Instant::now();
        let spawned = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let Ok(mut child) = spawned else { return };
        loop {
            self.largest = self.largest.max(largest_of(child.id()));
            if let Some(status) = child.try_wait().unwrap() {
                // 1 is nothing found.
                if status.code().is_some_and(|code| code < 2) {
                    self.times.push(begun.elapsed());
                }
                return;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    fn median(&self) -> Option<f64> {
        let mut times = self.times.clone();
        times.sort_unstable();
        times.get(times.len() / 2).map(Duration::as_secs_f64)
    }

    fn ratio(&self, peer: &Self) -> Option<f64> {
        Some(self.median()? / peer.median()?)
    }

    fn print(&self, name: &str, peer: Option<(&str, &Self)>) {
        let Some(median) = self.median() else {
            println!("  {name}: not at hand");
            return;
        };
        let beside = peer.and_then(|(peer, measured)| Some(format!(", {:.1} times {peer}", self.ratio(measured)?)));
        let memory =
            if self.largest > 0 { format!(", largest process {} MB", self.largest >> 10) } else { String::new() };
        println!("  {name}: {median:.3} s{}{memory}", beside.unwrap_or_default());
    }
}

/// The workbook, and an edition before it where one was made.
fn workbook(folder: &Path) -> Option<(PathBuf, Option<PathBuf>)> {
    if let Some(named) = std::env::var_os("OUTFLOW_WORKBOOK") {
        return Some((PathBuf::from(named), None));
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/register/make_data_uses_register.py");
    let made = Command::new("python3")
        .arg(&script)
        .args([
            "--agreements",
            "1950",
            "--releases",
            "104000",
            "--seed",
            "7",
            "--editions",
            "2",
            "--first",
            "august2026",
        ])
        .arg("--out")
        .arg(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let of = |month: &str| folder.join(format!("datausesregister_{month}2026.xlsx"));
    made.is_ok_and(|status| status.success()).then(|| (of("september"), Some(of("august"))))
}

fn outflow(program: &Path, library: &Path) -> Command {
    let mut command = Command::new(program);
    command.arg("--library").arg(library);
    command
}

fn bare_read(file: &Path) -> usize {
    let mut workbook: Xlsx<_> = open_workbook(file).unwrap();
    let mut cells = 0;
    for sheet in workbook.sheet_names() {
        let mut reader = workbook.worksheet_cells_reader(&sheet).unwrap();
        while reader.next_cell().unwrap().is_some() {
            cells += 1;
        }
    }
    cells
}

/// The most memory that a process or one of its children has held so far, in kB.
fn largest_of(process: u32) -> u64 {
    let held = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let own = held.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().split(' ').next()?.parse().ok());
    let children = fs::read_to_string(format!("/proc/{process}/task/{process}/children")).unwrap_or_default();
    let of_children = children.split_whitespace().filter_map(|child| child.parse().ok()).map(largest_of);
    of_children.max().unwrap_or(0).max(own.unwrap_or(0))
}

/// The bytes of all files below folders of a name.
fn size(folder: &Path, name: &str) -> u64 {
    let mut bytes = 0;
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            bytes += size(&path, name);
        } else if path.parent().is_some_and(|parent| parent.ends_with(name)) {
            bytes += fs::metadata(&path).map_or(0, |metadata| metadata.len());
        }
    }
    bytes
}
