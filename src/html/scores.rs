//! A **score** is the ratings of some measures, counted: as shares for a bar or a narrow
//! cell. It is counted from what was declared; nothing is derived from figures.
//!
//! Not in here: pages; the measures themselves.

use minijinja::value::Value;
use serde::Serialize;

use crate::calendar::FiscalYear;
use crate::config::Tone;
use crate::site::{RatingCount, file_paths};
use crate::text::Language;

use super::context::{PageContext, Share, value};

/// The ratings of some measures.
#[derive(Serialize)]
pub(super) struct Score {
    pub total: usize,
    pub shares: Vec<Share>,
    /// Are they told apart by shapes in narrow places? A scale without tones is told in words.
    pub toned: bool,
    /// How dark a cell is, from 0 to 4: the share of the tone "good" among the measures whose
    /// rating is good, fair or poor, rounded up. `None` if there is no such measure.
    pub heat: Option<usize>,
}

/// A fiscal year for the head of a narrow column.
#[derive(Serialize)]
pub(super) struct YearHead {
    url: String,
    long: String,
    /// By the Western calendar.
    pub year: String,
    /// By the era, on Japanese pages.
    era: Option<String>,
}

/// The score of one fiscal year.
#[derive(Serialize)]
pub(super) struct YearScore {
    head: YearHead,
    score: Score,
}

impl PageContext<'_> {
    /// The score of measures whose ratings have been counted.
    pub fn score(&self, counts: &[RatingCount]) -> Score {
        let of_tone = |tone: Tone| -> usize {
            let has = |count: &&RatingCount| self.site.ratings[count.rating].rating.tone == tone;
            counts.iter().filter(has).map(|count| count.count).sum()
        };
        let graded = of_tone(Tone::Good) + of_tone(Tone::Fair) + of_tone(Tone::Poor);
        Score {
            total: counts.iter().map(|count| count.count).sum(),
            shares: self.shares(counts),
            toned: self.has_tones,
            heat: (graded > 0).then(|| (of_tone(Tone::Good) * 4).div_ceil(graded)),
        }
    }

    /// The score of the measures `members`.
    pub fn score_of(&self, members: impl Iterator<Item = usize>) -> Score {
        let ratings = 0..self.site.ratings.len();
        let mut counts: Vec<RatingCount> =
            ratings.map(|rating| RatingCount { rating, count: 0 }).collect();
        for member in members {
            counts[self.site.measures[member].rating].count += 1;
        }
        self.score(&counts)
    }

    /// The score of the measures `members` in each of their years, newest first.
    pub fn by_year(&self, members: &[usize]) -> Vec<YearScore> {
        let years = self.site.years.iter().map(|year| year.fiscal_year);
        let score = |year: FiscalYear| {
            let of_year = |&member: &usize| self.site.measures[member].fiscal_year == year;
            let score = self.score_of(members.iter().copied().filter(of_year));
            (score.total > 0).then(|| YearScore { head: self.year_head(year), score })
        };
        years.filter_map(score).collect()
    }

    /// `year` for the head of a column.
    pub fn year_head(&self, year: FiscalYear) -> YearHead {
        let japanese = self.language == Language::Ja;
        YearHead {
            url: file_paths::year_page(year),
            long: year.long(self.language),
            year: if japanese { format!("{year}年度") } else { format!("{year}") },
            era: japanese.then(|| year.japanese()),
        }
    }

    /// The ratings for a legend of their shapes; none if no rating has a tone.
    pub fn legend(&self) -> Vec<Value> {
        if self.has_tones { self.ratings.to_vec() } else { Vec::new() }
    }

    /// The fiscal year `year` as a value.
    pub fn year_value(&self, year: FiscalYear) -> Value {
        value(&self.year_head(year))
    }
}
