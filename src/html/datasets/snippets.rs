//! **Snippets**: code that reads a dataset from its published address, so that codes stay text,
//! blanks are missing values, and numbers keep their digits.

use serde::Serialize;

use crate::dataset::{ColumnType, Dataset, ExactType, FileFormat};
use crate::site::file_paths;

use crate::html::context::PageContext;

/// Code for one program.
#[derive(Serialize)]
pub(super) struct Snippet {
    /// `python`, `r`, `duckdb`, `series` or `excel`.
    language: &'static str,
    /// Name of the program.
    program: String,
    code: String,
}

pub(super) fn of(context: &PageContext<'_>, dataset: &Dataset) -> Vec<Snippet> {
    let path = |format| file_paths::dataset_file(dataset.id.as_str(), format);
    let url = |format| context.site.config.base_url.join(&path(format));
    let csv = url(FileFormat::Csv);
    let parquet =
        context.facts.facts(&path(FileFormat::Parquet)).is_some().then(|| url(FileFormat::Parquet));
    let snippet =
        |language, program: &str, code| Snippet { language, program: program.to_owned(), code };
    let columns = columns_of(dataset);
    let mut snippets = vec![
        snippet("python", "Python (pandas)", python(&columns, &csv)),
        snippet("r", "R", r(&columns, &csv)),
        snippet("duckdb", "DuckDB", duckdb(parquet.as_deref(), &csv)),
        snippet("excel", "Excel (Power Query)", excel(&columns, &csv)),
    ];
    if let Some(code) = every_period(context, dataset) {
        let program = context.word("of_every_period").replace("{program}", "DuckDB");
        snippets.insert(3, snippet("series", &program, code));
    }
    snippets
}

/// A DuckDB query that reads all datasets of the series that `dataset` is in. It lists their
/// addresses, since patterns cannot be resolved over HTTP. `None` without a series of at least two
/// datasets that all have a Parquet file.
fn every_period(context: &PageContext<'_>, dataset: &Dataset) -> Option<String> {
    let site = context.site;
    let index = site.datasets.iter().position(|other| other.id == dataset.id)?;
    let (entry, _) = site.series_of(index)?;
    let path = |&member: &usize| {
        file_paths::dataset_file(site.datasets[member].id.as_str(), FileFormat::Parquet)
    };
    let paths: Vec<String> = entry.datasets.iter().map(path).collect();
    if paths.len() < 2 || !paths.iter().all(|path| context.facts.facts(path).is_some()) {
        return None;
    }
    let list = paths.iter().map(|path| format!("  '{}'", site.config.base_url.join(path)));
    let list = list.collect::<Vec<_>>().join(",\n");
    Some(format!("SELECT * FROM read_parquet([\n{list}\n], union_by_name = true);"))
}

/// A column of the CSV file.
struct SnippetColumn<'d> {
    name: &'d str,
    kind: ColumnType,
    /// Would most programs round one of its numbers?
    has_long_numbers: bool,
    exact_type: Option<ExactType>,
}

/// The columns of the CSV file. Every number is read for them, so they are made once for all
/// programs.
fn columns_of(dataset: &Dataset) -> Vec<SnippetColumn<'_>> {
    let column = |index: usize| SnippetColumn {
        name: &dataset.columns[index].name,
        kind: dataset.columns[index].kind,
        has_long_numbers: dataset.has_long_numbers(index),
        exact_type: dataset.exact_type(index),
    };
    dataset.tidy_columns().into_iter().map(column).collect()
}

/// What `spell` gives for each column, one a line, separated by commas. It is given the name and
/// the type of the column: text for numbers of more than fifteen digits, which most programs would
/// round.
fn listed(
    columns: &[SnippetColumn<'_>],
    indent: &str,
    spell: impl Fn(&str, ColumnType) -> String,
) -> String {
    let spelt = columns.iter().map(|column| {
        let kind = if column.has_long_numbers { ColumnType::Text } else { column.kind };
        format!("{indent}{}", spell(column.name, kind))
    });
    spelt.collect::<Vec<_>>().join(",\n")
}

/// Types that keep blanks apart from values are named for every column but those of decimal
/// numbers, whose blanks are `NaN`, and of dates.
fn python(columns: &[SnippetColumn<'_>], csv: &str) -> String {
    let (mut types, mut days) = (Vec::new(), Vec::new());
    for column in columns {
        let name = column.name;
        let kind = match (column.kind, column.exact_type) {
            (ColumnType::Date, _) => {
                days.push(format!("\"{name}\""));
                continue;
            }
            (ColumnType::FiscalYear, _) | (ColumnType::Integer, Some(ExactType::Long)) => "Int64",
            (ColumnType::Boolean, _) => "boolean",
            (kind, _) if kind.is_numeric() && !column.has_long_numbers => continue,
            _ => "string",
        };
        types.push(format!("\"{name}\": \"{kind}\""));
    }
    format!(
        "import pandas as pd\n\ntable = pd.read_csv(\n    \"{csv}\",\n    dtype={{{}}},\n    \
         parse_dates=[{}],\n    keep_default_na=False,\n    na_values=[\"\"],\n)\nprint(table)",
        types.join(", "),
        days.join(", "),
    )
}

fn r(columns: &[SnippetColumn<'_>], csv: &str) -> String {
    let kinds = listed(columns, "    ", |name, kind| {
        let kind = match kind {
            ColumnType::Date => "Date",
            ColumnType::Boolean => "logical",
            kind if kind.is_numeric() => "numeric",
            _ => "character",
        };
        format!("\"{name}\" = \"{kind}\"")
    });
    format!(
        "table <- read.csv(\n  \"{csv}\",\n  colClasses = c(\n{kinds}\n  ),\n  na.strings = \"\",\n  \
         encoding = \"UTF-8\",\n  check.names = FALSE\n)\nstr(table)"
    )
}

fn duckdb(parquet: Option<&str>, csv: &str) -> String {
    match parquet {
        Some(parquet) => format!("SELECT * FROM read_parquet('{parquet}');"),
        // Every column is read as text: the Parquet file may be missing because a number fits none
        // of its types.
        None => format!("SELECT * FROM read_csv('{csv}', all_varchar = true);"),
    }
}

fn excel(columns: &[SnippetColumn<'_>], csv: &str) -> String {
    let kinds = listed(columns, "        ", |name, kind| {
        let kind = match kind {
            ColumnType::Date => "type date",
            ColumnType::Boolean => "type logical",
            ColumnType::Integer | ColumnType::FiscalYear => "Int64.Type",
            kind if kind.is_numeric() => "type number",
            _ => "type text",
        };
        format!("{{\"{name}\", {kind}}}")
    });
    format!(
        "let\n    Source = Csv.Document(\n        Web.Contents(\"{csv}\"),\n        \
         [Delimiter = \",\", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]\n    ),\n    \
         Headed = Table.PromoteHeaders(Source, [PromoteAllScalars = true]),\n    \
         Typed = Table.TransformColumnTypes(Headed, {{\n{kinds}\n    }}, \"en-US\")\nin\n    Typed"
    )
}
