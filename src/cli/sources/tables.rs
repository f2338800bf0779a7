//! Facts of records without a JSON document of their own, such as departments, topics and nodes of
//! the plan. The table of sources names their cells, and their values are in the JSON of their
//! tables.
//!
//! Not in here: facts of measures and policies, whose JSON documents contain both.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;

use crate::site::joined;

use super::{DocumentFact, DocumentFacts};

/// Id of the table of sources.
pub(super) const SOURCES: &str = "sources";

/// The JSON of a table.
#[derive(Deserialize)]
struct TableJson<R> {
    #[serde(default)]
    primary_key: Vec<String>,
    rows: Vec<R>,
}

/// A row of the table of sources.
#[derive(Deserialize)]
struct SourceRow<'d> {
    #[serde(borrow)]
    dataset: Cow<'d, str>,
    #[serde(borrow)]
    record: Cow<'d, str>,
    #[serde(borrow)]
    fact: Cow<'d, str>,
    #[serde(borrow)]
    measure: Option<Cow<'d, str>>,
    #[serde(borrow)]
    file: Cow<'d, str>,
    #[serde(borrow)]
    sheet: Option<Cow<'d, str>>,
    #[serde(borrow)]
    position: Cow<'d, str>,
}

impl SourceRow<'_> {
    /// Whether it is a fact of a record without a JSON document of its own.
    fn is_of_table(&self) -> bool {
        let of_policy = &*self.dataset == "policies" || self.dataset.starts_with("policy-");
        self.measure.is_none() && !of_policy
    }
}

/// The facts with their values. `read` returns the JSON of the dataset with the given id, and its
/// output path. Its errors are passed on.
pub(super) fn facts<E>(
    read: impl Fn(&str) -> Result<Option<(String, Vec<u8>)>, E>,
) -> Result<DocumentFacts, E> {
    let mut facts = DocumentFacts::new();
    let Some((_, sources)) = read(SOURCES)? else { return Ok(facts) };
    // Damaged documents are skipped; `verify` has already reported them.
    let Ok(mut sources) = serde_json::from_slice::<TableJson<SourceRow<'_>>>(&sources) else {
        return Ok(facts);
    };
    sources.rows.retain(SourceRow::is_of_table);
    let datasets: BTreeSet<&str> = sources.rows.iter().map(|source| &*source.dataset).collect();
    for dataset in datasets {
        let Some((path, bytes)) = read(dataset)? else { continue };
        let Ok(table) = serde_json::from_slice::<TableJson<Value>>(&bytes) else { continue };
        let rows = by_record(&table);
        for source in sources.rows.iter().filter(|source| source.dataset == dataset) {
            let place = (
                source.file.to_string(),
                source.sheet.as_deref().map(str::to_owned),
                source.position.to_string(),
            );
            let way = format!("{}/{}", source.record, source.fact);
            let rows = rows.get(&*source.record).map(Vec::as_slice).unwrap_or_default();
            let value = value(rows, &source.fact);
            facts.insert((path.clone(), way), DocumentFact { place, value });
        }
    }
    Ok(facts)
}

/// The rows by the name of their record in the table of sources. A record of a list has a row for
/// each item.
fn by_record(table: &TableJson<Value>) -> BTreeMap<String, Vec<&Value>> {
    let is_of_record = |name: &&String| !matches!(name.as_str(), "superseded" | "position");
    let key: Vec<&String> = table.primary_key.iter().filter(is_of_record).collect();
    let mut rows: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    for row in &table.rows {
        let parts = key.iter().map(|name| match &row[name.as_str()] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        let parts: Vec<String> = parts.collect();
        let record = joined(parts.iter().map(String::as_str));
        rows.entry(record).or_default().push(row);
    }
    rows
}

/// The value of `fact` in `rows`: a single value, an array if several rows have one, or `null`.
fn value(rows: &[&Value], fact: &str) -> Value {
    let mut values: Vec<Value> =
        rows.iter().map(|row| row[fact].clone()).filter(|value| !value.is_null()).collect();
    match values.len() {
        0 => Value::Null,
        1 => values.remove(0),
        _ => Value::Array(values),
    }
}
