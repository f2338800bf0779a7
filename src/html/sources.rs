//! The **sources** of a page: from which cells of which files its facts were read. Pages show them
//! in a folded part.
//!
//! Not in here: which facts these are (`site`), and their look (`_sources.html`).

use serde::Serialize;

use crate::calendar::FiscalYear;
use crate::policy::{Field, FieldPlace, Of};
use crate::site::{FactSource, IndicatorEntry, sheets};
use crate::text::{Language, Localized};

use super::context::{OwnText, PageContext};

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
    /// The cell it was read from, or line and column in a text file.
    position: String,
}

/// `facts` by file and worksheet, then by record. `indicators` are those of the page's subject;
/// their names are used for records. Fields that are for published data only are left out.
pub(super) fn sources<'s>(
    context: &PageContext<'s>,
    mut facts: Vec<FactSource<'s>>,
    indicators: &[IndicatorEntry],
) -> Vec<SheetView<'s>> {
    // Fields that are published as data only are not shown on pages, and neither are their sources.
    facts.retain(|source| !is_data_alone(context, source));
    let sheet = |(file, sheet, facts): (&'s str, Option<&'s str>, Vec<&FactSource<'s>>)| {
        SheetView { file, sheet, records: records(context, &facts, indicators) }
    };
    sheets(&facts).into_iter().map(sheet).collect()
}

/// `facts` by record: those that follow each other and whose records have the same name.
fn records(
    context: &PageContext<'_>,
    facts: &[&FactSource<'_>],
    indicators: &[IndicatorEntry],
) -> Vec<RecordView> {
    let mut records: Vec<RecordView> = Vec::new();
    let mut last_name = None;
    // Facts of one row have the same name, which need not be made for each of them.
    let of_one_row = |one: &&FactSource<'_>, next: &&FactSource<'_>| {
        (one.of, &one.within) == (next.of, &next.within)
    };
    for row in facts.chunk_by(of_one_row) {
        let name = record_name(indicators, row[0]);
        if records.is_empty() || name != last_name {
            let shown = name.as_ref().map(|name| context.own_text(name));
            records.push(RecordView { name: shown, facts: Vec::new() });
            last_name = name;
        }
        let record = records.last_mut().expect("the first row makes its record");
        record.facts.extend(row.iter().map(|source| fact(context, source)));
    }
    records
}

/// The name of the record that `fact` belongs to: the result, an indicator in a year, or the money
/// of a year. `None` for the page's own subject.
fn record_name(indicators: &[IndicatorEntry], fact: &FactSource<'_>) -> Option<Localized> {
    let year = |text: &str| FiscalYear::parse(text).ok();
    match (fact.of?, &*fact.within) {
        (Of::Result, _) => Some(Localized::with_english("実績", "Result")),
        (Of::Indicator, [indicator, of]) => {
            let entry = indicators.iter().find(|entry| entry.indicator.as_str() == indicator)?;
            Some(of_year(&entry.name, year(of)?))
        }
        (Of::Budget, [of, parts @ ..]) => {
            let parts: Vec<&str> =
                parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
            let name = match parts.is_empty() {
                true => Localized::with_english("予算", "Budget"),
                false => Localized::new(parts.join("・")),
            };
            Some(of_year(&name, year(of)?))
        }
        _ => None,
    }
}

/// `name` followed by `year`, in each language.
fn of_year(name: &Localized, year: FiscalYear) -> Localized {
    let english = name.en.as_ref();
    Localized {
        own: format!("{}（{year}年度）", name.own),
        en: english.map(|name| format!("{name} ({})", year.long(Language::En))),
        plain: name.plain,
    }
}

/// Is `source` the fact of a field that is for published data only?
fn is_data_alone(context: &PageContext<'_>, source: &FactSource<'_>) -> bool {
    let name = &*source.name;
    let is_said = |field: &Field| {
        *name == field.name()
            || field.columns.iter().any(|column| column.name.replace('-', "_") == *name)
    };
    let mut fields = source.of.into_iter().flat_map(|of| context.site.fields.of(of));
    source.is_field && fields.any(|(_, field)| field.place == FieldPlace::Data && is_said(field))
}

fn fact(context: &PageContext<'_>, source: &FactSource<'_>) -> FactView {
    let name = context.site.name_of_fact(&source.dataset, &source.fact);
    FactView { name: context.own_text(&name), position: source.at.position.name() }
}
