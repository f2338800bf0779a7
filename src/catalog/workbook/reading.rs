//! What a workbook has for **reading** only, beyond the columns of its dataset: the names of all
//! topics of a measure, which are rows of a table of their own in every other format.

use std::borrow::Cow;

use crate::dataset::{Column, ColumnType, Dataset, Rows};
use crate::site::Site;

/// `dataset` with the columns that people read.
pub(super) fn for_readers<'d>(site: &Site, dataset: &'d Dataset) -> Cow<'d, Dataset> {
    let is_of_measures = dataset.built_in
        && dataset.version.is_none()
        && dataset.id.as_str() == "measures"
        && dataset.rows.len() == site.measures.len();
    if !is_of_measures || site.topics.is_empty() {
        return Cow::Borrowed(dataset);
    }
    let topics = Column::new("topics", "分野", "Topics", ColumnType::Text).described(
        "すべての分野の名称。Excelブックだけの列で、ほかの形式では「measure-topics」の表に掲載",
        "Names of all topics, only in the workbook; the other formats have the table `measure-topics`",
    );
    let columns: Vec<Column> = dataset.columns.iter().cloned().chain([topics]).collect();
    let mut rows = Rows::new(columns.len());
    for (index, measure) in site.measures.iter().enumerate() {
        let names = measure.topics.iter().map(|&topic| site.topics[topic].topic.name.own.as_str());
        let names = names.collect::<Vec<_>>().join("、");
        rows.push_row(dataset.rows.row(index).chain([names.as_str()]));
    }
    Cow::Owned(Dataset { columns, rows, ..dataset.clone() })
}
