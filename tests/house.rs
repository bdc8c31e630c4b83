//! The house rules, read from the sources: which folder may use which, how large a file may grow, and who alone may
//! write escape sequences, name a colour or know tantivy.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// The parts from the top of the house down. A part may use those below it, and never one above.
const HOUSE: [&str; 14] = [
    "cli", "explorer", "report", "library", "index", "concerns", "changes", "import", "names", "glossary", "locked",
    "system", "text", "register",
];

/// Parts at the bottom, which use nothing of ours.
const PLAIN: [&str; 4] = ["locked", "system", "text", "register"];

/// The most lines of code in a file, without its tests, blank lines and comments.
const LARGEST_FILE: usize = 350;

/// The most lines of a function, from its name to its last brace.
const LARGEST_FUNCTION: usize = 60;

/// The most lines of code in a file of tests.
const LARGEST_TESTS: usize = 400;

#[test]
fn arrows_point_down_only() {
    let mut broken = Vec::new();
    for source in sources() {
        let Some(part) = source.part() else { continue };
        for used in uses(&source.code) {
            let Some(below) = HOUSE.iter().position(|name| *name == used) else { continue };
            let here = HOUSE.iter().position(|name| *name == part).unwrap();
            let itself = used == part;
            if !itself && (PLAIN.contains(&part.as_str()) || below < here) {
                broken.push(format!("{}: {part} uses {used}", source.path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "arrows point upward:\n{}", broken.join("\n"));
}

#[test]
fn only_one_part_knows_each_library() {
    let rules: [(&str, &[&str]); 8] = [
        ("tantivy", &["index"]),
        ("calamine", &["import"]),
        ("ratatui", &["explorer"]),
        ("crossterm", &["explorer"]),
        ("clap", &["cli"]),
        ("indicatif", &["cli"]),
        ("landlock", &["locked"]),
        ("seccompiler", &["locked"]),
    ];
    for source in sources() {
        let part = source.part().unwrap_or_default();
        for (library, allowed) in rules {
            let named =
                source.code.contains(&format!("{library}::")) || source.code.contains(&format!("use {library}"));
            assert!(!named || allowed.contains(&part.as_str()), "{} names {library}", source.path.display());
        }
    }
}

#[test]
fn escape_sequences_are_written_in_two_places() {
    for source in sources() {
        let path = source.path.to_string_lossy().replace('\\', "/");
        let allowed = path.contains("src/explorer/runtime") || path.ends_with("src/cli/printer.rs");
        let escapes = ["\\x1b", "\\u{1b}", "\\u{1B}", "\\x1B"].iter().any(|escape| source.code.contains(escape));
        assert!(allowed || !escapes, "{path} writes escape sequences");
    }
}

#[test]
fn text_reaches_a_terminal_by_three_doors() {
    // Lines of the explorer are put together of safe text, commands print safe text, and the bar of an import says safe text. Nobody
    // else writes, so that nothing published goes out as it is.
    let doors = [
        (
            &[
                "Span::styled",
                "Span::raw",
                "Span::from",
                "Line::from",
                "Line::raw",
                "Line::styled",
                ".set_symbol",
                ".set_char",
                ".set_string",
            ][..],
            "src/explorer/view/spans.rs",
        ),
        (
            &[
                "writeln!(io::std",
                "println!",
                "print!(",
                "dbg!",
                "stdout().write",
                "stderr().write",
                "BufWriter::new(io::stdout",
            ][..],
            "src/cli/printer.rs",
        ),
        (&["ProgressBar::", "set_message", "MultiProgress"][..], "src/cli/bar.rs"),
    ];
    for source in sources() {
        let path = source.path.to_string_lossy().replace('\\', "/");
        for (ways, door) in doors {
            let taken = ways.iter().find(|way| source.code.contains(*way));
            assert!(path.ends_with(door) || taken.is_none(), "{path} has {taken:?}, which belongs into {door}");
        }
    }
    for (_, door) in doors {
        assert!(root().join(door).exists(), "{door}");
    }
}

#[test]
fn what_happens_after_a_fault_is_said_in_two_places() {
    // A hook that is set while the explorer has the terminal would write over its screen, or keep it from being given back.
    for source in sources() {
        let path = source.path.to_string_lossy().replace('\\', "/");
        let allowed = path.ends_with("src/cli.rs") || path.ends_with("src/explorer/runtime/faults.rs");
        let sets = ["set_hook", "color_eyre::install", "HookBuilder"].iter().any(|name| source.code.contains(name));
        assert!(allowed || !sets, "{path} sets a hook");
    }
    let settings = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(settings.contains("panic = \"unwind\"") && !settings.contains("panic = \"abort\""));
}

#[test]
fn only_the_theme_names_a_colour() {
    for source in sources() {
        let path = source.path.to_string_lossy().replace('\\', "/");
        let names = source.code.contains("Color::") || source.code.contains(".fg(") || source.code.contains(".bg(");
        assert!(path.ends_with("src/explorer/theme.rs") || !names, "{path} names a colour");
    }
}

#[test]
fn files_and_functions_stay_small() {
    let mut large = Vec::new();
    for source in sources() {
        let lines = source.code.lines().filter(|line| is_code(line)).count();
        if lines > LARGEST_FILE {
            large.push(format!("{}: {lines} lines of code", source.path.display()));
        }
        for (name, length) in functions(&source.code) {
            if length > LARGEST_FUNCTION {
                large.push(format!("{}: {name} has {length} lines", source.path.display()));
            }
        }
    }
    assert!(large.is_empty(), "too large:\n{}", large.join("\n"));
}

#[test]
fn files_of_tests_stay_small() {
    let mut files = Vec::new();
    every_file(&root().join("tests"), &mut files);
    every_file(&root().join("src"), &mut files);
    let is_tests = |path: &PathBuf| {
        path.extension().is_some_and(|extension| extension == "rs")
            && !path.starts_with(root().join("tests/fuzz"))
            && (path.starts_with(root().join("tests")) || path.file_stem().is_some_and(|stem| stem == "tests"))
    };
    let mut broken = Vec::new();
    for path in files.iter().filter(|path| is_tests(path)) {
        let text = fs::read_to_string(path).unwrap();
        let lines = text.lines().filter(|line| is_code(line)).count();
        if lines > LARGEST_TESTS {
            broken.push(format!("{}: {lines} lines of code", path.display()));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn what_a_person_writes_is_parsed_in_one_place() {
    for source in sources() {
        let path = source.path.to_string_lossy().replace('\\', "/");
        let parses = ["parse_recoverable", "DeTable::parse"].iter().any(|way| source.code.contains(way));
        assert!(path.ends_with("src/text/written.rs") || !parses, "{path} parses what a person writes");
    }
}

#[test]
fn modules_stand_beside_their_folders() {
    for source in sources() {
        assert!(source.path.file_name().is_some_and(|name| name != "mod.rs"), "{}", source.path.display());
    }
}

#[test]
fn the_top_level_holds_what_it_should() {
    let allowed =
        ["Cargo.toml", "Cargo.lock", "LICENSE", "README.md", "CHANGELOG.md", "src", "assets", "tests", "target"];
    for entry in fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name.starts_with('.') || allowed.contains(&name.as_str()), "{name} does not belong at the top level");
    }
}

#[test]
fn the_tree_holds_one_terminal_library() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    for package in ["ratatui", "ratatui-core", "crossterm", "tantivy"] {
        let entries = lock.matches(&format!("name = \"{package}\"\n")).count();
        assert_eq!(entries, 1, "{package} is in the tree {entries} times");
    }
}

#[test]
fn every_dependency_has_a_reason_and_a_use() {
    let settings = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut code = [String::new(), String::new()];
    for (folder, code) in ["src", "tests"].iter().zip(&mut code) {
        let mut files = Vec::new();
        every_file(&root().join(folder), &mut files);
        for file in files.iter().filter(|file| file.extension().is_some_and(|end| end == "rs")) {
            code.push_str(&fs::read_to_string(file).unwrap());
        }
    }
    let [program, tests] = code;
    // Reasons stand above what they are for, so a section is read with its comments.
    let (mut section, mut before, mut seen) = ("", "", 0);
    for line in settings.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section.ends_with("dependencies]")
            && let Some((name, _)) = line.split_once(" = ")
            && !name.starts_with('#')
        {
            seen += 1;
            assert!(before.starts_with("# "), "Cargo.toml gives no reason for {name}");
            let named = name.replace('-', "_");
            let is_used = |code: &str| code.contains(&format!("{named}::")) || code.contains(&format!("use {named}"));
            let used = is_used(&program) || (section == "[dev-dependencies]" && is_used(&tests));
            assert!(used, "nothing uses {name}, which {section} of Cargo.toml names");
        }
        before = line;
    }
    assert!(seen > 40, "only {seen} dependencies were read");
}

#[test]
fn the_readme_shows_a_screen_that_there_is() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let snapshot =
        fs::read_to_string(root().join("tests/explorer/snapshots/explorer__screens__80x24_typing.snap")).unwrap();
    let screen = readme.split("```").nth(1).unwrap();
    assert!(screen.trim().lines().count() > 8, "the README shows no screen");
    for line in screen.trim().lines() {
        assert!(snapshot.lines().any(|drawn| drawn.trim_end() == line.trim_end()), "no screen shows: {line}");
    }
}

#[test]
fn the_repository_speaks_of_the_project_alone() {
    let mut files = Vec::new();
    for folder in ["src", "tests", "assets", ".ci"] {
        every_file(&root().join(folder), &mut files);
    }
    files.extend(["README.md", "CHANGELOG.md", "Cargo.toml", "Cargo.lock", ".deny.toml"].map(|name| root().join(name)));
    for file in files {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        for path in ["/ho\u{6d}e/", "/ro\u{6f}t/", "/wo\u{72}k/", "/Use\u{72}s/"] {
            assert!(!text.contains(path), "{} names {path}", file.display());
        }
    }
}

fn every_file(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            every_file(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// A source file without its tests.
struct Source {
    path: PathBuf,
    code: String,
}

impl Source {
    /// The part of the house that the file belongs to: `src/index.rs` and `src/index/build.rs` are `index`.
    fn part(&self) -> Option<String> {
        let inside = self.path.strip_prefix(root().join("src")).unwrap();
        let first = inside.components().next()?.as_os_str().to_string_lossy().into_owned();
        let name = first.strip_suffix(".rs").unwrap_or(&first).to_owned();
        HOUSE.contains(&name.as_str()).then_some(name)
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    collect(&root().join("src"), &mut found);
    assert!(found.len() > 30, "the sources were not found");
    found
}

fn collect(folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let whole = fs::read_to_string(&path).unwrap();
            // A file of tests belongs to the test build only, and tests may reach upward.
            let tests = path.file_stem().is_some_and(|stem| stem == "tests");
            let code = if tests { String::new() } else { before_tests(&whole) };
            found.push(Source { path, code });
        }
    }
}

fn before_tests(whole: &str) -> String {
    whole.split("#[cfg(test)]\nmod tests").next().unwrap_or_default().to_owned()
}

/// The parts of ours that a source names: `crate::index`, `use crate::{index, text}`.
fn uses(code: &str) -> Vec<String> {
    let mut used = Vec::new();
    for (at, found) in code.match_indices("crate::") {
        let rest = &code[at + found.len()..];
        let names = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or_default(),
            None => rest,
        };
        for name in names.split(',') {
            let word: String =
                name.trim().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
            used.push(word);
            if !rest.starts_with('{') {
                break;
            }
        }
    }
    used
}

fn is_code(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with("//")
}

/// Functions with their length in lines, told by the indentation that rustfmt gives them.
fn functions(code: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = code.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let trimmed = line.trim_start();
        let indent = line.len() - trimmed.len();
        let Some(at) = trimmed.find("fn ") else { continue };
        let before = &trimmed[..at];
        let is_function = before
            .split_whitespace()
            .all(|word| word.starts_with("pub") || ["const", "async", "super)", "crate)"].contains(&word));
        if !is_function || trimmed.ends_with(';') || trimmed.ends_with('}') {
            continue;
        }
        let closing = format!("{}}}", " ".repeat(indent));
        if let Some(length) = lines[start..].iter().position(|line| *line == closing) {
            let name: String =
                trimmed[at + 3..].chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
            found.push((name, length + 1));
        }
    }
    found
}
