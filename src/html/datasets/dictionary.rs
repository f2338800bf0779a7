//! The **dictionary** of a dataset on its page: what each column is, and which rules its cells
//! follow.
//!
//! Not in here: how the values of a column spread (`profiles`), and which columns are shown first
//! (`first_view`).

use serde::Serialize;

use crate::dataset::{Column, Dataset, Profile};
use crate::html::context::{PageContext, Text};
use crate::site::file_paths;

use super::first_view::leading;
use super::profiles::{self, ProfileView};

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
