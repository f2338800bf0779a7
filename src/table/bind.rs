//! **Binding** the columns of a table to the names that the domain knows.

use crate::diagnostic::{self, Diagnostic, Diagnostics, Message};
use crate::message;
use crate::text::nearest;

use super::header::matching_form;
use super::{CellReader, Fields, Table};

/// A column that a table may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnSpec {
    /// Physical name.
    pub name: &'static str,
    /// Japanese header.
    pub title: &'static str,
    /// Can the table not do without it?
    pub required: bool,
}

impl ColumnSpec {
    /// What its header may say.
    fn names(&self) -> [&'static str; 2] {
        [self.name, self.title]
    }
}

/// A table whose columns are known by name.
#[derive(Debug)]
pub struct Bound<'t> {
    table: &'t Table,
    specs: &'static [ColumnSpec],
    /// For each spec its column in the table.
    columns: Vec<Option<usize>>,
}

impl<'t> Bound<'t> {
    /// Binds `table` to `specs`. Unknown columns are reported, and missing ones; one that is only misspelt is reported once,
    /// where it is written. `None` where a required one is missing.
    pub fn bind(
        table: &'t Table,
        specs: &'static [ColumnSpec],
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let mut columns = vec![None; specs.len()];
        let mut meant = Vec::new();
        for (index, header) in table.header().iter().enumerate() {
            let written = matching_form(&header.text);
            let is_written =
                |spec: &ColumnSpec| spec.name == written || matching_form(spec.title) == written;
            let spec = specs.iter().position(is_written);
            match spec {
                Some(spec) if columns[spec].is_none() => columns[spec] = Some(index),
                Some(spec) => {
                    let first = columns[spec].unwrap_or(index);
                    diagnostics.push(named_twice(table, first, index, &specs[spec]));
                }
                None => {
                    let near = nearest(&header.text, specs.iter().flat_map(ColumnSpec::names));
                    meant.extend(near);
                    diagnostics.push(unknown(table, index, specs, near));
                }
            }
        }
        let mut whole = true;
        for (spec, column) in specs.iter().zip(&columns) {
            if spec.required && column.is_none() {
                whole = false;
                if !spec.names().iter().any(|name| meant.contains(name)) {
                    diagnostics.push(missing(table, spec));
                }
            }
        }
        whole.then_some(Self { table, specs, columns })
    }

    /// Reads every row by `read`; a row for which it gives `None` is left out.
    pub fn rows<T>(
        &self,
        diagnostics: &mut Diagnostics,
        mut read: impl FnMut(&mut Fields<'_, 't>) -> Option<T>,
    ) -> Vec<T> {
        let mut cells = CellReader::new(self.table);
        let rows = (0..self.table.len())
            .filter_map(|row| read(&mut Fields::new(self, &mut cells, row, diagnostics)))
            .collect();
        cells.finish(diagnostics);
        rows
    }

    /// The table.
    pub fn table(&self) -> &'t Table {
        self.table
    }

    /// Column of the table that holds `name`, a physical name; `None` where the table has none.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        let spec = self.specs.iter().position(|spec| spec.name == name);
        debug_assert!(spec.is_some(), "no column `{name}` is declared");
        self.columns[spec?]
    }
}

/// `near` is the column that may be meant.
fn unknown(table: &Table, index: usize, specs: &[ColumnSpec], near: Option<&str>) -> Diagnostic {
    let written = &table.header()[index].text;
    let problem = Diagnostic::new(
        &diagnostic::TABLE_UNKNOWN_COLUMN,
        table.header_place(index),
        message!(ja: "知らない列 `{written}`", en: "unknown column `{written}`"),
    );
    problem.with_help(match near {
        Some(near) => Message::did_you_mean(near),
        None => {
            let list: Vec<&str> = specs.iter().map(|spec| spec.title).collect();
            let list = list.join("`, `");
            message!(ja: "この表の列: `{list}`", en: "the columns of this table: `{list}`")
        }
    })
}

/// The same column once by its physical name and once by the Japanese one.
fn named_twice(table: &Table, first: usize, index: usize, spec: &ColumnSpec) -> Diagnostic {
    let (name, title) = (spec.name, spec.title);
    Diagnostic::new(
        &diagnostic::TABLE_DUPLICATE_HEADER,
        table.header_place(index),
        message!(
            ja: "列 `{title}`（`{name}`）が二つある",
            en: "there are two columns `{name}` (`{title}`)",
        ),
    )
    .with_related(table.header_place(first), message!(ja: "先にある列", en: "the first column"))
    .with_help(message!(ja: "どちらかの列を消す", en: "remove one of them"))
}

fn missing(table: &Table, spec: &ColumnSpec) -> Diagnostic {
    let (name, title) = (spec.name, spec.title);
    Diagnostic::new(
        &diagnostic::TABLE_MISSING_COLUMN,
        table.header_row_place(),
        message!(
            ja: "列 `{title}`（`{name}`）がない",
            en: "the column `{name}` (`{title}`) is missing",
        ),
    )
    .with_help(message!(
        ja: "見出し `{title}` の列を加える",
        en: "add a column with the header `{name}`",
    ))
}
