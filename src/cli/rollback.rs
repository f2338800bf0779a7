//! `rollback`: makes the site that stood before the last build the output again, or lists the sites
//! that are kept.

use std::path::Path;
use std::time::SystemTime;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

use crate::publish::{self, Manner, Previous, PublishError, RolledBack, Turn};
use crate::text::Language;

use super::arguments::RollbackArguments;
use super::build::take_turn;
use super::commands::{output_folder, refuse};
use super::{CommandOutcome, say};

/// Brings a previous site back, or lists those that are kept.
pub(super) fn rollback(arguments: &RollbackArguments, language: Language) -> CommandOutcome {
    match run(arguments, language) {
        Ok(()) => CommandOutcome::Fine,
        Err(error) => refuse(language, &error.message(), Some(&error.help())),
    }
}

/// Takes the turn, then lists the previous sites or brings one back, and says what was done.
fn run(arguments: &RollbackArguments, language: Language) -> Result<(), PublishError> {
    let root = &arguments.root;
    let out = output_folder(root, arguments.out.as_deref());
    if !Turn::has_been_taken(&out) {
        return match arguments.list {
            true => {
                tell_none(&out, language);
                Ok(())
            }
            false => Err(PublishError::NoPrevious { path: out, number: arguments.number }),
        };
    }
    let turn = take_turn(root, &out, Manner::Exchange, language, || {})?;
    if arguments.list {
        let kept = publish::previous(&turn);
        if kept.is_empty() {
            tell_none(&out, language);
        }
        for previous in &kept {
            say(line(previous, language));
        }
        return Ok(());
    }
    let out = out.display();
    let RolledBack { site, files, kept } = publish::roll_back(&turn, arguments.number)?;
    let written = day_and_time(site.written);
    say(match language {
        Language::Ja => {
            format!("「{out}」を、{written}に書き出したサイト（{files}ファイル）に戻しました")
        }
        Language::En => format!("{out} is again the site written on {written}: {files} files"),
    });
    if let Some(number) = kept {
        say(match language {
            Language::Ja => format!(
                "入れ替えたサイトは{number}番として保存しました。もう一度「kawaraban rollback」を実行すると、元に戻ります"
            ),
            Language::En => {
                format!(
                    "the site that it replaced is kept as number {number}; a second rollback brings it back"
                )
            }
        });
    }
    Ok(())
}

fn tell_none(out: &Path, language: Language) {
    let out = out.display();
    say(match language {
        Language::Ja => format!("「{out}」の以前のサイトは保存されていません"),
        Language::En => format!("no previous site of {out} is kept"),
    });
}

/// The line of the list for `previous`.
fn line(previous: &Previous, language: Language) -> String {
    let (number, written) = (previous.number, day_and_time(previous.written));
    match language {
        Language::Ja => format!("{number}番：{written}に書き出したサイト"),
        Language::En => format!("{number}: written on {written}"),
    }
}

/// `time` in the time zone of the computer; `?` where the file system does not know it.
fn day_and_time(time: Option<SystemTime>) -> String {
    let known = time.and_then(|time| Timestamp::try_from(time).ok());
    let local = known.map(|time| ZonedDateTime::new(time, TimeZone::system()));
    local.map_or_else(|| "?".to_owned(), |time| time.strftime("%Y-%m-%d %H:%M").to_string())
}
