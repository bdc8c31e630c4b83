//! The real program, started or run to its end.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// What a run came to.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// What it wrote where it did what was asked.
    pub(crate) fn text(self) -> String {
        assert_eq!(self.code, 0, "{}", self.stderr);
        self.stdout
    }

    /// What it wrote, as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}\n{}{}", self.stdout, self.stderr))
    }
}

/// The program, ready to run on a library, with nothing else of its surroundings.
pub(crate) fn program(library: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_outflow"));
    command.env_clear().env("OUTFLOW_LIBRARY", library).env("TERM", "xterm").args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs the program on a library to its end.
pub(crate) fn outflow(library: &Path, arguments: &[&str]) -> Ran {
    ran(program(library, arguments).spawn().unwrap())
}

/// What a program that was started comes to.
pub(crate) fn ran(child: Child) -> Ran {
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs the program as a person who has a library, a configuration and files of their own below one folder.
pub(crate) fn outflow_of(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = program(&folder.join("library"), arguments);
    command.env("XDG_CONFIG_HOME", folder.join("config")).env("OUTFLOW_OWN", folder.join("own"));
    ran(command.spawn().unwrap())
}

/// Runs the program as that person for each of these, which ends with this code and says this.
pub(crate) fn each_says(folder: &Path, asked: &[(Vec<&str>, i32, &str)]) {
    for (arguments, code, said) in asked {
        let ran = outflow_of(folder, arguments);
        assert_eq!(ran.code, *code, "{arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(said), "{arguments:?}: {}", ran.stderr);
    }
}

/// Runs the program as that person for its JSON.
pub(crate) fn json(folder: &Path, arguments: &[&str]) -> Value {
    outflow_of(folder, arguments).json()
}

/// The program in a folder that others may look into, which they may not where it was built. It is linked, or copied by another
/// process: one of our own that is started meanwhile would hold the copy open for writing, and what is open for writing cannot be run.
pub(crate) fn copy_for_others(folder: &Path) -> PathBuf {
    let (built, program) = (env!("CARGO_BIN_EXE_outflow"), folder.join("outflow"));
    if fs::hard_link(built, &program).is_err() {
        assert!(Command::new("cp").arg(built).arg(&program).status().unwrap().success());
    }
    program
}
