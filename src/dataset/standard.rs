//! A **standard set** of 自治体標準オープンデータセット (デジタル庁): a table whose columns are the
//! same in every local government, such as the list of AEDs.
//!
//! Not in here: what is wrong with a dataset that names a set (`check`).

mod columns;
mod draft;
mod sets;

use crate::text::Localized;

use super::{Column, ColumnType, Dataset};
use columns::{COLUMNS, FORMER};
pub use sets::STANDARD_SETS;

/// Name of the collection of all sets.
pub const STANDARD: &str = "自治体標準オープンデータセット";

/// Page of the collection.
pub const STANDARD_URL: &str =
    "https://www.digital.go.jp/resources/open_data/municipal-standard-data-set-test";

/// One set.
#[derive(Clone, Copy, Debug)]
pub struct StandardSet {
    /// Its id in `dataset.toml`, from the names of files that cities publish.
    pub id: &'static str,
    /// Its number in the collection.
    pub number: u8,
    /// Its title.
    pub title: &'static str,
    /// Its title in English.
    pub title_en: &'static str,
    /// Titles of its columns in their order, in groups that sets have in common.
    groups: &'static [&'static [&'static str]],
    /// Titles of the columns that every row must fill.
    required: &'static [&'static str],
}

/// A column that sets have.
#[derive(Clone, Copy, Debug)]
pub struct StandardColumn {
    /// Its title, by which it is found.
    pub title: &'static str,
    /// Its physical name.
    pub name: &'static str,
    /// Its title in English.
    pub title_en: &'static str,
    /// The type of its cells.
    pub kind: ColumnType,
    /// Unit of its numbers; empty for other columns.
    pub unit: &'static str,
}

/// In what a table differs from its set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StandardDifference {
    /// A column of the set is not in the table.
    Missing {
        /// Its title.
        title: &'static str,
        /// Whether the set requires its cells.
        required: bool,
    },
    /// A column of the set has another title in the table.
    Renamed {
        /// The title in the table.
        written: String,
        /// The title in the set.
        title: &'static str,
    },
    /// A column comes after one that follows it in the set.
    Order {
        /// Its title.
        title: &'static str,
        /// The title of the other column.
        after: &'static str,
    },
    /// A column has another type.
    Type {
        /// Its title.
        title: &'static str,
        /// Its type in the table.
        is: ColumnType,
        /// Its type in the set.
        should: ColumnType,
    },
}

impl StandardSet {
    /// The set with this id.
    pub fn find(id: &str) -> Option<&'static Self> {
        STANDARD_SETS.iter().find(|set| set.id == id)
    }

    /// Its columns in their order.
    pub fn columns(&self) -> impl Iterator<Item = &'static StandardColumn> {
        let titles = self.groups.iter().flat_map(|group| group.iter());
        titles.filter_map(|title| COLUMNS.iter().find(|column| column.title == *title))
    }

    /// Whether every row must fill the column with this title.
    pub fn requires(&self, title: &str) -> bool {
        self.required.contains(&title)
    }

    /// Its name with that of the collection, as lists of datasets give it.
    pub fn full_title(&self) -> Localized {
        Localized::with_english(
            format!("{STANDARD} {}", self.title),
            format!("Municipal standard open datasets (Japan): {}", self.title_en),
        )
    }

    /// In what `dataset` differs from the set. Columns that the set does not have are the city's
    /// own, and no difference.
    pub fn differences(&self, dataset: &Dataset) -> Vec<StandardDifference> {
        let columns: Vec<&StandardColumn> = self.columns().collect();
        let position = |title: &str| columns.iter().position(|column| same(column.title, title));
        let own: Vec<(&Column, Option<usize>)> =
            (dataset.columns.iter()).map(|column| (column, position(&column.title.own))).collect();
        let has = |place: usize| own.iter().any(|(_, found)| *found == Some(place));
        let mut found = Vec::new();
        for (place, column) in columns.iter().enumerate().filter(|(place, _)| !has(*place)) {
            let strangers = own.iter().filter(|(_, found)| found.is_none());
            let renamed = strangers.map(|(own, _)| own).find(|own| is_renamed(own, column));
            found.push(match renamed {
                Some(own) => StandardDifference::Renamed {
                    written: own.title.own.clone(),
                    title: columns[place].title,
                },
                None => StandardDifference::Missing {
                    title: column.title,
                    required: self.requires(column.title),
                },
            });
        }
        let mut last: Option<usize> = None;
        for (column, place) in &own {
            let Some(place) = *place else { continue };
            let standard = columns[place];
            match last.filter(|last| *last > place) {
                Some(last) => found.push(StandardDifference::Order {
                    title: standard.title,
                    after: columns[last].title,
                }),
                None => last = Some(place),
            }
            if !fits(column.kind, standard.kind) {
                found.push(StandardDifference::Type {
                    title: standard.title,
                    is: column.kind,
                    should: standard.kind,
                });
            }
        }
        found
    }
}

/// Whether two titles differ in nothing but the width of brackets and spaces.
fn same(one: &str, other: &str) -> bool {
    let bare = |title: &str| -> String {
        let narrow = |c: char| match c {
            '（' => '(',
            '）' => ')',
            '＿' => '_',
            c => c,
        };
        title.chars().filter(|c| !c.is_whitespace()).map(narrow).collect()
    };
    one == other || bare(one) == bare(other)
}

/// Whether `own` is `column` under another title: it has the physical name, or the title that the
/// column had in an earlier edition.
fn is_renamed(own: &Column, column: &StandardColumn) -> bool {
    let former =
        |(before, now): &(&str, &str)| *now == column.title && same(before, &own.title.own);
    own.name == column.name || FORMER.iter().any(former)
}

/// Whether cells of type `is` can be in a column of type `should`. Texts and codes are both texts
/// in the standard.
fn fits(is: ColumnType, should: ColumnType) -> bool {
    let is_text = |kind| matches!(kind, ColumnType::Text | ColumnType::Code | ColumnType::Url);
    is == should
        || (is_text(is) && is_text(should))
        || (is == ColumnType::Integer && should == ColumnType::Number)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::columns::{COLUMNS, FORMER};
    use super::{STANDARD_SETS, StandardDifference, StandardSet};
    use crate::dataset::{Column, ColumnType, Dataset};
    use crate::diagnostic::Place;
    use crate::text::{Id, Localized};

    fn dataset(columns: Vec<Column>) -> Dataset {
        let id = Id::parse("x").expect("an id");
        let empty = Dataset::empty(id, Localized::new("x"), Localized::new("x"), Place::file("x"));
        Dataset { columns, ..empty }
    }

    fn whole(set: &StandardSet) -> Vec<Column> {
        let column = |column: &super::StandardColumn| {
            Column::new(column.name, column.title, column.title_en, column.kind)
        };
        set.columns().map(column).collect()
    }

    #[test]
    fn every_column_of_every_set_is_described_once() {
        let titles: BTreeSet<&str> = COLUMNS.iter().map(|column| column.title).collect();
        assert_eq!(titles.len(), COLUMNS.len());
        let mut used = BTreeSet::new();
        for set in &STANDARD_SETS {
            let written = set.groups.iter().map(|group| group.len()).sum::<usize>();
            assert_eq!(set.columns().count(), written, "{}", set.id);
            let names: BTreeSet<&str> = set.columns().map(|column| column.name).collect();
            assert_eq!(names.len(), written, "names of {}", set.id);
            used.extend(set.columns().map(|column| column.title));
            assert!(set.required.iter().all(|title| set.columns().any(|c| c.title == *title)));
            assert_eq!(set.differences(&dataset(whole(set))), [], "{}", set.id);
        }
        assert_eq!(used, titles);
        assert!(FORMER.iter().all(|(_, now)| titles.contains(now)));
    }

    #[test]
    fn what_differs_is_found() {
        let set = StandardSet::find("public-toilet").expect("it is a set");
        let mut columns = whole(set);
        columns.retain(|column| !["名称", "備考"].contains(&column.title.own.as_str()));
        columns.swap(0, 1);
        let place = columns.iter_mut().find(|column| column.name == "latitude");
        place.expect("it has a latitude").kind = ColumnType::Number;
        let address = columns.iter_mut().find(|column| column.title.own == "所在地_連結表記");
        let address = address.expect("it has an address");
        (address.name, address.title) = ("street".to_owned(), Localized::new("住所"));
        columns.push(Column::new("own", "市の項目", "Own", ColumnType::Text));
        assert_eq!(
            set.differences(&dataset(columns)),
            [
                StandardDifference::Missing { title: "名称", required: true },
                StandardDifference::Renamed {
                    written: "住所".to_owned(),
                    title: "所在地_連結表記"
                },
                StandardDifference::Missing { title: "備考", required: false },
                StandardDifference::Order {
                    title: "全国地方公共団体コード", after: "ID"
                },
                StandardDifference::Type {
                    title: "緯度",
                    is: ColumnType::Number,
                    should: ColumnType::Latitude,
                },
            ]
        );
    }
}
