//! The **dictionary** of a dataset on its page: what each column is, which rules its cells follow,
//! and which columns a narrow screen shows.
//!
//! Not in here: how the values of a column spread (`profiles`).

use serde::Serialize;

use crate::dataset::{Column, ColumnType, Dataset, Profile};
use crate::html::context::{PageContext, Text};
use crate::html::table_explorer::FIRST_ROWS;
use crate::site::file_paths;

use super::profiles::{self, ProfileView};

/// Number of columns of a table that a narrow screen shows.
const LEADING: usize = 3;

/// Width of a cell, in half-width characters, from which its column needs room: that of a date.
const WIDE: usize = 10;

#[derive(Serialize)]
pub(super) struct ColumnView<'s> {
    name: &'s str,
    title: Text<'s>,
    kind: String,
    unit: Option<&'s str>,
    description: Option<Text<'s>>,
    required: bool,
    /// The closed vocabulary: each value, with its meaning if that is given.
    values: Vec<(&'s str, Option<Text<'s>>)>,
    /// The other rules for its cells, in words.
    rules: Vec<String>,
    /// The columns of other datasets from which its values are taken.
    references: Vec<Reference<'s>>,
    numeric: bool,
    /// Does a narrow screen show it?
    lead: bool,
    profile: Option<ProfileView>,
}

#[derive(Serialize)]
struct Reference<'s> {
    url: String,
    name: Text<'s>,
    column: &'s str,
}

pub(super) fn column_view<'s>(context: &PageContext<'s>, column: &'s Column) -> ColumnView<'s> {
    let labels = column.labels.iter().map(|label| Some(context.text(label)));
    let labels = labels.chain(std::iter::repeat_with(|| None));
    let values = column.values.iter().map(String::as_str).zip(labels);
    ColumnView {
        name: &column.name,
        title: context.text(&column.title),
        kind: context.word(&format!("type_{}", column.kind.as_str())),
        unit: column.unit.as_deref(),
        description: column.description.as_ref().map(|text| context.text(text)),
        required: column.required,
        values: values.collect(),
        rules: rules(context, column),
        references: Vec::new(),
        numeric: column.kind.is_numeric(),
        lead: false,
        profile: None,
    }
}

/// The dictionary of `dataset`, without profiles.
pub(super) fn column_views<'s>(
    context: &PageContext<'s>,
    dataset: &'s Dataset,
) -> Vec<ColumnView<'s>> {
    let view = |(index, column)| {
        let references = dataset.references_of(index).filter_map(|(id, column)| {
            let target = context.site.datasets.iter().find(|target| target.id == *id)?;
            Some(Reference {
                url: file_paths::dataset_page(id.as_str()),
                name: context.text(&target.title),
                column,
            })
        });
        ColumnView { references: references.collect(), ..column_view(context, column) }
    };
    dataset.columns.iter().enumerate().map(view).collect()
}

/// The dictionary of `dataset`, each column with its profile. The columns that a narrow screen
/// shows are marked.
pub(super) fn profiled_columns<'s>(
    context: &PageContext<'s>,
    dataset: &'s Dataset,
    profiles: &[Profile],
) -> Vec<ColumnView<'s>> {
    let mut columns = column_views(context, dataset);
    for (column, profile) in columns.iter_mut().zip(profiles) {
        column.profile = Some(profiles::view(context, profile, dataset.rows.len()));
    }
    for index in leading(dataset, profiles) {
        columns[index].lead = true;
    }
    columns
}

/// The names of the columns of `dataset` that the first view leaves out, because they say nothing
/// of a row to people: those with one value everywhere, ids and codes, readings and translations.
pub(super) fn aside<'s>(dataset: &'s Dataset, profiles: &[Profile]) -> Vec<&'s str> {
    let is_aside = |(column, profile): (&Column, &Profile)| {
        let is_same = dataset.rows.len() > 1 && profile.is_constant();
        is_same || is_id(column) || says_again(dataset, column)
    };
    let all = dataset.columns.iter().zip(profiles);
    let aside: Vec<&str> =
        all.filter(|pair| is_aside(*pair)).map(|(column, _)| column.name.as_str()).collect();
    // A table of nothing else shows all.
    if aside.len() < dataset.columns.len() { aside } else { Vec::new() }
}

/// The names of the columns of `dataset` whose first cells would be broken into many lines if the
/// column were as narrow as a short word.
pub(super) fn wide(dataset: &Dataset) -> Vec<&str> {
    let width = |cell: &str| cell.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let is_wide = |(index, column): &(usize, &Column)| {
        let mut first = (0..dataset.rows.len().min(FIRST_ROWS))
            .map(|row| width(dataset.rows.cell(row, *index)));
        !column.kind.is_numeric() && first.any(|width| width >= WIDE)
    };
    let all = dataset.columns.iter().enumerate();
    all.filter(is_wide).map(|(_, column)| column.name.as_str()).collect()
}

/// Is the column called a name?
fn is_name(column: &Column) -> bool {
    column.name == "name"
        || ["名称", "名", "名前"].iter().any(|end| column.title.own.ends_with(end))
}

/// Is the column the reading or the translation of another one?
fn says_again(dataset: &Dataset, column: &Column) -> bool {
    ["_kana", "_english", "_en"]
        .iter()
        .filter_map(|end| column.name.strip_suffix(end))
        .any(|of| dataset.columns.iter().any(|other| other.name == of))
}

/// Does the column tell rows apart for programs, with nothing that people look for?
fn is_id(column: &Column) -> bool {
    let name = column.name.as_str();
    let is_named = ["id", "code"].iter().any(|end| {
        let before = name.strip_suffix(end);
        before.is_some_and(|before| before.is_empty() || before.ends_with('_'))
    });
    is_named || ["ID", "ＩＤ", "コード"].iter().any(|end| column.title.own.ends_with(end))
}

/// Indices of the `LEADING` columns that say most about a row: first the name, which is the column
/// that has a reading or is called so; then other columns, then codes and numbers without a unit,
/// then long texts, coordinates, addresses and translations. Columns with one value everywhere come
/// last.
fn leading(dataset: &Dataset, profiles: &[Profile]) -> Vec<usize> {
    let columns = &dataset.columns;
    let has_reading = |column: &Column| {
        let reading = format!("{}_kana", column.name);
        columns.iter().any(|other| other.name == reading)
    };
    let positions: Vec<usize> =
        dataset.position_columns().into_iter().flat_map(|(one, other)| [one, other]).collect();
    let rank = |index: &usize| {
        let column = &columns[*index];
        match column.kind {
            _ if profiles[*index].is_constant() => 4,
            _ if has_reading(column) || is_name(column) => 0,
            _ if positions.contains(index) => 3,
            // A number without a unit counts rows more often than it says something of them.
            ColumnType::Integer if column.unit.is_none() => 2,
            _ if column.narrative => 3,
            ColumnType::Code => 2,
            ColumnType::Latitude | ColumnType::Longitude | ColumnType::Url => 3,
            _ if says_again(dataset, column) => 3,
            _ => 1,
        }
    };
    let mut order: Vec<usize> = (0..columns.len()).collect();
    order.sort_by_key(rank);
    order.truncate(LEADING);
    order
}

/// The rules of a column in the words of the page.
fn rules(context: &PageContext<'_>, column: &Column) -> Vec<String> {
    let said = |word: &str, text: &str| context.word(word).replace("{value}", text);
    let unique = column.unique.then(|| context.word("rule_unique"));
    let minimum = column.minimum.as_ref().map(|least| said("rule_minimum", least));
    let maximum = column.maximum.as_ref().map(|most| said("rule_maximum", most));
    let pattern = column.pattern.as_ref().map(|pattern| said("rule_pattern", pattern.as_str()));
    let missing = (!column.missing.is_empty()).then(|| {
        said(
            "rule_missing",
            &column.missing.told(context.language).join(&context.word("search_comma")),
        )
    });
    let blank = column.blank.as_ref().map(|text| said("rule_blank", text.get(context.language)));
    let narrative = column.narrative.then(|| context.word("rule_narrative"));
    [unique, minimum, maximum, pattern, missing, blank, narrative].into_iter().flatten().collect()
}
