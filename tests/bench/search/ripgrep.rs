//! ripgrep over the published text, a project a line. It counts lines; several words are one ripgrep after another. The
//! time is that of whole processes, as somebody at a shell has it.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use outflow::register::Register;

use crate::corpus;

pub(crate) struct Ripgrep {
    lines: PathBuf,
}

impl Ripgrep {
    /// Writes the lines, if there is a ripgrep to read them.
    pub(crate) fn beside(folder: &Path, register: &Register) -> Option<Self> {
        let version = Command::new("rg").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        if !version.is_ok_and(|status| status.success()) {
            return None;
        }
        let lines = folder.join("lines");
        let mut out = BufWriter::new(File::create(&lines).unwrap());
        for project in &register.projects {
            let texts: Vec<String> = corpus::texts(project).into_iter().flatten().collect();
            writeln!(out, "{}", texts.join(" | ").replace(['\n', '\r'], " ")).unwrap();
        }
        out.flush().unwrap();
        Some(Self { lines })
    }

    pub(crate) fn count(&self, patterns: &[String]) -> usize {
        let (last, before) = patterns.split_last().unwrap();
        let mut input = Stdio::from(File::open(&self.lines).unwrap());
        let mut children = Vec::new();
        for pattern in before {
            let mut child = search(pattern).stdin(input).stdout(Stdio::piped()).spawn().unwrap();
            input = Stdio::from(child.stdout.take().unwrap());
            children.push(child);
        }
        let counted = search(last).arg("--count").stdin(input).output().unwrap();
        for mut child in children {
            child.wait().unwrap();
        }
        // Without any it says nothing.
        String::from_utf8(counted.stdout).unwrap().trim().parse().unwrap_or(0)
    }
}

fn search(pattern: &str) -> Command {
    let mut command = Command::new("rg");
    command.args(["--no-config", "--ignore-case", "-e", pattern, "-"]);
    command
}
