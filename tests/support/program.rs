//! The real program, run with a library, a configuration and the user's own folder below one folder, and nothing else.

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// What a run said.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    #[allow(dead_code, reason = "not every test reads it")]
    pub(crate) stderr: String,
}

/// Runs the program.
pub(crate) fn outflow(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = Command::cargo_bin("outflow").unwrap();
    command.env_clear().env("OUTFLOW_LIBRARY", folder.join("library")).env("XDG_CONFIG_HOME", folder.join("config"));
    let output = command.env("OUTFLOW_OWN", folder.join("own")).args(arguments).output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs the program for each of these, which ends with this code and says this.
#[allow(dead_code, reason = "not every test is refused something")]
pub(crate) fn each_says(folder: &Path, asked: &[(Vec<&str>, i32, &str)]) {
    for (arguments, code, said) in asked {
        let ran = outflow(folder, arguments);
        assert_eq!(ran.code, *code, "{arguments:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(said), "{arguments:?}: {}", ran.stderr);
    }
}

/// Runs the program for its JSON.
#[allow(dead_code, reason = "not every test reads JSON")]
pub(crate) fn json(folder: &Path, arguments: &[&str]) -> Value {
    let ran = outflow(folder, arguments);
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}\n{}", ran.stderr))
}
