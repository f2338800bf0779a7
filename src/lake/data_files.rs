//! The **data files** of a lake: the rows of a site's table, divided by city and fiscal year. The
//! columns have the numbers by which Iceberg knows them, so that a file stays readable whatever
//! columns are added later.

use std::collections::BTreeMap;

use parquet::data_type::ByteArray;
use parquet::errors::Result;

use crate::artifact::Body;

use super::cells::{self, ColumnCells, ColumnKind, LakeColumn};
use super::columns::{CODE, YEAR};

/// A data file that is not yet placed in the lake.
pub(super) struct DataPart {
    pub localgov_code: String,
    pub fiscal_year: Option<i32>,
    pub rows: usize,
    pub body: Body,
}

/// Divides the Parquet file `bytes` with these `columns`. `numbers` are the columns' numbers in the
/// Iceberg table; rows that have no code get `code`, that of the site.
///
/// # Errors
///
/// Where the file is damaged.
pub(super) fn divide(
    bytes: &[u8],
    columns: &[(String, ColumnKind)],
    numbers: &BTreeMap<&str, i32>,
    code: &str,
) -> Result<Vec<DataPart>> {
    let (mut cells, count) = cells::read(bytes)?;
    let place = columns.iter().position(|(name, _)| name == CODE);
    let own = || Some(ByteArray::from(code));
    let codes = match place.and_then(|place| cells.get_mut(place)) {
        Some(ColumnCells::Text(codes)) => {
            codes.iter_mut().filter(|code| code.is_none()).for_each(|code| *code = own());
            codes.clone()
        }
        _ => vec![own(); count],
    };
    let years = columns.iter().zip(&cells).find_map(|((name, kind), cells)| match cells {
        ColumnCells::Int(years) if name == YEAR && *kind == ColumnKind::Int => Some(years),
        _ => None,
    });
    let mut rows: BTreeMap<(String, Option<i32>), Vec<usize>> = BTreeMap::new();
    for (row, code) in codes.iter().enumerate() {
        let code = code.as_ref().map(|code| String::from_utf8_lossy(code.data()).into_owned());
        let year = years.and_then(|years| years[row]);
        rows.entry((code.unwrap_or_default(), year)).or_default().push(row);
    }
    let codes = ColumnCells::Text(codes);
    let mut written: Vec<LakeColumn<'_>> = Vec::with_capacity(columns.len() + 1);
    if place.is_none() {
        let (name, id) = (CODE, numbers[CODE]);
        written.push(LakeColumn { name, id, kind: ColumnKind::String, cells: &codes });
    }
    written.extend(columns.iter().zip(&cells).map(|((name, kind), cells)| LakeColumn {
        name,
        id: numbers[name.as_str()],
        kind: *kind,
        cells,
    }));
    let part = |((localgov_code, fiscal_year), rows): ((String, Option<i32>), Vec<usize>)| {
        let body = cells::write(&written, &rows)?;
        Ok(DataPart { localgov_code, fiscal_year, rows: rows.len(), body })
    };
    rows.into_iter().map(part).collect()
}
