//! The **list of data files**, `files.parquet`: each current file of every table with its site,
//! partition, size and digest, for engines that read lists of addresses. The next run learns from
//! it what the lake contains.

use std::collections::BTreeMap;

use parquet::data_type::ByteArray;

use crate::artifact::Body;

use super::cells::{self, ColumnCells, ColumnKind, LakeColumn};

/// Path of the list in the lake.
pub(super) const FILES: &str = "files.parquet";

/// A current data file of the lake.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LakeFile {
    pub table: String,
    /// The dataset of the site; its id is that of the table unless it is a city's own.
    pub dataset: String,
    /// Code of the city whose site the rows are from.
    pub site: String,
    /// Code in the rows: that of the city or, in tables of several cities, another.
    pub localgov_code: String,
    pub fiscal_year: Option<i32>,
    /// Path of the file that Iceberg reads, which never changes.
    pub data: String,
    pub rows: i64,
    pub bytes: i64,
    pub sha256: String,
    /// The snapshot that added the file, and its number.
    pub snapshot_id: i64,
    pub sequence_number: i64,
}

impl LakeFile {
    /// Path of the file in the tree of folders by city and fiscal year.
    pub fn path(&self, by_year: bool) -> String {
        let Self { table, dataset, site, sha256, .. } = self;
        let code = percent_encoding::utf8_percent_encode(
            &self.localgov_code,
            percent_encoding::NON_ALPHANUMERIC,
        );
        let year = match (by_year, self.fiscal_year) {
            (false, _) => String::new(),
            (true, Some(year)) => format!("fiscal_year={year}/"),
            // So Hive and Spark write that the year is not known.
            (true, None) => "fiscal_year=__HIVE_DEFAULT_PARTITION__/".to_owned(),
        };
        format!("{table}/localgov_code={code}/{year}{site}-{dataset}-{}.parquet", &sha256[..16])
    }
}

type TextOf = fn(&LakeFile) -> &str;
type NumberOf = fn(&LakeFile) -> i64;

const TEXTS: [(&str, TextOf); 6] = [
    ("table", |file| &file.table),
    ("dataset", |file| &file.dataset),
    ("site", |file| &file.site),
    ("localgov_code", |file| &file.localgov_code),
    ("data", |file| &file.data),
    ("sha256", |file| &file.sha256),
];
const NUMBERS: [(&str, NumberOf); 4] = [
    ("rows", |file| file.rows),
    ("bytes", |file| file.bytes),
    ("snapshot_id", |file| file.snapshot_id),
    ("sequence_number", |file| file.sequence_number),
];

/// The list as a file. `by_year` are the tables that have folders by fiscal year; `base_url` is the
/// address of the lake.
pub(super) fn render(files: &[LakeFile], by_year: &[&str], base_url: &str) -> Body {
    let text = |text: &str| Some(ByteArray::from(text));
    let mut columns: Vec<(&str, ColumnKind, ColumnCells)> = Vec::new();
    for (name, of) in TEXTS {
        let cells = files.iter().map(|file| text(of(file))).collect();
        columns.push((name, ColumnKind::String, ColumnCells::Text(cells)));
    }
    let years = files.iter().map(|file| file.fiscal_year).collect();
    columns.push(("fiscal_year", ColumnKind::Int, ColumnCells::Int(years)));
    let path = |file: &LakeFile| file.path(by_year.contains(&file.table.as_str()));
    let paths = files.iter().map(|file| text(&path(file))).collect();
    columns.push(("path", ColumnKind::String, ColumnCells::Text(paths)));
    let urls = files.iter().map(|file| text(&format!("{base_url}/{}", file.data))).collect();
    columns.push(("url", ColumnKind::String, ColumnCells::Text(urls)));
    for (name, of) in NUMBERS {
        let cells = files.iter().map(|file| Some(of(file))).collect();
        columns.push((name, ColumnKind::Long, ColumnCells::Long(cells)));
    }
    let written: Vec<LakeColumn<'_>> = (1..)
        .zip(&columns)
        .map(|(id, (name, kind, cells))| LakeColumn { name, id, kind: *kind, cells })
        .collect();
    let rows: Vec<usize> = (0..files.len()).collect();
    cells::write(&written, &rows).expect("the cells have the types of their columns")
}

/// The files of the list `bytes`; `None` where it is damaged.
pub(super) fn read(bytes: Vec<u8>) -> Option<Vec<LakeFile>> {
    let names = cells::columns(&bytes).ok()?.ok()?;
    let (columns, count) = cells::read(&bytes).ok()?;
    let columns: BTreeMap<&str, &ColumnCells> =
        names.iter().map(|(name, _)| name.as_str()).zip(&columns).collect();
    let text = |name: &str, row: usize| match columns.get(name)? {
        ColumnCells::Text(cells) => {
            Some(String::from_utf8_lossy(cells.get(row)?.as_ref()?.data()).into_owned())
        }
        _ => None,
    };
    let number = |name: &str, row: usize| match columns.get(name)? {
        ColumnCells::Long(cells) => *cells.get(row)?,
        _ => None,
    };
    let year = |row: usize| match columns.get("fiscal_year")? {
        ColumnCells::Int(cells) => cells.get(row).copied(),
        _ => None,
    };
    (0..count)
        .map(|row| {
            Some(LakeFile {
                table: text("table", row)?,
                dataset: text("dataset", row)?,
                site: text("site", row)?,
                localgov_code: text("localgov_code", row)?,
                fiscal_year: year(row)?,
                data: text("data", row)?,
                rows: number("rows", row)?,
                bytes: number("bytes", row)?,
                sha256: text("sha256", row)
                    .filter(|digest| digest.is_ascii() && digest.len() == 64)?,
                snapshot_id: number("snapshot_id", row)?,
                sequence_number: number("sequence_number", row)?,
            })
        })
        .collect()
}
