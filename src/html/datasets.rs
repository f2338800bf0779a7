//! Pages of **datasets**: the list, and one page for each with its dictionary, preview and files.

use minijinja::value::Value;
use serde::Serialize;

use crate::dataset::{Column, ColumnType, Dataset, Format, Profile};
use crate::site::{Citation, EXPLORED_ROWS, ROWS_ON_A_PAGE, ROWS_ON_PAGES, file_paths, row_pages};

use super::explorer::{Explorer, FIRST_ROWS};
use super::profiles::ProfileView;
use super::series::SeriesView;
use super::shared::{OwnText, Shared, Text, value};
use super::snippets::Snippet;
use super::{View, profiles, series, snippets, versions};
use crate::markdown::summary;

/// Columns that a narrow screen shows of a table.
const LEADING: usize = 3;

/// Characters of a long text that the preview shows.
const PREVIEW_TEXT: usize = 60;

#[derive(Serialize)]
struct DatasetItem<'s> {
    url: String,
    title: Text<'s>,
    summary: OwnText,
    rows: usize,
    updated: Option<String>,
    built_in: bool,
}

pub(super) fn datasets(shared: &Shared<'_>) -> View {
    let items: Vec<DatasetItem<'_>> = shared
        .site
        .datasets
        .iter()
        .map(|dataset| DatasetItem {
            url: file_paths::dataset_page(dataset.id.as_str()),
            title: shared.text(&dataset.title),
            summary: shared.summary(&dataset.description, 120),
            rows: dataset.rows.len(),
            updated: shared.date(dataset.changed()),
            built_in: dataset.built_in,
        })
        .collect();
    View {
        title: shared.word("data"),
        description: Some(shared.word("data_lead")),
        breadcrumbs: Vec::new(),
        value: minijinja::context! {
            items => value(&items),
            series => value(&series::all(shared)),
            bundle => value(&bundle(shared)),
        },
    }
}

/// Every table in one file.
fn bundle(shared: &Shared<'_>) -> Option<Value> {
    let facts = shared.facts.get(file_paths::SITE_BUNDLE)?;
    Some(minijinja::context! { path => file_paths::SITE_BUNDLE, size => size(facts.bytes) })
}

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

#[derive(Serialize)]
pub(super) struct ColumnView<'s> {
    name: &'s str,
    title: Text<'s>,
    kind: String,
    unit: Option<&'s str>,
    description: Option<Text<'s>>,
    required: bool,
    /// The closed vocabulary: value, and what it means where that is said.
    values: Vec<(&'s str, Option<Text<'s>>)>,
    /// What cells have to keep beside that, in words.
    rules: Vec<String>,
    /// What the values are taken from.
    references: Vec<Reference<'s>>,
    numeric: bool,
    /// Does a narrow screen show it?
    lead: bool,
    profile: Option<ProfileView>,
}

#[derive(Serialize)]
pub(super) struct Cell {
    text: String,
    numeric: bool,
}

#[derive(Serialize)]
pub(super) struct FileView {
    path: String,
    name: String,
    note: String,
    /// With its unit.
    size: String,
    sha256: String,
}

pub(super) fn dataset(shared: &Shared<'_>, index: usize) -> View {
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
        preview: (0..dataset.rows.len().min(FIRST_ROWS))
            .map(|row| RowView { number: row + 1, cells: cells(dataset, row, PREVIEW_TEXT) })
            .collect(),
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
        breadcrumbs: vec![(shared.word("data"), "data/index.html".to_owned())],
        value: value(&view),
    }
}

pub(super) fn period(shared: &Shared<'_>, dataset: &Dataset) -> Option<String> {
    let period = dataset.period?;
    let start = shared.date(period.start).unwrap_or_default();
    let end = shared.date(period.end).unwrap_or_default();
    let dash = if shared.language == crate::text::Language::Ja { "～" } else { " – " };
    Some(format!("{start}{dash}{end}"))
}

/// The line to be copied by whoever uses `dataset`, released or not.
pub(super) fn attribution(shared: &Shared<'_>, dataset: &Dataset) -> String {
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

pub(super) fn column_view<'s>(shared: &Shared<'s>, column: &'s Column) -> ColumnView<'s> {
    let labels = column.labels.iter().map(|label| Some(shared.text(label)));
    let labels = labels.chain(std::iter::repeat_with(|| None));
    let values = column.values.iter().map(String::as_str).zip(labels);
    ColumnView {
        name: &column.name,
        title: shared.text(&column.title),
        kind: shared.word(&format!("type_{}", column.kind.as_str())),
        unit: column.unit.as_deref(),
        description: column.description.as_ref().map(|text| shared.text(text)),
        required: column.required,
        values: values.collect(),
        rules: rules(shared, column),
        references: Vec::new(),
        numeric: column.kind.is_numeric(),
        lead: false,
        profile: None,
    }
}

/// The columns with how their values spread, and with those marked for which a narrow screen has room.
fn profiled_columns<'s>(
    shared: &Shared<'s>,
    dataset: &'s Dataset,
    profiles: &[Profile],
) -> Vec<ColumnView<'s>> {
    let mut columns = column_views(shared, dataset);
    for (column, profile) in columns.iter_mut().zip(profiles) {
        column.profile = Some(profiles::view(shared, profile, dataset.rows.len()));
    }
    for index in leading(dataset, profiles) {
        columns[index].lead = true;
    }
    columns
}

/// The columns that tell most of a row: the name, of which there is a reading; then those that are not
/// the same everywhere; codes only where nothing else is left.
fn leading(dataset: &Dataset, profiles: &[Profile]) -> Vec<usize> {
    let columns = &dataset.columns;
    let has_reading = |column: &Column| {
        let reading = format!("{}_kana", column.name);
        columns.iter().any(|other| other.name == reading)
    };
    let rank = |index: &usize| {
        let column = &columns[*index];
        let says_again = ["_kana", "_english"].iter().any(|end| column.name.ends_with(end));
        match column.kind {
            _ if profiles[*index].is_constant() => 4,
            _ if has_reading(column) => 0,
            _ if column.narrative => 3,
            ColumnType::Code => 2,
            ColumnType::Latitude | ColumnType::Longitude | ColumnType::Url => 3,
            _ if says_again => 3,
            _ => 1,
        }
    };
    let mut order: Vec<usize> = (0..columns.len()).collect();
    order.sort_by_key(rank);
    order.truncate(LEADING);
    order
}

/// The dictionary of `dataset`.
pub(super) fn column_views<'s>(shared: &Shared<'s>, dataset: &'s Dataset) -> Vec<ColumnView<'s>> {
    let view = |(index, column)| {
        let references = dataset.references_of(index).filter_map(|(id, column)| {
            let target = shared.site.datasets.iter().find(|target| target.id == *id)?;
            Some(Reference {
                url: file_paths::dataset_page(id.as_str()),
                name: shared.text(&target.title),
                column,
            })
        });
        ColumnView { references: references.collect(), ..column_view(shared, column) }
    };
    dataset.columns.iter().enumerate().map(view).collect()
}

/// The rules of a column in the words of the page.
fn rules(shared: &Shared<'_>, column: &Column) -> Vec<String> {
    let said = |word: &str, text: &str| shared.word(word).replace("{value}", text);
    let unique = column.unique.then(|| shared.word("rule_unique"));
    let minimum = column.minimum.as_ref().map(|least| said("rule_minimum", least));
    let maximum = column.maximum.as_ref().map(|most| said("rule_maximum", most));
    let pattern = column.pattern.as_ref().map(|pattern| said("rule_pattern", pattern.as_str()));
    let missing = (!column.missing.is_empty())
        .then(|| said("rule_missing", &column.missing.join(&shared.word("search_comma"))));
    let blank = column.blank.as_ref().map(|text| said("rule_blank", text.get(shared.language)));
    let narrative = column.narrative.then(|| shared.word("rule_narrative"));
    [unique, minimum, maximum, pattern, missing, blank, narrative].into_iter().flatten().collect()
}

#[derive(Serialize)]
struct Reference<'s> {
    url: String,
    name: Text<'s>,
    column: &'s str,
}

#[derive(Serialize)]
struct RowsView<'s> {
    dataset: Value,
    columns: Vec<ColumnView<'s>>,
    rows: Vec<RowView>,
    first: usize,
    last: usize,
    count: usize,
    /// Does the table go on where no page shows it?
    cut: bool,
    shown: usize,
    number: usize,
    pages: usize,
    previous: Option<String>,
    next: Option<String>,
}

#[derive(Serialize)]
struct RowView {
    /// From 1.
    number: usize,
    cells: Vec<Cell>,
}

/// The page `number` of a dataset's rows, from 1.
pub(super) fn rows(shared: &Shared<'_>, index: usize, number: usize) -> View {
    let dataset = &shared.site.datasets[index];
    let count = dataset.rows.len();
    let pages = row_pages(dataset);
    let first = (number - 1) * ROWS_ON_A_PAGE;
    let last = (first + ROWS_ON_A_PAGE).min(count);
    let page = |number: usize| file_paths::rows(dataset.id.as_str(), number);
    let title = dataset.title.get(shared.language);
    let view = RowsView {
        dataset: value(&minijinja::context! {
            url => file_paths::dataset_page(dataset.id.as_str()), name => value(&shared.text(&dataset.title)),
        }),
        columns: dataset.columns.iter().map(|column| column_view(shared, column)).collect(),
        rows: (first..last)
            .map(|row| RowView { number: row + 1, cells: cells(dataset, row, usize::MAX) })
            .collect(),
        first: first + 1,
        last,
        count,
        cut: count > ROWS_ON_PAGES,
        shown: ROWS_ON_PAGES,
        number,
        pages,
        previous: (number > 1).then(|| page(number - 1)),
        next: (number < pages).then(|| page(number + 1)),
    };
    let stretch = shared
        .word("rows_from_to")
        .replace("{first}", &view.first.to_string())
        .replace("{last}", &last.to_string());
    View {
        title: format!("{title} {stretch}"),
        description: None,
        breadcrumbs: vec![
            (shared.word("data"), "data/index.html".to_owned()),
            (title.to_owned(), file_paths::dataset_page(dataset.id.as_str())),
        ],
        value: value(&view),
    }
}

/// The cells of a row, each at most `most` characters long.
pub(super) fn cells(dataset: &Dataset, row: usize, most: usize) -> Vec<Cell> {
    let row = dataset.rows.row(row).zip(&dataset.columns);
    row.map(|(cell, column)| Cell {
        text: shortened(cell, most),
        numeric: column.kind.is_numeric(),
    })
    .collect()
}

pub(super) fn shortened(cell: &str, most: usize) -> String {
    match cell.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &cell[..end]),
        None => cell.to_owned(),
    }
}

/// The files of `dataset`, released or not, in the order in which they are offered.
pub(super) fn files(shared: &Shared<'_>, dataset: &Dataset) -> Vec<FileView> {
    let file = |format: Format| {
        let name = format.file_name(dataset.id.as_str());
        let note = shared.word(&format!("file_{}", format.ending().replace('.', "_")));
        file_view(shared, file_paths::file_of(dataset, format), name, note)
    };
    Format::ALL.into_iter().filter_map(file).collect()
}

/// The data file at `path`, where there is one.
pub(super) fn file_view(
    shared: &Shared<'_>,
    path: String,
    name: String,
    note: String,
) -> Option<FileView> {
    let facts = shared.facts.get(&path)?;
    Some(FileView { name, note, size: size(facts.bytes), sha256: facts.sha256.clone(), path })
}

/// Bytes as people read them, in powers of a thousand.
fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} KB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
