//! The **places** of rows with coordinates, as points in a column of their own (GeoParquet 1.1), so
//! that programs for maps open the file as it is.

use std::sync::Arc;

use parquet::basic::{Repetition, Type as Physical};
use parquet::errors::Result;
use parquet::schema::types::{Type, TypePtr};
use serde_json::{Value, json};

use crate::dataset::{ColumnType, Dataset};

/// The column of points of a dataset.
pub(super) struct Places {
    /// Its name, which no other column has.
    name: String,
    /// Indices of the columns of longitudes and of latitudes.
    columns: [usize; 2],
    /// West, south, east and north end of all points; `None` if there is none.
    bounds: Option<[f64; 4]>,
}

impl Places {
    /// The column for `dataset`; `None` if it has no coordinates.
    pub(super) fn of(dataset: &Dataset) -> Option<Self> {
        let position = |kind| dataset.columns.iter().position(|column| column.kind == kind);
        let columns = [position(ColumnType::Longitude)?, position(ColumnType::Latitude)?];
        let mut name = "geometry".to_owned();
        while dataset.columns.iter().any(|column| column.name == name) {
            name.push('_');
        }
        let mut places = Self { name, columns, bounds: None };
        let points = (0..dataset.rows.len()).filter_map(|row| places.coordinates(dataset, row));
        places.bounds = points.fold(None, |bounds: Option<[f64; 4]>, [east, north]| {
            let [w, s, e, n] = bounds.unwrap_or([east, north, east, north]);
            Some([w.min(east), s.min(north), e.max(east), n.max(north)])
        });
        Some(places)
    }

    /// The column in the schema of the file.
    pub(super) fn field(&self) -> Result<TypePtr> {
        let field = Type::primitive_type_builder(&self.name, Physical::BYTE_ARRAY)
            .with_repetition(Repetition::OPTIONAL)
            .build()?;
        Ok(Arc::new(field))
    }

    /// The point of `row` in the binary form of Well-known Text; `None` where a coordinate is
    /// blank.
    pub(super) fn point(&self, dataset: &Dataset, row: usize) -> Option<Vec<u8>> {
        let coordinates = self.coordinates(dataset, row)?;
        // Little-endian, and the number of the type of points.
        let mut bytes = vec![1];
        bytes.extend(1_u32.to_le_bytes());
        bytes.extend(coordinates.into_iter().flat_map(f64::to_le_bytes));
        Some(bytes)
    }

    fn coordinates(&self, dataset: &Dataset, row: usize) -> Option<[f64; 2]> {
        let [longitude, latitude] =
            self.columns.map(|column| dataset.rows.cell(row, column).parse().ok());
        Some([longitude?, latitude?])
    }

    /// The metadata of the file under the key `geo`. Coordinates are in WGS 84, longitude first,
    /// as the standard assumes where no system is named.
    pub(super) fn metadata(&self) -> Value {
        let mut column = json!({ "encoding": "WKB", "geometry_types": ["Point"] });
        if let Some(bounds) = self.bounds {
            column["bbox"] = json!(bounds);
        }
        json!({
            "version": "1.1.0",
            "primary_column": self.name,
            "columns": { self.name.as_str(): column },
        })
    }
}
