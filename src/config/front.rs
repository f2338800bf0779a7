//! The settings of the **front** page and of the page of money: what a city chooses to show there.

use crate::diagnostic::Located;

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
