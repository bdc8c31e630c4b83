//! An import that is killed at any moment, or for which the disk has no room: the edition from before opens, readers notice
//! nothing, and the next import clears what was left.
//!
//! `OUTFLOW_KILLS` says how often to kill.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::disk::{FIXTURE, contents};
use crate::support::other_user;
use crate::support::program::{outflow, program, ran};
use crate::support::uses::{Agreement, write_edition};
use outflow::library::Library;

/// How often an import is killed unless the environment says.
const KILLS: u32 = 16;

/// Numbers that look random and are the same in every run.
struct Chance(u64);

impl Chance {
    /// A number from 0 to 1.
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 32).unwrap()) / f64::from(u32::MAX)
    }
}

/// The workbook of a month with so many agreements.
fn edition(folder: &Path, month: &str, count: u32) -> PathBuf {
    let agreements: Vec<Agreement> = (0..count)
        .map(|number| {
            Agreement::new(&format!("DARS-NIC-{number}-AAAAA-v1.0"), "FENLAND TRUST").file("F1", "No", "Jul-26")
        })
        .collect();
    write_edition(folder, month, &agreements)
}

/// Where the edition stands, and how many projects a search finds in it, as another program sees it.
fn standing(library: &Path) -> (PathBuf, usize) {
    let generation = fs::read_link(library.join("editions/2026-09/current")).unwrap();
    (generation, counted(library))
}

/// How many projects a search finds; an answer that is none fails.
fn counted(library: &Path) -> usize {
    let ran = outflow(library, &["search", "bed", "--json", "--limit", "1"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{}", ran.stdout);
    let answer: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    usize::try_from(answer["total"].as_u64().unwrap_or_else(|| panic!("{answer}"))).unwrap()
}

/// What an import leaves that did not end by itself.
fn leftovers(library: &Path) -> Vec<PathBuf> {
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().starts_with(".import-");
    contents(library).into_keys().filter(name).collect()
}

/// Reads a library over and over in one process until told to stop: how many answers there were, and which.
fn read_on(library: &Path, stop: &AtomicBool) -> (u32, BTreeSet<usize>) {
    let (mut answers, mut seen) = (0, BTreeSet::new());
    while !stop.load(Ordering::SeqCst) {
        let edition = Library::at(library).open(None).unwrap();
        assert_eq!(edition.index.len(), edition.manifest.unwrap().counts.projects, "half an edition");
        seen.insert(edition.index.len());
        answers += 1;
        thread::yield_now();
    }
    (answers, seen)
}

#[test]
fn an_import_that_is_killed_leaves_the_old_edition_or_the_new_one_and_no_reader_notices() {
    let kills: u32 = std::env::var("OUTFLOW_KILLS").map_or(KILLS, |kills| kills.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("library");
    let sizes = [40, 60];
    let files: Vec<PathBuf> = sizes
        .iter()
        .map(|size| {
            let below = folder.path().join(size.to_string());
            fs::create_dir(&below).unwrap();
            edition(&below, "september2026", *size)
        })
        .collect();
    let import = |which: usize| program(&library, &["import", files[which].to_str().unwrap()]);
    let whole = |which: usize| {
        let begun = Instant::now();
        let ran = ran(import(which).spawn().unwrap());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        begun.elapsed()
    };
    whole(0);
    let (stop, mut chance) = (AtomicBool::new(false), Chance(7));
    let mut lasts = whole(1).max(whole(0));
    let [mut before, mut after, mut ended] = [0_u32; 3];
    let mut left = 0;
    thread::scope(|scope| {
        let reader = scope.spawn(|| read_on(&library, &stop));
        // Whatever fails below, the reader is to end.
        let stopping = Stopping(&stop);
        let mut which = 0;
        for number in 0..kills {
            let (old, size) = standing(&library);
            assert_eq!(size, usize::try_from(sizes[which]).unwrap());
            let other = 1 - which;
            let mut child = import(other).spawn().unwrap();
            // Every fifth is killed as soon as the new edition is in place; the others over the whole time that one takes.
            let at = Instant::now() + lasts.mul_f64(chance.next());
            let is_new = || fs::read_link(library.join("editions/2026-09/current")).unwrap() != old;
            let due = || if number % 5 == 4 { is_new() } else { Instant::now() >= at };
            let mut has_ended = false;
            while !due() && !has_ended {
                has_ended = child.try_wait().unwrap().is_some();
                thread::sleep(Duration::from_micros(200));
            }
            let _ = child.kill();
            let by_itself = child.wait().unwrap().code().is_some();
            let (new, size) = standing(&library);
            let published = new != old;
            match (by_itself, published) {
                (true, true) => ended += 1,
                (true, false) => panic!("an import ended without an edition"),
                (false, true) => after += 1,
                (false, false) => before += 1,
            }
            which = if published { other } else { which };
            assert_eq!(size, usize::try_from(sizes[which]).unwrap(), "after kill {number}");
            let lies = leftovers(&library);
            left += u32::from(!lies.is_empty());
            if number % 4 == 3 {
                // The next import does what it always does, and clears what lies there.
                which = 1 - which;
                lasts = whole(which);
                assert!(leftovers(&library).is_empty(), "{:?}", leftovers(&library));
                assert_eq!(counted(&library), usize::try_from(sizes[which]).unwrap());
            }
        }
        drop(stopping);
        let (answers, seen) = reader.join().unwrap();
        eprintln!(
            "{kills} kills in an import of {lasts:?}: {before} before the new edition was in place, of which {left} left \
             something, {after} after it, {ended} too late; {answers} answers of a reader"
        );
        assert!(answers >= kills && seen.iter().all(|size| [40, 60].contains(size)), "{answers} {seen:?}");
    });
    assert!(before * 4 >= kills, "only {before} of {kills} were killed before the edition was in place");
    assert!(after * 20 >= kills, "only {after} of {kills} were killed after it");
    assert!(left * 10 >= kills, "only {left} of {kills} left anything to be cleared");
    whole(0);
    assert!(leftovers(&library).is_empty());
    // Of all generations the newest two are there at most.
    let generations = fs::read_dir(library.join("editions/2026-09")).unwrap().flatten();
    let numbered = generations.filter(|entry| entry.file_name().to_string_lossy().parse::<u64>().is_ok()).count();
    assert!(numbered <= 2, "{numbered} generations are left");
}

/// Tells a reader to stop, also where a test fails.
struct Stopping<'a>(&'a AtomicBool);

impl Drop for Stopping<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

#[test]
fn a_full_disk_is_an_error_that_says_so_wherever_it_comes_and_keeps_what_there_was() {
    let folder = tempfile::tempdir().unwrap();
    let (disk, apart) = (folder.path().join("disk"), folder.path().join("apart"));
    fs::create_dir(&disk).unwrap();
    let Some(_mount) = other_user::Mount::small(4000, &disk) else { return };
    let library = disk.join("library");
    assert_eq!(outflow(&library, &["import", FIXTURE]).code, 0);
    // What does not fit stands elsewhere, and takes a few hundred kilobytes as an edition.
    fs::create_dir(&apart).unwrap();
    let large = edition(&apart, "september2026", 400);
    let before = contents(&library);
    let filling = disk.join("filling");
    let mut said = BTreeSet::new();
    let mut fitted = false;
    for free in [0_u64, 8, 30, 60, 120, 200, 300, 400, 500, 700, 900, 1500, 3000] {
        let _ = fs::remove_file(&filling);
        fill(&disk, &filling, free << 10);
        let ran = outflow(&library, &["import", "--edition", "large", large.to_str().unwrap(), FIXTURE]);
        if ran.code == 0 {
            fitted = true;
            break;
        }
        let Some(place) = ran.stderr.split(" (").next().and_then(|said| said.split(':').nth(1)) else { panic!() };
        said.insert(place.to_owned());
        assert_eq!(
            (ran.code, ran.stdout.as_str(), ran.stderr.lines().count()),
            (2, "", 1),
            "{free} KB: {}",
            ran.stderr
        );
        assert!(ran.stderr.contains("No space left on device"), "{free} KB: {}", ran.stderr);
        assert!(ran.stderr.contains("; make room on the disk, and "), "{free} KB: {}", ran.stderr);
        assert!(!ran.stderr.contains("warning"), "{free} KB: {}", ran.stderr);
        let mut now = contents(&library);
        now.retain(|path, _| !before.contains_key(path));
        assert!(now.is_empty(), "{free} KB: left are {:?}", now.keys());
        assert_eq!(outflow(&library, &["search", "bed"]).code, 0);
        eprintln!("{free} KB: {}", ran.stderr.trim());
    }
    assert!(fitted && said.len() >= 2, "{said:?}");
    // A file that does not fit is no file that could not be understood: the others are not imported without it.
    let wide = apart.join("wide.txt");
    fs::write(&wide, fs::read_to_string(FIXTURE).unwrap() + &"\n".repeat(2 << 20)).unwrap();
    fill(&disk, &filling, 1 << 20);
    let whole = contents(&library);
    let ran = outflow(&library, &["import", "--edition", "two", wide.to_str().unwrap(), FIXTURE]);
    assert_eq!((ran.code, ran.stderr.lines().count()), (2, 1), "{}", ran.stderr);
    assert!(ran.stderr.contains("wide.txt could not be copied into"), "{}", ran.stderr);
    assert!(contents(&library) == whole, "something was imported");
    assert!(before.keys().all(|path| path.symlink_metadata().is_ok()));
}

/// Fills a disk with a file until so many bytes are free.
fn fill(disk: &Path, file: &Path, free: u64) {
    let room = rustix::fs::statvfs(disk).unwrap();
    let bytes = (room.f_bavail * room.f_frsize).saturating_sub(free);
    fs::write(file, vec![b'x'; usize::try_from(bytes).unwrap()]).unwrap();
}
