//! The **command line**: turns flags into a request, and the outcome into an exit code.
//!
//! 0: success. 1: errors in the content, or differences in a copy. 2: wrong usage, or an error of
//! the system.
//!
//! Not in here: the work itself (`pipeline`, `publish`, `serve`).

mod answers;
mod arguments;
mod book;
mod build;
mod clicked;
mod clock;
mod commands;
mod differences;
mod drafts;
mod explain;
mod forms;
mod generated;
mod hosts;
mod japanese;
#[cfg(feature = "lake")]
mod lake;
mod language;
mod licences;
mod list;
mod new;
mod new_dataset;
mod progress;
mod published;
mod record;
mod releases;
mod rollback;
mod sources;
mod trust;
mod usage;

use std::ffi::OsString;
use std::fmt::Display;
use std::io::{IsTerminal, Write as _};
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use crate::report::{ColourChoice, ReportFormat, ReportStyle};
use crate::text::Language;

use arguments::{Arguments, Command, FormatName, NewCommand};

/// The outcome of a command, which determines the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CommandOutcome {
    /// Success; exit code 0.
    Fine,
    /// Errors in the content, or differences in a copy; exit code 1.
    ContentErrors,
    /// Wrong usage, or an error of the system; exit code 2.
    Refused,
}

/// Runs the program with the arguments of the process, and returns its exit code.
pub fn run() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    if !clicked::is_clicked(&words, cfg!(windows)) {
        return run_with(words);
    }
    let language = language::of(&words);
    let code = run_with(clicked::meant(words, ".".as_ref()));
    clicked::wait(language);
    code
}

/// Runs the program with the arguments `words`, and returns its exit code.
fn run_with(words: Vec<OsString>) -> ExitCode {
    // The language of help and of clap's errors is needed before the arguments are parsed.
    let language = language::of(&words);
    let parsed = command(language)
        .try_get_matches_from(words)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(error) => return usage::show(&error, language),
    };
    if let Some((message, help)) = clock::fault() {
        commands::refuse(language, &message, Some(&help));
        return ExitCode::from(2);
    }
    let outcome = match &arguments.command {
        command if wants_page_elsewhere(command) => {
            let message = crate::message!(
                ja: "「--format html」は「check」でだけ使えます",
                en: "`--format html` is for `check` only",
            );
            let help = crate::message!(
                ja: "「kawaraban check --format html report.html」を実行してください",
                en: "run `kawaraban check --format html report.html`",
            );
            commands::refuse(language, &message, Some(&help))
        }
        Command::Build(build) => build::build(build, language),
        Command::Check(check) => commands::check(check, language),
        Command::Serve(serve) => commands::serve(serve, language),
        Command::Search(search) => commands::search(search, language),
        Command::Release(release) => releases::release(release, language),
        Command::Diff(diff) => match &diff.dataset {
            Some(dataset) => releases::diff(diff, dataset, language),
            None => published::diff(diff, language),
        },
        Command::Explain(arguments) => explain::explain(arguments, language),
        Command::Record(arguments) => record::record(arguments, language),
        Command::List(arguments) => list::list(arguments, language),
        Command::Rollback(arguments) => rollback::rollback(arguments, language),
        Command::Verify(verify) => match trust::verify(verify, language) {
            CommandOutcome::Refused => CommandOutcome::Refused,
            copy => match sources::verify(verify, language) {
                CommandOutcome::Fine => copy,
                other => other,
            },
        },
        Command::Sign(arguments) => trust::sign(arguments, language),
        #[cfg(feature = "lake")]
        Command::Lake(arguments) => lake::lake(arguments, language),
        #[cfg(not(feature = "lake"))]
        Command::Lake(_) => commands::without_lake(language),
        Command::New(arguments) => match &arguments.command {
            None => new::site(arguments, language),
            Some(NewCommand::Measure(tables)) => new::measures(tables, language),
            Some(NewCommand::Policy(tables)) => new::policies(tables, language),
            Some(NewCommand::Dataset(dataset)) => new_dataset::run(dataset, language),
            Some(NewCommand::Page(page)) => new::page(page, language),
            Some(NewCommand::Form(form)) => forms::draft(form, language),
        },
        Command::Book(arguments) => book::run(arguments, language),
        Command::Forms(arguments) => forms::run(arguments, language),
        Command::Host(arguments) => hosts::host(arguments, language),
        Command::Licences(arguments) => licences::licences(arguments, language),
        Command::Completions(completions) => generated::completions(completions, language),
        Command::Man(man) => generated::man(man, language),
    };
    ExitCode::from(match outcome {
        CommandOutcome::Fine => 0,
        CommandOutcome::ContentErrors => 1,
        CommandOutcome::Refused => 2,
    })
}

/// Does a command other than `check` ask for a report as a page?
fn wants_page_elsewhere(command: &Command) -> bool {
    let common = match command {
        Command::Build(build) => &build.common,
        Command::Serve(serve) => &serve.common,
        Command::Search(search) => &search.common,
        _ => return false,
    };
    matches!(common.format, FormatName::Html)
}

/// The command line with its help in `language`.
fn command(language: Language) -> clap::Command {
    in_language(Arguments::command(), language)
}

fn in_language(command: clap::Command, language: Language) -> clap::Command {
    match language {
        Language::Ja => japanese::translated(command),
        Language::En => command,
    }
}

/// Writes a line to standard output. If the reader has closed its end, as `head` does, that is not
/// a failure of the command.
fn say(line: impl Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Writes `bytes` to standard output unchanged. As in [`say`], a closed output is not a failure.
fn print(bytes: &[u8]) {
    let mut out = std::io::stdout();
    let _ = out.write_all(bytes).and_then(|()| out.flush());
}

/// The style of reports in this terminal: in colour if standard error is a terminal and `NO_COLOR`
/// is not set.
fn style(format: ReportFormat, language: Language) -> ReportStyle {
    let colour = match std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        true => ColourChoice::Ansi,
        false => ColourChoice::Plain,
    };
    ReportStyle { format, language, colour }
}
