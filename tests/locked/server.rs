//! README's account on a server that strangers log in to: set up by its own lines, in the test's own mounts, and tried over a real
//! OpenSSH server.

#![cfg(target_os = "linux")]

use std::fs;
use std::net::TcpListener;
use std::process::Stdio;

use crate::support::disk::FIXTURE;
use crate::support::processes::wait_for;
use crate::support::ssh::{Server, Setup, program, running};
use crate::support::terminal::Terminal;
use rustix::process::Pid;

const README: &str = include_str!("../../README.md");
/// The account that README makes.
const ACCOUNT: &str = "reader";

/// The blocks of this kind in README's section, in their order.
fn blocks(kind: &str) -> Vec<&'static str> {
    let (_, section) = README.split_once("## On a server that strangers log in to\n").expect("README has the section");
    let (section, _) = section.split_once("\n## ").unwrap();
    let begin = format!("```{kind}\n");
    section.split(begin.as_str()).skip(1).map(|block| block.split("```").next().unwrap()).collect()
}

/// What makes the machine that README begins with, in mounts that only the server sees: nothing of the real one is changed.
const EMPTY_SERVER: &str = "\
mkdir /run/etc && cp -a /etc/. /run/etc/ && mount --bind /run/etc /etc
mount -t tmpfs -o mode=755 none /srv
mount -t tmpfs -o mode=755 none /usr/local/bin
cd \"$(dirname \"$1\")\"
sed 's/^/restrict,pty /' user.pub >readers.keys
";

/// README's server, or `None` where there can be none on this machine, which is said.
fn server() -> Option<Server> {
    let skipped = |why: &str| {
        eprintln!("skipped: {why}");
        None
    };
    if !rustix::process::geteuid().is_root() {
        return skipped("only root can make an account");
    }
    for needed in ["useradd", "usermod"] {
        if program(needed).is_none() {
            return skipped(&format!("{needed} is not installed"));
        }
    }
    if fs::read_to_string("/etc/passwd").unwrap().lines().any(|line| line.starts_with("reader:")) {
        return skipped("this machine has an account \"reader\" of its own");
    }
    let [install, account] = blocks("sh")[..] else { panic!("README's section has other blocks than are run here") };
    let [config] = blocks("sshd_config")[..] else { panic!("README's section has no configuration") };
    // The only word that is changed: a register that the test has.
    let install = install.replace("REGISTER.xlsx", FIXTURE);
    let program = format!("ln -s '{}' outflow\n", env!("CARGO_BIN_EXE_outflow"));
    let before = format!(
        "export PATH=\"/usr/local/bin:$PATH:/usr/sbin:/sbin\"\n{EMPTY_SERVER}{program}exec 3>&2 2>setup >/dev/null\n{install}{account}exec 2>&3 3>&-\n"
    );
    // As the configuration begins that Debian comes with; what belongs to one account stands behind it.
    let config = format!("Subsystem sftp internal-sftp\n{config}");
    match Server::start(&Setup { config: &config, user: Some(ACCOUNT), before: &before }) {
        Ok(server) => Some(server),
        Err(why) if why.contains("mounts of its own") || why.contains("not installed") => skipped(&why),
        Err(why) => panic!("README's lines do not make a server that lets its readers in: {why}"),
    }
}

/// The program that serves a client: that of the account.
fn served(server: &Server) -> Pid {
    wait_for("the program on the server", || {
        fs::read_dir("/proc").unwrap().flatten().find_map(|entry| {
            let arguments = fs::read(entry.path().join("cmdline")).ok()?;
            let arguments: Vec<&[u8]> = arguments.split(|byte| *byte == 0).collect();
            let is_it = arguments.first() == Some(&b"/usr/local/bin/outflow".as_slice())
                && arguments.contains(&b"--locked".as_slice());
            let pid = Pid::from_raw(entry.file_name().to_str()?.parse().ok()?)?;
            (is_it && is_below(pid, server)).then_some(pid)
        })
    })
}

/// Whether a process is in the mounts of this test's server.
fn is_below(process: Pid, server: &Server) -> bool {
    let mounts = |pid: Pid| fs::read_link(format!("/proc/{}/ns/mnt", pid.as_raw_nonzero())).ok();
    running(server.folder())
        .into_iter()
        .any(|of_server| mounts(of_server).is_some() && mounts(of_server) == mounts(process))
}

#[test]
fn the_account_of_the_readme_opens_the_explorer_and_nothing_else() {
    let Some(server) = server() else { return };
    // With a terminal, the explorer opens, whatever is asked for.
    for arguments in [&["-tt"][..], &["-tt", "touch", "/tmp/outflow-owned;", "id"]] {
        let mut terminal = Terminal::run(80, 24, server.in_a_terminal(arguments));
        terminal.wait_for("3 projects");
        let status = format!("/proc/{}/status", served(&server).as_raw_nonzero());
        let status = fs::read_to_string(status).unwrap();
        let field = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
            line.split_whitespace().nth(1).unwrap_or_default().to_owned()
        };
        assert_ne!(field("Uid:"), "0");
        assert_eq!((field("NoNewPrivs:").as_str(), field("Seccomp:").as_str()), ("1", "2"));
        terminal.press("q");
        assert_eq!(terminal.wait_for_end(), 0, "{}", terminal.text());
        assert!(!terminal.text().contains("uid="), "{}", terminal.text());
    }
    // Without one, it is said in a line what there is.
    for arguments in [&["-T"][..], &["-T", "touch /tmp/outflow-owned; cat /etc/passwd"], &["-T", "-s", "sftp"]] {
        let output = server.client(arguments).stdin(Stdio::null()).output().unwrap();
        let (said, told) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!((output.status.code(), said.as_ref()), (Some(2), ""), "{arguments:?}: {told}");
        // A subsystem's messages are not passed on by every server.
        if arguments.contains(&"sftp") && told.is_empty() {
            continue;
        }
        assert_eq!(told.lines().count(), 1, "{told}");
        assert!(told.contains("opens the explorer and nothing else"), "{told}");
    }
    assert!(!fs::exists("/tmp/outflow-owned").unwrap());
    nothing_is_forwarded(&server);
}

/// Tries every way to have the server connect to, or listen for, something.
fn nothing_is_forwarded(server: &Server) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let there = listener.local_addr().unwrap().to_string();
    let forward = |options: &[&str]| {
        let mut arguments = vec!["-oExitOnForwardFailure=yes"];
        arguments.extend(options);
        server.client(&arguments).stdin(Stdio::null()).output().unwrap()
    };
    let through = forward(&[&format!("-W{there}")]);
    assert!(!through.status.success(), "{}", String::from_utf8_lossy(&through.stderr));
    let back = forward(&["-N", &format!("-R0:{there}")]);
    assert!(!back.status.success(), "{}", String::from_utf8_lossy(&back.stderr));
    assert!(listener.accept().is_err(), "the server connected");
}
