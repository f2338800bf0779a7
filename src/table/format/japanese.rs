//! Formats of **dates and times** as the Japanese edition of Excel displays them: eras (`ggge`),
//! days of the week (`aaa`), full-width digits (`[DBNum3]`).

use ssfmt::{DateSystem, FormatOptions, NumberFormat as Parsed};

use crate::calendar::{Date, Era};

/// A piece of a format code.
enum Piece<'c> {
    /// A text in quotation marks, or an escaped character, including its marks.
    Literal(&'c str),
    /// `[…]`, without the brackets.
    Bracket(&'c str),
    /// A run of the same letter, in lower case, with its length.
    Run(char, usize),
}

/// Does the format display a date or time? Only its first section is examined, as in Excel.
pub(super) fn is_moment(code: &str) -> bool {
    if code.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("general")) {
        return false;
    }
    let mut after_digit = false;
    for piece in Pieces(code) {
        match piece {
            Piece::Run(';', _) => return false,
            Piece::Run('e', _) if after_digit => {}
            Piece::Run('y' | 'm' | 'd' | 'h' | 's' | 'g' | 'e', _) => return true,
            Piece::Run('a', 3 | 4) => return true,
            Piece::Run(c, _) => after_digit = matches!(c, '0' | '#' | '?' | '.'),
            Piece::Bracket(inner) => {
                let elapsed = !inner.is_empty() && inner.chars().all(|c| "hmsHMS".contains(c));
                if elapsed
                    || inner.eq_ignore_ascii_case("$-F800")
                    || inner.eq_ignore_ascii_case("$-F400")
                {
                    return true;
                }
            }
            Piece::Literal(_) => {}
        }
    }
    false
}

/// The text that the format displays for the serial number `serial`; `None` where the date is
/// invalid or before the first era, or `ssfmt` cannot apply the format. Eras and days of the week
/// are inserted into the format as literal text; `ssfmt` does the rest.
pub(super) fn shown(code: &str, serial: f64, options: &FormatOptions) -> Option<String> {
    let day = day(serial, options.date_system);
    let lower = code.to_lowercase();
    let gannen = lower.contains("gannen");
    let japanese = lower.contains("411")
        || lower.contains("$-ja")
        || Pieces(code).any(|piece| matches!(piece, Piece::Run('g', _)));
    let mut plain = String::with_capacity(code.len() + 16);
    let mut wide = false;
    for piece in Pieces(code) {
        match piece {
            Piece::Run(';', _) => break,
            Piece::Run('g', count) => {
                let era = era_of(day?)?;
                match count {
                    1 => quote(&mut plain, &era.letter.to_string()),
                    2 => quote(&mut plain, &era.name.chars().take(1).collect::<String>()),
                    _ => quote(&mut plain, era.name),
                }
            }
            Piece::Run('e', count) if japanese => {
                let day = day?;
                let year = era_of(day)?.year_of(day.year());
                let text = match (gannen && year == 1, count) {
                    (true, _) => "元".to_owned(),
                    (false, 1) => year.to_string(),
                    (false, _) => format!("{year:02}"),
                };
                quote(&mut plain, &text);
            }
            Piece::Run('a', count @ (3 | 4)) => {
                const NAMES: [&str; 7] = ["土", "日", "月", "火", "水", "木", "金"];
                // In Excel, the serial number 0 is a Saturday.
                let index = serial_1900(serial, options.date_system).rem_euclid(7.0);
                let name = NAMES[index as usize % 7];
                quote(&mut plain, name);
                if count == 4 {
                    quote(&mut plain, "曜日");
                }
            }
            Piece::Run(c, count) => plain.extend(std::iter::repeat_n(c, count)),
            Piece::Literal(text) => plain.push_str(text),
            Piece::Bracket(inner) => match inner.to_ascii_lowercase().as_str() {
                "$-f800" => return shown("yyyy\"年\"m\"月\"d\"日\"", serial, options),
                "$-f400" => return shown("h:mm:ss", serial, options),
                "dbnum3" => wide = true,
                lower if lower.starts_with("$-") || lower.starts_with("dbnum") => {}
                _ => {
                    plain.push('[');
                    plain.push_str(inner);
                    plain.push(']');
                }
            },
        }
    }
    // A format that consists of literal text only would not be recognised as one of dates.
    let text = match only_quoted(&plain) {
        Some(text) => text,
        None => Parsed::parse(&plain).ok()?.try_format(serial, options).ok()?,
    };
    let text = text.trim();
    Some(match wide {
        true => text.chars().map(widened).collect(),
        false => text.to_owned(),
    })
}

/// The format without the commas after the last digit, each of which divides by 1000, and the
/// number of these in the first section.
pub(super) fn unscaled(code: &str) -> (String, i32) {
    let mut plain = String::with_capacity(code.len());
    let (mut thousands, mut first_section) = (0, true);
    let mut pieces = Pieces(code);
    let mut seen_digit = false;
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Run(',', count) if seen_digit && !digits_follow(&pieces) => {
                if first_section {
                    thousands += i32::try_from(count).unwrap_or(0);
                }
            }
            Piece::Run(c, count) => {
                seen_digit |= matches!(c, '0' | '#' | '?');
                if c == ';' {
                    (first_section, seen_digit) = (false, false);
                }
                // Copy the run from the original text, which keeps its case.
                let length = code.len() - pieces.0.len();
                let start = length - count * c.len_utf8();
                plain.push_str(&code[start..length]);
            }
            Piece::Literal(text) => plain.push_str(text),
            Piece::Bracket(inner) => {
                plain.push('[');
                plain.push_str(inner);
                plain.push(']');
            }
        }
    }
    (plain, thousands)
}

/// Does a digit follow in the same section?
fn digits_follow(pieces: &Pieces<'_>) -> bool {
    for piece in Pieces(pieces.0) {
        match piece {
            Piece::Run(';', _) => return false,
            Piece::Run('0' | '#' | '?', _) => return true,
            _ => {}
        }
    }
    false
}

fn quote(code: &mut String, text: &str) {
    code.push('"');
    code.push_str(text);
    code.push('"');
}

/// The text of a format that consists of literals only; `None` for any other.
fn only_quoted(code: &str) -> Option<String> {
    let mut text = String::new();
    for piece in Pieces(code) {
        match piece {
            Piece::Literal(literal) => match literal.strip_prefix('\\') {
                Some(escaped) => text.push_str(escaped),
                None => text.push_str(literal.trim_matches('"')),
            },
            Piece::Run(c, count) if !c.is_ascii_alphanumeric() && !"#?@_*".contains(c) => {
                text.extend(std::iter::repeat_n(c, count));
            }
            Piece::Run(..) | Piece::Bracket(_) => return None,
        }
    }
    Some(text)
}

fn widened(c: char) -> char {
    match c.to_digit(10).filter(|_| c.is_ascii_digit()) {
        Some(digit) => char::from_u32('０' as u32 + digit).unwrap_or(c),
        None => c,
    }
}

/// The whole serial number in the system that counts from 1900.
fn serial_1900(serial: f64, system: DateSystem) -> f64 {
    match system {
        DateSystem::Date1900 => serial.floor(),
        DateSystem::Date1904 => serial.floor() + 1462.0,
    }
}

fn day(serial: f64, system: DateSystem) -> Option<Date> {
    Date::from_excel_serial(serial_1900(serial, system) as i64)
}

fn era_of(day: Date) -> Option<&'static Era> {
    Era::of(day.year(), day.month(), day.day())
}

/// Iterator over the pieces of a format code.
struct Pieces<'c>(&'c str);

impl<'c> Iterator for Pieces<'c> {
    type Item = Piece<'c>;

    /// Splits off the next piece: a quoted text, an escaped character, a bracket, or a run of the
    /// same letter in either case. An unclosed quote or bracket extends to the end. `_x` and `*x`
    /// become empty literals.
    fn next(&mut self) -> Option<Piece<'c>> {
        let code = self.0;
        let first = code.chars().next()?;
        let (length, piece) = match first {
            '"' => {
                let end = code[1..].find('"').map_or(code.len(), |at| at + 2);
                (end, Piece::Literal(&code[..end]))
            }
            '\\' | '_' | '*' => {
                let second = code[1..].chars().next().map_or(0, char::len_utf8);
                let end = 1 + second;
                // `_x` leaves space and `*x` fills the column; neither has any text.
                let text = if first == '\\' { &code[..end] } else { "" };
                (end, Piece::Literal(text))
            }
            '[' => {
                let end = code.find(']').map_or(code.len(), |at| at + 1);
                (end, Piece::Bracket(code[1..end].trim_end_matches(']')))
            }
            _ => {
                let lower = first.to_ascii_lowercase();
                let count = code.chars().take_while(|c| c.to_ascii_lowercase() == lower).count();
                (count * first.len_utf8(), Piece::Run(lower, count))
            }
        };
        self.0 = &code[length..];
        Some(piece)
    }
}

#[cfg(test)]
mod tests {
    use super::super::NumberFormat;
    use super::is_moment;

    #[test]
    fn formats_of_days_times_and_durations_are_known_from_those_of_numbers() {
        for (code, expected) in [
            ("yyyy/m/d", true),
            ("h:mm", true),
            ("[h]", true),
            ("[mm]", true),
            ("[$-F800]", true),
            ("aaa", true),
            ("ge", true),
            ("0.00E+00", false),
            ("[Red]0", false),
            ("[]0", false),
            ("[$-411]0", false),
            ("General", false),
            ("0;yyyy", false),
            ("\"y\"0", false),
        ] {
            assert_eq!(is_moment(code), expected, "{code}");
        }
    }

    #[test]
    fn days_are_shown_as_the_japanese_edition_shows_them() {
        // 1 April 2024, a Monday.
        for (code, shown) in [
            ("[$-411]ggge\"年\"m\"月\"d\"日\";@", "令和6年4月1日"),
            ("[$-ja-JP-x-gannen]ggge\"年\"m\"月\"d\"日\";@", "令和6年4月1日"),
            ("[$-411]ge\\.m\\.d;@", "R6.4.1"),
            ("ggge\"年\"", "令和6年"),
            ("ggge\"年度\"", "令和6年度"),
            ("gggee\"年\"", "令和06年"),
            ("yyyy\"年度\"", "2024年度"),
            ("yyyy\"年\"m\"月\"", "2024年4月"),
            ("m\"月\"d\"日\"", "4月1日"),
            ("aaaa", "月曜日"),
            ("yyyy/m/d\\(aaa\\)", "2024/4/1(月)"),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "2024年4月1日"),
            ("[DBNum3][$-411]ggge\"年\"m\"月\"d\"日\"", "令和６年４月１日"),
            ("yyyy-mm-dd", "2024-04-01"),
            ("yyyy/m/d", "2024/4/1"),
        ] {
            let format = NumberFormat::new(code);
            assert_eq!(format.shown(45_383.0, false).as_deref(), Some(shown), "{code}");
        }
        let first_year = NumberFormat::new("[$-ja-JP-x-gannen]ggge\"年\"");
        assert_eq!(first_year.shown(43_600.0, false).as_deref(), Some("令和元年"));
        assert_eq!(NumberFormat::new("h:mm").shown(0.4375, false).as_deref(), Some("10:30"));
        assert_eq!(NumberFormat::new("[h]:mm").shown(1.5, false).as_deref(), Some("36:00"));
    }
}
