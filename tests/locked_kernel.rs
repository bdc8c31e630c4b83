//! What the kernel refuses in locked mode, tried one by one: once under the lock, where each is refused, and once without,
//! where none is, so that each of them tells whether there is a lock.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]
#![cfg(target_os = "linux")]
#![allow(unsafe_code, reason = "system calls that no library makes are tried too")]

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::net::{TcpListener, UdpSocket};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixDatagram, UnixStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use outflow::locked::{Lacking, ThisKernel, lock};

/// Says to the process that tries which folder to try in, and whether under the lock.
const FOLDER: &str = "OUTFLOW_TEST_FOLDER";
const LOCKED: &str = "OUTFLOW_TEST_LOCKED";

/// How the answers begin, each on its line.
const REFUSED: &str = "refused: ";
const DONE: &str = "done: ";

/// What came of each attempt: whether it was refused.
type Tried = BTreeMap<String, bool>;

/// What a reader needs, and what is tried in vain.
const NEEDED: [&str; 6] =
    ["read in the library", "list the library", "start a thread", "wake a thread", "tell the time", "name a thread"];

#[test]
fn each_attempt_is_refused_under_the_lock_and_none_without() {
    let Some(locked) = tried(true) else { return };
    let open = tried(false).unwrap();
    assert!(locked.len() > 40 && locked.keys().eq(open.keys()), "{locked:?}\n{open:?}");
    for (attempt, is_refused) in &locked {
        assert_eq!(*is_refused, !NEEDED.contains(&attempt.as_str()), "{attempt}, under the lock");
        // Some machines refuse this to everyone.
        let may_be = [
            "set up io_uring",
            "load a program into the kernel",
            "fault by hand",
            "watch performance",
            "keep a key",
            "mount",
        ];
        if may_be.contains(&attempt.as_str()) && open[attempt] {
            eprintln!("skipped: this machine refuses to everyone to {attempt}");
        } else {
            assert!(!open[attempt], "{attempt} is refused without the lock too, and tells nothing");
        }
    }
}

/// Tries all in a process of its own; `None` where this kernel has no Landlock, which is said.
fn tried(is_locked: bool) -> Option<Tried> {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("library")).unwrap();
    fs::write(folder.path().join("library/inside"), "inside").unwrap();
    fs::write(folder.path().join("outside"), "outside").unwrap();
    std::os::unix::fs::symlink("../outside", folder.path().join("library/link")).unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args([
            "--exact",
            "every_attempt_is_made_and_its_answer_printed",
            "--ignored",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(FOLDER, folder.path());
    if is_locked {
        command.env(LOCKED, "yes");
    }
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if said.contains("this kernel has no Landlock") {
        eprintln!("skipped: this kernel has no Landlock");
        return None;
    }
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    let of = |line: &str, begins: &str| line.split_once(begins).map(|(_, attempt)| attempt.to_owned());
    let refused = said.lines().filter_map(|line| of(line, REFUSED)).map(|attempt| (attempt, true));
    let done = said.lines().filter_map(|line| of(line, DONE)).map(|attempt| (attempt, false));
    Some(refused.chain(done).collect())
}

#[test]
#[ignore = "run by the other test, in a process that can be locked"]
fn every_attempt_is_made_and_its_answer_printed() {
    let folder = PathBuf::from(std::env::var_os(FOLDER).unwrap());
    if std::env::var_os(LOCKED).is_some()
        && let Err(error) = lock(&ThisKernel, &folder.join("library"), Lacking::Refused)
    {
        println!("{error}");
        return;
    }
    reading(&folder);
    writing(&folder);
    programs(&folder);
    connections(&folder);
    calls();
    needed(&folder);
}

/// Says what came of an attempt. What fails for another reason was not refused.
fn attempt<T>(what: &str, outcome: io::Result<T>) {
    let refusals = [libc::ENOSYS, libc::EPERM, libc::EACCES];
    let is_refused =
        outcome.err().and_then(|error| error.raw_os_error()).is_some_and(|number| refusals.contains(&number));
    println!("{}{what}", if is_refused { REFUSED } else { DONE });
}

fn reading(folder: &Path) {
    attempt("read /etc/passwd", fs::read("/etc/passwd"));
    attempt("read beside the library", fs::read(folder.join("outside")));
    attempt("read out of the library by a link", fs::read(folder.join("library/link")));
    attempt("read out of the library by its path", fs::read(folder.join("library/../outside")));
    attempt("list the root", fs::read_dir("/"));
    attempt("read its own environment", fs::read("/proc/self/environ"));
    attempt("read another's memory map", fs::read("/proc/1/status"));
}

fn writing(folder: &Path) {
    let library = folder.join("library");
    attempt("write a file in the library", File::create(library.join("new")));
    attempt("write a file elsewhere", File::create(folder.join("new")));
    attempt("write over the library", OpenOptions::new().write(true).open(library.join("inside")));
    attempt("write behind the library", OpenOptions::new().append(true).open(library.join("inside")));
    attempt("write into its own memory", OpenOptions::new().write(true).open("/proc/self/mem"));
    attempt("write a file without a name", tempfile::tempfile_in(folder));
    attempt("make a folder", fs::create_dir(library.join("folder")));
    attempt("make a link", std::os::unix::fs::symlink("inside", library.join("linked")));
    attempt("give a second name", fs::hard_link(library.join("inside"), library.join("second")));
    attempt("rename", fs::rename(folder.join("outside"), folder.join("renamed")));
    attempt("change who may", fs::set_permissions(library.join("inside"), fs::Permissions::from_mode(0o600)));
    attempt("remove", fs::remove_file(library.join("inside")));
    // For what follows without the lock.
    let _ = fs::write(library.join("inside"), "inside");
}

fn programs(folder: &Path) {
    attempt("start a program", Command::new("/bin/true").status());
    // Without the lock it fails because there is none of that name: this process must go on.
    attempt("become a program", Err::<(), _>(Command::new(folder.join("none")).exec()));
    let name = c"none".as_ptr();
    attempt("become a program by its number", call(libc::SYS_execveat, [-1, name as i64, 0, 0, 0]));
    attempt("make a program in memory", call(libc::SYS_memfd_create, [name as i64, 0, 0, 0, 0]));
    let (private, run) = (i64::from(libc::MAP_PRIVATE | libc::MAP_ANONYMOUS), i64::from(libc::PROT_EXEC));
    let page = unsafe { libc::syscall(libc::SYS_mmap, 0_i64, 4096_i64, run, private, -1_i64, 0_i64) };
    attempt("run what is in memory", answer(page));
}

fn connections(folder: &Path) {
    attempt("listen", TcpListener::bind("127.0.0.1:0"));
    attempt("send over the network", UdpSocket::bind("127.0.0.1:0"));
    attempt("connect to a service", UnixStream::connect(folder.join("service")));
    attempt("send to a service", UnixDatagram::unbound());
    attempt("send letters within", UnixDatagram::pair());
    attempt("set up io_uring", call(libc::SYS_io_uring_setup, [1, 0, 0, 0, 0]));
}

/// System calls of which only the arguments are wrong: what they answer tells whether they were made.
fn calls() {
    let parent = i64::from(std::os::unix::process::parent_id());
    let nobody = i64::from(i32::MAX);
    for (what, number, arguments) in [
        ("trace a process", libc::SYS_ptrace, [i64::from(libc::PTRACE_ATTACH), nobody, 0, 0, 0]),
        ("read another's memory", libc::SYS_process_vm_readv, [nobody, 0, 0, 0, 0]),
        ("write another's memory", libc::SYS_process_vm_writev, [nobody, 0, 0, 0, 0]),
        ("take another's files", libc::SYS_pidfd_open, [nobody, 0, 0, 0, 0]),
        ("signal a process", libc::SYS_kill, [parent, 0, 0, 0, 0]),
        ("signal a thread of another", libc::SYS_tgkill, [parent, parent, 0, 0, 0]),
        ("set another's limits", libc::SYS_prlimit64, [parent, i64::from(libc::RLIMIT_CORE), 0, 0, 0]),
        ("mount", libc::SYS_mount, [0, 0, 0, 0, 0]),
        ("leave its mounts", libc::SYS_unshare, [0, 0, 0, 0, 0]),
        ("load a program into the kernel", libc::SYS_bpf, [-1, 0, 0, 0, 0]),
        ("fault by hand", libc::SYS_userfaultfd, [-1, 0, 0, 0, 0]),
        ("watch performance", libc::SYS_perf_event_open, [0, 0, -1, -1, 0]),
        ("keep a key", libc::SYS_keyctl, [-1, 0, 0, 0, 0]),
        ("open in a newer way", libc::SYS_openat2, [-1, 0, 0, 0, 0]),
        ("become another user", libc::SYS_setuid, [i64::from(unsafe { libc::getuid() }), 0, 0, 0, 0]),
        ("type into the terminal", libc::SYS_ioctl, [0, i64::try_from(libc::TIOCSTI).unwrap(), 0, 0, 0]),
        ("be told what changes", libc::SYS_inotify_init1, [0, 0, 0, 0, 0]),
    ] {
        attempt(what, call(number, arguments));
    }
}

/// What a reader needs: that it is not refused is seen in the same way.
fn needed(folder: &Path) {
    attempt("read in the library", fs::read(folder.join("library/inside")));
    attempt("list the library", fs::read_dir(folder.join("library")));
    let thread = std::thread::Builder::new().name("of a reader".to_owned());
    let started = thread.spawn(|| std::thread::current().name().map(str::to_owned));
    attempt("name a thread", started.map(|thread| assert_eq!(thread.join().unwrap().as_deref(), Some("of a reader"))));
    attempt("start a thread", std::thread::Builder::new().spawn(|| ()).map(|thread| thread.join().unwrap()));
    attempt("wake a thread", UnixStream::pair());
    attempt("tell the time", Ok(std::time::SystemTime::now()));
}

/// Makes a system call.
fn call(number: i64, [first, second, third, fourth, fifth]: [i64; 5]) -> io::Result<i64> {
    answer(unsafe { libc::syscall(number, first, second, third, fourth, fifth) })
}

fn answer(returned: i64) -> io::Result<i64> {
    if returned == -1 { Err(io::Error::last_os_error()) } else { Ok(returned) }
}
