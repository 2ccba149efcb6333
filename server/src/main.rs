//! The binary: reads the command line, runs the command, says in one sentence what went wrong.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::cli::run(std::env::args_os())
}
