//! A **date**: read in any format that is usual in Japanese offices, stored as ISO 8601.

use std::fmt;

use jiff::civil;
use serde::{Serialize, Serializer};

use crate::diagnostic::Message;
use crate::message;
use crate::text::Language;

use super::era::Era;
use super::numerals::{narrow, strip_number};

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

/// Why a text is not a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateProblem {
    /// The text does not match any format.
    Form,
    /// The month does not have such a day, or the year such a month.
    Impossible {
        /// Year of the Western calendar.
        year: i32,
        /// Month as written.
        month: i32,
        /// Day as written.
        day: i32,
    },
    /// The date is not in the era that is written.
    OutsideEra {
        /// The era as written.
        era: &'static str,
        /// The same day in the era that it is in.
        right: String,
    },
}

impl DateProblem {
    /// The message that says why `text` is not a date, and advice.
    pub fn told(&self, text: &str) -> (Message, Message) {
        let Message { ja, en } = self.reason();
        (
            message!(ja: "「{text}」は日付として読み取れません（{ja}）", en: "`{text}` is not a date: {en}"),
            message!(
                ja: "「2021-04-01」または「令和3年4月1日」のように入力してください",
                en: "write it as `2021-04-01` or `令和3年4月1日`",
            ),
        )
    }

    /// The reason, as part of a sentence.
    fn reason(&self) -> Message {
        match self {
            Self::Form => {
                message!(ja: "日付の書き方ではありません", en: "it does not match any date format")
            }
            Self::Impossible { year, month, day } => message!(
                ja: "{year}年{month}月{day}日は存在しません",
                en: "{year}-{month:02}-{day:02} does not exist",
            ),
            Self::OutsideEra { era, right } => message!(
                ja: "{era}の期間に含まれない日で、{right}に当たります",
                en: "the day is not in {era}; it is {right}",
            ),
        }
    }
}

impl Date {
    /// The date `year`-`month`-`day`; `None` if it does not exist.
    pub fn new(year: i32, month: i32, day: i32) -> Option<Self> {
        let (year, month, day) =
            (i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Parses a date: `2021-04-01`, `2021/4/1`, `2021.4.1`, `20210401`, `2021年4月1日`,
    /// `令和3年4月1日`, `令和元年5月1日`, `R3.4.1` or `R03/04/01`, with half-width or full-width
    /// digits or kanji numerals.
    ///
    /// # Errors
    ///
    /// Returns a [`DateProblem`] if the text does not match any format, or if the day does not
    /// exist or is not in its era.
    pub fn parse(text: &str) -> Result<Self, DateProblem> {
        let narrow = narrow(text);
        if let Some((era, rest)) = Era::strip(&narrow) {
            let (year_of_era, rest) = Era::strip_year(rest).ok_or(DateProblem::Form)?;
            let (month, day) = month_and_day(rest)?;
            return in_era(era, year_of_era, month, day);
        }
        if narrow.len() == 8 && narrow.bytes().all(|b| b.is_ascii_digit()) {
            let number = |range: std::ops::Range<usize>| narrow[range].parse().unwrap_or(0);
            return western(number(0..4), number(4..6), number(6..8));
        }
        let (year, rest) = strip_number(&narrow).ok_or(DateProblem::Form)?;
        let (month, day) = month_and_day(rest)?;
        western(year, month, day)
    }

    /// The date with the serial number `serial` of Excel's 1900 date system; `None` for 60, which
    /// is 1900-02-29 and does not exist, and for numbers that are out of range.
    pub fn from_excel_serial(serial: i64) -> Option<Self> {
        let days = if serial > 60 { serial - 2 } else { serial - 1 };
        if !(0..=2_958_463).contains(&days) || serial == 60 {
            return None;
        }
        let first = civil::date(1900, 1, 1);
        first.checked_add(jiff::Span::new().days(days)).ok().map(Self)
    }

    /// Year of the Western calendar.
    pub fn year(self) -> i32 {
        i32::from(self.0.year())
    }

    /// Month from 1.
    pub fn month(self) -> u8 {
        self.0.month().unsigned_abs()
    }

    /// Day of the month from 1.
    pub fn day(self) -> u8 {
        self.0.day().unsigned_abs()
    }

    /// The date in Japanese, `令和3年4月1日`; with the Western year before 明治.
    pub fn japanese(self) -> String {
        let (month, day) = (self.month(), self.day());
        match Era::of(self.year(), month, day) {
            Some(era) => {
                let year = Era::year_name(era.year_of(self.year()));
                format!("{}{year}年{month}月{day}日", era.name)
            }
            None => format!("{}年{month}月{day}日", self.year()),
        }
    }

    /// The date as pages show it: `2021年4月1日（令和3年）`, `1 April 2021`.
    pub fn long(self, language: Language) -> String {
        let (year, month, day) = (self.year(), self.month(), self.day());
        match language {
            Language::Ja => match Era::of(year, month, day) {
                Some(era) => {
                    let year_of_era = Era::year_name(era.year_of(year));
                    format!("{year}年{month}月{day}日（{}{year_of_era}年）", era.name)
                }
                None => format!("{year}年{month}月{day}日"),
            },
            Language::En => format!("{day} {} {year}", MONTHS[usize::from(month - 1)]),
        }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn possible(year: i32, month: i32, day: i32) -> Result<Date, DateProblem> {
    Date::new(year, month, day).ok_or(DateProblem::Impossible { year, month, day })
}

/// A day of a year that is written without an era. A year of fewer than four digits may as well be
/// one of an era.
fn western(year: i32, month: i32, day: i32) -> Result<Date, DateProblem> {
    if year < 1000 { Err(DateProblem::Form) } else { possible(year, month, day) }
}

fn in_era(era: &'static Era, year_of_era: i32, month: i32, day: i32) -> Result<Date, DateProblem> {
    let year = era.first_year + year_of_era - 1;
    let date = possible(year, month, day)?;
    let written = (date.year(), date.month(), date.day());
    let inside = written >= era.start() && era.next_start().is_none_or(|next| written < next);
    if inside && year_of_era > 0 {
        return Ok(date);
    }
    Err(DateProblem::OutsideEra { era: era.name, right: date.japanese() })
}

/// Parses what follows the year: `年4月1日`, `-04-01`, `/4/1` or `.4.1`.
fn month_and_day(text: &str) -> Result<(i32, i32), DateProblem> {
    let separators = [("年", "月", "日"), ("-", "-", ""), ("/", "/", ""), (".", ".", "")];
    for (after_year, after_month, after_day) in separators {
        let Some(rest) = text.strip_prefix(after_year) else { continue };
        let (month, rest) = strip_number(rest).ok_or(DateProblem::Form)?;
        let rest = rest.strip_prefix(after_month).ok_or(DateProblem::Form)?;
        let (day, rest) = strip_number(rest).ok_or(DateProblem::Form)?;
        return if rest == after_day { Ok((month, day)) } else { Err(DateProblem::Form) };
    }
    Err(DateProblem::Form)
}

impl fmt::Display for Date {
    /// ISO 8601: `2021-04-01`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, DateProblem};

    fn iso(text: &str) -> String {
        Date::parse(text).map_or_else(|problem| format!("{problem:?}"), |date| date.to_string())
    }

    #[test]
    fn every_form_is_read() {
        for text in [
            "2021-04-01",
            "2021/4/1",
            "2021.4.1",
            "20210401",
            "2021年4月1日",
            "令和3年4月1日",
            "令和３年４月１日",
            "R3.4.1",
            "R03.04.01",
            "r3/4/1",
            "令和三年四月一日",
            "二〇二一年四月一日",
            "２０２１－０４－０１",
            "令和3年 4月 1日",
        ] {
            assert_eq!(iso(text), "2021-04-01", "{text}");
        }
    }

    #[test]
    fn eras_change_on_their_day_in_both_directions() {
        for (japanese, western) in [
            ("明治45年7月29日", "1912-07-29"),
            ("大正元年7月30日", "1912-07-30"),
            ("大正15年12月24日", "1926-12-24"),
            ("昭和元年12月25日", "1926-12-25"),
            ("昭和64年1月7日", "1989-01-07"),
            ("平成元年1月8日", "1989-01-08"),
            ("平成31年4月30日", "2019-04-30"),
            ("令和元年5月1日", "2019-05-01"),
        ] {
            assert_eq!(iso(japanese), western);
            assert_eq!(Date::parse(western).expect("a date").japanese(), japanese);
        }
    }

    #[test]
    fn a_day_outside_its_era_says_where_it_belongs() {
        let right = |text: &str| match Date::parse(text) {
            Err(DateProblem::OutsideEra { right, .. }) => right,
            other => panic!("{other:?}"),
        };
        assert_eq!(right("平成31年5月1日"), "令和元年5月1日");
        assert_eq!(right("令和元年4月30日"), "平成31年4月30日");
        assert_eq!(right("昭和65年1月1日"), "平成2年1月1日");
        assert_eq!(right("令和0年5月1日"), "平成30年5月1日");
    }

    #[test]
    fn impossible_days_are_named() {
        assert_eq!(
            Date::parse("2021/4/31"),
            Err(DateProblem::Impossible { year: 2021, month: 4, day: 31 })
        );
        assert_eq!(
            Date::parse("令和3年2月29日"),
            Err(DateProblem::Impossible { year: 2021, month: 2, day: 29 })
        );
        for text in [
            "",
            "2021",
            "2021-04",
            "3/4/1",
            "4月1日",
            "令和",
            "R",
            "2021-04-01x",
            "令和3年4月",
            "00030401",
        ] {
            assert_eq!(Date::parse(text), Err(DateProblem::Form), "{text}");
        }
    }

    #[test]
    fn excel_counts_a_day_that_never_was() {
        let day = |serial| Date::from_excel_serial(serial).map(|date| date.to_string());
        assert_eq!(day(1).as_deref(), Some("1900-01-01"));
        assert_eq!(day(59).as_deref(), Some("1900-02-28"));
        assert_eq!(day(60), None);
        assert_eq!(day(61).as_deref(), Some("1900-03-01"));
        assert_eq!(day(44287).as_deref(), Some("2021-04-01"));
        assert_eq!(day(0), None);
        assert_eq!(day(-1), None);
        assert_eq!(day(99_999_999), None);
    }
}
