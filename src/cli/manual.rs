//! `outflow man`: manual pages, from the definition of the command line and from the tables that the program itself goes by.

mod sections;

use std::io::{self, Write};

use clap::Args;
use clap::builder::Resettable;
use clap_mangen::Man;
use color_eyre::eyre::{Report, eyre};

use super::Outcome;
use super::arguments::{Global, definition};
use super::printer::Printer;
use super::search::examples::{BEFORE, EXAMPLES, SEARCH};

/// Arguments of `man`.
#[derive(Debug, Args)]
pub(super) struct Manual {
    /// The command to describe [default: the program as a whole]
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

pub(super) fn run(global: &Global, asked: &Manual, printer: &mut Printer) -> Result<Outcome, Report> {
    if global.json {
        return Err(eyre!("a manual page is for man to read, and has no form in JSON; leave --json out"));
    }
    let mut program = definition();
    program.build();
    match &asked.command {
        None => of_program(program, printer.out())?,
        Some(name) => {
            // The help ends with examples, which have a section here.
            page(of_command(&program, name)?.after_help(Resettable::Reset)).render(printer.out())?;
            if name == SEARCH {
                sections::examples(Some(BEFORE), &EXAMPLES).to_writer(printer.out())?;
            }
        }
    }
    Ok(Outcome::Done)
}

fn of_command(program: &clap::Command, name: &str) -> Result<clap::Command, Report> {
    program.find_subcommand(name).filter(|command| !command.is_hide_set()).cloned().ok_or_else(|| {
        let names: Vec<&str> =
            program.get_subcommands().filter(|command| !command.is_hide_set()).map(clap::Command::get_name).collect();
        eyre!("there is no command \"{name}\"; there are {}", names.join(", "))
    })
}

/// A page that says of what it is one. It has no date, so that the same program always prints the same page.
fn page(command: clap::Command) -> Man {
    Man::new(command).source(format!("outflow {}", env!("CARGO_PKG_VERSION"))).manual("Outflow")
}

/// The page of the program: with what is no option, but asked for at least as often.
fn of_program(program: clap::Command, out: &mut dyn Write) -> io::Result<()> {
    let environment = sections::environment(&program);
    let commands = sections::commands(&program);
    let page = page(program);
    page.render_title(out)?;
    page.render_name_section(out)?;
    sections::synopsis().to_writer(out)?;
    page.render_description_section(out)?;
    sections::opening().to_writer(out)?;
    commands.to_writer(out)?;
    page.render_options_section(out)?;
    let (ends, examples) = (sections::ends(), sections::of_program());
    for section in [sections::language(), sections::keys(), sections::files(), environment, ends, examples] {
        section.to_writer(out)?;
    }
    Ok(())
}
