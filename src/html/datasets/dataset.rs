//! The page of one **dataset**: what it is, how to cite and to read it, its first rows, and where
//! its files are.

use minijinja::value::Value;
use serde::Serialize;

use crate::config::Licence;
use crate::dataset::Dataset;
use crate::html::PageView;
use crate::html::blocks;
use crate::html::context::{PageContext, Text, value};
use crate::html::head::Crumb;
use crate::html::map::{MapView, Shown, places};
use crate::html::table_explorer::{FIRST_ROWS, TableExplorer};
use crate::markdown::summary;
use crate::site::{Citation, EXPLORED_ROWS, Imprint, file_paths, row_pages};

use super::background::{BackgroundFact, background};
use super::dictionary::{ColumnView, profiled_columns};
use super::files::{FileView, files, left_out};
use super::first_view::{aside, wide};
use super::period::period;
use super::rows::{RowView, row_views};
use super::series::{self, SeriesView};
use super::snippets::{self, Snippet};
use super::versions::{self, VersionItem};

/// Most characters of a text in the preview.
const PREVIEW_TEXT: usize = 60;

#[derive(Serialize)]
struct DatasetView<'s> {
    id: &'s str,
    title: Text<'s>,
    description: Value,
    /// Its chart as HTML.
    chart: Option<Value>,
    department: Option<Value>,
    topics: Vec<Value>,
    keywords: &'s [String],
    period: Option<String>,
    update_frequency: Option<Text<'s>>,
    published: Option<String>,
    updated: Option<String>,
    licence_name: &'static str,
    licence_url: &'static str,
    /// The attribution line, which users of the data copy.
    attribution: String,
    rows: usize,
    columns: Vec<ColumnView<'s>>,
    /// Names of the columns that need room.
    wide: Vec<&'s str>,
    /// Names of the columns that the first view leaves out.
    aside: Vec<&'s str>,
    key: Vec<&'s str>,
    /// How to cite it: as a sentence, and for reference managers.
    citation: String,
    bibtex: String,
    bibtex_path: String,
    ris: String,
    ris_path: String,
    /// Code that reads it, for several programs.
    snippets: Vec<Snippet>,
    /// The first rows.
    preview: Vec<RowView>,
    /// Language of the rows, where that is not the page's.
    rows_lang: Option<&'static str>,
    explorer: TableExplorer,
    /// Most rows that the table explorer can show.
    explored_rows: usize,
    /// The first page of all rows, where there is one.
    all_rows: Option<String>,
    files: Vec<FileView>,
    /// The formats that cannot hold it, each with the reason.
    left_out: Vec<String>,
    /// The series that it is in.
    series: Option<SeriesView<'s>>,
    /// Its places, if it has some.
    map: Option<MapView<'s>>,
    /// Its versions, newest first.
    versions: Vec<VersionItem<'s>>,
    /// Where it comes from.
    background: Vec<BackgroundFact<'s>>,
    /// Is the contact of the site replaced by one of its own?
    has_contact: bool,
    /// Machine-readable descriptions: pairs of the name of a format and a path.
    descriptions: Vec<(&'static str, String)>,
}

/// The page of the dataset `index`, with its first rows as a preview.
pub(in crate::html) fn dataset(context: &PageContext<'_>, index: usize) -> PageView {
    let dataset = &context.site.datasets[index];
    let licence = context.site.licence_of(dataset);
    let title = dataset.title.get(context.language);
    let department = context.site.department_of(dataset);
    let topics = context.site.topics_of(dataset);
    let id = dataset.id.as_str();
    let citation = Citation::of(&Imprint::of(context.site, dataset), dataset, context.language);
    let own = context.site.config.own_language();
    let texts = dataset
        .is_narrative()
        .then(|| ("CSV on the Web (text)", file_paths::text_metadata(dataset)));
    let view = DatasetView {
        id,
        title: context.text(&dataset.title),
        description: context.markdown(&dataset.description, 3),
        chart: (context.site.own_chart(index))
            .map(|block| Value::from_safe_string(blocks::in_text(context, block))),
        department: department.map(|index| context.departments[index].clone()),
        topics: topics.into_iter().map(|index| context.topics[index].clone()).collect(),
        keywords: &dataset.keywords,
        period: period(context, dataset),
        update_frequency: (dataset.update_frequency.as_ref())
            .map(|often| context.text(&often.words)),
        published: context.date(dataset.published),
        updated: context.date(dataset.updated),
        licence_name: licence.name(),
        licence_url: licence.url(),
        attribution: attribution(context, dataset),
        citation: citation.plain(),
        bibtex: citation.bibtex(),
        bibtex_path: file_paths::bibtex(id),
        ris: citation.ris(),
        ris_path: file_paths::ris(id),
        snippets: snippets::of(context, dataset),
        rows: dataset.rows.len(),
        columns: profiled_columns(context, dataset, &context.profiles[index]),
        wide: wide(dataset),
        aside: aside(dataset, &context.profiles[index]),
        key: dataset.key_names(),
        preview: row_views(context, index, 0..dataset.rows.len().min(FIRST_ROWS), PREVIEW_TEXT),
        rows_lang: (own != context.language).then(|| own.tag()),
        explorer: TableExplorer::new(
            context,
            file_paths::table(id),
            (id, attribution(context, dataset)),
            dataset.rows.len(),
        ),
        explored_rows: EXPLORED_ROWS,
        all_rows: (row_pages(dataset) > 0).then(|| file_paths::rows(dataset.id.as_str(), 1)),
        files: files(context, dataset),
        left_out: left_out(context, dataset),
        series: series::of_dataset(context, index),
        map: map_of(context, index),
        versions: versions::items(context, dataset),
        background: background(context, dataset),
        has_contact: dataset.background.contact.is_some(),
        descriptions: [
            ("Data Package", file_paths::data_package(dataset.id.as_str())),
            ("CSV on the Web", file_paths::csv_metadata(dataset.id.as_str())),
        ]
        .into_iter()
        .chain(texts)
        .chain([("JSON Schema", file_paths::dataset_schema(dataset.id.as_str()))])
        .collect(),
    };
    PageView {
        title: title.to_owned(),
        description: Some(summary(dataset.description.get(context.language), 120)),
        breadcrumbs: vec![Crumb::new(context.word("data"), file_paths::DATASETS)],
        value: value(&view),
    }
}

/// The map of the places of the dataset `index`.
fn map_of<'s>(context: &PageContext<'s>, index: usize) -> Option<MapView<'s>> {
    let dataset = &context.site.datasets[index];
    dataset.position_columns()?;
    let rows: Vec<usize> = (0..dataset.rows.len()).collect();
    places(context, &Shown { dataset: index, rows: &rows, areas: None }, "place")
}

/// The attribution line, which users of `dataset` copy; for a release it names the version.
pub(super) fn attribution(context: &PageContext<'_>, dataset: &Dataset) -> String {
    let title = dataset.title.get(context.language);
    let title = match &dataset.version {
        Some(name) => {
            let called = context.word("version_called").replace("{version}", name.as_str());
            format!("{title} {called}")
        }
        None => title.to_owned(),
    };
    attributed(context, &title, context.site.licence_of(dataset))
}

/// The attribution line of something called `title`.
pub(in crate::html) fn attributed(
    context: &PageContext<'_>,
    title: &str,
    licence: Licence,
) -> String {
    let publisher = context.site.config.publisher.name.get(context.language);
    context
        .word("attribution_line")
        .replace("{publisher}", publisher)
        .replace("{title}", title)
        .replace("{licence}", licence.name())
}
