//! The **starter**: the first files of a site or of a part of it, made for a person to fill in:
//! settings, tables with drop-down lists, two example measures, a dataset and a page.
//!
//! Tables are workbooks with Japanese headers; a program without the feature `excel`, or a person
//! who asks for it, gets CSV with a byte order mark.
//!
//! Not in here: asking for the city's name, year and departments (`cli`), and writing (`publish`).

mod book;
mod city;
mod columns;
mod comma;
mod examples;
mod notes;
mod schemas;

use crate::artifact::Artifact;
use crate::calendar::FiscalYear;
use crate::document::quoted;
use crate::policy::{self, DeclaredFields, Of};
use crate::table::TableSpec;
use crate::text::Id;

pub use city::{Choices, City, CityDepartment};
pub use schemas::FOLDER as SCHEMAS;

use columns::{SheetColumn, columns_of};

/// The kind of file that tables are written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// A workbook; needs the feature `excel`.
    Xlsx,
    /// CSV in UTF-8 with a byte order mark, which Excel needs.
    Csv,
}

impl TableFormat {
    /// The format of tables if nobody asks for CSV: a workbook, if this program can write one.
    pub fn usual() -> Self {
        if cfg!(feature = "excel") { Self::Xlsx } else { Self::Csv }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }
}

/// A table to be filled in: its columns, and the rows that it begins with.
#[cfg_attr(not(feature = "excel"), expect(dead_code, reason = "a CSV file explains nothing"))]
struct StarterTable {
    /// Path without its ending.
    stem: String,
    /// Name of the worksheet.
    sheet: &'static str,
    /// What to enter, for the sheet that explains the workbook.
    about: &'static str,
    columns: Vec<SheetColumn>,
    rows: Vec<Vec<String>>,
}

impl StarterTable {
    fn file(&self, format: TableFormat) -> Artifact {
        let bytes = match format {
            TableFormat::Xlsx => book::write(self),
            TableFormat::Csv => comma::write(self),
        };
        Artifact::new(format!("{}.{}", self.stem, format.ending()), bytes)
    }
}

/// Files that make sense only together. In a folder that is in use, a part is written if none of
/// its files is there.
#[derive(Debug)]
pub struct StarterPart {
    /// Paths below the site's folder, without the ending for a table; any file of the same name, or
    /// below a folder of that name, counts as present.
    pub places: Vec<&'static str>,
    /// The files.
    pub files: Vec<Artifact>,
    /// Do the files refer to departments and topics of the starter?
    pub needs_vocabulary: bool,
}

/// The parts of a new site for `city`.
pub fn site(city: &City, format: TableFormat) -> Vec<StarterPart> {
    let choices = examples::choices(city);
    let none = DeclaredFields::default();
    let part = |places: &[&'static str], files| StarterPart {
        places: places.to_vec(),
        files,
        needs_vocabulary: false,
    };
    let year = city.year;
    let table = |spec, rows| table(spec, year, &choices, &none, rows).file(format);
    vec![
        part(&["content/site.toml"], vec![examples::settings(city)]),
        part(
            &["content/departments"],
            vec![table(&policy::DEPARTMENTS, examples::departments(city))],
        ),
        part(&["content/topics"], vec![table(&policy::TOPICS, examples::topics())]),
        StarterPart {
            needs_vocabulary: true,
            ..part(
                &["content/policies", "content/measures", "content/indicators", "content/budgets"],
                vec![
                    table(&policy::POLICIES, examples::policies(city)),
                    table(&policy::MEASURES, examples::measures(city)),
                    table(&policy::INDICATORS, examples::indicators(city)),
                    table(&policy::BUDGETS, examples::budgets(city)),
                ],
            )
        },
        StarterPart {
            needs_vocabulary: true,
            ..part(&["content/datasets", examples::CHART], examples::dataset(format))
        },
        part(&["content/pages"], vec![examples::about(city)]),
        part(&[schemas::FOLDER], schemas::files()),
    ]
}

/// Empty tables for the measures of `year`, their indicators and their budgets. They have a column
/// for each of the `fields` that the site declares.
pub fn measures(
    year: FiscalYear,
    choices: &Choices,
    fields: &DeclaredFields,
    format: TableFormat,
) -> Vec<Artifact> {
    [&policy::MEASURES, &policy::INDICATORS, &policy::BUDGETS]
        .map(|spec| table(spec, year, choices, fields, Vec::new()).file(format))
        .into()
}

/// A table of the policies of `year`, with a row for each department of `choices`.
pub fn policies(
    year: FiscalYear,
    choices: &Choices,
    fields: &DeclaredFields,
    format: TableFormat,
) -> Artifact {
    let row = |name: &String| vec![("department", name.clone()), ("fiscal_year", plain(year))];
    let rows = choices.departments.iter().map(row).collect();
    table(&policy::POLICIES, year, choices, fields, rows).file(format)
}

/// A page to be written, with the title `title`.
pub fn page(id: &Id, title: &str) -> Artifact {
    let title = quoted(title);
    let text = format!("+++\ntitle = {title}\n+++\n\nここに本文を書いてください。\n\n## 見出し\n");
    Artifact::new(format!("content/pages/{id}.md"), text.into_bytes())
}

/// A row by the names of its columns.
type NamedRow = Vec<(&'static str, String)>;

fn table(
    spec: &TableSpec<'static>,
    year: FiscalYear,
    choices: &Choices,
    fields: &DeclaredFields,
    rows: Vec<NamedRow>,
) -> StarterTable {
    let of: &[Of] = match spec.path {
        path if path == policy::MEASURES.path => &[Of::Measure, Of::Result],
        path if path == policy::INDICATORS.path => &[Of::Indicator],
        path if path == policy::BUDGETS.path => &[Of::Budget],
        path if path == policy::POLICIES.path => &[Of::Policy],
        _ => &[],
    };
    let columns = columns_of(spec, choices, fields, of);
    let in_order = |row: NamedRow| {
        let cell = |column: &SheetColumn| {
            let found = row.iter().find(|(name, _)| *name == column.name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        columns.iter().map(cell).collect()
    };
    let rows = rows.into_iter().map(in_order).collect();
    let stem = match spec.path.strip_suffix(".csv") {
        Some(stem) => stem.to_owned(),
        None => format!("{}/{}", spec.path, year.year()),
    };
    let (sheet, about) = notes::about(spec.path);
    StarterTable { stem, sheet, about, columns, rows }
}

/// A year as a cell holds it.
fn plain(year: FiscalYear) -> String {
    year.year().to_string()
}
