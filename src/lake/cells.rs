//! The **cells** of a table in columns, as they are read from a Parquet file and written to others.
//!
//! Only the types that Kawaraban writes are read. Not in here: which rows go into which file
//! (`data_files`).

use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type,
};
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};
use serde::{Deserialize, Serialize};

use crate::artifact::{Body, BodyWriter};

use super::generator;

/// The type of a column, by its name in Apache Iceberg.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum ColumnKind {
    Boolean,
    Date,
    Double,
    Int,
    Long,
    String,
}

impl ColumnKind {
    /// Its name in Apache Iceberg.
    pub fn name(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Double => "double",
            Self::Int => "int",
            Self::Long => "long",
            Self::String => "string",
        }
    }

    /// The type of a column of a Parquet file; `None` for one that Kawaraban does not write.
    fn of(field: &Type) -> Option<Self> {
        if !field.is_primitive() || field.get_basic_info().repetition() == Repetition::REPEATED {
            return None;
        }
        match (field.get_physical_type(), field.get_basic_info().logical_type_ref()) {
            (Physical::BYTE_ARRAY, Some(LogicalType::String)) => Some(Self::String),
            (Physical::INT64, None) => Some(Self::Long),
            (Physical::INT32, None) => Some(Self::Int),
            (Physical::INT32, Some(LogicalType::Date)) => Some(Self::Date),
            (Physical::DOUBLE, None) => Some(Self::Double),
            // What a double holds of it: the same column may be one of doubles in another city.
            (Physical::FIXED_LEN_BYTE_ARRAY, Some(LogicalType::Decimal(_))) => Some(Self::Double),
            (Physical::BOOLEAN, None) => Some(Self::Boolean),
            _ => None,
        }
    }

    fn physical(self) -> (Physical, Option<LogicalType>) {
        match self {
            Self::Boolean => (Physical::BOOLEAN, None),
            Self::Date => (Physical::INT32, Some(LogicalType::Date)),
            Self::Double => (Physical::DOUBLE, None),
            Self::Int => (Physical::INT32, None),
            Self::Long => (Physical::INT64, None),
            Self::String => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        }
    }
}

/// The cells of a column; `None` is a blank.
pub(super) enum ColumnCells {
    Boolean(Vec<Option<bool>>),
    Double(Vec<Option<f64>>),
    /// Whole numbers of 32 bits, and dates as days since 1970.
    Int(Vec<Option<i32>>),
    Long(Vec<Option<i64>>),
    Text(Vec<Option<ByteArray>>),
}

/// A column to be written: its name, its number in the Iceberg table, its type and its cells.
pub(super) struct LakeColumn<'a> {
    pub name: &'a str,
    pub id: i32,
    pub kind: ColumnKind,
    pub cells: &'a ColumnCells,
}

/// The columns of the Parquet file `bytes`.
///
/// # Errors
///
/// Where the bytes are no Parquet file, or the inner error, the name of a column of a type that
/// Kawaraban does not write.
pub(super) fn columns(
    bytes: &[u8],
) -> Result<std::result::Result<Vec<(String, ColumnKind)>, String>> {
    let reader = open(bytes)?;
    let schema = reader.metadata().file_metadata().schema();
    // Points come last, and repeat the coordinates.
    let fields = schema.get_fields().iter().filter(|field| !is_of_points(field));
    let kind = |field: &TypePtr| {
        let name = field.name().to_owned();
        ColumnKind::of(field).map(|kind| (name.clone(), kind)).ok_or(name)
    };
    Ok(fields.map(kind).collect())
}

/// Is it the column of points of GeoParquet?
fn is_of_points(field: &Type) -> bool {
    field.is_primitive()
        && field.get_physical_type() == Physical::BYTE_ARRAY
        && field.get_basic_info().logical_type_ref().is_none()
}

/// The cells of every column of the Parquet file `bytes`, in its order, and the number of rows.
///
/// # Errors
///
/// Where the bytes are no Parquet file, or have a column that Kawaraban does not write.
pub(super) fn read(bytes: &[u8]) -> Result<(Vec<ColumnCells>, usize)> {
    let reader = open(bytes)?;
    let metadata = reader.metadata();
    let count = usize::try_from(metadata.file_metadata().num_rows())
        .map_err(|_| ParquetError::General("a negative number of rows".to_owned()))?;
    let schema = metadata.file_metadata().schema_descr();
    let width = schema.num_columns();
    let mut columns = Vec::with_capacity(width);
    for index in (0..width).filter(|&index| !is_of_points(schema.column(index).self_type())) {
        let mut cells: Option<ColumnCells> = None;
        for group in 0..reader.num_row_groups() {
            let group = reader.get_row_group(group)?;
            let rows = usize::try_from(group.metadata().num_rows()).unwrap_or_default();
            let required = schema.column(index).max_def_level() == 0;
            let scale = schema.column(index).type_scale();
            extend(&mut cells, group.get_column_reader(index)?, rows, (required, scale))?;
        }
        columns.push(cells.unwrap_or(ColumnCells::Text(Vec::new())));
    }
    Ok((columns, count))
}

fn open(bytes: &[u8]) -> Result<SerializedFileReader<Bytes>> {
    SerializedFileReader::new(Bytes::copy_from_slice(bytes))
}

/// Adds the `rows` cells of a row group to `cells`. Decimals have `scale` digits after the point.
fn extend(
    cells: &mut Option<ColumnCells>,
    from: ColumnReader,
    rows: usize,
    (required, scale): (bool, i32),
) -> Result<()> {
    let read = match from {
        ColumnReader::BoolColumnReader(from) => ColumnCells::Boolean(values(from, rows, required)?),
        ColumnReader::DoubleColumnReader(from) => {
            ColumnCells::Double(values(from, rows, required)?)
        }
        ColumnReader::FixedLenByteArrayColumnReader(from) => {
            let decimals = values(from, rows, required)?.into_iter();
            ColumnCells::Double(decimals.map(|cell| double(cell?.data(), scale)).collect())
        }
        ColumnReader::Int32ColumnReader(from) => ColumnCells::Int(values(from, rows, required)?),
        ColumnReader::Int64ColumnReader(from) => ColumnCells::Long(values(from, rows, required)?),
        ColumnReader::ByteArrayColumnReader(from) => {
            ColumnCells::Text(values(from, rows, required)?)
        }
        _ => return Err(ParquetError::NYI("a type that Kawaraban does not write".to_owned())),
    };
    match (cells.as_mut(), read) {
        (None, read) => *cells = Some(read),
        (Some(ColumnCells::Boolean(all)), ColumnCells::Boolean(more)) => all.extend(more),
        (Some(ColumnCells::Double(all)), ColumnCells::Double(more)) => all.extend(more),
        (Some(ColumnCells::Int(all)), ColumnCells::Int(more)) => all.extend(more),
        (Some(ColumnCells::Long(all)), ColumnCells::Long(more)) => all.extend(more),
        (Some(ColumnCells::Text(all)), ColumnCells::Text(more)) => all.extend(more),
        _ => return Err(ParquetError::General("a column with two types".to_owned())),
    }
    Ok(())
}

/// The double that is nearest to the decimal in these bytes.
fn double(bytes: &[u8], scale: i32) -> Option<f64> {
    let number = i128::from_be_bytes(bytes.try_into().ok()?);
    format!("{number}e-{scale}").parse().ok()
}

fn values<T: DataType>(
    mut from: ColumnReaderImpl<T>,
    rows: usize,
    required: bool,
) -> Result<Vec<Option<T::T>>> {
    let (mut values, mut levels) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
    let mut read = 0;
    while read < rows {
        let levels = (!required).then_some(&mut levels);
        let (records, _, _) = from.read_records(rows - read, levels, None, &mut values)?;
        if records == 0 {
            return Err(ParquetError::EOF("rows are missing".to_owned()));
        }
        read += records;
    }
    if required {
        return Ok(values.into_iter().map(Some).collect());
    }
    let mut values = values.into_iter();
    Ok(levels.into_iter().map(|level| if level == 0 { None } else { values.next() }).collect())
}

/// A Parquet file with these `rows` of the columns. Every column may be blank, so that a column
/// that other sites lack can be added to the table.
///
/// # Errors
///
/// That of the library, for a column whose cells have another type.
pub(super) fn write(columns: &[LakeColumn<'_>], rows: &[usize]) -> Result<Body> {
    let fields: Result<Vec<TypePtr>> = columns.iter().map(field).collect();
    let schema = Type::group_type_builder("schema").with_fields(fields?).build()?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(generator())
        .build();
    let mut writer =
        SerializedFileWriter::new(BodyWriter::default(), Arc::new(schema), Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for column in columns {
        let Some(mut into) = group.next_column()? else { break };
        put_cells(&mut into, column.cells, rows)?;
        into.close()?;
    }
    group.close()?;
    Ok(writer.into_inner()?.finish())
}

fn field(column: &LakeColumn<'_>) -> Result<TypePtr> {
    let (physical, logical) = column.kind.physical();
    let field = Type::primitive_type_builder(column.name, physical)
        .with_logical_type(logical)
        .with_repetition(Repetition::OPTIONAL)
        .with_id(Some(column.id))
        .build()?;
    Ok(Arc::new(field))
}

fn put_cells(
    into: &mut SerializedColumnWriter<'_>,
    cells: &ColumnCells,
    rows: &[usize],
) -> Result<()> {
    match (into.untyped(), cells) {
        (ColumnWriter::BoolColumnWriter(_), ColumnCells::Boolean(cells)) => {
            put::<BoolType>(into, cells, rows)
        }
        (ColumnWriter::DoubleColumnWriter(_), ColumnCells::Double(cells)) => {
            put::<DoubleType>(into, cells, rows)
        }
        (ColumnWriter::Int32ColumnWriter(_), ColumnCells::Int(cells)) => {
            put::<Int32Type>(into, cells, rows)
        }
        (ColumnWriter::Int64ColumnWriter(_), ColumnCells::Long(cells)) => {
            put::<Int64Type>(into, cells, rows)
        }
        (ColumnWriter::ByteArrayColumnWriter(_), ColumnCells::Text(cells)) => {
            put::<ByteArrayType>(into, cells, rows)
        }
        _ => Err(ParquetError::General("cells of another type".to_owned())),
    }
}

fn put<T: DataType>(
    into: &mut SerializedColumnWriter<'_>,
    cells: &[Option<T::T>],
    rows: &[usize],
) -> Result<()> {
    let chosen = || rows.iter().map(|&row| &cells[row]);
    let values: Vec<T::T> = chosen().flatten().cloned().collect();
    let levels: Vec<i16> = chosen().map(|cell| i16::from(cell.is_some())).collect();
    into.typed::<T>().write_batch(&values, Some(&levels), None)?;
    Ok(())
}
