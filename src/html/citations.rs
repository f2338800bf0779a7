//! **Citations** of a dataset for reference managers (BibTeX, RIS), and **snippets** that read it.
//!
//! Not in here: the line of attribution that the licence asks for (`datasets`).

use crate::dataset::{ColumnType, Dataset, Format};
use crate::site::file_paths;

use super::shared::Shared;

/// An entry for BibTeX.
pub(super) fn bibtex(shared: &Shared<'_>, dataset: &Dataset) -> String {
    let Cited { title, publisher, year, version, url, licence } = Cited::of(shared, dataset);
    let id = dataset.id.as_str().replace('-', "_");
    // Within braces a comma or a blank parts nothing; braces of the text must be in pairs.
    let plain = |text: &str| text.replace(['{', '}', '\\'], "");
    let mut lines = vec![format!("@misc{{{id},")];
    lines.push(format!("  title = {{{{{}}}}},", plain(title)));
    lines.push(format!("  author = {{{{{}}}}},", plain(publisher)));
    lines.extend(year.map(|year| format!("  year = {{{year}}},")));
    lines.extend(version.map(|version| format!("  version = {{{version}}},")));
    lines.push(format!("  url = {{{url}}},"));
    lines.push(format!("  note = {{{licence}}}"));
    lines.push("}".to_owned());
    lines.join("\n")
}

/// A record in RIS.
pub(super) fn ris(shared: &Shared<'_>, dataset: &Dataset) -> String {
    let Cited { title, publisher, year, version, url, licence } = Cited::of(shared, dataset);
    let mut lines =
        vec!["TY  - DATA".to_owned(), format!("TI  - {title}"), format!("AU  - {publisher}")];
    lines.extend(year.map(|year| format!("PY  - {year}")));
    lines.extend(version.map(|version| format!("ET  - {version}")));
    lines.extend([
        format!("PB  - {publisher}"),
        format!("UR  - {url}"),
        format!("N1  - {licence}"),
    ]);
    lines.push("ER  - ".to_owned());
    lines.join("\n")
}

struct Cited<'a> {
    title: &'a str,
    publisher: &'a str,
    year: Option<String>,
    version: Option<&'a str>,
    url: String,
    licence: &'static str,
}

impl<'a> Cited<'a> {
    fn of(shared: &Shared<'a>, dataset: &'a Dataset) -> Self {
        let config = &shared.site.config;
        let changed = dataset.changed();
        Self {
            title: dataset.title.get(shared.language),
            publisher: config.publisher.name.get(shared.language),
            year: changed.map(|day| day.to_string().chars().take(4).collect()),
            version: dataset.version.as_ref().map(|name| name.as_str()),
            url: config.base_url.join(&file_paths::page_of(dataset)),
            licence: shared.site.licence_of(dataset).name(),
        }
    }
}

/// Code that reads the dataset as it is: codes stay text, blanks are missing values.
pub(super) fn snippets(shared: &Shared<'_>, dataset: &Dataset) -> Vec<(&'static str, String)> {
    let path = |format| file_paths::dataset_file(dataset.id.as_str(), format);
    let url = |format| shared.site.config.base_url.join(&path(format));
    let texts = dataset.columns.iter().filter(|column| {
        matches!(
            column.kind,
            ColumnType::Text | ColumnType::Code | ColumnType::Url | ColumnType::Time
        )
    });
    let types: Vec<String> =
        texts.map(|column| format!("\"{}\": \"string\"", column.name)).collect();
    let days = dataset.columns.iter().filter(|column| column.kind == ColumnType::Date);
    let days: Vec<String> = days.map(|column| format!("\"{}\"", column.name)).collect();
    let python = format!(
        "import pandas as pd\n\ntable = pd.read_csv(\n    \"{}\",\n    dtype={{{}}},\n    \
         parse_dates=[{}],\n    keep_default_na=False,\n    na_values=[\"\"],\n)\nprint(table)",
        url(Format::Csv),
        types.join(", "),
        days.join(", "),
    );
    let duckdb = match shared.facts.contains_key(&path(Format::Parquet)) {
        true => format!("SELECT * FROM read_parquet('{}');", url(Format::Parquet)),
        // Numbers that fit no column of Parquet are read as they are written.
        false => format!("SELECT * FROM read_csv('{}', all_varchar = true);", url(Format::Csv)),
    };
    vec![("Python (pandas)", python), ("DuckDB", duckdb)]
}
