//! Arguments in, exit code out.

use std::process::ExitCode;

// Without unwinding a fault would leave the terminal in disorder, and one of the worker would end the program.
#[cfg(panic = "abort")]
compile_error!("outflow has to unwind after a fault, so that the terminal is given back: build it without panic=abort");

fn main() -> ExitCode {
    outflow::cli::main()
}
