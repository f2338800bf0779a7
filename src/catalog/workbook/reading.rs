//! What a workbook has for **reading** only, beyond the columns of its dataset: the names of all
//! topics of a measure, which are rows of a table of their own in every other format.

use std::borrow::Cow;

use crate::dataset::{Column, ColumnType, Dataset, Rows};

/// `dataset` with a column of the `topics` of each row, if there are any.
pub(super) fn with_topics<'d>(dataset: &'d Dataset, topics: Option<&[String]>) -> Cow<'d, Dataset> {
    let Some(topics) = topics else { return Cow::Borrowed(dataset) };
    let column = Column::new("topics", "分野", "Topics", ColumnType::Text).described(
        "すべての分野の名称。Excelブックだけの列で、ほかの形式では「measure-topics」の表に掲載",
        "Names of all topics, only in the workbook; the other formats have the table `measure-topics`",
    );
    let columns: Vec<Column> = dataset.columns.iter().cloned().chain([column]).collect();
    let mut rows = Rows::new(columns.len());
    for (index, names) in topics.iter().enumerate() {
        rows.push_row(dataset.rows.row(index).chain([names.as_str()]));
    }
    Cow::Owned(Dataset { columns, rows, ..dataset.clone() })
}
