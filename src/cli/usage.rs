//! Errors of **usage**: those of clap in English, and translations into Japanese.

use std::process::ExitCode;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::diagnostic::Severity;
use crate::report;
use crate::text::Language;

/// Shows the help or the error with which parsing ended, and returns the exit code: 0 for requested
/// help, otherwise 2.
pub(super) fn show(error: &Error, language: Language) -> ExitCode {
    match (language, japanese(error)) {
        (Language::Ja, Some((message, help))) => {
            let caption = report::severity_caption(Severity::Error, language);
            eprintln!("{caption}: {message}");
            if let Some(help) = help {
                eprintln!("  {}: {help}", report::help_caption(language));
            }
            eprintln!("\n使い方は「--help」を付けて実行すると表示されます");
        }
        // Standard output may be closed, which is not a failure.
        _ => drop(error.print()),
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

/// The error message and a help in Japanese; `None` for requested help, which is already
/// translated.
fn japanese(error: &Error) -> Option<(String, Option<String>)> {
    let argument = words(error, ContextKind::InvalidArg).join("、");
    let value = words(error, ContextKind::InvalidValue).join("、");
    let message = match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
        | ErrorKind::DisplayVersion => return None,
        ErrorKind::UnknownArgument => format!("「{argument}」という引数はありません"),
        ErrorKind::InvalidSubcommand => {
            let command = words(error, ContextKind::InvalidSubcommand).join("、");
            format!("「{command}」というコマンドはありません")
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            format!("「{argument}」に値を指定してください")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("「{argument}」に「{value}」は使えません")
        }
        ErrorKind::ArgumentConflict => {
            let prior = words(error, ContextKind::PriorArg).join("、");
            match prior.is_empty() || prior == argument {
                true => format!("「{argument}」は1回だけ指定できます"),
                false => format!("「{argument}」と「{prior}」は同時に指定できません"),
            }
        }
        ErrorKind::MissingRequiredArgument => format!("必要な引数がありません：{argument}"),
        ErrorKind::TooManyValues => format!("「{argument}」の値が多すぎます"),
        ErrorKind::InvalidUtf8 => "引数に、文字として読み取れないものがあります".to_owned(),
        _ => format!("引数に誤りがあります：{}", error.to_string().trim()),
    };
    Some((message, help(error)))
}

fn help(error: &Error) -> Option<String> {
    let suggested =
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
            .into_iter()
            .flat_map(|kind| words(error, kind));
    let suggested: Vec<String> = suggested.map(|word| format!("「{word}」")).collect();
    if !suggested.is_empty() {
        return Some(format!("{}の誤りではありませんか", suggested.join("または")));
    }
    let values = words(error, ContextKind::ValidValue);
    (!values.is_empty()).then(|| format!("使える値：{}", values.join("、")))
}

/// The words in the context `kind` of `error`; empty if it has none or is of another type.
fn words(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(word)) => vec![word.clone()],
        Some(ContextValue::Strings(words)) => words.clone(),
        _ => Vec::new(),
    }
}
