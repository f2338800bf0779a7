//! The page of one **dataset**: what it is, how to cite and to read it, its first rows, and where its files are.

use minijinja::value::Value;
use serde::Serialize;

use crate::dataset::Dataset;
use crate::html::explorer::{Explorer, FIRST_ROWS};
use crate::html::page::Crumb;
use crate::html::series::SeriesView;
use crate::html::shared::{Shared, Text, value};
use crate::html::snippets::Snippet;
use crate::html::{View, series, snippets, versions};
use crate::markdown::summary;
use crate::site::{Citation, EXPLORED_ROWS, file_paths, row_pages};
use crate::text::Language;

use super::dictionary::{ColumnView, profiled_columns};
use super::files::{FileView, files};
use super::rows::{RowView, row_views};

/// Characters of a long text that the preview shows.
const PREVIEW_TEXT: usize = 60;

#[derive(Serialize)]
struct DatasetView<'s> {
    id: &'s str,
    title: Text<'s>,
    description: Value,
    department: Option<Value>,
    topics: Vec<Value>,
    keywords: &'s [String],
    period: Option<String>,
    update_frequency: Option<Text<'s>>,
    published: Option<String>,
    updated: Option<String>,
    licence_name: &'static str,
    licence_url: &'static str,
    /// The line to be copied by whoever uses the data.
    attribution: String,
    rows: usize,
    columns: Vec<ColumnView<'s>>,
    key: Vec<&'s str>,
    /// How to cite it: as a sentence, and for reference managers.
    citation: String,
    bibtex: String,
    bibtex_path: String,
    ris: String,
    ris_path: String,
    /// How to read it.
    snippets: Vec<Snippet>,
    /// The first rows.
    preview: Vec<RowView>,
    /// Language of the rows, where that is not the page's.
    rows_lang: Option<&'static str>,
    explorer: Explorer,
    /// Rows from which a table is not explored.
    explored_rows: usize,
    /// The first page of all rows, where there is one.
    all_rows: Option<String>,
    files: Vec<FileView>,
    /// The series that it is in.
    series: Option<SeriesView<'s>>,
    /// What was released, newest first.
    versions: Vec<versions::VersionItem<'s>>,
    /// What is said of them for programs: pairs of a form and its path.
    descriptions: Vec<(&'static str, String)>,
}

pub(in crate::html) fn dataset(shared: &Shared<'_>, index: usize) -> View {
    let dataset = &shared.site.datasets[index];
    let licence = shared.site.licence_of(dataset);
    let title = dataset.title.get(shared.language);
    let department = shared.site.department_of(dataset);
    let topics = shared.site.topics_of(dataset);
    let id = dataset.id.as_str();
    let citation = Citation::of(shared.site, dataset, shared.language);
    let own = shared.site.config.own_language();
    let texts = dataset
        .is_narrative()
        .then(|| ("CSV on the Web (text)", file_paths::text_metadata(dataset)));
    let view = DatasetView {
        id,
        title: shared.text(&dataset.title),
        description: shared.markdown(&dataset.description, 3),
        department: department.map(|index| shared.departments[index].clone()),
        topics: topics.into_iter().map(|index| shared.topics[index].clone()).collect(),
        keywords: &dataset.keywords,
        period: period(shared, dataset),
        update_frequency: (dataset.update_frequency.as_ref())
            .map(|often| shared.text(&often.words)),
        published: shared.date(dataset.published),
        updated: shared.date(dataset.updated),
        licence_name: licence.name(),
        licence_url: licence.url(),
        attribution: attribution(shared, dataset),
        citation: citation.plain(),
        bibtex: citation.bibtex(),
        bibtex_path: file_paths::bibtex(id),
        ris: citation.ris(),
        ris_path: file_paths::ris(id),
        snippets: snippets::of(shared, dataset),
        rows: dataset.rows.len(),
        columns: profiled_columns(shared, dataset, &shared.profiles[index]),
        key: dataset.key_names(),
        preview: row_views(dataset, 0..dataset.rows.len().min(FIRST_ROWS), PREVIEW_TEXT),
        rows_lang: (own != shared.language).then(|| own.tag()),
        explorer: Explorer::new(shared, file_paths::table(id), id, dataset.rows.len()),
        explored_rows: EXPLORED_ROWS,
        all_rows: (row_pages(dataset) > 0).then(|| file_paths::rows(dataset.id.as_str(), 1)),
        files: files(shared, dataset),
        series: series::of_dataset(shared, index),
        versions: versions::items(shared, dataset),
        descriptions: [
            ("Data Package", file_paths::data_package(dataset.id.as_str())),
            ("CSV on the Web", file_paths::csv_metadata(dataset.id.as_str())),
        ]
        .into_iter()
        .chain(texts)
        .chain([("JSON Schema", file_paths::dataset_schema(dataset.id.as_str()))])
        .collect(),
    };
    View {
        title: title.to_owned(),
        description: Some(summary(dataset.description.get(shared.language), 120)),
        breadcrumbs: vec![Crumb::new(shared.word("data"), "data/index.html")],
        value: value(&view),
    }
}

pub(in crate::html) fn period(shared: &Shared<'_>, dataset: &Dataset) -> Option<String> {
    let period = dataset.period?;
    let start = shared.date(period.start).unwrap_or_default();
    let end = shared.date(period.end).unwrap_or_default();
    let dash = if shared.language == Language::Ja { "～" } else { " – " };
    Some(format!("{start}{dash}{end}"))
}

/// The line to be copied by whoever uses `dataset`, released or not.
pub(in crate::html) fn attribution(shared: &Shared<'_>, dataset: &Dataset) -> String {
    let publisher = shared.site.config.publisher.name.get(shared.language);
    let title = dataset.title.get(shared.language);
    let title = match &dataset.version {
        Some(name) => {
            let called = shared.word("version_called").replace("{version}", name.as_str());
            format!("{title} {called}")
        }
        None => title.to_owned(),
    };
    shared
        .word("attribution_line")
        .replace("{publisher}", publisher)
        .replace("{title}", &title)
        .replace("{licence}", shared.site.licence_of(dataset).name())
}
