//! A real OpenSSH server on this machine's own address, for one test: throw-away keys, a free port, and nothing left of it.
//!
//! As root the server runs in mounts of its own, where the folders that it needs or writes to (its own below `/run`, and the
//! records of who logged in) are empty ones in memory: the machine is not changed. An ordinary user's server lets that user in
//! and writes none of them.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

/// How long to wait for the server before a test fails.
const DEADLINE: Duration = Duration::from_secs(30);

/// Between two looks at what another process does.
const LOOK: Duration = Duration::from_millis(2);

/// How often another port is tried where somebody else has taken the one that was free.
const TRIES: usize = 5;

/// What a server is started with.
#[derive(Default)]
pub(crate) struct Setup<'a> {
    /// Lines of its configuration beside those that it needs, such as `ForceCommand`. The first line on a matter holds.
    pub(crate) config: &'a str,
    /// Whom the client logs in as; who runs the test, unless said.
    pub(crate) user: Option<&'a str>,
    /// Lines of a shell that are run in the server's own mounts before it starts; only root's has such.
    pub(crate) before: &'a str,
}

/// A server that listens; dropping it ends it with all that it started.
pub(crate) struct Server {
    folder: TempDir,
    process: Child,
    port: u16,
    user: String,
}

impl Server {
    /// Starts a server and logs in once, or says why that cannot be done on this machine.
    pub(crate) fn start(setup: &Setup<'_>) -> Result<Self, String> {
        let sshd = program("sshd").ok_or("sshd is not installed")?;
        for client in ["ssh", "ssh-keygen"] {
            program(client).ok_or_else(|| format!("{client} is not installed"))?;
        }
        let folder = tempfile::tempdir().unwrap();
        for key in ["host", "user"] {
            let made = Command::new("ssh-keygen")
                .args(["-q", "-t", "ed25519", "-N", "", "-C", "outflow-test", "-f"])
                .arg(folder.path().join(key))
                .status();
            assert!(made.unwrap().success(), "ssh-keygen made no key");
        }
        fs::copy(folder.path().join("user.pub"), folder.path().join("authorized")).unwrap();
        let user = setup.user.map_or_else(who_runs_this, str::to_owned);
        let mut server = Self::listening(folder, &sshd, setup, &user)?;
        server.log_in()?;
        Ok(server)
    }

    /// A client with these arguments, to be started in a terminal.
    pub(crate) fn in_a_terminal(&self, arguments: &[&str]) -> portable_pty::CommandBuilder {
        let client = self.client(arguments);
        let mut command = portable_pty::CommandBuilder::new(client.get_program());
        command.args(client.get_args());
        command.env_clear();
        for (name, value) in client.get_envs() {
            command.env(name, value.unwrap_or_default());
        }
        command.cwd(self.folder.path());
        command
    }

    /// A client with these arguments: options, and after them what is asked of the server.
    pub(crate) fn client(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program("ssh").unwrap());
        command.env_clear().env("TERM", "xterm-256color").env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.args(["-F", "none", "-p", &self.port.to_string(), "-l", &self.user, "-i"]);
        command.arg(self.folder.path().join("user"));
        let known = self.folder.path().join("known").display().to_string();
        for option in [
            &format!("UserKnownHostsFile={known}"),
            "GlobalKnownHostsFile=none",
            "StrictHostKeyChecking=yes",
            "UpdateHostKeys=no",
            "IdentitiesOnly=yes",
            "IdentityAgent=none",
            "BatchMode=yes",
            "ConnectTimeout=20",
            "ControlPath=none",
        ] {
            command.args(["-o", option]);
        }
        let options = arguments.iter().take_while(|argument| argument.starts_with('-')).count();
        command.args(&arguments[..options]).arg("127.0.0.1").args(&arguments[options..]);
        command
    }

    /// The folder of the server's keys and configuration.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What the server has said.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// A server that has said that it listens.
    fn listening(mut folder: TempDir, sshd: &Path, setup: &Setup<'_>, user: &str) -> Result<Self, String> {
        for _ in 0..TRIES {
            // Somebody else may take it before the server does.
            let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
            write_configuration(folder.path(), port, setup);
            let log = File::create(folder.path().join("log")).unwrap();
            let mut command = command(sshd, folder.path(), setup)?;
            let process = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().unwrap();
            let mut server = Self { folder, process, port, user: user.to_owned() };
            let deadline = Instant::now() + DEADLINE;
            loop {
                let said = server.log();
                if said.contains("Server listening on") {
                    return Ok(server);
                }
                if server.process.try_wait().unwrap().is_some() {
                    if said.contains("Address already in use") {
                        break;
                    }
                    return Err(format!("sshd does not start: {}", said.trim()));
                }
                assert!(Instant::now() < deadline, "sshd does not listen: {said}");
                std::thread::sleep(LOOK);
            }
            folder = std::mem::replace(&mut server.folder, tempfile::tempdir().unwrap());
        }
        Err("sshd finds no free port".to_owned())
    }

    /// Logs in without starting anything, to tell a machine that lets nobody in from a program that fails.
    fn log_in(&mut self) -> Result<(), String> {
        let mut client = self.client(&["-v", "-N"]);
        client.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut client = client.spawn().unwrap();
        let said = BufReader::new(client.stderr.take().unwrap());
        let is_in = said.lines().map_while(Result::ok).any(|line| line.contains("Authenticated to "));
        let _ = client.kill();
        let _ = client.wait();
        if is_in { Ok(()) } else { Err(format!("sshd lets {} not in: {}", self.user, self.log().trim())) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let mut all = below(Pid::from_child(&self.process));
        all.extend(running(self.folder.path()));
        for process in all {
            let _ = kill_process(process, Signal::KILL);
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Processes that name a folder in their arguments or their environment, as far as one may look.
pub(crate) fn running(folder: &Path) -> Vec<Pid> {
    let name = folder.as_os_str().as_encoded_bytes();
    let names = |path: PathBuf| fs::read(path).is_ok_and(|bytes| bytes.windows(name.len()).any(|part| part == name));
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let entries = entries.filter(|entry| names(entry.path().join("cmdline")) || names(entry.path().join("environ")));
    entries.filter_map(|entry| Pid::from_raw(entry.file_name().to_str()?.parse().ok()?)).collect()
}

/// A process and all that it and its children have started.
fn below(first: Pid) -> Vec<Pid> {
    let mut all = vec![first];
    let mut at = 0;
    while let Some(process) = all.get(at) {
        let number = process.as_raw_nonzero();
        let children = fs::read_to_string(format!("/proc/{number}/task/{number}/children")).unwrap_or_default();
        all.extend(children.split_whitespace().filter_map(|child| Pid::from_raw(child.parse().ok()?)));
        at += 1;
    }
    all
}

fn write_configuration(folder: &Path, port: u16, setup: &Setup<'_>) {
    let path = |name: &str| folder.join(name).display().to_string();
    let (host, authorized) = (path("host"), path("authorized"));
    let own = format!(
        "ListenAddress 127.0.0.1\nPort {port}\nHostKey {host}\nAuthorizedKeysFile {authorized}\nPidFile none\n\
         StrictModes no\nUsePAM no\nUseDNS no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n\
         PermitRootLogin prohibit-password\nPermitUserRC no\nPrintMotd no\nPrintLastLog no\nLogLevel VERBOSE\n"
    );
    // At the end, since a `Match` in them would hold for all that follows.
    fs::write(path("config"), own + setup.config + "\n").unwrap();
    let key = fs::read_to_string(path("host.pub")).unwrap();
    fs::write(path("known"), format!("[127.0.0.1]:{port} {key}")).unwrap();
}

/// The command that starts the server.
fn command(sshd: &Path, folder: &Path, setup: &Setup<'_>) -> Result<Command, String> {
    let config = folder.join("config");
    if !rustix::process::geteuid().is_root() {
        let mut command = Command::new(sshd);
        command.args(["-D", "-e", "-f"]).arg(config);
        return Ok(command);
    }
    let hidden = ["/run", "/var/run", "/var/log"];
    if hidden.iter().any(|hidden| folder.starts_with(hidden)) {
        return Err(format!("{} is in a folder that the server's mounts hide", folder.display()));
    }
    let unshare = program("unshare").ok_or("unshare is not installed")?;
    let is_allowed = Command::new(&unshare).args(["-m", "true"]).stderr(Stdio::null()).status();
    if !is_allowed.is_ok_and(|status| status.success()) {
        return Err("root may have no mounts of its own here".to_owned());
    }
    let before = setup.before;
    let script = format!(
        "set -e\nmount -t tmpfs -o mode=755 none /run\nmount -t tmpfs -o mode=755 none /var/log\nmkdir -m 755 /run/sshd\n\
         {before}\nexec \"$0\" -D -e -f \"$1\"\n"
    );
    let mut command = Command::new(unshare);
    command.args(["-m", "/bin/sh", "-c", &script]).arg(sshd).arg(config);
    Ok(command)
}

/// Where a program is, also one that only root has on the path.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/sbin", "/usr/local/sbin", "/sbin"].map(PathBuf::from));
    folders.map(|folder| folder.join(name)).find(|path| path.is_absolute() && path.is_file())
}

fn who_runs_this() -> String {
    let said = Command::new("id").arg("-un").output().unwrap();
    String::from_utf8(said.stdout).unwrap().trim().to_owned()
}
