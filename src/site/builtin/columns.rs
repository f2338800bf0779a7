//! The **columns** of built-in datasets: one constructor for each type, and the columns that
//! several tables share.

use crate::dataset::{Column, ColumnType};

/// The columns of a table: the local government code, which every table begins with, then `own`.
pub(super) fn columns(own: impl IntoIterator<Item = Column>) -> Vec<Column> {
    local_government().into_iter().chain(own).collect()
}

fn local_government() -> [Column; 1] {
    [code("localgov_code", "全国地方公共団体コード", "Local government code").required().described(
        "6桁の数字。先頭の0も値に含みます",
        "Six digits as text; a leading zero belongs to it",
    )]
}

pub(super) fn series() -> Column {
    code("series", "系列", "Series").required().described(
        "同じ施策を、年度をまたいで結び付けるID",
        "Links the same measure across fiscal years",
    )
}

pub(super) fn fiscal_year() -> Column {
    Column::new("fiscal_year", "年度", "Fiscal year", ColumnType::FiscalYear).required().described(
        "4月1日に始まる会計年度。2020は令和2年度（2020-04-01から2021-03-31）",
        "The year that begins on 1 April: 2020 runs from 2020-04-01 to 2021-03-31",
    )
}

/// The address of the page that shows the row.
pub(super) fn url() -> Column {
    Column::new("url", "ページのURL", "Page", ColumnType::Url)
        .required()
        .described("この行の内容を掲載しているページ", "Address of the page that tells of the row")
}

pub(super) fn code(name: &str, ja: &str, en: &str) -> Column {
    Column::new(name, ja, en, ColumnType::Code)
}

pub(super) fn text(name: &str, ja: &str, en: &str) -> Column {
    Column::new(name, ja, en, ColumnType::Text)
}

pub(super) fn date(name: &str, ja: &str, en: &str) -> Column {
    Column::new(name, ja, en, ColumnType::Date)
}

pub(super) fn flag(name: &str, ja: &str, en: &str) -> Column {
    Column::new(name, ja, en, ColumnType::Boolean)
}

pub(super) fn number(name: &str, ja: &str, en: &str) -> Column {
    Column::new(name, ja, en, ColumnType::Number)
}
