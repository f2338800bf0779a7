//! **Positions**: checks latitude and longitude of each row together, whether the columns were
//! declared or are only recognised by their headers.
//!
//! Not in here: a single latitude or longitude (`canonical`).

use crate::diagnostic::{self, Diagnostics, Message};
use crate::map::{EAST, NORTH};
use crate::message;
use crate::table::Table;
use crate::text::Decimal;

use super::columns::WrittenColumn;
use super::{Column, ColumnType};

/// Headers of columns of latitudes and of longitudes.
const LATITUDE: [&str; 4] = ["緯度", "緯度（世界測地系）", "lat", "latitude"];
const LONGITUDE: [&str; 5] = ["経度", "経度（世界測地系）", "lon", "lng", "longitude"];

/// Indices of the columns of latitudes and of longitudes among `columns`: by their types or, of
/// texts and numbers, by their names and titles.
pub(super) fn columns_of(columns: &[Column]) -> Option<(usize, usize)> {
    let find = |kind: ColumnType, headers: &[&str]| {
        let typed = columns.iter().position(|column| column.kind == kind);
        let called = |column: &Column| {
            matches!(column.kind, ColumnType::Text | ColumnType::Number)
                && (headers.contains(&&*column.name) || headers.contains(&&*column.title.own))
        };
        typed.or_else(|| columns.iter().position(called))
    };
    Some((find(ColumnType::Latitude, &LATITUDE)?, find(ColumnType::Longitude, &LONGITUDE)?))
}

/// A problem with a position.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum PositionFault {
    Swapped,
    Zero,
    Half,
    Abroad,
}

/// The table's columns with the position of each row.
pub(super) struct PositionColumns {
    latitude: usize,
    longitude: usize,
}

impl PositionColumns {
    /// The columns of latitude and longitude among `columns`, each of which is given with its index
    /// in the table. They are found by their type or, if they are texts or numbers, by their
    /// header. `None` if one of the two is missing.
    pub(super) fn find(columns: &[(&WrittenColumn, usize)]) -> Option<Self> {
        let find = |kind: ColumnType, headers: &[&str]| {
            let is_it = |(written, _): &&(&WrittenColumn, usize)| {
                let untyped = matches!(written.column.kind, ColumnType::Text | ColumnType::Number);
                written.column.kind == kind || (untyped && headers.contains(&&*written.header))
            };
            columns.iter().find(is_it).map(|(_, source)| *source)
        };
        let latitude = find(ColumnType::Latitude, &LATITUDE)?;
        let longitude = find(ColumnType::Longitude, &LONGITUDE)?;
        Some(Self { latitude, longitude })
    }

    /// Whether the cell at `row` and `column` of the table belongs to a position whose latitude and
    /// longitude are swapped, which [`check`] reports.
    pub(super) fn swapped(&self, table: &Table, row: usize, column: usize) -> bool {
        let (north, east) = (table.cell(row, self.latitude), table.cell(row, self.longitude));
        (column == self.latitude || column == self.longitude)
            && fault(north, east) == Some(PositionFault::Swapped)
    }
}

/// Reports each row whose position is incomplete, zero, swapped or outside Japan. Returns `false`
/// if there is an error; a position outside Japan is only a warning.
pub(super) fn check(
    table: &Table,
    columns: &PositionColumns,
    diagnostics: &mut Diagnostics,
) -> bool {
    let PositionColumns { latitude, longitude } = *columns;
    let mut sound = true;
    for row in 0..table.len() {
        let (north, east) = (table.cell(row, latitude), table.cell(row, longitude));
        let Some(fault) = fault(north, east) else { continue };
        sound &= fault == PositionFault::Abroad;
        let column =
            if fault == PositionFault::Half && north.is_empty() { longitude } else { latitude };
        diagnostics.push_with(fault.code(), table.file(), || {
            fault.diagnostic(north, east).at(table.place(row, column))
        });
    }
    sound
}

fn fault(north: &str, east: &str) -> Option<PositionFault> {
    if north.is_empty() != east.is_empty() {
        return Some(PositionFault::Half);
    }
    let number = |text: &str| Decimal::parse(text).map(|number| number.as_f64());
    let (north, east) = (number(north)?, number(east)?);
    if north == 0.0 && east == 0.0 {
        Some(PositionFault::Zero)
    } else if NORTH.contains(&east) && EAST.contains(&north) {
        Some(PositionFault::Swapped)
    } else if NORTH.contains(&north) && EAST.contains(&east) {
        None
    } else {
        Some(PositionFault::Abroad)
    }
}

impl PositionFault {
    fn code(self) -> &'static diagnostic::Code {
        match self {
            Self::Abroad => &diagnostic::TABLE_ABROAD,
            _ => &diagnostic::TABLE_POSITION,
        }
    }

    /// The message and help, with the latitude and longitude as they stand in the cells.
    fn diagnostic(self, north: &str, east: &str) -> crate::table::Wrong {
        let (message, help): (Message, Message) = match self {
            Self::Swapped => (
                message!(
                    ja: "緯度「{north}」と経度「{east}」が入れ替わっています",
                    en: "the latitude {north} and the longitude {east} are swapped",
                ),
                message!(
                    ja: "緯度に {east}、経度に {north} を入力してください",
                    en: "enter {east} as the latitude and {north} as the longitude",
                ),
            ),
            Self::Zero => (
                message!(
                    ja: "緯度も経度も0になっています（アフリカの沖の海です）",
                    en: "latitude and longitude are both 0, which is in the sea off Africa",
                ),
                message!(
                    ja: "位置が分からないときは、両方を空欄にしてください",
                    en: "leave both blank where the position is not known",
                ),
            ),
            Self::Half => (
                message!(
                    ja: "緯度と経度の一方だけが入力されています",
                    en: "only one of latitude and longitude is given",
                ),
                message!(
                    ja: "両方を入力するか、両方を空欄にしてください",
                    en: "enter both, or leave both blank",
                ),
            ),
            Self::Abroad => (
                message!(
                    ja: "緯度「{north}」、経度「{east}」は日本の外の位置です",
                    en: "the position {north}, {east} is outside Japan",
                ),
                message!(
                    ja: "緯度（20～46）と経度（122～154）を確かめてください。世界測地系の、度を単位とする小数で入力します",
                    en: "check the latitude (20 to 46) and the longitude (122 to 154); they are decimal degrees of WGS 84",
                ),
            ),
        };
        crate::table::Wrong { code: self.code(), message, help }
    }
}

#[cfg(test)]
mod tests {
    use super::{PositionFault, fault};

    #[test]
    fn faults_of_positions_are_told_apart() {
        for (north, east, expected) in [
            ("34.3428", "134.0466", None),
            ("", "", None),
            ("134.0466", "34.3428", Some(PositionFault::Swapped)),
            ("0", "0", Some(PositionFault::Zero)),
            ("34.35", "", Some(PositionFault::Half)),
            ("43.06", "41.35", Some(PositionFault::Abroad)),
            ("34度", "134度", None),
        ] {
            assert!(fault(north, east) == expected, "{north}, {east}");
        }
    }
}
