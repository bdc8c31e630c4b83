//! Locked mode: the real binary in a terminal, with every key and every action of the table, those that it does not have too.
//! The system calls that it made are read afterwards, and what is on the disk is what was there before.

#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::calls::Calls;
use crate::support::disk::{FIXTURE, contents};
use crate::support::program::outflow;
use crate::support::terminal::Terminal;
use crossterm::event::{KeyCode, KeyModifiers};
use outflow::explorer::actions::{ACTIONS, Action};
use outflow::explorer::keys::Chord;
use outflow::explorer::lock::Lock;
use portable_pty::CommandBuilder;
use tempfile::TempDir;

/// A library, and beside it a home of which everything can be written.
struct Account {
    folder: TempDir,
}

/// Where a client's environment leads to: nothing may come near it.
const TRAP: &str = "trap";

/// The file in which the calls of the program are written down.
const TRACE: &str = "trace";

impl Account {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let account = Self { folder };
        let imported = outflow(&account.library(), &["import", FIXTURE]);
        assert_eq!(imported.code, 0, "{}", imported.stderr);
        for below in ["home", "trap/editions", "trap/outflow/own"] {
            fs::create_dir_all(account.folder.path().join(below)).unwrap();
        }
        for list in ["aliases.toml", "audits.csv", "concerns.toml", "config.toml"] {
            fs::write(account.folder.path().join(TRAP).join(list), "[keys]\nquit = \"Z\"\n").unwrap();
        }
        account
    }

    fn library(&self) -> PathBuf {
        self.folder.path().join("library")
    }

    /// What a hostile client sets, with a name that tells whether anything looked there.
    fn hostile(&self) -> Vec<(String, String)> {
        let trap = self.folder.path().join(TRAP).display().to_string();
        let below = |name: &str| format!("{trap}/{name}");
        let mut all: Vec<(&str, String)> =
            ["OUTFLOW_LIBRARY", "OUTFLOW_OWN", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "TMPDIR"]
                .map(|name| (name, trap.clone()))
                .into();
        all.extend([
            ("OUTFLOW_ALIASES", below("aliases.toml")),
            ("OUTFLOW_AUDITS", below("audits.csv")),
            ("OUTFLOW_CONCERN_SETTINGS", below("concerns.toml")),
            ("OUTFLOW_CONFIG", below("config.toml")),
            ("TZ", format!(":{}", below("config.toml"))),
            ("TZDIR", trap.clone()),
            ("TERMINFO", trap.clone()),
            ("PATH", trap.clone()),
            ("PAGER", below("pager")),
            ("EDITOR", below("editor")),
            ("VISUAL", below("editor")),
            ("SHELL", below("shell")),
            ("RUST_LOG", "trace".to_owned()),
            ("RUST_BACKTRACE", "full".to_owned()),
            ("COLUMNS", "1".to_owned()),
            ("LINES", "1".to_owned()),
            ("LC_ALL", "\u{1b}]0;owned\u{7}.UTF-8".to_owned()),
            ("TERM", "xterm; touch owned".to_owned()),
            ("SSH_ORIGINAL_COMMAND", format!("touch {}", below("owned"))),
            ("HOME", self.folder.path().join("home").display().to_string()),
        ]);
        all.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// The program under the lock, for a hostile client; traced where the machine can.
    fn command(&self, arguments: &[&str], trace: Option<&Path>) -> CommandBuilder {
        let program = env!("CARGO_BIN_EXE_outflow");
        let mut command = if let Some(file) = trace {
            let mut command = CommandBuilder::new("/usr/bin/env");
            // The tracer has the environment of the test; the program that of the client.
            command.args(["strace", "-f", "-y", "-qq", "-o"]);
            command.arg(file);
            command.args(["env", "-i"]);
            command.args(self.hostile().into_iter().map(|(name, value)| format!("{name}={value}")));
            command.arg(program);
            command
        } else {
            let mut command = CommandBuilder::new(program);
            command.env_clear();
            self.hostile().into_iter().for_each(|(name, value)| command.env(name, value));
            command
        };
        command.args(["--locked", "--library"]);
        command.arg(self.library());
        command.args(arguments);
        command.cwd(self.folder.path().join("home"));
        command
    }
}

/// Whether this machine can tell which system calls are made; where it cannot, that is said.
fn can_trace() -> bool {
    let can =
        Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).status().is_ok_and(|status| status.success());
    if !can {
        eprintln!("skipped: strace is not installed or not allowed; what is on the disk is still looked at");
    }
    can
}

/// Whether this kernel can lock; where it cannot, that is said.
fn can_lock() -> bool {
    let account = Account::new();
    let mut terminal = Terminal::run(80, 24, account.command(&[], None));
    terminal.wait_until("the explorer, or why there is none", |terminal| {
        let shown = terminal.text();
        shown.contains("3 projects") || shown.contains("cannot start")
    });
    let can = !terminal.text().contains("no Landlock");
    if !can {
        eprintln!("skipped: this kernel has no Landlock");
    }
    can
}

/// A program under the lock whose every system call is written down, and the disk as it was before.
struct Watched {
    account: Account,
    before: BTreeMap<PathBuf, Vec<u8>>,
    /// Where its calls are written down, if they can be.
    traces: Option<TempDir>,
}

impl Watched {
    fn start(columns: u16, rows: u16, arguments: &[&str]) -> (Self, Terminal) {
        let (account, traces) = (Account::new(), can_trace().then(|| tempfile::tempdir().unwrap()));
        let before = contents(account.folder.path());
        let trace = traces.as_ref().map(|folder| folder.path().join(TRACE));
        let terminal = Terminal::run(columns, rows, account.command(arguments, trace.as_deref()));
        (Self { account, before, traces }, terminal)
    }

    /// Holds a program that has ended to having left the disk as it was, and having reached nothing but the library.
    fn has_changed_nothing(&self) {
        let folder = self.account.folder.path();
        assert!(contents(folder) == self.before, "something is on the disk that was not");
        if let Some(traces) = &self.traces {
            Calls::read(&traces.path().join(TRACE)).hold_to_the_lock(&self.account.library(), &folder.join(TRAP));
        }
    }
}

/// The bytes that a terminal sends for a chord.
fn bytes(chord: Chord) -> String {
    let event = chord.event();
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    match event.code {
        KeyCode::Char(letter) if control => char::from(u8::try_from(letter).unwrap() & 0x1f).to_string(),
        KeyCode::Char(letter) => letter.to_string(),
        KeyCode::Enter => "\r".to_owned(),
        KeyCode::Esc => "\u{1b}".to_owned(),
        KeyCode::Tab => "\t".to_owned(),
        KeyCode::Backspace => "\u{7f}".to_owned(),
        KeyCode::Left => "\u{1b}[D".to_owned(),
        KeyCode::Right => "\u{1b}[C".to_owned(),
        KeyCode::Up => "\u{1b}[A".to_owned(),
        KeyCode::Down => "\u{1b}[B".to_owned(),
        KeyCode::Home => "\u{1b}[H".to_owned(),
        KeyCode::End => "\u{1b}[F".to_owned(),
        KeyCode::PageUp => "\u{1b}[5~".to_owned(),
        KeyCode::PageDown => "\u{1b}[6~".to_owned(),
        KeyCode::F(1) => "\u{1b}OP".to_owned(),
        other => panic!("no bytes are known for {other:?}"),
    }
}

/// Presses keys one after the other, each when the screen is at rest after the one before.
fn drive(terminal: &mut Terminal, keys: &str) {
    terminal.press(keys);
    terminal.settle(std::time::Duration::from_millis(4));
}

/// Every key of the table in every part of the explorer, and every action by its name; what quits comes last.
fn drive_everything(terminal: &mut Terminal) {
    let leave = |terminal: &mut Terminal| {
        for _ in 0..3 {
            // Behind the Esc comes a key of its own, so that it is not waited for what may follow.
            drive(terminal, "\u{1b}");
            drive(terminal, "\u{c}");
        }
    };
    // Where one can be: home, the projects, one of them, the names, a table, the values, the help, the search line.
    for way in ["0", "1", "1\r", "2", "3t", "4", "5", "E", "1f", "?", "1/", ":"] {
        leave(terminal);
        drive(terminal, way);
        for entry in &ACTIONS {
            let quits = |chord: &Chord| ["q", "Ctrl-C"].contains(&chord.to_string().as_str());
            for chord in entry.chords.iter().filter(|chord| !quits(chord)) {
                drive(terminal, &bytes(*chord));
            }
            // What asks for something is answered: the name of a file, of a search, a note.
            drive(terminal, "owned.md\r");
        }
    }
    for entry in ACTIONS.iter().filter(|entry| entry.action != Action::Quit) {
        leave(terminal);
        drive(terminal, &format!("1\r:{}\r", entry.name));
        drive(terminal, "owned.md\r");
    }
    leave(terminal);
}

#[test]
fn every_key_and_every_action_changes_nothing_and_reaches_nothing() {
    if !can_lock() {
        return;
    }
    let (watched, mut terminal) = Watched::start(80, 24, &[]);
    terminal.wait_for("3 projects");
    drive_everything(&mut terminal);
    // It is there still, and was all along: nothing has ended it.
    drive(&mut terminal, "1/\u{15}frailty\r");
    terminal.wait_for("Frailty at home");
    terminal.press("\u{3}");
    assert_eq!(terminal.wait_for_end(), 0, "{}", terminal.text());
    watched.has_changed_nothing();
}

#[test]
fn every_line_of_the_dialogue_changes_nothing_and_reaches_nothing() {
    if !can_lock() {
        return;
    }
    let (watched, mut terminal) = Watched::start(120, 40, &["--plain"]);
    terminal.wait_for("At: home");
    for (at, line) in [
        "help",
        "search frailty",
        "save-search owned",
        "searches",
        "facets",
        "1",
        "back",
        "back",
        "1",
        "cite",
        "files",
        "back",
        "history",
        "back",
        "evidence 1",
        "objectives",
        "editions",
        "1",
        "organisations",
        "narrow bed",
        "datasets",
        "rules",
        "changes",
        "language",
        "export owned.md",
        "dismiss",
        "mark",
        "note",
        "tags",
        "suspend",
        "import",
        "!id",
        "|id",
        "home",
    ]
    .iter()
    .enumerate()
    {
        terminal.press(&format!("{line}\r"));
        // Each is answered by where one is then; a word of its own tells which of the answers that is.
        terminal.press(&format!("/zz{at}\r"));
        terminal.wait_for(&format!("zz{at}; nothing in edition"));
        terminal.press("back\r");
    }
    let said = String::from_utf8_lossy(terminal.raw()).into_owned();
    assert!(
        !said.contains("Command save-search") && !said.contains("Command searches") && !said.contains("saved"),
        "{said}"
    );
    // What is no command there is searched for, as any other word.
    assert!(said.contains("Search: searches; ") && said.contains("Search: save-search owned; "), "{said}");
    terminal.press("quit\r");
    assert_eq!(terminal.wait_for_end(), 0);
    watched.has_changed_nothing();
}

#[test]
fn what_is_not_there_is_shown_nowhere() {
    if !can_lock() {
        return;
    }
    let account = Account::new();
    let mut terminal = Terminal::run(99, 200, account.command(&[], None));
    terminal.wait_for("3 projects");
    let mut shown = terminal.text();
    for keys in ["1", "\r", "?", "\u{1b}", ":", "\u{1b}", "0", "?", "\u{1b}", ":"] {
        drive(&mut terminal, keys);
        terminal.settle(std::time::Duration::from_millis(150));
        shown.push_str(&terminal.text());
    }
    for entry in ACTIONS.iter().filter(|entry| !Lock::Locked.has(entry.action)) {
        let begin: String = entry.help.chars().take(30).collect();
        assert!(!shown.contains(&begin), "{} is shown", entry.name);
        assert!(!shown.contains(&format!("  {} ", entry.name)), "{} is listed", entry.name);
    }
    for word in ["bookmark", "saved search", "save-search", "dismiss", "export"] {
        assert!(!shown.contains(word), "\"{word}\" is shown:\n{shown}");
    }
    // And what is there is shown.
    for entry in ACTIONS.iter().filter(|entry| Lock::Locked.has(entry.action)) {
        let begin: String = Lock::Locked.help(entry).chars().take(24).collect();
        assert!(shown.contains(&begin), "{} is not shown", entry.name);
    }
}

#[test]
fn who_sets_the_account_up_can_see_whether_the_library_is_whole() {
    let account = Account::new();
    let library = account.library();
    let named = library.to_str().unwrap();
    let check = || outflow(&library, &["--locked", "--allow-unsandboxed", "--library", named, "check", "--json"]);
    let ran = check();
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let report = ran.json();
    assert!(report["whole"] == true && report["own"].is_null() && !report["editions"][0].is_null(), "{report}");
    let slug = report["editions"][0]["edition"].as_str().unwrap();
    let rows = library.join("editions").join(slug).join("current/index/rows.table").canonicalize().unwrap();
    let mut bytes = fs::read(&rows).unwrap();
    bytes[1] ^= 1;
    fs::write(&rows, bytes).unwrap();
    let ran = check();
    assert!(ran.code == 2 && ran.stdout.contains("rows.table"), "{}{}", ran.stdout, ran.stderr);
    let ran = outflow(&library, &["--locked", "check"]);
    assert!(ran.code == 2 && ran.stderr.contains("name it with --library DIR"), "{}", ran.stderr);
}

#[test]
fn it_starts_as_it_must_or_not_at_all() {
    let account = Account::new();
    let library = account.library();
    let said = |arguments: &[&str]| {
        let ran = outflow(&library, arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{arguments:?}");
        assert_eq!(ran.stderr.lines().count(), 1, "{arguments:?}: {}", ran.stderr);
        ran.stderr
    };
    let named = library.to_str().unwrap();
    // The environment names a library there, and that is not enough.
    assert!(said(&["--locked"]).contains("name it with --library DIR"));
    assert!(said(&["--locked", "--library", named]).contains("needs a terminal"));
    assert!(said(&["--locked", "--plain", "--library", named]).contains("needs a terminal"));
    assert!(said(&["--locked", "--library", named, "--own", named]).contains("leave --own out"));
    for command in ["stats", "import", "keys", "config"] {
        let mut arguments = vec!["--locked", "--library", named, command];
        arguments.extend((command == "import").then_some(FIXTURE));
        assert!(said(&arguments).contains("leave the command out"), "{command}");
    }
    assert!(said(&["search", "--locked", "frailty"]).contains("leave the command out"));
}

#[test]
fn a_link_leads_out_of_the_library_for_nobody_who_is_locked() {
    if !can_lock() {
        return;
    }
    let account = Account::new();
    // A second edition whose files are elsewhere, which opens without the lock.
    let elsewhere = account.folder.path().join("elsewhere");
    let imported = outflow(&elsewhere, &["--edition", "secret", "import", FIXTURE]);
    assert_eq!(imported.code, 0, "{}", imported.stderr);
    symlink(elsewhere.join("editions/secret"), account.library().join("editions/secret")).unwrap();
    let stats = outflow(&account.library(), &["--edition", "secret", "stats"]);
    assert_eq!(stats.code, 0, "{}", stats.stderr);
    let mut terminal = Terminal::run(300, 24, account.command(&["--edition", "secret"], None));
    assert_eq!(terminal.wait_for_end(), 2, "{}", terminal.text());
    assert!(terminal.text().contains("may not be read under the lock"), "{}", terminal.text());
}

/// Has the kernel say that it has no Landlock, for this thread and what it starts.
fn without_landlock() {
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, TargetArch, apply_filter};
    let rules = [(libc::SYS_landlock_create_ruleset, Vec::new())].into_iter().collect();
    let lacks = SeccompAction::Errno(u32::try_from(libc::ENOSYS).unwrap());
    let arch: TargetArch = std::env::consts::ARCH.try_into().unwrap();
    let filter: BpfProgram = SeccompFilter::new(rules, SeccompAction::Allow, lacks, arch).unwrap().try_into().unwrap();
    apply_filter(&filter).unwrap();
}

#[test]
fn a_kernel_without_landlock_is_refused_unless_the_administrator_allows_it() {
    let account = Account::new();
    let (refused, allowed) = std::thread::scope(|scope| {
        let started = scope.spawn(|| {
            without_landlock();
            let refused = Terminal::run(300, 24, account.command(&[], None));
            (refused, Terminal::run(300, 24, account.command(&["--allow-unsandboxed"], None)))
        });
        started.join().unwrap()
    });
    let mut terminal = refused;
    assert_eq!(terminal.wait_for_end(), 2, "{}", terminal.text());
    let said = terminal.text();
    assert!(said.contains("locked mode cannot start: this kernel has no Landlock"), "{said}");
    assert!(said.contains("--allow-unsandboxed") && said.trim().lines().count() == 1, "{said}");
    let mut terminal = allowed;
    terminal.wait_for("3 projects");
    terminal.wait_for("locked by the list of allowed actions alone: this kernel has no Landlock");
    // The rest of the lock is there, and what is not allowed is not.
    drive(&mut terminal, "1\r:bookmark");
    terminal.wait_for("No action has that");
    terminal.press("\u{3}");
    assert_eq!(terminal.wait_for_end(), 0);
}
