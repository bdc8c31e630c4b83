//! Writing an edition so many times as large, and what that took.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use outflow::concerns::{Examination, Examining, Settings, examine, examining};
use outflow::index::Index;
use outflow::register::Register;
use serde::{Deserialize, Serialize};

use crate::{FTS5_UP_TO, corpus, fts5, index_of, kilobytes};

/// The texts of a size as the plain scan reads them, a project a line.
pub(crate) const TEXTS: &str = "texts";

/// SQLite's file.
pub(crate) const DATABASE: &str = "fts5.db";

/// Of so many rows of files a thin register has one.
const ROWS_OF: usize = 4;

/// How a size is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Made {
    /// As an import makes it.
    Whole,
    /// With what is searched, and less of the rest: every copy is said to have what its original has, without what proves it, and
    /// of the rows of files a part. What writing takes is not that of an import, and the records are smaller.
    Thin,
}

/// What writing took. Bytes, and seconds.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Written {
    pub(crate) times: usize,
    made: Made,
    pub(crate) projects: usize,
    versions: usize,
    files: usize,
    words: usize,
    purpose: u64,
    /// The process before anything is written: the register in memory.
    pub(crate) register_memory: u64,
    /// The most that it had.
    pub(crate) most_memory: u64,
    /// Until the concerns of all projects were found, and their records written.
    concerns: f64,
    /// All of it, the concerns among it.
    index: f64,
    /// Of the processor, for all of it: on a busy machine less than it took.
    processor: f64,
    publishing: f64,
    parts: BTreeMap<String, u64>,
    /// Bytes of the texts that the scan reads.
    texts: u64,
}

/// Makes and writes a size, and tells in a line what it took.
pub(crate) fn write(times: usize, made: Made, base: &Path, folder: &Path) {
    let (mut register, mut thin) = {
        let mut base = Index::open(&base.join("index")).unwrap().register().unwrap();
        let thin = (made == Made::Thin).then(|| thinned(&mut base));
        (corpus::times(&base, times), thin)
    };
    "grown".clone_into(&mut register.edition.slug);
    let register_memory = memory("VmRSS:");
    let index = index_of(folder);
    let (begun, used) = (Instant::now(), processor());
    let mut concerns = 0.0;
    Index::build(&index, &register, || {
        let examining = match thin.take() {
            Some(one) => repeated(one, register.projects.len()),
            None => examining(&register, Settings::built_in()),
        };
        examining.then(|| concerns = begun.elapsed().as_secs_f64())
    })
    .unwrap();
    let (built, processor) = (begun.elapsed().as_secs_f64(), processor() - used);
    let begun = Instant::now();
    for entry in fs::read_dir(&index).unwrap() {
        File::open(entry.unwrap().path()).unwrap().sync_all().unwrap();
    }
    let publishing = begun.elapsed().as_secs_f64();
    let most_memory = memory("VmHWM:");
    if times <= FTS5_UP_TO {
        let examination = examine(&register);
        let took = fts5::Fts5::build(&folder.join(DATABASE), &register, &mut examination.projects.iter());
        assert!(took[0].as_secs_f64() > 0.0);
    }
    let (texts, words) = write_texts(&register, &folder.join(TEXTS));
    let versions = || register.projects.iter().flat_map(|project| &project.versions);
    let written = Written {
        times,
        made,
        projects: register.projects.len(),
        versions: versions().count(),
        files: versions().map(|version| version.releases.len()).sum(),
        words,
        purpose: corpus::purpose_bytes(&register),
        register_memory,
        most_memory,
        concerns,
        index: built,
        processor,
        publishing,
        parts: parts(&index),
        texts,
    };
    println!("{}", serde_json::to_string(&written).unwrap());
}

/// Leaves out rows of files, and tells what the rules find in the whole, without what proves it.
fn thinned(register: &mut Register) -> Examination {
    let mut examination = examine(register);
    for concern in examination.projects.iter_mut().flat_map(|findings| &mut findings.concerns) {
        concern.evidence.clear();
    }
    for version in register.projects.iter_mut().flat_map(|project| &mut project.versions) {
        version.releases = version.releases.iter().step_by(ROWS_OF).cloned().collect();
    }
    examination
}

/// What is said of the projects of one register, of each of its copies.
fn repeated(one: Examination, projects: usize) -> Examining<'static> {
    let repeated = one.projects.into_iter().cycle().take(projects);
    Examining { edition: one.edition, projects: Box::new(repeated) }
}

/// Bytes of memory of this process.
fn memory(name: &str) -> u64 {
    kilobytes(&fs::read_to_string("/proc/self/status").unwrap(), name) << 10
}

/// Seconds of the processor that this process has used.
#[allow(clippy::cast_precision_loss, reason = "a few figures are told")]
fn processor() -> f64 {
    // The system counts them in hundredths.
    (counted(11) + counted(12)) as f64 / 100.0
}

/// A number that the system counts of this process, by its place behind the name, from 0.
pub(crate) fn counted(place: usize) -> u64 {
    let told = fs::read_to_string("/proc/self/stat").unwrap();
    // The name may hold anything.
    let (_, numbers) = told.rsplit_once(')').unwrap();
    numbers.split_whitespace().nth(place).unwrap().parse().unwrap()
}

/// Writes the folded texts one by one, and counts their bytes and different words.
fn write_texts(register: &Register, file: &Path) -> (u64, usize) {
    let mut out = BufWriter::new(File::create(file).unwrap());
    let mut words = std::collections::HashSet::new();
    for project in &register.projects {
        let one = Register { projects: vec![project.clone()], ..Register::default() };
        let text = corpus::folded(&one).remove(0);
        for word in text.split(' ').filter(|word| !word.is_empty() && *word != "|") {
            if !words.contains(word) {
                words.insert(word.to_owned());
            }
        }
        writeln!(out, "{text}").unwrap();
    }
    out.flush().unwrap();
    drop(out);
    (fs::metadata(file).unwrap().len(), words.len())
}

/// The bytes of an index by what they are.
fn parts(index: &Path) -> BTreeMap<String, u64> {
    let mut parts = BTreeMap::new();
    for entry in fs::read_dir(index).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        // Files of postings are named by a number of 32 digits.
        let part = match name.split_once('.') {
            Some((number, kind)) if number.len() == 32 => format!("postings .{kind}"),
            _ => name,
        };
        *parts.entry(part).or_default() += entry.metadata().unwrap().len();
    }
    parts
}

impl Written {
    /// Bytes on the disk that a size needs while it is measured.
    pub(crate) fn needed(&self) -> u64 {
        self.parts.values().sum::<u64>() + self.texts
    }

    /// Bytes of the records.
    pub(crate) fn records(&self) -> u64 {
        self.parts.get("records.table").copied().unwrap_or_default()
    }

    #[allow(clippy::cast_precision_loss, reason = "a few figures are told")]
    pub(crate) fn print(&self) {
        let size: u64 = self.parts.values().sum();
        println!(
            "\n{} times the register{}: {} projects, {} versions, {} files, {} different words, {} MB of purpose text",
            self.times,
            if self.made == Made::Thin { ", thin" } else { "" },
            self.projects,
            self.versions,
            self.files,
            self.words,
            self.purpose >> 20
        );
        println!(
            "  written in {:.1} s ({:.1} s of the processor), of which concerns and records {:.1} s (postings beside them), and {:.1} s until it was \
             on the disk",
            self.index, self.processor, self.concerns, self.publishing
        );
        println!(
            "  at most {} MB of memory, of which the register that was read {} MB",
            self.most_memory >> 20,
            self.register_memory >> 20
        );
        let mut parts: Vec<(u64, &str)> = self.parts.iter().map(|(name, bytes)| (*bytes, name.as_str())).collect();
        parts.sort_by(|one, other| other.cmp(one));
        let told: Vec<String> =
            parts.iter().take(8).map(|(bytes, name)| format!("{name} {} MB", bytes >> 20)).collect();
        println!(
            "  {} MB on disk, {:.2} times the text, {:.0} bytes a version: {}",
            size >> 20,
            size as f64 / self.purpose as f64,
            size as f64 / self.versions as f64,
            told.join(", ")
        );
    }
}
