//! `lake`: puts the tables of many published sites into one lake.
//!
//! Not in here: the lake itself (`lake`).

use std::time::SystemTime;

use crate::diagnostic::Message;
use crate::lake::{self, LakeError, LakeProblem, LakeRequest, LakeSummary};
use crate::message;
use crate::publish::{self, Manner, Turn};
use crate::report;
use crate::text::{Language, counted};

use super::arguments::LakeArguments;
use super::build::tell_waiting;
use super::commands::refuse;
use super::{CommandOutcome, say};

/// Writes the lake and says what changed.
pub(super) fn lake(arguments: &LakeArguments, language: Language) -> CommandOutcome {
    match run(arguments, language) {
        Ok(summary) => {
            tell(arguments, &summary, language);
            CommandOutcome::Fine
        }
        Err(LakeError::Publish(error)) => refuse(language, &error.message(), Some(&error.help())),
        Err(LakeError::Problems(problems)) => {
            for problem in &problems {
                refuse(language, &problem.message(), Some(&problem.help()));
            }
            let said: Message = message!(ja: "書き出しませんでした", en: "nothing was written");
            eprintln!("{}", report::in_language(&said, language));
            let usage = |problem: &LakeProblem| {
                matches!(problem, LakeProblem::Address { .. } | LakeProblem::NoLake { .. })
            };
            match problems.iter().any(usage) {
                true => CommandOutcome::Refused,
                false => CommandOutcome::ContentErrors,
            }
        }
    }
}

fn run(arguments: &LakeArguments, language: Language) -> Result<LakeSummary, LakeError> {
    let sites = lake::folders(&arguments.sites)?;
    let turn = Turn::take(&arguments.out, &sites, Manner::Exchange, |process| {
        tell_waiting(process, language);
    })?;
    let now = publish::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let request = LakeRequest {
        sites,
        base_url: arguments.base_url.clone(),
        now: i64::try_from(now.as_millis()).unwrap_or(i64::MAX),
    };
    lake::update(turn, &request)
}

/// Says what the lake contains, and which sites were added, changed and removed.
fn tell(arguments: &LakeArguments, summary: &LakeSummary, language: Language) {
    let LakeSummary { sites, tables, rows, written, .. } = summary;
    let out = arguments.out.display();
    if summary.is_unchanged() {
        say(match language {
            Language::Ja => format!("「{out}」は最新です（{sites}サイト、{tables}表、{rows}行）"),
            Language::En => {
                let (sites, tables) = (counted(*sites, "site"), counted(*tables, "table"));
                format!("{out} is up to date: {sites}, {tables}, {rows} rows")
            }
        });
        return;
    }
    say(match language {
        Language::Ja => format!(
            "「{out}」に{sites}サイトの{tables}表、{rows}行をまとめました（データのファイルを{written}件書き出しました）"
        ),
        Language::En => {
            let (sites, tables) = (counted(*sites, "site"), counted(*tables, "table"));
            let files = counted(*written, "data file");
            format!("{sites}, {tables}, {rows} rows in {out}: {files} written")
        }
    });
    let lists = [
        (&summary.added, "追加したサイト", "added"),
        (&summary.changed, "変更したサイト", "changed"),
        (&summary.removed, "除いたサイト", "removed"),
    ];
    for (codes, ja, en) in lists.into_iter().filter(|(codes, ..)| !codes.is_empty()) {
        let codes = codes.join(", ");
        say(match language {
            Language::Ja => format!("  {ja}：{codes}"),
            Language::En => format!("  {en}: {codes}"),
        });
    }
}
