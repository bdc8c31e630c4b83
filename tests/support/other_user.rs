//! Another user of this machine, and mounts. Both need root; where they cannot be had, a line says so.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use portable_pty::CommandBuilder;

use super::program::{Ran, copy_for_others, ran};

/// The number that belongs to nobody.
const NOBODY: u32 = 65534;

/// A user who owns nothing but a folder.
pub(crate) struct Other {
    folder: tempfile::TempDir,
    program: PathBuf,
}

impl Other {
    /// None where this machine lets nobody become another user.
    pub(crate) fn new() -> Option<Self> {
        let mut trial = Command::new("setpriv");
        trial.args(["--reuid", "65534", "--regid", "65534", "--clear-groups", "true"]).stderr(Stdio::null());
        if !trial.status().is_ok_and(|status| status.success()) {
            eprintln!("skipped: only root with setpriv can run the program as another user");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        // Where the program was built others may not look.
        let program = copy_for_others(folder.path());
        let own = folder.path().join("home");
        fs::create_dir(&own).unwrap();
        chown(&own, Some(NOBODY), Some(NOBODY)).unwrap();
        Some(Self { folder, program })
    }

    /// The folder that is the other user's.
    pub(crate) fn folder(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// A copy of a file that the other user may read.
    pub(crate) fn share(&self, file: &str) -> String {
        let name = Path::new(file).file_name().unwrap();
        let copy = self.folder.path().join(name);
        fs::copy(file, &copy).unwrap();
        fs::set_permissions(&copy, Permissions::from_mode(0o644)).unwrap();
        copy.into_os_string().into_string().unwrap()
    }

    /// Whether anything of the other user's own was kept.
    pub(crate) fn has_own(&self) -> bool {
        self.folder().join("data/outflow/own/marks.json").is_file()
    }

    fn arguments(&self) -> Vec<String> {
        let home = self.folder();
        let home = home.display();
        let mut all: Vec<String> =
            ["--reuid", "65534", "--regid", "65534", "--clear-groups", "env", "-i"].map(str::to_owned).into();
        all.push(format!("HOME={home}"));
        all.push(format!("XDG_DATA_HOME={home}/data"));
        all.push(format!("XDG_CONFIG_HOME={home}/config"));
        all.extend(["TERM=xterm".to_owned(), "LANG=C.UTF-8".to_owned(), self.program.display().to_string()]);
        all
    }

    /// Runs the program as the other user.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = Command::new("setpriv");
        command.args(self.arguments()).args(arguments).current_dir(self.folder()).stdin(Stdio::null());
        ran(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
    }

    /// The program as the other user, for a terminal.
    pub(crate) fn in_terminal(&self, arguments: &[&str]) -> CommandBuilder {
        let mut command = CommandBuilder::new("setpriv");
        command.args(self.arguments());
        command.args(arguments);
        command.cwd(self.folder());
        command
    }
}

/// Something that is mounted, until it is dropped.
pub(crate) struct Mount(PathBuf);

impl Mount {
    /// A folder seen through a mount that cannot be written.
    pub(crate) fn read_only(folder: &Path, at: &Path) -> Option<Self> {
        let mount = Self::of(&["--bind", folder.to_str().unwrap()], at)?;
        let again = Command::new("mount").args(["-o", "remount,ro,bind"]).arg(at).status();
        if !again.is_ok_and(|status| status.success()) {
            eprintln!("skipped: this machine remounts nothing as read-only");
            return None;
        }
        Some(mount)
    }

    /// A disk of so many kilobytes.
    pub(crate) fn small(kilobytes: u32, at: &Path) -> Option<Self> {
        Self::of(&["-t", "tmpfs", "-o", &format!("size={kilobytes}k,mode=0755"), "tmpfs"], at)
    }

    fn of(what: &[&str], at: &Path) -> Option<Self> {
        let mounted = Command::new("mount").args(what).arg(at).stderr(Stdio::null()).status();
        if !mounted.is_ok_and(|status| status.success()) {
            eprintln!("skipped: only root can mount a disk, and not on every machine");
            return None;
        }
        Some(Self(at.to_owned()))
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}
