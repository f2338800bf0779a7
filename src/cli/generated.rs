//! Texts **generated** from the definition of the arguments: completion scripts and manual pages.
//!
//! They are printed by the binary itself, so that they always belong to the version in use.
//! Packagers and the release workflow redirect them into files.
//!
//! Not in here: the arguments (`arguments`).

use clap::{Command, CommandFactory as _};
use clap_mangen::Man;

use crate::diagnostic::Message;
use crate::text::{Language, nearest};

use super::arguments::{Arguments, CompletionsArguments, ManArguments};
use super::commands::refuse;
use super::{CommandOutcome, in_language, print};

const NAME: &str = env!("CARGO_PKG_NAME");
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Prints the completion script of a shell, with its explanations in `language`.
pub(super) fn completions(arguments: &CompletionsArguments, language: Language) -> CommandOutcome {
    let mut command = in_language(Arguments::command(), language);
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, NAME, &mut script);
    print(&script);
    CommandOutcome::Fine
}

/// Prints the manual page of the program, or of one of its commands, in roff.
pub(super) fn man(arguments: &ManArguments, language: Language) -> CommandOutcome {
    let mut program = in_language(Arguments::command().disable_help_subcommand(true), language);
    // Gives each command its full name, such as `kawaraban build`, for the title and the synopsis.
    program.build();
    let page = match arguments.command.as_deref() {
        None => program,
        Some(name) => match program.find_subcommand(name) {
            Some(command) => command.clone().version(VERSION),
            None => return unknown_command(name, &program, language),
        },
    };
    let mut roff = Vec::new();
    Man::new(page)
        .source(format!("{NAME} {VERSION}"))
        .render(&mut roff)
        .expect("writing to a vector does not fail");
    print(&roff);
    CommandOutcome::Fine
}

fn unknown_command(name: &str, program: &Command, language: Language) -> CommandOutcome {
    let names: Vec<&str> = program.get_subcommands().map(Command::get_name).collect();
    let help = match nearest(name, names.iter().copied()) {
        Some(meant) => Message::did_you_mean(meant),
        None => {
            let (ja, en) = (names.join("、"), names.join(", "));
            crate::message!(ja: "使えるコマンド：{ja}", en: "commands: {en}")
        }
    };
    let message = crate::message!(
        ja: "「{name}」というコマンドはありません",
        en: "there is no command `{name}`",
    );
    refuse(language, &message, Some(&help))
}
