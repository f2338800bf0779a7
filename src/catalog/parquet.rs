//! **Parquet** (parquet.apache.org): typed columns, with codes as strings and blank cells as nulls,
//! compressed with Snappy. Decimal numbers are 64-bit floats, or decimals where a float would lose
//! a digit. Places are points as well (`places`), and the file says where it is from (`about`).
//!
//! The files contain no names of machines and no timestamps, so that the same rows give the same
//! bytes.

mod about;
mod places;

use std::sync::Arc;

use jiff::civil;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, FixedLenByteArray,
    FixedLenByteArrayType, Int32Type, Int64Type,
};
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use crate::artifact::{Body, BodyWriter};
use crate::dataset::{Column, ColumnType, Dataset, ExactType};
use crate::site::Imprint;

use places::Places;

/// Number of rows in a row group, the unit in which Parquet is read.
const GROUP: usize = 100_000;

/// Number of cells that are handed to the writer at once. A multiple of the 1,024 that it writes at
/// once by itself, so that the number makes no difference to the file.
const BATCH: usize = 4 * 1024;

/// Number of bytes of a decimal, enough for 38 digits.
const DECIMAL_BYTES: i32 = 16;

pub(super) fn render(imprint: &Imprint<'_>, dataset: &Dataset) -> Body {
    write(imprint, dataset).expect("cells in canonical text fit the types of their columns")
}

/// The file, with its rows in groups of [`GROUP`]. The error is that of the library, for a cell
/// that does not fit its column.
fn write(imprint: &Imprint<'_>, dataset: &Dataset) -> Result<Body> {
    let scales: Vec<Option<(usize, usize)>> =
        (0..dataset.columns.len()).map(|index| decimal(dataset, index)).collect();
    let places = Places::of(dataset);
    let fields = dataset.columns.iter().zip(&scales).map(|(column, scale)| field(column, *scale));
    let fields: Result<Vec<TypePtr>> =
        fields.chain(places.as_ref().map(|places| places.field())).collect();
    let schema = Type::group_type_builder("schema").with_fields(fields?).build()?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("kawaraban {}", env!("CARGO_PKG_VERSION")))
        .set_key_value_metadata(Some(about::key_values(imprint, dataset, places.as_ref())))
        .build();
    let body = BodyWriter::default();
    let mut writer = SerializedFileWriter::new(body, Arc::new(schema), Arc::new(properties))?;
    let count = dataset.rows.len();
    for first in (0..count).step_by(GROUP) {
        let rows = first..(first + GROUP).min(count);
        let mut group = writer.next_row_group()?;
        for ((index, column), scale) in dataset.columns.iter().enumerate().zip(&scales) {
            let Some(into) = group.next_column()? else { break };
            let cells = rows.clone().map(|row| dataset.rows.cell(row, index));
            write_column(into, cells, column, scale.map_or(0, |(_, scale)| scale))?;
        }
        if let (Some(places), Some(mut into)) = (&places, group.next_column()?) {
            let points = rows.clone().map(|row| places.point(dataset, row).map(ByteArray::from));
            put::<ByteArrayType>(&mut into, points, false)?;
            into.close()?;
        }
        group.close()?;
    }
    Ok(writer.into_inner()?.finish())
}

/// The digits and the decimals of the column `index`, if it has to be one of decimals.
fn decimal(dataset: &Dataset, index: usize) -> Option<(usize, usize)> {
    match dataset.exact_type(index)? {
        ExactType::Decimal { precision, scale } => Some((precision, scale)),
        _ => None,
    }
}

fn field(column: &Column, decimal: Option<(usize, usize)>) -> Result<TypePtr> {
    let repetition = if column.required { Repetition::REQUIRED } else { Repetition::OPTIONAL };
    let typed = |physical, logical| {
        Type::primitive_type_builder(&column.name, physical)
            .with_logical_type(logical)
            .with_repetition(repetition)
    };
    if let Some((precision, scale)) = decimal {
        let (precision, scale) = (precision as i32, scale as i32);
        let logical = LogicalType::decimal(scale, precision);
        let field = typed(Physical::FIXED_LEN_BYTE_ARRAY, Some(logical))
            .with_length(DECIMAL_BYTES)
            .with_precision(precision)
            .with_scale(scale);
        return Ok(Arc::new(field.build()?));
    }
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
    Ok(Arc::new(typed(physical, logical).build()?))
}

/// Writes the cells of `column` in a row group, as values of its physical type, and closes it.
/// Decimals have `scale` digits after the point.
fn write_column<'a>(
    mut into: SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = &'a str>,
    column: &Column,
    scale: usize,
) -> Result<()> {
    let required = column.required;
    // A blank cell, or one without a value, is null.
    let cells = cells.map(|cell| Some(cell).filter(|cell| !cell.is_empty()));
    match into.untyped() {
        ColumnWriter::ByteArrayColumnWriter(_) => {
            put::<ByteArrayType>(&mut into, cells.map(|cell| cell.map(ByteArray::from)), required)?;
        }
        ColumnWriter::FixedLenByteArrayColumnWriter(_) => {
            let values = cells.map(|cell| unscaled(cell?, scale));
            put::<FixedLenByteArrayType>(&mut into, values, required)?;
        }
        ColumnWriter::Int64ColumnWriter(_) => {
            put::<Int64Type>(&mut into, cells.map(|cell| cell?.parse().ok()), required)?;
        }
        ColumnWriter::Int32ColumnWriter(_) if column.kind == ColumnType::Date => {
            put::<Int32Type>(&mut into, cells.map(|cell| day(cell?)), required)?;
        }
        ColumnWriter::Int32ColumnWriter(_) => {
            put::<Int32Type>(&mut into, cells.map(|cell| cell?.parse().ok()), required)?;
        }
        ColumnWriter::DoubleColumnWriter(_) => {
            put::<DoubleType>(&mut into, cells.map(|cell| cell?.parse().ok()), required)?;
        }
        _ => put::<BoolType>(&mut into, cells.map(|cell| Some(cell? == "true")), required)?,
    }
    into.close()
}

/// Writes `values` into a column; `None` is null.
fn put<T: DataType>(
    into: &mut SerializedColumnWriter<'_>,
    values: impl Iterator<Item = Option<T::T>>,
    required: bool,
) -> Result<()> {
    let mut values = values.peekable();
    let mut written = Vec::new();
    let mut there = Vec::new();
    while values.peek().is_some() {
        written.clear();
        there.clear();
        for value in values.by_ref().take(BATCH) {
            there.push(i16::from(value.is_some()));
            written.extend(value);
        }
        let there = (!required).then_some(there.as_slice());
        into.typed::<T>().write_batch(&written, there, None)?;
    }
    Ok(())
}

/// A decimal as the whole number that it is when its point is moved by `scale` digits, in
/// big-endian bytes.
fn unscaled(cell: &str, scale: usize) -> Option<FixedLenByteArray> {
    let (whole, decimals) = cell.split_once('.').unwrap_or((cell, ""));
    let zeros = "0".repeat(scale.checked_sub(decimals.len())?);
    let number: i128 = format!("{whole}{decimals}{zeros}").parse().ok()?;
    Some(number.to_be_bytes().to_vec().into())
}

/// A date as the number of days since 1970-01-01.
fn day(cell: &str) -> Option<i32> {
    let day: civil::Date = cell.parse().ok()?;
    Some((day - civil::date(1970, 1, 1)).get_days())
}
