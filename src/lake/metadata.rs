//! The **metadata** of an Iceberg table (format version 2): its schemas, partitions and snapshots,
//! as the specification of Apache Iceberg names them.
//!
//! Every version of the metadata is a file of its own, which contains all earlier snapshots. Not in
//! here: which files a snapshot consists of (`manifests`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::artifact::hex;

use super::cells::ColumnKind;
use super::columns::{CODE, YEAR, is_by_year};
use super::generator;

/// Number of the first partition field; the specification counts from 1000.
const FIRST_PARTITION: i32 = 1000;

/// The folder of all Iceberg tables. It lies beside the folders by city and year, in which engines
/// expect nothing else.
pub(super) const ICEBERG: &str = "iceberg/";

/// The folder of the Iceberg table `id`.
pub(super) fn table_folder(id: &str) -> String {
    format!("{ICEBERG}{id}")
}

/// The metadata of a table.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct TableMetadata {
    pub format_version: u8,
    pub table_uuid: String,
    pub location: String,
    pub last_sequence_number: i64,
    pub last_updated_ms: i64,
    pub last_column_id: i32,
    pub current_schema_id: i32,
    pub schemas: Vec<TableSchema>,
    pub default_spec_id: i32,
    pub partition_specs: Vec<PartitionSpec>,
    pub last_partition_id: i32,
    pub default_sort_order_id: i32,
    pub sort_orders: Vec<SortOrder>,
    pub properties: BTreeMap<String, String>,
    pub current_snapshot_id: i64,
    pub refs: BTreeMap<String, SnapshotRef>,
    pub snapshots: Vec<TableSnapshot>,
    pub snapshot_log: Vec<SnapshotLogEntry>,
    pub metadata_log: Vec<MetadataLogEntry>,
}

/// The columns of a table at some time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct TableSchema {
    #[serde(rename = "type")]
    pub kind: String,
    pub schema_id: i32,
    pub fields: Vec<SchemaField>,
}

/// A column with the number that it keeps for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SchemaField {
    pub id: i32,
    pub name: String,
    pub required: bool,
    #[serde(rename = "type")]
    pub kind: ColumnKind,
}

/// By which columns the files are divided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct PartitionSpec {
    pub spec_id: i32,
    pub fields: Vec<PartitionField>,
}

/// A column by which the files are divided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct PartitionField {
    pub name: String,
    pub transform: String,
    pub source_id: i32,
    pub field_id: i32,
}

/// The order of the rows, which is not said.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct SortOrder {
    pub order_id: i32,
    pub fields: Vec<String>,
}

/// A named snapshot.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct SnapshotRef {
    pub snapshot_id: i64,
    #[serde(rename = "type")]
    pub kind: String,
}

/// The files of the table at some time.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct TableSnapshot {
    pub snapshot_id: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_snapshot_id: Option<i64>,
    pub sequence_number: i64,
    pub timestamp_ms: i64,
    pub manifest_list: String,
    pub summary: BTreeMap<String, String>,
    pub schema_id: i32,
}

/// When a snapshot became the current one.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct SnapshotLogEntry {
    pub timestamp_ms: i64,
    pub snapshot_id: i64,
}

/// An earlier version of the metadata.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct MetadataLogEntry {
    pub timestamp_ms: i64,
    pub metadata_file: String,
}

impl TableMetadata {
    /// The metadata of a table at `location` that has no snapshot and no columns yet.
    pub fn new(location: &str) -> Self {
        Self {
            format_version: 2,
            table_uuid: uuid(location),
            location: location.to_owned(),
            last_sequence_number: 0,
            last_updated_ms: 0,
            last_column_id: 0,
            current_schema_id: -1,
            schemas: Vec::new(),
            default_spec_id: -1,
            partition_specs: Vec::new(),
            last_partition_id: FIRST_PARTITION - 1,
            default_sort_order_id: 0,
            sort_orders: vec![SortOrder { order_id: 0, fields: Vec::new() }],
            properties: BTreeMap::from([("created-by".to_owned(), generator())]),
            current_snapshot_id: -1,
            refs: BTreeMap::new(),
            snapshots: Vec::new(),
            snapshot_log: Vec::new(),
            metadata_log: Vec::new(),
        }
    }

    /// The columns of the current snapshot.
    pub fn schema(&self) -> Option<&TableSchema> {
        self.schemas.iter().find(|schema| schema.schema_id == self.current_schema_id)
    }

    /// By which columns the files of the current snapshot are divided.
    pub fn spec(&self) -> Option<&PartitionSpec> {
        self.partition_specs.iter().find(|spec| spec.spec_id == self.default_spec_id)
    }

    /// The current snapshot.
    pub fn snapshot(&self) -> Option<&TableSnapshot> {
        self.snapshots.iter().find(|snapshot| snapshot.snapshot_id == self.current_snapshot_id)
    }

    /// Makes `columns` those of the table. A column keeps its number as long as it keeps its type;
    /// columns that the table has already keep their order.
    pub fn set_columns(&mut self, columns: &[(String, ColumnKind)]) {
        let known = self.schema().map(|schema| schema.fields.clone()).unwrap_or_default();
        let is_there = |field: &SchemaField| {
            columns.iter().any(|(name, kind)| *name == field.name && *kind == field.kind)
        };
        let mut fields: Vec<SchemaField> = known.into_iter().filter(is_there).collect();
        for (name, kind) in columns {
            if !fields.iter().any(|field| field.name == *name) {
                self.last_column_id += 1;
                let (id, name) = (self.last_column_id, name.clone());
                fields.push(SchemaField { id, name, required: false, kind: *kind });
            }
        }
        let same = self.schemas.iter().find(|schema| schema.fields == fields);
        self.current_schema_id = match same {
            Some(schema) => schema.schema_id,
            None => {
                let schema_id = self.schemas.iter().map(|schema| schema.schema_id + 1).max();
                let schema_id = schema_id.unwrap_or(0);
                self.schemas.push(TableSchema { kind: "struct".to_owned(), schema_id, fields });
                schema_id
            }
        };
        self.set_partitions(is_by_year(columns));
    }

    /// Divides the files by the code of the city and, if `by_year`, by the fiscal year.
    fn set_partitions(&mut self, by_year: bool) {
        let names = if by_year { &[CODE, YEAR][..] } else { &[CODE] };
        let schema = self.schema().expect("the columns were just set");
        let known = self.partition_specs.iter().flat_map(|spec| &spec.fields);
        let known: Vec<PartitionField> = known.cloned().collect();
        let mut last = self.last_partition_id;
        let mut fields = Vec::new();
        for name in names {
            let field = schema.fields.iter().find(|field| field.name == **name);
            let source_id = field.expect("these columns are there").id;
            let field = known.iter().find(|field| field.source_id == source_id).cloned();
            fields.push(field.unwrap_or_else(|| {
                last += 1;
                let (name, transform) = ((*name).to_owned(), "identity".to_owned());
                PartitionField { name, transform, source_id, field_id: last }
            }));
        }
        self.last_partition_id = last;
        let same = self.partition_specs.iter().find(|spec| spec.fields == fields);
        self.default_spec_id = match same {
            Some(spec) => spec.spec_id,
            None => {
                let spec_id = i32::try_from(self.partition_specs.len()).unwrap_or_default();
                self.partition_specs.push(PartitionSpec { spec_id, fields });
                spec_id
            }
        };
    }

    /// Makes `snapshot` the current one. `previous` is the address of the metadata before.
    pub fn add_snapshot(&mut self, snapshot: TableSnapshot, previous: Option<String>) {
        if let Some(metadata_file) = previous {
            let timestamp_ms = self.last_updated_ms;
            self.metadata_log.push(MetadataLogEntry { timestamp_ms, metadata_file });
        }
        let TableSnapshot { snapshot_id, timestamp_ms, sequence_number, .. } = snapshot;
        self.last_sequence_number = sequence_number;
        self.last_updated_ms = timestamp_ms;
        self.current_snapshot_id = snapshot_id;
        let main = SnapshotRef { snapshot_id, kind: "branch".to_owned() };
        self.refs.insert("main".to_owned(), main);
        self.snapshot_log.push(SnapshotLogEntry { timestamp_ms, snapshot_id });
        self.snapshots.push(snapshot);
    }

    /// The number of this version of the metadata.
    pub fn version(&self) -> usize {
        self.metadata_log.len() + 1
    }
}

/// A snapshot's number, derived from what it contains. JavaScript can represent it exactly.
pub(super) fn snapshot_id(parts: &[&str]) -> i64 {
    let digest = Sha256::digest(parts.join("\n"));
    let number = digest.iter().take(8).fold(0_i64, |all, byte| all << 8 | i64::from(*byte));
    (number & ((1 << 53) - 1)).max(1)
}

/// A UUID (version 8) that is derived from the address of the table.
fn uuid(location: &str) -> String {
    let digest = Sha256::digest(location);
    let mut bytes: Vec<u8> = digest.iter().take(16).copied().collect();
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let parts = [&bytes[..4], &bytes[4..6], &bytes[6..8], &bytes[8..10], &bytes[10..]];
    parts.map(hex).join("-")
}
