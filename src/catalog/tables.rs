//! The **table files**, with which a page sorts, filters and pages through a table without a
//! server: rows in chunks for display, and one file per column for sorting and filtering.
//! `docs/en/table-files.md` describes them.
//!
//! Not in here: how tables are shown (scripts of the theme), and which tables have these files
//! (`site`).

mod files;

use rayon::prelude::*;
use serde_json::{Map, Value, json};

use crate::artifact::{Artifact, Sink, checked};
use crate::config::Tone;
use crate::dataset::{Column, ColumnType, Dataset, Distinct, Rows, reading_of};
use crate::policy::{Field, FieldType};
use crate::site::{
    ID_COLUMN, PLAN_COLUMN, RATING_COLUMN, SEPARATOR, Site, TITLE_COLUMN, TOPICS_COLUMN,
    file_paths, filters, is_explored, measure_table,
};
use crate::text::{Language, one_line};

use files::TableFiles;

/// Version of the format; a reader refuses other versions.
pub(super) const FORMAT: &str = "kawaraban-table/2";

/// Columns with at most this many distinct values are filtered by a list of the values. For
/// numbers, dates and times the limit is lower, since they can be filtered by a range.
const LISTED_VALUES: usize = 60;
const LISTED_NUMBERS: usize = 12;
/// Columns with a closed vocabulary are filtered by a list of up to this many values.
const LISTED_VOCABULARY: usize = 500;

/// Maximum length of a value in a list, in characters.
const LISTED_LENGTH: usize = 40;

/// A column whose distinct values take more bytes than this has no file, since loading it would
/// take too long; words in long texts are found by the search.
const LARGEST_COLUMN: usize = 4 << 20;

/// Writes into `sink` the files of every table that can be explored on its page: those of all
/// datasets, and the table of measures in each language.
pub(super) fn render(site: &Site, sink: &dyn Sink) {
    site.datasets.par_iter().for_each(|dataset| of_dataset(dataset, sink));
    let languages = site.config.languages.par_iter();
    languages.for_each(|&language| of_measures(site, language, sink));
}

/// Writes into `sink` the files of the table in `folder`, if there is one.
pub(super) fn render_one(site: &Site, folder: &str, sink: &dyn Sink) {
    let of_its_own = |dataset: &&Dataset| file_paths::table(dataset.id.as_str()) == folder;
    if let Some(dataset) = site.datasets.iter().find(of_its_own) {
        of_dataset(dataset, sink);
    }
    let mut languages = site.config.languages.iter();
    if let Some(&language) = languages.find(|&&known| file_paths::measure_table(known) == folder) {
        of_measures(site, language, sink);
    }
}

fn of_dataset(dataset: &Dataset, sink: &dyn Sink) {
    let table = PublishedTable {
        folder: file_paths::table(dataset.id.as_str()),
        columns: &dataset.columns,
        rows: &dataset.rows,
        key: dataset.key_names(),
        shown: |index| shown_of_dataset(dataset, index),
    };
    table.render(sink);
}

fn of_measures(site: &Site, language: Language, sink: &dyn Sink) {
    let measures = measure_table(site, language);
    let table = PublishedTable {
        folder: file_paths::measure_table(language),
        columns: &measures.columns,
        rows: &measures.rows,
        key: vec![ID_COLUMN],
        shown: |index: usize| shown_of_measures(site, language, &measures.columns[index]),
    };
    table.render(sink);
}

/// Additional properties in the manifest for a column of the table of measures: links, separators,
/// values, tones, and grouping of digits.
fn shown_of_measures(
    site: &Site,
    language: Language,
    column: &Column,
) -> Vec<(&'static str, Value)> {
    match column.name.as_str() {
        TITLE_COLUMN => {
            let (before, after) = file_paths::MEASURE_PAGE;
            let link = json!({ "column": ID_COLUMN, "before": before, "after": after });
            vec![("link", link)]
        }
        TOPICS_COLUMN => {
            let names = site.topics.iter().map(|entry| entry.topic.name.get(language));
            vec![("separator", SEPARATOR.into()), ("values", names.collect())]
        }
        PLAN_COLUMN => {
            let mut names: Vec<Value> = Vec::new();
            for entry in &site.nodes {
                let name = Value::from(one_line(entry.node.title.get(language)));
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            vec![("separator", SEPARATOR.into()), ("values", names.into())]
        }
        RATING_COLUMN => {
            let tones = site.config.ratings.looks().into_iter().map(|look| look.to_string().into());
            let tones: Map<String, Value> = column.values.iter().cloned().zip(tones).collect();
            vec![("tones", Value::Object(tones))]
        }
        _ if column.kind == ColumnType::Number => vec![("grouped", true.into())],
        name => {
            let field = filters(site).map(|(_, field)| field).find(|field| field.name() == name);
            field.map(|field| shown_of_field(field, column)).unwrap_or_default()
        }
    }
}

/// Additional properties in the manifest for the column `index` of a dataset: how its numbers are
/// shown, and whether they can be added.
fn shown_of_dataset(dataset: &Dataset, index: usize) -> Vec<(&'static str, Value)> {
    let column = &dataset.columns[index];
    if !column.is_amount() {
        return Vec::new();
    }
    let mut properties = vec![("grouped", true.into())];
    let decimals = dataset.decimals(index);
    if decimals > 0 {
        properties.push(("decimals", decimals.into()));
    }
    if column.is_ratio() {
        properties.push(("ratio", true.into()));
    }
    properties
}

fn shown_of_field(field: &Field, column: &Column) -> Vec<(&'static str, Value)> {
    match field.kind {
        FieldType::List => vec![("separator", SEPARATOR.into())],
        FieldType::Choice if field.choices.iter().any(|choice| choice.look.tone != Tone::None) => {
            let tones = field.choices.iter().map(|choice| choice.look.to_string().into());
            let tones: Map<String, Value> = column.values.iter().cloned().zip(tones).collect();
            vec![("tones", Value::Object(tones))]
        }
        _ => Vec::new(),
    }
}

/// A table to be explored.
struct PublishedTable<'a, S> {
    folder: String,
    columns: &'a [Column],
    rows: &'a Rows,
    /// Names of the columns whose values identify a row.
    key: Vec<&'a str>,
    /// Additional properties in the manifest of the column with an index.
    shown: S,
}

impl<S> PublishedTable<'_, S>
where
    S: Fn(usize) -> Vec<(&'static str, Value)> + Sync,
{
    /// Writes the files of chunks and of columns, and the manifest, into `sink`; nothing if the
    /// table has no rows or too many.
    fn render(&self, sink: &dyn Sink) {
        if !is_explored(self.rows.len()) {
            return;
        }
        let files = TableFiles::new(&self.folder, sink);
        let chunks = files.chunks(self.rows);
        let columns: Vec<Value> = (0..self.columns.len())
            .into_par_iter()
            .map(|index| self.column(&files, index))
            .collect();
        let manifest = json!({
            "format": FORMAT,
            "rows": self.rows.len(),
            "rows_in_chunk": chunks.rows_in_chunk,
            "chunks": chunks.names,
            "key": self.key,
            "columns": columns,
        });
        let manifest = serde_json::to_vec(&manifest).expect("texts and numbers are always JSON");
        let manifest = checked(manifest);
        sink.take(Artifact::new(file_paths::manifest_below(&self.folder), manifest));
    }

    /// Writes the file of the column `index`, unless its distinct values are larger than
    /// [`LARGEST_COLUMN`]. Returns its entry in the manifest.
    fn column(&self, files: &TableFiles<'_>, index: usize) -> Value {
        let column = &self.columns[index];
        let distinct = Distinct::of(self.rows, index, column);
        let mut said = json!({
            "name": column.name,
            "title": column.title.own,
            "type": column.kind.as_str(),
            "distinct": distinct.values.len(),
            "blanks": distinct.blanks,
        });
        if is_listed(column, &distinct) {
            said["values"] = distinct.values.iter().copied().collect();
        }
        // It is sorted by its readings.
        if let Some(reading) = reading_of(self.columns, column) {
            said["reading"] = self.columns[reading].name.as_str().into();
        }
        for (key, value) in (self.shown)(index) {
            said[key] = value;
        }
        if distinct.values.iter().map(|value| value.len()).sum::<usize>() > LARGEST_COLUMN {
            return said;
        }
        let (name, facts) = files.column(&column.name, &distinct);
        said["file"] = name.into();
        said["bytes"] = facts.bytes.into();
        said
    }
}

/// Whether the column is filtered by a list of its values: it is shown, and its distinct values are
/// few and short and occur at least twice on average. A closed vocabulary only needs to be small
/// enough.
fn is_listed(column: &Column, distinct: &Distinct<'_>) -> bool {
    let count = distinct.values.len();
    if column.title.own.is_empty() {
        return false;
    }
    if !column.values.is_empty() {
        return count <= LISTED_VOCABULARY;
    }
    let most = match column.kind {
        ColumnType::FiscalYear => LISTED_VALUES,
        ColumnType::Date | ColumnType::Time => LISTED_NUMBERS,
        kind if kind.is_numeric() => LISTED_NUMBERS,
        _ => LISTED_VALUES,
    };
    let longest = distinct.values.iter().map(|value| value.chars().count()).max().unwrap_or(0);
    count <= most && 2 * count <= distinct.ranks.len() && longest <= LISTED_LENGTH
}
