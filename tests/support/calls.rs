//! The system calls that a program made, as strace wrote them down.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The calls of a run, in order, each whole on its line.
pub(crate) struct Calls {
    lines: Vec<String>,
}

/// What the lock leaves of the calls that could do harm: none of these is even tried.
const NEVER: [&str; 30] = [
    "execve",
    "execveat",
    "fork",
    "vfork",
    "socket",
    "connect",
    "bind",
    "listen",
    "accept",
    "accept4",
    "sendmsg",
    "sendmmsg",
    "ptrace",
    "kill",
    "memfd_create",
    "io_uring_setup",
    "bpf",
    "mount",
    "unshare",
    "setns",
    "mkdir",
    "mkdirat",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "symlink",
    "chmod",
    "truncate",
];

impl Calls {
    /// Reads what strace wrote. A call that another thread came between stands in two pieces.
    pub(crate) fn read(file: &Path) -> Self {
        let text = String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned();
        let mut begun: BTreeMap<&str, &str> = BTreeMap::new();
        let mut lines = Vec::new();
        for line in text.lines() {
            let (thread, said) = line.split_once(' ').unwrap_or((line, ""));
            let said = said.trim_start();
            if let Some((begin, _)) = said.split_once(" <unfinished ...>") {
                begun.insert(thread, begin);
            } else if let Some((_, end)) = said.strip_prefix("<... ").and_then(|rest| rest.split_once(" resumed>")) {
                lines.push(format!("{}{end}", begun.remove(thread).unwrap_or_default()));
            } else {
                lines.push(said.to_owned());
            }
        }
        // What had not come back at the end was made, too.
        lines.extend(begun.into_values().map(str::to_owned));
        Self { lines }
    }

    /// Fails where something was done after the lock that it forbids, or anything looked into the trap at any time.
    pub(crate) fn hold_to_the_lock(&self, library: &Path, trap: &Path) {
        let program = self.lines.iter().rposition(|line| line.starts_with("execve(")).unwrap();
        let locks = |line: &String| line.starts_with("seccomp(SECCOMP_SET_MODE_FILTER") && line.ends_with("= 0");
        let lock = self.lines.iter().position(locks).expect("the program was never locked");
        let threads = |line: &String| line.starts_with("clone");
        assert!(!self.lines[program..lock].iter().any(threads), "a thread is older than the lock");
        let trap = trap.to_str().unwrap();
        for line in &self.lines[program + 1..] {
            assert!(!line.contains(trap), "the client's environment chose a file: {line}");
        }
        let mut opened = 0;
        for line in &self.lines[lock + 1..] {
            let (name, arguments) = line.split_once('(').unwrap_or((line, ""));
            assert!(!NEVER.contains(&name), "{line}");
            if name == "clone" {
                assert!(arguments.contains("CLONE_THREAD"), "a process was started: {line}");
            }
            if name == "socketpair" {
                assert!(arguments.starts_with("AF_UNIX, SOCK_STREAM"), "{line}");
            }
            if name.starts_with("open") {
                for flag in ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND"] {
                    assert!(!arguments.contains(flag), "{line}");
                }
                opened += usize::from(is_within(line, library));
            }
        }
        assert!(opened > 10, "the library was not read: {opened} files");
    }
}

/// Whether a call opened a file, and then which: one of the library, or it fails.
fn is_within(line: &str, library: &Path) -> bool {
    let answer = line.rsplit_once(" = ").map_or("", |(_, answer)| answer);
    // The number of an open file, and its path in angle brackets.
    let Some((_, path)) = answer.split_once('<').filter(|(number, _)| number.parse::<u32>().is_ok()) else {
        return false;
    };
    let path = Path::new(path.trim_end_matches('>'));
    assert!(path.starts_with(library.canonicalize().unwrap()), "read outside the library: {line}");
    true
}
