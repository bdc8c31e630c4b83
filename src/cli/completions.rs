//! `outflow completions`: what a shell completes, from the definition of the command line.

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use clap_complete::{generate, shells};
use color_eyre::eyre::{Report, eyre};

use super::Outcome;
use super::arguments::{Global, NAME, definition};
use super::printer::Printer;
use crate::concerns::RuleId;

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// For which shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Shells that completions are written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shell {
    /// For bash 4 or later.
    Bash,
    /// For zsh.
    Zsh,
    /// For fish.
    Fish,
}

/// Where rules are named: the command, and which of its arguments.
const RULES: [(&str, &str); 2] = [("concerns", "id"), ("dismiss", "rule")];

pub(super) fn run(global: &Global, asked: &Completions, printer: &mut Printer) -> Result<Outcome, Report> {
    if global.json {
        return Err(eyre!("completions are a script for a shell, and have no form in JSON; leave --json out"));
    }
    let mut command = completed();
    let name = NAME;
    // Written whole before any of it is sent: the library ends the program where its output is closed.
    let mut script = Vec::new();
    match asked.shell {
        Shell::Bash => generate(shells::Bash, &mut command, name, &mut script),
        Shell::Zsh => generate(shells::Zsh, &mut command, name, &mut script),
        Shell::Fish => generate(shells::Fish, &mut command, name, &mut script),
    }
    printer.out().write_all(&script)?;
    Ok(Outcome::Done)
}

/// The command line without what is for the program itself, and with the rules by name. The parser takes any word there, to say more
/// of a wrong one than a list of sixty.
fn completed() -> clap::Command {
    let whole = definition();
    let shown = clap::Command::new(NAME)
        .disable_help_subcommand(true)
        .version(env!("CARGO_PKG_VERSION"))
        .args(whole.get_arguments().filter(|argument| !argument.is_hide_set()).cloned())
        .subcommands(whole.get_subcommands().filter(|command| !command.is_hide_set()).cloned());
    RULES.into_iter().fold(shown, |command, (name, argument)| {
        command.mut_subcommand(name, |subcommand| {
            subcommand.mut_arg(argument, |argument| {
                argument.value_parser(PossibleValuesParser::new(RuleId::ALL.iter().map(|rule| rule.as_str())))
            })
        })
    })
}
