//! A **fiscal year** (年度): from 1 April of the year after which it is named to 31 March of the
//! next.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::diagnostic::Message;
use crate::message;
use crate::text::Language;

use super::Date;
use super::era::{ERAS, Era};
use super::numerals::{narrow, strip_number};

/// A fiscal year, named after the Western year in which it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FiscalYear(i32);

/// Why a text is not a fiscal year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FiscalYearProblem {
    /// The text does not match any format.
    Form,
    /// The era did not have such a year.
    OutsideEra {
        /// The era as written.
        era: &'static str,
        /// The correct name of the year.
        right: String,
    },
}

impl FiscalYearProblem {
    /// The message that says why `text` is not a fiscal year, and advice.
    pub fn told(&self, text: &str) -> (Message, Message) {
        let Message { ja, en } = self.reason();
        (
            message!(ja: "「{text}」は年度として読み取れません（{ja}）", en: "`{text}` is not a fiscal year: {en}"),
            message!(
                ja: "「2020」または「令和2年度」のように入力してください",
                en: "write it as `2020` or `令和2年度`",
            ),
        )
    }

    /// The reason, as part of a sentence.
    fn reason(&self) -> Message {
        match self {
            Self::Form => {
                message!(ja: "年度の書き方ではありません", en: "it does not match any fiscal year format")
            }
            Self::OutsideEra { era, right } => message!(
                ja: "{era}にその年度はなく、{right}に当たります",
                en: "{era} had no such fiscal year; it is {right}",
            ),
        }
    }
}

/// The range of fiscal years; the first is the one in which the fiscal year was introduced.
const RANGE: std::ops::RangeInclusive<i32> = 1886..=2199;

/// Largest year that is read as one of the present era when written without the era; larger numbers
/// may be years of an earlier era.
const LATEST_BARE: i32 = 15;

impl FiscalYear {
    /// The fiscal year that begins in `year`; `None` if it is out of range.
    pub fn new(year: i32) -> Option<Self> {
        RANGE.contains(&year).then_some(Self(year))
    }

    /// The fiscal year that contains `date`.
    pub fn of(date: Date) -> Self {
        Self(if date.month() >= 4 { date.year() } else { date.year() - 1 })
    }

    /// Parses a fiscal year: `2020`, `2020年度`, `2020年`, `2020.0`, `2` (of the present era),
    /// `令和2年度`, `R2`, `R2年度`, `令和元年度` or `平成31年度` (which is 令和元年度), with
    /// half-width or full-width digits or kanji numerals.
    ///
    /// # Errors
    ///
    /// Returns a [`FiscalYearProblem`] if the text does not match any format, or if the era did not
    /// have such a year.
    pub fn parse(text: &str) -> Result<Self, FiscalYearProblem> {
        let narrow = narrow(text);
        // A spreadsheet may have made a decimal number of it: 2024.0.
        let whole = narrow.strip_suffix(".0").unwrap_or(&narrow);
        let bare = whole.strip_suffix("年度").or_else(|| whole.strip_suffix('年')).unwrap_or(whole);
        if let Some((era, rest)) = Era::strip(bare) {
            let (year_of_era, rest) = Era::strip_year(rest).ok_or(FiscalYearProblem::Form)?;
            let year = Self::new(era.first_year + year_of_era - 1);
            let year = year.filter(|_| rest.is_empty()).ok_or(FiscalYearProblem::Form)?;
            // The era at either end of the year may name it: 平成31年度 and 令和元年度 are the same
            // year.
            let first = era.start() <= (year.0 + 1, 3, 31);
            let last = era.next_start().is_none_or(|next| next > (year.0, 4, 1));
            return if first && last && year_of_era > 0 {
                Ok(year)
            } else {
                Err(FiscalYearProblem::OutsideEra { era: era.name, right: year.japanese() })
            };
        }
        match strip_number(bare) {
            // A year of the present era, as its offices number them.
            Some((year @ 1..=LATEST_BARE, "")) => {
                let era = ERAS.last().ok_or(FiscalYearProblem::Form)?;
                Self::new(era.first_year + year - 1).ok_or(FiscalYearProblem::Form)
            }
            Some((year, "")) => Self::new(year).ok_or(FiscalYearProblem::Form),
            _ => Err(FiscalYearProblem::Form),
        }
    }

    /// Western year in which it begins.
    pub fn year(self) -> i32 {
        self.0
    }

    /// The year's first day, 1 April.
    pub fn start(self) -> Date {
        Date::new(self.0, 4, 1).expect("every year has a 1 April")
    }

    /// The year's last day, 31 March.
    pub fn end(self) -> Date {
        Date::new(self.0 + 1, 3, 31).expect("every year has a 31 March")
    }

    /// The year in Japanese, `令和2年度`; a year in which an era began is named after the new era,
    /// `令和元年度`.
    pub fn japanese(self) -> String {
        let era = ERAS.iter().rev().find(|era| era.start() <= (self.0, 12, 31));
        match era {
            Some(era) => format!("{}{}年度", era.name, Era::year_name(era.year_of(self.0))),
            None => format!("{}年度", self.0),
        }
    }

    /// A short form, as for the axis of a chart: `令和2`, `2020`.
    pub fn short(self, language: Language) -> String {
        match language {
            Language::Ja => self.japanese().trim_end_matches("年度").to_owned(),
            Language::En => self.0.to_string(),
        }
    }

    /// The year as pages show it: `2020年度（令和2年度）`, `Fiscal 2020`.
    pub fn long(self, language: Language) -> String {
        match language {
            Language::Ja => format!("{}年度（{}）", self.0, self.japanese()),
            Language::En => format!("Fiscal {}", self.0),
        }
    }
}

impl fmt::Display for FiscalYear {
    /// Four digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl Serialize for FiscalYear {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i32(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Date;
    use crate::text::Language;

    use super::{FiscalYear, FiscalYearProblem};

    #[test]
    fn every_form_is_read() {
        for text in [
            "2020",
            "2020年度",
            "令和2年度",
            "令和２年度",
            "R2",
            "R2年度",
            "r02",
            "令和二年度",
            "２０２０",
            "二〇二〇年度",
            " 2020 ",
        ] {
            assert_eq!(FiscalYear::parse(text).map(FiscalYear::year), Ok(2020), "{text}");
        }
        for text in ["2019", "令和元年度", "平成31年度", "R元", "H31"] {
            assert_eq!(FiscalYear::parse(text).map(FiscalYear::year), Ok(2019), "{text}");
        }
        for text in ["昭和64年度", "S64"] {
            // 昭和64 ended on 7 January, before any fiscal year could begin in it.
            let problem = FiscalYear::parse(text).expect_err("no such year");
            assert_eq!(
                problem,
                FiscalYearProblem::OutsideEra { era: "昭和", right: "平成元年度".into() }
            );
        }
        for (text, year) in
            [("令和2", 2020), ("2020年", 2020), ("2020.0", 2020), ("６", 2024), ("令和6年", 2024)]
        {
            assert_eq!(FiscalYear::parse(text).map(FiscalYear::year), Ok(year), "{text}");
        }
        for text in ["", "20", "0", "令和", "年度", "年", "20200", "1500"] {
            assert!(FiscalYear::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_fiscal_year_runs_from_april_to_march() {
        let year = FiscalYear::parse("令和2年度").expect("a year");
        assert_eq!(year.start().to_string(), "2020-04-01");
        assert_eq!(year.end().to_string(), "2021-03-31");
        let of = |text| FiscalYear::of(Date::parse(text).expect("a date")).year();
        assert_eq!((of("2021-03-31"), of("2021-04-01")), (2020, 2021));
    }

    #[test]
    fn a_year_is_named_by_the_newer_era() {
        let name = |year| FiscalYear::new(year).expect("a year").japanese();
        assert_eq!(name(2018), "平成30年度");
        assert_eq!(name(2019), "令和元年度");
        assert_eq!(name(1989), "平成元年度");
        assert_eq!(name(1988), "昭和63年度");
        let year = FiscalYear::new(2019).expect("a year");
        assert_eq!(
            (year.short(Language::Ja).as_str(), year.short(Language::En).as_str()),
            ("令和元", "2019")
        );
    }
}
