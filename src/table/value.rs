//! The **value** of a worksheet's cell as text: what a person reads in it, in canonical form.

use std::borrow::Cow;

use calamine::{CellErrorType, Data, ExcelDateTime, ExcelDateTimeType};

/// The value of a cell.
pub(super) enum CellValue<'d> {
    /// A text, a number in plain digits, an ISO date or time, `true` or `false`.
    Text(Cow<'d, str>),
    /// A formula that failed.
    Error(&'d CellErrorType),
}

/// The value of a cell that holds `data`.
pub(super) fn value(data: &Data) -> CellValue<'_> {
    CellValue::Text(match data {
        Data::Error(error) => return CellValue::Error(error),
        Data::Empty => "".into(),
        Data::String(text) => text.into(),
        Data::Int(number) => number.to_string().into(),
        Data::Float(number) => plain_number(*number).into(),
        Data::Bool(truth) => truth.to_string().into(),
        Data::DateTime(moment) => date_or_time(moment).into(),
        Data::DateTimeIso(moment) => {
            moment.strip_suffix("T00:00:00").unwrap_or(moment).to_owned().into()
        }
        Data::DurationIso(duration) => clock_time(duration).unwrap_or(duration.clone()).into(),
    })
}

/// The date or time with the serial number `serial`, as text.
pub(super) fn moment(serial: f64, date_1904: bool) -> String {
    date_or_time(&ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, date_1904))
}

/// A number in plain digits, as Excel shows it: rounded to 15 significant digits, so that 0.1 + 0.2
/// is 0.3, and never with an exponent.
pub(super) fn plain_number(number: f64) -> String {
    let fifteen_digits = format!("{number:.14e}");
    let rounded: f64 = fifteen_digits.parse().unwrap_or(number);
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

/// A date, time or both: `2021-04-01`, `10:30` or `2021-04-01T10:30`; with seconds only where they
/// are not zero. The hours of a duration may exceed 24.
fn date_or_time(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let days = match moment.is_duration() {
        true => moment.as_f64().max(0.0).floor(),
        false => 0.0,
    };
    let hours = days * 24.0 + f64::from(hour);
    let time = match second {
        0 => format!("{hours:02}:{minute:02}"),
        _ => format!("{hours:02}:{minute:02}:{second:02}"),
    };
    if moment.is_duration() || moment.as_f64() < 1.0 {
        return time;
    }
    match (hour, minute, second) {
        (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02}T{time}"),
    }
}

/// Converts a duration of OpenDocument, such as `PT10H30M00S`, to a time of day, `10:30`; `None`
/// for any other form.
pub(super) fn clock_time(duration: &str) -> Option<String> {
    let (hours, rest) = duration.strip_prefix("PT")?.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S')?;
    let number = |digits: &str| digits.parse::<u8>().ok();
    match number(seconds)? {
        0 => Some(format!("{:02}:{:02}", number(hours)?, number(minutes)?)),
        second => Some(format!("{:02}:{:02}:{second:02}", number(hours)?, number(minutes)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::{clock_time, plain_number};

    #[test]
    fn numbers_are_plain_and_without_noise() {
        for (number, text) in [
            (1.0, "1"),
            (-2.50, "-2.5"),
            (0.1 + 0.2, "0.3"),
            (1e21, "1000000000000000000000"),
            (0.000_001, "0.000001"),
            (123_456_789_012_345.0, "123456789012345"),
            (1.1 * 3.0, "3.3"),
            (-0.0, "0"),
        ] {
            assert_eq!(plain_number(number), text);
        }
    }

    #[test]
    fn times_of_open_document_are_clock_times() {
        assert_eq!(clock_time("PT10H05M00S").as_deref(), Some("10:05"));
        assert_eq!(clock_time("PT10H05M09S").as_deref(), Some("10:05:09"));
        assert_eq!(clock_time("P1D"), None);
    }
}
