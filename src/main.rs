//! The `kawaraban` program: its command line, and nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    kawaraban::cli::run()
}
