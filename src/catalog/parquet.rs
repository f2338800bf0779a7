//! **Parquet** (parquet.apache.org): typed columns, with codes as strings and blank cells as nulls,
//! compressed with Snappy. Decimal numbers are 64-bit floats; the CSV has their exact digits.
//!
//! The files contain no names of machines and no timestamps, so that the same rows give the same
//! bytes.

use std::sync::Arc;

use jiff::civil;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type,
};
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use crate::artifact::{Body, BodyWriter};
use crate::dataset::{Column, ColumnType, Dataset};

/// Number of rows in a row group, the unit in which Parquet is read.
const GROUP: usize = 100_000;

/// Number of cells that are handed to the writer at once. A multiple of the 1,024 that it writes at
/// once by itself, so that the number makes no difference to the file.
const BATCH: usize = 4 * 1024;

pub(super) fn render(dataset: &Dataset) -> Body {
    write(dataset).expect("cells in canonical text fit the types of their columns")
}

/// The file, with its rows in groups of [`GROUP`]. The error is that of the library, for a cell
/// that does not fit its column.
fn write(dataset: &Dataset) -> Result<Body> {
    let fields: Result<Vec<TypePtr>> = dataset.columns.iter().map(field).collect();
    let schema = Type::group_type_builder("schema").with_fields(fields?).build()?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("kawaraban {}", env!("CARGO_PKG_VERSION")))
        .build();
    let body = BodyWriter::default();
    let mut writer = SerializedFileWriter::new(body, Arc::new(schema), Arc::new(properties))?;
    let count = dataset.rows.len();
    for first in (0..count).step_by(GROUP) {
        let rows = first..(first + GROUP).min(count);
        let mut group = writer.next_row_group()?;
        for (index, column) in dataset.columns.iter().enumerate() {
            let Some(into) = group.next_column()? else { break };
            let cells = rows.clone().map(|row| dataset.rows.cell(row, index));
            write_column(into, cells, column)?;
        }
        group.close()?;
    }
    Ok(writer.into_inner()?.finish())
}

fn field(column: &Column) -> Result<TypePtr> {
    let (physical, logical) = match column.kind {
        ColumnType::Text | ColumnType::Code | ColumnType::Url | ColumnType::Time => {
            (Physical::BYTE_ARRAY, Some(LogicalType::String))
        }
        ColumnType::Integer => (Physical::INT64, None),
        ColumnType::FiscalYear => (Physical::INT32, None),
        ColumnType::Number | ColumnType::Latitude | ColumnType::Longitude => {
            (Physical::DOUBLE, None)
        }
        ColumnType::Boolean => (Physical::BOOLEAN, None),
        ColumnType::Date => (Physical::INT32, Some(LogicalType::Date)),
    };
    let repetition = if column.required { Repetition::REQUIRED } else { Repetition::OPTIONAL };
    let field = Type::primitive_type_builder(&column.name, physical)
        .with_logical_type(logical)
        .with_repetition(repetition)
        .build()?;
    Ok(Arc::new(field))
}

/// Writes the cells of `column` in a row group, as values of its physical type, and closes it.
fn write_column<'a>(
    mut into: SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = &'a str>,
    column: &Column,
) -> Result<()> {
    match into.untyped() {
        ColumnWriter::ByteArrayColumnWriter(_) => {
            put::<ByteArrayType>(&mut into, cells, column, |cell| Some(ByteArray::from(cell)))?;
        }
        ColumnWriter::Int64ColumnWriter(_) => {
            put::<Int64Type>(&mut into, cells, column, |cell| cell.parse().ok())?;
        }
        ColumnWriter::Int32ColumnWriter(_) if column.kind == ColumnType::Date => {
            put::<Int32Type>(&mut into, cells, column, day)?;
        }
        ColumnWriter::Int32ColumnWriter(_) => {
            put::<Int32Type>(&mut into, cells, column, |cell| cell.parse().ok())?;
        }
        ColumnWriter::DoubleColumnWriter(_) => {
            put::<DoubleType>(&mut into, cells, column, |cell| cell.parse().ok())?;
        }
        _ => put::<BoolType>(&mut into, cells, column, |cell| Some(cell == "true"))?,
    }
    into.close()
}

/// Writes `cells` as the values that `value` returns. A blank cell, or one without a value, is
/// null.
fn put<'a, T: DataType>(
    into: &mut SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = &'a str>,
    column: &Column,
    value: impl Fn(&'a str) -> Option<T::T>,
) -> Result<()> {
    let mut cells = cells.peekable();
    let mut values = Vec::new();
    let mut there = Vec::new();
    while cells.peek().is_some() {
        values.clear();
        there.clear();
        for cell in cells.by_ref().take(BATCH) {
            let value = if cell.is_empty() { None } else { value(cell) };
            there.push(i16::from(value.is_some()));
            values.extend(value);
        }
        let there = (!column.required).then_some(there.as_slice());
        into.typed::<T>().write_batch(&values, there, None)?;
    }
    Ok(())
}

/// A date as the number of days since 1970-01-01.
fn day(cell: &str) -> Option<i32> {
    let day: civil::Date = cell.parse().ok()?;
    Some((day - civil::date(1970, 1, 1)).get_days())
}
