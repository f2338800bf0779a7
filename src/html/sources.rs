//! The **sources** of a page: from which cells of which files its facts were read, in a part that is folded.
//!
//! Not in here: which facts these are (`site`), and their look (`_sources.html`).

use serde::Serialize;

use crate::policy::{Field, FieldPlace};
use crate::site::{FactSource, sheets};
use crate::text::Localized;

use super::context::{Context, OwnText};

/// The facts of one file, or of one of its worksheets.
#[derive(Serialize)]
pub(super) struct SheetView<'s> {
    file: &'s str,
    sheet: Option<&'s str>,
    /// The facts by the record that they belong to.
    records: Vec<RecordView>,
}

/// The facts of one record.
#[derive(Serialize)]
struct RecordView {
    /// What the record is; `None` for the page's own subject.
    name: Option<OwnText>,
    facts: Vec<FactView>,
}

#[derive(Serialize)]
struct FactView {
    name: OwnText,
    /// Its cell, or line and character.
    position: String,
}

/// What a page shows of `facts`; `name_of` says what a record other than the page's own subject is called.
pub(super) fn sources<'s>(
    context: &Context<'s>,
    facts: &[FactSource<'s>],
    name_of: impl Fn(&FactSource<'_>) -> Option<Localized>,
) -> Vec<SheetView<'s>> {
    // What is published as data alone is not told on pages either.
    let on_pages: Vec<FactSource<'s>> =
        facts.iter().filter(|source| !is_data_alone(context, source)).cloned().collect();
    let sheet = |(file, sheet, facts): (&'s str, Option<&'s str>, Vec<&FactSource<'s>>)| {
        let same = |one: &&FactSource<'_>, next: &&FactSource<'_>| name_of(one) == name_of(next);
        let records = facts.chunk_by(same).map(|facts| RecordView {
            name: name_of(facts[0]).map(|name| context.own_text(&name)),
            facts: facts.iter().map(|source| fact(context, source)).collect(),
        });
        SheetView { file, sheet, records: records.collect() }
    };
    sheets(&on_pages).into_iter().map(sheet).collect()
}

fn is_data_alone(context: &Context<'_>, source: &FactSource<'_>) -> bool {
    let name = &*source.name;
    let is_said = |field: &Field| {
        *name == field.name()
            || field.columns.iter().any(|column| column.name.replace('-', "_") == *name)
    };
    let mut fields = context.site.fields.of(source.of);
    source.is_field && fields.any(|(_, field)| field.place == FieldPlace::Data && is_said(field))
}

fn fact(context: &Context<'_>, source: &FactSource<'_>) -> FactView {
    let name = context.site.name_of_fact(&source.dataset, &source.fact);
    FactView { name: context.own_text(&name), position: source.at.position.name() }
}
