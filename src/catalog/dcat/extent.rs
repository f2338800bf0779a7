//! The **extent** of a dataset: the box around the positions of its rows, and its centre, as WKT.

use crate::dataset::{ColumnType, Dataset};

/// The box around the positions of `dataset` as a polygon, and its centre as a point, both in
/// degrees with the longitude first. `None` if it has no positions.
pub(super) fn of(dataset: &Dataset) -> Option<(String, String)> {
    let column = |kind| dataset.columns.iter().position(|column| column.kind == kind);
    let (latitude, longitude) = (column(ColumnType::Latitude)?, column(ColumnType::Longitude)?);
    let [west, east] = range(dataset, longitude)?;
    let [south, north] = range(dataset, latitude)?;
    let polygon = format!(
        "POLYGON(({west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}))"
    );
    let middle = |one: &str, other: &str| {
        let number = |text: &str| text.parse::<f64>().ok();
        Some(format!("{:.6}", number(one)?.midpoint(number(other)?)))
    };
    let point = format!("POINT({} {})", middle(west, east)?, middle(south, north)?);
    Some((polygon, point))
}

/// The least and the greatest number in a column, as they are written.
fn range(dataset: &Dataset, column: usize) -> Option<[&str; 2]> {
    let kind = dataset.columns[column].kind;
    let cells = || (0..dataset.rows.len()).map(|row| dataset.rows.cell(row, column));
    let numbers = || cells().filter(|cell| !cell.is_empty());
    let least = numbers().min_by(|one, other| kind.compare(one, other))?;
    let greatest = numbers().max_by(|one, other| kind.compare(one, other))?;
    Some([least, greatest])
}
