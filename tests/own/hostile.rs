//! A person's own files and lists as attacks: too large, too deep, no text, of another kind. Each is named, costs little, and is left
//! as it is; what does not need it goes on.

use std::fs;
use std::time::{Duration, Instant};

use crate::support::program::outflow_of;

/// The files, each with a command that reads it.
const FILES: [(&str, &[&str]); 4] = [
    ("marks.json", &["marks"]),
    ("searches.json", &["searches"]),
    ("dismissed.json", &["dismiss"]),
    ("searches.json", &["watch"]),
];

/// How long a command may take that only finds a file unfit.
const LONGEST: Duration = Duration::from_secs(5);

/// What such a file may be, with what is said of it.
fn hostile() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let bookmark = |number: u32| format!("\"nic-{number}\": {{\"bookmark\": true}}");
    let many = (0..400_000).map(bookmark).collect::<Vec<_>>().join(",\n");
    vec![
        ("huge", format!("{{\"schema\": 1, \"marks\": {{{many}}}}}").into_bytes(), "larger than 8 MB"),
        ("deep", format!("{{\"schema\": 1, \"marks\": {}", "[".repeat(1 << 20)).into_bytes(), "damaged"),
        ("deeper", "[".repeat(4 << 20).into_bytes(), "damaged"),
        ("no text", vec![0xff; 1000], "UTF-8"),
        ("half a letter", b"{\"schema\": 1, \"a\": \"\xe2\x82".to_vec(), "UTF-8"),
        ("nothing", Vec::new(), "damaged"),
        ("a list", b"[]".to_vec(), "damaged"),
        ("a number", b"1e999999".to_vec(), "damaged"),
        ("a schema below zero", b"{\"schema\": -1}".to_vec(), "damaged"),
        ("a schema of words", b"{\"schema\": \"one\"}".to_vec(), "damaged"),
        ("a schema twice", b"{\"schema\": 1, \"schema\": 1}".to_vec(), "damaged"),
        ("a newer schema", b"{\"schema\": 4294967295}".to_vec(), "newer version"),
        ("wrong types", b"{\"schema\": 1, \"marks\": 7, \"searches\": 7, \"dismissed\": 7}".to_vec(), "damaged"),
    ]
}

#[test]
fn a_file_of_ones_own_that_is_unfit_is_named_and_left_as_it_is() {
    for (file, command) in FILES {
        for (name, bytes, said) in hostile() {
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir(folder.path().join("own")).unwrap();
            let path = folder.path().join("own").join(file);
            fs::write(&path, &bytes).unwrap();
            let begun = Instant::now();
            let ran = outflow_of(folder.path(), command);
            assert!(begun.elapsed() < LONGEST, "{file}, {name} took {:?}", begun.elapsed());
            assert_eq!(ran.code, 2, "{file}, {name}: {}", ran.stderr);
            let is_named = ran.stderr.contains(file) && ran.stderr.contains(said);
            assert!(is_named && !ran.stderr.contains("panicked"), "{file}, {name}: {}", ran.stderr);
            assert!(fs::read(&path).unwrap() == bytes, "{file}, {name}");
        }
    }
}

#[test]
fn a_search_goes_on_beside_files_that_are_unfit() {
    for (name, bytes, _) in hostile() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("own")).unwrap();
        for file in ["marks.json", "searches.json", "queries.json", "dismissed.json", "drafts.json"] {
            fs::write(folder.path().join("own").join(file), &bytes).unwrap();
        }
        let begun = Instant::now();
        let ran = outflow_of(folder.path(), &["search", "glaucoma"]);
        assert!(begun.elapsed() < LONGEST, "{name} took {:?}", begun.elapsed());
        assert!(matches!(ran.code, 0 | 2) && !ran.stderr.contains("panicked"), "{name}: {} {}", ran.code, ran.stderr);
        assert!(ran.stderr.contains(".json"), "{name}: {}", ran.stderr);
    }
}
