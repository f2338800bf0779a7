//! The **schemas** of the two kinds of Avro files that Iceberg (format version 2) describes a
//! snapshot with, and how such a file is written and read.

use std::collections::BTreeMap;

use apache_avro::types::Value;
use apache_avro::{Codec, DeflateSettings, Reader, Schema, Writer};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::cells::ColumnKind;

/// Result of reading or writing an Avro file; the error is large, so it is boxed.
pub(super) type AvroResult<T> = Result<T, Box<apache_avro::Error>>;

/// An Avro file of `values`, with `metadata` in its header.
///
/// # Errors
///
/// Where a value does not fit the schema.
pub(super) fn write(
    schema: &serde_json::Value,
    metadata: &BTreeMap<&str, String>,
    values: Vec<Value>,
) -> AvroResult<Vec<u8>> {
    let schema = Schema::parse(schema)?;
    // The mark between the blocks need only be unlikely, and is the same for the same file.
    let mut marker = [0; 16];
    marker.copy_from_slice(&Sha256::digest(format!("{metadata:?}"))[..16]);
    let codec = Codec::Deflate(DeflateSettings::default());
    let writer = Writer::builder().schema(&schema).writer(Vec::new());
    let mut writer = writer.codec(codec).marker(marker).build()?;
    for (&key, value) in metadata {
        writer.add_user_metadata(key.to_owned(), value)?;
    }
    for value in values {
        writer.append_value(value)?;
    }
    Ok(writer.into_inner()?)
}

/// The values of the Avro file `bytes`.
///
/// # Errors
///
/// Where it is damaged.
pub(super) fn read(bytes: &[u8]) -> AvroResult<Vec<Value>> {
    let values: Result<Vec<Value>, apache_avro::Error> = Reader::new(bytes)?.collect();
    Ok(values?)
}

/// A value that may be missing.
pub(super) fn optional(value: Option<Value>) -> Value {
    match value {
        None => Value::Union(0, Box::new(Value::Null)),
        Some(value) => Value::Union(1, Box::new(value)),
    }
}

/// A record of named values.
pub(super) fn record<const N: usize>(fields: [(&str, Value); N]) -> Value {
    Value::Record(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// A field of a schema, with its number in Iceberg, that every record has.
fn field(id: i32, name: &str, kind: &str) -> serde_json::Value {
    json!({ "name": name, "type": kind, "field-id": id })
}

/// The same for a field that records may lack.
fn optional_field(id: i32, name: &str, kind: serde_json::Value) -> serde_json::Value {
    json!({ "name": name, "type": ["null", kind], "default": null, "field-id": id })
}

/// The schema of a list of manifests.
pub(super) fn manifest_list_schema() -> serde_json::Value {
    let summary = json!({
        "type": "record",
        "name": "r508",
        "fields": [
            field(509, "contains_null", "boolean"),
            optional_field(518, "contains_nan", json!("boolean")),
            optional_field(510, "lower_bound", json!("bytes")),
            optional_field(511, "upper_bound", json!("bytes")),
        ],
    });
    json!({
        "type": "record",
        "name": "manifest_file",
        "fields": [
            field(500, "manifest_path", "string"),
            field(501, "manifest_length", "long"),
            field(502, "partition_spec_id", "int"),
            field(517, "content", "int"),
            field(515, "sequence_number", "long"),
            field(516, "min_sequence_number", "long"),
            field(503, "added_snapshot_id", "long"),
            field(504, "added_files_count", "int"),
            field(505, "existing_files_count", "int"),
            field(506, "deleted_files_count", "int"),
            field(512, "added_rows_count", "long"),
            field(513, "existing_rows_count", "long"),
            field(514, "deleted_rows_count", "long"),
            optional_field(
                507,
                "partitions",
                json!({ "type": "array", "items": summary, "element-id": 508 }),
            ),
        ],
    })
}

/// The schema of a manifest, whose files are divided by `partitions`: number, name and type.
pub(super) fn manifest_schema(partitions: &[(i32, &str, ColumnKind)]) -> serde_json::Value {
    let partition =
        partitions.iter().map(|(id, name, kind)| optional_field(*id, name, json!(kind.name())));
    let data_file = json!({
        "type": "record",
        "name": "r2",
        "fields": [
            field(134, "content", "int"),
            field(100, "file_path", "string"),
            field(101, "file_format", "string"),
            {
                "name": "partition",
                "type": {
                    "type": "record",
                    "name": "r102",
                    "fields": partition.collect::<Vec<_>>(),
                },
                "field-id": 102,
            },
            field(103, "record_count", "long"),
            field(104, "file_size_in_bytes", "long"),
        ],
    });
    json!({
        "type": "record",
        "name": "manifest_entry",
        "fields": [
            field(0, "status", "int"),
            optional_field(1, "snapshot_id", json!("long")),
            optional_field(3, "sequence_number", json!("long")),
            optional_field(4, "file_sequence_number", json!("long")),
            { "name": "data_file", "type": data_file, "field-id": 2 },
        ],
    })
}
