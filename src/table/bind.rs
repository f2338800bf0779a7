//! **Binding** the columns of a table to the columns that the domain knows.

use crate::diagnostic::{self, Diagnostic, Diagnostics, Message};
use crate::message;
use crate::text::nearest;

use super::header::matching_form;
use super::layout::unit_in;
use super::noted::Noted;
use super::patience::Patience;
use super::{CellReader, HeaderCell, Look, Readability, RowFields, Table};

/// A column that a table may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnSpec<'s> {
    /// Physical name.
    pub name: &'s str,
    /// Japanese header.
    pub title: &'s str,
    /// Must the table have it?
    pub required: bool,
    /// Does it hold sentences?
    pub narrative: bool,
}

impl<'s> ColumnSpec<'s> {
    /// The headers that are accepted for it.
    fn names(&self) -> [&'s str; 2] {
        [self.name, self.title]
    }
}

/// Names of columns whose cells are one or two words that are not from a vocabulary, with one value
/// each.
const WORDS: [&str; 3] = ["source", "category", "unit"];

/// A table that the product knows, with the columns that it may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableSpec<'s> {
    /// What it is called in Japanese: 予算の表.
    pub ja: &'static str,
    /// What it is called in English: the table of budgets.
    pub en: &'static str,
    /// Where it is: `content/budgets`.
    pub path: &'static str,
    /// The table's columns.
    pub columns: &'s [ColumnSpec<'s>],
    /// Columns of it that the site declares itself.
    pub own: OwnColumns,
}

/// Columns that a site declares itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnColumns {
    /// The table cannot have any.
    Never,
    /// All of them are among the columns of the spec; further ones can be declared in this file.
    DeclaredIn(&'static str),
    /// Their declaration has an error, which has been reported; any unknown column may be one of
    /// them.
    Unknown,
}

/// A table whose columns are known by name.
#[derive(Debug)]
pub struct BoundTable<'t> {
    table: &'t Table,
    spec: TableSpec<'t>,
    /// For each column of the spec, the index of its column in the table.
    columns: Vec<Option<usize>>,
}

impl<'t> BoundTable<'t> {
    /// Binds `table` to the columns of `spec`. Reports duplicate, unknown and missing columns. A
    /// misspelt column is reported once, where it is written, and is not missing as well; a column
    /// that belongs to another of `tables` is reported with that table.
    pub fn bind(
        table: &'t Table,
        spec: TableSpec<'t>,
        tables: &[TableSpec<'_>],
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut bound = Self { table, spec, columns: vec![None; spec.columns.len()] };
        let mut unknown = Vec::new();
        for (index, header) in table.header().iter().enumerate() {
            match position(spec.columns, header) {
                Some(found) if bound.columns[found].is_none() => bound.columns[found] = Some(index),
                Some(found) => {
                    let first = bound.columns[found].unwrap_or(index);
                    let column = &spec.columns[found];
                    diagnostics.push(named_twice(table, first, index, column));
                }
                None => unknown.push(index),
            }
        }
        let meant = bound.report_unknown(&unknown, tables, diagnostics);
        for (column, found) in spec.columns.iter().zip(&bound.columns) {
            let misspelt = column.names().iter().any(|name| meant.contains(name));
            if column.required && found.is_none() && !misspelt {
                diagnostics.push(missing(table, column));
            }
        }
        bound
    }

    /// Reports the columns at the indices `unknown`. Returns the names that misspelt ones probably
    /// mean.
    fn report_unknown(
        &self,
        unknown: &[usize],
        tables: &[TableSpec<'_>],
        diagnostics: &mut Diagnostics,
    ) -> Vec<&'t str> {
        let mut meant = Vec::new();
        let mut strangers = Vec::new();
        for &index in unknown {
            let header = &self.table.header()[index];
            let elsewhere = |other: &&TableSpec<'_>| {
                other.path != self.spec.path && position(other.columns, header).is_some()
            };
            let homes: Vec<&TableSpec<'_>> = tables.iter().filter(elsewhere).collect();
            // A column that the table has already cannot be what another header means.
            let free =
                self.spec.columns.iter().zip(&self.columns).filter(|(_, found)| found.is_none());
            let near = nearest(&header.text, free.flat_map(|(column, _)| column.names()));
            match (near, homes.as_slice()) {
                (_, [home]) => diagnostics.push(self.of_another(index, home)),
                (Some(near), _) => {
                    meant.push(near);
                    diagnostics.push(self.misspelt(index, near));
                }
                _ => strangers.push(index),
            }
        }
        if !strangers.is_empty() && self.spec.own != OwnColumns::Unknown {
            diagnostics.push(self.strangers(&strangers));
        }
        meant
    }

    /// The column at `index` belongs to the table `home`.
    fn of_another(&self, index: usize, home: &TableSpec<'_>) -> Diagnostic {
        let header = &self.table.header()[index].text;
        let (ja, en) = (self.spec.ja, self.spec.en);
        let (home_ja, home_en, path) = (home.ja, home.en, home.path);
        Diagnostic::new(
            &diagnostic::TABLE_UNKNOWN_COLUMN,
            self.table.header_place(index),
            message!(
                ja: "「{header}」は{ja}では使えない列です",
                en: "`{header}` is not a column of {en}",
            ),
        )
        .with_help(message!(
            ja: "{home_ja}（{path}）に入力してください",
            en: "put it into {home_en} ({path})",
        ))
    }

    /// The column at `index` is probably a misspelt `near`.
    fn misspelt(&self, index: usize, near: &str) -> Diagnostic {
        let header = &self.table.header()[index].text;
        let (ja, en) = (self.spec.ja, self.spec.en);
        Diagnostic::new(
            &diagnostic::TABLE_UNKNOWN_COLUMN,
            self.table.header_place(index),
            message!(
                ja: "「{header}」は{ja}では使えない列です",
                en: "`{header}` is not a column of {en}",
            ),
        )
        .with_help(message!(
            ja: "「{near}」の誤りではありませんか",
            en: "did you mean `{near}`?",
        ))
    }

    /// Unknown columns are one problem, so that the list of known columns is given only once.
    fn strangers(&self, indices: &[usize]) -> Diagnostic {
        let headers: Vec<&str> =
            indices.iter().map(|&index| &*self.table.header()[index].text).collect();
        let free = self.spec.columns.iter().zip(&self.columns).filter(|(_, found)| found.is_none());
        let free: Vec<&str> = free.map(|(column, _)| column.title).collect();
        let (ja, en, home) = (self.spec.ja, self.spec.en, self.table.declared_in());
        let (ja_headers, en_headers) = (headers.join("」「"), headers.join("`, `"));
        let unpublished = headers.join("\", \"");
        let (ja_free, en_free) = (free.join("」「"), free.join("`, `"));
        let (declare_ja, declare_en) = match self.spec.own {
            OwnColumns::DeclaredIn(file) => (
                format!("この市だけの項目として公開する列なら、「{file}」に定義してください。"),
                format!("if it is a field of your own, declare it in `{file}`; "),
            ),
            _ => Default::default(),
        };
        let verb = if headers.len() == 1 { "is not a column" } else { "are not columns" };
        Diagnostic::new(
            &diagnostic::TABLE_UNKNOWN_COLUMN,
            self.table.header_place(indices[0]),
            message!(
                ja: "「{ja_headers}」は{ja}では使えない列です",
                en: "`{en_headers}` {verb} of {en}",
            ),
        )
        .with_help(Message::new(
            format!("公開しない列なら、「{home}」に「unpublished = [\"{unpublished}\"]」と書いてください。{declare_ja}ほかに使える列：「{ja_free}」"),
            format!("if it is not to be published, write `unpublished = [\"{unpublished}\"]` into `{home}`; {declare_en}other columns that can be used: `{en_free}`"),
        ))
    }

    /// Calls `read` for every row and collects the results; a row for which it returns `None` is
    /// left out. Reports cells that are hard to read for programs, and what was understood of the
    /// cells. Stops after too many errors (see [`Patience`]).
    pub fn rows<T>(
        &self,
        diagnostics: &mut Diagnostics,
        mut read: impl FnMut(&mut RowFields<'_, 't>) -> Option<T>,
    ) -> Vec<T> {
        let readability = Readability::of(self.table);
        let mut cells = CellReader::new(self.table);
        let columns = self.spec.columns.iter().zip(&self.columns);
        // The rules of readability are for tables; a form reads sheets that are laid out for human
        // readers.
        let columns = columns.filter(|_| !self.table.is_gathered());
        let looked: Vec<(usize, Look)> = columns
            .filter_map(|(column, found)| {
                let free = WORDS.contains(&column.name);
                let narrative = column.narrative;
                let look = Look { text: true, free, narrative, ..Look::default() };
                Some(((*found)?, look))
            })
            .collect();
        let mut noted = Noted::default();
        let mut found = Vec::with_capacity(self.table.len());
        let patience = Patience::new(diagnostics);
        for row in 0..self.table.len() {
            if patience.is_over(self.table, row, diagnostics) {
                break;
            }
            for &(column, look) in looked.iter().filter(|(_, look)| !look.narrative) {
                readability.look(row, column, look, diagnostics);
            }
            noted.forget();
            found.extend(read(&mut RowFields::new(
                self,
                (&mut cells, &mut noted),
                row,
                diagnostics,
            )));
        }
        cells.finish(diagnostics);
        found
    }

    /// The table that is bound.
    pub fn table(&self) -> &'t Table {
        self.table
    }

    /// The column of the table for the column `name` of the spec; `None` where the table does not
    /// have it.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.column_at(self.index(name)?)
    }

    /// The same for an index in the spec.
    pub(super) fn column_at(&self, index: usize) -> Option<usize> {
        self.columns[index]
    }

    /// The index in the spec of the column `name`.
    pub(super) fn index(&self, name: &str) -> Option<usize> {
        let index = self.spec.columns.iter().position(|column| column.name == name);
        debug_assert!(index.is_some(), "no column `{name}` is declared");
        index
    }
}

/// The index of the column of `columns` that the header means, by its physical or Japanese name,
/// with or without a unit after it. In a header of several lines, the lowest line may be the name
/// and the others a heading of several columns.
fn position(columns: &[ColumnSpec<'_>], header: &HeaderCell) -> Option<usize> {
    let is = |column: &ColumnSpec<'_>, written: &str| {
        column.name == written || matching_form(column.title) == written
    };
    let find = |text: &str| {
        let written = matching_form(text);
        columns.iter().position(|column| is(column, &written))
    };
    let with_unit = |text: &str| find(text).or_else(|| find(unit_in(text)?.0));
    with_unit(&header.text).or_else(|| with_unit(header.lowest.as_deref()?))
}

/// The column at `index` is the same as the one at `first`, perhaps under its other name.
fn named_twice(table: &Table, first: usize, index: usize, spec: &ColumnSpec<'_>) -> Diagnostic {
    let (name, title) = (spec.name, spec.title);
    Diagnostic::new(
        &diagnostic::TABLE_DUPLICATE_HEADER,
        table.header_place(index),
        message!(
            ja: "「{title}」（{name}）の列が2つあります",
            en: "there are two columns `{name}` (`{title}`)",
        ),
    )
    .with_related(table.header_place(first), message!(ja: "先にある列", en: "the first column"))
    .with_help(message!(ja: "どちらかの列を削除してください", en: "delete one of them"))
}

fn missing(table: &Table, spec: &ColumnSpec<'_>) -> Diagnostic {
    let (name, title) = (spec.name, spec.title);
    Diagnostic::new(
        &diagnostic::TABLE_MISSING_COLUMN,
        table.header_row_place(),
        message!(
            ja: "「{title}」（{name}）の列がありません",
            en: "the column `{name}` (`{title}`) is missing",
        ),
    )
    .with_help(message!(
        ja: "見出しが「{title}」の列を追加してください",
        en: "add a column with the header `{name}`",
    ))
}
