//! The values of fields from the **cells** of a row.

use crate::policy::field::{
    DeclaredFields, Field, FieldContent, FieldType, FieldValue, FieldValues, Of,
};
use crate::table::{RowFields, Unit};
use crate::text::Localized;

/// The values in a row for the fields declared for `of`. Problems are reported at their cells.
pub(in crate::policy) fn read(
    cells: &mut RowFields<'_, '_>,
    declared: &DeclaredFields,
    of: Of,
) -> FieldValues {
    let mut values = FieldValues::new();
    for (index, field) in declared.of(of).filter(|(_, field)| field.sound) {
        let value = value(cells, field);
        let reason = field.reason.then(|| reason(cells, field)).flatten();
        if value.is_some() || reason.is_some() {
            values.insert(index, FieldValue { value, reason });
        }
    }
    values
}

/// The value of `field` in the row, read by the type of the field. `None` if the cell is blank, or
/// wrong, which is reported.
fn value(cells: &mut RowFields<'_, '_>, field: &Field) -> Option<FieldContent> {
    let name = field.id.as_str();
    match field.kind {
        FieldType::Text => cells.localized(name).map(FieldContent::Text),
        FieldType::Markdown => cells.paragraphs(name).map(FieldContent::Text),
        FieldType::Number => {
            let unit = Unit::of(field.unit.as_ref().map(|unit| unit.own.as_str()));
            cells.decimal(name, unit).map(FieldContent::Number)
        }
        FieldType::Date => cells.date(name).map(FieldContent::Date),
        FieldType::FiscalYear => cells.fiscal_year(name).map(FieldContent::FiscalYear),
        FieldType::Choice => {
            let labels: Vec<(&str, usize)> = spelt(field, |choice| choice.label.own.as_str());
            let ids: Vec<(&str, usize)> = spelt(field, |choice| choice.id.as_str());
            cells.choice(name, &labels, &ids).map(FieldContent::Choice)
        }
        FieldType::List => {
            let items: Vec<String> = cells.list(name).into_iter().map(|item| item.value).collect();
            (!items.is_empty()).then_some(FieldContent::List(items))
        }
        FieldType::Code => cells.code(name).map(FieldContent::Code),
        FieldType::Url => cells.url(name).map(FieldContent::Url),
        FieldType::YesNo => cells.yes_or_no(name).map(FieldContent::YesNo),
    }
}

/// The choices of `field` as pairs of one of their spellings and their index.
pub(super) fn spelt<'f>(
    field: &'f Field,
    spelling: impl Fn(&'f super::Choice) -> &'f str,
) -> Vec<(&'f str, usize)> {
    let choices = field.choices.iter().enumerate();
    choices.map(|(index, choice)| (spelling(choice), index)).collect()
}

fn reason(cells: &mut RowFields<'_, '_>, field: &Field) -> Option<Localized> {
    cells.localized(&format!("{}_reason", field.id))
}
