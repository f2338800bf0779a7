//! The **eras** (元号) since the Gregorian calendar came into use.
//!
//! Source: 元号を改める政令 and earlier ordinances; first days as in force.

use super::numerals;

/// An era.
#[derive(Debug, PartialEq, Eq)]
pub struct Era {
    /// The era's name.
    pub name: &'static str,
    /// The era's letter, as used in forms.
    pub letter: char,
    /// Western year of its first year (元年).
    pub first_year: i32,
    /// Month and day of its first day in `first_year`.
    pub first_day: (u8, u8),
}

/// The eras, oldest first. An era ends on the day before the next one begins.
pub static ERAS: [Era; 5] = [
    Era { name: "明治", letter: 'M', first_year: 1868, first_day: (10, 23) },
    Era { name: "大正", letter: 'T', first_year: 1912, first_day: (7, 30) },
    Era { name: "昭和", letter: 'S', first_year: 1926, first_day: (12, 25) },
    Era { name: "平成", letter: 'H', first_year: 1989, first_day: (1, 8) },
    Era { name: "令和", letter: 'R', first_year: 2019, first_day: (5, 1) },
];

impl Era {
    /// The era of the day `(year, month, day)`; `None` before 明治.
    pub fn of(year: i32, month: u8, day: u8) -> Option<&'static Self> {
        ERAS.iter().rev().find(|era| era.start() <= (year, month, day))
    }

    /// The era's first day.
    pub fn start(&self) -> (i32, u8, u8) {
        (self.first_year, self.first_day.0, self.first_day.1)
    }

    /// First day of the next era, or `None` for the present one.
    pub fn next_start(&self) -> Option<(i32, u8, u8)> {
        ERAS.iter().map(Self::start).find(|start| *start > self.start())
    }

    /// The year of this era that corresponds to the Western `year`; 1 for the first.
    pub fn year_of(&self, year: i32) -> i32 {
        year - self.first_year + 1
    }

    /// The name of a year of an era: `元` for 1, otherwise digits.
    pub fn year_name(year_of_era: i32) -> String {
        if year_of_era == 1 { "元".to_owned() } else { year_of_era.to_string() }
    }

    /// The era at the beginning of `text`, by name or letter, and the rest of the text.
    pub fn strip(text: &str) -> Option<(&'static Self, &str)> {
        ERAS.iter().find_map(|era| {
            let by_name = text.strip_prefix(era.name);
            let by_letter = || {
                let rest = text.strip_prefix([era.letter, era.letter.to_ascii_lowercase()])?;
                // A letter counts only before a number: `Route 3` does not name an era.
                rest.starts_with(|c: char| c.is_ascii_digit() || c == '元').then_some(rest)
            };
            by_name.or_else(by_letter).map(|rest| (era, rest))
        })
    }

    /// The year of an era at the beginning of `text` (元, digits or kanji numerals), and the rest
    /// of the text.
    pub(super) fn strip_year(text: &str) -> Option<(i32, &str)> {
        match text.strip_prefix('元') {
            Some(rest) => Some((1, rest)),
            None => numerals::strip_number(text),
        }
    }
}
