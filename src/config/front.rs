//! The settings of the **front** page, of the page of money and of numbers on all pages: what a
//! city chooses to show there, and how.

use crate::diagnostic::Located;
use crate::text::Language;

/// The table `[money.population]` of `site.toml`: where the number of people of a year stands, by
/// whom amounts of money are divided.
#[derive(Clone, Debug)]
pub struct PerHead {
    /// Id of the dataset.
    pub dataset: Located<String>,
    /// Column of the number of people; the figures of one date are summed up.
    pub column: Located<String>,
    /// Column of the date or fiscal year of a row.
    pub date: Located<String>,
}

/// The sign before negative numbers on pages. Files have a hyphen, which programs read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MinusSign {
    /// `−`, U+2212.
    #[default]
    Minus,
    /// `▲`, as in the accounts of Japanese municipalities. Pages in other languages have `−`.
    Triangle,
}

impl MinusSign {
    /// Every sign, with its spelling in `site.toml`.
    pub const CHOICES: [(&'static str, Self); 2] = [("−", Self::Minus), ("▲", Self::Triangle)];

    /// The sign on pages in `language`.
    pub fn on_pages(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Triangle, Language::Ja) => "▲",
            _ => "−",
        }
    }
}
