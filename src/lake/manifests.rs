//! The **manifests** of a snapshot list its data files. There is one per prefecture (the first two
//! digits of a site's code), so that a national query reads few of them and a changed site makes
//! one new one; the others are listed again as they are.

use std::collections::{BTreeMap, BTreeSet};

use apache_avro::types::Value;
use serde_json::json;

use super::avro::{self, AvroResult, optional, record};
use super::cells::ColumnKind;
use super::columns::CODE;
use super::file_list::LakeFile;
use super::metadata::{TableMetadata, table_folder};

/// A snapshot that is being written.
pub(super) struct NewSnapshot<'a> {
    /// Address of the lake.
    pub base_url: &'a str,
    pub table: &'a str,
    /// The metadata of the table, with the columns and partitions of the new snapshot.
    pub metadata: &'a TableMetadata,
    pub snapshot_id: i64,
    pub sequence_number: i64,
    /// All files of the snapshot.
    pub files: &'a [LakeFile],
    /// The files of the snapshot before that are not in this one.
    pub removed: &'a [LakeFile],
}

/// A file of a snapshot: its path in the lake and its bytes.
pub(super) type MetadataFile = (String, Vec<u8>);

/// What a file of a manifest is to the snapshot, by the numbers of the specification.
const EXISTING: i32 = 0;
const ADDED: i32 = 1;
const DELETED: i32 = 2;

impl NewSnapshot<'_> {
    /// Path of the list of manifests.
    pub fn list_path(&self) -> String {
        format!("{}/metadata/snap-{}.avro", table_folder(self.table), self.snapshot_id)
    }

    /// The list of manifests and the manifests that are new. `before` is the list of the snapshot
    /// before, whose other manifests are listed again; `None` where all are new.
    ///
    /// # Errors
    ///
    /// Where the list before is damaged.
    pub fn write(&self, before: Option<&[u8]>) -> AvroResult<Vec<MetadataFile>> {
        let mut groups: BTreeMap<&str, Vec<(i32, &LakeFile)>> = BTreeMap::new();
        for file in self.files {
            let status = if file.snapshot_id == self.snapshot_id { ADDED } else { EXISTING };
            groups.entry(group(file)).or_default().push((status, file));
        }
        for file in self.removed {
            groups.entry(group(file)).or_default().push((DELETED, file));
        }
        let is_new =
            |files: &[(i32, &LakeFile)]| files.iter().any(|(status, _)| *status != EXISTING);
        let known = before.map(avro::read).transpose()?;
        let dirty: BTreeSet<&str> = groups
            .iter()
            .filter(|(_, files)| known.is_none() || is_new(files))
            .map(|(group, _)| *group)
            .collect();
        let mut listed: Vec<Value> = known.unwrap_or_default();
        listed.retain(|manifest| {
            let group = path_of(manifest).and_then(group_of);
            group.is_some_and(|group| groups.contains_key(group) && !dirty.contains(group))
        });
        let mut made = Vec::new();
        for group in dirty {
            let folder = table_folder(self.table);
            let path = format!("{folder}/metadata/{group}-{}.avro", self.snapshot_id);
            let files = &groups[group];
            let bytes = self.manifest(files)?;
            listed.push(self.entry(&path, bytes.len(), files));
            made.push((path, bytes));
        }
        made.push((self.list_path(), self.list(listed)?));
        Ok(made)
    }

    fn list(&self, manifests: Vec<Value>) -> AvroResult<Vec<u8>> {
        let mut header = BTreeMap::from([
            ("format-version", "2".to_owned()),
            ("sequence-number", self.sequence_number.to_string()),
            ("snapshot-id", self.snapshot_id.to_string()),
        ]);
        if self.metadata.snapshot().is_some() {
            header.insert("parent-snapshot-id", self.metadata.current_snapshot_id.to_string());
        }
        avro::write(&avro::manifest_list_schema(), &header, manifests)
    }

    /// A manifest of `files`, each with its status.
    fn manifest(&self, files: &[(i32, &LakeFile)]) -> AvroResult<Vec<u8>> {
        let (schema, spec) = (self.metadata.schema(), self.metadata.spec());
        let header = BTreeMap::from([
            ("content", "data".to_owned()),
            ("format-version", "2".to_owned()),
            ("partition-spec", json!(spec.map(|spec| &spec.fields)).to_string()),
            ("partition-spec-id", self.metadata.default_spec_id.to_string()),
            ("schema", json!(schema).to_string()),
            ("schema-id", self.metadata.current_schema_id.to_string()),
        ]);
        let partitions: Vec<(i32, &str, ColumnKind)> = self
            .partitions()
            .map(|(id, name)| {
                let kind = if name == CODE { ColumnKind::String } else { ColumnKind::Int };
                (id, name, kind)
            })
            .collect();
        let entries = files.iter().map(|(status, file)| self.file_entry(*status, file)).collect();
        avro::write(&avro::manifest_schema(&partitions), &header, entries)
    }

    /// The numbers and names of the columns by which the files are divided.
    fn partitions(&self) -> impl Iterator<Item = (i32, &str)> {
        let fields = self.metadata.spec().map(|spec| spec.fields.as_slice()).unwrap_or_default();
        fields.iter().map(|field| (field.field_id, field.name.as_str()))
    }

    fn file_entry(&self, status: i32, file: &LakeFile) -> Value {
        let partition = self.partitions().map(|(_, name)| {
            let value = match name {
                CODE => Some(Value::String(file.localgov_code.clone())),
                _ => file.fiscal_year.map(Value::Int),
            };
            (name.to_owned(), optional(value))
        });
        // A removed file belongs to the snapshot that removes it.
        let snapshot_id = if status == DELETED { self.snapshot_id } else { file.snapshot_id };
        let sequence = || optional(Some(Value::Long(file.sequence_number)));
        let data_file = record([
            ("content", Value::Int(0)),
            ("file_path", Value::String(format!("{}/{}", self.base_url, file.data))),
            ("file_format", Value::String("PARQUET".to_owned())),
            ("partition", Value::Record(partition.collect())),
            ("record_count", Value::Long(file.rows)),
            ("file_size_in_bytes", Value::Long(file.bytes)),
        ]);
        record([
            ("status", Value::Int(status)),
            ("snapshot_id", optional(Some(Value::Long(snapshot_id)))),
            ("sequence_number", sequence()),
            ("file_sequence_number", sequence()),
            ("data_file", data_file),
        ])
    }

    /// The entry of a manifest of `files` in the list.
    fn entry(&self, path: &str, bytes: usize, files: &[(i32, &LakeFile)]) -> Value {
        let of = |wanted: i32| files.iter().filter(move |(status, _)| *status == wanted);
        let count = |wanted| Value::Int(i32::try_from(of(wanted).count()).unwrap_or(i32::MAX));
        let rows = |wanted| Value::Long(of(wanted).map(|(_, file)| file.rows).sum());
        let living = files.iter().filter(|(status, _)| *status != DELETED);
        let first = living.map(|(_, file)| file.sequence_number).min();
        let summaries = self.partitions().map(|(_, name)| summary(name, files)).collect();
        record([
            ("manifest_path", Value::String(format!("{}/{path}", self.base_url))),
            ("manifest_length", Value::Long(i64::try_from(bytes).unwrap_or(i64::MAX))),
            ("partition_spec_id", Value::Int(self.metadata.default_spec_id)),
            ("content", Value::Int(0)),
            ("sequence_number", Value::Long(self.sequence_number)),
            ("min_sequence_number", Value::Long(first.unwrap_or(self.sequence_number))),
            ("added_snapshot_id", Value::Long(self.snapshot_id)),
            ("added_files_count", count(ADDED)),
            ("existing_files_count", count(EXISTING)),
            ("deleted_files_count", count(DELETED)),
            ("added_rows_count", rows(ADDED)),
            ("existing_rows_count", rows(EXISTING)),
            ("deleted_rows_count", rows(DELETED)),
            ("partitions", optional(Some(Value::Array(summaries)))),
        ])
    }
}

/// The least and the greatest value of the column `name` among the partitions of `files`.
fn summary(name: &str, files: &[(i32, &LakeFile)]) -> Value {
    let files = || files.iter().map(|(_, file)| *file);
    let (null, bounds) = if name == CODE {
        let codes = || files().map(|file| file.localgov_code.as_bytes().to_vec());
        (false, [codes().min(), codes().max()])
    } else {
        let years = || files().filter_map(|file| file.fiscal_year);
        let bytes = |year: Option<i32>| year.map(|year| year.to_le_bytes().to_vec());
        let null = files().any(|file| file.fiscal_year.is_none());
        (null, [bytes(years().min()), bytes(years().max())])
    };
    let [lower, upper] = bounds.map(|bound| optional(bound.map(Value::Bytes)));
    record([
        ("contains_null", Value::Boolean(null)),
        ("contains_nan", optional(Some(Value::Boolean(false)))),
        ("lower_bound", lower),
        ("upper_bound", upper),
    ])
}

/// The manifest that a file is listed in.
fn group(file: &LakeFile) -> &str {
    file.site.get(..2).unwrap_or(&file.site)
}

fn path_of(manifest: &Value) -> Option<&str> {
    let Value::Record(fields) = manifest else { return None };
    let value = fields.iter().find(|(name, _)| name == "manifest_path");
    match value {
        Some((_, Value::String(path))) => Some(path),
        _ => None,
    }
}

/// The group of the manifest at `path`.
fn group_of(path: &str) -> Option<&str> {
    path.rsplit('/').next()?.split('-').next()
}
