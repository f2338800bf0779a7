//! **Left out** are the formats that cannot hold a dataset without cutting a text or losing a
//! digit. Each has a reason, which the report and the page of the dataset give.
//!
//! Not in here: which format has which limits, and formats that a site does not want (`format`).

use crate::diagnostic::Message;
use crate::message;
use crate::text::Language;

use super::{Column, Dataset, ExactType};

/// Why a dataset is not published in a format.
#[derive(Clone, Debug)]
pub struct LeftOut {
    /// The reason.
    pub why: Message,
    /// Row and column of the cell that does not fit, from 0, if it is one cell.
    pub at: Option<(usize, usize)>,
}

/// Maximum numbers of rows below the header and of columns of a worksheet (ECMA-376: 2^20 rows with
/// the header, 2^14 columns).
const SHEET_ROWS: usize = (1 << 20) - 1;
const SHEET_COLUMNS: usize = 1 << 14;

/// Maximum length of the text in a cell of a worksheet, in UTF-16 code units.
const CELL_UNITS: usize = 32_767;

impl LeftOut {
    /// Why not every row, column and text of `dataset` fits on the worksheets of a workbook, the
    /// texts of its data dictionary included; `None` if they do. Every cell is read.
    pub(super) fn of_workbook(dataset: &Dataset) -> Option<Self> {
        let left_out = |why| Some(Self { why, at: None });
        let (rows, columns) = (dataset.rows.len(), dataset.columns.len());
        if rows > SHEET_ROWS {
            return left_out(message!(
                ja: "{rows}行あり、Excelの1つのシートに入る{SHEET_ROWS}行（見出しの行は別）を超えるため",
                en: "it has {rows} rows, and Excel holds {SHEET_ROWS} below the header",
            ));
        }
        if columns > SHEET_COLUMNS {
            return left_out(message!(
                ja: "{columns}列あり、Excelで扱える{SHEET_COLUMNS}列を超えるため",
                en: "it has {columns} columns, and Excel holds {SHEET_COLUMNS}",
            ));
        }
        if let Some(column) = dataset.columns.iter().find(|column| !is_description_short(column)) {
            let name = &column.name;
            return left_out(message!(
                ja: "列「{name}」の説明が、Excelのセルに入る{CELL_UNITS}字を超えるため",
                en: "what describes the column `{name}` has more than the {CELL_UNITS} characters that a cell of Excel holds",
            ));
        }
        for (row, cells) in dataset.rows.iter().enumerate() {
            for (column, cell) in cells.enumerate() {
                if let Some(length) = too_long(cell) {
                    let name = &dataset.columns[column].name;
                    let number = row + 1;
                    let why = message!(
                        ja: "列「{name}」の{number}行目のセルが{length}字あり、Excelのセルに入る{CELL_UNITS}字を超えるため",
                        en: "a cell has {length} characters (column `{name}`, row {number}), and Excel holds {CELL_UNITS}",
                    );
                    return Some(Self { why, at: Some((row, column)) });
                }
            }
        }
        None
    }

    /// Why not every number of `dataset` fits a type of Parquet; `None` if they all do.
    pub(super) fn of_parquet(dataset: &Dataset) -> Option<Self> {
        let is_too_long = |column: &usize| dataset.exact_type(*column) == Some(ExactType::Text);
        let column = (0..dataset.columns.len()).find(is_too_long)?;
        let name = &dataset.columns[column].name;
        let why = message!(
            ja: "列「{name}」の数値を表すのに38桁より多くの桁が必要なため",
            en: "the numbers in column `{name}` need more than 38 digits",
        );
        Some(Self { why, at: None })
    }
}

/// The length of a text that does not fit into a cell of a worksheet, in UTF-16 code units.
fn too_long(text: &str) -> Option<usize> {
    // A text has at least as many bytes as UTF-16 code units.
    let length = if text.len() <= CELL_UNITS { 0 } else { text.encode_utf16().count() };
    (length > CELL_UNITS).then_some(length)
}

/// Whether every text about `column` fits into a cell.
fn is_description_short(column: &Column) -> bool {
    // An upper bound on the length of the allowed values and the rules together.
    let values = column.listed_values().into_iter().chain(column.missing.told(Language::Ja));
    let pattern = column.pattern.as_ref().map_or(0, |pattern| pattern.as_str().len());
    let values: usize = values.map(|value| value.len() + "、".len()).sum::<usize>() + pattern;
    let texts = [Some(&column.title), column.description.as_ref(), column.blank.as_ref()];
    let texts = texts.into_iter().flatten();
    let texts = texts.flat_map(|text| [Some(&text.own), text.en.as_ref()]).flatten();
    values <= CELL_UNITS
        && texts.chain([&column.name]).chain(&column.unit).all(|text| too_long(text).is_none())
}
