//! The **list of all data files** with their sizes and SHA-256 digests, as `catalog.json`.

use serde_json::{Value, json};

use crate::artifact::FactsByPath;
use crate::dataset::{Dataset, FileFormat, HistoryStep};
use crate::site::{SeriesEntry, Site, file_paths};

use super::{File, files_of, pretty, schema};

/// `catalog.json`. `files` are those of each dataset, in the order of the datasets; `bundle` is the
/// bundle of all tables, if there is one, and `released` are the facts of the files of released
/// versions.
pub(super) fn render(
    site: &Site,
    files: &[Vec<File<'_>>],
    bundle: Option<&File<'_>>,
    released: &FactsByPath,
) -> Vec<u8> {
    let datasets = site.datasets.iter().zip(files).enumerate();
    let datasets: Vec<Value> = datasets
        .map(|(index, (d, files))| {
            let mut value = describe(site, d, files, released);
            value["series"] = part_of_series(site, index);
            value
        })
        .collect();
    let series: Vec<Value> = site.series.iter().map(|entry| series(site, entry)).collect();
    let publisher = &site.config.publisher;
    let released_any = site.datasets.iter().any(|dataset| !dataset.versions.is_empty());
    let address = |path: &str| site.config.base_url.join(path);
    pretty(&json!({
        "$schema": schema::address(site, &file_paths::schema("catalog")),
        "title": site.config.title.own,
        "title_en": site.config.title.en,
        "url": site.config.base_url.as_str(),
        "publisher": {
            "name": publisher.name.own,
            "name_en": publisher.name.en,
            "localgov_code": publisher.code.as_str(),
            "url": publisher.url,
        },
        "licence": { "id": site.config.licence.id(), "url": site.config.licence.address() },
        "updated": site.updated,
        "datasets": datasets,
        "series": series,
        "bundle": bundle.map(|bundle| file(site, bundle)),
        "data_package": address(file_paths::DATA_PACKAGE),
        "csv_metadata": address(file_paths::CSV_METADATA),
        "sql_schema": address(file_paths::SQL_SCHEMA),
        "dcat": address(file_paths::DCAT),
        "dcat_turtle": address(file_paths::DCAT_TURTLE),
        "dcat_xml": address(file_paths::DCAT_XML),
        "dcat_versions": released_any.then(|| address(file_paths::DCAT_VERSIONS)),
        "opendata_list": address(file_paths::OPENDATA_LIST),
        "openapi": address(file_paths::OPENAPI),
        "feed": address(file_paths::FEED),
    }))
}

/// A series with its datasets, the earliest period first.
fn series(site: &Site, entry: &SeriesEntry) -> Value {
    let series = &entry.series;
    json!({
        "id": series.id,
        "title": series.title.own,
        "title_en": series.title.en,
        "description": series.description.own,
        "description_en": series.description.en,
        "datasets": entry.datasets.iter().map(|&index| &site.datasets[index].id).collect::<Vec<_>>(),
        "table": entry.table.map(|index| &site.datasets[index].id),
    })
}

/// The series of the dataset `index` with the ids of its neighbours in the series; `null` for a
/// dataset without series.
fn part_of_series(site: &Site, index: usize) -> Value {
    let Some((entry, place)) = site.series_of(index) else { return Value::Null };
    let id = |place: Option<usize>| {
        let member = entry.datasets.get(place?)?;
        Some(&site.datasets[*member].id)
    };
    json!({
        "id": entry.series.id,
        "previous": id(place.checked_sub(1)),
        "next": id(Some(place + 1)),
    })
}

/// The entry of a dataset: its metadata, its `files`, the changes since the newest version, and its
/// versions with their files, whose facts are among `released`.
fn describe(site: &Site, dataset: &Dataset, files: &[File<'_>], released: &FactsByPath) -> Value {
    let versions =
        (0..dataset.versions.len()).map(|number| version(site, dataset, number, released));
    let id = dataset.id.as_str();
    let address = |path: &str| site.config.base_url.join(path);
    let department = site.department_of(dataset).map(|index| {
        let department = &site.departments[index].department;
        json!({ "id": department.id, "name": department.name.own })
    });
    let topics = site.topics_of(dataset).into_iter().map(|index| {
        let topic = &site.topics[index].topic;
        json!({ "id": topic.id, "name": topic.name.own })
    });
    json!({
        "id": dataset.id,
        "built_in": dataset.built_in,
        "joins": dataset.joins,
        "conforms_to": dataset.conforms_to.as_ref().map(|standard| &standard.value),
        "title": dataset.title.own,
        "title_en": dataset.title.en,
        "description": dataset.plain_description().own,
        "description_en": dataset.plain_description().en,
        "url": address(&file_paths::dataset_page(id)),
        "licence": site.licence_of(dataset).id(),
        "department": department,
        "topics": topics.collect::<Vec<_>>(),
        "keywords": dataset.keywords,
        "period": dataset.period.map(|period| json!({ "start": period.start, "end": period.end })),
        "update_frequency": dataset.update_frequency.as_ref().map(|often| &often.words.own),
        "published": dataset.published,
        "updated": dataset.updated,
        "primary_key": dataset.key_names(),
        "row_count": dataset.rows.len(),
        "data_package": address(&file_paths::data_package(id)),
        "csv_metadata": address(&file_paths::csv_metadata(id)),
        "text_metadata": dataset.is_narrative().then(|| address(&file_paths::text_metadata(dataset))),
        "schema": address(&file_paths::dataset_schema(id)),
        "files": files.iter().map(|described| file(site, described)).collect::<Vec<_>>(),
        "unreleased_changes": dataset.step(dataset.versions.len()).map(|step| changes(site, step, released)),
        "versions": versions.collect::<Vec<Value>>(),
    })
}

/// The entry of the released version `number` of `dataset`, counted from the oldest. `facts` are
/// those of the files of released versions.
fn version(site: &Site, dataset: &Dataset, number: usize, facts: &FactsByPath) -> Value {
    let version = &dataset.versions[number];
    json!({
        "version": version.name(),
        "date": version.date,
        "note": version.note.as_ref().map(|note| &note.own),
        "note_en": version.note.as_ref().and_then(|note| note.en.as_ref()),
        "url": site.config.base_url.join(&file_paths::page_of(&version.table)),
        "licence": site.licence_of(&version.table).id(),
        "row_count": version.table.rows.len(),
        "changes": dataset.step(number).map(|step| changes(site, step, facts)),
        "files": files_of(&version.table, facts).iter().map(|described| file(site, described)).collect::<Vec<_>>(),
    })
}

/// The changes of a step in the history of a dataset: how many rows were added, removed and
/// changed, and the URL, size and digest of the file that lists them.
fn changes(site: &Site, step: HistoryStep<'_>, facts: &FactsByPath) -> Value {
    let path = file_paths::changes(step.after);
    let known = facts.get(&path);
    json!({
        "since": step.before.version,
        "rows_added": step.difference.rows_added.len(),
        "rows_removed": step.difference.rows_removed.len(),
        "rows_changed": step.difference.rows_changed.len(),
        "path": path,
        "url": site.config.base_url.join(&path),
        "bytes": known.map(|facts| facts.bytes),
        "sha256": known.map(|facts| &facts.sha256),
    })
}

fn file(site: &Site, file: &File<'_>) -> Value {
    json!({
        "path": file.path,
        "url": site.config.base_url.join(file.path),
        "format": file.format.name(),
        "media_type": file.format.media_type(),
        "encoding": file.format.is_text().then_some("UTF-8"),
        "bom": file.format == FileFormat::ExcelCsv,
        "bytes": file.facts.bytes,
        "sha256": file.facts.sha256,
    })
}
