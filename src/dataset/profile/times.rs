//! The distribution of **dates and fiscal years**: by month, year or decade, without gaps.

use super::Spread;

/// A range of at most this many years is counted by year, a longer one by decade.
const YEARS: i32 = 40;

/// The distribution of `cells`, which are not empty and in canonical text, so that they begin with
/// a year of four digits. Dates that span at most two calendar years are counted by month.
pub(super) fn times(cells: &[&str]) -> Spread {
    let first = (*cells.iter().min().expect("there are cells")).to_owned();
    let last = (*cells.iter().max().expect("there are cells")).to_owned();
    let years = year(&last) - year(&first);
    let stretch = match years {
        ..=1 if first.len() > 4 => TimeUnit::Month,
        ..=YEARS => TimeUnit::Year,
        _ => TimeUnit::Decade,
    };
    let start = stretch.place(&first);
    let mut counts: Vec<(String, usize)> =
        (start..=stretch.place(&last)).map(|place| (stretch.name(place), 0)).collect();
    for cell in cells {
        counts[(stretch.place(cell) - start) as usize].1 += 1;
    }
    Spread::Times { first, last, counts }
}

fn year(cell: &str) -> i32 {
    cell.get(..4).and_then(|year| year.parse().ok()).unwrap_or(0)
}

/// The unit by which dates and fiscal years are counted.
enum TimeUnit {
    Month,
    Year,
    Decade,
}

impl TimeUnit {
    /// The number of the unit in which `cell` falls; consecutive units have consecutive numbers.
    fn place(&self, cell: &str) -> i32 {
        let month = || cell.get(5..7).and_then(|month| month.parse().ok()).unwrap_or(1);
        match self {
            Self::Month => year(cell) * 12 + month() - 1,
            Self::Year => year(cell),
            Self::Decade => year(cell) / 10,
        }
    }

    fn name(&self, place: i32) -> String {
        match self {
            Self::Month => format!("{:04}-{:02}", place / 12, place % 12 + 1),
            Self::Year => format!("{place:04}"),
            Self::Decade => format!("{place:03}0s"),
        }
    }
}
