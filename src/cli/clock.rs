//! The **clock** of this computer tells what day it is. Nothing that is published depends on it but
//! what is due.

use std::time::SystemTime;

use jiff::tz::{self, TimeZone};
use jiff::{Timestamp, ZonedDateTime};

use crate::diagnostic::Message;
use crate::publish;

/// The last year that passes. Dates end with 9999, whose last day begins earlier in Japan than the
/// time of the clock can say.
const LAST_YEAR: i16 = 9998;

/// Today's date in Japan, whose local governments publish with this program.
pub(super) fn today() -> String {
    japan(publish::now()).map(|now| now.date().to_string()).unwrap_or_default()
}

/// What is wrong with the clock, and how to correct it. A battery that has run out sets some clocks
/// to a day before 1970, which no time in a workbook can be.
pub(super) fn fault() -> Option<(Message, Message)> {
    fault_of(publish::now())
}

fn fault_of(now: SystemTime) -> Option<(Message, Message)> {
    let is_sound =
        now >= SystemTime::UNIX_EPOCH && japan(now).is_some_and(|now| now.year() <= LAST_YEAR);
    (!is_sound).then(|| {
        (
            crate::message!(
                ja: "このコンピューターの日付と時刻が正しくありません（1970年から{LAST_YEAR}年までの日付が必要です）",
                en: "the clock of this computer is wrong; it must show a day from 1970 to {LAST_YEAR}",
            ),
            crate::message!(
                ja: "コンピューターの日付と時刻を合わせてください",
                en: "set the date and time of the computer",
            ),
        )
    })
}

fn japan(now: SystemTime) -> Option<ZonedDateTime> {
    Some(ZonedDateTime::new(Timestamp::try_from(now).ok()?, TimeZone::fixed(tz::offset(9))))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::fault_of;

    #[test]
    fn a_clock_that_shows_no_day_of_ours_is_told() {
        let second = Duration::from_secs(1);
        let end = Duration::from_secs(253_370_764_800);
        for (time, sound) in [
            (SystemTime::UNIX_EPOCH, true),
            (SystemTime::UNIX_EPOCH - second, false),
            // The year 9999 begins nine hours earlier in Japan.
            (SystemTime::UNIX_EPOCH + end - Duration::from_secs(9 * 3600) - second, true),
            (SystemTime::UNIX_EPOCH + end - Duration::from_secs(9 * 3600), false),
            (SystemTime::UNIX_EPOCH + end * 2, false),
        ] {
            assert_eq!(fault_of(time).is_none(), sound, "{time:?}");
        }
    }
}
