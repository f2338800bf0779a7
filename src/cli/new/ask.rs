//! **Questions** of `kawaraban new` to a person at a terminal; nobody else is asked.

use std::io::{IsTerminal as _, stdin};

use crate::calendar::FiscalYear;
use crate::cli::CommandOutcome;
use crate::cli::arguments::NewArguments;
use crate::cli::commands::refuse;
use crate::config::LocalGovernmentCode;
use crate::diagnostic::Message;
use crate::message;
use crate::report::in_language;
use crate::starter::City;
use crate::text::Language;

use super::departments;

/// Asks for what `arguments` do not give, with the values of `city` as defaults. The error is the
/// outcome where the person ends the input.
pub(super) fn complete(
    city: &mut City,
    arguments: &NewArguments,
    language: Language,
) -> Result<(), CommandOutcome> {
    if !stdin().is_terminal() {
        return Ok(());
    }
    if arguments.name.is_none() {
        let question = message!(ja: "市の名称", en: "Name of the city");
        city.name = answer(&question, &city.name.clone(), language, |text| Ok(text.to_owned()))?;
    }
    if arguments.code.is_none() {
        let question = message!(
            ja: "全国地方公共団体コード（6桁）",
            en: "Local government code (six digits)",
        );
        city.code = answer(&question, &city.code.to_string(), language, |text| {
            LocalGovernmentCode::parse(text).map_err(|problem| (not_a_code(text), problem.help()))
        })?;
    }
    if arguments.year.is_none() {
        let question = message!(ja: "最初の施策の年度", en: "Fiscal year of the first measures");
        city.year = answer(&question, &city.year.year().to_string(), language, |text| {
            FiscalYear::parse(text).map_err(|problem| problem.told(text))
        })?;
    }
    if arguments.departments.is_none() {
        let question = message!(
            ja: "部局（「、」で区切ります）",
            en: "Departments (separated by commas)",
        );
        let names: Vec<&str> = city.departments.iter().map(|one| one.name.as_str()).collect();
        city.departments = answer(&question, &names.join("、"), language, departments)?;
    }
    Ok(())
}

/// `text` is no local government code.
pub(super) fn not_a_code(text: &str) -> Message {
    message!(
        ja: "「{text}」は全国地方公共団体コードではありません",
        en: "`{text}` is not a local government code (全国地方公共団体コード)",
    )
}

/// Asks until `read` understands the answer; a blank one is `default`.
fn answer<T>(
    question: &Message,
    default: &str,
    language: Language,
    read: impl Fn(&str) -> Result<T, (Message, Message)>,
) -> Result<T, CommandOutcome> {
    loop {
        let question = in_language(question, language);
        eprint!(
            "{}",
            match language {
                Language::Ja => format!("{question}［{default}］："),
                Language::En => format!("{question} [{default}]: "),
            }
        );
        let mut line = String::new();
        if !stdin().read_line(&mut line).is_ok_and(|bytes| bytes > 0) {
            eprintln!();
            let said = message!(ja: "書き出しませんでした", en: "nothing was written");
            return Err(refuse(language, &said, None));
        }
        let text = line.trim();
        match read(if text.is_empty() { default } else { text }) {
            Ok(value) => return Ok(value),
            Err((wrong, help)) => {
                eprintln!("  {}", in_language(&wrong, language));
                eprintln!("  {}", in_language(&help, language));
            }
        }
    }
}

/// Asks whether to write the missing files; `None` where nobody can answer.
pub(super) fn agreed(language: Language) -> Option<bool> {
    if !stdin().is_terminal() {
        return None;
    }
    eprint!(
        "{}",
        match language {
            Language::Ja =>
                "書き出しますか。今あるファイルは変更しません。書き出す場合は「y」を入力してください：",
            Language::En => "Write them? Files that are there are not changed. [y/N] ",
        }
    );
    let mut answer = String::new();
    let _unread = stdin().read_line(&mut answer);
    Some(["y", "yes", "はい"].contains(&answer.trim().to_lowercase().as_str()))
}
