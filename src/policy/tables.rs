//! Reads the parts of the domain from their **files**: which files there are, and what their rows
//! mean.
//!
//! Not in here: the keys of a policy's TOML (`toml`), and what becomes of written pieces
//! (`assemble`).

mod departments;
mod figures;
mod plan;
mod policies;
mod vocabulary;

pub(super) use departments::departments;
pub(super) use figures::{budgets, check_units_of_forms, indicators, plan_indicators};
pub(super) use plan::plan;
pub(super) use policies::{measures, policies, policies_in_toml};
pub(super) use vocabulary::{addresses, redirects, synonyms, topics};

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{self, Diagnostic, Diagnostics, Located, Place};
use crate::message;
use crate::policy::columns::SiteTables;
use crate::source::{SourceFile, Sources};
use crate::table::{self, BoundTable, RowFields, Table, TableSpec};
use crate::text::Id;

/// Like [`tables_below`], where `read` depends on nothing but its row and the settings: the rows of
/// a file that has not changed are not read again ([`Sources::reading`]).
fn kept_tables_below<T: Clone + Send + Sync + 'static>(
    sources: &Sources,
    (folder, gathered): (&str, &[Table]),
    of: (TableSpec<'_>, &SiteTables<'_>),
    diagnostics: &mut Diagnostics,
    mut read: impl FnMut(&mut RowFields<'_, '_>) -> Option<T>,
) -> Vec<T> {
    let mut found = files_below(sources, folder, diagnostics, |file, diagnostics| {
        let reading = sources.reading(file, || {
            let mut problems = Diagnostics::new();
            let rows = rows(sources, file, of, &mut problems, &mut read);
            (rows, problems)
        });
        let (rows, problems) = Arc::unwrap_or_clone(reading);
        diagnostics.append(problems);
        rows
    });
    found.extend(gathered.iter().flat_map(|table| rows_of(table, of, diagnostics, &mut read)));
    found
}

/// Reads the rows of every table below `folder`, and of the tables that forms have `gathered`. All
/// have the columns of the first of `of`; the tables of the second are searched for the proper
/// place of a misplaced column. Files of other kinds are reported.
fn tables_below<T>(
    sources: &Sources,
    (folder, gathered): (&str, &[Table]),
    of: (TableSpec<'_>, &SiteTables<'_>),
    diagnostics: &mut Diagnostics,
    mut read: impl FnMut(&mut RowFields<'_, '_>) -> Option<T>,
) -> Vec<T> {
    let mut found = files_below(sources, folder, diagnostics, |file, diagnostics| {
        rows(sources, file, of, diagnostics, &mut read)
    });
    found.extend(gathered.iter().flat_map(|table| rows_of(table, of, diagnostics, &mut read)));
    found
}

/// What `read` gives for every table below `folder`. Files of other kinds are reported.
fn files_below<T>(
    sources: &Sources,
    folder: &str,
    diagnostics: &mut Diagnostics,
    mut read: impl FnMut(&SourceFile, &mut Diagnostics) -> Vec<T>,
) -> Vec<T> {
    let mut found = Vec::new();
    for file in sources.files_below(folder) {
        if table::is_table(&file.path) {
            found.extend(read(file, diagnostics));
        } else if !table::is_declaration(sources, &file.path) {
            diagnostics.push(unexpected(file));
        }
    }
    found
}

/// Reads the rows of the table in `file`, whose declaration may be beside it.
fn rows<T>(
    sources: &Sources,
    file: &SourceFile,
    (spec, tables): (TableSpec<'_>, &SiteTables<'_>),
    diagnostics: &mut Diagnostics,
    mut read: impl FnMut(&mut RowFields<'_, '_>) -> Option<T>,
) -> Vec<T> {
    let declaration = table::beside(sources, file, diagnostics);
    let Some(table) = table::read(file, &declaration, diagnostics) else { return Vec::new() };
    table.tell(Vec::new(), diagnostics);
    rows_of(&table, (spec, tables), diagnostics, &mut read)
}

/// Reads the rows of a table whose file has been read already.
fn rows_of<T>(
    table: &Table,
    (spec, tables): (TableSpec<'_>, &SiteTables<'_>),
    diagnostics: &mut Diagnostics,
    mut read: impl FnMut(&mut RowFields<'_, '_>) -> Option<T>,
) -> Vec<T> {
    let bound = BoundTable::bind(table, spec, &tables.all(), diagnostics);
    bound.rows(diagnostics, |fields| read(fields))
}

fn unexpected(file: &SourceFile) -> Diagnostic {
    Diagnostic::new(
        &diagnostic::SOURCE_UNEXPECTED,
        Place::file(file.path.clone()),
        message!(
            ja: "このフォルダーには置けない種類のファイルです",
            en: "a file of this kind does not belong in this folder",
        ),
    )
    .with_help(message!(
        ja: "公開するファイルは「content/static」フォルダーに移し、不要なファイルは削除してください",
        en: "move files to be published to `content/static`, and delete files that are not needed",
    ))
}

/// The reading in the column `name_kana`. One that is not in katakana is reported, and left out.
fn katakana(fields: &mut RowFields<'_, '_>) -> Option<String> {
    let kana = fields.text("name_kana")?;
    if kana.chars().all(|c| matches!(c, 'ァ'..='ヺ' | 'ー' | ' ' | '　' | '・')) {
        return Some(kana);
    }
    fields.problem(
        &diagnostic::POLICY_READING,
        "name_kana",
        message!(
            ja: "読み「{kana}」に全角カタカナ以外の文字があります",
            en: "the reading `{kana}` has characters other than full-width katakana",
        ),
        message!(
            ja: "数字や英字も、読みのとおりにカタカナで入力してください",
            en: "write it all in katakana, including digits and letters",
        ),
    );
    None
}

/// `items` with each id once. Further uses of an id are reported and left out.
fn unique<T>(
    items: Vec<T>,
    key: impl Fn(&T) -> (&Id, &Place),
    diagnostics: &mut Diagnostics,
) -> Vec<T> {
    let mut kept: Vec<T> = Vec::with_capacity(items.len());
    for item in items {
        let (id, place) = key(&item);
        let Some(first) = kept.iter().map(&key).find(|(other, _)| *other == id) else {
            kept.push(item);
            continue;
        };
        diagnostics.push(
            Diagnostic::new(
                &diagnostic::POLICY_DUPLICATE_ID,
                place.clone(),
                message!(ja: "ID「{id}」が2回使われています", en: "the id `{id}` is used twice"),
            )
            .with_help(message!(ja: "どちらかのIDを変更してください", en: "change one of the two"))
            .with_related(first.1.clone(), message!(ja: "先に使われた場所", en: "first used here")),
        );
    }
    kept
}

/// Does following `next` from `start` lead back to `start`?
fn leads_back<'a, N>(start: &'a Id, next: impl Fn(&'a Id) -> N) -> bool
where
    N: Iterator<Item = &'a Located<Id>>,
{
    let mut to_visit: Vec<&Located<Id>> = next(start).collect();
    let mut visited: BTreeSet<&Id> = BTreeSet::new();
    while let Some(found) = to_visit.pop() {
        if found.value == *start {
            return true;
        }
        if visited.insert(&found.value) {
            to_visit.extend(next(&found.value));
        }
    }
    false
}
