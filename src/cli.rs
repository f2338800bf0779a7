//! The **command line**: flags to a resolved request, and its outcome to an exit code.
//!
//! 0: fine. 1: the content has errors. 2: the command was wrong, or the machine refused.
//!
//! Not in here: the work itself (`pipeline`, `publish`, `serve`).

mod answers;
mod arguments;
mod commands;
mod differences;
mod progress;
mod releases;
mod starter;

use std::fmt::Display;
use std::io::{IsTerminal, Write as _};
use std::process::ExitCode;

use clap::Parser;

use crate::report::{Colour, Format, Style};
use crate::text::Language;

use arguments::{Arguments, Command};

/// What a command came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Fine,
    ContentErrors,
    Refused,
}

/// Runs the program with the arguments of this process.
pub fn run() -> ExitCode {
    // Wrong usage ends in here with exit code 2.
    let arguments = Arguments::parse();
    let outcome = match &arguments.command {
        Command::Build(build) => commands::build(build),
        Command::Check(check) => commands::check(check),
        Command::Serve(serve) => commands::serve(serve),
        Command::Search(search) => commands::search(search),
        Command::Release(release) => releases::release(release),
        Command::Diff(diff) => releases::diff(diff),
        Command::Verify(verify) => commands::verify(verify),
        Command::New(new) => commands::new(new),
    };
    ExitCode::from(match outcome {
        Outcome::Fine => 0,
        Outcome::ContentErrors => 1,
        Outcome::Refused => 2,
    })
}

/// Writes a line to the standard output. Whoever reads it may have gone, as `head` has; that is no
/// failure of the command.
fn say(line: impl Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// How this terminal is to be spoken to.
fn style(format: Format, language: Option<Language>) -> Style {
    let colour = match std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        true => Colour::Ansi,
        false => Colour::Plain,
    };
    Style { format, language: language.unwrap_or_else(locale), colour }
}

/// Language of the environment: English unless it is Japanese.
fn locale() -> Language {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    match set {
        Some(value) if value.starts_with("ja") => Language::Ja,
        _ => Language::En,
    }
}
