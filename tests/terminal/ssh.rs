//! The real binary behind a real OpenSSH server: whatever becomes of the client, nothing stays on the server.

use std::fs;
use std::io::{Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Child, Output, Stdio};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use crate::support::processes;
use crate::support::processes::{KINDS, wait_for};
use crate::support::ssh::{Server, Setup, running};
use crate::support::terminal::Terminal;
use rustix::process::{Pid, Signal};

/// How long to wait for a client before a test fails.
const DEADLINE: Duration = Duration::from_secs(30);

/// What the server runs, whatever the client asks for.
struct Forced {
    folder: tempfile::TempDir,
}

impl Forced {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn script(&self) -> PathBuf {
        self.folder.path().join("forced")
    }

    /// A server that runs it; `None` where there can be none, which is said.
    fn server(&self, config: &str) -> Option<Server> {
        let config = format!("ForceCommand /bin/sh '{}'\n{config}", self.script().display());
        match Server::start(&Setup { config: &config, ..Setup::default() }) {
            Ok(server) => Some(server),
            Err(why) => {
                eprintln!("skipped: {why}");
                None
            }
        }
    }

    /// Has it run the program with these arguments, after this line of a shell. What the program ends with is kept, whatever
    /// becomes of the connection: a shell that has a trap waits for the program.
    fn runs(&self, before: &str, arguments: &str) {
        let library = self.folder.path().join("library");
        fs::create_dir_all(&library).unwrap();
        let program = env!("CARGO_BIN_EXE_outflow");
        let script = format!(
            "trap : HUP\n{before}\nOUTFLOW_LIBRARY='{}' '{program}' {arguments}\ncode=$?\necho $code >'{}'\nexit $code\n",
            library.display(),
            self.code_file().display(),
        );
        fs::write(self.script(), script).unwrap();
        let _ = fs::remove_file(self.code_file());
    }

    fn code_file(&self) -> PathBuf {
        self.folder.path().join("code")
    }

    /// What the program has ended with.
    fn code(&self) -> u32 {
        wait_for("the exit code", || fs::read_to_string(self.code_file()).ok()?.trim().parse().ok())
    }

    /// The program that runs in the client's terminal.
    fn program(&self) -> Pid {
        let program = fs::canonicalize(env!("CARGO_BIN_EXE_outflow")).unwrap();
        let is_it = |process: &Pid| {
            fs::read_link(format!("/proc/{}/exe", process.as_raw_nonzero())).is_ok_and(|path| path == program)
        };
        wait_for("the program on the server", || running(self.folder.path()).into_iter().find(is_it))
    }
}

/// A client in a terminal, with the program on the server that it shows.
fn connected(server: &Server, forced: &Forced, shows: &str) -> (Terminal, Pid) {
    let mut terminal = Terminal::run(80, 24, server.in_a_terminal(&["-tt"]));
    terminal.wait_for(shows);
    (terminal, forced.program())
}

#[test]
fn a_killed_client_ends_the_program_within_a_second() {
    let forced = Forced::new();
    let Some(server) = forced.server("") else { return };
    for before in ["", "trap '' HUP"] {
        for (arguments, shows) in KINDS {
            forced.runs(before, arguments);
            let (client, program) = connected(&server, &forced, shows);
            let ended = processes::end_by(program, || client.signal(Signal::KILL));
            assert_eq!(forced.code(), 129, "{before} {arguments}");
            ended.is_soon(&format!("{before} {arguments}"));
        }
    }
}

#[test]
fn a_client_that_answers_no_more_ends_it_within_ten_seconds() {
    let forced = [Forced::new(), Forced::new()];
    let links: Vec<_> = forced
        .iter()
        .zip(["", "--plain"])
        .map_while(|(forced, arguments)| {
            let server = forced.server("ClientAliveInterval 1\nClientAliveCountMax 2\n")?;
            forced.runs("", arguments);
            let shows = KINDS.iter().find(|(kind, _)| *kind == arguments).unwrap().1;
            let (client, program) = connected(&server, forced, shows);
            Some((server, client, program))
        })
        .collect();
    let begun = Instant::now();
    for (_, client, _) in &links {
        client.signal(Signal::STOP);
    }
    for ((_, _, program), forced) in links.iter().zip(&forced) {
        processes::end_by(*program, || {});
        let after = begun.elapsed();
        assert!(after < Duration::from_secs(10), "{after:?}");
        assert_eq!(forced.code(), 129);
        eprintln!("gone {after:?} after the client stood still");
    }
}

#[test]
fn without_a_terminal_it_says_so_in_a_line() {
    let forced = Forced::new();
    let Some(server) = forced.server("") else { return };
    forced.runs("", "");
    for asked in [&["-T"][..], &["-T", "outflow"], &["ls"]] {
        let mut client = server.client(asked);
        let client = client.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let output = output_of(client);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{asked:?}: {said}");
        assert!(said.starts_with("outflow: the explorer needs a terminal") && said.lines().count() == 1, "{said}");
        assert!(output.stdout.is_empty() && !said.contains('\u{1b}'), "{said}");
    }
    // The dialogue needs none.
    forced.runs("", "--plain");
    let mut client = server.client(&["-T"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    client.stdin.take().unwrap().write_all(b"dementia\nquit\n").unwrap();
    let output = output_of(client);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("At: projects for dementia") && said.ends_with("End: closed\n"), "{said}");
}

#[test]
fn a_terminal_without_a_size_is_drawn_as_80_by_24() {
    let forced = Forced::new();
    let Some(server) = forced.server("") else { return };
    forced.runs("stty size >\"${0%/*}/size\"", "");
    let mut client = server.client(&["-tt"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut output = client.stdout.take().unwrap();
    let (sender, drawn) = channel();
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = output.read(&mut bytes) {
            let _ = sender.send(bytes[..count].to_vec());
        }
    });
    let mut screen = vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 0);
    while !screen.screen().contents().contains("q quit") {
        match drawn.recv_timeout(DEADLINE) {
            Ok(bytes) => screen.process(&bytes),
            Err(error) => {
                let _ = client.kill();
                panic!("it is not drawn ({error}): {}", screen.screen().contents());
            }
        }
    }
    assert_eq!(fs::read_to_string(forced.folder.path().join("size")).unwrap().trim(), "0 0");
    let rows: Vec<String> = screen.screen().rows(0, 80).collect();
    assert!(rows[23].contains("q quit") && rows[0].starts_with('/'), "{rows:#?}");
    client.stdin.take().unwrap().write_all(b"q").unwrap();
    assert_eq!(output_of(client).status.code(), Some(0));
}

/// What a client comes to.
fn output_of(mut client: Child) -> Output {
    let deadline = Instant::now() + DEADLINE;
    while client.try_wait().unwrap().is_none() && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(5));
    }
    // One that has not ended by now has failed the test, which its exit code tells.
    let _ = client.kill();
    client.wait_with_output().unwrap()
}

#[test]
fn a_server_leaves_nothing_behind_where_a_test_fails() {
    let forced = Forced::new();
    let had_folder = Path::new("/run/sshd").exists();
    let Some(server) = forced.server("") else { return };
    let folder = server.folder().to_owned();
    forced.runs("", "");
    let failed = catch_unwind(AssertUnwindSafe(|| {
        let server = server;
        let (_client, _program) = connected(&server, &forced, "42 projects");
        std::panic::resume_unwind(Box::new("as a test does that fails"));
    }));
    assert!(failed.is_err());
    let left = || running(&folder).into_iter().chain(running(forced.folder.path()));
    wait_for("the end of all processes", || left().next().is_none().then_some(()));
    assert!(!folder.exists());
    assert_eq!(Path::new("/run/sshd").exists(), had_folder);
}
